//! What leaves no trace in the life of a dispute: what admin and arbiter may do, a juror that is taken out,
//! and the end of its accounts.

use anyhow::{Context as _, Result};
use work_token_sdk::{
    DisputeAddresses, Pubkey, ix,
    math::dispute::Phase,
    state::{Dispute, Provider, VaultKind},
    transport::RawAccount,
};

use super::Court;
use crate::life::TOKEN;

const DAY: i64 = 86_400;

impl Court {
    /// A seated juror that came to stand behind the accused.
    pub(super) fn exclude(&mut self, at: &DisputeAddresses) -> Result<()> {
        let (keeper, provider, jurors) = (self.life.keeper(), &self.provider, &self.jurors);
        self.life.aside(|life| {
            let ballots = life.scenario.present_ballots(at);
            let (at, ballot) = ballots.first().context("a ballot")?;
            let (juror, _) = jurors.iter().find(|(juror, _)| juror.address() == ballot.owner).context("a juror")?;
            let position = provider.position(juror.address());
            let (from, max_open_claims) = (juror.tokens, u64::MAX);
            let input = ix::Delegate { from, amount: 500 * TOKEN, min_shares_out: 0, max_open_claims };
            life.scenario.send(&[ix::delegate(&position, input)], &[juror])?;
            let exclude = ix::exclude_juror(at, position.delegation);
            life.measure("exclude_juror", exclude, &keeper)
        })
    }

    /// The admin keeps half of a slash that was deferred.
    pub(super) fn veto(&mut self, at: &DisputeAddresses) -> Result<()> {
        let admin = self.life.admin();
        let veto = ix::veto_slash(at, admin.address(), 5_000);
        self.life.aside(|life| life.measure("veto_slash", veto, &admin))
    }

    /// As if no jury had come to a verdict.
    pub(super) fn rule(&mut self, at: &DisputeAddresses) -> Result<()> {
        let arbiter = self.life.admin();
        self.life.aside(|life| {
            let mut dispute: Dispute = life.scenario.dispute_state(at);
            dispute.machine.phase = Phase::Arbiter as u8;
            dispute.machine.until_work_ts = life.scenario.chain.now() + DAY;
            life.scenario.write(&at.dispute, &dispute);
            life.measure("rule_dispute", ix::rule_dispute(at, arbiter.address(), 2), &arbiter)
        })
    }

    /// Its accounts, long after its end.
    pub(super) fn close(&mut self, at: &DisputeAddresses) -> Result<()> {
        let (keeper, payer) = (self.life.keeper(), self.challenger.address());
        self.life.aside(|life| {
            let mut dispute: Dispute = life.scenario.dispute_state(at);
            (dispute.burn_due, dispute.insurance_due, dispute.provider_due, dispute.client_credit) = (0, 0, 0, 0);
            dispute.parties[0].credit = 0;
            life.scenario.write(&at.dispute, &dispute);
            life.scenario.chain.advance(90 * DAY);
            life.measure("close_dispute", ix::close_dispute(&at.dispute, payer), &keeper)?;
            life.measure("close_fault", ix::close_fault(&at.fault, payer), &keeper)?;
            // A claim outlives its provider.
            let gone = RawAccount { lamports: 0, data: Vec::new(), owner: Pubkey::default() };
            life.scenario.chain.set_account(at.provider, gone);
            life.measure("close_claim", ix::close_claim(&at.claim, at.provider, payer), &keeper)
        })
    }

    /// Debts and the insurance.
    pub(super) fn govern(&mut self) -> Result<()> {
        let (admin, network, provider) = (self.life.admin(), self.life.scenario.network, self.provider);
        self.life.aside(|life| {
            let mut state: Provider = life.scenario.provider_state(&provider);
            state.slash_debt = 7 * TOKEN;
            life.scenario.write(&provider.provider, &state);
            let forgive = ix::forgive_debt(&network.network, admin.address(), provider.provider, 3 * TOKEN);
            life.measure("forgive_debt", forgive, &admin)?;
            life.scenario.chain.give_tokens(&network.vault(VaultKind::Insurance), 10 * TOKEN);
            let to = life.scenario.actor("insured", 0).tokens;
            let pay = ix::pay_insurance(&network, admin.address(), to, TOKEN);
            life.measure("pay_insurance, announced", pay.clone(), &admin)?;
            life.scenario.chain.advance(3 * DAY);
            life.measure("pay_insurance, as announced", pay, &admin)
        })
    }
}
