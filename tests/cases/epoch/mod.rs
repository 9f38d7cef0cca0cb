//! Time, weights, emission, settling.

mod bounties;
mod cranks;
mod fees;
mod leaving;
mod missed;
mod rules;
mod scale;
mod sharing;
mod sweeping;
mod weights;
