//! Disputes, as they stand.

use {
    crate::{
        chain::Session,
        failure::Result,
        reply::{Reply, Value, facts, joined},
        text::words,
    },
    clap::Args,
    std::mem::offset_of,
    work_token_sdk::{
        Pubkey,
        math::dispute::Side,
        state::{Dispute, dispute_flags},
        view::{
            AnswerView, AppealView, DisputeAllowed, JuryView, OutcomeCost, PartyView, RaiseQuote, RewardStep, SlashView,
        },
    },
};

/// `work-token dispute list`
#[derive(Args, Debug)]
pub struct List {
    /// Only those of this provider
    #[arg(long)]
    provider: Option<Pubkey>,
    /// Only those that have not ended
    #[arg(long)]
    open: bool,
}

impl List {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let filter = match self.provider {
            Some(provider) => (offset_of!(Dispute, provider), session.provider(&provider)?.provider),
            None => (offset_of!(Dispute, network), session.network()?.network),
        };
        let mut disputes = session.client().list::<Dispute>(&[filter])?;
        disputes.retain(|(_, dispute)| !self.open || !dispute.has(dispute_flags::ENDED));
        let rows: Vec<Value> = disputes.iter().map(|(key, dispute)| row(key, dispute)).collect();
        Ok(Reply::of(facts!({ "count": rows.len(), "disputes": rows })))
    }
}

/// A name out of an enum's variant, without its fields.
pub fn name(debug: &impl std::fmt::Debug) -> String {
    words(format!("{debug:?}").split([' ', '{', '(']).next().unwrap_or_default())
}

fn row(key: &Pubkey, dispute: &Dispute) -> Value {
    let machine = *dispute.machine;
    facts!({
        "dispute": key.to_string(),
        "provider": dispute.provider.to_string(),
        "about": name(&dispute.kind()),
        "epoch": dispute.offence_epoch,
        "claimed": machine.claimed,
        "phase": name(&machine.phase()),
        "outcome": name(&machine.outcome()),
        "bonds": dispute.bonds().0,
    })
}

/// One dispute in full.
pub fn dispute(session: &Session, key: &Pubkey) -> Result<Reply> {
    let case = session.case(key)?;
    let (shown, dispute) = (case.view(), &case.dispute);
    let client = (dispute.client != Pubkey::default()).then(|| dispute.client.to_string());
    let about = facts!({
        "dispute": key.to_string(),
        "network": dispute.network.to_string(),
        "provider": dispute.provider.to_string(),
        "about": name(&shown.kind),
        "subject": dispute.subject.to_string(),
        "number": dispute.number,
        "client": client,
        "epoch": dispute.offence_epoch,
        "claim": dispute.claim,
    });
    let stands = facts!({
        "phase": name(&shown.phase),
        "until_ts": shown.until_ts,
        "needs_advance": shown.needs_advance,
        "outcome": name(&shown.outcome),
        "claimed": shown.claimed,
        "standing": shown.standing,
        "conceded": shown.floor,
        "verdict": shown.verdict,
        "severity": shown.severity,
        "unreserved": shown.is_unreserved,
        "missed_deadline": shown.is_missed,
        "needs_the_arbiter_above_2": shown.is_cautious,
        "own_claimed": dispute.stake.own_claimed,
        "delegated_claimed": dispute.stake.delegated_claimed,
        "counter_bond": shown.counter_bond,
        "answer": shown.answer.as_ref().map(answer),
        "seed": shown.seed.as_ref().map(name),
        "appeal_held": shown.appeal.as_ref().map(|appeal| appeal.is_held),
        "rulings": shown.rulings,
        "slash": shown.slash.as_ref().map(slash),
    });
    let lists = facts!({
        "challengers": shown.parties.iter().map(party).collect::<Vec<_>>(),
        "raises": shown.raises.iter().map(raise).collect::<Vec<_>>(),
        "juries": shown.juries.iter().map(jury).collect::<Vec<_>>(),
        "appeals": shown.appeal.as_ref().map(appeals).unwrap_or_default(),
        "rewards": shown.rewards.iter().map(step).collect::<Vec<_>>(),
        "outcomes": shown.outcomes.iter().map(outcome).collect::<Vec<_>>(),
        "rewards_by_outcome": rewards(&shown.outcomes),
        "allowed": shown.allowed.iter().map(allowed).collect::<Vec<_>>(),
    });
    Ok(Reply::of(joined(joined(about, stands), lists)))
}

fn party(party: &PartyView) -> Value {
    facts!({
        "owner": party.owner.to_string(),
        "severity": party.severity,
        "raised": party.below,
        "state": name(&party.state),
        "bond": party.bond,
        "credit": party.credit,
        "committed_ts": party.committed_ts,
    })
}

/// What an answer costs: what it must be, and what is missing.
pub fn answer(answer: &AnswerView) -> Value {
    facts!({ "required": answer.required, "missing": answer.missing, "by_another": answer.by_another })
}

fn raise(raise: &RaiseQuote) -> Value {
    facts!({
        "severity": raise.severity,
        "bond_required": raise.bond.required,
        "answer_required": raise.answer_required,
        "own_claimed": raise.own_claimed,
        "delegated_claimed": raise.delegated_claimed,
    })
}

fn jury(shown: &JuryView) -> Value {
    let jury = &shown.jury;
    facts!({
        "round": jury.round,
        "size": jury.size,
        "filled": jury.filled,
        "committed": jury.committed,
        "revealed": jury.revealed,
        "verdict": shown.verdict,
        "fee": shown.fee,
        "lock": shown.lock,
    })
}

/// A side's name.
pub fn side(side: Side) -> String {
    name(&side)
}

fn appeals(appeal: &AppealView) -> Vec<Value> {
    let row = |place: Side| {
        let at = place as usize;
        let is_appellant = place.appellant() == place;
        facts!({
            "side": side(place),
            "whole_part": if is_appellant { appeal.cost } else { appeal.cost.div_ceil(2) },
            "paid": appeal.paid[at],
            "fundable": appeal.fundable[at],
            "until_ts": is_appellant.then_some(appeal.appellants_until_ts),
        })
    };
    Side::ALL.map(row).into()
}

fn slash(slash: &SlashView) -> Value {
    facts!({
        "own": slash.own[0],
        "own_executed": slash.own[1],
        "delegated": slash.delegated[0],
        "delegated_executed": slash.delegated[1],
        "confiscated": slash.confiscated,
        "installments": slash.installments,
        "next_ts": slash.next_ts,
        "room": slash.room,
    })
}

/// What an outcome would cost whom. A challenger is paid out of bonds and counter-bond, and rewarded out of
/// the slash.
pub fn outcome(cost: &OutcomeCost) -> Value {
    facts!({
        "outcome": name(&cost.outcome),
        "severity": cost.severity,
        "own_slash": cost.own_slash,
        "delegated_slash": cost.delegated_slash,
        "confiscated": cost.confiscated,
        "debt": cost.debt,
        "bonds": cost.challengers.iter().map(|challenger| challenger.bond).collect::<Vec<_>>(),
        "paid": cost.challengers.iter().map(|challenger| challenger.paid).collect::<Vec<_>>(),
        "rewarded": cost.challengers.iter().map(|challenger| challenger.reward).collect::<Vec<_>>(),
        "reward": cost.reward,
        "client": cost.compensation,
        "counter_bond_lost": cost.counter_bond_lost,
        "provider": cost.provider,
        "insurance": cost.insurance,
        "burned": cost.burned,
        "jailed_until_epoch": cost.jailed_until_epoch,
        "expels": cost.expels,
    })
}

fn step(step: &RewardStep) -> Value {
    facts!({
        "step": step.severity,
        "dispute": step.dispute.to_string(),
        "challenger": step.owner.map(|owner| owner.to_string()),
        "committed_ts": step.committed_ts,
        "reward": step.reward,
    })
}

/// Whose each step of severity would be, and what all disputes of the epoch have gathered for it then.
pub fn rewards(outcomes: &[OutcomeCost]) -> Vec<Value> {
    let rows = |cost: &OutcomeCost| {
        let found = cost.severity;
        let row = move |of: &RewardStep| joined(facts!({ "if_found": found }), step(of));
        cost.rewards.iter().map(row).collect::<Vec<_>>()
    };
    outcomes.iter().filter(|cost| cost.severity > 0).flat_map(rows).collect()
}

fn allowed(allowed: &DisputeAllowed) -> Value {
    facts!({ "who": name(&allowed.who), "what": name(&allowed.what), "until_ts": allowed.until_ts })
}
