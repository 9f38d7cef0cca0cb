//! Stake votes where it lies, in the second network: a delegator against its provider, and one that sells
//! after the vote. With the real SPL Governance it takes the network over and decides; without, what the
//! add-in records is shown, and nothing is counted.

use {
    super::plot::Plot,
    crate::{
        demo::{
            cast::Who,
            story::{Chapter, percent, tokens},
            vote::{Cast, Realm},
            wealth::{gains, wealth},
            work::Day,
            world::{Stake, World},
        },
        failure::{Failure, Result},
    },
    work_token_localnet::TokenProgram,
    work_token_sdk::{
        Client, Instruction, WorkTokenError, addresses, ix,
        state::{AuthorityRole, Network, ParamChange},
        view,
    },
};

pub const WHY: &str = "nobody deposits to vote: what is staked weighs, where it lies, and nothing weighs twice.";

/// What goes by units of the emission, as it is decided: a sixth less. Millionths.
const fn less(work_share_ppm: u32) -> u32 {
    work_share_ppm - work_share_ppm / 6
}

pub fn play(world: &mut World, plot: &mut Plot) -> Result<String> {
    let missing = || Failure::Failed("the second network comes with the chapter before".into());
    let mut second = world.second.take().ok_or_else(missing)?;
    second.chapters.push(Chapter::new("", ""));
    let before = wealth(&second)?;
    // SPL Governance reads mints of SPL Token alone.
    let reads = second.scenario.program == TokenProgram::Spl;
    let outcome = live(&mut second, plot.governance.as_deref().filter(|_| reads))?;
    let Chapter { events, promises, .. } = second.chapters.pop().unwrap_or(Chapter::new("", ""));
    let gains = gains(&before, &wealth(&second)?);
    let chapter = world.chapter();
    (chapter.events, chapter.promises, chapter.gains) = (events, promises, gains);
    world.second = Some(second);
    Ok(outcome)
}

/// Those who vote: two owners, a buyer of a provider, and a delegator.
struct Voters {
    owners: [Stake; 3],
    ben: Stake,
}

fn live(world: &mut World, governance: Option<&[u8]>) -> Result<String> {
    let realm = world.found_realm(governance)?;
    world.tell(if realm.counts {
        "A realm of SPL Governance is joined to the second network: its votes take five days."
    } else {
        "A realm is joined to the second network. SPL Governance is not here: the realm's accounts are written as it \
         writes them, and nobody counts. `demo --governance ELF` has the real program."
    });
    let voters = enter(world, &realm)?;
    let silent_until_ts = world.scenario.now() + world.silence_secs();
    world.rest_until(silent_until_ts)?;
    let all: Vec<_> = voters.owners.iter().map(|stake| (*stake, true)).chain([(voters.ben, false)]).collect();
    if realm.counts {
        take_over(world, &realm, &all)?;
    }
    let content = [work_share(world, &realm)?];
    let voted = world.vote_on(&realm, "Pay less by units of work", &all, &content)?;
    let [yes, no] = voted.recorded(&all);
    let ben = voters.ben;
    let waited = voted.weights.iter().all(|weight| *weight > 0) && no == voice(world, ben)?;
    world.promise("a delegator that votes itself weighs against its provider, with what it has there", waited);
    world.tell(format!(
        "Once all has waited, Atlas, Mira and Cascade weigh {} for paying less by units of work, Ben {} against it.",
        tokens(yes),
        tokens(no),
    ));
    sale(world, &realm, ben)?;
    if !realm.counts {
        return Ok("What the add-in records is all that was shown: no proposal was counted or decided.".into());
    }
    let counted = world.conclude(&realm, &voted, &content)?;
    world.promise("what is counted is what the records said", counted == [yes, no]);
    put_in_force(world)?;
    Ok(format!("Stake of {} against {} took the network over, and set what goes by units.", tokens(yes), tokens(no)))
}

/// Ben delegates behind Cascade and takes his voice; everybody becomes a voter.
fn enter(world: &mut World, realm: &Realm) -> Result<Voters> {
    let owner = |who| Stake { who, behind: who };
    let owners = [owner(Who::Atlas), Stake { who: Who::Mira, behind: Who::Borealis }, owner(Who::Cascade)];
    let ben = Stake { who: Who::Ben, behind: Who::Cascade };
    world.delegate(ben.who, ben.behind, world.person(ben.who).flow.given / 2)?;
    world.work_day(Day { jobs: 0, fee: 0 })?;
    let before = world.owner_voice(ben.behind);
    world.act(ben.who, ix::set_direct(&world.position(ben), world.person(ben.who).actor.address(), true))?;
    let (after, bens) = (world.owner_voice(ben.behind), whole_voice(world, ben)?);
    world.promise(
        "a delegator takes its voice from its provider's owner at once",
        (before - after).abs_diff(bens) <= 1 && bens > 0,
    );
    world.tell(format!(
        "Ben, behind Cascade, votes himself from now on: Cascade is heard with {} instead of {}.",
        tokens(after),
        tokens(before),
    ));
    let mut weights = 0;
    for stake in owners.into_iter().chain([ben]) {
        world.enter(realm, stake)?;
        weights += world.weight(realm, stake.who)?;
    }
    world.promise("what is new to a voter weighs nothing before it has waited", weights == 0);
    world.tell("Atlas, Mira, who owns Borealis, Cascade and Ben become voters; what they have there waits.");
    Ok(Voters { owners, ben })
}

/// What a position is heard with, once nothing of it is silent; and what of that is heard now.
fn whole_voice(world: &World, stake: Stake) -> Result<u64> {
    Ok(view::position_voice(&world.position_state(stake)?.at()).whole)
}

fn voice(world: &World, stake: Stake) -> Result<u64> {
    Ok(view::position_voice(&world.position_state(stake)?.at()).voiced)
}

/// The realm's treasury becomes admin and arbiter, by a vote.
fn take_over(world: &mut World, realm: &Realm, all: &[Cast]) -> Result<()> {
    let (network, treasury) = (world.scenario.network.network, realm.at.treasury);
    for role in [AuthorityRole::Arbiter, AuthorityRole::Admin] {
        world.govern(|admin| ix::propose_authority(&network, admin, role, treasury))?;
    }
    world.rest_until(world.scenario.now() + 3 * 86_400)?;
    let accept =
        [AuthorityRole::Arbiter, AuthorityRole::Admin].map(|role| ix::accept_authority(&network, treasury, role));
    let voted = world.vote_on(realm, "Take over", all, &accept)?;
    world.conclude(realm, &voted, &accept)?;
    let authorities = world.scenario.network_state().authorities;
    let taken = [authorities.admin, authorities.arbiter] == [treasury; 2];
    world.promise("the treasury of a realm becomes admin and arbiter by a vote of stake", taken);
    world.tell("They vote, it is counted and executed: the realm's treasury is admin and arbiter of the network.");
    Ok(())
}

/// What is proposed: parameters that Atlas drafts, as the realm's treasury would propose them.
fn work_share(world: &mut World, realm: &Realm) -> Result<Instruction> {
    let (network, state) = (world.scenario.network.network, world.scenario.network_state());
    let mut params = state.params;
    params.work_pay.work_share_ppm = less(params.work_pay.work_share_ppm);
    let (author, treasury) = (world.person(Who::Atlas).actor.address(), realm.at.treasury);
    if realm.counts {
        for part in ix::draft_params(&network, author, &params) {
            world.act(Who::Atlas, part)?;
        }
    }
    Ok(ix::propose_params(&network, treasury, treasury, author, state.param_changes + 1, &params))
}

/// Ben sells after he has voted.
fn sale(world: &mut World, realm: &Realm, ben: Stake) -> Result<()> {
    world.claim(ben)?;
    let value = view::holdings(&world.position_state(ben)?.at()).value;
    let price = value / 100 * 99;
    let nils = world.sell(ben, Who::Nils, price)?;
    world.enter(realm, nils)?;
    let (sold, bought) = (world.weight(realm, Who::Ben)?, world.weight(realm, Who::Nils)?);
    let silent = voice(world, nils)? == 0 && whole_voice(world, nils)? > 0;
    world.promise("shares that are sold after a vote weigh nothing for their buyer as long as any vote lasts", {
        sold == 0 && bought == 0 && silent
    });
    world.tell(format!(
        "Ben, who has voted, sells Nils his {} for {}: they earn on, and are silent for nine days.",
        tokens(value),
        tokens(price)
    ));
    Ok(())
}

/// The change waits for its own delay, and anybody puts it in force.
fn put_in_force(world: &mut World) -> Result<()> {
    let (network, before) = (world.scenario.network, world.scenario.network_state());
    let key = addresses::param_change(&network.network, before.param_changes);
    let change: ParamChange = Client::new(&world.scenario.chain).get(&key)?;
    let execute = ix::execute_params(&network, change.number, change.payer);
    world.rest_until(change.executable_from_ts - 1)?;
    let early = world.is_refused(Who::Dan, execute.clone(), WorkTokenError::ChangeNotDue);
    world.rest_until(change.executable_from_ts)?;
    world.act(Who::Dan, execute)?;
    let share = |state: &Network| state.params.work_pay.work_share_ppm;
    let (then, now) = (share(&before), share(&world.scenario.network_state()));
    let set = now == less(then) && now != then;
    world.promise("what stake decides is in force once its delay has passed, and not before", early && set);
    world.tell(format!(
        "Three days later anybody puts it in force: {} of the emission go by units, not {}.",
        percent((now / 100) as u16),
        percent((then / 100) as u16),
    ));
    Ok(())
}
