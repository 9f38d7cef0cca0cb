//! What can I claim?

use {
    crate::view::{PositionAt, touched, up_to_date},
    crate::{
        WorkTokenError,
        state::{Network, Provider},
    },
};

/// What a delegator can claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What `claim_rewards` pays now. Base units.
    pub amount: u64,
    /// The part of it that was earned since the position was last touched. Base units.
    pub newly_earned: u64,
    /// First epoch that is not settled: what it and later ones earn comes on top once they are.
    pub unsettled_epoch: u32,
    /// Ended epochs that are not settled yet; anybody may crank them.
    pub unsettled_epochs: u32,
    /// Why `restake` would refuse now, accepting no open claims; `None` when it would not.
    pub restake_refusal: Option<WorkTokenError>,
}

/// What the owner of a provider can claim: its own rewards and commissions, which become free over several
/// epochs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerClaim {
    /// What `claim_provider_rewards` pays now. Base units.
    pub free: u64,
    /// Not yet free. Base units.
    pub vesting: u64,
    /// What is left of each epoch, the oldest first.
    pub parts: Vec<VestingPart>,
    /// When all of it is free; `None` when nothing is vesting. Unix seconds.
    pub all_free_at_ts: Option<i64>,
}

/// One epoch's own reward on its way to the owner. It becomes free evenly, second by second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VestingPart {
    /// The epoch that earned it.
    pub epoch: u32,
    /// Free now and not yet claimed. Base units.
    pub free: u64,
    /// Not yet free. Base units.
    pub vesting: u64,
    /// When it began to become free. Unix seconds.
    pub starts_at_ts: i64,
    /// When all of it is free. Unix seconds.
    pub ends_at_ts: i64,
}

impl OwnerClaim {
    /// The next dates at which an epoch's reward has become free altogether, in order, each with what can be
    /// claimed then if nothing is claimed before and nothing more is settled. Unix seconds, base units.
    pub fn steps(&self, provider: &Provider) -> Vec<(i64, u64)> {
        let mut dates: Vec<i64> =
            self.parts.iter().filter(|part| part.vesting > 0).map(|part| part.ends_at_ts).collect();
        dates.sort_unstable();
        dates.dedup();
        dates.into_iter().map(|ts| (ts, provider.free_own_rewards(ts).0)).collect()
    }
}

/// What a delegator can claim at a time. Nothing in the own pool, whose rewards vest: see [`owner_claim`].
pub fn claim(at: &PositionAt) -> Claim {
    let mut books = up_to_date(at);
    let unsettled_epoch = books.provider.rewards.unsettled_epoch;
    let unsettled_epochs = unsettled_ended(&books.provider, at.network, at.now_ts);
    let newly_earned = books.harvest.credited.0;
    let terms = at.network.terms(at.now_ts);
    let restake = { books.provider }.restake(at.network, &mut { books.position }, 0, &terms);
    let amount = books.provider.pay_credited(&mut books.position).0;
    Claim { amount, newly_earned, unsettled_epoch, unsettled_epochs, restake_refusal: restake.err() }
}

/// Ended epochs in which the provider may still earn something: those with a record, from the first that is
/// not settled on.
pub(in crate::view) fn unsettled_ended(provider: &Provider, network: &Network, now_ts: i64) -> u32 {
    network.epoch_at(now_ts).0.saturating_sub(provider.rewards.unsettled_epoch)
}

/// What the owner of a provider can claim at a time.
pub fn owner_claim(network: &Network, provider: &Provider, now_ts: i64) -> OwnerClaim {
    let provider = touched(network, provider, now_ts);
    let mut parts: Vec<VestingPart> = provider
        .vesting
        .iter()
        .map(|entry| {
            let vesting = entry.get();
            let free = vesting.free(now_ts);
            VestingPart {
                epoch: entry.epoch,
                free: free.0,
                vesting: vesting.left().saturating_sub(free).0,
                starts_at_ts: entry.starts_at_ts,
                ends_at_ts: vesting.ends_at_ts(),
            }
        })
        .filter(|part| part.free > 0 || part.vesting > 0)
        .collect();
    parts.sort_unstable_by_key(|part| part.epoch);
    let free = provider.free_own_rewards(now_ts);
    OwnerClaim {
        free: free.0,
        vesting: provider.own_rewards().saturating_sub(free).0,
        all_free_at_ts: parts.iter().filter(|part| part.vesting > 0).map(|part| part.ends_at_ts).max(),
        parts,
    }
}
