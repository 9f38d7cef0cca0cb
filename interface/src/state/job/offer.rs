//! What a provider works for: the classes it serves, its lowest fee and its least working time in each.

use solana_address::address_eq;

use crate::{
    Address, WorkTokenError as E,
    args::SetOfferArgs,
    limits::{MAX_CLASS_OPERATORS, MAX_JOB_CLASSES},
    math::Epoch,
};

part! {
    /// A key that takes seats of some classes beside the operator. Zero where there is none.
    pub struct ClassOperator {
        /// The key.
        pub operator: Address,
        /// Its classes, bit by class.
        pub classes: u16,
        /// Unused.
        pub padding: [u8; 6],
    }
}

account! {
    /// A provider's served classes, floor prices and least working times. A change counts from the next epoch
    /// on, so nobody can dodge a draw whose seed is known (provider-offer-1).
    pub struct Offer {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Classes served, bit by class.
        pub classes: u16,
        /// Classes served from `next_from_epoch` on.
        pub next_classes: u16,
        /// Unused.
        pub padding: u16,
        /// The network.
        pub network: Address,
        /// Since when `next_classes`, `next_floors` and `next_least_work_secs` hold.
        pub next_from_epoch: u32,
        /// Unused.
        pub padding_2: u32,
        /// The provider.
        pub provider: Address,
        /// Lowest that a job of a class can pay. Base units.
        pub floors: [u64; MAX_JOB_CLASSES],
        /// The same from `next_from_epoch` on. Base units.
        pub next_floors: [u64; MAX_JOB_CLASSES],
        /// Shortest working time per class. Seconds.
        pub least_work_secs: [u32; MAX_JOB_CLASSES],
        /// The same from `next_from_epoch` on. Seconds.
        pub next_least_work_secs: [u32; MAX_JOB_CLASSES],
        /// The owner that named the operators of classes: with another owner they are void.
        pub operators_of: Address,
        /// The operators of classes.
        pub operators: [ClassOperator; MAX_CLASS_OPERATORS],
    }
}

/// What an offer asks of a job of one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Lowest that the job can pay in the time it asks for. Base units.
    pub floor: u64,
    /// Shortest working time. Seconds.
    pub least_work_secs: u32,
}

impl Offer {
    /// What the offer asks of a class in an epoch; `None` when the class is not served.
    #[inline]
    pub fn asked(&self, class: u8, epoch: Epoch) -> Option<Asked> {
        let (classes, floors, least_work_secs) = if epoch.0 >= self.next_from_epoch {
            (self.next_classes, &self.next_floors, &self.next_least_work_secs)
        } else {
            (self.classes, &self.floors, &self.least_work_secs)
        };
        let bit = 1u16.checked_shl(u32::from(class))?;
        if classes & bit == 0 {
            return None;
        }
        let class = usize::from(class);
        Some(Asked { floor: *floors.get(class)?, least_work_secs: *least_work_secs.get(class)? })
    }

    /// Replaces the offer from the epoch after `now` on.
    pub fn set(&mut self, now: Epoch, args: &SetOfferArgs) {
        if now.0 >= self.next_from_epoch {
            self.classes = self.next_classes;
            self.floors = self.next_floors;
            self.least_work_secs = self.next_least_work_secs;
        }
        self.next_classes = args.classes;
        self.next_floors = args.floors;
        self.next_least_work_secs = args.least_work_secs;
        self.next_from_epoch = now.next().0;
    }

    /// The key that takes seats of a class beside the operator of a provider with this owner.
    pub fn operator_of(&self, class: u8, owner: &Address) -> Option<&Address> {
        let bit = 1u16.checked_shl(u32::from(class))?;
        let mut named = self.operators_named_by(owner).iter();
        named.find(|named| named.classes & bit != 0).map(|named| &named.operator)
    }

    /// Whether a key takes seats of any class for a provider with this owner.
    pub fn is_operated_by(&self, key: &Address, owner: &Address) -> bool {
        self.operators_named_by(owner).iter().any(|named| named.classes != 0 && address_eq(&named.operator, key))
    }

    fn operators_named_by(&self, owner: &Address) -> &[ClassOperator] {
        if address_eq(&self.operators_of, owner) { &self.operators } else { &[] }
    }

    /// Names the key that takes seats of a class; the zero address names none.
    /// - Refuses: more keys than there is room for.
    pub fn set_operator_of(&mut self, class: u8, operator: &Address, owner: &Address) -> Result<(), E> {
        let bit = 1u16.checked_shl(u32::from(class)).unwrap_or(0);
        let mut operators = self.operators;
        for named in &mut operators {
            named.classes &= if address_eq(&self.operators_of, owner) { !bit } else { 0 };
            if named.classes == 0 {
                named.operator = Address::default();
            }
        }
        if *operator != Address::default() {
            let place = operators.iter().position(|named| named.operator == *operator);
            let place = place.or_else(|| operators.iter().position(|named| named.classes == 0));
            let named = place.and_then(|place| operators.get_mut(place)).ok_or(E::TooManyOperators)?;
            named.operator = *operator;
            named.classes |= bit;
        }
        (self.operators, self.operators_of) = (operators, *owner);
        Ok(())
    }
}
