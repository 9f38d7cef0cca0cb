//! What attesters do: lock a bond and seek a place, commit and reveal reports, be paid; and the cranks that
//! draw them and turn reports into scores.

pub mod accounts;
pub mod add_attester_bond;
pub mod aim_attester;
pub mod claim_attester_rewards;
pub mod close_attester;
pub mod close_score_shard;
pub mod commit_canaries;
pub mod commit_reports;
pub mod displace_attester;
pub mod draw_attesters;
pub mod mask_report;
pub mod register_attester;
pub mod retire_attester;
pub mod reveal_reports;
pub mod score_providers;
pub mod set_reporter;
pub mod settle_attesters;
