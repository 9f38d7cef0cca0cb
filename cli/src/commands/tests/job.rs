//! Clients, operators and seats.

use {
    super::*,
    std::collections::BTreeMap,
    work_token_sdk::{Pubkey, math::Epoch},
};

/// A network in epoch 3 with one class, a drawable tree, three providers that serve the class, a client and a
/// keeper.
pub struct Shop {
    pub desk: Desk,
    pub operators: BTreeMap<Pubkey, Actor>,
    pub client: Actor,
    pub keeper: Actor,
}

impl Shop {
    pub fn open() -> Self {
        let desk = Desk::new();
        let keeper = desk.scenario.actor("a keeper", 0);
        assert_eq!(desk.types(&keeper, "network adopt-trees").unwrap()["trees"].as_array().unwrap().len(), 2);
        desk.a_moment_later();
        assert!(refusal(desk.types(&keeper, "network adopt-trees")).contains("has adopted both trees"));
        let mut operators = BTreeMap::new();
        for name in ["Atlas", "Borealis", "Cascade"] {
            let (owner, provider) = desk.scenario.owner(name, 500, 50_000 * TOKEN).unwrap();
            desk.types(&owner, "provider offer --serve 0:1500000 --serve 1").unwrap();
            operators.insert(provider.provider, desk.scenario.operator_of(&owner));
        }
        let keys: Vec<Pubkey> = operators.keys().copied().collect();
        desk.scenario.go_to_epoch(2);
        desk.scenario.crank_all(&keys).unwrap();
        let rules = desk.reply("class defaults").unwrap().plain.unwrap();
        let file = File::new("class.toml", &rules);
        desk.types(&desk.scenario.admin, &format!("class set --class 0 --rules {}", file.0.display())).unwrap();
        desk.scenario.next_epoch();
        let client = desk.scenario.actor("client", 1_000 * TOKEN);
        Self { desk, operators, client, keeper }
    }

    pub fn create(&self, fee: u64) -> String {
        let line = format!(
            "job create --class 0 --fee {fee} --input-hash {} --from {} --work-secs 3600",
            "ab".repeat(32),
            self.client.tokens
        );
        self.desk.a_moment_later();
        self.desk.types(&self.client, &line).unwrap()["job"].as_str().unwrap().to_owned()
    }

    pub fn cranks(&self, line: &str) -> Result<Value> {
        self.desk.a_moment_later();
        self.desk.types(&self.keeper, &format!("{line} --bounty-to {}", self.keeper.tokens))
    }

    /// Captures and draws. Returns whose seat it is.
    pub fn draw(&self, job: &str) -> &Actor {
        self.desk.scenario.chain.advance_slots(20);
        self.cranks(&format!("job capture {job}")).unwrap();
        let drawn = self.cranks(&format!("job draw {job}")).unwrap();
        assert_eq!(drawn["outcome"], "drawn", "{drawn}");
        &self.operators[&drawn["provider"].as_str().unwrap().parse().unwrap()]
    }

    fn state(&self, job: &str) -> Value {
        self.desk.types_keyless(&format!("job show {job}")).unwrap()["seats"][0]["state"].clone()
    }
}

#[test]
fn a_job_is_paid_for_drawn_verified_done_approved_and_closed() {
    let shop = Shop::open();
    let job = shop.create(2 * TOKEN);
    assert!(matches!(shop.cranks(&format!("job capture {job}")), Err(Failure::TryAgain(_))), "the slot has not come");
    assert!(matches!(shop.cranks(&format!("job draw {job}")), Err(Failure::TryAgain(_))), "no seed");
    let operator = shop.draw(&job);
    assert_eq!(shop.state(&job), "drawn");

    let verified = shop.desk.types_keyless(&format!("job verify {job}")).unwrap();
    assert_eq!(
        (&verified["ok"], &verified["tree_epoch"], &verified["from"]),
        (&true.into(), &3.into(), &"tree".into())
    );
    assert_eq!(verified["leaves"][0]["result"], "drawn");
    assert!(verified["leaves"][0]["number"].as_u64() < verified["total"].as_u64());

    shop.desk.types(operator, &format!("job accept {job}")).unwrap();
    shop.desk
        .types(&shop.client, &format!("job extend {job} --secs 60 --fee-payer {}", operator.key.to_base58_string()))
        .unwrap();
    let submit = format!("job submit {job} --result-hash {}", "cd".repeat(32));
    shop.desk.types(operator, &submit).unwrap();
    assert!(matches!(shop.desk.types(&shop.keeper, &format!("job settle {job}")), Err(Failure::TryAgain(_))));
    shop.desk.types(&shop.client, &format!("job rate {job} --rating 90")).unwrap();
    let before = shop
        .desk
        .scenario
        .chain
        .token_balance(&shop.desk.scenario.network.vault(work_token_sdk::state::VaultKind::Escrow));
    assert!(before >= 2 * TOKEN);
    shop.desk.types(&shop.client, &format!("job approve {job}")).unwrap();
    assert_eq!(shop.state(&job), "settled");
    assert_eq!(shop.desk.types_keyless("network show").unwrap()["vaults"]["escrow"], 0);
    assert!(refusal(shop.desk.types(&shop.client, &format!("job close {job}"))).contains("JobNotOver"));
    shop.desk.scenario.chain.advance(3 * 86_400 + 3_600 + 1);
    shop.desk.types(&shop.client, &format!("job close {job}")).unwrap();
    assert_eq!(shop.desk.types_keyless("job list").unwrap()["count"], 0);
}

#[test]
fn a_job_is_cancelled_for_nothing_but_the_draw_fee_declined_and_expired() {
    let shop = Shop::open();
    let job = shop.create(2 * TOKEN);
    shop.desk.types(&shop.client, &format!("job cancel {job}")).unwrap();
    assert_eq!(shop.state(&job), "cancelled");

    let job = shop.create(3 * TOKEN);
    let operator = shop.draw(&job);
    shop.desk.types(operator, &format!("job decline {job}")).unwrap();
    let drawn = shop.cranks(&format!("job draw {job}")).unwrap();
    assert_eq!(drawn["outcome"], "drawn");
    let client = shop.client.address();
    assert_eq!(shop.desk.types_keyless(&format!("job list --client {client}")).unwrap()["count"], 2);

    assert!(matches!(shop.cranks(&format!("job expire {job}")), Err(Failure::TryAgain(_))));
    shop.desk.scenario.chain.advance(3_700);
    shop.cranks(&format!("job expire {job}")).unwrap();
    assert_eq!(shop.state(&job), "expired");
    assert_eq!(shop.desk.types_keyless("network show").unwrap()["vaults"]["escrow"], 0);
    // Two draw fees of 2 bounties each, and what burned of the first; nothing else left the client.
    let left = shop.desk.scenario.chain.token_balance(&shop.client.tokens);
    assert!(left > 999 * TOKEN && left < 1_000 * TOKEN, "{left}");
}

#[test]
fn crank_brings_jobs_further_by_itself() {
    let shop = Shop::open();
    let job = shop.create(2 * TOKEN);
    shop.desk.scenario.chain.advance_slots(20);
    let cranked = shop.cranks("epoch crank").unwrap();
    let names = steps(&cranked);
    assert!(names.contains(&"capture-seed") && names.contains(&"draw-job"), "{names:?}");
    assert_eq!(shop.state(&job), "drawn");
    shop.desk.scenario.chain.advance(7_200);
    shop.cranks("epoch crank").unwrap();
    assert_eq!(shop.state(&job), "expired");
}

#[test]
fn every_command_on_a_seat_says_what_is_wrong() {
    let shop = Shop::open();
    let job = shop.create(2 * TOKEN);
    let (hash, operator) = ("cd".repeat(32), shop.operators.values().next().unwrap());
    let cases: [(&Actor, String, &str); 14] = [
        (operator, format!("job cancel {job}"), "must sign this"),
        (&shop.client, format!("job extend {job} --secs 999999999"), "extension_secs is"),
        (operator, format!("job accept {job}"), "nobody is drawn yet"),
        (operator, format!("job reveal {job} --result-hash {hash}"), "NotRedundant"),
        (operator, format!("job settle {job}"), "NotSubmitted"),
        (&shop.client, format!("job approve {job}"), "NotSubmitted"),
        (operator, format!("job submit {job} --result-hash {hash}"), "NotAccepted"),
        (operator, format!("job decline {job}"), "NotDrawnForSeat"),
        (&shop.client, format!("job keep-alive {job}"), "NotMetered"),
        (&shop.client, format!("job stop {job}"), "NotMetered"),
        (&shop.client, format!("job claim-credit {job} --to {}", shop.client.tokens), "NoCredit"),
        (&shop.client, format!("job close {job}"), "JobNotOver"),
        (&shop.client, format!("job cancel {job} --seat 1"), "none of number 1"),
        (&shop.client, "class show 7".to_owned(), "no class 7"),
    ];
    let mut other = Vec::new();
    for (who, line, expected) in cases {
        shop.desk.a_moment_later();
        let message = refusal(shop.desk.types(who, &line));
        if !message.contains(expected) {
            other.push(format!("{line}: {message}, not {expected}"));
        }
    }
    assert!(other.is_empty(), "{other:#?}");
    let class = shop.desk.types_keyless("class show 0").unwrap();
    assert_eq!((&class["redundancy"], &class["exposure_factor"]), (&1.into(), &60.into()));
    let dry = shop.desk.types(&shop.client, &format!("job cancel {job} --dry-run")).unwrap();
    assert_eq!(dry["simulated"], true);
    let address = shop.client.address();
    let unsigned = shop.desk.reply(&format!("job cancel {job} --unsigned --authority {address}")).unwrap();
    assert!(unsigned.plain.is_some());
    assert_eq!(shop.state(&job), "open");
}

/// A network of two seats in which a newcomer has challenged the weaker provider, in the second epoch after.
/// Returns the newcomer and its provider.
fn challenged() -> (Desk, Actor, Pubkey) {
    let mut params = NETWORK_PARAMS;
    (params.place_cap_mode, params.most_places) = (1, 2);
    let desk = Desk::with(&ScenarioOptions { params, ..ScenarioOptions::default() });
    for (name, stake) in [("weak", 20_000), ("strong", 40_000)] {
        desk.scenario.register(&desk.scenario.actor(name, stake * TOKEN), 500, stake * TOKEN).unwrap();
    }
    let (newcomer, provider) = desk.scenario.owner("newcomer", 500, 30_000 * TOKEN).unwrap();
    let places = desk.types_keyless("place list").unwrap();
    assert_eq!((&places["cap"], &places["free"], &places["places"][0]["stake"]), (&2.into(), &0.into(), &0.into()));
    assert!(refusal(desk.types(&newcomer, "place take")).contains("NoFreePlace"));
    assert!(refusal(desk.types(&newcomer, "place swap")).contains("ChallengeFallen"));
    desk.scenario.go_to_epoch(2);
    let challenged = desk.types(&newcomer, "place challenge").unwrap();
    let starts_at_ts = |epoch| desk.scenario.network_state().clock().starts_at_ts(Epoch(epoch)).unwrap();
    assert_eq!(challenged["place"], 0);
    assert_eq!(
        (&challenged["swap_from_ts"], &challenged["lapses_ts"]),
        (&starts_at_ts(4).into(), &starts_at_ts(5).into())
    );
    assert!(matches!(desk.types(&newcomer, "place swap"), Err(Failure::TryAgain(_))));
    desk.scenario.next_epoch();
    desk.a_moment_later();
    assert!(
        matches!(desk.types(&newcomer, "place swap"), Err(Failure::TryAgain(_))),
        "not in the epoch after it either"
    );
    desk.scenario.next_epoch();
    (desk, newcomer, provider.provider)
}

#[test]
fn a_keeper_swaps_a_challenged_place() {
    let (desk, _, provider) = challenged();
    let keeper = desk.scenario.actor("a keeper", 0);
    let cranked = desk.types(&keeper, &format!("epoch crank --bounty-to {}", keeper.tokens)).unwrap();
    assert!(steps(&cranked).contains(&"swap-place"), "{cranked}");
    assert_eq!(desk.types_keyless(&format!("provider show {provider}")).unwrap()["state"], "active");
}

#[test]
fn a_newcomer_takes_a_place_from_a_weaker_provider_by_challenge() {
    let (desk, newcomer, provider) = challenged();
    desk.types(&newcomer, "place swap").unwrap();
    let shown = desk.types_keyless(&format!("provider show {provider}")).unwrap();
    assert_eq!(
        (&shown["state"], &shown["place"], &shown["place_from_epoch"]),
        (&"active".into(), &0.into(), &5.into())
    );
}

#[test]
fn an_operator_gives_signs_of_life_and_declares_maintenance() {
    let desk = Desk::new();
    let (owner, _) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    desk.scenario.go_to_epoch(1);
    let operator = desk.scenario.operator_of(&owner);
    desk.types(&operator, "provider heartbeat").unwrap();
    desk.a_moment_later();
    assert!(refusal(desk.types(&operator, "provider heartbeat")).contains("HeartbeatRepeated"));
    let from_ts = desk.scenario.chain.now() + 7_200;
    desk.types(&operator, &format!("provider maintenance --from-ts {from_ts} --secs 3600")).unwrap();
    assert!(refusal(desk.types(&owner, "provider heartbeat")).contains("operates no provider"));
}
