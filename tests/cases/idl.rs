//! The committed IDL says what the program and the interface say, and every discriminator is the hash that
//! Anchor clients compute.

use crate::{
    layouts::{DELEGATION, EPOCH_POOL, Field, NETWORK, PARAM_CHANGE, PROVIDER, UNBONDING},
    *,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use work_token_sdk::interface::{
    ID,
    errors::ERROR_OFFSET,
    events::Event,
    instructions::{ACCOUNTS, EVENTS, INSTRUCTIONS},
};

type Table = [(&'static str, [u8; 8])];

fn idl() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../artifacts/idl/work_token.json");
    let text = std::fs::read_to_string(path).expect("the IDL is committed; `cargo xtask idl` writes it");
    serde_json::from_str(&text).expect("the IDL is JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("the IDL lists its {key}"))
}

fn name(value: &Value) -> String {
    value["name"].as_str().expect("everything has a name").to_owned()
}

fn discriminators(idl: &Value, key: &str) -> BTreeMap<String, Vec<u8>> {
    let bytes = |value: &Value| -> Vec<u8> {
        let numbers = list(value, "discriminator").iter();
        numbers.map(|byte| byte.as_u64().and_then(|byte| u8::try_from(byte).ok()).expect("a byte")).collect()
    };
    list(idl, key).iter().map(|entry| (name(entry), bytes(entry))).collect()
}

fn table(table: &Table) -> BTreeMap<String, Vec<u8>> {
    table.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}

#[test]
fn the_idl_lists_the_same_instructions_accounts_and_events_as_the_interface() {
    let idl = idl();
    assert_eq!(idl["address"].as_str(), Some(ID.to_string().as_str()));
    assert_eq!(discriminators(&idl, "instructions"), table(INSTRUCTIONS));
    assert_eq!(discriminators(&idl, "accounts"), table(ACCOUNTS));
    assert_eq!(discriminators(&idl, "events"), table(EVENTS));
}

#[test]
fn the_idl_lists_the_same_errors_with_the_same_codes_and_messages() {
    let idl = idl();
    let listed: Vec<_> = list(&idl, "errors")
        .iter()
        .map(|error| (error["code"].as_u64().unwrap(), name(error), error["msg"].as_str().unwrap().to_owned()))
        .collect();
    let own: Vec<_> = E::ALL
        .iter()
        .map(|error| (u64::from(error.code()), error.name().to_owned(), error.message().to_owned()))
        .collect();
    assert_eq!(listed, own);
}

#[test]
fn the_idl_lists_the_fields_of_every_account_in_their_order() {
    let idl = idl();
    let tables: [(&str, &[Field]); 8] = [
        ("Network", NETWORK),
        ("Provider", PROVIDER),
        ("Delegation", DELEGATION),
        ("Unbonding", UNBONDING),
        ("EpochPool", EPOCH_POOL),
        ("ParamChange", PARAM_CHANGE),
        ("Dispute", crate::layouts_disputes::DISPUTE),
        ("Ballot", crate::layouts_disputes::BALLOT),
    ];
    for (account, fields) in tables {
        let listed = list(&idl, "types").iter().find(|kind| name(kind) == account).expect("every account has its type");
        let names: Vec<_> = list(&listed["type"], "fields").iter().map(name).collect();
        assert_eq!(names, fields.iter().map(|(field, ..)| (*field).to_owned()).collect::<Vec<_>>(), "{account}");
    }
}

#[test]
fn every_discriminator_is_the_hash_of_its_name_and_none_is_used_twice() {
    let mut all = std::collections::BTreeSet::new();
    for (prefix, table) in [("global", INSTRUCTIONS), ("account", ACCOUNTS), ("event", EVENTS)] {
        for (name, bytes) in table {
            let hash = Sha256::digest(format!("{prefix}:{name}"));
            assert_eq!(hash[..8], *bytes, "{prefix}:{name}");
            assert!(all.insert(*bytes), "{name} shares its discriminator");
        }
    }
    let names: Vec<_> = EVENTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, Event::NAMES);
}

#[test]
fn error_codes_are_pinned_in_hundreds_and_each_says_its_rule() {
    let mut last = ERROR_OFFSET;
    for error in E::ALL {
        assert!(error.code() > last, "{} follows {last}", error.name());
        assert_eq!(E::from_code(error.code()), Some(*error));
        assert!(error.message().len() > 15, "{} says its rule", error.name());
        last = error.code();
    }
    let pinned = [
        (E::WrongAccountOwner, 6_100),
        (E::NotTheAdmin, 6_200),
        (E::EpochLengthOutOfBounds, 6_250),
        (E::ZeroAmount, 6_300),
        (E::EpochNotOpenable, 6_400),
        (E::NotTheProviderOwner, 6_500),
        (E::OperatorIsOwner, 6_508),
    ];
    for (error, code) in pinned {
        assert_eq!(error.code(), code);
    }
}
