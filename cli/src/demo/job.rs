//! Jobs, with every amount that they move foretold.

use {
    super::{
        cast::{CLIENTS, Who},
        world::World,
    },
    crate::failure::{Failure, Result},
    work_token_localnet::Actor,
    work_token_sdk::{
        JobAddresses, SeatAddresses,
        draw::{DrawOutcome, DrawnSeat, Evidence, SeatSeed, verify_draw},
        ix,
        math::draw::leaf,
        state::{Assignment, Job, JobClass, Provider, Tree, assignment_flags},
        view::{JobTerms, quote_job},
    },
};

/// What a good provider submits.
pub const RESULT: [u8; 32] = [6; 32];

/// What a client asks for.
#[derive(Clone, Copy)]
pub struct Purchase {
    /// Who pays.
    pub client: Who,
    /// The kind of work.
    pub class: u8,
    /// The fee, or the ceiling of a meter. Base units.
    pub fee: u64,
    /// Price of a metered second. Base units.
    pub price_per_sec: u64,
}

impl World<'_> {
    /// A client's new job.
    pub fn create(&mut self, purchase: Purchase) -> Result<JobAddresses> {
        let Purchase { client, class, fee, price_per_sec } = purchase;
        let network = self.scenario.network;
        let rules = self.scenario.read::<JobClass>(&work_token_sdk::addresses::job_class(&network.network, class));
        let (now_ts, params) = (self.scenario.now(), self.scenario.network_state().params);
        let work_secs = self.stage.work_secs(class);
        let terms = JobTerms { fee, price_per_sec, work_secs };
        let quote = quote_job(&params, rules.rules_at(now_ts), &terms);
        let quote = quote.map_err(|error| Failure::Failed(error.message().to_owned()))?;
        let actor = &self.person(client).actor;
        let mut input = self.scenario.job_input(actor, class, fee);
        (input.price_per_sec, input.work_secs) = (price_per_sec, work_secs);
        let place = CLIENTS.iter().position(|known| *known == client);
        let place = place.ok_or_else(|| Failure::Failed(format!("{client:?} is no client")))?;
        let job = self.scenario.create_job(actor, &self.clients[place], &input)?;
        self.flow(client).paid += quote.total;
        self.tally.jobs += 1;
        Ok(job)
    }

    /// Captures, draws and accepts.
    pub fn seat(&mut self, seat: &SeatAddresses) -> Result<()> {
        self.capture(&seat.job)?;
        let worker = self.draw(seat)?;
        self.accept(seat, worker)
    }

    /// Captures the seed that decides who is drawn.
    pub fn capture(&mut self, job: &JobAddresses) -> Result<()> {
        let state = self.scenario.job_state(job);
        self.tally.work_bounties += state.bounty.min(state.bounties_left);
        self.scenario.capture_seed(job)?;
        Ok(())
    }

    /// Draws all these seats until somebody accepts each: who is lazy accepts nothing, so that after its
    /// silence another one is drawn.
    pub fn draw_and_accept(&mut self, mut seats: Vec<SeatAddresses>) -> Result<()> {
        while !seats.is_empty() {
            let mut again = Vec::new();
            for seat in seats {
                let worker = self.draw(&seat)?;
                if self.lazy.is_some_and(|(lazy, _)| lazy == worker) {
                    self.member_mut(worker).silent += 1;
                    again.push(seat);
                } else {
                    self.accept(&seat, worker)?;
                }
            }
            if !again.is_empty() {
                self.scenario.chain.advance(self.stage.silence_secs());
            }
            seats = again;
        }
        Ok(())
    }

    /// Counts whom the first leaf draws, against the weights of the tree.
    pub fn count_first(&mut self, seat: &SeatAddresses) -> Result<()> {
        let Some(tree) = self.tree() else { return Err(Failure::Failed("there is no tree".into())) };
        let job = self.scenario.job_state(&seat.job);
        let drawn = SeatSeed::of(&seat.job.job, &job, seat.seat).drawn(&tree, 0).map(|drawn| drawn.provider);
        for member in &mut self.members {
            member.drawn += u64::from(drawn == Some(member.at.provider));
            let state: Provider = self.scenario.read(&member.at.provider);
            if state.place.until_epoch != 0 && tree.providers[usize::from(state.place.index)] == member.at.provider {
                let weight = u128::from(leaf(&tree.sums, state.place.index));
                let part = weight * 1_000_000 / u128::from(tree.total().max(1));
                member.expected_ppm += u64::try_from(part).unwrap_or(0);
            }
        }
        Ok(())
    }

    fn tree(&self) -> Option<Box<Tree>> {
        let key = self.scenario.work_tree(self.scenario.epoch())?;
        Some(Box::new(self.scenario.read::<Tree>(&key)))
    }

    /// Draws a seat and recomputes the draw. Returns whose it is.
    pub fn draw(&mut self, seat: &SeatAddresses) -> Result<Who> {
        let plan = self.scenario.plan_draw(seat).map_err(|error| Failure::Failed(error.message().to_owned()))?;
        let before = self.scenario.job_state(&seat.job);
        if plan.is_paid() {
            self.tally.work_bounties += before.bounty.min(before.bounties_left);
        }
        self.scenario.draw(seat)?;
        match plan.outcome {
            DrawOutcome::Drawn { .. } => self.verify(seat),
            DrawOutcome::Continues { .. } => self.draw(seat),
            outcome => Err(Failure::Failed(format!("nobody was drawn: {outcome:?}"))),
        }
    }

    /// Recomputes a draw from accounts alone. Returns whom it drew.
    fn verify(&mut self, seat: &SeatAddresses) -> Result<Who> {
        let (job, assignment) = (self.scenario.job_state(&seat.job), self.scenario.seat_state(seat));
        let drawn = DrawnSeat { job_address: &seat.job.job, job: &job, assignment: &assignment };
        let tree = self.tree();
        let is_right = tree.is_some_and(|tree| verify_draw(&drawn, Evidence::Tree(&tree)).is_ok());
        self.tally.draws += 1;
        self.tally.verified += u64::from(is_right);
        self.provider_of(&assignment.provider)
    }

    /// The operator of whose a seat is.
    pub fn operator(&self, seat: &SeatAddresses) -> Result<Actor> {
        let worker = self.provider_of(&self.scenario.seat_state(seat).provider)?;
        Ok(self.scenario.operator_of(&self.person(worker).actor))
    }

    /// Whoever was drawn accepts.
    pub fn accept(&mut self, seat: &SeatAddresses, worker: Who) -> Result<()> {
        let operator = self.scenario.operator_of(&self.person(worker).actor);
        self.scenario.send(&[self.scenario.accept_ix(seat)], &[&operator])?;
        Ok(())
    }

    /// Whose seat it is submits a result.
    pub fn submit(&mut self, seat: &SeatAddresses) -> Result<()> {
        let operator = self.operator(seat)?;
        self.scenario.send(&[self.scenario.submit_ix(seat, RESULT)], &[&operator])?;
        Ok(())
    }

    /// Pays the results whose challenge window is over.
    pub fn settle_due(&mut self) -> Result<()> {
        let work_ts = self.scenario.network_state().work_ts(self.scenario.now());
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

    /// Pays a seat, as foretold by the job's own rules. Returns what the provider's side gets.
    pub fn pay(&mut self, seat: &SeatAddresses, approves: bool) -> Result<u64> {
        let (mut job, assignment): (Job, Assignment) =
            (self.scenario.job_state(&seat.job), self.scenario.seat_state(seat));
        let mut settled = assignment;
        let (fee, returned) = settled.settle(&mut job, &mut self.scenario.read(&assignment.provider), 1);
        let (split, worker) = (job.split(fee), self.provider_of(&assignment.provider)?);
        self.tally.burned += split.burn.0 + settled.burn_due;
        self.tally.treasury += split.treasury.0;
        self.member_mut(worker).fees += split.provider.0;
        let client = self.who_is(&job.client)?;
        self.flow(client).received += returned;
        if approves {
            self.act(client, ix::approve_result(seat, assignment.provider, job.refund_account))?;
        } else {
            let keeper = self.scenario.keeper.address();
            self.scenario.send(&[self.scenario.settle_seat_ix(seat, keeper)], &[])?;
        }
        self.tally.settled += 1;
        self.tally.minorities += u64::from(self.scenario.seat_state(seat).flags & assignment_flags::MINORITY != 0);
        Ok(split.provider.0)
    }
}
