//! A second network, which pays for work: fees rise and emission gives way, units and what burned are paid to
//! who worked, a provider passes to another owner, and a position is sold.

use {
    super::plot::Plot,
    crate::{
        demo::{
            cast::Who,
            setup,
            story::{Chapter, percent, tokens},
            wealth::{gains, wealth},
            work::Day,
            world::{Stake, World},
        },
        failure::Result,
    },
    work_token_localnet::TOKEN,
    work_token_sdk::{
        ProviderAddresses, WorkTokenError, ix,
        math::{
            Amount, Epoch, Ppm,
            minifloat::{decode, encode},
            work_pay::{burn_back, counted},
        },
        view,
    },
};

pub const WHY: &str = "who works is paid for it, and what fees pay is not minted; the exit of an owner is a sale.";

/// Days of little work, and of much, which outlast the notice of a hand-over.
const QUIET: Day = Day { jobs: 2, fee: 10 * TOKEN };
const BUSY_JOBS: u64 = 8;
const BUSY_DAYS: u32 = 11;
/// Epochs whose fees emission gives way to.
const MEAN: usize = 7;
/// Paid for the provider. Base units.
const PRICE: u64 = 60_000 * TOKEN;

pub fn play(world: &mut World, _: &mut Plot) -> Result<String> {
    let mut second = setup::second(world)?;
    let before = wealth(&second)?;
    let outcome = live(&mut second)?;
    let Chapter { events, promises, .. } = second.chapters.pop().unwrap_or(Chapter::new("", ""));
    let gains = gains(&before, &wealth(&second)?);
    let chapter = world.chapter();
    (chapter.events, chapter.promises, chapter.gains) = (events, promises, gains);
    world.second = Some(Box::new(second));
    Ok(outcome)
}

fn busy(world: &World) -> Day {
    Day { jobs: BUSY_JOBS, fee: world.stage.busy_fee }
}

fn live(world: &mut World) -> Result<String> {
    begin(world)?;
    // Stake and places count from the next epoch on.
    for _ in 0..2 {
        world.next_epoch()?;
    }
    for _ in 0..4 {
        world.work_day(QUIET)?;
    }
    let quiet = world.emissions.len() - 1;
    world.propose_owner(Who::Borealis, Who::Mira)?;
    world.tell("Borealis proposes Mira as its owner: she can accept in ten days, and whoever minds can leave before.");
    let early = world.accept_ix(Who::Borealis, Who::Mira);
    let refused = world.is_refused(Who::Mira, early, WorkTokenError::HandoverNotDue);
    for _ in 0..BUSY_DAYS {
        world.work_day(busy(world))?;
    }
    emission(world, quiet);
    paid_by_work(world)?;
    hand_over(world, refused)?;
    sale(world)?;
    let returned = world.tally.returned;
    Ok(format!(
        "Of {} that fees burned {} came back to who worked, and {} were not minted because of fees.",
        tokens(world.tally.fees_burned),
        tokens(returned),
        tokens(world.emissions.iter().map(|done| done.whole - done.less_fees).sum()),
    ))
}

fn begin(world: &mut World) -> Result<()> {
    for _ in 0..5 {
        world.enrol(1_000)?;
    }
    world.admit_clients_and_attesters()?;
    let (who, behind) = (Who::Ada, Who::Atlas);
    let amount = world.person(who).flow.given / 2;
    world.delegate(who, behind, amount)?;
    let params = world.scenario.network_state().params;
    let part = |ppm: u32| percent((ppm / 100) as u16);
    let by = world.stage.unit().map_or_else(
        || "nothing of the emission goes by units".to_owned(),
        |(label, _)| format!("{} of the emission go by {label}", part(params.work_pay.work_share_ppm)),
    );
    world.tell(format!(
        "In another network {} of each fee burns, of which {} come back for good work; {by}.",
        part(params.fee_burn_ppm),
        part(params.work_pay.burn_back_ppm),
    ));
    Ok(())
}

/// What fees took is not emitted, of a rate that stays.
fn emission(world: &mut World, quiet: usize) {
    let (before, after) = (world.emissions[quiet], world.emissions[world.emissions.len() - 1]);
    let last = &world.emissions[world.emissions.len().saturating_sub(MEAN)..];
    let taken = last.iter().map(|done| done.fees_taken).sum::<u64>() / MEAN as u64;
    let gave_way = after.whole - after.less_fees;
    // Fees count in millionths of what would be emitted.
    let exact = gave_way <= taken && taken - gave_way <= after.whole / 1_000_000 + 1;
    world.promise("emission gives way by what fees took, the mean of seven epochs, within a millionth", exact);
    let fell = after.emitted < before.emitted && after.fees_taken > 10 * before.fees_taken;
    world.promise("as fees rise less is minted", fell);
    world.tell(format!(
        "Fees rise from {} to {} a day: {} are minted instead of {}.",
        tokens(QUIET.jobs * QUIET.fee),
        tokens(BUSY_JOBS * world.stage.busy_fee),
        tokens(after.emitted),
        tokens(before.emitted),
    ));
}

/// The last epoch that was settled, provider by provider.
fn paid_by_work(world: &mut World) -> Result<()> {
    let epoch = world.scenario.epoch() - 1;
    let (pool, rules) = (world.scenario.pool(epoch), world.scenario.network_state().params.work_pay);
    let (mut right, mut units, mut idle) = (true, 0, 0);
    for member in &world.members {
        let provider = world.provider(member.who);
        let Some(record) = provider.record(Epoch(epoch)) else { continue };
        let (burned, score) = (Amount(member.work[1].burned), Ppm(record.score_ppm));
        let back = burn_back(burned, rules.burn_back(), score).0;
        // Reports hold three digits of it.
        let measured = decode(encode(member.work[1].units));
        let own = counted(measured, Amount(record.own_kept), burned, score, &rules.unit_rules());
        right &= (record.burned, record.units) == (back, own);
        units += own;
        idle += u64::from(burned.is_zero());
    }
    let returned = pool.work.settled_burn_back == pool.work.burn_back && pool.work.burn_back > 0;
    world.promise("what a provider's work burned comes back to it by its score, and to nobody else", right && returned);
    let mut by_units = String::new();
    if let Some((label, _)) = world.stage.unit() {
        let shared = pool.work.units == units && pool.work.settled_units == units && pool.work.emission > 0;
        world.promise(
            "units that were measured, staked and burned for share their part of the emission",
            right && shared,
        );
        by_units = format!(" and {} go by {units} {label}", tokens(pool.work.emission));
    }
    world.tell(format!(
        "In epoch {epoch} {} come back{by_units}; {idle} of {} providers did none and get nothing of it.",
        tokens(pool.work.burn_back),
        world.members.len(),
    ));
    Ok(())
}

fn hand_over(world: &mut World, refused_early: bool) -> Result<()> {
    let staked = world.provider(Who::Borealis).own.tokens;
    world.accept_owner(Who::Borealis, Who::Mira, PRICE)?;
    let provider = world.provider(Who::Borealis);
    let mira = world.person(Who::Mira).actor.address();
    let passed = provider.owner == mira && provider.own.tokens == staked;
    world.promise("a provider passes with its own stake, and not before its notice is over", refused_early && passed);
    let stake = Stake { who: Who::Mira, behind: Who::Borealis };
    let claimed = world.claim(stake)?;
    let former =
        ProviderAddresses { owner: world.person(Who::Borealis).actor.address(), ..world.member(Who::Borealis).at };
    let former = ix::retire(&former);
    let refused = world.is_refused(Who::Borealis, former, WorkTokenError::NotTheProviderOwner);
    world.promise("the new owner claims, and the former one commands no more", claimed > 0 && refused);
    world.tell(format!(
        "Mira pays {} and owns Borealis with {} of own stake; she claims {} that are free.",
        tokens(PRICE),
        tokens(staked),
        tokens(claimed),
    ));
    Ok(())
}

fn sale(world: &mut World) -> Result<()> {
    let ada = world.stake_of(Who::Ada)?;
    let value = view::holdings(&world.position_state(ada)?.at()).value;
    let price = value / 100 * 99;
    let nils = world.sell(ada, Who::Nils, price)?;
    let got = view::holdings(&world.position_state(nils)?.at()).value;
    let claimed = world.claim(ada)?;
    world.close(ada)?;
    world.tell(format!(
        "Ada sells Nils her stake of {} for {} at once, claims {} and closes her account.",
        tokens(value),
        tokens(price),
        tokens(claimed),
    ));
    world.work_day(busy(world))?;
    let at_once = world.claimable(nils);
    world.promise(
        "a position is sold at once, whole, and earns for its buyer without a break",
        got == value && at_once > 0,
    );
    Ok(())
}
