//! A batch over a wire that fails: what landed did so once, and whatever is told of it is true.

use {
    crate::proxy::{self, WIRES, Wire},
    rand::{Rng, SeedableRng, seq::IndexedRandom},
    rand_chacha::ChaCha8Rng,
    std::time::{Duration, Instant},
    work_token_localnet::{Actor, Scenario, ScenarioOptions, TOKEN, delegate_ix},
    work_token_sdk::{
        PositionAddresses, Transport, TransportError, VersionedTransaction,
        fate::Fate,
        rpc::{RpcOptions, RpcTransport},
        transactions::Unsigned,
    },
    work_token_tests::node::Node,
};

struct Stage {
    node: Node,
    alice: Actor,
    position: PositionAddresses,
}

impl Stage {
    fn new() -> Self {
        let scenario = Scenario::start(&ScenarioOptions::default()).expect("the embedded chain starts");
        let owner = scenario.actor("owner", 30_000 * TOKEN);
        let alice = scenario.actor("alice", 100_000 * TOKEN);
        let provider = scenario.register(&owner, 1_000, 20_000 * TOKEN).expect("he registers");
        let position = provider.position(alice.address());
        let node = Node::start(scenario.chain);
        node.state().is_steady = true;
        Self { node, alice, position }
    }

    /// So many delegations, each of another amount, under one blockhash.
    fn batch(&self, many: u64) -> Vec<VersionedTransaction> {
        let blockhash = well(&self.node.url).latest_blockhash().expect("the node answers");
        let sign = |number: u64| {
            let delegate = delegate_ix(&self.position, self.alice.tokens, 300 * TOKEN + number);
            let unsigned = Unsigned::new(&[delegate], &self.alice.address(), blockhash);
            unsigned.sign(&[&self.alice.key]).expect("she signs")
        };
        (0..many).map(sign).collect()
    }
}

fn well(url: &str) -> RpcTransport {
    RpcTransport::with_options(url, options())
}

fn options() -> RpcOptions {
    RpcOptions {
        timeout: Duration::from_secs(2),
        poll: Duration::from_millis(20),
        rebroadcast: Duration::from_millis(100),
        give_up_after: Duration::from_secs(15),
        ..RpcOptions::default()
    }
}

/// Holds what was answered against what the node knows.
fn hold(
    stage: &Stage,
    batch: &[VersionedTransaction],
    answers: &[Result<work_token_sdk::transport::Outcome, TransportError>],
) {
    let landed = stage.node.state().landed();
    let in_chain = |transaction: &VersionedTransaction| {
        let signature = transaction.signatures[0].to_string();
        landed.iter().filter(|known| **known == signature).count()
    };
    assert!(batch.iter().all(|transaction| in_chain(transaction) <= 1), "something landed twice");
    for (transaction, answer) in batch.iter().zip(answers) {
        match answer {
            Ok(outcome) => {
                assert_eq!(outcome.signature, transaction.signatures[0], "the answers are in order");
                assert_eq!(in_chain(transaction), 1, "it is said to have landed");
            }
            Err(TransportError::Unknown { signature, .. }) => assert_eq!(*signature, transaction.signatures[0]),
            Err(error) => assert_eq!(in_chain(transaction), 0, "it landed, though: {error}"),
        }
    }
    // What has no answer was not begun.
    for transaction in &batch[answers.len()..] {
        assert_eq!(in_chain(transaction), 0, "nobody was told of it");
    }
}

#[test]
fn a_batch_over_a_wire_that_fails_at_random_lands_once_each_and_is_told_truly() {
    let mut landed = 0;
    for seed in 0..6 {
        let stage = Stage::new();
        let batch = stage.batch(24);
        let url = proxy::before(&stage.node.url, move |number, _| {
            let mut random = ChaCha8Rng::seed_from_u64(seed * 1_000_000 + number as u64);
            let fails = random.random_bool(0.08 * seed as f64);
            if fails { *WIRES.choose(&mut random).expect("there are some") } else { Wire::Well }
        });
        let answers = well(&url).send_all(&batch);
        hold(&stage, &batch, &answers);
        landed += answers.iter().filter(|answer| answer.is_ok()).count();
    }
    assert!(landed > 24, "only {landed} landed at all");
}

#[test]
fn a_batch_whose_answers_are_lost_for_a_while_is_found_landed() {
    for wire in [Wire::LostAfter, Wire::Garbled, Wire::Cut, Wire::Slow, Wire::Drip, Wire::Busy] {
        let stage = Stage::new();
        let batch = stage.batch(8);
        for method in ["sendTransaction", "getSignatureStatuses"] {
            let once = std::sync::Mutex::new(0);
            let url = proxy::before(&stage.node.url, move |_, asked| {
                let mut once = once.lock().expect("nobody panics here");
                *once += u32::from(asked == method);
                if asked == method && *once <= 4 { wire } else { Wire::Well }
            });
            let answers = well(&url).send_all(&batch);
            hold(&stage, &batch, &answers);
            assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 8, "{wire:?} at {method}: {answers:?}");
        }
    }
}

#[test]
fn an_answer_that_drips_is_given_up_when_it_was_promised_and_nothing_is_sent() {
    let stage = Stage::new();
    let batch = stage.batch(3);
    for wire in [Wire::Drip, Wire::GarbledBefore] {
        let url = proxy::before(&stage.node.url, move |_, _| wire);
        let begun = Instant::now();
        let answers = well(&url).send_all(&batch);
        assert!(begun.elapsed() < Duration::from_secs(10), "{wire:?}: {:?}", begun.elapsed());
        hold(&stage, &batch, &answers);
        assert!(answers.iter().all(Result::is_err) && stage.node.state().sends == 0, "{wire:?}: {answers:?}");
        let flight = work_token_sdk::InFlight::unknown(batch[0].signatures[0]);
        assert!(!matches!(well(&url).fate(&flight), Ok(Fate::Landed(_) | Fate::Absent)), "{wire:?}");
    }
}
