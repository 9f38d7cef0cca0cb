use {
    crate::view::*,
    crate::{
        accounts::ClaimAccount,
        fixtures::{disputes::*, *},
        math::{Amount, Epoch, WorkTs},
        state::{Claim, Dispute, Unbonding, entry_of},
    },
    bytemuck::Zeroable,
};

/// A claim's account with no entry told.
fn claim(number: u32, open: u32, entries: usize) -> ClaimAccount {
    let claim = Claim { number, open, ..Zeroable::zeroed() };
    ClaimAccount { claim, entries: vec![Zeroable::zeroed(); entries] }
}

/// Notes in the account that a dispute of the claim has ended.
fn tell(account: &mut ClaimAccount, dispute: &Dispute) {
    dispute.tell_entry(&mut account.entries[entry_of(dispute.joined)]);
    account.claim.open -= 1;
}

fn settle(case: &Case, ticket: &Unbonding, claims: &[ClaimAccount]) -> TicketSettlement {
    let tickets = [*ticket];
    settlements(&PositionAt { tickets: &tickets, ..case.position_at() }, claims).remove(0)
}

/// Upholds a severity and executes its whole slash.
fn execute(case: &mut Case, severity: u8) {
    let work_ts = case.work_ts();
    let mut machine = *case.dispute.machine;
    machine.phase = crate::math::dispute::Phase::Arbiter as u8;
    (machine.found, machine.until_work_ts) = (1 << severity, work_ts.0 + 1);
    *case.dispute.machine = machine;
    case.dispute.rule_as_arbiter(severity, 5, work_ts).unwrap();
    let books = dispute::up_to_date(&case.at());
    (case.provider, case.dispute, case.fault) = (books.provider, books.dispute, books.fault);
    let limit = (Amount(u64::MAX), u64::MAX);
    case.dispute.execute(&mut case.provider, limit, WorkTs(i64::MAX), true).unwrap();
}

#[test]
fn a_ticket_that_holds_nothing_back_is_not_listed_and_one_waits_for_what_has_not_ended() {
    let mut case = Case::opened(3);
    let ticket = case.leave();
    let open = settle(&case, &ticket, &[claim(1, 1, 1)]);
    let expected =
        TicketSettlement { number: 1, claims: vec![], burned: 0, paid: 0, held: 200 * TOKEN, waits_for: vec![1] };
    assert_eq!(open, expected);
    assert_eq!(settle(&case, &ticket, &[]), expected, "a claim that is not known");
    let quiet = Unbonding { held: 0, claims: Zeroable::zeroed(), ..ticket };
    assert!(settlements(&PositionAt { tickets: &[quiet], ..case.position_at() }, &[]).is_empty());
}

#[test]
fn a_dismissed_claim_pays_the_whole_part_and_an_executed_one_what_the_shares_would_have_lost() {
    let mut case = Case::opened(3);
    let ticket = case.leave();
    let mut dismissed = claim(1, 1, 1);
    tell(&mut dismissed, &case.dispute);
    let paid = settle(&case, &ticket, &[dismissed]);
    assert_eq!((paid.claims, paid.burned, paid.paid, paid.held), (vec![1], 0, 200 * TOKEN, 0));
    assert!(paid.waits_for.is_empty());

    execute(&mut case, 3);
    let mut executed = claim(1, 1, 1);
    tell(&mut executed, &case.dispute);
    let lost = case.dispute.slash.delegated.div_ceil(10);
    let charged = settle(&case, &ticket, &[executed]);
    assert_eq!((charged.burned, charged.paid), (lost, 200 * TOKEN - lost));
}

#[test]
fn each_claim_is_settled_as_it_ends_and_what_the_others_cannot_take_is_paid() {
    let mut case = Case::opened(2);
    case.provider.open_claim(2, true, (Epoch(9), Epoch(9)), (NOW, NOW + DAY));
    case.provider.reserve(2, Amount::ZERO, Amount(100 * TOKEN));
    case.provider.join_claim(2);
    let ticket = case.leave();
    let parts: Vec<_> = ticket.claims.iter().map(|listed| (listed.number, listed.part)).take(2).collect();
    assert_eq!((ticket.held, parts), (50 * TOKEN, vec![(1, 40 * TOKEN), (2, 10 * TOKEN)]));
    let mut first = claim(1, 1, 1);
    tell(&mut first, &case.dispute);
    let settled = settle(&case, &ticket, &[first.clone(), claim(2, 1, 1)]);
    assert_eq!((settled.claims, settled.paid, settled.held), (vec![1], 40 * TOKEN, 10 * TOKEN));
    assert_eq!(settled.waits_for, [2]);
    let mut second = claim(2, 1, 1);
    second.entries[0].ended = 1;
    second.claim.open = 0;
    let all = settle(&case, &ticket, &[first, second]);
    assert_eq!((all.claims, all.paid, all.held), (vec![1, 2], 50 * TOKEN, 0));
}

#[test]
fn a_claim_that_was_shrunk_charges_no_more_than_its_entries_say() {
    let mut case = Case::opened(3);
    let ticket = case.leave();
    let shrunk = claim(1, 0, 0);
    let settled = settle(&case, &ticket, &[shrunk]);
    assert_eq!((settled.paid, settled.burned), (200 * TOKEN, 0), "entries that charge nothing are gone");
}
