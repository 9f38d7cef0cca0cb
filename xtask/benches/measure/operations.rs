//! The operations of the table, in its order, and the account types with their sizes.

use std::collections::BTreeMap;

use work_token_xtask::bench::measure::Operation;

/// Every operation that is measured. While there are none, `cargo xtask bench` fails and says so.
pub fn all() -> Vec<Box<dyn Operation>> {
    Vec::new()
}

/// Bytes of each account type, with its discriminator.
pub fn account_bytes() -> BTreeMap<String, u64> {
    BTreeMap::new()
}
