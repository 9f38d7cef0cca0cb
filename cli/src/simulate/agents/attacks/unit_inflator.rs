//! The inflator (score-units-1): attesters with less than half of a shard's bonds that report the highest
//! amount there is of their own provider.

use {
    super::{
        Attack, Books, Outcome, Stage,
        economy::{Economy, Laws, Pay, Stand},
    },
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::math::{
        Ppm,
        attester::{pay, weighted_points},
        minifloat::{MOST_CODE, decode, encode},
        panel::{Agreement, MAX_REPORTS, Panel, Reports},
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "inflated_units_gain_nothing",
    attacker: "a provider with attesters of its own",
    attack: "has 49 % of the bonds of its shard report the highest number of units for it",
    victims: "a provider that did the same, and the other attesters",
    run: |stage| Outcome::of(|attacks| live(stage, Law::PRESENT, attacks)),
};

const STAKE: u64 = 1_000_000 * TOKEN;
const BONDS: u64 = 100_000 * TOKEN;
const OWN_PERCENT: u64 = 49;
/// What each of the two did, and has burned a hundred times as much as it takes.
const UNITS: u64 = 1_000_000;
const TOLERANCE: u16 = 100;

/// What decides here: the units of bonds that report them.
#[derive(Clone, Copy)]
struct Law(fn(&Panel, &Reports, [(u16, u64); 2]) -> u64);

impl Law {
    const PRESENT: Self = Self(|panel, reports, _| panel.value(reports, || 0).map_or(0, decode));
}

/// The units of the attacker's provider, and the points of both sides.
fn judge(law: Law, attacks: bool) -> (u64, [u32; 2]) {
    let mut bonds = [0; MAX_REPORTS];
    bonds[0] = BONDS / 100 * OWN_PERCENT;
    bonds[1] = BONDS - bonds[0];
    let said = [if attacks { MOST_CODE } else { encode(UNITS) }, encode(UNITS)];
    let mut codes = [0; MAX_REPORTS];
    (codes[0], codes[1]) = (said[0] + 1, said[1] + 1);
    let panel = Panel::new(&bonds).expect("bonds are part of the supply");
    let reports = Reports::of(&codes);
    let mut agreement = Agreement::within(TOLERANCE);
    if let Some(median) = panel.value(&reports, || 0) {
        agreement.add_units(&reports, median, TOLERANCE);
    }
    let mut points = Vec::new();
    agreement.each(|earned, _| points.push(earned));
    ((law.0)(&panel, &reports, [(said[0], bonds[0]), (said[1], bonds[1])]), [points[0], points[1]])
}

fn live(stage: &Stage, law: Law, attacks: bool) -> Books {
    let mut economy = Economy::paying(stage.rules, Laws::PRESENT, Pay::highest(stage.rules, 1));
    let mut books = Books::default();
    for _ in 0..stage.epochs {
        let (units, points) = judge(law, attacks);
        let burned = UNITS * 100 * TOKEN / 1_000;
        let stand = |units| Stand { burned, units, ..Stand::of(STAKE, Ppm(900_000)) };
        let income = economy.share_out(&[stand(units), stand(UNITS)]);
        let bonds = [BONDS / 100 * OWN_PERCENT, BONDS - BONDS / 100 * OWN_PERCENT];
        let weighted = [0, 1].map(|side: usize| weighted_points(points[side], bonds[side]));
        let paid = weighted.map(|own| i128::from(pay(income.attesters, own, weighted[0] + weighted[1]).0));
        books.attacker += income.providers[0].0 + paid[0];
        books.victims += income.providers[1].0 + paid[1];
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    #[test]
    fn a_mean_of_what_is_reported_would_pay_the_inflator() {
        let mean = Law(|_, _, said| {
            let whole: u128 = said.iter().map(|(code, bond)| u128::from(decode(*code)) * u128::from(*bond)).sum();
            u64::try_from(whole / u128::from(BONDS)).expect("below the highest")
        });
        let outcome = on_stage(|stage| Outcome::of(|attacks| live(stage, mean, attacks)));
        assert!(outcome.gained() > 0 && !outcome.is_harmless(), "{outcome:?}");
    }

    #[test]
    fn under_the_median_it_forgoes_its_pay_and_changes_nothing_else() {
        let outcome = on_stage(|stage| Outcome::of(|attacks| live(stage, Law::PRESENT, attacks)));
        assert!(outcome.gained() < 0 && outcome.is_harmless(), "{outcome:?}");
        assert!(outcome.lost() <= 0, "the others are paid what it forgoes: {outcome:?}");
    }
}
