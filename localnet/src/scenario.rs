//! A network with people in it, on the embedded chain: what the demo, the benchmarks and the tests all begin
//! with.

use {
    crate::{Localnet, LocalnetError, MintOptions, TokenProgram},
    sha2::{Digest, Sha256},
    solana_sdk::{
        pubkey::Pubkey,
        signature::Keypair,
        signer::{SeedDerivable, Signer},
        transaction::Transaction,
    },
    work_token_sdk::{
        Instruction, NetworkAddresses, PositionAddresses, ProviderAddresses, ix,
        math::Epoch,
        presets,
        state::{Delegation, EmissionMode, Metric, Network, NetworkParams, Provider},
        transport::{Outcome, Transport, TransportError},
    },
};

/// Somebody with a key and an account of the work token.
pub struct Actor {
    /// The key.
    pub key: Keypair,
    /// The token account.
    pub tokens: Pubkey,
}

impl Actor {
    /// The key's address.
    pub fn address(&self) -> Pubkey {
        self.key.pubkey()
    }
}

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
            params: default_params(),
            now_ts: 1_800_000_000,
        }
    }
}

/// The parameters that the documents call default: daily epochs, 10 days of unbonding, 35 for own stake, six
/// decimals, one billion tokens.
pub fn default_params() -> NetworkParams {
    const TOKEN: u64 = 1_000_000;
    const HOUR: u32 = 3_600;
    const DAY: u32 = 24 * HOUR;
    NetworkParams {
        emission_per_epoch: 100_000 * TOKEN,
        max_supply: 1_000_000_000 * TOKEN,
        minimum_delegation: 100 * TOKEN,
        minimum_self_stake: 10_000 * TOKEN,
        weigh_bounty: 8_000,
        settle_bounty: 8_000,
        finalize_bounty: 8_000,
        activation_bounty: 7_000,
        keeper_cap: 100 * TOKEN,
        epoch_secs: DAY,
        reveal_secs: HOUR,
        weigh_secs: HOUR,
        vesting_epochs: 7,
        unbonding_secs: 10 * DAY,
        own_unbonding_secs: 35 * DAY,
        longest_job_secs: 4 * DAY - HOUR,
        challenge_secs: 3 * DAY,
        longest_dispute_secs: 21 * DAY,
        deferral_secs: 2 * DAY,
        installments_secs: 4 * DAY,
        leverage: 16,
        share_cap_ppm: 200_000,
        keeper_share_ppm: 10_000,
        tier_bps: [10_000, 11_000, 12_500, 15_000],
        job_bounty: 1_000,
        attester_bond: 1_000 * TOKEN,
        attester_fine: 50 * TOKEN,
        minimum_stake_ceiling: 100_000 * TOKEN,
        attester_share_ppm: 20_000,
        fee_burn_ppm: 50_000,
        fee_treasury_ppm: 50_000,
        composite_part_ppm: 500_000,
        most_places: 4_096,
        least_places: 0,
        headroom_bps: 12_000,
        minimum_reward_bps: 0,
        minimum_supply_ppm: 0,
        baseline_burned: 0,
        tier_reputation_ppm: [0, 600_000, 750_000, 900_000],
        tier_fault_free_epochs: [0, 7, 30, 90],
        attester_tolerance_bps: 500,
        place_cap_mode: 0,
        padding: [0; 1],
        metrics: [Metric::ABSENT; 6],
        disputes: presets::DISPUTES,
    }
}

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
}

impl Scenario {
    /// Starts a chain and creates a network on it.
    pub fn start(options: &ScenarioOptions) -> Result<Self, LocalnetError> {
        Ok(Self::on(Localnet::start(options.now_ts)?, options))
    }

    /// Creates a network on a chain.
    pub fn on(chain: Localnet, options: &ScenarioOptions) -> Self {
        let scenario = Self::before_creation(chain, options);
        let create = scenario.create_network(options);
        scenario.send(&[create], &[&scenario.admin]).expect("the default network is created");
        scenario
    }

    /// A chain with mint and people but without the network, for tests of its creation.
    pub fn before_creation(chain: Localnet, options: &ScenarioOptions) -> Self {
        let mint = key(options.seed, "mint").pubkey();
        let admin_key = key(options.seed, "admin");
        let network = NetworkAddresses::derive(&admin_key.pubkey(), 1, mint, options.program.id());
        let mint_authority = match options.mode {
            EmissionMode::Mint => Some(network.network),
            EmissionMode::Reserve => None,
        };
        chain.create_mint(
            mint,
            &MintOptions {
                program: options.program,
                decimals: 6,
                mint_authority,
                freeze_authority: None,
                extensions: Vec::new(),
            },
        );
        let nobody = || Actor { key: Keypair::new_from_array([0; 32]), tokens: Pubkey::default() };
        let mut scenario =
            Self { chain, network, program: options.program, admin: nobody(), keeper: nobody(), seed: options.seed };
        scenario.admin = scenario.actor("admin", 0);
        scenario.keeper = scenario.actor("keeper", 0);
        scenario
    }

    /// The instruction that creates the network.
    pub fn create_network(&self, options: &ScenarioOptions) -> Instruction {
        let admin = self.admin.address();
        ix::create_network(
            &self.network,
            &ix::CreateNetwork {
                creator: admin,
                id: 1,
                emission_mode: options.mode,
                accept_freeze_authority: false,
                admin,
                guardian: admin,
                arbiter: admin,
                params: options.params,
            },
        )
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
        self.chain.send(&self.sign(instructions, signers))
    }

    /// Signs instructions as one transaction; the keeper pays the fee.
    pub fn sign(&self, instructions: &[Instruction], signers: &[&Actor]) -> Transaction {
        let mut keys: Vec<&Keypair> = vec![&self.keeper.key];
        keys.extend(signers.iter().map(|actor| &actor.key).filter(|key| key.pubkey() != self.keeper.address()));
        let blockhash = self.chain.latest_blockhash().expect("the embedded chain has a blockhash");
        Transaction::new_signed_with_payer(instructions, Some(&self.keeper.address()), &keys, blockhash)
    }

    /// Registers a provider for `owner` with a commission, and stakes `stake` of the owner's tokens unless it
    /// is zero. With the minimum stake it takes the first free place.
    pub fn register(
        &self,
        owner: &Actor,
        commission_bps: u16,
        stake: u64,
    ) -> Result<ProviderAddresses, TransportError> {
        let provider = ProviderAddresses::derive(self.network, owner.address());
        let register = ix::register_provider(
            &provider,
            ix::RegisterProvider {
                operator: key(self.seed, &format!("operator of {}", owner.address())).pubkey(),
                reward_destination: owner.tokens,
                metadata_hash: [0; 32],
                commission_bps,
            },
        );
        let mut instructions = vec![register];
        if stake > 0 {
            instructions.push(ix::stake_self(&provider, owner.tokens, stake));
        }
        let network = self.network_state();
        if stake >= network.minimum_stake
            && let Some(index) = network.first_free_place()
        {
            instructions.push(ix::take_place(&provider, index));
        }
        self.send(&instructions, &[owner])?;
        Ok(provider)
    }

    /// Constructs a place from the next epoch on for a provider without the stake that one takes: for tests
    /// of stake itself.
    pub fn construct_place(&self, provider: &ProviderAddresses) {
        let mut network = self.network_state();
        let index = network.first_free_place().expect("a place is free");
        network.take_place(index).expect("a free place");
        let mut state = self.provider_state(provider);
        state.take_place(index, network.epoch_at(self.chain.now()));
        self.write(&self.network.network, &network);
        self.write(&provider.provider, &state);
    }

    /// Delegates.
    pub fn delegate(
        &self,
        delegator: &Actor,
        provider: &ProviderAddresses,
        amount: u64,
    ) -> Result<PositionAddresses, TransportError> {
        let position = provider.position(delegator.address());
        let input = ix::Delegate { from: delegator.tokens, amount, min_shares_out: 0, max_open_claims: 0 };
        self.send(&[ix::delegate(&position, input)], &[delegator])?;
        Ok(position)
    }

    /// The keeper, paid into its token account.
    pub fn paid_keeper(&self) -> ix::Keeper {
        ix::Keeper { keeper: self.keeper.address(), account: Some(self.keeper.tokens) }
    }

    /// The network's account.
    pub fn network_state(&self) -> Network {
        self.read(&self.network.network)
    }

    /// A provider's account.
    pub fn provider_state(&self, provider: &ProviderAddresses) -> Provider {
        self.read(&provider.provider)
    }

    /// A position's account.
    pub fn position_state(&self, position: &PositionAddresses) -> Delegation {
        self.read(&position.delegation)
    }

    /// The work tree that the weights of an epoch are written to, once adopted.
    pub fn work_tree(&self, epoch: u32) -> Option<Pubkey> {
        let tree = *self.network_state().work_tree(Epoch(epoch));
        (tree != Pubkey::default()).then_some(tree)
    }
}

/// A key that follows from a seed and a name.
fn key(seed: u64, name: &str) -> Keypair {
    let hash: [u8; 32] = Sha256::new().chain_update(seed.to_le_bytes()).chain_update(name.as_bytes()).finalize().into();
    Keypair::from_seed(&hash).expect("32 bytes are a seed")
}
