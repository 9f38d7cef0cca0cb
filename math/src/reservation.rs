//! Stake that an open dispute claims from a pool. Booked in full, even beyond what the pool holds, so that a
//! false claim cannot crowd out a true one (position-withdraw-2).

use crate::units::Amount;

/// Sum of what open claims ask of one pool; saturates, because claims may exceed the pool.
pub fn total(claims: impl IntoIterator<Item = Amount>) -> Amount {
    claims.into_iter().fold(Amount::ZERO, Amount::saturating_add)
}
