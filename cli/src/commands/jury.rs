//! What jurors do, and what anybody may do for a jury.

use {
    super::{
        dispute::Which,
        epoch::{self, Bounty},
        jury_vote,
    },
    crate::{
        chain::Session,
        failure::{Failure, Result},
        keeper::{Batches, DisputeWork, Snapshot, Work, plan},
        reply::Reply,
    },
    clap::Subcommand,
    serde_json::{Value, json},
    std::mem::offset_of,
    work_token_sdk::{
        JurorAddresses, Pubkey,
        draw::free_leaf,
        ix,
        state::{Ballot, Dispute, Juror, WorkTree},
        view,
    },
};

/// `work-token jury`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Lock stake to be drawn for juries, or add to the lock; it judges disputes opened after that
    Join {
        /// Base units [default: enough for one seat]
        #[arg(long)]
        amount: Option<u64>,
        /// Token account that pays [default: your usual one]
        #[arg(long)]
        from: Option<Pubkey>,
    },
    /// Leave after the term, with lock and pay, once no seat binds the lock
    Leave {
        /// Token account of yours that receives [default: your usual one]
        #[arg(long)]
        to: Option<Pubkey>,
    },
    /// Take your pay
    Pay {
        /// Token account of yours that receives [default: your usual one]
        #[arg(long)]
        to: Option<Pubkey>,
    },
    /// Arm the draw of a dispute's jury, or capture its seed: anybody may
    Call(Which),
    /// Draw the jury's next seats: anybody may
    Seat {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        bounty: Bounty,
    },
    /// Vote in every seat that you have in the present jury
    #[command(subcommand)]
    Vote(jury_vote::Command),
    /// Pay or fine the jurors of a decided dispute: anybody may
    Settle {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        bounty: Bounty,
    },
    /// Write a juror's lock into its leaf of the tree, after a seat that it lost: anybody may
    Sync {
        /// Who judges [default: the keypair that signs]
        juror: Option<Pubkey>,
    },
    /// Show a juror, its seats, and what they ask of it
    Show {
        /// Who judges [default: the keypair that signs]
        juror: Option<Pubkey>,
    },
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Join { amount, from } => join(session, *amount, *from),
            Self::Leave { to } => {
                let (juror, tree) = (own(session, None)?, tree_key(session)?);
                let to = session.token_account(*to, &juror.owner, &juror.network);
                session.submit(&[ix::leave_jury(&juror, tree, to)], facts(&juror))
            }
            Self::Pay { to } => {
                let juror = own(session, None)?;
                let to = session.token_account(*to, &juror.owner, &juror.network);
                session.submit(&[ix::claim_juror_pay(&juror, to)], facts(&juror))
            }
            Self::Call(which) => call(session, which),
            Self::Seat { which, bounty } => {
                crank(session, which, bounty, "drawn", |work| matches!(work, DisputeWork::Seat(_)))
            }
            Self::Settle { which, bounty } => {
                crank(session, which, bounty, "settled", |work| matches!(work, DisputeWork::SettleBallot(_)))
            }
            Self::Vote(vote) => vote.run(session),
            Self::Sync { juror } => {
                let (juror, tree) = (own(session, *juror)?, tree_key(session)?);
                session.submit(&[ix::sync_juror(&juror, tree)], facts(&juror))
            }
            Self::Show { juror } => show(session, *juror),
        }
    }
}

fn own(session: &Session, named: Option<Pubkey>) -> Result<JurorAddresses> {
    let owner = named.map_or_else(|| session.authority(), Ok)?;
    Ok(JurorAddresses::derive(session.network()?, owner))
}

fn facts(juror: &JurorAddresses) -> Value {
    json!({ "juror": juror.juror.to_string() })
}

fn tree_key(session: &Session) -> Result<Pubkey> {
    let tree = session.client().network(&session.network_key()?)?.juror_tree;
    if tree == Pubkey::default() {
        return Err(Failure::Failed("the network has no tree of jurors: `network adopt-juror-tree`".into()));
    }
    Ok(tree)
}

fn join(session: &Session, amount: Option<u64>, from: Option<Pubkey>) -> Result<Reply> {
    let (juror, juror_tree, client) = (own(session, None)?, tree_key(session)?, session.client());
    let lock = client.network(&juror.network.network)?.params.disputes.juror_lock;
    let leaf = match client.find::<Juror>(&juror.juror)? {
        Some(state) => Some(state.leaf),
        None => client.find_boxed::<WorkTree>(&juror_tree)?.and_then(|tree| free_leaf(&tree)),
    };
    let leaf = leaf.ok_or_else(|| Failure::Failed("no leaf of the tree is free".into()))?;
    let from = session.token_account(from, &juror.owner, &juror.network);
    let join = ix::JoinJury { juror_tree, from, amount: amount.unwrap_or(lock), leaf };
    let mut facts = facts(&juror);
    facts["amount"] = join.amount.into();
    facts["leaf"] = leaf.into();
    session.submit(&[ix::join_jury(&juror, join)], facts)
}

fn call(session: &Session, which: &Which) -> Result<Reply> {
    let case = session.case(&which.dispute)?;
    let randomness = case.network.params.disputes.randomness;
    let mut facts = case.facts();
    facts["seed"] = case.view().seed.as_ref().map(super::dispute_show::name).into();
    let call = ix::call_jury(&case.at, (randomness != Pubkey::default()).then_some(randomness));
    session.submit(&[call], facts)
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
    let keeper = epoch::keeper(session, &case.at.network, bounty)?;
    let snapshot = Snapshot::read_all(session.chain, &case.at.network.network)?;
    let mut steps = plan(&snapshot, Batches::of(session.options.fee_payer.is_none()));
    steps.retain(|step| matches!(&step.work, Work::Dispute(key, work) if *key == which.dispute && is_asked(work)));
    if steps.is_empty() {
        return Err(Failure::TryAgain(format!("no seat of a jury of {} can be {done} now", which.dispute)));
    }
    let sent = steps.iter().map(|step| epoch::submit(session, &snapshot, step, keeper)).collect::<Result<_>>()?;
    Ok(epoch::steps_reply(sent))
}

fn show(session: &Session, named: Option<Pubkey>) -> Result<Reply> {
    let (juror, client) = (own(session, named)?, session.client());
    let (network, state) = (client.network(&juror.network.network)?, client.get::<Juror>(&juror.juror)?);
    let now_ts = session.chain.now_ts()?;
    let shown = view::juror_view(&network, &state, now_ts);
    let ballots = client.list::<Ballot>(&[(offset_of!(Ballot, juror), juror.juror)])?;
    let row = |ballot: &Ballot| -> Result<Value> {
        let dispute: Dispute = client.get(&ballot.dispute)?;
        let seat = view::ballot_view(&network, &dispute, ballot, now_ts);
        let until_ts = match seat.duty {
            view::BallotDuty::Commit { until_ts } | view::BallotDuty::Reveal { until_ts } => Some(until_ts),
            _ => None,
        };
        Ok(json!({
            "dispute": ballot.dispute.to_string(),
            "jury": ballot.jury,
            "seat": ballot.seat,
            "duty": super::dispute_show::name(&seat.duty),
            "until_ts": until_ts,
            "vote": seat.vote,
            "lock": seat.lock,
            "fee": seat.fee,
            "settles": seat.settles,
        }))
    };
    Ok(Reply::of(json!({
        "juror": juror.juror.to_string(),
        "owner": juror.owner.to_string(),
        "lock": shown.lock,
        "bound": shown.bound,
        "seats_left": shown.seats_left,
        "credit": shown.credit,
        "leaf": shown.leaf,
        "needs_sync": shown.needs_sync,
        "judges_after_ts": shown.judges_after_ts,
        "term_until_ts": shown.term_until_ts,
        "tree_frozen_until_ts": shown.tree_frozen_until_ts,
        "leave_refused": shown.leave_refusal.map(|error| error.message()),
        "seats": ballots.iter().map(|(_, ballot)| row(ballot)).collect::<Result<Vec<_>>>()?,
    })))
}
