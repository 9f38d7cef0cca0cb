//! How a verdict is appealed against, and what it takes until it stands.

use super::machine::{CAUTIOUS_SEVERITY, Machine, NO_VERDICT, bit};
use super::phases::{Clocks, MachineError, Outcome, Phase, Side};

impl Machine {
    fn pot_index(&self) -> usize {
        usize::from(self.present().round.saturating_sub(1))
    }

    /// Whether a side can appeal against the verdict: challengers against what is below a claim
    /// (dispute-appeal-1), the provider against a fault, both against a tie (dispute-appeal-1). A severity
    /// below the claim can be appealed by either, or two jurors of three could make a small fault of a large
    /// one for good. Who defends appeals against nothing.
    pub fn loses(&self, side: Side) -> bool {
        match side {
            Side::Challenger => self.is_tied() || self.verdict < self.highest_standing(),
            Side::Provider => self.is_tied() || self.verdict > 0,
            Side::ChallengerDefence | Side::ProviderDefence => false,
        }
    }

    /// Until when an appellant can pay: the first half of the time to appeal, rounded down. Work time;
    /// meaningless in another phase.
    pub fn appellants_until_work_ts(&self, clocks: &Clocks) -> i64 {
        self.until_work_ts.saturating_sub(i64::from(clocks.appeal.div_ceil(2)))
    }

    /// What a side can still pay for an appeal: an appellant all of it in the first half, who defends the
    /// verdict against it half as much in the whole time.
    #[inline(never)]
    pub fn fundable(&self, side: Side, clocks: &Clocks, now: i64) -> u64 {
        let half_work_ts = self.appellants_until_work_ts(clocks);
        let appellant = side.appellant();
        let is_late = side == appellant && now >= half_work_ts;
        if self.phase() != Phase::Appeal || now >= self.until_work_ts || is_late || !self.loses(appellant) {
            return 0;
        }
        let cost = self.costs.get(self.pot_index()).copied().unwrap_or(0);
        let part = if side == appellant { cost } else { cost.div_ceil(2) };
        part.saturating_sub(self.paid(side))
    }

    fn paid(&self, side: Side) -> u64 {
        self.pots.get(self.pot_index()).and_then(|pots| pots.get(side as usize)).copied().unwrap_or(0)
    }

    /// Pays for an appeal. Anybody may, for either side (dispute-epoch-1).
    /// - Refuses: nothing, and more than [`Self::fundable`] says.
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

    /// Whether an appellant has paid its part, which holds the appeal, alone or not (dispute-appeal-2).
    #[inline(never)]
    pub fn is_appealed(&self) -> bool {
        let cost = self.costs.get(self.pot_index()).copied().unwrap_or(0);
        [Side::Challenger, Side::Provider].into_iter().any(|side| self.loses(side) && self.paid(side) >= cost)
    }

    /// The arbiter rules. Once something was found it only confirms one of the severities found, zero only if
    /// that was one of them; where nothing ever was, it dismisses, or confirms at most `most` of what is
    /// claimed (dispute-arbiter-1).
    /// - Refuses: outside the arbiter's time; any other ruling.
    pub fn rule(&mut self, severity: u8, most: u8, now: i64) -> Result<(), MachineError> {
        self.require(Phase::Arbiter, now)?;
        let confirms = match self.found {
            0 => severity <= self.highest_standing().min(most),
            found => severity <= super::MAX_SEVERITY && found & bit(severity) != 0,
        };
        if !confirms {
            return Err(MachineError::NotARuling);
        }
        self.tied = 0;
        self.decide(if severity == 0 { Outcome::Dismissed } else { Outcome::Upheld }, severity, now);
        Ok(())
    }

    /// Decides it. What silence conceded stays conceded, whatever else was found.
    pub(super) fn decide(&mut self, outcome: Outcome, verdict: u8, as_of: i64) {
        self.phase = Phase::Decided as u8;
        self.outcome = if self.floor > 0 { Outcome::Upheld } else { outcome } as u8;
        self.verdict = verdict;
        self.until_work_ts = as_of;
    }

    /// Whether a jury of a young tree found more than it may alone.
    fn needs_confirmation(&self) -> bool {
        let is_found = self.verdict != NO_VERDICT && !self.is_tied() && self.verdict > CAUTIOUS_SEVERITY;
        self.cautious != 0 && is_found && self.juries.iter().any(|jury| jury.is_decided())
    }

    /// The time to appeal has passed: the last verdict stands, unless the arbiter must confirm it.
    #[inline(never)]
    pub(super) fn conclude(&mut self, clocks: &Clocks, as_of: i64) {
        if self.needs_confirmation() {
            self.enter(Phase::Arbiter, as_of, clocks.arbiter);
        } else {
            self.stand(as_of);
        }
    }

    /// The last verdict stands; without any, nothing was found. What the arbiter should have confirmed and
    /// did not is cut.
    #[inline(never)]
    pub(super) fn stand(&mut self, as_of: i64) {
        if self.needs_confirmation() {
            self.verdict = CAUTIOUS_SEVERITY;
        }
        match (self.verdict, self.is_tied()) {
            (NO_VERDICT, _) => self.decide(Outcome::Undecided, 0, as_of),
            (_, true) => self.decide(Outcome::Tied, 0, as_of),
            (0, false) => self.decide(Outcome::Dismissed, 0, as_of),
            (severity, false) => self.decide(Outcome::Upheld, severity, as_of),
        }
    }
}
