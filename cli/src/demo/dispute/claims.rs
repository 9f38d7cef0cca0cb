//! Everybody takes what a decided dispute owes.

use {
    super::steps::refused,
    crate::{
        demo::cast::{JURORS, Who},
        demo::world::World,
        failure::{Failure, Result},
    },
    work_token_sdk::{
        JurorAddresses, ix,
        math::{WorkTs, dispute::Side},
        state::{AppealShare, Juror, Provider},
        view::{DisputeStep, DisputeWho},
    },
};

impl World<'_> {
    /// Everybody takes what is due: the challengers, the client, who answered, the jurors; the seat is
    /// settled.
    pub fn claim_everything(&mut self, case: usize) -> Result<()> {
        self.claim_credits(case)?;
        self.claim_appeal(case)?;
        self.claim_counter_bond(case)?;
        for juror in JURORS {
            self.claim_pay(*juror)?;
        }
        let (seat, network) = (self.cases[case].seat, self.scenario.network_state());
        self.until(network.unix_ts(WorkTs(self.scenario.seat_state(&seat).settles_at_work_ts())))?;
        self.pay(&seat, false)?;
        self.count_escrow();
        Ok(())
    }

    fn claim_credits(&mut self, case: usize) -> Result<()> {
        let at = self.cases[case].at;
        for allowed in self.dispute_view(case).allowed {
            let DisputeStep::ClaimCredit { amount } = allowed.what else { continue };
            let (who, creditor) = match allowed.who {
                DisputeWho::Client => (self.who_is(&self.dispute(case).client)?, ix::Creditor::Client),
                DisputeWho::Party(place) => {
                    (self.cases[case].challengers[usize::from(place)], ix::Creditor::Challenger(place))
                }
                _ => return Err(Failure::Failed("a credit of nobody who could claim it".into())),
            };
            let (key, to) = self.person(who).actor.purse();
            self.dispute_act(who, ix::claim_dispute_credit(&at, key, creditor, to))?;
            self.flow(who).received += amount;
            let flows = &mut self.cases[case].flows;
            match creditor {
                ix::Creditor::Client => flows.client += amount,
                ix::Creditor::Challenger(place) => flows.challengers[usize::from(place)] += amount,
            }
        }
        Ok(())
    }

    fn claim_appeal(&mut self, case: usize) -> Result<()> {
        let (at, who) = (self.cases[case].at, self.cases[case].challengers[0]);
        let (key, to) = self.person(who).actor.purse();
        let share = at.appeal_share(&key, Side::Challenger);
        let Some(share) = self.scenario.find::<AppealShare>(&share) else { return Ok(()) };
        let amount = self.dispute(case).take_appeals(&share).map_err(refused)?;
        self.dispute_act(who, ix::claim_appeal(&at, key, Side::Challenger, to))?;
        self.flow(who).received += amount;
        self.cases[case].flows.appeals[1] += amount;
        Ok(())
    }

    fn claim_counter_bond(&mut self, case: usize) -> Result<()> {
        let (provider, who) = (self.cases[case].at.provider, Who::Wade);
        if let Ok(amount) = self.scenario.read::<Provider>(&provider).take_counter_bond() {
            let (key, to) = self.person(who).actor.purse();
            let claim = ix::claim_counter_bond(&self.scenario.network, provider, key, to);
            self.dispute_act(who, claim)?;
            self.flow(who).received += amount;
            self.cases[case].flows.counter_bond[1] += amount;
        }
        Ok(())
    }

    fn claim_pay(&mut self, who: Who) -> Result<()> {
        let (key, to) = self.person(who).actor.purse();
        let juror = JurorAddresses::derive(self.scenario.network, key);
        if let Ok(credit) = self.scenario.read::<Juror>(&juror.juror).take_credit() {
            self.dispute_act(who, ix::claim_juror_pay(&juror, to))?;
            self.flow(who).received += credit;
        }
        Ok(())
    }
}
