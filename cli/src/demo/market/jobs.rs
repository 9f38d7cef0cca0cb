//! Jobs, with every amount that they move foretold.

use {
    super::{
        LAZY, LAZY_FROM, Market,
        cast::{FIXED, METERED, REDUNDANT},
    },
    crate::failure::{Failure, Result},
    work_token_localnet::{Actor, TOKEN},
    work_token_sdk::{
        JobAddresses, Pubkey, SeatAddresses,
        draw::{DrawOutcome, DrawnSeat, Evidence, SeatSeed, verify_draw},
        ix,
        math::{UnixTs, draw::leaf},
        state::{Assignment, Job, JobClass, SeatState, Tree, assignment_flags},
        view::{JobTerms, quote_job},
    },
};

/// Jobs of an ordinary day.
const JOBS: u64 = 24;
/// Working time: longer than all the silence of a day.
const WORK_SECS: u32 = 7_200;
/// What a good provider submits.
pub const RESULT: [u8; 32] = [6; 32];
/// As long as a drawn provider may take to accept, and a second more.
const SILENCE_SECS: i64 = 601;

impl Market<'_> {
    /// The day's jobs: half of the results are approved at once, half wait for their challenge window.
    pub fn ordinary_jobs(&mut self, epoch: u32) -> Result<()> {
        let mut seats = Vec::new();
        for number in 0..JOBS {
            let buyer = usize::from(number % 2 == 1);
            seats.push(Self::seat_of(&self.create(buyer, FIXED, (2 + number % 4) * TOKEN, 0)?));
        }
        for seat in &seats {
            self.capture(&seat.job)?;
            self.count_first(seat)?;
        }
        let is_lazy = epoch >= LAZY_FROM;
        let mut open = seats.clone();
        while !open.is_empty() {
            let mut again = Vec::new();
            for seat in open {
                let worker = self.draw(&seat)?;
                if is_lazy && worker == LAZY {
                    self.tally.silent += 1;
                    again.push(seat);
                } else {
                    self.accept(&seat, worker)?;
                }
            }
            if !again.is_empty() {
                self.scenario.chain.advance(SILENCE_SECS);
            }
            open = again;
        }
        self.scenario.chain.advance(1);
        for (number, seat) in seats.iter().enumerate() {
            let operator = self.operator(seat)?;
            self.scenario.send(&[self.scenario.submit_ix(seat, RESULT)], &[&operator])?;
            if number % 2 == 0 { self.pay(seat, true)? } else { self.waiting.push(*seat) }
        }
        if epoch == super::FIRST_JOBS {
            (self.note)(epoch, "clients pay for 24 jobs a day from now on; every second result is approved at once");
        }
        Ok(())
    }

    /// A provider accepts and never submits: the fee returns.
    pub fn expired_job(&mut self, epoch: u32) -> Result<()> {
        let seat = Self::seat_of(&self.create(0, FIXED, 7 * TOKEN, 0)?);
        self.seat(&seat)?;
        self.scenario.chain.advance(i64::from(WORK_SECS) + 1);
        let (job, assignment) = (self.scenario.job_state(&seat.job), self.scenario.seat_state(&seat));
        self.tally.bounties += job.bounty.min(job.bounties_left);
        let mut after = job;
        after.take_bounty();
        self.tally.burned += { assignment }.end_expired(&mut after, UnixTs(1)).burned;
        self.buyers[0].refunded += assignment.fee;
        let keeper = self.scenario.paid_keeper();
        let expire = ix::expire_job(&seat, keeper, Some(assignment.provider), job.refund_account);
        self.scenario.send(&[expire], &[])?;
        self.tally.expired += 1;
        let is_expired = self.scenario.seat_state(&seat).state() == SeatState::Expired;
        self.promise("a job that is not done in time returns its whole fee", is_expired);
        (self.note)(epoch, "one job is accepted and never done; it expires, and Nova gets the fee back");
        Ok(())
    }

    /// The client stops the meter: it pays the seconds, the rest of the ceiling returns.
    pub fn metered_job(&mut self, epoch: u32) -> Result<()> {
        let seat = Self::seat_of(&self.create(1, METERED, 5 * TOKEN, 5_000)?);
        self.seat(&seat)?;
        self.scenario.chain.advance(30);
        let buyer = self.buyers[1].actor.address();
        self.scenario.send(&[ix::keep_alive(&seat, buyer)], &[&self.buyers[1].actor])?;
        self.scenario.chain.advance(20);
        self.scenario.chain.advance(40);
        let now_ts = self.scenario.chain.now();
        let now = (UnixTs(now_ts), self.scenario.network_state().work_ts(now_ts));
        let (job, assignment) = (self.scenario.job_state(&seat.job), self.scenario.seat_state(&seat));
        let foretold = assignment.metered_fee(&job, now);
        self.scenario.send(&[ix::stop_job(&seat, buyer, assignment.provider)], &[&self.buyers[1].actor])?;
        let exact = self.scenario.seat_state(&seat).fee == foretold && foretold == 90 * 5_000;
        self.promise("a meter costs its seconds, and the rest of the ceiling returns", exact);
        self.pay(&seat, true)?;
        (self.note)(epoch, "a metered job runs for 90 seconds; Oslo gets back what it did not use");
        Ok(())
    }

    /// Three providers do the same; one says something else.
    pub fn redundant_job(&mut self, epoch: u32) -> Result<()> {
        let job = self.create(0, REDUNDANT, 4 * TOKEN, 0)?;
        let seats = job.seats(3);
        self.capture(&job)?;
        for seat in &seats {
            let worker = self.draw(seat)?;
            self.accept(seat, worker)?;
        }
        let result = |seat: &SeatAddresses| [if seat.seat == 1 { 9 } else { 6 }; 32];
        for seat in &seats {
            let operator = self.operator(seat)?;
            let commitment = self.scenario.commitment(seat, result(seat), [8; 32]);
            self.scenario.send(&[ix::commit_result(seat, operator.address(), commitment)], &[&operator])?;
        }
        for seat in &seats {
            let operator = self.operator(seat)?;
            let reveal = ix::reveal_result(seat, operator.address(), result(seat), [8; 32]);
            self.scenario.send(&[reveal], &[&operator])?;
        }
        self.waiting.extend(seats);
        (self.note)(epoch, "three providers do one job for Nova; the second reveals another result than the others");
        Ok(())
    }

    /// A buyer's new job.
    pub fn create(&mut self, buyer: usize, class: u8, fee: u64, price_per_sec: u64) -> Result<JobAddresses> {
        let network = self.scenario.network;
        let rules = self.scenario.read::<JobClass>(&work_token_sdk::addresses::job_class(&network.network, class));
        let (now_ts, params) = (self.scenario.chain.now(), self.scenario.network_state().params);
        let terms = JobTerms { fee, price_per_sec, work_secs: WORK_SECS };
        let quote = quote_job(&params, rules.rules_at(now_ts), &terms);
        let quote = quote.map_err(|error| Failure::Failed(error.message().to_owned()))?;
        let actor = &self.buyers[buyer].actor;
        let mut input = self.scenario.job_input(actor, class, fee);
        (input.price_per_sec, input.work_secs) = (price_per_sec, WORK_SECS);
        let job = self.scenario.create_job(actor, &self.buyers[buyer].at, &input)?;
        self.buyers[buyer].paid += quote.total;
        self.tally.jobs += 1;
        Ok(job)
    }

    fn capture(&mut self, job: &JobAddresses) -> Result<()> {
        let state = self.scenario.job_state(job);
        self.tally.bounties += state.bounty.min(state.bounties_left);
        self.scenario.capture_seed(job)?;
        Ok(())
    }

    /// Whom the first leaf draws, against the weights of the tree.
    fn count_first(&mut self, seat: &SeatAddresses) -> Result<()> {
        let Some(tree) = self.tree() else { return Err(Failure::Failed("there is no tree".into())) };
        let job = self.scenario.job_state(&seat.job);
        let drawn = SeatSeed::of(&seat.job.job, &job, seat.seat).drawn(&tree, 0).map(|drawn| drawn.provider);
        for worker in &mut self.workers {
            worker.drawn += u64::from(drawn == Some(worker.at.provider));
            let state: work_token_sdk::state::Provider = self.scenario.read(&worker.at.provider);
            if state.place.until_epoch != 0 && tree.providers[usize::from(state.place.index)] == worker.at.provider {
                let weight = u128::from(leaf(&tree.sums, state.place.index));
                let part = weight * 1_000_000 / u128::from(tree.total().max(1));
                worker.expected_ppm += u64::try_from(part).unwrap_or(0);
            }
        }
        Ok(())
    }

    fn tree(&self) -> Option<Box<Tree>> {
        let key = self.scenario.work_tree(self.scenario.epoch())?;
        Some(Box::new(self.scenario.read::<Tree>(&key)))
    }

    /// Draws a seat and recomputes the draw. Returns whose it is.
    fn draw(&mut self, seat: &SeatAddresses) -> Result<usize> {
        let plan = self.scenario.plan_draw(seat).map_err(|error| Failure::Failed(error.message().to_owned()))?;
        let before = self.scenario.job_state(&seat.job);
        if plan.is_paid() {
            self.tally.bounties += before.bounty.min(before.bounties_left);
        }
        self.scenario.draw(seat)?;
        let (job, assignment) = (self.scenario.job_state(&seat.job), self.scenario.seat_state(seat));
        if let Some(tree) = self.tree() {
            let drawn = DrawnSeat { job_address: &seat.job.job, job: &job, assignment: &assignment };
            self.tally.verified += u64::from(verify_draw(&drawn, Evidence::Tree(&tree)).is_ok());
        }
        match plan.outcome {
            DrawOutcome::Drawn { .. } => self.worker(&assignment),
            DrawOutcome::Continues { .. } => self.draw(seat),
            outcome => Err(Failure::Failed(format!("nobody was drawn: {outcome:?}"))),
        }
    }

    /// Whose a seat is.
    pub fn worker(&self, assignment: &Assignment) -> Result<usize> {
        let of = |key: &Pubkey| self.workers.iter().position(|worker| worker.at.provider == *key);
        of(&assignment.provider).ok_or_else(|| Failure::Failed("nobody was drawn".into()))
    }

    /// The operator of whose a seat is.
    pub fn operator(&self, seat: &SeatAddresses) -> Result<Actor> {
        let worker = self.worker(&self.scenario.seat_state(seat))?;
        Ok(self.scenario.operator_of(&self.workers[worker].owner))
    }

    fn accept(&mut self, seat: &SeatAddresses, worker: usize) -> Result<()> {
        let operator = self.scenario.operator_of(&self.workers[worker].owner);
        self.scenario.send(&[self.scenario.accept_ix(seat)], &[&operator])?;
        Ok(())
    }

    /// Captures, draws and accepts.
    pub fn seat(&mut self, seat: &SeatAddresses) -> Result<()> {
        self.capture(&seat.job)?;
        let worker = self.draw(seat)?;
        self.accept(seat, worker)
    }

    /// Pays the results whose challenge window is over.
    pub fn settle_due(&mut self) -> Result<()> {
        let work_ts = self.scenario.network_state().work_ts(self.scenario.chain.now());
        for seat in std::mem::take(&mut self.waiting) {
            let (job, assignment) = (self.scenario.job_state(&seat.job), self.scenario.seat_state(&seat));
            if assignment.require_undisputed(&job, work_ts).is_ok() {
                self.pay(&seat, false)?;
            } else {
                self.waiting.push(seat);
            }
        }
        Ok(())
    }

    /// Pays a seat, as foretold by the job's own rules.
    pub fn pay(&mut self, seat: &SeatAddresses, approves: bool) -> Result<()> {
        let (mut job, assignment): (Job, Assignment) =
            (self.scenario.job_state(&seat.job), self.scenario.seat_state(seat));
        let mut settled = assignment;
        let (fee, returned) = settled.settle(&mut job, &mut self.scenario.read(&assignment.provider), 1);
        let (split, worker) = (job.split(fee), self.worker(&assignment)?);
        self.tally.burned += split.burn.0 + settled.burn_due;
        self.tally.treasury += split.treasury.0;
        self.workers[worker].fees += split.provider.0;
        let buyer = usize::from(self.buyers[1].at.owner == job.client);
        self.buyers[buyer].refunded += returned;
        if approves {
            let approve = ix::approve_result(seat, assignment.provider, job.refund_account);
            self.scenario.send(&[approve], &[&self.buyers[buyer].actor])?;
        } else {
            let keeper = self.scenario.keeper.address();
            self.scenario.send(&[self.scenario.settle_seat_ix(seat, keeper)], &[])?;
        }
        self.tally.settled += 1;
        let paid = self.scenario.seat_state(seat);
        if paid.flags & assignment_flags::MINORITY != 0 {
            self.tally.minorities += 1;
            self.promise("a result that fewer than half share is noted, and paid all the same", seat.seat == 1);
        }
        Ok(())
    }
}
