//! Everybody takes what a decided dispute owes.

use {
    super::{
        actions::refused,
        stage::{Court, FIRST_JUROR},
    },
    crate::failure::{Failure, Result},
    work_token_sdk::{
        JurorAddresses, ix,
        math::{WorkTs, dispute::Side},
        state::{AppealShare, Juror, Provider},
        view::{DisputeStep, DisputeWho},
    },
};

impl Court<'_, '_> {
    /// Everybody takes what is due: the challengers, the client, who answered, the jurors; the seat is
    /// settled.
    pub fn claim_everything(&mut self, case: usize) -> Result<()> {
        self.claim_credits(case)?;
        self.claim_appeal(case)?;
        self.claim_counter_bond(case)?;
        for juror in FIRST_JUROR..self.market.parties.len() {
            self.claim_pay(juror)?;
        }
        let (seat, scenario) = (self.cases[case].seat, &self.market.scenario);
        let settles_from_ts = scenario.network_state().unix_ts(WorkTs(scenario.seat_state(&seat).settles_at_work_ts()));
        self.pass_until(settles_from_ts)?;
        self.market.pay(&seat, false)?;
        self.count_escrow();
        Ok(())
    }

    fn claim_credits(&mut self, case: usize) -> Result<()> {
        let at = self.cases[case].at;
        for allowed in self.view(case)?.allowed {
            let DisputeStep::ClaimCredit { amount } = allowed.what else { continue };
            match allowed.who {
                DisputeWho::Client => {
                    let client = &self.market.buyers[0].actor;
                    let claim = ix::claim_dispute_credit(&at, client.address(), ix::Creditor::Client, client.tokens);
                    self.market.scenario.send(&[claim], &[])?;
                    self.count_escrow();
                    self.market.buyers[0].refunded += amount;
                    self.cases[case].flows.client += amount;
                }
                DisputeWho::Party(place) => {
                    let who = self.cases[case].challengers[usize::from(place)];
                    let actor = &self.market.parties[who].actor;
                    let creditor = ix::Creditor::Challenger(place);
                    let claim = ix::claim_dispute_credit(&at, actor.address(), creditor, actor.tokens);
                    self.act(who, claim)?;
                    self.market.parties[who].received += amount;
                    self.cases[case].flows.challengers[usize::from(place)] += amount;
                }
                _ => return Err(Failure::Failed("a credit of nobody who could claim it".into())),
            }
        }
        Ok(())
    }

    /// Anybody may: the keeper sends it.
    fn claim_appeal(&mut self, case: usize) -> Result<()> {
        let (at, who) = (self.cases[case].at, self.cases[case].challengers[0]);
        let actor = &self.market.parties[who].actor;
        let share = at.appeal_share(&actor.address(), Side::Challenger);
        let Some(share) = self.market.scenario.find::<AppealShare>(&share) else { return Ok(()) };
        let amount = self.dispute(case).take_appeals(&share).map_err(refused)?;
        self.act(who, ix::claim_appeal(&at, actor.address(), Side::Challenger, actor.tokens))?;
        self.market.parties[who].received += amount;
        self.cases[case].flows.appeals[1] += amount;
        Ok(())
    }

    fn claim_counter_bond(&mut self, case: usize) -> Result<()> {
        let provider = self.cases[case].at.provider;
        if let Ok(amount) = self.market.scenario.read::<Provider>(&provider).take_counter_bond() {
            let actor = &self.market.parties[super::ANSWERS].actor;
            let network = &self.market.scenario.network;
            let claim = ix::claim_counter_bond(network, provider, actor.address(), actor.tokens);
            self.act(super::ANSWERS, claim)?;
            self.market.parties[super::ANSWERS].received += amount;
            self.cases[case].flows.counter_bond[1] += amount;
        }
        Ok(())
    }

    fn claim_pay(&mut self, who: usize) -> Result<()> {
        let actor = &self.market.parties[who].actor;
        let juror = JurorAddresses::derive(self.market.scenario.network, actor.address());
        if let Ok(credit) = self.market.scenario.read::<Juror>(&juror.juror).take_credit() {
            self.act(who, ix::claim_juror_pay(&juror, actor.tokens))?;
            self.market.parties[who].received += credit;
        }
        Ok(())
    }
}
