//! The exit codes of every command: 2 for wrong usage, 1 where it is refused, 75 where the chain cannot be
//! asked. The commands are those of the command line itself: a new one without a case here fails.

use {
    super::{typed::named, *},
    crate::options::Format,
    std::{collections::BTreeSet, ffi::OsString},
    work_token_sdk::{
        Keypair, Pubkey, Signer,
        rpc::{RpcOptions, RpcTransport},
    },
};

/// Every command as it is typed, `K` an address, `H` a hash, `S` a signature, `F` a file; what asks no chain
/// begins with `!`, and what asks only after a transaction, whose fate may be unknown, with `?`.
pub const LINES: &str = "
    !demo --seed 1
    !simulate --providers F
    !simulate agents --epochs 100
    !simulate policy --out F
    !network address
    !network defaults
    network create --params F --mint K
    network show
    network adopt-trees
    network adopt-juror-tree
    network record-outage
    network refresh-note
    network pause --secs 60
    network unpause
    network propose-authority --role guardian --to K
    network accept-authority --role admin
    network draft --params F
    network close-draft --params F
    network propose-params --params F
    network execute-params --number 1
    network cancel-params --number 1
    network pay-treasury --to K --amount 1
    network pay-insurance --to K --amount 1
    network forgive-debt --provider K --amount 1
    provider register --operator K --commission-bps 100
    provider stake --amount 1
    provider offer --serve 0:5
    provider heartbeat
    provider maintenance --from-ts 5 --secs 60
    provider commission --bps 100
    provider operator --to K
    provider propose-owner --to K
    provider accept-owner --provider K --operator K
    provider beneficiary propose --to K --quota 1 --until-ts 5
    provider beneficiary accept --provider K --quota 1 --until-ts 5
    provider beneficiary destination --provider K --to K
    provider beneficiary end --provider K
    provider destination --to K
    provider unjail
    provider retire
    provider claim
    provider touch
    provider sweep
    provider show
    provider list
    provider close
    delegate add --provider K --amount 1
    delegate request --provider K --all
    delegate cancel --provider K --ticket 1
    delegate withdraw --provider K --ticket 1
    delegate claim --provider K
    delegate restake --provider K
    delegate auto-restake --provider K
    delegate direct on --provider K
    delegate transfer --provider K --to K --shares 1
    delegate move --from K --to K --all
    delegate settle --provider K --ticket 1
    delegate risk --provider K
    delegate show --provider K
    delegate list
    delegate close --provider K
    place take
    place challenge
    place swap
    place list
    place queue
    place join
    place admit
    place pass
    place vacate --provider K
    !class defaults
    class set --class 0 --rules F
    class show
    model set lamp --hash H
    model list
    model show lamp
    job create --class 0 --fee 5 --input-hash H
    job show K
    job list
    job verify K
    job cancel K
    job extend K --secs 5
    job approve K
    job stop K
    job keep-alive K
    job rate K --rating 5
    job claim-credit K
    job close K
    job accept K
    job decline K
    job submit K --result-hash H
    job commit K --result-hash H
    job reveal K
    job capture K
    job draw K
    job expire K
    job settle K
    dispute open --job K
    dispute raise K --severity 2
    dispute prove K --result H:S --result H:S
    dispute commitments
    dispute lapse K
    dispute answer K
    dispute withdraw K
    dispute evidence K --hash H
    dispute advance K
    dispute fund K --side provider
    dispute claim K
    dispute show K
    dispute list
    dispute execute K
    dispute distribute K
    dispute veto K
    dispute rule K --severity 1
    dispute close K
    jury join
    jury leave
    jury pay
    jury call K
    jury draw K
    jury vote commit K --severity 1
    jury vote reveal K
    jury settle K
    jury exclude K --juror K
    jury sync
    jury show
    attester register
    attester add-bond 5
    attester aim
    attester displace
    attester reporter --to K
    attester retire
    attester close
    attester claim
    attester commit --shard 0 --reports F
    attester reveal --shard 0
    attester mask --provider K --attester K
    attester show
    canary make --tasks F
    canary send --class 0 --fee 5000000
    canary check
    governance create-realm --name N --yes-percent 60 --voting-secs 5 --hold-up-secs 5 --least-weight 1
    governance registrar create --realm K
    governance registrar set --realm K --standing-slots 5
    governance switch-to-stake --realm K
    governance voter create --realm K
    governance voter add --realm K --provider K
    governance voter remove --realm K --position K
    governance voter close --realm K
    governance voter show --realm K
    governance update --realm K --standing
    governance table --realm K
    governance deposit --realm K --amount 1
    governance withdraw --realm K
    governance propose take-over --realm K --title N
    governance propose params --realm K --title N --params F
    governance propose class --realm K --title N --class 0 --rules F
    governance propose model lamp --realm K --title N --hash H
    governance propose registrar --realm K --title N --standing-slots 5
    governance propose switch-to-stake --realm K --title N
    governance propose pay --realm K --title N --vault treasury --to K --amount 1
    governance cancel K
    governance vote K --choice yes
    governance relinquish K
    governance execute K
    governance show K
    epoch settle-attesters
    epoch open
    epoch beacon
    epoch draw-attesters
    epoch score
    epoch weigh
    epoch finalize
    epoch settle
    epoch activate
    epoch restake
    epoch sweep
    epoch close
    epoch show
    epoch crank
    ?tx status S
    !tx pending
    !tx pending --forget-settled
";

/// A typed command, and whether it asks a chain.
struct Case {
    words: Vec<String>,
    asks: bool,
    of_fate: bool,
}

impl Case {
    /// With the options that no case is about.
    fn typed(&self, more: &[&str]) -> std::result::Result<Cli, clap::Error> {
        let words = ["work-token"].into_iter().chain(self.words.iter().map(String::as_str)).chain(more.iter().copied());
        Cli::typed(&words.map(OsString::from).collect::<Vec<_>>())
    }

    /// The names of its commands.
    fn path(&self) -> String {
        named(&crate::command(), self.words.iter().map(String::as_str)).join(" ")
    }
}

fn cases(file: &File) -> Vec<Case> {
    let key = Pubkey::new_from_array([9; 32]).to_string();
    let signed = format!("{}:{}", "ab".repeat(32), bs58::encode([7; 64]).into_string());
    let word = |word: &str| match word {
        "K" => key.clone(),
        "H" => "ab".repeat(32),
        "S" => bs58::encode([7; 64]).into_string(),
        "H:S" => signed.clone(),
        "F" => file.0.display().to_string(),
        word => word.to_owned(),
    };
    let lines = LINES.lines().map(str::trim).filter(|line| !line.is_empty());
    let case = |line: &str| Case {
        words: line.trim_start_matches(['!', '?']).split_whitespace().map(word).collect(),
        asks: !line.starts_with('!'),
        of_fate: line.starts_with('?'),
    };
    lines.map(case).collect()
}

/// The commands that do something, by their names.
pub fn leaves(command: &clap::Command, path: &str, found: &mut BTreeSet<String>) {
    let below: Vec<&clap::Command> = command.get_subcommands().filter(|below| below.get_name() != "help").collect();
    if !command.is_subcommand_required_set() && !path.is_empty() {
        found.insert(path.to_owned());
    }
    for below in below {
        leaves(below, format!("{path} {}", below.get_name()).trim(), found);
    }
}

#[test]
fn every_command_has_a_case_here() {
    let mut expected = BTreeSet::new();
    leaves(&crate::command(), "", &mut expected);
    let file = File::new("every.toml", "");
    let covered: BTreeSet<String> = cases(&file).iter().map(Case::path).collect();
    assert_eq!(covered, expected);
}

#[test]
fn every_command_takes_its_case_and_refuses_an_unknown_option_as_wrong_usage() {
    let file = File::new("usage.toml", "");
    for case in cases(&file) {
        assert!(case.typed(&[]).is_ok(), "{}: {}", case.path(), case.typed(&[]).err().unwrap());
        let error = case.typed(&["--no-such-option"]).err().unwrap_or_else(|| panic!("{}", case.path()));
        assert_eq!(error.exit_code(), 2, "{}", case.path());
    }
}

/// What a command answers on a chain, acting for somebody in a network that is not there.
fn answer(case: &Case, chain: &dyn work_token_sdk::Transport, config: &Config) -> Option<Failure> {
    let key = Keypair::new_from_array([3; 32]).to_base58_string();
    let network = Pubkey::new_from_array([8; 32]).to_string();
    let cli = case.typed(&["--keypair", &key, "--network", &network, "--network-id", "1"]).unwrap();
    let Command::Daily(command) = &cli.command else { return None };
    let outbox = cli.outbox();
    command.run(&Session { chain, options: &cli.options, config, outbox: &outbox, tables: &[] }).err()
}

#[test]
fn every_command_that_is_refused_fails_with_1() {
    let scenario = Scenario::start(&ScenarioOptions::default()).unwrap();
    let payer = Keypair::new_from_array([3; 32]).pubkey();
    assert!(scenario.chain.with_svm(|svm| svm.airdrop(&payer, 1_000_000_000).is_ok()));
    let params = Desk::new().reply("network defaults").unwrap().plain.unwrap();
    let file = File::new("refused.toml", &params);
    let mut wrong = Vec::new();
    for case in cases(&file).iter().filter(|case| case.asks) {
        let failure = answer(case, &scenario.chain, &config());
        let is_refused = match case.of_fate {
            true => matches!(failure, Some(Failure::Unknown(_))),
            false => matches!(failure, Some(Failure::Failed(_))),
        };
        if !is_refused {
            wrong.push(format!("{}: {failure:?}", case.path()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_command_that_cannot_ask_the_chain_says_try_again() {
    // Nothing listens on port 1 of this machine.
    let options = RpcOptions { timeout: std::time::Duration::from_millis(20), ..RpcOptions::default() };
    let nobody = RpcTransport::with_options("http://127.0.0.1:1", options);
    let params = Desk::new().reply("network defaults").unwrap().plain.unwrap();
    let file = File::new("nobody.toml", &params);
    let mut wrong = Vec::new();
    for case in cases(&file).iter().filter(|case| case.asks) {
        let failure = answer(case, &nobody, &config());
        let is_unknown = case.of_fate && matches!(failure, Some(Failure::Unknown(_)));
        let asks_later = is_unknown || matches!(failure, Some(Failure::TryAgain(_)));
        if !asks_later {
            wrong.push(format!("{}: {failure:?}", case.path()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_codes_are_0_1_2_75_and_76() {
    use std::process::ExitCode;
    let code = |failure: Failure| format!("{:?}", failure.exit_code());
    for (failure, expected) in [
        (Failure::Failed(String::new()), 1),
        (Failure::Usage(String::new()), 2),
        (Failure::TryAgain(String::new()), 75),
        (Failure::Unknown(String::new()), 76),
    ] {
        assert_eq!(code(failure), format!("{:?}", ExitCode::from(expected)));
    }
    assert_eq!(Format::asked_for(&["--output".into(), "json".into()]), Format::Json);
}
