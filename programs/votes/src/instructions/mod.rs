//! One folder per noun, one file per instruction.

pub mod registrar;
pub mod voter;
