//! What add-ins write for SPL Governance to read: a voter's weight, and the most that could be voted.

use {
    super::{ReadError, state::parse},
    crate::Pubkey,
    borsh::{BorshDeserialize, BorshSerialize},
};

/// What a weight may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum WeightAction {
    /// To vote on the proposal that is the target.
    CastVote,
    /// To comment on the proposal that is the target.
    CommentProposal,
    /// To create a governance of the realm that is the target.
    CreateGovernance,
    /// To create a proposal of the governance that is the target.
    CreateProposal,
    /// To sign the proposal off that is the target.
    SignOffProposal,
}

/// A voter's weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct VoterWeightRecord {
    /// [`Self::DISCRIMINATOR`].
    pub discriminator: [u8; 8],
    /// The realm.
    pub realm: Pubkey,
    /// The mint whose votes are weighed.
    pub mint: Pubkey,
    /// The voter.
    pub owner: Pubkey,
    /// Its weight.
    pub weight: u64,
    /// The last slot in which that holds; for good where there is none.
    pub expiry_slot: Option<u64>,
    /// What it is for; anything where there is none.
    pub action: Option<WeightAction>,
    /// On what; anything where there is none.
    pub target: Option<Pubkey>,
    /// Zero.
    pub reserved: [u8; 8],
}

impl VoterWeightRecord {
    /// Its first eight bytes.
    pub const DISCRIMINATOR: [u8; 8] = [46, 249, 155, 75, 153, 248, 116, 9];

    /// Reads an account's data; what follows the record does not matter.
    ///
    /// # Errors
    ///
    /// Too few bytes, or another discriminator.
    pub fn decode(data: &[u8]) -> Result<Self, ReadError> {
        let record: Self = parse(data, "voter weight record")?;
        expect(record.discriminator, Self::DISCRIMINATOR, "voter weight record").map(|()| record)
    }

    /// Whether SPL Governance would take it in a slot for an action on a target.
    pub fn holds(&self, slot: u64, action: WeightAction, target: &Pubkey) -> bool {
        self.expiry_slot.is_none_or(|last| slot <= last)
            && self.action.is_none_or(|only| only == action)
            && self.target.is_none_or(|only| only == *target)
    }
}

/// The most that could be voted with a mint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct MaxVoterWeightRecord {
    /// [`Self::DISCRIMINATOR`].
    pub discriminator: [u8; 8],
    /// The realm.
    pub realm: Pubkey,
    /// The mint whose votes are weighed.
    pub mint: Pubkey,
    /// The most that could be voted.
    pub max_weight: u64,
    /// The last slot in which that holds; for good where there is none.
    pub expiry_slot: Option<u64>,
    /// Zero.
    pub reserved: [u8; 8],
}

impl MaxVoterWeightRecord {
    /// Its first eight bytes.
    pub const DISCRIMINATOR: [u8; 8] = [157, 95, 242, 151, 16, 98, 26, 118];

    /// Reads an account's data; what follows the record does not matter.
    ///
    /// # Errors
    ///
    /// Too few bytes, or another discriminator.
    pub fn decode(data: &[u8]) -> Result<Self, ReadError> {
        let record: Self = parse(data, "max voter weight record")?;
        expect(record.discriminator, Self::DISCRIMINATOR, "max voter weight record").map(|()| record)
    }
}

fn expect(found: [u8; 8], wanted: [u8; 8], name: &'static str) -> Result<(), ReadError> {
    if found == wanted { Ok(()) } else { Err(ReadError::WrongType { name }) }
}
