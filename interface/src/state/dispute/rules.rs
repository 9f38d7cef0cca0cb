//! What faults cost, and how disputes are judged. Governed; copied into what they govern when it is made.

use bytemuck::bytes_of;

use crate::state::{
    ChangeClass,
    governed::{self, Governed, Rule},
};
use crate::{
    Address, WorkTokenError as E,
    limits::*,
    math::{
        Amount, Bps,
        dispute::{BondTerms, Clocks, MAX_SEVERITY},
        slash::Division,
    },
};

governed! {
    /// What a severity costs.
    pub struct SeverityRule {
        /// Fraction of stake of a first fault, in hundredths of a percent.
        pub base_bps: u16 => (Safety, Bps, [(0, Bps::ONE)], SeverityOutOfBounds),
        /// The challengers' part of what is taken from the own stake, in hundredths of a percent; at most
        /// 3,000.
        pub reward_bps: u16 => (Safety, Bps, [(0, MAX_REWARD_BPS as u64)], SeverityOutOfBounds),
        /// Epochs without draws and weight. Severity 5 expels instead.
        pub jail_epochs: u16 => (Safety, Epochs, [(0, MAX_JAIL_EPOCHS as u64)], SeverityOutOfBounds),
        /// Parts in which the slash is executed, one an epoch.
        pub installments: u8 => (Safety, Number, [(1, MAX_INSTALLMENTS as u64)], SeverityOutOfBounds),
        /// Unused.
        pub padding: u8 => (Fixed, Zero, [(0, 0)], UnknownFlags),
        /// From the verdict to the first of them, in which governance may lower it. Seconds.
        pub deferral_secs: u32 => (Safety, Secs, [(0, MAX_UNBONDING_SECS as u64)], SeverityOutOfBounds),
    }
}

governed! {
    /// The rules of disputes. Amounts in base units, durations in seconds.
    pub struct DisputeRules {
        /// Smallest bond.
        pub minimum_bond: u64 => (Safety, Amount, [(1, MAX_JUROR_LOCK - 1)], BondsOutOfBounds),
        /// Pay of a juror whose vote is on the side that wins.
        pub juror_fee: u64 => (Safety, Amount, [(0, MAX_JUROR_LOCK - 1)], BondsOutOfBounds),
        /// What a juror locks for each ballot, and loses when it does not reveal.
        pub juror_lock: u64 => (Safety, Amount, [(1, MAX_JUROR_LOCK - 1)], BondsOutOfBounds),
        /// What each side loses when neither a jury nor the arbiter decides.
        pub arbiter_fee: u64 => (Safety, Amount, [(0, MAX_JUROR_LOCK - 1)], BondsOutOfBounds),
        /// To answer; at least 2 days (dispute-answer-1).
        pub answer_secs: u32 => (Safety, Secs, [(MIN_ANSWER_SECS as u64, MAX_JURY_SECS as u64)], DisputeTimesOutOfBounds),
        /// To draw a jury.
        pub draw_secs: u32 => (Safety, Secs, [PHASE], DisputeTimesOutOfBounds),
        /// To commit votes.
        pub commit_secs: u32 => (Safety, Secs, [PHASE], DisputeTimesOutOfBounds),
        /// To reveal them.
        pub reveal_secs: u32 => (Safety, Secs, [PHASE], DisputeTimesOutOfBounds),
        /// To fund an appeal; the losing side only in the first half.
        pub appeal_secs: u32 => (Safety, Secs, [PHASE], DisputeTimesOutOfBounds),
        /// For the arbiter.
        pub arbiter_secs: u32 => (Safety, Secs, [PHASE], DisputeTimesOutOfBounds),
        /// A juror's lock stays at least this long.
        pub juror_term_secs: u32 => (Safety, Secs, [(1, MAX_UNBONDING_SECS as u64)], DisputeTimesOutOfBounds),
        /// Epochs in which the slashing limit refills.
        pub slash_refill_epochs: u32 => (Safety, Epochs, [(1, MAX_REFILL_EPOCHS as u64)], SlashRulesOutOfBounds),
        /// Part of the claimed stake that a bond must be worth.
        pub claim_bond_bps: u16 => (Safety, Bps, [(1, MAX_CLAIM_BOND_BPS as u64)], SlashRulesOutOfBounds),
        /// Part of the delegators' proportional loss that they bear while own stake is left.
        pub delta_bps: u16 => (Safety, Bps, [(0, Bps::ONE)], SlashRulesOutOfBounds),
        /// Most of the network's stake that may be slashed within the refill time.
        pub slash_cap_bps: u16 => (Safety, Bps, [(1, Bps::ONE)], SlashRulesOutOfBounds),
        /// Where the random value begins in the account's data; 32 bytes.
        pub randomness_offset: u16 => (Mode, Number, [(0, u16::MAX as u64)], WrongRandomness),
        /// From this severity on delegators cover what the own stake cannot pay.
        pub cover_from_severity: u8 => (Safety, Number, [(1, NO_SEVERITY)], SlashRulesOutOfBounds),
        /// The highest severity that the arbiter confirms where no jury ever decided.
        pub arbiter_severity: u8 => (Safety, Number, [(0, MAX_SEVERITY as u64)], SlashRulesOutOfBounds),
        /// Unused.
        pub padding: [u8; 2] => (Fixed, Zero, [(0, 0); 2], UnknownFlags),
        /// What each severity costs, from 1 to 5.
        pub severities: [SeverityRule; 5] => (own),
        /// Account whose value draws jurors; zero: the hash of a slot.
        pub randomness: Address => (Mode, Key, [(0, 0)], WrongRandomness),
        /// The program that owns it.
        pub randomness_owner: Address => (Mode, Key, [(0, 0)], WrongRandomness),
    }
}

/// Above the highest severity: delegators never cover.
const NO_SEVERITY: u64 = (MAX_SEVERITY as u64).saturating_add(1);
/// How long every phase but the answer lasts.
const PHASE: (u64, u64) = (MIN_JURY_SECS as u64, MAX_JURY_SECS as u64);

impl SeverityRule {
    /// The rules of a severity: each has bounds of its own for what it costs.
    pub fn rules((least, most): (u16, u16)) -> [Rule; Self::RULES.len()] {
        let mut rules = [governed::NONE; Self::RULES.len()];
        rules.copy_from_slice(Self::RULES);
        let [base, ..] = &mut rules;
        (base.lower, base.upper) = (u64::from(least), u64::from(most));
        rules
    }

    /// From the verdict to the last installment, of which one comes each `epoch_secs`.
    pub fn window_secs(&self, epoch_secs: u32) -> u64 {
        let pauses = u64::from(self.installments).saturating_sub(1);
        u64::from(self.deferral_secs).saturating_add(u64::from(epoch_secs).saturating_mul(pauses))
    }
}

impl DisputeRules {
    /// How long the phases last.
    pub fn clocks(&self) -> Clocks {
        Clocks {
            answer: self.answer_secs,
            draw: self.draw_secs,
            commit: self.commit_secs,
            reveal: self.reveal_secs,
            appeal: self.appeal_secs,
            arbiter: self.arbiter_secs,
        }
    }

    /// What bonds are measured by. `bounty` is the network's bounty of a crank.
    pub fn bond_terms(&self, bounty: u64) -> BondTerms {
        BondTerms {
            minimum: Amount(self.minimum_bond),
            juror_fee: Amount(self.juror_fee),
            bounty: Amount(bounty),
            claim: Bps(self.claim_bond_bps),
        }
    }

    /// How a slash of a severity is divided between the owner and the delegators.
    pub fn division(&self, severity: u8) -> Division {
        Division { delta: Bps(self.delta_bps), cover: severity >= self.cover_from_severity }
    }

    /// The longest time from a verdict to the last installment of its slash, whatever it found.
    pub fn longest_window_secs(&self, epoch_secs: u32) -> u64 {
        self.severities.iter().map(|rule| rule.window_secs(epoch_secs)).fold(0, u64::max)
    }

    /// Refuses a step that is too large.
    pub(crate) fn require_steps(&self, new: &Self) -> Result<(), E> {
        governed::require_steps(Self::RULES, bytes_of(self), bytes_of(new))?;
        let mut severities = self.severities.iter().zip(&new.severities);
        severities.try_for_each(|(present, new)| {
            governed::require_steps(SeverityRule::RULES, bytes_of(present), bytes_of(new))
        })
    }

    /// The last class among the fields that differ.
    pub(crate) fn class_of_change(&self, new: &Self) -> ChangeClass {
        let severities = self
            .severities
            .iter()
            .zip(&new.severities)
            .map(|(present, new)| governed::class_of_change(SeverityRule::RULES, bytes_of(present), bytes_of(new)));
        severities.fold(governed::class_of_change(Self::RULES, bytes_of(self), bytes_of(new)), ChangeClass::max)
    }

    /// The longest dispute with a day of outage; what more of them can be is in
    /// [`Clocks::longest_with_outages_secs`].
    pub fn longest_secs(&self) -> u64 {
        self.clocks().longest_secs().saturating_add(LONGEST_OUTAGE_SECS)
    }
}
