//! A provider's place in the active set: taking, waiting for, challenging, swapping and losing it, signs of
//! life, maintenance, the work trees.

pub mod accounts;
pub mod admit_head;
pub mod challenge_place;
pub mod declare_maintenance;
pub mod heartbeat;
pub mod init_tree;
pub mod join_queue;
pub mod pass_head;
pub mod swap_place;
pub mod take_place;
pub mod vacate_place;
