//! Is this a good place to delegate, and does a lot of mine need a crank?

use {
    crate::world::*,
    work_token_sdk::{
        WorkTokenError,
        events::Event,
        ix,
        math::Amount,
        state::PoolKind,
        view::{self, Deposit, LOT_WARNING_EPOCHS},
    },
};

fn deposit_of(world: &World, amount: u64) -> Deposit {
    Deposit { delegator: world.alice.address(), amount, min_shares_out: 0, max_open_claims: 0 }
}

fn preview(world: &World, deposit: &Deposit) -> Result<view::DepositPreview, WorkTokenError> {
    view::deposit(&world.network_state(), &world.provider_state(), None, deposit, world.now())
}

fn delegate(world: &World, deposit: &Deposit) -> work_token_sdk::Instruction {
    ix::delegate(
        &world.provider.position(deposit.delegator),
        ix::Delegate {
            from: if deposit.delegator == world.owner.address() { world.owner.tokens } else { world.alice.tokens },
            amount: deposit.amount,
            min_shares_out: deposit.min_shares_out,
            max_open_claims: deposit.max_open_claims,
        },
    )
}

#[test]
fn a_deposit_mints_the_shares_that_the_preview_shows() {
    let world = World::new();
    world.delegate(&world.bob, 3_000);
    world.slash(PoolKind::Delegated, 777_777_777);
    world.next_epoch();
    let deposit = deposit_of(&world, 1_234_567_891);
    let shown = preview(&world, &deposit).expect("it is accepted");
    let Event::StakeDeposited(event) = first_event(&world.send(delegate(&world, &deposit), &world.alice)) else {
        panic!("another event")
    };
    assert_eq!((event.shares, event.earns_from_epoch), (shown.shares, shown.earns_from_epoch));
    assert!(shown.shares > deposit.amount, "a slashed pool gives more than one share per token");
    world.next_epoch();
    assert_eq!(shown.earns_from_ts, world.now());
}

#[test]
fn a_deposit_is_refused_by_the_rule_that_the_preview_names() {
    let world = World::new();
    let good = deposit_of(&world, 500 * TOKEN);
    let check = |deposit: &Deposit, rule, signer| {
        assert_eq!(preview(&world, deposit), Err(rule));
        assert_eq!(world.refusal(delegate(&world, deposit), signer), rule);
    };
    check(&Deposit { amount: 99 * TOKEN, ..good }, WorkTokenError::BelowMinimumDelegation, &world.alice);
    check(&Deposit { min_shares_out: 500 * TOKEN + 1, ..good }, WorkTokenError::FewerSharesThanAsked, &world.alice);
    check(&Deposit { delegator: world.owner.address(), ..good }, WorkTokenError::OwnerCannotDelegate, &world.owner);
    world.edit_provider(|provider| (provider.reservations[1].claim, provider.reservations[1].delegated) = (2, 10));
    check(&Deposit { max_open_claims: 9, ..good }, WorkTokenError::OpenClaims, &world.alice);
    assert!(preview(&world, &Deposit { max_open_claims: 10, ..good }).is_ok());
    world.edit_provider(|provider| provider.reservations = bytemuck::Zeroable::zeroed());

    world.send(ix::pause(&world.scenario.network.network, world.admin.address(), 60), &world.admin);
    check(&good, WorkTokenError::Paused, &world.alice);
    world.advance(60);
    assert!(preview(&world, &good).is_ok());
    world.send(ix::retire(&world.provider), &world.owner);
    check(&good, WorkTokenError::ProviderRetiring, &world.alice);
}

#[test]
fn stake_above_the_leverage_cap_is_shown_to_earn_no_weight() {
    let world = World::new();
    world.slash(PoolKind::Own, 19_900 * TOKEN);
    world.delegate(&world.bob, 1_000);
    let health = || view::pool_health(&world.network_state(), &world.provider_state(), world.now());
    assert_eq!((health().own_staked, health().counted, health().room), (100 * TOKEN, 1_000 * TOKEN, 600 * TOKEN));
    let shown = preview(&world, &deposit_of(&world, 900 * TOKEN)).expect("it is accepted all the same");
    assert_eq!(shown.counted, 600 * TOKEN);
    world.delegate(&world.alice, 900);
    assert_eq!((health().counted, health().uncounted, health().room), (1_600 * TOKEN, 300 * TOKEN, 0));

    world.pass_epochs(2);
    let pool = world.pool(FIRST_EPOCH + 1);
    assert_eq!(pool.stake_folded, 1_700 * TOKEN, "own stake and what was shown as counted, no more");
}

#[test]
fn an_announced_commission_holds_from_the_shown_epoch_on() {
    let world = World::new();
    world.advance(1_000);
    world.send(ix::announce_commission(&world.provider, 1_500), &world.owner);
    let health = || view::pool_health(&world.network_state(), &world.provider_state(), world.now());
    let shown = health().announced.expect("it is announced");
    assert_eq!((health().commission_bps, shown.commission_bps), (1_000, 1_500));
    world.set_now(shown.first_epoch_ts - 1);
    assert_eq!(health().commission_bps, 1_000);
    world.advance(1);
    assert_eq!((health().commission_bps, health().announced), (1_500, None));
    assert_eq!(world.epoch(), shown.first_epoch);
    world.send(ix::touch_provider(&world.scenario.network.network, world.provider.provider), &world.alice);
    assert_eq!(world.provider_state().commission_bps, 1_500);
}

#[test]
fn the_price_and_the_claims_of_a_pool_are_shown_before_one_joins() {
    let world = World::new();
    world.delegate(&world.bob, 1_000);
    world.edit_provider(|provider| {
        provider.slash(PoolKind::Delegated, Amount(250 * TOKEN));
        (provider.reservations[0].claim, provider.reservations[0].delegated) = (7, 42);
    });
    let shown = view::pool_health(&world.network_state(), &world.provider_state(), world.now());
    assert_eq!((shown.share_price_ppm, shown.claimed, shown.is_leaving), (750_000, 42, false));
    assert_eq!(shown.open_claims, [(7, 42)]);
}

#[test]
fn activating_a_lot_pays_the_keeper_what_the_view_shows() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 1_000);
    let keeper = world.paid_keeper();
    let activate = || ix::activate_delegation(&alice, keeper);
    let shown = || view::lots(&world.state(&alice).at())[0];
    assert!(!shown().is_due);
    assert_eq!(world.refusal(activate(), &world.alice), WorkTokenError::LotNotDue);
    world.pass_epochs(1);
    assert_eq!((shown().is_due, shown().keeper_bounty), (true, 0), "it has earned nothing yet");
    world.pass_epochs(2);
    let bounty = shown().keeper_bounty;
    assert_eq!(bounty, world.network_state().activation_bounty());
    let earned = shown().earned;
    let outcome = world.send(activate(), &world.alice);
    let Event::LotActivated(event) = first_event(&outcome) else { panic!("another event") };
    assert_eq!(event.bounty, bounty);
    assert!(view::lots(&world.state(&alice).at()).is_empty());
    assert_eq!(view::claim(&world.state(&alice).at()).amount, earned - bounty);
}

#[test]
fn until_the_shown_second_a_lot_loses_nothing_however_long_its_holder_stays_away() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 1_000);
    let bob = world.delegate(&world.bob, 1_000);
    world.pass_epochs(1);
    // Bob's is activated at once, so that it earns the whole; Alice stays away.
    world.send(ix::activate_delegation(&bob, world.paid_keeper()), &world.bob);
    let shown = view::lots(&world.state(&alice).at())[0];
    assert_eq!((shown.activation_epoch, shown.epochs_left, shown.is_urgent), (FIRST_EPOCH + 1, 15, false));
    world.pass_epochs(15);
    let claims = || [&alice, &bob].map(|position| view::claim(&world.state(position).at()).amount);
    let last = view::lots(&world.state(&alice).at())[0];
    assert_eq!((last.epochs_left, last.is_urgent), (0, true));
    assert!(last.epochs_left < LOT_WARNING_EPOCHS && world.now() < shown.kept_until_ts);
    let [stayed, came] = claims();
    assert!(stayed.abs_diff(came) <= 1, "nothing is lost yet");
    world.pass_epochs(1);
    assert!(world.now() >= shown.kept_until_ts);
    let [stayed, came] = claims();
    assert!(stayed < came, "the first epoch is forgotten");
}
