//! 92x to 95x: what follows from a decided dispute, and the ends of its accounts.

use {
    super::Provoke,
    crate::{
        cases::{dispute::*, slash::*},
        world::*,
    },
    work_token_sdk::{Instruction, WorkTokenError as E, ix, math::dispute::Side, state::Unbonding},
};

pub const CODES: &[(E, Provoke)] = &[
    (E::NothingDue, |world| {
        world.finished(CLAIMED);
        world.execute(&world.case())
    }),
    (E::SlashLimitReached, |world| {
        world.finished(CLAIMED);
        world.chain.net.advance(2 * DAY);
        let now_ts = world.chain.net.now();
        world.edit_network(&world.a, |network| {
            (network.slashing.tokens, network.slashing.as_of_ts) = (u64::MAX, now_ts)
        });
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
        covered(world);
        world.answer(&world.case(), &world.o1, 2 * cover(world))
    }),
    (E::NotTheBonder, |world| {
        // Nobody answers by another's.
        covered(world);
        world.answer(&world.case(), &world.o1, 0)
    }),
    (E::ClaimOpen, |world| {
        world.disputed();
        ix::close_claim(&world.case().claim, world.p1.provider, world.c2.key)
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
        // No claim at all.
        let mut settle = settle(world);
        settle.accounts.truncate(settle.accounts.len() - 2);
        settle
    }),
    (E::WrongTicketList, |world| {
        world.undecided_with_ticket();
        let mut settle = settle(world);
        let last = settle.accounts.len() - 1;
        settle.accounts[last].pubkey = world.disputed_conduct(&world.p2).claim;
        settle
    }),
    (E::WrongTicketList, |world| {
        // One that the ticket does not list.
        let (position, ticket) = world.undecided_with_ticket();
        let mut listed: Unbonding = ticket;
        listed.claims[0].number = 9;
        world.write(&position.ticket(1).0, &listed);
        ix::settle_ticket(&position, 1, &[1], world.d1.tokens)
    }),
    (E::DisputeOpen, |world| {
        world.disputed();
        ix::close_dispute(&world.case().dispute, world.c2.key)
    }),
    (E::DisputeOpen, |world| {
        world.disputed();
        ix::close_fault(&world.case().fault, world.c2.key)
    }),
    (E::TooEarlyToCloseDispute, |world| {
        world.undecided_with_ticket();
        world.chain.net.advance(60 * DAY);
        ix::close_dispute(&world.case().dispute, world.c2.key)
    }),
    (E::TooEarlyToCloseDispute, |world| {
        world.undecided_with_ticket();
        world.chain.net.advance(30 * DAY - 1);
        ix::close_claim(&world.case().claim, world.p1.provider, world.c2.key)
    }),
    (E::TooEarlyToCloseDispute, |world| {
        // It does not shrink any more, and its provider is there.
        over(world);
        let close = ix::close_claim(&world.case().claim, world.p1.provider, world.c2.key);
        world.chain.must(std::slice::from_ref(&close));
        close
    }),
    (E::WrongProvider, |world| {
        over(world);
        gone(world, &world.p1.provider);
        ix::close_claim(&world.case().claim, world.p3.provider, world.c2.key)
    }),
    (E::TooEarlyToCloseDispute, |world| {
        world.undecided_with_ticket();
        world.chain.net.advance(90 * DAY - 1);
        ix::close_fault(&world.case().fault, world.c2.key)
    }),
    (E::NotJailed, |world| ix::unjail(&world.p1)),
    (E::JailNotOver, |world| {
        jail(world);
        world.edit_provider(&world.p1, |provider| provider.disputes.jailed_until_epoch = 5);
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

/// The settlement of D1's first ticket at P1.
fn settle(world: &World) -> Instruction {
    let position = world.p1.position(world.d1.key);
    settle_ticket(world, &position, &world.read(&position.ticket(1).0))
}
