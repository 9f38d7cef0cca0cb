//! What commitments hide: kept before it is sent, found again with the key, and never committed to in vain.

use {
    super::{dispute::Court, job::Shop, *},
    crate::text::hex,
    work_token_localnet::ScenarioOptions,
    work_token_sdk::{
        math::Ppm,
        presets::JOB_RULES,
        state::{Metric, MetricSource},
    },
};

/// The files of a desk's store.
fn kept(desk: &Desk) -> Vec<std::path::PathBuf> {
    let Ok(found) = std::fs::read_dir(&desk.config.store) else { return Vec::new() };
    let mut paths: Vec<_> = found.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn is_private(path: &std::path::Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).unwrap().permissions().mode() & 0o077 == 0
    }
    #[cfg(not(unix))]
    {
        path.exists()
    }
}

/// A court whose jury is drawn; a juror that has a ballot.
fn drawn_court(claimed: u8) -> (Court, String, usize) {
    let court = Court::open();
    let dispute = court.contest(claimed);
    court.answer(&dispute);
    let keeper = &court.shop.keeper;
    court.types(keeper, &format!("jury call {dispute}")).unwrap();
    court.shop.desk.scenario.chain.advance_slots(20);
    court.types(keeper, &format!("jury call {dispute}")).unwrap();
    court.shop.cranks(&format!("jury draw {dispute}")).unwrap();
    let has_ballot = |juror: &Actor| {
        let shown = court.types(juror, "jury show").unwrap();
        !shown["ballots"].as_array().unwrap().is_empty()
    };
    let first = court.jurors.iter().position(has_ballot).expect("somebody has a ballot");
    (court, dispute, first)
}

#[test]
fn a_vote_above_the_claim_or_of_somebody_with_an_interest_is_not_sent() {
    let (court, dispute, first) = drawn_court(2);
    let juror = &court.jurors[first];
    let commit = |severity: u8| court.types(juror, &format!("jury vote commit {dispute} --severity {severity}"));
    for severity in [3, 5] {
        let message = refusal(commit(severity));
        assert!(message.contains("VoteTooHigh") && message.contains("2 is claimed"), "{message}");
    }
    assert!(kept(&court.shop.desk).iter().all(|path| !path.to_string_lossy().contains("vote-")));

    let accused = court.shows(&format!("dispute show {dispute}"))["provider"].as_str().unwrap().to_owned();
    court.shop.desk.scenario.chain.give_tokens(&juror.tokens, 500 * TOKEN);
    let delegate = format!("delegate add --provider {accused} --amount {} --from {}", 500 * TOKEN, juror.tokens);
    court.types(juror, &delegate).unwrap();
    assert!(refusal(commit(1)).contains("may not judge this dispute (behind accused)"));
}

#[test]
fn a_vote_is_kept_before_it_is_sent_is_the_same_when_sent_again_and_is_revealed_early_by_nobody() {
    let (court, dispute, first) = drawn_court(2);
    let (desk, juror) = (&court.shop.desk, &court.jurors[first]);
    let commit = format!("jury vote commit {dispute} --severity 2");
    let dry = court.types(juror, &format!("{commit} --dry-run")).unwrap();
    assert_eq!((&dry["commitments"][0]["salt"], kept(desk).len()), (&Value::Null, 0), "{dry}");

    // An unsigned commitment is kept before it is printed, and printed twice it is the same.
    let unsigned = format!("{commit} --unsigned --authority {}", juror.address());
    let printed = desk.reply(&unsigned).unwrap();
    let files = kept(desk);
    assert!(!files.is_empty() && files.iter().all(|path| is_private(path)));
    assert_eq!(desk.reply(&unsigned).unwrap().data["commitments"], printed.data["commitments"]);
    // Sent with the key it is still the same, since the printed one may yet land.
    let sent = court.types(juror, &commit).unwrap();
    assert_eq!(sent["commitments"], printed.data["commitments"]);
    assert_eq!(kept(desk), files);
    let again = court.types(juror, &commit).unwrap();
    assert_eq!((&again["committed_before"], &again["signature"]), (&true.into(), &Value::Null));
    assert!(refusal(court.types(juror, &commit.replace("--severity 2", "--severity 1"))).contains("AlreadyVoted"));
    let early = court.types(juror, &format!("jury vote reveal {dispute}"));
    assert!(matches!(early, Err(Failure::TryAgain(message)) if message.contains("once every ballot has committed")));
}

/// Attesters drawn for the shard of three providers: Ann is a stranger, Olga owns a provider, Del delegates.
fn measured() -> (Desk, [Actor; 3]) {
    let mut params = NETWORK_PARAMS;
    params.metrics[0] = Metric::new("uptime", Ppm(1_000_000), MetricSource::Attested);
    params.metrics[1] = Metric::new("life", Ppm(0), MetricSource::Heartbeat);
    let desk = Desk::with(&ScenarioOptions { params, ..ScenarioOptions::default() });
    let (_, first) = desk.scenario.owner("Atlas", 500, 20_000 * TOKEN).unwrap();
    let olga = desk.scenario.actor("Olga", 21_000 * TOKEN);
    desk.scenario.register(&olga, 500, 20_000 * TOKEN).unwrap();
    desk.scenario.owner("Cascade", 500, 20_000 * TOKEN).unwrap();
    let [ann, del] = ["Ann", "Del"].map(|name| desk.scenario.actor(name, 1_200 * TOKEN));
    let delegate = format!("delegate add --provider {} --amount {} --from {}", first.provider, 100 * TOKEN, del.tokens);
    desk.types(&del, &delegate).unwrap();
    for attester in [&ann, &olga, &del] {
        desk.types(attester, &format!("attester register --from {}", attester.tokens)).unwrap();
    }
    let keeper = desk.scenario.actor("a keeper", 0);
    desk.scenario.go_to_epoch(1);
    desk.types(&keeper, "epoch open 1").unwrap();
    desk.types(&keeper, "epoch beacon").unwrap();
    desk.scenario.chain.advance_slots(20);
    desk.types(&keeper, "epoch beacon").unwrap();
    desk.types(&keeper, "epoch draw-attesters").unwrap();
    (desk, [ann, olga, del])
}

fn commits(desk: &Desk, who: &Actor, reports: &str) -> Result<Value> {
    let file = File::new(&format!("reports-{}.csv", who.address()), reports);
    desk.a_moment_later();
    desk.types(who, &format!("attester commit --shard 0 --reports {}", file.0.display()))
}

#[test]
fn reports_that_could_not_count_or_be_revealed_are_not_sent() {
    let (desk, [ann, olga, del]) = measured();
    for (who, reports, expected) in [
        (&ann, "# nothing\n", "NothingReported"),
        (&ann, "0,1,5000\n", "metric 1 of place 0: nobody reports this metric"),
        (&ann, "0,5,5000\n", "metric 5 of place 0: nobody reports this metric"),
        (&ann, "7,0,5000\n", "place 7: no provider had it in epoch 1"),
        (&olga, "0,0,5000\n1,0,5000\n", "place 1: you own its provider"),
        (&del, "0,0,5000\n1,0,5000\n", "place 0: you own its provider or stand behind it"),
    ] {
        let message = refusal(commits(&desk, who, reports));
        assert!(message.contains(expected), "{reports:?}: {message}");
    }
    for reports in ["0,0,+5\n", "+0,0,5\n", "0,0,5\n0,0,5\n", "0,0,10001\n", "0,0\n"] {
        assert!(matches!(commits(&desk, &ann, reports), Err(Failure::Usage(_))), "{reports:?}");
    }
    assert_eq!(kept(&desk).len(), 0);
    commits(&desk, &olga, "0,0,5000\n2,0,5000\n").unwrap();
    commits(&desk, &del, "1,0,5000\n2,0,5000\n").unwrap();
}

#[test]
fn a_second_commitment_to_reports_says_that_it_replaces_the_first_and_the_key_reveals_the_later_one() {
    let (desk, [ann, ..]) = measured();
    let first = commits(&desk, &ann, "0,0,9000\n1,0,8000\n").unwrap();
    assert_eq!((&first["replaces"], kept(&desk).len()), (&Value::Null, 1));
    let same = commits(&desk, &ann, "1,0,8000\n0,0,9000\n").unwrap();
    assert_eq!((&same["committed_before"], &same["signature"]), (&true.into(), &Value::Null));
    let second = commits(&desk, &ann, "0,0,9000\n1,0,7000\n").unwrap();
    assert_eq!(second["replaces"], first["commitment"]);
    assert_ne!(second["salt"], first["salt"], "the later reveal must not publish the earlier salt");
    assert_eq!(kept(&desk).len(), 2, "either may be what lands");

    let reveal = "attester reveal --shard 0 --epoch 1";
    let early = desk.types(&ann, reveal);
    assert!(matches!(early, Err(Failure::TryAgain(message)) if message.contains("ReportRevealNotOpen")));
    desk.scenario.next_epoch();
    std::fs::remove_dir_all(&desk.config.store).unwrap();
    assert!(refusal(desk.types(&ann, reveal)).contains("nothing fits"), "the reports are not known");
    for (reports, fits) in [("0,0,9000\n1,0,8000\n", false), ("0,0,9000\n1,0,7000\n", true)] {
        let file = File::new("again.csv", reports);
        let revealed = desk.types(&ann, &format!("{reveal} --reports {}", file.0.display()));
        assert_eq!(revealed.is_ok(), fits, "{revealed:?}");
    }
    let shown = desk.types(&ann, "attester show").unwrap();
    assert_eq!(shown["shards"][0]["state"], "revealed");
}

#[test]
fn the_result_of_a_redundant_job_is_kept_and_found_again_with_the_key() {
    let shop = Shop::open();
    let (desk, admin) = (&shop.desk, &shop.desk.scenario.admin);
    let rules = desk.reply("class defaults").unwrap().plain.unwrap();
    let file = File::new("redundant.toml", &rules.replace("redundancy = 1", "redundancy = 3"));
    assert_eq!(JOB_RULES.redundancy, 1);
    desk.types(admin, &format!("class set --class 1 --rules {}", file.0.display())).unwrap();
    let create = format!("job create --class 1 --fee {} --input-hash {}", 2 * TOKEN, "ab".repeat(32));
    let created = desk.types(&shop.client, &format!("{create} --from {}", shop.client.tokens)).unwrap();
    assert_eq!(created["work_secs"], JOB_RULES.work_secs, "the longest of the class");
    let job = created["job"].as_str().unwrap().to_owned();
    desk.scenario.chain.advance_slots(20);
    shop.cranks(&format!("job capture {job}")).unwrap();
    let mut operators = Vec::new();
    for seat in 0..3 {
        let drawn = shop.cranks(&format!("job draw {job} --seat {seat}")).unwrap();
        operators.push(&shop.operators[&drawn["provider"].as_str().unwrap().parse().unwrap()]);
    }
    let by_another = desk.types(operators[1], &format!("job accept {job} --seat 0"));
    assert!(refusal(by_another).contains("OperatorsOnly"));
    let (result, other) = ("cd".repeat(32), "ce".repeat(32));
    for (seat, operator) in operators.iter().enumerate() {
        desk.types(operator, &format!("job accept {job} --seat {seat}")).unwrap();
    }
    let commit = |seat: usize, hash: &str| {
        desk.a_moment_later();
        desk.types(operators[seat], &format!("job commit {job} --seat {seat} --result-hash {hash}"))
    };
    assert!(
        refusal(desk.types(operators[1], &format!("job commit {job} --result-hash {result}"))).contains("operator is")
    );
    let first = commit(0, &result).unwrap();
    assert!(kept(desk).len() == 1 && is_private(&kept(desk)[0]));
    assert_eq!(commit(0, &result).unwrap()["committed_before"], true);
    assert!(refusal(commit(0, &other)).contains("cannot be replaced"));
    let early = desk.types(operators[0], &format!("job reveal {job}"));
    assert!(matches!(early, Err(Failure::TryAgain(message)) if message.contains("RevealNotOpen")));
    commit(1, &result).unwrap();
    commit(2, &result).unwrap();
    // What is kept is enough; so is the key, where the result is known.
    desk.types(operators[1], &format!("job reveal {job} --seat 1")).unwrap();
    std::fs::remove_dir_all(&desk.config.store).unwrap();
    let reveal = format!("job reveal {job} --seat 0");
    assert!(refusal(desk.types(operators[0], &reveal)).contains("nothing fits"));
    assert!(refusal(desk.types(operators[0], &format!("{reveal} --result-hash {other}"))).contains("nothing fits"));
    desk.types(operators[0], &format!("{reveal} --result-hash {result}")).unwrap();
    assert!(first["salt"].as_str().unwrap() != hex(&[0; 32]));
}

#[test]
fn an_opening_of_which_nothing_is_kept_is_found_again_with_the_key() {
    let court = Court::open();
    let open = format!("dispute open --job {} --severity 2 --from {}", court.job, court.challenger.tokens);
    // The commitment lands, and the answer to it is lost with everything that was kept.
    let (desk, scenario) = (&court.shop.desk, &court.shop.desk.scenario);
    let gone = Altered::answering(&scenario.chain, 1);
    let lost = desk.reply_on(&gone, &format!("{open} --keypair {}", court.challenger.key.to_base58_string()));
    assert!(matches!(lost, Err(Failure::TryAgain(_))), "{lost:?}");
    let commitments = format!("dispute commitments --challenger {}", court.challenger.address());
    let committed = court.shows(&commitments)["commitments"][0]["commitment"].clone();
    std::fs::remove_dir_all(&desk.config.store).unwrap();
    let opened = court.types(&court.challenger, &open).unwrap();
    assert_eq!((&opened["commitment"], &opened["deposit"]), (&committed, &Value::Null), "{opened}");
}
