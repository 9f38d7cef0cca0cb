//! The embedded chain: LiteSVM with the real program, a clock to turn and a faucet. No network, no validator,
//! no waiting.
//!
//! - [`Localnet`] is a chain. What follows from addresses alone is here: accounts read and constructed, draws
//!   and juries planned, bonds computed; for one network or for many.
//! - [`Scenario`] is a chain with one network, an admin and a keeper, and verbs that may be refused.
//! - The worlds of the tests, of the SDK's tests, of the benchmarks and of the demo extend a scenario by
//!   `Deref`: they add their people and what they watch, and no second way to do a thing.

mod accounts;
mod dispute;
mod epoch;
mod faucet;
mod job;
mod jury;
pub mod large;
mod network;
mod people;
mod place;
mod position;
mod provider;
mod scenario;
mod score;
mod slots;
mod token;
mod votes;

pub use {
    dispute::{answer_ix, open_input},
    faucet::{MintOptions, TokenProgram},
    jury::commit_vote_ix,
    network::creation,
    people::Actor,
    position::delegate_ix,
    provider::{offer_ix, register_ix},
    scenario::{Scenario, ScenarioOptions},
    token::{
        ACCOUNT_BYTES, MINT_BYTES, create_mint_ixs, create_token_ixs, mint_to_ix, set_mint_authority_ix, transfer_ix,
    },
    votes::{governance_bytes, proposal_bytes, realm_bytes},
};

/// One whole work token of six decimals.
pub const TOKEN: u64 = 1_000_000;
/// An hour in seconds.
pub const HOUR: i64 = 3_600;
/// A day in seconds.
pub const DAY: i64 = 24 * HOUR;

use {
    litesvm::LiteSVM,
    solana_sdk::{clock::Clock, hash::Hash, pubkey::Pubkey, signature::Signature, transaction::VersionedTransaction},
    std::{cell::RefCell, path::Path},
    thiserror::Error,
    work_token_sdk::{
        ID,
        errors::Refusal,
        fate::{Fate, InFlight, Landed},
        transport::{Filter, Outcome, RawAccount, Transport, TransportError},
    },
};

/// Hash of the first block of every embedded chain, which has none: none of a cluster is like it.
const GENESIS_HASH: [u8; 32] = *b"the embedded chain of Work Token";

/// The committed program.
pub const COMMITTED_ELF: &[u8] = include_bytes!("../../artifacts/work_token.so");
/// Names a file with another build of the program; tests run against the freshly built one.
pub const ELF_VARIABLE: &str = "WORK_TOKEN_ELF";

/// The same for the add-in of SPL Governance.
pub const VOTES_ELF_VARIABLE: &str = "WORK_TOKEN_VOTES_ELF";

/// Why the embedded chain could not start.
#[derive(Debug, Error)]
pub enum LocalnetError {
    /// The file of a program cannot be read.
    #[error("cannot read the program at {path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The chain refuses the program.
    #[error("the embedded chain refuses the program: {0}")]
    Refused(String),
}

/// The program under test: the committed one, or the one that [`ELF_VARIABLE`] names.
pub fn program() -> Result<Vec<u8>, LocalnetError> {
    let Some(path) = std::env::var_os(ELF_VARIABLE) else { return Ok(COMMITTED_ELF.to_vec()) };
    read_elf(Path::new(&path))
}

fn read_elf(path: &Path) -> Result<Vec<u8>, LocalnetError> {
    let unreadable = |source| LocalnetError::Unreadable { path: path.display().to_string(), source };
    std::fs::read(path).map_err(unreadable)
}

/// An embedded chain with the program deployed.
pub struct Localnet {
    svm: RefCell<LiteSVM>,
}

impl Localnet {
    /// Starts a chain at `now_ts` with the committed program, or the one that [`ELF_VARIABLE`] names.
    pub fn start(now_ts: i64) -> Result<Self, LocalnetError> {
        Self::start_with(&program()?, now_ts)
    }

    /// Starts a chain at `now_ts` with a given build of the program.
    pub fn start_with(elf: &[u8], now_ts: i64) -> Result<Self, LocalnetError> {
        let mut svm = LiteSVM::new().with_transaction_history(0);
        svm.add_program(ID, elf).map_err(|error| LocalnetError::Refused(format!("{error:?}")))?;
        let localnet = Self { svm: RefCell::new(svm) };
        localnet.set_now(now_ts);
        Ok(localnet)
    }

    /// The chain itself, for what this type does not offer.
    pub fn with_svm<R>(&self, act: impl FnOnce(&mut LiteSVM) -> R) -> R {
        act(&mut self.svm.borrow_mut())
    }

    /// The chain as it stands, to come back to.
    pub fn snapshot(&self) -> LiteSVM {
        self.with_svm(|svm| svm.clone())
    }

    /// Takes the chain back to where it stood.
    pub fn restore(&self, snapshot: &LiteSVM) {
        self.with_svm(|svm| svm.clone_from(snapshot));
    }

    /// Unix seconds on the chain.
    pub fn now(&self) -> i64 {
        self.svm.borrow().get_sysvar::<Clock>().unix_timestamp
    }

    /// Turns the chain's clock to a time; slots of 400 ms pass meanwhile, one at least.
    pub fn set_now(&self, now_ts: i64) {
        let secs = u64::try_from(now_ts.saturating_sub(self.now())).unwrap_or(0);
        self.turn_to(now_ts, slots::in_secs(secs).max(1));
    }

    /// Turns the clock to a time in which only `slots` have passed: what an outage of the chain looks like.
    pub fn turn_to(&self, now_ts: i64, slots: u64) {
        let mut svm = self.svm.borrow_mut();
        let mut clock = svm.get_sysvar::<Clock>();
        clock.unix_timestamp = now_ts;
        clock.slot = clock.slot.saturating_add(slots);
        svm.set_sysvar(&clock);
        svm.set_sysvar(&slots::recent(clock.slot));
        svm.expire_blockhash();
    }

    /// Lets slots pass, and the time that they take.
    pub fn advance_slots(&self, slots: u64) {
        let secs = i64::try_from(slots::secs_of(slots)).unwrap_or(i64::MAX);
        self.turn_to(self.now().saturating_add(secs), slots);
    }

    /// The slot on the chain.
    pub fn slot(&self) -> u64 {
        self.svm.borrow().get_sysvar::<Clock>().slot
    }

    /// Lets time pass.
    pub fn advance(&self, secs: i64) {
        self.set_now(self.now().saturating_add(secs));
    }

    /// Turns the clock forward to a time, unless it has passed.
    pub fn wait_until(&self, ts: i64) {
        if self.now() < ts {
            self.set_now(ts);
        }
    }

    /// Lets the slot of an armed seed come. Its hash stands in the list of the next slot that has a block;
    /// one in sixteen has none.
    pub fn wait_for_slot(&self, slot: u64) {
        self.advance_slots((slot + 2).saturating_sub(self.slot()));
    }

    /// Lets the chain stand still for so long: no slot passes but the one that ends it.
    pub fn halt(&self, secs: i64) {
        self.turn_to(self.now() + secs, 1);
    }

    /// Writes an account as it is, around every rule. For constructing states that no instruction leads to
    /// yet.
    pub fn set_account(&self, key: Pubkey, account: RawAccount) {
        let account = solana_sdk::account::Account {
            lamports: account.lamports,
            data: account.data,
            owner: account.owner,
            executable: false,
            rent_epoch: u64::MAX,
        };
        self.svm
            .borrow_mut()
            .set_account(key, account)
            .expect("LiteSVM stores any account that is no sysvar or program");
    }
}

impl Transport for Localnet {
    fn accounts(&self, keys: &[Pubkey]) -> Result<Vec<Option<RawAccount>>, TransportError> {
        let svm = self.svm.borrow();
        Ok(keys.iter().map(|key| svm.get_account(key).map(raw)).collect())
    }

    fn program_accounts(&self, program: &Pubkey, filter: &Filter) -> Result<Vec<(Pubkey, RawAccount)>, TransportError> {
        let svm = self.svm.borrow();
        let mut found: Vec<_> = svm
            .accounts_db()
            .inner
            .iter()
            .filter(|(_, account)| {
                use solana_sdk::account::ReadableAccount;
                account.owner() == program && filter.admits(account.data())
            })
            .map(|(key, account)| (*key, raw(account.clone().into())))
            .collect();
        found.sort_by_key(|(key, _)| *key);
        Ok(found)
    }

    fn latest_blockhash(&self) -> Result<Hash, TransportError> {
        Ok(self.svm.borrow().latest_blockhash())
    }

    fn genesis_hash(&self) -> Result<Hash, TransportError> {
        Ok(Hash::new_from_array(GENESIS_HASH))
    }

    fn now_ts(&self) -> Result<i64, TransportError> {
        Ok(self.now())
    }

    fn simulate(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        let svm = self.svm.borrow();
        let is_signed = transaction.signatures.iter().all(|signature| *signature != Signature::default());
        let simulated = match is_signed {
            true => svm.simulate_transaction(transaction.clone()),
            // Signatures play no part, as on a cluster.
            false => svm.clone().with_sigverify(false).simulate_transaction(transaction.clone()),
        };
        match simulated {
            Ok(info) => Ok(outcome(info.meta)),
            Err(failed) => Err(refused(failed)),
        }
    }

    fn send(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        match self.svm.borrow_mut().send_transaction(transaction.clone()) {
            Ok(meta) => Ok(outcome(meta)),
            Err(failed) => Err(refused(failed)),
        }
    }

    fn in_flight(&self, transaction: &VersionedTransaction) -> Result<InFlight, TransportError> {
        Ok(InFlight::unknown(transaction.signatures.first().copied().unwrap_or_default()))
    }

    /// Only of a chain that keeps transactions: this one keeps none unless it was told to.
    fn fate(&self, flight: &InFlight) -> Result<Fate, TransportError> {
        let slot = self.slot();
        let svm = self.svm.borrow();
        Ok(match svm.get_transaction(&flight.signature) {
            Some(Ok(_)) => Fate::Landed(Landed { slot, error: None }),
            Some(Err(failed)) => Fate::Landed(Landed { slot, error: Some(failed.err.clone()) }),
            None => Fate::Unknown("the embedded chain keeps no such transaction".into()),
        })
    }

    fn outcome(&self, signature: &Signature) -> Result<Option<Outcome>, TransportError> {
        let svm = self.svm.borrow();
        let kept = svm.get_transaction(signature);
        Ok(kept.map(|kept| match kept {
            Ok(meta) => outcome(meta.clone()),
            Err(failed) => outcome(failed.meta.clone()),
        }))
    }

    fn recent_fees(&self, _: &[Pubkey]) -> Result<Vec<u64>, TransportError> {
        Ok(Vec::new())
    }
}

fn raw(account: solana_sdk::account::Account) -> RawAccount {
    RawAccount { lamports: account.lamports, owner: account.owner, data: account.data }
}

fn outcome(meta: litesvm::types::TransactionMetadata) -> Outcome {
    Outcome {
        signature: Signature::from(<[u8; 64]>::from(meta.signature)),
        compute_units: meta.compute_units_consumed,
        loaded_bytes: 0,
        logs: meta.logs,
    }
}

fn refused(failed: litesvm::types::FailedTransactionMetadata) -> TransportError {
    TransportError::Refused(Box::new(Refusal { error: failed.err, logs: failed.meta.logs }))
}
