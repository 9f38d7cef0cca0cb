//! The wash trader (epoch-work-1, epoch-work-3): jobs with oneself through a second key, for what comes back
//! of burned fees and for units of work.

use {
    super::{
        Attack, Books, Outcome, Stage,
        economy::{Economy, Laws, Pay, Stand},
    },
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::math::{Amount, Ppm, job::split_fee},
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "washing_work_gains_nothing",
    attacker: "a wash trader",
    attack: "has its own provider do jobs for a fortune in each epoch, through a second key, and attested as many units",
    victims: "a provider of the same stake that does as much for strangers",
    run: |stage| Outcome::of(|attacks| live(stage, Pay::highest(stage.rules, ROOM), [FEES; 2], attacks)),
};

const STAKE: u64 = 1_000_000 * TOKEN;
/// Fees in an epoch: of the wash, and of the strangers of the other.
const FEES: u64 = 5_000_000 * TOKEN;
/// How many times the least baseline of units the network has.
const ROOM: u64 = 10;
const PERFECT: Ppm = Ppm(1_000_000);

fn live(stage: &Stage, pay: Pay, [wash, strangers]: [u64; 2], attacks: bool) -> Books {
    let mut economy = Economy::paying(stage.rules, Laws::PRESENT, pay);
    let mut books = Books::default();
    let split = |fee| split_fee(Amount(fee), stage.rules.fee_burn, stage.rules.fee_treasury);
    let works = |fee: u64| {
        let split = split(fee);
        let units = split.burn.0 / pay.units.burn.0;
        Stand { fees: split.provider.0, burned: split.burn.0, units, ..Stand::of(STAKE, PERFECT) }
    };
    for _ in 0..stage.epochs {
        let spent = if attacks { wash } else { 0 };
        let income = economy.share_out(&[works(spent), works(strangers)]);
        books.spent += spent;
        books.attacker += income.providers[0].0 - i128::from(spent);
        books.victims += income.providers[1].0;
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    fn run(fees: [u64; 2], pay: fn(&Stage) -> Pay) -> Outcome {
        on_stage(|stage| Outcome::of(|attacks| live(stage, pay(stage), fees, attacks)))
    }

    #[test]
    fn at_the_least_baseline_no_wash_of_any_size_gains() {
        for wash in [1, 1_000, 100_000, 545_454, 600_000, 5_000_000, 50_000_000] {
            for strangers in [0, FEES] {
                let outcome = run([wash * TOKEN, strangers], |stage| Pay::highest(stage.rules, 1));
                assert!(outcome.gained() <= 0, "{wash}: {outcome:?}");
            }
            let with_room = run([wash * TOKEN, FEES], |stage| Pay::highest(stage.rules, ROOM));
            assert!(with_room.is_harmless(), "{wash}: {with_room:?}");
        }
    }

    #[test]
    fn below_the_least_baseline_a_wash_alone_in_its_network_gains() {
        let half = |stage: &Stage| {
            let pay = Pay::highest(stage.rules, 1);
            Pay { baseline: pay.baseline / 2, ..pay }
        };
        let alone = run([1_000 * TOKEN, 0], half);
        assert!(alone.gained() > 0, "{alone:?}");
    }
}
