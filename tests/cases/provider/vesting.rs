//! Own rewards and commission become free over seven epochs (provider-reward-1).

use crate::*;

/// One provider that earned one epoch's whole emission, in epoch 1.
fn earned_once(commission_bps: u16) -> (World, Owner) {
    let world = World::new();
    let ann = world.owner("ann", commission_bps, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    (world, ann)
}

// provider-reward-1
#[test]
fn own_rewards_become_free_linearly_from_the_end_of_their_epoch() {
    let (world, ann) = earned_once(0);
    let ended_ts = world.pool(1).ends_at_ts;
    let claim = ix::claim_provider_rewards(&ann.at, ann.actor.tokens);
    world.scenario.chain.set_now(ended_ts);
    world.refuses(claim.clone(), &[], E::NothingToClaim);
    let mut claimed = 0;
    for secs in [1, DAY, DAY + 1, 3 * DAY + 77, 7 * DAY - 1, 7 * DAY] {
        world.scenario.chain.set_now(ended_ts + secs);
        claimed += world.claim_own(&ann);
        assert_eq!(u128::from(claimed), u128::from(EMISSION) * secs as u128 / (7 * DAY as u128));
        assert_eq!(world.provider(&ann).own_rewards().0, EMISSION - claimed);
    }
    world.pass(100 * DAY);
    world.refuses(claim, &[], E::NothingToClaim);
    assert_invariants(&world);
}

// provider-reward-1
#[test]
fn own_stake_has_no_reward_index_so_nothing_is_paid_twice() {
    let (world, ann) = earned_once(0);
    world.pass(30 * DAY);
    let through_the_position = ix::claim_rewards(&ann.at.own(), ann.actor.tokens);
    world.refuses(through_the_position, &[&ann.actor], E::NothingToClaim);
    assert_eq!(world.provider(&ann).rewards.owed, 0);
    assert_eq!(world.claim_own(&ann), EMISSION);
    assert_eq!(world.vault(VaultKind::Reward), 0);
    assert_invariants(&world);
}

// provider-reward-3
#[test]
fn every_epoch_has_its_own_entry_so_that_a_faulty_one_could_be_confiscated() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    world.holder("dora", &ann, 10_000 * TOKEN);
    for _ in 0..5 {
        world.cycle(&[&ann]);
    }
    let provider = world.provider(&ann);
    for epoch in 1..5u32 {
        let entry = provider.vesting[epoch as usize];
        assert_eq!((entry.epoch, entry.amount, entry.taken), (epoch, EMISSION / 20 * 11, 0), "own part and commission");
        assert_eq!((entry.starts_at_ts, entry.duration_secs), (world.pool(epoch).ends_at_ts, 7 * 86_400));
    }
    assert_invariants(&world);
}

#[test]
fn an_entry_that_makes_room_frees_what_it_had_left() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    for _ in 0..12 {
        world.cycle(&[&ann]);
    }
    // Entries of epochs 1 to 3 were replaced by those of 9 to 11.
    let provider = world.provider(&ann);
    assert_eq!(provider.own_claimable, 3 * EMISSION);
    assert_eq!(provider.own_rewards().0, 11 * EMISSION);
    world.pass(8 * DAY);
    assert_eq!(world.claim_own(&ann), 11 * EMISSION);
    assert_invariants(&world);
}

// principle-rules-1: durations of an object are stored in seconds when it is made
#[test]
fn a_later_change_of_the_epoch_length_does_not_shorten_what_already_vests() {
    let (world, ann) = earned_once(0);
    world.edit_network(|network| {
        network.params.vesting_epochs = 1;
        network.params.epoch_secs = 21_600;
    });
    let ended_ts = world.pool(1).ends_at_ts;
    world.scenario.chain.set_now(ended_ts + 7 * DAY / 2);
    assert_eq!(world.claim_own(&ann), EMISSION / 2);
    assert_invariants(&world);
}

// provider-keys-2
#[test]
fn a_closed_reward_destination_traps_nothing() {
    let (world, ann) = earned_once(0);
    let gone = Pubkey::new_from_array([6; 32]);
    world.send(&[ix::set_reward_destination(&ann.at, gone)], &[&ann.actor]);
    world.pass(7 * DAY);
    world.refuses(ix::claim_provider_rewards(&ann.at, gone), &[], E::NotATokenAccount);
    world.send(&[ix::set_reward_destination(&ann.at, ann.actor.tokens)], &[&ann.actor]);
    assert_eq!(world.claim_own(&ann), EMISSION, "the owner names another");
    assert_invariants(&world);
}

#[test]
fn own_rewards_go_to_the_recorded_destination_alone_whoever_sends_them() {
    let (world, ann) = earned_once(0);
    let treasury = world.actor("treasury of ann", 0);
    let eve = world.actor("eve", 0);
    world.send(&[ix::set_reward_destination(&ann.at, treasury.tokens)], &[&ann.actor]);
    world.pass(DAY);
    let vault = world.scenario.network.vault(VaultKind::Treasury);
    for other in [eve.tokens, ann.actor.tokens, vault] {
        world.refuses(ix::claim_provider_rewards(&ann.at, other), &[], E::NotTheTokenOwner);
    }
    world.send(&[ix::claim_provider_rewards(&ann.at, treasury.tokens)], &[]);
    assert!(world.balance(&treasury) > 0);
    assert_invariants(&world);
}

#[test]
fn what_vested_before_is_claimed_after_retirement_too() {
    let (world, ann) = earned_once(0);
    world.retire(&ann);
    world.pass(7 * DAY);
    assert_eq!(world.claim_own(&ann), EMISSION);
    assert_invariants(&world);
}
