//! What an epoch hands out: a fixed amount per epoch (epoch-emission-1). Another policy would replace
//! [`of_epoch`] and nothing else.

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
    /// Stake that got weight in this epoch.
    pub weighted: Amount,
    /// Stake that attesters' reports had a value for.
    pub attested: Amount,
    /// Largest stake folded in one of eight epochs, this one included.
    pub largest_stake: Amount,
    /// The keepers' part.
    pub keeper_share: Ppm,
    /// The attesters' part; zero where nothing is attested.
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

/// `floor(amount * min(1, stake / largest_stake))`: the part of an emission, or of what earlier epochs left,
/// that an epoch with `stake` gets when the best of eight had `largest_stake` (epoch-emission-1).
pub fn scaled(amount: Amount, stake: Amount, largest_stake: Amount) -> Amount {
    if stake >= largest_stake { amount } else { share_floor(amount, stake.0, largest_stake.0) }
}

/// Keepers and attesters get their floors of the fixed amount, the providers the rest; each part is scaled,
/// the providers' and the keepers' by the stake that got weight, the attesters' by the stake that they had a
/// value for. Where all of them exceed `available`, it is shared in their proportion: `floor(available * part
/// / all)`, the providers get the rest.
///
/// The scale is the stake of this epoch over the largest of eight (epoch-emission-1): whoever weighs only
/// himself gets only his own part, and those with weight together never more than their part of the stake.
/// What is not emitted is not minted. Largest product: 2^60 * 2^60.
pub fn of_epoch(limits: &Limits) -> Emission {
    let part = |share: Ppm| {
        Amount(mul_div_floor(limits.per_epoch.0, u64::from(share.0), Ppm::ONE).unwrap_or(0)).min(limits.per_epoch)
    };
    let (keepers, attesters) = (part(limits.keeper_share), part(limits.attester_share));
    let attesters = attesters.min(limits.per_epoch.saturating_sub(keepers));
    let providers = limits.per_epoch.saturating_sub(keepers).saturating_sub(attesters);
    let of_weight = |amount: Amount| scaled(amount, limits.weighted, limits.largest_stake);
    let whole = Emission {
        providers: of_weight(providers),
        keepers: of_weight(keepers),
        attesters: scaled(attesters, limits.attested, limits.largest_stake),
    };
    let all = whole.total();
    if all <= limits.available {
        return whole;
    }
    let cut = |amount: Amount| share_floor(limits.available, amount.0, all.0);
    let (keepers, attesters) = (cut(whole.keepers), cut(whole.attesters));
    Emission { providers: limits.available.saturating_sub(keepers).saturating_sub(attesters), keepers, attesters }
}

/// What an amount of stake earns in one epoch in the worst case, every token of the supply being staked:
/// `floor(stake * (per_epoch - floor(per_epoch * other shares)) / max_supply)`, keepers and attesters having
/// the other shares. The parameter checks measure bounties against it.
pub fn least_reward(stake: Amount, per_epoch: Amount, other_shares: Ppm, max_supply: Amount) -> Amount {
    let providers = per_epoch
        .saturating_sub(Amount(mul_div_floor(per_epoch.0, u64::from(other_shares.0), Ppm::ONE).unwrap_or(per_epoch.0)));
    share_floor(stake, providers.0, max_supply.0)
}
