//! What one chapter leaves for a later one.

use {crate::demo::world::Stake, work_token_sdk::SeatAddresses};

/// What is still to come.
#[derive(Default)]
pub struct Plot {
    /// The commission that Cascade announced, and the one before. Basis points.
    pub raise: [u16; 2],
    /// The epoch from which on the announced one holds.
    pub raise_epoch: u32,
    /// Seats of several that did the same, until they are paid.
    pub compared: Vec<SeatAddresses>,
    /// Tickets of those who asked to leave early.
    pub exits: Vec<(Stake, u32)>,
    /// Tickets of those who leave the provider that retires.
    pub retired: Vec<(Stake, u32)>,
    /// The epoch in which it retired.
    pub retired_epoch: u32,
    /// The program that counts votes, where there is one.
    pub governance: Option<Vec<u8>>,
}
