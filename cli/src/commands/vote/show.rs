//! What is read and shown of realms and their proposals.

use {
    super::{realm::Named, stake, weigh::Weigher, words},
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::Reply,
    },
    clap::Args,
    serde_json::{Value, json},
    work_token_sdk::{
        Instruction, Pubkey,
        governance::{Governance, Proposal, ProposalAddresses, ProposalTransaction, Vote, VoteRecord, VoteThreshold},
    },
};

/// What is shown.
#[derive(Args, Debug)]
pub struct Show {
    #[command(flatten)]
    chosen: super::Instance,
    /// The proposal; leave out to list those of --realm
    proposal: Option<Pubkey>,
    /// The realm whose proposals are listed
    #[arg(long, value_name = "PUBKEY", conflicts_with = "proposal")]
    realm: Option<Pubkey>,
    /// Which of its governances [default: the one that `create-realm` made for the network]
    #[arg(long, value_name = "PUBKEY", requires = "realm")]
    governance: Option<Pubkey>,
}

impl Show {
    /// Shows it.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match (self.proposal, self.realm) {
            (Some(key), _) => proposal(session, &self.chosen.program, &key),
            (None, Some(realm)) => list(session, &Named { instance: self.chosen, realm, governance: self.governance }),
            (None, None) => Err(Failure::Usage("which? a proposal, or --realm PUBKEY".into())),
        }
    }
}

/// A realm, by which rules it decides, and its proposals.
fn list(session: &Session, named: &Named) -> Result<Reply> {
    let (at, config) = named.governance(session)?;
    let weigher = Weigher::of(session, &at.realm)?;
    let proposals = session.client().proposals(&at)?;
    let row = |(key, proposal): &(Pubkey, Proposal)| {
        json!({
            "proposal": key.to_string(),
            "title": proposal.name,
            "state": words::state(proposal.state),
            "yes": proposal.yes_weight(),
            "no": proposal.deny_weight,
            "voting_until_ts": proposal.finalizes_after_ts(&config),
        })
    };
    Ok(Reply::of(json!({
        "realm": at.realm.realm.to_string(),
        "governance": at.governance.to_string(),
        "treasury": at.treasury.to_string(),
        "votes_with": weigher.words(),
        "stake": stake::shown(&weigher),
        "rules": words::rules(&config),
        "count": proposals.len(),
        "proposals": proposals.iter().map(row).collect::<Vec<_>>(),
    })))
}

/// A proposal: what it does, where it stands, who voted what.
fn proposal(session: &Session, program: &Pubkey, key: &Pubkey) -> Result<Reply> {
    let (at, proposal, governance) = session.client().proposal(program, key)?;
    let transactions = session.client().proposed_transactions(&at, &proposal)?;
    let votes = session.client().votes(&at)?;
    let shown: Result<Vec<Value>> = transactions.iter().map(|one| transaction(session, &at, &proposal, one)).collect();
    Ok(Reply::of(json!({
        "proposal": key.to_string(),
        "title": proposal.name,
        "link": proposal.link,
        "state": words::state(proposal.state),
        "treasury": at.at.treasury.to_string(),
        "rules": words::rules(&governance.config),
        "voting_from_ts": proposal.voting_ts,
        "voting_until_ts": proposal.finalizes_after_ts(&governance.config),
        "tally": tally(session, &at, &proposal, &governance)?,
        "transactions": shown?,
        "votes": votes.iter().map(vote).collect::<Vec<_>>(),
    })))
}

/// What was voted, and how much Yes it takes: of the supply, unless an add-in or the realm says otherwise, or
/// it is decided.
fn tally(session: &Session, at: &ProposalAddresses, proposal: &Proposal, governance: &Governance) -> Result<Value> {
    let (_, realm) = session.client().realm(&at.at.realm.program, &at.at.realm.realm)?;
    let max = match proposal.max_weight {
        Some(max) => Some(max),
        None => super::realm::max_weight(session, at, &realm)?,
    };
    let percent = match proposal.threshold.unwrap_or(governance.config.threshold) {
        VoteThreshold::YesPercentage(percent) => Some(u128::from(percent)),
        VoteThreshold::QuorumPercentage(_) | VoteThreshold::Disabled => None,
    };
    let needed = max.zip(percent).map(|(max, percent)| (u128::from(max) * percent).div_ceil(100));
    Ok(json!({
        "yes": proposal.yes_weight(),
        "no": proposal.deny_weight,
        "could_vote": max,
        "yes_needed": needed.and_then(|needed| u64::try_from(needed).ok()),
    }))
}

fn transaction(
    session: &Session,
    at: &ProposalAddresses,
    proposal: &Proposal,
    transaction: &ProposalTransaction,
) -> Result<Value> {
    let instructions = transaction.instructions.iter().map(Instruction::from);
    let shown: Result<Vec<Value>> =
        instructions.map(|one| words::in_detail(session, &one, &at.at.realm.program)).collect();
    Ok(json!({
        "number": transaction.number,
        "hold_up_secs": transaction.hold_up_secs,
        "executable_after_ts": transaction.executes_after_ts(proposal),
        "executed_ts": transaction.executed_ts,
        "instructions": shown?,
    }))
}

fn vote(record: &VoteRecord) -> Value {
    let choice = match record.vote {
        Vote::Approve(_) => "yes",
        Vote::Deny => "no",
        Vote::Abstain => "abstain",
        Vote::Veto => "veto",
    };
    json!({ "voter": record.owner.to_string(), "vote": choice, "weight": record.weight })
}
