//! Time, weights, emission, settling.

mod bounties;
mod cranks;
mod emission;
mod fees;
mod leaving;
mod missed;
mod paid_work;
mod policy_change;
mod rules;
mod scale;
mod sharing;
mod sweeping;
mod weights;
