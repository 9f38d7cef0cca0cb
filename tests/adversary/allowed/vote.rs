//! What the add-in accepts, and why.

use super::{ALL, EDITS, GONE, OTHER, Rule, SAME, WALLETS};

const UPDATE: &[&str] = &["update_voter_weight"];
const CLOSED: &[&str] = &["update_voter_weight, of a position that was closed"];

pub const RULES: &[Rule] = &[
    // Who signs.
    Rule(
        &["create_registrar", "create_voter"],
        "payer",
        WALLETS,
        OTHER,
        "whoever signs may pay the rent; a voter's returns to it (vote-voter-2)",
    ),
    Rule(&["create_registrar"], "payer", &["= realm_authority"], OTHER, "the realm's authority may pay the rent"),
    Rule(&["create_voter"], "payer", &["= holder"], OTHER, "the holder may pay the rent"),
    Rule(
        &[
            "update_voter_weight, the owner's",
            "update_voter_weight, in a network of a shared mint",
            "update_voter_weight, of a position that was closed",
        ],
        "holder",
        &["unsigned"],
        SAME,
        "all of the voter's positions are passed: nobody need sign (vote-update-1)",
    ),
    // What the holder, or a realm's authority, says.
    Rule(
        &["create_registrar, of a mint of two networks"],
        "network",
        &["network D"],
        OTHER,
        "the realm's authority says which of them votes, once (vote-registrar-1)",
    ),
    Rule(
        &["create_registrar"],
        "realm",
        &["owned by "],
        OTHER,
        "the program that wrote a realm is the realm's; a registrar serves the one realm that it is derived from",
    ),
    Rule(&["remove_position"], "voter", &["voter D1 of realm 2 of A"], OTHER, "another voter of the same holder"),
    Rule(CLOSED, "position[0]", &["missing"], SAME, "a position that was closed weighs nothing, passed or not"),
    Rule(UPDATE, "position[0]", &["missing"], OTHER, "the holder passes any of its positions (vote-update-1)"),
    Rule(
        UPDATE,
        "position[",
        &["closed", "emptied, with lamports", "cut to 0 bytes"],
        OTHER,
        "a position that was closed weighs nothing (vote-voice-1)",
    ),
    Rule(CLOSED, "provider[0]", ALL, SAME, "where there is no position, its provider is not looked at"),
    Rule(CLOSED, "provider[0]", EDITS, OTHER, "the same: it stays as it was changed"),
    Rule(CLOSED, "provider[0]", &["owned by the add-in"], OTHER, "the same: it stays as it was changed"),
    // States that no instruction of any program leads to; the checks before them are by address.
    Rule(ALL, "realm", &["one byte short"], SAME, "a realm's name and reserved bytes are not read"),
    Rule(UPDATE, "proposal", &["one byte short"], SAME, "of a proposal its governance is read"),
    Rule(UPDATE, "governance", &["one byte short"], SAME, "a governance's reserved bytes are not read"),
    Rule(
        &["update_max_voter_weight"],
        "mint",
        &["owned by "],
        OTHER,
        "a mint cannot change its owner; its address was checked",
    ),
    Rule(&["update_max_voter_weight"], "mint", &["one byte short"], SAME, "of a mint its supply is read"),
    Rule(
        &["update_max_voter_weight"],
        "max_record",
        EDITS,
        OTHER,
        "the record is never closed, and nobody but this program writes it",
    ),
    Rule(
        &["update_max_voter_weight"],
        "max_record",
        EDITS,
        SAME,
        "the record is never closed, and nobody but this program writes it",
    ),
    Rule(UPDATE, "record", EDITS, OTHER, "a record ends with its voter, and nobody but this program writes it"),
    Rule(UPDATE, "record", EDITS, SAME, "a record ends with its voter, and nobody but this program writes it"),
    Rule(&["close_voter"], "slot_record", EDITS, SAME, "what a record says does not matter any more"),
    Rule(&["close_voter"], "standing_record", EDITS, SAME, "what a record says does not matter any more"),
    Rule(&["close_voter"], "slot_record", GONE, OTHER, "a record ends with its voter"),
    Rule(&["close_voter"], "standing_record", GONE, OTHER, "a record ends with its voter"),
];
