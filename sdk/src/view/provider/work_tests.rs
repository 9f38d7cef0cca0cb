//! Tests of the views of providers' work, of seats and of shards.

use {
    crate::view::*,
    crate::{
        WorkTokenError as E,
        fixtures::*,
        math::{Amount, Ppm},
        state::{Metric, MetricSource, OpinionState, ProviderState, REPORT_BYTES, ScoreShard, provider::record_flags},
    },
};

/// The present epoch's record.
fn record(provider: &mut Provider) -> &mut crate::state::EpochRecord {
    &mut provider.records[10 % 8]
}

#[test]
fn bound_stake_scores_and_the_epoch_so_far_are_shown() {
    let mut network = network();
    network.params.tier_bps = [10_000, 11_000, 12_500, 15_000];
    let mut provider = provider(50);
    provider.bind(Amount(40_000_000));
    (provider.reputation.score_ppm, provider.reputation.value_x12, provider.reputation.tier) =
        (900_000, 750_000 << 12, 2);
    let now = record(&mut provider);
    (now.drawn, now.skips[6], now.done, now.stopped) = (5, 3, 2, 1);
    let shown = work_status(&network, &provider, NOW);
    assert_eq!((shown.exposure_used, shown.exposure_free, shown.open_seats), (40_000_000, 20_000_000, 1));
    assert_eq!((shown.score_ppm, shown.reputation_ppm, shown.tier_bps), (900_000, 750_000, 12_500));
    let counts = shown.counts[0];
    assert_eq!((counts.epoch, counts.drawn, counts.skips[6], counts.done, counts.stopped), (10, 5, 3, 2, 1));
    assert_eq!((shown.state, shown.maintenance, shown.challenge), (ProviderState::Active, None, None));
    let place = shown.place.unwrap();
    assert_eq!((place.index, place.shard, place.row, place.until_epoch), (50, 1, 2, None));
    assert_eq!((place.from_epoch, place.challengeable_from_epoch), (4, 5));
}

#[test]
fn signs_of_life_are_counted_by_window_and_missed_ones_too() {
    let network = network();
    let mut provider = provider(1);
    // Two hours into the day: the second of sixteen windows of an hour and a half.
    let shown = work_status(&network, &provider, NOW).epoch;
    assert_eq!((shown.heartbeats, shown.heartbeats_missed, shown.is_heartbeat_due), (0, 1, true));
    provider.heartbeat(&network.terms(NOW)).unwrap();
    let shown = work_status(&network, &provider, NOW).epoch;
    assert_eq!((shown.heartbeats, shown.heartbeats_missed, shown.is_heartbeat_due), (1, 1, false));
    record(&mut provider).excused = 1;
    assert_eq!(work_status(&network, &provider, NOW).epoch.heartbeats_missed, 0);
}

#[test]
fn maintenance_is_shown_until_it_is_over() {
    let network = network();
    let mut provider = provider(1);
    provider.declare_maintenance(NOW + 3_600, 600, &network.terms(NOW)).unwrap();
    let shown = |now_ts| work_status(&network, &provider, now_ts);
    let declared = MaintenanceStatus { from_ts: NOW + 3_600, until_ts: NOW + 4_200, is_on: false };
    assert_eq!((shown(NOW).maintenance, shown(NOW).maintenance_from_epoch), (Some(declared), 14));
    assert!(shown(NOW + 3_600).maintenance.unwrap().is_on);
    assert_eq!(shown(NOW + 4_200).maintenance, None);
}

#[test]
fn a_provider_below_the_minimum_sees_when_its_grace_is_over() {
    let mut network = network();
    network.minimum_stake = 70_000_000;
    let mut provider = provider(1);
    assert_eq!(work_status(&network, &provider, NOW).loses_weight_at_ts, None, "noted when the next epoch begins");
    let noted_ts = 11 * DAY;
    provider.touch(&network, &network.terms(noted_ts));
    let shown = work_status(&network, &provider, noted_ts + 500);
    assert_eq!((shown.minimum_stake, shown.loses_weight_at_ts), (70_000_000, Some(noted_ts + 14 * DAY)));
    let after = work_status(&network, &provider, noted_ts + 14 * DAY);
    assert_eq!(after.loses_weight_at_ts, Some(noted_ts + 14 * DAY));
}

#[test]
fn whoever_would_be_skipped_sees_why() {
    let network = network();
    let (job, offer, mut provider) = (job(&network, 1), offer(1), provider(1));
    let address = key(1);
    let refusal = |provider: &Provider, offer| seat_refusal(&network, (&address, provider), offer, &job, NOW);
    assert_eq!(refusal(&provider, Some(&offer)), None);
    assert_eq!(refusal(&provider, None), Some(E::ClassNotServed));
    provider.work.exposure = 1;
    assert_eq!(refusal(&provider, Some(&offer)), Some(E::ExposureFull));
    provider.state = ProviderState::Jailed as u8;
    assert_eq!(refusal(&provider, Some(&offer)), Some(E::ProviderNotActive));
}

/// A candidate with `own` base units at stake since before the present epoch.
fn candidate(own: u64) -> Provider {
    let mut provider = provider(90);
    provider.state = ProviderState::Candidate as u8;
    provider.place = bytemuck::Zeroable::zeroed();
    with_stake(provider, own)
}

fn with_stake(mut provider: Provider, own: u64) -> Provider {
    (provider.own.tokens, provider.own.shares) = (own, own);
    let now = record(&mut provider);
    (now.own_staked, now.flags) = (own, record_flags::KEPT);
    provider
}

#[test]
fn free_places_and_the_weakest_of_those_who_have_one_are_shown() {
    let mut network = network();
    (network.params.place_cap_mode, network.params.most_places) = (1, 3);
    for index in [0, 2] {
        network.take_place(index).unwrap();
    }
    let mut newcomer = with_stake(provider(2), 9_999);
    newcomer.place.from_epoch = 10;
    let mut retired = provider(5);
    retired.state = ProviderState::Retiring as u8;
    let providers =
        [(key(1), with_stake(provider(1), 10_000)), (key(2), newcomer), (key(3), candidate(50_000)), (key(5), retired)];
    let shown = places_view(&network, &providers, NOW);
    assert_eq!((shown.cap, shown.taken, shown.free, shown.first_free), (3, 2, 1, Some(1)));
    let weakest: Vec<_> = shown.incumbents.iter().map(|i| (i.provider, i.stake, i.is_immune)).collect();
    assert_eq!(weakest, [(key(2), 9_999, true), (key(1), 10_000, false)]);
    assert_eq!(shown.incumbents[1].least_to_displace, 10_501);
    assert_eq!(free_place(&network, &candidate(1_000), NOW), Ok(1));
    let paused = Network { paused_until_ts: NOW + 1, ..network };
    assert_eq!(free_place(&paused, &candidate(1_000), NOW), Ok(1), "a pause does not stop it");
    assert_eq!(free_place(&network, &candidate(999), NOW), Err(E::BelowMinimumStake));
    assert_eq!(free_place(&network, &provider(1), NOW), Err(E::NotACandidate));

    let weak = (&key(1), &providers[0].1);
    assert_eq!(challenge(&network, &candidate(10_501), weak, NOW), Err(E::PlacesFree));
    network.take_place(1).unwrap();
    assert_eq!(free_place(&network, &candidate(1_000), NOW), Err(E::NoFreePlace));
    assert_eq!(challenge(&network, &candidate(10_501), weak, NOW), Ok((12 * DAY, 13 * DAY)));
    assert_eq!(challenge(&network, &candidate(10_500), weak, NOW), Err(E::PlaceMarginTooSmall));
    assert_eq!(challenge(&network, &candidate(20_000), (&key(2), &newcomer), NOW), Err(E::PlaceImmune));
    assert_eq!(challenge(&network, &candidate(20_000), (&key(5), &retired), NOW), Err(E::PlaceNotHeld));
    network.paused_until_ts = NOW + 1;
    assert_eq!(challenge(&network, &candidate(10_501), weak, NOW), Err(E::Paused));
}

/// A shard of epoch 10 with three attesters, bonds 100 each; commits end with the epoch.
fn shard(network: &Network) -> Box<ScoreShard> {
    let mut shard: Box<ScoreShard> = bytemuck::zeroed_box();
    (shard.shard, shard.epoch) = (1, 10);
    shard.commit_until_work_ts = network.work_ts(11 * DAY).0;
    shard.reveal_until_work_ts = shard.commit_until_work_ts + 3_600;
    for byte in 1..=3 {
        shard.enter(key(byte), 100);
    }
    shard
}

#[test]
fn a_shard_shows_its_windows_in_unix_time_and_who_has_revealed() {
    let network = network();
    let mut shard = shard(&network);
    let at = |ts| (slot_at(ts), ts);
    let shown = shard_status(&network, &shard, (SLOT, NOW));
    assert_eq!((shown.phase, shown.first_place), (ShardPhase::Committing, 48));
    assert_eq!((shown.commit_until_ts, shown.reveal_until_ts), (11 * DAY, 11 * DAY + 3_600));
    assert_eq!((shown.attesters.len(), shown.bonds, shown.bonds_revealed), (3, 300, 0));

    shard.opinions[0].mask(7);
    let said = |shard: &mut ScoreShard, index| shard.reveal(index, &[0; REPORT_BYTES]).unwrap();
    said(&mut shard, 0);
    let shown = shard_status(&network, &shard, at(11 * DAY));
    assert_eq!((shown.phase, shown.bonds_revealed, shown.is_minority), (ShardPhase::Revealing, 100, true));
    assert_eq!((shown.attesters[0].attester, &shown.attesters[0].masked[..]), (key(1), &[7][..]));
    said(&mut shard, 1);
    let shown = shard_status(&network, &shard, at(11 * DAY + 3_600));
    assert_eq!((shown.phase, shown.is_minority), (ShardPhase::Over, false));
    let states: Vec<OpinionState> = shown.attesters.iter().map(|attester| attester.state).collect();
    assert_eq!(states, [OpinionState::Revealed, OpinionState::Revealed, OpinionState::Drawn]);

    shard.scored = 20;
    shard.opinions[0].reported = 19;
    shard.opinions[1].reported = 18;
    let shown = shard_status(&network, &shard, at(11 * DAY + 3_600));
    // An outage that nobody has recorded yet moves what is shown as it will move the deadline.
    let halted = shard_status(&network, &shard, (SLOT, 11 * DAY));
    assert_eq!((halted.phase, halted.commit_until_ts), (ShardPhase::Committing, 11 * DAY + 11 * DAY - NOW));
    let earned: Vec<bool> = shown.attesters.iter().map(|attester| attester.has_earned).collect();
    assert_eq!(earned, [true, false, false]);
}

#[test]
fn whoever_has_no_weight_is_told_why() {
    let mut network = network();
    let why = |network: &Network, provider: &Provider| work_status(network, provider, NOW).without_weight;
    let weighed = || {
        let mut provider = provider(1);
        let now = record(&mut provider);
        (now.own_staked, now.own_kept) = (60_000_000, 60_000_000);
        now.flags |= record_flags::ELIGIBLE;
        provider
    };
    assert_eq!(why(&network, &weighed()), None);

    let mut barred = weighed();
    record(&mut barred).flags &= !record_flags::ELIGIBLE;
    assert_eq!(why(&network, &barred), Some(NoWeight::NotYet));
    for (state, expected) in [
        (ProviderState::Candidate, NoWeight::NoPlace),
        (ProviderState::Jailed, NoWeight::Jailed),
        (ProviderState::Retiring, NoWeight::Leaving),
        (ProviderState::Tombstoned, NoWeight::Leaving),
    ] {
        barred.state = state as u8;
        assert_eq!(why(&network, &barred), Some(expected));
    }
    barred.state = ProviderState::Active as u8;
    barred.underbonded_since_ts = 9 * DAY;
    assert_eq!(why(&network, &barred), Some(NoWeight::BelowMinimum));

    let mut empty = weighed();
    record(&mut empty).own_kept = 0;
    assert_eq!(why(&network, &empty), Some(NoWeight::StakeLeft));
    record(&mut empty).delegated_staked = 1;
    assert_eq!(why(&network, &empty), None, "its delegators stay");
    record(&mut empty).own_staked = 0;
    assert_eq!(why(&network, &empty), Some(NoWeight::NoStake));

    let mut unscored = weighed();
    assert_eq!(why(&network, &unscored), None, "where nothing is measured nobody needs a score");
    network.params.metrics[0] = Metric::new("alive", Ppm(1_000_000), MetricSource::Heartbeat);
    assert_eq!(why(&network, &unscored), Some(NoWeight::ScoreZero));
    unscored.reputation.score_ppm = 1;
    assert_eq!(why(&network, &unscored), None);
    unscored.reputation.unscored_epochs = crate::limits::UNSCORED_GRACE_EPOCHS;
    assert_eq!(why(&network, &unscored), Some(NoWeight::Unscored));
    record(&mut unscored).flags |= record_flags::SCORED;
    assert_eq!(why(&network, &unscored), None);
}

#[test]
fn a_challenge_shows_when_the_place_can_be_swapped() {
    let (mut challenger, incumbent) = (candidate(50_000), with_stake(provider(1), 10_000));
    let mut network = network();
    (network.params.place_cap_mode, network.params.most_places) = (1, 1);
    network.take_place(1).unwrap();
    challenger.challenge_place((&key(1), &incumbent), &network, &network.terms(NOW)).unwrap();
    let shown = work_status(&network, &challenger, NOW);
    let (swap_from_ts, lapses_ts) = (12 * DAY, 13 * DAY);
    assert_eq!(shown.challenge, Some(ChallengeStatus { incumbent: key(1), swap_from_ts, lapses_ts }));
    assert_eq!((shown.place, shown.state), (None, ProviderState::Candidate));
}
