//! The false claimer (dispute-claim-1): a dispute that is withdrawn, so that whoever leaves is charged for
//! it.

use {
    super::{Attack, Books, Outcome, Stage, court},
    crate::simulate::agents::setting::TOKEN,
    bytemuck::Zeroable,
    work_token_sdk::{
        math::{
            Amount,
            dispute::{Kept, withdrawal_cost},
        },
        state::{Charge, Claim, ClaimEntry, KeptState, PoolKind, TicketClaim, Unbonding},
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "a_false_claim_charges_nobody",
    attacker: "a false claimer",
    attack: "opens a second dispute of severity 2 beside a true one of severity 1, and withdraws it before the answer",
    victims: "a delegator who leaves meanwhile",
    run: |stage| Outcome::of(|attacks| live(stage, charged, attacks)),
};

/// Stake of the provider, all of it one delegator's who leaves with all of it.
const STAKE: u64 = 300_000 * TOKEN;
const TRUE: u8 = 1;
const FALSE: u8 = 2;

/// What decides here: what a ticket's part of a claim loses once its disputes have ended.
type Law = fn(&Claim, &[ClaimEntry], &Unbonding) -> Amount;

fn charged(claim: &Claim, entries: &[ClaimEntry], ticket: &Unbonding) -> Amount {
    let joined = u16::try_from(entries.len()).expect("two disputes at most");
    claim.charged(entries, ticket, 0, joined).expect("its disputes have ended")
}

/// A dispute of a claim that has ended.
fn entry(claimed: Amount, executed: Amount) -> ClaimEntry {
    let charge = Charge { claimed: claimed.0, executed: executed.0, joined: KeptState::of(Kept::ALL) };
    let mut entry = ClaimEntry::zeroed();
    entry.end_one(&Charge::zeroed(), &charge);
    entry
}

fn live(stage: &Stage, law: Law, attacks: bool) -> Books {
    let mut books = Books::default();
    let slash = court::slash(TRUE, STAKE);
    let mut entries = vec![entry(slash, slash)];
    let mut part = slash;
    if attacks {
        let claimed = court::slash(FALSE, STAKE);
        entries.push(entry(claimed, Amount::ZERO));
        part = part.saturating_add(claimed);
    }
    let claim = Claim { number: 1, opened: entries.len() as u32, ..Claim::zeroed() };
    // Everybody leaves: whatever was claimed leaves with the ticket, and nothing has been executed by then.
    let (_, departed) = Kept::ALL.leave(STAKE, STAKE);
    let mut ticket = Unbonding { pool: PoolKind::Delegated as u8, held: part.0, ..Unbonding::zeroed() };
    (ticket.weight, ticket.halvings) = (departed.weight, departed.halvings);
    ticket.claims[0] = TicketClaim { number: 1, joined: entries.len() as u32, part: part.0, ..TicketClaim::zeroed() };
    for _ in 0..stage.epochs / court::CYCLE {
        if attacks {
            let cost = withdrawal_cost(court::bond(FALSE, STAKE, stage.rules));
            books.attacker -= i128::from(cost.0);
            books.spent += cost.0;
        }
        books.victims -= i128::from(law(&claim, &entries, &ticket).0);
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    #[test]
    fn where_a_claim_that_has_closed_counts_in_full_a_tenth_of_a_bond_burns_a_leavers_whole_part() {
        let law: Law = |_, _, ticket| Amount(ticket.claims[0].part);
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, law, attacks)));
        assert!(old.gained() < 0 && old.lost() > -old.gained(), "{old:?}");
        assert!(!old.is_harmless());
    }
}
