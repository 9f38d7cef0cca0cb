//! Attesters measure providers: one grows lazy, and a newcomer takes its place.

use {
    super::{
        jobs::{compared, ordinary},
        plot::Plot,
    },
    crate::{
        demo::{cast::Who, story::tokens, world::World},
        failure::Result,
    },
    rand::Rng,
    work_token_sdk::{ix, math::score::REPUTATION_FRACTION_BITS, view},
};

pub const WHY: &str = "what attesters measure decides what stake earns, and a place can be lost.";

const LAZY: Who = Who::Dynamo;
const NEWCOMER: Who = Who::Fjord;
/// The one that others are compared with.
const GOOD: Who = Who::Atlas;

pub fn play(world: &mut World, plot: &mut Plot) -> Result<String> {
    let since = world.scenario.epoch() + 1;
    // Attesters commit to their reports when the epoch begins.
    world.lazy = Some((LAZY, since));
    world.next_epoch()?;
    let before_ppm = [world.weight_ppm(LAZY, since - 1), world.weight_ppm(GOOD, since - 1)];
    let (tier, silent) = (world.provider(LAZY).reputation.tier, world.member(LAZY).silent);
    let asked_ppm = world.scenario.network_state().params.tier_reputation_ppm[1];
    let is_early = world.provider(LAZY).reputation.value_x12 >> REPUTATION_FRACTION_BITS < asked_ppm;
    match is_early {
        true => world.promise("a tier waits for the reputation that its rules ask for", tier == 0),
        false => {
            world.promise("good reports earn reputation, and reputation a tier, which multiplies weight", tier == 1)
        }
    }
    ordinary(world)?;
    let let_pass = world.member(LAZY).silent - silent;
    world.tell(format!("Dynamo grows lazy: it lets {let_pass} draws pass, and attesters see it down."));
    arrive(world)?;

    world.next_epoch()?;
    ordinary(world)?;
    let is_contested = !world.provider(NEWCOMER).place.is_held();
    if is_contested {
        challenge(world)?;
    }
    for _ in 0..2 {
        world.next_epoch()?;
        ordinary(world)?;
    }
    if is_contested {
        swap(world)?;
    }
    world.next_epoch()?;
    ordinary(world)?;
    world.next_epoch()?;
    compared(world, plot);
    conclude(world, since, before_ppm, (is_early, is_contested))
}

/// The newcomer stakes, and finds every place taken, or a free one.
fn arrive(world: &mut World) -> Result<()> {
    let commission_bps = 100 * world.random.random_range(4..=25);
    world.enrol(commission_bps)?;
    let (network, state) = (world.scenario.network_state(), world.provider(NEWCOMER));
    let staked = tokens(world.member(NEWCOMER).staked);
    if state.place.is_held() {
        world.tell(format!("Fjord stakes {staked} and takes place number {}, which is free.", state.place.index));
        return Ok(());
    }
    let refusal = view::free_place(&network, &state, world.scenario.now()).err();
    let why = refusal.map_or("a place is free", |error| error.message());
    world.tell(format!("Fjord stakes {staked}, but \"{why}\"."));
    Ok(())
}

fn challenge(world: &mut World) -> Result<()> {
    let (candidate, incumbent) = (world.member(NEWCOMER).at, world.member(LAZY).at.provider);
    world.act(NEWCOMER, ix::challenge_place(&candidate, incumbent))?;
    let provider = world.provider(LAZY);
    let staked = provider.own.tokens + provider.delegated.tokens;
    world.tell(format!("Fjord challenges the place of Dynamo, in which {} are staked.", tokens(staked)));
    Ok(())
}

fn swap(world: &mut World) -> Result<()> {
    let (network, keeper) = (world.scenario.network.network, world.scenario.keeper.address());
    let (candidate, incumbent) = (world.member(NEWCOMER).at, world.member(LAZY).at);
    let place = world.provider(LAZY).place.index;
    world.scenario.send(&[ix::swap_place(&network, keeper, candidate.provider, incumbent.provider)], &[])?;
    let (new, old) = (world.provider(NEWCOMER), world.provider(LAZY));
    let swapped = new.place.is_held() && new.place.index == place && !old.place.is_held();
    world.promise("where all places are taken the stronger newcomer gets the weaker provider's", swapped);
    world.tell(format!("Dynamo's place, number {place}, is Fjord's from the next epoch on."));
    Ok(())
}

fn conclude(
    world: &mut World,
    since: u32,
    before_ppm: [u64; 2],
    (is_early, is_contested): (bool, bool),
) -> Result<String> {
    let (lazy, good, last) = (world.provider(LAZY), world.provider(GOOD), world.scenario.epoch() - 1);
    if !is_early {
        let lost = lazy.reputation.tier == 0 && good.reputation.tier == 1;
        world.promise("bad reports and silence cost the tier", lost);
    }
    let after_ppm = [world.weight_ppm(LAZY, since + 2), world.weight_ppm(GOOD, since + 2)];
    let fell = before_ppm[0] > 4 * after_ppm[0] && after_ppm[1] >= before_ppm[1];
    world.promise(
        "and most of the income for each token of stake",
        fell && lazy.reputation.score_ppm * 2 < good.reputation.score_ppm,
    );
    let earns = world.weight_ppm(NEWCOMER, last) > 0;
    if is_contested {
        let alone = earns && world.weight_ppm(LAZY, last) == 0;
        world.promise("the newcomer earns in the place it took, the one before does not", alone);
    } else {
        world.promise("a newcomer that finds a place free earns in it", earns);
    }
    let near = world.members.iter().all(|member| {
        // Within four standard deviations, which one in 16,000 would miss.
        let distance = u128::from((member.drawn * 1_000_000).abs_diff(member.expected_ppm));
        distance * distance <= 16 * u128::from(member.expected_ppm) * 1_000_000
    });
    world.promise("work arrives in proportion to stake times score", near);
    let income = |ppm: u64| format!("{}.{:03}", ppm / 1_000_000, ppm / 1_000 % 1_000);
    Ok(format!("A token staked in Dynamo weighs {} instead of {}.", income(after_ppm[0]), income(before_ppm[0]),))
}
