//! Principal: what went in comes out, less what was slashed; a withdrawal pays the price to the unit.

use {
    super::{
        books::{Boundary, Model, kind_of},
        exact::{ceil, product_over, staked, value},
    },
    crate::{op::*, system::*},
    work_token_sdk::state::ProviderState,
};

impl Model {
    pub(super) fn pay_in(&mut self, at: At, amount: u64, before: &State, after: &State) {
        self.harvest(at);
        let (old, new) = (before.provider(at.0).pool(kind_of(at)), after.provider(at.0).pool(kind_of(at)));
        assert_eq!(new.tokens, old.tokens + amount, "a deposit is principal");
        let at_par = at.1 == OWNER && before.positions[&at].live_tickets == 0;
        if at_par && old.shares != old.tokens {
            assert_eq!(new.shares, new.tokens, "a pool with one holder is refilled at one share a token");
        } else if old.shares == 0 {
            assert_eq!(new.shares, amount);
        } else {
            assert_eq!(
                new.shares - old.shares,
                product_over(amount, old.shares, old.tokens),
                "shares at today's price"
            );
            assert!(old.shares <= old.tokens * 16);
        }
        self.principal.entry(at).or_default().paid_in += amount;
        self.providers[at.0].price_roundings += u64::from(old.shares != old.tokens);
    }

    /// Shares that leave wait the whole time from their request on, in whatever ticket, and join none that is
    /// older than their pool.
    pub(super) fn assert_ticket(&self, at: At, shares: u64, before: &State, after: &State) {
        let position = &after.positions[&at];
        let (ticket, params) = (&after.tickets[&(at, position.last_ticket)], &before.network.params);
        let generation = before.provider(at.0).pool(kind_of(at)).generation;
        let old = before.tickets.get(&(at, position.last_ticket));
        let joined = old.filter(|ticket| ticket.generation == generation).map_or(0, |ticket| ticket.shares);
        assert_eq!((ticket.generation, ticket.shares), (generation, joined + shares));
        let waits = if at.1 == OWNER { params.own_unbonding_secs } else { params.unbonding_secs };
        let matures_at = (before.now + i64::from(waits)).max(old.map_or(0, |ticket| ticket.matures_at_ts));
        assert_eq!(ticket.matures_at_ts, matures_at);
    }

    pub(super) fn withdraw(&mut self, at: At, number: u32, before: &State, after: &State) {
        self.harvest(at);
        let (ticket, old) = (&before.tickets[&(at, number)], before.provider(at.0));
        let pool = old.pool(kind_of(at));
        let paid = before.balances.stake[at.0] - after.balances.stake[at.0];
        let value = if ticket.generation == pool.generation { value(pool, ticket.shares) } else { 0 };
        let part =
            |claim: u64| if ticket.shares == pool.shares { claim } else { ceil(ticket.shares, claim, pool.shares) };
        let own = at.1 == OWNER;
        let claims = old.reservations.iter().map(|claim| if own { claim.own } else { claim.delegated });
        let held = if value == 0 { 0 } else { claims.map(|claim| part(claim).min(claim)).sum::<u64>().min(value) };
        assert_eq!(paid, value - held, "the value less what open claims hold");
        assert_eq!(after.tickets.get(&(at, number)).map_or(0, |ticket| ticket.held), held);
        assert!(before.now >= ticket.matures_at_ts);
        self.principal.entry(at).or_default().paid_out += paid;
        self.providers[at.0].price_roundings += u64::from(pool.shares != pool.tokens);
    }

    /// Nobody has more principal than he put in, but for the roundings that others left.
    pub(super) fn assert_principal(&self, at: At, state: &State) {
        let Some(principal) = self.principal.get(&at) else { return };
        let mut worth = principal.paid_out;
        if let (Some(provider), Some(position)) = (&state.providers[at.0], state.positions.get(&at)) {
            let pool = provider.pool(kind_of(at));
            if position.generation == pool.generation && pool.shares > 0 {
                worth += value(pool, position.total_shares().0);
            }
            for (_, ticket) in state.tickets.range((at, 0)..=(at, u32::MAX)) {
                worth += ticket.held;
                if ticket.generation == pool.generation && pool.shares > 0 {
                    worth += value(pool, ticket.shares);
                }
            }
        }
        let most = principal.paid_in + self.providers[at.0].price_roundings;
        assert!(worth <= most, "{at:?} has {worth}, put in {}", principal.paid_in);
    }

    /// Time passes: epochs begin, with the stake and the commission of that moment.
    pub(super) fn pass(&mut self, before: &State, after: &State) {
        let clock = before.network.clock();
        for epoch in before.epoch() + 1..=after.epoch() {
            let starts_at = clock.starts_at_ts(work_token_sdk::math::Epoch(epoch)).expect("in range");
            for (known, provider) in self.providers.iter_mut().zip(&before.providers) {
                let Some(provider) = provider else { continue };
                known.boundaries.insert(
                    epoch,
                    Boundary {
                        own_total: provider.own.tokens,
                        delegated_total: provider.delegated.tokens,
                        own_staked: staked(&provider.own),
                        delegated_staked: staked(&provider.delegated),
                        active: provider.state == ProviderState::Active as u8,
                        jailed: provider.state == ProviderState::Jailed as u8,
                    },
                );
                if let Some((bps, _)) = known.announced.filter(|(_, from)| starts_at >= *from) {
                    (known.commission, known.announced) = (bps, None);
                }
                known.commissions.insert(epoch, known.commission);
            }
        }
    }

    pub(super) fn announce(&mut self, number: usize, bps: u16, before: &State) {
        let known = &mut self.providers[number];
        assert!(bps <= 5_000 && bps <= known.commission.saturating_add(500));
        if bps <= known.commission {
            (known.commission, known.announced) = (bps, None);
            known.commissions.insert(before.epoch(), bps);
        } else {
            known.announced = Some((bps, before.now + i64::from(before.network.params.unbonding_secs)));
        }
    }

    /// The provider's memory of its epochs is what was true when they began.
    pub(super) fn assert_records(&self, number: usize, state: &State) {
        let Some(provider) = state.providers[number].as_ref() else { return };
        let known = &self.providers[number];
        assert_eq!(provider.last_touched_epoch, state.epoch().max(provider.registered_epoch));
        assert_eq!(provider.rewards.unsettled_epoch, known.unsettled, "settled or passed");
        for epoch in (state.epoch().saturating_sub(7)).max(1)..=state.epoch() {
            let record = provider.record(work_token_sdk::math::Epoch(epoch)).expect("eight epochs are kept");
            let mut expected = known.boundaries[&epoch];
            let found = Boundary {
                own_total: record.own_total,
                delegated_total: record.delegated_total,
                own_staked: record.own_staked,
                delegated_staked: record.delegated_staked,
                active: record.flags & 2 != 0,
                jailed: expected.jailed,
            };
            if expected.active && !found.active {
                // Below the minimum stake for longer than the grace: the model says only that it must have
                // been below.
                assert!(expected.own_staked < state.network.minimum_stake, "epoch {epoch} of provider {number}");
                expected.active = false;
            }
            assert_eq!(found, expected, "epoch {epoch} of provider {number}");
            assert_eq!(record.commission_bps, known.commissions[&epoch], "commission of epoch {epoch}");
            assert_eq!(record.weight, known.weights.get(&epoch).copied().unwrap_or(0), "weight of epoch {epoch}");
            assert_eq!(record.fees, known.fees.get(&epoch).copied().unwrap_or(0), "fees of epoch {epoch}");
            if epoch >= known.unsettled {
                let eligible =
                    self.holdings.iter().filter(|(at, _)| at.0 == number).map(|(_, holding)| holding.counted(epoch));
                assert_eq!(record.delegated_shares, eligible.sum::<u64>(), "shares that earn in epoch {epoch}");
            }
        }
    }
}
