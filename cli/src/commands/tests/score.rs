//! Attesters: a bond, a commitment, a reveal, a score, pay.

use {
    super::*,
    work_token_sdk::{
        math::Ppm,
        state::{Metric, MetricSource},
    },
};

pub fn measured() -> Desk {
    let mut params = NETWORK_PARAMS;
    params.metrics[0] = Metric::new("uptime", Ppm(1_000_000), MetricSource::Attested);
    params.metrics[2] = Metric::new("tokens", Ppm(0), MetricSource::Units);
    let desk = Desk::with(&ScenarioOptions { params, ..ScenarioOptions::default() });
    for name in ["Atlas", "Borealis"] {
        desk.scenario.owner(name, 500, 20_000 * TOKEN).unwrap();
    }
    desk
}

/// Three attesters who are drawn for the shards of epoch 1, and a keeper who drew them.
fn drawn(desk: &Desk) -> (Vec<Actor>, Actor) {
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
    (attesters, keeper)
}

/// Attesters commit to a file of reports; their keeper reveals for them, an epoch later.
fn commit_and_reveal(desk: &Desk, attesters: &[Actor], keeper: &Actor) {
    let file = File::new("reports.csv", "# place,metric,bps or units\n0,0,9900\n1,0,5000\n0,2,123457\n1,2,7\n");
    let path = file.0.display();
    let commit = format!("attester commit --shard 0 --reports {path}");
    for text in ["0,0,9900\n60,0,1\n", "0,0,10001\n", "0,2,2196875771905\n"] {
        let wrong = File::new("wrong.csv", text);
        let refused = desk.types(&attesters[0], &format!("attester commit --shard 0 --reports {}", wrong.0.display()));
        let is_of_line = |said: &str| said.contains("wrong.csv:") && said.contains("is expected");
        assert!(matches!(&refused, Err(Failure::Usage(said)) if is_of_line(said)), "{text}: {refused:?}");
    }
    let committed: Vec<Value> = attesters.iter().map(|attester| desk.types(attester, &commit).unwrap()).collect();
    let units = &committed[0]["units"];
    assert_eq!((units[0]["units"].as_u64(), units[1]["units"].as_u64()), (Some(123_456), Some(7)), "{units}");
    let salts: Vec<String> = committed.iter().map(|committed| committed["salt"].as_str().unwrap().to_owned()).collect();
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
    let (attesters, keeper) = drawn(&desk);
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
    let listed = desk.types_keyless("provider list").unwrap();
    let provider = listed["providers"][0]["provider"].as_str().unwrap().to_owned();
    let shown_provider = desk.types_keyless(&format!("provider show {provider}")).unwrap();
    let rewards = shown_provider["rewards"].as_array().unwrap();
    let reward = rewards.iter().find(|reward| reward["epoch"] == 1).unwrap();
    assert!(reward["by_weight"].as_u64().unwrap() > 0, "{shown_provider}");
    assert_eq!((reward["by_units"].as_u64(), reward["by_burn"].as_u64()), (Some(0), Some(0)), "nothing burned");
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
fn scores_are_written_and_attesters_paid_step_by_step_and_each_once() {
    let desk = measured();
    let (attesters, keeper) = drawn(&desk);
    commit_and_reveal(&desk, &attesters, &keeper);
    let types = |step: &str| {
        desk.a_moment_later();
        desk.types(&keeper, &format!("{step} --bounty-to {}", keeper.tokens))
    };
    let waits = |step: &str| match types(step) {
        Err(Failure::TryAgain(message)) => assert!(message.contains("now, in epoch 2"), "{step}: {message}"),
        other => panic!("{step}: {other:?}"),
    };
    waits("epoch score 1");
    types("epoch open 0").unwrap();
    desk.scenario.chain.advance(3_600);
    let scored = types("epoch score 1").unwrap();
    assert_eq!((steps(&scored), &scored["steps"][0]["epoch"]), (vec!["score"], &1.into()), "{scored}");
    assert_eq!(scored["steps"][0]["providers"], 2);
    let listed = desk.types_keyless("provider list").unwrap();
    let scores: Vec<_> = listed["providers"].as_array().unwrap().iter().map(|row| row["score_ppm"].as_u64()).collect();
    assert!(scores[0].is_some() && scores[0] != scores[1], "{listed}");
    waits("epoch score 1");
    waits("epoch score 0");

    // Who is paid for what follows from the epoch's emission, and so comes after that.
    waits("epoch settle-attesters 1");
    types("epoch weigh").unwrap();
    desk.scenario.chain.advance(3_600);
    types("epoch finalize 0").unwrap();
    types("epoch finalize 1").unwrap();
    let credit = |who: &Actor| desk.types(who, "attester show").unwrap()["credit"].as_u64().unwrap();
    assert_eq!(credit(&attesters[0]), 0);
    let settled = types("epoch settle-attesters 1").unwrap();
    assert_eq!((steps(&settled), settled["transactions"].as_u64()), (vec!["settle-attesters"], Some(1)), "{settled}");
    assert!(attesters.iter().all(|attester| credit(attester) > 0), "{settled}");
    waits("epoch settle-attesters 1");
    waits("epoch settle-attesters");
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

#[test]
fn a_reporter_commits_and_reveals_for_its_attester() {
    let desk = measured();
    let (ann, hot) = (desk.scenario.actor("Ann", 1_000 * TOKEN), desk.scenario.actor("hot", 0));
    desk.types(&ann, &format!("attester register --from {}", ann.tokens)).unwrap();
    let keeper = desk.scenario.actor("a keeper", 0);
    desk.scenario.go_to_epoch(1);
    desk.types(&keeper, "epoch open 1").unwrap();
    desk.types(&keeper, "epoch beacon").unwrap();
    desk.scenario.chain.advance_slots(20);
    desk.types(&keeper, "epoch beacon").unwrap();
    desk.types(&keeper, "epoch draw-attesters").unwrap();
    let file = File::new("by-the-reporter.csv", "0,0,9900\n1,0,5000\n");
    let commit = format!("attester commit --attester {} --shard 0 --reports {}", ann.address(), file.0.display());
    assert!(refusal(desk.types(&hot, &commit)).contains("WrongAttester"));
    desk.types(&ann, &format!("attester reporter --to {}", hot.address())).unwrap();
    desk.types(&hot, &commit).unwrap();
    let shown = desk.types(&ann, "attester show").unwrap();
    let expected = (&hot.address().to_string().into(), &"committed".into());
    assert_eq!((&shown["reporter"], &shown["shards"][0]["state"]), expected);
    desk.types(&ann, "attester reporter --none").unwrap();
    desk.types(&ann, &format!("attester reporter --to {}", hot.address())).unwrap();
    desk.scenario.next_epoch();
    desk.types(&hot, &format!("attester reveal --shard 0 --attester {}", ann.address())).unwrap();
}

#[test]
fn a_bond_is_added_to() {
    let desk = measured();
    let ann = desk.scenario.actor("Ann", 2_000 * TOKEN);
    desk.types(&ann, &format!("attester register --from {}", ann.tokens)).unwrap();
    let bond = || desk.types(&ann, "attester show").unwrap()["bond"].as_u64().unwrap();
    let before = bond();
    desk.types(&ann, &format!("attester add-bond 7 --from {}", ann.tokens)).unwrap();
    assert_eq!(bond(), before + 7);
}
