//! Providers: their registration, operators and offers.

use {
    crate::{Actor, Localnet, Scenario},
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{
        Instruction, ProviderAddresses,
        args::SetOfferArgs,
        ix,
        limits::MAX_JOB_CLASSES,
        math::Amount,
        state::{PoolKind, Provider, provider::record_flags::KEPT},
        transport::{Outcome, TransportError},
    },
};

/// The instruction with which an owner registers its provider.
pub fn register_ix(
    provider: &ProviderAddresses,
    operator: Pubkey,
    reward_destination: Pubkey,
    commission_bps: u16,
) -> Instruction {
    let metadata_hash = [0; 32];
    let input = ix::RegisterProvider { operator, reward_destination, metadata_hash, commission_bps };
    ix::register_provider(provider, input)
}

/// The instruction with which an owner offers to work in `classes` for at least `floor`.
pub fn offer_ix(provider: &ProviderAddresses, classes: u16, floor: u64) -> Instruction {
    let args = SetOfferArgs { classes, floors: [floor; MAX_JOB_CLASSES], ..SetOfferArgs::default() };
    ix::set_offer(provider, provider.owner, &args)
}

impl Localnet {
    /// Constructs that a slash took tokens out of a pool of a provider that was touched: they burn. Returns
    /// how much it was.
    pub fn slash(&self, provider: &Pubkey, kind: PoolKind, amount: u64) -> u64 {
        let (mut taken, mut vault) = (Amount::ZERO, Pubkey::default());
        self.change(provider, |state: &mut Provider| {
            (taken, vault) = (state.slash(kind, Amount(amount)), state.stake_vault);
        });
        if taken > Amount::ZERO {
            self.burn_tokens(&vault, taken.0);
        }
        taken.0
    }

    /// Constructs that a provider which was touched in the present epoch earned a fee.
    pub fn earn_fee(&self, provider: &Pubkey, epoch: u32, amount: u64) {
        self.change(provider, |state: &mut Provider| {
            let record = state.records.iter_mut().find(|record| record.epoch == epoch && record.flags & KEPT != 0);
            record.expect("the provider was touched").fees += amount;
        });
    }
}

impl Scenario {
    /// Registers a provider for `owner` with a commission, and stakes `stake` of the owner's tokens unless it
    /// is zero. With the minimum stake it takes the first free seat.
    pub fn register(
        &self,
        owner: &Actor,
        commission_bps: u16,
        stake: u64,
    ) -> Result<ProviderAddresses, TransportError> {
        let provider = ProviderAddresses::derive(self.network, owner.address());
        let operator = self.unfunded(&operator_name(owner)).address();
        let mut instructions = vec![register_ix(&provider, operator, owner.tokens, commission_bps)];
        if stake > 0 {
            instructions.push(ix::stake_self(&provider, owner.tokens, stake));
        }
        let network = self.network_state();
        let minimum = network.minimum_of_next(network.epoch_at(self.now()));
        if stake >= minimum.0
            && network.queue.waiting() == 0
            && let Some(index) = network.first_free_place()
        {
            instructions.push(ix::take_place(&provider, index));
        }
        self.send(&instructions, &[owner])?;
        Ok(provider)
    }

    /// Somebody whose provider stakes all that it has.
    pub fn owner(
        &self,
        name: &str,
        commission_bps: u16,
        stake: u64,
    ) -> Result<(Actor, ProviderAddresses), TransportError> {
        let owner = self.actor(name, stake);
        let provider = self.register(&owner, commission_bps, stake)?;
        Ok((owner, provider))
    }

    /// A provider offers to work in `classes` for at least `floor`, from the next epoch on.
    pub fn offer(
        &self,
        owner: &Actor,
        provider: &ProviderAddresses,
        classes: u16,
        floor: u64,
    ) -> Result<Outcome, TransportError> {
        self.send(&[offer_ix(provider, classes, floor)], &[owner])
    }

    /// The operator of an owner's provider in this scenario.
    pub fn operator_of(&self, owner: &Actor) -> Actor {
        self.person(&operator_name(owner))
    }

    /// A provider's account.
    pub fn provider_state(&self, provider: &ProviderAddresses) -> Provider {
        self.read(&provider.provider)
    }
}

fn operator_name(owner: &Actor) -> String {
    format!("operator of {}", owner.address())
}
