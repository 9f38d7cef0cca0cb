//! The keeper at work on disputes, with what each of its cranks must move.

use {
    crate::{
        demo::{
            epoch::{SEED_SLOTS, due},
            world::World,
        },
        failure::{Failure, Result},
        keeper::{DisputeWork, Snapshot, Step, Work},
    },
    work_token_sdk::{
        Pubkey,
        state::{Ballot, Juror, Provider, dispute::OpenVaults},
    },
};

impl World<'_> {
    /// Everything that is due for disputes.
    pub fn crank_disputes(&mut self) -> Result<()> {
        loop {
            let (snapshot, steps) = due(&self.scenario, |work| work.dispute().is_some())?;
            for step in &steps {
                self.dispute_step(&snapshot, step)?;
            }
            if steps.is_empty() {
                if !snapshot.docket.disputes.iter().any(|(_, dispute)| dispute.is_armed()) {
                    return Ok(());
                }
                self.scenario.chain.advance_slots(SEED_SLOTS);
            }
        }
    }

    fn dispute_step(&mut self, snapshot: &Snapshot, step: &Step) -> Result<()> {
        let Work::Dispute(key, work) = &step.work else { return Ok(()) };
        let case = self.cases.iter().position(|case| case.at.dispute == *key);
        let case = case.ok_or_else(|| Failure::Failed("a dispute that nobody opened".into()))?;
        match work {
            DisputeWork::Execute => self.foretell_installment(case),
            DisputeWork::Distribute => self.foretell_distribution(case),
            DisputeWork::SettleBallot(ballot) => self.foretell_pay(case, ballot),
            _ => {}
        }
        let before = self.dispute_bounties(case);
        let crank: Vec<_> = step.instruction(snapshot, self.scenario.paid_keeper()).into_iter().collect();
        let sent = self.scenario.send(&crank, &[]);
        sent.map_err(|error| Failure::Failed(format!("{}: {error}", work.name())))?;
        self.count_escrow();
        let paid = self.dispute_bounties(case) - before;
        self.tally.work_bounties += paid;
        self.cases[case].flows.bounties += paid;
        Ok(())
    }

    /// What the dispute has noted as paid to keepers.
    fn dispute_bounties(&self, case: usize) -> u64 {
        self.dispute(case).bounties.iter().sum()
    }

    fn foretell_installment(&mut self, case: usize) {
        let (mut network, mut dispute) = (self.scenario.network_state(), self.dispute(case));
        let now_ts = self.scenario.now();
        let mut provider: Provider = self.scenario.read(&self.cases[case].at.provider);
        provider.touch(&network, &network.terms(now_ts));
        let now = (now_ts, network.epoch_at(now_ts), network.work_ts(now_ts));
        let executed = dispute.execute_installment(&mut network, &mut provider, now, true).unwrap_or_default();
        let flows = &mut self.cases[case].flows;
        flows.installments += 1;
        flows.slashed[0] += executed.own.0;
        flows.slashed[1] += executed.delegated.0;
        flows.confiscated += executed.confiscated;
        let accused = self.cases[case].accused;
        self.member_mut(accused).slashed += executed.own.0 + executed.delegated.0;
        self.tally.burned += executed.confiscated;
    }

    fn foretell_distribution(&mut self, case: usize) {
        let shared = self.dispute(case).distribute(&OpenVaults::ALL, false).unwrap_or_default();
        let flows = &mut self.cases[case].flows;
        flows.burned += shared.burned;
        flows.insurance += shared.insurance;
        flows.provider += shared.provider;
        self.tally.burned += shared.burned;
        self.tally.insured += shared.insurance;
    }

    fn foretell_pay(&mut self, case: usize, ballot: &Pubkey) {
        let state: Ballot = self.scenario.read(ballot);
        let mut juror: Juror = self.scenario.read(&state.juror);
        let (fee, lost) = self.dispute(case).settle_ballot(&state, &mut juror).unwrap_or_default();
        let flows = &mut self.cases[case].flows;
        flows.jurors += fee;
        flows.locks += lost;
    }
}
