//! The committed IDL, which says what "every" instruction, account, event and error is.

use {serde_json::Value, std::collections::BTreeMap};

/// The committed IDL.
pub fn idl() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../artifacts/idl/work_token.json");
    let text = std::fs::read_to_string(path).expect("the IDL is committed; `cargo xtask idl` writes it");
    serde_json::from_str(&text).expect("the IDL is JSON")
}

/// One of its lists, or of a part of it.
pub fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("the IDL lists {key}"))
}

/// The name of an entry of a list.
pub fn name(value: &Value) -> String {
    value["name"].as_str().expect("everything has a name").to_owned()
}

/// The discriminators of all `instructions`, `accounts` or `events`, by name.
pub fn tags(key: &str) -> BTreeMap<String, [u8; 8]> {
    let byte = |value: &Value| value.as_u64().and_then(|byte| u8::try_from(byte).ok()).expect("a byte");
    let tag = |entry: &Value| -> [u8; 8] {
        let bytes: Vec<u8> = list(entry, "discriminator").iter().map(byte).collect();
        bytes.try_into().expect("8 bytes")
    };
    list(&idl(), key).iter().map(|entry| (name(entry), tag(entry))).collect()
}
