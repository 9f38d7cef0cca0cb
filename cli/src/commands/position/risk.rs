//! What disputes may cost a position, and the parts that claims held back.

use {
    super::{facts, require_ticket},
    crate::commands::dispute::show::name,
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::refused,
        reply::{Reply, Value, joined},
    },
    std::{collections::BTreeSet, mem::offset_of},
    work_token_sdk::{
        PositionAddresses, Pubkey, WorkTokenError as E,
        accounts::ClaimAccount,
        addresses,
        client::RiskState,
        ix, parameters,
        state::{Dispute, EpochRecord, Fault, Unbonding, dispute_flags},
        view::{self, DisputeRisk, ExitRisk, OpenDispute, PendingChange, PositionAt, Risk},
    },
};

/// Open disputes with the faults of their epochs.
fn open_disputes(session: &Session, provider: &Pubkey) -> Result<Vec<(Dispute, Fault)>> {
    let client = session.client();
    let mut disputes = client.list::<Dispute>(&[(offset_of!(Dispute, provider), *provider)])?;
    disputes.retain(|(_, dispute)| !dispute.has(dispute_flags::ENDED));
    let epochs: BTreeSet<u32> = disputes.iter().map(|(_, dispute)| dispute.offence_epoch).collect();
    let keys: Vec<Pubkey> = epochs.iter().map(|epoch| addresses::fault(provider, *epoch)).collect();
    let faults: Vec<Fault> = session.existing(&keys)?;
    let fault_of = |dispute: &Dispute| faults.iter().find(|fault| fault.epoch == dispute.offence_epoch).copied();
    Ok(disputes.into_iter().filter_map(|(_, dispute)| Some((dispute, fault_of(&dispute)?))).collect())
}

/// The claims that tickets list.
fn listed_claims(session: &Session, provider: &Pubkey, tickets: &[Unbonding]) -> Result<Vec<ClaimAccount>> {
    let listed = tickets.iter().flat_map(|ticket| &ticket.claims).map(|claim| claim.number);
    let numbers: BTreeSet<u32> = listed.filter(|number| *number != 0).collect();
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<Pubkey> = numbers.iter().map(|number| addresses::claim(provider, *number)).collect();
    let found = session.chain.accounts(&keys)?;
    found.into_iter().flatten().map(|account| Ok(ClaimAccount::decode(&account.data)?)).collect()
}

/// What stands behind a provider, or may: one request where nothing is disputed.
pub fn show(session: &Session, provider: &Pubkey, holder: &Pubkey) -> Result<Reply> {
    let network =
        session.named_network().map_or_else(|| Ok(session.client().provider(provider)?.network), Ok::<_, Failure>)?;
    let state = session.client().risk_state(&network, provider, holder)?;
    let risk = view::risk(&state.at());
    let mut data = facts!({ "provider": provider.to_string() });
    record(&mut data, &risk);
    if let (Some(position), Some(exit)) = (&state.position, &risk.exit) {
        let is_own = state.provider.owner == *holder;
        let at = if is_own { addresses::own_position(provider) } else { addresses::position(provider, holder) };
        data["position"] = at.to_string().into();
        let open = if risk.provider.open_disputes > 0 { open_disputes(session, provider)? } else { Vec::new() };
        let open: Vec<OpenDispute> = open.iter().map(|(dispute, fault)| OpenDispute { dispute, fault }).collect();
        let RiskState { network, provider: state_of, tickets, now_ts, .. } = &state;
        let at = PositionAt { network, provider: state_of, position, tickets, now_ts: *now_ts };
        let upheld = view::position_risk(&at, &open, &listed_claims(session, provider, tickets)?);
        way_out(&mut data, exit);
        data["would_lose_to_all"] = upheld.all_upheld.loss.into();
        data["losses"] = upheld.disputes.iter().flat_map(losses).collect();
        data["settlements"] = upheld.settlements.iter().map(settlement).collect();
    }
    Ok(Reply::of(data))
}

/// The provider's record and terms, and what governance is about to change.
fn record(data: &mut Value, risk: &Risk) {
    let record = &risk.provider;
    data["open_disputes"] = record.open_disputes.into();
    data["answered_disputes"] = record.answered_disputes.into();
    data["slash_debt"] = record.slash_debt.into();
    data["counter_bond"] = record.counter_bond.into();
    data["repeats"] = record.repeats.as_slice().into();
    data["jailed_until_epoch"] = record.jail.as_ref().map(|jail| jail.until_epoch).into();
    data["expelled"] = record.is_expelled.into();
    data["commission_bps"] = risk.commission_bps.into();
    data["announced_commission_bps"] = risk.announced.map(|announced| announced.commission_bps).into();
    data["announced_from_epoch"] = risk.announced.map(|announced| announced.first_epoch).into();
    data["next_owner"] = risk.next_owner.map(|next| next.owner.to_string()).into();
    data["next_owner_from_ts"] = risk.next_owner.map(|next| next.from_ts).into();
    data["claims"] = record.claims.iter().map(claim).collect();
    data["faults"] = record.faults.iter().map(fault).collect();
    data["epochs"] = risk.epochs.iter().map(epoch).collect();
    data["changes"] = risk.changes.iter().flat_map(change).collect();
}

/// What leaving costs.
fn way_out(data: &mut Value, exit: &ExitRisk) {
    data["value"] = exit.value.into();
    data["would_pay"] = exit.pays.into();
    data["would_hold"] = exit.holds.into();
    data["held"] = exit.held.into();
    data["out_at_ts"] = exit.out_at_ts.into();
    data["would_lose_to_claims"] = exit.lost_to_claims.into();
    data["asks"] = exit.claims.iter().map(ask).collect();
    let forfeits = exit.forfeits.iter().map(|epoch| facts!({ "epoch": epoch.epoch, "has_ended": epoch.has_ended }));
    data["forfeits"] = forfeits.collect();
}

/// An epoch that the provider remembers.
fn epoch(record: &EpochRecord) -> Value {
    facts!({
        "epoch": record.epoch,
        "own": record.own_staked,
        "delegated": record.delegated_staked,
        "weight": record.weight,
        "score_ppm": record.score_ppm,
        "fees": record.fees,
        "done": record.done,
        "failed": record.failed,
        "commission_bps": record.commission_bps,
    })
}

/// A row for each parameter that a proposal changes.
fn change(pending: &PendingChange) -> Vec<Value> {
    let row = |field: &parameters::Change| {
        facts!({
            "change": pending.number,
            "parameter": field.name,
            "from": field.from.to_string(),
            "to": field.to.to_string(),
            "executable_from_ts": pending.executable_from_ts,
            "can_leave_before": pending.can_leave_before,
        })
    };
    pending.fields.iter().map(row).collect()
}

/// An open claim on a provider's stake.
pub fn claim(claim: &view::OpenClaim) -> Value {
    let [opened, joined] = claim.disputes;
    facts!({
        "claim": claim.number,
        "disputes": opened,
        "joined": joined,
        "own_claimed": claim.own,
        "delegated_claimed": claim.delegated,
        "frozen_epochs": claim.frozen_epochs,
    })
}

/// A fault that is remembered.
pub fn fault(fault: &view::PastFault) -> Value {
    facts!({
        "verdict_epoch": fault.epoch,
        "fault_epoch": fault.fault_epoch,
        "severity": fault.severity,
        "repeats_until_epoch": fault.repeats_until_epoch,
    })
}

/// What a claim asks of the position: of its stake, of its tickets, and what it holds back of those that were
/// paid.
fn ask(claim: &view::ClaimOnMe) -> Value {
    let sum = |parts: &[(u32, u64)]| parts.iter().map(|(_, part)| part).sum::<u64>();
    facts!({
        "claim": claim.claim,
        "claimed_from_pool": claim.claimed_from_pool,
        "from_stake": claim.from_stake,
        "from_tickets": sum(&claim.from_tickets),
        "held": sum(&claim.held),
    })
}

/// What a ticket that holds something back could be settled for now.
fn settlement(ticket: &view::TicketSettlement) -> Value {
    facts!({
        "ticket": ticket.number,
        "claims": ticket.claims,
        "pays": ticket.paid,
        "burns": ticket.burned,
        "held": ticket.held,
        "waits_for": ticket.waits_for,
    })
}

/// A row for each severity that a dispute can end with.
fn losses(risk: &DisputeRisk) -> Vec<Value> {
    let row = |loss: &view::SeverityLoss| {
        facts!({
            "about": name(&risk.kind),
            "number": risk.number,
            "epoch": risk.epoch,
            "phase": name(&risk.phase),
            "claimed": risk.claimed,
            "severity": loss.severity,
            "taken_from_pool": loss.taken_from_pool,
            "loss": loss.loss,
        })
    };
    risk.losses.iter().map(row).collect()
}

/// Settles what a ticket held back for those of its claims that have ended.
pub fn settle(session: &Session, position: &PositionAddresses, number: u32, to: Option<Pubkey>) -> Result<Reply> {
    let (client, provider) = (session.client(), &position.provider);
    let state = client.position_state(position)?;
    if !require_ticket(session, position, number)?.is_held() {
        return Err(refused(E::NothingToSettle));
    }
    let claims = listed_claims(session, &provider.provider, &state.tickets)?;
    let settlements = view::settlements(&state.at(), &claims);
    let found = settlements.iter().find(|ticket| ticket.number == number);
    let found = found.ok_or_else(|| refused(E::NothingToSettle))?;
    if found.claims.is_empty() {
        let open = found.waits_for.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return Err(Failure::TryAgain(format!("claim {open} is open: the ticket waits for its end")));
    }
    let to = session.token_account(to, &position.holder, &provider.network);
    let settle = ix::settle_ticket(position, number, &found.claims, to);
    session.submit(&[settle], joined(facts(position), settlement(found)))
}
