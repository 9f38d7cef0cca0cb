//! Parameter sets, which are larger than a transaction: written in parts before they are used.

use {
    crate::{
        chain::{Session, each_alone},
        failure::{Failure, Result},
        foreseen::not_yet,
        params,
        reply::{Reply, Value, facts},
        text::hex,
    },
    std::path::Path,
    work_token_sdk::{Pubkey, addresses, ix, state::NetworkParams, transactions::Part},
};

/// What writes the parts that a set of the signer still lacks.
pub fn missing(session: &Session, network: &Pubkey, params: &NetworkParams) -> Result<Vec<Part>> {
    Ok(each_alone(session.client().missing_draft(network, &session.authority()?, params)?))
}

/// Nothing, where another author has drafted the set.
pub fn require_complete(session: &Session, author: &Pubkey, params: &NetworkParams) -> Result<Vec<Part>> {
    let key = session.network_key()?;
    let draft = session.client().param_draft(&key, author, params)?;
    if draft.is_some_and(|draft| draft.is_complete != 0) {
        return Ok(Vec::new());
    }
    Err(Failure::Failed(format!("{author} has not drafted this set: let it type `network draft` with the same file")))
}

/// Writes a set, for somebody else to propose.
pub fn write(session: &Session, file: &Path) -> Result<Reply> {
    let (key, author, params) = named(session, file)?;
    let parts = missing(session, &key, &params)?;
    let facts = facts(&key, &author, &params);
    if parts.is_empty() { Ok(Reply::of(facts)) } else { session.submit_parts(&parts, facts) }
}

/// Closes a draft that nobody used.
pub fn close(session: &Session, file: &Path) -> Result<Reply> {
    let (key, author, params) = named(session, file)?;
    let draft = session.client().param_draft(&key, &author, &params)?;
    let draft = draft.ok_or_else(|| Failure::Failed(format!("{author} has no draft of this set, or it was used")))?;
    draft.require_closable(session.chain.now_ts()?).map_err(|error| not_yet(error, ""))?;
    session.submit(&[ix::close_draft(&key, author, &params)], facts(&key, &author, &params))
}

fn named(session: &Session, file: &Path) -> Result<(Pubkey, Pubkey, NetworkParams)> {
    let key = session.network_key()?;
    let network = session.client().network(&key)?;
    Ok((key, session.authority()?, params::load(file, Some(&network.params))?))
}

fn facts(network: &Pubkey, author: &Pubkey, params: &NetworkParams) -> Value {
    facts!({
        "author": author.to_string(),
        "draft": addresses::param_draft(network, author, params).to_string(),
        "hash": hex(&addresses::hash_of_params(params)),
    })
}
