//! How a dispute goes from phase to phase: by what people do, and by default when they do nothing.

use {super::refuse::require, std::collections::BTreeSet};

/// Claims up to this severity are executed when nobody answers.
const SILENT: u8 = 2;
/// What juries of a young tree find at most, unless the arbiter confirms more.
pub const CAUTIOUS: u8 = 2;
/// The last round.
const LAST_ROUND: u8 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Answer,
    Draw,
    Commit,
    Reveal,
    Appeal,
    Arbiter,
    Decided,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Pending,
    Silent,
    Withdrawn,
    Conceded,
    Upheld,
    Dismissed,
    Tied,
    Undecided,
}

/// How long the phases last. Seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    pub answer: i64,
    pub draw: i64,
    pub commit: i64,
    pub reveal: i64,
    pub appeal: i64,
    pub arbiter: i64,
}

/// One jury.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jury {
    pub round: u8,
    pub size: u8,
    /// Ballots whose draw is over.
    pub drawn: u8,
    /// Ballots with a juror.
    pub filled: u8,
    pub committed: u8,
    /// Votes, from the lowest.
    pub votes: Vec<u8>,
    pub decided: bool,
}

/// The appeals against the verdict of a round, paid by side: for more, for less, and those that defend it
/// against less and against more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appeal {
    /// Whether there is a verdict to appeal against.
    pub is_open: bool,
    /// What an appellant pays in full.
    pub full: u64,
    pub paid: [u64; 4],
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Court {
    pub clocks: Clocks,
    pub phase: Phase,
    pub outcome: Outcome,
    /// When the phase ends; once decided, when that was. Work time.
    pub until: i64,
    pub claimed: u8,
    pub standing: BTreeSet<u8>,
    /// What silence conceded while a higher claim went to a jury.
    pub conceded: u8,
    pub cautious: bool,
    pub verdict: Option<u8>,
    pub tied: bool,
    pub answered: bool,
    /// Whether the one fresh jury was used up.
    pub redrawn: bool,
    pub juries: Vec<Jury>,
    /// What juries found.
    pub found: BTreeSet<u8>,
    pub appeals: [Appeal; 2],
}

/// Ballots of a round's jury.
pub fn size_of(severity: u8, round: u8) -> u8 {
    let large = severity >= 4;
    match round {
        1 => {
            if large {
                7
            } else {
                3
            }
        }
        2 => {
            if large {
                15
            } else {
                7
            }
        }
        _ => {
            if large {
                31
            } else {
                15
            }
        }
    }
}

/// What the first round's juries may cost: the bounties of one, and the fees of a fresh one of double size.
pub fn first_juries(severity: u8, fee: u64, bounty: u64) -> u64 {
    u64::from(size_of(severity, 1)) * (2 * fee + bounty)
}

impl Jury {
    fn called(round: u8, size: u8) -> Self {
        Self { round, size, drawn: 0, filled: 0, committed: 0, votes: Vec::new(), decided: false }
    }

    /// Whether a number of its ballots is a third.
    pub fn is_quorum(&self, votes: u8) -> bool {
        self.size > 0 && 3 * u16::from(votes) >= u16::from(self.size)
    }

    pub fn revealed(&self) -> u8 {
        u8::try_from(self.votes.len()).expect("at most 62")
    }

    /// The lower median: exactly half for dismissing dismisses.
    pub fn median(&self) -> u8 {
        self.votes[(self.votes.len() - 1) / 2]
    }

    /// Whether exactly half of the votes dismiss.
    pub fn is_tied(&self) -> bool {
        let dismissing = self.votes.iter().filter(|vote| **vote == 0).count();
        !self.votes.is_empty() && 2 * dismissing == self.votes.len()
    }
}

impl Court {
    pub fn open(severity: u8, clocks: Clocks, cautious: bool, now: i64) -> Self {
        Self {
            clocks,
            phase: Phase::Answer,
            outcome: Outcome::Pending,
            until: now + clocks.answer,
            claimed: severity,
            standing: BTreeSet::from([severity]),
            conceded: 0,
            cautious,
            verdict: None,
            tied: false,
            answered: false,
            redrawn: false,
            juries: Vec::new(),
            found: BTreeSet::new(),
            appeals: Default::default(),
        }
    }

    /// The highest severity that somebody claims and did not take back.
    pub fn highest(&self) -> u8 {
        self.standing.last().copied().unwrap_or(0)
    }

    /// The severity that the provider is convicted of.
    pub fn severity(&self) -> u8 {
        match self.outcome {
            Outcome::Silent | Outcome::Upheld => self.verdict.unwrap_or(0).max(self.conceded),
            _ => 0,
        }
    }

    pub fn present(&self) -> Option<&Jury> {
        self.juries.last()
    }

    pub fn round(&self) -> u8 {
        self.present().map_or(0, |jury| jury.round)
    }

    fn jury(&mut self) -> &mut Jury {
        self.juries.last_mut().expect("a jury was called")
    }

    fn enter(&mut self, phase: Phase, from: i64) {
        let Clocks { answer, draw, commit, reveal, appeal, arbiter } = self.clocks;
        let secs = match phase {
            Phase::Answer => answer,
            Phase::Draw => draw,
            Phase::Commit => commit,
            Phase::Reveal => reveal,
            Phase::Appeal => appeal,
            Phase::Arbiter => arbiter,
            Phase::Decided => 0,
        };
        (self.phase, self.until) = (phase, from + secs);
    }

    pub(super) fn require(&self, phase: Phase, now: i64) -> Result<(), &'static str> {
        require(self.phase == phase && now < self.until, "another phase")
    }

    pub fn answer(&mut self, now: i64) -> Result<(), &'static str> {
        require(!self.answered, "it was answered")?;
        self.require(Phase::Answer, now)?;
        self.answered = true;
        self.call(1, false, now);
        Ok(())
    }

    pub fn raise(&mut self, severity: u8, now: i64) -> Result<(), &'static str> {
        let before_first = self.phase == Phase::Draw && self.juries.len() == 1;
        require((before_first || self.phase == Phase::Answer) && now < self.until, "too late to raise")?;
        let late = now >= self.until - self.clocks.answer / 2;
        require(!(self.phase == Phase::Answer && severity <= SILENT && late), "the provider has its time")?;
        require(severity > self.claimed && severity <= 5, "no higher claim")?;
        self.claimed = severity;
        self.standing.insert(severity);
        if before_first {
            let size = size_of(severity, 1);
            self.jury().size = self.jury().size.max(size);
        }
        Ok(())
    }

    /// One claim is taken back. Returns whether that was before the answer.
    pub fn withdraw(&mut self, severity: u8, now: i64) -> Result<bool, &'static str> {
        let early = self.phase == Phase::Answer;
        let before_votes = self.juries.len() == 1 && matches!(self.phase, Phase::Draw | Phase::Commit);
        require((early || before_votes) && now < self.until, "too late to withdraw")?;
        require(self.standing.remove(&severity), "it was withdrawn")?;
        if self.standing.is_empty() {
            self.decide(if early { Outcome::Withdrawn } else { Outcome::Conceded }, 0, now);
        } else if early {
            self.claimed = self.highest();
        }
        Ok(early)
    }

    fn call(&mut self, round: u8, fresh: bool, from: i64) {
        let size = size_of(self.claimed, round);
        self.juries.push(Jury::called(round, if fresh { 2 * size } else { size }));
        self.enter(Phase::Draw, from);
    }

    /// The draw of a ballot is over.
    pub fn end_draw(&mut self, sits: bool, now: i64) {
        let jury = self.jury();
        jury.drawn += 1;
        jury.filled += u8::from(sits);
        if jury.drawn < jury.size {
            return;
        }
        if jury.is_quorum(jury.filled) {
            self.enter(Phase::Commit, now);
        } else {
            self.no_quorum(now);
        }
    }

    pub fn commit(&mut self, now: i64) -> Result<(), &'static str> {
        self.require(Phase::Commit, now)?;
        let jury = self.jury();
        jury.committed += 1;
        if jury.committed == jury.filled {
            self.enter(Phase::Reveal, now);
        }
        Ok(())
    }

    pub fn reveal(&mut self, vote: u8, now: i64) -> Result<(), &'static str> {
        self.require(Phase::Reveal, now)?;
        require(vote <= self.claimed, "a vote for more than is claimed")?;
        let jury = self.jury();
        let place = jury.votes.partition_point(|other| *other <= vote);
        jury.votes.insert(place, vote);
        if jury.revealed() == jury.committed {
            self.count(now);
        }
        Ok(())
    }

    /// A juror that did not reveal is taken out.
    pub fn exclude(&mut self, committed: bool, now: i64) -> Result<(), &'static str> {
        let judges = matches!(self.phase, Phase::Draw | Phase::Commit | Phase::Reveal);
        require(judges && now < self.until, "no jury judges")?;
        let jury = self.jury();
        jury.filled -= 1;
        jury.committed -= u8::from(committed);
        if self.phase == Phase::Commit && self.jury().committed == self.jury().filled {
            self.enter(Phase::Reveal, now);
        }
        if self.phase == Phase::Reveal && self.jury().revealed() == self.jury().committed {
            self.count(now);
        }
        Ok(())
    }

    fn count(&mut self, from: i64) {
        let jury = self.jury();
        if !jury.is_quorum(jury.revealed()) {
            return self.no_quorum(from);
        }
        jury.decided = true;
        let (median, tied) = (jury.median(), jury.is_tied());
        let verdict = median.min(self.highest());
        (self.verdict, self.tied) = (Some(verdict), tied);
        self.found.insert(verdict);
        let round = self.round();
        if round < LAST_ROUND {
            self.appeals[usize::from(round) - 1].is_open = true;
            self.enter(Phase::Appeal, from);
        } else {
            self.enter(Phase::Arbiter, from);
        }
    }

    fn no_quorum(&mut self, from: i64) {
        if std::mem::replace(&mut self.redrawn, true) {
            self.enter(Phase::Arbiter, from);
        } else {
            self.call(self.round(), true, from);
        }
    }

    pub(super) fn decide(&mut self, outcome: Outcome, verdict: u8, at: i64) {
        self.phase = Phase::Decided;
        self.outcome = if self.conceded > 0 { Outcome::Upheld } else { outcome };
        self.verdict = Some(verdict);
        self.until = at;
    }

    /// Every deadline that has passed takes its default, as of its own time. Returns whether anything
    /// changed.
    pub fn walk(&mut self, now: i64) -> bool {
        let before = (self.phase, self.until, self.juries.len());
        while self.phase != Phase::Decided {
            let silent_appeal = self.phase == Phase::Appeal && !self.is_appealed() && now >= self.first_half();
            if !silent_appeal && now < self.until {
                break;
            }
            let at = self.until;
            match self.phase {
                Phase::Answer => self.silence(at),
                Phase::Draw => self.no_quorum(at),
                Phase::Commit => self.enter(Phase::Reveal, at),
                Phase::Reveal => self.count(at),
                Phase::Appeal if silent_appeal && self.needs_confirmation() => {
                    self.enter(Phase::Arbiter, self.first_half());
                }
                Phase::Appeal if silent_appeal => self.stand(self.first_half()),
                Phase::Appeal => self.call(self.round() + 1, false, at),
                Phase::Arbiter => self.stand(at),
                Phase::Decided => {}
            }
        }
        before != (self.phase, self.until, self.juries.len())
    }

    fn silence(&mut self, at: i64) {
        let conceded = self.standing.iter().filter(|severity| **severity <= SILENT).max().copied().unwrap_or(0);
        if self.highest() <= SILENT {
            self.decide(Outcome::Silent, conceded, at);
        } else {
            self.conceded = conceded;
            self.call(1, false, at);
        }
    }
}
