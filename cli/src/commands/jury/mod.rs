//! What jurors do, and what anybody may do for a jury.

mod lock;
mod vote;

use {
    self::lock::{facts, own},
    super::{
        dispute::{self, Which},
        epoch::Bounty,
    },
    crate::{
        chain::{Session, each_alone},
        failure::{Failure, Result},
        keeper::{Ask, DisputeWork, Run, Step, Work},
        reply::{Count, Reply, Value, facts},
    },
    clap::Subcommand,
    std::mem::offset_of,
    work_token_sdk::{
        BallotAddresses, Pubkey, ix,
        state::{Ballot, Dispute, Juror},
        view,
    },
};

/// `work-token jury`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Lock stake to be drawn for juries, or add to the lock. It ripens: it is drawn from once it is as old
    /// as the longest dispute, or at once while the tree of jurors is young
    Join(lock::Join),
    /// Leave the tree after the term; lock and fees are paid at once if no jury is being drawn, else by a
    /// second call
    Leave(lock::Leave),
    /// Take your pay
    Pay {
        /// Token account of yours that receives [default: your usual one]
        #[arg(long)]
        to: Option<Pubkey>,
    },
    /// Arm the draw of a dispute's jury, or capture its seed: anybody may
    Call(Which),
    /// Call the jurors that the seed drew for the next ballots: anybody may
    Draw {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        bounty: Bounty,
    },
    /// Vote in every ballot that you have in the present jury
    #[command(subcommand)]
    Vote(vote::Command),
    /// Pay or fine the jurors of a decided dispute: anybody may
    Settle {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        bounty: Bounty,
    },
    /// Take a juror out that owns the accused, stands behind it or became a party; its lock burns: anybody
    /// may
    Exclude {
        #[command(flatten)]
        which: Which,
        /// Who judges
        #[arg(long)]
        juror: Pubkey,
        /// Its position behind the accused [default: the one at its usual address; not needed of an owner or
        /// a party]
        #[arg(long)]
        position: Option<Pubkey>,
    },
    /// Bring what has ripened of a juror's lock into the tree, or write what a fine has left of it: anybody
    /// may
    Sync(lock::Sync),
    /// Show a juror, its ballots, and what they ask of it
    Show {
        /// Who judges [default: the keypair that signs]
        juror: Option<Pubkey>,
    },
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Join(join) => join.run(session),
            Self::Leave(leave) => leave.run(session),
            Self::Pay { to } => {
                let juror = own(session, None)?;
                session.client().get::<Juror>(&juror.juror)?;
                let to = session.token_account(*to, &juror.owner, &juror.network);
                session.submit(&[ix::claim_juror_pay(&juror, to)], facts(&juror))
            }
            Self::Call(which) => call(session, which),
            Self::Draw { which, bounty } => {
                crank(session, which, bounty, "drawn", |work| matches!(work, DisputeWork::Ballot(_)))
            }
            Self::Settle { which, bounty } => {
                crank(session, which, bounty, "settled", |work| matches!(work, DisputeWork::SettleBallot(_)))
            }
            Self::Exclude { which, juror, position } => exclude(session, which, juror, *position),
            Self::Vote(vote) => vote.run(session),
            Self::Sync(sync) => sync.run(session),
            Self::Show { juror } => show(session, *juror),
        }
    }
}

fn call(session: &Session, which: &Which) -> Result<Reply> {
    let case = session.case(&which.dispute)?;
    let randomness = case.network.params.disputes.randomness;
    let mut facts = case.facts();
    facts["seed"] = case.view().seed.as_ref().map(dispute::show::name).into();
    let tree = case.network.juror_tree;
    let call = ix::call_jury(&case.addresses, tree, (randomness != Pubkey::default()).then_some(randomness));
    session.submit(&[call], facts)
}

/// Out of every ballot that it has in the present jury.
fn exclude(session: &Session, which: &Which, juror: &Pubkey, position: Option<Pubkey>) -> Result<Reply> {
    let case = session.case(&which.dispute)?;
    let accused = session.provider(&case.addresses.provider)?;
    let is_party = case.view().parties.iter().any(|party| party.owner == *juror);
    let interest = match position {
        Some(position) => position,
        None if is_party || case.provider.owner == *juror => accused.provider,
        None => accused.position(*juror).delegation,
    };
    let mut instructions = Vec::new();
    for (key, ballot) in session.client().list::<Ballot>(&[(offset_of!(Ballot, dispute), which.dispute)])? {
        if ballot.owner == *juror && ballot.jury == case.dispute.machine.jury {
            instructions.push(ix::exclude_juror(&BallotAddresses::recorded(case.addresses, key, &ballot), interest));
        }
    }
    if instructions.is_empty() {
        return Err(Failure::Failed(format!("{juror} has no ballot in the present jury of {}", which.dispute)));
    }
    let mut facts = case.facts();
    facts["ballots"] = instructions.len().into();
    session.submit_parts(&each_alone(instructions), facts)
}

/// What a keeper would do for the jury of a dispute, one transaction each.
fn crank(
    session: &Session,
    which: &Which,
    bounty: &Bounty,
    done: &str,
    is_asked: fn(&DisputeWork) -> bool,
) -> Result<Reply> {
    let case = session.case(&which.dispute)?;
    let keeper = bounty.keeper(session)?;
    let wanted =
        |step: &Step| matches!(&step.work, Work::Dispute(key, work) if *key == which.dispute && is_asked(work));
    let network = case.addresses.network.network;
    let (reply, _) = Run::new(session, network, keeper, &wanted, Ask::default())?.go()?;
    reply.ok_or_else(|| Failure::TryAgain(format!("no ballot of a jury of {} can be {done} now", which.dispute)))
}

fn show(session: &Session, named: Option<Pubkey>) -> Result<Reply> {
    let (juror, client) = (own(session, named)?, session.client());
    let (network, state) = (client.network(&juror.network.network)?, client.get::<Juror>(&juror.juror)?);
    let (shown, now_ts) = (lock::shown(session, &network, &state)?, session.chain.now_ts()?);
    let ballots = client.list::<Ballot>(&[(offset_of!(Ballot, juror), juror.juror)])?;
    let row = |ballot: &Ballot| -> Result<Value> {
        let dispute: Dispute = client.get(&ballot.dispute)?;
        Ok(ballot_row(ballot, &view::ballot_view(&network, &dispute, ballot, &state, now_ts)))
    };
    Ok(Reply::of(facts!({
        "juror": juror.juror.to_string(),
        "owner": juror.owner.to_string(),
        "lock": shown.lock,
        "ripe": shown.ripe,
        "ripens_at_ts": shown.ripens_at_ts,
        "juries": shown.juries,
        "credit": shown.credit,
        "leaf": shown.leaf,
        "leaf_weight": shown.leaf_weight,
        "needs_sync": shown.needs_sync,
        "votes_after_ts": shown.votes_after_ts,
        "term_until_ts": shown.term_until_ts,
        "can_be_called_until_ts": shown.out_until_ts,
        "tree_frozen_until_slot": shown.tree_frozen_until_slot.map(Count),
        "leave_refused": shown.leave_refusal.map(|error| error.message()),
        "leave_pays": shown.leave_pays,
        "ballots": ballots.iter().map(|(_, ballot)| row(ballot)).collect::<Result<Vec<_>>>()?,
    })))
}

fn ballot_row(ballot: &Ballot, shown: &view::BallotView) -> Value {
    let until_ts = match shown.duty {
        view::BallotDuty::Commit { until_ts } | view::BallotDuty::Reveal { until_ts } => Some(until_ts),
        _ => None,
    };
    let settles = shown.settles.as_ref().map(|settles| match settles {
        Ok(fee_and_loss) => facts!(fee_and_loss),
        Err(refusal) => refusal.message().into(),
    });
    facts!({
        "dispute": ballot.dispute.to_string(),
        "jury": ballot.jury,
        "ballot": ballot.index,
        "duty": dispute::show::name(&shown.duty),
        "until_ts": until_ts,
        "vote": shown.vote,
        "lock": shown.lock,
        "fee": shown.fee,
        "settles": settles,
    })
}
