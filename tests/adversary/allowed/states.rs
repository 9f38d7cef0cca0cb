//! What is accepted because of the state in which a case finds vaults, attesters and others of its kind.

use super::{ALL, EDITS, OTHER, Rule, SAME, UNPAID, UNREADABLE};

const REFUNDS: &[&str] = &["cancel_job", "expire_job", "settle_job", "approve_result"];

pub const RULES: &[Rule] = &[
    // Money that cannot go where it should.
    Rule(
        REFUNDS,
        "refund_account",
        EDITS,
        OTHER,
        "what cannot be refunded is the seat's credit: no step waits for it (job-settle-6)",
    ),
    Rule(REFUNDS, "refund_account", EDITS, SAME, "nothing was to be refunded"),
    Rule(
        &["capture_seed", "draw_job", "draw_juror"],
        "escrow_vault",
        &["frozen"],
        UNPAID,
        "without a vault to pay from the crank works unpaid (job-escrow-2)",
    ),
    Rule(
        &["finalize_epoch$", "finalize_epoch, from a reserve"],
        "treasury_vault",
        EDITS,
        OTHER,
        "the epoch's fees owe the treasury nothing",
    ),
    Rule(
        &["finalize_epoch$", "finalize_epoch, from a reserve"],
        "treasury_vault",
        EDITS,
        SAME,
        "the epoch's fees owe the treasury nothing",
    ),
    // Vaults can be frozen only where the network accepted a freeze authority, and then stop nothing
    // (principle-frozen-1).
    Rule(
        &["finalize_epoch$", "finalize_epoch, with fees"],
        "reward_vault",
        &["frozen"],
        OTHER,
        "what cannot arrive stays unminted and what cannot leave stays booked: providers' and attesters' part, fees",
    ),
    Rule(
        &["finalize_epoch, with fees"],
        "treasury_vault",
        &["frozen"],
        OTHER,
        "the treasury's part of the fees waits for the next epoch that is finalized",
    ),
    Rule(
        &["finalize_epoch$", "finalize_epoch, with fees"],
        "keeper_vault",
        &["frozen"],
        OTHER,
        "the keepers' part stays unminted, and the crank works unpaid",
    ),
    Rule(
        &["cancel_job", "expire_job", "settle_job", "approve_result"],
        "escrow_vault",
        &["frozen"],
        OTHER,
        "the seat ends, and what it owes waits in it; nothing of it closes before",
    ),
    Rule(
        &["settle_job", "approve_result"],
        "reward_vault",
        &["frozen"],
        OTHER,
        "the seat ends, and the fee waits in it; nothing of it closes before",
    ),
    Rule(
        &["settle_attesters"],
        "escrow_vault",
        &["frozen"],
        OTHER,
        "pay is booked, and fines wait: those that owe one stay unsettled",
    ),
    // Accounts of attesters that are gone.
    Rule(
        &["settle_attesters"],
        "attesters[",
        &["closed", "emptied, with lamports", "cut to 0 bytes"],
        OTHER,
        "who closed is settled without pay or fine: only the owner closes, once nothing is owed (BondLocked)",
    ),
    // Accounts that decide nothing in this state.
    Rule(&["close_provider$"], "offer", ALL, SAME, "a provider that never made an offer has none to close"),
    Rule(
        &["advance_beacon$", "advance_beacon, to the seed"],
        "randomness",
        ALL,
        SAME,
        "the network has no account of randomness: the hash of a slot decides",
    ),
    Rule(
        &["execute_params"],
        "mint",
        UNREADABLE,
        SAME,
        "a mint cannot be closed or cut; one that cannot be read lets no cap of the supply fall",
    ),
    Rule(
        &["execute_params"],
        "mint",
        UNREADABLE,
        OTHER,
        "a mint cannot be closed or cut; one that cannot be read lets no cap of the supply fall",
    ),
    // Another object about which the sender may do the same.
    Rule(&["record_outage", "refresh_note", "advance_beacon"], "network", &["network "], OTHER, "another network"),
    Rule(&["init_tree"], "tree", &["an empty tree"], OTHER, "another empty tree"),
    Rule(&["challenge_place"], "incumbent", &["provider P1"], OTHER, "another incumbent that is weaker"),
    Rule(
        &["draw_job, after silence"],
        "candidates[1]",
        &["missing"],
        OTHER,
        "the silent provider loses the seat, and no leaf is looked at",
    ),
    Rule(
        &["draw_job, after silence"],
        "candidates[",
        &["read-only"],
        SAME,
        "the provider that was silent is drawn again: given twice, and once is writable",
    ),
    Rule(&["settle_attesters"], "attesters[", &["attester D2 of A"], OTHER, "another attester of the shard"),
    Rule(&["settle_attesters"], "attesters[", &["= attesters["], OTHER, "an attester that is settled is skipped"),
    Rule(&["settle_attesters"], "attesters[1]", &["missing"], OTHER, "a smaller batch"),
    Rule(
        &["score_providers"],
        "providers[",
        &["retired provider P3", "candidate P4"],
        OTHER,
        "one without a seat is skipped",
    ),
    Rule(&["score_providers"], "providers[", &["= providers["], OTHER, "a provider that is scored is skipped"),
    Rule(&["score_providers"], "providers[1]", &["missing"], OTHER, "a smaller batch"),
    Rule(
        &["score_providers"],
        "shard",
        &["closed", "emptied, with lamports", "cut to 0 bytes"],
        OTHER,
        "its empty address says that nobody was seated (score-value-4): a shard closes only once its attesters are settled, and \
         they are settled only after the last score",
    ),
];
