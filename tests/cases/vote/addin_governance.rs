//! Stake votes in a DAO of the real SPL Governance, whose add-in weighs it.
//!
//! Kind: stake that is in one vote twice. Looked for in shares that are given to another holder, in a
//! position that takes its voice from its provider's owner or gives it back, and in a vote that is cast anew.

use super::rules;
use crate::*;
use work_token_sdk::{
    Instruction,
    governance::{
        self as spl, GovernanceAddresses, Proposal as SplProposal, ProposalAddresses, ProposalState, RealmAddresses,
        RealmRules, Vote, VoterWeightRecord, WeightAction, WeightRecords,
    },
    interface::votes::realm::{governance as read_governance, realm as read_realm},
    votes::{self, Proposal, RegistrarAddresses, VoterAddresses},
};
use work_token_tests::{Realm, WAIT, deploy_governance, governance_bytes, realm_bytes};

const ALL: u64 = 40_000 * TOKEN;
/// What SPL Governance says of a record that is another program's.
const FOREIGN_RECORD: u32 = 1_102;
/// And of a second vote of one voter.
const VOTED_ALREADY: u32 = 519;

/// A realm that the add-in weighs, with one governance.
pub fn found(world: &World) -> (GovernanceAddresses, RegistrarAddresses) {
    deploy_governance(&world.chain);
    world.chain.install_votes().expect("the add-in is deployed");
    let (admin, network) = (&world.admin, world.network.network);
    let realm = RealmAddresses::derive(spl::PROGRAM, "Stake", world.network.mint);
    let (at, key) = (realm.governance(&network), admin.address());
    let registrar = RegistrarAddresses::derive(realm.realm, network, world.network.mint);
    world.send(&[spl::create_realm(&realm, key, key, "Stake", &RealmRules::by_add_in(votes::ID))], &[admin]);
    world.send(&[votes::create_registrar(&registrar, [key, key], &Realm::terms(0))], &[admin]);
    world.send(&[spl::create_governance(&at, network, key, key, None, &rules())], &[admin]);
    (at, registrar)
}

/// Somebody becomes a voter and a member of the realm.
pub fn member(world: &World, registrar: &RegistrarAddresses, who: &Actor, position: [Pubkey; 2]) -> VoterAddresses {
    let realm = RealmAddresses::of(spl::PROGRAM, registrar.realm, registrar.mint);
    world.send(&[spl::create_token_owner_record(&realm, who.address(), who.address())], &[who]);
    join(world, registrar, who, position)
}

/// A member of the realm becomes a voter.
pub fn join(world: &World, registrar: &RegistrarAddresses, who: &Actor, position: [Pubkey; 2]) -> VoterAddresses {
    let (at, key) = (registrar.voter(who.address()), who.address());
    world.send(&[votes::create_voter(&at, key), votes::add_position(&at, position)], &[who]);
    at
}

/// Proposes nothing, with what a voter weighs now.
pub fn propose(world: &World, at: &GovernanceAddresses, voter: &VoterAddresses, who: &Owner) -> ProposalAddresses {
    let seed = Pubkey::new_from_array([5; 32]);
    let (proposal, key) = (at.proposal(&seed), who.actor.address());
    let action = (WeightAction::CreateProposal as u8, at.governance);
    let weigh = votes::update_voter_weight(voter, true, &[who.own_voice()], action);
    let voter_weight_record = Some(voter.slot_record);
    let input =
        spl::CreateProposal { owner: key, rent_payer: key, voter_weight_record, seed, name: "Nothing", link: "" };
    world.send(&[weigh, spl::create_proposal(&proposal, &input)], &[&who.actor]);
    world.send(&[spl::sign_off_proposal(&proposal, key)], &[&who.actor]);
    proposal
}

/// Votes yes with a position; its weight is written in the same transaction.
pub fn vote(world: &World, at: &ProposalAddresses, voter: &VoterAddresses, who: &Actor, position: [Pubkey; 2]) {
    world.send(&vote_ixs(world, at, voter, who, &[position]), &[who]);
}

/// What votes yes with positions.
pub fn vote_ixs(
    world: &World,
    at: &ProposalAddresses,
    voter: &VoterAddresses,
    who: &Actor,
    positions: &[[Pubkey; 2]],
) -> [Instruction; 3] {
    let on = Proposal { proposal: at.proposal, governance: at.at.governance };
    let weigh = votes::update_vote_weight(voter, true, positions, on);
    let most = votes::update_max_voter_weight(&voter.registrar);
    let owner = world.read_governance::<SplProposal>(&at.proposal).owner_record;
    let weights = WeightRecords { voter: Some(voter.slot_record), max: Some(voter.registrar.max_record) };
    let cast = spl::cast_vote(at, owner, who.address(), who.address(), weights, &Vote::yes());
    [weigh, most, cast]
}

/// A realm in which ann has voted, and eric, who votes with his own shares behind her, can.
struct Voted {
    at: GovernanceAddresses,
    registrar: RegistrarAddresses,
    anns: VoterAddresses,
    erics: VoterAddresses,
    proposal: ProposalAddresses,
}

fn voted(world: &World, ann: &Owner, eric: &Holder) -> Voted {
    world.cycle(&[ann]);
    world.cycle(&[ann]);
    let (at, registrar) = found(world);
    world.vote_directly(eric);
    let anns = member(world, &registrar, &ann.actor, ann.own_voice());
    let erics = member(world, &registrar, &eric.actor, eric.voice_of());
    world.pass(WAIT);
    let proposal = propose(world, &at, &anns, ann);
    vote(world, &proposal, &anns, &ann.actor, ann.own_voice());
    Voted { at, registrar, anns, erics, proposal }
}

// vote-voice-1, vote-record-1, vote-max-1
#[test]
fn stake_votes_where_it_lies_and_what_was_voted_with_is_in_no_other_vote_of_the_proposal() {
    let world = World::new();
    let ann = world.owner("ann", 0, ALL);
    let dora = world.holder("dora", &ann, ALL);
    let eric = world.holder("eric", &ann, ALL);
    let Voted { at, registrar, erics, proposal, .. } = voted(&world, &ann, &eric);
    vote(&world, &proposal, &erics, &eric.actor, eric.voice_of());
    let record = VoterWeightRecord::decode(&world.chain.account(&erics.slot_record).unwrap().unwrap().data).unwrap();
    assert!(record.holds(world.chain.slot(), WeightAction::CastVote, &proposal.proposal));
    assert_eq!(world.read_governance::<SplProposal>(&proposal.proposal).yes_weight(), 3 * ALL);

    // Dora takes her voice from ann, who has voted with it; eric gives his shares to fay.
    world.set_direct(&dora, true);
    let doras = member(&world, &registrar, &dora.actor, dora.voice_of());
    let fay = world.stranger("fay", &ann, ALL);
    world.transfer(&eric, &fay, ALL);
    let fays = member(&world, &registrar, &fay.actor, fay.voice_of());
    let on = Proposal { proposal: proposal.proposal, governance: at.governance };
    for (voter, holder) in [(&doras, &dora), (&fays, &fay)] {
        let weigh = votes::update_vote_weight(voter, true, &[holder.voice_of()], on);
        world.send(&[weigh], &[&holder.actor]);
        assert_eq!(world.record_of(voter.slot_record).weight, 0);
    }

    world.pass(i64::from(rules().voting_secs) + 1);
    let owner = world.read_governance::<SplProposal>(&proposal.proposal).owner_record;
    let most = votes::update_max_voter_weight(&registrar);
    world.send(&[most, spl::finalize_vote(&proposal, owner, Some(registrar.max_record))], &[]);
    assert_eq!(world.read_governance::<SplProposal>(&proposal.proposal).state, ProposalState::Succeeded);
    assert_invariants(&world);
}

// vote-record-1: the records of an add-in that the realm left weigh nothing there, and when it comes back
// each stake has still voted once.
#[test]
fn a_realm_that_swaps_its_add_in_takes_no_record_of_the_old_one_and_counts_nobody_twice_when_it_returns() {
    let world = World::new();
    let ann = world.owner("ann", 0, ALL);
    let eric = world.holder("eric", &ann, ALL);
    let Voted { registrar, anns, erics, proposal, .. } = voted(&world, &ann, &eric);

    let (admin, realm) = (&world.admin, RealmAddresses::of(spl::PROGRAM, registrar.realm, registrar.mint));
    let swap = |program| {
        let rules = RealmRules::by_add_in(program);
        world.send(&[spl::set_realm_config(&realm, admin.address(), admin.address(), &rules)], &[admin]);
    };
    swap(Pubkey::new_from_array([8; 32]));
    let with_old = vote_ixs(&world, &proposal, &erics, &eric.actor, &[eric.voice_of()]);
    let before = Photo::of(&world);
    refused_with_code(&world, &before, world.tries(&with_old, &[&eric.actor]), FOREIGN_RECORD);
    world.set_direct(&eric, false);
    swap(votes::ID);

    // Eric gave his voice back meanwhile: it is nobody's in this vote, neither his nor, by a vote that she
    // casts anew, ann's.
    vote(&world, &proposal, &erics, &eric.actor, eric.voice_of());
    let again = vote_ixs(&world, &proposal, &anns, &ann.actor, &[ann.own_voice()]);
    let before = Photo::of(&world);
    refused_with_code(&world, &before, world.tries(&again, &[&ann.actor]), VOTED_ALREADY);
    let key = ann.actor.address();
    world.send(&[spl::relinquish_vote(&proposal, key, Some(key))], &[&ann.actor]);
    assert_eq!(world.read_governance::<SplProposal>(&proposal.proposal).yes_weight(), 0);
    vote(&world, &proposal, &anns, &ann.actor, ann.own_voice());
    assert_eq!(world.read_governance::<SplProposal>(&proposal.proposal).yes_weight(), ALL);
    assert_invariants(&world);
}

// vote-registrar-1: the add-in finds a realm's authority behind a council too, and what stories write in
// place of a realm and a governance reads as what the program writes.
#[test]
fn a_realm_with_a_council_is_joined_and_the_accounts_of_stories_read_like_the_programs_own() {
    let world = World::new();
    let (at, registrar) = found(&world);
    let (admin, mint, network) = (&world.admin, world.network.mint, world.network.network);
    let read = |key: &Pubkey| world.chain.account(key).unwrap().unwrap().data;
    let key = admin.address();
    let written = read_realm(&realm_bytes(&mint, Some(&key)));
    assert!(written.is_some() && written == read_realm(&read(&registrar.realm)));
    let secs = rules().voting_secs;
    let written = read_governance(&governance_bytes(&registrar.realm, secs, 0));
    assert!(written.is_some() && written == read_governance(&read(&at.governance)));

    let council = Pubkey::new_from_array([9; 32]);
    world.chain.create_mint(council, &MintOptions::of(TokenProgram::Spl, Some(key)));
    let realm = RealmAddresses::derive(spl::PROGRAM, "Council", mint);
    let rules = RealmRules { council: Some(council), ..RealmRules::by_add_in(votes::ID) };
    world.send(&[spl::create_realm(&realm, key, key, "Council", &rules)], &[admin]);
    assert_eq!(read_realm(&read(&realm.realm)), read_realm(&realm_bytes(&mint, Some(&key))));
    let joined = RegistrarAddresses::derive(realm.realm, network, mint);
    world.send(&[votes::create_registrar(&joined, [key, key], &Realm::terms(0))], &[admin]);
    assert_eq!(world.read::<votes::Registrar>(&joined.registrar).realm, realm.realm);
    assert_invariants(&world);
}
