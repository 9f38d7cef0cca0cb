//! One epoch, in its order: work, reports, scores, weights, emission, pay.

use {
    super::{
        attesters::Shard,
        chance::around,
        provider::Record,
        world::{Turn, World},
    },
    work_token_sdk::math::{
        Amount, Bps, Ppm, Shares,
        emission::{Emission, Limits, of_epoch, scaled},
        places::{MinimumInputs, next_cap, next_minimum},
        reward::{of_emission, split},
        snapshot::Snapshot,
    },
};

/// What weighing brought together.
#[derive(Clone, Copy, Debug, Default)]
struct Folded {
    /// Of everybody that was weighed.
    stake: Amount,
    /// Of those who got weight.
    weighted: Amount,
    /// Of those whom the attesters had a value for.
    attested: Amount,
    weight: u64,
}

impl World {
    /// Lets an epoch pass. Fails when a base unit came or went unseen.
    pub fn next_epoch(&mut self) -> Result<(), String> {
        self.epoch += 1;
        self.turn();
        self.measure();
        self.work();
        let shard = self.attest();
        let folded = self.score_and_weigh(&shard);
        self.write_tree();
        let (emission, attesters) = self.finalize(&folded, &shard);
        self.settle(emission, folded.weight);
        let paid = self.pay_attesters(&shard, attesters);
        self.vaults.carried += attesters - paid;
        for provider in &mut self.providers {
            provider.record = Record::default();
        }
        self.audit()
    }

    /// What the canary tasks of the epoch bring to light.
    fn measure(&mut self) {
        for (truth, quality) in self.truths.iter_mut().zip(&self.qualities) {
            *truth = quality.map(|quality| around(&mut self.chance.truth, quality, self.scene.canary_bps));
        }
    }

    /// Lets those cheat who did not from the start. New identities are registered with stake once it has left
    /// the old one.
    fn turn(&mut self) {
        let Some(Turn { epoch, splitter, identities, slacker, slack }) = self.turn else { return };
        if self.epoch == epoch {
            self.providers[slacker].conduct = slack;
            let whole = self.providers[splitter].own;
            let part = Amount(whole.0 / identities);
            self.providers[splitter].own = part;
            self.providers[splitter].leaving = Amount(whole.0 - part.0);
        }
        if self.epoch == epoch + self.rules.own_unbonding_epochs {
            let (owner, conduct) = (self.providers[splitter].owner, self.providers[splitter].conduct);
            let mut free = std::mem::take(&mut self.providers[splitter].leaving).0;
            for left in (1..identities).rev() {
                let part = free / left;
                free -= part;
                self.register(owner, Amount(part), conduct);
            }
        }
    }

    /// Scores everybody, and weighs with the tiers that the epoch began with.
    fn score_and_weigh(&mut self, shard: &Shard) -> Folded {
        let stake_before = self.largest_stake();
        let mut folded = Folded::default();
        let all = self.providers.iter_mut().zip(&shard.medians);
        for (provider, medians) in all.filter(|(provider, _)| provider.is_eligible(self.epoch)) {
            let tier_before = provider.tier;
            provider.score(*medians, self.epoch, &self.rules);
            let weighed = provider.weigh(tier_before, &self.rules, stake_before);
            folded.stake = folded.stake.saturating_add(weighed.stake);
            if medians.iter().any(Option::is_some) {
                folded.attested = folded.attested.saturating_add(weighed.stake);
            }
            if weighed.weight > 0 {
                folded.weighted = folded.weighted.saturating_add(weighed.earning);
            }
            folded.weight += weighed.weight;
        }
        folded
    }

    /// The weights become the leaves of the epoch after the next.
    fn write_tree(&mut self) {
        let epoch = self.epoch + 2;
        let places = next_cap(self.rules.place_cap, 0, 0, Amount::ZERO) as usize;
        assert!(self.providers.len() <= places, "a place for everybody");
        self.trees[(epoch % 2) as usize].write(epoch, self.providers.iter().map(|provider| provider.weight));
    }

    /// Emits the epoch's tokens. Returns what the providers share and what the attesters do.
    fn finalize(&mut self, folded: &Folded, shard: &Shard) -> (Amount, u64) {
        if folded.weight == 0 {
            return (Amount::ZERO, 0);
        }
        let largest = self.largest_stake().max(folded.stake);
        let attester_share = if shard.weighted_points() > 0 { self.rules.attester_share } else { Default::default() };
        let room = Amount(self.rules.max_supply.0.saturating_sub(self.supply()));
        let emitted: Emission = of_epoch(&Limits {
            whole: self.rules.emission_per_epoch.min(room),
            weighted: folded.weighted,
            attested: folded.attested,
            largest_stake: largest,
            keeper_share: self.rules.keeper_share,
            attester_share,
            treasury_share: Ppm::ZERO,
            treasury_room: Amount::ZERO,
            work_share: Ppm::ZERO,
            units: 0,
            most_units: 0,
        });
        let carried = scaled(Amount(self.vaults.carried), folded.weighted, largest);
        self.vaults.carried -= carried.0;
        self.vaults.minted += emitted.total().0;
        self.vaults.keepers += emitted.keepers.0;
        self.vaults.reward += emitted.providers.0 + emitted.attesters.0;
        let slot = self.epoch as usize % self.stakes.len();
        self.stakes[slot] = folded.stake;
        let inputs = MinimumInputs { supply: Amount(self.supply()), ..MinimumInputs::default() };
        self.minimum_stake = next_minimum(self.minimum_stake, &self.rules.minimum, &inputs);
        (emitted.providers.saturating_add(carried), emitted.attesters.0)
    }

    /// Pays each provider its part of the emission and its fees. What rounding leaves joins the next
    /// emission.
    fn settle(&mut self, emission: Amount, total_weight: u64) {
        let mut left = emission;
        for provider in &self.providers {
            let part = of_emission(emission, provider.weight, total_weight);
            let snapshot = Snapshot {
                own_total: provider.own.saturating_add(provider.leaving),
                own_staked: provider.own,
                own_kept: provider.own,
                delegated_total: Amount::ZERO,
                delegated_staked: Amount::ZERO,
                delegated_shares: Shares::ZERO,
                commission: Bps::ZERO,
            };
            let reward = split(part, provider.record.fees, &snapshot, self.rules.leverage).own;
            self.agents[provider.owner].earn(part.0, reward.0 - part.0);
            self.vaults.reward -= reward.0;
            left = Amount(left.0 - part.0);
        }
        self.vaults.carried += left.0;
    }
}
