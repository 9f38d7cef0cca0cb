//! Positions and their tickets.

mod delegation;
mod restaking;
mod unbonding;

pub use delegation::{AutoRestake, Delegation, PendingLot};
pub use restaking::position_flags;
pub use unbonding::{TicketClaim, Unbonding};
