//! The client of junk jobs (job-count-1): four providers with perfect records, one of which sends the others
//! jobs that fit nobody.

use {
    super::{
        Attack, Books, Outcome, Stage,
        economy::{Economy, Laws, Stand, Standing, metric},
    },
    crate::simulate::agents::setting::TOKEN,
    work_token_sdk::math::{
        job::bounties,
        score::{Metric, heartbeat_bps},
    },
};

/// See [`Attack::attack`].
pub const ATTACK: Attack = Attack {
    name: "junk_jobs_gain_nothing",
    attacker: "a client of junk jobs",
    attack: "opens jobs too large for everybody's stake while its own provider is in maintenance, so that its rivals are drawn and skipped",
    victims: "its three rivals",
    run: |stage| Outcome::of(|attacks| live(stage, &Law { laws: Laws::PRESENT, readiness }, attacks)),
};

const STAKE: u64 = 1_000_000 * TOKEN;
const PROVIDERS: usize = 4;
/// Of ordinary jobs in an epoch each provider is drawn so often.
const DRAWN: u32 = 64;
/// Junk jobs of an epoch; each looks at 64 leaves before it expires and is refunded.
const JUNK: u32 = 5;
const SKIPS_OF_A_JOB: u32 = 64;
const MAINTENANCE_SECS: u32 = 3_600;
/// What attesters find of everybody.
const ACCURACY_BPS: u16 = 9_500;
/// Every window of an epoch: a sign of life is expected, and given, in each.
const ALL_WINDOWS: u16 = u16::MAX;

/// What decides here.
struct Law {
    laws: Laws,
    /// Of the windows with a sign of life, and of whether most draws skipped the provider.
    readiness: fn(u16, bool) -> u16,
}

/// Signs of life, whatever was skipped.
fn readiness(windows: u16, _is_skipped: bool) -> u16 {
    heartbeat_bps(windows, ALL_WINDOWS)
}

fn live(stage: &Stage, law: &Law, attacks: bool) -> Books {
    let mut economy = Economy::new(stage.rules, law.laws);
    let mut standings = [Standing::new(); PROVIDERS];
    let mut books = Books::default();
    for _ in 0..stage.epochs {
        let mut stands = Vec::with_capacity(PROVIDERS);
        for (number, standing) in standings.iter_mut().enumerate() {
            let hides = attacks && number == 0;
            let junk = if attacks && !hides { JUNK * SKIPS_OF_A_JOB / (PROVIDERS as u32 - 1) } else { 0 };
            let ready = (law.readiness)(ALL_WINDOWS, junk > DRAWN);
            let readiness = Metric { gate_bps: 1, ..metric(500_000) };
            standing.judge(&[(metric(500_000), ACCURACY_BPS), (readiness, ready)], true, stage.rules);
            let maintenance_secs = if hides { MAINTENANCE_SECS } else { 0 };
            stands.push(Stand { maintenance_secs, ..Stand::of(STAKE, standing.score) });
        }
        let income = economy.share_out(&stands);
        books.attacker += income.providers[0].0;
        books.victims += income.providers[1..].iter().map(|(own, _)| own).sum::<i128>();
        if attacks {
            let draw_fees = 2 * u64::from(JUNK) * bounties(stage.rules.job_bounty, 1).map_or(0, |bounties| bounties.0);
            books.spent += draw_fees;
            books.attacker -= i128::from(draw_fees);
        }
    }
    books
}

#[cfg(test)]
mod tests {
    use {super::*, crate::simulate::agents::attacks::tests::on_stage};

    /// Most draws skipped: not available (job-count-1, gone).
    fn by_skips(windows: u16, is_skipped: bool) -> u16 {
        if is_skipped { 0 } else { readiness(windows, is_skipped) }
    }

    #[test]
    fn where_skips_decide_a_handful_of_refunded_jobs_takes_the_rivals_emission() {
        let law = Law { laws: Laws::PRESENT, readiness: by_skips };
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, &law, attacks)));
        assert!(old.lost() > 1_000 * i128::from(old.attacking.spent), "{old:?}");
        assert!(!old.is_harmless());
    }

    #[test]
    fn and_where_the_emission_does_not_shrink_with_them_the_attacker_gets_it() {
        let law = Law { laws: crate::simulate::agents::attacks::tests::unscaled(), readiness: by_skips };
        let old = on_stage(|stage| Outcome::of(|attacks| live(stage, &law, attacks)));
        assert!(old.gained() > 0 && old.lost() > 0, "{old:?}");
    }
}
