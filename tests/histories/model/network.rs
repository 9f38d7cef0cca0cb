//! Weights, emission, and the books of the shared vaults.

use {
    super::{books::Model, exact::product_over},
    crate::system::*,
    work_token_sdk::state::EpochState,
};

impl Model {
    /// A provider's books are brought up to date: epochs that leave the ring are passed; their fees are
    /// shared, their weights lost.
    pub(super) fn touch(&mut self, number: usize, before: &State) {
        let (now, oldest) = (before.epoch(), before.epoch().saturating_sub(7));
        let params = before.network.params;
        let length = i64::from(params.epoch_secs);
        while self.providers[number].unsettled < oldest {
            let epoch = self.providers[number].unsettled;
            if self.providers[number].fees.get(&epoch).is_some_and(|fees| *fees > 0) {
                let ends_at = START + i64::from(epoch + 1) * length;
                self.distribute(
                    number,
                    epoch,
                    0,
                    params.leverage,
                    (ends_at, length * i64::from(params.vesting_epochs)),
                );
            }
            self.providers[number].unsettled += 1;
        }
        let known = &mut self.providers[number];
        known.boundaries.retain(|epoch, _| *epoch + 8 > now);
        known.commissions.retain(|epoch, _| *epoch + 8 > now);
        known.weights.retain(|epoch, _| *epoch + 8 > now);
        known.least_own.retain(|epoch, _| *epoch + 8 > now);
    }

    pub(super) fn weigh(&mut self, epoch: u32, providers: &[usize], before: &State, after: &State) {
        let pool = &before.epochs[&epoch];
        let (mut total, mut stakes, mut weighed) = (pool.total_weight, pool.stake_folded, pool.weighed);
        let mut weighted = pool.stake_weighted;
        let stake_before = if pool.weighed == 0 { self.largest_stake() } else { pool.stake_before };
        let mut numbers = providers.to_vec();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let kept = epoch + 8 > before.epoch() && epoch >= before.provider(number).registered_epoch;
            let kept_own = self.kept(number, epoch);
            let known = &mut self.providers[number];
            if !kept || epoch < known.unsettled || known.weights.contains_key(&epoch) {
                continue;
            }
            let boundary = known.boundaries.get(&epoch).copied().unwrap_or_default();
            let leveraged = boundary.own_staked.saturating_mul(u64::from(pool.leverage));
            // `assert_records` holds that only who was below the minimum for longer than the grace lost an
            // epoch's weight to it.
            let record = after.provider(number).record(work_token_sdk::math::Epoch(epoch));
            let is_eligible = record.is_some_and(|record| record.flags & 2 != 0);
            let delegated = boundary.delegated_staked.min(leveraged);
            let is_placed = boundary.active || boundary.jailed;
            let stake = if is_placed { boundary.own_staked + delegated } else { 0 };
            let earning = if boundary.active && is_eligible { kept_own + delegated } else { 0 };
            let cap = product_over(stake_before, pool.share_cap_ppm.into(), 1_000_000);
            let capped = if stake_before == 0 { stake } else { stake.min(cap) };
            let weight = if earning == stake { capped } else { product_over(capped, earning, stake) };
            known.weights.insert(epoch, weight);
            *self.burns.epochs.entry(epoch).or_default() += std::mem::take(&mut self.burns.providers[number]);
            (total, stakes, weighed) = (total + weight, stakes + stake, weighed + 1);
            weighted += if weight > 0 { earning } else { 0 };
        }
        let pool = &after.epochs[&epoch];
        assert_eq!((pool.total_weight, pool.stake_folded, pool.weighed), (total, stakes, weighed));
        assert_eq!((pool.stake_before, pool.stake_weighted), (stake_before, weighted));
    }

    /// Of the last eight finalized epochs that had any.
    pub(super) fn largest_stake(&self) -> u64 {
        self.stakes.iter().rev().take(8).copied().max().unwrap_or(0)
    }

    pub(super) fn finalize(&mut self, epoch: u32, before: &State, after: &State) {
        let (pool, params) = (&before.epochs[&epoch], &before.network.params);
        let stake = pool.stake_weighted;
        if pool.stake_folded > 0 {
            self.stakes.push(pool.stake_folded);
        }
        let largest = self.largest_stake();
        let mut emitted = 0;
        if pool.total_weight > 0 && epoch + 8 > before.epoch() {
            let scaled = |of: u64| if stake < largest { product_over(of, stake, largest) } else { of };
            let room = params.max_supply.saturating_sub(before.balances.supply);
            let whole = params.emission_per_epoch.min(room);
            let keepers = product_over(whole, params.keeper_share_ppm.into(), 1_000_000);
            let (providers, keepers) = (scaled(whole - keepers), scaled(keepers));
            emitted = providers + keepers;
            let carried = if stake < largest { product_over(self.carried, stake, largest) } else { self.carried };
            self.carried -= carried;
            assert_eq!(after.epochs[&epoch].emission, emitted - keepers + carried);
        } else {
            assert_eq!(after.epochs[&epoch].emission, 0, "without weight nothing is emitted");
        }
        let burned = std::mem::take(&mut self.burns.network) + self.burns.epochs.remove(&epoch).unwrap_or(0);
        assert_eq!(after.balances.supply + burned, before.balances.supply + emitted, "debt that was paid burns");
        let week = u32::try_from(before.now / (7 * 86_400)).expect("a week of unix time");
        self.weeks.push((week, emitted));
        if emitted > 0 {
            let year = self.weeks.iter().filter(|(at, _)| at + 54 > week).map(|(_, emitted)| emitted).sum::<u64>();
            assert_eq!(after.network.emission.weeks.iter().sum::<u64>(), year, "what 54 weeks emitted");
            assert!(year <= params.emission.year_cap);
        }
        assert!(emitted == 0 || after.balances.supply <= params.max_supply);
    }

    /// What an epoch could not hand out is carried; what it was to burn without being finalized burns later.
    pub(super) fn sweep(&mut self, epoch: u32, before: &State) {
        self.carried += before.epochs[&epoch].emission - before.epochs[&epoch].distributed;
        self.burns.network += self.burns.epochs.remove(&epoch).unwrap_or(0);
    }

    /// What a provider that closes leaves: the dust of its delegators' rewards, and debt that was paid.
    pub(super) fn close_provider(&mut self, number: usize, before: &State) {
        self.carried += before.provider(number).rewards.owed;
        self.burns.network += std::mem::take(&mut self.burns.providers[number]);
    }

    /// The shared vaults hold what is owed, to the unit.
    pub(super) fn assert_network(&self, state: &State) {
        assert_eq!(state.network.carried, self.carried, "what the next emission takes over");
        let mut owed = state.network.carried + self.burns.network;
        owed += self.burns.providers.iter().chain(self.burns.epochs.values()).sum::<u64>();
        owed += self.owners.agreements.iter().flatten().map(|agreement| agreement.owed).sum::<u64>();
        for (provider, known) in state.providers.iter().zip(&self.providers) {
            owed += known.fees.values().sum::<u64>();
            owed += provider.as_ref().map_or(0, |provider| provider.rewards.owed + provider.own_rewards().0);
        }
        let finalized = state.epochs.values().filter(|pool| pool.state == EpochState::Finalized as u8);
        owed += finalized.map(|pool| pool.emission - pool.distributed).sum::<u64>();
        assert_eq!(state.balances.reward, owed, "the reward vault");
        for (number, provider) in state.providers.iter().enumerate() {
            let books =
                provider.as_ref().map_or(0, |provider| provider.vault_books().0 + self.providers[number].donated);
            assert_eq!(state.balances.stake[number], books, "the stake vault of provider {number}");
        }
        assert_eq!(state.balances.sum(), state.balances.supply, "no token comes from nowhere or is lost");
        for at in self.principal.keys() {
            self.assert_principal(*at, state);
        }
    }

    pub(super) fn claim_own(&mut self, number: usize, before: &State, after: &State) {
        self.share_own(number, before, after);
        self.vest(number, before);
    }

    /// Own rewards become free linearly, and never sooner.
    pub(super) fn vest(&mut self, number: usize, before: &State) {
        let known = &mut self.providers[number];
        known.own_claimed += self.owners.released[number];
        let free = |(starts_at, duration, amount): &(i64, i64, u64)| {
            let elapsed = (before.now - starts_at).clamp(0, *duration);
            product_over(
                *amount,
                u64::try_from(elapsed).expect("not negative"),
                u64::try_from(*duration).expect("not negative"),
            )
        };
        let most: u64 = known.vesting.iter().map(free).sum();
        assert!(known.own_claimed <= most, "the owner took {} of {most}", known.own_claimed);
        // Entries that are wholly free need no list.
        let taken_over: u64 =
            known.vesting.iter().filter(|entry| entry.0 + entry.1 <= before.now).map(|entry| entry.2).sum();
        if taken_over <= known.own_claimed {
            known.vesting.retain(|entry| entry.0 + entry.1 > before.now);
            known.own_claimed -= taken_over;
        }
    }
}

/// Everybody's epochs of interest: those that can still be opened, and some that cannot.
pub fn epochs_around(state: &State) -> std::ops::RangeInclusive<u32> {
    let now = state.epoch();
    now.saturating_sub(11)..=now
}
