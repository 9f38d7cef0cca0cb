//! Who lost its leaf in the jurors' tree, or left it (jury-tree-1).

use crate::jury::tree::{displace, full, locks, young};
use {
    crate::{dispute::contested::Contested, jury::votes::*, *},
    work_token_tests::{Juror, LOCK},
};

#[test]
fn who_is_displaced_leaves_at_once_though_its_term_lasts() {
    let (market, holder) = full();
    market.refuses(leave_ix(&market, &holder), &[&holder.actor], E::JurorBound);
    let by = locks(&market, "by", LOCK);
    market.send(&[displace(&market, &by, &holder)], &[]);
    let before = market.balance(&holder.actor);
    market.send(&[leave_ix(&market, &holder)], &[&holder.actor]);
    assert_eq!(market.balance(&holder.actor) - before, 100 * TOKEN);
    assert!(!market.exists(&holder.at.juror));
    // Who displaced it is bound by its own.
    market.refuses(leave_ix(&market, &by), &[&by.actor], E::JurorBound);
    assert_invariants(&market);
}

// A leaf that may be taken is drawn once in 4,096 times: the story writes it into the draw.
#[test]
fn who_is_displaced_is_still_called_for_draws_that_had_begun() {
    let (market, holder) = full();
    let [challenger, friend] = parties(&market);
    market.pass(1);
    let at = answered(&market, &challenger, &friend, 2);
    market.send(&[call_ix(&market, &at, None)], &[]);
    wait_for_seed(&market, &at);
    market.send(&[call_ix(&market, &at, None)], &[]);
    let mut dispute = market.dispute_state(&at);
    dispute.leaves[0] = 0;
    market.scenario.write(&at.dispute, &dispute);
    let by = locks(&market, "by", LOCK);
    market.send(&[displace(&market, &by, &holder)], &[]);
    // It is out, but paid only when that draw is over.
    market.send(&[leave_ix(&market, &holder)], &[&holder.actor]);
    market.refuses(leave_ix(&market, &holder), &[&holder.actor], E::JurorBound);
    let seat = |juror: &Juror| {
        let interest = market.interest(&at, &juror.actor);
        let seat = ix::DrawJuror { juror: juror.at.juror, ballot: at.ballot(0, 0).ballot, interest };
        ix::draw_juror(&at, market.scenario.paid_keeper(), &seat)
    };
    market.refuses(seat(&by), &[], E::WrongJuror);
    market.send(&[seat(&holder)], &[]);
    assert_eq!((market.juror_state(&holder).ballots, market.juror_state(&by).ballots), (1, 0));
    assert_invariants(&market);
}

// The kind: an account that once had a number answers for who has it now.
#[test]
fn who_left_before_a_draw_is_not_called_for_whoever_has_its_leaf_now() {
    let case = Contested::with(3, 1, |_| ());
    case.age_jurors(0);
    let gone = &case.jurors[0];
    case.answer(&case.at, &case.friend);
    case.draw_jury(&case.at);
    case.end_term(&gone.at);
    // Its ballots are not settled, so that its account stays, with the leaf that it had.
    case.send(&[leave_ix(&case, gone)], &[&gone.actor]);
    let next = case.juror("next", LOCK);
    assert_eq!((case.juror_state(&next).leaf, case.juror_state(gone).leaf), (0, 0));
    case.pass(1);
    let at = answered(&case, &case.challenger, &case.friend, 2);
    case.scenario.call_jury(&at).expect("the jury is called");
    let seat = |juror: &Juror| {
        let interest = case.interest(&at, &juror.actor);
        let seat = ix::DrawJuror { juror: juror.at.juror, ballot: at.ballot(0, 0).ballot, interest };
        ix::draw_juror(&at, case.scenario.paid_keeper(), &seat)
    };
    case.refuses(seat(gone), &[], E::WrongJuror);
    case.send(&[seat(&next)], &[]);
    assert_invariants(&case);
}

#[test]
fn nobody_brings_back_who_asked_to_leave_but_itself() {
    let (market, jurors) = young(3);
    let [challenger, friend] = parties(&market);
    let at = answered(&market, &challenger, &friend, 2);
    market.send(&[call_ix(&market, &at, None)], &[]);
    wait_for_seed(&market, &at);
    market.send(&[call_ix(&market, &at, None)], &[]);
    let juror = &jurors[0];
    market.end_term(&juror.at);
    market.send(&[leave_ix(&market, juror)], &[&juror.actor]);
    // Whoever wants to keep it writes it into the tree again, once that draw is over.
    market.wait_until_work(market.juror_state(juror).out_until_work_ts);
    market.refuses(sync_ix(&market, juror), &[], E::JurorBound);
    // It comes back as it came: it locks more, for another term.
    market.send(&[join_ix(&market, &juror.actor, 1), sync_ix(&market, juror)], &[&juror.actor]);
    assert_eq!(market.juror_state(juror).is_in_tree, 1);
    market.refuses(leave_ix(&market, juror), &[&juror.actor], E::JurorBound);
    assert_invariants(&market);
}
