//! Stake pools: formulas against exact arithmetic, and the laws that hold after any history.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used)]

mod support;

use num_bigint::BigInt;
use proptest::prelude::*;
use support::{
    MOST, any_amount, any_pool, any_width, cases,
    exact::{floor, over, product_over, whole},
    part_of,
};
use work_token_math::{Amount, MAX_SHARES_PER_TOKEN, Pool, PoolError, Shares};

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn a_deposit_mints_its_exact_shares_rounded_down_or_names_the_bound_it_breaks(
        pool in any_pool(), amount in any_width(),
    ) {
        let (tokens, shares) = (pool.tokens.0, pool.shares.0);
        let sum = u128::from(tokens) + u128::from(amount);
        let expected = if amount == 0 {
            Err(PoolError::Zero)
        } else if sum > u128::from(MOST) {
            Err(PoolError::TooLarge)
        } else if u128::from(shares) > 16 * u128::from(tokens) {
            Err(PoolError::SlashedTooDeep)
        } else {
            Ok(floor(&product_over(amount, shares, tokens)).expect("below 2^64"))
        };
        match pool.deposit(Amount(amount)) {
            Err(error) => prop_assert_eq!(Err(error), expected),
            Ok((after, minted)) => {
                prop_assert_eq!(Ok(minted.0), expected);
                prop_assert!(minted.0 >= amount, "a share never costs more than a token");
                prop_assert_eq!(u128::from(after.tokens.0), sum);
                prop_assert_eq!(u128::from(after.shares.0), u128::from(shares) + u128::from(minted.0));
                prop_assert_eq!(after.unbonding_shares, pool.unbonding_shares);
                prop_assert!(u128::from(after.shares.0) <= 16 * u128::from(after.tokens.0));
            }
        }
    }

    #[test]
    fn a_first_deposit_mints_a_share_per_token(amount in any_width()) {
        let expected = match amount {
            0 => Err(PoolError::Zero),
            1..=MOST => Ok(Shares(amount)),
            _ => Err(PoolError::TooLarge),
        };
        prop_assert_eq!(Pool::default().deposit(Amount(amount)).map(|(_, minted)| minted), expected);
    }

    #[test]
    fn shares_are_worth_their_exact_part_rounded_down_and_the_last_ones_everything(
        pool in any_pool(), choice in any_width(), beyond in any_width(),
    ) {
        let shares = part_of(pool.shares.0, choice);
        let exact = product_over(shares, pool.tokens.0, pool.shares.0);
        prop_assert_eq!(pool.value(Shares(shares)).0, floor(&exact).expect("at most the pool"));
        let worth = pool.value(Shares(shares));
        for least in [Amount(0), worth, Amount(worth.0 + 1), Amount(u64::MAX), pool.tokens] {
            prop_assert_eq!(pool.is_worth(Shares(shares), least), worth >= least, "{} of {:?}", least.0, pool);
        }
        prop_assert_eq!(pool.value(pool.shares), pool.tokens);
        prop_assert_eq!(pool.value(pool.shares.saturating_add(Shares(beyond))), pool.tokens);
    }

    #[test]
    fn a_release_takes_shares_and_value_out_and_leaves_the_others_at_least_their_price(
        pool in any_pool(), choice in any_width(),
    ) {
        let shares = part_of(pool.shares.0, choice);
        let (after, value) = pool.release(Shares(shares));
        prop_assert_eq!(value, pool.value(Shares(shares)));
        prop_assert_eq!(after.tokens.0, pool.tokens.0 - value.0);
        prop_assert_eq!(after.shares.0, pool.shares.0 - shares);
        prop_assert_eq!(after.unbonding_shares.0, pool.unbonding_shares.0.saturating_sub(shares));
        prop_assert_eq!(after.tokens.is_zero(), after.shares.is_zero(), "only the last share takes the last token");
        let before = BigInt::from(pool.tokens.0) * BigInt::from(after.shares.0);
        let then = BigInt::from(after.tokens.0) * BigInt::from(pool.shares.0);
        prop_assert!(then >= before, "the price of those who stay does not fall");
        let emptied = Pool { generation: pool.generation, ..Pool::default() };
        prop_assert_eq!(pool.release(Shares(u64::MAX)), (emptied, pool.tokens));
    }

    // position-pool-4: every share in the pool answers, those in tickets included.
    #[test]
    fn a_slash_takes_from_every_share_alike_unbonding_or_not(
        pool in any_pool(), choice in any_width(), holding in any_width(),
    ) {
        let amount = part_of(pool.tokens.0, choice);
        let (after, taken, wiped) = pool.slash(Amount(amount));
        let next = Pool { generation: pool.generation + 1, ..Pool::default() };
        prop_assert_eq!(taken, Amount(amount));
        prop_assert_eq!(wiped, amount == pool.tokens.0);
        if wiped {
            prop_assert_eq!(after, next);
        } else {
            prop_assert_eq!(after, Pool { tokens: Amount(pool.tokens.0 - amount), ..pool });
            let shares = part_of(pool.shares.0, holding);
            let exact = product_over(shares, pool.tokens.0 - amount, pool.shares.0);
            prop_assert_eq!(after.value(Shares(shares)).0, floor(&exact).expect("at most the pool"));
        }
        let beyond = pool.slash(Amount(u64::MAX));
        prop_assert_eq!(beyond, (next, pool.tokens, true));
    }

    #[test]
    fn what_is_not_leaving_counts_and_what_is_leaving_does_not(pool in any_pool()) {
        let staked = pool.shares.0 - pool.unbonding_shares.0;
        prop_assert_eq!(pool.staked_shares().0, staked);
        let exact = product_over(staked, pool.tokens.0, pool.shares.0);
        prop_assert_eq!(pool.staked().0, floor(&exact).expect("at most the pool"));
    }

    #[test]
    fn a_request_that_is_cancelled_changes_nothing(pool in any_pool(), choice in any_width()) {
        let shares = Shares(part_of(pool.staked_shares().0, choice));
        let asked = pool.begin_unbonding(shares);
        prop_assert_eq!(asked.unbonding_shares.0, pool.unbonding_shares.0 + shares.0);
        prop_assert_eq!((asked.tokens, asked.shares), (pool.tokens, pool.shares));
        prop_assert_eq!(asked.cancel_unbonding(shares), pool);
        prop_assert_eq!(pool.begin_unbonding(Shares(u64::MAX)).unbonding_shares, pool.shares);
        prop_assert_eq!(pool.cancel_unbonding(Shares(u64::MAX)).unbonding_shares, Shares::ZERO);
    }

    #[test]
    fn a_deposit_that_leaves_at_once_never_profits_and_loses_at_most_one_unit(
        pool in any_pool(), amount in any_amount(),
    ) {
        if let Ok((joined, minted)) = pool.deposit(Amount(amount)) {
            let (after, back) = joined.begin_unbonding(minted).release(minted);
            prop_assert!(back.0 <= amount && back.0 + 1 >= amount, "{} came back for {amount}", back.0);
            prop_assert!(after.tokens >= pool.tokens);
        }
    }

    // position-pool-5.
    #[test]
    fn an_own_pool_slashed_beyond_sixteen_shares_per_token_is_refilled_at_par(
        pool in any_pool(), amount in 1..=MOST,
    ) {
        let par = pool.at_par();
        prop_assert_eq!(par.tokens, pool.tokens);
        prop_assert_eq!(par.value(par.shares), pool.value(pool.shares), "its only holder owns what it owned");
        prop_assert!(par.unbonding_shares.is_zero());
        let room = MOST - pool.tokens.0;
        if room > 0 {
            let amount = amount.min(room);
            prop_assert_eq!(par.deposit(Amount(amount)).map(|(_, minted)| minted), Ok(Shares(amount)));
        }
    }
}

/// One thing that can happen to a pool.
#[derive(Clone, Copy, Debug)]
enum Step {
    Deposit(bool, u64),
    Unbond(bool, u64),
    Cancel(bool, u64),
    Release(bool, u64),
    Slash(u64),
}

fn step(slashes: bool) -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (any::<bool>(), any_amount()).prop_map(|(mine, amount)| Step::Deposit(mine, amount)),
        2 => (any::<bool>(), any_width()).prop_map(|(mine, part)| Step::Unbond(mine, part)),
        1 => (any::<bool>(), any_width()).prop_map(|(mine, part)| Step::Cancel(mine, part)),
        2 => (any::<bool>(), any_width()).prop_map(|(mine, part)| Step::Release(mine, part)),
        u32::from(slashes) => any_width().prop_map(Step::Slash),
    ]
}

/// What one of two owners has put in, holds, and has got out.
#[derive(Clone, Copy, Debug, Default)]
struct Owner {
    put_in: u128,
    got_out: u128,
    deposits: u128,
    staked: u64,
    leaving: u64,
}

#[derive(Clone, Debug, Default)]
struct Ledger {
    pool: Pool,
    owners: [Owner; 2],
    slashed: u128,
}

impl Ledger {
    fn run(&mut self, step: Step) {
        match step {
            Step::Deposit(mine, amount) => {
                let room = MOST - self.pool.tokens.0;
                if let Ok((pool, minted)) = self.pool.deposit(Amount(amount.min(room))) {
                    self.pool = pool;
                    let owner = self.owner(mine);
                    owner.put_in += u128::from(amount.min(room));
                    owner.deposits += 1;
                    owner.staked += minted.0;
                }
            }
            Step::Unbond(mine, part) => {
                let owner = self.owner(mine);
                let shares = part_of(owner.staked, part);
                owner.staked -= shares;
                owner.leaving += shares;
                self.pool = self.pool.begin_unbonding(Shares(shares));
            }
            Step::Cancel(mine, part) => {
                let owner = self.owner(mine);
                let shares = part_of(owner.leaving, part);
                owner.leaving -= shares;
                owner.staked += shares;
                self.pool = self.pool.cancel_unbonding(Shares(shares));
            }
            Step::Release(mine, part) => {
                let owner = self.owner(mine);
                let shares = part_of(owner.leaving, part);
                owner.leaving -= shares;
                let (pool, value) = self.pool.release(Shares(shares));
                self.owner(mine).got_out += u128::from(value.0);
                self.pool = pool;
            }
            Step::Slash(part) => {
                let amount = part_of(self.pool.tokens.0, part);
                let (pool, taken, wiped) = self.pool.slash(Amount(amount));
                self.pool = pool;
                self.slashed += u128::from(taken.0);
                if wiped {
                    for owner in &mut self.owners {
                        (owner.staked, owner.leaving) = (0, 0);
                    }
                }
            }
        }
    }

    fn owner(&mut self, mine: bool) -> &mut Owner {
        let [me, others] = &mut self.owners;
        if mine { me } else { others }
    }

    fn assert_invariants(&self) {
        let Pool { tokens, shares, unbonding_shares, .. } = self.pool;
        let [me, others] = self.owners;
        assert!(tokens.0 <= shares.0, "price theorem: {:?}", self.pool);
        assert!(tokens.0 <= MOST && unbonding_shares <= shares);
        assert_eq!(tokens.is_zero(), shares.is_zero());
        let held = [me.staked, me.leaving, others.staked, others.leaving].map(u128::from).iter().sum::<u128>();
        assert_eq!(held, u128::from(shares.0), "every share belongs to somebody");
        assert_eq!(me.leaving + others.leaving, unbonding_shares.0);
        let out = me.got_out + others.got_out + self.slashed + u128::from(tokens.0);
        assert_eq!(me.put_in + others.put_in, out, "tokens are conserved");
    }
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn tokens_never_exceed_shares_and_nothing_is_lost_after_any_history(
        steps in prop::collection::vec(step(true), 1..120),
    ) {
        let mut ledger = Ledger::default();
        for step in steps {
            ledger.run(step);
            ledger.assert_invariants();
        }
    }

    #[test]
    fn no_sequence_of_one_owner_gains_and_without_slash_each_step_costs_at_most_a_unit(
        slashes in any::<bool>(), steps in prop::collection::vec(step(true), 1..100),
    ) {
        let mut ledger = Ledger::default();
        let mut roundings = 0;
        for step in steps.into_iter().filter(|step| slashes || !matches!(step, Step::Slash(_))) {
            roundings += u128::from(matches!(step, Step::Deposit(..) | Step::Release(..)));
            ledger.run(step);
        }
        // The others can leave dust to those who stay, less than a unit a step; without them nothing is
        // gained at all.
        for mine in [true, false] {
            let dust = roundings - ledger.owner(mine).deposits;
            ledger.run(Step::Unbond(mine, 1));
            ledger.run(Step::Release(mine, 1));
            let owner = *ledger.owner(mine);
            prop_assert!(owner.got_out <= owner.put_in + dust, "{owner:?}");
            if !slashes {
                prop_assert!(owner.got_out + roundings + 1 >= owner.put_in, "{owner:?}");
            }
        }
        ledger.assert_invariants();
    }

    #[test]
    fn an_owner_alone_with_any_pool_never_gains_whatever_it_does(
        pool in any_pool(), steps in prop::collection::vec(step(false), 1..60),
    ) {
        let mut ledger = Ledger { pool: Pool { unbonding_shares: Shares::ZERO, ..pool }, ..Ledger::default() };
        for step in steps {
            let step = match step {
                Step::Deposit(_, amount) => Step::Deposit(true, amount),
                Step::Unbond(_, part) => Step::Unbond(true, part),
                Step::Cancel(_, part) => Step::Cancel(true, part),
                Step::Release(_, part) => Step::Release(true, part),
                Step::Slash(part) => Step::Slash(part),
            };
            ledger.run(step);
        }
        let [me, _] = ledger.owners;
        let mine = u128::from(ledger.pool.value(Shares(me.staked + me.leaving)).0);
        prop_assert!(me.got_out + mine <= me.put_in, "{me:?}");
        prop_assert!(ledger.pool.tokens.0 >= u64::try_from(mine).expect("an amount") + pool.tokens.0);
    }
}

#[test]
fn the_largest_pool_holds_its_shares_in_64_bits() {
    let deep = Pool {
        tokens: Amount(1),
        shares: Shares(MAX_SHARES_PER_TOKEN),
        unbonding_shares: Shares::ZERO,
        ..Pool::default()
    };
    let (full, minted) = deep.deposit(Amount(MOST - 1)).expect("at the limit, not beyond it");
    assert_eq!(minted, Shares((MOST - 1) * 16));
    assert_eq!((full.tokens.0, full.shares.0), (MOST, MOST * 16));
    assert_eq!(full.deposit(Amount(1)), Err(PoolError::TooLarge));
    assert_eq!(full.value(Shares(16)), Amount(1));
    assert_eq!(whole(full.shares.0), over(MOST, 1) * whole(16));
}

#[test]
fn a_pool_slashed_beyond_fifteen_sixteenths_refuses_deposits_and_pays_exits() {
    let pool = Pool { tokens: Amount(1_000), shares: Shares(1_000), unbonding_shares: Shares(500), ..Pool::default() };
    let (at_limit, ..) = pool.slash(Amount(937));
    assert_eq!(at_limit.deposit(Amount(10)).map(|(_, minted)| minted), Ok(Shares(158)));
    let (beyond, ..) = pool.slash(Amount(938));
    assert_eq!(beyond.deposit(Amount(10)), Err(PoolError::SlashedTooDeep));
    assert_eq!(beyond.release(Shares(500)).1, Amount(31));
}
