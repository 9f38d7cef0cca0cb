//! A policy of the emission that changes while epochs that began by the former one are not finalized
//! (epoch-emission-7, epoch-open-2).
//!
//! Kind: what has ended is decided by what came later. Looked for in both directions between the laws, in
//! the rate, in a ceiling that fell, and in the treasury's share.

use {
    super::emission::{INITIAL, following, in_a_day, supply},
    crate::{
        network::params_change::{Edit, propose, put_in_force},
        *,
    },
    work_token_sdk::state::EmissionLaw,
};

/// Puts a change in force in an epoch before which others have ended that nobody finalized. Returns the first
/// and the last epoch that began before it.
fn changed_late(world: &World, edit: Edit) -> (u32, u32) {
    let number = propose(world, edit);
    let first = world.epoch();
    for _ in 0..4 {
        world.next_epoch();
    }
    put_in_force(world, number);
    (first, world.epoch())
}

fn emitted(world: &World, epoch: u32, ann: &Owner) -> u64 {
    world.crank(epoch, &[ann]).emission
}

// epoch-open-2
#[test]
fn epochs_that_followed_the_stake_do_so_after_the_law_became_a_fixed_amount() {
    let (world, ann) = following(50_000, |options| options.params.emission_per_epoch = 1_000 * TOKEN);
    world.cycle(&[&ann]);
    let (first, last) = changed_late(&world, |params| params.emission.law = EmissionLaw::Fixed as u8);
    world.next_epoch();
    for epoch in first..=last {
        let had = supply(&world);
        assert_eq!(emitted(&world, epoch, &ann), in_a_day(had, INITIAL), "epoch {epoch}");
    }
    world.next_epoch();
    assert_eq!(emitted(&world, last + 1, &ann), 990 * TOKEN, "the first that began by the new law");
    assert_invariants(&world);
}

// epoch-open-2
#[test]
fn epochs_of_a_fixed_amount_move_no_rate_after_the_law_began_to_follow_the_stake() {
    let (world, ann) = following(10_000, |options| {
        (options.params.emission.law, options.params.emission_per_epoch) = (EmissionLaw::Fixed as u8, 10 * TOKEN);
    });
    world.cycle(&[&ann]);
    let (first, last) = changed_late(&world, |params| params.emission.law = EmissionLaw::Target as u8);
    world.next_epoch();
    for epoch in first..=last {
        assert_eq!(emitted(&world, epoch, &ann), 9_900_000, "epoch {epoch}");
        assert_eq!(world.network().emission.rate_ppt, INITIAL, "epoch {epoch}");
    }
    world.next_epoch();
    let had = supply(&world);
    let emission = emitted(&world, last + 1, &ann);
    let rate = world.network().emission.rate_ppt;
    assert!(rate > INITIAL, "too little is staked, which counts from the first epoch of the law on");
    assert_eq!(emission, in_a_day(had, rate));
    assert_invariants(&world);
}

// epoch-open-2
#[test]
fn a_ceiling_that_fell_and_a_share_that_the_treasury_got_hold_for_epochs_that_begin_later() {
    let (world, ann) = following(50_000, |options| {
        let policy = &mut options.params.emission;
        (policy.rate_ceiling_ppt, policy.treasury_share_ppm) = (INITIAL, 0);
    });
    world.cycle(&[&ann]);
    let (first, last) = changed_late(&world, |params| {
        let policy = &mut params.emission;
        (policy.rate_ceiling_ppt, policy.initial_rate_ppt) = (INITIAL / 5 * 4, INITIAL / 5 * 4);
        policy.treasury_share_ppm = 10_000;
    });
    world.next_epoch();
    for epoch in first..=last {
        let had = supply(&world);
        assert_eq!(emitted(&world, epoch, &ann), in_a_day(had, INITIAL), "epoch {epoch}");
        assert_eq!(world.vault(VaultKind::Treasury), 0);
    }
    world.next_epoch();
    let had = supply(&world);
    emitted(&world, last + 1, &ann);
    assert_eq!(world.network().emission.rate_ppt, INITIAL / 5 * 4);
    let (whole, minted) = (in_a_day(had, INITIAL / 5 * 4) / 99 * 100, supply(&world) - had);
    assert!(whole.abs_diff(minted) < 200, "{minted} of {whole}");
    assert!(world.vault(VaultKind::Treasury).abs_diff(minted / 100) < 2, "a hundredth is the treasury's");
    assert_invariants(&world);
}
