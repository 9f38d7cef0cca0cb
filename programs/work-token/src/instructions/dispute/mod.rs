//! Disputes: parties, the arbiter, and whoever brings them to their end.

pub mod advance_dispute;
pub mod answer_dispute;
pub mod case;
pub mod challenger;
pub mod claim_appeal;
pub mod claim_counter_bond;
pub mod claim_dispute_credit;
pub mod close_dispute;
pub mod distribute_slash;
pub mod execute_installment;
pub mod file_evidence;
pub mod fund_appeal;
pub mod leave_jail;
pub mod open_dispute;
pub mod opening;
pub mod pay_insurance;
pub mod prove_fault;
pub mod rule_dispute;
pub mod settle_ticket;
pub mod veto_slash;
