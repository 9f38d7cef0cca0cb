//! Every error code of both programs is provoked, or said to be out of reach and why.

mod account;
mod dispute;
mod epoch;
mod job;
mod jury;
mod network;
mod parameters;
mod place;
mod position;
mod provider;
mod score;
mod seat;
mod slash;
mod vote;

use {
    crate::{causes::Cause, world::World},
    std::collections::BTreeSet,
    work_token_sdk::{Instruction, WorkTokenError as E},
};

/// Provokes an error: brings the world to where it arises and builds the instruction.
pub type Provoke = fn(&mut World) -> Instruction;

/// Codes that no state and no instruction of this version leads to.
const OUT_OF_REACH: &[(E, &str)] =
    &[(E::ChangeNotNext, "the change's address holds its number, so that another number is WrongAddress")];

#[test]
fn every_error_code_is_provoked() {
    let mut world = World::new();
    let start = world.chain.snapshot();
    let (mut provoked, mut wrong) = (BTreeSet::new(), Vec::new());
    let all = [
        account::CODES,
        dispute::CODES,
        epoch::CODES,
        job::CODES,
        jury::CODES,
        network::CODES,
        parameters::CODES,
        place::CODES,
        position::CODES,
        provider::CODES,
        score::CODES,
        seat::CODES,
        slash::CODES,
        job::CLASSES,
    ]
    .concat();
    let all = all.into_iter().map(|(error, provoke)| (Cause::from(error), provoke));
    let of_votes = vote::CODES.iter().map(|(error, provoke)| (Cause::from(*error), *provoke));
    for (number, (cause, provoke)) in all.chain(of_votes).enumerate() {
        world.chain.restore(&start);
        let instruction = provoke(&mut world);
        let found = world.chain.refused_as(&[instruction]);
        if found.as_deref() != Some(cause.name) {
            wrong.push((number, cause.name, found));
        }
        provoked.insert(cause.code);
    }
    assert!(wrong.is_empty(), "number, error, what was found: {wrong:#?}");
    let out_of_reach: BTreeSet<_> = OUT_OF_REACH.iter().map(|(error, _)| error.code()).collect();
    assert_eq!(provoked.intersection(&out_of_reach).count(), 0);
    let missing: Vec<_> =
        Cause::all().filter(|cause| !provoked.contains(&cause.code) && !out_of_reach.contains(&cause.code)).collect();
    assert!(missing.is_empty(), "nobody provokes {missing:?}");
}

/// An instruction with another account in one of its slots.
pub fn with(mut instruction: Instruction, slot: usize, key: work_token_sdk::Pubkey) -> Instruction {
    instruction.accounts[slot].pubkey = key;
    instruction
}

/// An instruction with other argument bytes.
pub fn with_args(mut instruction: Instruction, args: &[u8]) -> Instruction {
    instruction.data.truncate(8);
    instruction.data.extend_from_slice(args);
    instruction
}
