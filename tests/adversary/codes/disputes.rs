//! 90x to 95x: disputes, and what follows from them.

use {
    super::{Provoke, with},
    crate::{
        cases::{dispute::*, slash::*},
        world::*,
    },
    work_token_sdk::{
        DisputeAddresses, Instruction, WorkTokenError as E, addresses, ix,
        math::dispute::Side,
        state::{Claim, Unbonding},
    },
};

pub const DISPUTES: &[(E, Provoke)] = &[
    (E::UnknownDisputeKind, |world| with_byte(open(world), 8, 3)),
    (E::UnknownSeverity, |world| with_byte(open(world), 9, 0)),
    (E::UnknownSeverity, |world| with_byte(open(world), 9, 6)),
    (E::NotDisputable, |world| {
        world.judged();
        world.accepted(&world.fixed());
        world.open_dispute(&world.case(), &world.c2)
    }),
    (E::NotDisputable, |world| {
        // A dispute about a job that names none.
        let mut open = open(world);
        open.accounts[4] = solana_sdk::instruction::AccountMeta::new_readonly(work_token_sdk::ID, false);
        open
    }),
    (E::ChallengeHasPassed, |world| {
        let open = open(world);
        world.chain.net.advance(3 * DAY);
        open
    }),
    (E::DisputesItself, |world| {
        world.disputable();
        world.open_dispute(&world.case(), &world.o1)
    }),
    (E::DisputesItself, |world| {
        let prove = prove(world);
        with(with(prove, 0, world.o1.key), 8, world.o1.tokens)
    }),
    (E::BondBelowRequired, |world| {
        let mut open = open(world);
        open.data[14..22].copy_from_slice(&(100 * TOKEN).to_le_bytes());
        open
    }),
    (E::BondBelowRequired, |world| {
        world.disputed();
        raise(world, CLAIMED + 1, TOKEN)
    }),
    (E::BondBelowRequired, |world| {
        world.disputed();
        world.answer(&world.case(), &world.o1, BOND - 1)
    }),
    (E::BondBelowRequired, |world| {
        world.disputed();
        world.chain.must(&[world.answer(&world.disputed_conduct(&world.p1), &world.d1, BOND)]);
        replace_with(world, BOND)
    }),
    (E::WrongClient, |world| {
        // Only the client may leave the claim out of its bond.
        with_byte(open(world), 22, 1)
    }),
    (E::WrongClaim, |world| {
        world.stands(CLAIMED);
        with(ix::advance_dispute(&world.case()), 3, world.disputed_conduct(&world.p1).claim.expect("a claim"))
    }),
    (E::WrongFault, |world| {
        world.stands(CLAIMED);
        with(ix::advance_dispute(&world.case()), 4, world.disputed_conduct(&world.p1).fault)
    }),
    (E::TooManyClaims, |world| {
        world.disputed();
        let claim = world.disputed_conduct(&world.p1).claim.expect("a claim");
        world.edit_provider(&world.p1, |provider| {
            for place in provider.reservations.iter_mut().filter(|place| place.dispute == 0) {
                place.dispute = 1;
            }
        });
        let mut state: Claim = world.read(&claim);
        state.joinable_until_ts = world.chain.net.now();
        world.write(&claim, &state);
        second(world)
    }),
    (E::ConductTooOld, |world| {
        let at = DisputeAddresses::next_of_conduct(&world.p1, &world.provider(&world.p1), 0);
        world.open_dispute(&at, &world.c2)
    }),
    (E::ConductTooOld, |world| {
        let at = DisputeAddresses::next_of_conduct(&world.p1, &world.provider(&world.p1), 9);
        world.open_dispute(&at, &world.c2)
    }),
    (E::EpochFinal, |world| {
        let at = DisputeAddresses::next_of_score(&world.p1, &world.provider(&world.p1), CONDUCT_EPOCH);
        world.open_dispute(&at, &world.c2)
    }),
    (E::EpochFinal, |world| {
        let (at, open) = score(world);
        world.chain.must(&[open]);
        found_wrong(world, &at);
        world.chain.must(&[ix::correct_score(&at)]);
        ix::correct_score(&at)
    }),
    (E::WrongDispute, |world| {
        let (at, open) = score(world);
        world.chain.must(&[open]);
        ix::correct_score(&at)
    }),
    (E::WrongPhase, |world| {
        world.finished(CLAIMED);
        ix::file_evidence(&world.case().dispute, world.attacker.key, [1; 32])
    }),
    (E::WrongPhase, |world| {
        world.verdicts(CLAIMED);
        ix::withdraw_dispute(&world.case(), world.c2.key)
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
        raise(world, CLAIMED, 20 * BOND)
    }),
    (E::NotRaised, |world| {
        world.disputed();
        raise(world, 6, 20 * BOND)
    }),
    (E::RaisedByAnother, |world| {
        world.disputed();
        world.chain.must(&[raise(world, CLAIMED + 1, 20 * BOND)]);
        ix::withdraw_dispute(&world.case(), world.c2.key)
    }),
    (E::NotTheChallenger, |world| {
        world.disputed();
        ix::withdraw_dispute(&world.case(), world.d2.key)
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
        with_byte(world.fund(&world.case(), &world.d1, Side::Provider, TOKEN), 8, 2)
    }),
    (E::NotFundable, |world| {
        // The losing side, in the second half of the time.
        world.verdicts(CLAIMED);
        world.chain.net.advance(DAY / 2);
        world.fund(&world.case(), &world.d1, Side::Provider, TOKEN)
    }),
    (E::NotARuling, |world| {
        before_the_arbiter(world);
        ix::rule_dispute(&world.case(), world.a.arbiter, CLAIMED - 1)
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
        world.prove([[1; 32], [2; 32]])
    }),
    (E::NotAProvenFault, |world| {
        let prove = prove(world);
        world.chain.must(std::slice::from_ref(&prove));
        prove
    }),
    (E::NotAProvenFault, |world| {
        let prove = prove(world);
        world.chain.net.advance(3 * DAY);
        prove
    }),
];

pub const SLASHES: &[(E, Provoke)] = &[
    (E::NothingDue, |world| {
        world.finished(CLAIMED);
        world.execute(&world.case())
    }),
    (E::SlashLimitReached, |world| {
        world.finished(CLAIMED);
        world.chain.net.advance(2 * DAY);
        let now_ts = world.chain.net.now();
        world.edit_network(&world.a, |network| (network.slash_level, network.slash_level_ts) = (u64::MAX, now_ts));
        world.execute(&world.case())
    }),
    (E::NotDeferred, |world| {
        world.finished(CLAIMED);
        world.chain.net.advance(2 * DAY);
        ix::veto_slash(&world.case(), world.a.admin, 0)
    }),
    (E::VetoNeverRaises, |world| {
        world.finished(CLAIMED);
        ix::veto_slash(&world.case(), world.a.admin, 10_000)
    }),
    (E::NoCredit, |world| {
        world.disputed();
        ix::distribute_slash(&world.case())
    }),
    (E::DisputeOpen, |world| {
        world.disputed();
        challengers_credit(world)
    }),
    (E::NoCredit, |world| {
        world.ended();
        world.chain.must(&[challengers_credit(world)]);
        challengers_credit(world)
    }),
    (E::WrongClient, |world| {
        world.ended();
        ix::claim_dispute_credit(&world.case(), world.d2.key, ix::Creditor::Client, world.d2.tokens)
    }),
    (E::AppealOpen, |world| {
        world.stands(CLAIMED);
        ix::claim_appeal(&world.case(), world.d1.key, Side::Provider, world.d1.tokens)
    }),
    (E::CounterBondHeld, |world| {
        world.answered();
        ix::claim_counter_bond(&world.a.at, world.p1.provider, world.o1.key, world.o1.tokens)
    }),
    (E::NotTheBonder, |world| {
        world.finished(0);
        ix::claim_counter_bond(&world.a.at, world.p1.provider, world.d1.key, world.d1.tokens)
    }),
    (E::NotTheBonder, |world| {
        // The counter-bond of another is replaced without an account that gets it back.
        world.disputed();
        world.chain.must(&[world.answer(&world.disputed_conduct(&world.p1), &world.d1, BOND)]);
        world.answer(&world.case(), &world.o1, 2 * BOND)
    }),
    (E::ClaimOpen, |world| {
        world.disputed();
        ix::close_case(&world.case().claim.expect("a claim"), world.c2.key)
    }),
    (E::ClaimOpen, |world| {
        world.disputed();
        world.go_to(15 * DAY);
        let position = world.p1.position(world.d1.key);
        world.chain.must(&[ix::withdraw_unbonded(&position, 1, world.d1.tokens)]);
        settle(world)
    }),
    (E::NothingToSettle, |world| settle(world)),
    (E::WrongTicketList, |world| {
        world.undecided_with_ticket();
        let mut settle = settle(world);
        settle.accounts.pop();
        settle
    }),
    (E::WrongTicketList, |world| {
        world.undecided_with_ticket();
        let mut settle = settle(world);
        let last = settle.accounts.len() - 1;
        settle.accounts[last].pubkey = addresses::claim(&world.p1.provider, 9);
        settle
    }),
    (E::DisputeOpen, |world| {
        world.disputed();
        ix::close_dispute(&world.case().dispute, world.c2.key)
    }),
    (E::DisputeOpen, |world| {
        world.disputed();
        ix::close_case(&world.case().fault, world.c2.key)
    }),
    (E::TooEarlyToCloseDispute, |world| {
        world.undecided_with_ticket();
        world.chain.net.advance(60 * DAY);
        ix::close_dispute(&world.case().dispute, world.c2.key)
    }),
    (E::TooEarlyToCloseDispute, |world| {
        world.undecided_with_ticket();
        world.chain.net.advance(30 * DAY - 1);
        ix::close_case(&world.case().claim.expect("a claim"), world.c2.key)
    }),
    (E::TooEarlyToCloseDispute, |world| {
        world.undecided_with_ticket();
        world.chain.net.advance(90 * DAY - 1);
        ix::close_case(&world.case().fault, world.c2.key)
    }),
    (E::NotJailed, |world| ix::unjail(&world.p1)),
    (E::JailNotOver, |world| {
        jail(world);
        world.edit_provider(&world.p1, |provider| provider.jailed_until_epoch = 5);
        ix::unjail(&world.p1)
    }),
    (E::DebtUnpaid, |world| {
        jail(world);
        world.edit_provider(&world.p1, |provider| provider.slash_debt = 1);
        ix::unjail(&world.p1)
    }),
    (E::ZeroAmount, |world| ix::forgive_debt(&world.a.at.network, world.a.admin, world.p1.provider, 1)),
    (E::ChangeNotDue, |world| {
        let pay = insure(world, TOKEN);
        world.chain.must(std::slice::from_ref(&pay));
        world.chain.net.advance(3 * DAY - 1);
        pay
    }),
    (E::InsufficientFunds, |world| {
        let pay = insure(world, 1_000 * TOKEN);
        world.chain.must(std::slice::from_ref(&pay));
        world.chain.net.advance(3 * DAY);
        pay
    }),
];

fn open(world: &mut World) -> Instruction {
    world.disputable();
    world.open_dispute(&world.case(), &world.c2)
}

fn with_byte(mut instruction: Instruction, at: usize, byte: u8) -> Instruction {
    instruction.data[at] = byte;
    instruction
}

/// The settlement of D1's first ticket at P1.
fn settle(world: &World) -> Instruction {
    let position = world.p1.position(world.d1.key);
    let ticket: Unbonding = world.read(&position.ticket(1).0);
    ix::settle_ticket(&position, &ticket, world.d1.tokens)
}
