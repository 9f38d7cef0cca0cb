//! Idle stake (epoch-work-2): twice the stake, and no work.

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
    name: "idle_stake_earns_no_units",
    attacker: "a stake that idles",
    attack: "leaves its machines off and lets its stake wait for what others' work earns",
    victims: "a provider of the same stake that goes on working",
    run: |stage| Outcome::of(|attacks| live(stage, Pay::highest(stage.rules, 1), attacks)),
};

const STAKE: u64 = 1_000_000 * TOKEN;
const FEES: u64 = 1_000_000 * TOKEN;

fn live(stage: &Stage, pay: Pay, idles: bool) -> Books {
    let mut economy = Economy::paying(stage.rules, Laws::PRESENT, pay);
    let mut books = Books::default();
    let split = split_fee(Amount(FEES), stage.rules.fee_burn, stage.rules.fee_treasury);
    let units = split.burn.0 / pay.units.burn.0;
    let works = Stand { fees: split.provider.0, burned: split.burn.0, units, ..Stand::of(STAKE, Ppm(900_000)) };
    for _ in 0..stage.epochs {
        let first = if idles { Stand::of(STAKE, Ppm(900_000)) } else { works };
        let income = economy.share_out(&[first, works]);
        books.attacker += income.providers[0].0;
        books.victims += income.providers[1].0;
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    #[test]
    fn who_idles_forgoes_fees_what_comes_back_and_units() {
        let with = |pay: fn(Pay) -> Pay| {
            on_stage(|stage| {
                let pay = pay(Pay::highest(stage.rules, 1));
                Outcome::of(|idles| live(stage, pay, idles))
            })
        };
        let (paid, unpaid) = (with(|pay| pay), with(|_| Pay { baseline: 1, ..Pay::NONE }));
        assert!(paid.gained() < unpaid.gained() && unpaid.gained() < 0, "{paid:?} {unpaid:?}");
        assert!(paid.is_harmless());
    }
}
