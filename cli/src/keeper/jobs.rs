//! Which cranks of jobs are due.

use {
    super::{Batches, JobStep, SEED_SLOTS, Snapshot, Work, snapshot::JobEntry},
    std::cell::Cell,
    work_token_sdk::{
        Pubkey,
        draw::{DrawAt, SeatSeed, next_leaves, plan_draw},
        ix::DRAW_BATCH,
        view::{self, JobAt, JobCrank},
    },
};

/// Jobs whose next leaves are looked up at a time: only one is drawn before the chain is read again, and the
/// first may turn out to have nothing to draw.
const DRAWS: usize = 4;

/// The seats that are to be drawn now.
pub fn draws(snapshot: &Snapshot) -> Vec<(Pubkey, u8)> {
    let of_job = |(key, entry): (&Pubkey, &JobEntry)| {
        let draw = |crank: &JobCrank| if let JobCrank::Draw { seat } = crank { Some(*seat) } else { None };
        cranks(snapshot, entry).iter().find_map(draw).map(|seat| (*key, seat))
    };
    snapshot.work.jobs.iter().filter_map(of_job).take(DRAWS).collect()
}

/// The providers that the next leaves of those seats draw.
pub fn drawn(snapshot: &Snapshot, seats: &[(Pubkey, u8)]) -> Vec<Pubkey> {
    let Some(tree) = snapshot.work.tree.as_deref() else { return Vec::new() };
    let of_seat = |(key, seat): &(Pubkey, u8)| {
        let entry = snapshot.work.jobs.get(key)?;
        let (_, assignment) = entry.seats.iter().find(|(_, assignment)| assignment.seat == *seat)?;
        Some(next_leaves(tree, &SeatSeed::of(key, &entry.job, *seat), assignment.leaves, DRAW_BATCH))
    };
    seats.iter().filter_map(of_seat).flatten().map(|leaf| leaf.provider).collect()
}

fn cranks(snapshot: &Snapshot, entry: &JobEntry) -> Vec<JobCrank> {
    let (job, assignments) = (&entry.job, &entry.assignments());
    let at = JobAt { network: &snapshot.network, job, assignments, slot: snapshot.slot, now_ts: snapshot.now_ts };
    view::job_view(&at).cranks
}

/// What is due for jobs. Only one seat is drawn at a time, since each draw changes what the next one finds.
pub fn due(snapshot: &Snapshot, batches: Batches) -> Vec<Work> {
    let drawn = Cell::new(false);
    snapshot.work.jobs.iter().flat_map(|(key, entry)| of_job(snapshot, key, entry, batches.draw, &drawn)).collect()
}

fn of_job(snapshot: &Snapshot, key: &Pubkey, entry: &JobEntry, most: usize, drawn: &Cell<bool>) -> Vec<Work> {
    let step = |crank| {
        Some(match crank {
            JobCrank::CaptureSeed if snapshot.slot < entry.job.seed_slot + SEED_SLOTS => return None,
            JobCrank::CaptureSeed => JobStep::Capture,
            JobCrank::Draw { .. } if drawn.get() => return None,
            JobCrank::Draw { seat } => {
                let step = draw(snapshot, key, entry, seat, most)?;
                drawn.set(true);
                step
            }
            JobCrank::Stop { seat } => JobStep::Stop(seat),
            JobCrank::Expire { seat } => JobStep::Expire(seat),
            JobCrank::Settle { seat } => JobStep::Settle(seat),
            JobCrank::Close => JobStep::Close,
        })
    };
    // A seat that expires needs no draw any more.
    cranks(snapshot, entry).into_iter().filter_map(step).map(|step| Work::Job(*key, step)).collect()
}

fn draw(snapshot: &Snapshot, key: &Pubkey, entry: &JobEntry, seat: u8, most: usize) -> Option<JobStep> {
    let (_, assignment) = entry.seats.iter().find(|(_, assignment)| assignment.seat == seat)?;
    let at = DrawAt {
        network: &snapshot.network,
        job_address: key,
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
