//! That the promises about attacks can be broken, and how.

use {
    super::{ATTACKS, Attempt, Books, Outcome, Stage, economy::Laws},
    crate::simulate::agents::setting::Rules,
    work_token_sdk::math::emission::{Limits, of_epoch},
};

/// Epochs of a test.
pub const EPOCHS: u32 = 300;

/// Lets something happen on the stage of a test.
pub fn on_stage<T>(run: impl Fn(&Stage) -> T) -> T {
    run(&Stage { rules: &Rules::default(), epochs: EPOCHS, seed: 3 })
}

/// The emission scaled by all stake that was weighed, with weight or without (epoch-emission-1, gone): in
/// these networks that is the largest of eight epochs.
pub fn unscaled() -> Laws {
    let emission = |limits: &Limits| {
        of_epoch(&Limits { weighted: limits.largest_stake, attested: limits.largest_stake, ..*limits })
    };
    Laws { emission, ..Laws::PRESENT }
}

#[test]
fn no_attack_gains_or_costs_others_more_than_the_attacker_for_any_seed_and_length() {
    for attack in &ATTACKS {
        for (epochs, seed) in [(100, 1), (100, 2), (101, 3), (1_000, 4)] {
            let claim = attack.attempt(&Stage { rules: &Rules::default(), epochs, seed }).claim();
            assert!(claim.holds, "{}: {}", claim.name, claim.found);
        }
    }
}

#[test]
fn an_attack_that_gains_or_costs_others_more_breaks_its_promise() {
    let books = |attacker, victims| Books { attacker, spent: 0, victims };
    let judged = |attacking| Outcome { honest: books(100, 100), attacking }.is_harmless();
    assert!(judged(books(100, 100)) && judged(books(90, 90)) && judged(books(90, 200)));
    assert!(!judged(books(101, 100)), "it gains");
    assert!(!judged(books(90, 89)), "it costs others more than itself");
    assert!(!judged(books(101, 200)), "that others gain, too, is no excuse");
    let attempt = |gained| {
        let attacking = Books { attacker: gained, ..Books::default() };
        Attempt { attack: &ATTACKS[0], outcome: Outcome { honest: Books::default(), attacking } }
    };
    assert!(attempt(0).claim().holds && !attempt(1).claim().holds);
}

#[test]
fn attacks_have_names_of_their_own() {
    let mut names: Vec<&str> = ATTACKS.iter().map(|attack| attack.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), ATTACKS.len());
}
