//! Seats of the active set: taking, challenging and swapping them, signs of life, maintenance, outages.

pub mod challenge_swap;
pub mod init_work_tree;
pub mod record_outage;
pub mod signs_of_life;
pub mod take_seat;
