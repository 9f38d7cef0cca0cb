//! Agents, honest and not: who gained what, and what the rules promise about it.

mod support;

use {
    serde_json::Value,
    support::{Ran, integer, work_token},
};

fn agents(args: &[&str]) -> Ran {
    work_token(&[&["simulate", "agents"], args].concat())
}

fn number(value: &Value, field: &str) -> i64 {
    i64::try_from(integer(&value[field])).expect("64 bits")
}

fn of_kind<'a>(simulated: &'a Value, kind: &str) -> Vec<&'a Value> {
    let agents = simulated["agents"].as_array().expect("agents");
    let found: Vec<&Value> = agents.iter().filter(|agent| agent["kind"] == kind).collect();
    assert!(!found.is_empty(), "nobody is a {kind}");
    found
}

fn nets(simulated: &Value, kind: &str) -> Vec<i64> {
    of_kind(simulated, kind).into_iter().map(|agent| number(agent, "net")).collect()
}

#[test]
fn five_hundred_epochs_keep_every_promise_by_the_numbers() {
    let ran = agents(&["--epochs", "500", "--seed", "1", "--output", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let simulated = ran.json();
    assert_eq!((number(&simulated, "epochs"), simulated["ok"].as_bool()), (500, Some(true)));
    assert_eq!(simulated["failures"], serde_json::json!([]));

    // Splitting: the same stake under eight identities, from the start or later, gained no more than under
    // one, but for luck in draws.
    let one = of_kind(&simulated, "one identity")[0];
    let luck = number(claim(&simulated, "splitting_gains_nothing"), "luck");
    assert!(luck < number(one, "net") / 50, "{luck}");
    for splitter in of_kind(&simulated, "Sybil splitter") {
        assert_eq!((number(splitter, "stake"), number(splitter, "identities")), (number(one, "stake"), 8));
        assert!(number(splitter, "net") <= number(one, "net") + luck, "{splitter}");
    }

    // Splitting a bond: drawn more often than the whole, the halves earned no more.
    let whole = of_kind(&simulated, "one bond")[0];
    let halves = of_kind(&simulated, "bond splitter")[0];
    assert_eq!((number(halves, "stake"), number(halves, "bonds")), (number(whole, "stake"), 2));
    assert!(number(halves, "drawn") > number(whole, "drawn"), "{halves}");
    assert!(number(halves, "net") <= number(whole, "net") && number(halves, "net") > 0, "{halves}");
    claim(&simulated, "splitting_a_bond_gains_nothing");

    // Medians: colluders close to half of the bonds, and none outside what was measured.
    let medians = claim(&simulated, "minority_moves_no_median");
    assert!(number(medians, "medians") > 20_000 && number(medians, "most_unmeasured_ppm") > 450_000);
    assert!(number(medians, "most_unmeasured_ppm") < 500_000);
    assert_eq!(number(medians, "outside"), 0);
    // They deny everybody everything, which is true of one that cannot be reached: that is all they were paid
    // for.
    let least = nets(&simulated, "measuring attester").into_iter().min().expect("some measure");
    let colluding = nets(&simulated, "colluding attester").into_iter().max().expect("some collude");
    assert!(40 * colluding < least, "{colluding} {least}");

    // Copying: the same bond, less pay.
    let copying = of_kind(&simulated, "copying attester")[0];
    assert_eq!(number(copying, "stake"), number(of_kind(&simulated, "measuring attester")[0], "stake"));
    assert!(number(copying, "net") < least, "{copying}");
}

#[test]
fn nineteen_attackers_gain_nothing_over_honesty_and_cost_others_no_more_than_themselves() {
    let simulated = agents(&["--epochs", "500", "--seed", "2", "--output", "json"]).json();
    let attacks = simulated["attacks"].as_array().expect("attacks");
    assert_eq!(attacks.len(), 19);
    for attack in attacks {
        let (honest, attacking) = (number(attack, "honest_net"), number(attack, "attacking_net"));
        let (gained, lost) = (number(attack, "gained"), number(attack, "victims_lost"));
        assert_eq!(gained, attacking - honest, "{attack}");
        assert!(gained <= 0 && lost <= -gained, "{attack}");
        let numbers = claim(&simulated, attack["claim"].as_str().expect("a name"));
        assert_eq!((number(numbers, "gained"), number(numbers, "victims_lost")), (gained, lost));
        assert_eq!(number(numbers, "spent"), number(attack, "spent"));
    }
    let of = |attacker: &str| attacks.iter().find(|attack| attack["attacker"] == attacker).expect("it attacks");
    // What cannot be bought is not bought: the attacker is out of pocket by what it spent, less what came
    // back to it.
    assert_eq!(number(of("a client of oneself"), "gained"), -500 * 2_440_000);
    assert!(number(of("a client of junk jobs"), "spent") > 0 && number(of("a silent attester"), "spent") > 0);
}

fn claim<'a>(simulated: &'a Value, name: &str) -> &'a Value {
    let claims = simulated["claims"].as_array().expect("claims");
    let claim = claims.iter().find(|claim| claim["name"] == name).unwrap_or_else(|| panic!("no claim {name}"));
    assert_eq!(claim["holds"], true, "{claim}");
    &claim["numbers"]
}

#[test]
fn what_the_agents_have_is_what_was_there_and_minted_less_what_burned() {
    let simulated = agents(&["--epochs", "120", "--json"]).json();
    let tokens = &simulated["tokens"];
    let sum = |places: &[&str]| places.iter().map(|place| number(tokens, place)).sum::<i64>();
    let held = sum(&["agents", "treasury", "keepers", "escrow", "reward", "burned"]);
    assert_eq!(sum(&["initial", "minted"]), held);
    let gained: i64 = simulated["agents"].as_array().expect("agents").iter().map(|agent| number(agent, "net")).sum();
    assert_eq!(number(tokens, "agents"), number(tokens, "initial") + gained);
    for agent in simulated["agents"].as_array().expect("agents") {
        assert_eq!(number(agent, "net"), number(agent, "earned") - number(agent, "paid"), "{agent}");
        assert!(["provider", "attester", "client"].contains(&agent["role"].as_str().expect("a role")), "{agent}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let run = |seed: &str| agents(&["--epochs", "100", "--seed", seed, "--output", "json-compact"]).stdout;
    assert_eq!(run("3"), run("3"));
    assert_ne!(run("3"), run("4"));
}

#[test]
fn people_get_a_table_of_everybody_and_a_sentence_for_each_promise() {
    for format in ["text", "display"] {
        let ran = agents(&["--epochs", "100", "--output", format]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        for line in [
            "per mille of stake",
            "net if honest",
            "victims lost",
            "OK     splitting an identity gains nothing but luck in draws",
            "OK     splitting an attester's bond gains nothing",
            "OK     attesters below half of the weight cannot move a median outside the honest range",
            "OK     a copying attester earns less than a measuring one",
            "OK     a client of junk jobs gains nothing over honesty, and costs others no more than itself",
            "OK     a newcomer at the switch of metrics gains nothing over honesty, and costs others no more than itself",
            "after each of 100 epochs",
        ] {
            assert!(ran.stdout.contains(line), "{line}\n{}", ran.stdout);
        }
    }
}

#[test]
fn every_kind_of_network_that_pays_for_performance_keeps_every_promise() {
    for preset in ["inference", "training", "storage", "compute", "coverage"] {
        let ran = agents(&["--epochs", "300", "--preset", preset, "--output", "json"]);
        let simulated = ran.json();
        assert_eq!(
            (ran.code, &simulated["failures"]),
            (0, &serde_json::json!([])),
            "{preset}: {}",
            simulated["claims"]
        );
        assert_eq!(simulated["attacks"].as_array().expect("attacks").len(), 19);
    }
    let wrong = agents(&["--preset", "mining"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("inference, training, storage"), "{}", wrong.stderr);
}

#[test]
fn agents_and_a_file_of_providers_are_two_simulations() {
    let wrong: [&[&str]; 5] = [
        &["simulate"],
        &["simulate", "--reward", "5", "agents"],
        &["simulate", "agents", "--providers", "some.csv"],
        &["simulate", "agents", "--epochs", "99"],
        &["simulate", "agents", "--seed", "-1"],
    ];
    for args in wrong {
        let ran = work_token(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(!ran.stderr.is_empty(), "{args:?}");
    }
}
