//! A realm of deposits becomes one in which stake votes, typed command by command, with the real SPL
//! Governance.

use {
    super::{stake::Realm, *},
    crate::reply::facts,
    work_token_sdk::governance::{self as spl, GovernanceConfig, RealmAddresses, RealmRules},
};

/// Seconds that the realms vote, and that what has won is held up.
const VOTING: i64 = DAY;
const HOLD_UP: i64 = HOUR;
/// How long stake waits in them.
const WAIT: i64 = 3 * DAY;
const TERMS: &str = "--longest-vote-secs 86400";

fn row(from: &str, to: &str, name: &str) -> Value {
    facts!({ "name": name, "from": from, "to": to })
}

/// What is proposed, in words: to join the realm, and both steps with the wait between them.
fn require_both_steps(shown: &Value) {
    let told =
        |transaction: usize, instruction: usize| &shown["transactions"][transaction]["instructions"][instruction];
    assert_eq!(told(0, 0)["terms"]["longest_vote_secs"], VOTING);
    let first = facts!([
        row("are taken, and may be withdrawn", "are not taken, and may be withdrawn", "deposits"),
        row("deposits", "stake", "votes_with"),
    ]);
    assert_eq!(told(1, 0)["changes"], first);
    assert!(told(2, 0)["changes"].to_string().contains("thresholds_of"), "{shown}");
    let executable_ts = |number: usize| shown["transactions"][number]["executable_after_ts"].as_i64().unwrap();
    assert_eq!((executable_ts(1), executable_ts(2)), (executable_ts(0), executable_ts(0) + WAIT));
}

#[test]
fn deposits_decide_that_stake_votes_and_the_second_step_waits_for_what_is_not_counted() {
    let (desk, owner, provider) = Realm::before();
    let alice = desk.scenario.actor("alice", 1_000_000 * TOKEN);
    let create = "governance create-realm --name Workers --yes-percent 60 --voting-secs 86400 --hold-up-secs 3600 \
                  --least-weight 1000000";
    let created = desk.types(&alice, create).unwrap();
    let realm = created["realm"].as_str().unwrap();
    desk.scenario.chain.fund(&created["treasury"].as_str().unwrap().parse().unwrap(), 10_000_000_000);
    let types = |who: &Actor, line: &str| {
        desk.a_moment_later();
        desk.types(who, &format!("governance {line} --realm {realm}"))
    };
    let of = |who: &Actor, line: &str, proposal: &str| {
        desk.a_moment_later();
        desk.types(who, &format!("governance {line} {proposal}"))
    };
    types(&alice, &format!("deposit --amount {} --from {}", 900_000 * TOKEN, alice.tokens)).unwrap();
    assert!(matches!(types(&alice, "propose switch-to-stake --title S --longest-vote-secs 9"), Err(Failure::Usage(_))));
    let by_key = refusal(types(&alice, &format!("switch-to-stake {TERMS}")));
    assert!(by_key.contains("propose it"), "{by_key}");
    let proposed = types(&alice, &format!("propose switch-to-stake --title Switch {TERMS}")).unwrap();
    assert_eq!(proposed["wait_secs"], WAIT);
    let switch = proposed["proposal"].as_str().unwrap();
    let shown = desk.types_keyless(&format!("governance show {switch}")).unwrap();
    require_both_steps(&shown);

    of(&alice, "vote --choice yes", switch).unwrap();
    desk.scenario.advance(VOTING + 1);
    of(&alice, "execute", switch).unwrap();
    // What begins to be voted on before the first step, with deposits, is open at it.
    let proposed = types(&alice, "propose take-over --title Open").unwrap();
    let open = proposed["proposal"].as_str().unwrap();
    of(&alice, "vote --choice yes", open).unwrap();
    desk.scenario.advance(HOLD_UP + 1);
    let executed = of(&alice, "execute", switch).unwrap();
    assert_eq!((&executed["executes"], &executed["held_up"]), (&facts!(2), &facts!(1)));
    let listed = desk.types_keyless(&format!("governance show --realm {realm}")).unwrap();
    assert_eq!(
        (&listed["votes_with"], &listed["thresholds_of"]),
        (&facts!("stake"), &facts!("the realm's part of the supply"))
    );
    assert!(refusal(types(&alice, "propose switch-to-stake --title Again")).contains("deposits do not vote"));
    types(&owner, "voter create").unwrap();
    types(&owner, &format!("voter add --own --provider {}", provider.provider)).unwrap();
    desk.scenario.advance(WAIT);
    match of(&alice, "execute", switch) {
        Err(Failure::TryAgain(why)) => assert!(why.contains(open) && why.contains("count first"), "{why}"),
        other => panic!("votes are measured by another maximum: {other:?}"),
    }
    assert_eq!(of(&alice, "execute", open).unwrap()["counts"], true);
    assert_eq!(of(&alice, "execute", switch).unwrap()["executes"], 1);
    for proposal in [switch, open] {
        of(&alice, "relinquish", proposal).unwrap();
    }
    types(&alice, &format!("withdraw --to {}", alice.tokens)).unwrap();
    assert_eq!(desk.scenario.balance(&alice), 1_000_000 * TOKEN);
    let proposed = types(&owner, "propose take-over --title Stake").unwrap();
    let voted = of(&owner, "vote --choice yes", proposed["proposal"].as_str().unwrap()).unwrap();
    assert_eq!((&voted["weight"], &voted["votes_with"]), (&(50_000 * TOKEN).into(), &"stake".into()));
}

#[test]
fn an_authority_with_a_key_makes_both_steps_itself() {
    let (desk, owner, _) = Realm::before();
    let (scenario, key) = (&desk.scenario, owner.address());
    let at = RealmAddresses::derive(spl::PROGRAM, "Other", scenario.network.mint);
    let governance = at.governance(&scenario.network.network);
    let config = GovernanceConfig::of_community(60, 86_400, 3_600, 1);
    let create = [
        spl::create_realm(&at, key, key, "Other", &RealmRules::by_deposit()),
        spl::create_governance(&governance, scenario.network.network, key, key, None, &config),
    ];
    scenario.send(&create, &[&owner]).unwrap();
    let types = |who: &Actor, line: &str| {
        desk.a_moment_later();
        desk.types(who, &format!("governance {line} --realm {}", at.realm))
    };
    let stranger = scenario.actor("stranger", 0);
    assert!(refusal(types(&stranger, &format!("switch-to-stake {TERMS}"))).contains("it alone may do this"));
    assert!(refusal(types(&owner, "propose switch-to-stake --title S")).contains("not its own authority"));
    let first = types(&owner, &format!("switch-to-stake {TERMS}")).unwrap();
    assert!(first["next"].as_str().is_some_and(|next| next.contains("run this once more")), "{first}");
    let thresholds =
        || desk.types_keyless(&format!("governance show --realm {}", at.realm)).unwrap()["thresholds_of"].clone();
    assert_eq!(thresholds(), "the realm's part of the supply");
    types(&owner, "switch-to-stake").unwrap();
    assert_eq!(thresholds(), "the largest stake of the last epochs, or the least part of the supply");
    assert!(refusal(types(&owner, "switch-to-stake")).contains("deposits do not vote"));
}
