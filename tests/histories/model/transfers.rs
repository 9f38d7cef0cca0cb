//! Shares that change their holder, and stake that comes of rewards without its holder.

use {
    super::{books::Model, exact::value},
    crate::{op::*, system::*},
    work_token_sdk::{WorkTokenError as E, limits::AUTO_RESTAKE_EPOCHS, state::Delegation},
};

impl Model {
    /// The pool is as it was: whoever has the shares answers for what is open, and earns in every epoch that
    /// is not settled.
    pub(super) fn transfer(&mut self, from: At, to: At, shares: u64, before: &State, after: &State) {
        self.harvest(from);
        self.harvest(to);
        let pool = before.provider(from.0).delegated;
        assert_eq!(after.provider(from.0).delegated, pool, "shares stay in their pool");
        assert_eq!(after.balances, before.balances, "no token moves");
        let giver = self.holdings.get_mut(&from).expect("somebody who has shares");
        giver.active = giver.active.checked_sub(shares).expect("only active shares are given");
        self.holdings.get_mut(&to).expect("harvested").active += shares;
        let worth = value(&pool, shares);
        self.principal.entry(from).or_default().paid_out += worth;
        self.principal.entry(to).or_default().paid_in += worth;
        self.providers[from.0].price_roundings += u64::from(pool.shares != pool.tokens);
        let minimum = before.network.params.minimum_delegation;
        for (at, may_be_empty) in [(from, true), (to, false)] {
            let left = after.positions[&at].total_shares().0;
            assert!((may_be_empty && left == 0) || value(&pool, left) >= minimum, "{at:?} holds {left} shares");
        }
        let gave_all = after.positions[&from].total_shares().0 == 0;
        assert!(!(gave_all && after.positions[&from].auto_restakes()), "who has left comes back by itself");
        let is_direct = |at: &At| after.positions[at].is_direct();
        assert!(!is_direct(&from) || is_direct(&to), "a voice that its holder had never passes to the owner");
        self.transfers += 1;
    }

    /// The holder asked for it; the keeper has at most a tenth, the rest is a deposit.
    pub(super) fn restake_for(&mut self, at: At, before: &State, after: &State) {
        let earned = before.balances.reward - after.balances.reward;
        let bounty = after.balances.keeper - before.balances.keeper;
        let each = before.network.activation_bounty();
        assert_eq!(bounty, if earned >= each * 10 { each } else { 0 });
        let old = &before.positions[&at];
        assert!(old.auto_restakes() && old.total_shares().0 > 0);
        let last = old.auto_restake.last_epoch_plus_one;
        assert!(last == 0 || before.epoch() + 1 >= last + AUTO_RESTAKE_EPOCHS);
        if at.1 == OWNER {
            assert!(self.owners.agreements[at.0].is_none(), "what is shared is claimed, not restaked");
            assert_eq!(self.release(at.0, before).1, earned);
            self.vest(at.0, before);
            self.pay_in(at, earned - bounty, before, after);
        } else {
            self.claim(at, before, after);
            self.deposit(at, earned - bounty, before, after);
        }
        let lots = |state: &State| state.positions[&at].pending.iter().map(|lot| lot.shares).sum::<u64>();
        let minted = after.provider(at.0).delegated.shares - before.provider(at.0).delegated.shares;
        assert!(at.1 == OWNER || lots(after) <= lots(before) + minted, "no lot is moved by a stranger");
        self.restakes += 1;
    }

    pub(super) fn refuses_transfer(&self, from: At, to: usize, shares: u64, error: E, state: &State) -> bool {
        match error {
            E::SameHolder => state.holder(from) == state.holder((from.0, to)),
            E::WrongAccountOwner => !state.positions.contains_key(&from),
            E::Paused => state.now < state.network.paused_until_ts,
            E::ProviderRetiring => state.provider(from.0).is_leaving(),
            E::OpenClaims => state.provider(from.0).reservations.iter().any(|claim| claim.delegated > 0),
            E::OwnerCannotDelegate => state.holder((from.0, to)) == state.owner(from.0),
            E::NotThePool => from.1 == OWNER,
            E::ZeroAmount => shares == 0,
            E::InsufficientShares => {
                let (mut provider, mut position) = (*state.provider(from.0), state.positions[&from]);
                provider.touch(&state.network, &state.network.terms(state.now));
                provider.harvest(&mut position);
                position.shares < shares
            }
            E::RestBelowMinimum | E::BelowMinimumDelegation => true,
            E::ReceiverNotDirect => {
                let receiver = state.positions.get(&(from.0, to));
                let holds_others = |to: &Delegation| !to.is_direct() && to.total_shares().0 > 0;
                state.positions[&from].is_direct() && receiver.is_some_and(holds_others)
            }
            _ => false,
        }
    }
}
