//! A life of disputes: a jury of three, a slash in four installments, an appeal, a score of cranks.

use anyhow::{Context as _, Result};
use work_token_localnet::{Actor, Scenario, ScenarioOptions};
use work_token_sdk::{
    BallotAddresses, DisputeAddresses, JurorAddresses, ProviderAddresses,
    commit::vote_commitment,
    ix,
    math::{
        WorkTs,
        dispute::{Phase, Side},
    },
    state::{Dispute, Juror, Network, Provider},
};

use crate::life::{Life, TOKEN};

const JURORS: usize = 7;
const SALT: [u8; 32] = [9; 32];

struct Court {
    life: Life,
    owner: Actor,
    provider: ProviderAddresses,
    challenger: Actor,
    jurors: Vec<(Actor, JurorAddresses)>,
}

/// Lives it and returns what each operation cost.
pub fn live(options: &ScenarioOptions) -> Result<Life> {
    let mut court = open(options)?;
    court.upheld()?;
    court.dismissed()?;
    court.parties()?;
    Ok(court.life)
}

fn open(options: &ScenarioOptions) -> Result<Court> {
    let mut life = Life::of(Scenario::start(options)?);
    life.scenario.adopt_juror_tree()?;
    let owner = life.scenario.actor("owner", 3_000_000 * TOKEN);
    let provider = life.scenario.register(&owner, 500, 1_000_000 * TOKEN)?;
    let delegator = life.scenario.actor("delegator", 3_000_000 * TOKEN);
    life.scenario.delegate(&delegator, &provider, 2_000_000 * TOKEN)?;
    let mut jurors = Vec::new();
    for number in 0..JURORS {
        let juror = life.scenario.actor(&format!("juror {number}"), 10_000 * TOKEN);
        let at = JurorAddresses::derive(life.scenario.network, juror.address());
        let join = ix::join_jury(&at, life.scenario.join_input(&juror, 2_000 * TOKEN));
        life.measure("join_jury", join, &juror)?;
        jurors.push((juror, at));
    }
    let challenger = life.scenario.actor("challenger", 3_000_000 * TOKEN);
    life.scenario.next_epoch();
    Ok(Court { life, owner, provider, challenger, jurors })
}

impl Court {
    fn dispute(&mut self, severity: u8) -> Result<DisputeAddresses> {
        self.life.scenario.next_epoch();
        let state = self.life.scenario.provider_state(&self.provider);
        let at = DisputeAddresses::next_of_conduct(&self.provider, &state, self.life.scenario.epoch() - 1);
        let input = ix::OpenDispute {
            challenger: self.challenger.address(),
            job: None,
            from: self.challenger.tokens,
            severity,
            bond: 200_000 * TOKEN,
            without_claim: false,
            evidence: [1; 32],
        };
        self.life.measure("open_dispute", ix::open_dispute(&at, &input), &self.challenger)?;
        Ok(at)
    }

    fn answer(&mut self, at: &DisputeAddresses) -> Result<()> {
        let (answerer, from) = (self.owner.address(), self.owner.tokens);
        let input = ix::AnswerDispute { answerer, from, bond: 200_000 * TOKEN, refund_to: None };
        self.life.measure("answer_dispute", ix::answer_dispute(at, input), &self.owner)
    }

    fn jury(&mut self, at: &DisputeAddresses, vote: u8) -> Result<()> {
        let keeper = self.life.keeper();
        self.life.measure("call_jury", ix::call_jury(at, None), &keeper)?;
        let scenario = &self.life.scenario;
        let wait = (scenario.dispute_state(at).seed_slot + 2).saturating_sub(scenario.chain.slot());
        scenario.chain.advance_slots(wait);
        self.life.measure("call_jury", ix::call_jury(at, None), &keeper)?;
        loop {
            let plan = self.life.scenario.plan_jury(at, 1).map_err(|error| anyhow::anyhow!("{error}"))?;
            let drawn = plan.draws.first().context("a draw")?;
            let seat = ix::seat_juror(at, self.life.scenario.paid_keeper(), &drawn.accounts);
            self.life.measure("seat_juror", seat, &keeper)?;
            if plan.is_complete {
                break;
            }
        }
        self.vote(at, vote)
    }

    fn vote(&mut self, at: &DisputeAddresses, vote: u8) -> Result<()> {
        let present = self.life.scenario.dispute_state(at).machine.jury;
        let Self { life, jurors, .. } = self;
        let mut ballots = Vec::new();
        for (key, ballot) in life.scenario.ballots(at) {
            if ballot.jury == present {
                let juror = jurors.iter().find(|(juror, _)| juror.address() == ballot.owner).context("a juror")?;
                ballots.push((BallotAddresses::recorded(*at, key, &ballot), &juror.0));
            }
        }
        for (ballot, juror) in &ballots {
            let commitment = vote_commitment(ballot, &juror.address(), vote, &SALT);
            life.measure("commit_vote", ix::commit_vote(ballot, juror.address(), commitment), juror)?;
        }
        for (ballot, juror) in &ballots {
            life.measure("reveal_vote", ix::reveal_vote(ballot, juror.address(), vote, SALT), juror)?;
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
        let state: Provider = self.life.scenario.provider_state(&self.provider);
        let crowd = Provider { live_positions: delegators + 1, ..state };
        self.life.scenario.write(&self.provider.provider, &crowd);
    }

    fn wait_for_installment(&self, at: &DisputeAddresses, number: i64) -> Result<()> {
        let scenario = &self.life.scenario;
        let dispute = scenario.dispute_state(at);
        scenario.chain.set_now(dispute.slash_from_work_ts + number * i64::from(dispute.interval_secs));
        // The budget is for the slash itself; bringing the records up to date is the touch of another instruction.
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
        let at = self.dispute(3)?;
        self.answer(&at)?;
        self.jury(&at, 3)?;
        self.let_phase_pass(&at)?;
        let rows = [
            (1, "execute_installment, 1 delegator"),
            (1_000, "execute_installment, 1,000 delegators"),
            (1_000_000, "execute_installment, 1,000,000 delegators"),
        ];
        let keeper = self.life.keeper();
        self.wait_for_installment(&at, 0)?;
        // The same installment three times over: nothing but the number of delegators differs.
        let before = self.states(&at);
        for (delegators, name) in rows {
            self.restore(&at, &before);
            self.crowd(delegators);
            let execute = ix::execute_installment(&at, self.provider.stake_vault);
            self.life.measure(name, execute, &keeper)?;
        }
        self.wait_for_installment(&at, 3)?;
        let execute = ix::execute_installment(&at, self.provider.stake_vault);
        self.life.measure("execute_installment, three missed ones", execute, &keeper)?;
        self.crowd(1);
        self.life.measure("advance_dispute", ix::advance_dispute(&at), &keeper)?;
        self.life.measure("distribute_slash", ix::distribute_slash(&at), &keeper)?;
        self.settle_ballots(&at)?;
        let (who, to) = (self.challenger.address(), self.challenger.tokens);
        let claim = ix::claim_dispute_credit(&at, who, ix::Creditor::Challenger(0), to);
        self.life.measure("claim_dispute_credit", claim, &self.challenger)
    }

    fn settle_ballots(&mut self, at: &DisputeAddresses) -> Result<()> {
        let keeper = self.life.keeper();
        for (key, ballot) in self.life.scenario.ballots(at) {
            let settle = ix::settle_ballot(&BallotAddresses::recorded(*at, key, &ballot), ballot.juror, ballot.payer);
            self.life.measure("settle_ballot", settle, &keeper)?;
        }
        Ok(())
    }

    fn dismissed(&mut self) -> Result<()> {
        let at = self.dispute(2)?;
        self.answer(&at)?;
        self.jury(&at, 0)?;
        anyhow::ensure!(self.life.scenario.dispute_state(&at).machine.phase == Phase::Appeal as u8, "a verdict");
        let (contributor, from) = (self.challenger.address(), self.challenger.tokens);
        let input = ix::FundAppeal { contributor, from, side: Side::Challenger, amount: TOKEN };
        self.life.measure("fund_appeal", ix::fund_appeal(&at, input), &self.challenger)?;
        self.let_phase_pass(&at)?;
        let claim = ix::claim_appeal(&at, contributor, Side::Challenger, from);
        self.life.measure("claim_appeal", claim, &self.challenger)?;
        let keeper = self.life.keeper();
        self.life.measure("distribute_slash", ix::distribute_slash(&at), &keeper)?;
        self.settle_ballots(&at)
    }

    fn parties(&mut self) -> Result<()> {
        let at = self.dispute(1)?;
        let (challenger, from) = (self.challenger.address(), self.challenger.tokens);
        let raise = ix::RaiseClaim { challenger, from, severity: 3, bond: 200_000 * TOKEN };
        self.life.measure("raise_claim", ix::raise_claim(&at, raise), &self.challenger)?;
        let evidence = ix::file_evidence(&at.dispute, challenger, [2; 32]);
        self.life.measure("file_evidence", evidence, &self.challenger)?;
        self.life.measure("withdraw_dispute", ix::withdraw_dispute(&at, challenger), &self.challenger)?;
        let keeper = self.life.keeper();
        self.life.measure("advance_dispute", ix::advance_dispute(&at), &keeper)?;
        let network = self.life.scenario.network;
        let (bonder, to) = (self.owner.address(), self.owner.tokens);
        let counter_bond = ix::claim_counter_bond(&network, self.provider.provider, bonder, to);
        self.life.measure("claim_counter_bond", counter_bond, &self.owner)?;
        self.life.scenario.go_to_epoch(self.life.scenario.epoch() + 40);
        self.life.measure("unjail", ix::unjail(&self.provider), &self.owner)?;
        let (juror, juror_at) = self
            .jurors
            .iter()
            .find(|(_, at)| self.life.scenario.read::<Juror>(&at.juror).credit > 0)
            .context("a juror that voted")?;
        self.life.measure("claim_juror_pay", ix::claim_juror_pay(juror_at, juror.tokens), juror)?;
        let tree = self.life.scenario.network_state().juror_tree;
        self.life.measure("sync_juror", ix::sync_juror(juror_at, tree), &keeper)?;
        self.life.measure("leave_jury", ix::leave_jury(juror_at, tree, juror.tokens), juror)
    }
}
