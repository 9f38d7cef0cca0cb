//! Those who govern a network.

use super::*;
use crate::reply::facts;
use work_token_sdk::{
    presets::Preset,
    state::{Provider, VaultKind},
};

#[test]
fn a_network_is_found_by_creator_and_number_and_shown_with_its_vaults() {
    let desk = Desk::new();
    let admin = desk.scenario.admin.address();
    let shown = desk.types_keyless("network show").unwrap();
    assert_eq!((&shown["epoch"], &shown["emission_mode"]), (&0.into(), &"mint".into()));
    assert_eq!(shown["authorities"]["admin"], admin.to_string());
    assert_eq!(shown["vaults"]["reward"], 0);
    assert_eq!(shown["params"]["leverage"], 16);
    let next = &shown["next_emission"];
    assert_eq!(
        (&next["law"], &next["emits"], &next["binding"]),
        (&"fixed".into(), &100_000_000_000u64.into(), &Value::Array(Vec::new()))
    );
    assert_eq!((&next["to_keepers"], &next["stake_target_ppm"]), (&1_000_000_000u64.into(), &500_000.into()));
    assert_eq!(shown["announced_payments"], facts!({ "insurance": null, "treasury": null }));

    let config = config();
    let line = format!("work-token network address --creator {admin} --network-id 1");
    let cli = Cli::typed(&line.split_whitespace().map(OsString::from).collect::<Vec<_>>()).unwrap();
    let Command::Daily(command) = &cli.command else { panic!("a daily command") };
    let outbox = cli.outbox();
    let session =
        Session { chain: &desk.scenario.chain, options: &cli.options, config: &config, outbox: &outbox, tables: &[] };
    let found = command.run(&session).unwrap();
    assert_eq!(found.data["network"], shown["network"]);
}

#[test]
fn the_guardian_pauses_and_authorities_change_hands_in_two_steps() {
    let desk = Desk::new();
    let (admin, heir) = (&desk.scenario.admin, desk.scenario.actor("heir", 0));
    desk.types(admin, "network pause --secs 3600").unwrap();
    assert!(desk.types_keyless("network show").unwrap()["paused_until_ts"].is_small());
    desk.types(admin, "network unpause").unwrap();
    assert!(desk.types_keyless("network show").unwrap()["paused_until_ts"].is_null());
    let allowed = desk.types_keyless("network show").unwrap()["pause_allowed_from_ts"].clone();
    desk.a_moment_later();
    let again = refusal(desk.types(admin, "network pause --secs 3600"));
    assert!(again.contains("PauseTooSoon") && again.contains(&format!("from {allowed} (unix seconds) on")), "{again}");
    assert!(refusal(desk.types(&heir, "network pause --secs 60")).contains("NotTheGuardian"));

    desk.types(admin, &format!("network propose-authority --role admin --to {}", heir.address())).unwrap();
    desk.types(&heir, "network accept-authority --role admin").unwrap();
    assert_eq!(desk.types_keyless("network show").unwrap()["authorities"]["admin"], heir.address().to_string());
    assert!(refusal(desk.types(admin, "network propose-authority --role arbiter")).contains("NotTheAdmin"));
    let pay = format!("network pay-treasury --to {} --amount 1", heir.tokens);
    assert_eq!(desk.types(&heir, &pay).unwrap()["pays"], false);
    let shown = desk.types_keyless("network show").unwrap();
    assert_eq!(shown["announced_payments"]["treasury"]["amount"], 1);
    desk.a_moment_later();
    assert!(matches!(desk.types(&heir, &pay), Err(Failure::TryAgain(_))));
    let large = format!("network pay-treasury --to {} --amount 1000000000001", heir.tokens);
    assert!(refusal(desk.types(&heir, &large)).contains("treasury_step is 1000000000000"));
}

#[test]
fn parameters_change_after_their_delay_or_not_at_all() {
    let desk = Desk::new();
    let admin = &desk.scenario.admin;
    let file = File::new("leverage.toml", "leverage = 14\n");
    let propose = format!("network propose-params --params {}", file.0.display());
    let proposed = desk.types(admin, &propose).unwrap();
    assert_eq!((&proposed["number"], &proposed["class"]), (&1.into(), &"economic".into()));
    assert!(matches!(desk.types(admin, "network execute-params --number 1"), Err(Failure::TryAgain(_))));
    desk.types(admin, "network cancel-params --number 1").unwrap();
    assert!(refusal(desk.types(admin, "network execute-params --number 1")).contains("change 1 was never proposed"));

    desk.a_moment_later();
    let proposed = desk.types(admin, &propose).unwrap();
    desk.scenario.chain.set_now(proposed["executable_from_ts"].as_i64().unwrap());
    let anybody = desk.scenario.actor("anybody", 0);
    desk.types(&anybody, "network execute-params --number 2").unwrap();
    assert_eq!(desk.types_keyless("network show").unwrap()["params"]["leverage"], 14);

    let file = File::new("too-far.json", r#"{ "leverage": 30 }"#);
    let too_far = desk.types(admin, &format!("network propose-params --params {}", file.0.display()));
    assert!(matches!(too_far, Err(Failure::Usage(message)) if message.contains("StepTooLarge")));
}

#[test]
fn what_somebody_drafted_the_admin_proposes_and_the_author_closes_what_nobody_used() {
    let desk = Desk::new();
    let (admin, author) = (&desk.scenario.admin, desk.scenario.actor("author", 0));
    let file = File::new("drafted.toml", "leverage = 14\n");
    let propose = format!("network propose-params --params {} --author {}", file.0.display(), author.address());
    assert!(refusal(desk.types(admin, &propose)).contains("has not drafted this set"));
    let draft = format!("network draft --params {}", file.0.display());
    let drafted = desk.types(&author, &draft).unwrap();
    assert_eq!(desk.types(&author, &draft).unwrap()["draft"], drafted["draft"]);
    desk.types(admin, &propose).unwrap();
    assert_eq!(desk.types_keyless("network show").unwrap()["params"]["leverage"], 16);

    let close = format!("network close-draft --params {}", file.0.display());
    assert!(refusal(desk.types(&author, &close)).contains("it was used"));
    desk.a_moment_later();
    desk.types(&author, &draft).unwrap();
    assert!(matches!(desk.types(&author, &close), Err(Failure::TryAgain(_))));
    desk.scenario.chain.advance(45 * 86_400);
    desk.types(&author, &close).unwrap();
}

#[test]
fn a_network_is_created_from_a_parameter_file() {
    let scenario = {
        let options = ScenarioOptions::default();
        let chain = work_token_localnet::Localnet::start(options.now_ts).unwrap();
        Scenario::before_creation(chain, &options)
    };
    let desk = Desk { scenario, config: config() };
    let admin = &desk.scenario.admin;
    let defaults = desk.reply("network defaults").unwrap().plain.unwrap();
    let file = File::new("params.toml", &defaults);
    let create = format!("network create --params {} --mint {}", file.0.display(), desk.scenario.network.mint);
    let created = desk.types(admin, &create).unwrap();
    assert_eq!(created["network"], desk.scenario.network.network.to_string());
    assert_eq!(desk.scenario.network_state().params, NETWORK_PARAMS);

    let wrong = File::new("wrong.toml", &defaults.replace("leverage = 16", "leverage = 65"));
    let refused = desk
        .types(admin, &format!("network create --params {} --mint {}", wrong.0.display(), desk.scenario.network.mint));
    assert!(matches!(refused, Err(Failure::Usage(message)) if message.contains("leverage is 1 to 64")));
}

#[test]
fn a_kind_of_network_prints_its_parameters_and_classes_as_they_are_read_and_set() {
    for preset in Preset::ALL {
        let desk = Desk::with(&ScenarioOptions { params: preset.params(), ..ScenarioOptions::default() });
        let admin = &desk.scenario.admin;
        let printed = desk.reply(&format!("network defaults --preset {}", preset.name())).unwrap().plain.unwrap();
        let file = File::new("preset.toml", &printed);
        assert_eq!(crate::params::load(&file.0, None).unwrap(), preset.params());
        for (number, class) in (0..).zip(preset.classes()) {
            let number: u8 = number;
            let line = format!("class defaults --preset {} --class {number}", preset.name());
            let rules = desk.reply(&line).unwrap().plain.unwrap();
            assert!(rules.starts_with(&format!("# {}\n", class.name)), "{rules}");
            let file = File::new("class.toml", &rules);
            desk.types(admin, &format!("class set --class {number} --rules {}", file.0.display())).unwrap();
            let set = desk.types_keyless(&format!("class show {number}")).unwrap();
            assert_eq!(set["redundancy"], class.rules.redundancy, "{set}");
        }
    }
    for wrong in ["network defaults --preset mining", "class defaults --preset storage", "class defaults --class 1"] {
        assert!(matches!(Desk::new().reply(wrong), Err(Failure::Usage(_))), "{wrong}");
    }
}

#[test]
fn the_insurance_is_announced_and_paid_three_days_later() {
    let desk = Desk::new();
    let (admin, heir) = (&desk.scenario.admin, desk.scenario.actor("heir", 0));
    desk.scenario.chain.give_tokens(&desk.scenario.network.vault(VaultKind::Insurance), 500);
    let pay = format!("network pay-insurance --to {} --amount 400", heir.tokens);
    let announced = desk.types(admin, &pay).unwrap();
    assert_eq!(announced["pays"], false);
    desk.a_moment_later();
    assert!(matches!(desk.types(admin, &pay), Err(Failure::TryAgain(_))));
    desk.scenario.chain.set_now(announced["payable_from_ts"].as_i64().unwrap());
    assert_eq!(desk.types(admin, &pay).unwrap()["pays"], true);
    assert_eq!(desk.scenario.chain.token_balance(&heir.tokens), 400);
}

#[test]
fn a_debt_is_forgiven_up_to_what_it_is_and_only_where_there_is_one() {
    let desk = Desk::new();
    let (admin, owner) = (&desk.scenario.admin, desk.scenario.actor("owner", 0));
    let provider = desk.scenario.register(&owner, 500, 0).unwrap();
    desk.scenario.change(&provider.provider, |state: &mut Provider| state.slash_debt = 900);
    let forgive = |amount: u64| {
        desk.a_moment_later();
        desk.types(admin, &format!("network forgive-debt --provider {} --amount {amount}", provider.provider))
    };
    forgive(400).unwrap();
    assert_eq!(desk.scenario.provider_state(&provider).slash_debt, 500);
    forgive(800).unwrap();
    assert_eq!(desk.scenario.provider_state(&provider).slash_debt, 0);
    assert!(refusal(forgive(1)).contains("owes nothing: there is no debt to forgive"));
}

#[test]
fn anybody_brings_a_provider_up_to_date_and_sweeps_what_strangers_sent_to_it() {
    let desk = Desk::new();
    let owner = desk.scenario.actor("owner", 0);
    let provider = desk.scenario.register(&owner, 500, 0).unwrap();
    desk.scenario.chain.give_tokens(&provider.stake_vault, 7);
    let stranger = desk.scenario.actor("stranger", 0);
    desk.types(&stranger, &format!("provider sweep {}", provider.provider)).unwrap();
    assert_eq!(desk.scenario.chain.token_balance(&desk.scenario.network.vault(VaultKind::Treasury)), 7);
    desk.scenario.next_epoch();
    desk.types(&stranger, &format!("provider touch {}", provider.provider)).unwrap();
    assert_eq!(desk.scenario.provider_state(&provider).last_touched_epoch, desk.scenario.epoch());
}

#[test]
fn another_chain_or_a_wallet_without_sol_is_said_before_anything_is_sent() {
    use work_token_sdk::{Keypair, Pubkey};
    let desk = Desk::new();
    let admin = desk.scenario.admin.key.to_base58_string();
    let pause = format!("network pause --secs 60 --keypair {admin}");
    let of = |reply: Result<Reply>| refusal(reply.map(|reply| Value::Object(reply.data)));
    let bare = Altered::without(&desk.scenario.chain, work_token_sdk::ID);
    for line in [pause.clone(), format!("{pause} --unsigned"), format!("{pause} --dry-run")] {
        let message = of(desk.reply_on(&bare, &line));
        assert!(message.contains("does not have the program") && message.contains("--url"), "{message}");
    }
    let poor = Keypair::new_from_array([77; 32]).to_base58_string();
    let message = of(desk.reply(&format!("network pause --secs 60 --keypair {poor}")));
    assert!(message.contains("has 0 lamports") && message.contains("send it SOL"), "{message}");
    let message = of(desk.reply(&format!("{pause} --fee-payer {poor}")));
    assert!(message.contains("has 0 lamports"), "{message}");
    let elsewhere = Altered::without(&desk.scenario.chain, desk.scenario.network.network);
    let message = of(desk.reply_on(&elsewhere, "network show"));
    assert!(message.contains("there is no Network") && message.contains("--url names another chain"), "{message}");
    let nobody = Pubkey::new_from_array([6; 32]);
    assert!(of(desk.reply(&format!("provider show {nobody}"))).contains("--url names another chain"));
}

#[test]
fn an_outage_is_recorded_once_the_chain_has_lost_time() {
    let desk = Desk::new();
    let keeper = desk.scenario.actor("a keeper", 0);
    assert!(matches!(desk.types(&keeper, "network record-outage"), Err(Failure::TryAgain(_))));
    desk.scenario.chain.turn_to(desk.scenario.chain.now() + 7_200, 10);
    let recorded = desk.types(&keeper, "network record-outage").unwrap();
    assert!(recorded["secs"].as_u64() > Some(7_000), "{recorded}");
    let shown = desk.types_keyless("network show").unwrap();
    assert_eq!(shown["outages"]["all_secs"], recorded["secs"]);
    assert_eq!((&shown["trees"]["jurors"], &shown["juries"]["tree_frozen_until_slot"]), (&Value::Null, &Value::Null));
}

#[test]
fn slot_and_time_are_noted_anew_while_the_clock_has_gained_nothing() {
    let desk = Desk::new();
    let keeper = desk.scenario.actor("a keeper", 0);
    desk.scenario.chain.advance(3_600);
    let noted = desk.types(&keeper, "network refresh-note").unwrap();
    let network = desk.scenario.network_state();
    let found = (noted["noted_slot"].as_u64(), noted["noted_ts"].as_i64());
    assert_eq!(found, (Some(network.outages.noted_slot), Some(network.outages.noted_ts)), "{noted}");
    assert_eq!(network.outages.noted_ts, desk.scenario.chain.now());
    desk.scenario.chain.halt(60);
    let gained = desk.types(&keeper, "network refresh-note");
    assert!(matches!(&gained, Err(Failure::TryAgain(said)) if said.contains("ClockHasGained")), "{gained:?}");
    desk.scenario.chain.advance(3_600);
    desk.types(&keeper, "network refresh-note").unwrap();
}
