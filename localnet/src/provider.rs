//! Providers on a scenario's network: their operators and offers.

use {
    crate::{Actor, Scenario},
    work_token_sdk::{
        ProviderAddresses, ix,
        limits::MAX_JOB_CLASSES,
        transport::{Outcome, TransportError},
    },
};

impl Scenario {
    /// A provider offers to work in `classes` for at least `floor`, from the next epoch on.
    pub fn offer(
        &self,
        owner: &Actor,
        provider: &ProviderAddresses,
        classes: u16,
        floor: u64,
    ) -> Result<Outcome, TransportError> {
        let args =
            work_token_sdk::args::SetOfferArgs { classes, floors: [floor; MAX_JOB_CLASSES], ..Default::default() };
        self.send(&[ix::set_offer(provider, provider.owner, &args)], &[owner])
    }

    /// The operator of an owner's provider in this scenario.
    pub fn operator_of(&self, owner: &Actor) -> Actor {
        self.person(&format!("operator of {}", owner.address()))
    }
}
