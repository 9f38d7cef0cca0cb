//! Room for more positions than a transaction names in full: by a lookup table.

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
    },
    work_token_sdk::{
        AddressLookupTableAccount, ClientError, Instruction, Pubkey, TransportError,
        tables::{self, LookupTable},
        votes::VoterState,
    },
};

/// The table with which instructions of a voter have room that have none without: the one that was named, or
/// of those of the holder and of who acts the one that holds most of what they name. Nothing else is looked
/// up in it, whoever it belongs to.
pub fn making_room(
    session: &Session,
    named: Option<Pubkey>,
    state: &VoterState,
    instructions: &[Instruction],
) -> Result<Vec<AddressLookupTableAccount>> {
    if named.is_some() {
        require_no_vault(session)?;
    }
    if session.is_for_squads() || session.has_room(instructions)? {
        return Ok(Vec::new());
    }
    let wanted = wanted(state);
    let table = match named {
        Some(key) => Some(active(session, &key)?),
        None => {
            let mut found = listed(session, &state.at.holder)?;
            let authority = session.authority()?;
            if authority != state.at.holder {
                found.extend(listed(session, &authority)?);
            }
            tables::fullest(&found, &wanted).cloned()
        }
    };
    Ok(table.iter().map(|table| table.only(&wanted)).collect())
}

/// The table of a transaction that has one.
pub fn shown(tables: &[AddressLookupTableAccount]) -> Option<String> {
    tables.first().map(|table| table.key.to_string())
}

/// What is looked up of all that a voter's updates and votes name.
pub fn wanted(state: &VoterState) -> Vec<Pubkey> {
    state.at.looked_up(state.registrar.governance_program, &state.named())
}

/// Refuses a table where the message of a vault transaction is printed, which looks up nothing.
pub fn require_no_vault(session: &Session) -> Result<()> {
    if !session.is_for_squads() {
        return Ok(());
    }
    Err(Failure::Usage(
        "--unsigned squads prints no message that looks up accounts in a table: print it as base64 or base58, or vote \
         without --table, with the heaviest positions or by a record that stands"
            .into(),
    ))
}

/// A table that was named.
fn active(session: &Session, key: &Pubkey) -> Result<LookupTable> {
    let table = session.client().lookup_table(key)?;
    if table.deactivated_slot.is_some() {
        return Err(Failure::Failed(format!("the lookup table {key} was deactivated: name another one, or none")));
    }
    Ok(table)
}

/// The tables of somebody, as far as they are listed.
pub fn listed(session: &Session, authority: &Pubkey) -> Result<Vec<LookupTable>> {
    match session.client().lookup_tables_of(authority) {
        Err(ClientError::Transport(TransportError::Denied(why))) => {
            session.note(&format!("no lookup tables are listed here, and --table names one: {why}"));
            Ok(Vec::new())
        }
        listed => Ok(listed?),
    }
}
