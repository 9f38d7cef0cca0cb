use {
    crate::view::*,
    crate::{
        fixtures::{disputes::Case, *},
        state::Network,
    },
};

fn network() -> Network {
    let mut network = Case::quiet().network;
    (network.params.unbonding_secs, network.params.own_unbonding_secs) = (10 * DAY as u32, 35 * DAY as u32);
    network
}

/// By whom, after how many changes, and after how many half days the verdict is there and the slash begins.
fn found(powers: &Powers, severity: u8) -> Vec<(ConvictedBy, u32, u64, u64)> {
    let half_days = |secs: u64| secs / (DAY as u64 / 2);
    let of_severity = powers.convictions.iter().filter(|conviction| conviction.severity == severity);
    of_severity
        .map(|conviction| {
            let (convicted, slashed) = (conviction.convicted_after_secs, conviction.slashed_after_secs);
            (conviction.by, conviction.changes, half_days(convicted), half_days(slashed))
        })
        .collect()
}

#[test]
fn the_days_that_a_conviction_without_a_drawn_jury_takes_follow_from_the_parameters() {
    let shown = powers(&network(), NOW);
    // Two days to answer; a day each for two juries to which nobody comes; three for a change of mode; half a
    // day in which nobody appeals; two of deferral.
    let silence = (ConvictedBy::Silence, 0, 4, 8);
    let arbiter = (ConvictedBy::Arbiter, 0, 8, 12);
    let chosen = (ConvictedBy::ChosenJury, 1, 7, 11);
    assert_eq!(found(&shown, 1), [silence, arbiter, chosen]);
    assert_eq!(found(&shown, 2), [silence, arbiter, chosen]);
    assert_eq!(found(&shown, 3), [arbiter, chosen]);
    // A step of one severity a safety change, each as long as own stake is liable.
    assert_eq!(found(&shown, 4), [(ConvictedBy::Arbiter, 1, 70, 74), chosen]);
    // The last severity is deferred by a day more.
    let (arbiter, chosen) = ((ConvictedBy::Arbiter, 2, 140, 146), (ConvictedBy::ChosenJury, 1, 7, 13));
    assert_eq!(found(&shown, 5), [arbiter, chosen]);
    let worst = shown.convictions.last().unwrap();
    assert_eq!((worst.base_bps, worst.most_bps, worst.expels), (10_000, 10_000, true));
    let third = shown.convictions.iter().find(|conviction| conviction.severity == 3).unwrap();
    assert_eq!((third.base_bps, third.most_bps, third.expels), (500, 1_500, false));
}

#[test]
fn what_bounds_them_is_said_with_it() {
    let mut network = network();
    let shown = powers(&network, NOW);
    assert_eq!((shown.arbiter_severity, shown.again_after_epochs), (3, 90));
    assert_eq!((shown.arbiter_change_secs, shown.insurance_secs), (3 * DAY, 3 * DAY));
    assert_eq!((shown.paid_out_bps, shown.insurance_bps), (6_000, 2_000));
    assert_eq!((shown.slash_cap_bps, shown.slash_refill_secs), (500, 7 * DAY as u64));
    assert_eq!((shown.unbonding_secs, shown.own_unbonding_secs), (10 * DAY as u32, 35 * DAY as u32));
    assert_eq!(shown.cautious_until_ts, None, "the tree is old");
    network.juror_tree_from_ts = NOW - DAY;
    assert_eq!(powers(&network, NOW).cautious_until_ts, Some(NOW + 39 * DAY));
    network.params.disputes.arbiter_severity = 0;
    let arbiter =
        |severity| found(&powers(&network, NOW), severity).into_iter().find(|row| row.0 == ConvictedBy::Arbiter);
    assert_eq!(arbiter(1), Some((ConvictedBy::Arbiter, 1, 70, 74)));
}
