//! One command's view of the chain: who acts, in which network, through which transport.

use {
    super::{
        Outbox, Store,
        config::{self, Config},
    },
    crate::{
        failure::{Failure, Result},
        options::Options,
        reply,
    },
    solana_sdk::{signature::Keypair, signer::Signer},
    work_token_sdk::{
        Account, AddressLookupTableAccount, Client, Instruction, NetworkAddresses, PositionAddresses,
        ProviderAddresses, Pubkey, Transport, ix, seeds, transactions::LAMPORTS_PER_SIGNATURE,
    },
};

/// The program that derives everybody's usual token accounts.
const ASSOCIATED_TOKEN_PROGRAM: Pubkey = Pubkey::from_str_const("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");

/// What a command needs to read and write.
pub struct Session<'a> {
    /// The chain.
    pub chain: &'a dyn Transport,
    /// The options of every command.
    pub options: &'a Options,
    /// The settings file.
    pub config: &'a Config,
    /// What this command sends.
    pub outbox: &'a Outbox,
    /// Where its transactions look up accounts.
    pub tables: &'a [AddressLookupTableAccount],
}

impl Session<'_> {
    /// The same session, whose transactions look up in these tables what stands there.
    pub fn looking_up<'b>(&'b self, tables: &'b [AddressLookupTableAccount]) -> Session<'b> {
        Session { tables, ..*self }
    }

    /// The keypair that signs.
    pub fn keypair(&self) -> Result<Keypair> {
        config::load_keypair(self.options.keypair.as_deref().unwrap_or(&self.config.keypair))
    }

    /// Who acts: the keypair's address, or `--authority`, whose key is elsewhere.
    pub fn authority(&self) -> Result<Pubkey> {
        match self.options.authority {
            Some(authority) if self.only_shows() => Ok(authority),
            Some(authority) => {
                let keypair = self.keypair()?.pubkey();
                if keypair == authority {
                    return Ok(authority);
                }
                Err(Failure::Usage(format!(
                    "the keypair is {keypair}, not --authority {authority}: add --unsigned or --dry-run"
                )))
            }
            None => Ok(self.keypair()?.pubkey()),
        }
    }

    /// Whether nothing will be sent.
    pub fn only_shows(&self) -> bool {
        self.options.unsigned.is_some() || self.options.dry_run
    }

    /// Says something besides the answer.
    pub fn note(&self, text: &str) {
        reply::note(text);
    }

    /// Refuses what no transaction could get over, before one is signed or printed: a chain without a program
    /// that it calls, and whoever pays without SOL.
    pub fn require_ready(&self, payer: &Pubkey, instructions: &[Instruction]) -> Result<()> {
        let mut keys = vec![*payer, work_token_sdk::ID];
        for Instruction { program_id, .. } in instructions {
            // What checks signatures is no account everywhere.
            if *program_id != ix::ED25519_PROGRAM && !keys.contains(program_id) {
                keys.push(*program_id);
            }
        }
        let found = self.chain.accounts(&keys)?;
        let chain = config::chain_name(&self.config.url);
        let Some((payer_account, programs)) = found.split_first() else { return Ok(()) };
        if let Some((missing, _)) = keys.iter().skip(1).zip(programs).find(|(_, found)| found.is_none()) {
            return Err(Failure::Failed(format!(
                "{chain} does not have the program {missing}: is it the right chain? --url names another one"
            )));
        }
        let lamports = payer_account.as_ref().map_or(0, |account| account.lamports);
        if self.options.unsigned.is_none() && lamports < LAMPORTS_PER_SIGNATURE {
            return Err(self.too_poor(payer, lamports, LAMPORTS_PER_SIGNATURE));
        }
        Ok(())
    }

    /// Refuses a fee that whoever pays does not have.
    pub fn require_fee(&self, payer: &Pubkey, fee: u64) -> Result<()> {
        let lamports = self.chain.account(payer)?.map_or(0, |account| account.lamports);
        if lamports < fee { Err(self.too_poor(payer, lamports, fee)) } else { Ok(()) }
    }

    fn too_poor(&self, payer: &Pubkey, lamports: u64, fee: u64) -> Failure {
        let chain = config::chain_name(&self.config.url);
        Failure::Failed(format!(
            "{payer}, who pays the fee of {fee}, has {lamports} lamports on {chain}: send it SOL, or name another \
             --fee-payer"
        ))
    }

    /// Refuses instructions that need the signature of somebody whose key is not here, and says whose.
    pub fn require_signers(&self, instructions: &[Instruction], keys: &[Keypair]) -> Result<()> {
        let metas = instructions.iter().flat_map(|instruction| &instruction.accounts);
        let missing = metas
            .filter(|meta| meta.is_signer && keys.iter().all(|key| key.pubkey() != meta.pubkey))
            .map(|meta| meta.pubkey)
            .next();
        let Some(missing) = missing else { return Ok(()) };
        let here: Vec<String> = keys.iter().map(|key| key.pubkey().to_string()).collect();
        Err(Failure::Failed(format!(
            "{missing} must sign this, and the key that is here is {}: name it as --keypair, or as --fee-payer where \
             two sign, or print the transaction with --unsigned",
            here.join(" and ")
        )))
    }

    /// Says of what is not there where it was looked for.
    pub fn located(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Failed(message) if message.starts_with("there is no ") => {
                let chain = config::chain_name(&self.config.url);
                Failure::Failed(format!("{message} on {chain}; --url names another chain"))
            }
            other => other,
        }
    }

    /// A client of the chain.
    pub fn client(&self) -> Client<'_> {
        Client::new(self.chain).with_priority_fee(self.options.priority_fee()).looking_up(self.tables)
    }

    /// What keeps salts.
    pub fn store(&self) -> Store {
        Store::at(self.options.store.as_deref().unwrap_or(&self.config.store))
    }

    /// The address of the network that the options name.
    pub fn network_key(&self) -> Result<Pubkey> {
        if let Some(network) = self.options.network {
            return Ok(network);
        }
        let Some(id) = self.options.network_id else {
            return Err(Failure::Usage(
                "which network? --network PUBKEY, or --network-id N with --creator PUBKEY".into(),
            ));
        };
        let creator = self.options.creator.map_or_else(|| self.authority(), Ok)?;
        let named: [&[u8]; 3] = [seeds::NETWORK, creator.as_ref(), &id.to_le_bytes()];
        Ok(Pubkey::find_program_address(&named, &work_token_sdk::ID).0)
    }

    /// The same where the options name one, without asking the chain.
    pub fn named_network(&self) -> Option<Pubkey> {
        let named = self.options.network.is_some() || self.options.network_id.is_some();
        if named { self.network_key().ok() } else { None }
    }

    /// Those of some accounts that exist, in one read.
    pub fn existing<A: Account>(&self, keys: &[Pubkey]) -> Result<Vec<A>> {
        let found = self.chain.accounts(keys)?;
        found.into_iter().flatten().map(|account| Ok(A::decode(&account.data)?)).collect()
    }

    /// The network that the options name.
    pub fn network(&self) -> Result<NetworkAddresses> {
        Ok(self.client().network_addresses(&self.network_key()?)?)
    }

    /// A provider by its address, in the network it names itself.
    pub fn provider(&self, key: &Pubkey) -> Result<ProviderAddresses> {
        let provider = self.client().provider_addresses(key)?;
        let network = provider.network.network;
        if self.options.network.is_some_and(|named| named != network) {
            return Err(Failure::Failed(format!("{key} belongs to the network {network}")));
        }
        Ok(provider)
    }

    /// The signer's position behind a provider, which must exist.
    pub fn position(&self, provider: &Pubkey) -> Result<PositionAddresses> {
        let position = self.provider(provider)?.position(self.authority()?);
        self.client().position(&position.delegation)?;
        Ok(position)
    }

    /// The usual token account of somebody, unless another one was named.
    pub fn token_account(&self, named: Option<Pubkey>, owner: &Pubkey, network: &NetworkAddresses) -> Pubkey {
        named.unwrap_or_else(|| usual_token_account(owner, network))
    }
}

/// The token account that wallets give somebody.
pub fn usual_token_account(owner: &Pubkey, network: &NetworkAddresses) -> Pubkey {
    let seeds = [owner.as_ref(), network.token_program.as_ref(), network.mint.as_ref()];
    Pubkey::find_program_address(&seeds, &ASSOCIATED_TOKEN_PROGRAM).0
}
