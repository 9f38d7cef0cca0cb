//! Scores: attesters, and the seed by which they are drawn.

use {
    crate::{Actor, Scenario},
    work_token_sdk::{AttesterAddresses, ix, transport::TransportError},
};

impl Scenario {
    /// Somebody locks a bond, and takes the first free place of the roster or aims at the smallest bond.
    pub fn register_attester(&self, owner: &Actor, bond: u64) -> Result<AttesterAddresses, TransportError> {
        let attester = AttesterAddresses::derive(self.network, owner.address());
        self.send(&[ix::register_attester(&attester, owner.tokens, bond)], &[owner])?;
        Ok(attester)
    }

    /// Lets the armed slot of the present epoch's seed come.
    pub fn wait_for_beacon(&self) {
        self.wait_for_slot(self.network_state().beacon.slot);
    }

    /// Arms the present epoch's seed, waits for its slot and captures it, unless that is done.
    pub fn capture_beacon(&self) -> Result<(), TransportError> {
        if self.network_state().beacon.seed_of(self.now_epoch()).is_some() {
            return Ok(());
        }
        let advance = ix::advance_beacon(&self.network.network, None);
        self.send(std::slice::from_ref(&advance), &[])?;
        self.wait_for_beacon();
        self.send(&[advance], &[]).map(|_| ())
    }
}
