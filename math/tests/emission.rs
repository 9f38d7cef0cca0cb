//! What an epoch hands out.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use num_rational::BigRational;
use proptest::prelude::*;
use support::{
    any_amount, cases,
    exact::{over, product_over, whole},
};
use work_token_math::{
    Amount, Ppm,
    emission::{Emission, Limits, of_epoch, of_providers, of_treasury},
    reward::of_emission,
};

/// All that got weight is attested, too.
fn limits(whole: u64, weighted: u64, largest_stake: u64) -> Limits {
    Limits {
        whole: Amount(whole),
        weighted: Amount(weighted),
        attested: Amount(weighted),
        largest_stake: Amount(largest_stake),
        keeper_share: Ppm(0),
        attester_share: Ppm(0),
        treasury_share: Ppm(0),
        treasury_room: Amount(0),
        work_share: Ppm(0),
        units: 0,
        most_units: 0,
    }
}

fn any_limits() -> impl Strategy<Value = Limits> {
    let stakes = (any_amount(), any_amount(), any_amount());
    let room = prop_oneof![Just(u64::MAX), any_amount()];
    (any_amount(), room, stakes, [share(), share(), share()]).prop_map(
        |(whole, room, (weighted, attested, largest), [keeper, attester, treasury])| Limits {
            whole: Amount(whole),
            weighted: Amount(weighted),
            attested: Amount(attested),
            largest_stake: Amount(largest),
            keeper_share: Ppm(keeper),
            attester_share: Ppm(attester),
            treasury_share: Ppm(treasury),
            treasury_room: Amount(room),
            work_share: Ppm(0),
            units: 0,
            most_units: 0,
        },
    )
}

/// Providers in places of one epoch: stake, and weight or none.
fn providers() -> impl Strategy<Value = Vec<(u64, bool)>> {
    prop::collection::vec((any_amount().prop_map(|stake| stake / 16), any::<bool>()), 1..12)
}

/// What each gets when weight is stake, and what keepers and attesters get.
fn shared_out(limits: &Limits, providers: &[(u64, bool)]) -> (Vec<u64>, Emission) {
    let weight = |(stake, weighs): &(u64, bool)| if *weighs { *stake } else { 0 };
    let weighted: u64 = providers.iter().map(weight).sum();
    let emission = of_epoch(&Limits { weighted: Amount(weighted), attested: Amount(weighted), ..*limits });
    let part = |of: &(u64, bool)| of_emission(emission.providers, weight(of), weighted).0;
    (providers.iter().map(part).collect(), emission)
}

fn share() -> impl Strategy<Value = u32> {
    prop_oneof![prop::sample::select(vec![0, 1, 150_000, 999_999, 1_000_000]), 0u32..=1_000_000]
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn each_part_of_an_emission_is_its_share_of_the_whole_scaled_by_its_own_stake(limits in any_limits()) {
        let found = of_epoch(&limits);
        let mut rest = whole(limits.whole.0);
        let mut part = |share: Ppm| {
            let part = (whole(limits.whole.0) * over(share.0, 1_000_000)).floor().min(rest.clone());
            rest -= part.clone();
            part
        };
        let [keepers, attesters, treasury] =
            [limits.keeper_share, limits.attester_share, limits.treasury_share].map(&mut part);
        let scaled = |amount: BigRational, stake: Amount| {
            let largest = limits.largest_stake;
            let scale = if largest.is_zero() { whole(1) } else { over(stake.0, largest.0).min(whole(1)) };
            (amount * scale).floor()
        };
        let [providers, keepers, treasury] = [rest, keepers, treasury].map(|amount| scaled(amount, limits.weighted));
        let treasury = treasury.min(whole(limits.treasury_room.0));
        let attesters = scaled(attesters, limits.attested);
        let parts = [found.providers, found.keepers, found.attesters, found.treasury].map(|amount| whole(amount.0));
        prop_assert_eq!(parts, [providers, keepers, attesters, treasury]);
        prop_assert_eq!(found.providers.0 + found.keepers.0 + found.attesters.0 + found.treasury.0, found.total().0);
        prop_assert!(found.total() <= limits.whole);
    }

    // epoch-emission-10
    #[test]
    fn what_the_treasury_does_not_take_of_fees_burns_and_of_an_emission_does_not_come_to_be(
        limits in any_limits(), due in any_amount(), room in any_amount(),
    ) {
        let (paid, burned) = of_treasury(Amount(due), Amount(room));
        prop_assert!(paid.0 + burned.0 == due && paid.0 <= room && (burned.is_zero() || paid.0 == room));
        let (with, without) = (of_epoch(&limits), of_epoch(&Limits { treasury_room: Amount::ZERO, ..limits }));
        prop_assert!(with.treasury <= limits.treasury_room && without.treasury.is_zero());
        prop_assert_eq!(Emission { treasury: Amount::ZERO, ..with }, without, "nobody else gets it");
    }

    #[test]
    fn more_stake_that_weighs_or_is_attested_never_emits_less_and_the_attested_never_alters_the_others(
        limits in any_limits(), weighted in any_amount(), attested in any_amount(),
    ) {
        let more = of_epoch(&Limits {
            weighted: limits.weighted.max(Amount(weighted)),
            attested: limits.attested.max(Amount(attested)),
            ..limits
        });
        let less = of_epoch(&limits);
        prop_assert!(less.providers <= more.providers && less.keepers <= more.keepers);
        prop_assert!(less.attesters <= more.attesters);
        let silent = of_epoch(&Limits { attested: Amount::ZERO, ..limits });
        prop_assert_eq!((silent.providers, silent.keepers), (less.providers, less.keepers));
        prop_assert!(limits.largest_stake.is_zero() || silent.attesters.is_zero());
    }

    // epoch-emission-1: for any set of providers and any set of them that loses its weight. Equal scores:
    // between unequal ones the shares of those who are left go by their scores among themselves, of an
    // emission that is smaller by stake.
    #[test]
    fn nobodys_part_rises_when_anothers_weight_falls_away(
        limits in any_limits(), providers in providers(), keeps in any::<u16>(), before in any_amount(),
    ) {
        let folded: u64 = providers.iter().map(|(stake, _)| stake).sum();
        let largest_stake = Amount(folded.max(before));
        let limits = Limits { largest_stake, ..limits };
        let fallen: Vec<_> = (0..).zip(&providers).map(|(place, it)| (it.0, it.1 && keeps >> place & 1 == 1)).collect();
        let (had, all) = shared_out(&limits, &providers);
        let (has, fewer) = shared_out(&limits, &fallen);
        for ((had, has), (stake, weighs)) in had.iter().zip(&has).zip(&fallen) {
            // Two roundings down, which fall otherwise with other sums.
            prop_assert!(!weighs || *has <= had + 1, "{stake}: {had} before, {has} after");
        }
        prop_assert!(fewer.keepers <= all.keepers && fewer.attesters <= all.attesters);
    }

    // epoch-emission-1: whatever scores and tiers make of the weights, those who are left get no more than
    // their stake's part together.
    #[test]
    fn those_who_weigh_get_no_more_together_than_their_part_of_the_largest_stake(
        limits in any_limits(), providers in providers(),
    ) {
        let folded: u64 = providers.iter().map(|(stake, _)| stake).sum();
        prop_assume!(folded > 0);
        let limits = Limits { largest_stake: Amount(folded), ..limits };
        let (parts, _) = shared_out(&limits, &providers);
        let weighted: u64 = providers.iter().filter(|(_, weighs)| *weighs).map(|(stake, _)| stake).sum();
        prop_assert!(whole(parts.iter().sum::<u64>()) <= product_over(limits.whole.0, weighted, folded));
    }

    #[test]
    fn what_is_left_for_providers_is_what_no_other_share_takes_but_for_their_roundings(
        whole in any_amount(), keeper in 0u32..75_000, attester in 0u32..75_000, treasury in 0u32..=200_000,
    ) {
        let shares = Limits {
            keeper_share: Ppm(keeper),
            attester_share: Ppm(attester),
            treasury_share: Ppm(treasury),
            ..limits(whole, 1, 0)
        };
        let left = of_providers(Amount(whole), Ppm(keeper + attester + treasury));
        let providers = of_epoch(&shares).providers;
        prop_assert!(left <= providers && providers.0 - left.0 <= 2, "each share is rounded down by itself");
    }
}

/// What a lone finalizer with 5 % of the stake collects in three epochs after an outage, when an epoch is
/// scaled by the largest stake of the last `memory` epochs.
fn collected_alone(memory: usize) -> u64 {
    let mut folded = vec![Amount(2_000); 8];
    (0..3)
        .map(|_| {
            let largest = folded.iter().rev().take(memory).max().copied().unwrap_or_default();
            folded.push(Amount(100));
            of_epoch(&limits(100, 100, largest.0)).total().0
        })
        .sum()
}

// epoch-emission-1.
#[test]
fn who_finalizes_alone_after_an_outage_gets_only_his_part_15_of_300_measured_by_the_largest_stake_of_eight_epochs() {
    assert_eq!(collected_alone(8), 15);
    assert_eq!(collected_alone(1), 205, "measured by the previous epoch alone");
    assert_eq!(collected_alone(0), 300, "unmeasured");
}

// epoch-emission-1: for each of up to eight missed epochs.
#[test]
fn the_largest_stake_of_eight_epochs_holds_for_all_epochs_that_can_be_missed() {
    let mut folded = vec![Amount(2_000)];
    for _ in 0..8 {
        let largest = folded.iter().rev().take(8).max().copied().expect("not empty");
        assert_eq!(of_epoch(&limits(100, 100, largest.0)).total(), Amount(5));
        folded.push(Amount(100));
    }
}

// epoch-emission-1: what is not emitted is not minted, it is not kept for later either.
#[test]
fn more_stake_than_ever_emits_the_fixed_amount_and_no_more() {
    for (stake, largest) in [(0, 0), (1, 0), (5, 5), (6, 5), (u64::MAX, 1)] {
        assert_eq!(of_epoch(&limits(100, stake, largest)).total(), Amount(100));
    }
    assert_eq!(of_epoch(&limits(100, 0, 1)).total(), Amount(0));
}

#[test]
fn keepers_get_their_share_scaled_and_rounded_down() {
    let keeper_share = Ppm(150_000);
    let full = of_epoch(&Limits { keeper_share, ..limits(99, 1, 1) });
    assert_eq!(
        full,
        Emission { providers: Amount(85), keepers: Amount(14), attesters: Amount(0), ..Emission::default() }
    );
    let scaled = of_epoch(&Limits { keeper_share, ..limits(99, 1, 3) });
    assert_eq!(
        scaled,
        Emission { providers: Amount(28), keepers: Amount(4), attesters: Amount(0), ..Emission::default() }
    );
}

#[test]
fn attesters_get_their_share_and_never_what_is_the_keepers() {
    let shares =
        |keeper, attester| Limits { keeper_share: Ppm(keeper), attester_share: Ppm(attester), ..limits(99, 1, 1) };
    let parted = of_epoch(&shares(150_000, 20_000));
    assert_eq!(
        parted,
        Emission { providers: Amount(84), keepers: Amount(14), attesters: Amount(1), ..Emission::default() }
    );
    let beyond = of_epoch(&shares(600_000, 600_000));
    assert_eq!(
        beyond,
        Emission { providers: Amount(0), keepers: Amount(59), attesters: Amount(40), ..Emission::default() }
    );
}

#[test]
fn the_treasury_gets_its_share_of_the_whole_and_never_what_is_anybody_elses() {
    let shares = |share, room| Limits {
        keeper_share: Ppm(100_000),
        attester_share: Ppm(50_000),
        treasury_share: Ppm(share),
        treasury_room: Amount(room),
        ..limits(1_000, 1, 2)
    };
    let half = Emission {
        providers: Amount(325),
        keepers: Amount(50),
        attesters: Amount(25),
        treasury: Amount(100),
        ..Emission::default()
    };
    assert_eq!(of_epoch(&shares(200_000, u64::MAX)), half);
    assert_eq!(of_epoch(&shares(200_000, 99)), Emission { treasury: Amount(99), ..half }, "its cap");
    assert_eq!(of_epoch(&shares(1_000_000, u64::MAX)).providers, Amount(0));
}

// epoch-emission-1, with its numbers: an incumbent of 10,000,000 that cannot be scored, and a newcomer with
// 10,000.
#[test]
fn a_newcomer_at_the_switch_of_metrics_gets_its_thousandth_and_no_more() {
    let newcomer = limits(99_000, 10_000, 10_010_000);
    assert_eq!(of_epoch(&newcomer).providers, Amount(98));
    let both = of_epoch(&limits(99_000, 10_010_000, 10_010_000)).providers;
    assert_eq!(of_emission(both, 10_000, 10_010_000), Amount(98));
}

// epoch-emission-1: the attesters of a shard that nobody scored are paid nothing for it; the other parts do
// not notice.
#[test]
fn attesters_are_paid_for_the_stake_that_they_had_a_value_for() {
    let shares = Limits { keeper_share: Ppm(100_000), attester_share: Ppm(200_000), ..limits(1_000, 80, 100) };
    let attesters = |attested| of_epoch(&Limits { attested: Amount(attested), ..shares });
    assert_eq!(
        attesters(80),
        Emission { providers: Amount(560), keepers: Amount(80), attesters: Amount(160), ..Emission::default() }
    );
    assert_eq!(attesters(40), Emission { attesters: Amount(80), ..attesters(80) });
    assert_eq!(attesters(0), Emission { attesters: Amount(0), ..attesters(80) });
}

#[test]
fn every_small_emission_is_exact() {
    let stakes = (0..16u64).flat_map(|weighted| (0..16u64).map(move |largest| (weighted, largest)));
    for (whole, (weighted, largest)) in stakes.flat_map(|stakes| (0..20u64).map(move |it| (it, stakes))) {
        for (attested, room) in [(0, 20), (3, 20), (weighted, 1), (weighted, 7), (15, 20)] {
            for [keeper, attester, treasury] in
                [[0u32; 3], [150_000, 333_333, 200_000], [700_000, 700_000, 1], [0, 1, 1_000_000]]
            {
                let found = of_epoch(&Limits {
                    attested: Amount(attested),
                    keeper_share: Ppm(keeper),
                    attester_share: Ppm(attester),
                    treasury_share: Ppm(treasury),
                    treasury_room: Amount(room),
                    ..limits(whole, weighted, largest)
                });
                let part = |share: u32| whole * u64::from(share) / 1_000_000;
                let keepers = part(keeper);
                let attesters = part(attester).min(whole - keepers);
                let to_treasury = part(treasury).min(whole - keepers - attesters);
                let scaled = |amount: u64, stake: u64| if stake >= largest { amount } else { amount * stake / largest };
                let expected = Emission {
                    providers: Amount(scaled(whole - keepers - attesters - to_treasury, weighted)),
                    keepers: Amount(scaled(keepers, weighted)),
                    attesters: Amount(scaled(attesters, attested)),
                    treasury: Amount(scaled(to_treasury, weighted).min(room)),
                    ..Emission::default()
                };
                assert_eq!(found, expected, "{whole} {weighted} {largest} {attested} {room}");
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn what_goes_by_units_is_the_providers_and_scaled_by_units_alone(
        limits in any_limits(), part in prop_oneof![Just(0u32), Just(300_000), 0..=300_000u32],
        units in any_amount(), peak in any_amount(),
    ) {
        let plain = of_epoch(&Limits { largest_stake: limits.weighted, ..limits });
        let most_units = units.max(peak);
        let of = |limits: &Limits, units, most_units| of_epoch(&Limits { work_share: Ppm(part), units, most_units, ..*limits });
        let found = of(&Limits { largest_stake: limits.weighted, ..limits }, units, most_units);
        let share = product_over(plain.providers.0, part.into(), 1_000_000).floor();
        prop_assert_eq!(whole(found.providers.0), whole(plain.providers.0) - share.clone());
        let scaled = if units == 0 { whole(0) } else { (share * over(units, most_units)).floor() };
        prop_assert_eq!(whole(found.by_units.0), scaled);
        prop_assert_eq!((found.keepers, found.attesters, found.treasury), (plain.keepers, plain.attesters, plain.treasury));
        prop_assert!(found.total() <= plain.total(), "it takes nothing from anybody else");
        let other_stake = of(&limits, units, most_units);
        prop_assert_eq!(other_stake.by_units, found.by_units, "whatever stake was weighed");
    }

    #[test]
    fn nobodys_part_by_units_rises_when_anothers_units_fall_away(
        limits in any_limits(), units in prop::collection::vec(0u64..1 << 41, 1..12), lost in any::<prop::sample::Index>(),
        baseline in 0u64..1 << 45,
    ) {
        let parts = |units: &[u64], peak: u64| -> Vec<u64> {
            let sum: u64 = units.iter().sum();
            let limits = Limits { work_share: Ppm(300_000), units: sum, most_units: peak.max(sum).max(baseline), ..limits };
            let emitted = of_epoch(&limits).by_units;
            units.iter().map(|of| of_emission(emitted, *of, sum).0).collect()
        };
        let peak = units.iter().sum();
        let before = parts(&units, 0);
        let mut fewer = units.clone();
        fewer[lost.index(units.len())] = 0;
        for (after, before) in parts(&fewer, peak).iter().zip(&before) {
            prop_assert!(*after <= before + 1, "{after} after {before}: a unit of rounding at most");
        }
    }
}

#[test]
fn without_any_units_their_part_is_not_emitted_and_a_baseline_scales_few() {
    let of =
        |units, most_units| of_epoch(&Limits { work_share: Ppm(300_000), units, most_units, ..limits(1_000, 1, 1) });
    assert_eq!(of(0, 0), Emission { providers: Amount(700), ..Emission::default() });
    assert_eq!((of(5, 5).by_units, of(5, 20).by_units, of(0, 20).by_units), (Amount(300), Amount(75), Amount(0)));
}
