//! A realm of deposits becomes one in which stake votes: in two steps, between which as long passes as a
//! voice waits.
//!
//! With the first, deposits weigh nothing any more, and stake begins to wait: whatever was voted on then is
//! over before any stake counts, so no proposal has votes of both. Thresholds stay parts of the supply until
//! the second, because what deposits have voted for must not be measured by the stake, which may be little.

use {
    super::{
        stake::Join,
        terms::{Terms, terms},
        words,
    },
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::{Reply, Value, facts},
    },
    work_token_sdk::{
        Instruction, Pubkey,
        governance::{self as spl, Decision, Proposal, ProposalState, Realm, RealmAddresses, RealmConfig, RealmRules},
        limits::VOICE_SLACK_SECS,
        votes::{self, Registrar, RegistrarAddresses, RegistrarTerms},
    },
};

/// What turns a realm of deposits into one of stake.
pub struct Switch {
    at: RealmAddresses,
    present: RealmRules,
    registrar: RegistrarAddresses,
    /// On which terms stake will vote.
    terms: RegistrarTerms,
    is_joined: bool,
    /// Who sets its rules.
    pub authority: Option<Pubkey>,
}

impl Switch {
    /// Of a realm as it is.
    pub fn of(session: &Session, at: &RealmAddresses, changed: &Terms) -> Result<Self> {
        let client = session.client();
        let realm: Realm = client.of_governance(&at.program, &at.realm)?;
        let config: RealmConfig = client.of_governance(&at.program, &at.config)?;
        let key = session.network_key()?;
        let registrar = RegistrarAddresses::derive(at.realm, key, at.mint);
        let joined: Option<Registrar> = client.find(&registrar.registrar)?;
        if let Some(joined) = joined.filter(|joined| joined.network != key) {
            return Err(Failure::Failed(format!("the realm is joined to the network {}", joined.network)));
        }
        let terms = match joined {
            Some(joined) => joined.terms,
            None => changed.of_new(client.network(&key)?.params.longest_vote_secs),
        };
        let (present, authority) = (RealmRules::of(&realm, &config), realm.authority);
        Ok(Self { at: *at, present, registrar, terms, is_joined: joined.is_some(), authority })
    }

    /// Whether deposits vote now.
    fn by_deposit(&self) -> bool {
        self.present.add_ins == spl::AddIns::NONE
    }

    /// Whether the first step was made, and the second was not.
    fn is_between(&self) -> bool {
        self.present.add_ins == RealmRules::by_deposit().with_voter_weight(votes::ID).add_ins
    }

    /// The first step: stake weighs in place of deposits, in a realm that is joined to the network before.
    fn first(&self, authority: Pubkey, payer: Pubkey) -> Vec<Instruction> {
        let join = (!self.is_joined).then(|| votes::create_registrar(&self.registrar, [authority, payer], &self.terms));
        let rules = self.present.with_voter_weight(votes::ID);
        join.into_iter().chain([spl::set_realm_config(&self.at, authority, payer, &rules)]).collect()
    }

    /// The second: thresholds are parts of the stake, too.
    fn second(&self, authority: Pubkey, payer: Pubkey) -> Instruction {
        let rules = self.present.with_voter_weight(votes::ID).with_max_weight(votes::ID);
        spl::set_realm_config(&self.at, authority, payer, &rules)
    }

    /// Both, each with what passes before it, for a treasury that pays; refuses a realm of another kind.
    pub fn proposed(&self, authority: Pubkey, treasury: Pubkey) -> Result<Vec<(u32, Vec<Instruction>)>> {
        if !self.by_deposit() {
            return Err(Failure::Failed(
                "deposits do not vote in this realm: `governance show --realm` says who".into(),
            ));
        }
        if self.authority != Some(authority) {
            let message = "the realm is not its own authority: whoever is sends `governance switch-to-stake`";
            return Err(Failure::Failed(message.into()));
        }
        // Each alone, because a realm with a council and its add-ins leaves no room for another.
        let first = self.first(authority, treasury).into_iter().map(|one| (0, vec![one]));
        Ok(first.chain([(self.wait_secs(), vec![self.second(authority, treasury)])]).collect())
    }

    /// How long stake waits between the steps, and what the terms are.
    pub fn facts(&self) -> Value {
        facts!({ "terms": terms(&self.terms), "wait_secs": self.wait_secs() })
    }

    fn wait_secs(&self) -> u32 {
        self.terms.longest_vote_secs.saturating_add(VOICE_SLACK_SECS)
    }

    /// Refuses a governance whose votes last longer than stake may vote in.
    pub fn require_short(&self, longest_vote_secs: u64) -> Result<()> {
        if longest_vote_secs <= u64::from(self.terms.longest_vote_secs) {
            return Ok(());
        }
        Err(Failure::Usage(format!(
            "the governance votes for {longest_vote_secs} seconds: with a --longest-vote-secs below that no stake would \
             weigh anything in it"
        )))
    }
}

/// `work-token governance switch-to-stake`, as the realm's authority: the first step, or the second.
pub fn run(session: &Session, join: &Join) -> Result<Reply> {
    let ((at, config), authority) = (join.named.governance(session)?, session.authority()?);
    let realm = at.realm;
    let switch = Switch::of(session, &realm, &join.terms)?;
    switch.require_short(config.longest_vote_secs())?;
    if switch.authority != Some(authority) {
        let own = switch.authority == Some(at.governance);
        let then = if own { "propose it: `governance propose switch-to-stake`" } else { "it alone may do this" };
        let who = switch.authority.map_or_else(|| "nobody".into(), |key| key.to_string());
        return Err(Failure::Failed(format!("the realm's authority is {who}: {then}")));
    }
    let mut facts = switch.facts();
    if switch.by_deposit() {
        facts["next"] =
            "once no proposal is voted on that deposits have voted on, and stake has waited, run this once \
                         more: thresholds are parts of the supply until then"
                .into();
        return session.submit(&switch.first(authority, authority), facts);
    }
    if !switch.is_between() {
        return Err(Failure::Failed("deposits do not vote in this realm: `governance show --realm` says who".into()));
    }
    require_counted(session, &realm)?;
    session.submit(&[switch.second(authority, authority)], facts)
}

/// Refuses to execute instructions by which another program says what thresholds are parts of, while votes
/// stand in a proposal that is not counted.
pub fn require_none_open(session: &Session, at: &RealmAddresses, instructions: &[Instruction]) -> Result<()> {
    let most = |instruction: &Instruction| match Decision::of(instruction, &at.program) {
        Decision::SetRealmConfig { realm, rules } if realm == at.realm => Some(rules.add_ins.max_voter_weight),
        _ => None,
    };
    let set: Vec<_> = instructions.iter().filter_map(most).collect();
    if set.is_empty() {
        return Ok(());
    }
    let config: RealmConfig = session.client().of_governance(&at.program, &at.config)?;
    let present = config.community.max_voter_weight;
    if set.iter().all(|most| *most == present) { Ok(()) } else { require_counted(session, at) }
}

/// Refuses while any governance of a realm has a proposal with votes that is not counted.
fn require_counted(session: &Session, realm: &RealmAddresses) -> Result<()> {
    let client = session.client();
    let mut open = Vec::new();
    for (key, _) in client.governances(realm)? {
        let at = spl::GovernanceAddresses::of(*realm, key);
        let has_votes = |proposal: &Proposal| proposal.yes_weight() > 0 || proposal.deny_weight.unwrap_or(0) > 0;
        let proposals = client.proposals(&at)?.into_iter();
        open.extend(proposals.filter(|(_, one)| one.state == ProposalState::Voting && has_votes(one)));
    }
    if open.is_empty() {
        return Ok(());
    }
    let named = |(key, proposal): &(Pubkey, Proposal)| format!("{key}, which is {}", words::state(proposal.state));
    Err(Failure::TryAgain(format!(
        "what was voted would be measured by another maximum: count first, with `governance execute`, {}",
        open.iter().map(named).collect::<Vec<_>>().join("; ")
    )))
}
