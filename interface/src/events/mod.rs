//! Facts that an indexer or a wallet needs: past tense, with the totals after the change. Written to the program-data log:
//! an 8-byte discriminator, then the fields in borsh order.
//!
//! One file per group; [`Event`] joins them in the order of the list at the end of this file.

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

/// A group of events: its structs, and a macro of the group's name that adds them to those that `join` has found so far.
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

#[macro_use]
mod disputes;
#[macro_use]
mod epochs;
#[macro_use]
mod governance;
#[macro_use]
mod jobs;
#[macro_use]
mod scores;
#[macro_use]
mod seats;
#[macro_use]
mod stake;

pub use {disputes::*, epochs::*, governance::*, jobs::*, scores::*, seats::*, stake::*};

#[cfg(not(feature = "anchor"))]
join! { [governance stake epochs jobs seats scores disputes] }
