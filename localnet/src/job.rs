//! Work: clients, jobs and their draws.

use {
    crate::{Actor, Localnet, Scenario},
    solana_sdk::pubkey::Pubkey,
    std::collections::BTreeMap,
    work_token_sdk::{
        ClientAddresses, Instruction, JobAddresses, SeatAddresses, WorkTokenError,
        commit::{SealedResult, result_commitment},
        draw::{DrawAt, DrawPlan, plan_draw},
        ix,
        state::{Assignment, Client, Job, JobClass, Network, Offer, Provider, Tree},
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
            model: None,
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
        self.wait_for_seed(job);
        self.send(&[ix::capture_seed(job, self.paid_keeper())], &[])
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
}

impl Localnet {
    /// Lets the slot of a job's seed come.
    pub fn wait_for_seed(&self, job: &JobAddresses) {
        self.wait_for_slot(self.job_state(job).seed_slot);
    }

    /// What `draw_job` would do with a seat now.
    pub fn plan_draw(&self, seat: &SeatAddresses) -> Result<DrawPlan, WorkTokenError> {
        let network: Network = self.read(&seat.network().network);
        let tree_key = *network.work_tree(network.epoch_at(self.now()));
        let tree = (tree_key != Pubkey::default()).then(|| Box::new(self.read::<Tree>(&tree_key)));
        let providers: BTreeMap<Pubkey, (Provider, Option<Offer>)> = self
            .list::<Provider>()
            .into_iter()
            .map(|(key, provider)| (key, (provider, self.find(&work_token_sdk::addresses::offer(&key)))))
            .collect();
        let at = DrawAt {
            network: &network,
            job_address: &seat.job.job,
            job: &self.job_state(&seat.job),
            assignment: &self.seat_state(seat),
            tree: tree.as_deref(),
            slot: self.slot(),
            now_ts: self.now(),
        };
        plan_draw(&at, ix::DRAW_BATCH, |key| providers.get(key).map(|(provider, offer)| (provider, offer.as_ref())))
    }

    /// A job's account.
    pub fn job_state(&self, job: &JobAddresses) -> Job {
        self.read(&job.job)
    }

    /// A seat's account.
    pub fn seat_state(&self, seat: &SeatAddresses) -> Assignment {
        self.read(&seat.assignment)
    }

    /// The operator and the provider that have, or last had, a seat.
    pub fn worker_of(&self, seat: &SeatAddresses) -> (Pubkey, Pubkey) {
        let provider = self.seat_state(seat).provider;
        (self.read::<Provider>(&provider).operator, provider)
    }

    /// The instruction with which the operator of the drawn provider accepts.
    pub fn accept_ix(&self, seat: &SeatAddresses) -> Instruction {
        let (operator, provider) = self.worker_of(seat);
        ix::accept_job(seat, operator, provider, None)
    }

    /// The instruction with which a seat's operator submits a result.
    pub fn submit_ix(&self, seat: &SeatAddresses, result: [u8; 32]) -> Instruction {
        let (operator, provider) = self.worker_of(seat);
        ix::submit_result(seat, operator, provider, result)
    }

    /// The instruction with which `who` settles a seat.
    pub fn settle_seat_ix(&self, seat: &SeatAddresses, who: Pubkey) -> Instruction {
        ix::settle_job(seat, who, self.seat_state(seat).provider, self.job_state(&seat.job).refund_account)
    }

    /// The commitment of a seat's provider to a result.
    pub fn commitment(&self, seat: &SeatAddresses, result_hash: [u8; 32], salt: [u8; 32]) -> [u8; 32] {
        let sealed = SealedResult { provider: self.seat_state(seat).provider, result_hash, salt };
        result_commitment(seat, self.job_state(&seat.job).created_slot, &sealed)
    }
}
