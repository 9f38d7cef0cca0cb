//! The hostile variants that are accepted, each with the reason why that is right. Everything else must be
//! refused.

mod dispute;
mod states;
mod terms;
mod vote;

use {
    crate::cases::{self, Case, Sender, Slot},
    std::collections::BTreeMap,
};

/// Variants by outcome.
pub type Outcomes = BTreeMap<String, Vec<String>>;

/// Case, slot and outcomes, by the numbers of case and slot.
pub type Table = BTreeMap<(usize, usize), (String, String, Outcomes)>;

/// An accepted variant changes exactly what the valid instruction changes.
pub const SAME: &str = "accepted: the same effect";
/// An accepted crank changes what it changes for a keeper that wants no bounty.
pub const UNPAID: &str = "accepted: unpaid";
/// An accepted variant does something else; the reason says why that is its sender's right.
pub const OTHER: &str = "accepted: another effect";

/// A rule of the list: cases, slots, variants (each a prefix, empty for all; exact with a `$` at its end),
/// outcome, reason. Cases also by what they are: `@` for those that anybody may send, `@slot` for those with
/// such a slot.
pub struct Rule(&'static [&'static str], &'static str, &'static [&'static str], &'static str, &'static str);

const ALL: &[&str] = &[""];
/// What a keeper is paid for: every instruction with a slot for its account.
const PAID_CRANKS: &[&str] = &["@keeper_account"];
const BATCHES: &[&str] = &["weigh_providers", "settle_providers"];
/// What anybody may send.
const ANYBODYS: &[&str] = &["@"];
/// Whose signature stands for anybody's. Who made a tree keeps its key.
const WALLETS: &[&str] = &[
    "the attacker",
    "owner O",
    "delegator D",
    "client C",
    "the clients' hot key",
    "the operator of P",
    "the keeper",
    "who paid the rents",
    "the admin",
    "the guardian",
    "the arbiter",
    "the authority of realm",
    "tree ",
    "juror tree of",
    "owner of juror",
    "= work_tree",
];
const UNREADABLE: &[&str] = &["closed", "emptied, with lamports", "cut to ", "one byte", "10,240 bytes longer"];
const GONE: &[&str] = &["closed", "emptied, with lamports"];
/// Every way in which an account in its place can be wrong.
const EDITS: &[&str] = &[
    "discriminator zeroed",
    "body zeroed",
    "version 0",
    "next version",
    "owned by another program",
    "closed",
    "emptied, with lamports",
    "cut to ",
    "one byte",
    "10,240 bytes longer",
    "frozen",
    "uninitialised",
    "of the other token program",
];

/// What holds of either program's instructions.
const EVERYWHERE: &[Rule] = &[
    // Nothing is wrong with it.
    Rule(ALL, "-", &[""], SAME, "accounts after the last declared one are not looked at (network-account-1)"),
    Rule(
        ALL,
        "",
        &["one byte longer", "10,240 bytes longer"],
        SAME,
        "room for a later version: only this program can resize its accounts (network-account-1)",
    ),
    // States that no instruction of any program leads to; the checks before them are by address.
    Rule(
        ALL,
        "",
        &["a copy at another address"],
        OTHER,
        "no program but this one can write such an account, and it writes none at another address",
    ),
    Rule(
        ALL,
        "",
        &["a copy at another address"],
        SAME,
        "the same, where the account is only read: this program writes none at another address",
    ),
];

/// The reasons for what is accepted of the protocol's instructions; of several that cover it the first is
/// the one.
pub const PROTOCOLS: &[&[Rule]] = &[RULES, states::RULES, dispute::RULES, terms::RULES, EVERYWHERE];
/// The same for the add-in's.
pub const ADD_INS: &[&[Rule]] = &[vote::RULES, EVERYWHERE];

const RULES: &[Rule] = &[
    Rule(&["open_epoch"], "payer", WALLETS, OTHER, "anybody may open an epoch, and gets the rent back"),
    Rule(&["propose_params"], "payer", WALLETS, OTHER, "whoever signs may pay the rent, and gets it back"),
    Rule(&["propose_params"], "payer", &["= admin"], OTHER, "the admin may pay the rent"),
    Rule(
        &["close_delegation, by a stranger"],
        "closer",
        WALLETS,
        SAME,
        "after 30 days anybody may; the rent returns to the holder",
    ),
    Rule(&["close_delegation, by a stranger"], "closer", &["= holder"], SAME, "the holder may at any time"),
    Rule(
        &["touch_provider"],
        "provider",
        &["provider P2", "retired provider P3", "candidate P4"],
        OTHER,
        "every provider of the network can be touched",
    ),
    Rule(&["sweep_epoch"], "pool", &["epoch 0 of A"], OTHER, "another epoch that is due"),
    Rule(
        &["execute_params", "cancel_params"],
        "param_change",
        &["change 2 of A"],
        OTHER,
        "another change of the same network that is due",
    ),
    Rule(
        &["cancel_unbonding", "withdraw_unbonded"],
        "ticket",
        &["ticket 1 of D1 at P1", "ticket 2 of D1 at P1"],
        OTHER,
        "another ticket of the same position",
    ),
    Rule(
        &["claim_rewards", "withdraw_unbonded", "pay_treasury", "pay_insurance"],
        "to",
        &["the attacker's tokens$", "D1's tokens$", "C1's tokens$", "a token account of the token program's address"],
        OTHER,
        "whoever signs chooses where his tokens go",
    ),
    // A batch states facts, about whomever.
    Rule(BATCHES, "providers[", &["retired provider P3", "candidate P4"], OTHER, "another provider of the network"),
    Rule(BATCHES, "providers[", &["= providers["], OTHER, "a provider that is done is skipped"),
    Rule(&["weigh_providers", "settle_providers"], "providers[1]", &["missing"], OTHER, "a smaller batch"),
    Rule(
        &["settle_providers"],
        "pool",
        &["epoch "],
        OTHER,
        "the providers are touched; an epoch that is settled pays nobody twice",
    ),
    // A crank never fails for its bounty.
    Rule(
        PAID_CRANKS,
        "keeper_account",
        ALL,
        UNPAID,
        "an account that cannot take the keeper's bounty: the crank works unpaid (epoch-bounty-2)",
    ),
    Rule(
        PAID_CRANKS,
        "keeper_account",
        &["a copy at another address", "emptied of tokens"],
        OTHER,
        "another token account of the same keeper",
    ),
    Rule(
        PAID_CRANKS,
        "keeper",
        WALLETS,
        UNPAID,
        "anybody may crank; the bounty goes to nobody but an account of the signer",
    ),
    Rule(
        BATCHES,
        "keeper_vault",
        &["frozen", "emptied of tokens"],
        UNPAID,
        "without a vault to pay from the crank works unpaid (epoch-bounty-2)",
    ),
    Rule(
        &["activate_delegation"],
        "reward_vault",
        &["frozen"],
        UNPAID,
        "without a vault to pay from the crank works unpaid (epoch-bounty-2)",
    ),
    // States that no instruction of any program leads to; the checks before them are by address.
    Rule(
        ALL,
        "",
        &["emptied of tokens"],
        OTHER,
        "vaults lose tokens only by this program; what is booked does not depend on them",
    ),
    Rule(ALL, "treasury_vault", &["emptied of tokens"], SAME, "it was empty"),
    Rule(ALL, "mint", &["owned by another program"], OTHER, "a mint cannot change its owner; its address was checked"),
    Rule(
        BATCHES,
        "keeper_vault",
        UNREADABLE,
        UNPAID,
        "a vault cannot be closed or cut; what cannot be read holds no bounty",
    ),
    Rule(&["finalize_epoch"], "reserve_vault", &[""], SAME, "in Mint mode the reserve is not used"),
    Rule(
        &["finalize_epoch"],
        "reserve_vault",
        &[""],
        OTHER,
        "in Mint mode the reserve is not used; in Reserve mode one that cannot be read holds nothing",
    ),
    Rule(&["delegate, again"], "delegation", GONE, OTHER, "a position that does not exist is created"),
    Rule(
        &["transfer_shares, to one who holds some"],
        "to",
        GONE,
        OTHER,
        "a position that does not exist is created, at the receiver's rent",
    ),
    Rule(
        &["set_job_class, again"],
        "job_class",
        GONE,
        OTHER,
        "a class that does not exist is created; none is ever closed",
    ),
    Rule(&["set_offer, again"], "offer", GONE, OTHER, "an offer that does not exist is created"),
    Rule(&["set_offer, again"], "authority", &["the operator of P1"], SAME, "the operator may set the offer"),
    Rule(&["register_attester"], "roster", GONE, OTHER, "a roster that does not exist is created; it is never closed"),
    Rule(
        &["init_tree"],
        "tree",
        &["discriminator zeroed", "body zeroed", "version 0"],
        SAME,
        "it was zero: that is what makes it an empty tree",
    ),
    // Who signs, or pays a rent, where anybody may.
    Rule(&["set_job_class"], "payer", WALLETS, OTHER, "whoever signs may pay the rent"),
    Rule(&["set_job_class"], "payer", &["= admin"], OTHER, "the admin may pay the rent"),
    Rule(&["set_model$"], "payer", WALLETS, OTHER, "whoever signs may pay the rent"),
    Rule(&["set_model$"], "payer", &["= admin"], OTHER, "the admin may pay the rent"),
    Rule(&["set_model, again"], "payer", WALLETS, SAME, "an existing model costs no rent"),
    Rule(&["set_model, again"], "payer", &["= admin"], SAME, "an existing model costs no rent"),
    Rule(&["set_model, again"], "model", GONE, OTHER, "a model that does not exist is created; none is ever closed"),
    Rule(&["set_job_class, again"], "payer", WALLETS, SAME, "an existing class costs no rent"),
    Rule(&["set_job_class, again"], "payer", &["= admin"], SAME, "an existing class costs no rent"),
    Rule(&["draw_attesters"], "payer", WALLETS, OTHER, "anybody may seat attesters, and gets the rent back"),
    Rule(ANYBODYS, "signer", WALLETS, SAME, "anybody may; who gains by it is fixed beforehand"),
    Rule(ANYBODYS, "creator", WALLETS, SAME, "anybody may; a tree gives its maker no power"),
    Rule(ANYBODYS, "closer", WALLETS, SAME, "after 30 days anybody may; the rents return to the client"),
    Rule(ANYBODYS, "closer", &["= client"], SAME, "the client may at any time"),
    Rule(
        &["expire_job"],
        "signer",
        WALLETS,
        UNPAID,
        "anybody may crank; the bounty goes to nobody but an account of the signer",
    ),
    Rule(&["keep_alive"], "signer", &["client C1"], SAME, "the client and its hot key keep a meter running"),
    Rule(&["stop_job$"], "signer", &["the clients' hot key"], SAME, "the client and its hot key stop a meter"),
    Rule(
        &["stop_job$"],
        "signer",
        &["the operator of P1"],
        OTHER,
        "the operator may stop its meter: it gets no least working time, and the stop is counted as its own (job-count-2, job-meter-2)",
    ),
    // Accounts that the instruction does not need in this state.
    Rule(ALL, "", &["none"], SAME, "it was none"),
    Rule(&["extend_job$", "rate_job"], "operator", &["= client"], SAME, "not needed before acceptance"),
    Rule(
        &["accept_job$", "decline_job"],
        "offer",
        ALL,
        SAME,
        "an offer is needed for a seat that nobody was drawn for",
    ),
    Rule(&["cancel_job"], "keeper_account", &["= refund_account"], SAME, "a cancellation pays no keeper"),
];

fn matches(pattern: &str, text: &str) -> bool {
    pattern.strip_suffix('$').map_or_else(|| text.starts_with(pattern), |exact| text == exact)
}

/// Whether a rule is about a case.
fn is_about(pattern: &str, case: &Case, idl: &BTreeMap<String, Vec<Slot>>) -> bool {
    match pattern.strip_prefix('@') {
        Some("") => case.sender == Sender::Anybody,
        Some(slot) => idl[case.instruction].iter().any(|known| known.name == slot),
        None => matches(pattern, case.name),
    }
}

/// Fails for an accepted variant of some cases that no rule covers, and for a rule that covers none.
pub fn check(table: &Table, cases: &[(usize, &Case)], rules: &[&[Rule]]) {
    let idl = cases::idl();
    let rules: Vec<_> = rules.iter().copied().flatten().collect();
    let mut used = vec![false; rules.len()];
    let mut unexplained = Vec::new();
    for ((number, _), (name, slot, outcomes)) in table {
        let (_, case) = cases[*number];
        for (outcome, variants) in outcomes.iter().filter(|(outcome, _)| outcome.starts_with("accepted")) {
            for variant in variants {
                let covers = |rule: &&Rule| {
                    rule.0.iter().any(|pattern| is_about(pattern, case, &idl))
                        && slot.starts_with(rule.1)
                        && rule.2.iter().any(|name| matches(name, variant))
                        && rule.3 == outcome
                };
                match rules.iter().position(covers) {
                    Some(rule) => used[rule] = true,
                    None => unexplained.push(format!("{name}: {slot}: {variant}: {outcome}")),
                }
            }
        }
    }
    assert!(unexplained.is_empty(), "accepted without a reason:\n{}", unexplained.join("\n"));
    let idle: Vec<_> = rules.iter().zip(used).filter(|(_, used)| !used).map(|(rule, _)| rule.4).collect();
    assert!(idle.is_empty(), "reasons that nothing needs: {idle:#?}");
}
