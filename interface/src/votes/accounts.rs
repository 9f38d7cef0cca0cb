//! The one list of the add-in's accounts, as [`crate::for_each_account`] is that of the program's.

use crate::{accounts::AccountKind, tags};

/// Hands all accounts of the add-in to the macro of the given name. The types are in [`crate::votes`].
#[macro_export]
macro_rules! for_each_votes_account {
    ($then:ident) => {
        $then! { Registrar, Voter }
    };
}

macro_rules! kinds {
    ($($name:ident),*) => {
        /// All of them. The records are laid out by SPL Governance: [`crate::votes::record`].
        pub const ACCOUNTS: &[AccountKind] = &[$(AccountKind {
            name: stringify!($name),
            tag: tags::of_account(stringify!($name)),
            size: crate::votes::$name::SIZE,
        }),*];
    };
}

for_each_votes_account!(kinds);
