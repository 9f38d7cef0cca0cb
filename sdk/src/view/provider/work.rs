//! How does a provider work: what binds its stake, how it is scored, whether it is there, and which seat it
//! has?

use {
    super::counts::{NoWeight, SeatCounts, seat_counts, without_weight},
    crate::view::touched,
    crate::{
        Pubkey, WorkTokenError,
        limits::SHARD_PROVIDERS,
        math::{Epoch, score::REPUTATION_FRACTION_BITS},
        state::{Job, Network, Offer, Provider, ProviderState, Terms, provider::NEVER},
    },
};

/// A provider's work at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkStatus {
    /// Its state.
    pub state: ProviderState,
    /// Own stake that is not leaving. Base units.
    pub own_staked: u64,
    /// Own stake that open seats bind. Base units.
    pub exposure_used: u64,
    /// Own stake that further seats may bind: what is not leaving, less claims, less what is bound. Base
    /// units.
    pub exposure_free: u64,
    /// Seats of jobs that have not ended.
    pub open_seats: u32,
    /// Last score, in millionths.
    pub score_ppm: u32,
    /// Reputation, in millionths.
    pub reputation_ppm: u32,
    /// Tier from the next epoch on.
    pub tier: u8,
    /// What the tier multiplies the weight by. Hundredths of a percent.
    pub tier_bps: u16,
    /// Epochs weighed without a score since the last one; after two the weight is zero.
    pub unscored_epochs: u8,
    /// The present epoch.
    pub epoch: EpochAvailability,
    /// What became of draws and seats in each epoch that is remembered, the newest first. It decides nothing.
    pub counts: Vec<SeatCounts>,
    /// Why it has no weight in the present epoch; `None` where it has.
    pub without_weight: Option<NoWeight>,
    /// Declared maintenance that is not over.
    pub maintenance: Option<MaintenanceStatus>,
    /// The next maintenance can be declared from this epoch on.
    pub maintenance_from_epoch: u32,
    /// Its place of the active set.
    pub place: Option<PlaceStatus>,
    /// Its challenge for somebody's place.
    pub challenge: Option<ChallengeStatus>,
    /// Least own stake for a weight. Base units.
    pub minimum_stake: u64,
    /// When the grace of a provider below that minimum is over: it has no weight in epochs that begin later.
    /// A pause moves it; `None` while it is not below. Unix seconds.
    pub loses_weight_at_ts: Option<i64>,
}

/// What the present epoch has brought so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochAvailability {
    /// The epoch.
    pub epoch: u32,
    /// Windows with a sign of life, of sixteen.
    pub heartbeats: u32,
    /// Windows that have passed without one, neither covered by declared maintenance nor within a recorded
    /// outage.
    pub heartbeats_missed: u32,
    /// Whether a sign of life would count now.
    pub is_heartbeat_due: bool,
    /// Declared maintenance. Seconds.
    pub maintenance_secs: u32,
}

/// Declared maintenance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaintenanceStatus {
    /// From then. Unix seconds.
    pub from_ts: i64,
    /// Until then. Unix seconds.
    pub until_ts: i64,
    /// Whether it is on: the provider is not drawn.
    pub is_on: bool,
}

/// A place of the active set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceStatus {
    /// Its index.
    pub index: u16,
    /// The shard of the scores that it is in.
    pub shard: u16,
    /// Its row in the shard.
    pub row: u16,
    /// First epoch.
    pub from_epoch: u32,
    /// First epoch in which it is somebody else's; `None` while it is held.
    pub until_epoch: Option<u32>,
    /// It can be challenged from this epoch on.
    pub challengeable_from_epoch: u32,
}

/// A challenge for somebody's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChallengeStatus {
    /// Who has the place.
    pub incumbent: Pubkey,
    /// It can be swapped from then on; another pause moves it. Unix seconds.
    pub swap_from_ts: i64,
    /// It lapses then; another pause moves it. Unix seconds.
    pub lapses_ts: i64,
}

/// A provider's work at a time.
pub fn work_status(network: &Network, provider: &Provider, now_ts: i64) -> WorkStatus {
    let provider = touched(network, provider, now_ts);
    let terms = network.terms(now_ts);
    let challenge = provider.place_challenge;
    let minimum_stake = network.rules_of(terms.epoch).minimum_stake;
    let is_below = provider.underbonded_since_ts != 0 && provider.own_staked().0 < minimum_stake;
    let grace_until = || provider.underbonded_since_ts.saturating_add(network.grace_secs(terms.epoch));
    let grace_left = || grace_until().saturating_sub(network.grace_ts(now_ts));
    WorkStatus {
        state: state(&provider),
        own_staked: provider.own_staked().0,
        exposure_used: provider.work.exposure,
        exposure_free: provider.exposure_room().0,
        open_seats: provider.open_seats,
        score_ppm: provider.reputation.score_ppm,
        reputation_ppm: provider.reputation.value_x12 >> REPUTATION_FRACTION_BITS,
        tier: provider.reputation.tier,
        tier_bps: network.params.tier_bps.get(usize::from(provider.reputation.tier)).copied().unwrap_or(10_000),
        unscored_epochs: provider.reputation.unscored_epochs,
        epoch: availability(network, &provider, &terms),
        counts: seat_counts(&provider),
        without_weight: without_weight(network, &provider, terms.epoch),
        maintenance: (now_ts < provider.maintenance.until_ts).then(|| MaintenanceStatus {
            from_ts: provider.maintenance.from_ts,
            until_ts: provider.maintenance.until_ts,
            is_on: provider.is_in_maintenance(now_ts),
        }),
        maintenance_from_epoch: provider.maintenance.allowed_epoch.max(terms.epoch.0),
        place: place(&provider, terms.epoch),
        challenge: (challenge.due_grace_ts != 0).then(|| ChallengeStatus {
            incumbent: challenge.incumbent,
            swap_from_ts: network.unix_of_grace(challenge.due_grace_ts, now_ts),
            lapses_ts: network.unix_of_grace(challenge.lapse_grace_ts, now_ts),
        }),
        minimum_stake,
        loses_weight_at_ts: is_below.then(|| now_ts.saturating_add(grace_left().max(0))),
    }
}

fn state(provider: &Provider) -> ProviderState {
    match provider.state {
        0 => ProviderState::Candidate,
        1 => ProviderState::Active,
        2 => ProviderState::Jailed,
        3 => ProviderState::Retiring,
        _ => ProviderState::Tombstoned,
    }
}

fn availability(network: &Network, provider: &Provider, terms: &Terms) -> EpochAvailability {
    let record = provider.present_record(terms).copied().unwrap_or_else(bytemuck::Zeroable::zeroed);
    let passed = (1u16 << terms.window().unwrap_or(0)) - 1;
    let excused = record.excused | network.rules_of(terms.epoch).excused;
    EpochAvailability {
        epoch: terms.epoch.0,
        heartbeats: record.heartbeats.count_ones(),
        heartbeats_missed: (passed & !record.heartbeats & !excused).count_ones(),
        is_heartbeat_due: { *provider }.heartbeat(terms).is_ok(),
        maintenance_secs: record.maintenance_secs,
    }
}

fn place(provider: &Provider, now: Epoch) -> Option<PlaceStatus> {
    let place = provider.place;
    if !place.is_held() && !place.is_held_in(now) {
        return None;
    }
    let places = SHARD_PROVIDERS as u16;
    Some(PlaceStatus {
        index: place.index,
        shard: place.index / places,
        row: place.index % places,
        from_epoch: place.from_epoch,
        until_epoch: (place.until_epoch != NEVER).then_some(place.until_epoch),
        challengeable_from_epoch: place.from_epoch.saturating_add(1),
    })
}

/// Why a provider would be skipped if it were drawn for a seat of a job now, or refused if it took one
/// itself; `None` when it would get it. `offer` is its own, if it has made one.
pub fn seat_refusal(
    network: &Network,
    (address, provider): (&Pubkey, &Provider),
    offer: Option<&Offer>,
    job: &Job,
    now_ts: i64,
) -> Option<WorkTokenError> {
    let provider = touched(network, provider, now_ts);
    let reason = provider.seat_exposure(address, job, offer, network, &network.terms(now_ts)).err();
    reason.map(crate::state::SkipReason::error)
}
