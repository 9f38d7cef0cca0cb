//! What a dispute leads to, twice in one transaction, at addresses that hold lamports already, and with
//! accounts that it is not about.

use {
    crate::{
        cases::{self, Case},
        revival::transfer,
        world::*,
    },
    work_token_sdk::{
        Instruction, WorkTokenError as E, ix,
        state::{Assignment, Claim, DisputeOpening},
    },
};

fn of(name: &str) -> &'static Case {
    cases::all().into_iter().find(|case| case.name == name).expect("a case of this name")
}

/// The same instruction announces and pays, in turns.
#[test]
fn an_announced_payment_is_made_once_and_must_be_announced_again() {
    let mut world = World::new();
    let pay = (of("pay_insurance, as announced").prepare)(&mut world);
    let before = world.balance(&world.d1.tokens);
    world.chain.must(&[pay.clone(), pay.clone()]);
    assert_eq!(world.balance(&world.d1.tokens) - before, TOKEN);
    world.chain.refused(&[pay], E::ChangeNotDue);
}

#[test]
fn lamports_sent_beforehand_neither_block_nor_price_the_accounts_of_disputes() {
    let (idl, mut world) = (cases::idl(), World::new());
    let start = world.chain.snapshot();
    let mut funded = 0;
    for name in ["join_jury", "commit_dispute", "open_dispute", "fund_appeal", "draw_juror", "prove_fault"] {
        let case = of(name);
        world.chain.restore(&start);
        let instruction = (case.prepare)(&mut world);
        let slots = cases::slots(&idl, case, &instruction);
        for (slot, meta) in slots.iter().zip(&instruction.accounts) {
            let made = ["juror", "opening", "ballot", "dispute", "claim", "fault", "share"];
            let is_made = made.contains(&slot.name.as_str());
            if is_made && world.chain.lamports(&meta.pubkey) == 0 {
                world.chain.net.fund(&meta.pubkey, 1_000_000);
                funded += 1;
            }
        }
        world.chain.must(&[instruction]);
    }
    assert_eq!(funded, 1 + 1 + 3 + 1 + 1 + 3);
}

/// The instruction with an account in a slot that was none.
fn given(mut instruction: Instruction, slot: usize, key: work_token_sdk::Pubkey) -> Instruction {
    instruction.accounts[slot] = solana_sdk::instruction::AccountMeta::new(key, false);
    instruction
}

#[test]
fn a_seat_named_in_a_dispute_about_conduct_stays_as_it_is() {
    let mut world = World::new();
    world.disputable();
    let (seat, before): (_, Assignment) = (world.fixed().assignment, world.seat(&world.fixed()));
    let at = cases::dispute::conduct(&world, CONDUCT_EPOCH);
    world.chain.must(&[given(world.open_dispute(&at, &world.c2), 4, seat)]);
    assert_eq!(world.read::<Assignment>(&seat), before);
    assert_eq!(world.dispute(&at).subject, world.p1.provider);
}

#[test]
fn a_dispute_is_advanced_with_nothing_that_it_is_not_about() {
    let mut world = World::new();
    world.stands(0);
    let conduct = world.disputed_conduct(&world.p1);
    world.chain.refused(&[given(ix::advance_dispute(&conduct), 5, world.fixed().assignment)], E::WrongJob);
    let before: Claim = world.read(&conduct.claim);
    let other = world.case();
    world.chain.refused(&[given(ix::advance_dispute(&other), 3, conduct.claim)], E::WrongClaim);
    assert_eq!(world.read::<Claim>(&conduct.claim), before);
}

#[test]
fn a_commitment_that_was_used_or_has_lapsed_cannot_be_revived_within_the_transaction() {
    let mut world = World::new();
    world.sealed_openings();
    let start = world.chain.snapshot();
    let (at, opening) = (world.case(), world.sealed(&world.case(), &world.c2, CLAIMED).address().0);
    let open = world.open_again(&at, &world.c2, CLAIMED);
    let revive = transfer(&world.c2.key, &opening, 10_000_000);
    let lapse = cases::dispute::lapse(&world);
    world.chain.refused(&[open.clone(), lapse.clone()], E::WrongAccountOwner);
    world.chain.refused(&[open.clone(), revive.clone(), lapse.clone()], E::WrongAccountOwner);
    world.chain.must(&[open.clone(), revive.clone()]);
    world.chain.restore(&start);
    world.chain.net.advance(HOUR + 1);
    for after in [lapse.clone(), open] {
        world.chain.refused(&[lapse.clone(), after.clone()], E::WrongAccountOwner);
        world.chain.refused(&[lapse.clone(), revive.clone(), after], E::WrongAccountOwner);
    }
    // The same may be committed to anew, and is a new commitment.
    let again = world.commit_opening(&at, &world.sealed(&at, &world.c2, CLAIMED), TOKEN);
    world.chain.must(&[lapse, again]);
    assert_eq!(world.read::<DisputeOpening>(&opening).committed_ts, world.chain.net.now());
}
