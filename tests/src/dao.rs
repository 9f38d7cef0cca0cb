//! A DAO of the real SPL Governance, whose native treasury governs a network.

use {
    crate::{World, signer::built},
    std::{cell::Cell, path::PathBuf, sync::OnceLock},
    work_token_localnet::{Actor, Localnet},
    work_token_sdk::{
        Instruction, Pubkey,
        governance::{self as spl, Governance, GovernanceAccount, GovernanceAddresses, GovernanceConfig, Proposal},
        governance::{ProposalAddresses, RealmAddresses, RealmRules, Vote, WeightRecords},
        ix,
        state::AuthorityRole,
        transport::{Outcome, Transport, TransportError},
    },
    work_token_xtask::foreign,
};

/// A weight that everybody is asked for who proposes.
pub const LEAST_WEIGHT: u64 = 1_000_000;

/// A realm with one governance.
pub struct Dao {
    /// The governance, its realm and its treasury.
    pub at: GovernanceAddresses,
    /// By which rules it decides.
    pub config: GovernanceConfig,
    /// What each proposal is told apart by.
    next: Cell<u8>,
}

/// The program itself, built from its published crate where the target directory does not have it.
fn elf() -> &'static [u8] {
    static ELF: OnceLock<Vec<u8>> = OnceLock::new();
    ELF.get_or_init(|| built(&foreign::GOVERNANCE))
}

/// Where it lies.
pub fn governance_elf() -> PathBuf {
    crate::signer::path(&foreign::GOVERNANCE)
}

/// Puts SPL Governance on a chain, where Realms has it.
pub fn deploy_governance(chain: &Localnet) {
    chain.with_svm(|svm| svm.add_program(spl::PROGRAM, elf()).expect("the chain takes the program"));
}

impl World {
    /// Founds a DAO by the admin's hand: a realm, its governance, its treasury with ten SOL. It governs
    /// nothing yet.
    pub fn found(&self, name: &str, rules: &RealmRules, config: &GovernanceConfig) -> Dao {
        deploy_governance(&self.chain);
        let admin = &self.admin;
        let realm = RealmAddresses::derive(spl::PROGRAM, name, self.network.mint);
        let at = realm.governance(&self.network.network);
        let key = admin.address();
        self.send(&[spl::create_realm(&realm, key, key, name, rules)], &[admin]);
        let create = spl::create_governance(&at, self.network.network, key, key, None, config);
        let hand_over = spl::set_realm_authority(&realm, key, Some(at.governance), true);
        self.send(&[create, spl::create_native_treasury(&at, key), hand_over], &[admin]);
        self.chain.fund(&at.treasury, 10_000_000_000);
        Dao { at, config: *config, next: Cell::new(0) }
    }

    /// Proposes the DAO's treasury as admin and arbiter, which it takes over by [`Dao::take_over_ixs`].
    pub fn propose_dao(&self, dao: &Dao) {
        let propose = |role| ix::propose_authority(&self.network.network, self.admin.address(), role, dao.at.treasury);
        // The arbiter first: once the admin has gone nobody else proposes one.
        self.send(&[propose(AuthorityRole::Arbiter), propose(AuthorityRole::Admin)], &[&self.admin]);
    }

    /// Somebody who deposits `amount` to vote with.
    pub fn member(&self, dao: &Dao, name: &str, amount: u64) -> Actor {
        let actor = self.actor(name, amount);
        let (key, tokens) = (actor.address(), actor.tokens);
        self.send(&[spl::deposit_governing_tokens(&dao.at.realm, key, tokens, key, amount)], &[&actor]);
        actor
    }

    /// An account of SPL Governance.
    pub fn read_governance<A: GovernanceAccount>(&self, key: &Pubkey) -> A {
        let account = self.chain.account(key).expect("the chain answers").expect("the account exists");
        assert_eq!(account.owner, spl::PROGRAM);
        A::decode(&account.data).expect("the account is of this type")
    }
}

impl Dao {
    /// What makes its treasury admin and arbiter of the network, once it was proposed.
    pub fn take_over_ixs(&self, world: &World) -> [Instruction; 2] {
        [AuthorityRole::Arbiter, AuthorityRole::Admin]
            .map(|role| ix::accept_authority(&world.network.network, self.at.treasury, role))
    }

    /// Drafts a proposal of these transactions, each with its hold-up, and signs it off.
    pub fn propose(&self, world: &World, owner: &Actor, transactions: &[(u32, Vec<Instruction>)]) -> ProposalAddresses {
        let at = self.draft(world, owner, transactions);
        world.send(&[spl::sign_off_proposal(&at, owner.address())], &[owner]);
        at
    }

    /// The same, left as a draft.
    pub fn draft(&self, world: &World, owner: &Actor, transactions: &[(u32, Vec<Instruction>)]) -> ProposalAddresses {
        let number = self.next.get();
        self.next.set(number + 1);
        let seed = Pubkey::new_from_array([number; 32]);
        let (at, key) = (self.at.proposal(&seed), owner.address());
        let name = format!("Proposal {number}");
        let input =
            spl::CreateProposal { owner: key, rent_payer: key, voter_weight_record: None, seed, name: &name, link: "" };
        world.send(&[spl::create_proposal(&at, &input)], &[owner]);
        for (number, (hold_up_secs, instructions)) in (0..).zip(transactions) {
            world.send(&[spl::insert_transaction(&at, key, key, number, *hold_up_secs, instructions)], &[owner]);
        }
        at
    }

    /// Votes with what was deposited.
    pub fn vote(&self, world: &World, at: &ProposalAddresses, voter: &Actor, vote: &Vote) -> Outcome {
        crate::world::done(self.tries_to_vote(world, at, voter, vote))
    }

    /// The same, whatever comes of it.
    pub fn tries_to_vote(
        &self,
        world: &World,
        at: &ProposalAddresses,
        voter: &Actor,
        vote: &Vote,
    ) -> Result<Outcome, TransportError> {
        let (key, owner) = (voter.address(), self.proposal(world, at).owner_record);
        world.tries(&[spl::cast_vote(at, owner, key, key, WeightRecords::default(), vote)], &[voter])
    }

    /// Lets the voting time pass, and counts.
    pub fn close_vote(&self, world: &World, at: &ProposalAddresses) -> Proposal {
        world.pass(i64::try_from(self.config.longest_vote_secs()).expect("a time") + 1);
        self.finalize(world, at)
    }

    /// Counts.
    pub fn finalize(&self, world: &World, at: &ProposalAddresses) -> Proposal {
        world.send(&[spl::finalize_vote(at, self.proposal(world, at).owner_record, None)], &[]);
        self.proposal(world, at)
    }

    /// Executes one transaction of a proposal, as anybody.
    pub fn execute(&self, world: &World, at: &ProposalAddresses, number: u16) -> Outcome {
        crate::world::done(self.tries_to_execute(world, at, number))
    }

    /// The same, whatever comes of it.
    pub fn tries_to_execute(
        &self,
        world: &World,
        at: &ProposalAddresses,
        number: u16,
    ) -> Result<Outcome, TransportError> {
        let stored: spl::ProposalTransaction = world.read_governance(&at.transaction(number));
        let instructions: Vec<Instruction> = stored.instructions.iter().map(Instruction::from).collect();
        world.tries(&[spl::execute_transaction(at, number, &instructions)], &[])
    }

    /// Proposes, votes with all that the owner has, waits, counts and executes everything.
    pub fn decide(&self, world: &World, owner: &Actor, instructions: Vec<Instruction>) -> ProposalAddresses {
        let at = self.propose(world, owner, &[(self.config.hold_up_secs, instructions)]);
        self.vote(world, &at, owner, &Vote::yes());
        assert_eq!(self.close_vote(world, &at).state, spl::ProposalState::Succeeded);
        world.pass(i64::from(self.config.hold_up_secs) + 1);
        self.execute(world, &at, 0);
        assert_eq!(self.proposal(world, &at).state, spl::ProposalState::Completed);
        at
    }

    /// A proposal's account.
    pub fn proposal(&self, world: &World, at: &ProposalAddresses) -> Proposal {
        world.read_governance(&at.proposal)
    }

    /// The governance's account.
    pub fn governance(&self, world: &World) -> Governance {
        world.read_governance(&self.at.governance)
    }
}
