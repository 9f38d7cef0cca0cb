//! How a verdict is appealed against, ruled on, and stands.

use super::court::{Appeal, CAUTIOUS, Court, Outcome, Phase};
use super::refuse::require;

impl Court {
    /// The appeals that are open, while one can be paid for.
    fn open_appeal(&self) -> Option<&Appeal> {
        let round = usize::from(self.round());
        if self.phase == Phase::Appeal { self.appeals.get(round - 1) } else { None }
    }

    /// Whether who appeals on a side is not content with the verdict: 0 for more, 1 for less.
    fn is_against(&self, side: usize) -> bool {
        let verdict = self.verdict.unwrap_or(0);
        self.tied || if side == 0 { verdict < self.highest() } else { verdict > 0 }
    }

    /// What a side can still pay: who appeals in the first half of the time, who defends in all of it.
    pub fn fundable(&self, side: usize, now: i64) -> u64 {
        let Some(appeal) = self.open_appeal() else { return 0 };
        // 0 and 3 are about more, 1 and 2 about less.
        let (appellant, defends) = ([0, 1, 1, 0][side], side > 1);
        let late = !defends && now >= self.first_half();
        if now >= self.until || late || !self.is_against(appellant) {
            return 0;
        }
        let all = if defends { appeal.full.div_ceil(2) } else { appeal.full };
        all - appeal.paid[side]
    }

    /// When the first half of the time to appeal is over.
    pub(super) fn first_half(&self) -> i64 {
        self.until - (self.clocks.appeal + 1) / 2
    }

    /// Somebody pays for an appeal. Returns what was taken, and of which appeal.
    pub fn fund(&mut self, side: usize, amount: u64, now: i64) -> Result<(u64, usize), &'static str> {
        let taken = amount.min(self.fundable(side, now));
        require(taken > 0, "nothing can be paid")?;
        let index = usize::from(self.round()) - 1;
        self.appeals[index].paid[side] += taken;
        Ok((taken, index))
    }

    pub(super) fn is_appealed(&self) -> bool {
        let Some(appeal) = self.open_appeal() else { return false };
        (0..2).any(|side| self.is_against(side) && appeal.full > 0 && appeal.paid[side] >= appeal.full)
    }

    /// The arbiter rules. Returns whether it convicts where no jury ever decided.
    pub fn rule(&mut self, severity: u8, most: u8, now: i64) -> Result<bool, &'static str> {
        self.require(Phase::Arbiter, now)?;
        let alone = self.found.is_empty();
        let may = if alone { severity <= self.highest().min(most) } else { self.found.contains(&severity) };
        require(may, "not a ruling")?;
        self.tied = false;
        self.decide(if severity == 0 { Outcome::Dismissed } else { Outcome::Upheld }, severity, now);
        Ok(alone && severity > 0)
    }

    pub(super) fn needs_confirmation(&self) -> bool {
        let judged = self.juries.iter().any(|jury| jury.decided);
        self.cautious && judged && !self.tied && self.verdict.is_some_and(|verdict| verdict > CAUTIOUS)
    }

    pub(super) fn stand(&mut self, at: i64) {
        if self.needs_confirmation() {
            self.verdict = Some(CAUTIOUS);
        }
        match self.verdict {
            None => self.decide(Outcome::Undecided, 0, at),
            Some(_) if self.tied => self.decide(Outcome::Tied, 0, at),
            Some(0) => self.decide(Outcome::Dismissed, 0, at),
            Some(severity) => self.decide(Outcome::Upheld, severity, at),
        }
    }
}
