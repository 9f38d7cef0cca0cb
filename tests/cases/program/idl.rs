//! The committed IDL says what the program and the interface say, and every discriminator is the hash that
//! Anchor clients compute.

use crate::{program::layouts, *};
use serde_json::Value;
use std::collections::BTreeSet;
use work_token_sdk::interface::{ID, accounts::ACCOUNTS, errors::ERROR_OFFSET, events::Event, tags};
use work_token_tests::idl::{self, idl, list, name};

#[test]
fn the_idl_lists_the_same_accounts_and_events_as_the_interface() {
    assert_eq!(idl()["address"].as_str(), Some(ID.to_string().as_str()));
    let accounts = ACCOUNTS.iter().map(|account| (account.name.to_owned(), account.tag)).collect();
    assert_eq!(idl::tags("accounts"), accounts);
    let events = Event::NAMES.iter().map(|name| ((*name).to_owned(), tags::of_event(name))).collect();
    assert_eq!(idl::tags("events"), events);
}

#[test]
fn every_discriminator_is_computed_from_its_name_and_none_is_used_twice() {
    let mut all = BTreeSet::new();
    let instructions =
        idl::tags("instructions").into_iter().map(|(name, tag)| (tags::of_instruction(&name), name, tag));
    let accounts = idl::tags("accounts").into_iter().map(|(name, tag)| (tags::of_account(&name), name, tag));
    let events = idl::tags("events").into_iter().map(|(name, tag)| (tags::of_event(&name), name, tag));
    for (computed, name, tag) in instructions.chain(accounts).chain(events) {
        assert_eq!(computed, tag, "{name}");
        assert!(all.insert(tag), "{name} shares its discriminator");
    }
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

/// The types that a type of the IDL is made of, itself included.
fn made_of(idl: &Value, kind: &Value, found: &mut BTreeSet<String>) {
    match kind {
        Value::Object(parts) => {
            if let Some(defined) = parts.get("defined")
                && found.insert(name(defined))
            {
                made_of(idl, fields(idl, &name(defined)), found);
            }
            parts.values().for_each(|part| made_of(idl, part, found));
        }
        Value::Array(parts) => parts.iter().for_each(|part| made_of(idl, part, found)),
        _ => (),
    }
}

fn fields<'a>(idl: &'a Value, kind: &str) -> &'a Value {
    &list(idl, "types").iter().find(|entry| name(entry) == kind).expect("every type is listed")["type"]["fields"]
}

#[test]
fn every_account_and_every_part_of_one_has_its_fields_in_the_order_of_the_idl() {
    let idl = idl();
    let mut kinds = BTreeSet::new();
    for account in list(&idl, "accounts") {
        kinds.insert(name(account));
        made_of(&idl, fields(&idl, &name(account)), &mut kinds);
    }
    for kind in kinds {
        let layout = layouts::all().find(|layout| layout.name == kind);
        let layout = layout.unwrap_or_else(|| panic!("{kind} has no layout"));
        let listed: Vec<_> = fields(&idl, &kind).as_array().expect("a struct").iter().map(name).collect();
        assert_eq!(listed, layout.fields.iter().map(|(field, ..)| (*field).to_owned()).collect::<Vec<_>>(), "{kind}");
    }
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
