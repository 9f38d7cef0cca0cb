//! The life of a small network, told once and lived on two chains: the embedded one and one behind JSON-RPC.

use {
    crate::surfnet::Surfnet,
    solana_sdk::signature::Keypair,
    work_token_localnet::{
        ACCOUNT_BYTES, Actor, Localnet, MINT_BYTES, Scenario, ScenarioOptions, TOKEN, TokenProgram, create_mint_ixs,
        create_token_ixs, creation, delegate_ix, mint_to_ix, register_ix, set_mint_authority_ix,
    },
    work_token_sdk::{
        Client, Instruction, NetworkAddresses, PositionAddresses, ProviderAddresses, Pubkey, Signer, Transport, events,
        ix,
        presets::NETWORK_PARAMS,
        rpc::RpcTransport,
        state::{EmissionMode, EpochPool, Provider},
        transport::Outcome,
        view,
    },
};

/// The chain's clock: its slot stands first.
const CLOCK: Pubkey = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");
const OWNER_TOKENS: u64 = 30_000 * TOKEN;
const ALICE_TOKENS: u64 = 10_000 * TOKEN;

/// A chain, its clock, and the people of a network that does not exist yet.
struct Place<'a> {
    chain: &'a dyn Transport,
    travel_to: &'a dyn Fn(i64),
    network: NetworkAddresses,
    admin: &'a Actor,
    keeper: &'a Actor,
    owner: &'a Actor,
    alice: &'a Actor,
}

/// What must be the same wherever the network lived.
#[derive(Debug, PartialEq)]
struct Numbers {
    events: Vec<&'static str>,
    claimed: u64,
    withdrawn: u64,
    owner_paid: bool,
    provider: Vec<u64>,
    reward_index_x64: [u8; 16],
    records: Vec<[u64; 5]>,
    epochs: Vec<[u64; 7]>,
    emitted: u64,
    balances: [u64; 2],
    supply: u64,
}

impl Place<'_> {
    fn client(&self) -> Client<'_> {
        Client::new(self.chain)
    }

    fn now(&self) -> i64 {
        self.chain.now_ts().expect("the chain has a clock")
    }

    fn slot(&self) -> u64 {
        slot_on(self.chain)
    }

    fn wait_until(&self, ts: i64) {
        if self.now() < ts {
            (self.travel_to)(ts);
        }
        assert!(self.now() >= ts);
    }

    fn u64_at(&self, key: &Pubkey, offset: usize) -> u64 {
        let account = self.chain.account(key).expect("the chain answers").expect("the account exists");
        u64::from_le_bytes(account.data[offset..offset + 8].try_into().expect("eight bytes"))
    }

    fn balance(&self, actor: &Actor) -> u64 {
        self.u64_at(&actor.tokens, 64)
    }

    fn send(&self, told: &mut Vec<&'static str>, instruction: Instruction, signer: &Actor) -> Outcome {
        let outcome = self.client().send(&[instruction], &signer.key, &[]).unwrap_or_else(|error| panic!("{error}"));
        let log = events::decode_logs(&outcome.logs);
        assert!(log.unknown == 0 && !log.truncated && !log.events.is_empty());
        assert!(outcome.compute_units > 0);
        told.extend(log.events.iter().map(events::Event::name));
        outcome
    }

    /// Opens, weighs, finalizes and settles an epoch at the seconds that the view says.
    fn crank(&self, told: &mut Vec<&'static str>, epoch: u32, provider: Pubkey) -> EpochPool {
        let progress = || {
            let state = self.client().network(&self.network.network).expect("the network exists");
            let account = self.client().epoch(&self.network.network, epoch).expect("the chain answers");
            view::epoch_progress(&state, epoch, account.as_ref(), (self.slot(), self.now()))
        };
        let keeper = ix::Keeper { keeper: self.keeper.address(), account: Some(self.keeper.tokens) };
        self.wait_until(progress().ends_at_ts);
        self.send(told, ix::open_epoch(&self.network.network, keeper.keeper, epoch), self.keeper);
        self.wait_until(progress().weigh_from_ts);
        self.send(told, ix::weigh_providers(&self.network, epoch, keeper, None, &[provider]), self.keeper);
        self.wait_until(progress().finalizable_from_ts);
        self.send(told, ix::finalize_epoch(&self.network, epoch, keeper), self.keeper);
        self.send(told, ix::settle_providers(&self.network, epoch, keeper, &[provider]), self.keeper);
        self.client().epoch(&self.network.network, epoch).expect("the chain answers").expect("it is open")
    }

    /// The life.
    fn live(&self) -> Numbers {
        let mut told = Vec::new();
        let input = creation(self.admin.address(), EmissionMode::Mint, NETWORK_PARAMS);
        let drafted = self.client().missing_draft(&self.network.network, &self.admin.address(), &NETWORK_PARAMS);
        for write in drafted.expect("the chain answers") {
            // The embedded chain's scenario has drafted them before.
            self.send(&mut Vec::new(), write, self.admin);
        }
        self.send(&mut told, ix::create_network(&self.network, &input), self.admin);
        assert_eq!(self.client().network_addresses(&self.network.network).expect("it exists"), self.network);

        let provider = ProviderAddresses::derive(self.network, self.owner.address());
        let register = register_ix(&provider, self.keeper.address(), self.owner.tokens, 1_000);
        self.send(&mut told, register, self.owner);
        self.send(&mut told, ix::stake_self(&provider, self.owner.tokens, 20_000 * TOKEN), self.owner);
        self.send(&mut told, ix::take_place(&provider, 0), self.owner);
        let position = provider.position(self.alice.address());
        self.send(&mut told, delegate_ix(&position, self.alice.tokens, 5_000 * TOKEN), self.alice);

        let epochs = [0, 1, 2].map(|epoch| self.crank(&mut told, epoch, provider.provider));
        let claimed = self.claim(&mut told, &position);
        let owner_paid = self.claim_of_the_owner(&mut told, &provider);
        let withdrawn = self.leave(&mut told, &position);
        self.check_lists(&position);
        self.numbers(told, &provider, &epochs, [claimed, withdrawn], owner_paid)
    }

    fn claim(&self, told: &mut Vec<&'static str>, position: &PositionAddresses) -> u64 {
        let shown = view::claim(&self.client().position_state(position).expect("it exists").at()).amount;
        let before = self.balance(self.alice);
        self.send(told, ix::claim_rewards(position, self.alice.tokens), self.alice);
        assert_eq!(self.balance(self.alice) - before, shown);
        shown
    }

    /// How much is free depends on the second, so only the event says whether it was paid as written.
    fn claim_of_the_owner(&self, told: &mut Vec<&'static str>, provider: &ProviderAddresses) -> bool {
        let before = self.balance(self.owner);
        let outcome = self.send(told, ix::claim_provider_rewards(provider, self.owner.tokens), self.owner);
        match &events::decode_logs(&outcome.logs).events[..] {
            [events::Event::OwnRewardsClaimed(event)] => self.balance(self.owner) - before == event.amount,
            _ => false,
        }
    }

    fn leave(&self, told: &mut Vec<&'static str>, position: &PositionAddresses) -> u64 {
        let leaving = view::leave(
            &self.client().position_state(position).expect("it exists").at(),
            Some(1_000 * TOKEN),
            &[],
            &view::Field::default(),
        );
        self.send(told, ix::request_unbonding(position, leaving.ticket_number, leaving.shares), self.alice);
        let exit = view::exits(&self.client().position_state(position).expect("it exists").at())[0];
        self.wait_until(exit.matures_at_ts);
        let before = self.balance(self.alice);
        self.send(told, ix::withdraw_unbonded(position, exit.number, self.alice.tokens), self.alice);
        assert_eq!(self.balance(self.alice) - before, exit.pays);
        exit.pays
    }

    fn check_lists(&self, position: &PositionAddresses) {
        let (client, provider) = (self.client(), &position.provider);
        let providers = client.providers(&self.network.network).expect("the chain answers");
        assert_eq!(providers.iter().map(|(key, _)| *key).collect::<Vec<_>>(), [provider.provider]);
        let mut expected = [position.delegation, provider.own_position];
        expected.sort();
        let positions = client.positions_of_provider(&provider.provider).expect("the chain answers");
        assert_eq!(positions.iter().map(|(key, _)| *key).collect::<Vec<_>>(), expected);
        let held = client.positions_of_holder(&self.alice.address()).expect("the chain answers");
        assert_eq!(held.iter().map(|(key, _)| *key).collect::<Vec<_>>(), [position.delegation]);
        assert!(client.providers(&provider.provider).expect("the chain answers").is_empty());
        assert_eq!(client.epochs(&self.network.network).expect("the chain answers").len(), 3);
        assert!(client.tickets(&position.delegation).expect("the chain answers").is_empty());
    }

    fn numbers(
        &self,
        events: Vec<&'static str>,
        provider: &ProviderAddresses,
        epochs: &[EpochPool],
        [claimed, withdrawn]: [u64; 2],
        owner_paid: bool,
    ) -> Numbers {
        let state: Provider = self.client().provider(&provider.provider).expect("it exists");
        let mut records: Vec<[u64; 5]> = state
            .records
            .iter()
            .map(|one| [one.epoch.into(), one.weight, one.own_staked, one.delegated_staked, one.delegated_shares])
            .collect();
        records.sort_unstable();
        Numbers {
            events,
            claimed,
            withdrawn,
            owner_paid,
            provider: vec![
                state.own.tokens,
                state.own.shares,
                state.delegated.tokens,
                state.delegated.shares,
                state.delegated.unbonding_shares,
                state.rewards.owed,
                state.rewards.remainder_x64,
                state.rewards.unsettled_epoch.into(),
                state.vesting.iter().map(|entry| entry.amount).sum(),
                state.live_positions.into(),
            ],
            reward_index_x64: state.rewards.reward_index_x64,
            records,
            epochs: epochs.iter().map(epoch_numbers).collect(),
            emitted: self.client().network(&self.network.network).expect("it exists").emitted_total,
            balances: [self.balance(self.alice), self.balance(self.keeper)],
            supply: self.u64_at(&self.network.mint, 36),
        }
    }
}

fn slot_on(chain: &dyn Transport) -> u64 {
    let clock = chain.account(&CLOCK).expect("the chain answers").expect("the chain has a clock");
    u64::from_le_bytes(clock.data[..8].try_into().expect("eight bytes"))
}

fn epoch_numbers(epoch: &EpochPool) -> [u64; 7] {
    [
        epoch.epoch.into(),
        epoch.emission,
        epoch.total_weight,
        epoch.distributed,
        epoch.keeper_paid,
        epoch.weighed.into(),
        epoch.settled.into(),
    ]
}

fn embedded() -> Numbers {
    let options = ScenarioOptions::default();
    let chain = Localnet::start(options.now_ts).expect("the embedded chain starts");
    let scenario = Scenario::before_creation(chain, &options);
    let (owner, alice) = (scenario.actor("owner", OWNER_TOKENS), scenario.actor("alice", ALICE_TOKENS));
    let place = Place {
        chain: &scenario.chain,
        travel_to: &|ts| scenario.chain.set_now(ts),
        network: scenario.network,
        admin: &scenario.admin,
        keeper: &scenario.keeper,
        owner: &owner,
        alice: &alice,
    };
    place.live()
}

fn over_json_rpc() -> Numbers {
    let surfnet = Surfnet::start();
    let chain = RpcTransport::new(&surfnet.url);
    let actor = |byte: u8| Actor {
        key: Keypair::new_from_array([byte; 32]),
        tokens: Keypair::new_from_array([byte + 100; 32]).pubkey(),
    };
    let (admin, keeper, owner, alice) = (actor(1), actor(2), actor(3), actor(4));
    let mint = Keypair::new_from_array([9; 32]);
    let network = NetworkAddresses::derive(&admin.address(), 1, mint.pubkey(), TokenProgram::Spl.id());
    for someone in [&admin, &keeper, &owner, &alice] {
        surfnet.fund(&someone.address(), 100_000_000_000);
    }
    let tokens = TokenSetup { chain: &chain, payer: &admin, mint: &mint };
    tokens.create_mint();
    for (someone, byte, amount) in [(&keeper, 2, 0), (&owner, 3, OWNER_TOKENS), (&alice, 4, ALICE_TOKENS)] {
        tokens.create_account(&Keypair::new_from_array([byte + 100; 32]), someone, amount);
    }
    tokens.hand_over(&network.network);
    let place = Place {
        chain: &chain,
        travel_to: &|ts| {
            surfnet.travel_to(ts);
            // The time is told at once, the slots that it takes with the next one: until then it looks like
            // an outage.
            let slot = slot_on(&chain);
            while slot_on(&chain) == slot {}
        },
        network,
        admin: &admin,
        keeper: &keeper,
        owner: &owner,
        alice: &alice,
    };
    place.live()
}

/// A mint and its accounts, made by the token program's own instructions.
struct TokenSetup<'a> {
    chain: &'a RpcTransport,
    payer: &'a Actor,
    mint: &'a Keypair,
}

impl TokenSetup<'_> {
    fn create_mint(&self) {
        let (payer, mint) = (self.payer.address(), self.mint.pubkey());
        self.send(&create_mint_ixs(payer, mint, payer, self.rent(MINT_BYTES)), &[self.mint]);
    }

    fn create_account(&self, key: &Keypair, owner: &Actor, amount: u64) {
        let (payer, mint, account) = (self.payer.address(), self.mint.pubkey(), key.pubkey());
        let [create, init] = create_token_ixs(payer, account, mint, owner.address(), self.rent(ACCOUNT_BYTES));
        self.send(&[create, init, mint_to_ix(payer, mint, account, amount)], &[key]);
    }

    /// Makes the network the mint's authority.
    fn hand_over(&self, network: &Pubkey) {
        self.send(&[set_mint_authority_ix(self.payer.address(), self.mint.pubkey(), network)], &[]);
    }

    fn rent(&self, bytes: u64) -> u64 {
        self.chain.rpc().get_minimum_balance_for_rent_exemption(bytes as usize).expect("the chain has a rent")
    }

    fn send(&self, instructions: &[Instruction], signers: &[&Keypair]) {
        let signers: Vec<&dyn Signer> = signers.iter().map(|key| *key as &dyn Signer).collect();
        Client::new(self.chain).send(instructions, &self.payer.key, &signers).unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn a_network_that_lives_over_json_rpc_pays_what_it_pays_on_the_embedded_chain() {
    let numbers = over_json_rpc();
    assert!(numbers.claimed > 0 && numbers.withdrawn == 1_000 * TOKEN && numbers.owner_paid);
    assert_eq!(numbers, embedded());
}
