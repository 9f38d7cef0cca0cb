//! What does not fit one transaction: parts that stand alone.

use {
    super::*,
    crate::{
        chain::{each_alone, together},
        reply::facts,
    },
    work_token_sdk::{Pubkey, state::Provider, transactions::Part},
};

/// More providers than one transaction can touch, an epoch after they were registered.
fn many() -> (Desk, Actor, Vec<Part>) {
    let desk = Desk::new();
    for number in 0..40 {
        desk.scenario.owner(&format!("owner {number}"), 500, 10_000 * TOKEN).unwrap();
    }
    desk.scenario.next_epoch();
    let network = desk.scenario.network.network;
    let providers: Vec<Pubkey> =
        desk.scenario.chain.list::<Provider>().into_iter().map(|(provider, _)| provider).collect();
    let touch = |provider: &Pubkey| work_token_sdk::ix::touch_provider(&network, *provider);
    let parts = each_alone(providers.iter().map(touch));
    let keeper = desk.scenario.actor("keeper", 0);
    (desk, keeper, parts)
}

fn submit(desk: &Desk, who: &Actor, chain: &dyn Transport, parts: &[Part], more: &str) -> Result<Reply> {
    let line = format!("work-token provider touch --keypair {} {more}", who.key.to_base58_string());
    let words: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
    let cli = Cli::typed(&words).map_err(|error| Failure::Usage(error.to_string()))?;
    let outbox = cli.outbox();
    let session = Session { chain, options: &cli.options, config: &desk.config, outbox: &outbox, tables: &[] };
    let reply = session.submit_parts(parts, facts!({ "about": "forty" }))?;
    outbox.settle()?;
    Ok(reply)
}

/// How many providers know the present epoch.
fn touched(desk: &Desk) -> usize {
    let now = desk.scenario.epoch();
    desk.scenario.chain.list::<Provider>().iter().filter(|(_, provider)| provider.last_touched_epoch >= now).count()
}

#[test]
fn what_does_not_fit_one_transaction_is_sent_as_several_and_each_stands_alone() {
    let (desk, keeper, parts) = many();
    let chain = &desk.scenario.chain;
    let tried = submit(&desk, &keeper, chain, &parts, "--dry-run").unwrap();
    let messages = submit(&desk, &keeper, chain, &parts, "--unsigned").unwrap().plain.unwrap();
    assert_eq!(touched(&desk), 0, "nothing was sent");
    let steps = tried.data["steps"].as_array().unwrap();
    assert!(steps.len() >= 2 && steps.iter().all(|step| step["simulated"] == true), "{steps:?}");
    assert_eq!((messages.lines().count(), &tried.data["about"]), (steps.len(), &"forty".into()));
    let bytes = |step: &Value| step["asks"]["transaction_bytes"].as_u64().unwrap();
    assert!(steps.iter().all(|step| bytes(step) <= 1_232), "{steps:?}");

    // The answer to the first is lost after it landed: the same command goes on with the rest.
    let lost = Altered::answering(chain, 1);
    assert!(matches!(submit(&desk, &keeper, &lost, &parts, ""), Err(Failure::TryAgain(_))));
    let first = touched(&desk);
    assert!(first > 0 && first < 40, "{first}");
    desk.a_moment_later();
    let done = submit(&desk, &keeper, chain, &parts, "").unwrap();
    assert_eq!((touched(&desk), &done.data["transactions"]), (40, &steps.len().into()));
    let signed = done.data["steps"].as_array().unwrap().iter().all(|step| step["signature"].is_string());
    assert!(signed, "{:?}", done.data);
}

#[test]
fn what_must_stand_in_one_transaction_and_does_not_fit_is_refused_before_anything_is_sent() {
    let (desk, keeper, parts) = many();
    let one = together(parts.into_iter().flat_map(|part| part.instructions));
    let message = match submit(&desk, &keeper, &desk.scenario.chain, std::slice::from_ref(&one), "") {
        Err(Failure::Failed(message)) => message,
        other => panic!("it does not fit: {other:?}"),
    };
    assert!(message.contains("1,232") && touched(&desk) == 0, "{message}");
}
