//! Providers and delegators stake, and the first epochs are shared out.

use {
    super::plot::Plot,
    crate::{
        demo::{
            cast::Who,
            story::{percent, tokens},
            world::{Stake, World},
        },
        failure::Result,
    },
    rand::Rng,
    work_token_localnet::HOUR,
    work_token_sdk::{ix, math::Epoch, view},
};

pub const WHY: &str = "it decides who works and who earns, so when it begins to count is exact.";

/// Whom each of the first delegators chooses, so that nobody stands alone.
const FIRST: [(Who, Who); 4] =
    [(Who::Ada, Who::Atlas), (Who::Ben, Who::Borealis), (Who::Cleo, Who::Cascade), (Who::Dan, Who::Ember)];
/// Whom the one who comes later chooses from.
const CHOICE: [Who; 3] = [Who::Atlas, Who::Borealis, Who::Cascade];
/// By how much a commission rises. Basis points.
const RAISE: u16 = 300;

pub fn play(world: &mut World, plot: &mut Plot) -> Result<String> {
    begin(world)?;
    announce(world, plot)?;
    world.next_epoch()?;
    world.scenario.chain.advance(HOUR);
    let behind = CHOICE[world.random.random_range(0..CHOICE.len())];
    let eva = Stake { who: Who::Eva, behind };
    let amount = world.person(eva.who).flow.given / 2;
    let epoch = world.scenario.epoch();
    world.delegate(eva.who, eva.behind, amount)?;
    world.tell(format!("Eva stakes {} behind {behind:?} while the epoch runs.", tokens(amount)));

    world.next_epoch()?;
    let nothing_yet = world.claimable(eva);
    world.promise("stake placed during an epoch earns nothing from that epoch", nothing_yet == 0);

    world.next_epoch()?;
    let earned = world.claimable(eva);
    let (got, gets) = (tokens(nothing_yet), tokens(earned));
    world.tell(format!("Eva got {got} of epoch {epoch}, and gets {gets} of epoch {}.", epoch + 1));
    world.promise("it earns from the next epoch on", earned > 0);
    lower(world)?;
    let emitted = world.scenario.network_state().emitted_total;
    Ok(format!("{} epochs brought {} new tokens for those with stake or reports.", world.tally.epochs, tokens(emitted)))
}

/// Everybody stakes who is there from the beginning.
fn begin(world: &mut World) -> Result<()> {
    for _ in 0..5 {
        // Between 4 % and 25 %, so that one can fall by half and one can rise.
        let commission_bps = 100 * world.random.random_range(4..=25);
        world.enrol(commission_bps)?;
    }
    let own: u64 = world.members.iter().map(|member| member.staked).sum();
    world.admit_clients_and_attesters()?;
    for (who, behind) in FIRST {
        let amount = world.person(who).flow.given / 2;
        world.delegate(who, behind, amount)?;
    }
    let all: u64 = world.members.iter().map(|member| member.staked).sum();
    let network = world.scenario.network_state();
    world.tell(format!(
        "{} providers stake {} for {} of {} places; delegators stake {}.",
        world.members.len(),
        tokens(own),
        network.places_taken,
        network.present_cap(),
        tokens(all - own),
    ));
    Ok(())
}

fn announce(world: &mut World, plot: &mut Plot) -> Result<()> {
    let (provider, before) = (world.member(Who::Cascade).at, world.provider(Who::Cascade).commission_bps);
    plot.raise = [before + RAISE, before];
    world.act(Who::Cascade, ix::announce_commission(&provider, plot.raise[0]))?;
    let health =
        view::pool_health(&world.scenario.network_state(), &world.provider(Who::Cascade), world.scenario.now());
    plot.raise_epoch = health.announced.map_or(0, |announced| announced.first_epoch);
    world.tell(format!(
        "Cascade announces a commission of {} instead of {}, from epoch {} on.",
        percent(plot.raise[0]),
        percent(before),
        plot.raise_epoch,
    ));
    Ok(())
}

fn lower(world: &mut World) -> Result<()> {
    let (provider, before) = (world.member(Who::Borealis).at, world.provider(Who::Borealis).commission_bps);
    world.act(Who::Borealis, ix::announce_commission(&provider, before / 2))?;
    let (state, epoch) = (world.provider(Who::Borealis), world.scenario.epoch());
    let now_bps = state.record(Epoch(epoch)).map_or(before, |record| record.commission_bps);
    world.tell(format!("Borealis lowers its commission from {} to {}, at once.", percent(before), percent(now_bps)));
    world.promise("a fall of commission holds from the present epoch on", now_bps == before / 2);
    Ok(())
}
