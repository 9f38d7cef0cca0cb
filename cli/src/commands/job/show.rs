//! Jobs, as they stand.

use {
    crate::{
        chain::Session,
        failure::Result,
        reply::{Count, Reply, Value, facts},
        text::{hex, state_name, words},
    },
    clap::Args,
    work_token_sdk::{
        ClientAddresses, Pubkey,
        state::{Job, job_flags},
        view::{self, JobModel, SeatView, SeedView},
    },
};

/// `work-token job list`
#[derive(Args, Debug)]
pub struct List {
    /// Only those that this client pays for
    #[arg(long)]
    client: Option<Pubkey>,
    /// Only those of which this provider has a seat, or was the last to have one
    #[arg(long)]
    provider: Option<Pubkey>,
}

impl List {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let client = session.client();
        let mut jobs = match self.client {
            Some(owner) => client.jobs_of_client(&ClientAddresses::derive(session.network()?, owner))?,
            None => client.jobs(&session.network()?.network)?,
        };
        if let Some(provider) = self.provider {
            let seats = client.seats_of_provider(&provider)?;
            jobs.retain(|(key, _)| seats.iter().any(|(_, seat)| seat.job == *key));
        }
        let rows: Vec<Value> = jobs.iter().map(|(key, job)| row(key, job)).collect();
        Ok(Reply::of(facts!({ "count": rows.len(), "jobs": rows })))
    }
}

fn row(key: &Pubkey, job: &Job) -> Value {
    facts!({
        "job": key.to_string(),
        "client": job.client.to_string(),
        "number": job.number,
        "class": job.class,
        "seats": job.seats(),
        "live_seats": job.live_seats,
        "fee": job.fee,
        "model": named(JobModel::of(job)),
        "seeded": job.has(job_flags::SEEDED),
    })
}

/// One job in full.
pub fn job(session: &Session, key: &Pubkey) -> Result<Reply> {
    let state = session.job(key)?;
    let shown = view::job_view(&state.at());
    let job = &state.job;
    Ok(Reply::of(facts!({
        "job": key.to_string(),
        "network": job.network.to_string(),
        "client": job.client.to_string(),
        "number": job.number,
        "class": job.class,
        "fee": job.fee,
        "price_per_sec": job.price_per_sec,
        "work_secs": job.work_secs,
        "input_hash": hex(&job.input_hash),
        "model": named(shown.model),
        "refund_account": job.refund_account.to_string(),
        "seed": seed_name(shown.seed),
        "seed_slot": Count(job.seed_slot),
        "tree_epoch": job.tree_epoch,
        "slot": Count(state.slot),
        "seat_until_ts": shown.seat_until_ts,
        "reveal_until_ts": shown.reveal_until_ts,
        "closable_from_ts": shown.closable_from_ts,
        "escrow": facts!({
            "fees": shown.escrow.fees,
            "bounties": shown.escrow.bounties,
            "burn": shown.escrow.burn,
            "credits": shown.escrow.credits,
            "dues": shown.escrow.dues,
        }),
        "seats": shown.seats.iter().map(seat).collect::<Vec<_>>(),
        "allowed": allowed(&shown.seats),
        "cranks": cranks(&shown),
    })))
}

/// The model that a job names, as it was then.
fn named(model: Option<JobModel>) -> Option<Value> {
    model
        .map(|model| facts!({ "address": model.model.to_string(), "version": model.version, "hash": hex(&model.hash) }))
}

fn seed_name(seed: SeedView) -> &'static str {
    match seed {
        SeedView::Waits { .. } => "waits",
        SeedView::Capturable => "capturable",
        SeedView::Captured => "captured",
        SeedView::GivenUp => "given up",
    }
}

fn seat(seat: &SeatView) -> Value {
    facts!({
        "seat": seat.seat,
        "state": state_name(seat.state),
        "provider": seat.provider.map(|provider| provider.to_string()),
        "open_to_all": seat.is_open_to_all,
        "fee": seat.fee,
        "refund": seat.refund,
        "credit": seat.credit,
        "dues": seat.dues,
        "accept_until_ts": seat.accept_until_ts,
        "work_until_ts": seat.work_until_ts,
        "meter_until_ts": seat.meter_until_ts,
        "challenge_until_ts": seat.challenge_until_ts,
        "settles_at_ts": seat.settles_at_ts,
        "approved": seat.is_approved,
        "minority": seat.is_minority,
    })
}

fn allowed(seats: &[SeatView]) -> Vec<Value> {
    let of = |seat: &SeatView| -> Vec<Value> {
        let row = |allowed: &view::Allowed| {
            facts!({
                "seat": seat.seat,
                "who": words(&format!("{:?}", allowed.who)),
                "what": words(format!("{:?}", allowed.what).split([' ', '{']).next().unwrap_or_default()),
                "until_ts": allowed.until_ts,
            })
        };
        seat.allowed.iter().map(row).collect()
    };
    seats.iter().flat_map(of).collect()
}

fn cranks(shown: &view::JobView) -> Vec<String> {
    shown.cranks.iter().map(|crank| words(format!("{crank:?}").split([' ', '{']).next().unwrap_or_default())).collect()
}
