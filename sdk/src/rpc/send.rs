//! Sending a transaction until its fate is certain.

use {
    super::{answer::Fault, endpoint::AsyncRpcTransport, flight::signature_of, patience::Patience, proof},
    crate::{
        VersionedTransaction,
        fate::{Expiry, Fate, InFlight, Landed},
        transactions::wire_bytes,
        transport::{Outcome, TransportError},
    },
    base64::{Engine, prelude::BASE64_STANDARD},
    serde_json::{Value, json},
    solana_rpc_client_api::{
        config::{RpcSendTransactionConfig, RpcSimulateTransactionConfig, UiTransactionEncoding},
        request::RpcRequest,
        response::{Response, RpcSimulateTransactionResult},
    },
    solana_transaction_error::TransactionError,
    std::time::Duration,
};

/// Longest wait for one answer while a transaction is watched: another look follows.
const LOOK: Duration = Duration::from_secs(5);
/// How often the log of a landed transaction is asked for.
const LOG_ATTEMPTS: u32 = 8;

/// What the simulation says of a transaction that is to be sent.
enum Admission {
    /// At this slot it was in no block.
    Fresh {
        slot: u64,
    },
    /// It has been in a block, or is in one.
    SentBefore,
    Ended(Result<Outcome, TransportError>),
}

impl AsyncRpcTransport {
    /// Runs a transaction without effect; signatures and blockhash play no part. A node that does not know
    /// the blockhash all the same lags.
    ///
    /// # Errors
    ///
    /// A refusal, and those of [`Self::accounts`].
    pub async fn simulate(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        let mut patience = self.patience();
        loop {
            let fault = match self.simulated(transaction, false, &mut patience).await {
                Ok(answer) => return Ok(answer.value),
                Err(Fault::Refused(refusal)) if refusal.error == TransactionError::BlockhashNotFound => Fault::Behind,
                Err(fault) => return Err(fault.into()),
            };
            let Some(pause) = patience.pause_after(&fault, self.clock.now()) else { return Err(fault.into()) };
            self.clock.sleep(pause).await;
        }
    }

    /// A node verifies the signatures and knows the blockhash of what will be sent, or replaces the blockhash
    /// of what is only tried out.
    async fn simulated(
        &self,
        transaction: &VersionedTransaction,
        sig_verify: bool,
        patience: &mut Patience,
    ) -> Result<Response<Outcome>, Fault> {
        let commitment = self.options.commitment;
        let wire = BASE64_STANDARD.encode(wire_bytes(transaction));
        let params = |min_context_slot| {
            let config = RpcSimulateTransactionConfig {
                sig_verify,
                replace_recent_blockhash: !sig_verify,
                commitment: Some(commitment),
                encoding: Some(UiTransactionEncoding::Base64),
                min_context_slot,
                ..RpcSimulateTransactionConfig::default()
            };
            json!([wire, config])
        };
        let ask = RpcRequest::SimulateTransaction;
        let answer = self.ask_at::<RpcSimulateTransactionResult>(patience, ask, commitment, params).await?;
        let simulated = answer.value;
        let logs = simulated.logs.unwrap_or_default();
        match simulated.err {
            Some(error) => Err(Fault::refused(error.into(), logs)),
            None => {
                let value = Outcome {
                    signature: signature_of(transaction),
                    compute_units: simulated.units_consumed.unwrap_or(0),
                    loaded_bytes: simulated.loaded_accounts_data_size.unwrap_or(0),
                    logs,
                };
                Ok(Response { context: answer.context, value })
            }
        }
    }

    /// Simulates; broadcasts, again and again the same signed bytes, until the transaction is confirmed or
    /// certainly absent. What has landed before is not sent again.
    ///
    /// # Errors
    ///
    /// A refusal, after which nothing has changed; [`TransportError::Absent`] and
    /// [`TransportError::Unknown`]; and those of [`Self::accounts`], after which it has not landed.
    pub async fn send(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        let mut patience = self.patience();
        let mut flight = self.noted(transaction, &mut patience).await?;
        let admission = self.admit(transaction, &flight, &mut patience).await?;
        if let Admission::Fresh { slot } = admission {
            if flight.expiry == Expiry::Unknown {
                // The node that admits it knows what it lives by.
                flight = self.noted(transaction, &mut patience).await?;
            }
            flight.since_slot = flight.since_slot.max(proof::before(slot));
        }
        match admission {
            Admission::Ended(end) => end,
            Admission::Fresh { .. } => self.watch(transaction, &flight, self.clock.now()).await,
            Admission::SentBefore => {
                let later = self.clock.now().saturating_add(self.options.rebroadcast);
                self.watch(transaction, &flight, later).await
            }
        }
    }

    /// Nothing is sent that the chain refuses. A blockhash that a node does not know says little: the node
    /// may lag, or the transaction may have expired, or have landed so long ago that its blockhash is
    /// forgotten.
    async fn admit(
        &self,
        transaction: &VersionedTransaction,
        flight: &InFlight,
        patience: &mut Patience,
    ) -> Result<Admission, TransportError> {
        loop {
            let refusal = match self.simulated(transaction, true, patience).await {
                Ok(simulated) => return Ok(Admission::Fresh { slot: simulated.context.slot }),
                Err(Fault::Refused(refusal)) => refusal,
                Err(fault) => return Err(fault.into()),
            };
            match refusal.error {
                TransactionError::AlreadyProcessed => return Ok(Admission::SentBefore),
                TransactionError::BlockhashNotFound => {}
                _ => return Err(TransportError::Refused(refusal)),
            }
            match self.look(flight, patience.until(self.clock.now(), LOOK)).await {
                Ok(Fate::Landed(landed)) => return Ok(Admission::Ended(self.end(flight, landed).await)),
                Ok(Fate::Absent) => {
                    return Ok(Admission::Ended(Err(TransportError::Absent { signature: flight.signature })));
                }
                Ok(Fate::Unknown(_)) | Err(_) => {}
            }
            let Some(pause) = patience.pause_after(&Fault::Behind, self.clock.now()) else {
                let what = "the node does not know the transaction's blockhash; nothing was sent";
                return Err(TransportError::Unreachable(what.into()));
            };
            self.clock.sleep(pause).await;
        }
    }

    async fn watch(
        &self,
        transaction: &VersionedTransaction,
        flight: &InFlight,
        mut broadcast_at: Duration,
    ) -> Result<Outcome, TransportError> {
        let left = Patience::new(self.clock.now(), self.options.give_up_after);
        let mut broadcast_fault = None;
        loop {
            let now = self.clock.now();
            if now >= broadcast_at {
                broadcast_at = now.saturating_add(self.options.rebroadcast);
                broadcast_fault = self.broadcast(transaction, left.until(now, LOOK)).await.err();
            }
            let (reason, asked_for) = match self.look(flight, left.until(self.clock.now(), LOOK)).await {
                Ok(Fate::Landed(landed)) => return self.end(flight, landed).await,
                Ok(Fate::Absent) => {
                    return Err(match broadcast_fault {
                        // What the node never takes it will not take signed anew.
                        Some(fault) if fault.is_for_good() => fault.into(),
                        _ => TransportError::Absent { signature: flight.signature },
                    });
                }
                Ok(Fate::Unknown(reason)) => (reason, None),
                Err(fault) => {
                    let asked_for = fault.retry_after();
                    (TransportError::from(fault).to_string(), asked_for)
                }
            };
            let asked_for = asked_for.or_else(|| broadcast_fault.as_ref().and_then(Fault::retry_after));
            let pause = self.options.poll.max(asked_for.unwrap_or_default());
            let now = self.clock.now();
            if pause >= left.left(now) {
                let reason = broadcast_fault.map_or(reason, |fault| TransportError::from(fault).to_string());
                return Err(TransportError::Unknown { signature: flight.signature, reason });
            }
            self.clock.sleep(pause).await;
        }
    }

    async fn broadcast(&self, transaction: &VersionedTransaction, until: Duration) -> Result<(), Fault> {
        let config = RpcSendTransactionConfig {
            skip_preflight: true,
            max_retries: Some(0),
            preflight_commitment: Some(self.options.commitment.commitment),
            encoding: Some(UiTransactionEncoding::Base64),
            ..RpcSendTransactionConfig::default()
        };
        let params = json!([BASE64_STANDARD.encode(wire_bytes(transaction)), config]);
        self.ask_once::<Value>(RpcRequest::SendTransaction, params, until).await.map(drop)
    }

    /// What a landed transaction did. Its log stays empty when the node does not keep it.
    async fn end(&self, flight: &InFlight, landed: Landed) -> Result<Outcome, TransportError> {
        let mut outcome = Outcome { signature: flight.signature, ..Outcome::default() };
        let mut error = landed.error;
        let mut patience = self.patience();
        for _ in 0..LOG_ATTEMPTS {
            let until = patience.until(self.clock.now(), LOOK);
            if let Ok(Some(found)) = self.recorded(&flight.signature, until).await {
                error = error.or(found.error);
                outcome = found.outcome;
                break;
            }
            let Some(pause) = patience.pause_after(&Fault::Behind, self.clock.now()) else { break };
            self.clock.sleep(pause).await;
        }
        match error {
            Some(error) => Err(Fault::refused(error, outcome.logs).into()),
            None => Ok(outcome),
        }
    }
}
