//! Sending a transaction until its fate is certain.

use {
    super::{
        RpcTransport,
        failure::{refused, unreachable},
    },
    crate::transport::{Outcome, TransportError},
    solana_rpc_client_api::config::{
        CommitmentConfig, RpcSendTransactionConfig, RpcTransactionConfig, UiTransactionEncoding,
    },
    solana_sdk::{
        signature::Signature,
        transaction::{Transaction, TransactionError},
    },
    std::{thread::sleep, time::Instant},
};

/// How often the log of a landed transaction is asked for.
const LOG_ATTEMPTS: u32 = 8;

/// What the chain knows of a sent transaction.
enum Fate {
    Landed,
    Refused(TransactionError),
    Pending,
}

impl RpcTransport {
    /// Simulates; broadcasts, again and again the same signed bytes, until the transaction is confirmed or
    /// the last block that could contain it is final; then looks once into the node's history. What has
    /// landed before is not sent again.
    pub(super) fn send_and_wait(&self, transaction: &Transaction) -> Result<Outcome, TransportError> {
        let signature = transaction.signatures.first().copied().unwrap_or_default();
        let last_valid_height = self.last_valid_height(&transaction.message.recent_blockhash)?;
        let begun = Instant::now();
        let mut broadcast = match self.simulated(transaction, true) {
            Ok(_) => None,
            Err(TransportError::Refused(refusal)) if refusal.error == TransactionError::AlreadyProcessed => Some(begun),
            Err(error) => return Err(error),
        };
        let mut last_error = None;
        loop {
            if broadcast.is_none_or(|at| at.elapsed() >= self.options.rebroadcast) {
                broadcast = Some(Instant::now());
                last_error = self.broadcast(transaction).err();
            }
            match self.fate(&signature, false) {
                Ok(Fate::Landed) => return Ok(self.landed(&signature)),
                Ok(Fate::Refused(error)) => return Err(refused(error, self.landed(&signature).logs)),
                Ok(Fate::Pending) => {}
                Err(error) => last_error = Some(error),
            }
            let height = self.rpc.get_block_height_with_commitment(CommitmentConfig::finalized());
            if height.is_ok_and(|height| height > last_valid_height) {
                return self.last_look(&signature);
            }
            if begun.elapsed() >= self.options.give_up_after {
                return Err(unknown(&signature, last_error));
            }
            sleep(self.options.poll);
        }
    }

    fn broadcast(&self, transaction: &Transaction) -> Result<(), TransportError> {
        let config = RpcSendTransactionConfig {
            skip_preflight: true,
            max_retries: Some(0),
            preflight_commitment: Some(self.options.commitment.commitment),
            ..RpcSendTransactionConfig::default()
        };
        self.rpc.send_transaction_with_config(transaction, config).map(drop).map_err(unreachable)
    }

    fn fate(&self, signature: &Signature, history: bool) -> Result<Fate, TransportError> {
        let signatures = std::slice::from_ref(signature);
        let answer = if history {
            self.rpc.get_signature_statuses_with_history(signatures)
        } else {
            self.rpc.get_signature_statuses(signatures)
        };
        let answer = answer.map_err(unreachable)?;
        self.saw(answer.context.slot);
        Ok(match answer.value.into_iter().next().flatten() {
            Some(status) if status.satisfies_commitment(self.options.commitment) => match status.err {
                Some(error) => Fate::Refused(error),
                None => Fate::Landed,
            },
            _ => Fate::Pending,
        })
    }

    /// No block can contain the transaction any more: does one?
    fn last_look(&self, signature: &Signature) -> Result<Outcome, TransportError> {
        match self.fate(signature, true) {
            Ok(Fate::Landed) => Ok(self.landed(signature)),
            Ok(Fate::Refused(error)) => Err(refused(error, self.landed(signature).logs)),
            Ok(Fate::Pending) => Err(refused(TransactionError::BlockhashNotFound, Vec::new())),
            Err(error) => Err(unknown(signature, Some(error))),
        }
    }

    /// What a landed transaction did. Its log stays empty when the node does not keep it.
    fn landed(&self, signature: &Signature) -> Outcome {
        let config = RpcTransactionConfig {
            encoding: Some(UiTransactionEncoding::Base64),
            commitment: Some(self.options.commitment),
            max_supported_transaction_version: Some(0),
        };
        for _ in 0..LOG_ATTEMPTS {
            if let Ok(found) = self.rpc.get_transaction_with_config(signature, config)
                && let Some(meta) = found.transaction.meta
            {
                self.saw(found.slot);
                return Outcome {
                    signature: *signature,
                    compute_units: Option::from(meta.compute_units_consumed).unwrap_or(0),
                    logs: Option::from(meta.log_messages).unwrap_or_default(),
                };
            }
            sleep(self.options.poll);
        }
        Outcome { signature: *signature, ..Outcome::default() }
    }
}

fn unknown(signature: &Signature, last_error: Option<TransportError>) -> TransportError {
    let reason =
        last_error.map_or_else(|| "no block was seen that contains or excludes it".into(), |error| error.to_string());
    TransportError::Unreachable(format!("transaction {signature} was sent and may or may not have landed: {reason}"))
}
