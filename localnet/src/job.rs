//! Work on a scenario's network: clients, jobs and their draws.

use {
    crate::{Actor, Scenario},
    solana_sdk::pubkey::Pubkey,
    std::collections::BTreeMap,
    work_token_sdk::{
        ClientAddresses, Instruction, JobAddresses, SeatAddresses,
        draw::{DrawAt, DrawPlan, plan_draw},
        ix,
        state::{Assignment, Client, Job, JobClass, Offer, Provider, Tree},
        transport::{Outcome, TransportError},
    },
};

impl Scenario {
    /// Registers a client.
    pub fn client(&self, owner: &Actor) -> Result<ClientAddresses, TransportError> {
        let client = ClientAddresses::derive(self.network, owner.address());
        self.send(&[ix::register_client(&client)], &[owner])?;
        Ok(client)
    }

    /// What a client asks for in a class: the shortest working time, a hash of its own, refunds to where the
    /// money comes from.
    pub fn job_input(&self, client: &Actor, class: u8, fee: u64) -> ix::CreateJob {
        let account = work_token_sdk::addresses::job_class(&self.network.network, class);
        let rules = *self.read::<JobClass>(&account).rules_at(self.chain.now());
        ix::CreateJob {
            class,
            seats: rules.redundancy,
            fee,
            price_per_sec: 0,
            work_secs: rules.least_work_secs,
            input_hash: [5; 32],
            operator: client.address(),
            from: client.tokens,
            refund_account: client.tokens,
        }
    }

    /// The client's next job.
    pub fn next_job(&self, client: &ClientAddresses) -> JobAddresses {
        client.job(self.read::<Client>(&client.client).next_number)
    }

    /// Creates a job.
    pub fn create_job(
        &self,
        client: &Actor,
        at: &ClientAddresses,
        input: &ix::CreateJob,
    ) -> Result<JobAddresses, TransportError> {
        let job = self.next_job(at);
        self.send(&[ix::create_job(&job, input)], &[client])?;
        Ok(job)
    }

    /// Lets the seed's slot come and captures it.
    pub fn capture_seed(&self, job: &JobAddresses) -> Result<Outcome, TransportError> {
        let seed_slot = self.job_state(job).seed_slot;
        // The hash of a slot stands in the list of the next one that has a block; one in sixteen has none.
        let wait = (seed_slot + 2).saturating_sub(self.chain.slot());
        self.chain.advance_slots(wait);
        self.send(&[ix::capture_seed(job, self.paid_keeper())], &[])
    }

    /// What `draw_job` would do with a seat now.
    pub fn plan_draw(&self, seat: &SeatAddresses) -> Result<DrawPlan, work_token_sdk::WorkTokenError> {
        let network = self.network_state();
        let tree_key = *network.work_tree(network.epoch_at(self.chain.now()));
        let tree = (tree_key != Pubkey::default()).then(|| Box::new(self.read::<Tree>(&tree_key)));
        let providers: BTreeMap<Pubkey, (Provider, Option<Offer>)> = self
            .list::<Provider>()
            .into_iter()
            .map(|(key, provider)| (key, (provider, self.find(&work_token_sdk::addresses::offer(&key)))))
            .collect();
        let (job, assignment) = (self.job_state(&seat.job), self.seat_state(seat));
        let at = DrawAt {
            network: &network,
            job_address: &seat.job.job,
            job: &job,
            assignment: &assignment,
            tree: tree.as_deref(),
            slot: self.chain.slot(),
            now_ts: self.chain.now(),
        };
        plan_draw(&at, ix::DRAW_BATCH, |key| providers.get(key).map(|(provider, offer)| (provider, offer.as_ref())))
    }

    /// The instruction that draws a seat now, its accounts computed from the tree.
    pub fn draw_ix(&self, seat: &SeatAddresses) -> Instruction {
        let plan = self.plan_draw(seat).expect("the seat can be drawn");
        ix::draw_job(seat, self.paid_keeper(), &plan.accounts())
    }

    /// Draws a seat's provider.
    pub fn draw(&self, seat: &SeatAddresses) -> Result<Outcome, TransportError> {
        self.send(&[self.draw_ix(seat)], &[])
    }

    /// A job's account.
    pub fn job_state(&self, job: &JobAddresses) -> Job {
        self.read(&job.job)
    }

    /// A seat's account.
    pub fn seat_state(&self, seat: &SeatAddresses) -> Assignment {
        self.read(&seat.assignment)
    }
}
