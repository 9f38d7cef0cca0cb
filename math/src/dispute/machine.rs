//! The phases of a dispute, as a function of actions and of time (MD 6.1 with R C1, C2, H15, H16, M1).
//!
//! Every silence has a default that takes effect at its deadline, whoever calls and however late: [`Machine::advance`] walks through all
//! deadlines that have passed, each as of its own time. So a dispute ends within its longest time with zero voters and zero keepers.

use super::{
    jury::{Jury, quorum, sizes},
    phases::{Clocks, MachineError, Outcome, Phase, Side},
};

/// Rounds of juries.
pub const ROUNDS: u8 = 3;
/// Juries at most: one for each round and one fresh one after a missing quorum.
pub const JURIES: usize = 4;
/// The verdict of a dispute that no jury has judged.
pub const NO_VERDICT: u8 = u8::MAX;
/// A claim up to this severity is executed as claimed when nobody answers; a higher one goes to a jury (R C1).
pub const SILENT_SEVERITY: u8 = 2;

/// A dispute's phases and votes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Machine {
    /// Where it stands.
    pub phase: Phase,
    /// How it ended.
    pub outcome: Outcome,
    /// Highest severity claimed.
    pub claimed: u8,
    /// What the last jury with a quorum found; the final severity once decided. [`NO_VERDICT`] before.
    pub verdict: u8,
    /// Whether that jury was divided in halves.
    pub tied: bool,
    /// Whether the provider answered.
    pub answered: bool,
    /// Whether the one fresh jury was used up.
    pub redrawn: bool,
    /// Index of the present or last jury.
    pub jury: u8,
    /// Severities that juries found, bit by severity.
    pub found: u8,
    /// When the phase ends. Work time.
    pub until_work_ts: i64,
    /// The juries.
    pub juries: [Jury; JURIES],
    /// What each side has paid for the appeal from round 1 and from round 2. Base units.
    pub pots: [[u64; 2]; 2],
    /// What a full part of the losing side is for each of them; the winning side's is half. 0 before the round is judged.
    pub costs: [u64; 2],
}

fn after(from_ts: i64, secs: u32) -> i64 {
    from_ts.saturating_add(i64::from(secs))
}

impl Machine {
    /// A dispute that is opened at a time: the provider may answer.
    pub fn open(severity: u8, clocks: &Clocks, now: i64) -> Self {
        Self { claimed: severity, verdict: NO_VERDICT, until_work_ts: after(now, clocks.answer), ..Self::default() }
    }

    /// A fault that was proved: a verdict without a jury, as if one had found it in the first round.
    pub fn proved(severity: u8, clocks: &Clocks, cost: u64, now: i64) -> Self {
        let mut machine = Self::open(severity, clocks, now);
        machine.juries = [Jury { round: 1, ..Jury::default() }, Jury::default(), Jury::default(), Jury::default()];
        machine.judged(severity, false, clocks, cost, now);
        machine
    }

    /// The present jury.
    pub fn present(&self) -> Jury {
        self.juries.get(usize::from(self.jury)).copied().unwrap_or_default()
    }

    fn jury_mut(&mut self) -> Option<&mut Jury> {
        self.juries.get_mut(usize::from(self.jury))
    }

    fn require(&self, phase: Phase, now: i64) -> Result<(), MachineError> {
        if self.phase == phase && now < self.until_work_ts { Ok(()) } else { Err(MachineError::WrongPhase) }
    }

    /// The provider answers: the jury is called at once.
    pub fn answer(&mut self, clocks: &Clocks, now: i64) -> Result<(), MachineError> {
        if self.answered {
            return Err(MachineError::AlreadyAnswered);
        }
        self.require(Phase::Answer, now)?;
        self.answered = true;
        self.call(1, false, clocks, now);
        Ok(())
    }

    /// A score's dispute has nobody who answers: its jury is called at once.
    pub fn skip_answer(&mut self, clocks: &Clocks, now: i64) {
        self.call(1, false, clocks, now);
    }

    /// Somebody adds the bond for a higher claim, until the first jury is seated (R C2). A jury that was called grows with it.
    pub fn raise(&mut self, severity: u8, now: i64) -> Result<(), MachineError> {
        let is_first = self.jury == 0 && self.phase == Phase::Seating;
        if !(is_first || self.phase == Phase::Answer) || now >= self.until_work_ts {
            return Err(MachineError::WrongPhase);
        }
        if severity <= self.claimed || severity > super::MAX_SEVERITY {
            return Err(MachineError::NotRaised);
        }
        self.claimed = severity;
        let [first, ..] = sizes(severity);
        if let Some(jury) = self.jury_mut().filter(|jury| jury.round > 0) {
            jury.seats = jury.seats.max(first);
        }
        Ok(())
    }

    /// The challenger withdraws, until votes are revealed in the first round. Returns whether it was before the answer.
    pub fn withdraw(&mut self, now: i64) -> Result<bool, MachineError> {
        let early = self.phase == Phase::Answer;
        let before_votes = early || (self.jury == 0 && matches!(self.phase, Phase::Seating | Phase::Commit));
        if !before_votes || now >= self.until_work_ts {
            return Err(MachineError::WrongPhase);
        }
        self.decide(if early { Outcome::Withdrawn } else { Outcome::Conceded }, 0);
        Ok(early)
    }

    #[inline(never)]
    fn call(&mut self, round: u8, fresh: bool, clocks: &Clocks, as_of: i64) {
        let index = usize::from(round.saturating_sub(1));
        let seats = sizes(self.claimed).get(index).copied().unwrap_or(0);
        if self.juries.iter().any(|jury| jury.round > 0) {
            self.jury = self.jury.saturating_add(1);
        }
        let jury = Jury::new(round, if fresh { seats.saturating_mul(2) } else { seats });
        if let Some(place) = self.jury_mut() {
            *place = jury;
        }
        self.phase = Phase::Seating;
        self.until_work_ts = after(as_of, clocks.seat);
    }

    /// A seat's draw is over. With the last one the jury begins to vote, unless too few seats are filled.
    pub fn seat(&mut self, filled: bool, clocks: &Clocks, now: i64) -> Result<(), MachineError> {
        self.require(Phase::Seating, now)?;
        let Some(jury) = self.jury_mut() else { return Err(MachineError::WrongPhase) };
        jury.seated = jury.seated.saturating_add(1);
        jury.filled = jury.filled.saturating_add(u8::from(filled));
        if jury.seated < jury.seats {
            return Ok(());
        }
        if quorum(jury.seats, jury.filled) {
            self.phase = Phase::Commit;
            self.until_work_ts = after(now, clocks.commit);
        } else {
            self.no_quorum(clocks, now);
        }
        Ok(())
    }

    /// A juror commits. With the last one the jury reveals.
    pub fn commit(&mut self, clocks: &Clocks, now: i64) -> Result<(), MachineError> {
        self.require(Phase::Commit, now)?;
        let Some(jury) = self.jury_mut() else { return Err(MachineError::WrongPhase) };
        jury.committed = jury.committed.saturating_add(1);
        if jury.committed >= jury.filled {
            self.phase = Phase::Reveal;
            self.until_work_ts = after(now, clocks.reveal);
        }
        Ok(())
    }

    /// A juror reveals its vote. The round is counted when its time has passed, or when every committed vote is revealed.
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

    /// A juror that may not judge is taken out before it has revealed: its seat is empty.
    pub fn exclude(&mut self, committed: bool, clocks: &Clocks, cost: u64, now: i64) -> Result<(), MachineError> {
        if !matches!(self.phase, Phase::Seating | Phase::Commit | Phase::Reveal) || now >= self.until_work_ts {
            return Err(MachineError::WrongPhase);
        }
        let phase = self.phase;
        let Some(jury) = self.jury_mut() else { return Err(MachineError::WrongPhase) };
        jury.filled = jury.filled.saturating_sub(1);
        jury.committed = jury.committed.saturating_sub(u8::from(committed));
        let (all_in, all_out) = (jury.committed >= jury.filled, jury.revealed >= jury.committed);
        if phase == Phase::Commit && all_in {
            self.phase = Phase::Reveal;
            self.until_work_ts = after(now, clocks.reveal);
        }
        if self.phase == Phase::Reveal && all_out {
            self.count(clocks, cost, now);
        }
        Ok(())
    }

    #[inline(never)]
    fn count(&mut self, clocks: &Clocks, cost: u64, as_of: i64) {
        let present = self.present();
        if !quorum(present.seats, present.revealed) {
            return self.no_quorum(clocks, as_of);
        }
        if let Some(jury) = self.jury_mut() {
            jury.decided = true;
        }
        self.judged(present.verdict(), present.is_tied(), clocks, cost, as_of);
    }

    /// A verdict: it can be appealed, after the last round it goes before the arbiter. `cost` is what the next round's jury costs, at least
    /// one unit: an appeal that costs nothing would be held without anybody who asks for it.
    #[inline(never)]
    fn judged(&mut self, verdict: u8, tied: bool, clocks: &Clocks, cost: u64, as_of: i64) {
        let round = self.present().round;
        self.verdict = verdict;
        self.tied = tied;
        self.found |= 1u8.wrapping_shl(u32::from(verdict));
        if let Some(place) = self.costs.get_mut(usize::from(round.saturating_sub(1))) {
            *place = cost.max(1).saturating_mul(2);
            self.phase = Phase::Appeal;
            self.until_work_ts = after(as_of, clocks.appeal);
        } else {
            self.phase = Phase::Arbiter;
            self.until_work_ts = after(as_of, clocks.arbiter);
        }
    }

    /// Too few votes: one fresh jury of double size, then the arbiter (R H16).
    #[inline(never)]
    fn no_quorum(&mut self, clocks: &Clocks, as_of: i64) {
        if self.redrawn {
            self.phase = Phase::Arbiter;
            self.until_work_ts = after(as_of, clocks.arbiter);
        } else {
            self.redrawn = true;
            self.call(self.present().round, true, clocks, as_of);
        }
    }

    fn pot_index(&self) -> usize {
        usize::from(self.present().round.saturating_sub(1))
    }

    /// Whether the verdict stands against a side: the challenger loses by what was found below its claim (R H14), both lose a tie (R L14).
    /// A severity below the claim can be appealed by either side, or two jurors of three could make a small fault of a large one for good.
    pub fn loses(&self, side: Side) -> bool {
        let against = match side {
            Side::Challenger => self.verdict < self.claimed,
            Side::Provider => self.verdict > 0,
        };
        self.tied || against
    }

    /// What a side can still pay for an appeal: the losing side all of it in the first half, the other half as much in the whole time.
    #[inline(never)]
    pub fn fundable(&self, side: Side, clocks: &Clocks, now: i64) -> u64 {
        let half_work_ts = self.until_work_ts.saturating_sub(i64::from(clocks.appeal.div_ceil(2)));
        let loses = self.loses(side);
        if self.phase != Phase::Appeal || now >= self.until_work_ts || (loses && now >= half_work_ts) {
            return 0;
        }
        let cost = self.costs.get(self.pot_index()).copied().unwrap_or(0);
        let part = if loses { cost } else { cost.div_ceil(2) };
        part.saturating_sub(self.paid(side))
    }

    fn paid(&self, side: Side) -> u64 {
        self.pots.get(self.pot_index()).and_then(|pots| pots.get(side as usize)).copied().unwrap_or(0)
    }

    /// Pays for an appeal. Anybody may, for either side (R C2).
    pub fn fund(&mut self, side: Side, amount: u64, clocks: &Clocks, now: i64) -> Result<(), MachineError> {
        if amount == 0 || amount > self.fundable(side, clocks, now) {
            return Err(MachineError::NotFundable);
        }
        let index = self.pot_index();
        if let Some(pot) = self.pots.get_mut(index).and_then(|pots| pots.get_mut(side as usize)) {
            *pot = pot.saturating_add(amount);
        }
        Ok(())
    }

    /// Whether the losing side has paid its part, which holds the appeal, alone or not (R H15).
    #[inline(never)]
    pub fn is_appealed(&self) -> bool {
        let cost = self.costs.get(self.pot_index()).copied().unwrap_or(0);
        [Side::Challenger, Side::Provider].into_iter().any(|side| self.loses(side) && self.paid(side) >= cost)
    }

    /// The arbiter rules: it dismisses, or confirms a severity that a jury found or the challenger claimed; never higher.
    pub fn rule(&mut self, severity: u8, now: i64) -> Result<(), MachineError> {
        self.require(Phase::Arbiter, now)?;
        let found = severity <= super::MAX_SEVERITY && self.found & 1u8.wrapping_shl(u32::from(severity)) != 0;
        if severity != 0 && severity != self.claimed && !found {
            return Err(MachineError::NotARuling);
        }
        self.tied = false;
        self.decide(if severity == 0 { Outcome::Dismissed } else { Outcome::Upheld }, severity);
        Ok(())
    }

    fn decide(&mut self, outcome: Outcome, severity: u8) {
        self.phase = Phase::Decided;
        self.outcome = outcome;
        self.verdict = severity;
    }

    /// The last verdict stands; without any, nothing was found.
    #[inline(never)]
    fn stand(&mut self) {
        match (self.verdict, self.tied) {
            (NO_VERDICT, _) => self.decide(Outcome::Undecided, 0),
            (_, true) => self.decide(Outcome::Tied, 0),
            (0, false) => self.decide(Outcome::Dismissed, 0),
            (severity, false) => self.decide(Outcome::Upheld, severity),
        }
    }

    /// Walks through every deadline that has passed. `next_cost` says what the jury of a round costs. Returns whether anything changed.
    pub fn advance(&mut self, clocks: &Clocks, next_cost: impl Fn(u8) -> u64, now: i64) -> bool {
        let mut changed = false;
        while self.phase != Phase::Decided && self.step(clocks, &next_cost, now) {
            changed = true;
        }
        changed
    }

    #[inline(never)]
    fn step(&mut self, clocks: &Clocks, next_cost: &impl Fn(u8) -> u64, now: i64) -> bool {
        let as_of = self.until_work_ts;
        if self.phase == Phase::Appeal {
            let half_work_ts = as_of.saturating_sub(i64::from(clocks.appeal.div_ceil(2)));
            if !self.is_appealed() && now >= half_work_ts {
                self.stand();
                return true;
            }
        }
        if now < as_of {
            return false;
        }
        match self.phase {
            Phase::Answer if self.claimed <= SILENT_SEVERITY => self.decide(Outcome::Silent, self.claimed),
            Phase::Answer => self.call(1, false, clocks, as_of),
            Phase::Seating => self.no_quorum(clocks, as_of),
            Phase::Commit => {
                self.phase = Phase::Reveal;
                self.until_work_ts = after(as_of, clocks.reveal);
            }
            Phase::Reveal => self.count(clocks, next_cost(self.present().round.saturating_add(1)), as_of),
            Phase::Appeal => self.call(self.present().round.saturating_add(1), false, clocks, as_of),
            Phase::Arbiter => self.stand(),
            Phase::Decided => {}
        }
        true
    }
}
