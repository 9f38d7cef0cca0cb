//! A realm whose votes the add-in weighs. Its accounts are written as SPL Governance writes them, so that
//! what the add-in reads can be anything; a story of a whole vote uses the real program.

use {
    crate::{Holder, Owner, World},
    work_token_localnet::{Actor, DAY, Localnet, governance_bytes, proposal_bytes, realm_bytes},
    work_token_sdk::{
        Instruction, Pubkey,
        transport::{Outcome, RawAccount, Transport},
        votes::{self, Proposal, RegistrarAddresses, RegistrarTerms, VoterAddresses, record},
    },
};

/// The realm's longest vote.
pub const LONGEST: u32 = 5 * 86_400;
/// How long a voice that grows waits: the longest vote, and two days.
pub const WAIT: i64 = LONGEST as i64 + 2 * DAY;

/// The program that owns the realm's accounts.
pub const GOVERNANCE_PROGRAM: Pubkey = Pubkey::new_from_array([77; 32]);

/// A realm with its registrar.
pub struct Realm {
    /// Where the add-in's accounts are.
    pub at: RegistrarAddresses,
    /// The realm's authority.
    pub authority: Actor,
    /// A governance of the realm whose votes last as long as the longest.
    pub governance: Pubkey,
    /// A proposal of it.
    pub on: Proposal,
}

/// Writes an account of the realm's program.
pub fn write_governance(chain: &Localnet, key: Pubkey, data: Vec<u8>) {
    chain.set_account(key, RawAccount { lamports: 10_000_000, owner: GOVERNANCE_PROGRAM, data });
}

impl World {
    /// The same on the world's chain.
    pub fn write_governance(&self, key: Pubkey, data: Vec<u8>) {
        write_governance(&self.chain, key, data);
    }

    /// A realm of the network's token without a registrar; the add-in is deployed.
    pub fn bare_realm(&self) -> Realm {
        self.chain.install_votes().expect("the add-in is deployed");
        let authority = self.actor("realm authority", 0);
        let [realm, governance, proposal] = [1, 2, 3].map(|byte| Pubkey::new_from_array([200 + byte; 32]));
        self.write_governance(realm, realm_bytes(&self.network.mint, Some(&authority.address())));
        self.write_governance(governance, governance_bytes(&realm, LONGEST - 3_600, 3_600));
        self.write_governance(proposal, proposal_bytes(&governance));
        let at = RegistrarAddresses::derive(realm, self.network.network, self.network.mint);
        Realm { at, authority, governance, on: Proposal { proposal, governance } }
    }

    /// A realm of the network's token with its registrar, in which records stand for `standing_slots`.
    pub fn realm(&self, standing_slots: u32) -> Realm {
        let realm = self.bare_realm();
        let terms = Realm::terms(standing_slots);
        self.send(&[realm.create_ix(&terms)], &[&realm.authority]);
        realm
    }

    /// Somebody becomes a voter, with positions named by their providers.
    pub fn voter(&self, realm: &Realm, actor: &Actor, positions: &[[Pubkey; 2]]) -> VoterAddresses {
        let at = realm.at.voter(actor.address());
        let create = votes::create_voter(&at, actor.address());
        let add = positions.iter().map(|position| votes::add_position(&at, *position));
        self.send(&std::iter::once(create).chain(add).collect::<Vec<_>>(), &[actor]);
        at
    }

    /// What a voter's record for a slot, or the one that stands, says.
    pub fn record_of(&self, record: Pubkey) -> record::Weight {
        let account = self.chain.account(&record).expect("the chain answers").expect("the record exists");
        assert_eq!(account.owner, votes::ID);
        record::read(&account.data).expect("a record of a voter")
    }

    /// Writes what positions weigh in the realm's vote, by the holder; how much that is.
    pub fn weigh_voter(&self, realm: &Realm, at: &VoterAddresses, actor: &Actor, positions: &[[Pubkey; 2]]) -> u64 {
        self.sends_weight(realm, at, actor, positions);
        self.record_of(at.slot_record).weight
    }

    /// The same; what came of the transaction.
    pub fn sends_weight(
        &self,
        realm: &Realm,
        at: &VoterAddresses,
        actor: &Actor,
        positions: &[[Pubkey; 2]],
    ) -> Outcome {
        self.send(&[votes::update_vote_weight(at, true, positions, realm.on)], &[actor])
    }
}

impl Realm {
    /// Terms within their bounds.
    pub fn terms(standing_slots: u32) -> RegistrarTerms {
        RegistrarTerms { longest_vote_secs: LONGEST, standing_slots, least_max_ppm: 100_000 }
    }

    /// The instruction by which its authority creates the registrar.
    pub fn create_ix(&self, terms: &RegistrarTerms) -> Instruction {
        let key = self.authority.address();
        votes::create_registrar(&self.at, [key, key], terms)
    }
}

impl Owner {
    /// The own position with its provider: the voice of both pools.
    pub fn own_voice(&self) -> [Pubkey; 2] {
        [self.at.own_position, self.at.provider]
    }
}

impl Holder {
    /// The position with its provider.
    pub fn voice_of(&self) -> [Pubkey; 2] {
        [self.at.delegation, self.at.provider.provider]
    }
}
