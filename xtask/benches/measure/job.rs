//! A life of jobs: trees, offers, draws, results, in each kind of class.

use anyhow::{Context as _, Result};
use solana_sdk::signer::Signer;
use work_token_localnet::{Actor, Scenario, ScenarioOptions, offer_ix};
use work_token_sdk::{
    ClientAddresses, JobAddresses, ProviderAddresses, Pubkey, SeatAddresses, addresses,
    args::SetModelArgs,
    commit::{SealedOpening, SealedResult, result_commitment, result_message},
    ix,
    limits::{MODEL_URI, OPENING_SECS},
    presets::JOB_RULES,
    state::{JobRules, Model, ModelStatus, Tree, TreeKind, VaultKind},
};
use work_token_xtask::bench::measure::{Operation, within};

use crate::life::{Life, TOKEN};

const FEE: u64 = 10 * TOKEN;
const PROVIDERS: usize = 8;
const PROOF_BOND: u64 = 105 * TOKEN;
const CREATE_JOB: Operation = within(6_500, "create_job");

/// A market with eight providers and a client.
struct Market {
    life: Life,
    providers: Vec<(Actor, ProviderAddresses)>,
    buyer: Actor,
    client: ClientAddresses,
}

/// Lives it and returns what each operation cost.
pub fn live(options: &ScenarioOptions) -> Result<Life> {
    let mut market = open(options)?;
    market.fixed()?;
    market.ends()?;
    market.metered()?;
    market.redundant()?;
    market.crowded()?;
    market.signs()?;
    Ok(market.life)
}

fn open(options: &ScenarioOptions) -> Result<Market> {
    let mut life = Life::of(Scenario::start(options)?);
    let keeper = life.keeper();
    life.scenario.chain.give_tokens(&life.scenario.network.vault(VaultKind::Keeper), 1_000 * TOKEN);
    for kind in TreeKind::WORK {
        let tree = life.scenario.unfunded(&format!("tree {}", kind as u8));
        let network = life.scenario.network.network;
        let [create, init] = life.scenario.tree_ixs(&network, keeper.address(), tree.address(), kind);
        life.scenario.send(&[create], &[&tree])?;
        life.measure("init_tree", init, &keeper)?;
    }
    let admin = life.admin();
    life.scenario.send(&life.scenario.open_due_ix(), &[])?;
    let (metered, triple) = (JobRules { kind: 1, ..JOB_RULES }, JobRules { redundancy: 3, ..JOB_RULES });
    for (class, rules) in [(0, JOB_RULES), (1, metered), (2, triple)] {
        let set = ix::set_job_class(&life.scenario.network.network, admin.address(), admin.address(), class, &rules);
        life.measure("set_job_class", set, &admin)?;
    }
    let (name, (uri, uri_len)) = (Model::name_bytes("lamp-7b")?, Model::uri_bytes(&"u".repeat(MODEL_URI))?);
    let model = SetModelArgs { name, hash: [7; 32], status: ModelStatus::Offered as u8, uri_len, uri };
    let set = ix::set_model(&life.scenario.network.network, admin.address(), admin.address(), &model);
    life.measure("set_model", set, &admin)?;
    let mut providers = Vec::new();
    for number in 0..PROVIDERS {
        let owner = life.scenario.actor(&format!("owner {number}"), 1_000_000 * TOKEN);
        let provider = life.scenario.register(&owner, 500, 0)?;
        life.scenario.send(&[ix::stake_self(&provider, owner.tokens, 500_000 * TOKEN)], &[&owner])?;
        life.measure("take_place", ix::take_place(&provider, u16::try_from(number)?), &owner)?;
        life.measure("set_offer", offer_ix(&provider, 0b111, TOKEN), &owner)?;
        providers.push((owner, provider));
    }
    let buyer = life.scenario.actor("buyer", 1_000_000 * TOKEN);
    let client = ClientAddresses::derive(life.scenario.network, buyer.address());
    life.measure("register_client", ix::register_client(&client), &buyer)?;
    let mut market = Market { life, providers, buyer, client };
    for epoch in 0..3 {
        market.life.scenario.go_to_epoch((epoch + 1).max(market.life.scenario.epoch()));
        market.crank(epoch)?;
    }
    market.life.scenario.next_epoch();
    Ok(market)
}

impl Market {
    fn keys(&self) -> Vec<Pubkey> {
        self.providers.iter().map(|(_, provider)| provider.provider).collect()
    }

    /// Cranks an epoch, measuring the weigh that writes leaves.
    fn crank(&mut self, epoch: u32) -> Result<()> {
        let (keys, keeper, scenario) = (self.keys(), self.life.keeper(), &self.life.scenario);
        // The first was opened for the classes.
        let now = work_token_sdk::math::Epoch(scenario.epoch());
        if scenario.network_state().due_epochs(now).any(|due| due.0 == epoch) {
            scenario.send(&[ix::open_epoch(&scenario.network.network, keeper.address(), epoch)], &[])?;
        }
        scenario.wait_until(scenario.pool(epoch).weigh_from_work_ts);
        let (network, paid, tree) = (scenario.network, scenario.paid_keeper(), scenario.work_tree(epoch));
        let weigh = ix::weigh_providers(&network, epoch, paid, tree, &keys);
        self.life.measure(within(8 * 1_600, "weigh_providers, 8 with leaves and bounty"), weigh, &keeper)?;
        let chain = &self.life.scenario.chain;
        chain.set_now(chain.now().max(self.life.scenario.pool(epoch).finalizable_from_work_ts()));
        self.life.scenario.send(&[ix::finalize_epoch(&network, epoch, paid)], &[])?;
        self.life.scenario.send(&[ix::settle_providers(&network, epoch, paid, &keys)], &[])?;
        Ok(())
    }

    fn owner_of(&self, provider: &Pubkey) -> Result<&(Actor, ProviderAddresses)> {
        self.providers.iter().find(|(_, at)| at.provider == *provider).context("one of the eight")
    }

    /// Creates a job and captures its seed, both measured.
    fn job(
        &mut self,
        operation: impl Into<Operation>,
        class: u8,
        edit: impl FnOnce(&mut ix::CreateJob),
    ) -> Result<JobAddresses> {
        let mut input = self.life.scenario.job_input(&self.buyer, class, FEE);
        edit(&mut input);
        let job = self.life.scenario.next_job(&self.client);
        self.life.measure(operation, ix::create_job(&job, &input), &self.buyer)?;
        self.life.scenario.wait_for_seed(&job);
        let keeper = self.life.keeper();
        self.life.measure("capture_seed", ix::capture_seed(&job, self.life.scenario.paid_keeper()), &keeper)?;
        Ok(job)
    }

    /// Draws a seat; measured if it has a name. All providers were touched in the epoch, unless the name says
    /// otherwise.
    fn drawn(&mut self, operation: Option<Operation>, job: &JobAddresses, seat: u8) -> Result<(SeatAddresses, Pubkey)> {
        let (seat, keeper) = (job.seat(seat), self.life.keeper());
        if operation.is_some_and(|operation| !operation.name.contains("first touch")) {
            let network = self.life.scenario.network.network;
            let touches: Vec<_> = self.keys().into_iter().map(|key| ix::touch_provider(&network, key)).collect();
            self.life.scenario.send(&touches, &[])?;
        }
        let draw = self.life.scenario.draw_ix(&seat);
        match operation {
            Some(operation) => self.life.measure(operation, draw, &keeper)?,
            None => drop(self.life.scenario.send(&[draw], &[])?),
        }
        let provider = self.life.scenario.seat_state(&seat).provider;
        Ok((seat, provider))
    }

    fn accepted(
        &mut self,
        operation: Option<Operation>,
        job: &JobAddresses,
        seat: u8,
    ) -> Result<(SeatAddresses, Pubkey, Actor)> {
        let (seat, provider) = self.drawn(operation, job, seat)?;
        let operator = self.life.scenario.operator_of(&self.owner_of(&provider)?.0);
        self.life.measure("accept_job", ix::accept_job(&seat, operator.address(), provider, None), &operator)?;
        Ok((seat, provider, operator))
    }

    fn fixed(&mut self) -> Result<()> {
        let keeper = self.life.keeper();
        let job = self.job(CREATE_JOB, 0, |_| ())?;
        let (seat, provider, operator) = self.accepted(Some(within(4_000, "draw_job, 8 leaves")), &job, 0)?;
        self.life.measure(
            within(2_000, "submit_result"),
            ix::submit_result(&seat, operator.address(), provider, [8; 32]),
            &operator,
        )?;
        self.prove_fault(&seat, &operator)?;
        self.life.measure("rate_job", ix::rate_job(&seat, 90), &self.buyer)?;
        self.life.scenario.chain.advance(3 * 86_400 + i64::from(OPENING_SECS));
        let settle = ix::settle_job(&seat, keeper.address(), provider, self.buyer.tokens);
        self.life.measure(within(4_500, "settle_job, first touch of an epoch"), settle, &keeper)?;
        self.life.measure("close_job", ix::close_job(&job, self.buyer.address(), &[seat.assignment]), &self.buyer)?;
        self.catch_up()?;
        let name = Model::name_bytes("lamp-7b")?;
        let model = addresses::model(&self.life.scenario.network.network, &name);
        let named = Some(ix::ModelVersion { model, version: 1 });
        let job = self.job("create_job, of a model", 0, |input| input.model = named)?;
        let (seat, provider, operator) = self.accepted(None, &job, 0)?;
        self.life.scenario.send(&[ix::submit_result(&seat, operator.address(), provider, [8; 32])], &[&operator])?;
        let approve = ix::approve_result(&seat, provider, self.buyer.tokens);
        self.life.measure(within(4_500, "approve_result"), approve, &self.buyer)
    }

    /// Cranks what has ended, so that the tree is that of the present epoch.
    fn catch_up(&mut self) -> Result<()> {
        for _ in 0..3 {
            for epoch in self.life.scenario.network_state().next_finalize_epoch..self.life.scenario.epoch() {
                self.crank(epoch)?;
            }
            self.life.scenario.next_epoch();
        }
        Ok(())
    }

    /// Somebody shows two results of a seat that its operator signed.
    fn prove_fault(&mut self, seat: &SeatAddresses, operator: &Actor) -> Result<()> {
        self.life.aside(|life| {
            let challenger = life.scenario.actor("challenger", 1_000_000 * TOKEN);
            let at = life.scenario.next_dispute(seat);
            let created_slot = life.scenario.job_state(&seat.job).created_slot;
            let sealed = SealedOpening::prove(&at, challenger.address(), [1; 32]);
            let commit = ix::commit_dispute(&life.scenario.network, &sealed, challenger.tokens, PROOF_BOND);
            life.scenario.send(&[commit], &[&challenger])?;
            let results = [[1; 32], [2; 32]];
            let signed = results.map(|result_hash| ix::SignedResult {
                result_hash,
                signature: operator.key.sign_message(&result_message(seat, created_slot, &result_hash)),
            });
            let input = ix::ProveFault {
                challenger: challenger.address(),
                job: seat.job.job,
                refund_to: challenger.tokens,
                results,
            };
            let shown = ix::signed_results(seat, created_slot, &operator.address(), &signed);
            life.measure_all("prove_fault", &[shown, ix::prove_fault(&at, &input)], &challenger)
        })
    }

    /// What a frozen account could not be refunded.
    fn credit(&mut self, job: &JobAddresses) -> Result<()> {
        let (seat, buyer) = (job.seat(0), &self.buyer);
        self.life.aside(|life| {
            life.scenario.chain.set_frozen(&buyer.tokens, true);
            life.scenario.send(&[ix::cancel_job(&seat, None, buyer.tokens)], &[buyer])?;
            life.scenario.chain.set_frozen(&buyer.tokens, false);
            life.measure("claim_credit", ix::claim_credit(&seat, buyer.tokens), buyer)
        })
    }

    /// Cancelled, declined, expired.
    fn ends(&mut self) -> Result<()> {
        let keeper = self.life.keeper();
        let job = self.job(CREATE_JOB, 0, |_| ())?;
        self.credit(&job)?;
        let (seat, provider) = self.drawn(Some("draw_job, first touch of an epoch".into()), &job, 0)?;
        let cancel = ix::cancel_job(&seat, Some(provider), self.buyer.tokens);
        self.life.measure("cancel_job", cancel, &self.buyer)?;
        let job = self.job(CREATE_JOB, 0, |_| ())?;
        let (seat, provider) = self.drawn(None, &job, 0)?;
        let operator = self.life.scenario.operator_of(&self.owner_of(&provider)?.0);
        self.life.measure("decline_job", ix::decline_job(&seat, operator.address(), provider), &operator)?;
        let (seat, provider) = self.drawn(None, &job, 0)?;
        self.life.scenario.chain.advance(3_700);
        let expire = ix::expire_job(&seat, self.life.scenario.paid_keeper(), Some(provider), self.buyer.tokens);
        self.life.measure("expire_job", expire, &keeper)
    }

    fn metered(&mut self) -> Result<()> {
        let job = self.job(CREATE_JOB, 1, |input| (input.price_per_sec, input.work_secs) = (1_000, 3_600))?;
        self.life.measure("extend_job", ix::extend_job(&job.seat(0), None, 60), &self.buyer)?;
        let (seat, provider, operator) = self.accepted(None, &job, 0)?;
        self.life.scenario.chain.advance(100);
        self.life.measure("keep_alive", ix::keep_alive(&seat, self.buyer.address()), &self.buyer)?;
        self.life.scenario.chain.advance(100);
        self.life.measure("stop_job", ix::stop_job(&seat, operator.address(), provider), &operator)?;
        self.life.scenario.chain.advance(3 * 86_400 + i64::from(OPENING_SECS));
        let keeper = self.life.keeper();
        let settle = ix::settle_job(&seat, keeper.address(), provider, self.buyer.tokens);
        self.life.measure("settle_job, metered with refund", settle, &keeper)?;
        self.catch_up()
    }

    fn redundant(&mut self) -> Result<()> {
        let job = self.job("create_job, three seats", 2, |_| ())?;
        let slot = self.life.scenario.job_state(&job).created_slot;
        let mut seats = Vec::new();
        for number in 0..3 {
            let (seat, provider, operator) = self.accepted(None, &job, number)?;
            let sealed = SealedResult { provider, result_hash: [6; 32], salt: [number; 32] };
            let commit = ix::commit_result(&seat, operator.address(), result_commitment(&seat, slot, &sealed));
            self.life.measure("commit_result", commit, &operator)?;
            seats.push((seat, operator, number));
        }
        for (seat, operator, number) in &seats {
            let reveal = ix::reveal_result(seat, operator.address(), [6; 32], [*number; 32]);
            self.life.measure("reveal_result", reveal, operator)?;
        }
        Ok(())
    }

    /// A draw from a full tree.
    fn crowded(&mut self) -> Result<()> {
        let epoch = self.life.scenario.epoch();
        let key = self.life.scenario.work_tree(epoch).context("adopted")?;
        let mut tree: Box<Tree> = Box::new(self.life.scenario.read(&key));
        tree.sums.fill(0);
        for place in 0..4_096u16 {
            let (_, provider) = &self.providers[usize::from(place) % PROVIDERS];
            tree.write(work_token_sdk::math::Epoch(epoch), place, &provider.provider, 1_000_000 + u64::from(place));
        }
        self.life.scenario.write(&key, &*tree);
        let job = self.job(CREATE_JOB, 0, |_| ())?;
        self.drawn(Some(within(4_000, "draw_job, 4,096 leaves")), &job, 0)?;
        Ok(())
    }

    fn signs(&mut self) -> Result<()> {
        let network = self.life.scenario.network.network;
        let (owner, provider) = self.providers.first().context("eight")?;
        let (operator, provider) = (self.life.scenario.operator_of(owner), provider.provider);
        self.life.scenario.next_epoch();
        self.life.measure("heartbeat", ix::heartbeat(&network, operator.address(), provider), &operator)?;
        let when = ix::Maintenance { from_ts: self.life.scenario.chain.now() + 7_200, secs: 3_600 };
        let declare = ix::declare_maintenance(&network, operator.address(), provider, when);
        self.life.measure("declare_maintenance", declare, &operator)?;
        let now = self.life.scenario.chain.now();
        self.life.scenario.chain.turn_to(now + 20 * 86_400, 1);
        let keeper = self.life.keeper();
        self.life.measure("record_outage", ix::record_outage(&network), &keeper)?;
        self.life.measure("refresh_note", ix::refresh_note(&network), &keeper)
    }
}
