//! A network that its stake governs, typed command by command, with the real SPL Governance and the add-in.

use {
    super::*,
    crate::reply::facts,
    work_token_sdk::{
        ProviderAddresses, Pubkey,
        governance::{self as spl, GovernanceConfig, RealmAddresses, RealmRules},
        ix, votes,
    },
};

/// A realm whose votes last a day, and its records stand for `standing_slots`.
const REALM: &str = "governance create-realm --name Stake --yes-percent 60 --voting-secs 86400 --hold-up-secs 3600 \
                     --least-weight 1000000 --stake";
/// How long what is new waits in it.
pub const WAIT: i64 = 3 * DAY;

/// A desk with a realm in which stake votes, which has been weighed; and an owner that founded it.
pub struct Realm {
    pub desk: Desk,
    pub owner: Actor,
    pub provider: ProviderAddresses,
    created: Value,
}

impl Realm {
    /// A desk with SPL Governance, the add-in, and a provider whose stake was weighed.
    pub fn before() -> (Desk, Actor, ProviderAddresses) {
        let desk = Desk::new();
        work_token_tests::deploy_governance(&desk.scenario.chain);
        desk.scenario.chain.install_votes().unwrap();
        let (owner, provider) = desk.scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
        desk.scenario.go_to_epoch(2);
        desk.scenario.crank_all(&[provider.provider]).unwrap();
        (desk, owner, provider)
    }

    pub fn found(more: &str) -> Self {
        let (desk, owner, provider) = Self::before();
        let created = desk.types(&owner, &format!("{REALM} {more}")).unwrap();
        assert_eq!(created["votes_with"], "stake");
        desk.scenario.chain.fund(&created["treasury"].as_str().unwrap().parse().unwrap(), 10_000_000_000);
        Self { desk, owner, provider, created }
    }

    pub fn name(&self, field: &str) -> &str {
        self.created[field].as_str().unwrap()
    }

    /// Types a command of the realm.
    pub fn types(&self, who: &Actor, line: &str) -> Result<Value> {
        self.desk.a_moment_later();
        self.desk.types(who, &format!("governance {line} --realm {}", self.name("realm")))
    }

    /// The owner becomes a voter with its own position, and has waited.
    pub fn enter_the_owner(&self) {
        let Self { owner, provider, .. } = self;
        self.types(owner, "voter create").unwrap();
        self.types(owner, &format!("voter add --own --provider {}", provider.provider)).unwrap();
        self.desk.scenario.advance(WAIT + 1);
    }

    /// Votes yes, waits, counts and executes.
    fn decide(&self, proposal: &str) {
        let (desk, owner) = (&self.desk, &self.owner);
        let voted = desk.types(owner, &format!("governance vote {proposal} --choice yes")).unwrap();
        assert_eq!((&voted["weight"], &voted["votes_with"]), (&(50_000 * TOKEN).into(), &"stake".into()));
        desk.scenario.chain.advance(DAY + 1);
        let execute = format!("governance execute {proposal}");
        assert_eq!(desk.types(owner, &execute).unwrap()["counts"], true);
        desk.scenario.chain.advance(HOUR + 1);
        assert_eq!(desk.types(owner, &execute).unwrap()["executes"], 1);
    }

    /// Carol becomes a voter with positions behind so many providers, and has waited.
    pub fn crowd(&self, count: u64) -> Actor {
        let scenario = &self.desk.scenario;
        let carol = scenario.actor("carol", count * 1_000 * TOKEN);
        let key = carol.address();
        self.types(&self.owner, &format!("voter create --holder {key}")).unwrap();
        for number in 0..count {
            let (_, provider) = scenario.owner(&format!("owner {number}"), 500, 50_000 * TOKEN).unwrap();
            scenario.delegate(&carol, &provider, 1_000 * TOKEN).unwrap();
            scenario.send(&[ix::set_direct(&provider.position(key), key, true)], &[&carol]).unwrap();
            self.types(&carol, &format!("voter add --provider {}", provider.provider)).unwrap();
        }
        scenario.advance(i64::from(NETWORK_PARAMS.longest_vote_secs) + 2 * DAY);
        self.types(&carol, "update").unwrap();
        scenario.advance(WAIT + 1);
        carol
    }

    fn take_over(&self) {
        for role in ["arbiter", "admin"] {
            let line = format!("network propose-authority --role {role} --to {}", self.name("treasury"));
            self.desk.types(&self.desk.scenario.admin, &line).unwrap();
        }
        self.desk.scenario.chain.advance(3 * DAY);
        let proposed = self.types(&self.owner, "propose take-over --title Take-over").unwrap();
        self.decide(proposed["proposal"].as_str().unwrap());
    }
}

#[test]
fn stake_takes_a_network_over_and_sets_a_model_and_its_own_terms() {
    let realm = Realm::found("");
    let (desk, owner) = (&realm.desk, &realm.owner);
    realm.enter_the_owner();
    realm.take_over();
    let model = format!("propose model lamp-7b --hash {} --title Lamp", "ab".repeat(32));
    let proposed = realm.types(owner, &model).unwrap();
    assert_eq!((&proposed["version"], &proposed["status"]), (&1.into(), &"offered".into()));
    let proposal = proposed["proposal"].as_str().unwrap();
    let shown = desk.types_keyless(&format!("governance show {proposal}")).unwrap();
    let told = &shown["transactions"][0]["instructions"][0];
    assert_eq!((&told["does"], &told["present"]), (&"sets what a model's name stands for".into(), &Value::Null));
    assert_eq!(told["then"]["name"], "lamp-7b");
    assert_eq!(shown["tally"]["yes_needed"], shown["tally"]["could_vote"].as_u64().unwrap() * 60 / 100);
    realm.decide(proposal);
    assert_eq!(desk.types_keyless("model show lamp-7b").unwrap()["hash"], "ab".repeat(32));

    let proposed = realm.types(owner, "propose registrar --standing-slots 1000 --title Standing").unwrap();
    realm.decide(proposed["proposal"].as_str().unwrap());
    let listed = desk.types_keyless(&format!("governance show --realm {}", realm.name("realm"))).unwrap();
    assert_eq!(listed["votes_with"], "stake");
    assert_eq!(
        listed["stake"]["terms"],
        facts!({ "longest_vote_secs": DAY, "standing_slots": 1_000, "least_max_ppm": 100_000 })
    );
}

#[test]
fn a_voter_is_shown_what_counts_what_waits_and_until_when() {
    let realm = Realm::found("");
    let owner = &realm.owner;
    realm.types(owner, "voter create").unwrap();
    assert!(refusal(realm.types(owner, "voter create")).contains("is a voter of this realm already"));
    assert!(refusal(realm.types(owner, "propose take-over --title T")).contains("your voter has no position"));
    assert!(refusal(realm.types(owner, "update")).contains("the voter has no position"));
    realm.types(owner, &format!("voter add --own --provider {}", realm.provider.provider)).unwrap();
    let shown = realm.types(owner, "voter show").unwrap();
    let ripe_ts = shown["waits_until_ts"].as_i64().unwrap();
    let position = &shown["positions"][0];
    let all = facts!(50_000 * TOKEN);
    assert_eq!((&position["voice_whole"], &position["voice"], &position["waiting"]), (&all, &all, &all));
    assert_eq!(
        (&position["counts"], &position["weight"], &position["update_is_due"]),
        (&facts!(0), &facts!(0), &facts!(false))
    );
    match realm.types(owner, "propose take-over --title T") {
        Err(Failure::TryAgain(message)) => assert!(message.contains(&ripe_ts.to_string()), "{message}"),
        other => panic!("{other:?}"),
    }
    realm.desk.scenario.advance(WAIT);
    let bob = realm.desk.scenario.actor("bob", 0);
    let whose = format!("--holder {}", owner.address());
    let position = realm.types(&bob, &format!("voter show {whose}")).unwrap()["positions"][0].clone();
    assert_eq!((&position["counts"], &position["update_is_due"]), (&all, &facts!(true)));
    realm.types(&bob, &format!("update {whose}")).unwrap();
    let position = realm.types(&bob, &format!("voter show {whose}")).unwrap()["positions"][0].clone();
    assert_eq!((&position["weight"], &position["update_is_due"]), (&all, &facts!(false)));
    let most = realm.types(&bob, "update --max").unwrap();
    assert!(most["max_weight"].as_u64() >= Some(50_000 * TOKEN), "{most}");
    assert!(refusal(realm.types(owner, "update --standing")).contains("StandingRecordsOff"));

    let position = position["position"].as_str().unwrap().to_owned();
    realm.types(owner, &format!("voter remove --position {position}")).unwrap();
    assert_eq!(realm.types(owner, "voter show").unwrap()["count"], 0);
    realm.types(owner, "voter close").unwrap();
    assert!(refusal(realm.types(owner, "voter show")).contains("is no voter of this realm"));
}

#[test]
fn positions_that_do_not_fit_beside_a_vote_vote_by_a_record_that_stands() {
    let realm = Realm::found("--standing-slots 1000");
    let (desk, owner) = (&realm.desk, &realm.owner);
    realm.enter_the_owner();
    let carol = realm.crowd(14);
    let proposed = realm.types(owner, "propose take-over --title Take-over").unwrap();
    let vote = format!("governance vote {} --choice no", proposed["proposal"].as_str().unwrap());
    let refused = refusal(desk.types(&carol, &vote));
    assert!(refused.contains("14 positions do not fit") && refused.contains("update --standing"), "{refused}");
    let refused = refusal(realm.types(&carol, "update --standing"));
    assert!(refused.contains("14 positions do not fit") && refused.contains("voter remove"), "{refused}");
    let by_another = refusal(realm.types(owner, &format!("update --holder {}", carol.address())));
    assert!(by_another.contains("14 positions do not fit"), "{by_another}");
    let shown = realm.types(&carol, "voter show").unwrap();
    let position = shown["positions"][0]["position"].as_str().unwrap();
    realm.types(&carol, &format!("voter remove --position {position}")).unwrap();
    let stands = realm.types(&carol, "update --standing").unwrap();
    assert_eq!(stands["weight"], 13_000 * TOKEN);
    assert_eq!(realm.types(&carol, "voter show").unwrap()["standing_weight"], 13_000 * TOKEN);
    assert_eq!(desk.types(&carol, &vote).unwrap()["weight"], 13_000 * TOKEN);
}

#[test]
fn positions_that_do_not_fit_beside_a_vote_are_left_out_where_they_weigh_nothing_or_the_voter_says_so() {
    let realm = Realm::found("");
    realm.enter_the_owner();
    let carol = realm.crowd(8);
    let proposed = realm.types(&realm.owner, "propose take-over --title Take-over").unwrap();
    let vote = format!("governance vote {} --choice no", proposed["proposal"].as_str().unwrap());
    let refused = refusal(realm.desk.types(&carol, &vote));
    assert!(refused.contains("8 positions do not fit") && refused.contains("--heaviest"), "{refused}");
    let by_seven = realm.desk.types(&carol, &format!("{vote} --heaviest --dry-run")).unwrap();
    assert_eq!((&by_seven["weight"], &by_seven["positions_left_out"]), (&(7_000 * TOKEN).into(), &1.into()));
    // One that returns its voice weighs nothing, and takes no room.
    let first = realm.types(&carol, "voter show").unwrap()["positions"][0]["provider"].as_str().unwrap().to_owned();
    realm.desk.a_moment_later();
    realm.desk.types(&carol, &format!("delegate direct off --provider {first}")).unwrap();
    let voted = realm.desk.types(&carol, &vote).unwrap();
    assert_eq!((&voted["weight"], &voted["positions_left_out"]), (&(7_000 * TOKEN).into(), &0.into()));
    let proposal = format!("governance show {}", proposed["proposal"].as_str().unwrap());
    let shown = realm.desk.reply(&proposal).unwrap();
    let with = shown.data["votes"][0]["with"].as_array().unwrap();
    assert_eq!((with.len(), &with[0]["voice"]), (8, &"of its holder".into()));
    let sheet = shown.plain.unwrap();
    for line in
        ["Take-over: voting", "it takes over an authority", "role: arbiter", "with the voice of its holder behind"]
    {
        assert!(sheet.contains(line), "{line}: {sheet}");
    }
}

/// A realm of the same token whose authority has a key, with this add-in.
fn other_realm(realm: &Realm, add_in: Pubkey) -> RealmAddresses {
    let (scenario, owner, key) = (&realm.desk.scenario, &realm.owner, realm.owner.address());
    let other = RealmAddresses::derive(spl::PROGRAM, "Other", scenario.network.mint);
    let create = spl::create_realm(&other, key, key, "Other", &RealmRules::by_add_in(add_in));
    scenario.send(&[create], &[owner]).unwrap();
    let config = GovernanceConfig::of_community(60, 86_400, 3_600, 1);
    let at = other.governance(&scenario.network.network);
    scenario.send(&[spl::create_governance(&at, scenario.network.network, key, key, None, &config)], &[owner]).unwrap();
    other
}

#[test]
fn a_realm_that_another_program_weighs_is_shown_and_not_voted_in() {
    let realm = Realm::found("");
    let program = Pubkey::new_from_array([77; 32]);
    let other = other_realm(&realm, program).realm;
    let shown = realm.desk.types_keyless(&format!("governance show --realm {other}")).unwrap();
    assert_eq!((&shown["votes_with"], &shown["stake"]), (&format!("what {program} writes").into(), &Value::Null));
    let propose = format!("governance propose take-over --title T --realm {other}");
    let refused = refusal(realm.desk.types(&realm.owner, &propose));
    assert!(refused.contains(&format!("weighed by {program}, which is not known here")), "{refused}");
}

#[test]
fn a_vote_that_outlasts_the_realms_longest_is_refused_before_stake_weighs_nothing_in_it() {
    let realm = Realm::found("");
    let (desk, owner) = (&realm.desk, &realm.owner);
    let too_short = REALM.replace("--stake", "--stake --longest-vote-secs 3600");
    assert!(matches!(desk.types(owner, &too_short), Err(Failure::Usage(_))));
    let other = other_realm(&realm, votes::ID).realm;
    let types = |line: &str| {
        desk.a_moment_later();
        desk.types(owner, &format!("governance {line} --realm {other}"))
    };
    types("registrar create --longest-vote-secs 3600").unwrap();
    types("voter create").unwrap();
    types(&format!("voter add --own --provider {}", realm.provider.provider)).unwrap();
    desk.scenario.advance(WAIT);
    let proposed = types("propose take-over --title T").unwrap();
    let vote = format!("governance vote {} --choice yes", proposed["proposal"].as_str().unwrap());
    let refused = refusal(desk.types(owner, &vote));
    assert!(refused.contains("votes for 86400 seconds, and the realm's longest_vote_secs is 3600"), "{refused}");
}

#[test]
fn everything_that_stake_signs_is_printed_for_a_multisig() {
    let realm = Realm::found("");
    realm.enter_the_owner();
    let (desk, owner, at) = (&realm.desk, &realm.owner, format!("--realm {}", realm.name("realm")));
    let unsigned = |line: &str| {
        let printed = desk.reply(&format!("{line} --unsigned squads --authority {}", owner.address())).unwrap();
        assert!(printed.plain.is_some_and(|plain| !plain.is_empty()), "{line}");
    };
    for line in ["propose take-over --title T", "update", "update --max", "voter close"] {
        unsigned(&format!("governance {line} {at}"));
    }
    let proposed = realm.types(owner, "propose take-over --title T").unwrap();
    unsigned(&format!("governance vote {} --choice yes", proposed["proposal"].as_str().unwrap()));
}

#[test]
fn a_realm_whose_authority_has_a_key_is_joined_and_its_terms_are_set() {
    let realm = Realm::found("");
    let (desk, owner) = (&realm.desk, &realm.owner);
    let other = other_realm(&realm, votes::ID);
    let of_other = |line: &str| desk.types(owner, &format!("governance registrar {line} --realm {}", other.realm));
    let created = of_other("create --longest-vote-secs 86400").unwrap();
    assert_eq!(created["terms"], facts!({ "longest_vote_secs": DAY, "standing_slots": 0, "least_max_ppm": 100_000 }));
    let set = of_other("set --standing-slots 7").unwrap();
    assert_eq!(set["terms"], facts!({ "longest_vote_secs": DAY, "standing_slots": 7, "least_max_ppm": 100_000 }));
    let refused = refusal(realm.types(owner, "registrar set --standing-slots 7"));
    assert!(refused.contains("NotTheRealmAuthority"), "its governance is: {refused}");
}

#[test]
fn terms_of_stake_are_wrong_usage_where_deposits_vote() {
    let realm = Realm::found("");
    let line = REALM.replace("--name Stake", "--name Deposits").replace("--stake", "--standing-slots 5");
    assert!(matches!(realm.desk.types(&realm.owner, &line), Err(Failure::Usage(_))));
}

#[test]
fn who_is_no_voter_or_has_no_such_position_is_told_so_and_what_to_do() {
    let realm = Realm::found("");
    let owner = &realm.owner;
    let bob = realm.desk.scenario.actor("bob", 10 * TOKEN);
    let (provider, own) = (realm.provider.provider, realm.provider.own_position);
    let refused = |who: &Actor, said: &str, line: &str| {
        let refusal = refusal(realm.types(who, line));
        assert!(refusal.contains(said), "{line}: {refusal}");
    };
    refused(&bob, "nothing is deposited in this realm", &format!("deposit --amount 5 --from {}", bob.tokens));
    let add = format!("voter add --provider {provider}");
    let remove = format!("voter remove --position {own}");
    for line in
        ["voter show", "voter close", "update", "update --standing", "propose take-over --title T", &add, &remove]
    {
        refused(&bob, "is no voter of this realm: `governance voter create`", line);
    }
    refused(&bob, "is no voter of this realm", &format!("update --holder {}", owner.address()));
    realm.types(&bob, "voter create").unwrap();
    refused(&bob, "is a voter of this realm already", "voter create");
    refused(&bob, "there is no Delegation at", &add);
    refused(&bob, "the add-in of votes refused: NotTheHolder (7021)", &format!("{add} --own"));
    refused(&bob, "PositionNotListed (7024)", &remove);
    refused(&bob, "StandingRecordsOff (7044)", "update --standing");
    for line in ["registrar create", "registrar set --standing-slots 5"] {
        refused(&bob, "NotTheRealmAuthority (7001)", line);
    }
    realm.types(owner, "voter create").unwrap();
    realm.types(owner, &format!("{add} --own")).unwrap();
    refused(owner, "PositionListed (7023)", &format!("{add} --own"));
}
