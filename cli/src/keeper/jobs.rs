//! Which cranks of jobs are due.

use {
    super::{Batches, JobStep, SEED_SLOTS, Snapshot, Work, snapshot::JobEntry},
    std::cell::Cell,
    work_token_sdk::{
        Pubkey,
        draw::{DrawAt, plan_draw},
        view::{self, JobAt, JobCrank},
    },
};

/// What is due for jobs. Only one seat is drawn at a time, since each draw changes what the next one finds.
pub fn due(snapshot: &Snapshot, batches: Batches) -> Vec<Work> {
    let drawn = Cell::new(false);
    snapshot.work.jobs.iter().flat_map(|entry| of_job(snapshot, entry, batches.draw, &drawn)).collect()
}

fn of_job(snapshot: &Snapshot, entry: &JobEntry, most: usize, drawn: &Cell<bool>) -> Vec<Work> {
    let assignments = entry.assignments();
    let at = JobAt {
        network: &snapshot.network,
        job: &entry.job,
        assignments: &assignments,
        slot: snapshot.slot,
        now_ts: snapshot.now_ts,
    };
    let step = |crank| {
        Some(match crank {
            JobCrank::CaptureSeed if snapshot.slot < entry.job.seed_slot + SEED_SLOTS => return None,
            JobCrank::CaptureSeed => JobStep::Capture,
            JobCrank::Draw { .. } if drawn.get() => return None,
            JobCrank::Draw { seat } => {
                let step = draw(snapshot, entry, seat, most)?;
                drawn.set(true);
                step
            }
            JobCrank::Stop { seat } => JobStep::Stop(seat),
            JobCrank::Expire { seat } => JobStep::Expire(seat),
            JobCrank::Settle { seat } => JobStep::Settle(seat),
            JobCrank::Close => JobStep::Close,
        })
    };
    let cranks = view::job_view(&at).cranks;
    // A seat that expires needs no draw any more.
    cranks.into_iter().filter_map(step).map(|step| Work::Job(entry.key, step)).collect()
}

fn draw(snapshot: &Snapshot, entry: &JobEntry, seat: u8, most: usize) -> Option<JobStep> {
    let (_, assignment) = entry.seats.iter().find(|(_, assignment)| assignment.seat == seat)?;
    let at = DrawAt {
        network: &snapshot.network,
        job_address: &entry.key,
        job: &entry.job,
        assignment,
        tree: snapshot.work.tree.as_deref(),
        slot: snapshot.slot,
        now_ts: snapshot.now_ts,
    };
    let lookup = |key: &Pubkey| snapshot.provider(key).map(|provider| (provider, snapshot.work.offers.get(key)));
    let plan = plan_draw(&at, most, lookup).ok()?;
    plan.is_useful().then_some(JobStep::Draw(seat, plan))
}
