//! What disputes may cost a position, and the parts that claims held back.

use {
    super::{facts, require_ticket},
    crate::commands::dispute::show::name,
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::refused,
        reply::{Reply, joined},
    },
    serde_json::{Value, json},
    std::{collections::BTreeSet, mem::offset_of},
    work_token_sdk::{
        PositionAddresses, Pubkey, WorkTokenError as E,
        accounts::ClaimAccount,
        addresses, ix,
        state::{Dispute, Fault, Unbonding, dispute_flags},
        view::{self, DisputeRisk, OpenDispute},
    },
};

/// Open disputes with the faults of their epochs.
fn open_disputes(session: &Session, provider: &Pubkey) -> Result<Vec<(Dispute, Fault)>> {
    let client = session.client();
    let mut disputes = client.list::<Dispute>(&[(offset_of!(Dispute, provider), *provider)])?;
    disputes.retain(|(_, dispute)| !dispute.has(dispute_flags::ENDED));
    let with_fault = |(_, dispute): (Pubkey, Dispute)| {
        Ok((dispute, client.get(&addresses::fault(provider, dispute.offence_epoch))?))
    };
    disputes.into_iter().map(with_fault).collect()
}

/// The claims that tickets list.
fn listed_claims(session: &Session, provider: &Pubkey, tickets: &[Unbonding]) -> Result<Vec<ClaimAccount>> {
    let listed = tickets.iter().flat_map(|ticket| &ticket.claims).map(|claim| claim.number);
    let numbers: BTreeSet<u32> = listed.filter(|number| *number != 0).collect();
    let keys: Vec<Pubkey> = numbers.iter().map(|number| addresses::claim(provider, *number)).collect();
    let found = session.chain.accounts(&keys)?;
    found.into_iter().flatten().map(|account| Ok(ClaimAccount::decode(&account.data)?)).collect()
}

/// A position's risk: each open dispute at each severity, what is claimed, and the provider's record.
pub fn show(session: &Session, position: &PositionAddresses) -> Result<Reply> {
    let provider = position.provider.provider;
    let state = session.client().position_state(position)?;
    let open = open_disputes(session, &provider)?;
    let open: Vec<OpenDispute> = open.iter().map(|(dispute, fault)| OpenDispute { dispute, fault }).collect();
    let risk = view::position_risk(&state.at(), &open, &listed_claims(session, &provider, &state.tickets)?);
    let record = view::provider_risk(&state.network, &state.provider, state.now_ts);
    let mut data = facts(position);
    data["value"] = view::holdings(&state.at()).value.into();
    data["would_pay"] = risk.would_pay.into();
    data["would_hold"] = risk.would_hold.into();
    data["held"] = risk.held.into();
    data["would_lose_to_all"] = risk.all_upheld.loss.into();
    data["open_disputes"] = record.open_disputes.into();
    data["answered_disputes"] = record.answered_disputes.into();
    data["slash_debt"] = record.slash_debt.into();
    data["counter_bond"] = record.counter_bond.into();
    data["repeats"] = record.repeats.as_slice().into();
    data["jailed_until_epoch"] = record.jail.as_ref().map(|jail| jail.until_epoch).into();
    data["expelled"] = record.is_expelled.into();
    data["losses"] = risk.disputes.iter().flat_map(losses).collect();
    data["claims"] = record.claims.iter().map(claim).collect();
    data["asks"] = risk.claims.iter().map(ask).collect();
    data["settlements"] = risk.settlements.iter().map(settlement).collect();
    data["faults"] = record.faults.iter().map(fault).collect();
    Ok(Reply::of(data))
}

/// An open claim on a provider's stake.
pub fn claim(claim: &view::OpenClaim) -> Value {
    let [opened, joined] = claim.disputes;
    json!({
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
    json!({
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
    json!({
        "claim": claim.claim,
        "claimed_from_pool": claim.claimed_from_pool,
        "from_stake": claim.from_stake,
        "from_tickets": sum(&claim.from_tickets),
        "held": sum(&claim.held),
    })
}

/// What a ticket that holds something back could be settled for now.
fn settlement(ticket: &view::TicketSettlement) -> Value {
    json!({
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
        json!({
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
