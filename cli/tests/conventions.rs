//! What every command keeps to: exit codes, data on stdout, notes on stderr.

mod support;

use support::{TemporaryFile, work_token, work_token_reads};

/// Nothing listens on port 1 of this machine.
const NOBODY: &str = "http://127.0.0.1:1";
const SOMEBODY: &str = "CvSb7wdQAFpHuSpTYTJnX5SYH4hCfQ9VuGnqrKaKwycB";

#[test]
fn an_unknown_command_option_or_value_is_wrong_usage() {
    let wrong: [&[&str]; 8] = [
        &["stake-everything"],
        &["demo", "--speed", "9"],
        &["delegate", "add", "--provider", "nobody", "--amount", "1"],
        &["delegate", "add", "--provider", SOMEBODY, "--amount", "-1"],
        &["delegate", "add", "--provider", SOMEBODY, "--amount", "1.5"],
        &["delegate", "request", "--provider", SOMEBODY],
        &["network", "show", "--dry-run", "--unsigned", "base64"],
        &["network", "show", "--output", "xml"],
    ];
    for args in wrong {
        let ran = work_token(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(!ran.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn a_chain_that_cannot_be_reached_says_try_again() {
    for args in [
        &["network", "show", "--network", SOMEBODY, "--url", NOBODY][..],
        &["provider", "show", SOMEBODY, "-u", NOBODY],
        &["epoch", "show", "--network", SOMEBODY, "-u", NOBODY],
    ] {
        let ran = work_token(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (75, ""), "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains("cannot be reached"), "{}", ran.stderr);
    }
}

#[test]
fn which_network_url_or_key_must_be_said_before_anything_is_asked() {
    let ran = work_token(&["network", "show", "-u", NOBODY]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("which network?"), "{}", ran.stderr);
    let ran = work_token(&["network", "show", "-u", "somewhere", "--network", SOMEBODY]);
    assert_eq!(ran.code, 2);
    let ran = work_token(&["network", "pause", "--secs", "60", "-u", NOBODY, "--network", SOMEBODY]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("the keypair"), "{}", ran.stderr);
}

#[test]
fn with_json_a_failure_is_json_on_stderr_and_stdout_stays_empty() {
    let ran = work_token(&["network", "show", "--network", SOMEBODY, "--url", NOBODY, "--output", "json"]);
    let failure: serde_json::Value = serde_json::from_str(ran.stderr.trim()).expect("JSON on stderr");
    assert_eq!(failure["error"]["exit_code"], 75);
    assert_eq!(ran.stdout, "");
}

#[test]
fn the_default_parameters_can_be_printed_edited_and_read_back() {
    let toml = work_token(&["network", "defaults"]);
    assert_eq!(toml.code, 0);
    assert!(toml.stdout.contains("emission_per_epoch = 100000000000\n"));
    let json = work_token(&["network", "defaults", "--output", "json-compact"]);
    assert_eq!(json.stdout.lines().count(), 1);
    assert_eq!(json.json()["leverage"], 16);
}

#[test]
fn help_and_version_go_to_stdout() {
    for args in [&["--help"][..], &["--version"], &["delegate", "--help"]] {
        let ran = work_token(args);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{args:?}");
    }
}

#[test]
fn with_json_wrong_usage_is_json_too_and_stderr_has_one_object_a_line() {
    for args in [
        &["stake-everything", "--output", "json"][..],
        &["delegate", "add", "--provider", SOMEBODY, "--amount", "0", "--output=json-compact"],
        &["delegate", "add", "--output", "json"],
        &["delegate", "--output", "json"],
        &["demo", "--json", "--speed", "9"],
        &["network", "show", "--output", "json"],
    ] {
        let ran = work_token(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}: {}", ran.stderr);
        let lines: Vec<serde_json::Value> =
            ran.stderr.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
        assert_eq!(lines.last().expect("an error")["error"]["exit_code"], 2, "{args:?}");
    }
}

#[test]
fn numbers_have_no_sign_hashes_are_digits_amounts_are_something_and_addresses_are_explained() {
    let hash = "+a".repeat(32);
    for (args, expected) in [
        (&["delegate", "add", "--provider", SOMEBODY, "--amount", "+5"][..], "no sign"),
        (&["delegate", "add", "--provider", SOMEBODY, "--amount=+5"], "no sign"),
        (&["network", "show", "--network-id", "+1"], "no sign"),
        (&["job", "submit", SOMEBODY, "--result-hash", &hash], "64 hex digits"),
        (&["provider", "offer", "--serve", "+1:5"], "no sign"),
        (&["provider", "offer", "--serve", "1:+5"], "a fee is a whole number"),
        (&["provider", "offer", "--serve", " 1:5"], "a class is a number"),
        (&["delegate", "request", "--provider", SOMEBODY, "--amount", "0"], "above 0"),
        (&["delegate", "request", "--provider", SOMEBODY, "--shares", "0"], "above 0"),
        (&["attester", "add-bond", "0"], "above 0"),
        (&["job", "extend", SOMEBODY, "--secs", "0"], "0 is not in 1"),
        (&["simulate", "policy", "--out", "x.csv"], "FILE.html"),
        (&["simulate", "policy", "--out", "-"], "FILE.html"),
        (&["network", "show", "--network", "abc"], "an address is expected"),
        (&["job", "show", "abc"], "an address is expected"),
    ] {
        let ran = work_token(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(ran.stderr.contains(expected), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn no_error_shows_a_secret_that_was_mistyped() {
    let (key, salt) = ("5".repeat(87), "7e".repeat(31));
    let array = format!("[{}]", vec!["12"; 63].join(","));
    let words = "abandon ".repeat(12);
    let pause = ["network", "pause", "--secs", "60", "-u", NOBODY, "--network", SOMEBODY];
    for (more, secret) in [
        (&["--keypair", &key][..], key.as_str()),
        (&["-k", &array], &array),
        (&["--fee-payer", &key, "--keypair", "/does/not/exist.json"], &key),
        (&["--keypair", &words], words.trim()),
        (&["--keypair", "/does/not/exist.json", &key], &key),
        (&[&key], &key),
        (&["--salt", &salt], &salt),
    ] {
        for format in [&[][..], &["--output", "json"]] {
            let ran = work_token(&[&pause[..], more, format].concat());
            assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
            assert!(!ran.stderr.contains(&secret[..20]), "{}", ran.stderr);
        }
    }
    let reveal = ["jury", "vote", "reveal", SOMEBODY, "--salt", &salt];
    let ran = work_token(&reveal);
    assert!(ran.code == 2 && !ran.stderr.contains(&salt[..20]), "{}", ran.stderr);
}

#[test]
fn what_is_piped_in_is_read_once_and_by_one_option() {
    let key = format!("{:?}", [&[7; 32][..], &public_half()].concat());
    let pause = ["network", "pause", "--secs", "60", "-u", NOBODY, "--network", SOMEBODY];
    for named in ["-", "stdin:", "/dev/stdin", "/proc/self/fd/0", "file:///dev/stdin"] {
        let ran = work_token_reads(&[&pause[..], &["--keypair", named]].concat(), &key);
        assert_eq!(ran.code, 75, "the key was read, and the chain asked: {}", ran.stderr);
    }
    let pay = ["--fee-payer", "-", "--keypair", "/no/such/file.json"];
    assert!(work_token_reads(&[&pause[..], &pay].concat(), &key).stderr.contains("/no/such/file.json"));
    for (piped, said) in [("nothing", "is no keypair"), ("", "nothing was piped in")] {
        let ran = work_token_reads(&[&pause[..], &["--keypair", "-"]].concat(), piped);
        assert!(ran.code == 2 && ran.stderr.contains(said), "{}", ran.stderr);
    }
}

#[test]
fn two_options_that_want_what_is_piped_in_are_refused_by_their_names() {
    let settings = TemporaryFile::new("piped.yml", format!("json_rpc_url: {NOBODY}\nkeypair_path: '-'\n").as_bytes());
    let propose = ["network", "propose-params", "--network", SOMEBODY, "-u", NOBODY, "--params"];
    for (args, two) in [
        (&[&propose[..], &["-", "--keypair", "-"]].concat()[..], ["--keypair", "--params"]),
        (&[&propose[..], &["/dev/stdin", "--keypair", "stdin:"]].concat(), ["--keypair", "--params"]),
        (&["-k", "-", "network", "pause", "--secs", "5", "--fee-payer=-"], ["--fee-payer", "--keypair"]),
        (&["attester", "commit", "--shard", "0", "--reports", "-", "-k", "/dev/fd/0"], ["--keypair", "--reports"]),
        (&["-C", "-", "canary", "make", "--tasks", "-"], ["--config", "--tasks"]),
        (&["simulate", "policy", "--out", "F", "--params", "-", "--demand", "-"], ["--demand", "--params"]),
        (&[&propose[..], &["-", "-C", settings.path()]].concat(), ["--params", "keypair_path"]),
    ] {
        let ran = work_token_reads(args, "");
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(two.iter().all(|option| ran.stderr.contains(option)), "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains("is read once"), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn a_file_of_any_kind_may_be_piped_in() {
    for text in ["leverages = 5\n", "{ \"leverages\": 5 }"] {
        let ran = work_token_reads(&["simulate", "policy", "--out", "/no/such/folder/x.html", "--params", "-"], text);
        assert!(ran.code == 2 && ran.stderr.contains("missing: "), "{}", ran.stderr);
    }
    let defaults = work_token(&["network", "defaults"]).stdout;
    let ran = work_token_reads(
        &["simulate", "policy", "--years", "1", "--out", "/no/such/folder/x.html", "--params", "-"],
        &defaults,
    );
    assert!(ran.code == 1 && ran.stderr.contains("/no/such/folder"), "{}", ran.stderr);
    let settings = format!("json_rpc_url: {NOBODY}\n");
    assert_eq!(work_token_reads(&["network", "show", "--network", SOMEBODY, "-C", "-"], &settings).code, 75);
}

/// The public half of the key whose secret half is 32 times 7.
fn public_half() -> [u8; 32] {
    use work_token_sdk::{Keypair, Signer};
    Keypair::new_from_array([7; 32]).pubkey().to_bytes()
}

#[test]
fn settings_that_cannot_be_read_are_wrong_usage_and_no_cluster_is_asked() {
    let file = TemporaryFile::new("config.yml", b"json_rpc_url: [http://127.0.0.1:1\n");
    let ran = work_token(&["network", "show", "--network", SOMEBODY, "-C", file.path()]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("settings"), "{}", ran.stderr);
    let text = format!("json_rpc_url: \"{NOBODY}\" # mine\nkeypair_path: ~\n");
    let file = TemporaryFile::new("config2.yml", text.as_bytes());
    assert_eq!(work_token(&["network", "show", "--network", SOMEBODY, "-C", file.path()]).code, 75);
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_full_disk_does_not_take_stands_on_stderr_and_the_command_fails() {
    let full = || std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    for format in ["display", "json", "json-compact"] {
        let mut command = support::command(&["network", "defaults", "--output", format]);
        let ran = support::ran(command.stdout(full()).output().expect("the command starts"));
        assert_eq!(ran.code, 1);
        assert!(ran.stderr.contains("emission_per_epoch") && ran.stderr.contains("stdout: "), "{}", ran.stderr);
        if format != "display" {
            ran.stderr.lines().for_each(|line| drop(serde_json::from_str::<serde_json::Value>(line).expect(line)));
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn help_and_version_that_a_full_disk_does_not_take_fail_too() {
    for args in [&["--help"][..], &["--version"], &["delegate", "--help"], &["--help", "--output", "json"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
        let ran = support::ran(support::command(args).stdout(full).output().expect("the command starts"));
        assert!(ran.code == 1 && ran.stderr.contains("stdout: "), "{args:?}: {} {}", ran.code, ran.stderr);
    }
}

#[test]
fn a_key_that_the_settings_name_and_nobody_can_read_is_said_before_a_chain_that_is_away() {
    let text = format!("json_rpc_url: \"{NOBODY}\"\nkeypair_path: /no/such/hot.json\n");
    let file = TemporaryFile::new("keyless.yml", text.as_bytes());
    for line in [
        "delegate add --provider 11111111111111111111111111111111 --amount 5",
        "provider stake --amount 5 --network 11111111111111111111111111111111",
        "epoch crank --network 11111111111111111111111111111111",
        "provider retire --network 11111111111111111111111111111111 --dry-run",
    ] {
        let ran = work_token(&[&["-C", file.path()][..], &line.split(' ').collect::<Vec<_>>()].concat());
        assert!(ran.code == 2 && ran.stderr.contains("/no/such/hot.json"), "{line}: {} {}", ran.code, ran.stderr);
    }
    // What only reads needs no key, nor does what somebody else signs.
    for line in [
        "provider show 11111111111111111111111111111111",
        "job list --network 11111111111111111111111111111111",
        "delegate list --holder 11111111111111111111111111111111",
        "provider retire --network 11111111111111111111111111111111 --unsigned --authority 11111111111111111111111111111111",
    ] {
        let ran = work_token(&[&["-C", file.path()][..], &line.split(' ').collect::<Vec<_>>()].concat());
        assert!(ran.code == 75 && ran.stderr.contains("cannot be reached"), "{line}: {} {}", ran.code, ran.stderr);
    }
}

#[test]
fn what_is_kept_at_home_is_never_kept_where_the_command_happens_to_run() {
    for home in [None, Some(""), Some("somewhere")] {
        let mut command = support::command(&["network", "pause", "--secs", "60", "-u", NOBODY, "--network", SOMEBODY]);
        command.env_remove("HOME").envs(home.map(|home| ("HOME", home))).current_dir(std::env::temp_dir());
        let ran = support::ran(command.output().expect("the command starts"));
        // The key of whoever runs the test may be there; then the chain was asked.
        let named = ran.stderr.split_whitespace().find(|word| word.ends_with(".config/solana/id.json"));
        assert!(named.is_none_or(|named| named.starts_with('/')), "{home:?}: {}", ran.stderr);
        assert!(named.is_some() && ran.code == 2 || ran.code == 75, "{home:?}: {}", ran.stderr);
    }
}

#[test]
fn a_key_that_cannot_be_read_is_said_before_a_chain_that_is_away() {
    let provider = "11111111111111111111111111111111";
    let away = ["--url", NOBODY, "delegate", "add", "--provider", provider, "--amount", "5"];
    for option in ["--keypair", "--fee-payer"] {
        for (named, said) in
            [("no/such/file.json", "no/such/file.json"), ("usb://ledger", "--unsigned"), ("[1,2,3,4", "keypair")]
        {
            let ran = work_token(&[&[option, named][..], &away].concat());
            assert!(ran.code == 1 || ran.code == 2, "{option} {named}: {} {}", ran.code, ran.stderr);
            assert!(ran.stderr.contains(said) && !ran.stderr.contains("cannot be reached"), "{named}: {}", ran.stderr);
        }
    }
}
