//! Every instruction of the program, in a state in which it succeeds.

mod admin;
pub mod attester;
pub mod client;
mod crank;
mod delegator;
pub mod dispute;
pub mod jury;
mod operator;
pub mod place;
mod provider;
pub mod slash;

use {crate::world::World, std::collections::BTreeMap, work_token_sdk::Instruction};

/// One instruction about to succeed.
pub struct Case {
    /// Its name in the table of refusals.
    pub name: &'static str,
    /// The instruction's name in the IDL.
    pub instruction: &'static str,
    /// Brings the world to where it succeeds, and builds it.
    pub prepare: fn(&mut World) -> Instruction,
}

/// A slot of an instruction, as the IDL describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub name: String,
    pub signer: bool,
    pub writable: bool,
    pub optional: bool,
}

pub fn all() -> Vec<Case> {
    let mut cases = admin::cases();
    cases.extend(provider::cases());
    cases.extend(delegator::cases());
    cases.extend(crank::cases());
    cases.extend(client::cases());
    cases.extend(operator::cases());
    cases.extend(place::cases());
    cases.extend(attester::cases());
    cases.extend(of_disputes());
    cases
}

/// Those of disputes and juries, whose slots are filled with the accounts of disputes too.
fn of_disputes() -> Vec<Case> {
    [jury::cases(), dispute::cases(), slash::cases()].into_iter().flatten().collect()
}

impl Case {
    /// Whether it is about disputes or juries.
    pub fn is_of_disputes(&self) -> bool {
        of_disputes().iter().any(|case| case.name == self.name)
    }
}

/// The committed IDL: accounts of every instruction, in order.
pub fn idl() -> BTreeMap<String, Vec<Slot>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../artifacts/idl/work_token.json");
    let text =
        std::fs::read_to_string(path).expect("artifacts/idl/work_token.json exists; `cargo xtask idl` writes it");
    let idl: serde_json::Value = serde_json::from_str(&text).expect("the IDL is JSON");
    let list = |value: &serde_json::Value| value.as_array().expect("a list").clone();
    let name = |value: &serde_json::Value| value["name"].as_str().expect("a name").to_string();
    let flag = |value: &serde_json::Value, flag: &str| value[flag].as_bool().unwrap_or(false);
    list(&idl["instructions"])
        .iter()
        .map(|instruction| {
            let slots = list(&instruction["accounts"]).into_iter().map(|account| Slot {
                name: name(&account),
                signer: flag(&account, "signer"),
                writable: flag(&account, "writable"),
                optional: flag(&account, "optional"),
            });
            (name(instruction), slots.collect())
        })
        .collect()
}

/// What an instruction calls the accounts after the declared ones.
fn rest(instruction: &str) -> &'static str {
    match instruction {
        "create_job" | "close_job" => "seats",
        "draw_job" => "candidates",
        "settle_attesters" => "attesters",
        "settle_ticket" => "claims",
        _ => "providers",
    }
}

/// The slots of a case's instruction: those of the IDL, then those of a batch, a draw or a job's seats.
pub fn slots(idl: &BTreeMap<String, Vec<Slot>>, case: &Case, instruction: &Instruction) -> Vec<Slot> {
    let mut slots = idl[case.instruction].clone();
    for (slot, meta) in slots.iter_mut().zip(&instruction.accounts) {
        // A draw that takes a seat back records an outage first; others leave the network alone.
        slot.writable |= case.instruction == "draw_job" && slot.name == "network" && meta.is_writable;
    }
    for (at, meta) in instruction.accounts.iter().enumerate().skip(slots.len()) {
        let name = format!("{}[{}]", rest(case.instruction), at - idl[case.instruction].len());
        slots.push(Slot { name, signer: false, writable: meta.is_writable, optional: false });
    }
    slots
}
