//! What every command keeps to: exit codes, data on stdout, notes on stderr.

mod support;

use support::work_token;

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
