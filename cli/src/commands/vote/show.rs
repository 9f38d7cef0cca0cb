//! What is read and shown of realms and their proposals.

use {
    super::{
        realm::Named,
        sheet::sheet,
        stake,
        weigh::{Stake, Weigher},
        words,
    },
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::{Reply, Value, facts},
    },
    clap::Args,
    work_token_sdk::{
        Account, Instruction, Pubkey,
        governance::{
            Governance, Proposal, ProposalAddresses, ProposalState, ProposalTransaction, Vote, VoteRecord,
            VoteThreshold,
        },
        state::{Delegation, PoolKind},
        votes::Voter,
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
        facts!({
            "proposal": key.to_string(),
            "title": proposal.name,
            "state": words::state(proposal.state),
            "yes": proposal.yes_weight(),
            "no": proposal.deny_weight,
            "voting_until_ts": proposal.finalizes_after_ts(&config),
        })
    };
    Ok(Reply::of(facts!({
        "realm": at.realm.realm.to_string(),
        "governance": at.governance.to_string(),
        "treasury": at.treasury.to_string(),
        "votes_with": weigher.words(),
        "thresholds_of": weigher.thresholds(),
        "stake": stake::shown(&weigher),
        "rules": words::rules(&config),
        "count": proposals.len(),
        "proposals": proposals.iter().map(row).collect::<Vec<_>>(),
    })))
}

/// A proposal: what it does, where it stands, who voted what and with what, and what is to be done next.
/// People read it as a sheet.
fn proposal(session: &Session, program: &Pubkey, key: &Pubkey) -> Result<Reply> {
    let (at, proposal, governance) = session.client().proposal(program, key)?;
    let transactions = session.client().proposed_transactions(&at, &proposal)?;
    let weigher = Weigher::of(session, &at.at.realm)?;
    let shown: Result<Vec<Value>> =
        transactions.iter().map(|one| transaction(session, &at, (&proposal, &governance), one)).collect();
    let data = facts!({
        "proposal": key.to_string(),
        "title": proposal.name,
        "link": proposal.link,
        "state": words::state(proposal.state),
        "realm": at.at.realm.realm.to_string(),
        "treasury": at.at.treasury.to_string(),
        "votes_with": weigher.words(),
        "thresholds_of": weigher.thresholds(),
        "rules": words::rules(&governance.config),
        "voting_from_ts": proposal.voting_ts,
        "voting_until_ts": proposal.finalizes_after_ts(&governance.config),
        "tally": tally(session, &at, &proposal, &governance)?,
        "transactions": shown?,
        "votes": votes(session, &at, &weigher)?,
        "next": next(session.chain.now_ts()?, &proposal, &governance, &transactions),
    });
    let plain = sheet(&data);
    Ok(Reply { plain: Some(plain), ..Reply::of(data) })
}

/// What whoever looks at a proposal can do now, or when.
fn next(now_ts: i64, proposal: &Proposal, governance: &Governance, transactions: &[ProposalTransaction]) -> String {
    let ends_ts = proposal.finalizes_after_ts(&governance.config).unwrap_or(i64::MAX);
    let left = transactions.iter().filter(|transaction| transaction.executed_ts.is_none());
    let from_ts = left.filter_map(|transaction| transaction.executes_after_ts(proposal)).min();
    match (proposal.state, from_ts) {
        (ProposalState::Draft, _) => "its owner completes it: the same `governance propose` once more".into(),
        (ProposalState::SigningOff, _) => "others are still to sign it off".into(),
        (ProposalState::Voting, _) if now_ts <= ends_ts => {
            format!("vote until {}: `governance vote`", crate::text::moment(ends_ts))
        }
        (ProposalState::Voting, _) => "the time is over: `governance execute` counts it".into(),
        (ProposalState::Succeeded | ProposalState::Executing | ProposalState::ExecutingWithErrors, Some(ts)) => {
            let when = if now_ts <= ts { format!("after {}", crate::text::moment(ts)) } else { "now".into() };
            format!("`governance execute` executes it {when}")
        }
        (state, _) => format!("nothing: it is {}", words::state(state)),
    }
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
    Ok(facts!({
        "yes": proposal.yes_weight(),
        "no": proposal.deny_weight,
        "could_vote": max,
        "yes_needed": needed.and_then(|needed| u64::try_from(needed).ok()),
    }))
}

/// A transaction, and from when it can be executed: if it wins, where that is not decided yet.
fn transaction(
    session: &Session,
    at: &ProposalAddresses,
    (proposal, governance): (&Proposal, &Governance),
    transaction: &ProposalTransaction,
) -> Result<Value> {
    let instructions = transaction.instructions.iter().map(Instruction::from);
    let shown: Result<Vec<Value>> =
        instructions.map(|one| words::in_detail(session, &one, &at.at.realm.program)).collect();
    let counted_ts = proposal.finalizes_after_ts(&governance.config);
    let if_it_wins_ts = counted_ts.map(|ts| ts.saturating_add(i64::from(transaction.hold_up_secs)));
    Ok(facts!({
        "number": transaction.number,
        "hold_up_secs": transaction.hold_up_secs,
        "executable_after_ts": transaction.executes_after_ts(proposal).or(if_it_wins_ts),
        "executed_ts": transaction.executed_ts,
        "instructions": shown?,
    }))
}

/// Who voted what, the heaviest first; with stake also which positions each votes with now.
fn votes(session: &Session, at: &ProposalAddresses, weigher: &Weigher) -> Result<Vec<Value>> {
    let votes = session.client().votes(at)?;
    let with = match weigher {
        Weigher::Stake(stake) => positions(session, stake, &votes)?,
        Weigher::Deposits | Weigher::Other(_) => vec![Value::Null; votes.len()],
    };
    Ok(votes.iter().zip(with).map(|(record, with)| vote(record, with)).collect())
}

fn vote(record: &VoteRecord, with: Value) -> Value {
    let choice = match record.vote {
        Vote::Approve(_) => "yes",
        Vote::Deny => "no",
        Vote::Abstain => "abstain",
        Vote::Veto => "veto",
    };
    let mut row = facts!({ "voter": record.owner.to_string(), "vote": choice, "weight": record.weight });
    if !with.is_null() {
        row["with"] = with;
    }
    row
}

/// The positions of voters, in two reads. One that was closed since then has no provider any more.
fn positions(session: &Session, stake: &Stake, votes: &[VoteRecord]) -> Result<Vec<Value>> {
    let keys: Vec<Pubkey> = votes.iter().map(|vote| stake.registrar.0.voter(vote.owner).voter).collect();
    let voters: Vec<Option<Voter>> = read(session, &keys)?;
    let entries = |voter: &Option<Voter>| -> Vec<Pubkey> {
        voter.iter().flat_map(|voter| voter.entries()).map(|entry| entry.position).collect()
    };
    let keys: Vec<Pubkey> = voters.iter().flat_map(entries).collect();
    let mut found = read::<Delegation>(session, &keys)?.into_iter();
    let row = |(key, position): (Pubkey, Option<Delegation>)| {
        let is_own = position.is_some_and(|position| position.pool_kind() == PoolKind::Own);
        facts!({
            "position": key.to_string(),
            "provider": position.map(|position| position.provider.to_string()),
            "voice": if is_own { "of the provider's owner" } else { "of its holder" },
        })
    };
    let mut rows = |voter: &Option<Voter>| entries(voter).into_iter().zip(found.by_ref()).map(row).collect();
    Ok(voters.iter().map(&mut rows).collect())
}

fn read<A: Account>(session: &Session, keys: &[Pubkey]) -> Result<Vec<Option<A>>> {
    let accounts = session.chain.accounts(keys)?.into_iter();
    Ok(accounts.map(|account| A::decode(&account.filter(|account| account.owner == A::PROGRAM)?.data).ok()).collect())
}
