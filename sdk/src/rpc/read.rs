//! Reading: accounts, blockhashes, fees, transactions and signatures.

use {
    super::{
        answer::Fault,
        endpoint::{AsyncRpcTransport, KnownBlockhash},
    },
    crate::transport::{Filter, RawAccount, TransportError},
    crate::{Hash, Pubkey},
    serde::de::DeserializeOwned,
    serde_json::{Value, json},
    solana_rpc_client_api::{
        config::{
            CommitmentConfig, RpcAccountInfoConfig, RpcContextConfig, RpcProgramAccountsConfig, UiAccountEncoding,
        },
        filter::{Memcmp, RpcFilterType},
        request::RpcRequest,
        response::{OptionalContext, RpcBlockhash, RpcKeyedAccount, RpcPrioritizationFee, UiAccount},
    },
    solana_sdk::clock::Clock,
    std::{
        future::Future,
        sync::{PoisonError, atomic::Ordering},
    },
};

/// Blockhashes that are remembered.
const REMEMBERED_BLOCKHASHES: usize = 64;
const CLOCK: Pubkey = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");

impl AsyncRpcTransport {
    pub(super) fn read_config(
        &self,
        commitment: CommitmentConfig,
        min_context_slot: Option<u64>,
    ) -> RpcAccountInfoConfig {
        RpcAccountInfoConfig {
            encoding: Some(UiAccountEncoding::Base64),
            commitment: Some(commitment),
            min_context_slot,
            data_slice: None,
        }
    }

    /// Accounts by address, in order; `None` where there is none.
    ///
    /// # Errors
    ///
    /// When the endpoint cannot be asked within the promised patience, denies the question, or answers what
    /// makes no sense.
    pub async fn accounts(&self, keys: &[Pubkey]) -> Result<Vec<Option<RawAccount>>, TransportError> {
        let commitment = self.options.commitment;
        Ok(self.in_parts(keys, |part| self.some_accounts(part, commitment)).await?)
    }

    /// One account.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn account(&self, key: &Pubkey) -> Result<Option<RawAccount>, TransportError> {
        Ok(self.accounts(std::slice::from_ref(key)).await?.into_iter().next().flatten())
    }

    /// Asks for items in parts, as large as the node takes them: one that refuses a part, or answers for some
    /// of it only, is asked for half as many from then on.
    async fn in_parts<'a, K, V, F>(&self, items: &'a [K], ask: impl Fn(&'a [K]) -> F) -> Result<Vec<V>, Fault>
    where
        F: Future<Output = Result<Vec<V>, Fault>>,
    {
        let mut found = Vec::with_capacity(items.len());
        while let rest = &items[found.len()..]
            && !rest.is_empty()
        {
            let part = &rest[..self.batch.load(Ordering::Relaxed).clamp(1, rest.len())];
            match ask(part).await {
                Ok(values) => found.extend(values),
                Err(fault) if fault.may_be_too_much() && part.len() > 1 => {
                    self.batch.fetch_min(part.len().div_ceil(2), Ordering::Relaxed);
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(found)
    }

    /// So few accounts that one question may do.
    pub(super) async fn some_accounts(
        &self,
        keys: &[Pubkey],
        commitment: CommitmentConfig,
    ) -> Result<Vec<Option<RawAccount>>, Fault> {
        let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
        let params = |least| json!([names, self.read_config(commitment, least)]);
        let ask = RpcRequest::GetMultipleAccounts;
        let answer = self.ask_at::<Vec<Option<UiAccount>>>(&mut self.patience(), ask, commitment, params).await?;
        if answer.value.len() != keys.len() {
            return Err(Fault::Malformed(format!("{} accounts instead of {}", answer.value.len(), keys.len())));
        }
        answer.value.into_iter().map(|account| account.map(raw).transpose()).collect()
    }

    /// All accounts of a program that pass the filter.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn program_accounts(
        &self,
        program: &Pubkey,
        filter: &Filter,
    ) -> Result<Vec<(Pubkey, RawAccount)>, TransportError> {
        let size = filter.size.map(|size| RpcFilterType::DataSize(size as u64));
        let bytes = filter.bytes.iter().map(|(offset, bytes)| Memcmp::new_base58_encoded(*offset, bytes));
        let filters: Vec<_> = size.into_iter().chain(bytes.map(RpcFilterType::Memcmp)).collect();
        let commitment = self.options.commitment;
        let params = || {
            let config = RpcProgramAccountsConfig {
                filters: Some(filters.clone()),
                account_config: self.read_config(commitment, self.seen.least(commitment)),
                with_context: Some(true),
                ..RpcProgramAccountsConfig::default()
            };
            json!([program.to_string(), config])
        };
        let fresh = |answer: &OptionalContext<Vec<RpcKeyedAccount>>| match (answer, self.seen.least(commitment)) {
            (OptionalContext::Context(answer), Some(least)) if answer.context.slot < least => Err(Fault::Behind),
            _ => Ok(()),
        };
        let answer = self.ask(&mut self.patience(), RpcRequest::GetProgramAccounts, params, fresh).await?;
        if let OptionalContext::Context(answer) = &answer {
            self.seen.saw(commitment, answer.context.slot);
        }
        let mut accounts = Vec::new();
        for RpcKeyedAccount { pubkey, account } in answer.parse_value() {
            let key = pubkey.parse().map_err(|_| TransportError::Malformed(format!("{pubkey} is no address")))?;
            let account = raw(account)?;
            // A node may know fewer filters than it was asked for.
            if account.owner == *program && filter.admits(&account.data) {
                accounts.push((key, account));
            }
        }
        Ok(accounts)
    }

    /// A recent blockhash to sign with.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn latest_blockhash(&self) -> Result<Hash, TransportError> {
        let commitment = self.options.commitment;
        let params = |min_context_slot| json!([RpcContextConfig { commitment: Some(commitment), min_context_slot }]);
        let ask = RpcRequest::GetLatestBlockhash;
        let answer = self.ask_at::<RpcBlockhash>(&mut self.patience(), ask, commitment, params).await?;
        let RpcBlockhash { blockhash, last_valid_block_height: last_valid_height } = answer.value;
        let hash = blockhash.parse().map_err(|_| TransportError::Malformed(format!("{blockhash} is no blockhash")))?;
        let mut known = self.blockhashes.lock().unwrap_or_else(PoisonError::into_inner);
        // Of what several nodes say of the same one, what keeps a transaction possible for the longest.
        match known.iter_mut().find(|known| known.hash == hash) {
            Some(known) => {
                known.last_valid_height = known.last_valid_height.max(last_valid_height);
                known.slot = known.slot.min(answer.context.slot);
            }
            None => known.push_back(KnownBlockhash { hash, last_valid_height, slot: answer.context.slot }),
        }
        if known.len() > REMEMBERED_BLOCKHASHES {
            known.pop_front();
        }
        Ok(hash)
    }

    /// The chain's clock, in unix seconds.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`], and where there is no clock.
    pub async fn now_ts(&self) -> Result<i64, TransportError> {
        let malformed = |what: &str| TransportError::Malformed(what.into());
        let clock = self.account(&CLOCK).await?.ok_or_else(|| malformed("the chain has no clock"))?;
        let field = clock.data.get(32..40).and_then(|bytes| bytes.try_into().ok());
        let bytes = field.filter(|_| clock.data.len() == size_of::<Clock>());
        Ok(i64::from_le_bytes(bytes.ok_or_else(|| malformed("the chain's clock is not a clock"))?))
    }

    /// What transactions that wrote to these accounts lately paid on top of the base fee, one figure a slot.
    /// Millionths of a lamport for each compute unit.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn recent_fees(&self, written: &[Pubkey]) -> Result<Vec<u64>, TransportError> {
        let names: Vec<String> = written.iter().take(MAX_FEE_ACCOUNTS).map(ToString::to_string).collect();
        let ask = RpcRequest::GetRecentPrioritizationFees;
        let fees: Vec<RpcPrioritizationFee> = self.plain(ask, json!([names])).await?;
        Ok(fees.into_iter().map(|fee| fee.prioritization_fee).collect())
    }

    /// The hash of the chain's beginning.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn genesis_hash(&self) -> Result<Hash, TransportError> {
        let text: String = self.plain(RpcRequest::GetGenesisHash, json!([])).await?;
        text.parse().map_err(|_| TransportError::Malformed(format!("{text} is no hash")))
    }

    /// The height of the newest block.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn block_height(&self, commitment: CommitmentConfig) -> Result<u64, TransportError> {
        let config = RpcContextConfig { commitment: Some(commitment), min_context_slot: self.seen.least(commitment) };
        Ok(self.plain(RpcRequest::GetBlockHeight, json!([config])).await?)
    }

    /// The first slot of whose block the node still knows everything.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    pub async fn first_available_block(&self) -> Result<u64, TransportError> {
        Ok(self.plain(RpcRequest::GetFirstAvailableBlock, json!([])).await?)
    }

    /// A question whose answer has no context.
    pub(super) async fn plain<T: DeserializeOwned>(&self, request: RpcRequest, params: Value) -> Result<T, Fault> {
        self.ask(&mut self.patience(), request, || params.clone(), |_| Ok(())).await
    }
}

/// Accounts that a node looks at in one question about fees.
const MAX_FEE_ACCOUNTS: usize = 128;

fn raw(account: UiAccount) -> Result<RawAccount, Fault> {
    let data = account.data.decode().ok_or_else(|| Fault::Malformed("an account is not base64".into()))?;
    let owner = account.owner.parse().map_err(|_| Fault::Malformed(format!("{} is no owner", account.owner)))?;
    Ok(RawAccount { lamports: account.lamports, owner, data })
}
