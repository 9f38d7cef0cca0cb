//! However many disputes there are, none is kept out, and each has its own entry up to the fifteenth of a
//! claim (dispute-claim-2).
//!
//! Kind: refundable money keeps others out. Looked for at every list that somebody could fill with bonds
//! that return: the four claims of a provider, a claim's fifteen entries, the five claims of a dispute (one
//! for each severity, and another dispute where they are taken), a counter-bond (`answers`), the
//! commitments of an opening (an account each), armed draws and the jurors' tree (`jury::votes`,
//! `jury::ballots`), the eight faults of a provider (`counted_once`), an appeal's parts (anybody completes
//! them, `rounds`).

use {
    crate::{
        dispute::liability::{Backed, DELEGATED},
        dispute::slashing::rich,
        *,
    },
    bytemuck::Zeroable,
    work_token_sdk::{
        DisputeAddresses,
        math::{Amount, Epoch},
        state::{Claim, Provider},
    },
};

/// So many disputes of severity 1 about a provider's conduct in an epoch.
fn fill(market: &Market, owner: &Owner, epoch: u32, challenger: &Actor, count: usize) -> Vec<DisputeAddresses> {
    (0..count).map(|_| market.dispute_conduct(owner, epoch, challenger, 1)).collect()
}

#[test]
fn the_fifteenth_dispute_of_a_claim_has_an_entry_of_its_own_and_the_sixteenth_shares_it() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    market.touch(owner);
    let all = fill(&market, owner, 3, &challenger, 3 + 14);
    let last = all[16];
    assert_eq!((market.claim_state(&last).opened, market.claim_entries(&last).len()), (14, 14));
    for (number, entries) in [(15, 15), (16, 15), (17, 15)] {
        let at = market.dispute_conduct(owner, 3, &challenger, 1);
        assert_eq!(at.claim, last.claim);
        assert_eq!(market.dispute_state(&at).joined, number);
        assert_eq!(market.claim_entries(&at).len(), entries);
    }
    assert_eq!(market.provider(owner).open_claims(), 4);
    assert_invariants(&market);
}

#[test]
fn a_claim_grows_at_its_joiners_rent() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger, joiner) = (&market.owners[0], rich(&market, "challenger"), rich(&market, "joiner"));
    market.touch(owner);
    let all = fill(&market, owner, 3, &challenger, 4);
    let rent = |size| market.rent(size);
    assert_eq!(market.lamports(&all[3].claim), rent(Claim::size_with(1)));
    let before = market.lamports(&joiner.address());
    let at = market.dispute_conduct(owner, 3, &joiner, 1);
    assert_eq!(market.lamports(&at.claim), rent(Claim::size_with(2)));
    let paid = market.lamports(&at.dispute) + rent(Claim::size_with(2)) - rent(Claim::size_with(1));
    assert_eq!(before - market.lamports(&joiner.address()), paid);
    assert_invariants(&market);
}

#[test]
fn what_joins_beyond_fifteen_may_cost_a_ticket_more_than_it_would_have_lost_and_never_more_than_its_part() {
    let backed = Backed::new();
    let (market, owner, [challenger, _]) = (&backed.market, backed.owner(), &backed.parties);
    market.touch(owner);
    let mut false_ones = fill(market, owner, 12, challenger, 3 + 15);
    let at = market.dispute_conduct(owner, 12, challenger, 2);
    assert_eq!(market.dispute_state(&at).joined, 16);
    market.wait_until(market.ticket(&backed.dora, 1).matures_at_ts);
    let paid = market.withdraw(&backed.dora, 1);
    false_ones.reverse();
    for false_one in &false_ones {
        market.withdraw_claim(false_one, challenger, 0);
        market.advance(false_one);
    }
    market.refuses(market.settle_ticket_ix(&backed.dora, 1), &[], E::ClaimOpen);
    market.let_phase_pass(&at);
    market.execute_all(&at);
    // Of its claim of 100 tokens half was executed: half of her part, that is 3 for each of fifteen, and 30.
    let decided = market.dispute_state(&at);
    assert_eq!((decided.stake.delegated_claimed, decided.slash.delegated), (DELEGATED / 100, DELEGATED / 200));
    let lost = 3_000 * TOKEN - paid - market.settle_ticket(&backed.dora, 1);
    assert_eq!(lost, (15 * 3 + 30) * TOKEN / 2);
    assert!((4_000 * TOKEN - backed.stays()).abs_diff(20 * TOKEN) <= 4, "who stays pays as ever");
    assert_invariants(market);
}

#[test]
fn a_true_dispute_joins_an_older_claim_when_the_newest_is_full_and_its_time_is_over() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    market.touch(owner);
    let all = fill(&market, owner, 3, &challenger, 3 + 15);
    let until_ts = market.provider(owner).reservations[3].joinable_until_ts;
    assert_eq!(until_ts, market.now() + 21 * DAY);
    let open = || {
        market.touch(owner);
        market.dispute_conduct(owner, market.epoch(), &challenger, 1)
    };
    market.wait_until(until_ts - 1);
    assert_eq!(open().claim, all[17].claim);
    market.pass(1);
    assert_eq!(open().claim, all[2].claim);
    assert_invariants(&market);
}

/// A provider with four open claims: so many disputes were opened in each, and others join until then.
fn with_claims(claims: [(u16, i64); 4]) -> Provider {
    let mut provider = Provider::zeroed();
    for (number, (opened, until_ts)) in (1..).zip(claims) {
        provider.open_claim(number, true, (Epoch(1), Epoch(1)), (0, until_ts));
        provider.reserve(number, Amount(1), Amount(1));
        provider.reservations[number as usize - 1].opened = opened;
    }
    provider
}

#[test]
fn the_newest_claim_that_takes_another_dispute_is_joined_and_none_is_ever_refused() {
    for (claims, now_ts, expected) in [
        ([(1, 100); 4], 0, 4),
        // Full, and still to be shared.
        ([(1, 100), (1, 100), (1, 100), (15, 100)], 99, 4),
        // Full, and not to be shared any more.
        ([(1, 100), (1, 100), (1, 100), (15, 100)], 100, 3),
        ([(14, 100), (15, 100), (15, 100), (15, 100)], 100, 1),
        // All are full: the one that can be shared, else the newest.
        ([(15, 100), (15, 101), (15, 100), (15, 100)], 100, 2),
        ([(15, 100); 4], 100, 4),
        ([(u16::MAX, 0); 4], 100, 4),
    ] {
        assert_eq!(with_claims(claims).next_claim(now_ts), (expected, false), "{claims:?} at {now_ts}");
    }
    let mut provider = with_claims([(15, 0); 4]);
    provider.release_claim(2);
    assert_eq!(provider.next_claim(100), (5, true), "a free place comes first");
}

#[test]
fn a_dispute_whose_every_severity_is_taken_bars_nobody_from_another() {
    let (market, _) = Market::judged(1, 3);
    let seat = market.submitted(FIXED, FEE);
    let people = ["one", "two", "three", "four", "five", "six"].map(|name| rich(&market, name));
    let at = market.dispute(&seat, &people[0], 1);
    for (who, severity) in people[1..5].iter().zip(2..) {
        market.raise(&at, who, severity);
    }
    let more = market.raise_ixs(&at, &people[5], 5, 1_000 * TOKEN);
    market.refuses_all(&more, &[&people[5]], E::NotRaised);
    let another = market.dispute(&seat, &people[5], 5);
    assert_ne!(another.dispute, at.dispute);
    assert_invariants(&market);
}
