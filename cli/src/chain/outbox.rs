//! What was sent and is not settled yet: a file for each transaction, written before it is sent, and gone
//! when its end was told. A script that runs a command again is told how the first one ended; nothing is done
//! twice.

use {
    super::Store,
    crate::{
        failure::{Failure, Result},
        reply::{Map, Value},
    },
    serde::{Deserialize, Serialize},
    sha2::{Digest, Sha256},
    std::{
        cell::{OnceCell, RefCell},
        time::{SystemTime, UNIX_EPOCH},
    },
    work_token_sdk::{
        Hash, Instruction, Pubkey, Signature, Transport,
        fate::{Expiry, Fate, InFlight},
    },
};

/// Names of the files begin so.
const PREFIX: &str = "sent-";

/// A transaction in a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sending {
    signature: String,
    /// Hash of the command as it was understood, without what only changes how it is shown.
    command: String,
    /// The command's names alone: its other words may be secrets.
    #[serde(default)]
    named: String,
    /// When it was signed, by the clock of whoever did.
    #[serde(default)]
    signed_ts: Option<i64>,
    /// Hash of chain, payer and instructions.
    operation: String,
    genesis_hash: String,
    payer: String,
    /// Where its blockhash is ordinary, the last block height at which it can land.
    last_valid_height: Option<u64>,
    nonce: Option<Nonce>,
    since_slot: u64,
    /// Whether other transactions of the command may follow.
    step: bool,
    /// What the command says when it has landed. Whatever another version of the command keeps here is read.
    facts: serde_json::Value,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Nonce {
    account: String,
    value: String,
    as_of_slot: u64,
}

/// How far a transaction of this process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    Landed,
    Refused,
    Absent,
    Unknown,
}

impl Sent {
    /// Every end, the best first.
    pub const ALL: [Self; 4] = [Self::Landed, Self::Refused, Self::Absent, Self::Unknown];

    /// What a command returns that ends so.
    pub fn exit_code(self) -> u8 {
        let failure: fn(String) -> Failure = match self {
            Self::Landed => return 0,
            Self::Refused => Failure::Failed,
            Self::Absent => Failure::TryAgain,
            Self::Unknown => Failure::Unknown,
        };
        failure(String::new()).code()
    }

    /// What to do then. `several` is for a command of several transactions, which goes on where the chain
    /// stands.
    pub const fn then(self, several: bool) -> &'static str {
        match (self, several) {
            (Self::Landed, false) => "nothing: it is done, and the same command would do it once more",
            (Self::Landed, true) => "nothing: all of it is done",
            (Self::Refused, false) => {
                "mend what the sentence on stderr names, and run the same command again: nothing has changed but the \
                 fee"
            }
            (Self::Refused, true) => {
                "mend what the sentence on stderr names, and run the same command again: what landed before is done, \
                 and is not done again"
            }
            (Self::Absent, false) => {
                "run the same command again: this is in no block and never will be, so nothing is done twice"
            }
            (Self::Absent, true) => "run the same command again: it goes on with what did not land",
            (Self::Unknown, _) => {
                "run the same command again: it asks what became of this, and sends nothing until that is certain; or \
                 `tx status SIGNATURE`, with the signature that stderr tells"
            }
        }
    }

    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Landed => "landed",
            Self::Refused => "refused",
            Self::Absent => "absent",
            Self::Unknown => "unknown",
        }
    }
}

/// What this process sent or asked after, and which files are settled once that was told.
#[derive(Debug, Default)]
pub struct Outbox {
    named: String,
    command: String,
    again: bool,
    only_reads: bool,
    genesis: OnceCell<Hash>,
    told: RefCell<Vec<(String, Sent)>>,
    to_settle: RefCell<Vec<(Store, String, Signature)>>,
}

impl Outbox {
    /// The outbox of a command: its names, and all that it was understood as. `again` does once more what
    /// has landed.
    pub fn of(named: &str, command: &str, again: bool) -> Self {
        Self { named: named.to_owned(), command: hex(&Sha256::digest(command)), again, ..Self::default() }
    }

    /// The same of a command that sends nothing: whatever others left does not matter to it.
    pub fn that_reads(self, only_reads: bool) -> Self {
        Self { only_reads, ..self }
    }

    /// Notes how a transaction ended, as far as it is known.
    pub fn tell(&self, signature: &Signature, sent: Sent) {
        let signature = signature.to_string();
        let mut told = self.told.borrow_mut();
        told.retain(|(known, _)| *known != signature);
        told.push((signature, sent));
    }

    /// What was told, for machines.
    pub fn to_json(&self) -> Vec<serde_json::Value> {
        let told = self.told.borrow();
        told.iter()
            .map(|(signature, sent)| serde_json::json!({ "signature": signature, "fate": sent.word() }))
            .collect()
    }

    /// Whether any fate that was told is this one.
    pub fn has(&self, sent: Sent) -> bool {
        self.told.borrow().iter().any(|(_, told)| *told == sent)
    }

    /// The hash of the chain's beginning, asked for once. Without it nobody knows what was sent where.
    pub fn genesis_hash(&self, chain: &dyn Transport) -> Result<Hash> {
        match self.genesis.get() {
            Some(genesis) => Ok(*genesis),
            None => {
                let asked = chain.genesis_hash()?;
                Ok(*self.genesis.get_or_init(|| asked))
            }
        }
    }

    /// What was told, one a line, for people.
    pub fn lines(&self) -> Vec<String> {
        self.told.borrow().iter().map(|(signature, sent)| format!("{}: {signature}", sent.word())).collect()
    }

    /// The answer has reached whoever asked: what it told is settled.
    pub fn settle(&self) -> Result<()> {
        let mut told = self.to_settle.borrow_mut();
        told.drain(..).try_for_each(|(store, name, signature)| forget(&store, &name, &signature).map(drop))
    }

    /// The file of a transaction, which is settled once the answer was told.
    pub fn settle_later(&self, store: &Store, name: &str, signature: Signature) {
        self.to_settle.borrow_mut().push((store.clone(), name.to_owned(), signature));
    }

    /// What an earlier run of the same command, or one with the same instructions, left.
    pub fn left(&self, store: &Store, operation: Option<&str>) -> Result<Vec<Sending>> {
        if self.only_reads {
            return Ok(Vec::new());
        }
        let mut left = store.list::<Sending>(PREFIX)?;
        left.retain(|sending| match operation {
            Some(operation) => sending.operation == operation,
            None => sending.command == self.command && !sending.step,
        });
        Ok(left)
    }

    /// The steps that earlier runs of the same command left.
    pub fn steps_left(&self, store: &Store) -> Result<Vec<Sending>> {
        if self.only_reads {
            return Ok(Vec::new());
        }
        let mut left = store.list::<Sending>(PREFIX)?;
        left.retain(|sending| sending.command == self.command && sending.step);
        Ok(left)
    }

    /// Whether the command sends nothing.
    pub const fn only_reads(&self) -> bool {
        self.only_reads
    }

    /// Whether what has landed is done once more.
    pub const fn again(&self) -> bool {
        self.again
    }
}

/// The hash that an operation is known by.
pub fn operation(genesis: &Hash, payer: &Pubkey, instructions: &[Instruction]) -> String {
    let mut hash = Sha256::new().chain_update(genesis.as_ref()).chain_update(payer);
    for instruction in instructions {
        hash.update(instruction.program_id);
        hash.update((instruction.accounts.len() as u64).to_le_bytes());
        for meta in &instruction.accounts {
            hash.update(meta.pubkey);
            hash.update([u8::from(meta.is_signer), u8::from(meta.is_writable)]);
        }
        hash.update((instruction.data.len() as u64).to_le_bytes());
        hash.update(&instruction.data);
    }
    hex(&hash.finalize())
}

fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is known of an operation before it is signed.
pub struct Draft<'a> {
    /// The outbox's command.
    pub outbox: &'a Outbox,
    /// The operation's hash.
    pub operation: &'a str,
    /// The chain.
    pub genesis: &'a Hash,
    /// Who pays.
    pub payer: &'a Pubkey,
    /// Whether other transactions of the command may follow.
    pub step: bool,
    /// What the command says when it has landed.
    pub facts: &'a Map<String, Value>,
}

impl Draft<'_> {
    /// The file of a signed transaction.
    pub fn signed(&self, flight: &InFlight) -> Sending {
        let (last_valid_height, nonce) = match flight.expiry {
            Expiry::Height(height) => (Some(height), None),
            Expiry::Nonce { account, value, as_of_slot } => {
                (None, Some(Nonce { account: account.to_string(), value: value.to_string(), as_of_slot }))
            }
            Expiry::Unknown => (None, None),
        };
        Sending {
            signature: flight.signature.to_string(),
            command: self.outbox.command.clone(),
            named: self.outbox.named.clone(),
            signed_ts: Some(now_ts()),
            operation: self.operation.to_owned(),
            genesis_hash: self.genesis.to_string(),
            payer: self.payer.to_string(),
            last_valid_height,
            nonce,
            since_slot: flight.since_slot,
            step: self.step,
            facts: serde_json::to_value(self.facts).unwrap_or_default(),
        }
    }
}

impl Sending {
    /// Its file's name.
    pub fn name(&self) -> String {
        name_of(&self.operation)
    }

    /// Whether it was sent on this chain, and is paid by somebody.
    pub fn is_of(&self, genesis: &Hash, payer: Option<&Pubkey>) -> bool {
        self.genesis_hash == genesis.to_string() && payer.is_none_or(|payer| self.payer == payer.to_string())
    }

    /// Its first signature.
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// The beginning of the chain on which it was sent.
    pub fn genesis_hash(&self) -> &str {
        &self.genesis_hash
    }

    /// The command's names; nothing where an earlier version kept it.
    pub fn named(&self) -> &str {
        &self.named
    }

    /// How long ago it was signed.
    pub fn age_secs(&self) -> Option<i64> {
        self.signed_ts.map(|signed_ts| now_ts().saturating_sub(signed_ts).max(0))
    }

    /// What the command says when it has landed.
    pub fn facts(&self) -> Map<String, Value> {
        serde_json::from_value(self.facts.clone()).unwrap_or_default()
    }

    /// The transaction as the chain is asked after it.
    pub fn flight(&self) -> Result<InFlight> {
        let unreadable = || Failure::Failed(format!("{}.json cannot be understood", self.name()));
        let signature = self.signature.parse().map_err(|_| unreadable())?;
        let expiry = match (&self.nonce, self.last_valid_height) {
            (Some(Nonce { account, value, as_of_slot }), _) => Expiry::Nonce {
                account: account.parse().map_err(|_| unreadable())?,
                value: value.parse().map_err(|_| unreadable())?,
                as_of_slot: *as_of_slot,
            },
            (None, Some(height)) => Expiry::Height(height),
            (None, None) => Expiry::Unknown,
        };
        Ok(InFlight { signature, expiry, since_slot: self.since_slot })
    }
}

/// The clock of this machine.
fn now_ts() -> i64 {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(passed.as_secs()).unwrap_or(i64::MAX)
}

/// What is kept of everything that was sent and whose end was not told yet, by the names of its files. What
/// cannot be read is told as it is: it may have been sent.
pub fn pending(store: &Store) -> Result<Vec<(String, Result<Sending>)>> {
    let found = |name: String| store.find(&name).transpose().map(|kept| (name, kept));
    let mut all: Vec<(String, Result<Sending>)> = store.names(PREFIX)?.into_iter().filter_map(found).collect();
    all.sort_by_key(|(_, kept)| kept.as_ref().ok().and_then(|kept| kept.signed_ts));
    Ok(all)
}

/// Keeps a transaction no longer whose end is known. `false` where the file is another one's by now: of two
/// processes that run one command the other may have signed anew.
pub fn forget(store: &Store, name: &str, signature: &Signature) -> Result<bool> {
    let signature = signature.to_string();
    store.take(name, |kept: &Sending| kept.signature == signature)
}

/// The name of an operation's file.
pub fn name_of(operation: &str) -> String {
    format!("{PREFIX}{}", operation.get(..32).unwrap_or(operation))
}

/// What is kept of a signature.
pub fn find(store: &Store, signature: &Signature) -> Result<Option<Sending>> {
    let signature = signature.to_string();
    Ok(store.list::<Sending>(PREFIX)?.into_iter().find(|sending| sending.signature == signature))
}

/// What became of a transaction. A chain that cannot be asked leaves it unknown, whatever the reason.
pub fn fate(chain: &dyn Transport, flight: &InFlight) -> Fate {
    chain.fate(flight).unwrap_or_else(|error| Fate::Unknown(error.to_string()))
}
