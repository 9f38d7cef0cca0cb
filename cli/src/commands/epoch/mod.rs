//! What keeps a network's epochs going. Anybody may send any of it, late or twice.

mod show;

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        keeper::{Batches, Snapshot, Step, plan},
        reply::Reply,
    },
    clap::{Args, Subcommand},
    serde_json::json,
    work_token_sdk::{NetworkAddresses, Pubkey, ix},
};

/// `work-token epoch`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Pay or fine the attesters of finalized epochs
    SettleAttesters(Which),
    /// Open an epoch that has begun: its account keeps the rules that it began with
    Open(Which),
    /// Bring the present epoch's seed a step further
    Beacon(Which),
    /// Draw the attesters of the present epoch's shards
    DrawAttesters(Which),
    /// Score the providers of an opened epoch
    Score(Which),
    /// Weigh the providers of an opened epoch
    Weigh(Which),
    /// Freeze an epoch's weights and emit its tokens
    Finalize(Which),
    /// Settle the providers of a finalized epoch
    Settle(Which),
    /// Activate lots that have earned a keeper's bounty, before their provider forgets from when on they earn
    Activate(Which),
    /// Return what an epoch could not hand out to the network
    Sweep(Which),
    /// Close a swept epoch; its rent goes back to who opened it
    Close(Which),
    /// Show an epoch, or all that have accounts
    Show(Which),
    /// Do everything that is due. Once a minute at least: a seed can be captured for 512 slots, three minutes
    /// and a half, and a job whose seed is missed twice goes to any provider
    Crank {
        #[command(flatten)]
        bounty: Bounty,
    },
}

/// Which epoch.
#[derive(Args, Debug)]
pub struct Which {
    /// Its number [default: every epoch for which this is due]
    epoch: Option<u32>,
    #[command(flatten)]
    bounty: Bounty,
}

/// Where the bounties go.
#[derive(Args, Debug)]
pub struct Bounty {
    /// Token account for the keeper's bounties [default: the keeper's usual one, if it exists]
    #[arg(long, value_name = "PUBKEY")]
    bounty_to: Option<Pubkey>,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (only, which) = match self {
            Self::Crank { bounty } => return crank(session, bounty),
            Self::Show(which) => return show::epochs(session, which.epoch),
            Self::SettleAttesters(which) => ("settle-attesters", which),
            Self::Open(which) => ("open", which),
            Self::Beacon(which) => ("beacon", which),
            Self::DrawAttesters(which) => ("draw-attesters", which),
            Self::Score(which) => ("score", which),
            Self::Weigh(which) => ("weigh", which),
            Self::Finalize(which) => ("finalize", which),
            Self::Settle(which) => ("settle", which),
            Self::Activate(which) => ("activate", which),
            Self::Sweep(which) => ("sweep", which),
            Self::Close(which) => ("close", which),
        };
        let addresses = session.network()?;
        let keeper = keeper(session, &addresses, &which.bounty)?;
        let snapshot = Snapshot::read_all(session.chain, &addresses.network)?;
        let mut steps = plan(&snapshot, Batches::of(keeper_pays(session)));
        steps.retain(|step| step.work.name() == only && which.epoch.is_none_or(|epoch| step.epoch == epoch));
        if steps.is_empty() {
            return nothing_due(&snapshot, only);
        }
        submit_all(session, &snapshot, &steps, keeper)
    }
}

/// Reads, plans and sends until nothing is due. What is only shown changes nothing, so one pass is all there
/// is to show.
fn crank(session: &Session, bounty: &Bounty) -> Result<Reply> {
    let addresses = session.network()?;
    let keeper = keeper(session, &addresses, bounty)?;
    let mut done = Vec::new();
    let mut before = Vec::new();
    loop {
        let snapshot = Snapshot::read_all(session.chain, &addresses.network)?;
        let steps = plan(&snapshot, Batches::of(keeper_pays(session)));
        if steps.is_empty() {
            break;
        }
        if steps == before {
            return Err(Failure::TryAgain("what was sent does not show on the chain yet; crank again later".into()));
        }
        for step in &steps {
            match submit(session, &snapshot, step, keeper) {
                Ok(reply) => done.push(reply),
                // Another keeper was faster, or a step waits for one that another keeper took: read and plan
                // again.
                Err(Failure::Failed(refusal)) if !session.only_shows() => {
                    session.note(&format!("{} {}: {refusal}", step.work.name(), step.epoch));
                }
                Err(failure) => return Err(failure),
            }
        }
        if session.only_shows() {
            break;
        }
        before = steps;
    }
    Ok(Reply::steps(done))
}

pub(super) fn submit(session: &Session, snapshot: &Snapshot, step: &Step, keeper: ix::Keeper) -> Result<Reply> {
    let mut facts = json!({ "step": step.work.name(), "epoch": step.epoch, "providers": step.work.providers() });
    if let Some(job) = step.work.job() {
        facts["job"] = job.to_string().into();
    }
    if let Some(dispute) = step.work.dispute() {
        facts["dispute"] = dispute.to_string().into();
    }
    session.submit_step(&step.instruction(snapshot, keeper).into_iter().collect::<Vec<_>>(), facts)
}

/// Steps one after the other, each a transaction of its own.
pub(super) fn submit_all(session: &Session, snapshot: &Snapshot, steps: &[Step], keeper: ix::Keeper) -> Result<Reply> {
    let done = steps.iter().map(|step| submit(session, snapshot, step, keeper)).collect::<Result<_>>()?;
    Ok(Reply::steps(done))
}

fn nothing_due(snapshot: &Snapshot, what: &str) -> Result<Reply> {
    let now = format!("nothing to {what} now, in epoch {}", snapshot.epoch());
    Err(Failure::TryAgain(match snapshot.next_window_ts() {
        Some(ts) => format!("{now}; the next window begins at {ts} (unix seconds)"),
        None => now,
    }))
}

pub(super) fn keeper(session: &Session, network: &NetworkAddresses, bounty: &Bounty) -> Result<ix::Keeper> {
    let keeper = session.authority()?;
    if let Some(named) = &bounty.bounty_to {
        session.require_takes_tokens("--bounty-to", named, network)?;
        return Ok(ix::Keeper { keeper, account: Some(*named) });
    }
    let usual = session.token_account(None, &keeper, network);
    let is_paid = session.takes_tokens(&usual, network)?;
    if !is_paid {
        session.note(&format!(
            "{usual}, the keeper's usual token account, does not exist or takes no work tokens; the cranks work unpaid"
        ));
    }
    Ok(ix::Keeper { keeper, account: is_paid.then_some(usual) })
}

fn keeper_pays(session: &Session) -> bool {
    session.options.fee_payer.is_none()
}
