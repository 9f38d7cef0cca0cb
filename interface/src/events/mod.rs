//! Facts that an indexer or a wallet needs: past tense, with the totals after the change. Written to the
//! program-data log: an 8-byte discriminator, then the fields in borsh order.
//!
//! One file per noun; [`Event`] joins them in the order of the list at the end of this file.

/// One entry of an event's list. Laid out as it is written where it has no padding: then the program writes a
/// list in one piece.
macro_rules! entry {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize))]
        #[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(C)]
        pub struct $name { $($body)* }
    };
}

/// A group of events: its structs, and a macro of the group's name that adds them to those that `join` has
/// found so far.
macro_rules! events {
    ($group:ident: $($events:tt)*) => { events! { @ ($) $group: $($events)* } };
    // A macro can write another one's `$` only if it was handed one.
    (@ ($d:tt) $group:ident:
        $( $(#[doc = $doc:literal])* $name:ident { $( $(#[doc = $field_doc:literal])* $field:ident: $type:ty, )* } )*
    ) => {
        $(
            $(#[doc = $doc])*
            #[cfg_attr(feature = "anchor", anchor_lang::prelude::event)]
            #[cfg_attr(not(feature = "anchor"), derive(Clone, Debug, PartialEq, Eq, borsh::BorshSerialize, borsh::BorshDeserialize))]
            pub struct $name { $( $(#[doc = $field_doc])* pub $field: $type, )* }
        )*

        #[cfg(not(feature = "anchor"))]
        macro_rules! $group {
            ([$d($d next:ident)*] $d($d found:tt)*) => {
                join! { [$d($d next)*] $d($d found)* $( $(#[doc = $doc])* $name; )* }
            };
        }
    };
}

/// The enum of all events of the groups listed.
#[cfg(not(feature = "anchor"))]
macro_rules! join {
    ([$group:ident $($next:ident)*] $($found:tt)*) => { $group! { [$($next)*] $($found)* } };
    ([] $( $(#[doc = $doc:literal])* $name:ident; )*) => {
        /// Any event of the program.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Event { $( $(#[doc = $doc])* $name($name), )* }

        impl Event {
            /// Names of all events, as in the IDL.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// The event's name.
            pub const fn name(&self) -> &'static str {
                match self { $( Self::$name(_) => stringify!($name), )* }
            }

            /// Reads an event: its discriminator, then its fields. `None` for an unknown one or malformed
            /// fields; bytes after the last field are not looked at.
            pub fn read(bytes: &[u8]) -> Option<Self> {
                let (tag, mut fields) = bytes.split_first_chunk::<8>()?;
                $(
                    if *tag == const { crate::tags::of_event(stringify!($name)) } {
                        return borsh::BorshDeserialize::deserialize(&mut fields).ok().map(Self::$name);
                    }
                )*
                None
            }

            /// The bytes that [`Self::read`] reads.
            pub fn bytes(&self) -> alloc::vec::Vec<u8> {
                let mut bytes = crate::tags::of_event(self.name()).to_vec();
                // Writing into a growing vector cannot fail.
                let _ = match self { $( Self::$name(fields) => borsh::BorshSerialize::serialize(fields, &mut bytes), )* };
                bytes
            }
        }
    };
}

#[macro_use]
mod dispute;
#[macro_use]
mod epoch;
#[macro_use]
mod job;
#[macro_use]
mod jury;
#[macro_use]
mod network;
#[macro_use]
mod place;
#[macro_use]
mod position;
#[macro_use]
mod provider;
#[macro_use]
mod score;

pub use {dispute::*, epoch::*, job::*, jury::*, network::*, place::*, position::*, provider::*, score::*};

#[cfg(not(feature = "anchor"))]
join! { [network epoch provider position place job score jury dispute] }
