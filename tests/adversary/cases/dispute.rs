//! Disputes: what parties, payers, the arbiter and anybody do to them.

use {
    super::Case,
    crate::world::*,
    work_token_sdk::{
        DisputeAddresses, Instruction, ix,
        math::dispute::{Phase, Side},
        state::{Dispute, Provider},
    },
};

pub fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "open_dispute",
            instruction: "open_dispute",
            prepare: |world| {
                world.disputable();
                world.open_dispute(&world.case(), &world.c2)
            },
        },
        Case {
            name: "open_dispute, the second of an epoch",
            instruction: "open_dispute",
            prepare: |world| {
                world.disputed();
                second(world)
            },
        },
        Case {
            name: "open_dispute, about conduct",
            instruction: "open_dispute",
            prepare: |world| {
                let at = DisputeAddresses::next_of_conduct(&world.p1, &world.provider(&world.p1), CONDUCT_EPOCH);
                world.open_dispute(&at, &world.c2)
            },
        },
        Case { name: "open_dispute, about a score", instruction: "open_dispute", prepare: |world| score(world).1 },
        Case {
            name: "raise_claim",
            instruction: "raise_claim",
            prepare: |world| {
                world.disputed();
                raise(world, CLAIMED + 1, 20 * BOND)
            },
        },
        Case {
            name: "answer_dispute",
            instruction: "answer_dispute",
            prepare: |world| {
                world.disputed();
                world.answer(&world.case(), &world.o1, BOND)
            },
        },
        Case { name: "answer_dispute, in place of another", instruction: "answer_dispute", prepare: replace },
        Case {
            name: "withdraw_dispute",
            instruction: "withdraw_dispute",
            prepare: |world| {
                world.disputed();
                ix::withdraw_dispute(&world.case(), world.c2.key)
            },
        },
        Case {
            name: "file_evidence",
            instruction: "file_evidence",
            prepare: |world| {
                world.disputed();
                ix::file_evidence(&world.case().dispute, world.attacker.key, [1; 32])
            },
        },
        Case {
            name: "advance_dispute",
            instruction: "advance_dispute",
            prepare: |world| {
                world.stands(CLAIMED);
                ix::advance_dispute(&world.case())
            },
        },
        Case {
            name: "advance_dispute, to its end",
            instruction: "advance_dispute",
            prepare: |world| {
                world.stands(0);
                ix::advance_dispute(&world.disputed_conduct(&world.p1))
            },
        },
        Case {
            name: "fund_appeal",
            instruction: "fund_appeal",
            prepare: |world| {
                world.verdicts(CLAIMED);
                world.fund(&world.case(), &world.d1, Side::Provider, TOKEN)
            },
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
        },
        Case {
            name: "rule_dispute",
            instruction: "rule_dispute",
            prepare: |world| {
                before_the_arbiter(world);
                ix::rule_dispute(&world.case(), world.a.arbiter, CLAIMED)
            },
        },
        Case { name: "prove_fault", instruction: "prove_fault", prepare: prove },
        Case { name: "correct_score", instruction: "correct_score", prepare: correct },
    ]
}

/// Another dispute about the seat, by D2.
pub fn second(world: &World) -> Instruction {
    let seat = world.fixed();
    let at = DisputeAddresses::next_of_seat(&seat, &world.seat(&seat), &world.provider(&world.p1));
    world.open_dispute(&at, &world.d2)
}

/// A dispute about P1's score of the epoch that is to be finalized next.
pub fn score(world: &mut World) -> (DisputeAddresses, Instruction) {
    world.disputable();
    let at = DisputeAddresses::next_of_score(&world.p1, &world.provider(&world.p1), 3);
    let open = world.open_dispute(&at, &world.c2);
    (at, open)
}

/// D2 raises the claim.
pub fn raise(world: &World, severity: u8, bond: u64) -> Instruction {
    let input = ix::RaiseClaim { challenger: world.d2.key, from: world.d2.tokens, severity, bond };
    ix::raise_claim(&world.case(), input)
}

/// D1 covered the dispute about conduct; O1 covers both with more.
fn replace(world: &mut World) -> Instruction {
    world.disputed();
    world.chain.must(&[world.answer(&world.disputed_conduct(&world.p1), &world.d1, BOND)]);
    replace_with(world, 2 * BOND)
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

/// P1's operator signed two results of its seat.
pub fn prove(world: &mut World) -> Instruction {
    world.disputable();
    world.signed_results(&world.fixed(), [[1; 32], [2; 32]]);
    world.prove([[1; 32], [2; 32]])
}

/// A jury found P1's score wrong.
fn correct(world: &mut World) -> Instruction {
    let (at, open) = score(world);
    world.chain.must(&[open]);
    found_wrong(world, &at);
    ix::correct_score(&at)
}

/// Constructs the verdict that a score is wrong.
pub fn found_wrong(world: &World, at: &DisputeAddresses) {
    use work_token_sdk::{math::dispute::Outcome, state::dispute_flags};
    world.edit_dispute(at, |dispute| {
        dispute.machine.phase = Phase::Decided as u8;
        dispute.machine.outcome = Outcome::Upheld as u8;
        dispute.flags |= dispute_flags::FINISHED;
    });
    let provider: Provider = world.read(&at.provider);
    assert!(provider.record(work_token_sdk::math::Epoch(at.epoch)).is_some(), "the provider remembers the epoch");
}
