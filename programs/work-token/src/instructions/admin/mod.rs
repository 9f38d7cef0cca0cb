//! What governs a network: its creation, its authorities, its parameters within bounds, its treasury, a pause of the entrances.

pub mod authorities;
pub mod create_network;
pub mod params;
pub mod pause;
pub mod pay_treasury;
