//! Disputes that are over.

use super::*;

#[test]
fn a_dispute_closes_thirty_days_after_its_end_once_nothing_is_owed() {
    let court = Court::open();
    let dispute = court.contest(1);
    let keeper = &court.shop.keeper;
    let (close, show) = (format!("dispute close {dispute}"), format!("dispute show {dispute}"));
    assert!(refusal(court.types(keeper, &close)).contains("DisputeOpen"));
    court.types(&court.challenger, &format!("dispute withdraw {dispute}")).unwrap();
    let advance = format!("dispute advance {dispute}");
    while court.types(keeper, &advance).is_ok() {}
    assert!(refusal(court.types(keeper, &close)).contains("TooEarlyToCloseDispute"));
    court.pass(30 * DAY);
    assert!(refusal(court.types(keeper, &close)).contains("TooEarlyToCloseDispute"), "something is owed");
    court.types(keeper, &format!("dispute distribute {dispute}")).unwrap();
    let claim = format!("dispute claim {dispute} --to {}", court.challenger.tokens);
    assert_eq!(court.types(&court.challenger, &claim).unwrap()["amount"], 90 * TOKEN);
    court.types(keeper, &close).unwrap();
    let gone = refusal(court.shop.desk.types_keyless(&show));
    assert!(gone.contains("there is no Dispute"), "{gone}");
}
