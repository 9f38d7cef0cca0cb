//! The keeper at work on disputes, with what each of its cranks must move.

use {
    super::Court,
    crate::{
        demo::{market::SEED_SLOTS, world::due},
        failure::{Failure, Result},
        keeper::{DisputeWork, Snapshot, Step, Work},
    },
    work_token_sdk::{
        Pubkey,
        state::{Ballot, Juror, Provider, dispute::OpenVaults},
    },
};

impl Court<'_, '_> {
    /// Everything that is due for disputes.
    pub fn crank(&mut self) -> Result<()> {
        loop {
            let (snapshot, steps) = due(&self.market.scenario, |work| work.dispute().is_some())?;
            for step in &steps {
                self.step(&snapshot, step)?;
            }
            if steps.is_empty() {
                if !snapshot.docket.disputes.iter().any(|(_, dispute)| dispute.is_armed()) {
                    return Ok(());
                }
                self.market.scenario.chain.advance_slots(SEED_SLOTS);
            }
        }
    }

    fn step(&mut self, snapshot: &Snapshot, step: &Step) -> Result<()> {
        let Work::Dispute(key, work) = &step.work else { return Ok(()) };
        let case = self.cases.iter().position(|case| case.at.dispute == *key);
        let case = case.ok_or_else(|| Failure::Failed("a dispute that nobody opened".into()))?;
        match work {
            DisputeWork::Execute => self.foretell_installment(case),
            DisputeWork::Distribute => self.foretell_distribution(case),
            DisputeWork::SettleBallot(ballot) => self.foretell_pay(case, ballot),
            _ => {}
        }
        let before = self.bounties(case);
        let crank = step.instruction(snapshot, self.market.scenario.paid_keeper());
        if let Some(crank) = crank {
            self.send(crank, &[]).map_err(|failure| Failure::Failed(format!("{}: {failure}", work.name())))?;
        }
        let paid = self.bounties(case) - before;
        self.market.tally.bounties += paid;
        self.cases[case].flows.bounties += paid;
        Ok(())
    }

    /// What the dispute has noted as paid to keepers.
    fn bounties(&self, case: usize) -> u64 {
        self.dispute(case).bounties.iter().sum()
    }

    fn foretell_installment(&mut self, case: usize) {
        let (scenario, mut dispute) = (&self.market.scenario, self.dispute(case));
        let (mut network, now_ts) = (scenario.network_state(), scenario.chain.now());
        let mut provider: Provider = scenario.read(&self.cases[case].at.provider);
        provider.touch(&network, &network.terms(now_ts));
        let now = (now_ts, network.epoch_at(now_ts), network.work_ts(now_ts));
        let executed = dispute.execute_installment(&mut network, &mut provider, now, true).unwrap_or_default();
        let flows = &mut self.cases[case].flows;
        flows.installments += 1;
        flows.slashed[0] += executed.own.0;
        flows.slashed[1] += executed.delegated.0;
        flows.confiscated += executed.confiscated;
        let worker = self.cases[case].worker;
        self.market.workers[worker].slashed += executed.own.0 + executed.delegated.0;
        self.market.tally.burned += executed.confiscated;
    }

    fn foretell_distribution(&mut self, case: usize) {
        let shared = self.dispute(case).distribute(&OpenVaults::ALL, false).unwrap_or_default();
        let flows = &mut self.cases[case].flows;
        flows.burned += shared.burned;
        flows.insurance += shared.insurance;
        flows.provider += shared.provider;
        self.market.tally.burned += shared.burned;
        self.market.tally.insured += shared.insurance;
    }

    fn foretell_pay(&mut self, case: usize, ballot: &Pubkey) {
        let state: Ballot = self.market.scenario.read(ballot);
        let mut juror: Juror = self.market.scenario.read(&state.juror);
        let (fee, lost) = self.dispute(case).settle_ballot(&state, &mut juror).unwrap_or_default();
        let flows = &mut self.cases[case].flows;
        flows.jurors += fee;
        flows.locks += lost;
    }
}
