//! The add-in of SPL Governance on the embedded chain, and accounts as SPL Governance writes them, where no
//! vote is held.

use {
    crate::{Localnet, LocalnetError, VOTES_ELF_VARIABLE, read_elf},
    std::path::{Path, PathBuf},
    work_token_sdk::{Pubkey, votes},
};

/// Where the committed add-in lies.
const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../artifacts/work_token_votes.so");

impl Localnet {
    /// Deploys the add-in: the committed one, or the one that [`VOTES_ELF_VARIABLE`] names.
    pub fn install_votes(&self) -> Result<(), LocalnetError> {
        let path = std::env::var_os(VOTES_ELF_VARIABLE).map_or_else(|| Path::new(COMMITTED).into(), PathBuf::from);
        let elf = read_elf(&path)?;
        let deployed = self.with_svm(|svm| svm.add_program(votes::ID, &elf));
        deployed.map_err(|error| LocalnetError::Refused(format!("{error:?}")))
    }
}

/// A realm's account: no council, the authority given.
pub fn realm_bytes(mint: &Pubkey, authority: Option<&Pubkey>) -> Vec<u8> {
    let mut data = vec![16];
    data.extend_from_slice(mint.as_ref());
    data.extend_from_slice(&[0; 8 + 8 + 1 + 8 + 1 + 6 + 2]);
    match authority {
        None => data.push(0),
        Some(authority) => {
            data.push(1);
            data.extend_from_slice(authority.as_ref());
        }
    }
    data.extend_from_slice(&4u32.to_le_bytes());
    data.extend_from_slice(b"Work");
    data.resize(data.len() + 128, 0);
    data
}

/// A governance's account: thresholds of 60 percent for the community and none for the council.
pub fn governance_bytes(realm: &Pubkey, base_secs: u32, cool_off_secs: u32) -> Vec<u8> {
    let mut data = vec![18];
    data.extend_from_slice(realm.as_ref());
    data.extend_from_slice(&[0; 32 + 4]);
    data.extend_from_slice(&[0, 60]);
    data.extend_from_slice(&[0; 8 + 4]);
    data.extend_from_slice(&base_secs.to_le_bytes());
    data.extend_from_slice(&[2, 2, 2]);
    data.extend_from_slice(&[0; 8 + 1]);
    data.push(2);
    data.extend_from_slice(&cool_off_secs.to_le_bytes());
    data.resize(236, 0);
    data
}

/// A proposal's account, as far as the add-in reads it.
pub fn proposal_bytes(governance: &Pubkey) -> Vec<u8> {
    let mut data = vec![14];
    data.extend_from_slice(governance.as_ref());
    data.resize(300, 0);
    data
}
