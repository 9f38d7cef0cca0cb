//! Votes with stake: a realm, its voters, what each weighs, and what they decide.

use {
    super::{
        cast::Who,
        work::Day,
        world::{Stake, World},
    },
    crate::failure::{Failure, Result},
    sha2::{Digest, Sha256},
    work_token_localnet::{governance_bytes, proposal_bytes, realm_bytes},
    work_token_sdk::{
        Client, Instruction, Pubkey,
        governance::{
            self as spl, GovernanceAddresses, GovernanceConfig, Proposal, ProposalAddresses, ProposalTransaction,
            RealmAddresses, RealmRules, Vote, WeightAction, WeightRecords,
        },
        limits::VOICE_SLACK_SECS,
        transport::RawAccount,
        view,
        votes::{self, RegistrarAddresses, RegistrarTerms, VoterAddresses},
    },
};

/// What the realm is called.
const NAME: &str = "Stake";
/// For how long the realm votes, and holds up what has won. Seconds.
pub const VOTING: u32 = 5 * 86_400;
const HOLD_UP: u32 = 86_400;
/// How much of the largest stake must say yes.
const YES_PERCENT: u8 = 50;

/// A realm in which the network's stake votes.
pub struct Realm {
    registrar: RegistrarAddresses,
    /// Its governance, and the treasury that this signs for.
    pub at: GovernanceAddresses,
    /// Whether SPL Governance is on the chain, and counts.
    pub counts: bool,
}

/// A vote: whose, with which stake, and what.
pub type Cast = (Stake, bool);

/// A proposal on which all have voted.
pub struct Voted {
    at: ProposalAddresses,
    /// What the record of each voter said, in the order of the votes. Base units.
    pub weights: Vec<u64>,
}

impl Voted {
    /// What records said for it and against it. Base units.
    pub fn recorded(&self, votes: &[Cast]) -> [u64; 2] {
        let sum = |wanted: bool| {
            let of = self.weights.iter().zip(votes).filter(|(_, (_, yes))| *yes == wanted);
            of.map(|(weight, _)| weight).sum()
        };
        [sum(true), sum(false)]
    }
}

impl World<'_> {
    /// A realm of the network's token, with the real program where there is one. Where there is none its
    /// accounts are written as that program writes them, and nothing is counted.
    pub fn found_realm(&self, governance: Option<&[u8]>) -> Result<Realm> {
        let chain = &self.scenario.chain;
        chain.install_votes().map_err(|error| Failure::Failed(error.to_string()))?;
        let (network, mint, admin) = (self.scenario.network.network, self.scenario.network.mint, &self.scenario.admin);
        let (realm, key) = (RealmAddresses::derive(spl::PROGRAM, NAME, mint), admin.address());
        let (at, registrar) = (realm.governance(&network), RegistrarAddresses::derive(realm.realm, network, mint));
        let terms = RegistrarTerms { longest_vote_secs: VOTING, standing_slots: 0, least_max_ppm: 100_000 };
        let join = votes::create_registrar(&registrar, [key, key], &terms);
        let Some(elf) = governance else {
            self.write(realm.realm, realm_bytes(&mint, Some(&key)));
            self.write(at.governance, governance_bytes(&realm.realm, VOTING, 0));
            self.scenario.send(&[join], &[admin])?;
            return Ok(Realm { registrar, at, counts: false });
        };
        let deployed = chain.with_svm(|svm| svm.add_program(spl::PROGRAM, elf));
        deployed.map_err(|error| Failure::Failed(format!("the embedded chain refuses that program: {error:?}")))?;
        let config = GovernanceConfig::of_community(YES_PERCENT, VOTING, HOLD_UP, 1);
        let create = spl::create_realm(&realm, key, key, NAME, &RealmRules::by_add_in(votes::ID));
        let rest = [
            spl::create_governance(&at, network, key, key, None, &config),
            spl::create_native_treasury(&at, key),
            spl::set_realm_authority(&realm, key, Some(at.governance), true),
        ];
        self.scenario.send(&[create, join], &[admin])?;
        self.scenario.send(&rest, &[admin])?;
        // What it pays as rent for changes returns to it.
        chain.fund(&at.treasury, 10_000_000_000);
        Ok(Realm { registrar, at, counts: true })
    }

    /// An account as SPL Governance writes it.
    fn write(&self, key: Pubkey, data: Vec<u8>) {
        self.scenario.chain.set_account(key, RawAccount { lamports: 10_000_000, owner: spl::PROGRAM, data });
    }

    /// Somebody becomes a voter with a stake.
    pub fn enter(&self, realm: &Realm, stake: Stake) -> Result<()> {
        let (actor, at) = (&self.person(stake.who).actor, self.voter(realm, stake.who));
        let join = realm.counts.then(|| spl::create_token_owner_record(&realm.at.realm, at.holder, at.holder));
        let enter = [votes::create_voter(&at, at.holder), votes::add_position(&at, self.named(stake))];
        let all: Vec<Instruction> = join.into_iter().chain(enter).collect();
        self.scenario.send(&all, &[actor])?;
        Ok(())
    }

    fn voter(&self, realm: &Realm, who: Who) -> VoterAddresses {
        realm.registrar.voter(self.person(who).actor.address())
    }

    fn named(&self, stake: Stake) -> [Pubkey; 2] {
        [self.position(stake).delegation, self.member(stake.behind).at.provider]
    }

    /// What a voter would weigh now. Base units.
    pub fn weight(&self, realm: &Realm, who: Who) -> Result<u64> {
        let client = Client::new(&self.scenario.chain);
        let registrar = client.registrar(&realm.at.realm)?;
        Ok(client.voter_state(&registrar, self.person(who).actor.address())?.weight())
    }

    /// With how much a provider's owner is heard. Base units.
    pub fn owner_voice(&self, who: Who) -> u64 {
        view::owner_voice(&self.scenario.network_state(), &self.provider(who), self.scenario.now()).voiced
    }

    /// How long a voice that passes to another voter is silent. Seconds.
    pub fn silence_secs(&self) -> i64 {
        let longest = self.scenario.network_state().params.longest_vote_secs;
        i64::from(longest) + i64::from(VOICE_SLACK_SECS)
    }

    /// Lets epochs without work pass until a time.
    pub fn rest_until(&mut self, ts: i64) -> Result<()> {
        while self.scenario.now() < ts {
            let next_ts = self.starts_at_ts(self.scenario.epoch() + 1);
            if ts < next_ts {
                self.scenario.wait_until(ts);
            } else {
                self.work_day(Day { jobs: 0, fee: 0 })?;
            }
        }
        Ok(())
    }

    /// Somebody proposes, and all vote, each with its record written in the same transaction. Where nobody
    /// counts, the records are all there is.
    pub fn vote_on(&self, realm: &Realm, title: &str, votes: &[Cast], then: &[Instruction]) -> Result<Voted> {
        let at = realm.at.proposal(&seed(title));
        if realm.counts {
            let (first, _) = votes.first().ok_or_else(|| Failure::Failed("nobody votes".into()))?;
            self.propose(realm, &at, title, *first, then)?;
        } else {
            self.write(at.proposal, proposal_bytes(&realm.at.governance));
        }
        let cast = |(stake, yes): &Cast| self.cast(realm, &at, *stake, *yes);
        Ok(Voted { at, weights: votes.iter().map(cast).collect::<Result<_>>()? })
    }

    fn propose(
        &self,
        realm: &Realm,
        at: &ProposalAddresses,
        name: &str,
        stake: Stake,
        then: &[Instruction],
    ) -> Result<()> {
        let (voter, actor) = (self.voter(realm, stake.who), &self.person(stake.who).actor);
        let (owner, seed) = (actor.address(), seed(name));
        let action = (WeightAction::CreateProposal as u8, realm.at.governance);
        let weigh = votes::update_voter_weight(&voter, true, &[self.named(stake)], action);
        let voter_weight_record = Some(voter.slot_record);
        let input = spl::CreateProposal { owner, rent_payer: owner, voter_weight_record, seed, name, link: "" };
        self.scenario.send(&[weigh, spl::create_proposal(at, &input)], &[actor])?;
        let insert = spl::insert_transaction(at, owner, owner, 0, HOLD_UP, then);
        self.scenario.send(&[insert, spl::sign_off_proposal(at, owner)], &[actor])?;
        Ok(())
    }

    /// Writes what a stake weighs in this vote, and votes where somebody counts. Returns what the record
    /// says.
    fn cast(&self, realm: &Realm, at: &ProposalAddresses, stake: Stake, yes: bool) -> Result<u64> {
        let (voter, actor) = (self.voter(realm, stake.who), &self.person(stake.who).actor);
        let on = votes::Proposal { proposal: at.proposal, governance: realm.at.governance };
        let mut all = vec![votes::update_vote_weight(&voter, true, &[self.named(stake)], on)];
        let client = Client::new(&self.scenario.chain);
        if realm.counts {
            let proposal: Proposal = client.of_governance(&spl::PROGRAM, &at.proposal)?;
            let records = WeightRecords { voter: Some(voter.slot_record), max: Some(realm.registrar.max_record) };
            let vote = if yes { Vote::yes() } else { Vote::Deny };
            let key = actor.address();
            all.push(votes::update_max_voter_weight(&realm.registrar));
            all.push(spl::cast_vote(at, proposal.owner_record, key, key, records, &vote));
        }
        self.scenario.send(&all, &[actor])?;
        Ok(client.voter_record(&voter.slot_record)?.map_or(0, |record| record.weight))
    }

    /// Counts when the time is over, and executes what has won when it is no longer held up. Returns what was
    /// counted for and against; what did not win is an error here.
    pub fn conclude(&mut self, realm: &Realm, voted: &Voted, then: &[Instruction]) -> Result<[u64; 2]> {
        let at = &voted.at;
        let over_ts = self.scenario.now() + i64::from(VOTING) + 1;
        self.rest_until(over_ts)?;
        let read = |world: &Self| -> Result<Proposal> {
            Ok(Client::new(&world.scenario.chain).of_governance(&spl::PROGRAM, &at.proposal)?)
        };
        let most = votes::update_max_voter_weight(&realm.registrar);
        let count = spl::finalize_vote(at, read(self)?.owner_record, Some(realm.registrar.max_record));
        self.scenario.send(&[most, count], &[])?;
        self.rest_until(self.scenario.now() + i64::from(HOLD_UP) + 1)?;
        self.scenario.send(&[spl::execute_transaction(at, 0, then)], &[])?;
        let done: ProposalTransaction =
            Client::new(&self.scenario.chain).of_governance(&spl::PROGRAM, &at.transaction(0))?;
        let counted = read(self)?;
        match done.executed_ts {
            Some(_) => Ok([counted.yes_weight(), counted.deny_weight.unwrap_or(0)]),
            None => Err(Failure::Failed(format!("{} was not executed", counted.name))),
        }
    }
}

/// What tells a proposal apart: its title.
fn seed(title: &str) -> Pubkey {
    Pubkey::new_from_array(Sha256::digest(title).into())
}

/// Where a realm keeps deposits. One in which stake votes holds none.
pub fn holding(world: &World) -> Pubkey {
    let mint = world.scenario.network.mint;
    RealmAddresses::derive(spl::PROGRAM, NAME, mint).holding(&mint)
}
