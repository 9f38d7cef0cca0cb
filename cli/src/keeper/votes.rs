//! Realms whose votes a keeper keeps going: those that it names, because anybody makes a realm of a network's
//! token, and a keeper is not paid for this.

use {
    super::{
        Snapshot, Work,
        reader::Reader,
        snapshot::{KnownRealm, KnownVoter},
        voters,
    },
    crate::failure::Result,
    std::mem::offset_of,
    work_token_sdk::{
        Account, Pubkey,
        math::UnixTs,
        state::Delegation,
        votes::{self, NOTE_BATCH, Registrar, RegistrarAddresses, Voter, record},
    },
};

/// Where a voter names its registrar.
const REGISTRAR_AT: usize = 8 + offset_of!(Voter, registrar);
/// The maximum weight is written anew when its record holds for so many slots more: an hour.
const RENEWED_SLOTS: u64 = 9_000;

/// Looks at realms: a request for all of them, one for the voters of each, one each for positions and
/// providers of those that have ripened, or of everybody when `all` is looked for; where an update is due
/// that is too large without, one for the keeper's lookup tables, and one for its holder's.
pub fn read(
    snapshot: &mut Snapshot,
    reader: &Reader,
    realms: &[Pubkey],
    keeper: Option<&Pubkey>,
    all: bool,
) -> Result<()> {
    if realms.is_empty() {
        return Ok(());
    }
    read_registrars(snapshot, reader, realms)?;
    let mut voters = Vec::new();
    for registrar in snapshot.votes.realms.iter().map(|(key, _)| *key).collect::<Vec<_>>() {
        voters.extend(reader.list::<Voter>(&[(REGISTRAR_AT, registrar.to_bytes().to_vec())])?);
    }
    let now_ts = snapshot.now_ts;
    let known = voters.into_iter().filter(|(_, voter)| voter.count > 0);
    let known =
        known.map(|(key, voter)| (key, KnownVoter { is_read: all || ripens(&voter, now_ts), voter, table: None }));
    snapshot.votes.voters = known.collect();
    let read = snapshot.votes.voters.values().filter(|known| known.is_read);
    let positions: Vec<Pubkey> =
        read.flat_map(|known| known.voter.entries().iter().map(|entry| entry.position)).collect();
    let positions = reader.find::<Delegation>(positions)?;
    snapshot.find_providers(reader, positions.iter().map(|(_, position)| position.provider))?;
    snapshot.positions.add(positions);
    let is_large = |known: &KnownVoter| known.is_read && usize::from(known.voter.count) > NOTE_BATCH;
    let large = snapshot.votes.voters.iter().filter(|(_, known)| is_large(known) && is_due(snapshot, known));
    let large: Vec<Pubkey> = large.map(|(key, _)| *key).collect();
    voters::find_tables(snapshot, reader, keeper, &large)
}

fn read_registrars(snapshot: &mut Snapshot, reader: &Reader, realms: &[Pubkey]) -> Result<()> {
    let (network, mint) = (snapshot.addresses.network, snapshot.addresses.mint);
    let at: Vec<_> = realms.iter().map(|realm| RegistrarAddresses::derive(*realm, network, mint)).collect();
    let keys: Vec<Pubkey> = at.iter().flat_map(|at| [at.registrar, at.max_record]).collect();
    let found = reader.chain.accounts(&keys)?;
    for (at, accounts) in at.iter().zip(found.chunks_exact(2)) {
        let [registrar, most] = accounts else { continue };
        let registrar = reader.decoded::<Registrar>(&at.registrar, registrar.as_ref());
        let Some(registrar) = registrar.filter(|registrar| registrar.network == network) else {
            let why = "no registrar joins this realm to the network";
            reader.skip(at.realm, Registrar::NAME, why.into());
            continue;
        };
        let most = most.as_ref().and_then(|record| record::read_max(&record.data));
        let most_until_slot = most.map_or(0, |(_, slot)| slot);
        snapshot.votes.realms.add([(at.registrar, KnownRealm { registrar, most_until_slot })]);
    }
    Ok(())
}

/// Maximum weights whose record ends soon, then voters of whom an update would note something.
pub fn due(snapshot: &Snapshot) -> Vec<Work> {
    let renewed_slot = snapshot.slot.saturating_add(RENEWED_SLOTS);
    // What it would be does not matter: it is refused before an epoch with stake was finalized.
    let is_old = |realm: &KnownRealm| {
        realm.most_until_slot < renewed_slot && realm.registrar.maximum_weight(&snapshot.network, 0).is_ok()
    };
    let maxima = snapshot.votes.realms.iter().filter(|(_, realm)| is_old(realm));
    let maxima = maxima.map(|(key, _)| Work::UpdateMaxWeight(*key));
    let voters = snapshot.votes.voters.iter().filter(|(_, known)| is_due(snapshot, known));
    maxima.chain(voters.map(|(key, _)| Work::UpdateVoter(*key))).collect()
}

fn is_due(snapshot: &Snapshot, known: &KnownVoter) -> bool {
    if !known.is_read {
        // Asked about a later time only: when something is ripe its positions are read.
        return ripens(&known.voter, snapshot.now_ts);
    }
    let Some(realm) = snapshot.votes.realms.get(&known.voter.registrar) else { return false };
    let found = |position: &Pubkey| {
        let position = snapshot.position(position)?;
        Some((position, snapshot.provider(&position.provider)?))
    };
    votes::update_is_due(&known.voter, &realm.registrar, &snapshot.network, found, snapshot.now_ts)
}

/// Whether what waits of a position has waited for long enough.
fn ripens(voter: &Voter, now_ts: i64) -> bool {
    let mut waits = voter.entries().iter().filter(|entry| entry.inertia.waiting > 0);
    waits.any(|entry| UnixTs(now_ts).has_reached(entry.inertia.ripe_ts))
}
