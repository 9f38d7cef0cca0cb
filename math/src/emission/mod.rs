//! What an epoch hands out.
//!
//! A law says how much an epoch emits at the most: a fixed amount ([`Law::Fixed`]), or what a rate makes of
//! the supply, less what fees took from it ([`Law::Target`]). The rate follows the stake ([`Controller`]).
//! Three caps stand above either law ([`Caps`]), and what passes them is split and scaled by stake
//! ([`of_epoch`]). Another law would be another arm of [`Law`] and nothing else.

mod caps;
mod fees;
mod law;
mod rate;
mod split;
pub mod weeks;

pub use caps::{BURST_EPOCHS, Cap, Caps, LEAST_BURST_SECS, Window};
pub use fees::{FEE_EPOCHS, less_fees, utilisation};
pub use law::Law;
pub use rate::{Controller, DEAD_BAND_PPM, LEAST_TARGET, MAX_RATE, Rate, YEAR_SECS, of_rate};
pub use split::{Emission, Limits, of_epoch, of_providers, of_treasury, scaled};
pub use weeks::{WEEKS, Weeks};
