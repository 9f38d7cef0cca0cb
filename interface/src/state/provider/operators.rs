//! Who works for a provider: its operator in everything, and beside it one of a class in that
//! (provider-operator-1).

use solana_address::address_eq;

use super::{Provider, provider_flags};
use crate::{Address, WorkTokenError as E, limits::MAX_JOB_CLASSES, state::Offer};

impl Provider {
    /// Sets the hot key that works for it.
    /// - Refuses: the owner itself.
    pub fn set_operator(&mut self, operator: Address) -> Result<(), E> {
        self.require_not_owner(&operator, E::OperatorIsOwner)?;
        self.operator = operator;
        self.flags &= !provider_flags::OPERATOR_SIGNED;
        Ok(())
    }

    /// Whether a key is the operator and has signed as such. One that its owner only named is not bound by
    /// it: an owner could name whom it wants to keep from judging it.
    pub fn has_signed_as_operator(&self, key: &Address) -> bool {
        self.flags & provider_flags::OPERATOR_SIGNED != 0 && address_eq(&self.operator, key)
    }

    /// The operator signed as such.
    #[inline]
    pub(super) fn note_signed(&mut self) {
        self.flags |= provider_flags::OPERATOR_SIGNED;
    }

    /// Asks whether a key takes seats of a class for it, and notes that it signed.
    /// - Refuses: whoever is neither the operator nor that of the class.
    pub fn require_operator(&mut self, key: &Address, class: u8, offer: Option<&Offer>) -> Result<(), E> {
        if address_eq(&self.operator, key) {
            self.note_signed();
            return Ok(());
        }
        let of_class = offer.and_then(|offer| offer.operator_of(class, &self.owner));
        if of_class.is_some_and(|operator| address_eq(operator, key)) { Ok(()) } else { Err(E::OperatorsOnly) }
    }

    /// Names the key that takes seats of a class beside the operator; the zero address names none.
    /// - Refuses: a class that cannot be; the owner itself; a fifth key.
    pub fn set_class_operator(&mut self, offer: &mut Offer, class: u8, operator: &Address) -> Result<(), E> {
        self.require_not_owner(operator, E::OperatorIsOwner)?;
        if usize::from(class) >= MAX_JOB_CLASSES {
            return Err(E::UnknownJobClass);
        }
        self.flags |= provider_flags::HAS_OFFER;
        offer.set_operator_of(class, operator, &self.owner)
    }
}
