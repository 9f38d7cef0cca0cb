//! The owner that takes its delegators' fees (epoch-settle-4).

use {
    super::{
        Attack, Books, Outcome, Stage,
        economy::{Economy, Laws, Stand},
    },
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::math::{Amount, Ppm, weight::Stake},
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "taking_fees_gains_nothing",
    attacker: "an owner that wants its delegators' fees",
    attack: "asks for its own stake in the last second of each epoch and takes that back in the first second of the next, so that the snapshot has none",
    victims: "its delegators",
    run: |stage| Outcome::of(|attacks| live(stage, Laws::PRESENT, attacks)),
};

const OWN: u64 = 1_000_000 * TOKEN;
/// What its delegators have: ten times as much.
const DELEGATED: u64 = 10 * OWN;
/// Its part of an epoch's fees.
const FEES: u64 = 1_000_000 * TOKEN;
/// Other providers, as large as it with its delegators.
const OTHERS: usize = 7;

fn live(stage: &Stage, laws: Laws, attacks: bool) -> Books {
    let mut economy = Economy::new(stage.rules, laws);
    let mut books = Books::default();
    let own = Amount(if attacks { 0 } else { OWN });
    for _ in 0..stage.epochs {
        let mut stands = vec![Stand::of(OWN + DELEGATED, Ppm(900_000)); OTHERS + 1];
        stands[0].stake = Stake::kept(own, Amount(DELEGATED));
        stands[0].fees = FEES;
        let (owner, delegators) = economy.share_out(&stands).providers[0];
        books.attacker += owner;
        books.victims += delegators;
    }
    books
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::simulate::agents::attacks::tests::on_stage,
        work_token_sdk::math::reward::{Split, split},
    };

    #[test]
    fn where_an_owner_without_stake_gets_all_fees_a_second_of_it_takes_them_from_ten_times_its_stake() {
        let laws = Laws {
            split: |emission, fees, then, leverage| {
                if then.own_staked.is_zero() {
                    Split { own: Amount(emission.0 + fees.0), ..Split::default() }
                } else {
                    split(emission, fees, then, leverage)
                }
            },
            ..Laws::PRESENT
        };
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, laws, attacks)));
        let fees = i128::from(FEES) * i128::from(crate::simulate::agents::attacks::tests::EPOCHS);
        assert!(old.gained() > fees * 8 / 10 && old.lost() > fees * 9 / 10, "{old:?}");
        assert!(!old.is_harmless());
    }
}
