//! What a person asks, answered from decoded accounts and a time: no chain, no clock.
//!
//! Every number comes out of the very state methods that the program runs, on a copy: what a view shows is what a transaction sent at
//! that second pays, to the unit.
//!
//! | Question | View |
//! | --- | --- |
//! | What do I own? | [`holdings`] |
//! | What can I claim? | [`claim`], the owner: [`owner_claim`] |
//! | When can I leave, and what do I forfeit? | [`exits`], [`leave`] |
//! | What would this slash cost me? | [`slash_cost`], open claims: [`open_claims`] |
//! | What have disputes found, what may they cost me? | [`provider_risk`], [`position_risk`] |
//! | How far is a dispute, who may do what, what would it cost whom? | [`dispute_view`], before it is opened: [`quote_dispute`] |
//! | What binds a juror, what must it do? | [`juror_view`], [`ballot_view`] |
//! | Is this a good place to delegate? | [`pool_health`], [`deposit`] |
//! | Does a lot of mine need a crank? | [`lots`] |
//! | How far is an epoch? | [`epoch_progress`] |
//! | What are the network's terms? | [`network_status`] |
//! | How far is a job, who may do what, where is its money? | [`job_view`], before it is made: [`quote_job`] |
//! | How does a provider work? | [`work_status`], would it get a seat of a job: [`seat_refusal`] |
//! | Which seats are free, who could lose one? | [`seats_view`], [`free_seat`], [`challenge`] |
//! | Who has reported on a shard? | [`shard_status`] |

mod claim;
mod counts;
mod dispute;
mod epoch;
mod holdings;
mod job;
mod juror;
mod leave;
mod lots;
mod network;
mod pool;
mod risk;
#[cfg(test)]
mod risk_tests;
mod seats;
mod shard;
mod slash;
mod work;
#[cfg(test)]
mod work_tests;

pub use {
    claim::{Claim, OwnerClaim, VestingPart, claim, owner_claim},
    counts::{NoWeight, SeatCounts},
    dispute::{
        AppealView, DisputeAllowed, DisputeAsk, DisputeAt, DisputeQuote, DisputeStep, DisputeView, DisputeWho,
        JurySeed, JuryView, OutcomeCost, PartyView, SlashView, accused_of_epoch, dispute_view, quote_dispute,
    },
    epoch::{EpochPhase, EpochProgress, epoch_progress},
    holdings::{Holdings, LotHolding, TicketHolding, holdings},
    job::{
        Allowed, JobAt, JobCrank, JobEscrow, JobQuote, JobTerms, JobView, SeatView, SeedView, Step, Who, job_view,
        quote_job,
    },
    juror::{BallotDuty, BallotView, JurorView, ballot_view, juror_view},
    leave::{Field, ForfeitedEpoch, Leaving, TicketExit, exits, leave},
    lots::{LOT_WARNING_EPOCHS, LotStatus, lots},
    network::{NetworkStatus, network_status},
    pool::{AnnouncedCommission, Deposit, DepositPreview, PoolHealth, deposit, pool_health},
    risk::{
        DisputeRisk, Jail, OpenClaim, OpenDispute, PastFault, PositionRisk, ProviderRisk, SeverityLoss, position_risk,
        provider_risk,
    },
    seats::{Incumbent, SeatsView, challenge, free_seat, seats_view},
    shard::{ShardAttester, ShardPhase, ShardStatus, shard_status},
    slash::{ClaimOnMe, SlashCost, SlashSize, TicketLoss, open_claims, slash_cost},
    work::{ChallengeStatus, EpochAvailability, MaintenanceStatus, SeatStatus, WorkStatus, seat_refusal, work_status},
};

use crate::{
    math::{Epoch, position::Harvest},
    state::{Delegation, Network, Provider, Unbonding},
};

/// A position at a time: what the views of it look at. `tickets` are the position's own, in any order.
#[derive(Clone, Copy, Debug)]
pub struct PositionAt<'a> {
    /// The network.
    pub network: &'a Network,
    /// The provider.
    pub provider: &'a Provider,
    /// The position.
    pub position: &'a Delegation,
    /// Its tickets.
    pub tickets: &'a [Unbonding],
    /// The time. Unix seconds.
    pub now_ts: i64,
}

/// Provider and position as the program would bring them up to date at a time, before it does anything else.
struct Books {
    provider: Provider,
    position: Delegation,
    harvest: Harvest,
}

fn up_to_date(at: &PositionAt) -> Books {
    let provider = touched(at.network, at.provider, at.now_ts);
    let mut position = *at.position;
    let harvest = provider.harvest(&mut position);
    Books { provider, position, harvest }
}

fn touched(network: &Network, provider: &Provider, now_ts: i64) -> Provider {
    let mut provider = *provider;
    provider.touch(network, &network.terms(now_ts));
    provider
}

/// The network as it is once what is recordable of an outage has been recorded: whatever crosses a deadline
/// does that first, and nobody is late before.
fn recorded(network: &Network, (slot, now_ts): (u64, i64)) -> Network {
    let mut network = *network;
    network.record_due(slot, now_ts);
    network
}

/// The second at which an epoch begins; the end of time when there is none.
fn starts_at_ts(network: &Network, epoch: Epoch) -> i64 {
    network.clock().starts_at_ts(epoch).unwrap_or(i64::MAX)
}
