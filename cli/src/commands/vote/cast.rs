//! Votes, and what becomes of a proposal.

use {
    super::{
        Instance, room, switch,
        weigh::{Use, Weighed, Weigher},
        words,
    },
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::{Reply, facts},
    },
    clap::{Args, ValueEnum},
    work_token_sdk::{
        Instruction, Pubkey,
        governance::{
            self as spl, Governance, OptionResult, Proposal, ProposalAddresses, ProposalState, ProposalTransaction,
            VoteRecord, WeightRecords,
        },
        transactions::Part,
    },
};

/// A proposal.
#[derive(Args, Debug)]
pub struct Chosen {
    #[command(flatten)]
    instance: Instance,
    /// The proposal
    proposal: Pubkey,
}

impl Chosen {
    /// Reads it.
    pub fn read(&self, session: &Session) -> Result<(ProposalAddresses, Proposal, Governance)> {
        Ok(session.client().proposal(&self.instance.program, &self.proposal)?)
    }
}

/// What may be voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Choice {
    /// For it
    Yes,
    /// Against it
    No,
}

/// A vote.
#[derive(Args, Debug)]
pub struct Vote {
    #[command(flatten)]
    chosen: Chosen,
    /// What you vote
    #[arg(long, value_enum)]
    choice: Choice,
    /// Where not all of your positions fit beside the vote: vote with the heaviest that do
    #[arg(long)]
    heaviest: bool,
    /// The lookup table by which your positions fit beside the vote [default: yours that names most of them,
    /// where they do not fit without]
    #[arg(long, value_name = "PUBKEY")]
    table: Option<Pubkey>,
}

impl Vote {
    /// Votes with what the voter has deposited; or with its stake, whose weight is written before.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (at, proposal, governance) = self.chosen.read(session)?;
        let (weigher, voter) = (Weigher::of(session, &at.at.realm)?, session.authority()?);
        require_short(&weigher, &governance)?;
        let vote = match self.choice {
            Choice::Yes => spl::Vote::yes(),
            Choice::No => spl::Vote::Deny,
        };
        let cast = |records: WeightRecords| spl::cast_vote(&at, proposal.owner_record, voter, voter, records, &vote);
        let what = Use::Vote { proposal: at.proposal, heaviest: self.heaviest, table: self.table };
        let Weighed { instructions, weight, left_out, tables } = weigher.before(session, (&at.at, what), cast)?;
        let facts = facts!({
            "weight": weight,
            "votes_with": weigher.words(),
            "positions_left_out": left_out,
            "lookup_table": room::shown(&tables),
        });
        session.looking_up(&tables).submit(&instructions, facts)
    }
}

/// Refuses a vote in which stake weighs nothing, because it takes longer than a voice is silent.
fn require_short(weigher: &Weigher, governance: &Governance) -> Result<()> {
    let Weigher::Stake(stake) = weigher else { return Ok(()) };
    let longest = stake.registrar.1.terms.longest_vote_secs;
    let found = governance.config.longest_vote_secs();
    if found <= u64::from(longest) {
        return Ok(());
    }
    Err(Failure::Failed(format!(
        "stake weighs nothing here: the governance votes for {found} seconds, and the realm's longest_vote_secs is \
         {longest}"
    )))
}

/// Takes a proposal back.
pub fn cancel(session: &Session, chosen: &Chosen) -> Result<Reply> {
    let ((at, proposal, _), who) = (chosen.read(session)?, session.authority()?);
    if at.at.realm.token_owner_record(&who) != proposal.owner_record {
        let message = format!("{who} has not made this proposal: whoever has takes it back");
        return Err(Failure::Failed(message));
    }
    session.submit(&[spl::cancel_proposal(&at, who)], facts!({}))
}

/// Takes a vote back while it is voted on; afterwards frees the voter.
pub fn relinquish(session: &Session, chosen: &Chosen) -> Result<Reply> {
    let (at, proposal, _) = chosen.read(session)?;
    let voter = session.authority()?;
    let vote: Option<VoteRecord> =
        session.client().find_of_governance(&at.at.realm.program, &at.vote_record(&voter))?;
    if vote.is_none() {
        return Err(Failure::Failed(format!("{voter} has not voted on this proposal")));
    }
    let counts = proposal.state == ProposalState::Voting;
    let relinquish = spl::relinquish_vote(&at, voter, counts.then_some(voter));
    session.submit(&[relinquish], facts!({ "no_longer_counts": counts }))
}

/// Counts, if the time is over and nobody has; then executes what can be executed now.
pub fn execute(session: &Session, chosen: &Chosen) -> Result<Reply> {
    let (at, proposal, governance) = chosen.read(session)?;
    let now_ts = session.chain.now_ts()?;
    if proposal.state == ProposalState::Voting {
        return count(session, &at, &proposal, &governance, now_ts);
    }
    let won = proposal.options.first().is_some_and(|option| option.result == OptionResult::Succeeded);
    let is_open = matches!(
        proposal.state,
        ProposalState::Succeeded | ProposalState::Executing | ProposalState::ExecutingWithErrors
    );
    if !won || !is_open {
        return Err(Failure::Failed(format!("the proposal is {}", words::state(proposal.state))));
    }
    let transactions = session.client().proposed_transactions(&at, &proposal)?;
    let waiting = transactions.iter().filter(|transaction| transaction.executed_ts.is_none());
    let is_due = |transaction: &&ProposalTransaction| {
        transaction.executes_after_ts(&proposal).is_some_and(|after_ts| after_ts < now_ts)
    };
    let (due, held_up): (Vec<_>, Vec<_>) = waiting.partition(is_due);
    let next_ts = held_up.iter().filter_map(|transaction| transaction.executes_after_ts(&proposal)).min();
    if due.is_empty() {
        let next_ts = next_ts.map_or_else(String::new, |ts| format!(" until {ts} (unix seconds)"));
        return Err(Failure::TryAgain(format!("what the proposal does is held up{next_ts}")));
    }
    let mut parts = Vec::new();
    for transaction in &due {
        let instructions: Vec<Instruction> = transaction.instructions.iter().map(Instruction::from).collect();
        switch::require_none_open(session, &at.at.realm, &instructions)?;
        parts.push(Part::alone(spl::execute_transaction(&at, transaction.number, &instructions)));
    }
    let facts = facts!({ "executes": due.len(), "held_up": held_up.len(), "held_up_until_ts": next_ts });
    session.submit_parts(&parts, facts)
}

fn count(
    session: &Session,
    at: &ProposalAddresses,
    proposal: &Proposal,
    governance: &Governance,
    now_ts: i64,
) -> Result<Reply> {
    let after_ts = proposal.finalizes_after_ts(&governance.config).unwrap_or(i64::MAX);
    if now_ts <= after_ts {
        return Err(Failure::TryAgain(format!("it is voted on until {after_ts} (unix seconds)")));
    }
    let facts = facts!({ "counts": true, "next": "the same command executes it once it is no longer held up" });
    let most = Weigher::of(session, &at.at.realm)?.maximum()?;
    let (record, write) = most.unzip();
    let counts = spl::finalize_vote(at, proposal.owner_record, record);
    session.submit(&write.into_iter().chain([counts]).collect::<Vec<_>>(), facts)
}
