//! Where the money of a job goes (job-settle-3, job-expire-1, job-escrow-2, job-settle-6).

use {
    crate::*,
    work_token_sdk::{ClientAddresses, SeatAddresses, transport::RawAccount},
};

/// Burned of a fee, and the treasury's part.
const PART: u64 = FEE / 20;
/// What is left of a draw fee after a capture and a draw.
const REST: u64 = draw_fee(1) - 2 * JOB_BOUNTY;

fn settled(outcome: &work_token_sdk::transport::Outcome) -> work_token_sdk::event_types::SeatSettled {
    let found = events(outcome).into_iter().find_map(|event| match event {
        Event::SeatSettled(settled) => Some(settled),
        _ => None,
    });
    found.expect("a fee is paid")
}

#[test]
fn a_settled_fee_joins_the_present_epoch_and_is_shared_with_its_commission() {
    let market = Market::unweighed(&[STAKE], |_| ());
    let ann = &market.owners[0];
    let dora = market.holder("dora", ann, STAKE);
    let market = market.weighed();
    let ann = &market.owners[0];
    let seat = market.submitted(FIXED, FEE);
    market.settle_seat(&seat);
    let epoch = market.epoch();
    assert!(epoch > 3, "not that of acceptance");
    let provider = market.provider(ann);
    assert_eq!(provider.record(math::Epoch(epoch)).unwrap().fees, FEE - 2 * PART);
    assert_eq!((provider.work.burn_due, provider.work.treasury_due), (PART + REST, PART));
    assert_eq!(market.vault(VaultKind::Reward), FEE + REST, "one transfer, whole");
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);

    market.next_epoch();
    market.finalize(epoch - 1, &[]);
    let (treasury, pool) = (market.vault(VaultKind::Treasury), market.weigh(epoch, &[ann]));
    market.wait_for_work_ts(pool.finalizable_from_work_ts());
    let finalized = events(&market.send(&[market.finalize_ix(epoch)], &[])).into_iter().find_map(|event| match event {
        Event::EpochFinalized(finalized) => Some(finalized),
        _ => None,
    });
    let finalized = finalized.expect("the epoch is finalized");
    assert_eq!((finalized.burned, finalized.treasury), (PART + REST, PART));
    assert_eq!(finalized.emission, EMISSION, "the fee is no part of the epoch's pool");
    assert_eq!(market.vault(VaultKind::Treasury) - treasury, PART);
    for earlier in 0..epoch {
        market.settle(earlier, &[ann]);
    }
    let books = || (market.provider(ann).own_rewards().0, market.provider(ann).rewards.owed);
    let before = books();
    market.settle(epoch, &[ann]);
    // Half of it is the delegators', less a tenth of that.
    let shared = EMISSION + FEE - 2 * PART;
    assert_eq!(books(), (before.0 + shared / 2 + shared / 20, before.1 + shared / 20 * 9));
    assert!(market.claim(&dora) >= shared / 20 * 9 - 1);
    assert_invariants(&market);
}

#[test]
fn a_fee_is_shared_without_any_weight_too_and_nothing_is_left_over() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let seat = market.submitted(FIXED, FEE);
    market.settle_seat(&seat);
    let epoch = market.epoch();
    market.go_to_epoch(epoch + 2);
    let pool = market.finalize(epoch, &[]);
    assert_eq!(pool.emission, 0);
    for earlier in 0..epoch {
        market.settle(earlier, &[ann]);
    }
    let before = market.provider(ann).own_rewards().0;
    market.settle(epoch, &[ann]);
    assert_eq!(market.provider(ann).own_rewards().0 - before, FEE - 2 * PART);
    assert_invariants(&market);
}

#[test]
fn burn_and_treasury_are_rounded_down_and_the_provider_keeps_the_dust() {
    let market = Market::new(1);
    let seat = market.submitted(FIXED, 1_999_999);
    let paid = settled(&market.settle_seat(&seat));
    assert_eq!((paid.fee, paid.burned, paid.treasury, paid.refund), (1_999_999, 99_999, 99_999, 0));
    let record = *market.provider(&market.owners[0]).record(math::Epoch(market.epoch())).unwrap();
    assert_eq!(record.fees, 1_999_999 - 2 * 99_999);
    assert_invariants(&market);
}

// A provider that is its own client may draw itself: it pays burn, treasury and draw fee for it.
#[test]
fn a_job_of_ones_own_is_paid_and_counts_neither_as_volume_nor_as_work() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    market.give(ann.actor.tokens, 2 * FEE);
    let at: ClientAddresses = market.scenario.client(&ann.actor).unwrap();
    let order = market.scenario.job_input(&ann.actor, FIXED, FEE);
    let job = market.scenario.create_job(&ann.actor, &at, &order).unwrap();
    let (own, other) = (job.seat(0), market.submitted(FIXED, FEE));
    market.capture(&job);
    market.draw(&own);
    market.accept(&own);
    market.submit(&own);
    market.settle_seat(&own);
    let record = *market.provider(ann).record(math::Epoch(market.epoch())).unwrap();
    assert_eq!((record.fees, record.burned, record.done), (FEE - 2 * PART, 0, 0));
    assert_eq!(market.provider(ann).work.burn_due, PART + REST);
    market.settle_seat(&other);
    let record = *market.provider(ann).record(math::Epoch(market.epoch())).unwrap();
    assert_eq!((record.burned, record.done), (PART, 1), "a stranger's counts");
    assert_invariants(&market);
}

#[test]
fn captures_draws_and_expiries_are_paid_out_of_the_draw_fee() {
    let market = Market::new(1);
    let seat = market.job(FIXED, FEE);
    let keepers = market.vault(VaultKind::Keeper);
    assert_eq!(market.keeper_earns(|| drop(market.capture(&seat.job))), JOB_BOUNTY);
    assert_eq!(market.keeper_earns(|| drop(market.draw(&seat))), JOB_BOUNTY);
    market.pass(600);
    assert_eq!(market.keeper_earns(|| drop(market.draw(&seat))), JOB_BOUNTY, "the silent one released, the next drawn");
    assert_eq!(market.job_state(&seat.job).bounties_left, 8 * JOB_BOUNTY);
    market.pass(2 * HOUR);
    let burned = market.burns(|| assert_eq!(market.keeper_earns(|| drop(market.expire(&seat))), JOB_BOUNTY));
    assert_eq!(burned, 11 * JOB_BOUNTY + 7 * JOB_BOUNTY, "the burned half and what no crank earned");
    assert_eq!((market.vault(VaultKind::Keeper), market.escrow()), (keepers, 0));
    assert_invariants(&market);
}

#[test]
fn a_keeper_without_an_account_that_can_receive_cranks_unpaid() {
    let market = Market::new(1);
    let keeper = market.scenario.keeper.address();
    let others = market.buyer("other client", 0).actor;
    let frozen = market.actor("keeper's frozen account", 0).tokens;
    market.scenario.chain.edit(&frozen, |data| data[32..64].copy_from_slice(keeper.as_ref()));
    market.set_frozen(&frozen, true);
    for account in [None, Some(others.tokens), Some(frozen), Some(market.scenario.network.vault(VaultKind::Treasury))] {
        let unpaid = ix::Keeper { keeper, account };
        let [seat, open] = [market.job(FIXED, TOKEN), market.job(FIXED, TOKEN)];
        let escrow = market.escrow();
        market.wait_for_seed(&seat.job);
        market.send(&[ix::capture_seed(&seat.job, unpaid)], &[]);
        let plan = market.scenario.plan_draw(&seat).unwrap();
        market.send(&[ix::draw_job(&seat, unpaid, &plan.accounts())], &[]);
        assert_eq!((market.escrow(), market.state_of(&seat)), (escrow, SeatState::Drawn));
        assert_eq!(market.job_state(&seat.job).bounties_left, 11 * JOB_BOUNTY);
        market.wait_for_work_ts(market.job_state(&open.job).seat_until_work_ts);
        let expire = ix::expire_job(&open, unpaid, None, market.client.actor.tokens);
        assert_eq!(market.burns(|| drop(market.send(&[expire], &[]))), draw_fee(1));
        market.expire(&seat);
    }
    assert_eq!((market.balance(&others), market.escrow()), (0, 0));
    assert_invariants(&market);
}

#[test]
fn no_job_pays_more_bounties_than_its_client_paid() {
    let market = Market::new(1);
    let seat = market.job(FIXED, FEE);
    let earned = market.keeper_earns(|| {
        market.scenario.chain.advance_slots(700);
        market.send(&[market.capture_ix(&seat.job)], &[]);
        market.capture(&seat.job);
        for _ in 0..8 {
            market.draw(&seat);
            market.decline(&seat);
        }
        market.wait_for_work_ts(market.job_state(&seat.job).seat_until_work_ts);
        market.expire(&seat);
    });
    assert_eq!(earned, 11 * JOB_BOUNTY, "two captures, eight draws and the end: all of it");
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);
}

/// A job whose refunds go to an account of its own.
fn refunded_elsewhere(market: &Market, class: u8) -> (SeatAddresses, Actor) {
    let refunds = market.actor(&format!("refunds of class {class}"), 0);
    let mut order = market.order(&market.client, class, FEE);
    order.refund_account = refunds.tokens;
    if class == METERED {
        (order.price_per_sec, order.work_secs) = (TOKEN / 10, 3_600);
    }
    (market.place(&market.client, &order).seat(0), refunds)
}

fn close_account(market: &Market, account: Pubkey) {
    let closed = RawAccount { lamports: 0, owner: Pubkey::default(), data: Vec::new() };
    market.scenario.chain.set_account(account, closed);
}

#[test]
fn an_expiry_does_not_wait_for_a_refund_account_that_is_closed() {
    let market = Market::new(1);
    let client = &market.client;
    let (seat, refunds) = refunded_elsewhere(&market, FIXED);
    close_account(&market, refunds.tokens);
    market.pass(2 * HOUR);
    market.expire(&seat);
    assert_eq!((market.seat_state(&seat).credit, market.escrow()), (FEE, FEE));
    assert_invariants(&market);

    let close = market.close_job_ix(&seat.job, client.actor.address());
    market.refuses(close, &[&client.actor], E::JobNotOver);
    let stranger = market.buyer("stranger", 0);
    let to_stranger = ix::claim_credit(&seat, stranger.actor.tokens);
    market.refuses(to_stranger, &[&client.actor], E::NotTheTokenOwner);
    let mut theirs = ix::claim_credit(&seat, stranger.actor.tokens);
    theirs.accounts[0].pubkey = stranger.actor.address();
    market.refuses(theirs, &[&stranger.actor], E::WrongClient);
    let before = market.balance(&client.actor);
    market.send(&[ix::claim_credit(&seat, client.actor.tokens)], &[&client.actor]);
    assert_eq!((market.balance(&client.actor) - before, market.escrow()), (FEE, 0));
    market.refuses(ix::claim_credit(&seat, client.actor.tokens), &[&client.actor], E::NoCredit);
    market.close_job(client, &seat.job);
    assert_invariants(&market);
}

#[test]
fn a_meter_is_settled_and_a_seat_cancelled_though_the_refund_account_is_frozen() {
    let market = Market::new(1);
    let client = &market.client;
    let (metered, refunds) = refunded_elsewhere(&market, METERED);
    let (cancelled, others) = refunded_elsewhere(&market, FIXED);
    market.capture(&metered.job);
    market.draw(&metered);
    market.accept(&metered);
    for account in [&refunds, &others] {
        market.set_frozen(&account.tokens, true);
    }
    market.cancel_seat(client, &cancelled);
    assert_eq!(market.seat_state(&cancelled).credit, FEE - PART);
    market.pass(100);
    market.send(&[market.stop_ix(&metered, &client.actor)], &[&client.actor]);
    market.settle_seat(&metered);
    let owed = FEE - 100 * (TOKEN / 10);
    assert_eq!((market.seat_state(&metered).credit, market.provider(&market.owners[0]).work.exposure), (owed, 0));
    assert_eq!(market.escrow(), owed + FEE - PART);
    assert_invariants(&market);
    // The recorded account may take it once it can, whoever owns it.
    market.set_frozen(&refunds.tokens, false);
    market.send(&[ix::claim_credit(&metered, refunds.tokens)], &[&client.actor]);
    market.send(&[ix::claim_credit(&cancelled, client.actor.tokens)], &[&client.actor]);
    assert_eq!((market.balance(&refunds), market.escrow()), (owed, 0));
    assert_invariants(&market);
}
