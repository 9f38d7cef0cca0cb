//! The splitter of work (epoch-work-2): one stake and one machine as eight providers, for more units.

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
    name: "splitting_work_gains_nothing",
    attacker: "a splitter of work",
    attack: "does the same work for the same fees with the same stake as eight providers",
    victims: "a provider of the same stake that does as much",
    run: |stage| Outcome::of(|attacks| live(stage, if attacks { IDENTITIES } else { 1 })),
};

/// Below the share cap, which splitting passes (epoch-weigh-3).
const STAKE: u64 = 800_000 * TOKEN;
const OTHERS: u64 = 10_000_000 * TOKEN;
const FEES: u64 = 1_000_003 * TOKEN;
const IDENTITIES: u64 = 8;

fn live(stage: &Stage, identities: u64) -> Books {
    let pay = Pay::highest(stage.rules, 1);
    let mut economy = Economy::paying(stage.rules, Laws::PRESENT, pay);
    let mut books = Books::default();
    let stand = |part: u64| {
        let split = split_fee(Amount(FEES / part), stage.rules.fee_burn, stage.rules.fee_treasury);
        let units = FEES / part / TOKEN * 40;
        let fees = split.provider.0;
        Stand { fees, burned: split.burn.0, units, ..Stand::of(STAKE / part, Ppm(870_001)) }
    };
    for _ in 0..stage.epochs {
        let mut stands = vec![stand(identities); usize::try_from(identities).expect("eight")];
        stands.extend([stand(1), Stand::of(OTHERS, Ppm(1_000_000))]);
        let income = economy.share_out(&stands).providers;
        let own = income.iter().take(stands.len() - 2).map(|(own, _)| *own);
        books.attacker += own.sum::<i128>();
        books.victims += income[stands.len() - 2].0;
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    #[test]
    fn eight_identities_get_what_one_gets_less_what_is_rounded() {
        let outcome = on_stage(|stage| Outcome::of(|attacks| live(stage, if attacks { IDENTITIES } else { 1 })));
        let epochs = i128::from(crate::simulate::agents::attacks::tests::EPOCHS);
        assert!(outcome.gained() <= 0 && outcome.gained() > -epochs * i128::from(TOKEN), "{outcome:?}");
        assert!(outcome.is_harmless());
    }
}
