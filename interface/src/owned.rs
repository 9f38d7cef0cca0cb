//! Which program an account is of.

use crate::Address;

/// What one of our programs stores.
pub trait Owned {
    /// The program. Anchor's own trait names the Work Token program in every account of this crate.
    const PROGRAM: Address;
}
