//! Updates of voters, and the lookup tables by which large ones fit a transaction.

use {
    super::{Snapshot, Work, reader::Reader},
    crate::failure::Result,
    std::collections::BTreeMap,
    work_token_sdk::{
        AddressLookupTableAccount, Client, ClientError, Hash, Instruction, Pubkey, TransportError,
        ix::SYSTEM_PROGRAM,
        tables::{self, LookupTable},
        transactions::{MAX_TRANSACTION_BYTES, Unsigned},
        votes::{self, Voter, VoterAddresses},
    },
};

/// What updates a voter, with what it weighs where the realm lets that stand.
pub fn update(snapshot: &Snapshot, key: &Pubkey) -> Option<Instruction> {
    let (at, voter) = snapshot.voter(key)?;
    let stands = snapshot.votes.realms.get(&voter.registrar)?.registrar.terms.standing_slots > 0;
    let update = if stands { votes::update_standing_weight } else { votes::note_positions };
    Some(update(&at, false, &positions(snapshot, voter)))
}

/// Its positions, each with its provider; one that was closed stands for its provider.
fn positions(snapshot: &Snapshot, voter: &Voter) -> Vec<[Pubkey; 2]> {
    let named = |key: Pubkey| [key, snapshot.position(&key).map_or(key, |position| position.provider)];
    voter.entries().iter().map(|entry| named(entry.position)).collect()
}

/// Finds the tables by which updates of these voters fit, where they do not without: the keeper's, or else
/// the holder's. A voter for whom there is none is its holder's to update, and not known any more.
pub fn find_tables(snapshot: &mut Snapshot, reader: &Reader, keeper: Option<&Pubkey>, voters: &[Pubkey]) -> Result<()> {
    let (mut own, mut found) = (None, BTreeMap::new());
    for key in voters {
        let Some(update) = update(snapshot, key).filter(|update| !has_room(update, &[])) else { continue };
        let Some((at, wanted)) = wanted(snapshot, key) else { continue };
        let by = |listed: &[LookupTable]| {
            let table = tables::fullest(listed, &wanted).map(|table| table.only(&wanted));
            table.filter(|table| has_room(&update, std::slice::from_ref(table)))
        };
        if own.is_none() {
            own = Some(keeper.map_or_else(|| Ok(Vec::new()), |keeper| listed(reader, keeper))?);
        }
        let table = match own.as_deref().and_then(by) {
            Some(table) => Some(table),
            None => by(&listed(reader, &at.holder)?),
        };
        found.insert(*key, table);
    }
    snapshot.votes.voters.retain(|key, known| match found.remove(key) {
        None => true,
        Some(table) => {
            known.table = table;
            known.table.is_some()
        }
    });
    Ok(())
}

/// A voter, and what updates of it look up.
fn wanted(snapshot: &Snapshot, key: &Pubkey) -> Option<(VoterAddresses, Vec<Pubkey>)> {
    let (at, voter) = snapshot.voter(key)?;
    let realm = snapshot.votes.realms.get(&voter.registrar)?;
    Some((at, at.looked_up(realm.registrar.governance_program, &positions(snapshot, voter))))
}

/// The tables of somebody, where they are listed.
fn listed(reader: &Reader, authority: &Pubkey) -> Result<Vec<LookupTable>> {
    match Client::new(reader.chain).lookup_tables_of(authority) {
        Err(ClientError::Transport(TransportError::Denied(_))) => Ok(Vec::new()),
        listed => Ok(listed?),
    }
}

/// Whether an update fits that somebody else pays for.
fn has_room(update: &Instruction, tables: &[AddressLookupTableAccount]) -> bool {
    let update = std::slice::from_ref(update);
    Unsigned::looking_up(update, &SYSTEM_PROGRAM, tables, Hash::default()).size() <= MAX_TRANSACTION_BYTES
}

/// Where the transaction of a step looks up accounts.
pub fn tables_of<'a>(snapshot: &'a Snapshot, work: &Work) -> &'a [AddressLookupTableAccount] {
    let Work::UpdateVoter(key) = work else { return &[] };
    snapshot.votes.voters.get(key).map_or(&[], |known| known.table.as_slice())
}
