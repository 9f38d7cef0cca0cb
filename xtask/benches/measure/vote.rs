//! A realm whose votes stake weighs: a holder that votes itself behind two providers, slashed, with more
//! delegated than the leverage lets vote.

use anyhow::Result;
use work_token_localnet::{Actor, Scenario, ScenarioOptions, governance_bytes, proposal_bytes, realm_bytes};
use work_token_sdk::{
    Pubkey, ix,
    limits::VOICE_SLACK_SECS,
    state::{Delegation, PendingLot, PoolKind},
    transport::RawAccount,
    votes::{self, Proposal, RegistrarAddresses, RegistrarTerms, Voter, VoterAddresses, VoterEntry},
};
use work_token_xtask::bench::measure::within;

use crate::life::{Life, TOKEN};

/// The program that owns the realm's accounts; nothing of it is called.
const GOVERNANCE_PROGRAM: Pubkey = Pubkey::new_from_array([77; 32]);

/// Lives it and returns what each operation cost.
pub fn live(options: &ScenarioOptions) -> Result<Life> {
    let mut life = Life::of(Scenario::start(options)?);
    life.scenario.chain.install_votes()?;
    let (at, on) = found(&mut life)?;
    let holder = life.scenario.actor("holder", 100_000_000 * TOKEN);
    let positions = [directly_behind(&life, "first", &holder)?, directly_behind(&life, "second", &holder)?];
    life.scenario.next_epoch();
    life.scenario.next_epoch();
    life.scenario.crank_all(&positions.map(|[_, provider]| provider))?;
    let keeper = life.keeper();
    life.measure("update_max_voter_weight", votes::update_max_voter_weight(&at), &keeper)?;

    let voter = at.voter(holder.address());
    life.measure("create_voter", votes::create_voter(&voter, holder.address()), &holder)?;
    for position in positions {
        life.measure("add_position", votes::add_position(&voter, position), &holder)?;
    }
    let longest = life.scenario.network_state().params.longest_vote_secs;
    life.scenario.advance(i64::from(longest + VOICE_SLACK_SECS));
    for [_, provider] in positions {
        life.slash(&provider, PoolKind::Delegated, 7);
        let touch = ix::touch_provider(&life.scenario.network.network, provider);
        life.scenario.send(&[touch], &[&keeper])?;
    }
    weigh(&mut life, &voter, (&positions, on), &holder)?;
    for state in [Positions::Arriving, Positions::Due, Positions::Low] {
        life.aside(|life| weigh_in(life, state, (&voter, &positions), &holder))?;
    }
    life.measure("remove_position", votes::remove_position(&voter, positions[0][0]), &holder)?;
    life.measure("close_voter", votes::close_voter(&voter, holder.address()), &holder)?;
    Ok(life)
}

/// A realm with its registrar, a governance whose votes last as long as the longest, and a proposal of it.
fn found(life: &mut Life) -> Result<(RegistrarAddresses, Proposal)> {
    let (scenario, authority) = (&life.scenario, life.admin());
    let longest_vote_secs = scenario.network_state().params.longest_vote_secs;
    let [realm, governance, proposal] = [1, 2, 3].map(|byte| Pubkey::new_from_array([200 + byte; 32]));
    let (network, mint) = (scenario.network.network, scenario.network.mint);
    for (key, data) in [
        (realm, realm_bytes(&mint, Some(&authority.address()))),
        (governance, governance_bytes(&realm, longest_vote_secs, 0)),
        (proposal, proposal_bytes(&governance)),
    ] {
        scenario.chain.set_account(key, RawAccount { lamports: 10_000_000, owner: GOVERNANCE_PROGRAM, data });
    }
    let at = RegistrarAddresses::derive(realm, network, mint);
    let terms = RegistrarTerms { longest_vote_secs, standing_slots: 216_000, least_max_ppm: 100_000 };
    let create = votes::create_registrar(&at, [authority.address(); 2], &terms);
    life.measure("create_registrar", create, &authority)?;
    life.measure("set_registrar", votes::set_registrar(&at, authority.address(), &terms), &authority)?;
    Ok((at, Proposal { proposal, governance }))
}

/// A position that votes itself, of more stake than the leverage lets vote, behind a new provider.
fn directly_behind(life: &Life, name: &str, holder: &Actor) -> Result<[Pubkey; 2]> {
    let (_, provider) = life.scenario.owner(name, 0, 100_000 * TOKEN)?;
    let position = life.scenario.delegate(holder, &provider, 10_000_000 * TOKEN)?;
    let another = life.scenario.actor(&format!("beside the holder, {name}"), 10_000 * TOKEN);
    life.scenario.delegate(&another, &provider, 10_000 * TOKEN)?;
    life.scenario.send(&[ix::set_direct(&position, holder.address(), true)], &[holder])?;
    Ok([position.delegation, provider.provider])
}

/// What positions weigh: in a vote, whose governance is looked at, and in the record that stands; one, and
/// each further.
fn weigh(
    life: &mut Life,
    voter: &VoterAddresses,
    (positions, on): (&[[Pubkey; 2]; 2], Proposal),
    holder: &Actor,
) -> Result<()> {
    let [one, _] = positions.each_ref();
    let vote = |positions: &[[Pubkey; 2]]| votes::update_vote_weight(voter, true, positions, on);
    let standing = |positions: &[[Pubkey; 2]]| votes::update_standing_weight(voter, true, positions);
    life.measure(within(3_000, "update_voter_weight, a vote"), vote(&[*one]), holder)?;
    life.measure("update_voter_weight, a vote, two positions", vote(positions), holder)?;
    let further = within(800, "update_voter_weight, a vote, a further position");
    life.measure_further(further, [vote(&[*one]), vote(positions)], holder)?;
    life.measure(within(3_000, "update_voter_weight, standing"), standing(&[*one]), holder)?;
    let further = within(800, "update_voter_weight, standing, a further position");
    life.measure_further(further, [standing(&[*one]), standing(positions)], holder)
}

/// What makes positions dearer to weigh.
#[derive(Clone, Copy)]
enum Positions {
    /// Shares that came by transfer are silent in them.
    Arriving,
    /// Two lots of them are due, and what waited is ripe.
    Due,
    /// Somebody else than the holder finds less than is noted, for longer than a wait.
    Low,
}

/// What positions weigh in such a state in the record that stands: one, and each further.
fn weigh_in(
    life: &mut Life,
    state: Positions,
    (voter, positions): (&VoterAddresses, &[[Pubkey; 2]; 2]),
    holder: &Actor,
) -> Result<()> {
    for [position, _] in positions {
        life.scenario.change(position, |position: &mut Delegation| match state {
            Positions::Arriving => {
                position.voice.arriving = 12_345 * TOKEN + 7;
                position.voice.arrived_ts = i64::MAX;
            }
            Positions::Due => {
                position.pending =
                    [1, 2].map(|epoch| PendingLot { activation_epoch: epoch, padding: 0, shares: TOKEN });
            }
            Positions::Low => {}
        });
    }
    life.scenario.change(&voter.voter, |noted: &mut Voter| {
        for VoterEntry { inertia, .. } in noted.entries.iter_mut().take(positions.len()) {
            match state {
                Positions::Arriving => {}
                Positions::Due => (inertia.counts, inertia.waiting, inertia.ripe_ts) = (TOKEN, TOKEN, 1),
                Positions::Low => {
                    (inertia.low, inertia.low_since_ts) = (inertia.counts, 1);
                    inertia.counts *= 2;
                }
            }
        }
    });
    // Whoever is not the holder passes all.
    let is_holders = !matches!(state, Positions::Low);
    let mut sorted = *positions;
    sorted.sort();
    let [one, all] = [&sorted[..1], &sorted].map(|some| votes::update_standing_weight(voter, is_holders, some));
    let [name, further] = match state {
        Positions::Arriving => ["update_voter_weight, arriving", "update_voter_weight, arriving, a further position"],
        Positions::Due => ["update_voter_weight, lots due", "update_voter_weight, lots due, a further position"],
        Positions::Low => {
            return life.measure(within(3_800, "update_voter_weight, by anybody, two positions"), all, holder);
        }
    };
    life.measure_further(within(800, further), [one.clone(), all], holder)?;
    life.measure(within(3_000, name), one, holder)
}
