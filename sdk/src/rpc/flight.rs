//! Until when a signed transaction can land: by the blockhash that was given out here, by one from elsewhere,
//! or by a durable nonce.

use {
    super::{answer::Fault, endpoint::AsyncRpcTransport, patience::Patience, proof},
    crate::{Hash, Pubkey, Signature, VersionedTransaction},
    crate::{
        fate::{Expiry, InFlight, durable_nonce, nonce_value},
        transport::TransportError,
    },
    serde::Deserialize,
    serde_json::json,
    solana_rpc_client_api::{
        config::{CommitmentConfig, RpcContextConfig},
        request::RpcRequest,
        response::{Response, UiAccount},
    },
    std::{sync::PoisonError, time::Duration},
};

/// How often a node that does not show what a transaction lives by is asked again.
const SHOW_ATTEMPTS: u32 = 3;

/// The newest height and slot, of one block.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Head {
    pub absolute_slot: u64,
    pub block_height: u64,
}

impl AsyncRpcTransport {
    /// What to keep of a signed transaction before it is sent.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn in_flight(&self, transaction: &VersionedTransaction) -> Result<InFlight, TransportError> {
        Ok(self.noted(transaction, &mut self.patience()).await?)
    }

    pub(super) async fn noted(
        &self,
        transaction: &VersionedTransaction,
        patience: &mut Patience,
    ) -> Result<InFlight, Fault> {
        let signature = signature_of(transaction);
        let value = *transaction.message.recent_blockhash();
        let nonce = durable_nonce(transaction);
        let known = {
            let known = self.blockhashes.lock().unwrap_or_else(PoisonError::into_inner);
            known.iter().find(|known| nonce.is_none() && known.hash == value).copied()
        };
        if let Some(known) = known {
            return Ok(InFlight { signature, expiry: Expiry::Height(known.last_valid_height), since_slot: known.slot });
        }
        let shown = self.shown(nonce.as_ref(), value, patience).await?;
        let Some(slot) = shown else {
            return Ok(InFlight { signature, expiry: Expiry::Unknown, since_slot: 0 });
        };
        self.seen.saw(CommitmentConfig::processed(), slot);
        if let Some(account) = nonce {
            let expiry = Expiry::Nonce { account, value, as_of_slot: slot };
            return Ok(InFlight { signature, expiry, since_slot: proof::before(slot) });
        }
        let processed = CommitmentConfig::processed();
        let params = || json!([context(processed, self.seen.least(processed))]);
        let tip: Head = self.ask(patience, RpcRequest::GetEpochInfo, params, |_| Ok(())).await?;
        let (last_height, since_slot) = proof::foreign_blockhash(tip.block_height, slot);
        Ok(InFlight { signature, expiry: Expiry::Height(last_height), since_slot })
    }

    /// The slot at which a node shows what a transaction lives by. One that does not show it may lag, and is
    /// asked again a few times.
    async fn shown(&self, nonce: Option<&Pubkey>, value: Hash, patience: &mut Patience) -> Result<Option<u64>, Fault> {
        let mut left = SHOW_ATTEMPTS;
        loop {
            let until = patience.until(self.clock.now(), self.options.timeout);
            let asked = match nonce {
                Some(account) => self.shows_nonce(account, value, until).await,
                None => self.shows_blockhash(value, until).await,
            };
            let fault = match asked {
                Ok(Some(slot)) => return Ok(Some(slot)),
                Ok(None) if left == 0 => return Ok(None),
                Ok(None) => {
                    left -= 1;
                    Fault::Behind
                }
                Err(fault) => fault,
            };
            match patience.pause_after(&fault, self.clock.now()) {
                Some(pause) => self.clock.sleep(pause).await,
                None => return Err(fault),
            }
        }
    }

    async fn shows_blockhash(&self, blockhash: Hash, until: Duration) -> Result<Option<u64>, Fault> {
        let processed = CommitmentConfig::processed();
        let params = json!([blockhash.to_string(), context(processed, self.seen.least(processed))]);
        let valid: Response<bool> = self.ask_once(RpcRequest::IsBlockhashValid, params, until).await?;
        Ok(valid.value.then_some(valid.context.slot))
    }

    async fn shows_nonce(&self, account: &Pubkey, value: Hash, until: Duration) -> Result<Option<u64>, Fault> {
        let (slot, data) = self.nonce(account, CommitmentConfig::processed(), until).await?;
        Ok((nonce_value(&data) == Some(value)).then_some(slot))
    }

    /// The data of a nonce account and the slot at which it is so; no data where there is none.
    pub(super) async fn nonce(
        &self,
        account: &Pubkey,
        commitment: CommitmentConfig,
        until: Duration,
    ) -> Result<(u64, Vec<u8>), Fault> {
        let config = self.read_config(commitment, self.seen.least(commitment));
        let params = json!([[account.to_string()], config]);
        let answer: Response<Vec<Option<UiAccount>>> =
            self.ask_once(RpcRequest::GetMultipleAccounts, params, until).await?;
        self.seen.saw(commitment, answer.context.slot);
        let [found] = answer.value.as_slice() else {
            return Err(Fault::Malformed("not one account".into()));
        };
        let data = found.as_ref().map(|account| account.data.decode());
        let unreadable = || Fault::Malformed("an account is not base64".into());
        Ok((answer.context.slot, data.map_or(Ok(Vec::new()), |data| data.ok_or_else(unreadable))?))
    }
}

pub(super) fn context(commitment: CommitmentConfig, min_context_slot: Option<u64>) -> RpcContextConfig {
    RpcContextConfig { commitment: Some(commitment), min_context_slot }
}

pub(super) fn signature_of(transaction: &VersionedTransaction) -> Signature {
    transaction.signatures.first().copied().unwrap_or_default()
}
