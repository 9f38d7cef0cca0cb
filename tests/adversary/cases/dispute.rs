//! Disputes: what parties, payers, the arbiter and anybody do to them.

use {
    super::{
        Case,
        Repeat::{Again, Once},
        Sender::{Anybody, Entitled},
    },
    crate::world::*,
    work_token_sdk::{
        DisputeAddresses, Instruction,
        commit::SealedOpening,
        ix,
        math::dispute::{Phase, Side},
        state::Dispute,
    },
};

pub const CASES: &[Case] = &[
    Case {
        name: "commit_dispute",
        instruction: "commit_dispute",
        prepare: |world| {
            world.disputable();
            let (at, deposit) = (world.case(), world.bond_for(&world.case(), CLAIMED));
            world.commit_opening(&at, &world.sealed(&at, &world.c2, CLAIMED), deposit)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "lapse_opening",
        instruction: "lapse_opening",
        prepare: |world| {
            world.sealed_openings();
            world.chain.net.advance(HOUR + 1);
            lapse(world)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "open_dispute",
        instruction: "open_dispute",
        prepare: |world| {
            world.sealed_openings();
            world.open_again(&world.case(), &world.c2, CLAIMED)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "open_dispute, the second of an epoch",
        instruction: "open_dispute",
        prepare: |world| {
            world.disputed();
            second(world)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "open_dispute, about conduct",
        instruction: "open_dispute",
        prepare: |world| {
            let at = conduct(world, CONDUCT_EPOCH);
            world.open_dispute(&at, &world.c2)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "raise_claim",
        instruction: "raise_claim",
        prepare: |world| {
            world.disputed();
            let at = world.case();
            let required = world.bond_to_raise(&at, CLAIMED + 1);
            for who in [world.c2, world.d2] {
                world.chain.must(&[world.commit_opening(&at, &raised(world, &who), required + required / 20)]);
            }
            raise_again(world, CLAIMED + 1)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "answer_dispute",
        instruction: "answer_dispute",
        prepare: |world| {
            world.disputed();
            world.answer(&world.case(), &world.o1, world.bonds(&world.case()))
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "answer_dispute, in place of another",
        instruction: "answer_dispute",
        prepare: replace,
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "withdraw_dispute",
        instruction: "withdraw_dispute",
        prepare: |world| {
            world.disputed();
            ix::withdraw_dispute(&world.case(), world.c2.key, 0)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "file_evidence",
        instruction: "file_evidence",
        prepare: |world| {
            world.disputed();
            ix::file_evidence(&world.case().dispute, world.attacker.key, [1; 32])
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "advance_dispute",
        instruction: "advance_dispute",
        prepare: |world| {
            world.stands(CLAIMED);
            ix::advance_dispute(&world.case())
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "advance_dispute, to its end",
        instruction: "advance_dispute",
        prepare: |world| {
            world.stands(0);
            ix::advance_dispute(&world.disputed_conduct(&world.p1))
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "fund_appeal",
        instruction: "fund_appeal",
        prepare: |world| {
            world.verdicts(CLAIMED);
            world.fund(&world.case(), &world.d1, Side::Provider, TOKEN)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "fund_appeal, again",
        instruction: "fund_appeal",
        prepare: |world| {
            world.verdicts(CLAIMED);
            for at in world.all_disputes() {
                world.chain.must(&[world.fund(&at, &world.d1, Side::Provider, TOKEN)]);
            }
            world.fund(&world.case(), &world.d1, Side::Provider, TOKEN)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "rule_dispute",
        instruction: "rule_dispute",
        prepare: |world| {
            before_the_arbiter(world);
            ix::rule_dispute(&world.case(), world.a.arbiter, CLAIMED)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case { name: "prove_fault", instruction: "prove_fault", prepare: prove, sender: Entitled, repeat: Once },
];

/// Another dispute about the seat, by D2.
pub fn second(world: &World) -> Instruction {
    let seat = world.fixed();
    let at =
        DisputeAddresses::next_of_seat(&seat, &world.seat(&seat), &world.provider(&world.p1), world.chain.net.now());
    world.open_dispute(&at, &world.d2)
}

/// The next dispute about P1's conduct in an epoch.
pub fn conduct(world: &World, epoch: u32) -> DisputeAddresses {
    DisputeAddresses::next_of_conduct(&world.p1, &world.provider(&world.p1), epoch, world.chain.net.now())
}

/// The deposit of C2's commitment to the dispute of the fixed seat returns, once its time has passed.
pub fn lapse(world: &World) -> Instruction {
    let opening = world.sealed(&world.case(), &world.c2, CLAIMED).address().0;
    ix::lapse_opening(&world.a.at, opening, world.c2.key, world.c2.tokens)
}

/// What somebody seals that will raise the claim on the fixed seat by one.
pub fn raised(world: &World, who: &Person) -> SealedOpening {
    SealedOpening::raise(&world.case(), who.key, CLAIMED + 1, OPENING_SALT)
}

/// D2 raises the claim with a deposit, once it has committed to it.
pub fn raise(world: &World, severity: u8, deposit: u64) -> Instruction {
    let sealed = SealedOpening::raise(&world.case(), world.d2.key, severity, OPENING_SALT);
    world.chain.must(&[world.commit_opening(&world.case(), &sealed, deposit)]);
    raise_again(world, severity)
}

/// D2 raises the claim as it committed to.
pub fn raise_again(world: &World, severity: u8) -> Instruction {
    let (challenger, refund_to) = (world.d2.key, world.d2.tokens);
    ix::raise_claim(&world.case(), ix::RaiseClaim { challenger, refund_to, severity, salt: OPENING_SALT })
}

/// What covers both of P1's disputes.
pub fn cover(world: &World) -> u64 {
    world.bonds(&world.case()).max(world.bonds(&world.disputed_conduct(&world.p1)))
}

/// D1 covered the dispute about conduct.
pub fn covered(world: &mut World) {
    world.disputed();
    world.chain.must(&[world.answer(&world.disputed_conduct(&world.p1), &world.d1, cover(world))]);
}

/// O1 covers both with more.
fn replace(world: &mut World) -> Instruction {
    covered(world);
    replace_with(world, cover(world) + 1)
}

pub fn replace_with(world: &World, bond: u64) -> Instruction {
    let input =
        ix::AnswerDispute { answerer: world.o1.key, from: world.o1.tokens, bond, refund_to: Some(world.d1.tokens) };
    ix::answer_dispute(&world.case(), input)
}

/// Constructs that it is the arbiter's turn in all disputes.
pub fn before_the_arbiter(world: &mut World) {
    world.answered();
    let until_ts = world.chain.net.now() + DAY;
    for at in world.all_disputes() {
        world.edit_dispute(&at, |dispute: &mut Dispute| {
            dispute.machine.phase = Phase::Arbiter as u8;
            dispute.machine.until_work_ts = until_ts;
        });
    }
}

/// P1's operator signed two results of its seat, and C2 committed to showing them.
pub fn prove(world: &mut World) -> Instruction {
    world.disputable();
    world.signed_results(&world.fixed(), [[1; 32], [2; 32]]);
    world.chain.must(&[world.commit_proof([1; 32], 105 * TOKEN)]);
    world.prove([[1; 32], [2; 32]])
}
