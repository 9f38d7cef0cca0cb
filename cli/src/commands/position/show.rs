//! A position, as its holder asks: what is it worth, what can be claimed, when can it leave.

use {
    super::voice,
    crate::{
        chain::Session,
        failure::Result,
        reply::{Reply, Value, facts, joined},
    },
    work_token_sdk::{
        PositionAddresses, Pubkey,
        client::PositionState,
        state::PoolKind,
        view::{self, Holdings, LotHolding, LotStatus, PositionVoice, TicketExit, TicketHolding},
    },
};

/// Every position that somebody holds, in the network that was named or in all, and what is to be done for
/// each: above all for lots that nobody activated while their provider remembered when they began to earn.
pub fn all(session: &Session, holder: &Pubkey) -> Result<Reply> {
    let mut found = session.client().positions_of_holder(holder)?;
    let named = session.options.network.is_some() || session.options.network_id.is_some();
    if named {
        let network = session.network()?.network;
        found.retain(|(_, position)| position.network == network);
    }
    let mut rows = Vec::new();
    for (_, position) in found {
        let addresses = session.client().provider_addresses(&position.provider)?.position(*holder);
        let state = session.client().position_state(&addresses)?;
        rows.push(row(&addresses, &state));
    }
    Ok(Reply::of(facts!({ "holder": holder.to_string(), "count": rows.len(), "positions": rows })))
}

fn row(addresses: &PositionAddresses, state: &PositionState) -> Value {
    let holdings = view::holdings(&state.at());
    let lots = view::lots(&state.at());
    let voice = view::position_voice(&state.at());
    let kept_until_ts = lots.iter().filter(|lot| lot.is_due).map(|lot| lot.kept_until_ts).min();
    let shown = facts!({
        "network": addresses.provider.network.network.to_string(),
        "provider": addresses.provider.provider.to_string(),
        "pool": pool_name(&holdings),
        "value": holdings.value,
        "active_value": holdings.active_value,
        "claimable": holdings.claimable,
        "total": holdings.total(),
        "lots_kept_until_ts": kept_until_ts,
        "to_do": to_do(&holdings, &lots, &voice),
    });
    joined(shown, voice::row(&voice))
}

fn pool_name(holdings: &Holdings) -> &'static str {
    if holdings.pool == PoolKind::Own { "own" } else { "delegated" }
}

/// What the holder gets or saves by doing something now, the most urgent first.
fn to_do(holdings: &Holdings, lots: &[LotStatus], voice: &PositionVoice) -> Vec<String> {
    let mut words = Vec::new();
    if lots.iter().any(|lot| lot.is_due && lot.epochs_left == 0) {
        words.push("claim now: a lot loses what it earned first".to_owned());
    } else if lots.iter().any(|lot| lot.is_due && lot.is_urgent) {
        words.push("claim soon: a lot is about to lose what it earned first".to_owned());
    } else if holdings.claimable > 0 {
        words.push("claim".to_owned());
    }
    let mature = holdings.tickets.iter().filter(|ticket| ticket.is_mature && ticket.shares > 0);
    if voice.is_return_due() {
        words.push("complete the return of its voice: direct off".to_owned());
    }
    words.extend(mature.map(|ticket| format!("withdraw ticket {}", ticket.number)));
    words
}

/// A position with its lots and tickets.
pub fn position(session: &Session, addresses: &PositionAddresses) -> Result<Reply> {
    let state = session.client().position_state(addresses)?;
    let holdings = view::holdings(&state.at());
    let claim = view::claim(&state.at());
    let exits = view::exits(&state.at());
    let tickets = holdings.tickets.iter().zip(&exits).map(|(ticket, exit)| ticket_row(addresses, ticket, exit));
    let voice = view::position_voice(&state.at());
    let shown = facts!({
        "position": addresses.delegation.to_string(),
        "provider": addresses.provider.provider.to_string(),
        "holder": addresses.holder.to_string(),
        "pool": pool_name(&holdings),
        "shares": holdings.shares,
        "value": holdings.value,
        "active_value": holdings.active_value,
        "claimable": holdings.claimable,
        "unsettled_epochs": claim.unsettled_epochs,
        "restake_refused": claim.restake_refusal.map(|error| error.message()),
        "total": holdings.total(),
        "to_do": to_do(&holdings, &view::lots(&state.at()), &voice),
        "lots": holdings.lots.iter().map(lot_row).collect::<Vec<_>>(),
        "lots_due": view::lots(&state.at()).iter().filter(|lot| lot.is_due).map(due_row).collect::<Vec<_>>(),
        "tickets": tickets.collect::<Vec<_>>(),
    });
    Ok(Reply::of(joined(shown, voice::row(&voice))))
}

fn lot_row(lot: &LotHolding) -> Value {
    facts!({
        "shares": lot.shares,
        "value": lot.value,
        "earns_from_epoch": lot.earns_from_epoch,
        "earns_from_ts": lot.earns_from_ts,
    })
}

/// A lot that earns, and that any instruction of the position activates.
fn due_row(lot: &LotStatus) -> Value {
    facts!({
        "shares": lot.shares,
        "earned": lot.earned,
        "earns_from_epoch": lot.activation_epoch,
        "epochs_left": lot.epochs_left,
        "kept_until_ts": lot.kept_until_ts,
    })
}

fn ticket_row(addresses: &PositionAddresses, ticket: &TicketHolding, exit: &TicketExit) -> Value {
    facts!({
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
