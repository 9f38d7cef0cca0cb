//! Every instruction of both programs, in a state in which it succeeds.

pub mod dispute;
pub mod epoch;
pub mod job;
pub mod jury;
pub mod network;
pub mod place;
pub mod position;
pub mod provider;
pub mod score;
pub mod slash;
pub mod vote;

use {
    crate::world::World,
    std::collections::{BTreeMap, BTreeSet},
    work_token_sdk::Instruction,
    work_token_tests::idl::{self, list, name},
    work_token_xtask::programs::PROGRAMS,
};

/// One instruction about to succeed.
pub struct Case {
    /// Its name in the table of refusals.
    pub name: &'static str,
    /// The instruction's name in the IDL.
    pub instruction: &'static str,
    /// Brings the world to where it succeeds, and builds it.
    pub prepare: fn(&mut World) -> Instruction,
    /// Who may send it.
    pub sender: Sender,
    /// Whether it may be sent again at once.
    pub repeat: Repeat,
}

/// Who may send an instruction in the state of its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Whom an account of it names, or who pays for what it does.
    Entitled,
    /// Whoever wants to: it pays nobody but whom it was fixed to pay, and the sender a keeper's bounty at
    /// most.
    Anybody,
}

/// What becomes of an instruction that is sent twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// The second time it is refused.
    Once,
    /// It is accepted again: it sets what is set, or does more of what it did.
    Again,
    /// The second is another draw, which the same accounts can fit.
    ByChance,
}

/// A slot of an instruction, as the IDL describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub name: String,
    pub signer: bool,
    pub writable: bool,
    pub optional: bool,
}

/// The slots of every instruction, in order.
pub type Slots = BTreeMap<String, Vec<Slot>>;

pub fn all() -> Vec<&'static Case> {
    let others =
        [network::CASES, epoch::CASES, provider::CASES, position::CASES, place::CASES, job::CASES, score::CASES];
    others.into_iter().chain(OF_DISPUTES).chain([vote::CASES]).flatten().collect()
}

/// Those of disputes and juries, whose slots are filled with the accounts of disputes too.
const OF_DISPUTES: [&[Case]; 3] = [jury::CASES, dispute::CASES, slash::CASES];

impl Case {
    /// Whether it is about disputes or juries.
    pub fn is_of_disputes(&self) -> bool {
        OF_DISPUTES.into_iter().flatten().any(|case| case.name == self.name)
    }

    /// Whether it is the add-in's, whose slots are filled with the accounts of votes too.
    pub fn is_of_votes(&self) -> bool {
        vote::CASES.iter().any(|case| case.name == self.name)
    }
}

/// Of the committed IDLs: accounts of every instruction, in order. No two programs have one of the same name.
pub fn idl() -> Slots {
    let flag = |value: &serde_json::Value, flag: &str| value[flag].as_bool().unwrap_or(false);
    let slot = |account: &serde_json::Value| Slot {
        name: name(account),
        signer: flag(account, "signer"),
        writable: flag(account, "writable"),
        optional: flag(account, "optional"),
    };
    let slots = |instruction: &serde_json::Value| list(instruction, "accounts").iter().map(slot).collect();
    let mut all = Slots::new();
    for idl in PROGRAMS.iter().map(idl::of) {
        for instruction in list(&idl, "instructions") {
            let known = all.insert(name(instruction), slots(instruction));
            assert_eq!(known, None, "{} of two programs", name(instruction));
        }
    }
    all
}

/// What instructions call the accounts after the declared ones, which no IDL lists.
const REST: [(&str, &str); 9] = [
    ("close_job", "seats"),
    ("create_job", "seats"),
    ("draw_job", "candidates"),
    ("score_providers", "providers"),
    ("settle_attesters", "attesters"),
    ("settle_providers", "providers"),
    ("settle_ticket", "claims"),
    ("update_voter_weight", "positions"),
    ("weigh_providers", "providers"),
];

/// What an instruction calls them.
fn rest(instruction: &str) -> &'static str {
    let found = REST.iter().find(|(known, _)| *known == instruction);
    found.unwrap_or_else(|| panic!("REST says what {instruction} calls the accounts after the declared ones")).1
}

#[test]
fn whoever_takes_accounts_after_the_declared_ones_and_nobody_else_says_what_they_are() {
    let idl = idl();
    let mut world = World::new();
    let start = world.chain.snapshot();
    let mut taking = BTreeSet::new();
    for case in all() {
        world.chain.restore(&start);
        if (case.prepare)(&mut world).accounts.len() > idl[case.instruction].len() {
            taking.insert(case.instruction);
        }
    }
    assert_eq!(taking, REST.iter().map(|(instruction, _)| *instruction).collect());
}

/// The slots of a case's instruction: those of the IDL, then those of a batch, a draw, a job's seats or a
/// voter's positions.
pub fn slots(idl: &Slots, case: &Case, instruction: &Instruction) -> Vec<Slot> {
    let mut slots = idl[case.instruction].clone();
    for (slot, meta) in slots.iter_mut().zip(&instruction.accounts) {
        // A draw that takes a seat back records an outage first; others leave the network alone.
        slot.writable |= case.instruction == "draw_job" && slot.name == "network" && meta.is_writable;
        // A holder that signs need not pass all of its positions.
        slot.signer |= case.instruction == "update_voter_weight" && slot.name == "holder" && meta.is_signer;
    }
    let declared = slots.len();
    for (number, meta) in instruction.accounts.iter().skip(declared).enumerate() {
        let name = match case.instruction {
            "update_voter_weight" => vote::behind(instruction, number),
            other => format!("{}[{number}]", rest(other)),
        };
        slots.push(Slot { name, signer: false, writable: meta.is_writable, optional: false });
    }
    slots
}
