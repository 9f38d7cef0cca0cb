//! Disputes, juries and what they may cost, as they are typed.

mod close;
mod commit;

use {
    super::{job::Shop, *},
    crate::{
        chain::usual_token_account,
        reply::{Map, facts},
        text::hex,
    },
    std::collections::BTreeSet,
    work_token_sdk::{
        Client, DisputeAddresses, ProviderAddresses, Signer,
        commit::{SealedOpening, result_message},
        ix::ED25519_PROGRAM,
    },
};

/// A shop with jurors, a submitted result, and people with tokens.
pub struct Court {
    pub shop: Shop,
    pub jurors: Vec<Actor>,
    pub challenger: Actor,
    pub friend: Actor,
    pub job: String,
}

impl Court {
    pub fn open() -> Self {
        let shop = Shop::open();
        let scenario = &shop.desk.scenario;
        let (challenger, friend) =
            (scenario.actor("challenger", 50_000 * TOKEN), scenario.actor("friend", 90_000 * TOKEN));
        let missing = refusal(shop.desk.types(&challenger, "jury join"));
        assert!(missing.contains("has no tree of jurors"), "{missing}");
        shop.desk.types(&shop.keeper, "network adopt-juror-tree").unwrap();
        shop.desk.a_moment_later();
        assert!(refusal(shop.desk.types(&shop.keeper, "network adopt-juror-tree")).contains("has adopted"));
        let names = ["Abel", "Berta", "Cyril", "Delia", "Egon", "Flora", "Gero", "Hilda"];
        let jurors: Vec<Actor> = names.map(|name| scenario.actor(name, 200 * TOKEN)).into();
        for juror in &jurors {
            let join = format!("jury join --amount {} --from {}", 200 * TOKEN, juror.tokens);
            let joined = shop.desk.types(juror, &join).unwrap();
            assert_eq!(joined["leaf_weight"], 200 * TOKEN, "the tree is young: {joined}");
        }
        let job = shop.create(2 * TOKEN);
        let operator = shop.draw(&job);
        shop.desk.types(operator, &format!("job accept {job}")).unwrap();
        shop.desk.types(operator, &format!("job submit {job} --result-hash {}", "cd".repeat(32))).unwrap();
        shop.desk.a_moment_later();
        Self { shop, jurors, challenger, friend, job }
    }

    pub fn types(&self, who: &Actor, line: &str) -> Result<Value> {
        self.shop.desk.a_moment_later();
        self.shop.desk.types(who, line)
    }

    pub fn shows(&self, line: &str) -> Value {
        self.shop.desk.types_keyless(line).unwrap()
    }

    /// Contests the result. Returns the dispute.
    pub fn contest(&self, severity: u8) -> String {
        let line = format!("dispute open --job {} --severity {severity} --from {}", self.job, self.challenger.tokens);
        self.types(&self.challenger, &line).unwrap()["dispute"].as_str().unwrap().to_owned()
    }

    pub fn answer(&self, dispute: &str) -> Value {
        self.types(&self.friend, &format!("dispute answer {dispute} --from {}", self.friend.tokens)).unwrap()
    }

    /// Calls and seats the jury; everybody who has a seat votes.
    pub fn judge(&self, dispute: &str, severity: u8) {
        let keeper = &self.shop.keeper;
        self.types(keeper, &format!("jury call {dispute}")).unwrap();
        self.shop.desk.scenario.chain.advance_slots(20);
        self.types(keeper, &format!("jury call {dispute}")).unwrap();
        self.shop.cranks(&format!("jury draw {dispute}")).unwrap();
        let mut votes = Vec::new();
        for juror in &self.jurors {
            match self.types(juror, &format!("jury vote commit {dispute} --severity {severity}")) {
                Ok(committed) => votes.push((juror, committed)),
                Err(failure) => assert!(failure.to_string().contains("has no ballot"), "{failure}"),
            }
        }
        let (first, committed) = &votes[0];
        let shown = self.types(first, "jury show").unwrap();
        assert!(shown["ballots"].as_array().unwrap().iter().any(|ballot| ballot["duty"] == "reveal"), "{shown}");
        // Without what is kept the key of whoever voted finds it again, and nobody else's.
        for row in committed["commitments"].as_array().unwrap() {
            std::fs::remove_file(row["kept_in"].as_str().unwrap()).unwrap();
        }
        let reveal = format!("jury vote reveal {dispute}");
        let by_another = self.types(keeper, &format!("{reveal} --juror {}", first.address()));
        assert!(refusal(by_another).contains("nothing fits"));
        let other = self.types(first, &format!("{reveal} --severity {}", (severity + 1) % 6));
        assert!(refusal(other).contains("nothing fits"));
        self.types(first, &reveal).unwrap();
        // The salts are kept here: one key reveals the others' votes.
        for (juror, _) in &votes[1..] {
            self.types(first, &format!("{reveal} --juror {}", juror.address())).unwrap();
        }
    }

    pub fn pass(&self, secs: i64) {
        self.shop.desk.scenario.chain.advance(secs);
    }

    /// The owner of the accused.
    pub fn owner(&self, dispute: &str) -> Actor {
        let accused = self.shows(&format!("dispute show {dispute}"))["provider"].clone();
        let scenario = &self.shop.desk.scenario;
        let owners = ["Atlas", "Borealis", "Cascade"].map(|name| scenario.person(name));
        let owns = |owner: &Actor| {
            ProviderAddresses::derive(scenario.network, owner.address()).provider.to_string()
                == accused.as_str().unwrap()
        };
        owners.into_iter().find(owns).unwrap()
    }

    /// Half of a slash is vetoed, the rest executed and distributed; jurors and the challenger are paid.
    fn executes_and_pays(&self, dispute: &str, owner: &Actor) {
        let (court, admin) = (self, &self.shop.desk.scenario.admin);
        let (execute, advance) = (format!("dispute execute {dispute}"), format!("dispute advance {dispute}"));
        assert!(matches!(court.types(&court.friend, &execute), Err(Failure::TryAgain(_))));
        court.types(admin, &format!("dispute veto {dispute} --keep-bps 5000")).unwrap();
        assert!(refusal(court.types(owner, "provider unjail")).contains("JailNotOver"));
        for _ in 0..8 {
            court.pass(DAY);
            let _ = court.types(&court.friend, &execute);
        }
        court.types(&court.friend, &advance).unwrap();
        court.types(&court.friend, &format!("dispute distribute {dispute}")).unwrap();
        court.shop.cranks(&format!("jury settle {dispute}")).unwrap();
        let claim = format!("dispute claim {dispute} --to {}", court.challenger.tokens);
        let claimed = court.types(&court.challenger, &claim).unwrap();
        assert!(claimed["amount"].as_u64() > Some(200 * TOKEN), "{claimed}");
        assert!(refusal(court.types(&court.challenger, &claim)).contains("nothing now"));
        let paid =
            court.jurors.iter().filter(|juror| court.types(juror, &format!("jury pay --to {}", juror.tokens)).is_ok());
        assert!(paid.count() > 0);
        assert!(
            refusal(court.types(&court.jurors[0], &format!("jury leave --to {}", court.jurors[0].tokens)))
                .contains("JurorBound")
        );
    }
}

#[test]
fn a_dispute_is_opened_raised_answered_judged_confirmed_vetoed_executed_and_claimed() {
    let court = Court::open();
    let dispute = court.contest(2);
    let raise = format!("dispute raise {dispute} --severity 3 --from {}", court.challenger.tokens);
    let raised = court.types(&court.challenger, &raise).unwrap();
    assert_eq!((&raised["bond_required"], &raised["answer_required"]), (&(100 * TOKEN).into(), &(200 * TOKEN).into()));
    let shown = court.shows(&format!("dispute show {dispute}"));
    assert_eq!((&shown["phase"], &shown["claimed"], &shown["about"]), (&"answer".into(), &3.into(), &"job".into()));
    assert_eq!(
        (&shown["challengers"][1]["raised"], &shown["challengers"][1]["state"]),
        (&2.into(), &"standing".into())
    );
    assert_eq!(court.answer(&dispute)["bond"], shown["answer"]["missing"]);
    let evidence = format!("dispute evidence {dispute} --hash {}", "ef".repeat(32));
    court.types(&court.friend, &evidence).unwrap();
    court.judge(&dispute, 3);
    let judged = court.shows(&format!("dispute show {dispute}"));
    assert_eq!((&judged["phase"], &judged["verdict"]), (&"appeal".into(), &3.into()));
    assert_eq!(judged["appeals"].as_array().unwrap().len(), 4);
    let fund = format!("dispute fund {dispute} --side provider --from {} --dry-run", court.friend.tokens);
    assert_eq!(court.types(&court.friend, &fund).unwrap()["simulated"], true);

    let owner = court.owner(&dispute);
    let accused = judged["provider"].as_str().unwrap().to_owned();
    let risk = court.types(&owner, &format!("delegate risk --provider {accused}")).unwrap();
    assert_eq!((&risk["open_disputes"], risk["losses"].as_array().unwrap().len()), (&1.into(), 3));
    assert!(risk["losses"][2]["loss"].as_u64() > Some(0) && risk["would_hold"].as_u64() > Some(0), "{risk}");
    let provider = court.shows(&format!("provider show {accused}"));
    assert_eq!((&provider["answered_disputes"], &provider["claims"][0]["disputes"]), (&1.into(), &1.into()));

    let advance = format!("dispute advance {dispute}");
    assert!(matches!(court.types(&court.friend, &advance), Err(Failure::TryAgain(_))));
    court.pass(DAY);
    court.types(&court.friend, &advance).unwrap();
    let (admin, waits) = (&court.shop.desk.scenario.admin, court.shows(&format!("dispute show {dispute}")));
    assert_eq!((&waits["phase"], &waits["rulings"]), (&"arbiter".into(), &facts!([3])), "the tree is young");
    assert!(refusal(court.types(admin, &format!("dispute rule {dispute} --severity 2"))).contains("NotARuling"));
    court.types(admin, &format!("dispute rule {dispute} --severity 3")).unwrap();
    court.types(&court.friend, &advance).unwrap();
    court.executes_and_pays(&dispute, &owner);
    assert_eq!(court.shows("dispute list --open")["count"], 0);
    assert_eq!(court.shows("dispute list")["disputes"][0]["outcome"], "upheld");
    assert!(court.shows("network show")["vaults"]["insurance"].as_u64() > Some(0));
}

#[test]
fn keepers_bring_a_dispute_to_its_end_though_nobody_votes() {
    let court = Court::open();
    let dispute = court.contest(3);
    court.answer(&dispute);
    let mut done = BTreeSet::new();
    let mut crank = || {
        let cranked = court.shop.cranks("epoch crank").unwrap();
        done.extend(steps(&cranked).into_iter().map(str::to_owned));
    };
    for _ in 0..60 {
        crank();
        if court.shows("dispute list --open")["count"] == 0 {
            break;
        }
        court.shop.desk.scenario.chain.advance_slots(20);
        crank();
        court.pass(DAY / 2);
    }
    assert_eq!(court.shows(&format!("dispute show {dispute}"))["outcome"], "undecided");
    for expected in ["advance-dispute", "call-jury", "draw-juror", "settle-ballot", "distribute-slash", "sync-juror"] {
        assert!(done.contains(expected), "{expected}: {done:?}");
    }
}

#[test]
fn keepers_pay_everybody_who_can_be_paid_and_close_what_is_over() {
    let court = Court::open();
    let scenario = &court.shop.desk.scenario;
    let usual = [&court.challenger, &court.friend, &court.shop.client].map(|who| {
        let account = usual_token_account(&who.address(), &scenario.network);
        scenario.chain.create_token_account(account, scenario.program, scenario.network.mint, who.address(), 0);
        account
    });
    let dispute = court.contest(2);
    court.answer(&dispute);
    court.judge(&dispute, 1);
    let fund = format!("dispute fund {dispute} --side challenger --from {}", court.challenger.tokens);
    court.types(&court.challenger, &fund).unwrap();
    court.pass(DAY);
    court.types(&court.friend, &format!("dispute advance {dispute}")).unwrap();
    court.judge(&dispute, 2);
    let mut done = BTreeSet::new();
    let mut crank = || {
        let cranked = court.shop.cranks("epoch crank").unwrap();
        done.extend(steps(&cranked).into_iter().map(str::to_owned));
    };
    for _ in 0..10 {
        court.pass(DAY);
        crank();
    }
    let ended = court.shows(&format!("dispute show {dispute}"));
    assert_eq!((&ended["outcome"], &ended["severity"]), (&"upheld".into(), &2.into()));
    let [challenger, _, client] = usual.map(|account| scenario.chain.token_balance(&account));
    // Its bond, half of the counter-bond, what the appeal did not cost, and the reward.
    assert!(challenger > 150 * TOKEN && client > 0, "{challenger} {client}");
    let nothing = court.types(&court.challenger, &format!("dispute claim {dispute}"));
    assert!(refusal(nothing).contains("nothing now"));
    court.pass(31 * DAY);
    crank();
    assert_eq!(court.shows("dispute list")["count"], 0, "{done:?}");
    court.pass(60 * DAY);
    crank();
    for expected in ["claim-dispute-credit", "claim-appeal", "execute-installment", "close-dispute", "close-fault"] {
        assert!(done.contains(expected), "{expected}: {done:?}");
    }
}

#[test]
fn what_is_not_allowed_now_is_said_before_anything_is_sent() {
    let court = Court::open();
    let dispute = court.contest(1);
    let unsigned = format!("dispute withdraw {dispute} --unsigned --authority {}", court.challenger.address());
    assert!(court.shop.desk.reply(&unsigned).unwrap().plain.is_some());
    let arbiter = &court.shop.desk.scenario.admin;
    assert!(refusal(court.types(arbiter, &format!("dispute rule {dispute} --severity 0"))).contains("WrongPhase"));
    let fund = format!("dispute fund {dispute} --side challenger");
    assert!(refusal(court.types(&court.friend, &fund)).contains("NotFundable"));
    assert!(refusal(court.types(&court.friend, &format!("dispute claim {dispute}"))).contains("nothing now"));
    assert!(matches!(court.shop.cranks(&format!("jury draw {dispute}")), Err(Failure::TryAgain(_))));
    let owner = court.owner(&dispute);
    let accused = court.shows(&format!("dispute show {dispute}"))["provider"].as_str().unwrap().to_owned();
    let settle = format!("delegate settle --provider {accused} --ticket 1");
    assert!(refusal(court.types(&owner, &settle)).contains("has no ticket 1"));
    let withdraw = format!("dispute withdraw {dispute}");
    assert!(refusal(court.types(&court.friend, &withdraw)).contains("NotTheChallenger"));
    let withdrawn = court.types(&court.challenger, &withdraw).unwrap();
    assert_eq!((&withdrawn["bond"], &withdrawn["loses"]), (&(100 * TOKEN).into(), &(10 * TOKEN).into()));
    assert!(refusal(court.types(&court.challenger, &withdraw)).contains("NotTheChallenger"));
    for usage in [
        "dispute open --severity 1".to_owned(),
        format!("dispute open --job {} --severity 6", court.job),
        format!("dispute prove {} --result {}", court.job, "ab".repeat(32)),
        format!("dispute fund {dispute} --side nobody"),
    ] {
        assert!(matches!(court.types(&court.friend, &usage), Err(Failure::Usage(_))), "{usage}");
    }
}

#[test]
fn two_signed_results_of_one_seat_are_put_together_as_a_proof() {
    let court = Court::open();
    let scenario = &court.shop.desk.scenario;
    let state = Client::new(&scenario.chain).job_state(&court.job.parse().unwrap()).unwrap();
    let operator = &court.shop.operators[&state.assignments[0].provider];
    let signed = |byte: u8| {
        let message = result_message(&state.addresses.seat(0), state.job.created_slot, &[byte; 32]);
        format!("--result {}:{}", hex(&[byte; 32]), operator.key.sign_message(&message))
    };
    let line = format!("dispute prove {} --from {}", court.job, court.challenger.tokens);
    let one = format!("{line} {}", signed(1));
    assert!(matches!(court.types(&court.challenger, &one), Err(Failure::Usage(_))), "one is no contradiction");
    // The embedded chain verifies no signatures for others, so the proof is committed to and then only put
    // together.
    let address = court.challenger.address();
    let unsigned = |first, second| {
        let line = format!("{line} {} {} --unsigned --authority {address}", signed(first), signed(second));
        court.shop.desk.reply(&line).unwrap().data
    };
    let programs = |data: &Map<String, Value>| -> Vec<String> {
        let instructions = data["instructions"].as_array().unwrap().iter();
        instructions.map(|one| one["program_id"].as_str().unwrap().to_owned()).collect()
    };
    let commitment = unsigned(2, 1);
    assert_eq!(programs(&commitment), [work_token_sdk::ID.to_string()]);
    assert_eq!((&commitment["about"], &commitment["bond_required"]), (&"job".into(), &(100 * TOKEN).into()));
    let at = DisputeAddresses::next_of_seat(
        &state.addresses.seat(0),
        &state.assignments[0],
        &scenario.read(&state.assignments[0].provider),
        scenario.chain.now(),
    );
    let sealed = SealedOpening::prove(&at, address, [2; 32]);
    assert_eq!(commitment["commitment"], sealed.address().0.to_string());
    scenario.commit_opening(&court.challenger, &sealed, 101 * TOKEN).unwrap();
    // Whatever the order now, the result that was committed to comes first.
    let proof = unsigned(1, 2);
    assert_eq!(programs(&proof), [ED25519_PROGRAM.to_string(), work_token_sdk::ID.to_string()]);
    assert_eq!(proof["commitment"], commitment["commitment"]);
}

#[test]
fn what_a_ticket_held_back_is_paid_by_a_keeper_or_by_command() {
    let shop = Shop::open();
    let (desk, scenario) = (&shop.desk, &shop.desk.scenario);
    let provider = *shop.operators.keys().next().unwrap();
    let holders = ["Ann", "Bob"].map(|name| scenario.actor(name, 1_000 * TOKEN));
    let types = |who: &Actor, line: String| {
        desk.a_moment_later();
        desk.types(who, &format!("{line} --provider {provider}"))
    };
    // Keepers pay only into a usual account that exists: Ann has one, Bob has none.
    let usual = usual_token_account(&holders[0].address(), &scenario.network);
    scenario.chain.create_token_account(usual, scenario.program, scenario.network.mint, holders[0].address(), 0);
    for holder in &holders {
        types(holder, format!("delegate add --amount {} --from {}", 1_000 * TOKEN, holder.tokens)).unwrap();
    }
    scenario.next_epoch();
    let matures = |holder| types(holder, "delegate request --all".into()).unwrap()["matures_at_ts"].as_i64().unwrap();
    let matures_at_ts = holders.each_ref().map(matures)[1];
    scenario.go_to_epoch(13);
    let challenger = scenario.actor("challenger", 50_000 * TOKEN);
    types(&challenger, format!("dispute open --epoch 12 --severity 2 --from {}", challenger.tokens)).unwrap();
    scenario.chain.set_now(matures_at_ts);
    let settle = |holder: &Actor| {
        types(&shop.keeper, format!("delegate settle --ticket 1 --holder {} --to {}", holder.address(), holder.tokens))
    };
    for holder in &holders {
        types(holder, format!("delegate withdraw --ticket 1 --to {}", holder.tokens)).unwrap();
        assert!(matches!(settle(holder), Err(Failure::TryAgain(_))));
    }
    let mut done = BTreeSet::new();
    for _ in 0..8 {
        scenario.chain.advance(DAY);
        let cranked = shop.cranks("epoch crank").unwrap();
        done.extend(steps(&cranked).into_iter().map(str::to_owned));
    }
    assert!(done.contains("execute-installment") && done.contains("settle-ticket"), "{done:?}");
    settle(&holders[1]).unwrap();
    let paid = [usual, holders[0].tokens, holders[1].tokens].map(|account| scenario.chain.token_balance(&account));
    assert_eq!(paid[0] + paid[1], paid[2], "either way as much");
    assert!(paid[0] > 0 && paid[2] > 980 * TOKEN && paid[2] < 1_000 * TOKEN, "{paid:?}");
}
