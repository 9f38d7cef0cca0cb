//! Realms whose votes the add-in weighs, and their voters. Nothing of it exists in the world before a case of
//! the add-in.

use {
    super::*,
    work_token_localnet::{governance_bytes, proposal_bytes, realm_bytes},
    work_token_sdk::{
        transport::Transport,
        votes::{self, Proposal, RegistrarAddresses, RegistrarTerms, VoterAddresses, record},
    },
    work_token_tests::{LONGEST, Realm as Stories, SILENCE, WAIT, write_governance},
};

/// Realms that are joined to the network of their last letter. D is another network of C's mint.
pub const JOINED: [&str; 5] = ["realm 1 of A", "realm 2 of A", "realm 1 of B", "realm 1 of C", "realm 1 of D"];
/// Realms that are not.
pub const BARE: [&str; 3] = ["realm 3 of A", "realm 3 of B", "realm 3 of C"];
/// Slots for which a record stands.
pub const STANDING: u32 = 1_000;
/// When the voices of those who vote themselves are heard, and when the voters' positions have waited.
const HEARD: i64 = 4 * DAY + SILENCE;
const RIPE: i64 = HEARD + WAIT;

/// A realm.
#[derive(Clone, Copy)]
pub struct Realm {
    /// Where the add-in's accounts are.
    pub at: RegistrarAddresses,
    pub authority: Pubkey,
    /// A proposal of a governance whose votes last as long as the longest.
    pub on: Proposal,
}

/// A voter with its positions, each named with its provider.
pub struct Voter {
    pub name: String,
    pub at: VoterAddresses,
    pub positions: Vec<[Pubkey; 2]>,
}

/// The voice of a provider's owner.
pub fn own_voice(provider: &ProviderAddresses) -> [Pubkey; 2] {
    [provider.own_position, provider.provider]
}

/// That of a position which votes itself.
pub fn voice_of(position: &PositionAddresses) -> [Pubkey; 2] {
    [position.delegation, position.provider.provider]
}

/// Terms within their bounds.
pub fn terms() -> RegistrarTerms {
    Stories::terms(STANDING)
}

/// Writes a realm whose authority somebody is.
pub fn write_realm(chain: &Chain, realm: &Realm) {
    write_governance(&chain.net, realm.at.realm, realm_bytes(&realm.at.mint, Some(&realm.authority)));
}

/// What a voter's record says that it weighs.
pub fn weight_of(world: &World, key: &Pubkey) -> u64 {
    let account = world.net.account(key).expect("the embedded chain answers").expect("the record exists");
    record::read(&account.data).expect("a record of a voter").weight
}

impl World {
    /// The second network of C's mint.
    pub fn d(&self) -> Net {
        let [admin, guardian, arbiter] = ["admin D", "guardian D", "arbiter D"].map(Chain::address);
        let at = NetworkAddresses::derive(&admin, 1, self.c.at.mint, self.c.program.id());
        Net { at, program: self.c.program, admin, guardian, arbiter }
    }

    /// Its provider, with the owner of `p1`.
    pub fn s1(&self) -> ProviderAddresses {
        ProviderAddresses::derive(self.d().at, self.o1.key)
    }

    /// A realm by its name.
    pub fn realm(&self, name: &str) -> Realm {
        let at = match name.chars().last() {
            Some('A') => self.a.at,
            Some('B') => self.b.at,
            Some('C') => self.c.at,
            _ => self.d().at,
        };
        let [realm, proposal, governance] =
            [name.into(), format!("proposal of {name}"), format!("governance of {name}")].map(|of| Chain::address(&of));
        Realm {
            at: RegistrarAddresses::derive(realm, at.network, at.mint),
            authority: Chain::address(&format!("authority of {name}")),
            on: Proposal { proposal, governance },
        }
    }

    /// Somebody's voter in the eyes of a realm.
    pub fn voter(&self, realm: &str, who: &Person) -> VoterAddresses {
        self.realm(realm).at.voter(who.key)
    }

    /// Every voter of the world.
    pub fn voters(&self) -> Vec<Voter> {
        let behind = |provider: &ProviderAddresses, who: &Person| voice_of(&provider.position(who.key));
        let of = |realm: &str, name: &str, who: &Person, positions| Voter {
            name: format!("{name} of {realm}"),
            at: self.voter(realm, who),
            positions,
        };
        let (p1, p2, s1) = (&self.p1, &self.p2, &self.s1());
        let providers = [("realm 1 of A", p1), ("realm 2 of A", p1), ("realm 1 of B", &self.q1)];
        let providers = providers.into_iter().chain([("realm 1 of C", &self.r1), ("realm 1 of D", s1)]);
        let mut voters = vec![
            of("realm 1 of A", "D2", &self.d2, vec![behind(p1, &self.d2)]),
            of("realm 1 of A", "the attacker", &self.attacker, Vec::new()),
        ];
        for (realm, provider) in providers {
            let second = realm.ends_with('A').then(|| behind(p2, &self.d1));
            let positions = [behind(provider, &self.d1)].into_iter().chain(second).collect();
            voters.push(of(realm, "O1", &self.o1, vec![own_voice(provider)]));
            voters.push(of(realm, "D1", &self.d1, positions));
        }
        voters
    }

    /// Realms with voters, whose positions are heard and have waited, and whose records stand.
    pub fn voting(&mut self) {
        self.found_second_network();
        for name in JOINED.into_iter().chain(BARE) {
            self.chain.wallet(&format!("authority of {name}"));
            self.found_realm(&self.realm(name));
        }
        for name in JOINED {
            let realm = self.realm(name);
            self.must(&[votes::create_registrar(&realm.at, [realm.authority, self.rentier], &terms())]);
        }
        self.take_voices();
        self.go_to(HEARD);
        let voters = self.voters();
        for voter in &voters {
            let add = voter.positions.iter().map(|position| votes::add_position(&voter.at, *position));
            let create = votes::create_voter(&voter.at, self.rentier);
            self.must(&std::iter::once(create).chain(add).collect::<Vec<_>>());
        }
        self.go_to(RIPE);
        for voter in &voters {
            self.must(&[votes::update_standing_weight(&voter.at, true, &voter.positions)]);
        }
    }

    fn found_second_network(&mut self) {
        let net = self.d();
        for name in ["admin D", "guardian D", "arbiter D"] {
            self.chain.wallet(name);
        }
        draft(&self.chain, &net.at.network, net.admin, &NETWORK_PARAMS);
        let create = creation(net.admin, 1, EmissionMode::Reserve);
        let create = ix::CreateNetwork { guardian: net.guardian, arbiter: net.arbiter, ..create };
        let (provider, from) = (self.s1(), tokens(&self.chain, &net, &self.o1));
        self.must(&[ix::create_network(&net.at, &create)]);
        self.must(&[register(&provider, from), ix::stake_self(&provider, from, 20_000 * TOKEN)]);
        let position = provider.position(self.d1.key);
        self.must(&[delegate(&position, tokens(&self.chain, &net, &self.d1), 50_000 * TOKEN)]);
    }

    fn found_realm(&self, realm: &Realm) {
        write_realm(&self.chain, realm);
        let governance = governance_bytes(&realm.at.realm, LONGEST - 3_600, 3_600);
        write_governance(&self.chain.net, realm.on.governance, governance);
        write_governance(&self.chain.net, realm.on.proposal, proposal_bytes(&realm.on.governance));
    }

    /// Those behind the providers vote themselves from now on.
    fn take_voices(&self) {
        self.must(&[ix::activate_delegation(&self.r1.position(self.d1.key), self.keeper_of(&self.c.at))]);
        for (provider, who) in [
            (&self.p1, &self.d1),
            (&self.p1, &self.d2),
            (&self.p2, &self.d1),
            (&self.q1, &self.d1),
            (&self.r1, &self.d1),
            (&self.s1(), &self.d1),
        ] {
            self.must(&[ix::set_direct(&provider.position(who.key), who.key, true)]);
        }
    }
}
