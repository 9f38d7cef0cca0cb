//! A job, from its client to its last credit.

mod accounts;
mod draw;
mod ending;
mod result;
mod terms;

pub use {draw::*, ending::*, result::*, terms::*};
