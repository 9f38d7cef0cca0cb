//! What a dispute leads to, twice in one transaction, at addresses that hold lamports already, and with accounts that it is not about.

use {
    crate::{
        cases::{self, Case},
        world::*,
    },
    work_token_sdk::{
        DisputeAddresses, Instruction, WorkTokenError as E, ix,
        state::{Assignment, Claim},
    },
};

/// What happens once. The other instructions of disputes may be repeated: evidence, locks, announcements, steps of a jury.
const ONCE: &[&str] = &[
    "leave_jury",
    "claim_juror_pay",
    "seat_juror",
    "exclude_juror",
    "commit_vote",
    "reveal_vote",
    "settle_ballot",
    "open_dispute",
    "raise_claim",
    "answer_dispute",
    "withdraw_dispute",
    "advance_dispute",
    "rule_dispute",
    "prove_fault",
    "correct_score",
    "execute_installment",
    "distribute_slash",
    "settle_ticket",
    "claim_dispute_credit",
    "claim_appeal",
    "claim_counter_bond",
    "unjail",
    "close_dispute",
    "close_case",
];

/// A juror that is passed over is drawn for the same seat again: the next draw is another one, which the same accounts can fit.
const DRAWN_AGAIN: &str = "seat_juror, who stands behind the provider";

fn of(name: &str) -> Case {
    cases::all().into_iter().find(|case| case.name == name).expect("a case of this name")
}

#[test]
fn what_a_dispute_leads_to_happens_once() {
    let mut world = World::new();
    let start = world.chain.snapshot();
    let mut tested = 0;
    for case in cases::all() {
        if !ONCE.contains(&case.instruction) || case.name == DRAWN_AGAIN {
            continue;
        }
        tested += 1;
        world.chain.restore(&start);
        let instruction = (case.prepare)(&mut world);
        world.chain.refusal(&[instruction.clone(), instruction.clone()]);
        world.chain.must(std::slice::from_ref(&instruction));
        world.chain.refusal(&[instruction]);
    }
    assert!(tested >= ONCE.len());
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
    for name in ["join_jury", "open_dispute", "fund_appeal", "seat_juror", "prove_fault"] {
        let case = of(name);
        world.chain.restore(&start);
        let instruction = (case.prepare)(&mut world);
        let slots = cases::slots(&idl, &case, &instruction);
        for (slot, meta) in slots.iter().zip(&instruction.accounts) {
            let is_made = ["juror", "ballot", "dispute", "claim", "fault", "share"].contains(&slot.name.as_str());
            if is_made && world.chain.lamports(&meta.pubkey) == 0 {
                world.chain.net.fund(&meta.pubkey, 1_000_000);
                funded += 1;
            }
        }
        world.chain.must(&[instruction]);
    }
    assert_eq!(funded, 1 + 3 + 1 + 1 + 3);
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
    let at = DisputeAddresses::next_of_conduct(&world.p1, &world.provider(&world.p1), CONDUCT_EPOCH);
    world.chain.must(&[given(world.open_dispute(&at, &world.c2), 3, seat)]);
    assert_eq!(world.read::<Assignment>(&seat), before);
    assert_eq!(world.dispute(&at).subject, world.p1.provider);
}

#[test]
fn a_dispute_is_advanced_with_nothing_that_it_is_not_about() {
    let mut world = World::new();
    world.stands(0);
    let conduct = world.disputed_conduct(&world.p1);
    world.chain.refused(&[given(ix::advance_dispute(&conduct), 5, world.fixed().assignment)], E::WrongJob);
    let at = DisputeAddresses::next_of_score(&world.p1, &world.provider(&world.p1), 4);
    world.chain.must(&[world.open_dispute(&at, &world.c2)]);
    let claim = conduct.claim.expect("a claim");
    let before: Claim = world.read(&claim);
    world.chain.refused(&[given(ix::advance_dispute(&at), 3, claim)], E::WrongClaim);
    assert_eq!(world.read::<Claim>(&claim), before);
}
