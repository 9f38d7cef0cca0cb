//! What keeps a network's epochs going. Anybody may send any of it, late or twice.

mod show;

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        keeper::{Ask, Batches, Next, Run, Snapshot, Step},
        reply::{Reply, Value, facts},
    },
    clap::{Args, Subcommand},
    work_token_sdk::{Pubkey, ix},
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
    /// Turn rewards into stake, for holders that let anybody do it and whose rewards cover a keeper's bounty
    Restake(Which),
    /// Return what an epoch could not hand out to the network
    Sweep(Which),
    /// Close a swept epoch; its rent goes back to who opened it
    Close(Which),
    /// Show an epoch, or all that have accounts
    Show(Which),
    /// Do everything that is due, once, and say what is due next and when
    ///
    /// Run it once a minute at least, and whenever its answer says that something is due: a seed can be
    /// captured for 512 slots, three minutes and a half, and a job whose seed is missed twice goes to any
    /// provider. Exit codes: 0 all is done, 1 something was refused or could not be read, 75 something is
    /// left and the same command continues, 76 nobody knows whether something landed.
    Crank {
        #[command(flatten)]
        bounty: Bounty,
        /// A realm in which stake votes: also write its maximum weight when that ends, and note what of its
        /// voters' stake waits and ripens, unpaid
        #[arg(long, value_name = "REALM")]
        votes: Vec<Pubkey>,
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

impl Bounty {
    /// The keeper of a run, which looks for its usual account once something is due.
    pub fn keeper(&self, session: &Session) -> Result<ix::Keeper> {
        Ok(ix::Keeper { keeper: session.authority()?, account: self.bounty_to })
    }
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (only, which) = match self {
            Self::Crank { bounty, votes } => return crank(session, bounty, votes),
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
            Self::Restake(which) => ("restake", which),
            Self::Sweep(which) => ("sweep", which),
            Self::Close(which) => ("close", which),
        };
        let keeper = which.bounty.keeper(session)?;
        let wanted = |step: &Step| step.work.name() == only && which.epoch.is_none_or(|epoch| step.epoch == epoch);
        // Whoever asks for one thing asks whether it is due at all.
        let ask = Ask { all: true, all_lots: only == "activate", ..Ask::default() };
        let (reply, snapshot) = Run::new(session, session.network_key()?, keeper, &wanted, ask)?.go()?;
        reply.map_or_else(|| nothing_due(&snapshot, only), Ok)
    }
}

/// Does what is due, and says what is next.
fn crank(session: &Session, bounty: &Bounty, votes: &[Pubkey]) -> Result<Reply> {
    let keeper = bounty.keeper(session)?;
    let ask = Ask { votes: votes.to_vec(), ..Ask::default() };
    let (reply, mut snapshot) = Run::new(session, session.network_key()?, keeper, &|_| true, ask)?.go()?;
    let mut reply = reply.unwrap_or_else(|| nothing(&snapshot));
    let next = snapshot.upcoming(Batches::of(session.options.fee_payer.is_none()));
    reply.data.insert("next_ts".into(), next.first().map(|next| next.at_ts).into());
    reply.data.insert("next".into(), next.iter().map(|next| upcoming(next, snapshot.now_ts)).collect());
    Ok(reply)
}

/// What a crank answers that found nothing to do.
fn nothing(snapshot: &Snapshot) -> Reply {
    let none = || Value::Array(Vec::new());
    Reply::of(facts!({
        "network": snapshot.addresses.network.to_string(),
        "epoch": snapshot.epoch(),
        "transactions": 0,
        "steps": none(),
        "unknown": none(),
        "refused": none(),
        "skipped": none(),
        "left": none(),
    }))
}

fn upcoming(next: &Next, now_ts: i64) -> Value {
    facts!({
        "step": next.what,
        "epoch": next.epoch,
        "about": next.about.map(|key| key.to_string()),
        "at_ts": next.at_ts,
        "in_secs": next.at_ts - now_ts,
        "until_ts": next.until_ts,
    })
}

fn nothing_due(snapshot: &Snapshot, what: &str) -> Result<Reply> {
    let now = format!("nothing to {what} now, in epoch {}", snapshot.epoch());
    Err(Failure::TryAgain(match snapshot.next_window_ts() {
        Some(ts) => format!("{now}; the next window begins at {ts} (unix seconds)"),
        None => now,
    }))
}
