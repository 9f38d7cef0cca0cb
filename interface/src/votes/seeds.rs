//! Seeds of the add-in's addresses. Those of the two conventional records are what clients of SPL Governance
//! look for.

/// `registrar`, realm, mint.
pub const REGISTRAR: &[u8] = b"registrar";
/// `voter`, registrar, holder.
pub const VOTER: &[u8] = b"voter";
/// `slot-record`, registrar, holder: what a voter weighs in one slot, for one action.
pub const SLOT_RECORD: &[u8] = b"slot-record";
/// `voter-weight-record`, realm, mint, holder: what a voter weighs for a day at most.
pub const STANDING_RECORD: &[u8] = b"voter-weight-record";
/// `max-voter-weight-record`, realm, mint.
pub const MAX_RECORD: &[u8] = b"max-voter-weight-record";
