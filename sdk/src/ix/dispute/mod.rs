//! A dispute, from the commitment to it to the end of its accounts.

mod course;
mod opening;
mod settlement;
mod slash;

pub use {course::*, opening::*, settlement::*, slash::*};
