//! Asking: one question at a time, again where that helps, never longer than promised, never an older answer
//! than before.

use {
    super::{answer::Fault, clock::Clock, options::RpcOptions, patience::Patience, seen::Seen},
    crate::Hash,
    serde::de::DeserializeOwned,
    serde_json::Value,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_rpc_client_api::{config::CommitmentConfig, request::RpcRequest, response::Response},
    std::{
        collections::VecDeque,
        sync::{Arc, Mutex, atomic::AtomicUsize},
        time::Duration,
    },
};

/// A chain behind a JSON-RPC endpoint, asked without blocking the thread. May be shared between tasks.
pub struct AsyncRpcTransport {
    pub(super) rpc: Arc<RpcClient>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) options: RpcOptions,
    pub(super) seen: Seen,
    /// Blockhashes given out.
    pub(super) blockhashes: Mutex<VecDeque<KnownBlockhash>>,
    /// So many accounts the node takes in one question, as far as is known.
    pub(super) batch: AtomicUsize,
    /// So many signatures the node gives in one answer, as far as is known.
    pub(super) signature_batch: AtomicUsize,
}

/// A blockhash that was given out.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownBlockhash {
    pub hash: Hash,
    /// The last block height at which it is valid.
    pub last_valid_height: u64,
    /// The slot that the node had reached when it gave it.
    pub slot: u64,
}

impl AsyncRpcTransport {
    pub(super) fn patience(&self) -> Patience {
        Patience::new(self.clock.now(), self.options.timeout)
    }

    /// One question, once, until then.
    pub(super) async fn ask_once<T: DeserializeOwned>(
        &self,
        request: RpcRequest,
        params: Value,
        until: Duration,
    ) -> Result<T, Fault> {
        let longest = until.saturating_sub(self.clock.now());
        let answer = tokio::select! {
            biased;
            answer = self.rpc.send::<Value>(request, params) => answer?,
            () = self.clock.sleep(longest) => {
                return Err(Fault::Silent(format!("no answer to {request} within {} s", longest.as_secs_f32())));
            }
        };
        serde_json::from_value(answer).map_err(|error| Fault::Malformed(format!("{request}: {error}")))
    }

    /// One question, again while that is of use and the patience lasts. `params` are made anew each time.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        patience: &mut Patience,
        request: RpcRequest,
        params: impl Fn() -> Value,
        check: impl Fn(&T) -> Result<(), Fault>,
    ) -> Result<T, Fault> {
        loop {
            let now = self.clock.now();
            let answer =
                self.ask_once(request, params(), patience.until(now, self.options.timeout)).await.and_then(|answer| {
                    check(&answer)?;
                    Ok(answer)
                });
            let Err(fault) = answer else { return answer };
            let Some(pause) = patience.pause_after(&fault, self.clock.now()) else { return Err(fault) };
            self.clock.sleep(pause).await;
        }
    }

    /// One question whose answer has a context. The question carries the slot that it needs of its
    /// commitment, and an answer that is older all the same counts as one that lags.
    pub(super) async fn ask_at<T: DeserializeOwned>(
        &self,
        patience: &mut Patience,
        request: RpcRequest,
        commitment: CommitmentConfig,
        params: impl Fn(Option<u64>) -> Value,
    ) -> Result<Response<T>, Fault> {
        let fresh = |answer: &Response<T>| match self.seen.least(commitment) {
            Some(least) if answer.context.slot < least => Err(Fault::Behind),
            _ => Ok(()),
        };
        let answer = self.ask(patience, request, || params(self.seen.least(commitment)), fresh).await?;
        self.seen.saw(commitment, answer.context.slot);
        Ok(answer)
    }
}
