//! The delegator that leaves through an open claim: what of its stake was asked for in time pays what it
//! would have lost had it stayed, and no more.

use {
    super::stage::{Court, DELEGATES},
    crate::failure::{Failure, Result},
    work_token_sdk::{Client, PositionAddresses, ix, math::mul_div::mul_div_ceil, view},
};

impl Court<'_, '_> {
    /// The positions behind workers that nobody has jailed.
    fn live_positions(&self) -> Vec<PositionAddresses> {
        self.positions.iter().flatten().copied().collect()
    }

    /// The delegator asks to leave with half of each of its positions.
    pub fn asks_to_leave(&mut self) -> Result<()> {
        for position in self.live_positions() {
            let state = Client::new(&self.market.scenario.chain).position_state(&position)?;
            let leaving = view::leave(&state.at(), Some(state.position.shares / 2), &[], &view::Field::default());
            let request = ix::request_unbonding(&position, leaving.ticket_number, leaving.shares);
            self.act(DELEGATES, request)?;
            self.leaver.matures_at_ts = self.leaver.matures_at_ts.max(leaving.matures_at_ts);
        }
        self.note("Pia asks to leave with half of what she has behind each provider");
        Ok(())
    }

    /// Lets epochs pass until what asked to leave may leave.
    pub fn wait_for_tickets(&mut self) -> Result<()> {
        self.pass_until(self.leaver.matures_at_ts)
    }

    /// Takes the ticket behind the accused out while the claim is open: the claim's part stays behind.
    pub fn leave(&mut self, case: usize) -> Result<()> {
        let (worker, position) = self.of_case(case)?;
        let client = Client::new(&self.market.scenario.chain);
        let state = client.position_state(&position)?;
        let risk = view::position_risk(&state.at(), &[], &[]);
        let exits = view::exits(&state.at());
        let [exit] = exits.as_slice() else { return Err(Failure::Failed("Pia has one ticket".into())) };
        let pays = exit.pays;
        let ticket = state.tickets[0];
        self.leaver.worth = [view::holdings(&state.at()).tickets[0].value, state.provider.delegated.tokens];
        let to = self.market.parties[DELEGATES].actor.tokens;
        self.act(DELEGATES, ix::withdraw_unbonded(&position, ticket.number, to))?;
        self.market.parties[DELEGATES].received += pays;
        self.market.workers[worker].delegated -= pays;
        let held = Client::new(&self.market.scenario.chain).position_state(&position)?.tickets[0].held;
        let foreseen = held > 0 && held + pays == self.leaver.worth[0] && risk.held == 0;
        self.market.promise("what leaves during an open claim is paid at once but for its part of the claim", foreseen);
        Ok(())
    }

    /// Settles what was held back, once the claim has ended.
    pub fn settle_ticket(&mut self, case: usize) -> Result<()> {
        let (worker, position) = self.of_case(case)?;
        let state = Client::new(&self.market.scenario.chain).position_state(&position)?;
        let number = self.dispute(case).claim;
        let claims: Vec<_> =
            self.market.scenario.claim_account(&position.provider.provider, number).into_iter().collect();
        let settlements = view::settlements(&state.at(), &claims);
        let Some(found) = settlements.first() else { return Err(Failure::Failed("Pia's ticket holds nothing".into())) };
        let to = self.market.parties[DELEGATES].actor.tokens;
        self.act(DELEGATES, ix::settle_ticket(&position, found.number, &found.claims, to))?;
        self.market.parties[DELEGATES].received += found.paid;
        self.market.workers[worker].delegated -= found.paid;
        self.market.workers[worker].slashed += found.burned;
        self.market.tally.burned += found.burned;
        // Had it stayed, it would have lost its part of what the whole pool lost.
        let [worth, pool] = self.leaver.worth;
        let whole = self.cases[case].flows.slashed[1] + found.burned;
        let stayed = mul_div_ceil(whole, worth, pool).unwrap_or(u64::MAX);
        let exact = found.burned > 0 && found.burned.abs_diff(stayed) <= 1 && found.held == 0;
        self.market.promise("who left in time pays what the stake would have lost had it stayed, to the unit", exact);
        self.note("the claim has ended: Pia's ticket pays its part of the slash, and the rest is hers");
        Ok(())
    }

    fn of_case(&self, case: usize) -> Result<(usize, PositionAddresses)> {
        let worker = self.cases[case].worker;
        let position = self.positions[worker].ok_or_else(|| Failure::Failed("Pia delegates to every worker".into()))?;
        Ok((worker, position))
    }
}
