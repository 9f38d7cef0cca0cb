//! The views against the program itself on the embedded chain: what is shown is what happens, to the unit and
//! to the second.

mod attesters;
mod claims;
mod disputes;
mod exits;
mod jobs;
mod market;
mod places;
mod pools;
mod risk;
mod terms;
mod world;
