//! States without the way to them: disputes' claims, executed slashes, fees of jobs. They are constructed
//! with the interface's own methods, so the books are those that the instructions keep.

use {
    crate::world::{Owner, World},
    bytemuck::Zeroable,
    work_token_sdk::{
        math::{Amount, Epoch, Ppm, job::split_fee},
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

    /// The next epoch begins, and every earlier one of a provider was passed without anything: lots that were
    /// made before are due.
    pub fn begin_to_earn(&self, owner: &Owner) {
        self.next_epoch();
        self.touch(owner);
        self.edit_provider(owner, |provider| provider.rewards.unsettled_epoch = self.epoch());
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

    /// Settles a job that a stranger had a provider do: its fee, whole, enters the reward vault, and the
    /// books as the settlement of a seat enters it.
    pub fn work(&self, owner: &Owner, fee: u64) {
        self.touch(owner);
        let (params, epoch) = (self.network().params, self.scenario.now_epoch());
        let split = split_fee(Amount(fee), Ppm(params.fee_burn_ppm), Ppm(params.fee_treasury_ppm));
        self.edit_provider(owner, |provider| provider.note_fee(epoch, &split, 0, false));
        self.give(self.scenario.network.vault(VaultKind::Reward), fee);
    }
}
