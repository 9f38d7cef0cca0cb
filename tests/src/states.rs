//! States that no instruction leads to yet: disputes' claims, executed slashes, fees of jobs. They are
//! constructed with the interface's own methods, so the books are those that later instructions will keep.

use {
    crate::world::{Owner, World},
    bytemuck::Zeroable,
    work_token_sdk::{
        math::{Amount, Epoch},
        state::VaultKind,
        state::{PoolKind, Provider, ProviderState, Reservation},
    },
};

impl World {
    /// Edits a provider's account in place.
    pub fn edit_provider(&self, owner: &Owner, edit: impl FnOnce(&mut Provider)) {
        let mut provider = self.provider(owner);
        edit(&mut provider);
        self.scenario.write(&owner.at.provider, &provider);
    }

    /// A provider leaves the active set, with its place, as jailing and expelling will do.
    pub fn lose_place(&self, owner: &Owner, state: ProviderState) {
        self.touch(owner);
        let (mut network, epoch) = (self.network(), self.scenario.now_epoch());
        self.edit_provider(owner, |provider| {
            network.free_place(provider.leave_place(epoch).expect("it has a place"));
            provider.state = state as u8;
        });
        self.scenario.write(&self.scenario.network.network, &network);
    }

    /// Executes a slash: the provider is touched, the pool loses `amount`, the tokens burn. Returns what was
    /// taken.
    pub fn slash(&self, owner: &Owner, kind: PoolKind, amount: u64) -> u64 {
        self.touch(owner);
        let mut taken = Amount::ZERO;
        self.edit_provider(owner, |provider| taken = provider.slash(kind, Amount(amount)));
        self.burn(owner.at.stake_vault, taken.0);
        taken.0
    }

    /// Opens a dispute's claim on both pools of a provider.
    pub fn open_claim(&self, owner: &Owner, dispute: u32, own: u64, delegated: u64) {
        self.edit_provider(owner, |provider| {
            assert!(provider.reservations.iter().any(|claim| claim.claim == 0), "a fifth joins another");
            // No epoch's rewards are frozen.
            provider.open_claim(dispute, true, (Epoch(u32::MAX), Epoch(u32::MAX)), (0, i64::MAX));
            provider.join_claim(dispute);
            provider.reserve(dispute, Amount(own), Amount(delegated));
        });
    }

    /// Ends a dispute without a slash.
    pub fn drop_claim(&self, owner: &Owner, dispute: u32) {
        self.edit_provider(owner, |provider| {
            for claim in provider.reservations.iter_mut().filter(|claim| claim.claim == dispute) {
                *claim = Reservation::zeroed();
            }
        });
    }

    /// Settles a job of a provider: its part of the fee enters the present epoch's record and the reward
    /// vault.
    pub fn earn_fee(&self, owner: &Owner, amount: u64) {
        self.touch(owner);
        let epoch = self.epoch();
        self.edit_provider(owner, |provider| {
            let record = provider.records.iter_mut().find(|record| record.epoch == epoch && record.flags != 0);
            record.expect("the provider was touched").fees += amount;
        });
        self.give(self.scenario.network.vault(VaultKind::Reward), amount);
    }

    /// Takes tokens out of an account and out of existence.
    fn burn(&self, account: work_token_sdk::Pubkey, amount: u64) {
        let mint = self.scenario.network.mint;
        let chain = &self.scenario.chain;
        chain.edit(&account, |data| subtract(data, 64, amount));
        chain.edit(&mint, |data| subtract(data, 36, amount));
        *self.outside.borrow_mut().burned.entry(mint).or_default() += amount;
    }
}

fn subtract(data: &mut [u8], offset: usize, amount: u64) {
    let bytes: &mut [u8] = &mut data[offset..offset + 8];
    let rest = u64::from_le_bytes(bytes.try_into().expect("eight bytes")) - amount;
    bytes.copy_from_slice(&rest.to_le_bytes());
}
