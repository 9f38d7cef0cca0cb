//! What the accounts of SPL Governance say, of the layouts that its versions 3 and 4 write.

use {
    super::{AddIns, GovernanceConfig, MaxWeight, ProposedInstruction, RealmRules, TokenType, Vote, VoteThreshold},
    crate::Pubkey,
    borsh::{BorshDeserialize, BorshSerialize},
    thiserror::Error,
};

/// Why bytes are not the account they were taken for.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum ReadError {
    /// Another type of account, or a layout of the program's first version.
    #[error("the account is not a {name}")]
    WrongType {
        /// What it was taken for.
        name: &'static str,
    },
    /// Bytes that the layout does not allow, or too few.
    #[error("the account is no {name} that can be read")]
    Malformed {
        /// What it was taken for.
        name: &'static str,
    },
}

/// Reads the beginning of an account's data; what follows is room for longer ones.
pub(super) fn parse<T: BorshDeserialize>(mut data: &[u8], name: &'static str) -> Result<T, ReadError> {
    T::deserialize(&mut data).map_err(|_| ReadError::Malformed { name })
}

/// An account of SPL Governance.
pub trait GovernanceAccount: BorshDeserialize {
    /// What it is called in an error.
    const NAME: &'static str;
    /// Its first byte.
    const TYPE: u8;

    /// Reads an account's data. Whether the account belongs to the program is for the caller to see.
    ///
    /// # Errors
    ///
    /// Another type of account, or bytes that its layout does not allow.
    fn decode(data: &[u8]) -> Result<Self, ReadError> {
        if data.first() != Some(&Self::TYPE) {
            return Err(ReadError::WrongType { name: Self::NAME });
        }
        parse(data, Self::NAME)
    }
}

macro_rules! accounts {
    ($($name:ident = $number:literal, $words:literal;)*) => {
        $(impl GovernanceAccount for $name {
            const NAME: &'static str = $words;
            const TYPE: u8 = $number;
        })*
    };
}

accounts! {
    RealmConfig = 11, "realm's config";
    VoteRecord = 12, "vote record";
    ProposalTransaction = 13, "transaction of a proposal";
    Proposal = 14, "proposal";
    Realm = 16, "realm";
    TokenOwnerRecord = 17, "token owner record";
    Governance = 18, "governance";
}

/// A realm.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Realm {
    /// [`GovernanceAccount::TYPE`].
    pub account_type: u8,
    /// The mint of its community.
    pub mint: Pubkey,
    /// Of older versions.
    pub legacy: [u8; 8],
    /// The least weight with which the community may create a governance.
    pub least_weight_to_create_governance: u64,
    /// The most that could be voted, where no add-in says it.
    pub max_weight: MaxWeight,
    /// The mint of its council.
    pub council: Option<Pubkey>,
    /// Of older versions.
    pub legacy_counts: [u8; 8],
    /// Sets its rules and creates its governances.
    pub authority: Option<Pubkey>,
    /// What it is called, and derived from.
    pub name: String,
}

/// How a realm weighs the votes of one mint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct TokenConfig {
    /// The program whose records are a voter's weight; deposits are where there is none.
    pub voter_weight: Option<Pubkey>,
    /// The program whose record is the most that could be voted.
    pub max_voter_weight: Option<Pubkey>,
    /// What deposits are.
    pub token_type: TokenType,
    /// Zero.
    pub reserved: [u8; 8],
}

/// Which add-ins weigh a realm's votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct RealmConfig {
    /// [`GovernanceAccount::TYPE`].
    pub account_type: u8,
    /// The realm.
    pub realm: Pubkey,
    /// Of the community's mint.
    pub community: TokenConfig,
    /// Of the council's.
    pub council: TokenConfig,
}

impl TokenConfig {
    /// The programs that weigh.
    pub const fn add_ins(&self) -> AddIns {
        AddIns { voter_weight: self.voter_weight, max_voter_weight: self.max_voter_weight }
    }
}

impl RealmRules {
    /// The rules that a realm has, to change some of them.
    pub const fn of(realm: &Realm, config: &RealmConfig) -> Self {
        Self {
            council: realm.council,
            least_weight_to_create_governance: realm.least_weight_to_create_governance,
            max_weight: realm.max_weight,
            add_ins: config.community.add_ins(),
            token_type: config.community.token_type,
            council_add_ins: config.council.add_ins(),
            council_type: config.council.token_type,
        }
    }
}

/// What a realm keeps of one who votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct TokenOwnerRecord {
    /// [`GovernanceAccount::TYPE`].
    pub account_type: u8,
    /// The realm.
    pub realm: Pubkey,
    /// The mint that it votes with.
    pub mint: Pubkey,
    /// Whose record it is.
    pub owner: Pubkey,
    /// What it has deposited. Base units.
    pub deposited: u64,
    /// Votes that it has cast and not relinquished.
    pub open_votes: u64,
    /// Proposals of its that are open.
    pub open_proposals: u8,
    /// Layout of the record, and bytes for later.
    pub version: [u8; 7],
    /// A key that votes and proposes in its name.
    pub delegate: Option<Pubkey>,
}

/// A governance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Governance {
    /// [`GovernanceAccount::TYPE`].
    pub account_type: u8,
    /// Its realm.
    pub realm: Pubkey,
    /// What tells it apart in its realm.
    pub governed: Pubkey,
    /// Zero.
    pub reserved: u32,
    /// By which rules it decides.
    pub config: GovernanceConfig,
    /// Zero.
    pub reserved_later: [u8; 119],
    /// How many must sign each of its proposals off.
    pub required_signatories: u8,
    /// Its proposals that are not decided.
    pub open_proposals: u64,
}

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum ProposalState {
    /// Its owner may change it.
    Draft,
    /// Some have signed it off, not all.
    SigningOff,
    /// It is voted on.
    Voting,
    /// Yes has won; nothing is executed yet.
    Succeeded,
    /// Some of it is executed.
    Executing,
    /// All of it is executed.
    Completed,
    /// Its owner took it back.
    Cancelled,
    /// Yes has not won.
    Defeated,
    /// Some of it is executed, some was given up.
    ExecutingWithErrors,
    /// The others have vetoed it.
    Vetoed,
}

/// Whether an option has won.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum OptionResult {
    /// Not known yet.
    None,
    /// Won.
    Succeeded,
    /// Not won.
    Defeated,
}

/// What may be voted for.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ProposalOption {
    /// What it says.
    pub label: String,
    /// What has voted for it.
    pub weight: u64,
    /// Whether it has won.
    pub result: OptionResult,
    /// Transactions of its that are executed.
    pub executed: u16,
    /// Its transactions.
    pub transactions: u16,
    /// The number of its next transaction.
    pub next_transaction: u16,
}

/// How options exclude each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum VoteType {
    /// One wins.
    SingleChoice,
    /// Several may win.
    MultiChoice {
        /// Whether each gets the whole weight or a part of it.
        choice_type: u8,
        /// The least and the most that one chooses, and the most that win.
        limits: [u8; 3],
    },
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Proposal {
    /// [`GovernanceAccount::TYPE`].
    pub account_type: u8,
    /// Its governance.
    pub governance: Pubkey,
    /// The mint that is voted with.
    pub mint: Pubkey,
    /// Where it stands.
    pub state: ProposalState,
    /// The record of who proposed it.
    pub owner_record: Pubkey,
    /// How many sign it off.
    pub signatories: u8,
    /// How many have.
    pub signed_off: u8,
    /// How its options exclude each other.
    pub vote_type: VoteType,
    /// Its options: Yes alone, where this SDK made it.
    pub options: Vec<ProposalOption>,
    /// What has voted No; none where one cannot.
    pub deny_weight: Option<u64>,
    /// Zero.
    pub reserved: u8,
    /// What has abstained; none where one cannot.
    pub abstain_weight: Option<u64>,
    /// Not used by the program.
    pub start_voting_ts: Option<i64>,
    /// When it was created.
    pub draft_ts: i64,
    /// When the first signed it off.
    pub signing_off_ts: Option<i64>,
    /// When voting began.
    pub voting_ts: Option<i64>,
    /// In which slot.
    pub voting_slot: Option<u64>,
    /// When voting ended.
    pub voted_ts: Option<i64>,
    /// When its first transaction was executed.
    pub executing_ts: Option<i64>,
    /// When it was completed or taken back.
    pub closed_ts: Option<i64>,
    /// Not used by the program.
    pub execution_flags: u8,
    /// The most that could be voted, once it is decided.
    pub max_weight: Option<u64>,
    /// Not used by the program.
    pub max_voting_secs: Option<u32>,
    /// By which threshold it was decided.
    pub threshold: Option<VoteThreshold>,
    /// Zero.
    pub reserved_later: [u8; 64],
    /// What it is called.
    pub name: String,
    /// Where it is described.
    pub link: String,
    /// What has vetoed it.
    pub veto_weight: u64,
}

impl Proposal {
    /// Until when Yes may be voted, by its governance's rules; `None` before voting begins.
    pub fn voting_ends_ts(&self, config: &GovernanceConfig) -> Option<i64> {
        Some(self.voting_ts?.saturating_add(i64::from(config.voting_secs)))
    }

    /// From when it can be counted: after this moment.
    pub fn finalizes_after_ts(&self, config: &GovernanceConfig) -> Option<i64> {
        Some(self.voting_ends_ts(config)?.saturating_add(i64::from(config.cool_off_secs)))
    }

    /// What has voted Yes.
    pub fn yes_weight(&self) -> u64 {
        self.options.first().map_or(0, |option| option.weight)
    }
}

/// What became of a transaction of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum ExecutionStatus {
    /// Not executed.
    None,
    /// Executed.
    Success,
    /// Given up.
    Error,
}

/// Instructions that a proposal executes together.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ProposalTransaction {
    /// [`GovernanceAccount::TYPE`].
    pub account_type: u8,
    /// The proposal.
    pub proposal: Pubkey,
    /// The option that it belongs to.
    pub option: u8,
    /// Its number.
    pub number: u16,
    /// Seconds that lie between the vote and its execution.
    pub hold_up_secs: u32,
    /// What is executed.
    pub instructions: Vec<ProposedInstruction>,
    /// When it was.
    pub executed_ts: Option<i64>,
    /// What became of it.
    pub status: ExecutionStatus,
}

impl ProposalTransaction {
    /// From when it can be executed: after this moment; `None` before its proposal is decided.
    pub fn executes_after_ts(&self, proposal: &Proposal) -> Option<i64> {
        Some(proposal.voted_ts?.saturating_add(i64::from(self.hold_up_secs)))
    }
}

/// What somebody voted.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct VoteRecord {
    /// [`GovernanceAccount::TYPE`].
    pub account_type: u8,
    /// On which proposal.
    pub proposal: Pubkey,
    /// Who.
    pub owner: Pubkey,
    /// Whether it was taken back, or has served.
    pub is_relinquished: bool,
    /// What it weighs.
    pub weight: u64,
    /// What was voted.
    pub vote: Vote,
}
