//! What attesters do: lock a bond and seek a place, commit and reveal reports, be paid; and the cranks that
//! seat them and turn reports into scores.

pub mod advance_beacon;
pub mod claim_attester_rewards;
pub mod close_score_shard;
pub mod commit_reports;
pub mod leave_attester;
pub mod mask_report;
pub mod register_attester;
pub mod reveal_reports;
pub mod score_providers;
pub mod seat_attesters;
pub mod seek_place;
pub mod settle_attesters;
