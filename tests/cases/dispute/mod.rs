//! Claims, bonds, rounds, appeals, slashes.

mod accounts;
mod answers;
mod arbiter;
mod bonds;
pub mod contested;
mod correlation;
mod counted_once;
mod course;
mod crossings;
mod ends;
mod entrances;
mod exits;
mod joins;
mod late_cranks;
mod layers;
pub mod liability;
mod money;
mod openings;
mod proofs;
pub mod rounds;
mod shares;
pub mod slashing;
mod slashing_ends;
