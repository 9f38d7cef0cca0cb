//! 91x to 95x: jurors, their draws and their votes.

use {
    super::{Provoke, with},
    crate::{cases::jury::*, chain::Chain, world::*},
    work_token_sdk::{Instruction, WorkTokenError as E, addresses, ix},
};

pub const JURIES: &[(E, Provoke)] = &[
    (E::ZeroAmount, |world| join(world, 0, 9)),
    (E::LockTooSmall, |world| join(world, 20 * TOKEN - 1, 9)),
    (E::LeafTaken, |world| join(world, LOCK, 0)),
    (E::LeafTaken, |world| join(world, LOCK, 4_096)),
    (E::LeafTaken, |world| join(world, LOCK, u16::MAX)),
    (E::InsufficientFunds, |world| join(world, u64::MAX, 9)),
    (E::Paused, |world| {
        let join = join(world, LOCK, 9);
        world.chain.must(&[ix::pause(&world.a.at.network, world.a.guardian, 60)]);
        join
    }),
    (E::JurorTreeFrozen, |world| {
        world.armed();
        world.join(&world.a, &world.known(JURORS[0]), LOCK, 0)
    }),
    (E::JurorTreeFrozen, |world| {
        world.seeded();
        ix::sync_juror(&world.juror(&world.a, 0), world.juror_tree(&world.a))
    }),
    (E::JurorTreeFrozen, |world| {
        world.armed();
        world.edit_juror(&world.juror(&world.a, 0), |juror| juror.term_until_ts = 0);
        leaves(world)
    }),
    (E::JurorBound, |world| {
        world.judged();
        world
            .chain
            .net
            .set_now(world.read::<work_token_sdk::state::Juror>(&world.juror(&world.a, 0).juror).term_until_ts - 1);
        leaves(world)
    }),
    (E::JurorBound, |world| {
        world.seated_juries();
        world.edit_juror(&world.juror(&world.a, 0), |juror| (juror.term_until_ts, juror.seats) = (0, 1));
        leaves(world)
    }),
    (E::NothingToClaim, |world| {
        let claim = claim_pay(world);
        world.chain.must(std::slice::from_ref(&claim));
        claim
    }),
    (E::NotTheTokenOwner, |world| with(claim_pay(world), 4, world.d1.tokens)),
    (E::WrongPhase, |world| {
        world.disputed();
        ix::call_jury(&world.case(), None)
    }),
    (E::SeedSlotNotReached, |world| {
        world.answered();
        world.chain.must(&[ix::call_jury(&world.case(), None)]);
        ix::call_jury(&world.case(), None)
    }),
    (E::JuryArmed, |world| {
        world.seeded();
        ix::call_jury(&world.case(), None)
    }),
    (E::RandomnessUnchanged, |world| {
        armed_by_value(world);
        world.chain.net.advance_slots(12);
        ix::call_jury(&world.case(), Some(oracle()))
    }),
    (E::WrongRandomness, |world| {
        armed_by_value(world);
        world.chain.net.advance_slots(12);
        ix::call_jury(&world.case(), None)
    }),
    (E::WrongRandomness, |world| {
        armed_by_value(world);
        ix::call_jury(&world.case(), Some(world.attacker.tokens))
    }),
    (E::JuryNotArmed, |world| {
        world.armed();
        let juror = world.juror(&world.a, 0);
        let seat = ix::SeatJuror {
            juror_tree: world.juror_tree(&world.a),
            juror: juror.juror,
            ballot: world.case().ballot(0, 0).ballot,
            interest: addresses::interest(&world.p1.provider, &juror.owner),
        };
        ix::seat_juror(&world.case(), world.paid_keeper(), &seat)
    }),
    (E::WrongJuror, |world| {
        world.seeded();
        let seat = world.seat_juror(&world.case());
        let drawn = seat.accounts[5].pubkey;
        let other = (0..2).map(|number| world.juror(&world.a, number).juror).find(|juror| *juror != drawn);
        with(seat, 5, other.expect("another juror"))
    }),
    (E::WrongAddress, |world| {
        // An empty address in place of the juror's position at the provider.
        world.seeded();
        with(world.seat_juror(&world.case()), 7, Chain::address("never used"))
    }),
    (E::NoInterest, |world| {
        world.seated_juries();
        ix::exclude_juror(&world.case().ballot(0, 0), world.p1.provider)
    }),
    (E::NoInterest, |world| {
        world.seated_juries();
        ix::exclude_juror(&world.case().ballot(0, 0), world.p1.position(world.d1.key).delegation)
    }),
    (E::AlreadyVoted, |world| {
        let exclude = exclude(world);
        world.chain.must(std::slice::from_ref(&exclude));
        exclude
    }),
    (E::ZeroCommitment, |world| {
        world.seated_juries();
        let (ballot, state) = world.ballots(&world.case()).swap_remove(0);
        ix::commit_vote(&ballot, state.owner, [0; 32])
    }),
    (E::NotTheJuror, |world| {
        world.seated_juries();
        with(world.commit_vote(&world.case().ballot(0, 0), 0), 0, world.attacker.key)
    }),
    (E::AlreadyVoted, |world| {
        world.seated_juries();
        let commit = world.commit_vote(&world.case().ballot(0, 0), 0);
        world.chain.must(std::slice::from_ref(&commit));
        commit
    }),
    (E::WrongPhase, |world| {
        // Before all have committed.
        world.seated_juries();
        world.chain.must(&[world.commit_vote(&world.case().ballot(0, 0), 0)]);
        world.reveal_vote(&world.case().ballot(0, 0), 0)
    }),
    (E::NotCommitted, |world| {
        world.seated_juries();
        world.reveal_vote(&world.case().ballot(0, 0), 0)
    }),
    (E::CommitmentBroken, |world| {
        world.committed_votes(0);
        world.reveal_vote(&world.case().ballot(0, 0), 1)
    }),
    (E::VoteTooHigh, |world| {
        world.committed_votes(CLAIMED + 1);
        world.reveal_vote(&world.case().ballot(0, 0), CLAIMED + 1)
    }),
    (E::VoteTooHigh, |world| {
        world.committed_votes(u8::MAX);
        world.reveal_vote(&world.case().ballot(0, 0), u8::MAX)
    }),
    (E::SeatsNotSettled, |world| {
        world.seated_juries();
        let (ballot, state) = world.ballots(&world.case()).swap_remove(0);
        ix::settle_ballot(&ballot, state.juror, state.payer)
    }),
    (E::WrongDispute, |world| with(settle(world), 0, world.disputed_conduct(&world.p1).dispute)),
    (E::WrongRentReceiver, |world| with(settle(world), 3, world.attacker.key)),
];

/// A newcomer becomes a juror.
fn join(world: &mut World, amount: u64, leaf: u16) -> Instruction {
    world.judged();
    let newcomer = person(&mut world.chain, &world.a, "juror 9");
    world.join(&world.a, &newcomer, amount, leaf)
}

/// The first juror leaves.
fn leaves(world: &World) -> Instruction {
    ix::leave_jury(&world.juror(&world.a, 0), world.juror_tree(&world.a), world.known(JURORS[0]).tokens)
}
