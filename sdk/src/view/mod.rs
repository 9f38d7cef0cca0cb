//! What a person asks, answered from decoded accounts and a time: no chain, no clock.
//!
//! Every number comes out of the very state methods that the program runs, on a copy: what a view shows is
//! what a transaction sent at that second pays, to the unit.
//!
//! | Question | View |
//! | --- | --- |
//! | What do I own? | [`holdings`] |
//! | What can I claim? | [`claim`], the owner: [`owner_claim`] |
//! | When can I leave, and what do I forfeit? | [`exits`], [`leave`] |
//! | What can be settled before I leave, in the same transaction? | [`settle_first`] |
//! | How far is a move to another provider? | [`move_step`] |
//! | What does it do to give shares to somebody? | [`transfer`] |
//! | Who votes with my stake? | [`position_voice`], [`owner_voice`] |
//! | What if I take its voice, or give it back? | [`set_direct`] |
//! | Does anybody restake for me? | [`restaking`] |
//! | What would this slash cost me? | [`slash_cost`], open claims: [`open_claims`] |
//! | What have disputes found, what may they cost me? | [`provider_risk`], [`position_risk`] |
//! | All of that in one look, with terms, exit and what governance is about to change | [`risk`](risk()) |
//! | What of my held parts can be settled? | [`settlements`] |
//! | How far is a dispute, who may do what, who has the reward, what would it cost whom? | [`dispute_view`] |
//! | What does a dispute need, and what may come of it? | [`quote_dispute`], [`quote_proof`] |
//! | What does a raised claim need? | [`quote_raise`] |
//! | Until when can what I committed to be opened? | [`opening_view`] |
//! | What binds a juror, what must it do? | [`juror_view`], [`ballot_view`] |
//! | Is this a good place to delegate? | [`pool_health`], [`deposit`] |
//! | Does a lot of mine need a crank? | [`lots`] |
//! | How far is an epoch? | [`epoch_progress`] |
//! | What are the network's terms? | [`network_status`] |
//! | What will the next epoch emit, and why? | [`next_emission`] |
//! | What could those with powers do together? | [`powers`] |
//! | How far is a job, who may do what, where is its money? | [`job_view`] |
//! | What would a job cost? | [`quote_job`] |
//! | How does a provider work? | [`work_status`], would it get a seat of a job: [`seat_refusal`] |
//! | Who shall own a provider, could I take it over? | [`handover`], [`accept_owner`] |
//! | Who is paid a provider's own rewards? | [`beneficiary`] |
//! | Which places are free, who could lose one? | [`places_view`], [`free_place`], [`challenge`] |
//! | Who waits for a place, whose turn is it? | [`queue_view`], [`join_queue`], [`admit_head`], [`pass_head`]
//! |
//! | Does a provider lose its place by not keeping it up? | [`vacate_place`] |
//! | Who has reported on a shard? | [`shard_status`] |

mod dispute;
mod epoch;
mod job;
mod jury;
mod network;
mod place;
mod position;
mod provider;
mod queue;
mod risk;
mod score;

pub use {
    dispute::{
        AnswerView, AppealView, BondQuote, ChallengerOutcome, DisputeAllowed, DisputeAsk, DisputeAt, DisputeQuote,
        DisputeStep, DisputeView, DisputeWho, JurySeed, JuryView, OpeningView, OutcomeCost, PartyState, PartyView,
        RaiseQuote, RewardStep, SlashView, accused_of_epoch, dispute_view, opening_view, quote_dispute, quote_proof,
        quote_raise,
    },
    epoch::{EpochPhase, EpochProgress, epoch_progress},
    job::{
        Allowed, JobAt, JobCrank, JobEscrow, JobModel, JobQuote, JobTerms, JobView, SeatView, SeedView, Step, Who,
        job_view, quote_job,
    },
    jury::{BallotDuty, BallotView, JurorView, ballot_view, juror_view},
    network::{ConvictedBy, Conviction, NetworkStatus, NextEmission, Powers, network_status, next_emission, powers},
    place::{Incumbent, PlacesView, challenge, free_place, places_view},
    position::{
        Claim, ClaimOnMe, DisputeRisk, Field, ForfeitedEpoch, Holdings, Jail, JointLoss, LOT_WARNING_EPOCHS, Leaving,
        LotHolding, LotStatus, MoveStep, OpenClaim, OpenDispute, OwnerClaim, OwnerVoice, PastFault, PositionRisk,
        PositionVoice, ProviderRisk, Restaking, SettledFirst, SeverityLoss, SlashCost, SlashSize, TicketExit,
        TicketHolding, TicketLoss, TicketSettlement, Transfer, VestingPart, Voter, claim, exits, holdings, leave, lots,
        move_step, open_claims, owner_claim, owner_voice, position_risk, position_voice, provider_risk, restaking,
        set_direct, settle_first, settlements, slash_cost, transfer,
    },
    provider::{
        AnnouncedCommission, BeneficiaryStatus, ChallengeStatus, Deposit, DepositPreview, EpochAvailability,
        EpochReward, HandoverPhase, HandoverStatus, MaintenanceStatus, NoWeight, PlaceStatus, PoolHealth, SeatCounts,
        WorkStatus, accept_owner, beneficiary, deposit, epoch_reward, handover, pool_health, seat_refusal, work_status,
    },
    queue::{QueueView, Waiting, admit_head, join_queue, pass_head, queue_view, vacate_place},
    risk::{ExitRisk, Forfeit, NextOwner, PendingChange, Risk, RiskAt, risk},
    score::{ShardAttester, ShardPhase, ShardStatus, shard_status},
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
