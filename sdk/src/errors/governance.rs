//! Refusals of SPL Governance, as far as its instructions of this SDK can meet them.

use {
    super::{Explanation, Refuser, foreign},
    foreign::Row,
};

const OWNER: Option<&str> = Some("sign with the owner of the record, or with its delegate");
const OTHER: Option<&str> = Some("derive the addresses anew from the realm, the governance and the proposal");
const READ: Option<&str> = Some("look at where the proposal stands: `governance show`");
const WAIT: Option<&str> = Some("wait, and send it again: `governance show` says from when");
const WEIGH: Option<&str> = Some("write the record anew in the same transaction");
const RULES: Option<&str> = Some("change the governance's rules by a proposal first");

const ROWS: &[Row] = &[
    (501, "RealmAlreadyExists", "there is a realm of this name", Some("choose another name")),
    (502, "InvalidRealm", "the account is no realm, or not that of the others", OTHER),
    (503, "InvalidGoverningTokenMint", "the mint is neither the community's nor the council's", OTHER),
    (504, "GoverningTokenOwnerMustSign", "the owner of the tokens must sign", OWNER),
    (505, "GoverningTokenOwnerOrDelegateMustSign", "who proposes or votes must sign", OWNER),
    (
        506,
        "AllVotesMustBeRelinquishedToWithdrawGoverningTokens",
        "deposits stay while votes are open",
        Some("relinquish each vote first"),
    ),
    (513, "SignatoryMustSign", "who signs the proposal off must sign the transaction", OWNER),
    (517, "InvalidVoteThresholdPercentage", "a threshold is 1 to 100 percent", None),
    (518, "ProposalAlreadyExists", "there is a proposal at this address", Some("choose another seed")),
    (519, "VoteAlreadyExists", "this voter has voted on this proposal", Some("relinquish that vote first")),
    (520, "NotEnoughTokensToCreateProposal", "the weight is too small to propose", None),
    (521, "InvalidStateCannotEditSignatories", "only a draft takes signatories", READ),
    (522, "InvalidProposalState", "the proposal does not stand where this can be done", READ),
    (523, "InvalidStateCannotEditTransactions", "only a draft takes transactions", READ),
    (524, "InvalidStateCannotExecuteTransaction", "only a proposal that has won is executed", READ),
    (525, "CannotExecuteTransactionWithinHoldUpTime", "the transaction is held up after the vote", WAIT),
    (526, "TransactionAlreadyExecuted", "the transaction was executed before", READ),
    (527, "InvalidTransactionIndex", "transactions are added in the order of their numbers", READ),
    (528, "TransactionHoldUpTimeBelowRequiredMin", "the governance holds transactions up for longer", RULES),
    (529, "TransactionAlreadyExists", "there is a transaction of this number", READ),
    (530, "InvalidStateCannotSignOff", "only a draft is signed off", READ),
    (531, "InvalidStateCannotVote", "the proposal is not voted on", READ),
    (532, "InvalidStateCannotFinalize", "the proposal is not voted on", READ),
    (533, "InvalidStateCannotCancelProposal", "a decided proposal is not taken back", READ),
    (534, "VoteAlreadyRelinquished", "the vote was relinquished before", None),
    (535, "CannotFinalizeVotingInProgress", "the voting time is not over", WAIT),
    (536, "ProposalVotingTimeExpired", "the voting time is over", Some("finalize the vote")),
    (543, "SplTokenAccountWithInvalidOwner", "a token account is not one of SPL Token", None),
    (544, "SplTokenMintWithInvalidOwner", "the mint is not one of SPL Token", None),
    (558, "VoteThresholdTypeNotSupported", "this kind of threshold is not supported", None),
    (561, "GovernancePdaMustSign", "only a proposal of the governance changes its rules", RULES),
    (564, "InvalidAuthorityForRealm", "the signer is not the realm's authority", None),
    (565, "RealmHasNoAuthority", "nobody may change the realm's rules any more", None),
    (566, "RealmAuthorityMustSign", "the realm's authority must sign", None),
    (571, "NotEnoughTokensToCreateGovernance", "the weight is too small to create a governance", None),
    (572, "TooManyOutstandingProposals", "ten proposals of one owner may be open", READ),
    (574, "InvalidVoterWeightRecordForRealm", "the weight is of another realm", OTHER),
    (575, "InvalidVoterWeightRecordForGoverningTokenMint", "the weight is of another mint", OTHER),
    (576, "InvalidVoterWeightRecordForTokenOwner", "the weight is of another voter", OTHER),
    (577, "VoterWeightRecordExpired", "the record of the voter's weight has expired", WEIGH),
    (579, "TokenOwnerRecordAlreadyExists", "the voter has been entered before", Some("use the record that is there")),
    (580, "GoverningTokenDepositsNotAllowed", "the realm takes no deposits of this mint", None),
    (584, "ProposalIsNotExecutable", "a proposal without a No executes nothing", None),
    (586, "CannotExecuteDefeatedOption", "the option has not won", READ),
    (587, "VoterWeightRecordInvalidAction", "the weight was written for something else", WEIGH),
    (588, "VoterWeightRecordInvalidActionTarget", "the weight was written for something else", WEIGH),
    (589, "InvalidMaxVoterWeightRecordForRealm", "the largest weight is of another realm", OTHER),
    (591, "MaxVoterWeightRecordExpired", "the record of the largest weight has expired", WEIGH),
    (599, "CannotDepositDormantTokens", "the realm weighs by its add-in and takes no deposits", None),
    (605, "VoterWeightThresholdDisabled", "these may not do this, whatever they weigh", RULES),
    (606, "VoteNotAllowedInCoolOffTime", "after the voting time one may only vote No", None),
    (607, "CannotRefundProposalDeposit", "the deposit stays while the proposal is open", WAIT),
    (610, "GoverningTokenMintNotAllowedToVote", "the governance lets this mint neither vote nor veto", RULES),
    (1100, "AccountAlreadyInitialized", "there is an account at this address", None),
    (1101, "AccountDoesNotExist", "an account is missing", OTHER),
    (1102, "InvalidAccountOwner", "an account belongs to another program", OTHER),
    (1103, "InvalidAccountType", "an account is of another type", OTHER),
];

/// An error of SPL Governance.
pub fn governance(code: u32) -> Explanation {
    foreign::found(ROWS, Refuser::Governance, code).unwrap_or_else(|| foreign::unknown(Refuser::Governance, code))
}
