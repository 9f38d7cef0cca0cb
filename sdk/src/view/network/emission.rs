//! What will the next epoch emit, and why?

use crate::{
    math::{
        Amount, Epoch,
        emission::{Cap, Controller, Emission, of_epoch, utilisation},
    },
    state::{EpochPool, EpochState, Ledger, Network},
    view::epoch::opened_now,
};

/// The emission of the epoch that is finalized next, by what is known of it now. Base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextEmission {
    /// The epoch.
    pub epoch: u32,
    /// Whether its law follows the stake; else it emits the same amount in each epoch.
    pub follows_stake: bool,
    /// The rate now: part of the supply in a year, in 10^-12.
    pub rate_ppt: u64,
    /// The rate by which it will emit.
    pub next_rate_ppt: u64,
    /// The part of the supply that shall be staked, in millionths.
    pub stake_target_ppm: u32,
    /// The part that is, in millionths.
    pub staked_ppm: u32,
    /// What the law makes of it.
    pub whole: u64,
    /// How much of that fees would cover, in millionths; of the law that gives way to them.
    pub utilisation_ppm: u32,
    /// What is left once it has given way to fees.
    pub less_fees: u64,
    /// The bounds that bind, the tightest first.
    pub binding: Vec<Cap>,
    /// What may still be emitted at all.
    pub room: u64,
    /// What may still be emitted of the year's cap.
    pub year_room: u64,
    /// What the window still takes.
    pub window_room: u64,
    /// What is split.
    pub emits: u64,
    /// How it is split if everybody who had weight in the last epoch has it again, and as many units count as
    /// in the last epoch that had any.
    pub parts: Emission,
}

/// The emission of the epoch that is finalized next. `pool` is its account, if it was opened; what it has not
/// weighed yet is taken from the last epoch that had stake.
pub fn next_emission(network: &Network, pool: Option<&EpochPool>, ledger: &Ledger, now_ts: i64) -> NextEmission {
    let (mut network, epoch) = (*network, network.next_to_finalize(network.epoch_at(now_ts)));
    let account = pool.filter(|pool| pool.epoch == epoch.0 && pool.state == EpochState::Open as u8);
    let mut pool = account.copied().unwrap_or_else(|| opened_now(&network, Epoch(epoch.0)));
    let folded = pool.stake_folded.max(network.stake_total);
    (pool.stake_folded, pool.stake_weighted, pool.stake_attested) = (folded, folded, folded);
    pool.attester_points = pool.attester_points.max(1);
    pool.work.units = pool.work.units.max(network.units.last());
    network.units.fold(pool.work.units);
    network.fold_stake(Amount(folded), 0);
    network.emission.advance(now_ts);
    let plan = network.plan_emission(&pool, ledger, now_ts);
    let policy = &pool.emission_rules.policy;
    let supply = network.circulating(ledger);
    NextEmission {
        epoch: epoch.0,
        follows_stake: policy.follows_stake(),
        rate_ppt: network.emission.rate_ppt,
        next_rate_ppt: plan.rate.0,
        stake_target_ppm: policy.stake_target_ppm,
        staked_ppm: Controller::staked_part(Amount(folded), supply).0,
        whole: plan.whole.0,
        utilisation_ppm: utilisation(plan.whole, &network.emission.fees_taken).0,
        less_fees: plan.less_fees.0,
        binding: plan.caps.binding(plan.less_fees).collect(),
        room: plan.caps.room.0,
        year_room: plan.caps.year.0,
        window_room: plan.caps.window.0,
        emits: plan.emits.0,
        parts: of_epoch(&pool.emission_limits(
            plan.emits,
            (network.largest_stake(), network.most_units(&pool)),
            pool.treasury_room(ledger.treasury),
        )),
    }
}
