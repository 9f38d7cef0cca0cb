//! A life of disputes: a jury of three, a slash in four installments, a ticket that left meanwhile, an
//! appeal, claims that are raised, withdrawn and joined.

mod powers;

use anyhow::{Context as _, Result, anyhow};
use work_token_localnet::{Actor, HOUR, Scenario, ScenarioOptions, answer_ix, commit_vote_ix, open_input};
use work_token_sdk::{
    DisputeAddresses, JurorAddresses, PositionAddresses, ProviderAddresses, Pubkey,
    accounts::ClaimAccount,
    commit::SealedOpening,
    ix,
    math::{
        Amount, WorkTs,
        dispute::{Phase, Side, largest_deposit},
    },
    state::{Dispute, Juror, Network, Provider, Unbonding},
    transport::{RawAccount, Transport},
    view::{BondQuote, DisputeAsk, accused_of_epoch, quote_dispute},
};
use work_token_xtask::bench::measure::{Operation, within};

use crate::life::{Life, TOKEN};

const JURORS: usize = 7;
const SALT: [u8; 32] = [9; 32];
const LOCK: u64 = 2_000 * TOKEN;
const NEW_CLAIM: Operation = within(17_500, "open_dispute, with a new claim");
const OPEN_CLAIM: Operation = within(14_500, "open_dispute, into an open claim");

struct Court {
    life: Life,
    owner: Actor,
    provider: ProviderAddresses,
    challenger: Actor,
    /// Who leaves with its first ticket, and where it stands.
    leaver: Actor,
    position: PositionAddresses,
    jurors: Vec<(Actor, JurorAddresses)>,
}

/// Lives it and returns what each operation cost.
pub fn live(options: &ScenarioOptions) -> Result<Life> {
    let mut court = open(options)?;
    court.upheld()?;
    court.dismissed()?;
    court.parties()?;
    court.crowded()?;
    court.jury_ends()?;
    court.govern()?;
    Ok(court.life)
}

fn open(options: &ScenarioOptions) -> Result<Court> {
    let mut life = Life::of(Scenario::start(options)?);
    life.scenario.adopt_juror_tree()?;
    let owner = life.scenario.actor("owner", 3_000_000 * TOKEN);
    let provider = life.scenario.register(&owner, 500, 1_000_000 * TOKEN)?;
    let [delegator, leaver] = ["delegator", "leaver"].map(|name| life.scenario.actor(name, 3_000_000 * TOKEN));
    life.scenario.delegate(&delegator, &provider, 2_000_000 * TOKEN)?;
    life.scenario.delegate(&leaver, &provider, 50_000 * TOKEN)?;
    let position = provider.position(leaver.address());
    life.scenario.next_epoch();
    life.scenario.send(&[ix::request_unbonding(&position, 1, 10_000 * TOKEN)], &[&leaver])?;
    let mut jurors = Vec::new();
    for number in 0..JURORS {
        let juror = life.scenario.actor(&format!("juror {number}"), 5 * LOCK);
        let at = JurorAddresses::derive(life.scenario.network, juror.address());
        join(&mut life, &juror, &at)?;
        let (leaf, keeper) = (u16::try_from(number)?, life.keeper());
        life.measure("sync_juror", sync(&life, &at, leaf, None), &keeper)?;
        jurors.push((juror, at));
    }
    let challenger = life.scenario.actor("challenger", 3_000_000 * TOKEN);
    life.scenario.go_to_epoch(12);
    Ok(Court { life, owner, provider, challenger, leaver, position, jurors })
}

fn join(life: &mut Life, juror: &Actor, at: &JurorAddresses) -> Result<()> {
    let join = ix::join_jury(at, ix::JoinJury { from: juror.tokens, amount: LOCK });
    life.measure("join_jury", join, juror)
}

fn sync(life: &Life, at: &JurorAddresses, leaf: u16, holder: Option<Pubkey>) -> work_token_sdk::Instruction {
    ix::sync_juror(at, life.scenario.network_state().juror_tree, leaf, holder)
}

impl Court {
    /// Commits to a dispute about the present epoch's conduct and opens it, with a deposit from which
    /// something returns.
    fn dispute(&mut self, operation: Operation, severity: u8) -> Result<DisputeAddresses> {
        let scenario = &self.life.scenario;
        let (network, state, now_ts) =
            (scenario.network_state(), scenario.provider_state(&self.provider), scenario.chain.now());
        let at = scenario.next_conduct(&self.provider, scenario.epoch());
        let accused = accused_of_epoch(&network, &state, at.epoch, now_ts).context("the provider's record")?;
        let ask = DisputeAsk {
            challenger: self.challenger.address(),
            subject: self.provider.provider,
            seat: None,
            fault: None,
            severity,
            without_claim: false,
        };
        let quote = quote_dispute(&network, &state, &accused, &ask, now_ts).map_err(|error| anyhow!("{error}"))?;
        let sealed = SealedOpening::open(&at, self.challenger.address(), severity, SALT);
        self.commit(&sealed, &quote.bond)?;
        let input = open_input(self.challenger.purse(), None, severity, SALT);
        self.life.measure(operation, ix::open_dispute(&at, &input), &self.challenger)?;
        Ok(at)
    }

    /// The first dispute of an epoch, in which nothing was touched yet.
    fn first(&mut self, severity: u8) -> Result<DisputeAddresses> {
        self.life.scenario.next_epoch();
        self.dispute(NEW_CLAIM, severity)
    }

    fn commit(&mut self, sealed: &SealedOpening, bond: &BondQuote) -> Result<()> {
        let commit = ix::commit_dispute(&self.life.scenario.network, sealed, self.challenger.tokens, bond.suggested);
        self.life.measure(within(4_000, "commit_dispute"), commit, &self.challenger)
    }

    fn answer(&mut self, at: &DisputeAddresses) -> Result<()> {
        let answer = answer_ix(at, self.owner.purse(), self.life.scenario.missing_bond(at));
        self.life.measure("answer_dispute", answer, &self.owner)
    }

    fn call(&mut self, at: &DisputeAddresses) -> Result<()> {
        let (keeper, tree) = (self.life.keeper(), self.life.scenario.network_state().juror_tree);
        self.life.measure("call_jury", ix::call_jury(at, tree, None), &keeper)
    }

    fn jury(&mut self, at: &DisputeAddresses, vote: u8) -> Result<()> {
        self.call(at)?;
        self.life.scenario.wait_for_slot(self.life.scenario.dispute_state(at).draw.seed_slot);
        self.largest_jury(at)?;
        self.call(at)?;
        let keeper = self.life.keeper();
        loop {
            let plan = self.life.scenario.plan_jury(at, 1).map_err(|error| anyhow!("{error}"))?;
            let drawn = plan.draws.first().context("a juror is called")?;
            let seat = ix::draw_juror(at, self.life.scenario.paid_keeper(), &drawn.accounts);
            self.life.measure("draw_juror", seat, &keeper)?;
            if plan.is_complete {
                break;
            }
        }
        self.exclude(at)?;
        self.vote(at, vote)
    }

    /// As if it were the fresh jury of a third round: 62 seats and the spares are drawn at once.
    fn largest_jury(&mut self, at: &DisputeAddresses) -> Result<()> {
        let keeper = self.life.keeper();
        self.life.aside(|life| {
            life.scenario.change(&at.dispute, |dispute: &mut Dispute| {
                dispute.machine.juries[usize::from(dispute.machine.jury)].size = 62;
            });
            let call = ix::call_jury(at, life.scenario.network_state().juror_tree, None);
            life.measure("call_jury, to the seed of the largest jury", call, &keeper)
        })
    }

    fn vote(&mut self, at: &DisputeAddresses, vote: u8) -> Result<()> {
        let Self { life, jurors, .. } = self;
        let mut ballots = Vec::new();
        for (at, ballot) in life.scenario.present_ballots(at) {
            let juror = jurors.iter().find(|(juror, _)| juror.address() == ballot.owner).context("a juror")?;
            ballots.push((at, &juror.0));
        }
        for (ballot, juror) in &ballots {
            life.measure("commit_vote", commit_vote_ix(ballot, juror.address(), vote, &SALT), juror)?;
        }
        for (ballot, juror) in &ballots {
            life.measure("reveal_vote", ix::reveal_vote(ballot, vote, SALT), juror)?;
        }
        Ok(())
    }

    fn let_phase_pass(&mut self, at: &DisputeAddresses) -> Result<()> {
        let (scenario, keeper) = (&self.life.scenario, self.life.keeper());
        let until_ts = scenario.network_state().unix_ts(WorkTs(scenario.dispute_state(at).machine.until_work_ts));
        scenario.chain.set_now(until_ts.max(scenario.chain.now()));
        self.life.measure("advance_dispute", ix::advance_dispute(at), &keeper)
    }

    /// As if there were so many delegators, with stake to match: nothing but numbers differs.
    fn crowd(&self, delegators: u32) {
        let crowd = |state: &mut Provider| state.live_positions = delegators + 1;
        self.life.scenario.change(&self.provider.provider, crowd);
    }

    fn wait_for_installment(&self, at: &DisputeAddresses, number: i64) -> Result<()> {
        let scenario = &self.life.scenario;
        let dispute = scenario.dispute_state(at);
        scenario.chain.set_now(dispute.slash.from_work_ts + number * i64::from(dispute.slash.interval_secs));
        // The budget is for the slash itself; bringing the records up to date is the touch of another
        // instruction.
        scenario.send(&[ix::touch_provider(&scenario.network.network, self.provider.provider)], &[])?;
        Ok(())
    }

    fn states(&self, at: &DisputeAddresses) -> (Network, Provider, Dispute) {
        let scenario = &self.life.scenario;
        (scenario.network_state(), scenario.provider_state(&self.provider), scenario.dispute_state(at))
    }

    fn restore(&self, at: &DisputeAddresses, (network, provider, dispute): &(Network, Provider, Dispute)) {
        let scenario = &self.life.scenario;
        scenario.write(&scenario.network.network, network);
        scenario.write(&self.provider.provider, provider);
        scenario.write(&at.dispute, dispute);
    }

    fn upheld(&mut self) -> Result<()> {
        let at = self.first(3)?;
        let withdraw = ix::withdraw_unbonded(&self.position, 1, self.leaver.tokens);
        self.life.scenario.send(&[withdraw], &[&self.leaver])?;
        self.answer(&at)?;
        self.jury(&at, 3)?;
        while !self.life.scenario.dispute_state(&at).is_decided() {
            self.let_phase_pass(&at)?;
        }
        self.veto(&at)?;
        let rows = [
            (1, within(3_900, "execute_installment, 1 delegator")),
            (1_000, within(3_900, "execute_installment, 1,000 delegators")),
            (1_000_000, within(3_900, "execute_installment, 1,000,000 delegators")),
        ];
        let keeper = self.life.keeper();
        self.wait_for_installment(&at, 0)?;
        // The same installment three times over: nothing but the number of delegators differs.
        let before = self.states(&at);
        for (delegators, operation) in rows {
            self.restore(&at, &before);
            self.crowd(delegators);
            let execute = ix::execute_installment(&at, self.provider.stake_vault);
            self.life.measure(operation, execute, &keeper)?;
        }
        self.wait_for_installment(&at, 3)?;
        let execute = ix::execute_installment(&at, self.provider.stake_vault);
        self.life.measure("execute_installment, three missed ones", execute, &keeper)?;
        self.crowd(2);
        self.life.measure("advance_dispute", ix::advance_dispute(&at), &keeper)?;
        self.life.measure("distribute_slash", ix::distribute_slash(&at), &keeper)?;
        self.settle_ticket(&at)?;
        self.settle_ballots(&at)?;
        let (who, to) = (self.challenger.address(), self.challenger.tokens);
        let claim = ix::claim_dispute_credit(&at, who, ix::Creditor::Challenger(0), to);
        self.life.measure("claim_dispute_credit", claim, &keeper)?;
        self.close(&at)
    }

    /// What the ticket held back: for the one dispute of its claim, and as if fifteen had joined it and
    /// executed as much.
    fn settle_ticket(&mut self, at: &DisputeAddresses) -> Result<()> {
        let keeper = self.life.keeper();
        let (key, claim) = (self.position.ticket(1).0, self.life.scenario.dispute_state(at).claim);
        let settle = ix::settle_ticket(&self.position, 1, &[claim], self.leaver.tokens);
        let settled = settle.clone();
        self.life.aside(|life| life.measure(within(4_500, "settle_ticket, one claim"), settled, &keeper))?;
        let chain = &self.life.scenario.chain;
        let account = chain.account(&at.claim)?.context("a claim")?;
        let mut crowded = ClaimAccount::decode(&account.data)?;
        let entry = *crowded.entries.first().context("an entry")?;
        crowded.entries = vec![entry; 15];
        crowded.claim.opened = 15;
        chain.set_account(at.claim, RawAccount { data: crowded.encode(), lamports: 10 * account.lamports, ..account });
        let mut ticket: Unbonding = self.life.scenario.read(&key);
        ticket.claims[0].joined = 15;
        self.life.scenario.write(&key, &ticket);
        self.life.measure("settle_ticket, one claim of fifteen disputes", settle, &keeper)
    }

    fn settle_ballots(&mut self, at: &DisputeAddresses) -> Result<()> {
        let keeper = self.life.keeper();
        for (at, ballot) in self.life.scenario.ballots(at) {
            let settle = ix::settle_ballot(&at, ballot.juror, ballot.payer);
            self.life.measure("settle_ballot", settle, &keeper)?;
        }
        Ok(())
    }

    fn dismissed(&mut self) -> Result<()> {
        let at = self.first(2)?;
        self.answer(&at)?;
        self.rule(&at)?;
        self.jury(&at, 0)?;
        anyhow::ensure!(self.life.scenario.dispute_state(&at).machine.phase() == Phase::Appeal, "a verdict");
        let (contributor, from) = (self.challenger.address(), self.challenger.tokens);
        let input = ix::FundAppeal { contributor, from, side: Side::Challenger, amount: TOKEN };
        self.life.measure("fund_appeal", ix::fund_appeal(&at, input), &self.challenger)?;
        self.let_phase_pass(&at)?;
        let keeper = self.life.keeper();
        let claim = ix::claim_appeal(&at, contributor, Side::Challenger, from);
        self.life.measure("claim_appeal", claim, &keeper)?;
        self.life.measure("distribute_slash", ix::distribute_slash(&at), &keeper)?;
        self.settle_ballots(&at)
    }

    /// Raises a claim, and takes both back.
    fn parties(&mut self) -> Result<()> {
        let at = self.first(1)?;
        let required = self.life.scenario.bond_to_raise(&at, 3);
        let challenger = self.challenger.address();
        let sealed = SealedOpening::raise(&at, challenger, 3, SALT);
        let largest = largest_deposit(Amount(required)).0;
        self.commit(&sealed, &BondQuote { required, largest, suggested: largest })?;
        let raise = ix::RaiseClaim { challenger, refund_to: self.challenger.tokens, severity: 3, salt: SALT };
        self.life.measure("raise_claim", ix::raise_claim(&at, raise), &self.challenger)?;
        let evidence = ix::file_evidence(&at.dispute, challenger, [2; 32]);
        self.life.measure("file_evidence", evidence, &self.challenger)?;
        let withdraw = |place| ix::withdraw_dispute(&at, challenger, place);
        self.life.measure("withdraw_dispute", withdraw(1), &self.challenger)?;
        self.life.measure("withdraw_dispute, the last claim", withdraw(0), &self.challenger)?;
        let keeper = self.life.keeper();
        self.life.measure("advance_dispute", ix::advance_dispute(&at), &keeper)?;
        let network = self.life.scenario.network;
        let (bonder, to) = (self.owner.address(), self.owner.tokens);
        let counter_bond = ix::claim_counter_bond(&network, self.provider.provider, bonder, to);
        self.life.measure("claim_counter_bond", counter_bond, &self.owner)?;
        self.life.scenario.go_to_epoch(self.life.scenario.epoch() + 40);
        self.life.measure("unjail", ix::unjail(&self.provider), &self.owner)
    }

    /// Four claims are open: the fifth dispute joins the newest, whose account grows. What is not opened
    /// lapses.
    fn crowded(&mut self) -> Result<()> {
        let at = self.first(3)?;
        for _ in 0..3 {
            self.dispute(NEW_CLAIM, 3)?;
        }
        for _ in 0..3 {
            self.dispute(OPEN_CLAIM, 3)?;
        }
        let sealed = SealedOpening::open(&at, self.challenger.address(), 4, SALT);
        let suggested = 101 * TOKEN;
        self.commit(&sealed, &BondQuote { required: suggested, largest: suggested, suggested })?;
        self.life.scenario.chain.advance(HOUR + 1);
        let (network, keeper) = (self.life.scenario.network, self.life.keeper());
        let (who, to) = (self.challenger.address(), self.challenger.tokens);
        let lapse = ix::lapse_opening(&network, sealed.address().0, who, to);
        self.life.measure("lapse_opening", lapse, &keeper)
    }

    /// A juror is paid, another is displaced in a full tree, and one leaves.
    fn jury_ends(&mut self) -> Result<()> {
        let (keeper, tree_key) = (self.life.keeper(), self.life.scenario.network_state().juror_tree);
        let earned = |(_, at): &&(Actor, JurorAddresses)| self.life.scenario.read::<Juror>(&at.juror).credit > 0;
        let (juror, juror_at) = self.jurors.iter().find(earned).context("a juror that voted")?;
        self.life.measure("claim_juror_pay", ix::claim_juror_pay(juror_at, juror.tokens), juror)?;
        self.life.measure("leave_jury", ix::leave_jury(juror_at, tree_key, juror.tokens), juror)?;
        let (_, holder) = self.jurors.iter().find(|(_, at)| at.juror != juror_at.juror).context("another juror")?;
        let newcomer = self.life.scenario.actor("newcomer", 5 * LOCK);
        let at = JurorAddresses::derive(self.life.scenario.network, newcomer.address());
        join(&mut self.life, &newcomer, &at)?;
        join(&mut self.life, &newcomer, &at)?;
        self.life.scenario.ripen(&at);
        self.life.scenario.fill_tree(&tree_key, LOCK);
        let leaf = self.life.scenario.read::<Juror>(&holder.juror).leaf;
        let displace = sync(&self.life, &at, leaf, Some(holder.juror));
        self.life.measure("sync_juror, in place of another", displace, &keeper)
    }
}
