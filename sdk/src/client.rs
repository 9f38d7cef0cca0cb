//! A small typed client over any [`Transport`]: fetch accounts, list them, build, sign and send.

mod dispute;
mod epoch;
pub(crate) mod error;
mod job;
mod jury;
mod network;
mod place;
mod position;
mod provider;
mod risk;
mod score;
pub(crate) mod sending;
mod stake;
mod table;
mod vote;

pub use {dispute::DisputeState, error::ClientError, job::JobState, position::PositionState, risk::RiskState};

use {
    self::sending::{Blocking, Signers, at_once},
    crate::{
        Account, AddressLookupTableAccount, Instruction, Pubkey, Signer, VersionedTransaction,
        fate::InFlight,
        transactions::{Manner, PriorityFee, Rehearsal, Unsigned},
        transport::{Filter, Outcome, RawAccount, Transport, TransportError},
    },
};

/// The chain's clock, an account of its own.
const CLOCK: Pubkey = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");

/// A client of one chain.
#[derive(Clone, Copy)]
pub struct Client<'a> {
    transport: &'a dyn Transport,
    manner: Manner<'a>,
}

impl<'a> Client<'a> {
    /// A client that pays no priority fee.
    pub fn new(transport: &'a dyn Transport) -> Self {
        Self { transport, manner: PriorityFee::NONE.into() }
    }

    /// The same client, paying on top of the base fee.
    pub fn with_priority_fee(self, fee: PriorityFee) -> Self {
        Self { manner: Manner { fee, ..self.manner }, ..self }
    }

    /// The same client, whose transactions look up in these tables what stands there, where that makes them
    /// smaller.
    pub fn looking_up(self, tables: &'a [AddressLookupTableAccount]) -> Self {
        Self { manner: Manner { tables, ..self.manner }, ..self }
    }

    /// The chain.
    pub fn transport(&self) -> &'a dyn Transport {
        self.transport
    }

    /// An account of the program; `None` where there is nothing.
    ///
    /// # Errors
    ///
    /// An account of another program, type or version, and when the chain cannot be asked.
    pub fn find<A: Account>(&self, key: &Pubkey) -> Result<Option<A>, ClientError> {
        self.transport.account(key)?.map(|account| decode(key, &account)).transpose()
    }

    /// An account of the program that may be too large for the stack; `None` where there is nothing.
    ///
    /// # Errors
    ///
    /// Those of [`Self::find`].
    pub fn find_boxed<A: Account>(&self, key: &Pubkey) -> Result<Option<Box<A>>, ClientError> {
        let Some(account) = self.transport.account(key)? else { return Ok(None) };
        if account.owner != A::PROGRAM {
            return Err(ClientError::NotOurs { name: A::NAME, key: *key, owner: account.owner });
        }
        A::decode_boxed(&account.data).map(Some).map_err(|source| ClientError::Decode { key: *key, source })
    }

    /// An account of the program that must exist.
    ///
    /// # Errors
    ///
    /// [`ClientError::Missing`] where there is nothing, and those of [`Self::find`].
    pub fn get<A: Account>(&self, key: &Pubkey) -> Result<A, ClientError> {
        self.find(key)?.ok_or(ClientError::Missing { name: A::NAME, key: *key })
    }

    /// The supply of a mint. Base units.
    ///
    /// # Errors
    ///
    /// [`ClientError::Missing`] where there is no mint, and when the chain cannot be asked.
    pub fn supply(&self, mint: &Pubkey) -> Result<u64, ClientError> {
        self.token_word(mint, 36)
    }

    /// What a token account holds. Base units.
    ///
    /// # Errors
    ///
    /// [`ClientError::Missing`] where there is no token account, and when the chain cannot be asked.
    pub fn token_balance(&self, account: &Pubkey) -> Result<u64, ClientError> {
        self.token_word(account, 64)
    }

    fn token_word(&self, key: &Pubkey, at: usize) -> Result<u64, ClientError> {
        let missing = || ClientError::Missing { name: "mint or token account", key: *key };
        let account = self.transport.account(key)?.ok_or_else(missing)?;
        let word = account.data.get(at..).and_then(|data| data.first_chunk()).copied();
        Ok(u64::from_le_bytes(word.ok_or_else(missing)?))
    }

    /// All accounts of a type in which an address stands at each offset of the layout, by address. An account
    /// of another layout version is an error, not an omission.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn list<A: Account>(&self, addresses: &[(usize, Pubkey)]) -> Result<Vec<(Pubkey, A)>, ClientError> {
        let mut bytes = vec![(0, A::DISCRIMINATOR.to_vec())];
        bytes.extend(addresses.iter().map(|(offset, address)| (8 + offset, address.to_bytes().to_vec())));
        let filter = Filter { size: A::FIXED_SIZE, bytes };
        let mut found = self.transport.program_accounts(&A::PROGRAM, &filter)?;
        found.sort_unstable_by_key(|(key, _)| *key);
        found.into_iter().map(|(key, account)| Ok((key, decode(&key, &account)?))).collect()
    }

    /// Runs instructions without effect, unsigned where a key would have to ask a person. They are tried at a
    /// price of nothing, so that a wallet that can pay for what is sent can always try it.
    ///
    /// # Errors
    ///
    /// A key that cannot sign, a refusal, and when the chain cannot be asked.
    pub fn simulate(
        &self,
        instructions: &[Instruction],
        payer: &dyn Signer,
        others: &[&dyn Signer],
    ) -> Result<Outcome, ClientError> {
        let chain = Blocking(self.transport);
        at_once(sending::simulate(&chain, &self.manner, instructions, &Signers { payer, others }))
    }

    /// What instructions would do and ask for as one transaction that `payer` pays for, and what that would
    /// cost. Nobody signs.
    ///
    /// # Errors
    ///
    /// A refusal, and when the chain cannot be asked.
    pub fn rehearse(&self, instructions: &[Instruction], payer: &Pubkey) -> Result<Rehearsal, ClientError> {
        at_once(sending::rehearse(&Blocking(self.transport), &self.manner, instructions, payer))
    }

    /// Signs instructions as one transaction with a fresh blockhash; `payer` pays the fee. Adds no compute
    /// budget.
    ///
    /// # Errors
    ///
    /// A key that cannot sign, or one too few, and when the chain cannot be asked.
    pub fn sign(
        &self,
        instructions: &[Instruction],
        payer: &dyn Signer,
        others: &[&dyn Signer],
    ) -> Result<VersionedTransaction, ClientError> {
        Signers { payer, others }.sign(instructions, self.manner.tables, self.transport.latest_blockhash()?)
    }

    /// Simulates instructions, asks for a fifth more compute units than that used and for the bytes that it
    /// loads, signs and sends them as one transaction, and waits.
    ///
    /// It signs anew, at most twice, only when the transaction before is certainly in no block and never will
    /// be. When that is not known ([`TransportError::Unknown`]) it gives up: a second transaction might do
    /// the same again.
    ///
    /// # Errors
    ///
    /// A key that cannot sign, a refusal, and when the chain cannot be asked. [`TransportError`] tells
    /// whether the transaction may have landed.
    pub fn send(
        &self,
        instructions: &[Instruction],
        payer: &dyn Signer,
        others: &[&dyn Signer],
    ) -> Result<Outcome, ClientError> {
        self.send_noted(instructions, payer, others, |_| Ok(()))
    }

    /// The same. Before a transaction is sent, `note` is given what to keep of it, each time that it is
    /// signed; if it fails nothing is sent.
    ///
    /// # Errors
    ///
    /// Those of [`Self::send`], and what `note` fails with.
    pub fn send_noted<E: From<ClientError>>(
        &self,
        instructions: &[Instruction],
        payer: &dyn Signer,
        others: &[&dyn Signer],
        note: impl FnMut(&InFlight) -> Result<(), E>,
    ) -> Result<Outcome, E> {
        let chain = Blocking(self.transport);
        at_once(sending::send(&chain, &self.manner, instructions, Signers { payer, others }, note))
    }

    /// The transaction for somebody else to sign: a multisig, a hardware wallet, another machine. Has no
    /// compute budget, which a multisig could not execute.
    ///
    /// # Errors
    ///
    /// When the chain cannot be asked for a blockhash.
    pub fn unsigned(&self, instructions: &[Instruction], payer: &Pubkey) -> Result<Unsigned, ClientError> {
        Ok(Unsigned::looking_up(instructions, payer, self.manner.tables, self.transport.latest_blockhash()?))
    }
}

/// Slot and unix seconds of the chain's clock: its first field and its last.
fn clock(account: Option<&RawAccount>) -> Result<(u64, i64), ClientError> {
    let parts = account.and_then(|clock| Some((clock.data.first_chunk()?, clock.data.get(32..)?.try_into().ok()?)));
    let (slot, now_ts) = parts.ok_or_else(|| TransportError::Malformed("the chain's clock is not a clock".into()))?;
    Ok((u64::from_le_bytes(*slot), i64::from_le_bytes(now_ts)))
}

fn decode<A: Account>(key: &Pubkey, account: &RawAccount) -> Result<A, ClientError> {
    if account.owner != A::PROGRAM {
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
