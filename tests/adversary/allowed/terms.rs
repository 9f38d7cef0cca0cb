//! Hand-overs, beneficiaries, operators of classes and reporters.

use super::{ALL, EDITS, GONE, OTHER, Rule, SAME, UNREADABLE};

pub const RULES: &[Rule] = &[
    Rule(&["draft_params"], "network", EDITS, OTHER, "a draft may be for a network that does not exist yet"),
    Rule(&["draft_params"], "network", EDITS, SAME, "a draft may be for a network that does not exist yet"),
    Rule(&["draft_params, the last part"], "param_draft", GONE, OTHER, "a draft begins with any of its parts"),
    Rule(&["propose_params"], "payer", &["read-only"], SAME, "who pays is also the author, whose place is writable"),
    Rule(&["propose_params"], "author", &["read-only"], SAME, "the author also pays, whose place is writable"),
    Rule(
        &["pass_head"],
        "provider",
        &["closed", "emptied, with lamports", "owned by another program"],
        OTHER,
        "a candidate that is gone has no use of a place: its number is passed",
    ),
    Rule(&["set_auto_restake"], "delegation", &["D1 at "], OTHER, "the holder chooses for each of its positions"),
    Rule(
        &["claim_provider_rewards, shared"],
        "to",
        EDITS,
        OTHER,
        "what the owner cannot receive stays free, and keeps nothing from the beneficiary (provider-beneficiary-3)",
    ),
    Rule(
        &["claim_provider_rewards, shared"],
        "beneficiary_to",
        EDITS,
        OTHER,
        "what the beneficiary cannot receive is owed to it, and keeps nothing from the owner (provider-beneficiary-3)",
    ),
    Rule(
        &["claim_provider_rewards$"],
        "beneficiary_to",
        &["= to"],
        SAME,
        "a provider that never proposed a beneficiary has none to pay",
    ),
    Rule(
        &["accept_beneficiary", "set_beneficiary_destination"],
        "destination",
        &["the attacker's tokens$", "D1's tokens$", "C1's tokens$", "a token account of the token program's address"],
        OTHER,
        "the beneficiary chooses where it is paid",
    ),
    Rule(&["accept_beneficiary$"], "incumbent", &["= signer"], SAME, "nobody else has quota left"),
    Rule(&["set_class_operator"], "offer", GONE, OTHER, "an offer that does not exist is created"),
    Rule(&["set_class_operator"], "operator", ALL, OTHER, "the owner names whoever signs that it is one, or nobody"),
    Rule(
        &["set_reporter"],
        "attester",
        &["attester D1 of B"],
        OTHER,
        "an attester of the same owner in another network has a reporter of its own",
    ),
    Rule(
        &["close_provider, with its terms"],
        "offer",
        ALL,
        SAME,
        "a provider that never made an offer has none to close",
    ),
    // States that no instruction of any program leads to. SPL Token would refuse them if it were asked, but a
    // transfer asks it for nothing of the mint.
    Rule(ALL, "mint", UNREADABLE, SAME, "a mint of SPL Token cannot be closed or cut; its address was checked"),
    Rule(ALL, "mint", UNREADABLE, OTHER, "a mint of SPL Token cannot be closed or cut; its address was checked"),
];
