//! What it costs to harm a provider by a dispute, and what it costs the provider, at the default prices
//! (dispute-bond-1, dispute-layer-3, dispute-sink-2, dispute-layer-4, dispute-appeal-2, dispute-layer-2,
//! dispute-epoch-1, dispute-appeal-1, dispute-layer-1). The computation is that of docs/griefing.md, whose
//! own tests run here, too.
#![allow(
    dead_code,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::cast_possible_truncation
)]

#[path = "../../xtask/src/griefing/mod.rs"]
mod griefing;

use griefing::Rules;
use work_token_math::{
    Amount, Bps,
    slash::{Division, Stakes, loss, sinks},
};

/// Writes the page where a person wants to see it.
#[test]
fn the_page_can_be_printed() {
    let rules = Rules::read(include_str!("../../docs/parameters.md")).unwrap();
    println!("{}", griefing::document(&rules));
}

// dispute-sink-2: provider, client and challenger are one. Bonds only move between them, less jurors and
// burns.
#[test]
fn whoever_is_provider_client_and_challenger_loses_at_least_forty_percent_of_the_own_loss() {
    let table = [(1, 10, 1_000), (2, 100, 2_000), (3, 500, 3_000), (4, 3_000, 3_000), (5, 10_000, 3_000)];
    for delegated in [0, 9, 16] {
        let own = 100_000_000_000u64;
        let stakes = Stakes { own: Amount(own), delegated: Amount(delegated * own) };
        for (severity, fraction, reward) in table {
            let division = Division { delta: Bps(5_000), cover: severity >= 4 };
            let lost = loss(Bps(fraction), stakes, stakes, division);
            let to = sinks(lost, Bps(reward), Amount(u64::MAX));
            let returned = to.challenger.saturating_add(to.client);
            assert!(10 * returned.0 <= 6 * lost.own.0, "{severity} at {delegated}");
        }
    }
}
