//! Lookup tables, typed command by command: by them a voter votes with more positions than a transaction
//! names in full.

use {
    super::{stake::Realm, *},
    crate::reply::facts,
    base64::{Engine, prelude::BASE64_STANDARD},
    work_token_sdk::{ix, tables::RECENT_SLOTS},
};

/// A realm, carol who is a voter in it with so many positions, and how she votes on a proposal of its owner.
fn crowded(count: u64) -> (Realm, Actor, String) {
    let realm = Realm::found("");
    realm.enter_the_owner();
    let carol = realm.crowd(count);
    let proposed = realm.types(&realm.owner, "propose take-over --title Take-over").unwrap();
    let vote = format!("governance vote {} --choice no", proposed["proposal"].as_str().unwrap());
    (realm, carol, vote)
}

#[test]
fn a_holder_of_sixteen_positions_makes_a_table_and_votes_with_all_of_them_as_others_update_them() {
    let (realm, carol, vote) = crowded(16);
    let (desk, owner) = (&realm.desk, &realm.owner);
    let refused = refusal(desk.types(&carol, &vote));
    assert!(refused.contains("16 positions do not fit one transaction with this: make room with `governance table`"));
    let update = format!("update --holder {}", carol.address());
    let refused = refusal(realm.types(owner, &update));
    assert!(refused.contains(&format!("make room with `governance table --holder {}`", carol.address())), "{refused}");

    let tried = realm.types(&carol, "table --dry-run").unwrap();
    assert_eq!((&tried["transactions"], &tried["steps"][1]["simulated"]), (&2.into(), &"follows another step".into()));
    let made = realm.types(&carol, "table").unwrap();
    assert_eq!((&made["transactions"], &made["added"], &made["addresses"]), (&2.into(), &44.into(), &44.into()));
    let table = made["lookup_table"].as_str().unwrap().to_owned();
    let refused = refusal(realm.types(&carol, "table"));
    assert!(refused.contains(&format!("the lookup table {table} holds all of it already")), "{refused}");

    let updated = realm.types(owner, &update).unwrap();
    assert_eq!((&updated["lookup_table"], &updated["signature"].is_string()), (&table.as_str().into(), &true));
    let by_seven = desk.types(owner, &format!("{vote} --dry-run")).unwrap();
    assert_eq!(by_seven["lookup_table"], Value::Null, "what fits needs none");

    let printed = |encoding: &str| {
        let line = format!("{vote} --unsigned {encoding} --authority {}", carol.address());
        let printed = desk.reply(&line).unwrap();
        assert_eq!(printed.data["lookup_tables"], facts!([table.as_str()]));
        printed.plain.unwrap()
    };
    let message = BASE64_STANDARD.decode(printed("base64")).unwrap();
    assert_eq!((message[0], bs58::decode(printed("base58")).into_vec().unwrap()), (0x80, message), "of version 0");
    let as_vault = format!("--unsigned squads --authority {}", carol.address());
    let wrong = desk.reply(&format!("{vote} --table {table} {as_vault}"));
    assert!(matches!(&wrong, Err(Failure::Usage(why)) if why.contains("squads prints no message that looks up")));
    assert!(refusal(desk.types_keyless(&format!("{vote} {as_vault}"))).contains("16 positions do not fit"));
    let wrong = desk.reply(&format!("governance table --realm {} {as_vault}", realm.name("realm")));
    assert!(matches!(&wrong, Err(Failure::Usage(why)) if why.contains("squads prints no message")), "{wrong:?}");

    let voted = desk.types(&carol, &vote).unwrap();
    assert_eq!(
        (&voted["weight"], &voted["positions_left_out"], &voted["lookup_table"]),
        (&(16_000 * TOKEN).into(), &0.into(), &table.as_str().into())
    );
}

#[test]
fn a_table_is_its_holders_grows_with_the_positions_and_closes_in_two_steps() {
    let (realm, carol, vote) = crowded(8);
    let (desk, owner) = (&realm.desk, &realm.owner);
    let named = |made: &Value| made["lookup_table"].as_str().unwrap().to_owned();
    let made = realm.types(&carol, "table").unwrap();
    let table = named(&made);
    assert_eq!(made["added"], 28);
    let (_, provider) = desk.scenario.owner("another", 500, 50_000 * TOKEN).unwrap();
    let held = desk.scenario.actor("carol", 1_000 * TOKEN);
    desk.scenario.delegate(&held, &provider, 1_000 * TOKEN).unwrap();
    let direct = ix::set_direct(&provider.position(carol.address()), carol.address(), true);
    desk.scenario.send(&[direct], &[&carol]).unwrap();
    realm.types(&carol, &format!("voter add --provider {}", provider.provider)).unwrap();
    let grown = realm.types(&carol, "table").unwrap();
    assert_eq!((named(&grown), &grown["added"], &grown["addresses"]), (table.clone(), &2.into(), &30.into()));

    // Somebody else's table is looked up in where it is named, and is changed by nobody else.
    let others = named(&realm.types(owner, "table").unwrap());
    desk.a_moment_later();
    assert!(
        refusal(desk.types(&carol, &format!("{vote} --table {}", provider.provider))).contains("is no lookup table")
    );
    let by_others = desk.types(&carol, &format!("{vote} --table {others} --dry-run")).unwrap();
    assert_eq!(
        (&by_others["weight"], named(&by_others)),
        (&(8_000 * TOKEN).into(), others.clone()),
        "the realm's part"
    );
    for line in ["table", "table --close"] {
        let refused = refusal(realm.types(&carol, &format!("{line} --table {others}")));
        assert!(refused.contains(&format!("is {}'s, who alone changes it", owner.address())), "{refused}");
    }
    let by_it = desk.types(&carol, &format!("{vote} --table {table} --dry-run")).unwrap();
    assert_eq!((&by_it["weight"], named(&by_it)), (&(8_000 * TOKEN).into(), table.clone()));

    let begun = realm.types(&carol, "table --close").unwrap();
    assert!(named(&begun) == table && begun["next"].as_str().is_some_and(|next| next.contains("the same command")));
    desk.a_moment_later();
    assert!(refusal(desk.types(&carol, &vote)).contains("9 positions do not fit"), "it is passed over");
    assert!(refusal(desk.types(&carol, &format!("{vote} --table {table}"))).contains("was deactivated"));
    let early = realm.types(&carol, "table --close");
    assert!(matches!(&early, Err(Failure::TryAgain(why)) if why.contains("blocks more")), "{early:?}");
    let other = named(&realm.types(&carol, "table").unwrap());
    assert_ne!(other, table, "nothing is added to what ends");

    desk.scenario.chain.advance_slots(RECENT_SLOTS as u64 * 2);
    let closed = realm.types(&carol, &format!("table --close --table {table}")).unwrap();
    assert_eq!((named(&closed), &closed["rent_to"]), (table.clone(), &carol.address().to_string().into()));
    desk.scenario.chain.advance_slots(1);
    let gone = refusal(realm.types(&carol, &format!("table --close --table {table}")));
    assert!(gone.contains(&format!("there is no lookup table at {table}")), "{gone}");
    realm.types(&carol, "table --close").unwrap();
    desk.scenario.chain.advance_slots(RECENT_SLOTS as u64 * 2);
    realm.types(&carol, "table --close").unwrap();
    assert!(refusal(realm.types(&carol, "table --close")).contains("has no lookup table for this realm"));
}
