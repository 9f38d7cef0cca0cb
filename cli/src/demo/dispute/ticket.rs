//! The delegator that leaves through an open claim: what of its stake was asked for in time pays what it
//! would have lost had it stayed, and no more.

use {
    crate::{
        demo::{
            cast::Who,
            world::{Stake, World},
        },
        failure::{Failure, Result},
    },
    work_token_sdk::{
        ix,
        math::mul_div::mul_div_ceil,
        view::{self, OpenDispute},
    },
};

/// What left during a claim. Base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leaver {
    /// Worth of the ticket when it left, and of the pool.
    pub worth: [u64; 2],
    /// What it paid at once, and what the claim held back.
    pub paid: u64,
    /// What the claim held back.
    pub held: u64,
}

impl World<'_> {
    /// What a decided dispute whose decision nobody applied yet will cost a position, by its view, and what
    /// the position is worth now.
    pub fn foretold_loss(&self, case: usize, stake: Stake) -> Result<[u64; 2]> {
        let (state, dispute) = (self.position_state(stake)?, self.dispute(case));
        let fault = self.scenario.read(&self.cases[case].at.fault);
        let risk = view::position_risk(&state.at(), &[OpenDispute { dispute: &dispute, fault: &fault }], &[]);
        let loss = risk.disputes.iter().flat_map(|risk| &risk.losses).map(|loss| loss.loss).sum();
        Ok([loss, view::holdings(&state.at()).value])
    }

    /// Asks to leave with half of a position. Returns when that matures.
    pub fn ask_with_half(&mut self, stake: Stake) -> Result<i64> {
        let state = self.position_state(stake)?;
        let leaving = view::leave(&state.at(), Some(state.position.shares / 2), &[], &view::Field::default());
        let position = self.position(stake);
        self.act(stake.who, ix::request_unbonding(&position, leaving.ticket_number, leaving.shares))?;
        Ok(leaving.matures_at_ts)
    }

    /// Takes the ticket behind the accused out while the claim is open: the claim's part stays behind.
    pub fn leave(&mut self, case: usize, who: Who) -> Result<Leaver> {
        let stake = Stake { who, behind: self.cases[case].accused };
        let state = self.position_state(stake)?;
        let Some(ticket) = state.tickets.first().filter(|_| state.tickets.len() == 1) else {
            return Err(Failure::Failed(format!("{who:?} has not one ticket")));
        };
        let worth = [view::holdings(&state.at()).tickets[0].value, state.provider.delegated.tokens];
        let paid = self.withdraw(stake, ticket.number)?;
        self.count_escrow();
        let held = self.position_state(stake)?.tickets.first().map_or(0, |ticket| ticket.held);
        Ok(Leaver { worth, paid, held })
    }

    /// Settles what was held back, once the claim has ended. Returns what it paid, what burned, and what that
    /// stake would have lost had it stayed.
    pub fn settle_held(&mut self, case: usize, who: Who, leaver: &Leaver) -> Result<[u64; 3]> {
        let stake = Stake { who, behind: self.cases[case].accused };
        let (state, position, number) = (self.position_state(stake)?, self.position(stake), self.dispute(case).claim);
        let claims: Vec<_> = self.scenario.claim_account(&position.provider.provider, number).into_iter().collect();
        let settlements = view::settlements(&state.at(), &claims);
        let Some(found) = settlements.first() else {
            return Err(Failure::Failed(format!("{who:?}'s ticket holds nothing")));
        };
        let to = self.person(who).actor.tokens;
        self.dispute_act(who, ix::settle_ticket(&position, found.number, &found.claims, to))?;
        self.flow(who).withdrawn += found.paid;
        let member = self.member_mut(stake.behind);
        member.withdrawn += found.paid;
        member.slashed += found.burned;
        self.tally.burned += found.burned;
        // Had it stayed, it would have lost its part of what the whole pool lost.
        let [worth, pool] = leaver.worth;
        let whole = self.cases[case].flows.slashed[1] + found.burned;
        Ok([found.paid, found.burned, mul_div_ceil(whole, worth, pool).unwrap_or(u64::MAX)])
    }
}
