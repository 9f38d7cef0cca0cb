//! The command as a process against a node: every exit code, and nothing done twice by whoever runs it again.

#[path = "support/desk.rs"]
mod desk;
mod support;

use {
    desk::{Desk, failure},
    std::{
        fs,
        process::{Command, Stdio},
    },
    support::Ran,
    work_token_tests::node::Mood,
};

#[test]
fn what_is_done_ends_with_0_and_is_done_once_more_when_it_is_asked_for_once_more() {
    let desk = Desk::new();
    for done in 1..3 {
        let ran = desk.delegates("");
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.json()["signature"].is_string());
        assert_eq!((desk.done(), desk.kept()), (done, 0));
    }
}

#[test]
fn what_is_refused_ends_with_1_what_is_wrong_with_2_and_a_chain_that_is_not_there_with_75() {
    let desk = Desk::new();
    let Desk { provider, alice, .. } = &desk;
    let too_much = format!("delegate add --provider {provider} --amount 9000000000000 --from {}", alice.tokens);
    let ran = desk.types(&too_much);
    assert_eq!((ran.code, desk.sends(), desk.kept()), (1, 0, 0), "{}", ran.stderr);
    assert_eq!(desk.delegates("--amount x").code, 2);
    let ran = desk.delegates("--url http://127.0.0.1:1");
    assert_eq!(ran.code, 2, "one URL is enough");
    let mut command = Command::new(env!("CARGO_BIN_EXE_work-token"));
    let ran = command.args(["provider", "show", provider, "--url", "http://127.0.0.1:1"]).output().expect("it starts");
    assert_eq!(ran.status.code(), Some(75));
}

#[test]
fn an_unknown_fate_ends_with_76_and_the_next_run_finds_it_and_sends_nothing() {
    let desk = Desk::new();
    desk.node.be(Mood::Blind);
    let unknown = failure(&{
        let ran = desk.delegates("");
        assert_eq!(ran.code, 76, "{}", ran.stderr);
        ran
    });
    let signature = unknown["signature"].as_str().expect("a signature").to_owned();
    assert_eq!(unknown["transactions"][0]["fate"], "unknown");
    assert_eq!((unknown["exit_code"].as_u64(), desk.kept()), (Some(76), 1));
    let sends = desk.sends();

    for again in ["", "--again"] {
        let ran = desk.delegates(again);
        assert_eq!((ran.code, desk.sends(), &failure(&ran)["signature"]), (76, sends, &signature.clone().into()));
    }
    let status = desk.types(&format!("tx status {signature}"));
    assert_eq!((status.code, &failure(&status)["signature"]), (76, &signature.clone().into()));

    desk.node.be(Mood::Well);
    assert_eq!(desk.types(&format!("tx status {signature}")).json()["fate"], "landed");
    let found = desk.delegates("");
    assert_eq!((found.code, desk.sends(), desk.done(), desk.kept()), (0, sends, 1, 0), "{}", found.stderr);
    assert_eq!(found.json()["signature"], signature);
    assert_eq!(found.json()["sent_by_an_earlier_run"], true);

    assert_eq!((desk.delegates("").code, desk.done()), (0, 2), "now it is meant");
}

#[test]
fn what_is_certainly_absent_is_signed_anew_and_on_another_chain_it_was_never_sent() {
    let desk = Desk::new();
    desk.node.be(Mood::Forgetful);
    let unknown = failure(&desk.delegates(""));
    assert_eq!(unknown["exit_code"], 76);
    let signature = unknown["signature"].as_str().expect("a signature").to_owned();

    desk.node.state().pass(400);
    let absent = desk.types(&format!("tx status {signature}"));
    assert_eq!((absent.code, &failure(&absent)["transactions"][0]["fate"]), (75, &"absent".into()));
    desk.node.be(Mood::Well);
    let anew = desk.delegates("");
    assert_eq!((anew.code, desk.done(), desk.kept()), (0, 1, 0), "{}", anew.stderr);
    assert_ne!(anew.json()["signature"], signature);

    desk.node.be(Mood::Forgetful);
    assert_eq!(desk.delegates("").code, 76);
    desk.node.be(Mood::Well);
    desk.node.state().genesis = 2;
    assert_eq!((desk.delegates("").code, desk.done()), (0, 2));
}

#[test]
fn what_landed_is_told_when_stdout_is_full_and_told_again_by_the_next_run() {
    let desk = Desk::new();
    let Desk { provider, alice, .. } = &desk;
    let line = format!("delegate add --provider {provider} --amount 300000000 --from {}", alice.tokens);
    let full = || Stdio::from(fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full"));
    let output = desk.command(&line).stdout(full()).stderr(Stdio::piped()).output().expect("it starts");
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    let told = failure(&Ran { code: 1, stdout: String::new(), stderr: text });
    assert_eq!(output.status.code(), Some(1));
    assert_eq!((desk.done(), &told["transactions"][0]["fate"]), (1, &"landed".into()));
    // Where even stderr is full the code is left.
    let output = desk.command(&line).stdout(full()).stderr(full()).output().expect("it starts");
    assert_eq!((output.status.code(), desk.done()), (Some(1), 1));

    // Whoever only asks has sent nothing, and says nothing else.
    let signature = told["signature"].as_str().expect("a signature");
    for asks in [format!("tx status {signature}"), "tx pending".to_owned()] {
        let output = desk.command(&asks).stdout(full()).stderr(Stdio::piped()).output().expect("it starts");
        let text = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(text.contains(signature) && text.contains("stdout: "), "{asks}: {text}");
        assert!(output.status.code() == Some(1) && !text.contains("what was asked for"), "{asks}: {text}");
    }

    let again = desk.types(&line);
    assert_eq!((again.code, desk.done()), (0, 1), "{}", again.stderr);
    assert_eq!(again.json()["signature"], told["signature"]);

    let output = desk.command(&line).stdout(full()).stderr(Stdio::null()).output().expect("it starts");
    assert_eq!((output.status.code(), desk.done()), (Some(1), 2));
    assert_eq!((desk.types(&format!("{line} --again")).code, desk.done()), (0, 3));
}

#[test]
fn a_crank_whose_steps_nobody_saw_goes_on_where_the_chain_stands_and_leaves_nothing() {
    let desk = Desk::new();
    let crank = format!("epoch crank --network {}", desk.network);
    desk.node.state().pass(10);
    desk.node.be(Mood::Blind);
    let unknown = desk.types(&crank);
    assert_eq!(unknown.code, 76, "{}", unknown.stderr);
    // Nothing is kept: what a crank sends is due once, and refused by the program afterwards.
    assert_eq!((failure(&unknown)["transactions"][0]["fate"].as_str(), desk.kept()), (Some("unknown"), 0));
    let done = desk.done();
    assert!(done >= 1);

    desk.node.be(Mood::Well);
    let cranked = desk.types(&crank);
    assert_eq!((cranked.code, desk.kept()), (0, 0), "{}", cranked.stderr);
    let steps = cranked.json()["transactions"].as_u64().expect("a number");
    assert_eq!(desk.done() as u64, done as u64 + steps, "what was done is not done again");
}

#[test]
fn what_landed_and_was_refused_there_ends_with_1_now_or_when_it_is_found() {
    let desk = Desk::new();
    desk.node.state().refuses = true;
    let ran = desk.delegates("");
    let refused = failure(&ran);
    assert_eq!((ran.code, &refused["transactions"][0]["fate"], desk.kept()), (1, &"refused".into(), 0));
    assert!(ran.stderr.contains("NothingToClaim"), "{}", ran.stderr);
    let signature = refused["signature"].as_str().expect("a signature");
    let status = desk.types(&format!("tx status {signature}"));
    assert_eq!((status.code, &failure(&status)["transactions"][0]["fate"]), (1, &"refused".into()));

    desk.node.state().pass(10);
    desk.node.be(Mood::Blind);
    assert_eq!((desk.delegates("").code, desk.kept()), (76, 1));
    desk.node.be(Mood::Well);
    let sends = desk.sends();
    let found = desk.delegates("");
    assert_eq!((found.code, desk.sends(), desk.kept()), (1, sends, 0), "{}", found.stderr);
    assert_eq!(failure(&found)["transactions"][0]["fate"], "refused");
    desk.node.state().refuses = false;
    desk.node.state().pass(10);
    assert_eq!((desk.delegates("").code, desk.done()), (0, 1));
}

#[test]
fn of_two_processes_that_send_the_same_at_one_moment_one_does() {
    let desk = Desk::new();
    desk.node.be(Mood::Blind);
    let Desk { provider, alice, .. } = &desk;
    let line = format!("delegate add --provider {provider} --amount 300000000 --from {}", alice.tokens);
    let running: Vec<_> = (0..3)
        .map(|_| desk.command(&line).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts"))
        .collect();
    for mut process in running {
        let code = process.wait().expect("it ends").code();
        assert!(matches!(code, Some(75 | 76)), "{code:?}");
    }
    assert_eq!((desk.done(), desk.kept()), (1, 1));
}

#[test]
fn a_transaction_asks_for_what_it_needs_and_pays_what_others_pay_up_to_a_cap() {
    let desk = Desk::new();
    let asked = |more: &str| {
        assert_eq!(desk.delegates(more).code, 0);
        let sent = desk.node.state().last.take().expect("it was sent");
        let mut budget: Vec<Vec<u8>> = sent.message.instructions().iter().map(|asked| asked.data.clone()).collect();
        budget.pop();
        budget
    };
    let free = asked("");
    assert_eq!((free.len(), free[0][0], &free[1]), (2, 2, &[&[4][..], &1_572_864u32.to_le_bytes()].concat()));
    let units = u32::from_le_bytes(free[0][1..].try_into().expect("four bytes"));
    assert!((4_000..8_000).contains(&units), "{units}");
    let price = |more| u64::from_le_bytes(asked(more)[2][1..].try_into().expect("eight bytes"));
    assert_eq!(price("--with-compute-unit-price 12"), 12);
    assert_eq!(price("--with-compute-unit-price auto"), 7_000);
    assert!((1..7_000).contains(&price("--with-compute-unit-price auto --max-fee-lamports 10")));
    assert_eq!(desk.delegates("--with-compute-unit-price dear").code, 2);
}

#[test]
fn a_dry_run_names_the_codes_that_the_ends_have_and_what_is_asked_for_when_it_is_sent() {
    let desk = Desk::new();
    let price = "--with-compute-unit-price 1000";
    let tried = desk.delegates(&format!("--dry-run {price}"));
    assert_eq!((tried.code, desk.sends(), desk.kept()), (0, 0, 0), "{}", tried.stderr);
    let tried = tried.json();
    let code = |fate: &str| {
        let fates = tried["fates"].as_array().expect("a list");
        let found = fates.iter().find(|row| row["fate"] == fate).unwrap_or_else(|| panic!("no {fate}: {tried}"));
        assert!(found["then"].as_str().is_some_and(|then| !then.is_empty()), "{found}");
        i32::try_from(found["exit_code"].as_i64().expect("a number")).expect("a code")
    };
    assert_eq!(desk.delegates(price).code, code("landed"));
    let sent = desk.node.state().last.take().expect("it was sent");
    let of = |index: usize| sent.message.instructions()[index].data.clone();
    let units = tried["asks"]["compute_units"].as_u64().expect("a number");
    assert_eq!(of(0), [&[2][..], &(units as u32).to_le_bytes()].concat());
    let bytes = tried["asks"]["loaded_bytes"].as_u64().expect("a number");
    assert_eq!(of(1), [&[4][..], &(bytes as u32).to_le_bytes()].concat());
    let fee = tried["asks"]["fee_lamports"].as_str().expect("a string").parse::<u64>().expect("a number");
    assert_eq!(fee, 5_000 + units.div_ceil(1_000));

    desk.node.state().pass(10);
    desk.node.state().refuses = true;
    assert_eq!(desk.delegates("").code, code("refused"));
    desk.node.state().refuses = false;
    desk.node.state().pass(10);
    desk.node.be(Mood::Forgetful);
    let unknown = desk.delegates("");
    assert_eq!(unknown.code, code("unknown"));
    let signature = failure(&unknown)["signature"].as_str().expect("a signature").to_owned();
    // Whoever tries it out then is told that the command would ask after that one first.
    let tried_again = desk.delegates("--dry-run");
    assert!(tried_again.code == 0 && tried_again.stderr.contains(&signature), "{}", tried_again.stderr);
    desk.node.state().pass(400);
    assert_eq!(desk.types(&format!("tx status {signature}")).code, code("absent"));
}

#[test]
fn what_others_left_broken_in_the_folder_stops_what_sends_and_nothing_that_reads() {
    let desk = Desk::new();
    let state = desk.home.join("state");
    fs::create_dir_all(&state).expect("a folder");
    // Somebody died while keeping something; somebody else wrote into the folder.
    fs::write(state.join("sent-0123.77.unfinished"), "{").expect("a file");
    assert_eq!(desk.delegates("").code, 0);
    fs::write(state.join("sent-4567.json"), "{").expect("a file");
    let Desk { provider, .. } = &desk;
    let ran = desk.types(&format!("provider show {provider}"));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    desk.node.state().pass(10);
    let ran = desk.delegates("");
    assert!(ran.code == 1 && ran.stderr.contains("sent-4567.json") && desk.done() == 1, "{}", ran.stderr);
}

#[test]
fn what_was_sent_and_not_told_is_listed_with_what_the_chain_says_of_it_now() {
    let desk = Desk::new();
    let list = || desk.types("tx pending");
    let fates = |ran: &Ran| {
        let rows = ran.json()["pending"].as_array().expect("a list").clone();
        rows.iter().map(|row| row["fate"].as_str().unwrap_or("none").to_owned()).collect::<Vec<_>>()
    };
    let none = list();
    assert_eq!((none.code, none.json()["count"].as_u64(), fates(&none).len()), (0, Some(0), 0));

    desk.node.be(Mood::Blind);
    let signature = failure(&desk.delegates(""))["signature"].as_str().expect("a signature").to_owned();
    let unknown = list();
    assert_eq!((unknown.code, fates(&unknown)), (76, vec!["unknown".into()]), "{}", unknown.stderr);
    let row = &unknown.json()["pending"][0];
    assert_eq!((&row["signature"], &row["command"]), (&signature.clone().into(), &"delegate add".into()));
    assert!(row["age_secs"].as_u64().is_some_and(|age| age < 600), "{row}");
    assert_eq!(failure(&unknown)["transactions"][0], serde_json::json!({ "signature": signature, "fate": "unknown" }));
    // Nobody is there to ask: it is listed all the same.
    let mut alone = Command::new(env!("CARGO_BIN_EXE_work-token"));
    alone.args(["tx", "pending", "--url", "http://127.0.0.1:1", "--store"]).arg(desk.home.join("state"));
    let alone = support::ran(alone.output().expect("it starts"));
    assert!(alone.code == 76 && alone.stdout.contains(&signature), "{} {}", alone.stdout, alone.stderr);

    desk.node.be(Mood::Well);
    let (sends, landed) = (desk.sends(), list());
    assert_eq!((landed.code, fates(&landed), desk.kept()), (0, vec!["landed".into()], 1), "{}", landed.stderr);
    assert_eq!(desk.sends(), sends, "it asks, and forgets nothing");

    desk.node.state().pass(10);
    desk.node.be(Mood::Forgetful);
    let more = format!("delegate add --provider {} --amount 400000000 --from {}", desk.provider, desk.alice.tokens);
    assert_eq!(desk.types(&more).code, 76);
    desk.node.state().pass(400);
    desk.node.be(Mood::Well);
    let absent = list();
    assert_eq!((absent.code, fates(&absent)), (75, vec!["landed".into(), "absent".into()]), "{}", absent.stderr);

    desk.node.state().genesis = 2;
    let elsewhere = list();
    assert_eq!((elsewhere.code, fates(&elsewhere)), (0, vec!["none".to_owned(); 2]), "{}", elsewhere.stderr);
    desk.node.state().genesis = 1;

    fs::write(desk.home.join("state/sent-4567.json"), "{ \"salt\": \"secret\" }").expect("a file");
    let broken = list();
    assert_eq!((broken.code, fates(&broken).len()), (76, 3));
    assert!(broken.stdout.contains("sent-4567.json") && !broken.stdout.contains("secret"), "{}", broken.stdout);
    fs::remove_file(desk.home.join("state/sent-4567.json")).expect("it is there");

    let told = desk.delegates("");
    assert_eq!((told.code, told.json()["signature"].as_str()), (0, Some(&*signature)), "the command tells it");
    assert_eq!(fates(&list()), ["absent"]);
}

#[test]
fn what_landed_and_was_refused_is_listed_so() {
    let desk = Desk::new();
    desk.node.state().refuses = true;
    desk.node.be(Mood::Blind);
    assert_eq!((desk.delegates("").code, desk.kept()), (76, 1));
    desk.node.be(Mood::Well);
    let ran = desk.types("tx pending");
    assert_eq!((ran.code, &ran.json()["pending"][0]["fate"]), (1, &"refused".into()), "{}", ran.stderr);
    assert!(ran.stderr.contains("1 refused"), "{}", ran.stderr);
}

#[test]
fn what_landed_or_never_will_is_forgotten_when_it_is_asked_for_and_what_is_unknown_never_is() {
    let desk = Desk::new();
    let forget = |more: &str| desk.types(&format!("tx pending --forget-settled {more}"));
    let told = |ran: &Ran| {
        let rows = ran.json()["pending"].as_array().expect("a list").clone();
        rows.iter().map(|row| (row["fate"].clone(), row["forgotten"].clone())).collect::<Vec<_>>()
    };
    let none = forget("");
    assert_eq!((none.code, none.json()["forgotten"].as_u64()), (0, Some(0)), "{}", none.stderr);

    desk.node.be(Mood::Blind);
    assert_eq!(desk.delegates("").code, 76);
    let unknown = forget("");
    assert_eq!((unknown.code, told(&unknown)), (76, vec![("unknown".into(), false.into())]), "{}", unknown.stderr);
    let row = &unknown.json()["pending"][0];
    assert!(row["says"].as_str().is_some_and(|says| says.contains("so it is not forgotten")), "{row}");
    let kept = row["kept_in"].as_str().expect("a path");
    assert!(fs::exists(kept).expect("a folder") && desk.kept() == 1, "{row}");

    // One landed, one landed and was refused, one is in no block and never will be.
    let more = |amount: u64| {
        let line = format!("delegate add --provider {} --amount {amount}00000000", desk.provider);
        desk.types(&format!("{line} --from {}", desk.alice.tokens)).code
    };
    desk.node.state().pass(10);
    desk.node.state().refuses = true;
    assert_eq!(more(4), 76);
    desk.node.state().refuses = false;
    desk.node.be(Mood::Forgetful);
    assert_eq!(more(5), 76);
    desk.node.state().pass(400);
    desk.node.be(Mood::Well);
    fs::write(desk.home.join("state/sent-4567.json"), "{").expect("a file");
    desk.node.state().genesis = 2;
    let elsewhere = forget("");
    assert_eq!((elsewhere.code, desk.kept()), (76, 4), "{}", elsewhere.stdout);
    assert!(elsewhere.stdout.contains("nothing is forgotten whose chain was not asked"), "{}", elsewhere.stdout);
    desk.node.state().genesis = 1;

    // What nobody was told is not forgotten, and neither is anything where nothing is to change.
    let full = Stdio::from(fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full"));
    let output = desk.command("tx pending --forget-settled").stdout(full).stderr(Stdio::null()).output();
    assert_eq!((output.expect("it starts").status.code(), desk.kept()), (Some(1), 4));
    assert_eq!((forget("--dry-run").code, desk.kept()), (76, 4));

    let sends = desk.sends();
    let settled = forget("");
    let mut fates = told(&settled);
    fates.sort_by_key(|(fate, _)| fate.to_string());
    let expected = [("absent", true), ("landed", true), ("refused", true), ("unknown", false)];
    assert_eq!(fates, expected.map(|(fate, gone)| (fate.into(), gone.into())), "{}", settled.stdout);
    assert_eq!((settled.code, settled.json()["forgotten"].as_u64(), desk.kept()), (76, Some(3), 1));
    fs::remove_file(desk.home.join("state/sent-4567.json")).expect("it is there");
    assert_eq!((forget("").code, desk.types("tx pending").json()["count"].as_u64()), (0, Some(0)));
    // Whoever runs the command again does it once more, as the help says.
    assert_eq!((desk.sends(), desk.delegates("").code, desk.done()), (sends, 0, 2));
}
