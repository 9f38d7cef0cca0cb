//! What it costs to harm a provider by a dispute, and what it costs the provider, at plausible prices (MD 6.5 with R C1, C7, H14, H15, H16).
//! `cargo test --test dispute_griefing -- --nocapture` prints the table of the documents.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::dispute::{FRACTIONS, assert_conserved, sum};
use work_token_math::{
    Amount, Bps,
    dispute::{
        BondTerms, Clocks, LAYERS, Outcome, Settlement, jury_cost, quorum, required_bond, settle, settle_appeal, sizes,
    },
    slash::{Division, Stakes, loss, sinks},
};

const TOKEN: u64 = 1_000_000;
const DAY: u32 = 86_400;
const TERMS: BondTerms =
    BondTerms { minimum: Amount(100 * TOKEN), juror_fee: Amount(TOKEN), bounty: Amount(TOKEN / 10), claim: Bps(500) };
const JUROR_LOCK: u64 = 20 * TOKEN;
const ARBITER_FEE: u64 = 20 * TOKEN;
const CLOCKS: Clocks =
    Clocks { answer: 2 * DAY, seat: DAY / 4, commit: DAY, reveal: DAY, appeal: DAY, arbiter: 2 * DAY };
/// Deadlines move by at most a day a week: three weeks begin in a dispute (R M22).
const OUTAGE_SECS: u64 = 3 * DAY as u64;
/// What held stake could earn elsewhere: 20 % a year.
const YIELD_PERCENT: u64 = 20;
const YEAR_SECS: u64 = 365 * DAY as u64;
/// Challenger's part of the own loss by severity (MD 5.1).
const REWARDS: [u16; 6] = [0, 1_000, 2_000, 3_000, 3_000, 3_000];
const STAKES: Stakes = Stakes { own: Amount(100_000 * TOKEN), delegated: Amount(900_000 * TOKEN) };

/// What a claim of a severity holds: its fraction of all the stake.
fn claimed(severity: usize) -> u64 {
    (STAKES.own.0 + STAKES.delegated.0) / 10_000 * u64::from(FRACTIONS[severity])
}

fn bond(severity: usize) -> u64 {
    required_bond(severity_u8(severity), Amount(0), Amount(claimed(severity)), &TERMS).0
}

fn severity_u8(severity: usize) -> u8 {
    u8::try_from(severity).expect("at most 5")
}

/// What it costs to hold an amount for a time, rounded up.
fn holding(amount: u64, secs: u64) -> u64 {
    let exact = u128::from(amount) * u128::from(YIELD_PERCENT) * u128::from(secs);
    u64::try_from(exact.div_ceil(100 * u128::from(YEAR_SECS))).expect("less than the amount")
}

fn longest_secs() -> u64 {
    CLOCKS.longest_secs() + OUTAGE_SECS
}

/// One way to harm: what the attacker pays, what the victim gets of the bonds (less what it pays), and what it loses by being held.
#[derive(Clone, Copy, Debug)]
struct Case {
    name: &'static str,
    severity: usize,
    attacker_pays: i128,
    victim_gets: i128,
    held: u64,
}

/// A dispute in which every juror of the first round votes with the verdict.
fn case(name: &'static str, outcome: Outcome, severity: usize, found: usize, secs: u64) -> Case {
    let mut bonds = [Amount::ZERO; LAYERS];
    bonds[0] = Amount(bond(severity));
    let seats = u64::from(sizes(severity_u8(severity))[0]);
    let (bounties, fees) = (seats * TERMS.bounty.0, seats * TERMS.juror_fee.0);
    let (jury, spent) = match outcome {
        Outcome::Silent | Outcome::Withdrawn => (0, 0),
        Outcome::Conceded | Outcome::Undecided => (bounties, bounties),
        _ => (bounties + fees, bounties),
    };
    let of = Settlement {
        outcome,
        bonds,
        counter: if outcome == Outcome::Silent { Amount::ZERO } else { bonds[0] },
        jury: Amount(jury),
        spent: Amount(spent),
        claimed: Bps(FRACTIONS[severity]),
        found: Bps(FRACTIONS[found]),
        arbiter_fee: Amount(ARBITER_FEE),
    };
    let flows = settle(&of);
    assert_conserved(&of, &flows);
    Case {
        name,
        severity,
        attacker_pays: i128::from(bonds[0].0) - i128::from(sum(&flows.challengers)),
        victim_gets: i128::from(flows.provider.0) - i128::from(flows.counter_lost.0 + flows.from_own.0),
        held: holding(claimed(severity) - claimed(found), secs),
    }
}

fn tokens(amount: i128) -> String {
    let hundredths = amount / (i128::from(TOKEN) / 100);
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}

impl Case {
    fn print(&self) {
        println!(
            "| {} | {} | {} | {} | {} | {} |",
            self.name,
            self.severity,
            tokens(self.attacker_pays),
            tokens(self.victim_gets),
            tokens(i128::from(self.held)),
            tokens(self.victim_gets - i128::from(self.held)),
        );
    }
}

fn print_head() {
    println!("| Case | claimed | attacker pays | victim gets of bonds | held, at most | victim in all |");
    println!("| --- | --- | --- | --- | --- | --- |");
}

// MD 6.5: (1 - chi) * zeta * X >= yield * D_max * X.
#[test]
fn half_of_a_lost_bond_pays_for_being_held_through_the_longest_dispute() {
    let days = longest_secs() / u64::from(DAY);
    println!("Longest dispute {days} days. Amounts in tokens; provider with 100,000 own and 900,000 delegated.");
    print_head();
    for severity in 1..=5 {
        let false_claim = case("false claim, dismissed", Outcome::Dismissed, severity, 0, longest_secs());
        false_claim.print();
        let margin = false_claim.victim_gets * 100 / i128::from(false_claim.held);
        assert!(margin >= 200, "twice what it costs: {false_claim:?}");
        assert_eq!(false_claim.attacker_pays, i128::from(bond(severity)));
        let conceded = case("withdrawn after the answer", Outcome::Conceded, severity, 0, longest_secs());
        assert_eq!(conceded.victim_gets, false_claim.victim_gets, "whoever gives up late pays the same");
    }
}

// R H14: what was claimed beyond what was found is held, and paid for, as a false claim of the same size.
#[test]
fn a_claim_found_lower_pays_for_what_it_held_in_excess() {
    print_head();
    for (severity, found) in [(2, 1), (3, 1), (3, 2), (4, 1), (4, 3), (5, 1), (5, 4)] {
        let excess = case("found lower", Outcome::Upheld, severity, found, longest_secs());
        excess.print();
        assert!(excess.victim_gets >= i128::from(excess.held), "{excess:?}");
        let rest = claimed(severity) - claimed(found);
        assert!(20 * excess.attacker_pays >= i128::from(rest), "at least 5 % of the excess: {excess:?}");
    }
}

// MD 6.3 row G: nobody is paid, but a chain of withdrawn claims costs several times what it costs the provider.
#[test]
fn withdrawing_before_the_answer_costs_the_attacker_four_times_what_the_hold_costs_the_victim() {
    print_head();
    for severity in 1..=5 {
        let withdrawn = case("withdrawn before the answer", Outcome::Withdrawn, severity, 0, u64::from(CLOCKS.answer));
        withdrawn.print();
        assert!(withdrawn.attacker_pays >= 4 * i128::from(withdrawn.held), "{withdrawn:?}");
        assert_eq!(withdrawn.victim_gets, 0);
    }
}

// R C1: silence saves nothing: no bond is lost, but the jury is paid out of the own stake, and the slash is that of the verdict.
#[test]
fn a_silent_provider_pays_the_jury_that_it_did_not_bond_for() {
    print_head();
    for severity in 1..=2 {
        let silent = case("silent, executed as claimed", Outcome::Silent, severity, severity, longest_secs());
        silent.print();
        assert_eq!((silent.attacker_pays, silent.victim_gets), (0, 0));
    }
    for severity in 3..=5u8 {
        let jury = jury_cost(1, severity, &TERMS);
        let bonds = [Amount(bond(usize::from(severity))), Amount(0), Amount(0), Amount(0), Amount(0)];
        let fraction = Bps(FRACTIONS[usize::from(severity)]);
        let of = Settlement { outcome: Outcome::Upheld, bonds, jury, ..Settlement::default() };
        let flows = settle(&Settlement { claimed: fraction, found: fraction, ..of });
        println!("| silent, upheld by a jury | {severity} | 0.00 | {} | - | - |", tokens(-i128::from(jury.0)));
        assert_eq!((flows.from_own, flows.counter_lost, flows.challengers), (jury, Amount(0), bonds));
        assert!(claimed(usize::from(severity)) > 100 * jury.0, "the slash, not the jury, is the punishment");
    }
}

// R H15, H16: prices of delay. None of them reverses a verdict.
#[test]
fn delaying_a_verdict_costs_its_loser_a_jury_and_blocking_one_costs_the_locks_of_most_of_its_seats() {
    println!("| Delay | severity | deposit | pays |\n| --- | --- | --- | --- |");
    for (severity, round) in [(3, 1), (3, 2), (5, 1), (5, 2)] {
        let jury = jury_cost(round + 1, severity, &TERMS);
        let deposit = Amount(2 * jury.0);
        let back = settle_appeal([Amount(0), deposit], jury, None);
        let paid = i128::from(deposit.0 - back[1].0);
        println!(
            "| appeal from round {round}, held alone | {severity} | {} | {} |",
            tokens(i128::from(deposit.0)),
            tokens(paid)
        );
        assert_eq!((paid, back[0]), (i128::from(jury.0), Amount(0)));
        assert!(sum(&back) < deposit.0, "no appeal is free");
    }
    for (severity, seats_away) in [(3, 3 + 5), (5, 5 + 10)] {
        let [first, ..] = sizes(severity);
        let away = |seats: u8| (0..=seats).find(|away| !quorum(seats, seats - away)).expect("none votes");
        let lost = u64::from(away(first) + away(2 * first)) * JUROR_LOCK;
        println!("| both first juries kept from a quorum | {severity} | - | {} |", tokens(i128::from(lost)));
        assert_eq!(lost, seats_away * JUROR_LOCK);
    }
}

// R C7: provider, client and challenger are one. Bonds only move between them, less jurors and burns.
#[test]
fn whoever_is_provider_client_and_challenger_loses_at_least_forty_percent_of_the_own_loss() {
    println!("| Collusion | severity | lost of own stake | returned | kept of it |\n| --- | --- | --- | --- | --- |");
    let alone = Stakes { own: STAKES.own, delegated: Amount::ZERO };
    for (name, stakes) in [("no delegators", alone), ("leverage 9", STAKES)] {
        for severity in 1..=5usize {
            let division = Division { delta: Bps(5_000), cover: severity >= 4 };
            let lost = loss(Bps(FRACTIONS[severity]), stakes, stakes, division);
            let to = sinks(lost, Bps(REWARDS[severity]), Amount(u64::MAX));
            let returned = to.challenger.0 + to.client.0;
            println!(
                "| {name} | {severity} | {} | {} | {} % |",
                tokens(i128::from(lost.own.0)),
                tokens(i128::from(returned)),
                u128::from(returned) * 100 / u128::from(lost.own.0),
            );
            let upheld = case("", Outcome::Upheld, severity, severity, 0);
            let by_bonds = upheld.victim_gets - upheld.attacker_pays;
            assert!(by_bonds < 0, "jurors are paid by somebody");
            let net = i128::from(returned) - i128::from(lost.own.0) + by_bonds;
            assert!(10 * net <= -4 * i128::from(lost.own.0), "{name} {severity}: {net}");
        }
    }
}
