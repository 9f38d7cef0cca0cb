//! What an action of a jury does to the phase of its dispute.

use crate::prelude::*;

use crate::instructions::dispute::accounts::emit_advanced;

/// The phase and the jury.
pub fn phase_of(dispute: &Dispute) -> [u8; 2] {
    [dispute.machine.phase, dispute.machine.jury]
}

/// Says where a dispute stands, if its phase or its jury is not what it was `before`.
pub fn emit_if_advanced(dispute: &Stored<Dispute>, before: [u8; 2]) {
    if phase_of(dispute) != before {
        emit_advanced(dispute);
    }
}
