//! Positions and their tickets.

mod delegation;
mod unbonding;

pub use delegation::{Delegation, PendingLot};
pub use unbonding::{TicketClaim, Unbonding};
