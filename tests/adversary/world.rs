//! The world of the substitution tests: three networks on one chain, so that every account has neighbours of
//! its own type that belong to somebody else. Times are far enough on that epochs were cranked, rewards
//! credited, tickets issued and changes proposed.

mod dispute;
mod job;
mod openings;
mod score;
mod terms;
mod vote;

pub use {
    dispute::*,
    job::*,
    openings::*,
    vote::*,
    work_token_localnet::{DAY, HOUR, TOKEN, delegate_ix as delegate},
};

use {
    crate::chain::Chain,
    solana_sdk::pubkey::Pubkey,
    std::ops::Deref,
    work_token_localnet::{MintOptions, TokenProgram, register_ix},
    work_token_sdk::{
        Instruction, NetworkAddresses, PositionAddresses, ProviderAddresses, addresses, ix,
        presets::NETWORK_PARAMS,
        state::{EmissionMode, EpochPool, Network, NetworkParams, Provider, VaultKind},
    },
};

pub const START: i64 = 1_800_000_000;

/// A network and its authorities.
pub struct Net {
    pub at: NetworkAddresses,
    pub program: TokenProgram,
    pub admin: Pubkey,
    pub guardian: Pubkey,
    pub arbiter: Pubkey,
}

impl Net {
    pub fn vault(&self, kind: VaultKind) -> Pubkey {
        self.at.vault(kind)
    }

    /// The network's account.
    pub fn state(&self, chain: &Chain) -> Network {
        chain.read(&self.at.network)
    }
}

/// Somebody's key and account of the work token of one network.
#[derive(Clone, Copy)]
pub struct Person {
    pub key: Pubkey,
    pub tokens: Pubkey,
}

pub struct World {
    pub chain: Chain,
    /// SPL Token, Mint mode: where the scenarios happen.
    pub a: Net,
    /// Another SPL Token network.
    pub b: Net,
    /// Token-2022, Reserve mode.
    pub c: Net,
    pub keeper: Person,
    /// Pays rents that somebody else's instruction returns.
    pub rentier: Pubkey,
    /// Signs whatever it can, owns accounts of every mint, and has no right to anything.
    pub attacker: Person,
    pub o1: Person,
    pub o2: Person,
    pub d1: Person,
    pub d2: Person,
    pub d3: Person,
    /// Holds an empty position behind `p1`, once its ticket is withdrawn.
    pub d5: Person,
    /// Clients; C1 in network B too.
    pub c1: Person,
    pub c2: Person,
    /// Keeps and stops the meters of all jobs.
    pub hot_key: Pubkey,
    /// Work trees: two of A, two of B.
    pub trees: [Pubkey; 4],
    /// Holds the first place of A; P2 holds the second.
    pub p1: ProviderAddresses,
    pub p2: ProviderAddresses,
    /// Retired in the first epoch, never had stake.
    pub p3: ProviderAddresses,
    /// A candidate, with more own stake than the others have in all.
    pub p4: ProviderAddresses,
    /// A provider of network B with the owner of `p1`.
    pub q1: ProviderAddresses,
    /// A provider of network C.
    pub r1: ProviderAddresses,
}

impl Deref for World {
    type Target = Chain;

    fn deref(&self) -> &Chain {
        &self.chain
    }
}

impl World {
    /// The proposal of a set in the first network, drafted by who pays its rent.
    pub fn propose(&self, number: u32, params: &NetworkParams) -> Instruction {
        propose(&self.chain, &self.a, self.rentier, number, params)
    }
}

impl World {
    pub fn new() -> Self {
        let mut chain = Chain::start(START);
        let a = network(&mut chain, "A", TokenProgram::Spl, EmissionMode::Mint);
        let b = network(&mut chain, "B", TokenProgram::Spl, EmissionMode::Mint);
        let c = network(&mut chain, "C", TokenProgram::Token2022, EmissionMode::Reserve);
        chain.net.give_tokens(&c.vault(VaultKind::Reserve), 1_000_000 * TOKEN);
        let [keeper, attacker, o1, o2, o3, o5, d1, d2, d3, d5, c1, c2] =
            ["keeper", "attacker", "o1", "o2", "o3", "o5", "d1", "d2", "d3", "d5", "c1", "c2"]
                .map(|name| person(&mut chain, &a, name));
        let [hot_key, ..] = ["hot key", "operator P1", "operator P2", "operator Q1"].map(|name| chain.wallet(name));
        let trees = [0, 1, 2, 3].map(|tree| chain.key(&format!("tree {tree}")));
        let rentier = chain.wallet("rentier");
        let provider = |net: &Net, owner: &Person| ProviderAddresses::derive(net.at, owner.key);
        let [p1, p2, p3, p4] = [&o1, &o2, &o3, &o5].map(|owner| provider(&a, owner));
        let (q1, r1) = (provider(&b, &o1), provider(&c, &o1));
        let world = Self {
            chain,
            a,
            b,
            c,
            keeper,
            rentier,
            attacker,
            o1,
            o2,
            d1,
            d2,
            d3,
            d5,
            c1,
            c2,
            hot_key,
            trees,
            p1,
            p2,
            p3,
            p4,
            q1,
            r1,
        };
        world.populate(&o3, &o5);
        world
    }

    fn populate(&self, o3: &Person, o5: &Person) {
        let chain = &self.chain;
        let tokens = |net: &Net, who: &Person| tokens(chain, net, who);
        for (net, owner, provider) in [
            (&self.a, self.o1, self.p1),
            (&self.a, self.o2, self.p2),
            (&self.b, self.o1, self.q1),
            (&self.c, self.o1, self.r1),
        ] {
            let from = tokens(net, &owner);
            let place = net.state(chain).first_free_place().expect("a place is free");
            let stake = ix::stake_self(&provider, from, 20_000 * TOKEN);
            chain.must(&[register(&provider, from), stake, ix::take_place(&provider, place)]);
        }
        chain.must(&[register(&self.p3, o3.tokens), ix::retire(&self.p3)]);
        let stake = ix::stake_self(&self.p4, o5.tokens, 500_000 * TOKEN);
        chain.must(&[register(&self.p4, o5.tokens), stake]);
        for (name, provider) in [("operator P1", &self.p1), ("operator P2", &self.p2), ("operator Q1", &self.q1)] {
            chain.must(&[ix::set_operator(provider, Chain::address(name))]);
        }
        self.adopt_trees();
        self.make_offers();
        self.register_attesters();
        for (net, who, provider) in [
            (&self.a, self.d1, self.p1),
            (&self.a, self.d2, self.p1),
            (&self.a, self.d3, self.p1),
            (&self.a, self.d5, self.p1),
            (&self.a, self.d1, self.p2),
            (&self.b, self.d1, self.q1),
            (&self.c, self.d1, self.r1),
        ] {
            chain.must(&[delegate(&provider.position(who.key), tokens(net, &who), 50_000 * TOKEN)]);
        }
        self.request(&self.p1.position(self.d5.key), 50_000 * TOKEN);
        for epoch in 0..3 {
            self.crank(&self.a, epoch, &[&self.p1, &self.p2]);
            self.crank(&self.b, epoch, &[&self.q1]);
            self.crank(&self.c, epoch, &[&self.r1]);
        }
        for position in [
            self.p1.position(self.d1.key),
            self.p1.position(self.d1.key),
            self.p1.position(self.d2.key),
            self.p2.position(self.d1.key),
            self.q1.position(self.d1.key),
            self.p1.own(),
        ] {
            self.request(&position, 1_000 * TOKEN);
        }
        for (net, number) in [(&self.a, 1), (&self.a, 2), (&self.b, 1)] {
            let params = work_token_sdk::state::NetworkParams { weigh_bounty: 7_000, ..NETWORK_PARAMS };
            let proposed = propose(&self.chain, net, self.rentier, number, &params);
            self.chain.must(&[proposed]);
        }
        self.draw_neighbours();
        self.open_classes();
        self.go_to(4 * DAY);
        self.create_jobs();
    }

    /// Turns the clock to some seconds after the networks' creation.
    pub fn go_to(&self, secs: i64) {
        self.chain.net.set_now(START + secs);
    }

    pub fn network(&self) -> Network {
        self.read(&self.a.at.network)
    }

    pub fn provider(&self, provider: &ProviderAddresses) -> Provider {
        self.read(&provider.provider)
    }

    pub fn balance(&self, account: &Pubkey) -> u64 {
        self.chain.net.token_balance(account)
    }

    pub fn paid_keeper(&self) -> ix::Keeper {
        ix::Keeper { keeper: self.keeper.key, account: Some(self.keeper.tokens) }
    }

    /// Requests unbonding into the position's next ticket.
    pub fn request(&self, position: &PositionAddresses, shares: u64) {
        self.must(&[self.request_ix(position, shares).0]);
    }

    pub fn open(&self, net: &Net, epoch: u32) -> Instruction {
        ix::open_epoch(&net.at.network, self.rentier, epoch)
    }

    /// Opens every epoch of a network that is due, as whoever changes its rules must.
    pub fn open_due(&self, net: &Net) {
        let due = ix::open_due_epochs(&net.at.network, &net.state(&self.chain), self.rentier, self.chain.net.now());
        if !due.is_empty() {
            self.chain.must(&due);
        }
    }

    /// Weighs providers, with the network's tree.
    pub fn weigh(&self, net: &Net, epoch: u32, keeper: ix::Keeper, providers: &[Pubkey]) -> Instruction {
        ix::weigh_providers(&net.at, epoch, keeper, self.tree(net, epoch), providers)
    }

    /// Opens, weighs and finalizes an epoch, in its own windows.
    pub fn finalize(&self, net: &Net, epoch: u32, providers: &[&ProviderAddresses]) {
        let keys: Vec<_> = providers.iter().map(|provider| provider.provider).collect();
        self.chain.must(&[self.open(net, epoch)]);
        let pool = || self.read::<EpochPool>(&addresses::epoch_pool(&net.at.network, epoch));
        self.wait_until(pool().weigh_from_work_ts);
        let keeper = self.keeper_of(&net.at);
        self.chain.must(&[self.weigh(net, epoch, keeper, &keys)]);
        self.wait_until(pool().finalizable_from_work_ts());
        self.chain.must(&[ix::finalize_epoch(&net.at, epoch, keeper)]);
    }

    pub fn crank(&self, net: &Net, epoch: u32, providers: &[&ProviderAddresses]) {
        self.wait_until(START + i64::from(epoch + 1) * DAY);
        self.finalize(net, epoch, providers);
        let keys: Vec<_> = providers.iter().map(|provider| provider.provider).collect();
        self.chain.must(&[ix::settle_providers(&net.at, epoch, self.keeper_of(&net.at), &keys)]);
    }
}

/// Somebody's account of a network's token, with a million tokens the first time.
pub fn tokens(chain: &Chain, net: &Net, who: &Person) -> Pubkey {
    let address = Pubkey::find_program_address(&[who.key.as_ref(), net.at.mint.as_ref()], &who.key).0;
    if !chain.exists(&address) {
        chain.net.create_token_account(address, net.program, net.at.mint, who.key, 1_000_000 * TOKEN);
    }
    address
}

/// Somebody with lamports and a million tokens of a network.
pub fn person(chain: &mut Chain, net: &Net, name: &str) -> Person {
    let key = chain.wallet(name);
    let tokens = tokens(chain, net, &Person { key, tokens: key });
    Person { key, tokens }
}

pub fn register(provider: &ProviderAddresses, reward_destination: Pubkey) -> Instruction {
    register_ix(provider, Pubkey::new_from_array([7; 32]), reward_destination, 1_000)
}

/// Drafts a parameter set in somebody's name.
pub fn draft(chain: &Chain, network: &Pubkey, author: Pubkey, params: &NetworkParams) {
    ix::draft_params(network, author, params).into_iter().for_each(|write| chain.must(&[write]));
}

/// The proposal of a set that its payer has drafted.
pub fn propose(chain: &Chain, net: &Net, payer: Pubkey, number: u32, params: &NetworkParams) -> Instruction {
    draft(chain, &net.at.network, payer, params);
    ix::propose_params(&net.at.network, net.admin, payer, payer, number, params)
}

/// The inputs with which the world's networks were created.
pub fn creation(admin: Pubkey, id: u64, mode: EmissionMode) -> ix::CreateNetwork {
    ix::CreateNetwork { id, ..work_token_localnet::creation(admin, mode, NETWORK_PARAMS) }
}

/// A mint for a network that will exist, or exists.
pub fn mint(chain: &Chain, at: &NetworkAddresses, program: TokenProgram, mode: EmissionMode) {
    let mint_authority = (mode == EmissionMode::Mint).then_some(at.network);
    chain.create_mint(at.mint, &MintOptions::of(program, mint_authority));
}

fn network(chain: &mut Chain, name: &str, program: TokenProgram, mode: EmissionMode) -> Net {
    let [admin, guardian, arbiter] =
        ["admin", "guardian", "arbiter"].map(|role| chain.wallet(&format!("{role} {name}")));
    let at = NetworkAddresses::derive(&admin, 1, Chain::address(&format!("mint {name}")), program.id());
    mint(chain, &at, program, mode);
    draft(chain, &at.network, admin, &NETWORK_PARAMS);
    chain.must(&[ix::create_network(&at, &ix::CreateNetwork { guardian, arbiter, ..creation(admin, 1, mode) })]);
    Net { at, program, admin, guardian, arbiter }
}
