//! The rules of realms and governances, as instructions carry them and accounts keep them.

use {
    crate::Pubkey,
    borsh::{BorshDeserialize, BorshSerialize},
};

/// How much of the most that could be voted must say Yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum VoteThreshold {
    /// So many percent, 1 to 100.
    YesPercentage(u8),
    /// Not supported by the program.
    QuorumPercentage(u8),
    /// These may not vote.
    Disabled,
}

/// Whether a vote may end before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum VoteTipping {
    /// Once no other result is possible.
    Strict,
    /// Once the threshold is reached and Yes leads.
    Early,
    /// Never.
    Disabled,
}

/// By which rules a governance decides its proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct GovernanceConfig {
    /// How much Yes of the community a proposal needs.
    pub threshold: VoteThreshold,
    /// The least weight with which the community may propose.
    pub least_weight_to_propose: u64,
    /// Seconds between a vote that succeeded and its execution, at the least.
    pub hold_up_secs: u32,
    /// Seconds in which any vote may be cast.
    pub voting_secs: u32,
    /// Whether the community's votes may end early.
    pub tipping: VoteTipping,
    /// How much Yes of a council a proposal of its needs.
    pub council_threshold: VoteThreshold,
    /// How much of a council vetoes a proposal of the community.
    pub council_veto: VoteThreshold,
    /// The least weight with which a council may propose.
    pub least_council_weight_to_propose: u64,
    /// Whether a council's votes may end early.
    pub council_tipping: VoteTipping,
    /// How much of the community vetoes a proposal of a council.
    pub veto: VoteThreshold,
    /// Seconds after the voting time in which one may only vote No.
    pub cool_off_secs: u32,
    /// How many proposals may be open before a further one must leave a deposit.
    pub free_proposals: u8,
}

impl GovernanceConfig {
    /// A governance in which the community alone proposes and decides: nobody else has a vote or a veto, and
    /// no vote ends before its time.
    pub const fn of_community(percent: u8, voting_secs: u32, hold_up_secs: u32, least_weight_to_propose: u64) -> Self {
        Self {
            threshold: VoteThreshold::YesPercentage(percent),
            least_weight_to_propose,
            hold_up_secs,
            voting_secs,
            tipping: VoteTipping::Disabled,
            council_threshold: VoteThreshold::Disabled,
            council_veto: VoteThreshold::Disabled,
            least_council_weight_to_propose: u64::MAX,
            council_tipping: VoteTipping::Disabled,
            veto: VoteThreshold::Disabled,
            cool_off_secs: 0,
            free_proposals: 10,
        }
    }

    /// The longest that a proposal is voted on: what the realm's `longest_vote_secs` must reach.
    pub const fn longest_vote_secs(&self) -> u64 {
        self.voting_secs as u64 + self.cool_off_secs as u64
    }
}

/// What a hundred percent of a mint's supply is in a [`MaxWeight::SupplyFraction`].
pub const SUPPLY_FRACTION_BASE: u64 = 10_000_000_000;

/// The most that could be voted, where no add-in says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum MaxWeight {
    /// This part of the supply, of [`SUPPLY_FRACTION_BASE`].
    SupplyFraction(u64),
    /// So much.
    Absolute(u64),
}

/// What deposits of a mint are to a realm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum TokenType {
    /// They vote, and may be withdrawn.
    Liquid,
    /// They vote, and only a revocation takes them back.
    Membership,
    /// None is taken: only an add-in weighs.
    Dormant,
}

/// The programs that weigh the votes of a mint in place of deposits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AddIns {
    /// Writes what each voter weighs.
    pub voter_weight: Option<Pubkey>,
    /// Writes the most that could be voted.
    pub max_voter_weight: Option<Pubkey>,
}

impl AddIns {
    /// Deposits weigh.
    pub const NONE: Self = Self { voter_weight: None, max_voter_weight: None };
}

/// The rules of a realm, as [`create_realm`](super::create_realm) and
/// [`set_realm_config`](super::set_realm_config) take them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RealmRules {
    /// The council's mint; leaving it out removes a council for good.
    pub council: Option<Pubkey>,
    /// The least weight with which the community may create a governance; `u64::MAX`: it may not.
    pub least_weight_to_create_governance: u64,
    /// The most that could be voted, where no add-in says it.
    pub max_weight: MaxWeight,
    /// What weighs the community's votes.
    pub add_ins: AddIns,
    /// What deposits of the community's mint are.
    pub token_type: TokenType,
    /// What weighs a council's votes.
    pub council_add_ins: AddIns,
    /// What deposits of a council's mint are.
    pub council_type: TokenType,
}

impl RealmRules {
    /// A realm whose community votes with what it deposits, and in which only the realm's authority creates
    /// governances.
    pub const fn by_deposit() -> Self {
        Self {
            council: None,
            least_weight_to_create_governance: u64::MAX,
            max_weight: MaxWeight::SupplyFraction(SUPPLY_FRACTION_BASE),
            add_ins: AddIns::NONE,
            token_type: TokenType::Liquid,
            council_add_ins: AddIns::NONE,
            council_type: TokenType::Liquid,
        }
    }

    /// A realm whose community votes with what `program` writes of it, and whose deposits are refused.
    pub const fn by_add_in(program: Pubkey) -> Self {
        Self::by_deposit().with_voter_weight(program).with_max_weight(program)
    }

    /// The same rules, but that `program` writes what each of the community weighs: deposits are refused and
    /// weigh nothing any more, and may be withdrawn.
    pub const fn with_voter_weight(self, program: Pubkey) -> Self {
        let add_ins = AddIns { voter_weight: Some(program), ..self.add_ins };
        Self { add_ins, token_type: TokenType::Dormant, ..self }
    }

    /// The same rules, but that `program` writes the most that could be voted.
    pub const fn with_max_weight(self, program: Pubkey) -> Self {
        Self { add_ins: AddIns { max_voter_weight: Some(program), ..self.add_ins }, ..self }
    }
}
