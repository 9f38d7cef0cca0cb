//! What the test binaries share: a world of people on the embedded chain, every invariant, how a refusal is
//! named, and the embedded chain as a node behind HTTP.

mod dao;
mod dispute;
mod epoch;
mod forks;
pub mod http;
pub mod idl;
mod invariants;
mod job;
mod market;
pub mod node;
mod refusals;
mod score;
pub mod signer;
mod states;
mod voice;
mod voting;
mod world;

pub use dao::{Dao, LEAST_WEIGHT, deploy_governance, governance_elf};
pub use dispute::{Juror, LOCK};
pub use forks::Fork;
pub use invariants::assert_invariants;
pub use job::{Buyer, events};
pub use market::{FEE, FIXED, JOB_BOUNTY, METERED, Market, QUINTUPLE, STAKE, TRIPLE, draw_fee};
pub use refusals::{Photo, refused, refused_with_code};
pub use score::{Attester, BOND, SALT, everywhere, measured, one_by_one, reported};
pub use voice::SILENCE;
pub use voting::{GOVERNANCE_PROGRAM, LONGEST, Realm, WAIT, write_governance};
pub use work_token_localnet::{DAY, HOUR, TOKEN, governance_bytes, proposal_bytes, realm_bytes};
pub use world::{Holder, Owner, Position, World};

/// What the default parameters hand to providers in an epoch: 100,000 tokens less the keepers' 1 %.
pub const EMISSION: u64 = 99_000 * TOKEN;
/// What they hand to the keeper vault.
pub const KEEPERS: u64 = 1_000 * TOKEN;

/// Asserts that `actual` is `exact` but for the rounding of one claim: less than one base unit, in the pool's
/// favour.
#[track_caller]
pub fn assert_floor(actual: u64, exact: u64) {
    assert!(actual == exact || actual + 1 == exact, "expected {exact} or one base unit less, got {actual}");
}
