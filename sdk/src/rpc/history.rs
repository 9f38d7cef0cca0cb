//! What the chain keeps: transactions with their logs, and the signatures of an address.

use {
    super::{answer::Fault, endpoint::AsyncRpcTransport, proof::Status},
    crate::transport::{Outcome, TransportError},
    crate::{Pubkey, Signature},
    base64::{Engine, prelude::BASE64_STANDARD},
    serde::Deserialize,
    serde_json::json,
    solana_rpc_client_api::{
        config::{CommitmentConfig, RpcSignaturesForAddressConfig, RpcTransactionConfig, UiTransactionEncoding},
        request::RpcRequest,
        response::{Response, RpcConfirmedTransactionStatusWithSignature},
    },
    solana_transaction_error::TransactionError,
    std::{sync::atomic::Ordering, time::Duration},
};

/// A transaction as the chain keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The slot of its block.
    pub slot: u64,
    /// When its block was made, if the node knows; unix seconds.
    pub block_time_ts: Option<i64>,
    /// Why it changed nothing but the fee; `None` where it did what it says.
    pub error: Option<TransactionError>,
    /// What was paid for it, in lamports.
    pub fee_lamports: u64,
    /// What it did.
    pub outcome: Outcome,
    /// The transaction as it went over the wire.
    pub wire: Vec<u8>,
}

/// A signature of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureOf {
    /// The signature.
    pub signature: Signature,
    /// The slot of its block.
    pub slot: u64,
    /// When its block was made, if the node knows; unix seconds.
    pub block_time_ts: Option<i64>,
    /// Whether it changed nothing but the fee.
    pub failed: bool,
}

/// The fields of `getTransaction` that are read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    slot: u64,
    block_time: Option<i64>,
    transaction: (String, String),
    meta: Option<Meta>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    err: Option<TransactionError>,
    fee: u64,
    log_messages: Option<Vec<String>>,
    compute_units_consumed: Option<u64>,
}

impl AsyncRpcTransport {
    /// What a transaction did that landed; `None` where the node keeps nothing of it.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn outcome(&self, signature: &Signature) -> Result<Option<Outcome>, TransportError> {
        Ok(self.transaction(signature).await?.map(|recorded| recorded.outcome))
    }

    /// A transaction that landed; `None` where the node keeps nothing of it.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn transaction(&self, signature: &Signature) -> Result<Option<Recorded>, TransportError> {
        let mut patience = self.patience();
        loop {
            let until = patience.until(self.clock.now(), self.options.timeout);
            let fault = match self.recorded(signature, until).await {
                Ok(found) => return Ok(found),
                Err(fault) => fault,
            };
            let Some(pause) = patience.pause_after(&fault, self.clock.now()) else { return Err(fault.into()) };
            self.clock.sleep(pause).await;
        }
    }

    /// The same, asked once.
    pub(super) async fn recorded(&self, signature: &Signature, until: Duration) -> Result<Option<Recorded>, Fault> {
        // Nodes give no transaction of what is only processed.
        let commitment = match self.options.commitment {
            strong if strong.is_finalized() => strong,
            _ => CommitmentConfig::confirmed(),
        };
        let config = RpcTransactionConfig {
            encoding: Some(UiTransactionEncoding::Base64),
            commitment: Some(commitment),
            max_supported_transaction_version: Some(0),
        };
        let params = json!([signature.to_string(), config]);
        let found: Option<Found> = self.ask_once(RpcRequest::GetTransaction, params, until).await?;
        let Some(Found { slot, block_time, transaction: (text, _), meta: Some(meta) }) = found else { return Ok(None) };
        let wire = BASE64_STANDARD.decode(text).map_err(|error| Fault::Malformed(error.to_string()))?;
        self.seen.saw(commitment, slot);
        Ok(Some(Recorded {
            slot,
            block_time_ts: block_time,
            error: meta.err,
            fee_lamports: meta.fee,
            outcome: Outcome {
                signature: *signature,
                compute_units: meta.compute_units_consumed.unwrap_or(0),
                loaded_bytes: 0,
                logs: meta.log_messages.unwrap_or_default(),
            },
            wire,
        }))
    }

    /// The signatures of an address, the newest first, down to but not with `until`; at most `most`.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn signatures_of(
        &self,
        address: &Pubkey,
        until: Option<Signature>,
        most: usize,
    ) -> Result<Vec<SignatureOf>, TransportError> {
        let mut found: Vec<SignatureOf> = Vec::new();
        while found.len() < most {
            let part = (most - found.len()).min(self.signature_batch.load(Ordering::Relaxed)).max(1);
            let page = match self.page(address, found.last().map(|last| last.signature), until, part).await {
                Ok(page) => page,
                Err(fault) if fault.may_be_too_much() && part > 1 => {
                    self.signature_batch.fetch_min(part / 2, Ordering::Relaxed);
                    continue;
                }
                Err(fault) => return Err(fault.into()),
            };
            // Fewer than asked for may be what a node gives at most: only nothing is the end.
            if page.is_empty() {
                break;
            }
            found.extend(page);
        }
        Ok(found)
    }

    async fn page(
        &self,
        address: &Pubkey,
        before: Option<Signature>,
        until: Option<Signature>,
        limit: usize,
    ) -> Result<Vec<SignatureOf>, Fault> {
        let commitment = match self.options.commitment {
            strong if strong.is_finalized() => strong,
            _ => CommitmentConfig::confirmed(),
        };
        let params = || {
            let config = RpcSignaturesForAddressConfig {
                before: before.map(|signature| signature.to_string()),
                until: until.map(|signature| signature.to_string()),
                limit: Some(limit),
                commitment: Some(commitment),
                min_context_slot: self.seen.least(commitment),
            };
            json!([address.to_string(), config])
        };
        let ask = RpcRequest::GetSignaturesForAddress;
        let page: Vec<RpcConfirmedTransactionStatusWithSignature> =
            self.ask(&mut self.patience(), ask, params, |_| Ok(())).await?;
        page.into_iter()
            .map(|found| {
                let unreadable = |_| Fault::Malformed(format!("{} is no signature", found.signature));
                Ok(SignatureOf {
                    signature: found.signature.parse().map_err(unreadable)?,
                    slot: found.slot,
                    block_time_ts: found.block_time,
                    failed: found.err.is_some(),
                })
            })
            .collect()
    }

    /// What a node says of a signature, and the slot that it says it at.
    pub(super) async fn status(
        &self,
        signature: &Signature,
        history: bool,
        until: Duration,
    ) -> Result<Response<Option<Status>>, Fault> {
        let answer = self.some_statuses([*signature], history, until).await?;
        let [value] = answer.value;
        Ok(Response { context: answer.context, value })
    }

    /// What one node says of two signatures, searching all that it keeps.
    pub(super) async fn statuses(
        &self,
        signatures: [Signature; 2],
        until: Duration,
    ) -> Result<Response<[Option<Status>; 2]>, Fault> {
        self.some_statuses(signatures, true, until).await
    }

    async fn some_statuses<const N: usize>(
        &self,
        signatures: [Signature; N],
        history: bool,
        until: Duration,
    ) -> Result<Response<[Option<Status>; N]>, Fault> {
        let names: Vec<String> = signatures.iter().map(ToString::to_string).collect();
        let params = json!([names, { "searchTransactionHistory": history }]);
        let ask = RpcRequest::GetSignatureStatuses;
        let answer: Response<Vec<Option<Status>>> = self.ask_once(ask, params, until).await?;
        // The node answers as of the slot that it is processing.
        self.seen.saw(CommitmentConfig::processed(), answer.context.slot);
        let many = |found: Vec<_>| Fault::Malformed(format!("{} statuses instead of {N}", found.len()));
        Ok(Response { context: answer.context, value: answer.value.try_into().map_err(many)? })
    }

    /// The signature of a transaction in the last block up to a slot; `None` where no node shows one.
    pub(super) async fn witness(&self, slot: u64, until: Duration) -> Result<Option<Signature>, Fault> {
        let finalized = CommitmentConfig::finalized();
        let params = json!([slot.saturating_sub(WITNESS_SLOTS), slot, finalized]);
        let slots: Vec<u64> = self.ask_once(RpcRequest::GetBlocks, params, until).await?;
        let Some(block) = slots.into_iter().filter(|found| *found <= slot).max() else { return Ok(None) };
        let config = json!({
            "commitment": "finalized",
            "transactionDetails": "signatures",
            "rewards": false,
            "maxSupportedTransactionVersion": 0,
        });
        let found: Signatures = self.ask_once(RpcRequest::GetBlock, json!([block, config]), until).await?;
        Ok(found.signatures.first().and_then(|signature| signature.parse().ok()))
    }
}

/// The part of `getBlock` that is read.
#[derive(Deserialize)]
struct Signatures {
    signatures: Vec<String>,
}

/// In so many slots there is a block.
const WITNESS_SLOTS: u64 = 64;
