//! What must hold in every case.

use {
    crate::{
        chain::Chain,
        fault::Plan,
        flows::{Done, End, Face, Flow, fate_now, options, run},
        node::Node,
        plans::Case,
        stage::Stage,
    },
    std::{sync::Arc, time::Duration},
    work_token_sdk::fate::{Expiry, Fate},
};

/// Runs a case with both clients, and says how it ended.
pub fn judge(stage: &Stage, case: &Case) -> String {
    let [blocking, not] = [Face::Blocking, Face::Async].map(|face| {
        let node = Node::new(stage.chain(), case.plan.clone());
        let done = run(stage, &node, case.flow, face);
        hold(case, &node, &done);
        (done, node.world().chain.done())
    });
    assert_eq!(blocking, not, "the clients differ: {case:?}");
    let (done, _) = blocking;
    let anew = if done.noted.len() > 1 { ", signed anew" } else { "" };
    let killed = if done.killed { ", killed" } else { "" };
    let end = format!("{:?}", done.end);
    format!("{}{anew}{killed}", end.split(['(', ' ']).next().unwrap_or_default())
}

fn hold(case: &Case, node: &Arc<Node>, done: &Done) {
    let before = 1;
    // The node is healthy from now on, and time goes on until nothing can land that was sent.
    node.world().plan = Plan::default();
    wait(node, 400);
    let chain: Chain = node.world().chain.clone();
    let landed = chain.done() - before;
    assert!(landed <= 1, "landed {landed} times: {case:?}");
    let in_chain = |signature| chain.blocks.iter().find(|block| block.signature == signature);
    match &done.end {
        End::Landed(signature) => {
            assert!(in_chain(*signature).is_some_and(|block| block.error.is_none()), "it did not land: {case:?}");
        }
        End::Refused => assert_eq!(landed, 0, "it is not refused: {case:?}"),
        End::Absent | End::NotSent(_) => assert_eq!(landed, 0, "it landed: {case:?} {:?}", done.trace),
        End::Unknown | End::Read => {}
    }
    if case.flow == Flow::History {
        assert!(!matches!(done.end, End::Absent | End::Refused), "it landed long ago: {case:?}");
    }
    // Everything that was sent was noted before.
    for sent in &node.world().sent {
        assert!(done.noted.iter().any(|noted| noted.signature == *sent), "{sent} was not noted: {case:?}");
    }
    // A later process learns the truth of whatever was noted.
    for flight in &done.noted {
        match (fate_now(node, flight), in_chain(flight.signature)) {
            (Fate::Landed(landed), Some(block)) => assert_eq!(landed.error, block.error),
            (Fate::Absent, None) => {}
            // The nonce was never spent: it can still land. And of a blockhash from elsewhere that no node
            // showed nobody knows until when it lives.
            (Fate::Unknown(_), None) if case.flow == Flow::Nonce || flight.expiry == Expiry::Unknown => {}
            (fate, truth) => panic!("{fate} is not {truth:?}: {case:?}"),
        }
    }
    let promised = match case.flow {
        // Three signings, each with its blockhash and its note; the simulation and the fees before.
        Flow::Delegate | Flow::DelegateDearly => {
            3 * (options().longest_send() + 2 * options().timeout) + 3 * options().timeout
        }
        Flow::Signed | Flow::Nonce => options().longest_send() + options().timeout,
        // Seven accounts may take seven questions.
        Flow::Read => 9 * options().timeout,
        // Up to four pages.
        Flow::History => 5 * options().timeout,
    };
    assert!(done.took <= promised, "it took {:?}, not {promised:?}: {case:?}", done.took);
}

fn wait(node: &Arc<Node>, slots: u64) {
    node.clock.advance(Duration::from_millis(400) * slots as u32);
    drop(node.world());
}
