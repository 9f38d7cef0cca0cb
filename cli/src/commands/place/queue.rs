//! The queue for a place, and places that are not kept up.

use {
    super::facts,
    crate::{chain::Session, commands::provider::registered, failure::Result, foreseen::refused, reply::Reply},
    work_token_sdk::{
        Pubkey, WorkTokenError as E, ix,
        state::{Network, QueueEntry},
        view::{self, Waiting},
    },
};

/// Who waits, in order.
pub fn list(session: &Session) -> Result<Reply> {
    let (key, client) = (session.network_key()?, session.client());
    let (network, entries) = (client.network(&key)?, client.queue(&key)?);
    let queue = view::queue_view(&network, &entries, &client.providers(&key)?, session.chain.now_ts()?);
    let row = |entry: &Waiting| {
        facts!({
            "number": entry.number,
            "provider": entry.provider.to_string(),
            "ahead": entry.ahead,
            "joined_ts": entry.joined_ts,
            "unfit": entry.unfit.map(E::name),
        })
    };
    Ok(Reply::of(facts!({
        "head": queue.head,
        "waiting": queue.waiting,
        "free": network.present_cap().saturating_sub(network.places_taken),
        "entries": queue.entries.iter().map(row).collect::<Vec<_>>(),
    })))
}

/// Joins it.
pub fn join(session: &Session) -> Result<Reply> {
    let (provider, client) = (registered(session)?, session.client());
    let network = client.network(&provider.network.network)?;
    let candidate = client.provider(&provider.provider)?;
    let number = view::join_queue(&network, &candidate, session.chain.now_ts()?).map_err(refused)?;
    let facts = facts!({
        "provider": provider.provider.to_string(),
        "number": number,
        "ahead": network.queue.waiting(),
    });
    session.submit(&[ix::join_queue(&provider, number)], facts)
}

/// Gives its head a place.
pub fn admit(session: &Session) -> Result<Reply> {
    let (network, entry) = head(session)?;
    let candidate = session.client().provider(&entry.provider)?;
    let index = view::admit_head(&network, &entry, &candidate, session.chain.now_ts()?).map_err(refused)?;
    let mut facts = facts(&entry.provider, index);
    facts["number"] = entry.number.into();
    session.submit(&[ix::admit_head(&entry)], facts)
}

/// Passes its head.
pub fn pass(session: &Session) -> Result<Reply> {
    let (network, entry) = head(session)?;
    let candidate = session.client().find(&entry.provider)?;
    view::pass_head(&network, &entry, candidate.as_ref(), session.chain.now_ts()?).map_err(refused)?;
    let facts = facts!({ "provider": entry.provider.to_string(), "number": entry.number });
    session.submit(&[ix::pass_head(&entry)], facts)
}

/// Takes a place that is not kept up.
pub fn vacate(session: &Session, provider: &Pubkey) -> Result<Reply> {
    let network = session.provider(provider)?.network.network;
    let (client, now_ts) = (session.client(), session.chain.now_ts()?);
    let state = client.provider(provider)?;
    view::vacate_place(&client.network(&network)?, &state, now_ts).map_err(refused)?;
    session.submit(&[ix::vacate_place(&network, *provider)], facts(provider, state.place.index))
}

fn head(session: &Session) -> Result<(Network, QueueEntry)> {
    let key = session.network_key()?;
    let network = session.client().network(&key)?;
    let entry = session.client().queue_head(&key, &network)?.ok_or_else(|| refused(E::NotTheHead))?;
    Ok((network, entry))
}
