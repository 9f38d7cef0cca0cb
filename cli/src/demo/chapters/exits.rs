//! Some ask to leave; the entrances are paused meanwhile.

use {
    super::plot::Plot,
    crate::{
        demo::{cast::Who, story::tokens, world::World},
        failure::Result,
    },
    work_token_localnet::{HOUR, TOKEN},
    work_token_sdk::{WorkTokenError, ix, view},
};

pub const WHY: &str = "who leaves stays liable for a while; nothing may lock anybody in.";

const DAY: u32 = 86_400;

pub fn play(world: &mut World, plot: &mut Plot) -> Result<String> {
    let [ada, ben, cleo] = [world.stake_of(Who::Ada)?, world.stake_of(Who::Ben)?, world.stake_of(Who::Cleo)?];
    world.next_epoch()?;
    let value = view::holdings(&world.position_state(ada)?.at()).value;
    let earned = world.claimable(ada);
    plot.exits.push((ada, world.request(ada, 1, 1)?));
    let bens = world.request(ben, 1, 2)?;
    let days = world.scenario.network_state().params.unbonding_secs / DAY;
    world.tell(format!("Ada asks to leave with all of her {}, Ben with half; it takes {days} days.", tokens(value)));

    world.next_epoch()?;
    world.scenario.chain.advance(HOUR);
    let same = world.claimable(ada) == earned;
    world.promise("who asks to leave earns nothing any more", same);
    world.cancel(ben, bens)?;
    let network = world.scenario.network.network;
    world.govern(|guardian| ix::pause(&network, guardian, 2 * DAY))?;
    let attempt = world.delegate_ix(cleo, 1_000 * TOKEN);
    let refused = world.is_refused(cleo.who, attempt, WorkTokenError::Paused);
    world.promise("a pause closes the entrance", refused);
    let cleos = world.request(cleo, 1, 2)?;
    let left = world.ticket(cleo, cleos).shares;
    plot.exits.push((cleo, cleos));
    world.promise("a pause stops no exit", left > 0);
    world.tell("Ben cancels. The guardian pauses the entrances: Cleo can leave, not stake.");

    world.next_epoch()?;
    world.govern(|guardian| ix::unpause(&network, guardian))?;
    world.tell("The entrances open again.");
    Ok(format!("Ada's rewards stay at {}; Ben, who is back, earns on.", tokens(earned)))
}
