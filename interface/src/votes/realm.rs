//! What the add-in reads of the accounts of SPL Governance, at the offsets of version 4.0.0: a realm, a
//! governance, a proposal. Borsh, so that an option moves what follows it. Whose accounts they are is looked
//! at before.

use crate::Address;

/// First byte of a realm.
pub const REALM: u8 = 16;
/// First byte of a proposal.
pub const PROPOSAL: u8 = 14;
/// First byte of a governance: of whatever, of a program, of a mint, of a token account.
pub const GOVERNANCES: [u8; 4] = [18, 19, 20, 21];

/// A realm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Realm {
    /// Its community token.
    pub community_mint: Address,
    /// Who may change it.
    pub authority: Address,
}

/// A governance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Governance {
    /// Its realm.
    pub realm: Address,
    /// For how long a proposal of it can be voted on, cool-off included. Seconds.
    pub voting_secs: u64,
}

/// Reads a realm. `None` for anything else, and for one without an authority.
pub fn realm(data: &[u8]) -> Option<Realm> {
    let mut bytes = Bytes(data);
    if bytes.byte()? != REALM {
        return None;
    }
    let community_mint = bytes.address()?;
    // Two bytes and six reserved ones, the least weight to create a governance, the source of the maximum
    // weight: a variant and a number.
    bytes.skip(8 + 8 + 1 + 8)?;
    match bytes.byte()? {
        0 => {}
        // The council's mint.
        _ => bytes.skip(32)?,
    }
    // Six reserved bytes, and a count that is not used any more.
    bytes.skip(6 + 2)?;
    match bytes.byte()? {
        0 => None,
        _ => Some(Realm { community_mint, authority: bytes.address()? }),
    }
}

/// Reads the governance that a proposal belongs to. `None` for anything but a proposal.
pub fn governance_of_proposal(data: &[u8]) -> Option<Address> {
    let mut bytes = Bytes(data);
    if bytes.byte()? == PROPOSAL { bytes.address() } else { None }
}

/// Reads a governance. `None` for anything else.
pub fn governance(data: &[u8]) -> Option<Governance> {
    let mut bytes = Bytes(data);
    let kind = bytes.byte()?;
    if !GOVERNANCES.contains(&kind) {
        return None;
    }
    let realm = bytes.address()?;
    // What is governed, and four reserved bytes.
    bytes.skip(32 + 4)?;
    bytes.threshold()?;
    // The least weight to propose, and the hold-up.
    bytes.skip(8 + 4)?;
    let voting_secs = bytes.number()?;
    // How a community's vote tips.
    bytes.skip(1)?;
    bytes.threshold()?;
    bytes.threshold()?;
    // The council's least weight to propose, and how its vote tips.
    bytes.skip(8 + 1)?;
    bytes.threshold()?;
    let cool_off_secs = bytes.number()?;
    Some(Governance { realm, voting_secs: u64::from(voting_secs).saturating_add(u64::from(cool_off_secs)) })
}

/// What of an account is not read yet.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.get(count..)?;
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn number(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn address(&mut self) -> Option<Address> {
        self.take().map(Address::new_from_array)
    }

    /// A threshold: a percentage of yes votes (0), or of votes (1), or none (2).
    fn threshold(&mut self) -> Option<()> {
        match self.byte()? {
            0 | 1 => self.skip(1),
            2 => Some(()),
            _ => None,
        }
    }
}
