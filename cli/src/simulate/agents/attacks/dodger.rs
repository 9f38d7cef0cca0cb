//! The dodger (epoch-record-3): full emission for never working.

use {
    super::{
        Attack, Books, Outcome, Stage,
        economy::{Economy, Laws, Stand},
    },
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::math::{Amount, Ppm, job::split_fee},
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "dodging_gains_nothing",
    attacker: "a dodger",
    attack: "asks for its own stake after each snapshot, so that no draw finds it, and takes that back before the epoch ends",
    victims: "those who do its share of the work",
    run: |stage| Outcome::of(|attacks| live(stage, Laws::PRESENT, attacks)),
};

const STAKE: u64 = 1_000_000 * TOKEN;
const PROVIDERS: u64 = 5;
const JOBS: u64 = 100;
const FEE: u64 = 10 * TOKEN;
/// What a job costs whoever does it: more than its fee, so that everybody would like to dodge.
const COST: u64 = 12 * TOKEN;

fn live(stage: &Stage, laws: Laws, attacks: bool) -> Books {
    let mut economy = Economy::new(stage.rules, laws);
    let mut books = Books::default();
    let fee = split_fee(Amount(FEE), stage.rules.fee_burn, stage.rules.fee_treasury).provider.0;
    let own_jobs = if attacks { 0 } else { JOBS / PROVIDERS };
    let others_jobs = JOBS - own_jobs;
    for _ in 0..stage.epochs {
        let mut stands = vec![Stand::of(STAKE, Ppm(900_000)); PROVIDERS as usize];
        stands[0].fees = own_jobs * fee;
        if attacks {
            stands[0].stake.own_kept = Amount::ZERO;
        }
        for stand in &mut stands[1..] {
            stand.fees = others_jobs * fee / (PROVIDERS - 1);
        }
        let income = economy.share_out(&stands);
        books.attacker += income.providers[0].0 - i128::from(own_jobs * COST);
        books.victims += income.providers[1..].iter().map(|(own, _)| own).sum::<i128>();
        books.victims -= i128::from(others_jobs * COST);
    }
    books
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::simulate::agents::attacks::tests::on_stage,
        work_token_sdk::math::{
            reward::split,
            snapshot::Snapshot,
            weight::{Stake, weigh},
        },
    };

    #[test]
    fn where_stake_that_left_within_the_epoch_earns_dodging_saves_the_work_and_leaves_it_to_others() {
        let laws = Laws {
            weigh: |of, score, tier, rules| weigh(&Stake::kept(of.own, of.delegated), score, tier, rules),
            split: |emission, fees, then, leverage| {
                split(emission, fees, &Snapshot { own_kept: then.own_staked, ..*then }, leverage)
            },
            ..Laws::PRESENT
        };
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, laws, attacks)));
        assert!(old.gained() > 0 && old.lost() > 0, "{old:?}");
        assert!(!old.is_harmless());
    }
}
