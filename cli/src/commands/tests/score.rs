//! Attesters: a bond, a commitment, a reveal, a score, pay.

use {
    super::*,
    work_token_sdk::{
        math::Ppm,
        state::{Metric, MetricSource},
    },
};

fn measured() -> Desk {
    let mut params = NETWORK_PARAMS;
    params.metrics[0] = Metric::new("uptime", Ppm(1_000_000), MetricSource::Attested);
    let desk = Desk::with(&ScenarioOptions { params, ..ScenarioOptions::default() });
    for name in ["Atlas", "Borealis"] {
        desk.scenario.owner(name, 500, 20_000 * TOKEN).unwrap();
    }
    desk
}

/// Attesters commit to a file of reports; their keeper reveals for them, an epoch later.
fn commit_and_reveal(desk: &Desk, attesters: &[Actor], keeper: &Actor) {
    let file = File::new("reports.csv", "# place,metric,bps\n0,0,9900\n1,0,5000\n");
    let wrong = File::new("wrong.csv", "0,0,9900\n60,0,1\n");
    let path = file.0.display();
    let commit = format!("attester commit --shard 0 --reports {path}");
    assert!(matches!(desk.types(&attesters[0], &commit.replace("reports.csv", "wrong.csv")), Err(Failure::Usage(_))));
    drop(wrong);
    let salts: Vec<String> = attesters
        .iter()
        .map(|attester| desk.types(attester, &commit).unwrap()["salt"].as_str().unwrap().to_owned())
        .collect();
    let shown = desk.types(&attesters[0], "attester show").unwrap();
    assert_eq!(
        (&shown["shards"][0]["state"], &shown["shards"][0]["phase"]),
        (&"committed".into(), &"committing".into())
    );

    desk.scenario.next_epoch();
    for (attester, salt) in attesters.iter().zip(&salts) {
        let reveal = format!("attester reveal --shard 0 --attester {}", attester.address());
        let wrong = format!("{reveal} --reports {path} --salt {}", "00".repeat(32));
        assert!(refusal(desk.types(keeper, &wrong)).contains("nothing fits"));
        desk.types(keeper, &format!("{reveal} --reports {path} --salt {salt}")).unwrap();
    }
}

#[test]
fn attesters_commit_reveal_score_and_are_paid() {
    let desk = measured();
    let attesters: Vec<Actor> = ["Ann", "Bob", "Cid"].map(|name| desk.scenario.actor(name, 1_000 * TOKEN)).into();
    for attester in &attesters {
        desk.types(attester, &format!("attester register --from {}", attester.tokens)).unwrap();
    }
    let keeper = desk.scenario.actor("a keeper", 0);
    desk.scenario.go_to_epoch(1);
    let early = desk.types(&keeper, "epoch beacon");
    assert!(matches!(early, Err(Failure::TryAgain(_))), "an epoch keeps the rules that it is attested by: {early:?}");
    desk.types(&keeper, "epoch open 1").unwrap();
    desk.types(&keeper, "epoch beacon").unwrap();
    assert!(matches!(desk.types(&keeper, "epoch draw-attesters"), Err(Failure::TryAgain(_))));
    desk.scenario.chain.advance_slots(20);
    desk.types(&keeper, "epoch beacon").unwrap();
    desk.types(&keeper, "epoch draw-attesters").unwrap();

    commit_and_reveal(&desk, &attesters, &keeper);
    let crank = || {
        desk.a_moment_later();
        desk.types(&keeper, &format!("epoch crank --bounty-to {}", keeper.tokens)).unwrap()
    };
    crank();
    desk.scenario.chain.advance(3_600);
    let cranked = crank();
    let names = steps(&cranked);
    let place = |name: &str| names.iter().position(|step| *step == name);
    assert!(place("score").is_some() && place("score") < place("weigh"), "{names:?}");
    let scores: Vec<u64> = desk.types_keyless("provider list").unwrap()["providers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["score_ppm"].as_u64().unwrap())
        .collect();
    assert!(scores.iter().all(|score| *score > 0) && scores[0] != scores[1], "{scores:?}");
    desk.scenario.chain.advance(7_200);
    crank();
    let shown = desk.types(&attesters[0], "attester show").unwrap();
    assert!(shown["credit"].as_u64().unwrap() > 0, "{shown}");
    let to = attesters[0].tokens;
    desk.types(&attesters[0], &format!("attester claim --to {to}")).unwrap();
    assert_eq!(desk.scenario.chain.token_balance(&to), shown["credit"].as_u64().unwrap());
    desk.types(&attesters[0], "attester retire").unwrap();
    assert!(refusal(desk.types(&attesters[0], &format!("attester close --to {to}"))).contains("BondLocked"));
    let unlocks = desk.types(&attesters[0], "attester show").unwrap()["unlocks_at_ts"].as_i64().unwrap();
    desk.scenario.chain.set_now(unlocks);
    desk.types(&attesters[0], &format!("attester close --to {to}")).unwrap();
    assert!(desk.scenario.chain.token_balance(&to) > 1_000 * TOKEN);
}

#[test]
fn an_owner_is_barred_from_reporting_on_its_own_provider() {
    let desk = measured();
    let owner = desk.scenario.actor("Olga", 21_000 * TOKEN);
    let provider = desk.scenario.register(&owner, 500, 20_000 * TOKEN).unwrap().provider;
    for attester in [&owner, &desk.scenario.actor("Ann", 1_000 * TOKEN), &desk.scenario.actor("Bob", 1_000 * TOKEN)] {
        desk.types(attester, &format!("attester register --from {}", attester.tokens)).unwrap();
    }
    let keeper = desk.scenario.actor("a keeper", 0);
    desk.scenario.go_to_epoch(1);
    desk.types(&keeper, "epoch open 1").unwrap();
    desk.types(&keeper, "epoch beacon").unwrap();
    desk.scenario.chain.advance_slots(20);
    desk.types(&keeper, "epoch beacon").unwrap();
    desk.types(&keeper, "epoch draw-attesters").unwrap();
    let mask = |attester| format!("attester mask --provider {provider} --attester {attester}");
    let masked = desk.types(&keeper, &mask(owner.address())).unwrap();
    assert_eq!((&masked["shard"], masked["interest"].as_str()), (&0.into(), Some(provider.to_string().as_str())));
    assert!(refusal(desk.types(&keeper, &mask(keeper.address()))).contains("does not attest in shard 0"));
}
