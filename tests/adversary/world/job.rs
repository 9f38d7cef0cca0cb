//! Jobs of the world, and verbs that bring one of its seats to where a case needs it.

use {
    super::*,
    work_token_localnet::offer_ix,
    work_token_sdk::{
        ClientAddresses, JobAddresses, SeatAddresses, addresses,
        args::SetModelArgs,
        limits::MIN_JOB_FEE,
        presets::JOB_RULES,
        state::{Assignment, Client, Job, JobRules, Model, ModelStatus, SeatState, TreeKind},
    },
};

/// One provider, a fixed fee.
pub const FIXED: u8 = 0;
/// Three providers, a fixed fee.
pub const TRIPLE: u8 = 1;
/// One provider, paid by the second.
pub const METERED: u8 = 2;
/// The fee of every job, or its ceiling.
pub const FEE: u64 = 10 * TOKEN;
/// What everybody commits to in the triple job.
pub const RESULT: [u8; 32] = [6; 32];
pub const SALT: [u8; 32] = [8; 32];

/// A day to seat, ten minutes to accept, a day to work, three to dispute.
pub fn rules(class: u8) -> JobRules {
    JobRules {
        seat_secs: 86_400,
        keep_alive_secs: 600,
        kind: u8::from(class == METERED),
        redundancy: if class == TRIPLE { 3 } else { 1 },
        ..JOB_RULES
    }
}

impl World {
    /// A client of a network.
    pub fn client(&self, net: &Net, who: &Person) -> ClientAddresses {
        ClientAddresses::derive(net.at, who.key)
    }

    /// A job of the client C1. In A: 0 fixed, 1 triple, 2 metered, 3 fixed without its seed. In B: 0 fixed.
    pub fn job(&self, net: &Net, number: u64) -> JobAddresses {
        self.client(net, &self.c1).job(number)
    }

    /// The fixed job's seat in network A.
    pub fn fixed(&self) -> SeatAddresses {
        self.job(&self.a, 0).seat(0)
    }

    /// A seat of the triple job.
    pub fn triple(&self, seat: u8) -> SeatAddresses {
        self.job(&self.a, 1).seat(seat)
    }

    /// The metered job's seat.
    pub fn metered(&self) -> SeatAddresses {
        self.job(&self.a, 2).seat(0)
    }

    pub fn job_input(&self, net: &Net, who: &Person, class: u8) -> ix::CreateJob {
        let from = tokens(&self.chain, net, who);
        ix::CreateJob {
            class,
            seats: rules(class).redundancy,
            fee: FEE,
            price_per_sec: if class == METERED { 1_000 } else { 0 },
            work_secs: 86_400,
            input_hash: [5; 32],
            operator: self.hot_key,
            from,
            refund_account: from,
            model: None,
        }
    }

    /// The creation of a client's next job.
    pub fn create_job(&self, net: &Net, who: &Person, input: &ix::CreateJob) -> Instruction {
        let client = self.client(net, who);
        ix::create_job(&client.job(self.read::<Client>(&client.client).next_number), input)
    }

    /// What sets the model of a name in a network, offered, with a hash that follows from its first byte.
    pub fn model_args(name: &str) -> SetModelArgs {
        let (name, (uri, uri_len)) = (Model::name_bytes(name).unwrap_or_default(), ([0; 128], 0));
        SetModelArgs { name, hash: [name[0]; 32], status: ModelStatus::Offered as u8, uri_len, uri }
    }

    pub fn set_model(&self, net: &Net, args: &SetModelArgs) -> Instruction {
        ix::set_model(&net.at.network, net.admin, self.rentier, args)
    }

    /// The model that networks A and B have.
    pub fn model(&self, net: &Net) -> Pubkey {
        addresses::model(&net.at.network, &Self::model_args("lamp").name)
    }

    /// A fixed job of C1 that names the first version of network A's model.
    pub fn modelled(&self) -> ix::CreateJob {
        let model = Some(ix::ModelVersion { model: self.model(&self.a), version: 1 });
        ix::CreateJob { model, ..self.job_input(&self.a, &self.c1, FIXED) }
    }

    /// Where a job's refunds go.
    pub fn refunds(&self, seat: &SeatAddresses) -> Pubkey {
        self.read::<Job>(&seat.job.job).refund_account
    }

    pub fn seat(&self, seat: &SeatAddresses) -> Assignment {
        self.read(&seat.assignment)
    }

    pub fn edit_job(&self, seat: &SeatAddresses, edit: impl FnOnce(&mut Job)) {
        self.change(&seat.job.job, edit);
    }

    pub fn edit_network(&self, net: &Net, edit: impl FnOnce(&mut Network)) {
        self.change(&net.at.network, edit);
    }

    pub fn edit_provider(&self, provider: &ProviderAddresses, edit: impl FnOnce(&mut Provider)) {
        self.change(&provider.provider, edit);
    }

    /// The keeper, paid in a network's token.
    pub fn keeper_of(&self, net: &NetworkAddresses) -> ix::Keeper {
        ix::Keeper { keeper: self.keeper.key, account: Some(tokens(&self.chain, self.net_of(net), &self.keeper)) }
    }

    /// The network's tree of an epoch's parity.
    pub fn tree(&self, net: &Net, epoch: u32) -> Option<Pubkey> {
        let tree = *net.state(&self.chain).work_tree(work_token_sdk::math::Epoch(epoch));
        (tree != Pubkey::default()).then_some(tree)
    }

    /// The instruction that draws a seat now.
    pub fn draw(&self, seat: &SeatAddresses) -> Instruction {
        let plan = self.plan_draw(seat).expect("the seat can be drawn");
        ix::draw_job(seat, self.keeper_of(seat.network()), &plan.accounts())
    }

    /// Draws until somebody has the seat.
    pub fn drawn(&self, seat: &SeatAddresses) {
        while self.seat(seat).state() == SeatState::Open {
            let draw = self.draw(seat);
            self.chain.must(&[draw]);
        }
    }

    /// The operator and the provider that have a seat.
    pub fn worker(&self, seat: &SeatAddresses) -> (Pubkey, Pubkey) {
        self.worker_of(seat)
    }

    pub fn accept(&self, seat: &SeatAddresses) -> Instruction {
        self.accept_ix(seat)
    }

    /// Draws and accepts.
    pub fn accepted(&self, seat: &SeatAddresses) {
        self.drawn(seat);
        self.chain.must(&[self.accept(seat)]);
    }

    /// Draws, accepts and submits.
    pub fn submitted(&self, seat: &SeatAddresses) {
        self.accepted(seat);
        self.must(&[self.submit_ix(seat, RESULT)]);
    }

    pub fn settle(&self, seat: &SeatAddresses, who: Pubkey) -> Instruction {
        self.settle_seat_ix(seat, who)
    }

    /// Seats 0 and 1 of the triple job accepted, seat 2 cancelled: the world has two providers.
    pub fn triple_accepted(&self) {
        self.accepted(&self.triple(0));
        self.accepted(&self.triple(1));
        self.chain.must(&[ix::cancel_job(&self.triple(2), None, self.refunds(&self.triple(2)))]);
    }

    pub fn commitment(&self, seat: &SeatAddresses) -> [u8; 32] {
        self.chain.commitment(seat, RESULT, SALT)
    }

    pub fn commit(&self, seat: u8) -> Instruction {
        let seat = self.triple(seat);
        ix::commit_result(&seat, self.worker(&seat).0, self.commitment(&seat))
    }

    /// Both seats of the triple job committed.
    pub fn triple_committed(&self) {
        self.triple_accepted();
        self.chain.must(&[self.commit(0), self.commit(1)]);
    }

    pub fn reveal(&self, seat: u8) -> Instruction {
        let seat = self.triple(seat);
        ix::reveal_result(&seat, self.worker(&seat).0, RESULT, SALT)
    }

    /// Announces the classes, and a model in each network, as if the present epoch were open: it is opened by
    /// those who want it open.
    pub(super) fn open_classes(&self) {
        let nets = [&self.a, &self.b];
        let before = nets.map(|net| net.state(&self.chain).epoch_rules);
        for net in nets {
            let mut network = net.state(&self.chain);
            let now = network.epoch_at(self.chain.net.now());
            let due: Vec<_> = network.due_epochs(now).collect();
            due.into_iter().for_each(|epoch| assert!(network.open_epoch(epoch, now).is_ok()));
            self.edit_network(net, |state| state.epoch_rules = network.epoch_rules);
        }
        for (net, class) in [(&self.a, FIXED), (&self.a, TRIPLE), (&self.a, METERED), (&self.b, FIXED)] {
            self.chain.must(&[ix::set_job_class(&net.at.network, net.admin, self.rentier, class, &rules(class))]);
        }
        for net in nets {
            self.chain.must(&[self.set_model(net, &Self::model_args("lamp"))]);
        }
        for (net, rules) in nets.into_iter().zip(before) {
            self.edit_network(net, |state| state.epoch_rules = rules);
        }
        for (net, client) in [(&self.a, &self.c1), (&self.a, &self.c2), (&self.b, &self.c1)] {
            self.chain.must(&[ix::register_client(&self.client(net, client))]);
        }
    }

    /// P1 works in every class, P2 in the triple one alone, so that it is always P1 who gets the others.
    pub(super) fn make_offers(&self) {
        for (provider, classes) in [(&self.p1, 0b111), (&self.p2, 0b010), (&self.q1, 0b111)] {
            self.chain.must(&[offer_ix(provider, classes, MIN_JOB_FEE)]);
        }
    }

    /// Adopts both trees of networks A and B; C has none.
    pub(super) fn adopt_trees(&self) {
        for (net, trees) in [(&self.a, [0, 1]), (&self.b, [2, 3])] {
            for (kind, tree) in TreeKind::WORK.into_iter().zip(trees) {
                self.must(&self.tree_ixs(&net.at.network, self.rentier, self.trees[tree], kind));
            }
        }
    }

    /// Creates the jobs and captures the seeds of all but one.
    pub(super) fn create_jobs(&self) {
        for (net, client, class) in [
            (&self.a, self.c1, FIXED),
            (&self.a, self.c1, TRIPLE),
            (&self.a, self.c1, METERED),
            (&self.a, self.c1, FIXED),
            (&self.a, self.c2, FIXED),
            (&self.b, self.c1, FIXED),
        ] {
            let input = self.job_input(net, &client, class);
            let create = self.create_job(net, &client, &input);
            self.chain.must(&[create]);
        }
        self.chain.net.advance_slots(12);
        let seeded = [self.job(&self.a, 0), self.job(&self.a, 1), self.job(&self.a, 2), self.job(&self.b, 0)];
        for job in seeded.into_iter().chain([self.client(&self.a, &self.c2).job(0)]) {
            self.chain.must(&[ix::capture_seed(&job, self.keeper_of(&job.client.network))]);
        }
    }
}
