//! The delayer (dispute-appeal-3): a convicted provider holds every appeal alone, to be slashed later.

use {
    super::{
        Attack, Books, Outcome, Stage, court,
        economy::{Economy, Laws, Stand},
    },
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::{
        math::{
            Amount, Bps, Ppm,
            dispute::{first_jury_cost, installment_due, juror_fee},
            slash::{Stakes, amount},
        },
        presets::DISPUTES,
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "delaying_gains_nothing",
    attacker: "a convicted provider",
    attack: "holds both appeals against each conviction alone, and earns with what is to be slashed for eight epochs longer",
    victims: "the challenger",
    run: |stage| Outcome::of(|attacks| live(stage, juror_fee, attacks)),
};

const STAKE: u64 = 1_000_000 * TOKEN;
/// Other providers, as large as it: of each token of stake an epoch brings some 0.24 %.
const OTHERS: usize = 39;
const SEVERITY: u8 = 3;
/// The most that the severity may cost: so much of the own stake is claimed.
const MOST: Bps = Bps(1_500);
/// Epochs of a cycle until the first installment, without an appeal.
const FIRST_INSTALLMENT: u32 = 5;
/// How much longer an appeal takes at most: a day to pay for it, and three for its jury.
const ROUND: u32 = 4;
/// The rounds that can be appealed to.
const ROUNDS: [u8; 2] = [2, 3];

/// What decides here: what a juror of a round is paid, of the round, the severity, the first round's fee and
/// the claim.
type Law = fn(u8, u8, Amount, Amount) -> Amount;

fn live(stage: &Stage, law: Law, attacks: bool) -> Books {
    let mut economy = Economy::new(stage.rules, Laws::PRESENT);
    let mut books = Books::default();
    let (rule, slash) = (&DISPUTES.severities[usize::from(SEVERITY) - 1], court::slash(SEVERITY, STAKE));
    let stakes = Stakes { own: Amount(STAKE), delegated: Amount::ZERO };
    let claimed = amount(MOST, stakes, stakes).saturating_add(first_jury_cost(SEVERITY, &court::terms(stage.rules)));
    let waits = court::bond(SEVERITY, STAKE, stage.rules).0 + court::reward(SEVERITY, slash).0;
    let delay = if attacks { ROUND * 2 } else { 0 };
    for epoch in 0..stage.epochs {
        let day = epoch % court::CYCLE;
        let come = (day + 1).saturating_sub(FIRST_INSTALLMENT + delay);
        let taken = installment_due(slash, come, rule.installments);
        let mut stands = vec![Stand::of(STAKE, Ppm(900_000)); OTHERS + 1];
        stands[0] = Stand::of(STAKE - taken.0, Ppm(900_000));
        let income = economy.share_out(&stands).providers;
        books.attacker += income[0].0;
        if attacks && day < delay && day.is_multiple_of(ROUND) {
            let round = ROUNDS[(day / ROUND) as usize];
            let fee = law(round, SEVERITY, Amount(DISPUTES.juror_fee), claimed);
            let cost = court::jury(round, SEVERITY, fee, stage.rules).0;
            books.attacker -= i128::from(cost);
            books.spent += cost;
        }
        if (FIRST_INSTALLMENT..FIRST_INSTALLMENT + delay).contains(&day) {
            // What it would have earned with it.
            books.victims -= income[1].0 * i128::from(waits) / i128::from(STAKE);
        }
        // After each conviction the provider fills its stake up again.
        if day + 1 == court::CYCLE {
            books.attacker -= i128::from(slash.0);
        }
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    #[test]
    fn where_a_juror_is_paid_the_same_whatever_is_claimed_delay_earns_more_than_it_costs() {
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, |_, _, fee, _| fee, attacks)));
        assert!(old.gained() > 0 && old.lost() > 0, "{old:?}");
        assert!(i128::from(old.attacking.spent) < 100 * 3 * i128::from(TOKEN), "some tokens for each delay");
        assert!(!old.is_harmless());
    }
}
