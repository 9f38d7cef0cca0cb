//! A proposed change of a network's parameters.

use super::NetworkParams;
use bytemuck::bytes_of;

use crate::{Address, WorkTokenError as E, limits::*, math::mul_div::mul_checked};

/// How long a change waits. A set that touches several classes waits as long as the slowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ChangeClass {
    /// Bounties of cranks and jobs, and the keepers' cap: 1 day.
    Cosmetic = 0,
    /// Emission, minimums, leverage, caps, tiers, epoch windows, fees, metrics, attesters, seats: 3 days.
    Economic = 1,
    /// Everything that decides for how long and for what stake is liable: the unbonding time.
    Safety = 2,
}

account! {
    /// A whole parameter set that may replace the one in force once its delay has passed.
    pub struct ParamChange {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// See `ChangeClass`.
        pub class: u8,
        /// Unused.
        pub padding: u8,
        /// The change's number in its network.
        pub number: u32,
        /// The network.
        pub network: Address,
        /// Who paid this account's rent and gets it back.
        pub payer: Address,
        /// The parameter version from which the change was made; execution refuses any other (R M20).
        pub params_version: u32,
        /// Unused.
        pub padding_2: u32,
        /// It may be executed from then on, for 14 days. Unix seconds.
        pub executable_from_ts: i64,
        /// The whole new set.
        pub params: NetworkParams,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl ChangeClass {
    /// The slowest class among the parameters that differ.
    pub fn of(present: &NetworkParams, new: &NetworkParams) -> Self {
        let safety = |p: &NetworkParams| {
            [
                p.epoch_secs,
                p.vesting_epochs,
                p.unbonding_secs,
                p.own_unbonding_secs,
                p.longest_job_secs,
                p.challenge_secs,
                p.longest_dispute_secs,
                p.deferral_secs,
                p.installments_secs,
            ]
        };
        let cosmetic = |p: &NetworkParams| NetworkParams {
            weigh_bounty: 0,
            settle_bounty: 0,
            finalize_bounty: 0,
            activation_bounty: 0,
            keeper_cap: 0,
            job_bounty: 0,
            ..*p
        };
        if safety(present) != safety(new) || bytes_of(&present.disputes) != bytes_of(&new.disputes) {
            Self::Safety
        } else if bytes_of(&cosmetic(present)) != bytes_of(&cosmetic(new)) {
            Self::Economic
        } else {
            Self::Cosmetic
        }
    }

    /// Seconds between proposal and execution.
    pub fn delay_secs(self, present: &NetworkParams) -> i64 {
        match self {
            Self::Cosmetic => COSMETIC_DELAY_SECS,
            Self::Economic => ECONOMIC_DELAY_SECS,
            Self::Safety => i64::from(present.unbonding_secs.max(present.own_unbonding_secs)),
        }
    }
}

impl ParamChange {
    /// Refuses a set in which an economic or safety parameter moves by more than a fifth (at least by one is always allowed, and for parts of a
    /// fee, an emission or the supply by a hundredth of the whole). Metrics, tiers' thresholds and seats are chosen anew as a whole.
    pub fn require_small_steps(present: &NetworkParams, new: &NetworkParams) -> Result<(), E> {
        let amounts = |p: &NetworkParams| {
            [p.emission_per_epoch, p.max_supply, p.minimum_delegation, p.minimum_self_stake, p.minimum_stake_ceiling]
        };
        let numbers = |p: &NetworkParams| {
            [
                p.epoch_secs,
                p.reveal_secs,
                p.weigh_secs,
                p.unbonding_secs,
                p.own_unbonding_secs,
                p.longest_job_secs,
                p.challenge_secs,
                p.longest_dispute_secs,
                p.deferral_secs,
                p.installments_secs,
                p.vesting_epochs,
                p.leverage,
                p.share_cap_ppm,
                p.keeper_share_ppm,
            ]
            .map(u64::from)
        };
        let tiers = |p: &NetworkParams| p.tier_bps.map(u64::from);
        let parts = |p: &NetworkParams| {
            [p.attester_share_ppm, p.fee_burn_ppm, p.fee_treasury_ppm, p.minimum_supply_ppm].map(u64::from)
        };
        let small = amounts(present).iter().zip(&amounts(new)).all(is_small)
            && numbers(present).iter().zip(&numbers(new)).all(is_small)
            && tiers(present).iter().zip(&tiers(new)).all(is_small)
            && parts(present).iter().zip(&parts(new)).all(|(present, new)| {
                // From zero a fifth leads nowhere: a hundredth of the whole is always allowed.
                present.abs_diff(*new) <= LEAST_STEP_PPM || is_small((present, new))
            });
        if small { Ok(()) } else { Err(E::StepTooLarge) }
    }

    /// Refuses a change that is not due, has expired, or was made from another parameter version.
    pub fn require_executable(&self, params_version: u32, now_ts: i64) -> Result<(), E> {
        if self.params_version != params_version {
            return Err(E::StaleParameters);
        }
        if now_ts < self.executable_from_ts {
            return Err(E::ChangeNotDue);
        }
        if now_ts >= self.executable_from_ts.saturating_add(EXECUTION_WINDOW_SECS) {
            return Err(E::ChangeExpired);
        }
        Ok(())
    }
}

fn is_small((present, new): (&u64, &u64)) -> bool {
    let step = present.abs_diff(*new);
    step <= 1 || mul_checked(step, MAX_STEP_PART).is_some_and(|fivefold| fivefold <= *present)
}
