//! How instructions are made into transactions.

use {super::PriorityFee, crate::AddressLookupTableAccount};

/// What transactions pay on top of the base fee, and the tables in which they may look up accounts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Manner<'a> {
    /// What they pay on top of the base fee.
    pub fee: PriorityFee,
    /// Tables that are active and hold what they say: a message of version 0 is signed without the addresses
    /// that it looks up.
    pub tables: &'a [AddressLookupTableAccount],
}

impl From<PriorityFee> for Manner<'_> {
    fn from(fee: PriorityFee) -> Self {
        Self { fee, tables: &[] }
    }
}
