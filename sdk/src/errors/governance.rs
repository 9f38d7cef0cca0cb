//! Refusals of SPL Governance: all of them, because clients of others meet them, too.

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

const ACCOUNT: Option<&str> = Some("name a token account of the voter's own with the network's token");
const CLOSE: Option<&str> = Some("wait for its end, count it, or take it back: `governance cancel`");
const COUNT: Option<&str> = Some("count it first: `governance execute`");

const ROWS: &[Row] = &[
    (500, "InvalidInstruction", "this program has no such instruction", None),
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
    (507, "InvalidTokenOwnerRecordAccountAddress", "the voter's record is not at its address", OTHER),
    (508, "InvalidGoverningMintForTokenOwnerRecord", "the voter's record is of another mint", OTHER),
    (509, "InvalidRealmForTokenOwnerRecord", "the voter's record is of another realm", OTHER),
    (510, "InvalidProposalForProposalTransaction", "the transaction is of another proposal", OTHER),
    (511, "InvalidSignatoryAddress", "the record of who signs off is not at its address", OTHER),
    (512, "SignatoryAlreadySignedOff", "this one has signed the proposal off before", READ),
    (513, "SignatoryMustSign", "who signs the proposal off must sign the transaction", OWNER),
    (514, "InvalidProposalOwnerAccount", "the proposal is of somebody else", OWNER),
    (515, "InvalidProposalForVoterRecord", "the vote is on another proposal", OTHER),
    (516, "InvalidGoverningTokenOwnerForVoteRecord", "the vote is of somebody else", OTHER),
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
    (537, "InvalidSignatoryMint", "the mint of who signs off is another", OTHER),
    (538, "InvalidGovernanceForProposal", "the proposal is of another governance", OTHER),
    (539, "InvalidGoverningMintForProposal", "the proposal is of another mint", OTHER),
    (540, "MintAuthorityMustSign", "the authority of the mint must sign", None),
    (541, "InvalidMintAuthority", "the signer is not the authority of the mint", None),
    (542, "MintHasNoAuthority", "nobody may mint any more", None),
    (543, "SplTokenAccountWithInvalidOwner", "a token account is not one of SPL Token", None),
    (544, "SplTokenMintWithInvalidOwner", "the mint is not one of SPL Token", None),
    (545, "SplTokenAccountNotInitialized", "a token account holds nothing yet", ACCOUNT),
    (546, "SplTokenAccountDoesNotExist", "a token account is missing", ACCOUNT),
    (547, "SplTokenInvalidTokenAccountData", "an account is no token account", ACCOUNT),
    (548, "SplTokenInvalidMintAccountData", "an account is no mint", OTHER),
    (549, "SplTokenMintNotInitialized", "the mint is empty", OTHER),
    (550, "SplTokenMintDoesNotExist", "the mint is missing", OTHER),
    (551, "InvalidProgramDataAccountAddress", "a program's data is not at its address", None),
    (552, "InvalidProgramDataAccountData", "a program's data makes no sense", None),
    (553, "InvalidUpgradeAuthority", "the signer is not who may upgrade the program", None),
    (554, "UpgradeAuthorityMustSign", "who may upgrade the program must sign", None),
    (555, "ProgramNotUpgradable", "the program is never upgraded", None),
    (556, "InvalidTokenOwner", "the token account is of somebody else", ACCOUNT),
    (557, "TokenOwnerMustSign", "the owner of the token account must sign", OWNER),
    (558, "VoteThresholdTypeNotSupported", "this kind of threshold is not supported", None),
    (559, "VoteWeightSourceNotSupported", "votes are not weighed so", None),
    (560, "Legacy1", "this is not refused any more", None),
    (561, "GovernancePdaMustSign", "only a proposal of the governance changes its rules", RULES),
    (562, "TransactionAlreadyFlaggedWithError", "the transaction was marked as failed before", READ),
    (563, "InvalidRealmForGovernance", "the governance is of another realm", OTHER),
    (564, "InvalidAuthorityForRealm", "the signer is not the realm's authority", None),
    (565, "RealmHasNoAuthority", "nobody may change the realm's rules any more", None),
    (566, "RealmAuthorityMustSign", "the realm's authority must sign", None),
    (567, "InvalidGoverningTokenHoldingAccount", "the realm's deposits lie elsewhere", OTHER),
    (568, "RealmCouncilMintChangeIsNotSupported", "a realm's council keeps its mint", None),
    (569, "InvalidMaxVoterWeightAbsoluteValue", "the largest weight is above 0", None),
    (570, "InvalidMaxVoterWeightSupplyFraction", "the part of the supply is above 0, and all of it at most", None),
    (571, "NotEnoughTokensToCreateGovernance", "the weight is too small to create a governance", None),
    (572, "TooManyOutstandingProposals", "ten proposals of one owner may be open", READ),
    (
        573,
        "AllProposalsMustBeFinalisedToWithdrawGoverningTokens",
        "deposits stay while a proposal of theirs is open",
        CLOSE,
    ),
    (574, "InvalidVoterWeightRecordForRealm", "the weight is of another realm", OTHER),
    (575, "InvalidVoterWeightRecordForGoverningTokenMint", "the weight is of another mint", OTHER),
    (576, "InvalidVoterWeightRecordForTokenOwner", "the weight is of another voter", OTHER),
    (577, "VoterWeightRecordExpired", "the record of the voter's weight has expired", WEIGH),
    (578, "InvalidRealmConfigForRealm", "the settings are of another realm", OTHER),
    (579, "TokenOwnerRecordAlreadyExists", "the voter has been entered before", Some("use the record that is there")),
    (580, "GoverningTokenDepositsNotAllowed", "the realm takes no deposits of this mint", None),
    (581, "InvalidVoteChoiceWeightPercentage", "the parts of a vote are 0 to 100 percent", None),
    (582, "VoteTypeNotSupported", "there are no such votes", None),
    (583, "InvalidProposalOptions", "a proposal has one to ten options", None),
    (584, "ProposalIsNotExecutable", "a proposal without a No executes nothing", None),
    (585, "DenyVoteIsNotAllowed", "one cannot vote No on this proposal", None),
    (586, "CannotExecuteDefeatedOption", "the option has not won", READ),
    (587, "VoterWeightRecordInvalidAction", "the weight was written for something else", WEIGH),
    (588, "VoterWeightRecordInvalidActionTarget", "the weight was written for something else", WEIGH),
    (589, "InvalidMaxVoterWeightRecordForRealm", "the largest weight is of another realm", OTHER),
    (590, "InvalidMaxVoterWeightRecordForGoverningTokenMint", "the largest weight is of another mint", OTHER),
    (591, "MaxVoterWeightRecordExpired", "the record of the largest weight has expired", WEIGH),
    (592, "NotSupportedVoteType", "there are no such votes", None),
    (593, "RealmConfigChangeNotAllowed", "this of a realm's settings stays as it is", None),
    (594, "GovernanceConfigChangeNotAllowed", "this of a governance's rules stays as it is", None),
    (595, "AtLeastOneVoteThresholdRequired", "a governance decides by one threshold at least", None),
    (596, "ReservedBufferMustBeEmpty", "what is reserved holds nothing", None),
    (597, "CannotRelinquishInFinalizingState", "the voting time is over, and nobody has counted", COUNT),
    (598, "InvalidRealmConfigAddress", "the realm's settings are not at their address", OTHER),
    (599, "CannotDepositDormantTokens", "the realm weighs by its add-in and takes no deposits", None),
    (600, "CannotWithdrawMembershipTokens", "tokens of a membership are not taken back", None),
    (601, "CannotRevokeGoverningTokens", "tokens of this mint are not revoked", None),
    (602, "InvalidRevokeAmount", "no more is revoked than there is", None),
    (603, "InvalidGoverningTokenSource", "who deposits has no such token account, and may not mint", ACCOUNT),
    (604, "CannotChangeCommunityTokenTypeToMembership", "a community is no membership", None),
    (605, "VoterWeightThresholdDisabled", "these may not do this, whatever they weigh", RULES),
    (606, "VoteNotAllowedInCoolOffTime", "after the voting time one may only vote No", None),
    (607, "CannotRefundProposalDeposit", "the deposit stays while the proposal is open", WAIT),
    (608, "InvalidProposalForProposalDeposit", "the deposit is of another proposal", OTHER),
    (609, "InvalidDepositExemptProposalCount", "so many proposals without a deposit are too many", None),
    (610, "GoverningTokenMintNotAllowedToVote", "the governance lets this mint neither vote nor veto", RULES),
    (611, "InvalidDepositPayerForProposalDeposit", "somebody else has paid the deposit", OTHER),
    (612, "InvalidStateNotFinal", "the proposal is not decided", READ),
    (613, "InvalidStateToCompleteProposal", "only a proposal that has won is completed", READ),
    (614, "InvalidNumberOfVoteChoices", "a vote names each option", READ),
    (615, "RankedVoteIsNotSupported", "votes have no ranks", None),
    (616, "ChoiceWeightMustBe100Percent", "the weight of a choice is whole", None),
    (617, "SingleChoiceOnlyIsAllowed", "one option is voted for", None),
    (618, "AtLeastSingleChoiceIsRequired", "an option must be voted for", None),
    (619, "TotalVoteWeightMustBe100Percent", "the parts of a vote are 100 percent together", None),
    (620, "InvalidMultiChoiceProposalParameters", "these numbers of options do not fit one another", None),
    (621, "InvalidGovernanceForRequiredSignatory", "who must sign off does so for another governance", OTHER),
    (622, "SignatoryRecordAlreadyExists", "this one was asked to sign off before", READ),
    (623, "InstructionDeprecated", "this instruction is not taken any more", None),
    (624, "MissingRequiredSignatories", "somebody who must sign the proposal off was not asked", READ),
    (1100, "AccountAlreadyInitialized", "there is an account at this address", None),
    (1101, "AccountDoesNotExist", "an account is missing", OTHER),
    (1102, "InvalidAccountOwner", "an account belongs to another program", OTHER),
    (1103, "InvalidAccountType", "an account is of another type", OTHER),
];

/// An error of SPL Governance.
pub fn governance(code: u32) -> Explanation {
    foreign::found(ROWS, Refuser::Governance, code).unwrap_or_else(|| foreign::unknown(Refuser::Governance, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_of_the_program_is_unknown() {
        for code in (500..=624).chain(1_100..=1_103) {
            assert!(!governance(code).name.contains("unknown"), "{code}");
        }
    }
}
