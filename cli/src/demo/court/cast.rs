//! Who comes for the disputes.

use {
    super::stage::{Court, DELEGATES, FIRST_JUROR},
    crate::{demo::market::Party, failure::Result},
    work_token_localnet::TOKEN,
};

const PARTIES: [(&str, u64); 4] = [("Pia", 30_000), ("Vera", 50_000), ("Ugo", 50_000), ("Wade", 100_000)];
const JURORS: [&str; 12] =
    ["Abel", "Berta", "Cyril", "Delia", "Egon", "Flora", "Gero", "Hilda", "Ivo", "Jutta", "Kuno", "Lydia"];
/// What each juror locks: enough for ten seats.
const LOCK: u64 = 200 * TOKEN;
/// What the delegator places behind each provider.
const DELEGATED: u64 = 5_000 * TOKEN;

impl Court<'_, '_> {
    /// Jurors lock stake, and a delegator places some behind every provider that has a seat.
    pub fn assemble(&mut self) -> Result<()> {
        let next = self.market.scenario.epoch() + 1;
        self.market.epoch(next)?;
        self.market.scenario.adopt_juror_tree()?;
        for (name, thousands) in PARTIES {
            self.enters(name, thousands * 1_000 * TOKEN);
        }
        for (name, at) in JURORS.into_iter().zip(FIRST_JUROR..) {
            self.enters(name, LOCK);
            self.market.scenario.join_jury(&self.market.parties[at].actor, LOCK)?;
            self.market.parties[at].paid += LOCK;
        }
        for worker in 0..self.market.workers.len() {
            let at = self.market.workers[worker].at;
            if !self.market.scenario.provider_state(&at).place.is_held() {
                continue;
            }
            let pia = &self.market.parties[DELEGATES].actor;
            let position = self.market.scenario.delegate(pia, &at, DELEGATED)?;
            self.market.parties[DELEGATES].paid += DELEGATED;
            self.market.workers[worker].delegated += DELEGATED;
            self.positions[worker] = Some(position);
        }
        self.note("twelve jurors lock stake; Pia delegates to every provider that has a seat");
        let next = self.market.scenario.epoch() + 1;
        self.market.epoch(next)
    }

    fn enters(&mut self, name: &'static str, given: u64) {
        let actor = self.market.scenario.actor(name, given);
        self.market.parties.push(Party { name, actor, given, paid: 0, received: 0 });
    }
}
