//! How does a provider work, and is it a good place to delegate?

mod counts;
mod pool;
mod reward;
mod terms;
mod work;
#[cfg(test)]
mod work_tests;

pub use {
    counts::{NoWeight, SeatCounts},
    pool::{AnnouncedCommission, Deposit, DepositPreview, PoolHealth, deposit, pool_health},
    reward::{EpochReward, epoch_reward},
    terms::{BeneficiaryStatus, HandoverPhase, HandoverStatus, accept_owner, beneficiary, handover},
    work::{ChallengeStatus, EpochAvailability, MaintenanceStatus, PlaceStatus, WorkStatus, seat_refusal, work_status},
};
