//! The roster of attesters, full of smallest bonds.

use {
    super::{score::measured, *},
    work_token_sdk::{AttesterAddresses, Client, limits::MAX_ATTESTERS, math::Epoch, state::AttesterRoster},
};

/// What the smallest bond of the network is.
const BOND: u64 = NETWORK_PARAMS.attester_bond;

/// A network whose places are all held with the smallest bond, from epoch 1 on.
fn full() -> Desk {
    let desk = measured();
    for number in 0..MAX_ATTESTERS {
        let attester = desk.scenario.actor(&format!("attester {number}"), BOND);
        desk.scenario.register_attester(&attester, BOND).unwrap();
    }
    desk.scenario.go_to_epoch(1);
    desk
}

/// Waits for the second half of an epoch.
fn middle_of(desk: &Desk, epoch: u32) {
    let clock = desk.scenario.network_state().clock();
    desk.scenario.chain.set_now(clock.starts_at_ts(Epoch(epoch)).unwrap() + DAY / 2);
}

#[test]
fn a_larger_bond_takes_the_place_that_it_aims_at_and_who_is_displaced_is_named() {
    let desk = full();
    let (zoe, keeper) = (desk.scenario.actor("zoe", 3 * BOND), desk.scenario.actor("a keeper", 0));
    let displace = format!("attester displace {}", zoe.address());
    let nobody = refusal(desk.types(&keeper, &displace));
    assert!(nobody.contains("there is no Attester"), "{nobody}");
    let small = format!("attester register --bond {} --from {}", BOND / 100 * 105, zoe.tokens);
    assert!(refusal(desk.types(&zoe, &small)).contains("BondMarginTooSmall"));
    desk.types(&zoe, &format!("attester register --bond {} --from {}", 2 * BOND, zoe.tokens)).unwrap();
    let shown = || desk.types(&zoe, "attester show").unwrap();
    let waits = shown();
    assert!(waits["place"].is_null() && waits["aims_at"].is_small(), "{waits}");
    assert_eq!(waits["aim_due_epoch"], 2);
    for line in ["attester displace", displace.as_str()] {
        assert!(refusal(desk.types(&zoe, line)).contains("DisplacementNotDue"), "{line}");
    }

    // An aim that nobody used lapses; another needs no other deposit.
    desk.scenario.go_to_epoch(3);
    assert!(refusal(desk.types(&zoe, "attester displace")).contains("DisplacementNotDue"));
    desk.types(&zoe, "attester aim").unwrap();
    assert_eq!(shown()["aim_due_epoch"], 4);
    middle_of(&desk, 4);
    let place = usize::try_from(shown()["aims_at"].as_u64().unwrap()).unwrap();
    let roster = || -> Box<AttesterRoster> {
        let network = desk.scenario.network.network;
        Client::new(&desk.scenario.chain).attester_roster(&network).unwrap().unwrap()
    };
    let holder = roster().entries[place].attester;
    let displaced = desk.types(&keeper, &displace).unwrap();
    let attester = AttesterAddresses::derive(desk.scenario.network, holder).attester;
    assert_eq!(displaced["displaced"], attester.to_string());
    assert_eq!(roster().entries[place].attester, zoe.address());
    let now = shown();
    assert_eq!((&now["place"], &now["aims_at"]), (&place.into(), &Value::Null), "{now}");
    let gone = desk.types_keyless(&format!("attester show {holder}")).unwrap();
    assert!(gone["place"].is_null() && gone["retired_ts"].is_small(), "{gone}");
    desk.a_moment_later();
    assert!(refusal(desk.types(&keeper, &displace)).contains("AttesterNotWaiting"));
}
