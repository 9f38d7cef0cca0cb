//! What an epoch emits, split among those it is for, each part scaled by stake (epoch-emission-1).

use crate::{
    mul_div::mul_div_floor,
    snapshot::share_floor,
    units::{Amount, Ppm},
};

/// What is split, and by what it is scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// What the epoch may emit: by its law, and below every cap.
    pub whole: Amount,
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
    /// The treasury's part.
    pub treasury_share: Ppm,
    /// What the treasury still takes; what is beyond is not emitted.
    pub treasury_room: Amount,
    /// Part of the providers' that goes by units of work; zero where no units are reported.
    pub work_share: Ppm,
    /// Units that count in this epoch.
    pub units: u64,
    /// The most that counted in one of eight epochs, this one included, and no less than the baseline.
    pub most_units: u64,
}

/// An epoch's fresh tokens, split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Emission {
    /// For the providers and their delegators, by weight.
    pub providers: Amount,
    /// For them by units of work.
    pub by_units: Amount,
    /// For the keeper vault.
    pub keepers: Amount,
    /// For the attesters.
    pub attesters: Amount,
    /// For the treasury.
    pub treasury: Amount,
}

impl Emission {
    /// All parts.
    pub fn total(&self) -> Amount {
        let vaults = self.keepers.saturating_add(self.treasury);
        self.providers.saturating_add(self.by_units).saturating_add(self.attesters).saturating_add(vaults)
    }
}

/// `floor(amount * min(1, stake / largest_stake))`: the part of an emission, or of what earlier epochs left,
/// that an epoch with `stake` gets when the best of eight had `largest_stake` (epoch-emission-1).
pub fn scaled(amount: Amount, stake: Amount, largest_stake: Amount) -> Amount {
    if stake >= largest_stake { amount } else { share_floor(amount, stake.0, largest_stake.0) }
}

/// Keepers, attesters and the treasury get their floors of the whole, in this order, the providers the rest,
/// of which a floor goes by units of work. Each part is scaled: the attesters' by the stake that they had a
/// value for, that of units by the units that count over the most of eight epochs, every other by the stake
/// that got weight. Without any units their part is not emitted (epoch-work-2).
///
/// The scale is the stake of this epoch over the largest of eight (epoch-emission-1): whoever weighs only
/// himself gets only his own part, and those with weight together never more than their part of the stake.
/// What is not emitted is not minted. Largest product: 2^60 * 2^60.
pub fn of_epoch(limits: &Limits) -> Emission {
    let mut rest = limits.whole;
    let mut part = |share: Ppm| {
        let part = Amount(mul_div_floor(limits.whole.0, u64::from(share.0), Ppm::ONE).unwrap_or(0)).min(rest);
        rest = rest.saturating_sub(part);
        part
    };
    let (keepers, attesters) = (part(limits.keeper_share), part(limits.attester_share));
    let treasury = part(limits.treasury_share);
    let of_weight = |amount: Amount| scaled(amount, limits.weighted, limits.largest_stake);
    let (rest, by_units) = less_units(rest, limits);
    Emission {
        providers: of_weight(rest),
        by_units,
        keepers: of_weight(keepers),
        attesters: scaled(attesters, limits.attested, limits.largest_stake),
        treasury: of_weight(treasury).min(limits.treasury_room),
    }
}

/// The providers' part less what goes by units, and how much of that is emitted.
#[inline]
fn less_units(providers: Amount, limits: &Limits) -> (Amount, Amount) {
    if limits.work_share.is_zero() {
        return (providers, Amount::ZERO);
    }
    let share =
        Amount(mul_div_floor(providers.0, u64::from(limits.work_share.0), Ppm::ONE).unwrap_or(0)).min(providers);
    let emitted =
        if limits.units == 0 { Amount::ZERO } else { scaled(share, Amount(limits.units), Amount(limits.most_units)) };
    (providers.saturating_sub(share), emitted)
}

/// What fees owe the treasury, divided into what it still takes and what burns instead: paid to the providers
/// it would make it cheaper to wash (epoch-emission-10).
pub fn of_treasury(due: Amount, room: Amount) -> (Amount, Amount) {
    let paid = due.min(room);
    (paid, due.saturating_sub(paid))
}

/// What is left of an emission for the providers: `whole - floor(whole * other shares)`, where keepers,
/// attesters and the treasury have the other shares.
pub fn of_providers(whole: Amount, other_shares: Ppm) -> Amount {
    whole.saturating_sub(Amount(mul_div_floor(whole.0, u64::from(other_shares.0), Ppm::ONE).unwrap_or(whole.0)))
}
