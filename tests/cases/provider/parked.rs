//! Rewards that a claim froze stay frozen while another claim covers any of their epochs, and a ring's entry
//! is found by place and number (provider-reward-4).
//!
//! Kind: what is parked is released by the end of one of those who parked it; an empty place passes for the
//! first entry. Looked for at every ring: records (kept flag and number), index ends (by distance), ends of
//! generations (number plus one), vesting (place, number and an amount), convictions and rules of epochs
//! (number plus one), stakes (a count).

use bytemuck::Zeroable;
use work_token_sdk::{
    math::{Amount, Epoch},
    state::{Network, PaidWork, Provider, VestingEntry, provider::SettleTerms},
};

/// A provider whose rewards of epochs 2 and 3 were parked by claim 1, which covers 2 to 3.
fn parked(other: (u32, u32)) -> Provider {
    let mut provider = Provider::zeroed();
    provider.open_claim(1, true, (Epoch(2), Epoch(3)), (100, i64::MAX));
    provider.open_claim(2, true, (Epoch(other.0), Epoch(other.1)), (200, i64::MAX));
    provider.reservations[0].frozen = 50;
    provider
}

#[test]
fn parked_rewards_move_whole_to_a_claim_that_covers_any_of_their_epochs() {
    for other in [(3, 3), (1, 2), (0, 9), (2, 2)] {
        let mut provider = parked(other);
        provider.release_claim(1);
        assert_eq!((provider.own_claimable, provider.reservations[1].frozen), (0, 50), "{other:?}");
        provider.release_claim(2);
        assert_eq!(provider.own_claimable, 50);
    }
}

#[test]
fn they_are_free_when_no_other_claim_covers_one_of_them() {
    for other in [(4, 9), (0, 1)] {
        let mut provider = parked(other);
        provider.release_claim(1);
        assert_eq!((provider.own_claimable, provider.reservations[1].frozen), (50, 0), "{other:?}");
    }
}

#[test]
fn an_empty_place_of_the_ring_is_not_the_entry_of_the_first_epoch() {
    let mut provider = Provider::zeroed();
    let network = Network::zeroed();
    provider.begin(&network, Epoch(0));
    // Rewards of epoch 0 vest for a hundred seconds; a claim covers that epoch.
    provider.vesting[0] = VestingEntry { epoch: 0, duration_secs: 100, starts_at_ts: 1_000, amount: 500, taken: 0 };
    provider.open_claim(1, true, (Epoch(0), Epoch(0)), (1_010, i64::MAX));
    let before = provider.vesting[0];
    // Epoch 1 is settled into an empty place, which has the number of epoch 0 too.
    provider.records[1].epoch = 1;
    provider.records[1].flags = 1;
    provider.records[1].fees = 7;
    provider.last_touched_epoch = 1;
    provider.rewards.unsettled_epoch = 1;
    let terms = SettleTerms {
        emission: Amount(0),
        total_weight: 0,
        work: PaidWork::NONE,
        leverage: 16,
        ends_at_ts: 2_000,
        vesting_secs: 100,
        now_ts: 1_020,
    };
    provider.settle(Epoch(1), &terms).expect("it is settled");
    assert_eq!(provider.vesting[0], before, "what is frozen does not become free");
    assert_eq!(provider.vesting[1].amount, 7);
    assert_eq!(provider.free_own_rewards(3_000), Amount(500 / 10 + 7));
}
