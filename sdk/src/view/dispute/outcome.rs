//! What an outcome costs whom: the decision applied and its slash executed, on copies.

use {
    super::{Books, RewardStep, now, rewards},
    crate::{
        Pubkey,
        math::{
            Amount, WorkTs,
            dispute::{MAX_SEVERITY, Machine, NO_VERDICT, Outcome, Phase, SIDES},
        },
        state::{
            Claim, Dispute, Fault, Provider, ProviderState,
            dispute::{DisputeBooks, Executed, PartyState},
        },
    },
    bytemuck::Zeroable,
};

/// What an outcome brings a challenger. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChallengerOutcome {
    /// Who.
    pub owner: Pubkey,
    /// The bond that its claim required; 0 once it withdrew before the answer.
    pub bond: u64,
    /// Paid to it out of bonds, counter-bond and twice the fee of a further seat; what it was already paid
    /// not included.
    pub paid: u64,
    /// Its reward besides: the steps of severity of the epoch's fault that it was the first to commit to.
    pub reward: u64,
}

/// What an outcome would cost if the dispute were decided so now, with juries as they stand and the whole
/// slash executed at once. Base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeCost {
    /// The outcome.
    pub outcome: Outcome,
    /// Severity that the provider is convicted of; 0 for none.
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
    /// What each challenger gets, in order.
    pub challengers: Vec<ChallengerOutcome>,
    /// The reward for the steps of the epoch's fault that it adds, whoever they belong to.
    pub reward: u64,
    /// Whose each step is then, with what the whole epoch has gathered for it.
    pub rewards: Vec<RewardStep>,
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
    /// What each side's payments for the appeals from round 1 and from round 2 bring back; in the order of
    /// [`crate::math::dispute::Side::ALL`].
    pub appeals_back: [[u64; SIDES]; 2],
}

/// How a dispute can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With a severity that a jury or the arbiter finds; 0 dismisses.
    Found(u8),
    /// With a last jury that is divided in halves.
    Tied,
    /// Without any verdict.
    Undecided,
    /// When the time of the phase passes and nobody does anything.
    Passes,
    /// When every challenger gives up.
    GivenUp,
}

/// Brings a dispute to an end, by the actions that do. Returns the accounts once its outcome is applied;
/// `None` where it cannot end so.
fn ended(books: &Books, end: End) -> Option<Books> {
    let mut after = books.clone();
    let work_ts = after.work_ts();
    match end {
        End::Found(severity) => {
            let bit = 1u8.checked_shl(u32::from(severity)).unwrap_or(0);
            after.go_before_arbiter(work_ts, |machine| machine.found |= bit);
            after.dispute.rule_as_arbiter(severity, MAX_SEVERITY, work_ts).ok()?;
        }
        End::Tied | End::Undecided => {
            after.go_before_arbiter(work_ts, |machine| {
                machine.tied = u8::from(end == End::Tied);
                machine.verdict = if machine.is_tied() { 0 } else { NO_VERDICT };
            });
            after.now_ts = after.now_ts.saturating_add(1);
        }
        End::Passes => {
            let until_work_ts = WorkTs(after.machine().until_work_ts);
            after.now_ts = after.network.unix_ts(until_work_ts).max(after.now_ts);
        }
        End::GivenUp => {
            for (place, party) in (0u8..).zip(books.dispute.parties).filter(|(_, party)| party.severity != 0) {
                if party.state() == PartyState::Standing {
                    after.dispute.withdraw(place, &party.owner, work_ts).ok()?;
                }
            }
        }
    }
    after.reach_outcome();
    after.advanced.finished.map(|_| after)
}

impl Books {
    /// Puts the dispute before the arbiter, who may rule until a second from now, with what juries found.
    fn go_before_arbiter(&mut self, work_ts: WorkTs, found: impl FnOnce(&mut Machine)) {
        self.dispute.suppose(|machine| {
            (machine.phase, machine.until_work_ts) = (Phase::Arbiter as u8, work_ts.after_secs(1));
            found(machine);
        });
    }
}

/// Executes the whole slash at once, whatever the network's limit, and moves what was held by a frozen vault.
/// Returns what was taken.
pub fn execute_all(books: &mut Books) -> Executed {
    // At the end of time every installment is due.
    let limit = (Amount(u64::MAX), u64::MAX);
    books.dispute.execute(&mut books.provider, limit, WorkTs(i64::MAX), true).unwrap_or_default()
}

/// Applies an end and executes its slash. Returns what it costs, and the accounts once everything is executed
/// but the dispute's end not noted; `None` where the dispute cannot end so.
fn cost(books: &Books, end: End) -> Option<(OutcomeCost, Books)> {
    let mut after = ended(books, end)?;
    let before = books.fault.steps.map(|step| step.reward);
    let executed = execute_all(&mut after);
    let mut told = after.clone();
    told.tell_end();
    let given = told.fault.steps.iter().zip(before).map(|(step, before)| step.reward.saturating_sub(before));
    let reward = given.fold(0, u64::saturating_add);
    let (provider, dispute, drawn) = (&told.provider, &told.dispute, told.drawn());
    let parties = dispute.parties.iter().zip(&drawn.parties).filter(|(party, _)| party.severity != 0);
    let challengers = parties.map(|(party, drawn)| ChallengerOutcome {
        owner: party.owner,
        bond: party.bond,
        paid: party.credit,
        reward: drawn.credit.saturating_sub(party.credit),
    });
    let is_jailed = provider.state == ProviderState::Jailed as u8;
    let found = OutcomeCost {
        outcome: dispute.outcome(),
        severity: dispute.severity(),
        own_slash: dispute.slash.own,
        delegated_slash: dispute.slash.delegated,
        own_taken: executed.own.0,
        delegated_taken: executed.delegated.0,
        confiscated: executed.confiscated,
        debt: provider.slash_debt.saturating_sub(books.provider.slash_debt),
        jailed_until_epoch: is_jailed.then_some(provider.disputes.jailed_until_epoch),
        expels: is_expelled(provider) && !is_expelled(&books.provider),
        challengers: challengers.collect(),
        reward,
        rewards: rewards::of_fault(&told.fault, dispute, &told.address),
        compensation: dispute.client_credit,
        counter_bond_lost: books.provider.counter.bond.saturating_sub(provider.counter.bond),
        provider: dispute.provider_due,
        insurance: dispute.insurance_due,
        burned: drawn.burn_due.saturating_add(executed.confiscated),
        appeals_back: dispute.appeals_back,
    };
    Some((found, after))
}

impl Books {
    /// Notes the end. The claim's books are not looked at afterwards.
    fn tell_end(&mut self) {
        // More disputes than this one, so that the claim's place stays.
        let mut claim = Claim { open: 2, ..Claim::zeroed() };
        let now = self.terms();
        let Self { network, provider, address, dispute, fault, .. } = self;
        let mut books = DisputeBooks { network, provider, fault, seat: None };
        // An end that cannot be noted changes nothing.
        let _ = dispute.bring_forward(address, &mut books, (&mut claim, &mut []), &now);
    }

    /// The dispute once it has drawn its part of the epoch's reward, as if no other dispute of the epoch were
    /// open.
    fn drawn(&self) -> Dispute {
        let (mut dispute, mut fault) = (self.dispute, Fault { open: 0, ..self.fault });
        dispute.draw_reward(&self.address, &mut fault);
        dispute
    }
}

/// What it costs if a severity is found, and the accounts once everything is executed.
pub fn what_if(books: &Books, severity: u8) -> Option<(OutcomeCost, Books)> {
    cost(books, End::Found(severity))
}

fn is_expelled(provider: &Provider) -> bool {
    provider.state == ProviderState::Tombstoned as u8
}

/// What each outcome that is still possible costs: in the order of what challengers can do, what silence
/// does, and what juries and the arbiter can find.
pub(super) fn outcomes(books: &Books) -> Vec<OutcomeCost> {
    let mut found: Vec<OutcomeCost> = Vec::new();
    for end in possible(books) {
        let Some((cost, _)) = cost(books, end) else { continue };
        let is_known = |known: &OutcomeCost| known.outcome == cost.outcome && known.severity == cost.severity;
        if !found.iter().any(is_known) {
            found.push(cost);
        }
    }
    found
}

fn possible(books: &Books) -> Vec<End> {
    let machine = books.machine();
    match machine.phase() {
        Phase::Decided => Vec::new(),
        Phase::Arbiter => {
            let rulings = now::rulings(books).into_iter().map(End::Found);
            [End::Passes].into_iter().chain(rulings).collect()
        }
        phase => {
            let mut ends = if phase == Phase::Answer { vec![End::Passes] } else { Vec::new() };
            ends.push(End::GivenUp);
            ends.extend((0..=machine.highest_standing()).map(End::Found));
            ends.push(End::Tied);
            if machine.verdict == NO_VERDICT {
                ends.push(End::Undecided);
            }
            ends
        }
    }
}
