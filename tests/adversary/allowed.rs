//! The hostile variants that are accepted, each with the reason why that is right. Everything else must be refused.

use crate::refusals::Table;

/// An accepted variant changes exactly what the valid instruction changes.
pub const SAME: &str = "accepted: the same effect";
/// An accepted crank changes what it changes for a keeper that wants no bounty.
pub const UNPAID: &str = "accepted: unpaid";
/// An accepted variant does something else; the reason says why that is its sender's right.
pub const OTHER: &str = "accepted: another effect";

/// A rule of the list: cases, slots, variants (each a prefix; empty for all), outcome, reason.
struct Rule(&'static [&'static str], &'static str, &'static [&'static str], &'static str, &'static str);

const ALL: &[&str] = &[""];
const PAID_CRANKS: &[&str] = &["weigh_providers", "settle_providers", "finalize_epoch", "activate_delegation"];
const BATCHES: &[&str] = &["weigh_providers", "settle_providers"];
const WALLETS: &[&str] = &[
    "the attacker",
    "owner O",
    "delegator D",
    "the keeper",
    "who paid the rents",
    "the admin",
    "the guardian",
    "the arbiter",
];
const UNREADABLE: &[&str] = &["closed", "emptied, with lamports", "cut to ", "one byte", "10,240 bytes longer"];

const RULES: &[Rule] = &[
    // Nothing is wrong with it.
    Rule(ALL, "-", &[""], SAME, "accounts after the last declared one are not looked at (A trap 9)"),
    Rule(
        ALL,
        "",
        &["one byte longer", "10,240 bytes longer"],
        SAME,
        "room for a later version: only this program can resize its accounts (A trap 6)",
    ),
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
        &["provider P2", "retired provider P3"],
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
        &["claim_rewards", "withdraw_unbonded", "pay_treasury"],
        "to",
        &["the attacker's tokens", "D1's tokens", "a token account of the token program's address"],
        OTHER,
        "whoever signs chooses where his tokens go",
    ),
    // A batch states facts, about whomever.
    Rule(BATCHES, "providers[", &["retired provider P3"], OTHER, "another provider of the network"),
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
        "an account that cannot take the keeper's bounty: the crank works unpaid (R H9)",
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
        "without a vault to pay from the crank works unpaid (R H9)",
    ),
    Rule(
        &["activate_delegation"],
        "reward_vault",
        &["frozen"],
        UNPAID,
        "without a vault to pay from the crank works unpaid (R H9)",
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
    Rule(
        &["delegate, again"],
        "delegation",
        &["closed", "emptied, with lamports"],
        OTHER,
        "a position that does not exist is created",
    ),
];

/// Fails for an accepted variant that no rule covers, and for a rule that covers none.
pub fn check(table: &Table) {
    let mut used = vec![false; RULES.len()];
    let mut unexplained = Vec::new();
    for (case, slot, outcomes) in table.values() {
        for (outcome, variants) in outcomes.iter().filter(|(outcome, _)| outcome.starts_with("accepted")) {
            for variant in variants {
                let covers = |rule: &Rule| {
                    rule.0.iter().any(|name| case.starts_with(name))
                        && slot.starts_with(rule.1)
                        && rule.2.iter().any(|name| variant.starts_with(name))
                        && rule.3 == outcome
                };
                match RULES.iter().position(covers) {
                    Some(rule) => used[rule] = true,
                    None => unexplained.push(format!("{case}: {slot}: {variant}: {outcome}")),
                }
            }
        }
    }
    assert!(unexplained.is_empty(), "accepted without a reason:\n{}", unexplained.join("\n"));
    let idle: Vec<_> = RULES.iter().zip(used).filter(|(_, used)| !used).map(|(rule, _)| rule.4).collect();
    assert!(idle.is_empty(), "reasons that nothing needs: {idle:#?}");
}
