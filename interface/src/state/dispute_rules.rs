//! What faults cost, and how disputes are judged. Governed; copied into what they govern when it is made.

use super::NetworkParams;
use crate::{
    Address, WorkTokenError as E,
    limits::*,
    math::{
        Amount, Bps,
        dispute::{BondTerms, Clocks, MAX_SEVERITY},
        slash::Division,
    },
};

value! {
    /// What a severity costs.
    pub struct SeverityRule {
        /// Fraction of stake of a first fault, in hundredths of a percent.
        pub base_bps: u16,
        /// The challengers' part of what is taken from the own stake, in hundredths of a percent; at most 3,000.
        pub reward_bps: u16,
        /// Epochs without draws and weight. Severity 5 expels instead.
        pub jail_epochs: u16,
        /// Parts in which the slash is executed, one an epoch.
        pub installments: u8,
        /// Unused.
        pub padding: u8,
    }
}

value! {
    /// The rules of disputes. Amounts in base units, durations in seconds.
    pub struct DisputeRules {
        /// Smallest bond.
        pub minimum_bond: u64,
        /// Pay of a juror whose vote is on the side that wins.
        pub juror_fee: u64,
        /// What a juror locks for each seat, and loses when it does not reveal.
        pub juror_lock: u64,
        /// What each side loses when neither a jury nor the arbiter decides.
        pub arbiter_fee: u64,
        /// To answer; at least 2 days (R M10).
        pub answer_secs: u32,
        /// To draw a jury.
        pub seat_secs: u32,
        /// To commit votes.
        pub commit_secs: u32,
        /// To reveal them.
        pub reveal_secs: u32,
        /// To fund an appeal; the losing side only in the first half.
        pub appeal_secs: u32,
        /// For the arbiter.
        pub arbiter_secs: u32,
        /// A juror's lock stays at least this long.
        pub juror_term_secs: u32,
        /// Epochs in which the slashing limit refills.
        pub slash_refill_epochs: u32,
        /// Part of the claimed stake that a bond must be worth.
        pub claim_bond_bps: u16,
        /// Part of the delegators' proportional loss that they bear while own stake is left.
        pub delta_bps: u16,
        /// Most of the network's stake that may be slashed within the refill time.
        pub slash_cap_bps: u16,
        /// Where the random value begins in the account's data; 32 bytes.
        pub randomness_offset: u16,
        /// From this severity on delegators cover what the own stake cannot pay.
        pub cover_from_severity: u8,
        /// Unused.
        pub padding: [u8; 7],
        /// What each severity costs, from 1 to 5.
        pub severities: [SeverityRule; 5],
        /// Account whose value seats jurors; zero: the hash of a slot.
        pub randomness: Address,
        /// The program that owns it.
        pub randomness_owner: Address,
    }
}

impl DisputeRules {
    /// How long the phases last.
    pub fn clocks(&self) -> Clocks {
        Clocks {
            answer: self.answer_secs,
            seat: self.seat_secs,
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

    /// The longest dispute with an outage.
    pub fn longest_secs(&self) -> u64 {
        self.clocks().longest_secs().saturating_add(LONGEST_OUTAGE_SECS)
    }

    /// Refuses rules that break a bound, or that the liability of stake does not cover.
    #[inline(never)]
    pub(super) fn validate(&self, params: &NetworkParams) -> Result<(), E> {
        let times = [self.seat_secs, self.commit_secs, self.reveal_secs, self.appeal_secs, self.arbiter_secs];
        let clocks = times.iter().all(|secs| (MIN_JURY_SECS..=MAX_JURY_SECS).contains(secs))
            && (MIN_ANSWER_SECS..=MAX_JURY_SECS).contains(&self.answer_secs)
            && u64::from(self.juror_term_secs) >= self.longest_secs()
            && self.juror_term_secs <= MAX_UNBONDING_SECS;
        check(clocks, E::DisputeTimesOutOfBounds)?;
        check(self.longest_secs() <= u64::from(params.longest_dispute_secs), E::DisputeLongerThanLiability)?;
        let amounts = [self.minimum_bond, self.juror_lock].iter().all(|amount| (1..MAX_JUROR_LOCK).contains(amount))
            && self.juror_fee <= self.juror_lock
            && self.arbiter_fee <= self.minimum_bond
            && params.job_bounty <= self.juror_lock;
        check(amounts, E::BondsOutOfBounds)?;
        let parts = (1..=MAX_CLAIM_BOND_BPS).contains(&self.claim_bond_bps)
            && u64::from(self.delta_bps) <= Bps::ONE
            && (1..=10_000).contains(&self.slash_cap_bps)
            && (1..=MAX_REFILL_EPOCHS).contains(&self.slash_refill_epochs)
            && (1..=MAX_SEVERITY.saturating_add(1)).contains(&self.cover_from_severity);
        check(parts, E::SlashRulesOutOfBounds)?;
        let mut least = 0;
        for (rule, (floor, ceiling)) in self.severities.iter().zip(SEVERITY_BOUNDS) {
            let rising = rule.base_bps >= least;
            least = rule.base_bps;
            let installments = i64::from(rule.installments);
            let span =
                u64::from(params.epoch_secs).saturating_mul(u64::try_from(installments.saturating_sub(1)).unwrap_or(0));
            let fits = span <= u64::from(params.installments_secs);
            let bounded = (floor..=ceiling).contains(&rule.base_bps)
                && rule.reward_bps <= MAX_REWARD_BPS
                && rule.jail_epochs <= MAX_JAIL_EPOCHS
                && (1..=MAX_INSTALLMENTS).contains(&rule.installments);
            check(rising && fits && bounded, E::SeverityOutOfBounds)?;
        }
        Ok(())
    }
}

fn check(holds: bool, error: E) -> Result<(), E> {
    if holds { Ok(()) } else { Err(error) }
}
