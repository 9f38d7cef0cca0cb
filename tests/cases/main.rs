//! Stories: sentences about behaviour, on the real bytecode. Each names a refusal by its error and ends with
//! every invariant. A rule that a story holds is named in a comment above it.

mod activation;
mod answers;
mod arbiter;
mod attester_pay;
mod attesters;
mod authorities;
mod bounds;
mod bounties;
mod cancelling;
mod claims;
mod closing;
mod commission;
mod contested;
mod correlation;
mod cost;
mod counted_once;
mod counts;
mod crossings;
mod crossings_disputes;
mod dearest;
mod delay;
mod delegating;
mod departures;
mod dispute_accounts;
mod dispute_bonds;
mod dispute_ends;
mod dispute_money;
mod dispute_rounds;
mod dispute_shares;
mod disputes;
mod draws;
mod epoch_rules;
mod epochs;
mod expiry;
mod exposure;
mod fees;
mod frozen;
mod frozen_jobs;
mod golden;
mod idl;
mod job_money;
mod job_paths;
mod jobs;
mod joins;
mod juries;
mod jury_arming;
mod jury_draws;
mod jury_leaves;
mod jury_pay;
mod jury_randomness;
mod jury_seats;
mod jury_tree;
mod late_cranks;
mod layers;
mod layouts;
mod layouts_disputes;
mod layouts_named;
mod layouts_parts;
mod layouts_work;
mod leaving;
mod liability;
mod liability_exits;
mod lots;
mod maintenance;
mod metered;
mod metrics_change;
mod minimum_stake;
mod mints;
mod missed;
mod networks;
mod offers;
mod open_claims;
mod openings;
mod outages;
mod parameters;
mod params_change;
mod parked;
mod pause;
mod pinned;
mod places;
mod places_left;
mod proofs;
mod quorum;
mod reach;
mod redundant;
mod registration;
mod rent;
mod reports;
mod retiring;
mod roster;
mod roster_changes;
mod scale;
mod scores;
mod sharing;
mod skips;
mod slashes;
mod slashing;
mod slashing_ends;
mod staking;
mod steps;
mod surplus;
mod sweeping;
mod tickets;
mod unbonding;
mod vesting;
mod weights;
mod work_rules;

pub use {
    work_token_localnet::{Actor, MintOptions, ScenarioOptions, TokenProgram},
    work_token_sdk::{
        Account, Pubkey, WorkTokenError as E,
        events::{Event, decode_logs},
        ix, math,
        presets::{JOB_RULES, NETWORK_PARAMS},
        state::{EmissionMode, EpochState, PoolKind, ProviderState, SeatState, SkipReason, VaultKind, job_flags},
        transport::Transport,
    },
    work_token_tests::{
        Buyer, DAY, EMISSION, FEE, FIXED, HOUR, Holder, JOB_BOUNTY, KEEPERS, METERED, Market, Owner, Photo, Position,
        QUINTUPLE, STAKE, TOKEN, TRIPLE, World, assert_floor, assert_invariants, draw_fee, events, refused_with_code,
    },
};
