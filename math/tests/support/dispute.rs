//! What a dispute costs and pays, from its end state: the books that the program keeps around the machine.

use work_token_math::{
    Amount, Bps,
    dispute::{
        BondTerms, Clocks, Flows, Jury, LAYERS, Machine, Outcome, Phase, ROUNDS, Settlement, Side, jury_cost,
        required_bond, settle, settle_appeal, sizes,
    },
};

/// No two phases last equally long, and the appeal is odd.
pub const CLOCKS: Clocks = Clocks { answer: 9, seat: 4, commit: 3, reveal: 5, appeal: 7, arbiter: 6 };

/// Fractions of stake by severity (MD 5.1).
pub const FRACTIONS: [u16; 6] = [0, 10, 100, 500, 3_000, 10_000];

/// Odd prices, so that every rounding shows.
pub const TERMS: BondTerms = BondTerms { minimum: Amount(1), juror_fee: Amount(7), bounty: Amount(3), claim: Bps(500) };

/// What the jury of a round costs a dispute at most.
pub fn cost(severity: u8) -> impl Fn(u8) -> u64 {
    move |round| jury_cost(round, severity, &TERMS).0
}

/// Where an appeal's second half begins: the losing side can fund no more.
pub fn half_work_ts(machine: &Machine) -> i64 {
    machine.until_work_ts - i64::from(CLOCKS.appeal.div_ceil(2))
}

/// Bounties for the seats that were drawn: a fresh jury's, twice as large, pays none.
fn bounties(machine: &Machine, jury: &Jury) -> u64 {
    let first = jury.seats <= sizes(machine.claimed)[usize::from(jury.round - 1)];
    if first { TERMS.bounty.0 * u64::from(jury.seated) } else { 0 }
}

/// What a round's juries cost: bounties, and the pay of those that voted on the side of the final verdict in a jury that had a quorum.
pub fn spent(machine: &Machine, round: u8) -> (u64, u64) {
    let of_round = machine.juries.iter().filter(|jury| jury.round == round);
    of_round.fold((0, 0), |(pay, paid), jury| {
        let coherent = if jury.decided { jury.coherent(machine.verdict) } else { 0 };
        (pay + TERMS.juror_fee.0 * u64::from(coherent), paid + bounties(machine, jury))
    })
}

/// The claim's bond by layers: what the opener deposited and what raised it later, which sum to what the claim requires.
pub fn layers(claimed: u8, split: usize) -> [Amount; LAYERS] {
    let all = required_bond(claimed, Amount(0), Amount(0), &TERMS).0;
    let mut bonds = [Amount::ZERO; LAYERS];
    match split {
        0 => bonds[0] = Amount(all),
        1 => (bonds[0], bonds[1]) = (Amount(1), Amount(all - 1)),
        _ => (bonds[0], bonds[1], bonds[2]) = (Amount(all / 3), Amount(all / 2), Amount(all - all / 3 - all / 2)),
    }
    bonds
}

/// The books of a dispute that has ended.
pub fn settlement(machine: &Machine, split: usize) -> Settlement {
    let bonds = layers(machine.claimed, split);
    let counter = if machine.answered { sum(&bonds) } else { 0 };
    let (pay, paid) = spent(machine, 1);
    Settlement {
        outcome: machine.outcome,
        bonds,
        counter: Amount(counter),
        jury: Amount(pay + paid),
        spent: Amount(paid),
        claimed: Bps(FRACTIONS[usize::from(machine.claimed)]),
        found: Bps(FRACTIONS[usize::from(machine.verdict)]),
        arbiter_fee: Amount(5),
    }
}

pub fn sum(amounts: &[Amount]) -> u64 {
    amounts.iter().map(|amount| amount.0).sum()
}

/// What flows in is what flows out.
pub fn assert_conserved(of: &Settlement, flows: &Flows) {
    let given = sum(&of.bonds) + flows.counter_lost.0 + flows.from_own.0;
    let taken = sum(&flows.challengers) + flows.jurors.0 + flows.provider.0 + flows.burned.0;
    assert_eq!(given, taken, "{of:?} {flows:?}");
    assert!(flows.counter_lost <= of.counter, "{of:?} {flows:?}");
}

/// Settles a dispute that has ended and checks every bound on what its parties get.
pub fn assert_settles(machine: &Machine) {
    assert_eq!(machine.phase, Phase::Decided);
    for split in 0..3 {
        let of = settlement(machine, split);
        let flows = settle(&of);
        assert_conserved(&of, &flows);
        let bonds = sum(&of.bonds);
        assert!(2 * of.jury.0 <= bonds, "a bond pays every jury of the first round out of its half: {machine:?}");
        let due = match machine.outcome {
            Outcome::Silent | Outcome::Withdrawn => 0,
            Outcome::Undecided => of.spent.0,
            _ => of.jury.0,
        };
        assert_eq!(flows.jurors.0, due, "{machine:?} {flows:?}");
        assert!(2 * sum(&flows.challengers) <= 2 * bonds + of.counter.0, "{machine:?} {flows:?}");
        let lost = bonds.saturating_sub(sum(&flows.challengers));
        assert!(2 * flows.provider.0 <= lost, "{machine:?} {flows:?}");
        let upheld = matches!(machine.outcome, Outcome::Upheld | Outcome::Silent);
        assert!(upheld || flows.from_own.is_zero(), "own stake pays only for a fault that was found");
        assert!(flows.from_own.0 <= of.jury.0);
    }
    (1..ROUNDS).for_each(|round| assert_appeal_settles(machine, round));
}

/// The index of the side that won what was appealed.
fn winner(machine: &Machine) -> Option<usize> {
    match machine.outcome {
        Outcome::Upheld => Some(Side::Challenger as usize),
        Outcome::Dismissed => Some(Side::Provider as usize),
        _ => None,
    }
}

fn assert_appeal_settles(machine: &Machine, round: u8) {
    let pots = machine.pots[usize::from(round - 1)];
    let held = machine.juries.iter().any(|jury| jury.round == round + 1);
    let (pay, paid) = spent(machine, round + 1);
    let jury = pay + paid;
    let winner = if held { winner(machine) } else { None };
    let returned = settle_appeal(pots.map(Amount), Amount(jury), winner);
    assert!(jury <= pots[0] + pots[1], "what was paid covers the jury: {machine:?}");
    assert_eq!(sum(&returned) + jury, pots[0] + pots[1], "{machine:?}");
    if !held {
        assert_eq!(returned, pots.map(Amount), "an appeal that was not held costs nothing");
    }
    for (side, other) in [(0, 1), (1, 0)] {
        assert!(returned[side].0 <= pots[side] + pots[other]);
        if pots[side] == 0 {
            assert_eq!(returned[side], Amount::ZERO, "who paid nothing for an appeal wins nothing by it");
        }
    }
}
