//! The silent attester (score-fine-1, score-value-3): two shards, a provider in each; it has bonds in the one
//! and a provider in the other.

use {
    super::{
        Attack, Books, Outcome, Stage,
        economy::{Economy, Laws, Stand, Standing, metric},
    },
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::math::{
        Amount,
        attester::{fine, pay, weighted_points},
        panel::{MAX_REPORTS, Panel, Reports},
        score::reputation_bps,
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "silence_gains_nothing",
    attacker: "a silent attester",
    attack: "owes reports on a rival of its own provider with two fifths of the bonds drawn for that shard, and reveals none",
    victims: "the rival and the other attesters",
    run: |stage| Outcome::of(|attacks| live(stage, &Law::PRESENT, SILENT_PERCENT, attacks)),
};

const STAKE: u64 = 1_000_000 * TOKEN;
/// Bonds of a shard.
const BONDS: u64 = 100_000 * TOKEN;
const SILENT_PERCENT: u64 = 40;
/// What all who report find, in either shard.
const FOUND_BPS: u16 = 9_500;
const FULL_POINTS: u32 = 10_000;

/// What decides here.
struct Law {
    laws: Laws,
    /// The value of a metric that so much of all that was drawn reported.
    value: fn(&Panel, &Reports, u64, u64) -> Option<u16>,
    /// Whether a provider weighs that has had no value for so many epochs.
    weighs: fn(u32) -> bool,
}

impl Law {
    const PRESENT: Self = Self {
        laws: Laws::PRESENT,
        value: |panel, reports, _reported, _drawn| panel.value(reports, || 0),
        weighs: |_| true,
    };
}

/// The rival's shard in one epoch: the value, and what the silent one is fined.
fn judge(stage: &Stage, law: &Law, silent: u64, attacks: bool) -> (Option<u16>, u64) {
    let mut bonds = [0; MAX_REPORTS];
    (bonds[0], bonds[1]) = (silent, BONDS - silent);
    let panel = Panel::new(&bonds).expect("bonds are part of the supply");
    let mut said = [0; MAX_REPORTS];
    (said[0], said[1]) = (if attacks { 0 } else { FOUND_BPS + 1 }, FOUND_BPS + 1);
    let reported = if attacks { BONDS - silent } else { BONDS };
    let value = (law.value)(&panel, &Reports::of(&said), reported, BONDS);
    let least = Amount(stage.rules.attester_fine);
    let owed = fine(least, Amount(silent), Amount(silent), Amount(reported), Amount(BONDS)).0;
    (value, if attacks { owed } else { 0 })
}

fn live(stage: &Stage, law: &Law, silent_percent: u64, attacks: bool) -> Books {
    let silent = BONDS * silent_percent / 100;
    let mut economy = Economy::new(stage.rules, law.laws);
    let (mut rival, mut own, mut unvalued) = (Standing::settled(FOUND_BPS), Standing::settled(FOUND_BPS), 0);
    let mut books = Books::default();
    for _ in 0..stage.epochs {
        own.judge(&[(metric(1_000_000), FOUND_BPS)], true, stage.rules);
        let (value, fined) = judge(stage, law, silent, attacks);
        unvalued = if value.is_some() { 0 } else { unvalued + 1 };
        let counted = value.unwrap_or(reputation_bps(rival.reputation_x12));
        rival.judge(&[(metric(1_000_000), counted)], value.is_some(), stage.rules);
        let weighs = (law.weighs)(unvalued);
        let shards = [
            Stand::of(STAKE, own.score),
            Stand { weighs, is_attested: value.is_some(), ..Stand::of(STAKE, rival.score) },
        ];
        let income = economy.share_out(&shards);

        // The attacker keeps its bond where it is: what it is fined it adds again.
        let points = |bond: u64, earns: bool| if earns { weighted_points(FULL_POINTS, bond) } else { 0 };
        let silents = points(silent, value.is_some() && !attacks);
        let others = points(BONDS - silent, value.is_some()) + points(BONDS, true);
        let paid = |points: u64| i128::from(pay(income.attesters, points, silents + others).0);
        books.spent += fined;
        books.attacker += income.providers[0].0 + paid(silents) - i128::from(fined);
        books.victims += income.providers[1].0 + paid(others);
    }
    books
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::simulate::agents::attacks::tests::{on_stage, unscaled},
    };

    /// Two thirds of the bonds, or no score; without one for more than two epochs no weight (gone).
    const OLD: Law = Law {
        laws: Laws::PRESENT,
        value: |panel, reports, reported, drawn| {
            if 3 * reported >= 2 * drawn { panel.lower_median(reports) } else { None }
        },
        weighs: |unvalued| unvalued <= 2,
    };

    fn run(law: &Law, silent_percent: u64) -> Outcome {
        on_stage(|stage| Outcome::of(|attacks| live(stage, law, silent_percent, attacks)))
    }

    #[test]
    fn where_two_thirds_must_reveal_two_fifths_take_the_emission_of_a_rival() {
        let old = run(&Law { laws: unscaled(), ..OLD }, SILENT_PERCENT);
        assert!(old.gained() > 0 && old.lost() > 0, "{old:?}");
        assert!(!old.is_harmless());
    }

    #[test]
    fn that_the_emission_shrinks_with_the_rival_alone_would_leave_the_rival_without_income_for_a_fine() {
        let old = run(&OLD, SILENT_PERCENT);
        assert!(old.gained() <= 0 && !old.is_harmless(), "{old:?}");
    }

    #[test]
    fn silence_with_more_than_half_of_a_shard_costs_a_quarter_of_the_bond_and_a_settled_rival_nothing() {
        for percent in [1, 40, 50, 51, 67, 99] {
            let outcome = run(&Law::PRESENT, percent);
            assert!(outcome.is_harmless(), "{percent} %: {outcome:?}");
        }
        let majority = run(&Law::PRESENT, 51);
        let quarter = BONDS * 51 / 100 / 4 * u64::from(crate::simulate::agents::attacks::tests::EPOCHS);
        assert_eq!(majority.attacking.spent, quarter);
    }
}
