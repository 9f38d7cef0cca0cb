//! A provider passes to another owner, shares its rewards, and has a key for a class.

use {
    super::*,
    work_token_sdk::state::{Provider, VaultKind},
};

#[test]
fn a_provider_is_proposed_noticed_and_taken_over_and_the_new_owner_runs_it() {
    let desk = Desk::new();
    let (owner, at) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let heir = desk.scenario.actor("heir", 0);
    let (operator, tokens) = (desk.scenario.actor("next operator", 0).address(), heir.tokens);
    let take = format!("provider accept-owner --provider {} --operator {operator} --destination {tokens}", at.provider);
    assert!(refusal(desk.types(&heir, &take)).contains("nobody is proposed"));
    assert!(refusal(desk.types(&owner, "provider propose-owner --withdraw")).contains("nobody is proposed"));
    desk.types(&owner, &format!("provider propose-owner --to {}", heir.address())).unwrap();
    let early = desk.types(&heir, &take);
    assert!(matches!(early, Err(Failure::TryAgain(_))), "{early:?}");
    let shown = desk.types(&owner, "provider show").unwrap();
    assert_eq!((&shown["proposed_owner"]["phase"], &shown["beneficiary"]), (&"notice".into(), &Value::Null));

    desk.scenario.advance(10 * DAY);
    let stranger = desk.scenario.actor("stranger", 0);
    desk.a_moment_later();
    let by_another = take.replace(&tokens.to_string(), &stranger.tokens.to_string());
    assert!(refusal(desk.types(&stranger, &by_another)).contains("NotTheProposedOwner"));
    let more = format!("{take} --min-own-staked 50000000001");
    assert!(refusal(desk.types(&heir, &more)).contains("HandoverTermsBroken"));
    let taken = desk.types(&heir, &take).unwrap();
    assert_eq!((&taken["own_staked"], &taken["liabilities"]), (&50_000_000_000u64.into(), &0.into()));

    let shown = desk.types(&heir, "provider show").unwrap();
    assert_eq!(
        (&shown["owner"], &shown["operator"]),
        (&heir.address().to_string().into(), &operator.to_string().into())
    );
    assert_eq!(shown["proposed_owner"], Value::Null);
    desk.types(&heir, "provider commission --bps 400").unwrap();
    assert!(refusal(desk.types(&owner, "provider retire")).contains("was handed over"));
    desk.types(&heir, &format!("delegate request --provider {} --all", at.provider)).unwrap();
}

#[test]
fn a_beneficiary_agrees_is_paid_moves_and_gives_up_the_rest() {
    let desk = Desk::new();
    let (owner, at) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let (bank, provider) = (desk.scenario.actor("bank", 0), at.provider);
    let until_ts = desk.scenario.chain.now() + 30 * DAY;
    let agree = |quota: u64| {
        let to = bank.tokens;
        format!("provider beneficiary accept --provider {provider} --quota {quota} --until-ts {until_ts} --to {to}")
    };
    assert!(refusal(desk.types(&bank, &agree(7))).contains("nothing is proposed"));
    let terms = format!("--to {} --quota 7 --until-ts {until_ts}", bank.address());
    desk.types(&owner, &format!("provider beneficiary propose {terms}")).unwrap();
    desk.types(&owner, "provider beneficiary propose --withdraw").unwrap();
    assert!(refusal(desk.types(&bank, &agree(7))).contains("NotTheProposedBeneficiary"));
    desk.types(&owner, &format!("provider beneficiary propose {terms}")).unwrap();
    assert!(refusal(desk.types(&bank, &agree(8))).contains("NotTheProposedBeneficiary"));
    desk.types(&bank, &agree(7)).unwrap();
    let shown = desk.types(&owner, "provider show").unwrap();
    assert_eq!((&shown["beneficiary"]["quota_left"], &shown["beneficiary"]["paid"]), (&7.into(), &0.into()));

    desk.scenario.change(&provider, |state: &mut Provider| state.own_claimable += 5);
    desk.scenario.chain.give_tokens(&at.network.vault(VaultKind::Reward), 5);
    desk.types(&bank, &format!("provider claim --provider {provider}")).unwrap();
    assert_eq!(desk.scenario.chain.token_balance(&bank.tokens), 5);
    let purse = desk.scenario.actor("another of the bank", 0).tokens;
    desk.types(&bank, &format!("provider beneficiary destination --provider {provider} --to {purse}")).unwrap();
    assert!(refusal(desk.types(&owner, &format!("provider beneficiary end --provider {provider}"))).contains("6523"));
    let given_up = desk.types(&bank, &format!("provider beneficiary end --provider {provider}")).unwrap();
    assert_eq!(given_up["given_up"], 2);
}

#[test]
fn the_operator_of_a_class_is_named_by_both_and_shown() {
    let desk = Desk::new();
    let (owner, at) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let gpu = desk.scenario.actor("gpu", 0);
    let set = format!("provider operator --class 3 --to {}", gpu.address());
    assert!(refusal(desk.types(&owner, &set)).contains("must sign this"));
    desk.types(&owner, &format!("{set} --fee-payer {}", gpu.key.to_base58_string())).unwrap();
    let shown = desk.types_keyless(&format!("provider show {}", at.provider)).unwrap();
    assert_eq!(shown["class_operators"][0]["operator"], gpu.address().to_string());
    desk.types(&owner, "provider operator --class 3 --none").unwrap();
    let shown = desk.types_keyless(&format!("provider show {}", at.provider)).unwrap();
    assert_eq!(shown["class_operators"].as_array().map(Vec::len), Some(0));
}
