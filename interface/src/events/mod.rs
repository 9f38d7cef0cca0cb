//! Facts that an indexer or a wallet needs: past tense, with the totals after the change. Written to the
//! program-data log: an 8-byte discriminator, then the fields in borsh order.
//!
//! One file per noun; [`Event`] joins them in the order of the list at the end of this file.

#[cfg(not(feature = "anchor"))]
use crate::instructions::{EVENTS, discriminator};

/// One entry of an event's list.
macro_rules! entry {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize))]
        #[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
            pub const NAMES: &'static [&'static str] = &in_the_order_of_the_table([$(stringify!($name)),*]);

            /// The event's name.
            pub const fn name(&self) -> &'static str {
                match self { $( Self::$name(_) => stringify!($name), )* }
            }

            /// Reads the fields of the event called `name`; `None` for an unknown name or malformed bytes.
            pub fn read(name: &str, mut fields: &[u8]) -> Option<Self> {
                match name {
                    $( stringify!($name) => borsh::BorshDeserialize::deserialize(&mut fields).ok().map(Self::$name), )*
                    _ => None,
                }
            }
        }
    };
}

/// The names of all events as [`EVENTS`] lists them: each of them, and no other.
#[cfg(not(feature = "anchor"))]
const fn in_the_order_of_the_table<const COUNT: usize>(events: [&str; COUNT]) -> [&'static str; COUNT] {
    assert!(EVENTS.len() == COUNT, "as many events as discriminators");
    let mut names = [""; COUNT];
    let (mut table, mut left, mut slots) = (EVENTS, events.as_slice(), names.as_mut_slice());
    while let ([(name, _), next @ ..], [event, others @ ..], [slot, free @ ..]) = (table, left, slots) {
        assert!(discriminator(EVENTS, event).is_some(), "an event without a discriminator");
        *slot = name;
        (table, left, slots) = (next, others, free);
    }
    names
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
