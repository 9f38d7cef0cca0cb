//! 91x to 95x: jurors, their draws and their votes.

use {
    super::{Provoke, with},
    crate::{cases::jury::*, chain::Chain, world::*},
    work_token_sdk::{Instruction, JurorAddresses, WorkTokenError as E, ix},
};

pub const CODES: &[(E, Provoke)] = &[
    (E::ZeroAmount, |world| join(world, 0)),
    (E::LockTooSmall, |world| join(world, 20 * TOKEN - 1)),
    (E::InsufficientFunds, |world| join(world, u64::MAX)),
    (E::Paused, |world| {
        let join = join(world, LOCK);
        world.chain.must(&[ix::pause(&world.a.at.network, world.a.guardian, 60)]);
        join
    }),
    (E::LockUnripe, |world| {
        world.judged();
        let newcomer = newcomer(world, LOCK);
        world.sync(&world.a, newcomer.key, 9, None)
    }),
    (E::LockUnripe, |world| {
        // Fined below the least of a ballot.
        let enter = enter(world);
        world.edit_juror(&juror_9(world), |juror| juror.lock = 20 * TOKEN - 1);
        enter
    }),
    (E::LeafTaken, |world| enters_at(world, 0)),
    (E::LeafTaken, |world| enters_at(world, 4_096)),
    (E::LeafTaken, |world| enters_at(world, u16::MAX)),
    (E::LeafTaken, |world| {
        // The tree is not full.
        enter(world);
        world.sync(&world.a, Chain::address("juror 9"), 1, Some(world.juror(&world.a, 1).juror))
    }),
    (E::LeafTaken, |world| {
        // Another leaf than the holder's.
        displace(world);
        world.sync(&world.a, Chain::address("juror 9"), 2, Some(world.juror(&world.a, 1).juror))
    }),
    (E::LeafTaken, |world| {
        // Exactly 5 % larger.
        let displace = displace(world);
        world.edit_juror(&juror_9(world), |juror| juror.lock = LOCK / 100 * 105);
        displace
    }),
    (E::LeafTaken, |world| {
        // What the holder has added counts.
        let displace = displace(world);
        world.edit_juror(&world.juror(&world.a, 1), |juror| (juror.lock, juror.added) = (2 * LOCK, LOCK));
        displace
    }),
    (E::LeafTaken, |world| {
        // Who sits on a jury keeps its leaf.
        let displace = displace(world);
        world.edit_juror(&world.juror(&world.a, 1), |juror| juror.ballots = 1);
        displace
    }),
    (E::JurorBound, |world| {
        // One that left, and may still be called.
        let enter = enter(world);
        world.edit_juror(&juror_9(world), |juror| juror.out_until_work_ts = i64::MAX);
        enter
    }),
    (E::JurorBound, |world| {
        // One that asked to leave.
        let enter = enter(world);
        world.edit_juror(&juror_9(world), |juror| juror.is_leaving = 1);
        enter
    }),
    (E::WrongNetwork, |world| {
        displace(world);
        world.sync(&world.a, Chain::address("juror 9"), 1, Some(world.juror(&world.b, 1).juror))
    }),
    (E::JurorTreeFrozen, |world| {
        world.armed();
        world.sync(&world.a, Chain::address(JURORS[0]), 0, None)
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
        // It asked before, and its ballots are not settled.
        world.drawn_juries();
        world.edit_juror(&world.juror(&world.a, 0), |juror| {
            (juror.term_until_ts, juror.ballots, juror.is_leaving) = (0, 1, 1);
        });
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
        world.call(&world.case(), None)
    }),
    (E::SeedSlotNotReached, |world| {
        world.answered();
        world.chain.must(&[world.call(&world.case(), None)]);
        world.call(&world.case(), None)
    }),
    (E::JuryArmed, |world| {
        world.seeded();
        world.call(&world.case(), None)
    }),
    (E::RandomnessUnchanged, |world| {
        armed_by_value(world);
        world.chain.net.advance_slots(12);
        world.call(&world.case(), Some(oracle()))
    }),
    (E::RandomnessUnchanged, |world| {
        // Once it is armed no other account has a value for it.
        armed_by_value(world);
        world.chain.net.advance_slots(12);
        world.call(&world.case(), Some(world.attacker.tokens))
    }),
    (E::WrongRandomness, |world| {
        world.answered();
        ask_oracle(world);
        world.call(&world.case(), None)
    }),
    (E::WrongRandomness, |world| {
        world.answered();
        ask_oracle(world);
        world.call(&world.case(), Some(world.attacker.tokens))
    }),
    (E::JuryNotArmed, |world| {
        world.armed();
        world.draw_juror_of(&world.case(), &world.juror(&world.a, 0))
    }),
    (E::WrongJuror, |world| {
        world.seeded();
        let seat = world.draw_juror(&world.case());
        let drawn = seat.accounts[4].pubkey;
        let other = (0..2).map(|number| world.juror(&world.a, number).juror).find(|juror| *juror != drawn);
        with(seat, 4, other.expect("another juror"))
    }),
    (E::WrongJuror, |world| {
        // Who has the leaf now, but had it not when the seed was captured.
        world.seeded();
        let leaf = world.dispute(&world.case()).leaves[0];
        let at = world.juror(&world.a, usize::from(leaf));
        world.edit_juror(&at, |juror| juror.entered = 99);
        world.draw_juror_of(&world.case(), &at)
    }),
    (E::WrongJuror, |world| {
        // Who had it, and left before.
        world.seeded();
        let leaf = world.dispute(&world.case()).leaves[0];
        let at = world.juror(&world.a, usize::from(leaf));
        world.edit_juror(&at, |juror| (juror.is_in_tree, juror.left) = (0, 3));
        world.draw_juror_of(&world.case(), &at)
    }),
    (E::WrongAddress, |world| {
        // An empty address in place of the juror's position at the provider.
        world.seeded();
        with(world.draw_juror(&world.case()), 6, Chain::address("never used"))
    }),
    (E::NoInterest, |world| {
        world.drawn_juries();
        ix::exclude_juror(&world.case().ballot(0, 0), world.p1.provider)
    }),
    (E::NoInterest, |world| {
        world.drawn_juries();
        ix::exclude_juror(&world.case().ballot(0, 0), world.p1.position(world.d1.key).delegation)
    }),
    (E::AlreadyVoted, |world| {
        let exclude = exclude(world);
        world.chain.must(std::slice::from_ref(&exclude));
        exclude
    }),
    (E::ZeroCommitment, |world| {
        world.drawn_juries();
        let (ballot, state) = world.ballots(&world.case()).swap_remove(0);
        ix::commit_vote(&ballot, state.owner, [0; 32])
    }),
    (E::NotTheJuror, |world| {
        world.drawn_juries();
        with(world.commit_vote(&world.case().ballot(0, 0), 0), 0, world.attacker.key)
    }),
    (E::AlreadyVoted, |world| {
        world.drawn_juries();
        let commit = world.commit_vote(&world.case().ballot(0, 0), 0);
        world.chain.must(std::slice::from_ref(&commit));
        commit
    }),
    (E::WrongPhase, |world| {
        // Before all have committed.
        world.drawn_juries();
        world.chain.must(&[world.commit_vote(&world.case().ballot(0, 0), 0)]);
        world.reveal_vote(&world.case().ballot(0, 0), 0)
    }),
    (E::NotCommitted, |world| {
        world.drawn_juries();
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
    (E::DisputeNotDecided, |world| {
        world.drawn_juries();
        let (ballot, state) = world.ballots(&world.case()).swap_remove(0);
        ix::settle_ballot(&ballot, state.juror, state.payer)
    }),
    (E::AbsentNotSettled, |world| {
        // Constructs that the jury came to no verdict, because two of three did not reveal.
        world.finished(CLAIMED);
        world.edit_dispute(&world.case(), |dispute| {
            let [jury, ..] = &mut dispute.machine.juries;
            (jury.decided, jury.revealed) = (0, 1);
        });
        settles(world)
    }),
    (E::WrongDispute, |world| with(settle(world), 0, world.disputed_conduct(&world.p1).dispute)),
    (E::WrongRentReceiver, |world| with(settle(world), 3, world.attacker.key)),
];

/// A newcomer locks.
fn join(world: &mut World, amount: u64) -> Instruction {
    world.judged();
    let newcomer = person(&mut world.chain, &world.a, "juror 9");
    world.join(&world.a, &newcomer, amount)
}

fn juror_9(world: &World) -> JurorAddresses {
    JurorAddresses::derive(world.a.at, Chain::address("juror 9"))
}

/// A ripe newcomer asks for a leaf.
fn enters_at(world: &mut World, leaf: u16) -> Instruction {
    enter(world);
    world.sync(&world.a, Chain::address("juror 9"), leaf, None)
}

/// The settlement of the first ballot.
fn settles(world: &World) -> Instruction {
    let (ballot, state) = world.ballots(&world.case()).swap_remove(0);
    ix::settle_ballot(&ballot, state.juror, state.payer)
}

/// The first juror leaves.
fn leaves(world: &World) -> Instruction {
    ix::leave_jury(&world.juror(&world.a, 0), world.juror_tree(&world.a), world.known(JURORS[0]).tokens)
}
