//! A position, as its holder asks: what is it worth, what can be claimed, when can it leave.

use {
    crate::{chain::Session, failure::Result, keeper::accounts_of, reply::Reply},
    serde_json::{Value, json},
    work_token_sdk::{
        Pubkey,
        math::Shares,
        state::{Network, Provider, Unbonding},
    },
};

/// A position with its tickets.
pub fn position(session: &Session, provider: &Pubkey, holder: Pubkey) -> Result<Reply> {
    let (addresses, mut position) = session.position(provider, holder)?;
    let (_, mut state) = session.provider(provider)?;
    let network: Network = session.read(&state.network)?;
    let now_ts = session.chain.now_ts()?;
    state.touch(&network.terms(now_ts));
    state.harvest(&mut position);
    let pool = state.pool(position.pool_kind()).get();
    let pending: u64 = position.pending.iter().map(|lot| pool.value(Shares(lot.shares)).0).sum();
    let tickets = tickets(session, &addresses.delegation, &state, now_ts)?;
    Ok(Reply::of(json!({
        "provider": provider.to_string(),
        "position": addresses.delegation.to_string(),
        "holder": position.delegator.to_string(),
        "pool": if position.pool == 0 { "own" } else { "delegated" },
        "shares": position.total_shares().0,
        "value": pool.value(position.total_shares()).0,
        "value_not_yet_earning": pending,
        "claimable": position.credited,
        "tickets": tickets,
    })))
}

fn tickets(session: &Session, position: &Pubkey, provider: &Provider, now_ts: i64) -> Result<Vec<Value>> {
    let offset = std::mem::offset_of!(Unbonding, delegation);
    let mut tickets: Vec<_> = accounts_of::<Unbonding>(session.chain, position, offset)?;
    tickets.sort_unstable_by_key(|(_, ticket)| ticket.number);
    let row = |(key, ticket): &(Pubkey, Unbonding)| {
        let pool = provider.pool(ticket.pool_kind());
        let shares = if ticket.generation == pool.generation { ticket.shares } else { 0 };
        json!({
            "ticket": ticket.number,
            "address": key.to_string(),
            "shares": shares,
            "value": pool.get().value(Shares(shares)).0,
            "matures_at_ts": ticket.matures_at_ts,
            "mature": now_ts >= ticket.matures_at_ts,
            "held": ticket.held,
        })
    };
    Ok(tickets.iter().map(row).collect())
}
