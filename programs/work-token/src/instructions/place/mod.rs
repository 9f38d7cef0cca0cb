//! A provider's place in the active set: taking, challenging and swapping it, signs of life, maintenance, the
//! work trees.

pub mod accounts;
pub mod challenge_place;
pub mod declare_maintenance;
pub mod heartbeat;
pub mod init_tree;
pub mod swap_place;
pub mod take_place;
