//! The attacks that rules answer, each with what it costs its author and its victim.

use work_token_math::{
    Amount,
    dispute::{
        Changed, Kept, Outcome, forfeited_deposit, largest_deposit, raising_bond, settle, settle_appeal,
        withdrawal_cost,
    },
    mul_div::mul_div_ceil,
    slash::{correlation_bps, increment, sinks},
    unbonding::{charged, part_of_claim},
    units::Shares,
};

use super::rules::{DAY, FEE, Rules, STAKES, TOKEN, holding, part_up, seats, tokens};

/// The network's stake.
pub(super) const NETWORK: Amount = Amount(10_000_000 * TOKEN);
/// A delegator that leaves: a third of the delegated pool.
const LEAVER: Amount = Amount(300_000 * TOKEN);
/// Leaves of the jurors' tree, and by how much a lock must exceed the one whose leaf it takes.
const JUROR_LEAVES: u64 = 4_096;
const LARGER_PERCENT: u64 = 5;
/// Entries of a claim.
pub(super) const ENTRIES: u64 = 15;

/// What the rules promise of an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// It harms nobody.
    Harmless,
    /// It costs its author at least what it costs the victim.
    AtMostOne,
    /// And of that the victim gets at least what it was harmed by.
    MadeGood,
    /// Nothing: why stands below the table.
    Nothing,
}

/// A way to harm somebody by disputes.
#[derive(Clone, Debug)]
pub struct Attack {
    /// The rules that answer it.
    pub rules: &'static str,
    /// What is done.
    pub name: String,
    /// What it costs its author at least.
    pub cost: Amount,
    /// What it costs the victim at most, before anything is made good.
    pub harm: Amount,
    /// What of a lost bond is the victim's.
    pub made_good: Amount,
    /// What is promised.
    pub promise: Promise,
}

impl Attack {
    fn new(rules: &'static str, name: impl Into<String>, cost: Amount, harm: Amount, promise: Promise) -> Self {
        Self { rules, name: name.into(), cost, harm, made_good: Amount::ZERO, promise }
    }

    /// Harm by cost in hundredths, rounded up.
    pub(super) fn ratio(&self) -> Option<u64> {
        if self.harm.is_zero() { Some(0) } else { mul_div_ceil(self.harm.0, 100, self.cost.0) }
    }

    /// Whether it is as it was promised.
    pub fn holds(&self) -> bool {
        match self.promise {
            Promise::Harmless => self.harm.is_zero(),
            Promise::AtMostOne => self.harm <= self.cost,
            Promise::MadeGood => self.harm <= self.cost && self.harm <= self.made_good,
            Promise::Nothing => true,
        }
    }
}

/// Every attack, in the order of the rules.
pub fn attacks(rules: &Rules) -> Vec<Attack> {
    let of = [answers, repeats, tickets, juries, joiners, correlation, delays, scores];
    of.into_iter().flat_map(|of| of(rules)).collect()
}

/// dispute-answer-1, and what a false claim costs altogether.
fn answers(rules: &Rules) -> Vec<Attack> {
    use Promise::{AtMostOne, MadeGood};
    let mut all = Vec::new();
    let whale = Amount(1_000_000 * TOKEN);
    let most = largest_deposit(rules.bond(2));
    let name = format!("deposit {} on a claim of severity 2: at most {} count", tokens(whale), tokens(most));
    let answer = holding(rules.bond(2), rules.longest_secs());
    all.push(Attack::new("dispute-open-4", name, rules.bond(2), answer, AtMostOne));
    let judged = |name: String, outcome, severity, found| {
        let bond = rules.bond(severity);
        let flows = settle(&rules.settlement(outcome, &[(bond, 0, severity)], found));
        let excess = rules.held(severity).saturating_sub(rules.held(found)).saturating_add(bond);
        let returned = flows.challengers.into_iter().fold(Amount::ZERO, Amount::saturating_add);
        let harm = holding(excess, rules.longest_secs());
        let attack =
            Attack::new("dispute-answer-1, dispute-layer-1", name, bond.saturating_sub(returned), harm, MadeGood);
        Attack { made_good: flows.provider, ..attack }
    };
    for severity in 1..=5 {
        all.push(judged(format!("false claim of severity {severity}, dismissed"), Outcome::Dismissed, severity, 0));
    }
    for (severity, found) in [(2, 1), (3, 1), (4, 3), (5, 1), (5, 4)] {
        all.push(judged(format!("claim of severity {severity}, found {found}"), Outcome::Upheld, severity, found));
    }
    for severity in 1..=5 {
        let (cost, secs) = (withdrawal_cost(rules.bond(severity)), u64::from(rules.clocks.answer));
        let name = format!("claim of severity {severity}, withdrawn before the answer");
        all.push(Attack::new("dispute-withdraw-1", name, cost, holding(rules.held(severity), secs), AtMostOne));
    }
    let silent = rules.loss(1).total();
    let secs = u64::from(rules.clocks.answer);
    let name = "missed deadline claimed, at severity 1 at most, and the provider is silent";
    all.push(Attack::new("dispute-kind-2", name, holding(rules.bond(1), secs), silent, Promise::Nothing));
    all
}

/// dispute-epoch-1: what a second verdict about the same epoch adds.
fn repeats(rules: &Rules) -> Vec<Attack> {
    let bond = holding(rules.bond(3), rules.longest_secs());
    let mut all = Vec::new();
    for (one, other) in [(3, 3), (3, 2), (4, 3)] {
        let (first, second) = (rules.loss(one), rules.loss(other));
        let largest = if second.total() > first.total() { second } else { first };
        let both = first.total().saturating_add(increment(second, first).total());
        let name = format!("second dispute on one seat, {one} and {other} upheld: beyond the larger");
        all.push(Attack::new("dispute-epoch-1", name, bond, both.saturating_sub(largest.total()), Promise::Harmless));
    }
    let twice = FEE.saturating_add(FEE);
    all.push(Attack::new(
        "dispute-epoch-1, dispute-epoch-2",
        "fault of a second seat of the epoch",
        bond,
        twice,
        Promise::Nothing,
    ));
    let eight = Amount(8 * rules.loss(1).total().0);
    all.push(Attack::new(
        "dispute-epoch-1",
        "eight mild faults of one's own, to make a large one forgotten",
        eight,
        Amount::ZERO,
        Promise::Harmless,
    ));
    all
}

/// What a ticket of [`LEAVER`] pays beyond its exact part: it leaves while `mild` false disputes of severity
/// 1 and one of severity 3, of which 2 is found, hold the delegated pool, of whose claim the last entry is
/// shared or not.
fn overcharge(rules: &Rules, mild: u64) -> Amount {
    let (kept, departed) = Kept::ALL.leave(LEAVER.0, STAKES.delegated.0);
    let claimed = |severity: u8| part_up(STAKES.delegated, rules.severity(severity).base);
    let whole = Amount(mild * claimed(1).0 + claimed(3).0);
    let part = part_of_claim(Shares(LEAVER.0), whole, Shares(STAKES.delegated.0));
    let found = claimed(2);
    let exact = departed.of(found, Kept::ALL);
    let is_shared = mild >= ENTRIES;
    let paid = if is_shared { charged(part, found, claimed(3)) } else { exact };
    let stayed = kept.of(found, Kept::ALL);
    paid.saturating_add(stayed).saturating_sub(found).saturating_sub(Amount(1)).min(part)
}

/// position-settle-1.
fn tickets(rules: &Rules) -> Vec<Attack> {
    let each = withdrawal_cost(rules.bond(1));
    let many = |mild: u64| Amount(mild * each.0);
    let name = "four more disputes join a claim, withdrawn: what who leaves pays too much";
    let four = Attack::new("dispute-claim-2", name, many(4), overcharge(rules, 4), Promise::Harmless);
    let name = format!("{} mild disputes and a true one", ENTRIES - 1);
    let fourteen =
        Attack::new("dispute-claim-2", name, many(ENTRIES - 1), overcharge(rules, ENTRIES - 1), Promise::Harmless);
    let name = format!("{ENTRIES} mild disputes, so that a true one shares the last entry");
    vec![
        four,
        fourteen,
        Attack::new("dispute-claim-2", name, many(ENTRIES), overcharge(rules, ENTRIES), Promise::Nothing),
    ]
}

/// jury-tree-1, and what keeping juries from a quorum costs.
fn juries(rules: &Rules) -> Vec<Attack> {
    let secs = rules.longest_secs() + rules.term_secs;
    let locked = Amount(JUROR_LEAVES * rules.juror_lock.0);
    let more = Amount(rules.juror_lock.0 * LARGER_PERCENT / 100 + 1);
    let barred = Amount(15 * holding(more, secs).0);
    let name = format!("fill the jurors' tree with the smallest locks: fifteen jurors lock {LARGER_PERCENT} % more");
    let mut all = vec![Attack::new("jury-tree-1", name, holding(locked, secs), barred, Promise::AtMostOne)];
    let name = "the account of randomness vanishes: the slot alone decides";
    all.push(Attack::new("jury-draw-4", name, Amount::ZERO, Amount::ZERO, Promise::Harmless));
    for severity in [3, 5] {
        let first = u64::from(seats(1, severity));
        // All but what is short of a third by one, of the jury and of the fresh one.
        let away = |seats: u64| seats - seats.div_ceil(3) + 1;
        let lost = Amount((away(first) + away(2 * first)) * rules.juror_lock.0);
        let of = rules.settlement(Outcome::Upheld, &[(rules.bond(severity), 0, severity)], severity);
        let [due, ..] = settle(&of).challengers;
        let reward = sinks(rules.loss(severity), rules.severity(severity).reward, Amount::ZERO).challenger;
        let missed = due.saturating_sub(rules.bond(severity)).saturating_add(reward).saturating_add(rules.arbiter_fee);
        let name = format!("keep both first juries about severity {severity} from a quorum, and the arbiter is silent");
        all.push(Attack::new("jury-verdict-3", name, lost, missed, Promise::Nothing));
    }
    all
}

/// dispute-layer-1: the worst that befalls a challenger because another raised its claim, over all ends.
fn worst_for_the_first(rules: &Rules, claims: (u8, u8), conceded: bool) -> (Amount, Amount) {
    let (bond, before) = (rules.bond(claims.0), rules.bond(claims.0));
    let raise = raising_bond(claims.1, FEE, rules.claimed(claims.1), before, &rules.terms);
    let mut worst = Amount::ZERO;
    for outcome in [Outcome::Upheld, Outcome::Dismissed, Outcome::Tied, Outcome::Undecided] {
        for found in 0..=claims.1 {
            let alone = rules.settlement(outcome, &[(bond, 0, claims.0)], found.min(claims.0));
            let mut with = rules.settlement(outcome, &[(bond, 0, claims.0), (raise, claims.0, claims.1)], found);
            with.layers[1].is_conceded = conceded;
            let (alone, with) = (settle(&alone).challengers[0], settle(&with).challengers[0]);
            worst = worst.max(alone.saturating_sub(with));
        }
    }
    (raise, worst)
}

fn joiners(rules: &Rules) -> Vec<Attack> {
    let mut all = Vec::new();
    for claims in [(1, 2), (2, 3), (3, 4), (3, 5)] {
        for (conceded, end) in [(false, "found too high"), (true, "given up after the answer")] {
            let (raise, worst) = worst_for_the_first(rules, claims, conceded);
            let name = format!("an accomplice raises a claim of {} to {}: {end}", claims.0, claims.1);
            all.push(Attack::new("dispute-layer-1", name, raise, worst, Promise::Harmless));
        }
    }
    let copied = forfeited_deposit(rules.bond(3));
    let name = "open at once what is seen to be opened: the earlier commitment comes first";
    all.push(Attack::new(
        "dispute-open-2",
        name,
        holding(rules.bond(3), rules.longest_secs()),
        Amount::ZERO,
        Promise::Harmless,
    ));
    let name = "commit to a claim of severity 3 and open nothing";
    all.push(Attack::new("dispute-open-1", name, copied, Amount::ZERO, Promise::Harmless));
    all
}

/// dispute-slash-5.
fn correlation(rules: &Rules) -> Vec<Attack> {
    let lone = correlation_bps(Amount::ZERO, NETWORK);
    let lost = rules.loss(3);
    let name = "a conviction correlates with itself, and with earlier ones of its own";
    let alone = Attack::new("dispute-slash-5", name, lost.own, part_up(lost.total(), lone), Promise::Harmless);
    // The stake that others must have convicted to bring the victim from the base to the most.
    let of = rules.severity(3);
    let mut convicted = Amount::ZERO;
    while correlation_bps(convicted, NETWORK) < of.most {
        convicted = convicted.saturating_add(Amount(NETWORK.0 / 1_000));
    }
    let share = convicted.0 / (NETWORK.0 / 1_000);
    let name =
        format!("have {}.{} % of the network convicted of 3, so that it costs others the most", share / 10, share % 10);
    let all_stake = STAKES.own.saturating_add(STAKES.delegated);
    let harm = part_up(all_stake, of.most.saturating_sub(of.base));
    vec![alone, Attack::new("dispute-slash-5", name, part_up(convicted, of.base), harm, Promise::Nothing)]
}

/// dispute-appeal-3: what two appeals that nobody defends against cost their author, and what the delay is
/// worth to it.
fn delays(rules: &Rules) -> Vec<Attack> {
    let clocks = &rules.clocks;
    let each = [clocks.appeal, clocks.draw, clocks.commit, clocks.reveal].into_iter().map(u64::from).sum::<u64>();
    let cost_of = |round, severity| {
        let (_, cost) = rules.round(round, severity);
        let full = Amount(2 * cost.0);
        let mut pots = [Amount::ZERO; 4];
        pots[1] = full;
        let back = settle_appeal(pots, full, cost, Changed::Stands);
        full.saturating_sub(back[1])
    };
    let mut all = Vec::new();
    for severity in 1..=5 {
        let cost = cost_of(2, severity).saturating_add(cost_of(3, severity));
        let worth = holding(rules.loss(severity).total(), 2 * each);
        let name = format!("two appeals held alone, severity {severity}: what {} days' delay is worth", 2 * each / DAY);
        all.push(Attack::new("dispute-appeal-3", name, cost, worth, Promise::AtMostOne));
    }
    for severity in [3, 5] {
        let worth = holding(rules.loss(severity).total(), each);
        let name = format!("one appeal held alone, severity {severity}, of a client that had left its claim out");
        all.push(Attack::new("dispute-appeal-3, jury-pay-2", name, cost_of(2, severity), worth, Promise::AtMostOne));
    }
    all
}

/// score-dispute-1.
fn scores(_: &Rules) -> Vec<Attack> {
    let name = "dispute a score: there is no such dispute";
    vec![Attack::new("score-dispute-1", name, Amount::ZERO, Amount::ZERO, Promise::Harmless)]
}
