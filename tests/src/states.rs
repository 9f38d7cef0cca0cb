//! States without the way to them: disputes' claims, executed slashes, fees of jobs. They are constructed
//! with the interface's own methods, so the books are those that the instructions keep.

use {
    crate::world::{Owner, World},
    bytemuck::Zeroable,
    work_token_sdk::{
        math::{Amount, Epoch},
        state::{PoolKind, Provider, ProviderState, Reservation, VaultKind},
    },
};

impl World {
    /// Edits a provider's account in place.
    pub fn edit_provider(&self, owner: &Owner, edit: impl FnOnce(&mut Provider)) {
        self.scenario.change(&owner.at.provider, edit);
    }

    /// A provider leaves the active set, with its place, as jailing and expelling do.
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
        let taken = self.scenario.slash(&owner.at.provider, kind, amount);
        *self.outside.borrow_mut().burned.entry(self.scenario.network.mint).or_default() += taken;
        taken
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
        self.scenario.earn_fee(&owner.at.provider, self.epoch(), amount);
        self.give(self.scenario.network.vault(VaultKind::Reward), amount);
    }
}
