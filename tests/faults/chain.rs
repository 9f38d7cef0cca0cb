//! The true chain: slots, heights and blockhashes with their lives, blocks, a pool of waiting transactions,
//! and the real program on the embedded chain.

use {
    litesvm::LiteSVM,
    sha2::{Digest, Sha256},
    solana_sdk::{
        clock::Clock,
        transaction::{TransactionError, VersionedTransaction},
    },
    std::time::Duration,
    work_token_sdk::{Hash, Pubkey, Signature, fate, transport::Outcome},
};

const SLOT: Duration = Duration::from_millis(400);
/// The slot in which every case begins.
pub const FIRST_SLOT: u64 = 5_000;
const BLOCKHASH_BLOCKS: u64 = 150;
/// A node keeps the signatures of so many slots at hand.
const SIGNATURE_SLOTS: u64 = 300;

/// How certain a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Processed,
    Confirmed,
    Finalized,
}

impl Level {
    pub fn of(name: Option<&str>) -> Self {
        match name {
            Some("processed") => Self::Processed,
            Some("confirmed") => Self::Confirmed,
            _ => Self::Finalized,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Processed => "processed",
            Self::Confirmed => "confirmed",
            Self::Finalized => "finalized",
        }
    }

    /// So many slots are less certain.
    pub fn depth(self) -> u64 {
        match self {
            Self::Processed => 0,
            Self::Confirmed => 2,
            Self::Finalized => 32,
        }
    }
}

/// A transaction in a block.
#[derive(Clone, Debug)]
pub struct Block {
    pub slot: u64,
    pub signature: Signature,
    pub transaction: VersionedTransaction,
    pub error: Option<TransactionError>,
    pub outcome: Outcome,
}

/// Blocks, and what waits to be in one.
#[derive(Clone)]
pub struct Chain {
    pub blocks: Vec<Block>,
    /// The state after a slot.
    states: Vec<(u64, LiteSVM)>,
    waiting: Vec<(u64, VersionedTransaction)>,
    tip: u64,
}

/// A slot's height: one slot in sixteen has no block.
pub fn height(slot: u64) -> u64 {
    slot - (slot + 9) / 16
}

/// The blockhash of a height.
pub fn blockhash(height: u64) -> Hash {
    Hash::new_from_array(Sha256::digest(height.to_le_bytes()).into())
}

/// The slot at a time since the case began.
pub fn slot_at(now: Duration) -> u64 {
    FIRST_SLOT + (now.as_millis() / SLOT.as_millis()) as u64
}

impl Chain {
    /// A chain that stands where the embedded one does.
    pub fn of(state: LiteSVM) -> Self {
        let state = state.with_blockhash_check(false);
        Self { blocks: Vec::new(), states: vec![(0, state)], waiting: Vec::new(), tip: FIRST_SLOT }
    }

    /// Begins at an earlier slot.
    pub fn rewind(&mut self, slot: u64) {
        self.tip = slot;
    }

    /// The newest slot.
    pub fn tip(&self) -> u64 {
        self.tip
    }

    /// A transaction reaches a leader, and is looked at in a slot to come.
    pub fn forward(&mut self, transaction: VersionedTransaction, slot: u64) {
        self.waiting.push((slot.max(self.tip + 1), transaction));
    }

    /// Lets slots pass, with the transactions that wait for them.
    pub fn turn_to(&mut self, slot: u64) {
        self.waiting.sort_by_key(|(slot, _)| *slot);
        while self.waiting.first().is_some_and(|(due, _)| *due <= slot) {
            let (due, transaction) = self.waiting.remove(0);
            self.tip = self.tip.max(due);
            self.include(transaction);
        }
        self.tip = self.tip.max(slot);
    }

    fn include(&mut self, transaction: VersionedTransaction) {
        let signature = transaction.signatures[0];
        if self.refuses(&transaction, self.tip).is_some() {
            return;
        }
        let mut state = self.state_at(self.tip).clone();
        state.expire_blockhash();
        let (error, meta) = match state.send_transaction(transaction.clone()) {
            Ok(meta) => (None, meta),
            Err(failed) if matches!(failed.err, TransactionError::InstructionError(..)) => {
                (Some(failed.err), failed.meta)
            }
            // It never comes into a block.
            Err(_) => return,
        };
        let outcome =
            Outcome { signature, compute_units: meta.compute_units_consumed, loaded_bytes: 0, logs: meta.logs };
        self.blocks.push(Block { slot: self.tip, signature, transaction, error, outcome });
        self.states.push((self.tip, state));
    }

    /// What the chain says of a transaction at a slot before it is run.
    pub fn refuses(&self, transaction: &VersionedTransaction, slot: u64) -> Option<TransactionError> {
        let signature = transaction.signatures[0];
        if self.blocks.iter().any(|block| block.signature == signature && block.slot <= slot) {
            return Some(TransactionError::AlreadyProcessed);
        }
        let recent = *transaction.message.recent_blockhash();
        let alive = match fate::durable_nonce(transaction) {
            Some(account) => {
                let data = self.state_at(slot).get_account(&account).map(|account| account.data);
                data.and_then(|data| fate::nonce_value(&data)) == Some(recent)
            }
            None => {
                let now = height(slot);
                (now - BLOCKHASH_BLOCKS..=now).any(|height| blockhash(height) == recent)
            }
        };
        (!alive).then_some(TransactionError::BlockhashNotFound)
    }

    /// The state that a slot sees.
    pub fn state_at(&self, slot: u64) -> &LiteSVM {
        let states = self.states.iter().rev();
        &states.into_iter().find(|(after, _)| *after <= slot).expect("the first state is of slot 0").1
    }

    /// A transaction as a node at a slot knows it.
    pub fn block_of(&self, signature: &Signature, tip: u64, first_available: Option<u64>) -> Option<(&Block, Level)> {
        let block = self.blocks.iter().find(|block| block.signature == *signature && block.slot <= tip)?;
        let recent = tip - block.slot <= SIGNATURE_SLOTS;
        if !recent && first_available.is_none_or(|first| block.slot < first) {
            return None;
        }
        let deep = tip - block.slot;
        let levels = [Level::Finalized, Level::Confirmed, Level::Processed];
        Some((block, levels.into_iter().find(|level| deep >= level.depth()).unwrap_or(Level::Processed)))
    }

    /// Transactions that did what they say.
    pub fn done(&self) -> usize {
        self.blocks.iter().filter(|block| block.error.is_none()).count()
    }

    /// The last valid height of a blockhash.
    pub const fn last_valid(height: u64) -> u64 {
        height + BLOCKHASH_BLOCKS
    }

    /// Accounts of a program at a slot, by address.
    pub fn of_program(&self, program: &Pubkey, slot: u64) -> Vec<(Pubkey, solana_sdk::account::Account)> {
        use solana_sdk::account::ReadableAccount;
        let accounts = self.state_at(slot).accounts_db().inner.iter();
        let mut found: Vec<_> = accounts
            .filter(|(_, account)| account.owner() == program)
            .map(|(key, account)| (*key, account.clone().into()))
            .collect();
        found.sort_by_key(|(key, _)| *key);
        found
    }

    /// The chain's clock in the state of a slot.
    pub fn clock_at(&self, slot: u64) -> Clock {
        self.state_at(slot).get_sysvar::<Clock>()
    }
}
