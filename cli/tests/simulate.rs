//! Simulations, and the files that are refused before anything is run.

mod support;

use support::{TemporaryFile, example, integer, work_token};

const HEADER: &str = "vote_account,stake_lamports,credits,commission_percent\n";
const ONE: &str = "CvSb7wdQAFpHuSpTYTJnX5SYH4hCfQ9VuGnqrKaKwycB";
const TWO: &str = "6D2jqw9hyVCpppZexquxa74Fn33rJzzBx38T58VucHx9";

#[test]
fn the_example_is_paid_by_the_law_and_the_same_input_gives_the_same_bytes() {
    let args = ["simulate", "--providers", &example(), "--epochs", "3", "--json"];
    let (once, again) = (work_token(&args), work_token(&args));
    assert_eq!(once.code, 0, "{}", once.stderr);
    assert_eq!(once.stdout, again.stdout);

    let simulated = once.json();
    assert_eq!((simulated["ok"].as_bool(), simulated["rows"].as_u64()), (Some(true), Some(12)));
    assert_eq!(simulated["reward"], "4400000000000");
    assert_eq!(simulated["commissions_capped"], 3);
    assert_eq!(simulated["epochs"].as_array().map(Vec::len), Some(3));

    // The law, computed here once more.
    let providers = simulated["providers"].as_array().expect("providers");
    let number = |row: &serde_json::Value, field: &str| u128::try_from(integer(&row[field])).expect("not negative");
    let most = providers.iter().map(|row| number(row, "credits")).max().unwrap();
    let weights: Vec<u128> = providers
        .iter()
        .map(|row| number(row, "stake") * (1_000_000 * number(row, "credits") / most) / 1_000_000)
        .collect();
    let total: u128 = weights.iter().sum();
    // What would have been paid for the stake without any weight is paid to nobody.
    let stake = |rows: &[&serde_json::Value]| rows.iter().map(|row| number(row, "stake")).sum::<u128>();
    let with_weight: Vec<_> = providers.iter().filter(|row| number(row, "weight") > 0).collect();
    assert_eq!(with_weight.len(), 11);
    let emission = 4_400_000_000_000 * stake(&with_weight) / stake(&providers.iter().collect::<Vec<_>>());
    assert_eq!(number(&simulated["epochs"][2], "emission"), emission);
    for (row, weight) in providers.iter().zip(&weights) {
        assert_eq!(number(row, "payout"), emission * weight / total, "{row}");
    }
}

#[test]
fn the_reward_of_an_epoch_can_be_given_and_must_come_from_somewhere() {
    let file = TemporaryFile::new("reward.csv", format!("{HEADER}{ONE},5000000,7,3\n{TWO},2500000,7,0\n").as_bytes());
    let run = |args: &[&str]| {
        work_token(&[&["simulate", "--epochs", "1", "--json", "--providers", file.path()], args].concat())
    };
    let paid = run(&["--reward", "100"]).json();
    assert_eq!((integer(&paid["providers"][0]["payout"]), integer(&paid["epochs"][0]["dust"])), (66, 1));
    for refused in [&[][..], &["--reward", "0"], &["--reward", "1152921504606846975"], &["--reward", "x"]] {
        let ran = run(refused);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{refused:?}: {}", ran.stderr);
    }
}

#[test]
fn a_malformed_file_is_reported_with_its_line_and_nothing_is_run() {
    let good = format!("{ONE},5000000,7,3\n");
    let rows = |row: &str| format!("# total_rewards_lamports=1000\n{HEADER}{good}{row}\n").into_bytes();
    let cases: [(&str, Vec<u8>, &str); 23] = [
        ("missing field", rows(&format!("{TWO},5000000,7")), "4: has 3 fields instead of 4"),
        ("field too many", rows(&format!("{TWO},5000000,7,3,1")), "4: has 5 fields"),
        ("empty field", rows(&format!("{TWO},,7,3")), "4: stake_lamports is missing"),
        ("negative", rows(&format!("{TWO},-5,7,3")), "4: stake_lamports \"-5\" is no whole number"),
        ("sign", rows(&format!("{TWO},+5000000,7,3")), "4: stake_lamports \"+5000000\" is no whole number"),
        ("fraction", rows(&format!("{TWO},5000000,7.5,3")), "4: credits \"7.5\" is no whole number"),
        ("letters", rows(&format!("{TWO},5000000,seven,3")), "4: credits \"seven\" is no whole number"),
        ("space", rows(&format!("{TWO}, 5000000,7,3")), "4: stake_lamports \" 5000000\" is no whole number"),
        (
            "overflow",
            rows(&format!("{TWO},18446744073709551616,7,3")),
            "4: stake_lamports 18446744073709551616 does not fit 64 bits",
        ),
        ("credits overflow", rows(&format!("{TWO},5000000,18446744073709551616,3")), "4: credits"),
        (
            "too large",
            rows(&format!("{TWO},1152921504606846976,7,3")),
            "4: stake_lamports 1152921504606846976 is not below 2^60",
        ),
        ("sum too large", rows(&format!("{TWO},1152921504606846975,7,3")), "4: the stakes up to here sum to 2^60"),
        ("too small", rows(&format!("{TWO},1048575,7,3")), "4: stake_lamports 1048575 is below the least own stake"),
        ("commission", rows(&format!("{TWO},5000000,7,101")), "4: commission_percent 101 is more than 100"),
        (
            "duplicate",
            rows(&format!("{ONE},5000000,7,3")),
            "4: vote_account CvSb7wdQAFpHuSpTYTJnX5SYH4hCfQ9VuGnqrKaKwycB is already in line 3",
        ),
        ("no address", rows("provider-two,5000000,7,3"), "4: vote_account \"provider-two\" is no address"),
        (
            "no credits",
            format!("{HEADER}{ONE},5000000,0,3\n{TWO},5000000,0,3\n").into_bytes(),
            "3: the last row, like all before it, has no credits",
        ),
        ("CRLF", format!("{HEADER}{ONE},5000000,7,3\r\n").into_bytes(), "2: ends in CR LF"),
        ("BOM", format!("\u{feff}{HEADER}{good}").into_bytes(), "1: begins with a byte order mark"),
        ("not UTF-8", [HEADER.as_bytes(), good.as_bytes(), &[0xff, b'\n']].concat(), "3: is not UTF-8"),
        ("no header", good.clone().into_bytes(), "1: the header is expected"),
        ("empty", Vec::new(), "1: the file ends without a row"),
        ("no row", HEADER.as_bytes().to_vec(), "1: the file ends without a row"),
    ];
    for (name, bytes, expected) in cases {
        let file = TemporaryFile::new(&format!("{}.csv", name.replace(' ', "-")), &bytes);
        let ran = work_token(&["simulate", "--providers", file.path(), "--epochs", "1", "--reward", "1000"]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(&format!("{}:{expected}", file.path())), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains("nothing was run"), "{name}");
        assert_eq!(ran.stdout, "", "{name}");
    }
}

#[test]
fn every_malformed_row_is_reported_at_once() {
    let text = format!("{HEADER}{ONE},x,7,3\n{TWO},5000000,7,3\n{TWO},5000000,7\n");
    let file = TemporaryFile::new("several.csv", text.as_bytes());
    let ran = work_token(&["simulate", "--providers", file.path(), "--reward", "1000"]);
    assert!(ran.stderr.contains(":2: stake_lamports") && ran.stderr.contains(":4: has 3 fields"), "{}", ran.stderr);
}

#[test]
fn scores_too_coarse_for_mainnets_rule_fail_the_simulation_and_the_table_is_shown_all_the_same() {
    // One has a thousandth of a millionth of the credits but nearly all of the stake: its score is 0.
    let text = format!("{HEADER}{ONE},1000000000000000,1,0\n{TWO},2000000,1000000000,0\n");
    let file = TemporaryFile::new("coarse.csv", text.as_bytes());
    let ran = work_token(&["simulate", "--providers", file.path(), "--epochs", "1", "--reward", "1000000", "--json"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(ran.json()["ok"], false);
    assert!(ran.stderr.contains("2 millionths around mainnet's rule"), "{}", ran.stderr);
}

#[test]
fn a_file_that_is_not_there_is_wrong_usage() {
    assert_eq!(work_token(&["simulate", "--providers", "/does/not/exist.csv"]).code, 2);
}

#[test]
fn a_law_of_emission_is_drawn_on_one_page_with_its_numbers_beside_it() {
    let folder = std::env::temp_dir().join(format!("work-token-policy-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let page = folder.join("report.html");
    let run = |demand: &str| {
        let out = page.display().to_string();
        work_token(&["simulate", "policy", "--years", "3", "--demand", demand, "--out", &out, "--json"])
    };
    for demand in ["livepeer", "grows", "collapses", "washed"] {
        let ran = run(demand);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let html = std::fs::read_to_string(&page).unwrap();
        assert_eq!((html.matches("<svg").count(), html.matches("<figure").count()), (7, 7), "{demand}");
        let numbers = std::fs::read_to_string(page.with_extension("csv")).unwrap();
        assert_eq!(numbers.lines().count(), 1 + 3 * 365);
        let told = ran.json();
        assert_eq!((&told["demand"], told["laws"].as_array().unwrap().len()), (&demand.into(), 7));
        assert_eq!(integer(&told["washing_cost"]) > 0, demand == "washed", "{told}");
    }
    let wrong = run("nowhere.csv");
    assert_eq!((wrong.code, wrong.stdout.as_str()), (2, ""));
    assert!(wrong.stderr.contains("livepeer, grows, collapses, washed"), "{}", wrong.stderr);
    std::fs::remove_dir_all(&folder).unwrap();
}
