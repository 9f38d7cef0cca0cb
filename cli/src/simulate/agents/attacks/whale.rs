//! The whale (dispute-answer-1): a bond that nobody can match, so that a false claim is executed in silence.

use {
    super::{Attack, Books, Outcome, Stage, court},
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::{
        math::{
            Amount,
            dispute::{Outcome as Decision, Settlement, largest_deposit, settle},
        },
        presets::DISPUTES,
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "a_bond_beyond_the_required_one_gains_nothing",
    attacker: "a whale",
    attack: "opens a false dispute in each epoch with a bond of a million, so that nobody can answer and silence executes the claim",
    victims: "the provider",
    run: |stage| Outcome::of(|attacks| live(stage, &Law::PRESENT, attacks)),
};

const STAKE: u64 = 10_000 * TOKEN;
const BOND: u64 = 1_000_000 * TOKEN;
/// What the provider can put up to answer.
const PURSE: u64 = 1_000 * TOKEN;
/// The highest claim that silence executes.
const SEVERITY: u8 = 2;

/// What decides here.
struct Law {
    /// The most that is accepted for a bond that is required.
    most: fn(Amount) -> Amount,
    /// What of a deposit an answer must match and the dispute can take, of the deposit and the required bond.
    at_stake: fn(Amount, Amount) -> Amount,
}

impl Law {
    const PRESENT: Self = Self { most: largest_deposit, at_stake: |_, required| required };
}

fn live(stage: &Stage, law: &Law, attacks: bool) -> Books {
    let (mut books, mut stake) = (Books::default(), STAKE);
    let disputes = if attacks { stage.epochs } else { 0 };
    for _ in 0..disputes {
        let required = court::bond(SEVERITY, stake, stage.rules);
        let deposit = Amount(BOND).min((law.most)(required));
        let at_stake = (law.at_stake)(deposit, required);
        if at_stake > Amount(PURSE) {
            let slash = court::slash(SEVERITY, stake);
            stake -= slash.0;
            books.attacker += i128::from(court::reward(SEVERITY, slash).0);
            books.victims -= i128::from(slash.0);
            continue;
        }
        let flows = settle(&Settlement {
            outcome: Decision::Dismissed,
            layers: court::layers(&[(at_stake, SEVERITY)]),
            counter: at_stake,
            jury: court::jury(1, SEVERITY, Amount(DISPUTES.juror_fee), stage.rules),
            ..Settlement::default()
        });
        let lost = at_stake.0 - flows.challengers[0].0;
        books.attacker -= i128::from(lost);
        books.spent += lost;
        books.victims += i128::from(flows.provider.0) - i128::from(flows.counter_lost.0);
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    #[test]
    fn where_an_answer_must_match_what_was_deposited_a_whale_executes_what_it_likes() {
        let law = Law { most: |_| Amount(u64::MAX), at_stake: |deposit, _| deposit };
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, &law, attacks)));
        // After three hundred false claims of a hundredth each a twentieth is left.
        assert!(old.gained() > 0 && old.lost() > i128::from(STAKE) * 9 / 10, "{old:?}");
        assert!(!old.is_harmless());
    }

    #[test]
    fn where_a_larger_deposit_is_accepted_and_not_at_stake_it_gains_nothing_either() {
        let law = Law { most: |_| Amount(u64::MAX), ..Law::PRESENT };
        assert!(on_stage(|stage| Outcome::of(|attacks| live(stage, &law, attacks))).is_harmless());
    }
}
