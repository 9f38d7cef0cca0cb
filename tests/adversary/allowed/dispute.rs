//! What is accepted of disputes and juries.

use super::{ALL, EDITS, GONE, OTHER, Rule, SAME, UNPAID, WALLETS};

const DRAWS_NOBODY: &[&str] = &["draw_juror, who stands behind the provider"];
const EMPTIED: &[&str] = &["emptied of tokens"];
/// Instructions that read a claim's entries.
const INCOMPLETE: &[&str] = &["advance_dispute", "settle_ticket", "close_claim"];
/// Instructions about a dispute that name nothing else of it.
const OF_ANY: &[&str] = &[
    "call_jury",
    "draw_juror",
    "raise_claim",
    "answer_dispute",
    "withdraw_dispute",
    "rule_dispute",
    "execute_installment",
    "distribute_slash",
    "veto_slash",
    "claim_dispute_credit",
    "close_dispute",
];

pub const RULES: &[Rule] = &[
    // Another object about which the sender may do the same.
    Rule(OF_ANY, "dispute", &["dispute "], OTHER, "another dispute about which the sender may do the same"),
    Rule(&["file_evidence"], "dispute", &["dispute "], SAME, "evidence of another dispute: an event and no state"),
    Rule(&["sync_juror"], "juror", &["juror "], OTHER, "another juror of the network: its leaf gets its own lock"),
    Rule(&["forgive_debt"], "provider", &["provider P2"], OTHER, "another debtor of the admin's network"),
    Rule(
        &["close_claim"],
        "claim",
        &["claim on "],
        OTHER,
        "another claim whose time has come; the rent returns to who paid it",
    ),
    Rule(
        &["close_fault"],
        "fault",
        &["fault of "],
        OTHER,
        "another fault whose time has come; the rent returns to who paid it",
    ),
    Rule(
        &["lapse_opening"],
        "opening",
        &["C2's commitment to dispute "],
        OTHER,
        "another commitment of the same challenger whose hour has passed",
    ),
    Rule(
        &["settle_ticket, claim by claim"],
        "claims[0]",
        &["claim on P1 for its conduct"],
        OTHER,
        "another claim that the ticket lists",
    ),
    Rule(&["settle_ticket$"], "claims[1]", &["missing"], OTHER, "a ticket settles claim by claim"),
    Rule(
        &["claim_appeal"],
        "share",
        &["D1's share for the challenger's defence"],
        OTHER,
        "another share of the same contributor: it is paid to whom it belongs",
    ),
    // Who signs, where anybody may.
    Rule(
        &["open_dispute", "raise_claim", "prove_fault"],
        "refund_to",
        &["the attacker's tokens$", "D1's tokens$", "C1's tokens$", "a token account of the token program's address"],
        OTHER,
        "who committed signs, and chooses where the surplus of its deposit goes",
    ),
    Rule(&["file_evidence"], "author", WALLETS, SAME, "anybody may, and is named as the author"),
    Rule(
        &["draw_juror"],
        "keeper",
        WALLETS,
        OTHER,
        "anybody may crank: pays the ballot's rent and gets it back; the bounty goes to nobody but an account of the signer",
    ),
    Rule(DRAWS_NOBODY, "keeper", WALLETS, SAME, "anybody may crank; a draw that ends no ballot pays nobody"),
    // Accounts that the instruction does not need in this state.
    Rule(DRAWS_NOBODY, "keeper_account", ALL, SAME, "a draw that ends no ballot pays nobody"),
    Rule(DRAWS_NOBODY, "ballot", ALL, SAME, "who does not sit gets no ballot"),
    Rule(DRAWS_NOBODY, "escrow_vault", EDITS, SAME, "a draw that ends no ballot pays nobody"),
    Rule(DRAWS_NOBODY, "escrow_vault", EDITS, UNPAID, "a draw that ends no ballot pays nobody"),
    Rule(DRAWS_NOBODY, "escrow_vault", EMPTIED, UNPAID, "a draw that ends no ballot pays nobody"),
    Rule(DRAWS_NOBODY, "mint", EDITS, SAME, "a draw that ends no ballot pays nobody"),
    Rule(DRAWS_NOBODY, "mint", EDITS, UNPAID, "a draw that ends no ballot pays nobody"),
    Rule(
        DRAWS_NOBODY,
        "interest",
        EDITS,
        OTHER,
        "a position that cannot be read is none: no program but this one writes at its address, which is derived here",
    ),
    Rule(
        &["call_jury$", "call_jury, once its slot has come"],
        "randomness",
        ALL,
        SAME,
        "the network has no account of randomness: the hash of a slot decides",
    ),
    Rule(&["open_dispute, about conduct"], "job", &["job "], SAME, "conduct is not about a job"),
    Rule(&["claim_dispute_credit$"], "fault", ALL, SAME, "a dispute that was not upheld has no reward to draw"),
    Rule(&["claim_dispute_credit$"], "fault", EDITS, OTHER, "a dispute that was not upheld has no reward to draw"),
    Rule(&["distribute_slash$"], "reward_vault", EDITS, SAME, "nothing is due to the provider's side"),
    Rule(&["distribute_slash$"], "reward_vault", EDITS, OTHER, "nothing is due to the provider's side"),
    Rule(&["distribute_slash, of a lost bond"], "insurance_vault", EDITS, SAME, "nothing is due to the insurance"),
    Rule(&["distribute_slash, of a lost bond"], "insurance_vault", EDITS, OTHER, "nothing is due to the insurance"),
    Rule(&["distribute_slash"], "insurance_vault", EMPTIED, SAME, "it was empty"),
    Rule(&["pay_insurance$", "pay_treasury$"], "vault", EDITS, SAME, "an announcement moves nothing"),
    Rule(&["pay_insurance$", "pay_treasury$"], "vault", EDITS, OTHER, "an announcement moves nothing"),
    Rule(&["pay_insurance$", "pay_treasury$"], "mint", EDITS, SAME, "an announcement moves nothing"),
    Rule(&["pay_insurance$", "pay_treasury$"], "mint", EDITS, OTHER, "an announcement moves nothing"),
    // Vaults can be frozen only where the network accepted a freeze authority, and then stop nothing
    // (dispute-execute-4).
    Rule(
        &["execute_installment"],
        "stake_vault",
        &["frozen"],
        OTHER,
        "the installment is booked, and its tokens move when they can: no credit arises before they have arrived",
    ),
    Rule(
        &["execute_installment"],
        "escrow_vault",
        &["frozen"],
        OTHER,
        "the installment is booked, and its tokens move when they can: no credit arises before they have arrived",
    ),
    Rule(&["distribute_slash$"], "insurance_vault", &["frozen"], OTHER, "the insurance's part waits in the dispute"),
    Rule(
        &["distribute_slash, of a lost bond"],
        "reward_vault",
        &["frozen"],
        OTHER,
        "the provider's part waits in the dispute",
    ),
    // Accounts that do not exist.
    Rule(
        &["open_dispute, the second of an epoch"],
        "fault",
        GONE,
        OTHER,
        "faults that do not exist are created; they close when no dispute of their epoch can be opened any more",
    ),
    Rule(&["fund_appeal, again"], "share", GONE, OTHER, "a share that does not exist is created"),
    Rule(&["join_jury, again"], "juror", GONE, OTHER, "a juror that does not exist is created"),
    Rule(
        &["distribute_slash"],
        "provider",
        &["closed", "emptied, with lamports", "cut to 0 bytes"],
        OTHER,
        "the provider may have closed: what its side would get burns",
    ),
    Rule(
        &["close_claim$"],
        "provider",
        EDITS,
        OTHER,
        "a provider's address holds a provider or nothing, because only this program writes there: without one the \
         claim closes",
    ),
    // What only this program can do to an account.
    Rule(INCOMPLETE, "claim", &["one byte short"], SAME, "an incomplete entry is none: only this program resizes"),
    Rule(INCOMPLETE, "claim", &["one byte short"], OTHER, "an incomplete entry is none: only this program resizes"),
];
