//! What disputes may cost: the provider's record, and what each open dispute would cost a position behind it.

use {
    super::settlement::{all_ended, burned_of_held},
    crate::view::{
        Books, ClaimOnMe, DisputeAt, PositionAt, SlashSize, TicketSettlement, dispute, open_claims, settlements,
        slash_cost, starts_at_ts, touched, up_to_date,
    },
    crate::{
        Pubkey, WorkTokenError,
        accounts::ClaimAccount,
        limits::{ARBITER_EPOCHS, REPEAT_EPOCHS},
        math::{Amount, Epoch, dispute::Phase, slash::Loss},
        state::{Dispute, DisputeKind, Fault, Network, Provider, ProviderState, Unbonding, dispute_flags},
    },
    std::collections::BTreeMap,
};

/// An open claim on a provider's stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenClaim {
    /// Its number at the provider; several disputes may share it.
    pub number: u32,
    /// Disputes that were opened in it, and of them those that hold stake.
    pub disputes: [u16; 2],
    /// Claimed from the own pool and still in it, at most; what tickets took along is not. Base units.
    pub own: u64,
    /// The same of the delegated pool.
    pub delegated: u64,
    /// Own rewards of these epochs do not vest.
    pub frozen_epochs: [u32; 2],
}

/// A fault that was upheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastFault {
    /// Epoch of the verdict.
    pub epoch: u32,
    /// Epoch of the fault. Only faults of epochs after the verdict repeat it.
    pub fault_epoch: u32,
    /// The highest severity found of it.
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
    /// Those of them that were answered: the counter-bond stays for them.
    pub answered_disputes: u32,
    /// Up to eight faulty epochs that are remembered, the newest verdict first.
    pub faults: Vec<PastFault>,
    /// How often a fault in the present epoch of each severity, from 1 to 5, would be doubled; three times at
    /// most count.
    pub repeats: [u32; 5],
    /// What slashes could not take; own rewards pay it. Base units.
    pub slash_debt: u64,
    /// Its counter-bond for all its answered disputes. Base units.
    pub counter_bond: u64,
    /// Who deposited that.
    pub counter_bonder: Option<Pubkey>,
    /// The arbiter convicted it without a jury, and does not again before this epoch.
    pub ruled_until_epoch: Option<u32>,
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
    /// The claim that it belongs to.
    pub claim: u32,
    /// Which dispute of the claim it is, from 1; 0 while it holds no stake.
    pub joined: u16,
    /// Epoch of the fault.
    pub epoch: u32,
    /// Where it stands.
    pub phase: Phase,
    /// Highest severity that somebody claims.
    pub claimed: u8,
    /// Its loss at each severity that can be found. Once the dispute is decided, what is left to execute,
    /// under the severity found.
    pub losses: Vec<SeverityLoss>,
}

/// What several disputes would cost a position together. Base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JointLoss {
    /// Taken from the position's pool, from everybody in it together.
    pub taken_from_pool: u64,
    /// What the position loses, its tickets and what they hold back included.
    pub loss: u64,
}

/// What disputes may cost a position. Base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionRisk {
    /// The disputes, in the order given.
    pub disputes: Vec<DisputeRisk>,
    /// What all of them would cost together if each were upheld as claimed, one after the other: joined in
    /// one claim or not, for one epoch or several.
    pub all_upheld: JointLoss,
    /// What each open claim asks of the position.
    pub claims: Vec<ClaimOnMe>,
    /// What would be held back if all of its stake, live tickets included, could be withdrawn now.
    pub would_hold: u64,
    /// What that would pay.
    pub would_pay: u64,
    /// Held back already, of tickets that were paid.
    pub held: u64,
    /// What each such ticket could be settled for now.
    pub settlements: Vec<TicketSettlement>,
}

/// A provider's record at a time.
pub fn provider_risk(network: &Network, provider: &Provider, now_ts: i64) -> ProviderRisk {
    let provider = touched(network, provider, now_ts);
    let now = network.epoch_at(now_ts);
    let offences = provider.faults.offences.iter().filter(|offence| offence.epoch_plus_one != 0);
    let mut faults: Vec<PastFault> = offences
        .map(|offence| PastFault {
            epoch: offence.epoch_plus_one - 1,
            fault_epoch: offence.fault_epoch,
            severity: offence.severity,
            repeats_until_epoch: (offence.epoch_plus_one - 1).saturating_add(REPEAT_EPOCHS),
        })
        .collect();
    faults.sort_unstable_by_key(|fault| std::cmp::Reverse(fault.epoch));
    let claims = provider.reservations.iter().filter(|claim| claim.claim != 0);
    let is_jailed = provider.state == ProviderState::Jailed as u8;
    let until = Epoch(provider.disputes.jailed_until_epoch);
    ProviderRisk {
        claims: claims
            .map(|claim| OpenClaim {
                number: claim.claim,
                disputes: [claim.opened, claim.joined],
                own: claim.own,
                delegated: claim.delegated,
                frozen_epochs: [claim.frozen_from_epoch, claim.frozen_until_epoch],
            })
            .collect(),
        open_disputes: provider.disputes.open,
        answered_disputes: provider.disputes.answered,
        faults,
        repeats: [1, 2, 3, 4, 5].map(|severity| provider.repeats(severity, now, now)),
        slash_debt: provider.slash_debt,
        counter_bond: provider.counter.bond,
        counter_bonder: (provider.counter.bond > 0).then_some(provider.counter.bonder),
        ruled_until_epoch: { provider }
            .note_ruling(now)
            .is_err()
            .then(|| (provider.disputes.ruled_epoch_plus_one - 1).saturating_add(ARBITER_EPOCHS)),
        jail: is_jailed.then(|| Jail {
            until_epoch: until.0,
            until_ts: starts_at_ts(network, until),
            refusal: { provider }.unjail(network.minimum_of_next(now), now).err(),
        }),
        is_expelled: provider.state == ProviderState::Tombstoned as u8,
    }
}

/// What open disputes would cost a position: each as if it alone were decided now, and all together, with
/// their whole slashes executed, by the program's own methods on copies. `claims` are those that the
/// position's tickets list; of one that is missing only the `disputes` of it are known.
pub fn position_risk(at: &PositionAt, disputes: &[OpenDispute], claims: &[ClaimAccount]) -> PositionRisk {
    let (would_pay, would_hold) = leave_at_once(at);
    let held = HeldParts::of(at, disputes, claims);
    PositionRisk {
        disputes: disputes.iter().map(|open| dispute_risk(at, open, &held)).collect(),
        all_upheld: all_upheld(at, disputes, &held),
        claims: open_claims(at),
        would_hold,
        would_pay,
        held: at.tickets.iter().map(|ticket| ticket.held).fold(0, u64::saturating_add),
        settlements: settlements(at, claims),
    }
}

/// What the position's tickets hold back, and what of it burns as disputes end.
struct HeldParts<'a> {
    at: &'a PositionAt<'a>,
    claims: &'a [ClaimAccount],
    /// The disputes that have not ended, as they stand.
    open: Vec<Dispute>,
    /// What burns if nothing more is executed.
    certain: u64,
}

impl<'a> HeldParts<'a> {
    fn of(at: &'a PositionAt, disputes: &[OpenDispute], claims: &'a [ClaimAccount]) -> Self {
        let open = disputes.iter().map(|open| *open.dispute);
        let open: Vec<Dispute> = open.filter(|dispute| !dispute.has(dispute_flags::ENDED)).collect();
        let so_far: Vec<Dispute> = open.iter().map(as_far_as_certain).collect();
        let certain = burned_of_held(at, &all_ended(claims, &so_far));
        Self { at, claims, open, certain }
    }

    /// What burns besides once some of the disputes have ended as they are `after`.
    fn burned_by(&self, after: &[Dispute]) -> u64 {
        let key = |dispute: &Dispute| (dispute.subject, dispute.number);
        let ended = |open: &Dispute| after.iter().find(|after| key(after) == key(open)).copied().unwrap_or(*open);
        let all: Vec<Dispute> = self.open.iter().map(ended).collect();
        burned_of_held(self.at, &all_ended(self.claims, &all)).saturating_sub(self.certain)
    }
}

/// A dispute that takes no more than its claim was told, or than was executed before that: a veto may still
/// come.
fn as_far_as_certain(dispute: &Dispute) -> Dispute {
    let mut so_far = *dispute;
    if !dispute.has(dispute_flags::TOLD) {
        (so_far.slash.own, so_far.slash.delegated) = (dispute.slash.own_executed, dispute.slash.delegated_executed);
    }
    so_far
}

fn books_of(network: &Network, provider: &Provider, fault: &Fault, dispute: &Dispute, now_ts: i64) -> dispute::Books {
    // Whether the fee of the seat was paid changes what the client gets, not what pools lose.
    dispute::up_to_date(&DisputeAt { network, provider, dispute, fault, seat: None, slot: 0, now_ts })
}

/// What is taken from the pools once a dispute is decided with a severity, and the accounts then; of one that
/// is decided what is left to execute.
fn executed(books: &dispute::Books, severity: u8) -> Option<(Loss, dispute::Books)> {
    if books.dispute.is_decided() {
        let mut after = books.clone();
        let executed = dispute::execute_all(&mut after);
        return Some((Loss { own: executed.own, delegated: executed.delegated }, after));
    }
    let (cost, after) = dispute::what_if(books, severity)?;
    Some((Loss { own: Amount(cost.own_taken), delegated: Amount(cost.delegated_taken) }, after))
}

fn dispute_risk(at: &PositionAt, open: &OpenDispute, held: &HeldParts) -> DisputeRisk {
    let books = books_of(at.network, at.provider, open.fault, open.dispute, at.now_ts);
    let machine = *books.dispute.machine;
    let severities = match machine.phase() {
        Phase::Decided => books.dispute.severity()..=books.dispute.severity(),
        _ => machine.floor.max(1)..=machine.highest_standing(),
    };
    let loss = |severity| {
        let (taken, after) = executed(&books, severity)?;
        let JointLoss { taken_from_pool, loss } = joint_loss(at, taken, &[after.dispute], held);
        Some(SeverityLoss { severity, taken_from_pool, loss })
    };
    DisputeRisk {
        kind: books.dispute.kind(),
        subject: books.dispute.subject,
        number: books.dispute.number,
        claim: books.dispute.claim,
        joined: books.dispute.joined,
        epoch: books.dispute.offence_epoch,
        phase: machine.phase(),
        claimed: machine.highest_standing(),
        losses: severities.filter_map(loss).collect(),
    }
}

/// What a position loses when `taken` leaves the pools, and its paid tickets are charged by the disputes as
/// they are `after`.
fn joint_loss(at: &PositionAt, taken: Loss, after: &[Dispute], held: &HeldParts) -> JointLoss {
    let cost = slash_cost(at, SlashSize::Amounts(taken));
    JointLoss { taken_from_pool: cost.taken_from_pool, loss: cost.loss().saturating_add(held.burned_by(after)) }
}

/// All disputes upheld as claimed, one after the other, on the same copies.
fn all_upheld(at: &PositionAt, disputes: &[OpenDispute], held: &HeldParts) -> JointLoss {
    let (mut network, mut provider) = (*at.network, *at.provider);
    let mut faults: BTreeMap<u32, Fault> = BTreeMap::new();
    let (mut taken, mut ended) = (Loss::default(), Vec::new());
    for open in disputes.iter().filter(|open| !open.dispute.has(dispute_flags::ENDED)) {
        let fault = faults.entry(open.dispute.offence_epoch).or_insert(*open.fault);
        let books = books_of(&network, &provider, fault, open.dispute, at.now_ts);
        let severity = books.dispute.machine.highest_standing();
        let Some((loss, after)) = executed(&books, severity) else { continue };
        taken.own = taken.own.saturating_add(loss.own);
        taken.delegated = taken.delegated.saturating_add(loss.delegated);
        (network, provider, *fault) = (after.network, after.provider, after.fault);
        ended.push(after.dispute);
    }
    joint_loss(at, taken, &ended, held)
}

/// What a position is paid, and what is held back, if all of its stake leaves now: its live tickets, then the
/// rest.
pub(in crate::view) fn leave_at_once(at: &PositionAt) -> (u64, u64) {
    let Books { mut provider, mut position, .. } = up_to_date(at);
    let rest = position.total_shares();
    let mut all: Unbonding = bytemuck::Zeroable::zeroed();
    // Refused where nothing is left but tickets.
    let now = (at.now_ts, at.network.epoch_at(at.now_ts));
    let leaves = provider.request_unbonding(at.network, &mut position, &mut all, rest, now).is_ok();
    let live = at.tickets.iter().filter(|ticket| ticket.shares > 0).copied();
    let tickets = live.chain(Some(all).filter(|_| leaves));
    tickets.fold((0u64, 0u64), |(paid, held), mut ticket| {
        let withdrawn = provider.withdraw(&mut position, &mut ticket, at.now_ts).unwrap_or_default();
        (paid.saturating_add(withdrawn.paid.0), held.saturating_add(withdrawn.held.0))
    })
}
