//! One economy: its creation, mint, parameters, authorities and outages.

mod authorities;
mod creation;
mod drafts;
mod frozen;
mod metrics_change;
mod mints;
mod outages;
mod parameters;
pub mod params_change;
mod pause;
mod presets;
mod steps;
mod surplus;
mod treasury;
