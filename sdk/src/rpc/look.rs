//! Asking what became of a transaction.

use {
    super::{
        answer::Fault,
        endpoint::AsyncRpcTransport,
        flight::{Head, context},
        proof::{self, Nothing},
    },
    crate::{
        fate::{Expiry, Fate, InFlight, nonce_value},
        transport::TransportError,
    },
    serde_json::json,
    solana_rpc_client_api::{config::CommitmentConfig, request::RpcRequest},
    std::time::Duration,
};

impl AsyncRpcTransport {
    /// What became of a transaction, as far as the chain can tell now.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn fate(&self, flight: &InFlight) -> Result<Fate, TransportError> {
        let mut patience = self.patience();
        loop {
            let now = self.clock.now();
            let fault = match self.look(flight, patience.until(now, self.options.timeout)).await {
                Ok(fate) => return Ok(fate),
                Err(fault) => fault,
            };
            let Some(pause) = patience.pause_after(&fault, self.clock.now()) else { return Err(fault.into()) };
            self.clock.sleep(pause).await;
        }
    }

    /// The same, each question once, all of them until then.
    pub(super) async fn look(&self, flight: &InFlight, until: Duration) -> Result<Fate, Fault> {
        let recent = self.status(&flight.signature, false, until).await?;
        let commitment = self.options.commitment;
        if let Some(landed) = recent.value.as_ref().and_then(|status| status.landed(commitment)) {
            self.seen.saw(commitment, landed.slot);
            return Ok(Fate::Landed(landed));
        }
        let Some(expired_slot) = self.expired_at(flight, until).await? else {
            return Ok(Fate::Unknown(match (flight.expiry, recent.value) {
                (Expiry::Unknown, None) => return self.of_old(flight, until).await,
                (_, Some(_)) => "it is in a block that is not certain yet".into(),
                (_, None) => "no block contains it yet, and one still can".into(),
            }));
        };
        self.after_expiry(flight, expired_slot, until).await
    }

    /// Looks for a signature of which nothing else is known, wherever the node keeps it.
    async fn of_old(&self, flight: &InFlight, until: Duration) -> Result<Fate, Fault> {
        let found = self.status(&flight.signature, true, until).await?;
        if let Some(landed) = found.value.and_then(|status| status.landed(self.options.commitment)) {
            return Ok(Fate::Landed(landed));
        }
        let first = self.ask_once::<u64>(RpcRequest::GetFirstAvailableBlock, json!([]), until).await?;
        Ok(Fate::Unknown(format!(
            "the node knows no such signature, keeps nothing before slot {first}, and nobody knows until when it \
             can land"
        )))
    }

    /// No block can contain the transaction any more since a slot that is final: does one?
    async fn after_expiry(&self, flight: &InFlight, expired_slot: u64, until: Duration) -> Result<Fate, Fault> {
        let (found, searched) = match self.status(&flight.signature, true, until).await {
            Ok(found) => (found, true),
            // A node without a history still has the signatures of late.
            Err(fault) if fault.is_for_good() => (self.status(&flight.signature, false, until).await?, false),
            Err(fault) => return Err(fault),
        };
        if let Some(status) = found.value {
            return Ok(match status.landed(self.options.commitment) {
                Some(landed) => {
                    self.seen.saw(self.options.commitment, landed.slot);
                    Fate::Landed(landed)
                }
                None => Fate::Unknown("it is in a block that is not certain yet".into()),
            });
        }
        let since = match proof::nothing(flight.since_slot, expired_slot, found.context.slot) {
            Nothing::Proved => return Ok(Fate::Absent),
            Nothing::TooEarly => return Err(Fault::Behind),
            Nothing::NeedsHistorySince(since) => since,
        };
        if !searched {
            return Ok(Fate::Unknown("it is too old for this node, which keeps no history".into()));
        }
        let first = self.ask_once::<u64>(RpcRequest::GetFirstAvailableBlock, json!([]), until).await?;
        if first > since {
            return Ok(Fate::Unknown(format!("it is older than what this node knows, which begins at slot {first}")));
        }
        // Another node may have answered than the one that keeps so much: both are told apart by a
        // transaction of that time, asked for in the same question.
        let Some(witness) = self.witness(since, until).await? else {
            return Ok(Fate::Unknown("nobody shows a transaction from before it, to tell how far a node knows".into()));
        };
        let [wanted, shown] = self.statuses([flight.signature, witness], until).await?.value;
        Ok(match (wanted, shown) {
            (None, Some(shown)) if shown.slot <= since => Fate::Absent,
            (Some(_), _) => Fate::Unknown("one node knows it, another does not".into()),
            _ => Fate::Unknown("the node that was asked does not know what happened before it".into()),
        })
    }

    /// A final slot since which the transaction cannot land any more; `None` while it can.
    async fn expired_at(&self, flight: &InFlight, until: Duration) -> Result<Option<u64>, Fault> {
        let finalized = CommitmentConfig::finalized();
        match flight.expiry {
            Expiry::Unknown => Ok(None),
            Expiry::Height(last) => {
                let config = context(finalized, self.seen.least(finalized));
                let tip: Head = self.ask_once(RpcRequest::GetEpochInfo, json!([config]), until).await?;
                self.seen.saw(finalized, tip.absolute_slot);
                Ok((tip.block_height > last).then_some(tip.absolute_slot))
            }
            Expiry::Nonce { account, value, as_of_slot } => {
                let (slot, data) = self.nonce(&account, CommitmentConfig::finalized(), until).await?;
                let advanced = slot >= as_of_slot && nonce_value(&data) != Some(value);
                Ok(advanced.then_some(slot))
            }
        }
    }
}
