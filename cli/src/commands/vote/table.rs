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
        votes::VoterAddresses,
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
        let (found, holder) = (registrar(session, &realm)?, session.authority()?);
        if self.close {
            return self.close(session, &found.0.voter(holder));
        }
        let wanted = wanted(&voter_state(session, &found, holder)?);
        let present = self.own(session, holder, |table| {
            let lacking = table.lacks(&wanted).len();
            let is_open = table.deactivated_slot.is_none() && table.addresses.len() + lacking <= MAX_ADDRESSES;
            is_open.then_some(lacking)
        })?;
        self.fill(session, holder, present, &wanted)
    }

    /// The table that was named, which must be the holder's; or of those that the holder has, as far as they
    /// will do, the one that lacks least.
    fn own(
        &self,
        session: &Session,
        holder: Pubkey,
        lacks: impl Fn(&LookupTable) -> Option<usize>,
    ) -> Result<Option<LookupTable>> {
        let Some(key) = self.table else {
            let listed = listed(session, &holder)?.into_iter();
            let will_do = listed.filter_map(|table| Some((lacks(&table)?, table)));
            return Ok(will_do.min_by_key(|(lacking, _)| *lacking).map(|(_, table)| table));
        };
        let table = session.client().lookup_table(&key)?;
        match table.authority {
            Some(authority) if authority == holder => {}
            Some(authority) => {
                return Err(Failure::Failed(format!("the lookup table {key} is {authority}'s, who alone changes it")));
            }
            None => return Err(Failure::Failed(format!("the lookup table {key} is frozen: nobody changes it"))),
        }
        if lacks(&table).is_none() {
            return Err(Failure::Failed(format!("the lookup table {key} has no room for this, or was deactivated")));
        }
        Ok(Some(table))
    }

    /// Adds what is lacking, after the creation of a table where there is none.
    fn fill(
        &self,
        session: &Session,
        holder: Pubkey,
        present: Option<LookupTable>,
        wanted: &[Pubkey],
    ) -> Result<Reply> {
        let (mut parts, mut create) = (Vec::new(), None);
        let table = match present {
            Some(table) => table,
            None => {
                let slots = session.client().recent_slots()?;
                let newest = slots.first().ok_or_else(|| Failure::TryAgain("the chain has no slot yet".into()))?;
                let (instruction, key) = tables::create(holder, holder, *newest);
                create = Some(instruction);
                LookupTable { key, authority: Some(holder), deactivated_slot: None, addresses: Vec::new() }
            }
        };
        let lacking = table.lacks(wanted);
        if lacking.is_empty() {
            return Err(Failure::Failed(format!("the lookup table {} holds all of it already", table.key)));
        }
        for some in lacking.chunks(ADDED_TOGETHER) {
            let extend = tables::extend(table.key, holder, holder, some);
            parts.push(together(create.take().into_iter().chain([extend])));
        }
        let facts = facts!({
            "lookup_table": table.key.to_string(),
            "added": lacking.len(),
            "addresses": table.addresses.len() + lacking.len(),
        });
        session.submit_parts(&parts, facts)
    }

    /// Deactivates a table that holds what belongs to the realm; later closes it.
    fn close(&self, session: &Session, at: &VoterAddresses) -> Result<Reply> {
        let is_of_realm = |table: &LookupTable| table.addresses.contains(&at.registrar.registrar).then_some(0);
        let table = self.own(session, at.holder, is_of_realm)?;
        let missing = || Failure::Failed(format!("{} has no lookup table for this realm", at.holder));
        let LookupTable { key, deactivated_slot, .. } = table.ok_or_else(missing)?;
        let facts = |next: &str| facts!({ "lookup_table": key.to_string(), "next": next });
        let Some(deactivated) = deactivated_slot else {
            let next = "the same command closes it in about four minutes, when nothing looks up in it any more";
            return session.submit(&[tables::deactivate(key, at.holder)], facts(next));
        };
        let slots = session.client().recent_slots()?;
        let passed = slots.iter().take_while(|slot| **slot > deactivated).count();
        if passed < RECENT_SLOTS {
            return Err(Failure::TryAgain(format!(
                "the lookup table {key} was deactivated in slot {deactivated}, and closes after {} blocks more",
                RECENT_SLOTS - passed
            )));
        }
        session.submit(
            &[tables::close(key, at.holder, at.holder)],
            facts!({ "lookup_table": key.to_string(), "rent_to": at.holder.to_string() }),
        )
    }
}
