//! Lookup tables of a holder: made, extended and closed.

use {
    super::{
        realm::Named,
        room::{listed, require_no_vault, wanted},
        stake::registrar,
        weigh::voter_state,
    },
    crate::{
        chain::{Session, together},
        failure::{Failure, Result},
        reply::{Reply, facts},
    },
    clap::Args,
    work_token_sdk::{
        Pubkey,
        tables::{self, ADDED_TOGETHER, LookupTable, MAX_ADDRESSES, RECENT_SLOTS},
    },
};

/// `work-token governance table`
#[derive(Args, Debug)]
pub struct Table {
    #[command(flatten)]
    named: Named,
    /// Which lookup table of yours [default: the one that names most of it; where there is none, a new one]
    #[arg(long, value_name = "PUBKEY")]
    table: Option<Pubkey>,
    /// For the positions of another voter, to update it: where it has more than fit, and no table
    #[arg(long, value_name = "PUBKEY", conflicts_with = "close")]
    holder: Option<Pubkey>,
    /// Close it, in two steps some minutes apart; its rent returns to you
    #[arg(long)]
    close: bool,
}

impl Table {
    /// Creates a table, adds to it, or closes it.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        require_no_vault(session)?;
        session.require_no_unknown_step()?;
        let realm = self.named.realm(session)?;
        let (found, authority) = (registrar(session, &realm)?, session.authority()?);
        if self.close {
            return self.close(session, authority, &found.0.registrar);
        }
        let wanted = wanted(&voter_state(session, &found, self.holder.unwrap_or(authority))?);
        let present = self.own(session, authority, |table| {
            let lacking = table.lacks(&wanted).len();
            let is_open = table.deactivated_slot.is_none() && table.addresses.len() + lacking <= MAX_ADDRESSES;
            is_open.then_some(lacking)
        })?;
        fill(session, authority, present, &wanted)
    }

    /// The table that was named, which must be of who acts; or of all that those have the one of least rank.
    fn own(
        &self,
        session: &Session,
        who: Pubkey,
        rank: impl Fn(&LookupTable) -> Option<usize>,
    ) -> Result<Option<LookupTable>> {
        let Some(key) = self.table else {
            let ranked = listed(session, &who)?.into_iter().filter_map(|table| Some((rank(&table)?, table)));
            return Ok(ranked.min_by_key(|(rank, _)| *rank).map(|(_, table)| table));
        };
        let table = session.client().lookup_table(&key)?;
        let refused = match table.authority {
            None => "is frozen: nobody changes it".into(),
            Some(authority) if authority != who => format!("is {authority}'s, who alone changes it"),
            Some(_) if rank(&table).is_none() => "has no room for this, or was deactivated".into(),
            Some(_) => return Ok(Some(table)),
        };
        Err(Failure::Failed(format!("the lookup table {key} {refused}")))
    }

    /// Deactivates a table that holds what belongs to the realm, or that was named; later closes it.
    fn close(&self, session: &Session, authority: Pubkey, registrar: &Pubkey) -> Result<Reply> {
        // One that was begun with comes first.
        let rank = |table: &LookupTable| {
            let may_close = self.table.is_some() || table.addresses.contains(registrar);
            may_close.then_some(usize::from(table.deactivated_slot.is_none()))
        };
        let missing = || Failure::Failed(format!("{authority} has no lookup table for this realm"));
        let LookupTable { key, deactivated_slot, .. } = self.own(session, authority, rank)?.ok_or_else(missing)?;
        let Some(deactivated) = deactivated_slot else {
            let facts = facts!({
                "lookup_table": key.to_string(),
                "next": "the same command closes it in about four minutes, when nothing looks up in it any more",
            });
            return session.submit(&[tables::deactivate(key, authority)], facts);
        };
        let slots = session.client().recent_slots()?;
        let passed = slots.iter().take_while(|slot| **slot > deactivated).count();
        if passed < RECENT_SLOTS {
            return Err(Failure::TryAgain(format!(
                "the lookup table {key} was deactivated in slot {deactivated}, and closes after {} blocks more",
                RECENT_SLOTS - passed
            )));
        }
        let facts = facts!({ "lookup_table": key.to_string(), "rent_to": authority.to_string() });
        session.submit(&[tables::close(key, authority, authority)], facts)
    }
}

/// Adds what a table lacks, after its creation where there is none.
fn fill(session: &Session, authority: Pubkey, present: Option<LookupTable>, wanted: &[Pubkey]) -> Result<Reply> {
    let (table, mut create) = match present {
        Some(table) => (table, None),
        None => {
            let slots = session.client().recent_slots()?;
            let newest = slots.first().ok_or_else(|| Failure::TryAgain("the chain has no slot yet".into()))?;
            let (create, key) = tables::create(authority, authority, *newest);
            let empty = LookupTable { key, authority: Some(authority), deactivated_slot: None, addresses: Vec::new() };
            (empty, Some(create))
        }
    };
    let lacking = table.lacks(wanted);
    if lacking.is_empty() {
        return Err(Failure::Failed(format!("the lookup table {} holds all of it already", table.key)));
    }
    let extend = |some: &[Pubkey]| tables::extend(table.key, authority, authority, some);
    let added = lacking.chunks(ADDED_TOGETHER).map(extend);
    let parts: Vec<_> = added.map(|extend| together(create.take().into_iter().chain([extend]))).collect();
    let facts = facts!({
        "lookup_table": table.key.to_string(),
        "added": lacking.len(),
        "addresses": table.addresses.len() + lacking.len(),
    });
    session.submit_parts(&parts, facts)
}
