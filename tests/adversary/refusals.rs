//! Every hostile account in every slot of every instruction: refused, for a pinned reason, and nothing
//! changes.

use {
    crate::{
        allowed::{self, OTHER, Outcomes, SAME, Table, UNPAID},
        cases::{self, Case, Slot},
        catalog::{catalog, of_disputes, of_votes},
        chain::{State, name_of},
        variants::{self, Variant},
        world::World,
    },
    solana_sdk::{
        account::{AccountSharedData, ReadableAccount},
        instruction::AccountMeta,
        pubkey::Pubkey,
    },
    std::{collections::BTreeSet, path::PathBuf},
    work_token_sdk::{ID, Instruction},
};

/// Rewrites the table instead of comparing with it.
const UPDATE: &str = "UPDATE_REFUSALS";
const HEADER: &str = "case\tslot\toutcome\tvariants";

#[test]
fn every_instruction_of_the_idl_has_a_case_and_every_slot_the_flags_of_the_sdk() {
    let idl = cases::idl();
    let cases = cases::all();
    let covered: BTreeSet<_> = cases.iter().map(|case| case.instruction).collect();
    assert_eq!(covered, idl.keys().map(String::as_str).collect(), "one case at least for each instruction of the IDLs");
    let mut world = World::new();
    let start = world.chain.snapshot();
    for case in &cases {
        world.chain.restore(&start);
        let instruction = (case.prepare)(&mut world);
        let slots = cases::slots(&idl, case, &instruction);
        for (slot, meta) in slots.iter().zip(&instruction.accounts) {
            // None is given as the program itself, which signs nothing and cannot be written.
            let is_none = slot.optional && meta.pubkey == ID;
            let expected = if is_none { (false, false) } else { (slot.signer, slot.writable) };
            assert_eq!((meta.is_signer, meta.is_writable), expected, "{}: {}", case.name, slot.name);
        }
        world.chain.must(&[instruction]);
    }
}

#[test]
fn every_hostile_account_is_refused_for_its_pinned_reason() {
    pins("refusals.tsv", |case| !case.is_of_votes(), allowed::PROTOCOLS);
}

#[test]
fn every_hostile_account_is_refused_by_the_add_in_for_its_pinned_reason() {
    pins("refusals_votes.tsv", Case::is_of_votes, allowed::ADD_INS);
}

/// Sends every variant of some of the cases; what comes of it is what a file pins and rules allow.
fn pins(file: &str, is_among: fn(&Case) -> bool, rules: &[&[allowed::Rule]]) {
    let cases: Vec<_> = cases::all().into_iter().filter(|case| is_among(case)).enumerate().collect();
    let (even, odd): (Vec<_>, Vec<_>) = cases.iter().copied().partition(|(number, _)| number % 2 == 0);
    let mut table = Table::new();
    std::thread::scope(|scope| {
        let halves = [even, odd].map(|half| scope.spawn(move || run(&half)));
        for half in halves {
            table.extend(half.join().expect("a half of the cases ran through"));
        }
    });
    compare(&table, file);
    allowed::check(&table, &cases, rules);
}

fn run(cases: &[(usize, &Case)]) -> Table {
    let (idl, mut world) = (cases::idl(), World::new());
    let plain = catalog(&world);
    let with = |others| [catalog(&world), others].into_iter().flatten().collect::<Vec<_>>();
    let (disputes, votes) = (with(of_disputes(&world)), with(of_votes(&world)));
    let start = world.chain.snapshot();
    let mut table = Table::new();
    for (number, case) in cases {
        world.chain.restore(&start);
        let valid = (case.prepare)(&mut world);
        let catalog = match case {
            case if case.is_of_disputes() => &disputes,
            case if case.is_of_votes() => &votes,
            _ => &plain,
        };
        let slots = cases::slots(&idl, case, &valid);
        let run = Run::new(&world, &valid, &slots);
        let mut enter = |at: usize, slot: &str, variants: Vec<Variant>| {
            let mut outcomes = Outcomes::new();
            for variant in variants {
                outcomes.entry(run.outcome(&world, &variant)).or_default().push(variant.name);
            }
            table.insert((*number, at), (case.name.into(), slot.into(), outcomes));
        };
        for (at, slot) in slots.iter().enumerate() {
            enter(at, &slot.name, variants::of_slot(&world.chain, &valid, &slots, at, catalog));
        }
        enter(slots.len(), "-", variants::of_all(&valid, catalog));
        world.chain.restore(&run.before);
    }
    table
}

/// A case about to succeed, and what it does when nothing is wrong.
struct Run {
    before: crate::chain::Snapshot,
    state: State,
    done: State,
    /// What the same instruction does for a keeper that gives no account.
    unpaid: Option<State>,
}

impl Run {
    fn new(world: &World, valid: &Instruction, slots: &[Slot]) -> Self {
        let (before, state) = (world.chain.snapshot(), world.chain.state());
        let done = |instruction: &Instruction| {
            world.chain.must(std::slice::from_ref(instruction));
            let done = world.chain.state();
            world.chain.restore(&before);
            done
        };
        let unpaid = slots.iter().position(|slot| slot.name == "keeper_account").map(|at| {
            let mut unpaid = valid.clone();
            unpaid.accounts[at] = AccountMeta::new_readonly(ID, false);
            done(&unpaid)
        });
        Self { done: done(valid), unpaid, before, state }
    }

    /// Sends a variant: why it was refused, after seeing that nothing changed, or what it did.
    fn outcome(&self, world: &World, variant: &Variant) -> String {
        let set = |key: Pubkey, account| {
            world.chain.net.with_svm(|svm| svm.set_account(key, account)).expect("any account can be written")
        };
        let (mut expected, mut original) = (None, None);
        if let Some((key, account)) = &variant.edit {
            original = Some((*key, self.state.get(key).cloned().unwrap_or_default()));
            set(*key, account.clone());
            expected = Some((*key, AccountSharedData::from(account.clone())));
        }
        let result = world.chain.send(std::slice::from_ref(&variant.instruction));
        let after = world.chain.state();
        let outcome = match &result {
            Err(refusal) => {
                let differs = differences(&self.state, &after, expected.as_ref());
                assert!(differs.is_empty(), "{} was refused and changed {differs:?}", variant.name);
                name_of(refusal)
            }
            Ok(()) => {
                let made = expected.as_ref().filter(|(key, _)| !self.state.contains_key(key));
                let like = |done: &State| differences(done, &after, made).is_empty();
                // An account changed in its place beforehand stays as it was changed, when the crank does not
                // use it.
                let kept = |done: &State| differences(done, &after, expected.as_ref()).is_empty();
                match &self.unpaid {
                    _ if like(&self.done) => SAME.into(),
                    Some(unpaid) if like(unpaid) || kept(unpaid) => UNPAID.into(),
                    _ => OTHER.into(),
                }
            }
        };
        if result.is_ok() {
            world.chain.restore(&self.before);
        } else if let Some((key, account)) = original {
            set(key, account.into());
        }
        outcome
    }
}

/// Accounts that differ between two states, but for one whose new content is known. Bytes after an account's
/// own are no difference.
fn differences(before: &State, after: &State, edited: Option<&(Pubkey, AccountSharedData)>) -> Vec<Pubkey> {
    let empty = AccountSharedData::default();
    let expected = |key: &Pubkey| {
        let known = edited.and_then(|(edited, account)| (edited == key).then_some(account));
        known.or_else(|| before.get(key)).unwrap_or(&empty)
    };
    let new = edited.map(|(key, _)| key).into_iter().chain(after.keys()).filter(|key| !before.contains_key(*key));
    let differs = |key: &&Pubkey| !is_alike(expected(key), after.get(*key).unwrap_or(&empty));
    before.keys().chain(new).filter(differs).copied().collect()
}

/// Whether two accounts are the same but for bytes after their own. What nobody wrote is shared, and not
/// compared.
fn is_alike(left: &AccountSharedData, right: &AccountSharedData) -> bool {
    let begins = |long: &[u8], short: &[u8]| short.is_empty() == long.is_empty() && long.starts_with(short);
    let (of_left, of_right) = (left.data(), right.data());
    let gone = left.lamports() == 0 && right.lamports() == 0;
    gone || (left.lamports() == right.lamports()
        && left.owner() == right.owner()
        && (std::ptr::eq(of_left, of_right) || begins(of_left, of_right) || begins(of_right, of_left)))
}

fn compare(table: &Table, file: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("adversary").join(file);
    let lines = table.values().flat_map(|(case, slot, outcomes)| {
        let most = outcomes.values().map(Vec::len).max().unwrap_or(0);
        outcomes.iter().map(move |(outcome, variants)| {
            let shown =
                if variants.len() == most && most > 12 { format!("the other {most}") } else { variants.join(", ") };
            format!("{case}\t{slot}\t{outcome}\t{shown}")
        })
    });
    let found: Vec<_> = std::iter::once(HEADER.to_string()).chain(lines).collect();
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, found.join("\n") + "\n").expect("the table can be written");
        return;
    }
    let pinned = std::fs::read_to_string(&path).unwrap_or_default();
    let pinned: BTreeSet<_> = pinned.lines().collect();
    let found: BTreeSet<_> = found.iter().map(String::as_str).collect();
    let (gone, new): (Vec<_>, Vec<_>) = (pinned.difference(&found).collect(), found.difference(&pinned).collect());
    assert!(gone.is_empty() && new.is_empty(), "{UPDATE}=1 rewrites the table.\npinned: {gone:#?}\nfound: {new:#?}");
}
