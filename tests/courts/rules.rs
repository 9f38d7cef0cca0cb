//! The networks of the histories.

use work_token_sdk::state::{NetworkParams, SeverityRule};

const HOUR: u32 = 3_600;
const DAY: u32 = 24 * HOUR;

/// Which rules a history has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// The default times and severities, and emission.
    Daily,
    /// Epochs of six hours, short phases, a tight slashing limit, no emission.
    Fast,
}

/// What everybody has to begin with.
pub const WALLET: u64 = 1 << 44;
/// Smallest stakes.
pub const MINIMUM: u64 = 1 << 20;
/// The class's challenge window is the network's.
pub const LEAST_LOCK: u64 = 1 << 21;

impl Rules {
    /// The parameters. Amounts are small, so that dust counts.
    pub fn params(self) -> NetworkParams {
        let mut params = work_token_sdk::presets::NETWORK_PARAMS;
        params.minimum_delegation = MINIMUM;
        params.minimum_self_stake = MINIMUM;
        params.minimum_stake_ceiling = MINIMUM;
        params.weigh_bounty = 0;
        params.settle_bounty = 0;
        params.finalize_bounty = 0;
        params.activation_bounty = 0;
        params.job_bounty = 1_023;
        params.emission_per_epoch = 1 << 34;
        params.disputes.minimum_bond = 1 << 21;
        params.disputes.juror_fee = 49_151;
        params.disputes.juror_lock = LEAST_LOCK;
        params.disputes.arbiter_fee = 1 << 20;
        if self == Self::Fast {
            params.make_fast();
        }
        params
    }
}

/// Shortens everything.
trait Fast {
    fn make_fast(&mut self);
}

impl Fast for NetworkParams {
    fn make_fast(&mut self) {
        self.emission_per_epoch = 0;
        // No stake votes where it leaves so soon.
        self.longest_vote_secs = 0;
        self.epoch_secs = 6 * HOUR;
        self.reveal_secs = HOUR / 6;
        self.weigh_secs = HOUR / 6;
        self.longest_job_secs = HOUR;
        self.challenge_secs = DAY;
        self.vesting_epochs = 7;
        self.unbonding_secs = 33 * HOUR;
        self.longest_dispute_secs = 4 * DAY;
        self.own_unbonding_secs = 7 * DAY;
        let disputes = &mut self.disputes;
        // So much that the bonds are measured by it, and small jurors bind less than a seat.
        disputes.juror_fee = (1 << 18) + 1;
        disputes.draw_secs = HOUR;
        disputes.commit_secs = HOUR;
        disputes.reveal_secs = HOUR;
        disputes.appeal_secs = 2 * HOUR;
        disputes.arbiter_secs = HOUR;
        disputes.juror_term_secs = 4 * DAY;
        disputes.slash_refill_epochs = 2;
        disputes.slash_cap_bps = 100;
        disputes.severities =
            [(50, 1_000, 0, 1), (200, 2_000, 1, 2), (800, 3_000, 2, 3), (3_000, 2_500, 4, 4), (9_000, 3_000, 0, 1)]
                .map(|(base_bps, reward_bps, jail_epochs, installments)| {
                    let padding = 0;
                    let deferral_secs = if base_bps == 9_000 { DAY } else { 6 * HOUR };
                    SeverityRule { base_bps, reward_bps, jail_epochs, installments, padding, deferral_secs }
                });
    }
}
