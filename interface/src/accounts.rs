//! The one list of the program's accounts. What must be done for every account is done by handing the list
//! to a macro: the SDK's decoders, the tests of layouts, golden bytes and the IDL, the table of sizes.

use crate::tags;

/// Hands all accounts to the macro of the given name: `Network, ..., Claim[ClaimEntry], ...`, each with the
/// type of the entries that follow it, if some do. The types are in [`crate::state`].
#[macro_export]
macro_rules! for_each_account {
    ($then:ident) => {
        $then! {
            Network, Provider, Delegation, Unbonding, EpochPool, ParamChange, ParamDraft, JobClass, Model, Client, Job,
            Assignment, Offer, Handover, Beneficiary, Tree, Attester, AttesterRoster, ScoreShard, DisputeOpening, Dispute,
            Claim[ClaimEntry], Fault, Ballot, Juror, AppealShare, QueueEntry
        }
    };
}

/// An account of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountKind {
    /// Its name, as in the IDL.
    pub name: &'static str,
    /// Its first 8 bytes.
    pub tag: [u8; 8],
    /// All its bytes, the tag included; of what follows it none.
    pub size: usize,
}

macro_rules! kinds {
    ($($name:ident $([$entry:ident])?),*) => {
        /// All of them.
        pub const ACCOUNTS: &[AccountKind] = &[$(AccountKind {
            name: stringify!($name),
            tag: tags::of_account(stringify!($name)),
            size: crate::state::$name::SIZE,
        }),*];
    };
}

for_each_account!(kinds);

/// Prints all accounts for the IDL: one that no instruction names by its type would be missing there.
#[cfg(all(test, feature = "idl-build"))]
mod idl {
    use anchor_lang::IdlAccountType;

    macro_rules! printed {
        ($($name:ident $([$entry:ident])?),*) => {
            #[test]
            fn __anchor_private_print_idl_accounts() {
                let (mut accounts, mut types) = (Vec::new(), Vec::new());
                $(<crate::state::$name as IdlAccountType>::__register_idl_deps(&mut accounts, &mut types);)*
                println!("--- IDL begin accounts ---");
                println!("{{\"accounts\":[{}],\"types\":[{}]}}", accounts.join(","), types.join(","));
                println!("--- IDL end accounts ---");
            }
        };
    }

    for_each_account!(printed);
}
