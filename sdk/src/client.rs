//! A small typed client over any [`Transport`]: fetch accounts, list them, build, sign and send.

mod disputes;
mod work;

pub use {disputes::DisputeState, work::JobState};

use {
    crate::{
        Account, DecodeError, ID, NetworkAddresses, PositionAddresses, ProviderAddresses, addresses,
        state::{Delegation, EpochPool, Network, ParamChange, Provider, Unbonding},
        transactions::{ComputeBudget, Unsigned},
        transport::{Filter, Outcome, RawAccount, Transport, TransportError},
        view::PositionAt,
    },
    solana_program::instruction::Instruction,
    solana_sdk::{
        pubkey::Pubkey,
        signer::{Signer, SignerError},
        transaction::Transaction,
    },
    std::mem::offset_of,
    thiserror::Error,
};

/// How often a transaction is signed anew after it has certainly expired.
const ATTEMPTS: u32 = 3;

/// Why the client has no answer.
#[derive(Debug, Error)]
pub enum ClientError {
    /// The chain refused, cannot be reached, or makes no sense.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// There is no such account.
    #[error("there is no {name} at {key}")]
    Missing {
        /// What was looked for.
        name: &'static str,
        /// Where.
        key: Pubkey,
    },
    /// The account belongs to another program.
    #[error("the account at {key} is no {name}: it belongs to {owner}")]
    NotOurs {
        /// What was looked for.
        name: &'static str,
        /// Where.
        key: Pubkey,
        /// The program that owns it.
        owner: Pubkey,
    },
    /// The account is of another type or version.
    #[error("at {key}: {source}")]
    Decode {
        /// Where.
        key: Pubkey,
        /// Why.
        source: DecodeError,
    },
    /// A key could not sign.
    #[error("cannot sign: {0}")]
    Signing(#[from] SignerError),
}

/// Everything that the views of a position look at, read together.
#[derive(Clone, Debug)]
pub struct PositionState {
    /// The network.
    pub network: Network,
    /// The provider.
    pub provider: Provider,
    /// The position.
    pub position: Delegation,
    /// Its tickets, by number.
    pub tickets: Vec<Unbonding>,
    /// The chain's clock. Unix seconds.
    pub now_ts: i64,
}

impl PositionState {
    /// For the views.
    pub fn at(&self) -> PositionAt<'_> {
        PositionAt {
            network: &self.network,
            provider: &self.provider,
            position: &self.position,
            tickets: &self.tickets,
            now_ts: self.now_ts,
        }
    }
}

/// A client of one chain.
#[derive(Clone, Copy)]
pub struct Client<'a> {
    transport: &'a dyn Transport,
    micro_lamports_per_unit: u64,
}

impl<'a> Client<'a> {
    /// A client that pays no priority fee.
    pub fn new(transport: &'a dyn Transport) -> Self {
        Self { transport, micro_lamports_per_unit: 0 }
    }

    /// The same client, paying so much on top of the base fee for each compute unit. Millionths of a lamport.
    pub fn with_priority_fee(self, micro_lamports_per_unit: u64) -> Self {
        Self { micro_lamports_per_unit, ..self }
    }

    /// The chain.
    pub fn transport(&self) -> &'a dyn Transport {
        self.transport
    }

    /// An account of the program; `None` where there is nothing.
    pub fn find<A: Account>(&self, key: &Pubkey) -> Result<Option<A>, ClientError> {
        self.transport.account(key)?.map(|account| decode(key, &account)).transpose()
    }

    /// An account of the program that must exist.
    pub fn get<A: Account>(&self, key: &Pubkey) -> Result<A, ClientError> {
        self.find(key)?.ok_or(ClientError::Missing { name: A::NAME, key: *key })
    }

    /// A network.
    pub fn network(&self, key: &Pubkey) -> Result<Network, ClientError> {
        self.get(key)
    }

    /// A network's addresses, as its account records them.
    pub fn network_addresses(&self, key: &Pubkey) -> Result<NetworkAddresses, ClientError> {
        Ok(NetworkAddresses::recorded(*key, &self.network(key)?))
    }

    /// A provider.
    pub fn provider(&self, key: &Pubkey) -> Result<Provider, ClientError> {
        self.get(key)
    }

    /// A provider's addresses and those of its network, as their accounts record them.
    pub fn provider_addresses(&self, key: &Pubkey) -> Result<ProviderAddresses, ClientError> {
        let provider = self.provider(key)?;
        Ok(ProviderAddresses::recorded(self.network_addresses(&provider.network)?, *key, &provider))
    }

    /// A position.
    pub fn position(&self, key: &Pubkey) -> Result<Delegation, ClientError> {
        self.get(key)
    }

    /// A position's tickets, by number.
    pub fn tickets(&self, position: &Pubkey) -> Result<Vec<Unbonding>, ClientError> {
        let found = self.list::<Unbonding>(&[(offset_of!(Unbonding, delegation), *position)])?;
        let mut tickets: Vec<Unbonding> = found.into_iter().map(|(_, ticket)| ticket).collect();
        tickets.sort_unstable_by_key(|ticket| ticket.number);
        Ok(tickets)
    }

    /// The account of an epoch; `None` when it is not open.
    pub fn epoch(&self, network: &Pubkey, epoch: u32) -> Result<Option<EpochPool>, ClientError> {
        self.find(&addresses::epoch_pool(network, epoch))
    }

    /// A proposed change of parameters; `None` when it was executed, cancelled or never made.
    pub fn param_change(&self, network: &Pubkey, number: u32) -> Result<Option<ParamChange>, ClientError> {
        self.find(&addresses::param_change(network, number))
    }

    /// A position with everything its views look at; network, provider and position in one read.
    pub fn position_state(&self, position: &PositionAddresses) -> Result<PositionState, ClientError> {
        let keys = [position.provider.network.network, position.provider.provider, position.delegation];
        let accounts = self.transport.accounts(&keys)?;
        let state: Delegation = at_key(&keys, &accounts, 2)?;
        let tickets = if state.live_tickets == 0 && state.held_tickets == 0 {
            Vec::new()
        } else {
            self.tickets(&position.delegation)?
        };
        Ok(PositionState {
            network: at_key(&keys, &accounts, 0)?,
            provider: at_key(&keys, &accounts, 1)?,
            position: state,
            tickets,
            now_ts: self.transport.now_ts()?,
        })
    }

    /// All networks, by address.
    pub fn networks(&self) -> Result<Vec<(Pubkey, Network)>, ClientError> {
        self.list(&[])
    }

    /// All providers of a network, by address.
    pub fn providers(&self, network: &Pubkey) -> Result<Vec<(Pubkey, Provider)>, ClientError> {
        self.list(&[(offset_of!(Provider, network), *network)])
    }

    /// All positions in a provider's two pools, by address.
    pub fn positions_of_provider(&self, provider: &Pubkey) -> Result<Vec<(Pubkey, Delegation)>, ClientError> {
        self.list(&[(offset_of!(Delegation, provider), *provider)])
    }

    /// All positions that somebody holds, in every network, by address.
    pub fn positions_of_holder(&self, holder: &Pubkey) -> Result<Vec<(Pubkey, Delegation)>, ClientError> {
        self.list(&[(offset_of!(Delegation, delegator), *holder)])
    }

    /// The open epochs of a network, the oldest first.
    pub fn epochs(&self, network: &Pubkey) -> Result<Vec<EpochPool>, ClientError> {
        let found = self.list::<EpochPool>(&[(offset_of!(EpochPool, network), *network)])?;
        let mut epochs: Vec<EpochPool> = found.into_iter().map(|(_, epoch)| epoch).collect();
        epochs.sort_unstable_by_key(|epoch| epoch.epoch);
        Ok(epochs)
    }

    /// The supply of a mint. Base units.
    pub fn supply(&self, mint: &Pubkey) -> Result<u64, ClientError> {
        self.token_word(mint, 36)
    }

    /// What a token account holds. Base units.
    pub fn token_balance(&self, account: &Pubkey) -> Result<u64, ClientError> {
        self.token_word(account, 64)
    }

    fn token_word(&self, key: &Pubkey, at: usize) -> Result<u64, ClientError> {
        let missing = || ClientError::Missing { name: "mint or token account", key: *key };
        let account = self.transport.account(key)?.ok_or_else(missing)?;
        let word = account.data.get(at..).and_then(|data| data.first_chunk()).copied();
        Ok(u64::from_le_bytes(word.ok_or_else(missing)?))
    }

    /// All accounts of a type in which an address stands at each offset of the layout, by address. An account of another layout
    /// version is an error, not an omission.
    pub fn list<A: Account>(&self, addresses: &[(usize, Pubkey)]) -> Result<Vec<(Pubkey, A)>, ClientError> {
        let mut bytes = vec![(0, A::DISCRIMINATOR.to_vec())];
        bytes.extend(addresses.iter().map(|(offset, address)| (8 + offset, address.to_bytes().to_vec())));
        let filter = Filter { size: A::FIXED_SIZE, bytes };
        let mut found = self.transport.program_accounts(&ID, &filter)?;
        found.sort_unstable_by_key(|(key, _)| *key);
        found.into_iter().map(|(key, account)| Ok((key, decode(&key, &account)?))).collect()
    }

    /// Runs instructions without effect, unsigned where a key would have to ask a person.
    pub fn simulate(
        &self,
        instructions: &[Instruction],
        payer: &dyn Signer,
        others: &[&dyn Signer],
    ) -> Result<Outcome, ClientError> {
        let all = ComputeBudget::most(self.micro_lamports_per_unit).with_if_it_fits(instructions, &payer.pubkey());
        let asks = payer.is_interactive() || others.iter().any(|signer| signer.is_interactive());
        let transaction = if asks {
            Unsigned::new(&all, &payer.pubkey(), self.transport.latest_blockhash()?).transaction
        } else {
            self.sign(&all, payer, others)?
        };
        Ok(self.transport.simulate(&transaction)?)
    }

    /// Signs instructions as one transaction with a fresh blockhash; `payer` pays the fee. Adds no compute budget.
    pub fn sign(
        &self,
        instructions: &[Instruction],
        payer: &dyn Signer,
        others: &[&dyn Signer],
    ) -> Result<Transaction, ClientError> {
        let mut signers = vec![payer];
        for signer in others {
            if signers.iter().all(|known| known.pubkey() != signer.pubkey()) {
                signers.push(*signer);
            }
        }
        let mut transaction = Transaction::new_with_payer(instructions, Some(&payer.pubkey()));
        transaction.try_sign(&signers, self.transport.latest_blockhash()?)?;
        Ok(transaction)
    }

    /// Simulates instructions, asks for a fifth more compute units than that used, signs and sends them as one transaction, and waits.
    ///
    /// It signs anew, at most twice, only when the chain has proved that the transaction before has expired and is in no block. When that
    /// is not known ([`TransportError::Unreachable`]) it gives up: a second transaction might do the same again. Look at the accounts, then decide.
    pub fn send(
        &self,
        instructions: &[Instruction],
        payer: &dyn Signer,
        others: &[&dyn Signer],
    ) -> Result<Outcome, ClientError> {
        let used = self.simulate(instructions, payer, others)?.compute_units;
        let all =
            ComputeBudget::after(used, self.micro_lamports_per_unit).with_if_it_fits(instructions, &payer.pubkey());
        let mut attempt = 1;
        loop {
            let transaction = self.sign(&all, payer, others)?;
            match self.transport.send(&transaction) {
                Err(TransportError::Refused(refusal)) if refusal.is_expired() && attempt < ATTEMPTS => attempt += 1,
                answer => return Ok(answer?),
            }
        }
    }

    /// The transaction for somebody else to sign: a multisig, a hardware wallet, another machine. Has no compute budget, which a
    /// multisig could not execute.
    pub fn unsigned(&self, instructions: &[Instruction], payer: &Pubkey) -> Result<Unsigned, ClientError> {
        Ok(Unsigned::new(instructions, payer, self.transport.latest_blockhash()?))
    }
}

fn decode<A: Account>(key: &Pubkey, account: &RawAccount) -> Result<A, ClientError> {
    if account.owner != ID {
        return Err(ClientError::NotOurs { name: A::NAME, key: *key, owner: account.owner });
    }
    A::decode(&account.data).map_err(|source| ClientError::Decode { key: *key, source })
}

fn at_key<A: Account>(keys: &[Pubkey], accounts: &[Option<RawAccount>], index: usize) -> Result<A, ClientError> {
    let account = accounts.get(index).and_then(Option::as_ref);
    decode(&keys[index], account.ok_or(ClientError::Missing { name: A::NAME, key: keys[index] })?)
}

#[cfg(test)]
mod tests;
