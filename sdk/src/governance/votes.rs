//! Instructions on votes.

use {
    super::{ProposalAddresses, SYSTEM, build, payer, readonly, signer, writable},
    crate::{Instruction, Pubkey},
    borsh::{BorshDeserialize, BorshSerialize},
};

/// How an option is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct VoteChoice {
    /// Zero: the program does not use it.
    pub reserved: u8,
    /// How much of the voter's weight it gets.
    pub percent: u8,
}

/// What somebody votes.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Vote {
    /// For the options, in their order.
    Approve(Vec<VoteChoice>),
    /// No.
    Deny,
    /// Neither.
    Abstain,
    /// Against a proposal of the others.
    Veto,
}

impl Vote {
    /// Yes, with all weight.
    pub fn yes() -> Self {
        Self::Approve(vec![VoteChoice { reserved: 0, percent: 100 }])
    }
}

/// What the add-ins of a realm say, where it has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WeightRecords {
    /// Of the voter.
    pub voter: Option<Pubkey>,
    /// Of the most that could be voted.
    pub max: Option<Pubkey>,
}

/// Votes on a proposal. `proposal_owner` is the record of who proposed: the proposal names it.
pub fn cast_vote(
    at: &ProposalAddresses,
    proposal_owner: Pubkey,
    voter: Pubkey,
    rent_payer: Pubkey,
    weights: WeightRecords,
    vote: &Vote,
) -> Instruction {
    let realm = &at.at.realm;
    let mut accounts = vec![
        readonly(realm.realm),
        writable(at.at.governance),
        writable(at.proposal),
        writable(proposal_owner),
        writable(realm.token_owner_record(&voter)),
        signer(voter),
        writable(at.vote_record(&voter)),
        readonly(realm.mint),
        payer(rent_payer),
        SYSTEM,
        readonly(realm.config),
    ];
    accounts.extend([weights.voter, weights.max].into_iter().flatten().map(readonly));
    build(realm.program, 13, vote, accounts)
}

/// Takes a vote back while it is still voted on, and its rent to `to`; afterwards only frees the voter of it,
/// which anybody may send: then `voter` does not sign, and `to` is left out.
pub fn relinquish_vote(at: &ProposalAddresses, voter: Pubkey, to: Option<Pubkey>) -> Instruction {
    let realm = &at.at.realm;
    let mut accounts = vec![
        readonly(realm.realm),
        readonly(at.at.governance),
        writable(at.proposal),
        writable(realm.token_owner_record(&voter)),
        writable(at.vote_record(&voter)),
        readonly(realm.mint),
    ];
    accounts.extend(to.map(|to| [signer(voter), writable(to)]).into_iter().flatten());
    build(realm.program, 15, &(), accounts)
}

/// Counts the votes once their time is over. Anybody may send it.
pub fn finalize_vote(at: &ProposalAddresses, proposal_owner: Pubkey, max_weight: Option<Pubkey>) -> Instruction {
    let realm = &at.at.realm;
    let mut accounts = vec![
        readonly(realm.realm),
        writable(at.at.governance),
        writable(at.proposal),
        writable(proposal_owner),
        readonly(realm.mint),
        readonly(realm.config),
    ];
    accounts.extend(max_weight.map(readonly));
    build(realm.program, 14, &(), accounts)
}
