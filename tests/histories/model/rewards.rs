//! Who earned what: every epoch's reward shared over those who held shares from its beginning until it was
//! settled.

use {
    super::{
        books::Model,
        exact::{product_over, staked, whole},
        holding::Holding,
    },
    crate::{op::*, system::*},
    num_bigint::BigInt,
    num_rational::BigRational,
    work_token_sdk::state::EpochPool,
};

impl Model {
    pub(super) fn harvest(&mut self, at: At) {
        if at.1 != OWNER {
            let unsettled = self.providers[at.0].unsettled;
            self.holdings.entry(at).or_default().harvest(unsettled);
        }
    }

    pub(super) fn deposit(&mut self, at: At, amount: u64, before: &State, after: &State) {
        self.harvest(at);
        let minted = after.provider(at.0).delegated.shares - before.provider(at.0).delegated.shares;
        self.holdings.entry(at).or_default().add(before.epoch() + 1, minted);
        self.pay_in(at, amount, before, after);
    }

    /// The least own stake that stayed all through an epoch.
    pub(super) fn kept(&self, number: usize, epoch: u32) -> u64 {
        let known = &self.providers[number];
        let began_with = known.boundaries.get(&epoch).map_or(0, |boundary| boundary.own_staked);
        known.least_own.get(&epoch).map_or(began_with, |least| *least.min(&began_with))
    }

    pub(super) fn request(&mut self, at: At, shares: u64, after: &State) {
        self.harvest(at);
        if at.1 == OWNER {
            let staked = staked(&after.provider(at.0).own);
            let least = self.providers[at.0].least_own.entry(after.epoch()).or_insert(staked);
            *least = staked.min(*least);
        }
        if let Some(holding) = self.holdings.get_mut(&at) {
            holding.take(shares);
        }
    }

    pub(super) fn cancel(&mut self, at: At, shares: u64, epoch: u32) {
        self.harvest(at);
        if at.1 != OWNER {
            self.holdings.entry(at).or_default().add(epoch + 1, shares);
        }
    }

    pub(super) fn claim(&mut self, at: At, before: &State, after: &State) {
        self.harvest(at);
        self.holdings.entry(at).or_default().claimed += before.balances.reward - after.balances.reward;
    }

    pub(super) fn restake(&mut self, at: At, before: &State, after: &State) {
        let amount = before.balances.reward - after.balances.reward;
        self.claim(at, before, after);
        self.deposit(at, amount, before, after);
    }

    pub(super) fn activate(&mut self, at: At, before: &State, after: &State) {
        let bounty = before.balances.reward - after.balances.reward;
        assert!(bounty == 0 || bounty == before.network.activation_bounty());
        self.claim(at, before, after);
    }

    pub(super) fn wipe(&mut self, provider: usize) {
        for (_, holding) in self.holdings.iter_mut().filter(|(at, _)| at.0 == provider) {
            // What waited for an epoch that is settled is still paid up to the end of the generation.
            holding.roundings += 3;
            holding.ended_lot = holding.ended_lot.into_iter().chain(holding.lots.iter().map(|lot| lot.0)).min();
            holding.active = 0;
            holding.lots.clear();
            holding.wipes += 1;
        }
    }

    /// Shares what a provider got for an epoch: the owner's part, the delegators' part, and what nobody was
    /// eligible for.
    pub(super) fn distribute(
        &mut self,
        number: usize,
        epoch: u32,
        emission: u64,
        leverage: u32,
        vesting: (i64, i64),
    ) -> u64 {
        let fees = self.providers[number].fees.remove(&epoch).unwrap_or(0);
        let boundary = self.providers[number].boundaries.get(&epoch).copied().unwrap_or_default();
        let commission = self.providers[number].commissions[&epoch];
        let counted = |holding: &Holding| holding.counted(epoch);
        let eligible: u64 =
            self.holdings.iter().filter(|(at, _)| at.0 == number).map(|(_, holding)| counted(holding)).sum();
        let own = boundary.own_staked;
        let kept = self.kept(number, epoch);
        let leverage = u64::from(leverage);
        let delegated = boundary.delegated_staked.min(own.saturating_mul(leverage));
        let (to_own, to_delegated, reclaimed);
        if delegated == 0 && (own > 0 || eligible < 1 << 20) {
            (to_own, to_delegated, reclaimed) = (emission + fees, 0, 0);
        } else {
            let shared_fees = if eligible >= 1 << 20 { fees } else { 0 };
            // Without own stake as if there were a unit of it, and the whole leverage behind it.
            let (unit, behind) = if own == 0 { (1, leverage) } else { (own, delegated) };
            let of_fees = product_over(shared_fees, unit, unit + behind);
            let shared = emission + shared_fees;
            let rest = shared - product_over(emission, kept, kept + delegated) - of_fees;
            let commission = product_over(rest, commission.into(), 10_000);
            let delegators = rest - commission;
            if eligible >= 1 << 20 {
                (to_own, to_delegated, reclaimed) = (shared - delegators, delegators, 0);
            } else {
                (to_own, to_delegated, reclaimed) = (shared - delegators + fees, 0, delegators);
            }
        }
        if to_delegated > 0 {
            for (_, holding) in self.holdings.iter_mut().filter(|(at, _)| at.0 == number) {
                let shares = holding.counted(epoch);
                if shares > 0 {
                    holding.earned += BigRational::new(BigInt::from(to_delegated) * shares, eligible.into());
                }
            }
        }
        let provider = &mut self.providers[number];
        if to_own > 0 {
            provider.vesting.push((vesting.0, vesting.1, to_own));
        }
        provider.settlements += 1;
        self.expected[number].0 += to_delegated;
        self.expected[number].1 += to_own;
        reclaimed
    }

    pub(super) fn settle(&mut self, epoch: u32, providers: &[usize], before: &State, after: &State) {
        let pool: EpochPool = before.epochs[&epoch];
        let (mut distributed, mut done) = (0, Vec::new());
        for number in providers {
            if done.contains(number) || !self.is_next(*number, epoch, before) {
                continue;
            }
            done.push(*number);
            let weight = self.providers[*number].weights.get(&epoch).copied().unwrap_or(0);
            let emission = product_over(pool.emission, weight, pool.total_weight);
            let length = pool.ends_at_ts - pool.starts_at_ts;
            let vesting = (pool.ends_at_ts, length * i64::from(before.network.params.vesting_epochs));
            distributed += emission - self.distribute(*number, epoch, emission, pool.leverage, vesting);
            self.providers[*number].unsettled = epoch + 1;
        }
        assert_eq!(after.epochs[&epoch].distributed, pool.distributed + distributed, "what the epoch handed out");
        assert_eq!(after.epochs[&epoch].settled, pool.settled + done.len() as u32, "who was settled");
    }

    /// Whether an epoch is the next that a provider can be settled for: no earlier one brings anything
    /// (epoch-settle-1).
    fn is_next(&self, number: usize, epoch: u32, before: &State) -> bool {
        let provider = &self.providers[number];
        let registered = before.provider(number).registered_epoch;
        let brings = |epoch: u32| {
            provider.weights.get(&epoch).is_some_and(|w| *w > 0) || provider.fees.get(&epoch).is_some_and(|f| *f > 0)
        };
        epoch >= provider.unsettled.max(registered)
            && epoch + 8 > before.epoch()
            && !(provider.unsettled..epoch).any(brings)
    }

    /// Nobody gets more than he earned, and he gets it to the unit, but for what was rounded.
    pub(super) fn assert_rewards(&self, number: usize, state: &State) {
        let Some(provider) = state.providers[number].as_ref() else { return };
        let mut open = 0;
        for (at, holding) in self.holdings.iter().filter(|(at, _)| at.0 == number) {
            let claimable = state.positions.get(at).map_or(0, |position| {
                let (mut position, mut provider) = (*position, *provider);
                provider.touch(&state.network, &state.network.terms(state.now));
                provider.harvest(&mut position);
                position.credited
            });
            open += claimable;
            let got = whole(holding.claimed + claimable);
            let moved = whole(1 + self.providers[number].settlements / 16);
            assert!(got <= &holding.earned + &moved, "{at:?} got {got} of {}", holding.earned);
            let least = &holding.earned - &moved - whole(holding.roundings + 3);
            let lossy = holding.lossy || holding.has_waited(provider.rewards.unsettled_epoch);
            assert!(lossy || got >= least, "{at:?} got {got} of {}", holding.earned);
        }
        let mut provider = *provider;
        provider.touch(&state.network, &state.network.terms(state.now));
        assert!(open <= provider.rewards.owed, "delegators can claim {open}, the books hold {}", provider.rewards.owed);
    }

    /// The delegators' and the owner's books moved by what was to be shared, less what was paid.
    pub(super) fn assert_books(&mut self, op: &Op, before: &State, after: &State) {
        let paid = before.balances.reward.saturating_sub(after.balances.reward);
        for (number, (to_delegated, to_own)) in self.expected.into_iter().enumerate() {
            let (Some(old), Some(new)) = (before.providers[number], after.providers[number]) else { continue };
            let to_holder = match op {
                Op::Claim { at } | Op::Restake { at } | Op::Activate { at } => at.0 == number,
                Op::RestakeFor { at } => at.0 == number && at.1 != OWNER,
                _ => false,
            };
            let from = |yes: bool| if yes { paid } else { 0 };
            assert_eq!(
                new.rewards.owed + from(to_holder),
                old.rewards.owed + to_delegated,
                "the delegators of {number}"
            );
            let released = self.owners.released[number];
            assert_eq!(new.own_rewards().0 + released, old.own_rewards().0 + to_own, "the owner of {number}");
            assert_eq!(new.rewards.unsettled_epoch.max(self.providers[number].unsettled), new.rewards.unsettled_epoch);
        }
    }
}
