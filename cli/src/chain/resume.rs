//! What an earlier run left: how it ended is asked before anything is signed anew.

use {
    super::{
        Session, Store,
        outbox::{self, Sending, Sent},
    },
    crate::{
        failure::{Failure, Result},
        reply::{Count, Map, Reply, Value},
    },
    work_token_sdk::{
        Refusal,
        fate::{Fate, Landed},
    },
};

impl Session<'_> {
    /// The end of the same command, if an earlier run sent it and could not tell how it ended. `None` when
    /// there is nothing, or nothing landed: then the command runs.
    pub fn finished_before(&self) -> Result<Option<Reply>> {
        if self.only_shows() {
            return Ok(None);
        }
        let store = self.store();
        self.sweep_steps(&store)?;
        let left = self.outbox.left(&store, None)?;
        if left.is_empty() {
            return Ok(None);
        }
        let (genesis, payer) = (self.outbox.genesis_hash(self.chain)?, self.payer_address()?);
        self.ended(left.into_iter().find(|sending| sending.is_of(&genesis, Some(&payer))))
    }

    /// Says of what an earlier run of the same command left that the command would ask after that first. A
    /// chain that cannot be asked says so where the command asks it.
    pub fn note_unsettled(&self) -> Result<()> {
        let left = self.outbox.left(&self.store(), None)?;
        if left.is_empty() {
            return Ok(());
        }
        let genesis = self.outbox.genesis_hash(self.chain)?;
        for sending in left.iter().filter(|sending| sending.is_of(&genesis, None)) {
            let signature = sending.flight()?.signature;
            self.note(&format!(
                "an earlier run of this command sent {signature}, and its end was not told: the command asks after it \
                 before it sends anything"
            ));
        }
        Ok(())
    }

    /// Forgets the steps of earlier runs that ended, whichever way: the chain shows what is left to do. Their
    /// own instructions may never be due again.
    fn sweep_steps(&self, store: &Store) -> Result<()> {
        for sending in self.outbox.steps_left(store)? {
            let here = sending.is_of(&self.outbox.genesis_hash(self.chain)?, None);
            let flight = sending.flight()?;
            if here && !matches!(outbox::fate(self.chain, &flight), Fate::Unknown(_)) {
                outbox::forget(store, &sending.name(), &flight.signature)?;
            }
        }
        Ok(())
    }

    /// Refuses to begin while nobody knows whether an earlier step of the same command has landed: what it
    /// was about may still come.
    pub fn require_no_unknown_step(&self) -> Result<()> {
        if self.only_shows() {
            return Ok(());
        }
        let store = self.store();
        self.sweep_steps(&store)?;
        let Some(left) = self.outbox.steps_left(&store)?.into_iter().next() else { return Ok(()) };
        let signature = left.flight()?.signature;
        self.outbox.tell(&signature, Sent::Unknown);
        Err(Failure::Unknown(format!(
            "transaction {signature} of an earlier run may or may not have landed, and nothing was sent now"
        )))
    }

    /// The end of the same instructions, if an earlier run sent them and could not tell how they ended. A
    /// step states what the chain implies: where it is due once more it is sent once more.
    pub(super) fn sent_before(&self, operation: &str, step: bool) -> Result<Option<Reply>> {
        let left = self.outbox.left(&self.store(), Some(operation))?.into_iter().next();
        let ended = self.ended(left.clone());
        match (left, ended) {
            (Some(left), Ok(Some(_)) | Err(Failure::Failed(_))) if step => {
                outbox::forget(&self.store(), &left.name(), &left.flight()?.signature)?;
                Ok(None)
            }
            (_, ended) => ended,
        }
    }

    fn ended(&self, left: Option<Sending>) -> Result<Option<Reply>> {
        let Some(sending) = left else { return Ok(None) };
        let (store, flight) = (self.store(), sending.flight()?);
        let forget = || outbox::forget(&store, &sending.name(), &flight.signature);
        match outbox::fate(self.chain, &flight) {
            Fate::Absent => {
                forget()?;
                Ok(None)
            }
            Fate::Unknown(reason) => {
                self.outbox.tell(&flight.signature, Sent::Unknown);
                Err(Failure::Unknown(format!(
                    "transaction {} of an earlier run may or may not have landed, and nothing was sent now: {reason}",
                    flight.signature
                )))
            }
            Fate::Landed(Landed { error: Some(error), .. }) => {
                self.outbox.tell(&flight.signature, Sent::Refused);
                // Nothing has changed: the next run may do it.
                forget()?;
                let logs = self.chain.outcome(&flight.signature).ok().flatten().map(|outcome| outcome.logs);
                let refusal = Refusal { error, logs: logs.unwrap_or_default() };
                Err(Failure::Failed(format!("transaction {} of an earlier run: {refusal}", flight.signature)))
            }
            Fate::Landed(Landed { slot, .. }) if self.outbox.again() => {
                forget()?;
                let note = format!("transaction {} of an earlier run landed in slot {slot}", flight.signature);
                self.note(&note);
                Ok(None)
            }
            Fate::Landed(Landed { slot, .. }) => {
                self.outbox.tell(&flight.signature, Sent::Landed);
                self.outbox.settle_later(&store, &sending.name(), flight.signature);
                let note = format!(
                    "transaction {} of an earlier run landed in slot {slot}; nothing was sent now (--again does it \
                     once more)",
                    flight.signature
                );
                self.note(&note);
                let units =
                    self.chain.outcome(&flight.signature).ok().flatten().map(|outcome| Count(outcome.compute_units));
                let mut data: Map<String, Value> = sending.facts();
                data.insert("signature".into(), flight.signature.to_string().into());
                data.insert("compute_units".into(), units.into());
                data.insert("sent_by_an_earlier_run".into(), true.into());
                Ok(Some(Reply::of(Value::Object(data))))
            }
        }
    }
}
