//! How far is a move of stake to another provider?

use {
    crate::state::Unbonding,
    crate::view::{PositionAt, position::leave::exits},
};

/// What is next of a move: its ticket has asked to leave, and goes to another provider once it has matured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveStep {
    /// The ticket has not matured.
    Wait {
        /// It does from then on. Unix seconds.
        until_ts: i64,
    },
    /// Withdraw it and delegate what that pays, in one transaction.
    Deliver {
        /// What it pays. Base units.
        amount: u64,
        /// What stays held for open disputes. Base units.
        held: u64,
    },
    /// The ticket was paid, or is gone.
    Over {
        /// What is still held of it. Base units.
        held: u64,
    },
}

/// What is next of a move whose ticket this is, if it exists.
pub fn move_step(at: &PositionAt, ticket: Option<&Unbonding>) -> MoveStep {
    let Some(ticket) = ticket else { return MoveStep::Over { held: 0 } };
    if ticket.is_held() {
        return MoveStep::Over { held: ticket.held };
    }
    if ticket.require_mature(at.now_ts).is_err() {
        return MoveStep::Wait { until_ts: ticket.matures_at_ts };
    }
    let tickets = [*ticket];
    let exit = exits(&PositionAt { tickets: &tickets, ..*at });
    exit.first().map_or(MoveStep::Over { held: 0 }, |exit| MoveStep::Deliver { amount: exit.pays, held: exit.holds })
}
