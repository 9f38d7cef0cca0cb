//! Commitments to openings, interrupted everywhere.

use {
    super::*,
    crate::chain::usual_token_account,
    std::path::PathBuf,
    work_token_sdk::{Client, DisputeAddresses, Pubkey, commit::SealedOpening},
};

impl Court {
    fn line(&self, severity: u8) -> String {
        format!("dispute open --job {} --severity {severity} --from {}", self.job, self.challenger.tokens)
    }

    fn opens(&self, severity: u8) -> Result<Value> {
        self.types(&self.challenger, &self.line(severity))
    }

    /// The files of the store.
    fn kept(&self) -> Vec<PathBuf> {
        let Ok(found) = std::fs::read_dir(&self.shop.desk.config.store) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = found.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }

    /// Prints the commitment for somebody else to sign. Returns its address.
    fn prints_commitment(&self, severity: u8) -> String {
        let line = format!("{} --unsigned --authority {}", self.line(severity), self.challenger.address());
        let printed = self.shop.desk.reply(&line).unwrap();
        assert!(printed.plain.is_some() && printed.data["next"].is_string(), "{printed:?}");
        printed.data["commitment"].as_str().unwrap().to_owned()
    }

    /// Lets what was printed land.
    fn commitment_lands(&self, severity: u8) {
        let scenario = &self.shop.desk.scenario;
        let state = Client::new(&scenario.chain).job_state(&self.job.parse().unwrap()).unwrap();
        let accused = scenario.read(&state.assignments[0].provider);
        let seat = state.addresses.seat(0);
        let at = DisputeAddresses::next_of_seat(&seat, &state.assignments[0], &accused, scenario.chain.now());
        let [file] = self.kept().try_into().unwrap();
        let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let salt = crate::text::hash(kept["salt"].as_str().unwrap()).unwrap();
        let sealed = SealedOpening::open(&at, self.challenger.address(), severity, salt);
        scenario.commit_opening(&self.challenger, &sealed, 105 * TOKEN).unwrap();
    }

    fn balance(&self, account: &Pubkey) -> u64 {
        self.shop.desk.scenario.chain.token_balance(account)
    }
}

#[test]
fn opening_shows_bond_answer_rewards_and_outcomes_and_returns_what_was_too_much() {
    let court = Court::open();
    let before = court.balance(&court.challenger.tokens);
    let dry = court.types(&court.challenger, &format!("{} --dry-run", court.line(2))).unwrap();
    assert_eq!((&dry["simulated"], &dry["bond_required"]), (&true.into(), &(100 * TOKEN).into()));
    assert_eq!((court.kept().len(), court.balance(&court.challenger.tokens)), (0, before), "nothing changes");

    let opened = court.opens(2).unwrap();
    assert_eq!((&opened["deposit_at_most"], &opened["deposit"]), (&(110 * TOKEN).into(), &(105 * TOKEN).into()));
    assert_eq!(opened["answer"]["required"], 100 * TOKEN);
    let outcomes = opened["outcomes"].as_array().unwrap();
    let of = |name: &str, severity: u64| {
        let found = outcomes.iter().find(|row| row["outcome"] == name && row["severity"] == severity);
        found.unwrap_or_else(|| panic!("{name} {severity}: {outcomes:?}"))
    };
    assert_eq!(of("withdrawn", 0)["paid"][0], 90 * TOKEN);
    assert_eq!((&of("dismissed", 0)["paid"][0], &of("dismissed", 0)["provider"]), (&0.into(), &(50 * TOKEN).into()));
    let upheld = of("upheld", 2);
    assert!(upheld["own_slash"].as_u64() > Some(0) && upheld["rewarded"][0] == upheld["reward"], "{upheld}");
    let steps = opened["rewards_by_outcome"].as_array().unwrap();
    let mine = |row: &&Value| row["if_found"] == 2 && row["challenger"] == court.challenger.address().to_string();
    assert!(steps.iter().filter(mine).count() >= 2, "{steps:?}");

    assert!(opened["committed"].is_string() && opened["signature"].is_string());
    assert_eq!((court.kept().len(), before - court.balance(&court.challenger.tokens)), (0, 100 * TOKEN));
    let shown = court.shows(&format!("dispute show {}", opened["dispute"].as_str().unwrap()));
    assert_eq!(shown["challengers"][0]["bond"], 100 * TOKEN);
    for (deposit, refused) in [(100 * TOKEN - 1, "BondBelowRequired"), (110 * TOKEN + 1, "BondAboveRequired")] {
        let line = format!("{} --deposit {deposit}", court.line(1));
        assert!(refusal(court.types(&court.challenger, &line)).contains(refused));
    }
}

#[test]
fn an_opening_that_was_interrupted_goes_on_where_it_stopped() {
    let court = Court::open();
    let before = court.balance(&court.challenger.tokens);
    // Printed twice, it is the same commitment: the salt was kept before the first was shown.
    let printed = court.prints_commitment(2);
    assert_eq!((court.kept().len(), court.prints_commitment(2)), (1, printed.clone()));
    let commitments = format!("dispute commitments --challenger {}", court.challenger.address());
    assert_eq!(court.shows(&commitments)["count"], 0);

    court.commitment_lands(2);
    let listed = court.shows(&commitments);
    let row = &listed["commitments"][0];
    assert_eq!((&row["commitment"], &row["can_be_opened"]), (&printed.clone().into(), &true.into()));
    assert_eq!((&row["salt_is_kept"], &row["to"], &row["severity"]), (&true.into(), &"open".into(), &2.into()));

    // Another severity is another opening, with a commitment of its own.
    assert_ne!(court.opens(1).unwrap()["commitment"], printed);
    let files = court.kept();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    let copy = std::fs::read(file).unwrap();
    let opened = court.opens(2).unwrap();
    assert_eq!((&opened["commitment"], &opened["deposit"], court.kept().len()), (&printed.into(), &Value::Null, 0));
    assert_eq!(before - court.balance(&court.challenger.tokens), 200 * TOKEN);

    // It was opened, and whoever was interrupted then does not know: nothing is committed to a second time.
    let text = String::from_utf8(copy).unwrap().replace("\"landed\": false", "\"landed\": true");
    std::fs::write(file, text).unwrap();
    assert!(refusal(court.opens(2)).contains("was opened, or has lapsed"));
    assert_eq!((court.kept().len(), court.shows("dispute list")["count"].as_u64()), (0, Some(2)));
}

#[test]
fn a_commitment_lapses_after_its_hour_by_command_or_by_a_keeper() {
    let court = Court::open();
    let scenario = &court.shop.desk.scenario;
    court.prints_commitment(1);
    court.commitment_lands(1);
    let before = court.balance(&court.challenger.tokens);
    let lapse = format!("dispute lapse --to {}", court.challenger.tokens);
    assert!(matches!(court.types(&court.challenger, &lapse), Err(Failure::TryAgain(_))));
    court.pass(HOUR);
    let lapsed = court.types(&court.challenger, &lapse).unwrap();
    let row = &lapsed["steps"][0];
    assert_eq!((&row["returned"], &row["burned"]), (&94_500_000.into(), &10_500_000.into()));
    assert_eq!((court.balance(&court.challenger.tokens) - before, court.kept().len()), (94_500_000, 0));
    assert!(refusal(court.types(&court.challenger, &lapse)).contains("no commitment"));

    // A keeper pays only into a usual account that exists.
    court.prints_commitment(1);
    court.commitment_lands(1);
    court.pass(HOUR);
    let has_lapsed = || {
        let cranked = court.shop.cranks("epoch crank").unwrap();
        steps(&cranked).contains(&"lapse-opening")
    };
    assert!(!has_lapsed());
    let owner = court.challenger.address();
    let usual = usual_token_account(&owner, &scenario.network);
    scenario.chain.create_token_account(usual, scenario.program, scenario.network.mint, owner, 0);
    assert!(has_lapsed());
    assert_eq!(court.balance(&usual), 94_500_000);
    // What is kept of it opens nothing any more; the next run begins anew with it.
    assert!(court.opens(1).unwrap()["committed"].is_string());
}

#[test]
fn everybody_withdraws_its_own_claim_and_the_others_stand() {
    let court = Court::open();
    let dispute = court.contest(1);
    let raise = |who: &Actor, severity: u8| {
        court.types(who, &format!("dispute raise {dispute} --severity {severity} --from {}", who.tokens)).unwrap()
    };
    raise(&court.friend, 3);
    raise(&court.challenger, 4);
    let withdraw = format!("dispute withdraw {dispute}");
    assert!(matches!(court.types(&court.challenger, &withdraw), Err(Failure::Usage(_))), "which of two?");
    let withdrawn = court.types(&court.challenger, &format!("{withdraw} --severity 4")).unwrap();
    assert_eq!(withdrawn["severity"], 4);
    let shown = court.shows(&format!("dispute show {dispute}"));
    assert_eq!((&shown["claimed"], &shown["standing"], &shown["phase"]), (&3.into(), &3.into(), &"answer".into()));
    let states: Vec<&Value> =
        shown["challengers"].as_array().unwrap().iter().map(|challenger| &challenger["state"]).collect();
    assert_eq!(states, ["standing", "standing", "withdrawn"]);
    // Nine tenths are there at once.
    let claim = format!("dispute claim {dispute} --to {}", court.challenger.tokens);
    let bond = withdrawn["bond"].as_u64().unwrap();
    assert_eq!(court.types(&court.challenger, &claim).unwrap()["amount"], bond - bond.div_ceil(10));
    court.types(&court.friend, &withdraw).unwrap();
    court.types(&court.challenger, &withdraw).unwrap();
    assert_eq!(court.shows(&format!("dispute show {dispute}"))["outcome"], "withdrawn");
}
