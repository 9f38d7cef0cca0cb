//! Disputes: parties, the arbiter, whoever brings them to their end, and the ways out after a fault.

pub mod accounts;
pub mod advance_dispute;
pub mod answer_dispute;
pub mod claim_appeal;
pub mod claim_counter_bond;
pub mod claim_dispute_credit;
pub mod close_claim;
pub mod close_dispute;
pub mod close_fault;
pub mod commit_dispute;
pub mod distribute_slash;
pub mod execute_installment;
pub mod file_evidence;
pub mod forgive_debt;
pub mod fund_appeal;
pub mod lapse_opening;
pub mod open_dispute;
pub mod opening;
pub mod prove_fault;
pub mod raise_claim;
pub mod rule_dispute;
pub mod unjail;
pub mod veto_slash;
pub mod withdraw_dispute;
