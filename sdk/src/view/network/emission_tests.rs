use {
    crate::view::*,
    crate::{
        fixtures::{disputes::Case, *},
        math::{Amount, emission::Cap},
        state::{EmissionLaw, Ledger, Network, Vaults},
    },
};

const TOKEN: u64 = 1_000_000;

fn network(law: EmissionLaw) -> Network {
    let mut network = Case::quiet().network;
    network.params = crate::presets::NETWORK_PARAMS;
    network.params.emission.law = law as u8;
    network.emission = bytemuck::Zeroable::zeroed();
    network.emission.rate_ppt = 50_000_000_000;
    network.stake_total = 10_000 * TOKEN;
    network
}

fn ledger() -> Ledger {
    Ledger { supply: Amount(100_000 * TOKEN), reserve: Amount::ZERO, treasury: Amount::ZERO, vaults: Vaults::OPEN }
}

#[test]
fn the_next_emission_is_said_with_the_stake_that_it_follows() {
    let shown = next_emission(&network(EmissionLaw::Target), None, &ledger(), NOW);
    assert_eq!((shown.follows_stake, shown.stake_target_ppm, shown.staked_ppm), (true, 500_000, 100_000));
    assert_eq!((shown.rate_ppt, shown.next_rate_ppt), (50_000_000_000, 50_109_589_041));
    assert_eq!((shown.whole, shown.less_fees, shown.emits), (13_728_654, 13_728_654, 13_728_654));
    assert_eq!((shown.binding.len(), shown.parts.keepers), (0, Amount(137_286)));
    let fixed = next_emission(&network(EmissionLaw::Fixed), None, &ledger(), NOW);
    assert_eq!((fixed.follows_stake, fixed.emits), (false, 100_000 * TOKEN));
}

#[test]
fn what_holds_the_next_emission_back_is_named() {
    let mut network = network(EmissionLaw::Target);
    network.emission.fees_taken = [TOKEN; 7];
    let shown = next_emission(&network, None, &ledger(), NOW);
    assert_eq!((shown.less_fees, shown.utilisation_ppm), (shown.whole - TOKEN, 72_840));
    network.params.emission.year_cap = 10 * TOKEN;
    (network.emission.last_week, network.emission.weeks[0]) = (crate::math::emission::weeks::week_of(NOW), 4 * TOKEN);
    let shown = next_emission(&network, None, &ledger(), NOW);
    assert_eq!((shown.binding.as_slice(), shown.emits, shown.year_room), (&[Cap::Year][..], 6 * TOKEN, 6 * TOKEN));
    network.params.max_supply = 100_005 * TOKEN;
    let shown = next_emission(&network, None, &ledger(), NOW);
    assert_eq!((shown.binding.as_slice(), shown.emits), (&[Cap::Room, Cap::Year][..], 5 * TOKEN));
    network.emission.window.tokens = 1 << 50;
    network.emission.window.as_of_ts = NOW;
    let shown = next_emission(&network, None, &ledger(), NOW);
    assert_eq!((shown.binding.first(), shown.emits), (Some(&Cap::Window), 0));
}
