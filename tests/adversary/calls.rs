//! Calls from another program: the whole world lived once more by people that are addresses of a program,
//! which signs for them. Whoever signs an instruction may be such an address (network-authority-3).

use {
    crate::{callers, cases, chain::name_of, world::World},
    std::collections::{BTreeMap, BTreeSet},
};

/// A signer's slot of an instruction.
type Slot = (String, String);

/// What cannot be called: case, why it is refused, and the reason.
const REFUSED: &[(&str, &str, &str)] = &[(
    "prove_fault",
    "runtime 0",
    "an operator that is a program's address signs no result, so nothing proves a fault of it by its signatures",
)];

/// Slots that no case signs: instruction, slot, and the reason.
const UNSIGNED: &[(&str, &str, &str)] =
    &[("rate_job", "operator", "an account of what extend_job shares with it; nobody but the client rates")];

/// Every case called: the slots that the program signed for where it was accepted, and the refusals.
fn called(keys: &'static [&'static str]) -> (BTreeSet<Slot>, BTreeMap<&'static str, String>) {
    callers::instead_of_keys(keys, || {
        let (idl, mut world) = (cases::idl(), World::new());
        let start = world.chain.snapshot();
        let (mut signed, mut refused) = (BTreeSet::new(), BTreeMap::new());
        for case in cases::all() {
            world.chain.restore(&start);
            let instruction = (case.prepare)(&mut world);
            match world.chain.send(std::slice::from_ref(&instruction)) {
                Err(refusal) => drop(refused.insert(case.name, name_of(&refusal))),
                Ok(()) => {
                    let slots = idl[case.instruction].iter().zip(&instruction.accounts);
                    let by_program = slots.filter(|(_, meta)| meta.is_signer && !world.chain.can_sign(&meta.pubkey));
                    signed.extend(by_program.map(|(slot, _)| (case.instruction.to_owned(), slot.name.clone())));
                }
            }
        }
        (signed, refused)
    })
}

/// Every slot of the IDL that signs.
fn signing() -> BTreeSet<Slot> {
    let of = |(name, slots): (String, Vec<cases::Slot>)| {
        slots.into_iter().filter(|slot| slot.signer).map(move |slot| (name.clone(), slot.name)).collect::<Vec<_>>()
    };
    cases::idl().into_iter().flat_map(of).collect()
}

// network-authority-3
#[test]
fn every_instruction_can_be_called_and_every_signer_be_an_address_of_a_program() {
    let (signed, refused) = called(&[]);
    let expected: BTreeMap<_, _> = REFUSED.iter().map(|(case, error, _)| (*case, (*error).to_owned())).collect();
    assert_eq!(refused, expected);
    // Where the operator has a key, its challenger may be an address of a program too.
    let (of_challengers, refused) = called(&["operator P1"]);
    assert_eq!(refused, BTreeMap::new());
    let signed: BTreeSet<Slot> = signed.union(&of_challengers).cloned().collect();
    let without: BTreeSet<Slot> = signing().difference(&signed).cloned().collect();
    let expected = UNSIGNED.iter().map(|(name, slot, _)| ((*name).to_owned(), (*slot).to_owned())).collect();
    assert_eq!(without, expected, "nobody called these for a signer");
}
