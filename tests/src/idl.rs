//! The committed IDLs, which say what "every" instruction, account, event and error is.

use {
    serde_json::Value,
    std::{
        collections::{BTreeMap, BTreeSet},
        path::Path,
    },
    work_token_xtask::programs::{CORE, PROGRAMS, Program},
};

/// The committed IDL of the protocol.
pub fn idl() -> Value {
    of(&CORE)
}

/// That of a program.
pub fn of(program: &Program) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(program.idl());
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

/// The discriminators of all `instructions`, `accounts` or `events` of the protocol, by name.
pub fn tags(key: &str) -> BTreeMap<String, [u8; 8]> {
    tags_of(&CORE, key)
}

/// The same of a program.
pub fn tags_of(program: &Program, key: &str) -> BTreeMap<String, [u8; 8]> {
    let byte = |value: &Value| value.as_u64().and_then(|byte| u8::try_from(byte).ok()).expect("a byte");
    let tag = |entry: &Value| -> [u8; 8] {
        let bytes: Vec<u8> = list(entry, "discriminator").iter().map(byte).collect();
        bytes.try_into().expect("8 bytes")
    };
    list(&of(program), key).iter().map(|entry| (name(entry), tag(entry))).collect()
}

/// The instructions of all programs that take an argument whose name has this in it, be it inside a
/// structure.
pub fn taking(part: &str) -> BTreeSet<String> {
    PROGRAMS.iter().map(of).flat_map(|idl| taking_of(&idl, part)).collect()
}

fn taking_of(idl: &Value, part: &str) -> Vec<String> {
    let takes = |instruction: &&Value| list(instruction, "args").iter().any(|arg| has(idl, arg, part));
    list(idl, "instructions").iter().filter(takes).map(name).collect()
}

/// Whether a field, or one of those inside it, has a name with this in it.
fn has(idl: &Value, field: &Value, part: &str) -> bool {
    let defined = field["type"]["defined"]["name"].as_str();
    let of_type = list(idl, "types").iter().find(|known| known["name"].as_str() == defined);
    let fields = of_type.and_then(|known| known["type"]["fields"].as_array());
    name(field).contains(part) || fields.is_some_and(|fields| fields.iter().any(|field| has(idl, field, part)))
}
