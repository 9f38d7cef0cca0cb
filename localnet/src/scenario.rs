//! A network with people in it, on the embedded chain: what the demo, the benchmarks and the tests all begin
//! with.

use {
    crate::{Actor, Localnet, LocalnetError, MintOptions, TokenProgram},
    sha2::{Digest, Sha256},
    solana_sdk::{
        pubkey::Pubkey,
        signature::Keypair,
        signer::{SeedDerivable, Signer},
        transaction::VersionedTransaction,
    },
    std::ops::Deref,
    work_token_sdk::{
        Instruction, NetworkAddresses, ix, presets,
        state::{EmissionMode, Network, NetworkParams, VaultKind},
        transactions::Unsigned,
        transport::{Outcome, Transport, TransportError},
    },
};

/// How a scenario begins.
#[derive(Clone, Debug)]
pub struct ScenarioOptions {
    /// All keys follow from it.
    pub seed: u64,
    /// Which token program.
    pub program: TokenProgram,
    /// Mint or Reserve.
    pub mode: EmissionMode,
    /// The parameters.
    pub params: NetworkParams,
    /// The chain's clock at the beginning. Unix seconds.
    pub now_ts: i64,
}

impl Default for ScenarioOptions {
    fn default() -> Self {
        Self {
            seed: 1,
            program: TokenProgram::Spl,
            mode: EmissionMode::Mint,
            params: presets::NETWORK_PARAMS,
            now_ts: 1_800_000_000,
        }
    }
}

type Witness = Box<dyn Fn(&Outcome)>;

/// A network on an embedded chain.
pub struct Scenario {
    /// The chain.
    pub chain: Localnet,
    /// The network's addresses.
    pub network: NetworkAddresses,
    /// Which token program the work token is of.
    pub program: TokenProgram,
    /// Admin, guardian and arbiter of the network, and its creator.
    pub admin: Actor,
    /// Pays fees and cranks.
    pub keeper: Actor,
    seed: u64,
    /// Sees what every transaction did.
    witness: Option<Witness>,
}

impl Deref for Scenario {
    type Target = Localnet;

    fn deref(&self) -> &Localnet {
        &self.chain
    }
}

impl Scenario {
    /// Starts a chain and creates a network on it.
    pub fn start(options: &ScenarioOptions) -> Result<Self, LocalnetError> {
        let scenario = Self::before_creation(Localnet::start(options.now_ts)?, options);
        let create = scenario.create_network(options);
        scenario.send(&[create], &[&scenario.admin]).expect("the default network is created");
        Ok(scenario)
    }

    /// A chain with mint, people and the drafted parameters but without the network, for tests of its
    /// creation.
    pub fn before_creation(chain: Localnet, options: &ScenarioOptions) -> Self {
        let mint = key(options.seed, "mint").pubkey();
        let admin_key = key(options.seed, "admin");
        let network = NetworkAddresses::derive(&admin_key.pubkey(), 1, mint, options.program.id());
        let mint_authority = (options.mode == EmissionMode::Mint).then_some(network.network);
        chain.create_mint(mint, &MintOptions::of(options.program, mint_authority));
        let nobody = || Actor { key: Keypair::new_from_array([0; 32]), tokens: Pubkey::default() };
        let mut scenario = Self {
            chain,
            network,
            program: options.program,
            admin: nobody(),
            keeper: nobody(),
            seed: options.seed,
            witness: None,
        };
        scenario.admin = scenario.actor("admin", 0);
        scenario.keeper = scenario.actor("keeper", 0);
        scenario.draft(&scenario.admin, &options.params);
        scenario
    }

    /// Somebody with lamports and `amount` base units of the work token. The same name is the same key.
    pub fn actor(&self, name: &str, amount: u64) -> Actor {
        let key = key(self.seed, name);
        let tokens = self::key(self.seed, &format!("{name}'s tokens")).pubkey();
        self.chain.fund(&key.pubkey(), 100_000_000_000);
        self.chain.create_token_account(tokens, self.program, self.network.mint, key.pubkey(), amount);
        Actor { key, tokens }
    }

    /// Somebody with lamports and a key that follows from a name, without tokens.
    pub fn person(&self, name: &str) -> Actor {
        let person = self.unfunded(name);
        self.chain.fund(&person.address(), 100_000_000_000);
        person
    }

    /// A key that follows from a name and is no account yet.
    pub fn unfunded(&self, name: &str) -> Actor {
        Actor { key: key(self.seed, name), tokens: Pubkey::default() }
    }

    /// Sends instructions in one transaction, signed by `signers`; the keeper pays the fee.
    pub fn send(&self, instructions: &[Instruction], signers: &[&Actor]) -> Result<Outcome, TransportError> {
        self.land(&self.sign(instructions, signers))
    }

    /// Sends an instruction, signed by those of `people` that it names; the keeper pays the fee.
    pub fn send_named(&self, instruction: Instruction, people: &[&Actor]) -> Result<Outcome, TransportError> {
        let signs = |key| instruction.accounts.iter().any(|meta| meta.is_signer && meta.pubkey == key);
        let signers: Vec<&Actor> = people.iter().copied().filter(|actor| signs(actor.address())).collect();
        self.send(std::slice::from_ref(&instruction), &signers)
    }

    /// Sends a transaction as it is.
    pub fn land(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        let outcome = self.chain.send(transaction)?;
        if let Some(witness) = &self.witness {
            witness(&outcome);
        }
        Ok(outcome)
    }

    /// Shows the outcome of every transaction from now on to a witness.
    pub fn watch(&mut self, witness: impl Fn(&Outcome) + 'static) {
        self.witness = Some(Box::new(witness));
    }

    /// Signs instructions as one transaction; the keeper pays the fee.
    pub fn sign(&self, instructions: &[Instruction], signers: &[&Actor]) -> VersionedTransaction {
        let mut keys: Vec<&Keypair> = vec![&self.keeper.key];
        keys.extend(signers.iter().map(|actor| &actor.key).filter(|key| key.pubkey() != self.keeper.address()));
        let blockhash = self.chain.latest_blockhash().expect("the embedded chain has a blockhash");
        let unsigned = Unsigned::new(instructions, &self.keeper.address(), blockhash);
        unsigned.sign(&keys).expect("whoever must sign is here")
    }

    /// The keeper, paid into its token account.
    pub fn paid_keeper(&self) -> ix::Keeper {
        ix::Keeper { keeper: self.keeper.address(), account: Some(self.keeper.tokens) }
    }

    /// The network's account.
    pub fn network_state(&self) -> Network {
        self.read(&self.network.network)
    }

    /// What somebody has.
    pub fn balance(&self, actor: &Actor) -> u64 {
        self.token_balance(&actor.tokens)
    }

    /// What a vault of the network holds.
    pub fn vault(&self, kind: VaultKind) -> u64 {
        self.token_balance(&self.network.vault(kind))
    }
}

/// A key that follows from a seed and a name.
fn key(seed: u64, name: &str) -> Keypair {
    let hash: [u8; 32] = Sha256::new().chain_update(seed.to_le_bytes()).chain_update(name.as_bytes()).finalize().into();
    Keypair::from_seed(&hash).expect("32 bytes are a seed")
}
