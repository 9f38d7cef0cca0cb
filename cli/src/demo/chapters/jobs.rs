//! Clients pay for jobs: ordinary ones, one that nobody does, a metered one, and one that three do.

use {
    super::plot::Plot,
    crate::{
        demo::{cast::Who, job::Purchase, story::tokens, world::World},
        failure::Result,
    },
    work_token_localnet::TOKEN,
    work_token_sdk::{
        SeatAddresses, ix,
        math::UnixTs,
        state::{SeatState, assignment_flags},
    },
};

pub const WHY: &str = "who does one is drawn by weight, so that no client and no provider can choose the other.";

/// Who of those that do the same says something else.
const ODD: usize = 1;
/// Jobs of an ordinary day.
const DAILY: u64 = 24;

pub fn play(world: &mut World, plot: &mut Plot) -> Result<String> {
    world.next_epoch()?;
    let [approved, waiting] = ordinary(world)?;
    world.tell(format!(
        "{DAILY} jobs a day: {approved} results approved at once, {waiting} open to disputes for a day."
    ));
    let seats = redundant(world)?;
    world.next_epoch()?;
    ordinary(world)?;
    expired(world)?;
    world.next_epoch()?;
    ordinary(world)?;
    if let Some(class) = world.stage.metered {
        metered(world, class)?;
    }
    plot.compared = seats;
    compared(world, plot);
    let tally = world.tally;
    world.promise(
        "every draw can be recomputed from accounts alone",
        tally.draws >= tally.jobs && { tally.verified == tally.draws },
    );
    let (fees, burned) = (world.members.iter().map(|member| member.fees).sum(), tally.burned);
    Ok(format!(
        "So far {} of {} jobs are paid: {} to providers and their delegators; {} burn.",
        tally.settled,
        tally.jobs,
        tokens(fees),
        tokens(burned),
    ))
}

/// Once those who did the same are paid: whether who said something else is noted.
pub fn compared(world: &mut World, plot: &mut Plot) {
    if plot.compared.is_empty() || plot.compared.iter().any(|seat| world.waiting.contains(seat)) {
        return;
    }
    let is_minority = |seat: &SeatAddresses| {
        let state = world.scenario.seat_state(seat);
        (state.flags & assignment_flags::MINORITY != 0, state.state() == SeatState::Settled)
    };
    let compares = world.stage.compares();
    let seats = (0..).zip(std::mem::take(&mut plot.compared));
    let noted = seats.into_iter().all(|(number, seat)| is_minority(&seat) == (compares && number == ODD, true));
    world.promise(
        match compares {
            true => "a result that fewer than half share is noted, and paid all the same",
            false => "where results may differ one that does is not noted, and paid all the same",
        },
        noted,
    );
}

/// The day's jobs: half of the results are approved at once, half wait for their challenge window. Returns
/// how many of each.
pub fn ordinary(world: &mut World) -> Result<[u64; 2]> {
    let (class, unit) = (world.stage.fixed, world.stage.fee_unit() * TOKEN);
    let mut seats = Vec::new();
    for number in 0..DAILY {
        let client = if number % 2 == 1 { Who::Oslo } else { Who::Nova };
        let purchase = Purchase { client, class, fee: (2 + number % 4) * unit, price_per_sec: 0 };
        seats.push(world.create(purchase)?.seat(0));
    }
    for seat in &seats {
        world.capture(&seat.job)?;
        world.count_first(seat)?;
    }
    world.draw_and_accept(seats.clone())?;
    world.scenario.chain.advance(1);
    let mut counts = [0; 2];
    for (number, seat) in seats.iter().enumerate() {
        world.submit(seat)?;
        if number % 2 == 0 {
            world.pay(seat, true)?;
        } else {
            world.waiting.push(*seat);
        }
        counts[number % 2] += 1;
    }
    Ok(counts)
}

/// A provider accepts and never submits: the fee returns.
fn expired(world: &mut World) -> Result<()> {
    let (class, fee) = (world.stage.fixed, 7 * world.stage.fee_unit() * TOKEN);
    let purchase = Purchase { client: Who::Nova, class, fee, price_per_sec: 0 };
    let seat = world.create(purchase)?.seat(0);
    world.seat(&seat)?;
    world.scenario.chain.advance(i64::from(world.stage.work_secs(class)) + 1);
    let (job, assignment) = (world.scenario.job_state(&seat.job), world.scenario.seat_state(&seat));
    world.tally.work_bounties += job.bounty.min(job.bounties_left);
    let mut after = job;
    after.take_bounty();
    world.tally.burned += { assignment }.end_expired(&mut after, UnixTs(1)).burned;
    let before = world.scenario.balance(&world.person(Who::Nova).actor);
    let keeper = world.scenario.paid_keeper();
    let expire = ix::expire_job(&seat, keeper, Some(assignment.provider), job.refund_account);
    world.scenario.send(&[expire], &[])?;
    world.tally.expired += 1;
    world.flow(Who::Nova).received += assignment.fee;
    let returned = world.scenario.balance(&world.person(Who::Nova).actor) - before;
    let whole = world.scenario.seat_state(&seat).state() == SeatState::Expired && returned == purchase.fee;
    world.promise("a job that is not done in time returns its whole fee", whole);
    let provider = world.provider_of(&assignment.provider)?;
    world.tell(format!("{provider:?} accepts a job and lets its time pass: Nova gets her {} back.", tokens(returned)));
    Ok(())
}

/// The client stops the meter: it pays the seconds, the rest of the ceiling returns.
fn metered(world: &mut World, class: u8) -> Result<()> {
    let purchase = Purchase { client: Who::Oslo, class, fee: 5 * TOKEN, price_per_sec: 5_000 };
    let seat = world.create(purchase)?.seat(0);
    world.seat(&seat)?;
    let (since_ts, oslo) = (world.scenario.now(), world.person(Who::Oslo).actor.address());
    world.scenario.chain.advance(30);
    world.act(Who::Oslo, ix::keep_alive(&seat, oslo))?;
    world.scenario.chain.advance(60);
    let now_ts = world.scenario.now();
    let now = (UnixTs(now_ts), world.scenario.network_state().work_ts(now_ts));
    let (job, assignment) = (world.scenario.job_state(&seat.job), world.scenario.seat_state(&seat));
    let foretold = assignment.metered_fee(&job, now);
    world.act(Who::Oslo, ix::stop_job(&seat, oslo, assignment.provider))?;
    let cost = world.scenario.seat_state(&seat).fee;
    let secs = u64::try_from(now_ts - since_ts).unwrap_or(0);
    let exact = cost == foretold && cost == secs * purchase.price_per_sec;
    world.promise("a meter costs its seconds, and the rest of the ceiling returns", exact);
    world.pay(&seat, true)?;
    world.tell(format!(
        "Oslo pays by the second: {secs} seconds cost {}, of a ceiling of {}.",
        tokens(cost),
        tokens(purchase.fee),
    ));
    Ok(())
}

/// Several providers do the same; one says something else.
fn redundant(world: &mut World) -> Result<Vec<SeatAddresses>> {
    let (class, fee) = (world.stage.redundant, 4 * world.stage.fee_unit() * TOKEN);
    let job = world.create(Purchase { client: Who::Nova, class, fee, price_per_sec: 0 })?;
    let seats: Vec<_> = (0..world.stage.rules(class).redundancy).map(|seat| job.seat(seat)).collect();
    world.capture(&job)?;
    for seat in &seats {
        let worker = world.draw(seat)?;
        world.accept(seat, worker)?;
    }
    let result = |seat: &SeatAddresses| [if usize::from(seat.seat) == ODD { 9 } else { 6 }; 32];
    for seat in &seats {
        let operator = world.operator(seat)?;
        let commitment = world.scenario.commitment(seat, result(seat), [8; 32]);
        world.scenario.send(&[ix::commit_result(seat, operator.address(), commitment)], &[&operator])?;
    }
    for seat in &seats {
        let operator = world.operator(seat)?;
        let reveal = ix::reveal_result(seat, operator.address(), result(seat), [8; 32]);
        world.scenario.send(&[reveal], &[&operator])?;
    }
    world.waiting.extend(&seats);
    let odd = world.provider_of(&world.scenario.seat_state(&seats[ODD]).provider)?;
    world.tell(format!("{} providers do one job for Nova; {odd:?} reveals another result.", seats.len()));
    Ok(seats)
}
