//! The meter-stopper (job-meter-3): meters that bind a rival's stake and are stopped at once.

use {
    super::{Attack, Books, Outcome, Stage},
    crate::simulate::agents::setting::TOKEN,
    std::collections::VecDeque,
    work_token_sdk::math::{
        Amount,
        job::{bounties, ceiling_is_reachable, exposure, exposure_room, metered_fee, split_fee},
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "stopping_meters_gains_nothing",
    attacker: "a client that stops meters",
    attack: "opens meters with a rival of its own provider and stops them after a second, until the rival has no stake left to answer for other jobs",
    victims: "the rival",
    run: |stage| Outcome::of(|attacks| live(stage, &Law::PRESENT, attacks)),
};

/// The rival's own stake.
const STAKE: u64 = 60_000 * TOKEN;
/// Fee of an ordinary job, and ceiling of a meter.
const FEE: u64 = 100 * TOKEN;
/// What an ordinary job costs whoever does it.
const COST: u64 = 45 * TOKEN;
/// Ordinary jobs that the rival gets in an epoch while its stake suffices; else the attacker's provider gets
/// them.
const JOBS: u64 = 3;
/// Epochs until a result can no longer be disputed: so long stake is bound.
const CHALLENGE_EPOCHS: usize = 3;
/// The longest work that a meter may ask for, and the least that it pays for when its client stops it.
/// Seconds.
const WORK_SECS: u64 = 86_400;
const LEAST_WORK_SECS: u64 = 600;

/// What decides here.
struct Law {
    /// The lowest price at which a meter with a ceiling may be opened.
    least_price: fn(Amount) -> u64,
    /// What it pays that ran for so many seconds and was stopped by its client.
    fee: fn(u64, u64, Amount) -> Amount,
    /// What answers for it once it is stopped, of its fee and its ceiling.
    answers_for: fn(Amount, Amount) -> Amount,
}

impl Law {
    const PRESENT: Self = Self {
        least_price: |ceiling| {
            let price = ceiling.0.div_ceil(WORK_SECS);
            assert!(
                ceiling_is_reachable(ceiling, price, WORK_SECS) && !ceiling_is_reachable(ceiling, price - 1, WORK_SECS)
            );
            price
        },
        fee: |price, ran_secs, ceiling| metered_fee(price, ran_secs.max(LEAST_WORK_SECS), ceiling),
        answers_for: |fee, _| fee,
    };
}

/// What the rival answers for, by the epoch in which it began to.
struct Bound(VecDeque<u64>);

impl Bound {
    fn room(&self) -> u64 {
        exposure_room(Amount(STAKE), Amount::ZERO, Amount(self.0.iter().sum())).0
    }

    fn bind(&mut self, amount: u64) {
        *self.0.front_mut().expect("there is a present epoch") += amount;
    }

    fn next_epoch(&mut self) {
        self.0.truncate(CHALLENGE_EPOCHS - 1);
        self.0.push_front(0);
    }
}

fn live(stage: &Stage, law: &Law, attacks: bool) -> Books {
    let rules = stage.rules;
    let bound_by = |amount: Amount| exposure(amount, rules.exposure_factor).map_or(u64::MAX, |bound| bound.0);
    let back = |fee: Amount| split_fee(fee, rules.fee_burn, rules.fee_treasury).provider.0;
    let draw_fee = 2 * bounties(rules.job_bounty, 1).map_or(0, |bounties| bounties.0);
    let gain_of_a_job = i128::from(back(Amount(FEE))) - i128::from(COST);

    let price = (law.least_price)(Amount(FEE));
    let metered = (law.fee)(price, 1, Amount(FEE));
    let of_a_meter = bound_by((law.answers_for)(metered, Amount(FEE)));
    let mut bound = Bound(VecDeque::from([0; CHALLENGE_EPOCHS]));
    let mut books = Books::default();
    for _ in 0..stage.epochs {
        bound.next_epoch();
        if attacks {
            // While it runs a meter binds its ceiling's exposure, so that the last ones must find room for
            // that.
            let most = bound.room().saturating_sub(bound_by(Amount(FEE)) - of_a_meter) / of_a_meter;
            bound.bind(most * of_a_meter);
            let paid = most * (metered.0 + draw_fee);
            books.spent += paid;
            books.attacker -= i128::from(paid);
            books.victims += i128::from(most * back(metered));
        }
        for _ in 0..JOBS {
            if bound.room() >= bound_by(Amount(FEE)) {
                bound.bind(bound_by(Amount(FEE)));
                books.victims += gain_of_a_job;
            } else {
                books.attacker += gain_of_a_job;
            }
        }
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    #[test]
    fn where_a_stopped_meter_pays_nothing_and_binds_its_ceiling_nine_of_them_take_a_rivals_jobs() {
        let law = Law {
            least_price: |_| 1,
            fee: |price, ran_secs, ceiling| metered_fee(price, ran_secs, ceiling),
            answers_for: |_, ceiling| ceiling,
        };
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, &law, attacks)));
        assert!(old.gained() > 100 * i128::from(old.attacking.spent) && old.lost() > 0, "{old:?}");
        assert!(!old.is_harmless());
    }

    #[test]
    fn each_of_the_three_rules_alone_is_not_enough() {
        let cheap = Law { least_price: |_| 1, ..Law::PRESENT };
        let unpaid = Law { fee: |price, ran_secs, ceiling| metered_fee(price, ran_secs, ceiling), ..Law::PRESENT };
        let binding = Law { answers_for: |_, ceiling| ceiling, ..Law::PRESENT };
        for (law, is_harmless) in [(cheap, true), (unpaid, true), (binding, false)] {
            let outcome = on_stage(|stage| Outcome::of(|attacks| live(stage, &law, attacks)));
            assert_eq!(outcome.is_harmless(), is_harmless, "{outcome:?}");
        }
    }
}
