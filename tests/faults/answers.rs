//! What a replica answers: the methods that the SDK asks for, as of the slot that it has reached.

use {
    crate::{
        chain::{Block, Level, blockhash, height},
        fault::Fault,
        world::World,
    },
    base64::{Engine, prelude::BASE64_STANDARD},
    serde_json::{Value, json},
    solana_sdk::{
        account::Account,
        transaction::{TransactionError, VersionedTransaction},
    },
    work_token_sdk::{Hash, Pubkey, Signature},
};

/// One of the nodes behind the address.
pub struct Replica {
    fault: Option<Fault>,
    behind: u64,
    deaf: bool,
    /// How many slots ago its first block is; `None` where it keeps no history.
    history: Option<u64>,
}

impl Replica {
    /// The replica that a fault is about.
    pub fn with(fault: Option<Fault>) -> Self {
        let mut replica = Self { fault, behind: 0, deaf: false, history: Some(u64::MAX) };
        match fault {
            Some(Fault::Behind(slots)) => replica.behind = slots,
            Some(Fault::BehindAndDeaf(slots)) => (replica.behind, replica.deaf) = (slots, true),
            Some(Fault::NoHistory) => replica.history = None,
            Some(Fault::YoungHistory(slots)) => replica.history = Some(slots),
            _ => {}
        }
        replica
    }
}

/// The transaction of a request to send or to simulate one.
pub fn sent_in(params: &Value) -> Option<VersionedTransaction> {
    let bytes = BASE64_STANDARD.decode(params[0].as_str()?).ok()?;
    bincode::deserialize(&bytes).ok()
}

struct View<'a> {
    world: &'a World,
    replica: &'a Replica,
    tip: u64,
    slot: u64,
}

/// The answer, an error or a result.
pub fn answer(world: &World, replica: &Replica, method: &str, params: &Value) -> Value {
    let tip = world.chain.tip() - replica.behind;
    let config = params.as_array().and_then(|params| params.iter().rfind(|param| param.is_object()));
    let level = Level::of(config.and_then(|config| config["commitment"].as_str()));
    let slot = tip - level.depth();
    let least = config.and_then(|config| config["minContextSlot"].as_u64());
    if least.is_some_and(|least| slot < least) && !replica.deaf {
        return failure(-32_016, "Minimum context slot has not been reached");
    }
    let view = View { world, replica, tip, slot };
    let result = match method {
        "getMultipleAccounts" => view.accounts(params),
        "getProgramAccounts" => view.program_accounts(params),
        "getLatestBlockhash" => Ok(view.latest_blockhash()),
        "simulateTransaction" => view.simulate(params),
        "sendTransaction" => Ok(json!(sent_in(params).map(|sent| sent.signatures[0].to_string()))),
        "getSignatureStatuses" => view.statuses(params),
        "getTransaction" => Ok(view.transaction(params, level)),
        "getSignaturesForAddress" => view.signatures(params),
        "getEpochInfo" => Ok(view.epoch_info()),
        "isBlockhashValid" => Ok(view.at(slot, &json!(view.knows(params)))),
        "getBlocks" => view.blocks(params),
        "getBlock" => view.block(params),
        "getBlockHeight" => Ok(json!(height(slot))),
        "getFirstAvailableBlock" => Ok(json!(view.first_available().unwrap_or(tip))),
        "getGenesisHash" => Ok(json!(Hash::new_from_array([7; 32]).to_string())),
        "getRecentPrioritizationFees" => Ok(json!([{ "slot": tip, "prioritizationFee": 1_000 }])),
        other => panic!("nobody asks for {other}"),
    };
    result.map_or_else(|failure| failure, |result| json!({ "result": result }))
}

/// What stands in every block.
fn vote(slot: u64) -> Signature {
    let mut bytes = [200; 64];
    bytes[..8].copy_from_slice(&slot.to_le_bytes());
    Signature::from(bytes)
}

fn exists(slot: u64) -> bool {
    height(slot) > height(slot - 1)
}

fn failure(code: i64, message: &str) -> Value {
    json!({ "error": { "code": code, "message": message } })
}

fn account(account: &Account) -> Value {
    json!({
        "lamports": account.lamports,
        "owner": account.owner.to_string(),
        "data": [BASE64_STANDARD.encode(&account.data), "base64"],
        "executable": account.executable,
        "rentEpoch": 0,
        "space": account.data.len(),
    })
}

fn key(value: &Value) -> Pubkey {
    value.as_str().and_then(|text| text.parse().ok()).expect("the client asks for addresses")
}

fn signature(value: &Value) -> Signature {
    value.as_str().and_then(|text| text.parse().ok()).expect("the client asks for signatures")
}

impl View<'_> {
    fn at(&self, slot: u64, value: &Value) -> Value {
        json!({ "context": { "slot": slot, "apiVersion": "4.2.2" }, "value": value })
    }

    fn first_available(&self) -> Option<u64> {
        self.replica.history.map(|slots| self.tip.saturating_sub(slots))
    }

    fn accounts(&self, params: &Value) -> Result<Value, Value> {
        let keys = params[0].as_array().expect("the client asks for a list");
        if let Some(Fault::Limit(most)) = self.replica.fault
            && keys.len() > most
        {
            return Err(failure(-32_602, "Too many inputs provided"));
        }
        let state = self.world.chain.state_at(self.slot);
        let mut found: Vec<Value> = keys
            .iter()
            .map(|wanted| state.get_account(&key(wanted)).map_or(Value::Null, |found| account(&found)))
            .collect();
        if let Some(Fault::ShortAnswer(most)) = self.replica.fault {
            found.truncate(most);
        }
        Ok(self.at(self.slot, &json!(found)))
    }

    /// Without its filters, as some nodes do, and in the order of the day.
    fn program_accounts(&self, params: &Value) -> Result<Value, Value> {
        let mut found = self.world.chain.of_program(&key(&params[0]), self.slot);
        if self.world.requests.is_multiple_of(2) {
            found.reverse();
        }
        let rows: Vec<Value> =
            found.iter().map(|(key, found)| json!({ "pubkey": key.to_string(), "account": account(found) })).collect();
        Ok(self.at(self.slot, &json!(rows)))
    }

    fn latest_blockhash(&self) -> Value {
        let height = height(self.slot);
        let last = crate::chain::Chain::last_valid(height);
        let value = json!({ "blockhash": blockhash(height).to_string(), "lastValidBlockHeight": last });
        self.at(self.slot, &value)
    }

    fn epoch_info(&self) -> Value {
        json!({
            "absoluteSlot": self.slot,
            "blockHeight": height(self.slot),
            "epoch": 1,
            "slotIndex": self.slot % 432_000,
            "slotsInEpoch": 432_000,
            "transactionCount": null,
        })
    }

    fn simulate(&self, params: &Value) -> Result<Value, Value> {
        let transaction = sent_in(params).ok_or_else(|| failure(-32_602, "no transaction"))?;
        let said = |error: &TransactionError| {
            let value = json!({ "err": error, "logs": [], "unitsConsumed": 0 });
            Ok(self.at(self.slot, &value))
        };
        match self.replica.fault {
            Some(Fault::SimulationSays("BlockhashNotFound")) => return said(&TransactionError::BlockhashNotFound),
            Some(Fault::SimulationSays("AlreadyProcessed")) => return said(&TransactionError::AlreadyProcessed),
            Some(Fault::SimulationSays(_)) => return said(&TransactionError::AccountInUse),
            _ => {}
        }
        if params[1]["sigVerify"] == true
            && let Some(error) = self.world.chain.refuses(&transaction, self.slot)
        {
            return said(&error);
        }
        let value = match self.world.chain.state_at(self.slot).simulate_transaction(transaction) {
            Ok(info) => json!({
                "err": null,
                "logs": info.meta.logs,
                "unitsConsumed": info.meta.compute_units_consumed,
                "loadedAccountsDataSize": 970_000,
            }),
            Err(failed) => json!({ "err": failed.err, "logs": failed.meta.logs, "unitsConsumed": 9 }),
        };
        Ok(self.at(self.slot, &value))
    }

    fn knows(&self, params: &Value) -> bool {
        let now = height(self.slot);
        let wanted: Hash = params[0].as_str().and_then(|text| text.parse().ok()).expect("the client asks for a hash");
        (now - 150..=now).any(|height| blockhash(height) == wanted)
    }

    fn blocks(&self, params: &Value) -> Result<Value, Value> {
        let first = self.first_available().ok_or_else(|| failure(-32_011, "no history"))?;
        let [from, to] = [0, 1].map(|index| params[index].as_u64().expect("the client asks for slots"));
        let slots: Vec<u64> = (from.max(first)..=to.min(self.slot)).filter(|slot| exists(*slot)).collect();
        Ok(json!(slots))
    }

    fn block(&self, params: &Value) -> Result<Value, Value> {
        let slot = params[0].as_u64().expect("the client asks for a slot");
        if self.first_available().is_none_or(|first| slot < first) {
            return Err(failure(-32_001, "Block cleaned up, does not exist on node"));
        }
        Ok(json!({ "blockhash": blockhash(height(slot)).to_string(), "signatures": [vote(slot).to_string()] }))
    }

    /// Nodes answer for what they process, whatever they are asked.
    fn statuses(&self, params: &Value) -> Result<Value, Value> {
        let history = params[1]["searchTransactionHistory"] == true;
        if history && self.replica.history.is_none() {
            return Err(failure(-32_011, "Transaction history is not available from this node"));
        }
        let first = self.first_available().filter(|_| history);
        let wanted = params[0].as_array().expect("the client asks for a list");
        let found: Vec<Value> = wanted.iter().map(|wanted| self.status_of(&signature(wanted), first)).collect();
        Ok(self.at(self.tip, &json!(found)))
    }

    fn status_of(&self, wanted: &Signature, first: Option<u64>) -> Value {
        let processed = |slot: u64, level: Level| {
            json!({
                "slot": slot,
                "confirmations": 0,
                "status": { "Ok": null },
                "err": null,
                "confirmationStatus": level.name(),
            })
        };
        match self.world.chain.block_of(wanted, self.tip, first) {
            Some((block, level)) => status(block, level, self.tip),
            None if self.forked(wanted) => processed(self.tip, Level::Processed),
            None => {
                let known = first.unwrap_or(self.tip).max(self.tip.saturating_sub(6_000))..=self.tip;
                let voted = known.rev().find(|slot| vote(*slot) == *wanted);
                voted.map_or(Value::Null, |slot| processed(slot, Level::Finalized))
            }
        }
    }

    fn forked(&self, wanted: &Signature) -> bool {
        let within = |from: u64, until: u64| (from..until).contains(&self.tip);
        self.world.forks.iter().any(|(forked, from, until)| forked == wanted && within(*from, *until))
    }

    fn transaction(&self, params: &Value, level: Level) -> Value {
        match self.world.chain.block_of(&signature(&params[0]), self.tip, self.first_available()) {
            Some((block, reached)) if reached >= level => {
                let mut logs = block.outcome.logs.clone();
                if self.replica.fault == Some(Fault::CutLog) {
                    logs.truncate(1);
                    logs.push("Log truncated".into());
                }
                json!({
                    "slot": block.slot,
                    "blockTime": 1_800_000_000,
                    "transaction": [BASE64_STANDARD.encode(bincode::serialize(&block.transaction).expect("it was sent")), "base64"],
                    "meta": {
                        "err": block.error,
                        "fee": 5_000,
                        "logMessages": logs,
                        "computeUnitsConsumed": block.outcome.compute_units,
                    },
                })
            }
            _ => Value::Null,
        }
    }

    fn signatures(&self, params: &Value) -> Result<Value, Value> {
        let limit = params[1]["limit"].as_u64().unwrap_or(1_000) as usize;
        if let Some(Fault::Limit(most)) = self.replica.fault
            && limit > most
        {
            return Err(failure(-32_602, "Invalid limit"));
        }
        let wanted = key(&params[0]);
        let before = params[1]["before"].as_str();
        let names = |block: &Block| block.transaction.message.static_account_keys().contains(&wanted);
        let known = self.world.chain.blocks.iter().rev().filter(|block| block.slot <= self.slot && names(block));
        let rest = known.skip_while(|block| before.is_some_and(|before| block.signature.to_string() != before));
        let rows: Vec<Value> = rest
            .skip(usize::from(before.is_some()))
            .take(limit)
            .map(|block| {
                json!({ "signature": block.signature.to_string(), "slot": block.slot, "err": block.error, "memo": null,
                    "blockTime": null, "confirmationStatus": "confirmed" })
            })
            .collect();
        Ok(json!(rows))
    }
}

fn status(block: &Block, level: Level, tip: u64) -> Value {
    let old = block.error.as_ref().map_or_else(|| json!({ "Ok": null }), |error| json!({ "Err": error }));
    let confirmations = (level < Level::Finalized).then(|| tip - block.slot);
    json!({
        "slot": block.slot,
        "confirmations": confirmations,
        "status": old,
        "err": block.error,
        "confirmationStatus": level.name(),
    })
}
