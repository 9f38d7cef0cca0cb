//! A juror's lock: how it enters the jurors' tree, and how it is taken out.

use {
    crate::{
        chain::{Session, each_alone},
        failure::{Failure, Result},
        foreseen::{not_yet, refused},
        keeper,
        reply::{Reply, Value, facts},
        text::amount,
    },
    clap::Args,
    std::mem::offset_of,
    work_token_sdk::{
        Instruction, JurorAddresses, Pubkey, WorkTokenError as E,
        draw::{TreeAt, TreeEntry, plan_entry},
        ix,
        state::{Juror, Network, Tree},
        view::{self, JurorView},
    },
};

/// `work-token jury join`
#[derive(Args, Debug)]
pub struct Join {
    /// Base units [default: enough for one ballot]
    #[arg(long, value_parser = amount)]
    amount: Option<u64>,
    /// Token account that pays [default: your usual one]
    #[arg(long)]
    from: Option<Pubkey>,
}

/// `work-token jury leave`
#[derive(Args, Debug)]
pub struct Leave {
    /// Token account of yours that receives [default: your usual one]
    #[arg(long)]
    to: Option<Pubkey>,
}

/// `work-token jury sync`
#[derive(Args, Debug)]
pub struct Sync {
    /// Who judges [default: the keypair that signs]
    juror: Option<Pubkey>,
}

/// A juror's addresses; it is somebody named, or the signer.
pub fn own(session: &Session, named: Option<Pubkey>) -> Result<JurorAddresses> {
    let owner = named.map_or_else(|| session.authority(), Ok)?;
    Ok(JurorAddresses::derive(session.network()?, owner))
}

/// What every answer about a juror says.
pub fn facts(juror: &JurorAddresses) -> Value {
    facts!({ "juror": juror.juror.to_string() })
}

/// The network of a juror, which has a tree of jurors.
fn network_of(session: &Session, juror: &JurorAddresses) -> Result<Network> {
    let network = session.client().network(&juror.network.network)?;
    if network.juror_tree == Pubkey::default() {
        return Err(Failure::Failed("the network has no tree of jurors: `network adopt-juror-tree`".into()));
    }
    Ok(network)
}

/// Slot and time of the chain.
fn now(session: &Session) -> Result<(u64, i64)> {
    Ok((keeper::slot(session.chain)?, session.chain.now_ts()?))
}

/// How a juror stands.
pub fn shown(session: &Session, network: &Network, juror: &Juror) -> Result<JurorView> {
    let (slot, now_ts) = now(session)?;
    Ok(view::juror_view(network, juror, slot, now_ts))
}

/// Which leaf what has ripened of a lock would have, or why it can have none.
fn entry(session: &Session, network: &Network, at: &JurorAddresses, juror: &Juror) -> Result<Result<TreeEntry, E>> {
    let (client, (slot, now_ts)) = (session.client(), now(session)?);
    let Some(tree) = client.find_boxed::<Tree>(&network.juror_tree)? else { return Ok(Err(E::WrongTree)) };
    let others = client.list::<Juror>(&[(offset_of!(Juror, network), at.network.network)])?;
    let at_tree = TreeAt { network, tree: &tree, slot, now_ts };
    let others = others.iter().map(|(key, juror)| (key, juror));
    Ok(plan_entry(&at_tree, &at.juror, juror, others))
}

fn sync_ix(network: &Network, at: &JurorAddresses, entry: &TreeEntry) -> Instruction {
    ix::sync_juror(at, network.juror_tree, entry.leaf, entry.holder)
}

impl Join {
    /// Locks, and in the same transaction brings into the tree what has ripened: everything while the tree is
    /// young.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let at = own(session, None)?;
        let network = network_of(session, &at)?;
        let (_, now_ts) = now(session)?;
        let amount = self.amount.unwrap_or(network.params.disputes.juror_lock);
        let from = session.token_account(self.from, &at.owner, &at.network);
        let mut instructions = vec![ix::join_jury(&at, ix::JoinJury { from, amount })];
        let mut facts = facts(&at);
        facts["amount"] = amount.into();
        let locked = self.locked(session, &network, &at, (amount, now_ts))?;
        let ripens_at_ts = network.ripe_at_ts(now_ts);
        match entry(session, &network, &at, &locked)? {
            Ok(entry) if entry.weight == locked.leaf_weight => {}
            Ok(entry) => {
                instructions.push(sync_ix(&network, &at, &entry));
                facts["leaf"] = entry.leaf.into();
                facts["leaf_weight"] = entry.weight.into();
            }
            Err(refusal) => facts["not_synced"] = refusal.message().into(),
        }
        if ripens_at_ts > now_ts {
            session.note(&format!(
                "what is locked ripens: it is drawn from once it is as old as the longest dispute, from \
                 {ripens_at_ts} (unix seconds) on; then `jury sync`, or any keeper, brings it into the tree"
            ));
        }
        facts["ripens_at_ts"] = ripens_at_ts.into();
        session.submit_parts(&each_alone(instructions), facts)
    }

    /// The juror as the lock leaves it.
    fn locked(&self, session: &Session, network: &Network, at: &JurorAddresses, added: (u64, i64)) -> Result<Juror> {
        let (amount, now_ts) = added;
        let known = session.client().find::<Juror>(&at.juror)?;
        let mut juror = known.unwrap_or_else(bytemuck::Zeroable::zeroed);
        (juror.network, juror.owner) = (at.network.network, at.owner);
        match juror.join(network, amount, now_ts) {
            // A lock that covers no ballot has no leaf; the chain refuses it.
            Ok(()) | Err(E::LockTooSmall) => Ok(juror),
            Err(refusal) => Err(refused(refusal)),
        }
    }
}

impl Leave {
    /// Leaves the tree, and takes lock and fees, at once or with a second call.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let at = own(session, None)?;
        let network = network_of(session, &at)?;
        let juror: Juror = session.client().get(&at.juror)?;
        let before = shown(session, &network, &juror)?;
        let mut facts = facts(&at);
        match before.leave_refusal {
            Some(E::JurorBound) if before.leaf.is_none() && before.out_until_ts.is_some() => {
                return Err(Failure::TryAgain(format!(
                    "it is out of the tree and can still be called; run this again from {} (unix seconds) on",
                    before.out_until_ts.unwrap_or_default()
                )));
            }
            Some(E::JurorTreeFrozen) => {
                return Err(Failure::TryAgain("the seed of a jury may be known: `jury call` captures it".into()));
            }
            _ => {}
        }
        facts["pays"] = before.leave_pays.into();
        if before.leave_refusal.is_none() && before.leave_pays == 0 {
            let until_ts = network.unix_ts(work_token_sdk::math::WorkTs(network.draws_until_work_ts));
            facts["again_from_ts"] = until_ts.into();
            session.note(&format!(
                "it leaves the tree; draws that have begun may still call it until {until_ts} (unix seconds). Lock \
                 and fees are paid by the same command once that has passed and its ballots are settled"
            ));
        }
        let to = session.token_account(self.to, &at.owner, &at.network);
        session.submit(&[ix::leave_jury(&at, network.juror_tree, to)], facts)
    }
}

impl Sync {
    /// Brings what has ripened into the tree: anybody may.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let at = own(session, self.juror)?;
        let network = network_of(session, &at)?;
        let juror: Juror = session.client().get(&at.juror)?;
        let entry = match entry(session, &network, &at, &juror)? {
            Ok(entry) => entry,
            Err(refusal) => {
                let ripens_at_ts = shown(session, &network, &juror)?.ripens_at_ts;
                return Err(match (refusal, ripens_at_ts) {
                    (E::LockUnripe, Some(ts)) => not_yet(refusal, &format!("it ripens at {ts} (unix seconds)")),
                    (E::JurorTreeFrozen, _) => not_yet(refusal, ""),
                    _ => refused(refusal),
                });
            }
        };
        let mut facts = facts(&at);
        facts["leaf"] = entry.leaf.into();
        facts["leaf_weight"] = entry.weight.into();
        facts["displaces"] = entry.holder.map(|holder| holder.to_string()).into();
        session.submit(&[sync_ix(&network, &at, &entry)], facts)
    }
}
