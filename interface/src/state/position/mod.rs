//! Positions and their tickets.

mod delegation;
mod restaking;
mod unbonding;
mod voice;

pub use delegation::{AutoRestake, Delegation, PendingLot, Voice};
pub use restaking::position_flags;
pub use unbonding::{TicketClaim, Unbonding};
