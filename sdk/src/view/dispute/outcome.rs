//! What an outcome costs whom: the decision applied and its slash executed, on copies.

use {
    super::Books,
    crate::{
        math::{
            Amount, WorkTs,
            dispute::{NO_VERDICT, Outcome, Phase},
        },
        state::{DisputeKind, Provider, ProviderState},
    },
};

/// What an outcome would cost if the dispute were decided so now, with juries as they stand and the whole slash executed
/// at once. Base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeCost {
    /// The outcome.
    pub outcome: Outcome,
    /// Severity found; 0 for none.
    pub severity: u8,
    /// The slash of the own side, what its tickets pay included, and jurors' pay that no counter-bond covers.
    pub own_slash: u64,
    /// The slash of the delegators, what their tickets pay included.
    pub delegated_slash: u64,
    /// Taken from the own pool.
    pub own_taken: u64,
    /// Taken from the delegated pool.
    pub delegated_taken: u64,
    /// Own rewards confiscated.
    pub confiscated: u64,
    /// What the own side still owes then, on top of its present debt.
    pub debt: u64,
    /// First epoch in which the provider can leave jail; `None` unless it is jailed then.
    pub jailed_until_epoch: Option<u32>,
    /// Whether it is expelled.
    pub expels: bool,
    /// To each challenger, in order: what returns of its bond, and its share of the counter-bond.
    pub challengers: Vec<u64>,
    /// The reward that the challengers of the fault share.
    pub reward: u64,
    /// The client's compensation.
    pub compensation: u64,
    /// What the counter-bond loses.
    pub counter_bond_lost: u64,
    /// To the provider's side, shared as fees.
    pub provider: u64,
    /// To the insurance vault.
    pub insurance: u64,
    /// Burned, confiscated rewards included.
    pub burned: u64,
}

/// Applies an outcome and executes its slash. Returns what it costs, and the provider afterwards.
pub fn what_if(books: &Books, outcome: Outcome, severity: u8) -> (OutcomeCost, Books) {
    let mut after = books.clone();
    let mut machine = after.machine();
    machine.phase = Phase::Decided;
    machine.outcome = outcome;
    machine.verdict = severity;
    if outcome == Outcome::Upheld {
        machine.found |= 1 << severity;
    }
    after.dispute.machine.set(&machine);
    after.dispute.book_if_found(&mut after.provider, after.network.epoch_at(after.now_ts));
    after.finish();
    let challengers = after.dispute.parties.iter().filter(|party| party.severity != 0);
    let challengers = challengers.map(|party| party.credit).collect();
    // At the end of time every installment is due.
    let executed =
        after.dispute.execute(&mut after.provider, Amount(u64::MAX), WorkTs(i64::MAX), true).unwrap_or_default();
    let (before, provider, dispute) = (&books.provider, &after.provider, &after.dispute);
    let is_jailed = provider.state == ProviderState::Jailed as u8;
    let cost = OutcomeCost {
        outcome,
        severity,
        own_slash: dispute.own_slash,
        delegated_slash: dispute.delegated_slash,
        own_taken: executed.own.0,
        delegated_taken: executed.delegated.0,
        confiscated: executed.confiscated,
        debt: provider.slash_debt.saturating_sub(before.slash_debt),
        jailed_until_epoch: is_jailed.then_some(provider.jailed_until_epoch),
        expels: is_expelled(provider) && !is_expelled(before),
        challengers,
        reward: dispute.reward_due,
        compensation: dispute.client_credit,
        counter_bond_lost: before.counter_bond.saturating_sub(provider.counter_bond),
        provider: dispute.provider_due,
        insurance: dispute.insurance_due,
        burned: dispute.burn_due.saturating_add(executed.confiscated),
    };
    (cost, after)
}

fn is_expelled(provider: &Provider) -> bool {
    provider.state == ProviderState::Tombstoned as u8
}

/// What each outcome that is still possible costs.
pub(super) fn outcomes(books: &Books) -> Vec<OutcomeCost> {
    possible(books).into_iter().map(|(outcome, severity)| what_if(books, outcome, severity).0).collect()
}

fn possible(books: &Books) -> Vec<(Outcome, u8)> {
    let (machine, work_ts) = (books.machine(), books.work_ts());
    let mut found = Vec::new();
    if machine.phase == Phase::Decided {
        return found;
    }
    let mut silent = books.dispute;
    silent.advance(WorkTs(machine.until_work_ts));
    if silent.outcome() == Outcome::Silent {
        found.push((Outcome::Silent, machine.claimed));
    }
    let mut withdrawn = books.dispute;
    if withdrawn.withdraw(work_ts).is_ok() {
        found.push((withdrawn.outcome(), 0));
    }
    found.push((Outcome::Dismissed, 0));
    let is_final = machine.phase == Phase::Arbiter;
    let can_be_found = |severity: u8| !is_final || { books.dispute }.rule_as_arbiter(severity, work_ts).is_ok();
    found
        .extend((1..=machine.claimed).filter(|severity| can_be_found(*severity)).map(|found| (Outcome::Upheld, found)));
    if !is_final || machine.tied {
        found.push((Outcome::Tied, 0));
    }
    if machine.verdict == NO_VERDICT {
        found.push((Outcome::Undecided, 0));
    }
    if books.dispute.kind() == DisputeKind::Score {
        found.retain(|(outcome, _)| *outcome != Outcome::Silent);
    }
    found
}
