//! Models that jobs name: what a name stands for, who may change it, and what a job keeps of it.

use crate::*;
use work_token_sdk::{
    Instruction, addresses,
    args::SetModelArgs,
    client::Client,
    ix::ModelVersion,
    limits::MODEL_NAME,
    state::{Model, ModelStatus},
    view::{JobModel, job_view},
};

const NAME: &str = "lamp-7b";
const HASH: [u8; 32] = [7; 32];

fn args(name: &str, hash: [u8; 32], status: ModelStatus) -> SetModelArgs {
    let name = Model::name_bytes(name).expect("a name");
    let (uri, uri_len) = Model::uri_bytes("ipfs://lamp").expect("a URI");
    SetModelArgs { name, hash, status: status as u8, uri_len, uri }
}

fn key_of(world: &World, name: &str) -> Pubkey {
    addresses::model(&world.scenario.network.network, &Model::name_bytes(name).expect("a name"))
}

fn set_ix(world: &World, args: &SetModelArgs) -> Instruction {
    let admin = world.scenario.admin.address();
    ix::set_model(&world.scenario.network.network, admin, admin, args)
}

fn set(world: &World, name: &str, hash: [u8; 32], status: ModelStatus) -> Model {
    world.send(&[set_ix(world, &args(name, hash, status))], &[&world.scenario.admin]);
    world.scenario.read(&key_of(world, name))
}

/// An order that names a version of the model.
fn naming(market: &Market, version: u32) -> ix::CreateJob {
    let model = Some(ModelVersion { model: key_of(market, NAME), version });
    ix::CreateJob { model, ..market.order(&market.client, FIXED, FEE) }
}

fn refuses(market: &Market, order: &ix::CreateJob, error: E) {
    market.refuses(market.place_ix(&market.client, order), &[&market.client.actor], error);
}

// network-model-1
#[test]
fn a_name_is_small_letters_digits_and_a_few_signs_so_that_no_two_look_alike() {
    for name in ["a", "7", "lamp-7b", "org/lamp:7b_v1.2", &"z".repeat(32)] {
        let bytes = Model::name_bytes(name).expect(name);
        assert_eq!(Model { name: bytes, ..bytemuck::Zeroable::zeroed() }.name(), name);
    }
    let wrong = ["", "Lamp", "l\u{430}mp", "lamp ", "-lamp", "/lamp", "lamp\n", "l\u{202e}amp", "la\0mp", "\0", "é"];
    for name in wrong.into_iter().chain([&*"z".repeat(33)]) {
        assert_eq!(Model::name_bytes(name), Err(E::ModelNameMalformed), "{name:?}");
    }
    let mut hidden = [0; MODEL_NAME];
    hidden[..4].copy_from_slice(b"lamp");
    hidden[31] = b'x';
    assert_eq!(Model::require_name(&hidden), Err(E::ModelNameMalformed), "nothing stands behind the padding");
}

// network-model-1
#[test]
fn what_is_malformed_of_a_model_is_refused_by_the_program() {
    let world = World::new();
    let admin = &world.scenario.admin;
    let refuses = |args: SetModelArgs, error| world.refuses(set_ix(&world, &args), &[admin], error);
    let good = args(NAME, HASH, ModelStatus::Offered);
    let mut name = good.name;
    name[31] = b'x';
    refuses(SetModelArgs { name, ..good }, E::ModelNameMalformed);
    refuses(SetModelArgs { name: [0; MODEL_NAME], ..good }, E::ModelNameMalformed);
    for status in [0, 4, 255] {
        refuses(SetModelArgs { status, ..good }, E::UnknownModelStatus);
    }
    refuses(SetModelArgs { hash: [0; 32], ..good }, E::ZeroModelHash);
    refuses(SetModelArgs { uri_len: 129, ..good }, E::ModelUriMalformed);
    refuses(SetModelArgs { uri_len: 3, ..good }, E::ModelUriMalformed);
    let mut uri = good.uri;
    uri[2] = 0x1b;
    refuses(SetModelArgs { uri, ..good }, E::ModelUriMalformed);
    world.send(&[set_ix(&world, &good)], &[admin]);
    let stranger = world.actor("stranger", 0);
    let ix = ix::set_model(&world.scenario.network.network, stranger.address(), stranger.address(), &good);
    world.refuses(ix, &[&stranger], E::NotTheAdmin);
    assert_invariants(&world);
}

// network-model-2
#[test]
fn another_hash_is_the_next_version_and_status_and_uri_change_without_one() {
    let world = World::new();
    let first = set(&world, NAME, HASH, ModelStatus::Offered);
    assert_eq!((first.model_version, first.hash, first.name(), first.uri()), (1, HASH, NAME, "ipfs://lamp"));
    assert_eq!((first.created_ts, first.version_ts), (world.scenario.chain.now(), world.scenario.chain.now()));
    world.scenario.chain.advance(100);
    let withdrawn = set(&world, NAME, HASH, ModelStatus::Withdrawn);
    assert_eq!((withdrawn.model_version, withdrawn.status()), (1, ModelStatus::Withdrawn));
    assert_eq!((withdrawn.version_ts, withdrawn.set_ts), (first.version_ts, first.set_ts + 100));
    let (uri, uri_len) = Model::uri_bytes("").expect("none");
    let elsewhere = SetModelArgs { uri, uri_len, ..args(NAME, [8; 32], ModelStatus::Offered) };
    world.send(&[set_ix(&world, &elsewhere)], &[&world.scenario.admin]);
    let second: Model = world.scenario.read(&key_of(&world, NAME));
    assert_eq!((second.model_version, second.uri(), second.status()), (2, "", ModelStatus::Offered));
    let back = set(&world, NAME, HASH, ModelStatus::Offered);
    assert_eq!(back.model_version, 3, "an old hash is a new version: no number means two hashes");
    assert_eq!(back.created_ts, first.created_ts);
    let other = set(&world, "lamp-13b", HASH, ModelStatus::Offered);
    assert_eq!(other.model_version, 1);
    assert_invariants(&world);
}

// job-model-1
#[test]
fn a_job_names_the_present_version_of_an_offered_model_of_its_network_or_none() {
    let market = Market::new(1);
    refuses(&market, &naming(&market, 1), E::WrongAccountOwner);
    set(&market, NAME, HASH, ModelStatus::Offered);
    refuses(&market, &naming(&market, 2), E::OtherModelVersion);
    let mut missing = market.place_ix(&market.client, &naming(&market, 1));
    missing.accounts.pop();
    market.refuses(missing, &[&market.client.actor], E::ModelMissing);
    let mut unnamed = market.place_ix(&market.client, &naming(&market, 1));
    unnamed.data = market.place_ix(&market.client, &market.order(&market.client, FIXED, FEE)).data;
    market.refuses(unnamed, &[&market.client.actor], E::WrongSeatCount);
    for status in [ModelStatus::Deprecated, ModelStatus::Withdrawn] {
        set(&market, NAME, HASH, status);
        refuses(&market, &naming(&market, 1), E::ModelNotOffered);
    }
    set(&market, NAME, [8; 32], ModelStatus::Offered);
    refuses(&market, &naming(&market, 1), E::OtherModelVersion);
    let job = market.place(&market.client, &naming(&market, 2));
    let state = market.job_state(&job);
    let expected = JobModel { model: key_of(&market, NAME), version: 2, hash: [8; 32] };
    assert_eq!(JobModel::of(&state), Some(expected));
    let plain = market.job(FIXED, FEE);
    assert_eq!(JobModel::of(&market.job_state(&plain.job)), None);
    assert_invariants(&market);
}

// job-model-2
#[test]
fn a_job_in_flight_keeps_what_it_named_whatever_becomes_of_the_model() {
    let market = Market::new(1);
    set(&market, NAME, HASH, ModelStatus::Offered);
    let seat = market.place(&market.client, &naming(&market, 1)).seat(0);
    set(&market, NAME, [8; 32], ModelStatus::Withdrawn);
    market.capture(&seat.job);
    market.draw(&seat);
    market.accept(&seat);
    market.submit(&seat);
    let client = Client::new(&market.scenario.chain);
    let state = client.job_state(&seat.job.job).expect("the job is there");
    let named = job_view(&state.at()).model.expect("a model");
    assert_eq!((named.version, named.hash), (1, HASH));
    let now: Model = market.scenario.read(&named.model);
    assert_eq!((now.model_version, now.status()), (2, ModelStatus::Withdrawn));
    assert_invariants(&market);
}

// job-model-1
#[test]
fn what_a_job_names_and_what_a_name_stands_for_is_an_event() {
    let market = Market::new(1);
    let sent = market.send(&[set_ix(&market, &args(NAME, HASH, ModelStatus::Offered))], &[&market.scenario.admin]);
    let model = key_of(&market, NAME);
    let found = events(&sent);
    assert!(
        found.iter().any(|event| matches!(event, Event::ModelSet(set)
            if (set.model, set.version, set.hash, set.status) == (model, 1, HASH, 1))),
        "{found:?}"
    );
    let create = market.place_ix(&market.client, &naming(&market, 1));
    let sent = market.send(&[create], &[&market.client.actor]);
    let found = events(&sent);
    assert!(
        found.iter().any(|event| matches!(event, Event::ModelNamed(named)
            if (named.model, named.version, named.hash) == (model, 1, HASH))),
        "{found:?}"
    );
}
