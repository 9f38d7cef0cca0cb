//! What jurors do: lock stake, vote, be paid and leave; and the cranks that draw juries and settle their
//! ballots.

pub mod accounts;
pub mod call_jury;
pub mod claim_juror_pay;
pub mod commit_vote;
pub mod draw_juror;
pub mod exclude_juror;
pub mod interest;
pub mod join_jury;
pub mod leave_jury;
pub mod phase;
pub mod reveal_vote;
pub mod settle_ballot;
pub mod sync_juror;
