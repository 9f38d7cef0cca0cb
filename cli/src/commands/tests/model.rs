//! Models, jobs that name them, and what a Squads vault is given to sign.

use {
    super::{job::Shop, *},
    crate::reply::facts,
    base64::{Engine, prelude::BASE64_STANDARD},
    work_token_sdk::squads,
};

#[test]
fn a_model_is_set_named_by_a_job_changed_and_withdrawn() {
    let shop = Shop::open();
    let (desk, admin) = (&shop.desk, &shop.desk.scenario.admin);
    let (first, second) = ("ab".repeat(32), "cd".repeat(32));
    assert!(matches!(desk.types(admin, "model set lamp-7b"), Err(Failure::Usage(_))), "a new model needs a hash");
    let set = desk.types(admin, &format!("model set lamp-7b --hash {first} --uri ipfs://lamp")).unwrap();
    assert_eq!((&set["version"], &set["status"]), (&1.into(), &"offered".into()));

    let create = |more: &str| {
        desk.a_moment_later();
        let line = format!("job create --class 0 --fee 2000000 --input-hash {first} --work-secs 3600 {more}");
        desk.types(&shop.client, &format!("{line} --from {}", shop.client.tokens))
    };
    assert!(refusal(create("--model torch")).contains("no model of this name"));
    let other = refusal(create("--model lamp-7b --model-version 2"));
    assert!(other.contains("OtherModelVersion") && other.contains("version 1 is, and the model is offered"), "{other}");
    let job = create("--model lamp-7b").unwrap();
    assert_eq!((&job["model"], &job["model_version"]), (&set["model"], &1.into()));

    desk.a_moment_later();
    let set = desk.types(admin, &format!("model set lamp-7b --hash {second} --status withdrawn")).unwrap();
    assert_eq!((&set["version"], &set["status"]), (&2.into(), &"withdrawn".into()));
    assert!(refusal(create("--model lamp-7b")).contains("ModelNotOffered"));
    let shown = desk.types_keyless("model show lamp-7b").unwrap();
    assert_eq!((&shown["hash"], &shown["uri"], &shown["version"]), (&second.into(), &"ipfs://lamp".into(), &2.into()));
    assert_eq!(desk.types_keyless("model list").unwrap()["models"][0], shown);

    let named = facts!({ "address": shown["model"], "version": 1, "hash": first });
    let address = job["job"].as_str().unwrap();
    assert_eq!(
        desk.types_keyless(&format!("job show {address}")).unwrap()["model"],
        named,
        "a job keeps what it named"
    );
    assert_eq!(desk.types_keyless("job list").unwrap()["jobs"][0]["model"], named);
    let plain = create("").unwrap();
    assert!(plain["model"].is_null());
}

#[test]
fn a_name_that_is_none_is_wrong_usage() {
    let desk = Desk::new();
    for name in ["Lamp", "l\u{430}mp", "-lamp", &"z".repeat(33)] {
        assert!(matches!(desk.reply(&format!("model show {name}")), Err(Failure::Usage(_))), "{name}");
    }
}

#[test]
fn a_squads_vault_is_given_the_message_of_its_vault_transaction() {
    let desk = Desk::new();
    let vault = squads::vault(&squads::multisig(&work_token_sdk::Pubkey::new_from_array([1; 32])), 0);
    let line = format!("network accept-authority --role guardian --unsigned squads --authority {vault}");
    let reply = desk.reply(&line).unwrap();
    assert_eq!((&reply.data["encoding"], &reply.data["vault"]), (&"squads".into(), &vault.to_string().into()));
    assert_eq!(reply.data["signers"], facts!([vault.to_string()]));
    let network = desk.scenario.network.network;
    let accept = work_token_sdk::ix::accept_authority(&network, vault, work_token_sdk::state::AuthorityRole::Guardian);
    let expected = BASE64_STANDARD.encode(squads::message(&vault, &[accept]).unwrap());
    assert_eq!(reply.plain.unwrap(), expected, "people see the message alone");

    let alone = desk.types(&desk.scenario.admin, "network accept-authority --role guardian --unsigned squads");
    assert!(matches!(alone, Err(Failure::Usage(message)) if message.contains("--authority")));
    let two = desk.reply(&format!("provider register --operator {vault} --commission-bps 100 --unsigned squads"));
    assert!(two.is_err());
}
