//! Jurors and their ballots.

mod ballot;
mod juror;

pub use ballot::{Ballot, BallotState};
pub use juror::{Juror, Left};
