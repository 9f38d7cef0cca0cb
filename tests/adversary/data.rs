//! Instruction data that no client of ours sends: cut, too long, random, of no instruction.

use {
    crate::{
        cases::{self, Slot, Slots},
        causes::{Cause, OURS},
        chain::{Chain, name_of},
        world::World,
    },
    rand::{Rng, RngCore, SeedableRng},
    rand_chacha::ChaCha8Rng,
    std::collections::{BTreeMap, HashMap},
    work_token_sdk::{Instruction, Pubkey},
    work_token_tests::idl::{tags_of, taking},
};

/// What Anchor says of data that is no instruction's, and of arguments that end too early.
const UNREADABLE: &str = "InvalidInstructionData";
/// How the runtime refuses an address that does not follow from a bump of the caller's choice: as a lack of
/// signature, or as failed if no address follows from it at all.
const OF_BUMPS: [&str; 2] = ["PrivilegeEscalation", "ProgramFailedToComplete"];

fn with_data(instruction: &Instruction, data: Vec<u8>) -> Instruction {
    Instruction { data, ..instruction.clone() }
}

fn is_known(name: &str) -> bool {
    Cause::is_named(name) || name == UNREADABLE
}

fn for_each_case(mut test: impl FnMut(&Chain, &cases::Case, &Instruction)) {
    let mut world = World::new();
    let start = world.chain.snapshot();
    for case in cases::all() {
        world.chain.restore(&start);
        let instruction = (case.prepare)(&mut world);
        test(&world.chain, case, &instruction);
    }
}

#[test]
fn arguments_that_end_too_early_are_refused_at_every_byte() {
    for_each_case(|chain, case, valid| {
        for length in 0..valid.data.len() {
            let refusal = chain.refusal(&[with_data(valid, valid.data[..length].to_vec())]);
            assert_eq!(refusal, UNREADABLE, "{} cut to {length} bytes", case.name);
        }
    });
}

/// Anchor ignores what follows the arguments; it cannot change what an instruction does.
#[test]
fn bytes_after_the_arguments_change_nothing() {
    for_each_case(|chain, case, valid| {
        let start = chain.snapshot();
        chain.must(std::slice::from_ref(valid));
        let done = chain.state();
        for extra in [1, 8, 300] {
            chain.restore(&start);
            let mut data = valid.data.clone();
            data.resize(valid.data.len() + extra, 0xa5);
            chain.must(&[with_data(valid, data)]);
            assert_eq!(chain.changes(&done), [], "{} with {extra} more bytes", case.name);
        }
    });
}

/// What begins no data that a program takes: of no instruction of its own, though it may be the other's.
fn foreign(instructions: &BTreeMap<String, [u8; 8]>, rng: &mut ChaCha8Rng) -> Vec<[u8; 8]> {
    let mut unknown: Vec<[u8; 8]> = vec![[0; 8], [0xff; 8]];
    let kinds = ["instructions", "accounts", "events"];
    let tags = OURS.iter().flat_map(|(_, program)| kinds.map(|kind| tags_of(program, kind))).flatten();
    unknown.extend(tags.map(|(_, tag)| tag).filter(|tag| !instructions.values().any(|own| own == tag)));
    unknown.extend((0..50).map(|_| rng.random::<[u8; 8]>()));
    // Every known discriminator with one bit changed.
    unknown.extend(instructions.values().flat_map(|known| {
        (0..64).map(move |bit| {
            let mut changed = *known;
            changed[bit / 8] ^= 1 << (bit % 8);
            changed
        })
    }));
    unknown
}

#[test]
fn data_of_no_instruction_is_refused() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut world = World::new();
    for case in [cases::all()[0], &cases::vote::CASES[0]] {
        let valid = (case.prepare)(&mut world);
        for discriminator in foreign(&instructions()[&valid.program_id], &mut rng) {
            let data = discriminator.into_iter().chain(valid.data[8..].iter().copied()).collect();
            assert_eq!(world.chain.refusal(&[with_data(&valid, data)]), UNREADABLE);
        }
    }
}

/// The instructions of each of our programs.
fn instructions() -> HashMap<Pubkey, BTreeMap<String, [u8; 8]>> {
    OURS.into_iter().map(|(address, program)| (address, tags_of(program, "instructions"))).collect()
}

#[test]
fn the_data_of_every_other_instruction_is_refused_or_harmless() {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let (idl, instructions) = (cases::idl(), instructions());
    for_each_case(|chain, case, valid| {
        let start = chain.snapshot();
        let others = instructions[&valid.program_id].iter().filter(|(name, _)| *name != case.instruction);
        for (name, discriminator) in others {
            let mut data = discriminator.to_vec();
            let mut args = vec![0; 300];
            rng.fill_bytes(&mut args);
            data.extend(args);
            if chain.send(&[with_data(valid, data)]).is_ok() {
                assert!(same_accounts(&idl, case.instruction, name), "the accounts of {} work for {name}", case.name);
                chain.restore(&start);
            }
        }
    });
}

/// Slots of one type, so that an account in either fits the other.
const OF_ONE_TYPE: [&str; 2] = ["candidate", "provider"];

/// Whether the accounts of `left` begin with those of `right`: whoever signs that could as well have sent
/// this.
fn same_accounts(idl: &Slots, left: &str, right: &str) -> bool {
    let fits = |left: &Slot, right: &Slot| {
        let both_sign = left.signer && right.signer;
        let of_one_type = [left, right].iter().all(|slot| OF_ONE_TYPE.contains(&&*slot.name));
        both_sign || of_one_type || left.name == right.name
    };
    idl[right].len() <= idl[left].len()
        && idl[right]
            .iter()
            .zip(&idl[left])
            .all(|(right, left)| fits(left, right) && right.signer <= left.signer && right.writable <= left.writable)
}

#[test]
fn slots_that_count_as_of_one_type_are_slots_of_the_idl_and_none_signs() {
    let idl = cases::idl();
    let slots = |name: &str| idl.values().flatten().filter(|slot| slot.name == name).collect::<Vec<_>>();
    for name in OF_ONE_TYPE {
        let slots = slots(name);
        assert!(!slots.is_empty() && slots.iter().all(|slot| !slot.signer), "{name}");
    }
}

#[test]
fn random_arguments_never_crash_the_program() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let (mut sent, bumps) = (0, taking("bump"));
    for_each_case(|chain, case, valid| {
        let start = chain.snapshot();
        for round in 0..60 {
            let mut data = valid.data.clone();
            match round % 3 {
                0 => rng.fill_bytes(&mut data[8..]),
                1 if data.len() > 8 => {
                    let at = rng.random_range(8..data.len());
                    data[at] = rng.random();
                }
                _ => {
                    let at = rng.random_range(8..=data.len());
                    data[at..].fill(*[0, 0x7f, 0x80, 0xff].get(round / 3 % 4).expect("four"));
                }
            }
            sent += 1;
            let state = chain.state();
            match chain.send(&[with_data(valid, data)]) {
                Ok(()) => chain.restore(&start),
                Err(refusal) => {
                    let name = name_of(&refusal);
                    let bump = bumps.contains(case.instruction) && OF_BUMPS.contains(&name.as_str());
                    assert!(is_known(&name) || bump, "{}: {name}\n{}", case.name, refusal.logs.join("\n"));
                    assert_eq!(chain.changes(&state), [], "{}: a refusal changes nothing", case.name);
                }
            }
        }
    });
    assert!(sent > 2_000);
}
