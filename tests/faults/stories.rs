//! Single faults, each with the one end that it must have.

use {
    crate::{
        fault::{Fault, Moment, Plan},
        flows::{End, Face, Flow, fate_now, options, run, transport},
        node::Node,
        stage::Stage,
    },
    std::time::Duration,
    work_token_sdk::{Transport, fate::Fate, rpc::Clock},
};

/// Runs a flow while a method fails so often, and tells the end, how often the method was asked, and how long
/// it took.
fn during(flow: Flow, method: &'static str, fault: Fault, times: u32) -> (End, usize, Duration) {
    let stage = Stage::new();
    let moments = vec![Moment { fault, method: Some(method), from: 0, times }];
    let ends = [Face::Blocking, Face::Async].map(|face| {
        let node = Node::new(stage.chain(), Plan { moments: moments.clone(), ..Plan::default() });
        let done = run(&stage, &node, flow, face);
        let asked = done.trace.iter().filter(|asked| *asked == method).count();
        (done.end, asked, done.took)
    });
    assert_eq!(ends[0], ends[1]);
    let [end, _] = ends;
    end
}

#[test]
fn a_blockhash_that_is_not_known_yet_is_asked_for_again_and_nothing_is_called_absent() {
    for times in 1..6 {
        let (end, ..) =
            during(Flow::Delegate, "simulateTransaction", Fault::SimulationSays("BlockhashNotFound"), times);
        assert!(matches!(end, End::Landed(_)), "{times}: {end:?}");
    }
    let (end, ..) = during(Flow::Delegate, "simulateTransaction", Fault::SimulationSays("BlockhashNotFound"), u32::MAX);
    assert_eq!(end, End::NotSent("unreachable"));
    let (end, asked, took) =
        during(Flow::Signed, "simulateTransaction", Fault::SimulationSays("BlockhashNotFound"), u32::MAX);
    assert_eq!(end, End::NotSent("unreachable"));
    assert!(asked > 3 && took > Duration::from_secs(10) && took <= options().timeout, "{asked} times in {took:?}");
}

#[test]
fn an_endpoint_that_is_ill_is_asked_again_and_one_that_refuses_is_not() {
    for ill in [429, 500, 502, 503, 504] {
        let (end, asked, _) = during(Flow::Read, "getMultipleAccounts", Fault::Status(ill, None), 3);
        assert_eq!((end, asked), (End::Read, 5), "{ill}");
    }
    for refused in [401, 403, 404, 410, 501] {
        let (end, asked, took) = during(Flow::Delegate, "getLatestBlockhash", Fault::Status(refused, None), 3);
        assert_eq!((end, asked, took), (End::NotSent("denied"), 1, Duration::ZERO), "{refused}");
    }
    for refused in [-32_601, -32_602, -32_600, -32_700] {
        let (end, asked, took) = during(Flow::Delegate, "getLatestBlockhash", Fault::Code(refused), 3);
        assert_eq!((end, asked, took), (End::NotSent("denied"), 1, Duration::ZERO), "{refused}");
    }
}

#[test]
fn a_wait_that_is_asked_for_is_kept_up_to_the_patience() {
    let wait = |secs| during(Flow::Read, "getProgramAccounts", Fault::Status(429, Some(secs)), 1);
    let (end, asked, took) = wait("20");
    assert_eq!((end, asked, took), (End::Read, 2, Duration::from_secs(20)));
    for too_long in ["31", "60", "1000000000"] {
        let (end, asked, took) = wait(too_long);
        assert_eq!((end, asked, took), (End::NotSent("unreachable"), 1, Duration::ZERO), "{too_long}");
    }
}

#[test]
fn a_limit_on_accounts_is_met_by_smaller_questions() {
    for (fault, questions) in
        [(Fault::Limit(5), 1 + 2 + 1), (Fault::ShortAnswer(5), 1 + 2 + 1), (Fault::Limit(1), 1 + 1 + 1 + 7 + 1)]
    {
        let (end, asked, _) = during(Flow::Read, "getMultipleAccounts", fault, u32::MAX);
        assert_eq!((end, asked), (End::Read, questions), "{fault:?}");
    }
}

#[test]
fn machines_that_lag_behind_one_another_are_the_normal_case() {
    for fault in [Fault::Behind(5), Fault::BehindAndDeaf(5), Fault::Behind(40)] {
        for method in ["getSignatureStatuses", "getLatestBlockhash", "simulateTransaction", "getEpochInfo"] {
            let (end, ..) = during(Flow::Delegate, method, fault, 4);
            assert!(matches!(end, End::Landed(_)), "{fault:?} {method}: {end:?}");
        }
    }
}

#[test]
fn a_node_that_reports_no_units_or_no_status_of_its_own_hides_nothing() {
    for field in ["unitsConsumed", "logs", "confirmations"] {
        let (end, ..) = during(Flow::Delegate, "simulateTransaction", Fault::Null(field), u32::MAX);
        assert!(matches!(end, End::Landed(_)), "{field}: {end:?}");
    }
    let (end, ..) = during(Flow::Delegate, "getSignatureStatuses", Fault::Null("confirmationStatus"), u32::MAX);
    assert_eq!(end, End::Unknown);
}

#[test]
fn what_is_swallowed_for_a_blockhash_s_whole_life_is_signed_anew_and_only_then() {
    let (end, ..) = during(Flow::Delegate, "sendTransaction", Fault::Swallowed, 40);
    assert!(matches!(end, End::Landed(_)), "{end:?}");
    let (end, ..) = during(Flow::Signed, "sendTransaction", Fault::Swallowed, u32::MAX);
    assert_eq!(end, End::Absent);
    let (end, ..) = during(Flow::Nonce, "sendTransaction", Fault::Swallowed, u32::MAX);
    assert_eq!(end, End::Unknown, "a nonce lives for ever");
}

#[test]
fn no_read_asks_for_a_slot_that_was_only_processed() {
    let stage = Stage::new();
    let node = Node::new(stage.chain(), Plan::default());
    let chain = transport(&node);
    // Its answer is of the slot that the node is processing.
    chain.fate(&stage.old_flight()).expect("a healthy endpoint answers");
    chain.accounts(&stage.keys()).expect("a healthy endpoint answers");
    chain.latest_blockhash().expect("a healthy endpoint answers");
    assert_eq!(node.clock.now(), Duration::ZERO, "nobody had to wait");
}

#[test]
fn where_it_is_forbidden_to_ask_nobody_asks_for_less() {
    for (fault, questions) in [(Fault::Status(403, None), 1), (Fault::Code(-32_601), 1), (Fault::Status(413, None), 4)]
    {
        let (end, asked, _) = during(Flow::Read, "getMultipleAccounts", fault, u32::MAX);
        assert_eq!((end, asked), (End::NotSent("denied"), questions), "{fault:?}");
    }
}

#[test]
fn what_a_nonce_was_to_carry_is_absent_once_something_else_has_spent_it_for_good() {
    let stage = Stage::new();
    let node = Node::new(stage.chain(), Plan::default());
    let flight = stage.nonced_flight();
    assert!(matches!(fate_now(&node, &flight), Fate::Unknown(_)), "the nonce stands");
    node.world().chain.forward(stage.rival(), 0);
    node.clock.advance(Duration::from_secs(2));
    assert!(matches!(fate_now(&node, &flight), Fate::Unknown(_)), "a fork may give it back");
    node.clock.advance(Duration::from_secs(20));
    assert_eq!(fate_now(&node, &flight), Fate::Absent);
}

#[test]
fn what_is_older_than_all_that_an_endpoint_keeps_is_unknown_and_said_to_be() {
    let stage = Stage::new();
    for fault in [Fault::YoungHistory(100), Fault::NoHistory] {
        let moments = vec![Moment { fault, method: None, from: 0, times: u32::MAX }];
        let node = Node::new(stage.chain(), Plan { moments, ..Plan::default() });
        let Fate::Unknown(reason) = fate_now(&node, &stage.old_flight()) else { panic!("nobody can know: {fault:?}") };
        assert!(reason.contains("begins at slot") || reason.contains("keeps no history"), "{reason}");
    }
}
