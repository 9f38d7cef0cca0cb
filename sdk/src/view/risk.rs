//! What disputes may cost: the provider's record, and what each open dispute would cost a position behind it.

use {
    super::{
        Books, ClaimOnMe, DisputeAt, PositionAt, SlashSize, dispute, open_claims, slash_cost, starts_at_ts, touched,
        up_to_date,
    },
    crate::{
        Pubkey, WorkTokenError,
        limits::REPEAT_EPOCHS,
        math::{
            Amount, Epoch, Shares, WorkTs,
            dispute::{MAX_SEVERITY, Outcome, Phase},
            slash::Loss,
            unbonding::charged,
        },
        state::{Dispute, DisputeKind, Fault, Network, PoolKind, Provider, ProviderState, Unbonding},
    },
};

/// An open claim on a provider's stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenClaim {
    /// Its number at the provider; several disputes may share it.
    pub number: u32,
    /// Claimed from the own pool, and of that what it still holds; the rest is held back in tickets. Base units.
    pub own: [u64; 2],
    /// The same of the delegated pool.
    pub delegated: [u64; 2],
    /// Own rewards of these epochs do not vest.
    pub frozen_epochs: [u32; 2],
}

/// A fault that was upheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastFault {
    /// Epoch of the verdict.
    pub epoch: u32,
    /// Its severity.
    pub severity: u8,
    /// From this epoch on it no longer makes further faults cost more.
    pub repeats_until_epoch: u32,
}

/// A provider in jail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jail {
    /// First epoch in which it can leave.
    pub until_epoch: u32,
    /// When that epoch begins. Unix seconds.
    pub until_ts: i64,
    /// Why `unjail` would be refused now; `None` when it would not.
    pub refusal: Option<WorkTokenError>,
}

/// What a provider has been found guilty of, and what is claimed of its stake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderRisk {
    /// Its open claims.
    pub claims: Vec<OpenClaim>,
    /// Disputes whose outcome was not yet applied.
    pub open_disputes: u32,
    /// The last eight faults, the newest first.
    pub faults: Vec<PastFault>,
    /// How often a further fault of each severity, from 1 to 5, would be doubled; three times at most count.
    pub repeats: [u32; 5],
    /// What slashes could not take; own rewards pay it. Base units.
    pub slash_debt: u64,
    /// Its counter-bond for all its disputes. Base units.
    pub counter_bond: u64,
    /// Who deposited that.
    pub counter_bonder: Option<Pubkey>,
    /// Its jail.
    pub jail: Option<Jail>,
    /// Whether it was expelled for good.
    pub is_expelled: bool,
}

/// A dispute and the provider's faults of its epoch.
#[derive(Clone, Copy, Debug)]
pub struct OpenDispute<'a> {
    /// The dispute.
    pub dispute: &'a Dispute,
    /// The faults.
    pub fault: &'a Fault,
}

/// What a severity would cost a position. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeverityLoss {
    /// The severity found.
    pub severity: u8,
    /// Taken from the position's pool, from everybody in it together.
    pub taken_from_pool: u64,
    /// What the position loses, its tickets and what they hold back included.
    pub loss: u64,
}

/// What an open dispute may cost a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeRisk {
    /// What it is about.
    pub kind: DisputeKind,
    /// Its subject: the assignment, or the provider.
    pub subject: Pubkey,
    /// Its number among those of the subject.
    pub number: u32,
    /// The claim that it belongs to; 0 for a score.
    pub claim: u32,
    /// Epoch of the fault.
    pub epoch: u32,
    /// Where it stands.
    pub phase: Phase,
    /// Highest severity claimed.
    pub claimed: u8,
    /// Its loss at each severity that can be found; empty for a score. Once the dispute is decided, what is left to execute, under the severity found.
    pub losses: Vec<SeverityLoss>,
}

/// What disputes may cost a position. Base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionRisk {
    /// The disputes, in the order given.
    pub disputes: Vec<DisputeRisk>,
    /// What each open claim asks of the position.
    pub claims: Vec<ClaimOnMe>,
    /// What would be held back if all of its stake, live tickets included, could be withdrawn now.
    pub would_hold: u64,
    /// What that would pay.
    pub would_pay: u64,
    /// Held back already, of tickets that were paid.
    pub held: u64,
}

/// A provider's record at a time.
pub fn provider_risk(network: &Network, provider: &Provider, now_ts: i64) -> ProviderRisk {
    let provider = touched(network, provider, now_ts);
    let now = network.epoch_at(now_ts);
    let offences = provider.offences.iter().filter(|offence| offence.epoch_plus_one != 0);
    let mut faults: Vec<PastFault> = offences
        .map(|offence| PastFault {
            epoch: offence.epoch_plus_one - 1,
            severity: offence.severity,
            repeats_until_epoch: (offence.epoch_plus_one - 1).saturating_add(REPEAT_EPOCHS),
        })
        .collect();
    faults.sort_unstable_by_key(|fault| std::cmp::Reverse(fault.epoch));
    let claims = provider.reservations.iter().filter(|claim| claim.dispute != 0);
    let is_jailed = provider.state == ProviderState::Jailed as u8;
    let until = Epoch(provider.jailed_until_epoch);
    ProviderRisk {
        claims: claims
            .map(|claim| OpenClaim {
                number: claim.dispute,
                own: [claim.own_open, claim.own],
                delegated: [claim.delegated_open, claim.delegated],
                frozen_epochs: [claim.frozen_from_epoch, claim.frozen_until_epoch],
            })
            .collect(),
        open_disputes: provider.open_disputes,
        faults,
        repeats: [1, 2, 3, 4, 5].map(|severity| provider.repeats(severity, now)),
        slash_debt: provider.slash_debt,
        counter_bond: provider.counter_bond,
        counter_bonder: (provider.counter_bond > 0).then_some(provider.counter_bonder),
        jail: is_jailed.then(|| Jail {
            until_epoch: until.0,
            until_ts: starts_at_ts(network, until),
            refusal: { provider }.unjail(Amount(network.minimum_stake), now).err(),
        }),
        is_expelled: provider.state == ProviderState::Tombstoned as u8,
    }
}

/// What open disputes would cost a position: each as if it alone were decided now, with its whole slash executed, by the
/// program's own methods on copies.
pub fn position_risk(at: &PositionAt, disputes: &[OpenDispute]) -> PositionRisk {
    let (would_pay, would_hold) = leave_at_once(at);
    PositionRisk {
        disputes: disputes.iter().map(|open| dispute_risk(at, open)).collect(),
        claims: open_claims(at),
        would_hold,
        would_pay,
        held: at.tickets.iter().map(|ticket| ticket.held).fold(0, u64::saturating_add),
    }
}

fn dispute_risk(at: &PositionAt, open: &OpenDispute) -> DisputeRisk {
    let at_dispute = DisputeAt {
        network: at.network,
        provider: at.provider,
        dispute: open.dispute,
        fault: open.fault,
        // Whether its fee was paid changes what the client gets, not what pools lose.
        seat: None,
        slot: 0,
        now_ts: at.now_ts,
    };
    let books = dispute::up_to_date(&at_dispute);
    let machine = books.dispute.machine.get();
    let losses = if books.dispute.kind() == DisputeKind::Score {
        Vec::new()
    } else if machine.phase == Phase::Decided {
        let mut after = books.clone();
        let executed =
            after.dispute.execute(&mut after.provider, Amount(u64::MAX), WorkTs(i64::MAX), true).unwrap_or_default();
        let taken = Loss { own: executed.own, delegated: executed.delegated };
        vec![loss(at, &after.dispute, machine.verdict, taken)]
    } else {
        let of = |severity| {
            let (cost, after) = dispute::what_if(&books, Outcome::Upheld, severity);
            let taken = Loss { own: Amount(cost.own_taken), delegated: Amount(cost.delegated_taken) };
            loss(at, &after.dispute, severity, taken)
        };
        (1..=machine.claimed.min(MAX_SEVERITY)).map(of).collect()
    };
    DisputeRisk {
        kind: books.dispute.kind(),
        subject: books.dispute.subject,
        number: books.dispute.number,
        claim: books.dispute.claim,
        epoch: books.dispute.offence_epoch,
        phase: machine.phase,
        claimed: machine.claimed,
        losses,
    }
}

/// What a position loses when `taken` leaves the pools, and its paid tickets are charged for the same dispute.
fn loss(at: &PositionAt, dispute: &Dispute, severity: u8, taken: Loss) -> SeverityLoss {
    let cost = slash_cost(at, SlashSize::Amounts(taken));
    let (claimed, executed) = match at.position.pool_kind() {
        PoolKind::Own => (dispute.own_claimed, dispute.own_executed),
        PoolKind::Delegated => (dispute.delegated_claimed, dispute.delegated_executed),
    };
    let held = at.tickets.iter().map(|ticket| {
        let parts = ticket.held_disputes.iter().zip(ticket.held_parts).filter(|(number, _)| **number == dispute.claim);
        let charges = parts.map(|(_, part)| charged(Amount(part), Amount(executed), Amount(claimed)));
        charges.fold(Amount::ZERO, Amount::saturating_add).min(Amount(ticket.held))
    });
    let held = if claimed == 0 { Amount::ZERO } else { held.fold(Amount::ZERO, Amount::saturating_add) };
    SeverityLoss { severity, taken_from_pool: cost.taken_from_pool, loss: cost.loss().saturating_add(held.0) }
}

/// What a position is paid, and what is held back, if all of its stake leaves now: its live tickets, then the rest.
fn leave_at_once(at: &PositionAt) -> (u64, u64) {
    let Books { mut provider, mut position, .. } = up_to_date(at);
    let kind = position.pool_kind();
    let rest = position.total_shares();
    let leaving = provider.pool(kind).get().begin_unbonding(rest);
    match kind {
        PoolKind::Own => provider.own.set(leaving),
        PoolKind::Delegated => provider.delegated.set(leaving),
    }
    let generation = provider.pool(kind).generation;
    let all = Unbonding { pool: kind as u8, generation, shares: rest.0, ..bytemuck::Zeroable::zeroed() };
    let live = at.tickets.iter().filter(|ticket| ticket.shares > 0).copied();
    let tickets = live.chain(Some(all).filter(|all| Shares(all.shares) > Shares::ZERO));
    tickets.fold((0u64, 0u64), |(paid, held), mut ticket| {
        let withdrawn = provider.withdraw(&mut position, &mut ticket).unwrap_or_default();
        (paid.saturating_add(withdrawn.paid.0), held.saturating_add(withdrawn.held.0))
    })
}
