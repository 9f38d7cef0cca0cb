//! A holder's positions in the eyes of a registrar, and what they weigh.

pub mod accounts;
pub mod add_position;
pub mod close_voter;
pub mod create_voter;
pub mod remove_position;
pub mod update_voter_weight;
