//! The self-client (job-settle-5): jobs with oneself through a second key, in a class that nobody else
//! serves.

use {
    super::{
        Attack, Books, Outcome, Stage,
        economy::{Economy, Laws, Stand, Standing},
    },
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::math::{
        Amount,
        job::{bounties, split_fee},
        score::Metric,
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "own_jobs_gain_nothing",
    attacker: "a client of oneself",
    attack: "gives its own provider twenty of the cheapest jobs in each epoch, through a second key",
    victims: "a provider of the same stake and the same machines",
    run: |stage| Outcome::of(|attacks| live(stage, measured, attacks)),
};

const STAKE: u64 = 1_000_000 * TOKEN;
const JOBS: u32 = 20;
/// The least fee of a job.
const FEE: u64 = TOKEN;
/// Accuracy, uptime and signs of life of both.
const MEASURED_BPS: [u16; 3] = [9_000, 9_300, 10_000];

/// What decides here: the metrics of a provider that did so many jobs.
type Law = fn(&Stage, u32) -> Vec<(Metric, u16)>;

/// What attesters and signs of life say, whatever was done for whom.
fn measured(stage: &Stage, _done: u32) -> Vec<(Metric, u16)> {
    stage.rules.metrics.into_iter().zip(MEASURED_BPS).collect()
}

fn live(stage: &Stage, law: Law, attacks: bool) -> Books {
    let mut economy = Economy::new(stage.rules, Laws::PRESENT);
    let mut standings = [Standing::new(); 2];
    let mut books = Books::default();
    let done = if attacks { JOBS } else { 0 };
    let back = split_fee(Amount(FEE), stage.rules.fee_burn, stage.rules.fee_treasury).provider.0;
    let draw_fee = 2 * bounties(stage.rules.job_bounty, 1).map_or(0, |bounties| bounties.0);
    for _ in 0..stage.epochs {
        let mut stands = standings.each_mut().map(|standing| (standing, 0));
        stands[0].1 = done;
        let mut stands = stands.map(|(standing, done)| {
            standing.judge(&law(stage, done), true, stage.rules);
            Stand::of(STAKE, standing.score)
        });
        stands[0].fees = u64::from(done) * back;
        let income = economy.share_out(&stands);
        let paid = u64::from(done) * (FEE + draw_fee);
        books.spent += paid;
        books.attacker += income.providers[0].0 - i128::from(paid);
        books.victims += income.providers[1].0;
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage, work_token_sdk::math::Ppm};

    /// The metrics of before with as much weight as volume or completion had, `bought` of 10,000.
    fn with(bought: u64) -> Vec<(Metric, u16)> {
        let metric = |weight| Metric { weight: Ppm(weight), gate_bps: 0 };
        let bought = u16::try_from(bought).expect("a part of 10,000");
        vec![(metric(500_000), MEASURED_BPS[0]), (metric(500_000), bought)]
    }

    fn run(law: Law) -> Outcome {
        on_stage(|stage| Outcome::of(|attacks| live(stage, law, attacks)))
    }

    #[test]
    fn where_completion_counts_twenty_own_jobs_buy_emission_for_a_few_tokens() {
        // floor(10^4 * (done + 1) / (done + marks + 2)), gone.
        let old = run(|_, done| with(10_000 * (u64::from(done) + 1) / (u64::from(done) + 2)));
        assert!(old.gained() > 100 * i128::from(old.attacking.spent) && old.lost() > 0, "{old:?}");
        assert!(!old.is_harmless());
    }

    #[test]
    fn where_volume_counts_own_jobs_buy_emission_too() {
        // floor(10^4 * burned / (burned + half)), gone; half at one token of burned fees.
        let old = run(|_, done| {
            let burned = u64::from(done) * FEE / 20;
            with(10_000 * burned / (burned + TOKEN))
        });
        assert!(old.gained() > 0 && !old.is_harmless(), "{old:?}");
    }

    #[test]
    fn what_own_jobs_cost_is_all_that_they_change() {
        let present = run(measured);
        let (jobs, epochs) = (i128::from(JOBS), i128::from(crate::simulate::agents::attacks::tests::EPOCHS));
        // A tenth of the fee burned and to the treasury, and the draw fee: 2.44 an epoch.
        assert_eq!(present.gained(), -jobs * epochs * 122_000);
        assert_eq!(present.lost(), 0);
    }
}
