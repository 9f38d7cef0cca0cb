//! What an epoch hands out. A fixed amount per epoch today; the controller of MD 3.2 replaces [`of_epoch`] and nothing else.

use crate::{
    mul_div::mul_div_floor,
    snapshot::share_floor,
    units::{Amount, Ppm},
};

/// What limits an epoch's emission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The fixed emission of one epoch.
    pub per_epoch: Amount,
    /// What may still be minted, or what the reserve still holds.
    pub available: Amount,
    /// Stake weighed in this epoch.
    pub stake: Amount,
    /// Largest stake weighed in one of the last eight finalized epochs; zero before the first.
    pub largest_stake: Amount,
    /// The keepers' part.
    pub keeper_share: Ppm,
    /// The attesters' part.
    pub attester_share: Ppm,
}

/// An epoch's fresh tokens, split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Emission {
    /// For the providers and their delegators.
    pub providers: Amount,
    /// For the keeper vault.
    pub keepers: Amount,
    /// For the attesters.
    pub attesters: Amount,
}

impl Emission {
    /// All parts.
    pub fn total(&self) -> Amount {
        self.providers.saturating_add(self.keepers).saturating_add(self.attesters)
    }
}

/// `floor(amount * min(1, stake / largest_stake))`: the part of an emission, or of what earlier epochs left, that an epoch with `stake` gets
/// when the best of the last eight had `largest_stake` (R H1).
pub fn scaled(amount: Amount, stake: Amount, largest_stake: Amount) -> Amount {
    if stake >= largest_stake { amount } else { share_floor(amount, stake.0, largest_stake.0) }
}

/// `floor(per_epoch * min(1, stake / largest_stake))`, at most `available`; keepers and attesters get their floors, the providers
/// the rest.
/// The scaling is R H1: whoever weighs only himself after an outage gets only his own part; what is not emitted is not minted.
pub fn of_epoch(limits: &Limits) -> Emission {
    let total = scaled(limits.per_epoch, limits.stake, limits.largest_stake).min(limits.available);
    let part = |share: Ppm| Amount(mul_div_floor(total.0, u64::from(share.0), Ppm::ONE).unwrap_or(0));
    let keepers = part(limits.keeper_share).min(total);
    let attesters = part(limits.attester_share).min(total.saturating_sub(keepers));
    Emission { providers: total.saturating_sub(keepers).saturating_sub(attesters), keepers, attesters }
}

/// What an amount of stake earns in one epoch in the worst case, every token of the supply being staked:
/// `floor(stake * (per_epoch - floor(per_epoch * other shares)) / max_supply)`, keepers and attesters having the other shares. The parameter checks measure bounties against it.
pub fn least_reward(stake: Amount, per_epoch: Amount, other_shares: Ppm, max_supply: Amount) -> Amount {
    let providers = per_epoch
        .saturating_sub(Amount(mul_div_floor(per_epoch.0, u64::from(other_shares.0), Ppm::ONE).unwrap_or(per_epoch.0)));
    share_floor(stake, providers.0, max_supply.0)
}
