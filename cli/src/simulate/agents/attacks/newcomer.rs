//! The newcomer at the switch of metrics (epoch-emission-1): whoever still weighs when nobody else does.

use {
    super::{
        Attack, Books, Outcome, Stage,
        economy::{Economy, Laws, Stand, Standing, metric},
    },
    crate::simulate::agents::setting::TOKEN,
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "coming_at_the_switch_of_metrics_gains_nothing",
    attacker: "a newcomer at the switch of metrics",
    attack: "registers anew whenever metrics are switched on and nobody cranks scores, so that its grace lasts when that of all others is over",
    victims: "an incumbent with a thousand times its stake",
    run: |stage| Outcome::of(|attacks| live(stage, Laws::PRESENT, attacks)),
};

const INCUMBENT: u64 = 10_000_000 * TOKEN;
const NEWCOMER: u64 = 10_000 * TOKEN;
/// Metrics are switched on once in so many epochs.
const CYCLE_EPOCHS: u32 = 60;
/// So many epochs after that nobody is scored, though everybody could be.
const UNSCORED_EPOCHS: u32 = 4;
/// So many of them the last score counts.
const GRACE_EPOCHS: u32 = 2;
/// What is measured of both, afterwards.
const MEASURED_BPS: u16 = 9_000;

/// A provider's standing, and how long it has not been scored.
struct Scored {
    standing: Standing,
    unscored: u32,
}

impl Scored {
    fn new() -> Self {
        Self { standing: Standing::new(), unscored: 0 }
    }

    /// Weighs in one more epoch.
    fn stand(&mut self, stage: &Stage, own: u64, is_scored: bool) -> Stand {
        if is_scored {
            self.unscored = 0;
            self.standing.judge(&[(metric(1_000_000), MEASURED_BPS)], true, stage.rules);
        }
        let weighs = is_scored || self.unscored < GRACE_EPOCHS;
        self.unscored += u32::from(!is_scored);
        Stand { weighs, is_attested: is_scored, ..Stand::of(own, self.standing.score) }
    }
}

/// The newcomer waits for nothing and may take its stake from one identity to the next at once: all that is
/// in its favour.
fn live(stage: &Stage, laws: Laws, attacks: bool) -> Books {
    let mut economy = Economy::new(stage.rules, laws);
    let (mut incumbent, mut newcomer) = (Scored::new(), Scored::new());
    let mut books = Books::default();
    for epoch in 0..stage.epochs {
        // A cycle ends with the epochs after the switch.
        let unscored_for = (epoch % CYCLE_EPOCHS + UNSCORED_EPOCHS).checked_sub(CYCLE_EPOCHS);
        if attacks && unscored_for == Some(GRACE_EPOCHS) {
            newcomer = Scored::new();
        }
        let is_scored = unscored_for.is_none();
        let stands = [newcomer.stand(stage, NEWCOMER, is_scored), incumbent.stand(stage, INCUMBENT, is_scored)];
        let income = economy.share_out(&stands);
        books.attacker += income.providers[0].0;
        books.victims += income.providers[1].0;
    }
    books
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::simulate::agents::attacks::tests::{EPOCHS, on_stage, unscaled},
    };

    #[test]
    fn where_the_emission_is_scaled_by_all_stake_that_was_folded_a_newcomer_takes_all_of_it() {
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, unscaled(), attacks)));
        // Two epochs of a cycle.
        let taken = i128::from(EPOCHS / CYCLE_EPOCHS) * 2 * 90_000 * i128::from(TOKEN);
        assert!(old.gained() > taken, "{old:?}");
        assert!(!old.is_harmless());
    }
}
