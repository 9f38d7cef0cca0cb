//! What joins a realm to a network, and the realm's maximum weight.

pub mod accounts;
pub mod create_registrar;
pub mod set_registrar;
pub mod update_max_voter_weight;
