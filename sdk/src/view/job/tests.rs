use {
    super::*,
    crate::{
        WorkTokenError as E,
        fixtures::*,
        math::{Epoch, UnixTs, WorkTs},
        state::{JobKind, SeatState},
    },
};

/// A job with its seats, looked at in the slot that draws its seed, unless told otherwise.
struct World {
    network: Network,
    job: Job,
    seats: Vec<Assignment>,
    slot: u64,
    now_ts: i64,
}

impl World {
    fn new(redundancy: u8) -> Self {
        let network = network();
        let job = job(&network, redundancy);
        let seats = (0..redundancy).map(|seat| assignment(&job, seat)).collect();
        Self { network, job, seats, slot: SLOT, now_ts: NOW }
    }

    fn metered() -> Self {
        let mut world = Self::new(1);
        world.job.rules.kind = JobKind::Metered as u8;
        world.job.rules.keep_alive_secs = 100;
        world.job.price_per_sec = 50;
        world.accept(0);
        world
    }

    fn view(&self) -> JobView {
        let (network, job, assignments) = (&self.network, &self.job, self.seats.as_slice());
        job_view(&JobAt { network, job, assignments, slot: self.slot, now_ts: self.now_ts })
    }

    /// Lets time pass since [`NOW`], and the slots that it takes.
    fn pass(&mut self, secs: i64) {
        self.now_ts = NOW + secs;
        self.slot = slot_at(self.now_ts);
    }

    fn work_ts(&self) -> WorkTs {
        self.network.work_ts(self.now_ts)
    }

    fn draw(&mut self, seat: u8) {
        let accept_until_work_ts = self.work_ts().after_secs(self.job.rules.accept_secs);
        self.seats[usize::from(seat)].draw(&key(seat + 1), 60_000_000, accept_until_work_ts);
    }

    fn accept(&mut self, seat: u8) {
        self.draw(seat);
        let work_ts = self.work_ts();
        let now = (UnixTs(self.now_ts), work_ts);
        let worker = provider(seat + 1);
        self.seats[usize::from(seat)].accept(&self.job, (&worker, &worker.operator), now, Epoch(10));
    }

    fn commit(&mut self, seat: u8) {
        self.accept(seat);
        self.seats[usize::from(seat)].state = SeatState::Committed as u8;
        self.job.commit_closed(self.work_ts());
    }

    fn reveal(&mut self, seat: u8, result: u8) {
        let work_ts = self.work_ts();
        self.job.reveal(seat, &[result; 32]);
        self.seats[usize::from(seat)].submit(&self.job, work_ts);
    }

    fn end(&mut self, seat: u8, state: SeatState) {
        self.seats[usize::from(seat)].end(state);
        self.job.seat_ended(self.now_ts);
    }
}

/// A fixed fee for the shortest time.
fn terms(fee: u64) -> JobTerms {
    JobTerms { fee, price_per_sec: 0, work_secs: rules(1).least_work_secs }
}

fn found(view: &JobView, seat: usize) -> Vec<(Who, Step)> {
    view.seats[seat].allowed.iter().map(|allowed| (allowed.who, allowed.what)).collect()
}

const FREE: (Who, Step) = (Who::Client, Step::Cancel { burned: 0 });
const DEAR: (Who, Step) = (Who::Client, Step::Cancel { burned: 50_000 });
const LONGER: (Who, Step) = (Who::Client, Step::Extend { most_secs: 3_600 });

#[test]
fn a_new_job_waits_for_its_seed_and_is_cancelled_freely_until_its_slot() {
    let mut world = World::new(1);
    (world.job.flags, world.slot) = (0, 1_007);
    let view = world.view();
    assert_eq!((view.seed, view.next_crank()), (SeedView::Waits { slot: 1_008 }, None));
    assert_eq!(found(&view, 0), [FREE, LONGER]);
    assert_eq!(view.seat_until_ts, NOW + 3_600, "an outage moved it");

    world.slot = 1_009;
    let view = world.view();
    assert_eq!((view.seed, view.next_crank()), (SeedView::Capturable, Some(JobCrank::CaptureSeed)));
    assert_eq!(found(&view, 0), [DEAR, LONGER]);
}

#[test]
fn an_open_seat_is_drawn_then_taken_by_anybody_then_expires() {
    let mut world = World::new(1);
    let view = world.view();
    assert_eq!((view.seed, view.next_crank()), (SeedView::Captured, Some(JobCrank::Draw { seat: 0 })));
    assert_eq!(found(&view, 0), [(Who::Anybody, Step::Draw), DEAR, LONGER]);

    world.seats[0].attempts = 8;
    let view = world.view();
    assert!(view.seats[0].is_open_to_all && view.cranks.is_empty());
    assert_eq!(view.seats[0].allowed[0].until_ts, Some(NOW + 3_600));
    assert_eq!(found(&view, 0), [(Who::AnyProvider, Step::Accept), DEAR, LONGER]);

    world.pass(3_600);
    let view = world.view();
    assert_eq!(view.next_crank(), Some(JobCrank::Expire { seat: 0 }));
    assert_eq!(found(&view, 0), [(Who::Anybody, Step::Expire), DEAR, LONGER]);
}

#[test]
fn a_drawn_provider_accepts_in_time_or_loses_the_seat_to_the_next_draw() {
    let mut world = World::new(1);
    world.draw(0);
    let view = world.view();
    assert_eq!((view.seats[0].provider, view.seats[0].accept_until_ts), (Some(key(1)), Some(NOW + 300)));
    let drawn = [(Who::Operator, Step::Accept), (Who::Operator, Step::Decline), DEAR, LONGER];
    assert_eq!(found(&view, 0), drawn);
    world.pass(300);
    let view = world.view();
    assert_eq!(found(&view, 0)[0], (Who::Anybody, Step::Draw));
    assert!(!view.seats[0].allows(Who::Operator, Step::Accept));
    world.pass(3_600);
    assert_eq!(world.view().cranks, [JobCrank::Expire { seat: 0 }]);
}

#[test]
fn an_accepted_seat_is_worked_on_in_time_extended_by_both_and_expires_after() {
    let mut world = World::new(1);
    world.accept(0);
    let view = world.view();
    assert_eq!((view.seats[0].operator, view.seats[0].work_until_ts), (Some(key(213)), Some(NOW + 3_600)));
    let extend = (Who::Client, Step::Extend { most_secs: 1_800 });
    assert_eq!(found(&view, 0), [(Who::Operator, Step::Submit), extend]);
    world.seats[0].extension_secs = 1_800;
    assert_eq!(found(&world.view(), 0), [(Who::Operator, Step::Submit)]);
    world.pass(3_600);
    assert_eq!(found(&world.view(), 0), [(Who::Anybody, Step::Expire)]);
}

#[test]
fn a_result_is_approved_at_once_or_settled_an_hour_after_its_window() {
    let mut world = World::new(1);
    world.accept(0);
    world.job.commit_closed(world.work_ts());
    world.reveal(0, 1);
    let view = world.view();
    let seat = &view.seats[0];
    assert_eq!((seat.challenge_until_ts, seat.settles_at_ts), (Some(NOW + 5_000), Some(NOW + 8_600)));
    assert_eq!(view.reveal_until_ts, None, "one seat has nothing to reveal");
    let (approve, rate) = ((Who::Client, Step::Approve), (Who::Client, Step::Rate));
    assert_eq!(found(&view, 0), [approve, rate]);
    world.pass(8_599);
    assert_eq!(world.view().next_crank(), None, "what was committed to in time can still be opened");
    world.pass(8_600);
    let view = world.view();
    assert_eq!(view.next_crank(), Some(JobCrank::Settle { seat: 0 }));
    assert_eq!(found(&view, 0), [(Who::Anybody, Step::Settle), approve, rate]);
    assert_eq!((view.seats[0].fee, view.seats[0].refund), (1_000_000, 0));
    world.seats[0].open_disputes = 1;
    assert_eq!(found(&world.view(), 0), [rate], "while a dispute is open the fee is contested");
}

#[test]
fn a_meter_shows_its_fee_and_is_kept_stopped_or_run_out() {
    let mut world = World::metered();
    world.pass(60);
    let view = world.view();
    assert_eq!((view.seats[0].fee, view.seats[0].refund), (3_000, 997_000));
    assert_eq!(view.seats[0].meter_until_ts, Some(NOW + 100));
    let running = [
        (Who::Operator, Step::Submit),
        (Who::ClientOrItsKey, Step::KeepAlive),
        (Who::EitherSide, Step::Stop),
        (Who::Client, Step::Extend { most_secs: 1_800 }),
    ];
    assert_eq!(found(&view, 0), running);
    assert!(view.cranks.is_empty());
    world.pass(150);
    let view = world.view();
    assert_eq!((view.seats[0].fee, view.next_crank()), (5_000, Some(JobCrank::Stop { seat: 0 })));
    assert!(!view.seats[0].allows(Who::ClientOrItsKey, Step::KeepAlive));
}

#[test]
fn results_of_a_redundant_job_are_committed_then_revealed_then_compared() {
    let mut world = World::new(3);
    world.commit(0);
    world.commit(1);
    world.accept(2);
    let view = world.view();
    assert_eq!(found(&view, 2)[0], (Who::Operator, Step::Commit));
    assert_eq!((found(&view, 0), view.reveal_until_ts), (vec![], None));

    world.seats[2].state = SeatState::Committed as u8;
    world.job.commit_closed(world.work_ts());
    let view = world.view();
    assert_eq!((found(&view, 0), view.reveal_until_ts), (vec![(Who::Operator, Step::Reveal)], Some(NOW + 600)));
    world.reveal(0, 1);
    world.reveal(1, 1);
    world.reveal(2, 2);
    let minorities: Vec<bool> = world.view().seats.iter().map(|seat| seat.is_minority).collect();
    assert_eq!(minorities, [false, false, true]);
    world.pass(8_600);
    assert_eq!(world.view().cranks, [0, 1, 2].map(|seat| JobCrank::Settle { seat }));
}

#[test]
fn a_commitment_that_is_not_revealed_expires_and_holds_the_comparison_up_until_then() {
    let mut world = World::new(3);
    world.job.rules.challenge_secs = 60;
    (0..3).for_each(|seat| world.commit(seat));
    world.reveal(0, 1);
    world.pass(599);
    assert!(world.view().cranks.is_empty(), "another may still be revealed");
    world.pass(600);
    let expired = [JobCrank::Expire { seat: 1 }, JobCrank::Expire { seat: 2 }];
    assert_eq!(world.view().cranks, expired);
    world.pass(60 + 3_600);
    let expected = [JobCrank::Settle { seat: 0 }, expired[0], expired[1]];
    assert_eq!(world.view().cranks, expected);
}

#[test]
fn escrow_holds_what_the_quote_asks_for_and_nothing_once_all_has_ended() {
    let mut world = World::new(3);
    let quote = quote_job(&world.network.params, &world.job.rules, &terms(world.job.fee)).unwrap();
    let escrow = world.view().escrow;
    // Two captures and nine cranks of each of three seats, 10 each.
    assert_eq!((quote.fees, quote.bounties, quote.burn), (3_000_000, 290, 290));
    assert_eq!((escrow.fees, escrow.bounties, escrow.burn, escrow.credits), (3_000_000, 290, 290, 0));
    assert_eq!((escrow.total(), quote.total), (3_000_580, 3_000_580));
    assert_eq!(world.job.require_escrow(), Ok(quote.total));

    world.job.take_bounty();
    world.seats[1].credit = 7;
    world.end(1, SeatState::Expired);
    assert_eq!(world.view().escrow.total(), 2_000_000 + 280 + 290 + 7);
    world.end(0, SeatState::Settled);
    world.end(2, SeatState::Cancelled);
    assert_eq!(world.view().escrow, JobEscrow { credits: 7, ..JobEscrow::default() });
}

#[test]
fn a_job_closes_without_credit_after_its_windows_for_the_client_then_for_all() {
    let mut world = World::new(1);
    world.accept(0);
    world.reveal(0, 1);
    assert_eq!(world.view().closable_from_ts, None);
    world.pass(10);
    world.end(0, SeatState::Settled);
    let view = world.view();
    assert_eq!(view.closable_from_ts, Some(NOW + 5_000 + 3_600), "approved, and still disputable");
    assert_eq!(view.closable_by_all_from_ts, Some(NOW + 10 + 30 * DAY));
    assert!(view.cranks.is_empty());

    world.seats[0].credit = 1;
    let view = world.view();
    assert_eq!((view.closable_from_ts, found(&view, 0).last()), (None, Some(&(Who::Client, Step::ClaimCredit))));
    world.seats[0].credit = 0;
    world.pass(10 + 30 * DAY);
    assert_eq!(world.view().cranks, [JobCrank::Close]);
}

#[test]
fn a_seat_that_nobody_has_any_more_names_no_provider() {
    let mut world = World::new(1);
    world.draw(0);
    world.seats[0].reopen(&mut world.job);
    assert_eq!(world.view().seats[0].provider, None);
    world.draw(0);
    world.end(0, SeatState::Expired);
    let view = world.view();
    assert_eq!((view.seats[0].provider, view.seats[0].refund), (None, 1_000_000));
}

#[test]
fn a_fee_below_the_least_or_beyond_the_supply_is_not_quoted() {
    let (params, rules) = (network().params, rules(5));
    assert_eq!(quote_job(&params, &rules, &terms(999_999)), Err(E::FeeBelowMinimum));
    assert_eq!(quote_job(&params, &rules, &terms(1 << 59)), Err(E::FeeTooLarge));
    assert_eq!(quote_job(&params, &rules, &terms(u64::MAX)), Err(E::FeeTooLarge));
    let quote = quote_job(&params, &rules, &terms(2_000_000)).unwrap();
    assert_eq!((quote.cancel_fee, quote.exposure), (100_000, 120_000_000));
}

#[test]
fn what_a_frozen_vault_keeps_back_is_shown_moved_by_anybody_and_keeps_the_job_open() {
    let mut world = World::new(1);
    world.accept(0);
    world.reveal(0, 1);
    world.end(0, SeatState::Settled);
    (world.seats[0].fee_due, world.seats[0].burn_due) = (1_000_000, 220);
    let view = world.view();
    assert_eq!((view.seats[0].dues, view.escrow.dues, view.closable_from_ts), (1_000_220, 1_000_220, None));
    assert_eq!(view.next_crank(), Some(JobCrank::Settle { seat: 0 }));
    world.seats[0].fee_due = 0;
    world.seats[0].state = SeatState::Expired as u8;
    assert_eq!(world.view().next_crank(), Some(JobCrank::Expire { seat: 0 }));
}

#[test]
fn an_outage_that_nobody_has_recorded_yet_moves_what_is_shown_as_it_will_move_the_deadline() {
    let mut world = World::new(1);
    world.draw(0);
    // Two hours without a slot.
    world.now_ts = NOW + 7_200;
    let view = world.view();
    assert_eq!(view.seats[0].accept_until_ts, Some(NOW + 300 + 7_200));
    assert!(view.seats[0].allows(Who::Operator, Step::Accept) && view.cranks.is_empty());
}
