//! What a keeper reads and looks at in a large network: counted, over real accounts of the embedded chain
//! that were copied as often as it takes.

use {
    super::{Ask, Batches, Snapshot, Work, plan, table::looks_of},
    std::collections::BTreeMap,
    work_token_localnet::large::{LOTS, POSITIONS, PROVIDERS, large},
    work_token_sdk::{
        ix,
        state::{Delegation, Network, Provider},
    },
};

fn kinds(steps: &[super::Step]) -> BTreeMap<&'static str, usize> {
    let mut kinds = BTreeMap::new();
    for step in steps {
        *kinds.entry(step.work.name()).or_default() += 1;
    }
    kinds
}

#[test]
fn a_keeper_of_a_full_network_reads_what_is_due_and_nothing_of_others() {
    let (chain, network) = large(PROVIDERS, POSITIONS);
    let snapshot = Snapshot::look(&chain, &network, &Ask::default()).unwrap();
    let (requests, bytes) = chain.cost();
    let steps = plan(&snapshot, Batches::of(true));
    assert_eq!(kinds(&steps), BTreeMap::from([("settle", PROVIDERS.div_ceil(24))]), "epoch 1 is to be settled");
    let read = (chain.read_of::<Provider>(), chain.read_of::<Delegation>());
    // Lots that no index has an end for yet cannot pay: their positions are not asked for.
    assert_eq!(read, (PROVIDERS, 0));
    let rest = bytes - PROVIDERS * Provider::SIZE;
    assert!(requests <= 9 && rest < 32_768, "{requests} requests, {rest} bytes beside the providers");

    // What is asked when nothing is due, however many there are.
    let mut idle = chain;
    idle.settle_all();
    idle.cost();
    let snapshot = Snapshot::look(&idle, &network, &Ask::default()).unwrap();
    let (requests, bytes) = idle.cost();
    assert!(plan(&snapshot, Batches::of(true)).is_empty());
    assert_eq!((requests, idle.read_of::<Provider>(), idle.read_of::<Delegation>()), (3, 0, 0));
    assert!(bytes < 8_192, "{bytes}");
}

#[test]
fn only_positions_with_a_lot_that_may_pay_are_read() {
    let (mut chain, network) = large(PROVIDERS, POSITIONS);
    chain.earn();
    chain.cost();
    let snapshot = Snapshot::look(&chain, &network, &Ask { all: true, ..Ask::default() }).unwrap();
    let (requests, _) = chain.cost();
    let steps = plan(&snapshot, Batches::of(true));
    let activations = steps.iter().filter(|step| matches!(step.work, Work::Activate(_))).count();
    assert_eq!((activations, chain.read_of::<Delegation>()), (LOTS, LOTS), "{:?}", kinds(&steps));
    assert!(requests <= 13, "{requests}");
    assert_eq!(snapshot.network.epoch_at(chain.now_ts).0, 2);
    let _: &Network = &snapshot.network;
}

#[test]
fn what_a_plan_looks_at_grows_with_what_there_is_and_not_with_its_square() {
    let looks = |providers: usize, positions: usize| {
        let (chain, network) = large(providers, positions);
        let ask = Ask { all: true, all_lots: true, ..Ask::default() };
        let snapshot = Snapshot::look(&chain, &network, &ask).unwrap();
        let (steps, looks) = looks_of(|| plan(&snapshot, Batches::of(true)));
        let ((), more) = looks_of(|| {
            for step in &steps {
                let keeper = ix::Keeper { keeper: network, account: None };
                assert!(step.instruction(&snapshot, keeper).is_some());
            }
        });
        looks + more
    };
    let (small, large) = (looks(256, 5_000), looks(512, 10_000));
    assert!(large <= small * 2 + 100, "{small} looks, then {large} for twice as much");
    assert!(large <= 8 * (512 + 10_000), "{large}");
}

#[test]
fn what_is_due_is_named_by_its_steps_and_what_each_look_costs_is_counted() {
    let (mut chain, network) = large(PROVIDERS, POSITIONS);
    let look = |chain: &work_token_localnet::large::Copied, all: bool| {
        chain.cost();
        let due = crate::due(chain, &network, all).unwrap();
        (due, chain.cost())
    };
    let settling = Some(&PROVIDERS.div_ceil(24));
    let (some, all) = (look(&chain, false), look(&chain, true));
    assert_eq!((some.0.get("settle"), all.0.get("settle")), (settling, settling), "{some:?} {all:?}");
    assert!(some.1.0 <= all.1.0 && some.1.1 <= all.1.1, "{some:?} {all:?}");
    chain.settle_all();
    let idle = look(&chain, false);
    assert!(idle.0.is_empty() && idle.1.0 == 3 && idle.1.1 < 8_192, "{idle:?}");
    chain.earn();
    let lots = look(&chain, true);
    assert_eq!(lots.0.get("activate"), Some(&LOTS), "{lots:?}");
}
