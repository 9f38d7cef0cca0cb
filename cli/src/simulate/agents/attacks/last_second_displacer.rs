//! The last-second displacer (score-roster-2, place-swap-1): a larger bond that comes when nobody can answer
//! any more.

use {
    super::{
        Attack, Books, Outcome, Stage,
        economy::{Economy, Laws, Stand},
    },
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::math::{
        Amount, Epoch, Ppm,
        attester::{pay, weighted_points},
        places::{MARGIN_BPS, exceeds_margin},
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "displacing_in_the_last_second_gains_nothing",
    attacker: "a last-second displacer",
    attack: "aims with all that it has at the place with the smallest bond of a full roster, in the last second of an epoch",
    victims: "the incumbent, who could add as much,",
    run: |stage| Outcome::of(|attacks| live(stage, Epoch::next, attacks)),
};

/// The smallest bond, that of every other place, and places.
const SMALLEST: u64 = 100_000 * TOKEN;
const BOND: u64 = 400_000 * TOKEN;
const PLACES: u64 = 192;
/// What the attacker has, and as much the incumbent could bond.
const MEANS: u64 = 2 * SMALLEST;
const POINTS: u32 = 10_000;

/// What decides here: the epoch in whose second half the place changes hands, of the one in which it is aimed
/// at.
type Law = fn(Epoch) -> Epoch;

fn live(stage: &Stage, due: Law, attacks: bool) -> Books {
    let mut economy = Economy::new(stage.rules, Laws::PRESENT);
    let (mut incumbent, mut attacker, mut aim): (u64, u64, Option<(u64, Epoch)>) = (SMALLEST, 0, None);
    let mut books = Books::default();
    for epoch in (1..=stage.epochs).map(Epoch) {
        let emission = economy.share_out(&[Stand::of(BOND, Ppm(1_000_000))]).attesters;
        let points = |bond: u64| weighted_points(POINTS, bond);
        let all = points(incumbent) + points(attacker) + (PLACES - 1) * points(BOND);
        books.attacker += i128::from(pay(emission, points(attacker), all).0);
        books.victims += i128::from(pay(emission, points(incumbent), all).0);
        if !attacks || incumbent == 0 {
            continue;
        }
        if let Some((bond, aimed)) = aim
            && due(aimed) > aimed
        {
            // The incumbent has seen it, and adds in the first half what keeps its place.
            incumbent = incumbent.max((bond * 10_000).div_ceil(10_000 + u64::from(MARGIN_BPS))).min(MEANS);
        }
        if aim.is_none() && exceeds_margin(Amount(MEANS), Amount(incumbent)) {
            aim = Some((MEANS, epoch));
        }
        if let Some((bond, aimed)) = aim
            && due(aimed) <= epoch
        {
            if exceeds_margin(Amount(bond), Amount(incumbent)) {
                (attacker, incumbent) = (bond, 0);
            }
            aim = None;
        }
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    #[test]
    fn where_a_place_changes_hands_at_once_five_percent_more_take_it_from_one_that_would_have_added() {
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, |aimed| aimed, attacks)));
        assert!(old.gained() > 0 && old.lost() > 0, "{old:?}");
        assert!(!old.is_harmless());
    }

    #[test]
    fn an_incumbent_that_adds_keeps_its_place_and_is_paid_for_what_it_added() {
        let present = on_stage(ATTACK.run);
        assert_eq!(present.gained(), 0);
        assert!(present.lost() < 0, "{present:?}");
    }
}
