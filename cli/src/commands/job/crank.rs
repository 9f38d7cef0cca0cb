//! What anybody may do for a job.

use {
    super::{Seat, SeatAt, keeper},
    crate::commands::epoch::Bounty,
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::{not_yet, refused},
        reply::Reply,
        text::words,
    },
    clap::Args,
    std::{collections::BTreeMap, mem::offset_of},
    work_token_sdk::{
        Pubkey, WorkTokenError as E,
        draw::{DrawAt, DrawOutcome, DrawPlan, plan_draw},
        ix,
        math::WorkTs,
        state::{Offer, Provider},
    },
};

/// A crank of a job.
#[derive(Args, Debug)]
pub struct Crank {
    #[command(flatten)]
    seat: Seat,
    #[command(flatten)]
    bounty: Bounty,
}

fn not_due(error: E) -> Failure {
    match error {
        E::SeedNotCaptured | E::NotExpired | E::ChallengeOpen | E::SeatNotOpen => not_yet(error, ""),
        _ => refused(error),
    }
}

impl Crank {
    /// Captures the seed.
    pub fn capture(&self, session: &Session) -> Result<Reply> {
        let seat = self.seat.read(session)?;
        let job = &seat.state.job;
        job.require_unseeded().map_err(not_due)?;
        if seat.state.slot <= job.seed_slot {
            return Err(Failure::TryAgain(format!(
                "the seed is the hash of slot {}; now is slot {}",
                job.seed_slot, seat.state.slot
            )));
        }
        let capture = ix::capture_seed(&seat.state.addresses, keeper(session, &seat.state, &self.bounty)?);
        session.submit(&[capture], seat.facts())
    }

    /// Draws until a provider has the seat, or what comes next is not a draw.
    pub fn draw(&self, session: &Session) -> Result<Reply> {
        loop {
            let seat = self.seat.read(session)?;
            let plan = plan(session, &seat)?;
            let draw = ix::draw_job(&seat.at, keeper(session, &seat.state, &self.bounty)?, &plan.accounts());
            let mut facts = seat.facts();
            facts["outcome"] = outcome(&plan).into();
            if let DrawOutcome::Drawn { provider, accept_until_work_ts } = plan.outcome {
                facts["provider"] = provider.to_string().into();
                facts["accept_until_ts"] = seat.state.network.unix_ts(WorkTs(accept_until_work_ts)).into();
            }
            facts["released"] = plan.released.map(|provider| provider.to_string()).into();
            facts["looked_at"] = plan.candidates.len().into();
            facts["skipped"] = plan.skipped.iter().map(|skipped| skipped.provider.to_string()).collect();
            let reply = session.submit_step(&[draw], facts)?;
            if session.only_shows() || !matches!(plan.outcome, DrawOutcome::Continues { .. }) {
                return Ok(reply);
            }
        }
    }

    /// Ends a seat without a result.
    pub fn expire(&self, session: &Session) -> Result<Reply> {
        let seat = self.seat.read(session)?;
        if !(seat.assignment.state().is_final() && seat.assignment.has_dues()) {
            seat.assignment.require_expired(&seat.state.job, seat.latest()).map_err(not_due)?;
        }
        let keeper = keeper(session, &seat.state, &self.bounty)?;
        let refund_account = seat.state.job.refund_account;
        session.submit(&[ix::expire_job(&seat.at, keeper, seat.assignment.holder(), refund_account)], seat.facts())
    }
}

/// Pays the fee of a seat whose challenge window is over.
pub fn settle(session: &Session, seat: &Seat) -> Result<Reply> {
    let seat = seat.read(session)?;
    if !(seat.assignment.state().is_final() && seat.assignment.has_dues()) {
        seat.assignment.require_undisputed(&seat.state.job, seat.latest()).map_err(not_due)?;
    }
    let (who, refund_account) = (session.authority()?, seat.state.job.refund_account);
    session.submit(&[ix::settle_job(&seat.at, who, seat.assignment.provider, refund_account)], seat.facts())
}

fn plan(session: &Session, seat: &SeatAt) -> Result<DrawPlan> {
    let client = session.client();
    let network = seat.at.network().network;
    let epoch = seat.state.network.epoch_at(seat.state.now_ts);
    let tree = client.work_tree(&seat.state.network, epoch.0)?;
    let providers: BTreeMap<Pubkey, Provider> = client.providers(&network)?.into_iter().collect();
    let offers = client.list::<Offer>(&[(offset_of!(Offer, network), network)])?;
    let offers: BTreeMap<Pubkey, Offer> = offers.into_iter().map(|(_, offer)| (offer.provider, offer)).collect();
    let at = DrawAt {
        network: &seat.state.network,
        job_address: &seat.at.job.job,
        job: &seat.state.job,
        assignment: &seat.assignment,
        tree: tree.as_deref(),
        slot: seat.state.slot,
        now_ts: seat.state.now_ts,
    };
    // A second signature takes the room of two leaves.
    let most = if session.options.fee_payer.is_none() { ix::DRAW_BATCH } else { ix::DRAW_BATCH - 2 };
    let lookup = |key: &Pubkey| providers.get(key).map(|provider| (provider, offers.get(key)));
    let plan = plan_draw(&at, most, lookup).map_err(not_due)?;
    if plan.is_useful() { Ok(plan) } else { Err(Failure::TryAgain("nothing can be drawn now".into())) }
}

fn outcome(plan: &DrawPlan) -> String {
    let debug = format!("{:?}", plan.outcome);
    words(debug.split([' ', '{']).next().unwrap_or_default())
}
