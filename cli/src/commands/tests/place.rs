//! Who waits for a place, and who loses one.

use {
    super::*,
    work_token_sdk::state::{Network, Provider},
};

/// A network of one place, which `incumbent` has, and two who wait for it, in order.
fn queue() -> (Desk, [Actor; 3]) {
    let mut params = NETWORK_PARAMS;
    (params.place_cap_mode, params.most_places) = (1, 1);
    let desk = Desk::with(&ScenarioOptions { params, ..ScenarioOptions::default() });
    let owners = ["incumbent", "first", "second"].map(|name| desk.scenario.owner(name, 500, 20_000 * TOKEN).unwrap().0);
    assert!(refusal(desk.types(&owners[1], "place admit")).contains("NotTheHead"));
    assert!(refusal(desk.types(&owners[1], "place pass")).contains("NotTheHead"));
    for (ahead, owner) in owners[1..].iter().enumerate() {
        let joined = desk.types(owner, "place join").unwrap();
        assert_eq!((&joined["number"], &joined["ahead"]), (&(ahead + 1).into(), &ahead.into()));
    }
    desk.a_moment_later();
    assert!(refusal(desk.types(&owners[1], "place join")).contains("AlreadyQueued"));
    (desk, owners)
}

#[test]
fn whoever_waits_is_listed_admitted_and_passed_by_anybody() {
    let (desk, [incumbent, first, second]) = queue();
    let keeper = desk.scenario.actor("a keeper", 0);
    assert!(refusal(desk.types(&keeper, "place admit")).contains("NoFreePlace"));
    assert!(refusal(desk.types(&keeper, "place pass")).contains("HeadIsFit"));
    desk.types(&first, "provider retire").unwrap();
    desk.types(&incumbent, "provider retire").unwrap();
    let listed = desk.types_keyless("place queue").unwrap();
    assert_eq!((&listed["head"], &listed["waiting"], &listed["free"]), (&1.into(), &2.into(), &1.into()));
    assert_eq!(
        (&listed["entries"][0]["unfit"], &listed["entries"][1]["unfit"]),
        (&"NotACandidate".into(), &Value::Null)
    );
    assert!(refusal(desk.types(&second, "place take")).contains("PlacesQueued"));
    assert!(refusal(desk.types(&keeper, "place admit")).contains("NotACandidate"));
    desk.types(&keeper, "place pass").unwrap();
    desk.a_moment_later();
    assert_eq!(desk.types(&keeper, "place admit").unwrap()["place"], 0);
    assert_eq!(desk.types_keyless("place list").unwrap()["waiting"], 0);
}

#[test]
fn a_keeper_passes_vacates_and_admits_until_nothing_is_due() {
    let (desk, [incumbent, first, second]) = queue();
    let keeper = desk.scenario.actor("a keeper", 0);
    desk.types(&first, "provider retire").unwrap();
    let at = |owner: &Actor| work_token_sdk::ProviderAddresses::derive(desk.scenario.network, owner.address()).provider;
    let kept = desk.types(&keeper, &format!("place vacate --provider {}", at(&incumbent)));
    assert!(refusal(kept).contains("PlaceKept"));
    desk.scenario.change(&desk.scenario.network.network, |network: &mut Network| {
        network.minimum_stake = 20_001 * TOKEN;
    });
    desk.scenario.change(&at(&incumbent), |provider: &mut Provider| provider.underbonded_since_ts = 1);
    desk.scenario.change(&at(&second), |provider: &mut Provider| {
        // As if it had more: what it has is not counted here.
        (provider.own.tokens, provider.own.shares) = (30_000 * TOKEN, 30_000 * TOKEN);
    });
    desk.scenario.go_to_epoch(2);
    let cranked = desk.types(&keeper, &format!("epoch crank --bounty-to {}", keeper.tokens)).unwrap();
    let steps = steps(&cranked);
    for step in ["vacate-place", "pass-head", "admit-head"] {
        assert!(steps.contains(&step), "{step} of {cranked}");
    }
    let shown = desk.types_keyless(&format!("provider show {}", at(&second))).unwrap();
    assert_eq!((&shown["state"], &shown["place"]), (&"active".into(), &0.into()));
}
