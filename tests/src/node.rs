//! A JSON-RPC node on loopback over the embedded chain. It can be blind for what it was sent, forget it, or
//! let a blockhash's whole life pass at once.

use {
    crate::http,
    base64::{Engine, prelude::BASE64_STANDARD},
    serde_json::{Value, json},
    solana_sdk::{hash::Hash, pubkey::Pubkey, transaction::VersionedTransaction},
    std::{
        sync::{Arc, Mutex, MutexGuard, PoisonError},
        time::Instant,
    },
    work_token_localnet::Localnet,
    work_token_sdk::{
        Signature, Transport, TransportError,
        transport::{Filter, RawAccount},
    },
};

/// What the node does with what it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It lands.
    Well,
    /// It lands, and the node knows nothing of it.
    Blind,
    /// It is forgotten.
    Forgetful,
}

struct Landed {
    signature: String,
    slot: u64,
    error: Value,
    logs: Vec<String>,
    wire: String,
}

/// The node's state.
pub struct State {
    chain: Localnet,
    pub mood: Mood,
    pub genesis: u8,
    /// What lands takes no time, so that a blockhash lives on.
    pub is_steady: bool,
    /// What lands is refused there.
    pub refuses: bool,
    /// Slots that passed besides those of the clock.
    passed: u64,
    /// How often something was sent.
    pub sends: usize,
    /// What was sent last.
    pub last: Option<VersionedTransaction>,
    landed: Vec<Landed>,
    begun: Instant,
}

// The embedded chain is used by one thread at a time, behind the mutex.
struct Shared(Mutex<State>);

/// A node; it ends with the process.
#[derive(Clone)]
pub struct Node {
    pub url: String,
    state: Arc<Shared>,
}

impl Node {
    pub fn start(chain: Localnet) -> Self {
        let state = State {
            chain,
            mood: Mood::Well,
            genesis: 1,
            is_steady: false,
            refuses: false,
            passed: 10_000,
            sends: 0,
            last: None,
            landed: Vec::new(),
            begun: Instant::now(),
        };
        let state = Arc::new(Shared(Mutex::new(state)));
        let serving = Arc::clone(&state);
        let url = http::serve(move |request| {
            let mut state = serving.0.lock().unwrap_or_else(PoisonError::into_inner);
            let method = request["method"].as_str().unwrap_or_default();
            http::Answer::Body(http::result(request, &state.answer(method, &request["params"])))
        });
        Self { url, state }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn be(&self, mood: Mood) {
        self.state().mood = mood;
    }
}

fn transaction(params: &Value) -> VersionedTransaction {
    let bytes = BASE64_STANDARD.decode(params[0].as_str().unwrap_or_default()).expect("base64");
    bincode::deserialize(&bytes).expect("a transaction")
}

fn account(account: &RawAccount) -> Value {
    json!({
        "lamports": account.lamports,
        "owner": account.owner.to_string(),
        "data": [BASE64_STANDARD.encode(&account.data), "base64"],
        "executable": false,
        "rentEpoch": 0,
        "space": account.data.len(),
    })
}

impl State {
    fn slot(&self) -> u64 {
        self.passed + (self.begun.elapsed().as_millis() / 400) as u64
    }

    fn at_slot(&self, value: &Value) -> Value {
        json!({ "context": { "slot": self.slot() }, "value": value })
    }

    /// Lets slots pass, with the life of a blockhash.
    pub fn pass(&mut self, slots: u64) {
        self.passed += slots;
        self.chain.advance(1);
    }

    /// So many landed and did what they say.
    pub fn done(&self) -> usize {
        self.landed.iter().filter(|landed| landed.error.is_null()).count()
    }

    /// The signatures of what landed and did what it says, in order.
    pub fn landed(&self) -> Vec<String> {
        self.landed.iter().filter(|landed| landed.error.is_null()).map(|landed| landed.signature.clone()).collect()
    }

    fn answer(&mut self, method: &str, params: &Value) -> Value {
        let key = |value: &Value| value.as_str().unwrap_or_default().parse::<Pubkey>().expect("an address");
        match method {
            "getGenesisHash" => json!(Hash::new_from_array([self.genesis; 32]).to_string()),
            "getMultipleAccounts" => {
                let keys: Vec<Pubkey> = params[0].as_array().expect("a list").iter().map(key).collect();
                let found = self.chain.accounts(&keys).expect("the embedded chain answers");
                let found: Vec<Value> = found.iter().map(|found| found.as_ref().map_or(Value::Null, account)).collect();
                self.at_slot(&json!(found))
            }
            "getProgramAccounts" => {
                let found = self.chain.program_accounts(&key(&params[0]), &Filter::default());
                let found = found.expect("the embedded chain answers");
                let rows: Vec<Value> = found
                    .iter()
                    .map(|(key, found)| json!({ "pubkey": key.to_string(), "account": account(found) }))
                    .collect();
                self.at_slot(&json!(rows))
            }
            "getLatestBlockhash" => {
                let blockhash = self.chain.latest_blockhash().expect("the embedded chain answers");
                let last = self.slot() + 150;
                self.at_slot(&json!({ "blockhash": blockhash.to_string(), "lastValidBlockHeight": last }))
            }
            "simulateTransaction" => {
                let simulated = match self.chain.simulate(&transaction(params)) {
                    Ok(outcome) => json!({ "err": null, "logs": outcome.logs, "unitsConsumed": outcome.compute_units }),
                    Err(TransportError::Refused(refusal)) => json!({ "err": refusal.error, "logs": refusal.logs }),
                    Err(other) => panic!("the embedded chain answers: {other}"),
                };
                self.at_slot(&simulated)
            }
            "sendTransaction" => self.take(&transaction(params), params),
            "getSignatureStatuses" => {
                let wanted = params[0].as_array().expect("a list");
                let found: Vec<Value> = wanted.iter().map(|wanted| self.status(wanted)).collect();
                self.at_slot(&json!(found))
            }
            "getTransaction" => self.recorded(&params[0]),
            "getEpochInfo" => {
                let slot = if params[0]["commitment"] == "finalized" { self.slot() - 32 } else { self.slot() };
                json!({ "absoluteSlot": slot, "blockHeight": slot, "epoch": 1, "slotIndex": 1, "slotsInEpoch": 9 })
            }
            "getRecentPrioritizationFees" => json!([{ "slot": 1, "prioritizationFee": 7_000 }]),
            "getFirstAvailableBlock" => json!(0),
            "getBlocks" => json!([params[1]]),
            "isBlockhashValid" => self.at_slot(&json!(true)),
            "getBlock" => json!({ "signatures": [Signature::from([5; 64]).to_string()] }),
            other => panic!("nobody asks for {other}"),
        }
    }

    fn take(&mut self, sent: &VersionedTransaction, params: &Value) -> Value {
        let signature = sent.signatures[0].to_string();
        self.sends += 1;
        self.last = Some(sent.clone());
        if self.mood != Mood::Forgetful && self.landed.iter().all(|landed| landed.signature != signature) {
            let (error, logs) = if self.refuses {
                (json!({ "InstructionError": [2, { "Custom": 6_316 }] }), Vec::new())
            } else {
                match self.chain.send(sent) {
                    Ok(outcome) => (Value::Null, outcome.logs),
                    Err(TransportError::Refused(refusal)) => (json!(refusal.error), refusal.logs),
                    Err(other) => panic!("the embedded chain answers: {other}"),
                }
            };
            let wire = params[0].as_str().unwrap_or_default().to_owned();
            self.landed.push(Landed { signature: signature.clone(), slot: self.slot(), error, logs, wire });
            if !self.is_steady {
                self.chain.advance(1);
            }
        }
        json!(signature)
    }

    fn seen(&self, wanted: &Value) -> Option<&Landed> {
        self.landed
            .iter()
            .find(|landed| self.mood != Mood::Blind && landed.signature == wanted.as_str().unwrap_or_default())
    }

    fn status(&self, wanted: &Value) -> Value {
        if *wanted == Signature::from([5; 64]).to_string() {
            return json!({ "slot": 0, "confirmations": null, "err": null, "status": { "Ok": null }, "confirmationStatus": "finalized" });
        }
        self.seen(wanted).map_or(Value::Null, |landed| {
            let old = if landed.error.is_null() { json!({ "Ok": null }) } else { json!({ "Err": landed.error }) };
            json!({ "slot": landed.slot, "confirmations": 1, "err": landed.error, "status": old, "confirmationStatus": "confirmed" })
        })
    }

    fn recorded(&self, wanted: &Value) -> Value {
        self.seen(wanted).map_or(Value::Null, |landed| {
            json!({
                "slot": landed.slot,
                "blockTime": null,
                "transaction": [landed.wire, "base64"],
                "meta": { "err": landed.error, "fee": 5_000, "logMessages": landed.logs, "computeUnitsConsumed": 9_999 },
            })
        })
    }
}
