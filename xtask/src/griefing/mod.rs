//! What it costs to harm somebody by disputes, computed from the default parameters: docs/griefing.md.
//!
//! Nothing here knows a file or a chain, so that the tests of the economics include it as it is.

mod attacks;
mod rules;

use std::fmt::Write;

use work_token_math::dispute::ballot_lock;

pub use attacks::{Attack, Promise, attacks};
pub use rules::Rules;

use {
    attacks::{ENTRIES, NETWORK},
    rules::{DAY, FEE, STAKES, YIELD_PERCENT, tokens},
};

fn table(text: &mut String, attacks: &[Attack]) {
    text.push_str(
        "| Rules | What is done | costs its author | harms the victim | made good | harm / cost | promised |\n",
    );
    text.push_str("|---|---|--:|--:|--:|--:|---|\n");
    for of in attacks {
        let ratio = of.ratio().map_or("-".to_owned(), |ratio| format!("{}.{:02}", ratio / 100, ratio % 100));
        let promised = match of.promise {
            Promise::Harmless => "no harm",
            Promise::AtMostOne => "at most 1",
            Promise::MadeGood => "at most 1, made good",
            Promise::Nothing => "-",
        };
        let (cost, harm, good) = (tokens(of.cost), tokens(of.harm), tokens(of.made_good));
        let _ = writeln!(text, "| {} | {} | {cost} | {harm} | {good} | {ratio} | {promised} |", of.rules, of.name);
    }
}

/// What the arbiter, the admin and a challenger can take together where no jury is seated
/// (dispute-arbiter-1).
fn powers(text: &mut String, rules: &Rules) {
    let clocks = &rules.clocks;
    let secs = [clocks.answer, clocks.draw, clocks.draw].into_iter().map(u64::from).sum::<u64>();
    text.push_str("| Severity | of the own stake | of the delegated | in all | days until the arbiter may rule |\n");
    text.push_str("|--:|--:|--:|--:|--:|\n");
    for severity in 1..=5 {
        let lost = rules.loss(severity);
        let (own, delegated, all) = (tokens(lost.own), tokens(lost.delegated), tokens(lost.total()));
        let _ = writeln!(text, "| {severity} | {own} | {delegated} | {all} | {} |", secs / DAY);
    }
}

/// The whole document.
pub fn document(rules: &Rules) -> String {
    let mut text = introduction(rules);
    table(&mut text, &attacks(rules));
    text += &explanations(rules);
    powers(&mut text, rules);
    text
}

fn introduction(rules: &Rules) -> String {
    let [own, delegated, network, fee] = [STAKES.own, STAKES.delegated, NETWORK, FEE].map(tokens);
    let days = rules.longest_secs() / DAY;
    format!(
        "\
# What it costs to harm somebody by disputes

Written by `cargo xtask docs` from the default parameters ([parameters.md](parameters.md)): do not edit. The
computation, with a row for each attack, is `xtask/src/griefing`; a test fails when it and this page differ,
or when a row is not as promised.

The victim has {own} of own stake and {delegated} delegated, in a network with {network}; the disputed
seat pays {fee}. Stake that is held could earn {YIELD_PERCENT} % a year. A dispute lasts {days} days at most,
outages included. Amounts are tokens, rounded up. *Harms* is what the attack costs the victim before anything
is made good: what is claimed of both pools is held from the opening on, and an answer holds a counter-bond.
*Made good* is the part of a lost bond that is the provider's side's. A zero is computed, or what a rule
excludes altogether.

"
    )
}

fn explanations(rules: &Rules) -> String {
    let [(second, _), (third, _)] = [2, 3].map(|round| rules.round(round, 5));
    let [second, third, lock] = [second, third, ballot_lock(rules.juror_lock, second)].map(tokens);
    format!(
        "
A dash promises nothing:

* **A silent provider** loses what was claimed, up to severity 2. An answer costs it a bond that is held.
* **A second seat** of the epoch costs twice its fee by design: to cheat on many must cost more than on one.
* **The last entry of a claim** is shared by all that join beyond {ENTRIES}. A ticket that left meanwhile may
  pay more than it would have lost, never more than its part, because no number of false disputes may keep a
  true one out.
* **Without a quorum** twice, a dispute goes before the arbiter. The harm is what the challenger does not get
  if the arbiter is silent, too. It takes more than two thirds of the ballots of two juries, drawn by lock.
* **Correlation** makes coordinated faults dear. Whoever wants it against others must be convicted first, and
  so must each of those others.

A client that left its claim out holds no stake before the first verdict. Its appeal against a dismissal costs
the fixed fees; an appeal against a verdict that found a fault is priced by the claim, which holds stake from
then on.

A juror of the second round about severity 5 earns {second}, of the third {third}; a whole ballot of the second
binds {lock}.

## What admin, arbiter and a challenger can take together

Where no jury can be drawn, after the time to answer and two times to draw one, the arbiter alone may confirm
a claim up to `disputes.arbiter_severity`, once in 90 epochs for each provider. The challenger's bond returns,
and it has its part of what is taken from the own stake; nothing of a slash goes to the admin or the arbiter.

"
    )
}

#[cfg(test)]
mod tests {
    use super::{Rules, attacks, document};

    const PARAMETERS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/parameters.md"));
    const GRIEFING: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/griefing.md"));

    #[test]
    fn the_document_is_what_the_default_parameters_give() {
        let rules = Rules::read(PARAMETERS).unwrap();
        assert_eq!(document(&rules), GRIEFING, "run `cargo xtask docs` and commit it");
    }

    #[test]
    fn no_attack_harms_more_than_it_costs_where_the_rules_promise_that() {
        let rules = Rules::read(PARAMETERS).unwrap();
        for attack in attacks(&rules) {
            assert!(attack.holds(), "{attack:?}");
        }
    }

    #[test]
    fn a_parameter_that_is_not_listed_is_named() {
        assert_eq!(Rules::read("").unwrap_err(), "docs/parameters.md has no `disputes.minimum_bond`");
        let listed = PARAMETERS.replace("| 100,000,000 | `BondsOutOfBounds` |", "| none | `BondsOutOfBounds` |");
        assert_eq!(Rules::read(&listed).unwrap_err(), "`disputes.minimum_bond` has no number in column 8");
    }
}
