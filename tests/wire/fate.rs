//! What becomes of a transaction when the endpoint fails: landed, absent, or unknown, and never two of them.

use {
    crate::scripted::{Scripted, at_slot, result},
    serde_json::{Value, json},
    solana_sdk::signature::Keypair,
    std::{
        sync::atomic::{AtomicU64, Ordering},
        time::Duration,
    },
    work_token_sdk::{
        Hash, ID, Signer, Transport, TransportError, VersionedTransaction, WorkTokenError, ix,
        rpc::{RpcOptions, RpcTransport},
        transactions::Unsigned,
    },
};

/// The block height when the transaction is signed; a blockhash of elsewhere lives for 150 more.
const HEIGHT: u64 = 1_000;

fn transaction() -> VersionedTransaction {
    let key = Keypair::new_from_array([1; 32]);
    let unpause = ix::unpause(&ID, key.pubkey());
    Unsigned::new(&[unpause], &key.pubkey(), Hash::new_from_array([3; 32])).sign(&[&key]).expect("it signs")
}

fn signature() -> String {
    transaction().signatures[0].to_string()
}

fn quick(url: &str) -> RpcTransport {
    giving_up_after(url, Duration::from_secs(60))
}

fn giving_up_after(url: &str, give_up_after: Duration) -> RpcTransport {
    let (poll, rebroadcast) = (Duration::from_millis(10), Duration::from_millis(30));
    RpcTransport::with_options(url, RpcOptions { poll, rebroadcast, give_up_after, ..RpcOptions::default() })
}

/// An endpoint that takes the transaction; `status` is what it knows of it and `height` its final block
/// height.
fn endpoint(
    status: impl Fn(&Value) -> Option<Value> + Send + Sync + 'static,
    height: impl Fn() -> u64 + Send + Sync + 'static,
) -> Scripted {
    Scripted::start(move |method, params| {
        Some(match method {
            "simulateTransaction" => at_slot(HEIGHT, &json!({ "err": null, "logs": [], "unitsConsumed": 300 })),
            "sendTransaction" => result(&json!(signature())),
            "isBlockhashValid" => at_slot(HEIGHT, &json!(true)),
            "getEpochInfo" => epoch_info(height()),
            "getSignatureStatuses" => at_slot(HEIGHT + 250, &json!([status(params)?])),
            "getTransaction" => result(&landed_with(json!(null))),
            other => panic!("nobody asks for {other}"),
        })
    })
}

/// Block and slot of an equal number: no slot was skipped.
fn epoch_info(height: u64) -> String {
    result(&json!({ "absoluteSlot": height, "blockHeight": height, "epoch": 1, "slotIndex": 1, "slotsInEpoch": 9 }))
}

fn confirmed(error: Value) -> Value {
    let status = if error.is_null() { json!({ "Ok": null }) } else { json!({ "Err": error }) };
    json!({ "slot": 9, "confirmations": 3, "status": status, "err": error, "confirmationStatus": "confirmed" })
}

fn landed_with(error: Value) -> Value {
    let status = if error.is_null() { json!({ "Ok": null }) } else { json!({ "Err": error }) };
    json!({
        "slot": 9,
        "blockTime": 1,
        "transaction": ["", "base64"],
        "meta": {
            "err": error,
            "status": status,
            "fee": 5_000,
            "preBalances": [],
            "postBalances": [],
            "innerInstructions": null,
            "logMessages": [format!("Program {ID} failed: custom program error: 0x18ac")],
            "computeUnitsConsumed": 321,
        },
    })
}

#[test]
fn a_transaction_that_no_block_can_contain_any_more_and_none_does_is_absent() {
    let asked = AtomicU64::new(0);
    let height = move || HEIGHT + 40 * asked.fetch_add(1, Ordering::Relaxed);
    let endpoint = endpoint(|_| Some(Value::Null), height);
    match quick(&endpoint.url).send(&transaction()) {
        Err(TransportError::Absent { signature }) => assert_eq!(signature, transaction().signatures[0]),
        other => panic!("not absent: {other:?}"),
    }
    let broadcasts = endpoint.asked("sendTransaction");
    assert!(broadcasts.iter().all(|params| params[0] == broadcasts[0][0]), "always the same signed bytes");
    assert!(broadcasts.iter().all(|params| params[1]["skipPreflight"] == true && params[1]["maxRetries"] == 0));
    let looks = endpoint.asked("getSignatureStatuses");
    let history: Vec<bool> = looks.iter().map(|params| params[1]["searchTransactionHistory"] == true).collect();
    assert_eq!(history.iter().filter(|searched| **searched).count(), 1);
    assert_eq!(history.last(), Some(&true), "the last look goes into the history");
}

#[test]
fn a_transaction_found_in_the_history_after_its_last_block_has_landed() {
    let status = |params: &Value| match params[1]["searchTransactionHistory"] == true {
        true => Some(confirmed(json!(null))),
        false => Some(Value::Null),
    };
    let asked = AtomicU64::new(0);
    let endpoint = endpoint(status, move || HEIGHT + 200 * asked.fetch_add(1, Ordering::Relaxed));
    let outcome = quick(&endpoint.url).send(&transaction()).expect("it landed");
    assert_eq!((outcome.signature.to_string(), outcome.compute_units), (signature(), 321));
}

#[test]
fn it_is_broadcast_again_until_it_lands() {
    let looks = AtomicU64::new(0);
    let status = move |_: &Value| match looks.fetch_add(1, Ordering::Relaxed) {
        0..12 => Some(Value::Null),
        _ => Some(confirmed(json!(null))),
    };
    let endpoint = endpoint(status, || HEIGHT);
    assert!(quick(&endpoint.url).send(&transaction()).is_ok());
    assert!(endpoint.asked("sendTransaction").len() >= 2);
}

#[test]
fn while_it_is_only_processed_it_has_not_landed() {
    let mut processed = confirmed(json!(null));
    processed["confirmationStatus"] = json!("processed");
    let endpoint = endpoint(move |_| Some(processed.clone()), || HEIGHT);
    let hasty = giving_up_after(&endpoint.url, Duration::from_millis(300));
    assert!(matches!(hasty.send(&transaction()), Err(TransportError::Unknown { .. })));
}

#[test]
fn when_the_endpoint_dies_after_the_broadcast_its_fate_is_unknown() {
    let endpoint = endpoint(|_| None, || HEIGHT);
    let hasty = giving_up_after(&endpoint.url, Duration::from_millis(300));
    let error = hasty.send(&transaction()).expect_err("nobody knows");
    assert!(matches!(error, TransportError::Unknown { .. }));
    let text = error.to_string();
    assert!(text.contains("may or may not have landed") && text.contains(&signature()), "{text}");
}

#[test]
fn a_transaction_that_landed_with_an_error_is_refused_with_its_log() {
    let error = json!({ "InstructionError": [0, { "Custom": 6_316 }] });
    let endpoint = endpoint(move |_| Some(confirmed(error.clone())), || HEIGHT);
    match quick(&endpoint.url).send(&transaction()) {
        Err(TransportError::Refused(refusal)) => {
            assert_eq!(refusal.work_token_error(), Some(WorkTokenError::NothingToClaim));
            assert_eq!(refusal.program(), Some(ID));
        }
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn what_the_simulation_refuses_is_never_sent() {
    let endpoint = Scripted::start(|method, _| {
        Some(match method {
            "isBlockhashValid" => at_slot(HEIGHT, &json!(true)),
            "getEpochInfo" => epoch_info(HEIGHT),
            "simulateTransaction" => {
                let error = json!({ "InstructionError": [0, { "Custom": 6_205 }] });
                at_slot(1, &json!({ "err": error, "logs": [], "unitsConsumed": 9 }))
            }
            other => panic!("nobody asks for {other}"),
        })
    });
    match quick(&endpoint.url).send(&transaction()) {
        Err(TransportError::Refused(refusal)) => assert_eq!(refusal.work_token_error(), Some(WorkTokenError::Paused)),
        other => panic!("not refused: {other:?}"),
    }
    assert!(endpoint.asked("sendTransaction").is_empty());
}

#[test]
fn no_read_is_older_than_the_one_before() {
    let endpoint = Scripted::start(|method, _| {
        Some(match method {
            "getMultipleAccounts" => at_slot(4_321, &json!([null])),
            other => panic!("nobody asks for {other}"),
        })
    });
    let chain = quick(&endpoint.url);
    for _ in 0..2 {
        assert_eq!(chain.accounts(&[ID]).expect("it answers"), [None]);
    }
    let asked = endpoint.asked("getMultipleAccounts");
    let asked: Vec<Value> = asked.iter().map(|params| params[1]["minContextSlot"].clone()).collect();
    assert_eq!(asked, [Value::Null, json!(4_321)]);
}
