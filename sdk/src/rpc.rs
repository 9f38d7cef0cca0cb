//! JSON-RPC as a [`Transport`].
//!
//! A transaction that is sent ends in one of three ways: it landed (its outcome, or the refusal with which it
//! landed), it expired (no block can contain it any more and none does: a refusal whose
//! [`crate::Refusal::is_expired`] is true), or its fate is unknown ([`TransportError::Unreachable`]). Only
//! the second may be signed anew.

mod failure;
mod send;

use {
    crate::transport::{Filter, Outcome, RawAccount, Transport, TransportError},
    failure::{malformed, refused, retry, unreachable},
    solana_rpc_client::rpc_client::RpcClient,
    solana_rpc_client_api::{
        config::{
            CommitmentConfig, RpcAccountInfoConfig, RpcProgramAccountsConfig, RpcSimulateTransactionConfig,
            UiAccountEncoding,
        },
        filter::{Memcmp, RpcFilterType},
        response::RpcSimulateTransactionResult,
    },
    solana_sdk::{clock::Clock, hash::Hash, pubkey::Pubkey, transaction::Transaction},
    std::{
        collections::VecDeque,
        sync::{
            Mutex, PoisonError,
            atomic::{AtomicU64, Ordering},
        },
        time::Duration,
    },
};

/// Accounts in one `getMultipleAccounts`.
const ACCOUNTS_PER_REQUEST: usize = 100;
/// Blockhashes whose last valid block height is remembered.
const REMEMBERED_BLOCKHASHES: usize = 64;
/// A blockhash is valid for so many blocks.
const BLOCKHASH_BLOCKS: u64 = 150;
const CLOCK: Pubkey = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");

/// How the transport asks and waits.
#[derive(Clone, Copy, Debug)]
pub struct RpcOptions {
    /// What counts as having happened.
    pub commitment: CommitmentConfig,
    /// Longest wait for one answer.
    pub timeout: Duration,
    /// Between two looks at the status of a sent transaction.
    pub poll: Duration,
    /// Between two broadcasts of it.
    pub rebroadcast: Duration,
    /// After so long without a certain end its fate is unknown. Longer than a blockhash lives and its last
    /// block takes to be final.
    pub give_up_after: Duration,
}

impl Default for RpcOptions {
    fn default() -> Self {
        Self {
            commitment: CommitmentConfig::confirmed(),
            timeout: Duration::from_secs(30),
            poll: Duration::from_millis(400),
            rebroadcast: Duration::from_secs(2),
            give_up_after: Duration::from_secs(180),
        }
    }
}

/// A chain behind a JSON-RPC endpoint. Blocks the calling thread; may be shared between threads.
pub struct RpcTransport {
    rpc: RpcClient,
    options: RpcOptions,
    /// The newest slot an answer was made at: no later answer may be older, whichever node gives it.
    seen_slot: AtomicU64,
    /// Blockhashes given out, each with the last block height at which it is valid.
    blockhashes: Mutex<VecDeque<(Hash, u64)>>,
}

impl RpcTransport {
    /// A chain at a URL.
    pub fn new(url: &str) -> Self {
        Self::with_options(url, RpcOptions::default())
    }

    /// A chain at a URL, asked in another way.
    pub fn with_options(url: &str, options: RpcOptions) -> Self {
        Self {
            rpc: RpcClient::new_with_timeout_and_commitment(url, options.timeout, options.commitment),
            options,
            seen_slot: AtomicU64::new(0),
            blockhashes: Mutex::default(),
        }
    }

    /// The client beneath, for what this type does not offer.
    pub fn rpc(&self) -> &RpcClient {
        &self.rpc
    }

    fn read_config(&self) -> RpcAccountInfoConfig {
        RpcAccountInfoConfig {
            encoding: Some(UiAccountEncoding::Base64),
            commitment: Some(self.options.commitment),
            min_context_slot: Some(self.seen_slot.load(Ordering::Relaxed)).filter(|slot| *slot > 0),
            data_slice: None,
        }
    }

    fn saw(&self, slot: u64) {
        self.seen_slot.fetch_max(slot, Ordering::Relaxed);
    }

    /// The last block height at which a transaction can land; for a blockhash of elsewhere the latest that it
    /// can possibly be.
    fn last_valid_height(&self, blockhash: &Hash) -> Result<u64, TransportError> {
        let known = self.blockhashes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, height)) = known.iter().find(|(known, _)| known == blockhash) {
            return Ok(*height);
        }
        drop(known);
        let height = self.rpc.get_block_height_with_commitment(CommitmentConfig::processed()).map_err(unreachable)?;
        Ok(height.saturating_add(BLOCKHASH_BLOCKS))
    }

    fn simulated(&self, transaction: &Transaction, sig_verify: bool) -> Result<Outcome, TransportError> {
        let config = RpcSimulateTransactionConfig {
            sig_verify,
            // A node verifies the signatures of what will be sent, or replaces the blockhash of what is only
            // tried out.
            replace_recent_blockhash: !sig_verify,
            commitment: Some(self.options.commitment),
            ..RpcSimulateTransactionConfig::default()
        };
        let answer = self.rpc.simulate_transaction_with_config(transaction, config).map_err(unreachable)?;
        self.saw(answer.context.slot);
        let RpcSimulateTransactionResult { err, logs, units_consumed, .. } = answer.value;
        let logs = logs.unwrap_or_default();
        match err {
            Some(error) => Err(refused(error.into(), logs)),
            None => Ok(Outcome {
                signature: transaction.signatures.first().copied().unwrap_or_default(),
                compute_units: units_consumed.unwrap_or(0),
                logs,
            }),
        }
    }
}

impl Transport for RpcTransport {
    fn accounts(&self, keys: &[Pubkey]) -> Result<Vec<Option<RawAccount>>, TransportError> {
        let mut found = Vec::with_capacity(keys.len());
        for chunk in keys.chunks(ACCOUNTS_PER_REQUEST) {
            let answer = retry(|| self.rpc.get_multiple_ui_accounts_with_config(chunk, self.read_config()))?;
            if answer.value.len() != chunk.len() {
                return Err(malformed(format!("{} accounts instead of {}", answer.value.len(), chunk.len())));
            }
            self.saw(answer.context.slot);
            for account in answer.value {
                found.push(account.map(|account| raw(account.to_account())).transpose()?);
            }
        }
        Ok(found)
    }

    fn program_accounts(&self, program: &Pubkey, filter: &Filter) -> Result<Vec<(Pubkey, RawAccount)>, TransportError> {
        let size = filter.size.map(|size| RpcFilterType::DataSize(size as u64));
        let bytes = filter.bytes.iter().map(|(offset, bytes)| Memcmp::new_base58_encoded(*offset, bytes));
        let filters = size.into_iter().chain(bytes.map(RpcFilterType::Memcmp)).collect();
        let config = RpcProgramAccountsConfig {
            filters: Some(filters),
            account_config: self.read_config(),
            ..RpcProgramAccountsConfig::default()
        };
        let found = retry(|| self.rpc.get_program_ui_accounts_with_config(program, config.clone()))?;
        let mut accounts = Vec::with_capacity(found.len());
        for (key, account) in found {
            let account = raw(account.to_account())?;
            // A node may know fewer filters than it was asked for.
            if account.owner == *program && filter.admits(&account.data) {
                accounts.push((key, account));
            }
        }
        Ok(accounts)
    }

    fn latest_blockhash(&self) -> Result<Hash, TransportError> {
        let commitment = self.options.commitment;
        let (blockhash, height) = retry(|| self.rpc.get_latest_blockhash_with_commitment(commitment))?;
        let mut known = self.blockhashes.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(known, _)| *known != blockhash);
        known.push_back((blockhash, height));
        if known.len() > REMEMBERED_BLOCKHASHES {
            known.pop_front();
        }
        Ok(blockhash)
    }

    fn now_ts(&self) -> Result<i64, TransportError> {
        let clock = self.account(&CLOCK)?.ok_or_else(|| malformed("the chain has no clock".into()))?;
        let field = clock.data.get(32..40).and_then(|bytes| bytes.try_into().ok());
        let bytes = field.filter(|_| clock.data.len() == size_of::<Clock>());
        Ok(i64::from_le_bytes(bytes.ok_or_else(|| malformed("the chain's clock is not a clock".into()))?))
    }

    fn simulate(&self, transaction: &Transaction) -> Result<Outcome, TransportError> {
        self.simulated(transaction, false)
    }

    fn send(&self, transaction: &Transaction) -> Result<Outcome, TransportError> {
        self.send_and_wait(transaction)
    }
}

fn raw(account: Option<solana_sdk::account::Account>) -> Result<RawAccount, TransportError> {
    let account = account.ok_or_else(|| malformed("an account is not base64".into()))?;
    Ok(RawAccount { lamports: account.lamports, owner: account.owner, data: account.data })
}
