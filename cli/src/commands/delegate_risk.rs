//! What disputes may cost a position, and the parts that they held back.

use {
    super::{delegate::facts, dispute_show::name},
    crate::{
        chain::Session,
        failure::{Failure, Result},
        reply::Reply,
    },
    serde_json::{Value, json},
    std::mem::offset_of,
    work_token_sdk::{
        PositionAddresses, Pubkey, WorkTokenError as E, addresses, ix,
        state::{Claim, Dispute, Fault, dispute_flags},
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

/// A position's risk: each open dispute at each severity, what is claimed, and the provider's record.
pub fn show(session: &Session, position: &PositionAddresses) -> Result<Reply> {
    let provider = position.provider.provider;
    let state = session.client().position_state(position)?;
    let open = open_disputes(session, &provider)?;
    let open: Vec<OpenDispute> = open.iter().map(|(dispute, fault)| OpenDispute { dispute, fault }).collect();
    let risk = view::position_risk(&state.at(), &open);
    let record = view::provider_risk(&state.network, &state.provider, state.now_ts);
    let claim = |claim: &view::OpenClaim| {
        json!({
            "claim": claim.number,
            "own_claimed": claim.own[0],
            "delegated_claimed": claim.delegated[0],
            "frozen_epochs": claim.frozen_epochs,
        })
    };
    let fault = |fault: &view::PastFault| {
        json!({
            "epoch": fault.epoch,
            "severity": fault.severity,
            "repeats_until_epoch": fault.repeats_until_epoch,
        })
    };
    let mut data = facts(position);
    data["value"] = view::holdings(&state.at()).value.into();
    data["would_pay"] = risk.would_pay.into();
    data["would_hold"] = risk.would_hold.into();
    data["held"] = risk.held.into();
    data["open_disputes"] = record.open_disputes.into();
    data["slash_debt"] = record.slash_debt.into();
    data["counter_bond"] = record.counter_bond.into();
    data["repeats"] = record.repeats.as_slice().into();
    data["jailed_until_epoch"] = record.jail.as_ref().map(|jail| jail.until_epoch).into();
    data["expelled"] = record.is_expelled.into();
    data["losses"] = risk.disputes.iter().flat_map(losses).collect();
    data["claims"] = record.claims.iter().map(claim).collect();
    data["faults"] = record.faults.iter().map(fault).collect();
    Ok(Reply::of(data))
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

/// Pays what a ticket held back, less what its claims took, once they have all ended.
pub fn settle(session: &Session, position: &PositionAddresses, number: u32, to: Option<Pubkey>) -> Result<Reply> {
    let (client, provider) = (session.client(), &position.provider);
    let state = client.position_state(position)?;
    let ticket = state.tickets.iter().find(|ticket| ticket.number == number);
    let missing = || Failure::Failed(format!("the position has no ticket {number}"));
    let ticket = ticket.ok_or_else(missing)?;
    if !ticket.is_held() {
        return Err(super::dispute::refused(E::NothingToSettle));
    }
    for number in ticket.held_disputes.into_iter().filter(|number| *number != 0) {
        let claim: Option<Claim> = client.find(&addresses::claim(&provider.provider, number))?;
        if claim.is_some_and(|claim| claim.open > 0) {
            return Err(Failure::TryAgain(format!("claim {number} is open: the ticket waits for its end")));
        }
    }
    let to = session.token_account(to, &position.holder, &provider.network);
    let mut facts = facts(position);
    facts["ticket"] = number.into();
    facts["held"] = ticket.held.into();
    session.submit(&[ix::settle_ticket(position, ticket, to)], facts)
}
