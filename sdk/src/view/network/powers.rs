//! What could admin, arbiter and a challenger do together, and in how many days (dispute-arbiter-1)?

use crate::{
    limits::{ARBITER_EPOCHS, AUTHORITY_DELAY_SECS, ECONOMIC_DELAY_SECS, SEVERITY_BOUNDS},
    math::{
        Bps,
        dispute::{Clocks, MAX_SEVERITY, Machine, Phase, SILENT_SEVERITY},
        slash,
    },
    parameters::changes,
    state::{ChangeClass, Network, NetworkParams},
};

/// Who convicts a provider without a jury that was drawn by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConvictedBy {
    /// A challenger alone, of a provider that does not answer.
    Silence,
    /// The arbiter, where no jury came to a verdict. The admin may have to raise `arbiter_severity` before.
    Arbiter,
    /// Jurors of the admin's choice: who names the account of randomness, and writes it, chooses who of the
    /// jurors' tree is drawn. They need locks that have ripened.
    ChosenJury,
}

/// How a severity can be found without a jury that was drawn by chance, at the earliest. Counted from now;
/// the provider does not answer, nobody appeals, and no outage is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conviction {
    /// The severity.
    pub severity: u8,
    /// By whom.
    pub by: ConvictedBy,
    /// Changes of parameters that the admin must make first, one after the other.
    pub changes: u32,
    /// The verdict is there. Seconds.
    pub convicted_after_secs: u64,
    /// The first installment is due; until then the admin can cancel the slash. Seconds.
    pub slashed_after_secs: u64,
    /// Fraction of stake of a first fault, by the present table. Hundredths of a percent.
    pub base_bps: u16,
    /// The most that the severity may ever cost. Hundredths of a percent.
    pub most_bps: u16,
    /// Whether it expels.
    pub expels: bool,
}

/// What those with powers could do together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Powers {
    /// The severities, each with every way to find it, in order.
    pub convictions: Vec<Conviction>,
    /// The highest severity that the arbiter confirms alone now.
    pub arbiter_severity: u8,
    /// The arbiter convicts a provider without a jury once in that many epochs.
    pub again_after_epochs: u32,
    /// Until then juries alone find severity 2 at most: what is above needs the arbiter's word. `None` once
    /// the jurors' tree is old enough, or while there is none. Unix seconds.
    pub cautious_until_ts: Option<i64>,
    /// The admin names another arbiter with that delay. Seconds.
    pub arbiter_change_secs: i64,
    /// The admin moves the insurance's and the treasury's tokens with that delay. Seconds.
    pub insurance_secs: i64,
    /// Challenger and client together are paid at most that part of the own stake's slash. Hundredths of a
    /// percent.
    pub paid_out_bps: u16,
    /// The insurance's part of every slash. Hundredths of a percent.
    pub insurance_bps: u16,
    /// No more of the network's stake is slashed at once; refilled within that many seconds, and an eighth of
    /// every slash passes each refill. Hundredths of a percent.
    pub slash_cap_bps: u16,
    /// See `slash_cap_bps`.
    pub slash_refill_secs: u64,
    /// A delegator has left that long after it asked. Seconds.
    pub unbonding_secs: u32,
    /// An owner has left that long after it asked. Seconds.
    pub own_unbonding_secs: u32,
}

/// What those with powers could do together at a time.
pub fn powers(network: &Network, now_ts: i64) -> Powers {
    let params = &network.params;
    let cautious_until_ts = network.cautious_until_ts();
    let is_cautious = network.juror_tree_from_ts > 0 && network.is_cautious(now_ts);
    Powers {
        convictions: (1..=MAX_SEVERITY).flat_map(|severity| convictions(params, severity)).collect(),
        arbiter_severity: params.disputes.arbiter_severity,
        again_after_epochs: ARBITER_EPOCHS,
        cautious_until_ts: is_cautious.then_some(cautious_until_ts),
        arbiter_change_secs: AUTHORITY_DELAY_SECS,
        insurance_secs: ECONOMIC_DELAY_SECS,
        paid_out_bps: slash::MAX_PAID_OUT.0,
        insurance_bps: slash::INSURANCE.0,
        slash_cap_bps: params.disputes.slash_cap_bps,
        slash_refill_secs: network.slash_room(now_ts).1,
        unbonding_secs: params.unbonding_secs,
        own_unbonding_secs: params.own_unbonding_secs,
    }
}

fn convictions(params: &NetworkParams, severity: u8) -> Vec<Conviction> {
    let clocks = params.disputes.clocks();
    let silent =
        (severity <= SILENT_SEVERITY).then(|| (ConvictedBy::Silence, 0, secs(until_silent(severity, &clocks))));
    let arbiter = raises_of_arbiter(params, severity).map(|(changes, after_secs)| {
        (ConvictedBy::Arbiter, changes, after_secs.max(secs(until_arbiter(severity, &clocks))))
    });
    let chosen_secs = secs(params.delay_secs(ChangeClass::Mode)).max(secs(until_jury(severity, &clocks)));
    let chosen = (ConvictedBy::ChosenJury, 1, chosen_secs.saturating_add(secs(votes(severity, &clocks))));
    let found = silent.into_iter().chain(arbiter).chain([chosen]);
    let row = usize::from(severity).saturating_sub(1);
    let rule = params.disputes.severities.get(row);
    let (base_bps, deferral_secs) = rule.map_or((0, 0), |rule| (rule.base_bps, rule.deferral_secs));
    let most_bps = SEVERITY_BOUNDS.get(row).map_or(Bps::ZERO.0, |(_, most)| *most);
    let conviction = |(by, changes, convicted_after_secs): (ConvictedBy, u32, u64)| Conviction {
        severity,
        by,
        changes,
        convicted_after_secs,
        slashed_after_secs: convicted_after_secs.saturating_add(u64::from(deferral_secs)),
        base_bps,
        most_bps,
        expels: severity >= MAX_SEVERITY,
    };
    found.map(conviction).collect()
}

fn secs(secs: i64) -> u64 {
    u64::try_from(secs).unwrap_or(0)
}

/// Lets every deadline pass, from an opening at second 0 on, until `ends`. Returns the machine and the
/// second.
fn pass(severity: u8, clocks: &Clocks, ends: impl Fn(&Machine) -> bool) -> (Machine, i64) {
    let (mut machine, mut now) = (Machine::open(severity, clocks, 0), 0);
    while !ends(&machine) && machine.phase() != Phase::Decided {
        now = machine.until_work_ts;
        machine.advance(clocks, |_| 0, now);
    }
    (machine, now)
}

/// When a claim that nobody answers stands.
fn until_silent(severity: u8, clocks: &Clocks) -> i64 {
    pass(severity, clocks, |_| false).1
}

/// When the arbiter may rule on one that no jury comes to: that of the lowest severity which silence does not
/// decide, for those that silence would decide before.
fn until_arbiter(severity: u8, clocks: &Clocks) -> i64 {
    let severity = severity.max(SILENT_SEVERITY.saturating_add(1));
    pass(severity, clocks, |machine| machine.phase() == Phase::Arbiter).1
}

/// When its first jury can be drawn.
fn until_jury(severity: u8, clocks: &Clocks) -> i64 {
    let severity = severity.max(SILENT_SEVERITY.saturating_add(1));
    pass(severity, clocks, |machine| machine.phase() == Phase::Draw).1
}

/// How long a verdict takes to stand that a jury finds as soon as it is drawn.
fn votes(severity: u8, clocks: &Clocks) -> i64 {
    let claimed = severity.max(SILENT_SEVERITY.saturating_add(1));
    let (mut machine, called) = pass(claimed, clocks, |machine| machine.phase() == Phase::Draw);
    for _ in 0..machine.present().size {
        let _ = machine.end_draw(true, clocks, called);
    }
    for _ in 0..machine.present().filled {
        let _ = machine.commit(clocks, called);
    }
    for _ in 0..machine.present().filled {
        let _ = machine.reveal(severity, clocks, 0, called);
    }
    let stands = machine.appellants_until_work_ts(clocks);
    stands.saturating_sub(called)
}

/// How many changes of `arbiter_severity` it takes until the arbiter confirms a severity alone, and how long
/// they wait, one after the other. Seconds. `None` where no number of them does.
fn raises_of_arbiter(params: &NetworkParams, severity: u8) -> Option<(u32, u64)> {
    let (mut present, mut count, mut waited) = (*params, 0u32, 0u64);
    while present.disputes.arbiter_severity < severity {
        let step = |most: u8| {
            let mut new = present;
            new.disputes.arbiter_severity = most;
            let changed = changes(&present, &new);
            changed.iter().all(|change| change.step.is_ok()).then_some(new)
        };
        let lowest = present.disputes.arbiter_severity.saturating_add(1);
        let new = (lowest..=severity).rev().find_map(step)?;
        waited = waited.saturating_add(secs(present.delay_secs(present.class_of_change(&new))));
        count = count.saturating_add(1);
        present = new;
    }
    Some((count, waited))
}
