//! Disputes, as they stand.

use {
    super::text::words,
    crate::{chain::Session, failure::Result, reply::Reply},
    clap::Args,
    serde_json::{Value, json},
    std::mem::offset_of,
    work_token_sdk::{
        Pubkey,
        state::{Dispute, dispute_flags},
        view::{AppealView, DisputeAllowed, DisputeView, JuryView, OutcomeCost, PartyView, SlashView},
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
            Some(provider) => (offset_of!(Dispute, provider), provider),
            None => (offset_of!(Dispute, network), session.network_key()?),
        };
        let mut disputes = session.client().list::<Dispute>(&[filter])?;
        disputes.retain(|(_, dispute)| !self.open || !dispute.has(dispute_flags::ENDED));
        let rows: Vec<Value> = disputes.iter().map(|(key, dispute)| row(key, dispute)).collect();
        Ok(Reply::of(json!({ "count": rows.len(), "disputes": rows })))
    }
}

/// A name out of an enum's variant, without its fields.
pub fn name(debug: &impl std::fmt::Debug) -> String {
    words(format!("{debug:?}").split([' ', '{', '(']).next().unwrap_or_default())
}

fn row(key: &Pubkey, dispute: &Dispute) -> Value {
    let machine = dispute.machine.get();
    json!({
        "dispute": key.to_string(),
        "provider": dispute.provider.to_string(),
        "about": name(&dispute.kind()),
        "epoch": dispute.offence_epoch,
        "claimed": machine.claimed,
        "phase": name(&machine.phase),
        "outcome": name(&machine.outcome),
        "bonds": dispute.bonds().0,
    })
}

/// One dispute in full.
pub fn dispute(session: &Session, key: &Pubkey) -> Result<Reply> {
    let case = session.case(key)?;
    let (shown, dispute) = (case.view(), &case.dispute);
    let client = (dispute.client != Pubkey::default()).then(|| dispute.client.to_string());
    Ok(Reply::of(json!({
        "dispute": key.to_string(),
        "network": dispute.network.to_string(),
        "provider": dispute.provider.to_string(),
        "about": name(&shown.kind),
        "subject": dispute.subject.to_string(),
        "number": dispute.number,
        "client": client,
        "epoch": dispute.offence_epoch,
        "claim": dispute.claim,
        "phase": name(&shown.phase),
        "until_ts": shown.until_ts,
        "needs_advance": shown.needs_advance,
        "outcome": name(&shown.outcome),
        "claimed": shown.claimed,
        "verdict": shown.verdict,
        "unreserved": shown.is_unreserved,
        "own_claimed": dispute.own_claimed,
        "delegated_claimed": dispute.delegated_claimed,
        "counter_bond": shown.counter_bond,
        "counter_bond_missing": shown.counter_bond_missing,
        "seed": shown.seed.as_ref().map(name),
        "appeal": shown.appeal.as_ref().map(appeal),
        "slash": shown.slash.as_ref().map(slash),
        "challengers": shown.parties.iter().map(party).collect::<Vec<_>>(),
        "juries": shown.juries.iter().map(jury).collect::<Vec<_>>(),
        "outcomes": outcomes(&shown),
        "allowed": shown.allowed.iter().map(allowed).collect::<Vec<_>>(),
    })))
}

fn party(party: &PartyView) -> Value {
    json!({
        "owner": party.owner.to_string(),
        "severity": party.severity,
        "bond": party.bond,
        "credit": party.credit,
    })
}

fn jury(shown: &JuryView) -> Value {
    let jury = &shown.jury;
    json!({
        "round": jury.round,
        "seats": jury.seats,
        "filled": jury.filled,
        "committed": jury.committed,
        "revealed": jury.revealed,
        "verdict": shown.verdict,
    })
}

fn appeal(appeal: &AppealView) -> Value {
    json!({
        "cost": appeal.cost,
        "paid": appeal.paid,
        "fundable": appeal.fundable,
        "losers_until_ts": appeal.losers_until_ts,
        "held": appeal.is_held,
    })
}

fn slash(slash: &SlashView) -> Value {
    json!({
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

/// What each outcome that is still possible would cost whom.
fn outcomes(shown: &DisputeView) -> Vec<Value> {
    let row = |cost: &OutcomeCost| {
        json!({
            "outcome": name(&cost.outcome),
            "severity": cost.severity,
            "own_slash": cost.own_slash,
            "delegated_slash": cost.delegated_slash,
            "confiscated": cost.confiscated,
            "challengers": cost.challengers.iter().sum::<u64>(),
            "reward": cost.reward,
            "client": cost.compensation,
            "counter_bond_lost": cost.counter_bond_lost,
            "provider": cost.provider,
            "jailed_until_epoch": cost.jailed_until_epoch,
        })
    };
    shown.outcomes.iter().map(row).collect()
}

fn allowed(allowed: &DisputeAllowed) -> Value {
    json!({ "who": name(&allowed.who), "what": name(&allowed.what), "until_ts": allowed.until_ts })
}
