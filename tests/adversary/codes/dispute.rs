//! 90x to 95x: disputes, from the commitment to the verdict.

use {
    super::{Provoke, with},
    crate::{cases::dispute::*, world::*},
    work_token_sdk::{Instruction, WorkTokenError as E, ix, math::dispute::Side},
};

pub const CODES: &[(E, Provoke)] = &[
    (E::UnknownDisputeKind, |world| with_byte(open(world), 8, 3)),
    (E::UnknownSeverity, |world| opened(world, 0)),
    (E::UnknownSeverity, |world| opened(world, 6)),
    (E::WrongOpening, |world| {
        // Another severity than was committed to.
        with_byte(open(world), 9, CLAIMED + 1)
    }),
    (E::WrongOpening, |world| {
        // Another's commitment to the same.
        world.sealed_openings();
        let commitment = world.sealed(&world.case(), &world.d2, CLAIMED).address().0;
        with(world.open_again(&world.case(), &world.c2, CLAIMED), 3, commitment)
    }),
    (E::WrongOpening, |world| {
        // A commitment to raise proves nothing.
        let prove = prove(world);
        let sealed = raised(world, &world.c2);
        world.chain.must(&[world.commit_opening(&world.case(), &sealed, 100 * TOKEN)]);
        with(prove, 3, sealed.address().0)
    }),
    (E::WrongOpening, |world| {
        world.disputed();
        let required = world.bond_to_raise(&world.case(), CLAIMED + 1);
        with_byte(raise(world, CLAIMED + 1, required), 8, CLAIMED + 2)
    }),
    (E::OpeningExpired, |world| {
        let open = open(world);
        world.chain.net.advance(HOUR + 1);
        open
    }),
    (E::OpeningExpired, |world| {
        let prove = prove(world);
        world.chain.net.advance(HOUR + 1);
        prove
    }),
    (E::OpeningExpired, |world| {
        world.disputed();
        let raise = raise(world, CLAIMED + 1, world.bond_to_raise(&world.case(), CLAIMED + 1));
        world.chain.net.advance(HOUR + 1);
        raise
    }),
    (E::OpeningPending, |world| {
        world.sealed_openings();
        world.chain.net.advance(HOUR);
        lapse(world)
    }),
    (E::WrongRentReceiver, |world| {
        world.sealed_openings();
        world.chain.net.advance(HOUR + 1);
        with(lapse(world), 2, world.d2.key)
    }),
    (E::NotTheTokenOwner, |world| {
        world.sealed_openings();
        world.chain.net.advance(HOUR + 1);
        with(lapse(world), 4, world.d2.tokens)
    }),
    (E::ZeroCommitment, |world| {
        let mut commit = commit(world, TOKEN);
        commit.data[8..40].fill(0);
        commit
    }),
    (E::ZeroAmount, |world| commit(world, 0)),
    (E::InsufficientFunds, |world| commit(world, u64::MAX)),
    (E::AccountExists, |world| {
        let commit = commit(world, TOKEN);
        world.chain.must(std::slice::from_ref(&commit));
        commit
    }),
    (E::NotDisputable, |world| {
        world.judged();
        world.accepted(&world.fixed());
        world.open_dispute(&world.case(), &world.c2)
    }),
    (E::NotDisputable, |world| {
        // A dispute about a job that names none.
        let mut open = open(world);
        open.accounts[4] = none();
        open
    }),
    (E::NotDisputable, |world| {
        // Of a missed deadline by anybody but its client.
        missed(world);
        world.open_with(&world.case(), &world.c2, 1, 100 * TOKEN)
    }),
    (E::MissedDeadline, |world| {
        missed(world);
        world.open_with(&world.case(), &world.c1, 2, 100 * TOKEN)
    }),
    (E::MissedDeadline, |world| {
        missed(world);
        let required = world.bond_for(&world.case(), 1);
        world.chain.must(&[world.open_with(&world.case(), &world.c1, 1, required)]);
        raise(world, 2, world.bond_to_raise(&world.case(), 2))
    }),
    (E::ChallengeHasPassed, |world| {
        // What counts is when it was committed to.
        world.disputable();
        world.chain.net.advance(3 * DAY);
        world.open_dispute(&world.case(), &world.c2)
    }),
    (E::DisputesItself, |world| {
        world.disputable();
        world.open_dispute(&world.case(), &world.o1)
    }),
    (E::DisputesItself, |world| {
        let prove = prove(world);
        with(prove, 0, world.o1.key)
    }),
    (E::BondBelowRequired, |world| deposited(world, |required| required - 1)),
    (E::BondAboveRequired, |world| deposited(world, |required| required + required.div_ceil(10) + 1)),
    (E::BondBelowRequired, |world| raises_with(world, |required| required - 1)),
    (E::BondAboveRequired, |world| raises_with(world, |required| required + required.div_ceil(10) + 1)),
    (E::BondBelowRequired, |world| proves_with(world, 100 * TOKEN - 1)),
    (E::BondAboveRequired, |world| proves_with(world, 110 * TOKEN + 1)),
    (E::BondBelowRequired, |world| {
        world.disputed();
        world.answer(&world.case(), &world.o1, world.bonds(&world.case()) - 1)
    }),
    (E::BondBelowRequired, |world| {
        covered(world);
        replace_with(world, cover(world))
    }),
    (E::WrongClient, |world| {
        // Only the client may leave the claim out of its bond.
        with_byte(open(world), 14, 1)
    }),
    (E::WrongClaim, |world| {
        world.stands(CLAIMED);
        with(ix::advance_dispute(&world.case()), 3, world.disputed_conduct(&world.p1).claim)
    }),
    (E::WrongFault, |world| {
        world.stands(CLAIMED);
        with(ix::advance_dispute(&world.case()), 4, world.disputed_conduct(&world.p1).fault)
    }),
    (E::ConductTooOld, |world| world.open_with(&conduct(world, 0), &world.c2, CLAIMED, TOKEN)),
    (E::ConductTooOld, |world| world.open_with(&conduct(world, 9), &world.c2, CLAIMED, TOKEN)),
    (E::WrongPhase, |world| {
        world.finished(CLAIMED);
        ix::file_evidence(&world.case().dispute, world.attacker.key, [1; 32])
    }),
    (E::WrongPhase, |world| {
        world.verdicts(CLAIMED);
        ix::withdraw_dispute(&world.case(), world.c2.key, 0)
    }),
    (E::WrongPhase, |world| {
        world.answered();
        ix::rule_dispute(&world.case(), world.a.arbiter, 0)
    }),
    (E::AlreadyAnswered, |world| {
        world.answered();
        world.answer(&world.case(), &world.o1, 0)
    }),
    (E::NotRaised, |world| {
        world.disputed();
        raise(world, CLAIMED, 100 * TOKEN)
    }),
    (E::NotRaised, |world| {
        world.disputed();
        raise(world, 6, 100 * TOKEN)
    }),
    (E::NotTheChallenger, |world| {
        world.disputed();
        ix::withdraw_dispute(&world.case(), world.d2.key, 0)
    }),
    (E::NotTheChallenger, |world| {
        world.disputed();
        ix::withdraw_dispute(&world.case(), world.c2.key, 1)
    }),
    (E::NotTheChallenger, |world| {
        world.ended();
        ix::claim_dispute_credit(&world.case(), world.d2.key, ix::Creditor::Challenger(0), world.d2.tokens)
    }),
    (E::NotFundable, |world| {
        world.verdicts(CLAIMED);
        world.fund(&world.case(), &world.d1, Side::Provider, 0)
    }),
    (E::NotFundable, |world| {
        world.verdicts(CLAIMED);
        with_byte(world.fund(&world.case(), &world.d1, Side::Provider, TOKEN), 8, 4)
    }),
    (E::NotFundable, |world| {
        // Nobody appeals for more where all was found.
        world.verdicts(CLAIMED);
        world.fund(&world.case(), &world.d1, Side::Challenger, TOKEN)
    }),
    (E::NotFundable, |world| {
        // An appellant, in the second half of the time.
        world.verdicts(CLAIMED);
        world.chain.net.advance(DAY / 2);
        world.fund(&world.case(), &world.d1, Side::Provider, TOKEN)
    }),
    (E::NotARuling, |world| {
        before_the_arbiter(world);
        ix::rule_dispute(&world.case(), world.a.arbiter, CLAIMED + 1)
    }),
    (E::NotARuling, |world| {
        // What a jury did not find.
        before_the_arbiter(world);
        world.edit_dispute(&world.case(), |dispute| dispute.machine.found = 1 << CLAIMED);
        ix::rule_dispute(&world.case(), world.a.arbiter, CLAIMED - 1)
    }),
    (E::NotARuling, |world| {
        // Where none decided, more than the arbiter may alone.
        before_the_arbiter(world);
        world.edit_network(&world.a, |network| network.params.disputes.arbiter_severity = CLAIMED - 1);
        ix::rule_dispute(&world.case(), world.a.arbiter, CLAIMED)
    }),
    (E::RuledBefore, |world| {
        before_the_arbiter(world);
        world.chain.must(&[ix::rule_dispute(&world.disputed_conduct(&world.p1), world.a.arbiter, 1)]);
        ix::rule_dispute(&world.case(), world.a.arbiter, 1)
    }),
    (E::NotTheArbiter, |world| {
        before_the_arbiter(world);
        ix::rule_dispute(&world.case(), world.a.admin, 0)
    }),
    (E::NothingToAdvance, |world| {
        world.disputed();
        ix::advance_dispute(&world.case())
    }),
    (E::SeatDisputed, |world| {
        world.disputed();
        world.chain.net.advance(3 * DAY);
        world.settle(&world.fixed(), world.attacker.key)
    }),
    (E::NotContradictory, |world| {
        prove(world);
        world.prove([[1; 32], [1; 32]])
    }),
    (E::WrongProof, |world| {
        prove(world);
        world.prove([[1; 32], [3; 32]])
    }),
    (E::WrongProof, |world| {
        // What the operator signed about another seat.
        world.disputable();
        world.accepted(&world.metered());
        world.signed_results(&world.metered(), [[1; 32], [2; 32]]);
        world.chain.must(&[world.commit_proof([1; 32], 100 * TOKEN)]);
        world.prove([[1; 32], [2; 32]])
    }),
    (E::NotAProvenFault, |world| {
        let prove = prove(world);
        world.chain.must(&[prove]);
        world.chain.must(&[world.commit_proof([1; 32], 100 * TOKEN)]);
        world.prove([[1; 32], [2; 32]])
    }),
    (E::NotAProvenFault, |world| {
        // What counts is when it was committed to.
        world.disputable();
        world.signed_results(&world.fixed(), [[1; 32], [2; 32]]);
        world.chain.net.advance(3 * DAY);
        world.chain.must(&[world.commit_proof([1; 32], 100 * TOKEN)]);
        world.prove([[1; 32], [2; 32]])
    }),
];

fn open(world: &mut World) -> Instruction {
    world.disputable();
    world.open_dispute(&world.case(), &world.c2)
}

/// A dispute of a severity, as was committed to.
fn opened(world: &mut World, severity: u8) -> Instruction {
    world.disputable();
    world.open_with(&world.case(), &world.c2, severity, 100 * TOKEN)
}

/// C2's commitment to the dispute of the fixed seat.
fn commit(world: &mut World, deposit: u64) -> Instruction {
    world.disputable();
    world.commit_opening(&world.case(), &world.sealed(&world.case(), &world.c2, CLAIMED), deposit)
}

/// The same dispute with another deposit.
fn deposited(world: &mut World, deposit: fn(u64) -> u64) -> Instruction {
    world.disputable();
    let required = world.bond_for(&world.case(), CLAIMED);
    world.open_with(&world.case(), &world.c2, CLAIMED, deposit(required))
}

fn raises_with(world: &mut World, deposit: fn(u64) -> u64) -> Instruction {
    world.disputed();
    let required = world.bond_to_raise(&world.case(), CLAIMED + 1);
    raise(world, CLAIMED + 1, deposit(required))
}

fn proves_with(world: &mut World, deposit: u64) -> Instruction {
    world.disputable();
    world.signed_results(&world.fixed(), [[1; 32], [2; 32]]);
    world.chain.must(&[world.commit_proof([1; 32], deposit)]);
    world.prove([[1; 32], [2; 32]])
}

/// P1 accepted the fixed seat and missed its deadline.
fn missed(world: &mut World) {
    world.judged();
    let seat = world.fixed();
    world.accepted(&seat);
    world.chain.net.advance(2 * DAY);
    world.chain.must(&[ix::expire_job(&seat, world.paid_keeper(), Some(world.p1.provider), world.refunds(&seat))]);
}

/// An optional account that is not given.
fn none() -> solana_sdk::instruction::AccountMeta {
    solana_sdk::instruction::AccountMeta::new_readonly(work_token_sdk::ID, false)
}

fn with_byte(mut instruction: Instruction, at: usize, byte: u8) -> Instruction {
    instruction.data[at] = byte;
    instruction
}
