//! Verbs for a job's life. Every verb that is not a refusal must succeed.

use {
    crate::world::{Owner, World, done},
    work_token_localnet::Actor,
    work_token_sdk::{
        ClientAddresses, Instruction, JobAddresses, Pubkey, SeatAddresses, addresses,
        draw::DrawOutcome,
        events::{Event, decode_logs},
        ix,
        state::{JobRules, Provider, SeatState, VaultKind},
        transport::Outcome,
    },
};

/// The salt of every commitment to a result.
const RESULT_SALT: [u8; 32] = [9; 32];

/// Somebody who pays for jobs.
pub struct Buyer {
    /// Its key and tokens.
    pub actor: Actor,
    /// Its addresses as a client.
    pub at: ClientAddresses,
}

impl World {
    /// Announces a class.
    pub fn set_class(&self, class: u8, rules: &JobRules) {
        done(self.scenario.set_class(class, rules));
    }

    /// A provider offers to work, from the next epoch on.
    pub fn offer(&self, owner: &Owner, classes: u16, floor: u64) {
        done(self.scenario.offer(&owner.actor, &owner.at, classes, floor));
    }

    /// A client with `amount` base units.
    pub fn buyer(&self, name: &str, amount: u64) -> Buyer {
        let actor = self.actor(name, amount);
        let at = done(self.scenario.client(&actor));
        Buyer { actor, at }
    }

    /// What a client asks for by default.
    pub fn order(&self, client: &Buyer, class: u8, fee: u64) -> ix::CreateJob {
        self.scenario.job_input(&client.actor, class, fee)
    }

    /// The instruction that creates a client's next job.
    pub fn place_ix(&self, client: &Buyer, order: &ix::CreateJob) -> Instruction {
        ix::create_job(&self.scenario.next_job(&client.at), order)
    }

    /// Creates a client's next job.
    pub fn place(&self, client: &Buyer, order: &ix::CreateJob) -> JobAddresses {
        let job = self.scenario.next_job(&client.at);
        self.send(&[ix::create_job(&job, order)], &[&client.actor]);
        job
    }

    /// What a seat is in.
    pub fn state_of(&self, seat: &SeatAddresses) -> SeatState {
        self.seat_state(seat).state()
    }

    /// A job's seats.
    pub fn seats(&self, job: &JobAddresses) -> Vec<SeatAddresses> {
        job.seats(self.job_state(job).seats())
    }

    /// The provider that has, or last had, a seat.
    pub fn provider_of(&self, seat: &SeatAddresses) -> Provider {
        self.scenario.read(&self.seat_state(seat).provider)
    }

    /// The operator that a seat's provider was registered with.
    pub fn operator(&self, seat: &SeatAddresses) -> Actor {
        self.scenario.person(&format!("operator of {}", self.provider_of(seat).owner))
    }

    /// The instruction that captures a job's seed, the keeper being paid.
    pub fn capture_ix(&self, job: &JobAddresses) -> Instruction {
        ix::capture_seed(job, self.scenario.paid_keeper())
    }

    /// Lets a job's seed slot pass and captures it.
    pub fn capture(&self, job: &JobAddresses) -> Outcome {
        self.wait_for_seed(job);
        self.send(&[self.capture_ix(job)], &[])
    }

    /// Draws once: as many leaves as fit into a transaction.
    pub fn draw_once(&self, seat: &SeatAddresses) -> Outcome {
        self.send(&[self.scenario.draw_ix(seat)], &[])
    }

    /// Draws until somebody gets the seat, or anybody may take it, or the seed is armed again.
    pub fn draw(&self, seat: &SeatAddresses) -> Outcome {
        loop {
            let plan = self.scenario.plan_draw(seat).unwrap_or_else(|error| panic!("no draw: {error}"));
            let outcome = self.send(&[ix::draw_job(seat, self.scenario.paid_keeper(), &plan.accounts())], &[]);
            if !matches!(plan.outcome, DrawOutcome::Continues { .. }) {
                return outcome;
            }
        }
    }

    /// The instruction with which a drawn provider accepts.
    pub fn accept_ix(&self, seat: &SeatAddresses, operator: &Actor) -> Instruction {
        ix::accept_job(seat, operator.address(), self.seat_state(seat).provider, None)
    }

    /// The drawn provider accepts.
    pub fn accept(&self, seat: &SeatAddresses) -> Outcome {
        let operator = self.operator(seat);
        self.send(&[self.accept_ix(seat, &operator)], &[&operator])
    }

    /// The instruction with which an owner's provider takes a seat that nobody is drawn for.
    pub fn take_ix(&self, seat: &SeatAddresses, owner: &Owner) -> Instruction {
        let (operator, provider) = (self.scenario.operator_of(&owner.actor), owner.at.provider);
        ix::accept_job(seat, operator.address(), provider, Some(addresses::offer(&provider)))
    }

    /// The drawn provider declines.
    pub fn decline(&self, seat: &SeatAddresses) -> Outcome {
        let operator = self.operator(seat);
        let decline = ix::decline_job(seat, operator.address(), self.seat_state(seat).provider);
        self.send(&[decline], &[&operator])
    }

    /// The provider submits a result, the hash of all sevens.
    pub fn submit(&self, seat: &SeatAddresses) -> Outcome {
        let operator = self.operator(seat);
        self.send(&[self.submit_ix(seat, &operator)], &[&operator])
    }

    /// The instruction with which an operator submits the hash of all sevens.
    pub fn submit_ix(&self, seat: &SeatAddresses, operator: &Actor) -> Instruction {
        ix::submit_result(seat, operator.address(), self.seat_state(seat).provider, [7; 32])
    }

    /// The instruction with which somebody stops a meter.
    pub fn stop_ix(&self, seat: &SeatAddresses, who: &Actor) -> Instruction {
        ix::stop_job(seat, who.address(), self.seat_state(seat).provider)
    }

    /// The commitment to a result of a seat.
    pub fn commitment(&self, seat: &SeatAddresses, result: u8) -> [u8; 32] {
        self.scenario.commitment(seat, [result; 32], RESULT_SALT)
    }

    /// The provider commits to a result: a hash of 32 times `result`.
    pub fn commit_result(&self, seat: &SeatAddresses, result: u8) -> Outcome {
        let operator = self.operator(seat);
        let commitment = self.commitment(seat, result);
        self.send(&[ix::commit_result(seat, operator.address(), commitment)], &[&operator])
    }

    /// The instruction that reveals what [`World::commit_result`] committed to.
    pub fn reveal_ix(&self, seat: &SeatAddresses, result: u8) -> Instruction {
        let operator = self.operator(seat).address();
        ix::reveal_result(seat, operator, [result; 32], RESULT_SALT)
    }

    /// The provider reveals what [`World::commit_result`] committed to.
    pub fn reveal(&self, seat: &SeatAddresses, result: u8) -> Outcome {
        let operator = self.operator(seat);
        self.send(&[self.reveal_ix(seat, result)], &[&operator])
    }

    /// The instruction that settles a seat, signed by the keeper.
    pub fn settle_seat_ix(&self, seat: &SeatAddresses) -> Instruction {
        self.scenario.settle_seat_ix(seat, self.scenario.keeper.address())
    }

    /// Waits for the challenge window of a seat, and for the hour after it, and settles it.
    pub fn settle_seat(&self, seat: &SeatAddresses) -> Outcome {
        self.wait_for_work_ts(self.seat_state(seat).settles_at_work_ts());
        self.send(&[self.settle_seat_ix(seat)], &[])
    }

    /// The instruction with which a client approves a result.
    pub fn approve_ix(&self, seat: &SeatAddresses) -> Instruction {
        let (provider, refund_account) = (self.seat_state(seat).provider, self.job_state(&seat.job).refund_account);
        ix::approve_result(seat, provider, refund_account)
    }

    /// The client approves a result.
    pub fn approve(&self, client: &Buyer, seat: &SeatAddresses) -> Outcome {
        self.send(&[self.approve_ix(seat)], &[&client.actor])
    }

    /// The provider that an end needs: that of a seat that one has.
    fn bound_provider(&self, seat: &SeatAddresses) -> Option<Pubkey> {
        let state = self.seat_state(seat);
        (state.state() != SeatState::Open).then_some(state.provider)
    }

    /// The instruction that expires a seat, the keeper being paid.
    pub fn expire_ix(&self, seat: &SeatAddresses) -> Instruction {
        let refund_account = self.job_state(&seat.job).refund_account;
        ix::expire_job(seat, self.scenario.paid_keeper(), self.bound_provider(seat), refund_account)
    }

    /// Expires a seat whose deadline has passed.
    pub fn expire(&self, seat: &SeatAddresses) -> Outcome {
        self.send(&[self.expire_ix(seat)], &[])
    }

    /// The instruction with which a client cancels a seat.
    pub fn cancel_seat_ix(&self, seat: &SeatAddresses) -> Instruction {
        ix::cancel_job(seat, self.bound_provider(seat), self.job_state(&seat.job).refund_account)
    }

    /// The client cancels a seat.
    pub fn cancel_seat(&self, client: &Buyer, seat: &SeatAddresses) -> Outcome {
        self.send(&[self.cancel_seat_ix(seat)], &[&client.actor])
    }

    /// The instruction with which somebody closes a job.
    pub fn close_job_ix(&self, job: &JobAddresses, closer: Pubkey) -> Instruction {
        let assignments: Vec<Pubkey> = self.seats(job).iter().map(|seat| seat.assignment).collect();
        ix::close_job(job, closer, &assignments)
    }

    /// The client closes a job, once every result of it is out of dispute.
    pub fn close_job(&self, client: &Buyer, job: &JobAddresses) -> Outcome {
        for seat in self.seats(job) {
            self.wait_for_work_ts(self.seat_state(&seat).settles_at_work_ts());
        }
        self.send(&[self.close_job_ix(job, client.actor.address())], &[&client.actor])
    }

    /// Notes slot and time, so that an outage is measured from now.
    pub fn refresh_note(&self) {
        self.send(&[ix::refresh_note(&self.scenario.network.network)], &[]);
    }

    /// Turns the clock forward to a deadline of jobs, unless it has passed.
    pub fn wait_for_work_ts(&self, work_ts: i64) {
        self.wait_until(work_ts + self.network().outages.secs);
    }

    /// What the keeper's token account gains.
    pub fn keeper_earns(&self, act: impl FnOnce()) -> u64 {
        let before = self.balance(&self.scenario.keeper);
        act();
        self.balance(&self.scenario.keeper) - before
    }

    /// What burned.
    pub fn burns(&self, act: impl FnOnce()) -> u64 {
        let supply = || self.supply(&self.scenario.network.mint);
        let before = supply();
        act();
        before - supply()
    }

    /// What is in escrow.
    pub fn escrow(&self) -> u64 {
        self.vault(VaultKind::Escrow)
    }
}

/// The events of a transaction.
pub fn events(outcome: &Outcome) -> Vec<Event> {
    decode_logs(&outcome.logs).events
}
