//! What stands behind a provider, or may: its record, its terms, the way out, and what governance is about to
//! change, all of one moment.

use crate::view::position::leave_at_once;
use crate::view::{
    AnnouncedCommission, ClaimOnMe, ForfeitedEpoch, PositionAt, ProviderRisk, SlashSize, leave, open_claims,
    pool_health, provider_risk, slash_cost, touched,
};
use crate::{
    Pubkey,
    math::{Amount, Epoch, slash::Loss},
    parameters::{self, Change},
    state::{ChangeClass, Delegation, EpochRecord, Handover, Network, ParamChange, Provider, Unbonding},
};

/// A provider, and a position behind it if there is one, at a time.
#[derive(Clone, Copy, Debug)]
pub struct RiskAt<'a> {
    /// The network.
    pub network: &'a Network,
    /// The provider.
    pub provider: &'a Provider,
    /// The position; `None` of somebody who would only join.
    pub position: Option<&'a Delegation>,
    /// Its tickets, in any order.
    pub tickets: &'a [Unbonding],
    /// The proposal of another owner.
    pub handover: Option<&'a Handover>,
    /// The proposals of parameters that exist.
    pub changes: &'a [ParamChange],
    /// The time. Unix seconds.
    pub now_ts: i64,
}

/// What a delegator should know.
#[derive(Clone, Debug)]
pub struct Risk {
    /// Claims, verdicts, debt, jail.
    pub provider: ProviderRisk,
    /// The epochs that are remembered, the newest first.
    pub epochs: Vec<EpochRecord>,
    /// Part of the delegators' rewards that the provider keeps.
    pub commission_bps: u16,
    /// What it will keep, if a change was announced.
    pub announced: Option<AnnouncedCommission>,
    /// Who may own the provider instead, until the proposal lapses.
    pub next_owner: Option<NextOwner>,
    /// The position's way out.
    pub exit: Option<ExitRisk>,
    /// What governance may put in force, the soonest first.
    pub changes: Vec<PendingChange>,
}

/// An owner who was proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextOwner {
    /// Who.
    pub owner: Pubkey,
    /// It may accept from then on. Unix seconds.
    pub from_ts: i64,
    /// And no more from then on. Unix seconds.
    pub until_ts: i64,
    /// Whether all stake of the position can be withdrawn before; `None` without one.
    pub can_leave_before: Option<bool>,
}

/// What leaving costs a position, and what it answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitRisk {
    /// What its shares outside tickets are worth. Base units.
    pub value: u64,
    /// All of its stake can be withdrawn from this second on if the rest asks to leave now. Unix seconds.
    pub out_at_ts: i64,
    /// How long that is from now.
    pub wait_secs: i64,
    /// What all of its stake, live tickets included, would be paid if it could be withdrawn now. Base units.
    pub pays: u64,
    /// What would be held back of it for open claims. Base units.
    pub holds: u64,
    /// What its tickets hold back already. Base units.
    pub held: u64,
    /// What each open claim asks of it.
    pub claims: Vec<ClaimOnMe>,
    /// What its stake and its live tickets lose if every open claim is executed whole. Base units.
    pub lost_to_claims: u64,
    /// Epochs of which the leaving shares earn nothing; cranking those that have ended before leaving saves
    /// their reward.
    pub forfeits: Vec<Forfeit>,
}

/// An epoch that leaving now forfeits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forfeit {
    /// The epoch.
    pub epoch: u32,
    /// Whether it has ended, so that it can be cranked before leaving.
    pub has_ended: bool,
    /// Leaving shares that count in it.
    pub shares: u64,
}

/// A proposal of parameters that can still be executed.
#[derive(Clone, Debug)]
pub struct PendingChange {
    /// Its number.
    pub number: u32,
    /// How it may change what it changes, and with what delay.
    pub class: ChangeClass,
    /// It may be executed from then on. Unix seconds.
    pub executable_from_ts: i64,
    /// And no more from then on. Unix seconds.
    pub expires_at_ts: i64,
    /// What it changes.
    pub fields: Vec<Change>,
    /// Whether all stake of the position can be withdrawn before; `None` without one.
    pub can_leave_before: Option<bool>,
}

/// All of it, from accounts that were read together.
pub fn risk(at: &RiskAt) -> Risk {
    let RiskAt { network, now_ts, .. } = *at;
    let provider = touched(network, at.provider, now_ts);
    let health = pool_health(network, at.provider, now_ts);
    let exit = at.position.map(|position| {
        let tickets = at.tickets;
        exit(&PositionAt { network, provider: at.provider, position, tickets, now_ts })
    });
    let now = network.epoch_at(now_ts);
    Risk {
        provider: provider_risk(network, at.provider, now_ts),
        epochs: (0..=now.0).rev().map_while(|epoch| provider.record(Epoch(epoch)).copied()).collect(),
        commission_bps: health.commission_bps,
        announced: health.announced,
        next_owner: next_owner(at, exit.as_ref()),
        changes: pending(at, exit.as_ref()),
        exit,
    }
}

fn exit(at: &PositionAt) -> ExitRisk {
    let leaving = leave(at, None, &[], &Default::default());
    let (pays, holds) = leave_at_once(at);
    let live = at.tickets.iter().filter(|ticket| ticket.shares > 0).map(|ticket| ticket.matures_at_ts);
    let asked = leaving.refusal.is_none().then_some(leaving.matures_at_ts);
    let out_at_ts = live.chain(asked).fold(at.now_ts, i64::max);
    let claimed = at
        .provider
        .reservations
        .iter()
        .filter(|claim| claim.claim != 0)
        .fold((0u64, 0u64), |sum, claim| (sum.0.saturating_add(claim.own), sum.1.saturating_add(claim.delegated)));
    let claimed = Loss { own: Amount(claimed.0), delegated: Amount(claimed.1) };
    ExitRisk {
        value: leaving.value,
        out_at_ts,
        wait_secs: out_at_ts.saturating_sub(at.now_ts),
        pays,
        holds,
        held: at.tickets.iter().map(|ticket| ticket.held).fold(0, u64::saturating_add),
        claims: open_claims(at),
        lost_to_claims: slash_cost(at, SlashSize::Amounts(claimed)).loss(),
        forfeits: leaving.forfeits.iter().map(Forfeit::of).collect(),
    }
}

impl Forfeit {
    fn of(forfeited: &ForfeitedEpoch) -> Self {
        let ForfeitedEpoch { epoch, has_ended, shares, .. } = *forfeited;
        Self { epoch, has_ended, shares }
    }
}

/// The proposal of another owner, unless it has lapsed.
fn next_owner(at: &RiskAt, exit: Option<&ExitRisk>) -> Option<NextOwner> {
    let proposed = at.handover.filter(|proposed| at.now_ts < proposed.until_ts)?;
    Some(NextOwner {
        owner: proposed.to,
        from_ts: proposed.from_ts,
        until_ts: proposed.until_ts,
        can_leave_before: exit.map(|exit| exit.out_at_ts <= proposed.from_ts),
    })
}

/// The proposals that can be executed now or later: made from the parameters in force, and not expired.
fn pending(at: &RiskAt, exit: Option<&ExitRisk>) -> Vec<PendingChange> {
    let is_pending = |change: &&ParamChange| {
        change.params_version == at.network.params_version && at.now_ts < change.expires_at_ts()
    };
    let mut pending: Vec<PendingChange> = at
        .changes
        .iter()
        .filter(is_pending)
        .map(|change| PendingChange {
            number: change.number,
            class: at.network.params.class_of_change(&change.params),
            executable_from_ts: change.executable_from_ts,
            expires_at_ts: change.expires_at_ts(),
            fields: parameters::changes(&at.network.params, &change.params),
            can_leave_before: exit.map(|exit| exit.out_at_ts <= change.executable_from_ts),
        })
        .collect();
    pending.sort_unstable_by_key(|change| (change.executable_from_ts, change.number));
    pending
}
