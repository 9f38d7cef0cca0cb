//! Work on a scenario's network: trees, classes, clients, jobs and their draws.

use {
    crate::{Actor, Scenario},
    solana_sdk::pubkey::Pubkey,
    std::collections::BTreeMap,
    work_token_sdk::{
        Account, ClientAddresses, Instruction, JobAddresses, ProviderAddresses, SeatAddresses,
        draw::{DrawAt, DrawPlan, plan_draw},
        ix,
        limits::MAX_JOB_CLASSES,
        math::Epoch,
        state::{Assignment, Client, Job, JobClass, JobRules, Offer, Provider, WorkTree},
        transport::{Outcome, Transport, TransportError},
    },
};

impl Scenario {
    /// Creates both work trees and lets the network adopt them.
    pub fn adopt_work_trees(&self) -> Result<(), TransportError> {
        for parity in 0..2 {
            let tree = self.unfunded(&format!("work tree {parity}"));
            let lamports = self.chain.with_svm(|svm| svm.minimum_balance_for_rent_exemption(WorkTree::SIZE));
            let create = ix::create_work_tree(self.keeper.address(), tree.address(), lamports);
            let adopt = ix::init_work_tree(&self.network.network, self.keeper.address(), tree.address(), parity);
            self.send(&[create, adopt], &[&tree])?;
        }
        Ok(())
    }

    /// Announces a class of jobs, and opens before it what is due.
    pub fn set_class(&self, class: u8, rules: &JobRules) -> Result<Outcome, TransportError> {
        let admin = self.admin.address();
        let set = ix::set_job_class(&self.network.network, admin, self.keeper.address(), class, rules);
        let mut instructions = self.open_due_ix();
        instructions.push(set);
        self.send(&instructions, &[&self.admin])
    }

    /// A provider offers to work in `classes` for at least `floor`, from the next epoch on.
    pub fn offer(
        &self,
        owner: &Actor,
        provider: &ProviderAddresses,
        classes: u16,
        floor: u64,
    ) -> Result<Outcome, TransportError> {
        let args =
            work_token_sdk::args::SetOfferArgs { classes, floors: [floor; MAX_JOB_CLASSES], ..Default::default() };
        self.send(&[ix::set_offer(provider, &args)], &[owner])
    }

    /// Registers a client.
    pub fn client(&self, owner: &Actor) -> Result<ClientAddresses, TransportError> {
        let client = ClientAddresses::derive(self.network, owner.address());
        self.send(&[ix::register_client(&client)], &[owner])?;
        Ok(client)
    }

    /// What a client asks for in a class: the shortest working time, a hash of its own, refunds to where the money comes from.
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
        let tree = (tree_key != Pubkey::default()).then(|| Box::new(self.read::<WorkTree>(&tree_key)));
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

    /// The operator of an owner's provider in this scenario.
    pub fn operator_of(&self, owner: &Actor) -> Actor {
        self.person(&format!("operator of {}", owner.address()))
    }

    /// The epoch now, as a type.
    pub fn now_epoch(&self) -> Epoch {
        Epoch(self.epoch())
    }

    /// An account of the program, if there is one of this type.
    pub fn find<A: Account>(&self, key: &Pubkey) -> Option<A> {
        let account = self.chain.account(key).expect("the embedded chain answers")?;
        A::decode(&account.data).ok()
    }

    /// All accounts of a type.
    pub fn list<A: Account>(&self) -> Vec<(Pubkey, A)> {
        let filter =
            work_token_sdk::transport::Filter { size: A::FIXED_SIZE, bytes: vec![(0, A::DISCRIMINATOR.to_vec())] };
        let found = self.chain.program_accounts(&work_token_sdk::ID, &filter).expect("the embedded chain answers");
        found.into_iter().filter_map(|(key, account)| Some((key, A::decode(&account.data).ok()?))).collect()
    }
}
