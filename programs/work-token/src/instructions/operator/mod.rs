//! The work on a seat: drawing its provider, accepting, committing, submitting, and the provider's offer.

pub mod accept_decline;
pub mod capture_seed;
pub mod draw;
pub mod draw_job;
pub mod meter;
pub mod results;
pub mod seating;
pub mod set_offer;
