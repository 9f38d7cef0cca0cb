//! The views against the program itself on the embedded chain: what is shown is what happens, to the unit and to the second.

mod claims;
mod exits;
mod pools;
mod terms;
mod world;
