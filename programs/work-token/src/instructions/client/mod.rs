//! What a client may do: create jobs, cancel, extend, approve and rate them, take its credits; with what anybody may do to end a seat.

pub mod claim_credit;
pub mod client_seat;
pub mod close_job;
pub mod create_job;
pub mod end_seat;
pub mod register_client;
pub mod set_job_class;
pub mod settle_seat;
