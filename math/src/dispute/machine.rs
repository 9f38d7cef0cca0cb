//! The phases of a dispute, as a function of actions and of time (dispute-time-1, dispute-answer-2,
//! dispute-withdraw-1, dispute-appeal-2, jury-verdict-1).
//!
//! Every silence has a default that takes effect at its deadline, whoever calls and however late:
//! [`Machine::advance`] walks through all deadlines that have passed, each as of its own time. So a dispute
//! ends within its longest time with zero voters and zero keepers.

use super::{
    jury::{Jury, quorum, sizes},
    phases::{Clocks, MachineError, Outcome, Phase, SIDES},
};

/// Rounds of juries.
pub const ROUNDS: u8 = 3;
/// Juries at most: one for each round and one fresh one after a missing quorum.
pub const JURIES: usize = 4;
/// The verdict of a dispute that no jury has judged.
pub const NO_VERDICT: u8 = u8::MAX;
/// A claim up to this severity is executed as claimed when nobody answers; a higher one goes to a jury
/// (dispute-answer-2).
pub const SILENT_SEVERITY: u8 = 2;
/// What juries of a young tree find at most, unless the arbiter confirms more (dispute-arbiter-1).
pub const CAUTIOUS_SEVERITY: u8 = 2;

stored! {
    $
    /// A dispute's phases and votes.
    pub struct Machine, machine_fields {
        /// See `Phase`: answer, draw, commit, reveal, appeal, arbiter, decided.
        pub phase: u8 as u8,
        /// See `Outcome`.
        pub outcome: u8 as u8,
        /// Highest severity claimed: it sizes the juries, and no vote is for more.
        pub claimed: u8 as u8,
        /// What the last jury with a quorum found; the last word on it once decided. 255 before.
        pub verdict: u8 as u8,
        /// 1 when that jury was divided in halves.
        pub tied: u8 as u8,
        /// 1 once the provider answered.
        pub answered: u8 as u8,
        /// 1 once the one fresh jury was used up.
        pub redrawn: u8 as u8,
        /// Index of the present or last jury.
        pub jury: u8 as u8,
        /// Severities that juries found, bit by severity.
        pub found: u8 as u8,
        /// Severities that somebody claims and did not take back, bit by severity.
        pub standing: u8 as u8,
        /// What the provider's silence conceded while a higher claim went to a jury; nothing lower is
        /// decided.
        pub floor: u8 as u8,
        /// 1 where the jurors' tree is young: a jury's verdict above severity 2 counts as that unless the
        /// arbiter confirms it (dispute-arbiter-1).
        pub cautious: u8 as u8,
        /// Unused.
        pub padding: [u8; 4] as [u8; 4],
        /// When the phase ends; once decided, when that was. Work time.
        pub until_work_ts: i64 as i64,
        /// The juries.
        pub juries: [Jury; JURIES] as [Jury; JURIES],
        /// Paid by each side for the appeals from round 1 and from round 2; see `math::dispute::Side`. Base
        /// units.
        pub pots: [[u64; SIDES]; 2] as [[u64; SIDES]; 2],
        /// What an appellant pays in full for each of them; who defends the verdict pays half. 0 before the
        /// round is judged.
        pub costs: [u64; 2] as [u64; 2],
    }
}

pub(super) fn bit(severity: u8) -> u8 {
    1u8.wrapping_shl(u32::from(severity))
}

/// The highest severity among bits by severity; 0 for none.
fn highest(bits: u8) -> u8 {
    let above = u8::try_from(bits.leading_zeros()).unwrap_or(8);
    7u8.saturating_sub(above)
}

fn after(from_ts: i64, secs: u32) -> i64 {
    from_ts.saturating_add(i64::from(secs))
}

impl Machine {
    /// Where it stands.
    #[inline]
    pub fn phase(&self) -> Phase {
        Phase::from_byte(self.phase)
    }

    /// How it ended.
    #[inline]
    pub fn outcome(&self) -> Outcome {
        Outcome::from_byte(self.outcome)
    }

    /// Whether the last jury with a quorum was divided in halves.
    #[inline]
    pub fn is_tied(&self) -> bool {
        self.tied != 0
    }

    /// Whether the provider answered.
    #[inline]
    pub fn is_answered(&self) -> bool {
        self.answered != 0
    }

    /// A phase begins.
    pub(super) fn enter(&mut self, phase: Phase, as_of: i64, secs: u32) {
        self.phase = phase as u8;
        self.until_work_ts = after(as_of, secs);
    }

    /// A dispute that is opened at a time: the provider may answer.
    pub fn open(severity: u8, clocks: &Clocks, now: i64) -> Self {
        Self {
            claimed: severity,
            standing: bit(severity),
            verdict: NO_VERDICT,
            until_work_ts: after(now, clocks.answer),
            ..Self::default()
        }
    }

    /// The highest severity that somebody still claims; 0 when nobody does.
    pub fn highest_standing(&self) -> u8 {
        highest(self.standing)
    }

    /// The severity that the provider is convicted of; 0 for none.
    pub fn severity(&self) -> u8 {
        match self.outcome() {
            Outcome::Silent | Outcome::Upheld => self.verdict.max(self.floor),
            _ => 0,
        }
    }

    /// When it was decided. Work time; meaningless before.
    pub fn decided_work_ts(&self) -> i64 {
        self.until_work_ts
    }

    /// A fault that was proved: a verdict without a jury, as if one had found it in the first round.
    pub fn proved(severity: u8, clocks: &Clocks, cost: u64, now: i64) -> Self {
        let mut machine = Self::open(severity, clocks, now);
        machine.juries = [Jury { round: 1, ..Jury::default() }, Jury::default(), Jury::default(), Jury::default()];
        machine.judged(severity, false, clocks, cost, now);
        machine
    }

    /// What an appellant pays in full where the next round's jury costs `cost`: twice that, and never
    /// nothing.
    pub fn full_cost(cost: u64) -> u64 {
        cost.max(1).saturating_mul(2)
    }

    /// The present jury.
    pub fn present(&self) -> Jury {
        self.juries.get(usize::from(self.jury)).copied().unwrap_or_default()
    }

    fn jury_mut(&mut self) -> Option<&mut Jury> {
        self.juries.get_mut(usize::from(self.jury))
    }

    pub(super) fn require(&self, phase: Phase, now: i64) -> Result<(), MachineError> {
        if self.phase() == phase && now < self.until_work_ts { Ok(()) } else { Err(MachineError::WrongPhase) }
    }

    /// The provider answers: the jury is called at once.
    /// - Refuses: a second answer; once the time to answer has passed.
    pub fn answer(&mut self, clocks: &Clocks, now: i64) -> Result<(), MachineError> {
        if self.is_answered() {
            return Err(MachineError::AlreadyAnswered);
        }
        self.require(Phase::Answer, now)?;
        self.answered = 1;
        self.call(1, false, clocks, now);
        Ok(())
    }

    /// Somebody adds the bond for a higher claim, until the first jury is drawn (dispute-raise-1). A jury
    /// that was called grows with it.
    /// - Refuses: later; a severity that is not higher than what is claimed, or does not exist.
    pub fn raise(&mut self, severity: u8, now: i64) -> Result<(), MachineError> {
        let is_first = self.jury == 0 && self.phase() == Phase::Draw;
        if !(is_first || self.phase() == Phase::Answer) || now >= self.until_work_ts {
            return Err(MachineError::WrongPhase);
        }
        if severity <= self.claimed || severity > super::MAX_SEVERITY {
            return Err(MachineError::NotRaised);
        }
        self.claimed = severity;
        self.standing |= bit(severity);
        let [first, ..] = sizes(severity);
        if let Some(jury) = self.jury_mut().filter(|jury| jury.round > 0) {
            jury.size = jury.size.max(first);
        }
        Ok(())
    }

    /// Who claimed a severity takes it back, until votes are revealed in the first round: nobody else's claim
    /// falls with it (dispute-withdraw-1). The dispute ends with the last. Returns whether it was before the
    /// answer.
    /// - Refuses: later; a severity that nobody claims.
    pub fn withdraw(&mut self, severity: u8, now: i64) -> Result<bool, MachineError> {
        let early = self.phase() == Phase::Answer;
        let before_votes = early || (self.jury == 0 && matches!(self.phase(), Phase::Draw | Phase::Commit));
        if !before_votes || now >= self.until_work_ts || self.standing & bit(severity) == 0 {
            return Err(MachineError::WrongPhase);
        }
        self.standing &= !bit(severity);
        if self.standing == 0 {
            self.decide(if early { Outcome::Withdrawn } else { Outcome::Conceded }, 0, now);
        } else if early {
            self.claimed = self.highest_standing();
        }
        Ok(early)
    }

    #[inline(never)]
    fn call(&mut self, round: u8, fresh: bool, clocks: &Clocks, as_of: i64) {
        let index = usize::from(round.saturating_sub(1));
        let size = sizes(self.claimed).get(index).copied().unwrap_or(0);
        if self.juries.iter().any(|jury| jury.round > 0) {
            self.jury = self.jury.saturating_add(1);
        }
        let jury = Jury::new(round, if fresh { size.saturating_mul(2) } else { size });
        if let Some(place) = self.jury_mut() {
            *place = jury;
        }
        self.enter(Phase::Draw, as_of, clocks.draw);
    }

    /// A ballot's draw is over. With the last one the jury begins to vote, unless too few ballots are filled.
    /// - Refuses: outside the time to ballot a jury.
    pub fn end_draw(&mut self, filled: bool, clocks: &Clocks, now: i64) -> Result<(), MachineError> {
        self.require(Phase::Draw, now)?;
        let Some(jury) = self.jury_mut() else { return Err(MachineError::WrongPhase) };
        jury.drawn = jury.drawn.saturating_add(1);
        jury.filled = jury.filled.saturating_add(u8::from(filled));
        if jury.drawn < jury.size {
            return Ok(());
        }
        if quorum(jury.size, jury.filled) {
            self.enter(Phase::Commit, now, clocks.commit);
        } else {
            self.no_quorum(clocks, now);
        }
        Ok(())
    }

    /// A juror commits. With the last one the jury reveals.
    /// - Refuses: outside the time to commit.
    pub fn commit(&mut self, clocks: &Clocks, now: i64) -> Result<(), MachineError> {
        self.require(Phase::Commit, now)?;
        let Some(jury) = self.jury_mut() else { return Err(MachineError::WrongPhase) };
        jury.committed = jury.committed.saturating_add(1);
        if jury.committed >= jury.filled {
            self.enter(Phase::Reveal, now, clocks.reveal);
        }
        Ok(())
    }

    /// A juror reveals its vote. The round is counted when its time has passed, or when every committed vote
    /// is revealed.
    /// - Refuses: outside the time to reveal; a vote above what is claimed.
    pub fn reveal(&mut self, vote: u8, clocks: &Clocks, cost: u64, now: i64) -> Result<(), MachineError> {
        self.require(Phase::Reveal, now)?;
        if vote > self.claimed {
            return Err(MachineError::VoteTooHigh);
        }
        let Some(jury) = self.jury_mut() else { return Err(MachineError::WrongPhase) };
        let Some(votes) = jury.tally.get_mut(usize::from(vote)) else { return Err(MachineError::VoteTooHigh) };
        *votes = votes.saturating_add(1);
        jury.revealed = jury.revealed.saturating_add(1);
        if jury.revealed >= jury.committed {
            self.count(clocks, cost, now);
        }
        Ok(())
    }

    /// A juror that may not judge is taken out before it has revealed: its ballot is empty.
    /// - Refuses: outside the times to ballot, to commit and to reveal.
    pub fn exclude(&mut self, committed: bool, clocks: &Clocks, cost: u64, now: i64) -> Result<(), MachineError> {
        if !matches!(self.phase(), Phase::Draw | Phase::Commit | Phase::Reveal) || now >= self.until_work_ts {
            return Err(MachineError::WrongPhase);
        }
        let phase = self.phase();
        let Some(jury) = self.jury_mut() else { return Err(MachineError::WrongPhase) };
        jury.filled = jury.filled.saturating_sub(1);
        jury.committed = jury.committed.saturating_sub(u8::from(committed));
        let (all_in, all_out) = (jury.committed >= jury.filled, jury.revealed >= jury.committed);
        if phase == Phase::Commit && all_in {
            self.enter(Phase::Reveal, now, clocks.reveal);
        }
        if self.phase() == Phase::Reveal && all_out {
            self.count(clocks, cost, now);
        }
        Ok(())
    }

    #[inline(never)]
    fn count(&mut self, clocks: &Clocks, cost: u64, as_of: i64) {
        let present = self.present();
        if !quorum(present.size, present.revealed) {
            return self.no_quorum(clocks, as_of);
        }
        if let Some(jury) = self.jury_mut() {
            jury.decided = 1;
        }
        // Nobody is convicted of what nobody claims any more.
        let verdict = present.verdict().min(self.highest_standing());
        self.judged(verdict, present.is_tied(), clocks, cost, as_of);
    }

    /// A verdict: it can be appealed, after the last round it goes before the arbiter. `cost` is what the
    /// next round's jury costs, at least one unit: an appeal that costs nothing would be held without anybody
    /// who asks for it.
    #[inline(never)]
    fn judged(&mut self, verdict: u8, tied: bool, clocks: &Clocks, cost: u64, as_of: i64) {
        let round = self.present().round;
        self.verdict = verdict;
        self.tied = u8::from(tied);
        self.found |= bit(verdict);
        if let Some(place) = self.costs.get_mut(usize::from(round.saturating_sub(1))) {
            *place = Self::full_cost(cost);
            self.enter(Phase::Appeal, as_of, clocks.appeal);
        } else {
            self.enter(Phase::Arbiter, as_of, clocks.arbiter);
        }
    }

    /// Too few votes: one fresh jury of double size, then the arbiter (jury-verdict-3).
    #[inline(never)]
    fn no_quorum(&mut self, clocks: &Clocks, as_of: i64) {
        if self.redrawn != 0 {
            self.enter(Phase::Arbiter, as_of, clocks.arbiter);
        } else {
            self.redrawn = 1;
            self.call(self.present().round, true, clocks, as_of);
        }
    }

    /// Nobody answered: claims up to [`SILENT_SEVERITY`] are conceded; a higher one goes to a jury, which
    /// cannot take that back, or raising somebody's claim would save the provider from it (dispute-answer-2).
    fn silence(&mut self, clocks: &Clocks, as_of: i64) {
        let most = bit(SILENT_SEVERITY.saturating_add(1)).saturating_sub(1);
        let conceded = highest(self.standing & most);
        if self.highest_standing() <= SILENT_SEVERITY {
            self.decide(Outcome::Silent, conceded, as_of);
        } else {
            self.floor = conceded;
            self.call(1, false, clocks, as_of);
        }
    }

    /// Walks through every deadline that has passed. `next_cost` says what the jury of a round costs. Returns
    /// whether anything changed.
    pub fn advance(&mut self, clocks: &Clocks, next_cost: impl Fn(u8) -> u64, now: i64) -> bool {
        let mut changed = false;
        while self.phase() != Phase::Decided && self.step(clocks, &next_cost, now) {
            changed = true;
        }
        changed
    }

    #[inline(never)]
    fn step(&mut self, clocks: &Clocks, next_cost: &impl Fn(u8) -> u64, now: i64) -> bool {
        let as_of = self.until_work_ts;
        if self.phase() == Phase::Appeal {
            let half_work_ts = self.appellants_until_work_ts(clocks);
            if !self.is_appealed() && now >= half_work_ts {
                self.conclude(clocks, half_work_ts);
                return true;
            }
        }
        if now < as_of {
            return false;
        }
        match self.phase() {
            Phase::Answer => self.silence(clocks, as_of),
            Phase::Draw => self.no_quorum(clocks, as_of),
            Phase::Commit => {
                self.enter(Phase::Reveal, as_of, clocks.reveal);
            }
            Phase::Reveal => self.count(clocks, next_cost(self.present().round.saturating_add(1)), as_of),
            Phase::Appeal => self.call(self.present().round.saturating_add(1), false, clocks, as_of),
            Phase::Arbiter => self.stand(as_of),
            Phase::Decided => {}
        }
        true
    }
}
