//! A position, as its holder asks: what is it worth, what can be claimed, when can it leave.

use {
    crate::{chain::Session, failure::Result, reply::Reply},
    serde_json::{Value, json},
    work_token_sdk::{
        PositionAddresses,
        state::PoolKind,
        view::{self, LotHolding, TicketExit, TicketHolding},
    },
};

/// A position with its lots and tickets.
pub fn position(session: &Session, addresses: &PositionAddresses) -> Result<Reply> {
    let state = session.client().position_state(addresses)?;
    let holdings = view::holdings(&state.at());
    let claim = view::claim(&state.at());
    let exits = view::exits(&state.at());
    let tickets = holdings.tickets.iter().zip(&exits).map(|(ticket, exit)| ticket_row(addresses, ticket, exit));
    Ok(Reply::of(json!({
        "position": addresses.delegation.to_string(),
        "provider": addresses.provider.provider.to_string(),
        "holder": addresses.holder.to_string(),
        "pool": if holdings.pool == PoolKind::Own { "own" } else { "delegated" },
        "shares": holdings.shares,
        "value": holdings.value,
        "active_value": holdings.active_value,
        "claimable": holdings.claimable,
        "unsettled_epochs": claim.unsettled_epochs,
        "restake_refused": claim.restake_refusal.map(|error| error.message()),
        "total": holdings.total(),
        "lots": holdings.lots.iter().map(lot_row).collect::<Vec<_>>(),
        "tickets": tickets.collect::<Vec<_>>(),
    })))
}

fn lot_row(lot: &LotHolding) -> Value {
    json!({
        "shares": lot.shares,
        "value": lot.value,
        "earns_from_epoch": lot.earns_from_epoch,
        "earns_from_ts": lot.earns_from_ts,
    })
}

fn ticket_row(addresses: &PositionAddresses, ticket: &TicketHolding, exit: &TicketExit) -> Value {
    json!({
        "ticket": ticket.number,
        "address": addresses.ticket(ticket.number).0.to_string(),
        "shares": ticket.shares,
        "value": ticket.value,
        "matures_at_ts": ticket.matures_at_ts,
        "mature": ticket.is_mature,
        "pays": exit.pays,
        "held": ticket.held,
    })
}
