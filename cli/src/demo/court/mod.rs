//! The third chapter, in the network of the second: three results are contested, each committed to and then
//! opened. One dispute is dismissed by three jurors, upheld by seven and confirmed by the arbiter, and its
//! slash is executed in installments; one is dismissed for good; in one somebody raises an honest claim and
//! pays for it alone, while a delegator leaves through it. Keepers bring all of them further; what each step
//! must move is foretold by the program's own books.

mod actions;
mod cast;
mod claims;
mod cranks;
mod report;
mod stage;
mod tickets;

pub use {
    report::{data, plain},
    stage::Case,
};

use {
    super::{
        books::Line,
        market::{self, Market},
    },
    crate::failure::Result,
    stage::{ANSWERS, CONTESTS, Court, Leaver, REGRETS},
    work_token_localnet::TOKEN,
    work_token_sdk::{
        math::{
            Epoch,
            dispute::{Outcome, Side},
        },
        state::Dispute,
    },
};

/// How the chapter ended.
pub struct Verdicts {
    /// The disputes as they stand, with what they moved.
    pub cases: Vec<(Case, Dispute)>,
    /// What the delegator lost. Base units.
    pub loss: u64,
    /// Transactions after which escrow was counted.
    pub steps: u64,
    /// The books of the whole network at the end.
    pub lines: Vec<Line>,
}

/// Plays the chapter.
pub fn play(market: &mut Market) -> Result<Verdicts> {
    let positions = market.workers.iter().map(|_| None).collect();
    let leaver = Leaver::default();
    let mut court =
        Court { market, cases: Vec::new(), positions, loss: [0; 2], leaver, escrow_is_exact: true, steps: 0 };
    court.assemble()?;
    court.upheld_on_appeal()?;
    court.asks_to_leave()?;
    court.lapses()?;
    court.dismissed()?;
    court.raised_by_another()?;
    court.conclude()
}

impl Court<'_, '_> {
    fn note(&self, text: &str) {
        (self.market.note)(self.market.scenario.epoch(), text);
    }

    fn accused(&self, case: usize) -> &'static str {
        self.market.workers[self.cases[case].worker].name
    }

    /// Three jurors find nothing, the challenger pays for seven, they find a fault, and the arbiter confirms
    /// it.
    fn upheld_on_appeal(&mut self) -> Result<()> {
        let case = self.contest("the first dispute", CONTESTS, 3)?;
        self.answer(case)?;
        let accused = self.accused(case);
        self.note(&format!(
            "Vera commits to contesting a result of {accused}, then opens it; Wade answers for {accused} with as much \
             as her claim required"
        ));
        self.judge(case, 0)?;
        self.fund(case)?;
        self.note("three jurors find nothing; Vera pays for an appeal");
        self.pass_phase(case)?;
        self.judge(case, 3)?;
        self.note("seven jurors find a fault of severity 3, and nobody pays for another appeal");
        self.pass_phase(case)?;
        let waits = self.dispute(case).outcome() == Outcome::Pending;
        self.rule_and_foresee(case, 3)?;
        self.note(&format!("the tree of jurors is young: the arbiter confirms it; {accused} is jailed"));
        self.market.promise("what juries of a young tree find above severity 2 waits for the arbiter's word", waits);
        self.execute(case)?;
        self.count_loss(case)?;
        self.note("after two days for a veto the slash is executed in installments, one an epoch");
        self.claim_everything(case)?;
        let dispute = self.dispute(case);
        let first = dispute.machine.get().juries[0].verdict();
        let kept = first == 0 && dispute.outcome() == Outcome::Upheld && dispute.machine.verdict == 3;
        self.market.promise("an appeal asks more jurors, and what they find counts", kept);
        let flows = self.cases[case].flows;
        self.market.promise(
            "a slash comes in installments, and touches both pools",
            flows.installments >= 4 && flows.slashed.iter().all(|amount| *amount > 0),
        );
        let own = u128::from(flows.slashed[0] + flows.confiscated) * u128::from(dispute.stake.delegated_base);
        let delegated = u128::from(flows.slashed[1]) * u128::from(dispute.stake.own_base);
        self.market.promise(
            "of each token of stake the owner loses more than a delegator, rewards that burn included",
            own > delegated,
        );
        let exact = self.loss[0] == self.loss[1] && self.loss[0] > 0;
        self.market.promise("a delegator loses what its view foretold, to the unit", exact);
        let paid = flows.challengers[0] > flows.bonds[0] && flows.client > 0 && flows.jurors > 0;
        self.market.promise("the challenger, the client and the jurors who found the fault are paid", paid);
        let returned = flows.surplus > 0 && flows.counter_bond[0] == flows.bonds[0];
        self.market
            .promise("what is deposited beyond the bond required returns, and no answer must match it", returned);
        Ok(())
    }

    /// Three jurors find nothing, and the challenger leaves it at that.
    fn dismissed(&mut self) -> Result<()> {
        let case = self.contest("the second dispute", REGRETS, 2)?;
        self.answer(case)?;
        self.note(&format!("Ugo contests a good result of {}; Wade answers", self.accused(case)));
        self.judge(case, 0)?;
        self.pass_phase(case)?;
        self.note("three jurors find nothing, and Ugo loses his bond");
        self.claim_everything(case)?;
        let (dispute, flows) = (self.dispute(case), self.cases[case].flows);
        let lost = dispute.outcome() == Outcome::Dismissed && flows.challengers[0] == 0;
        let halved = flows.provider.abs_diff(flows.bonds[0] / 2) <= 1;
        self.market
            .promise("who contests a good result loses the bond, half of it to the provider's side", lost && halved);
        Ok(())
    }

    /// Somebody raises an honest claim beyond what is found, and a delegator leaves before it is judged.
    fn raised_by_another(&mut self) -> Result<()> {
        self.wait_for_tickets()?;
        let case = self.contest("the third dispute", CONTESTS, 1)?;
        let foretold = self.view(case)?.cost_of(Outcome::Upheld, 1).map_or(0, |cost| {
            let vera = &cost.challengers[0];
            vera.paid + vera.reward
        });
        self.raise(case, REGRETS, 2)?;
        self.answer(case)?;
        self.note(&format!(
            "Vera contests a result of {} at severity 1; Ugo raises her claim to 2",
            self.accused(case)
        ));
        self.leave(case)?;
        self.note("Pia takes out what had matured; the claim keeps its part of it back");
        self.judge(case, 1)?;
        self.pass_phase(case)?;
        self.note("three jurors find severity 1: Vera is paid, and Ugo alone bears what he claimed beyond it");
        self.execute(case)?;
        self.settle_ticket(case)?;
        self.claim_everything(case)?;
        let flows = self.cases[case].flows;
        let unharmed = foretold > 0 && flows.challengers[0] >= foretold && flows.challengers[1] == 0;
        self.market.promise("whoever joins a challenger's side takes nothing from it", unharmed);
        Ok(())
    }

    fn conclude(self) -> Result<Verdicts> {
        let exact = self.escrow_is_exact && self.steps > 0;
        self.market.promise("after every step of a dispute escrow holds what its books say, to the unit", exact);
        let mut lines = market::audit(self.market, "court")?;
        for case in &self.cases {
            let (books, found) = (case.flows.paid_in(), case.flows.paid_out());
            let what = format!("court: {} paid out what was paid in", case.name);
            lines.push(Line { what, books, found, ok: books == found });
        }
        let (steps, loss) = (self.steps, self.loss[1]);
        let scenario = &self.market.scenario;
        let with_state = |case: Case| {
            let state = scenario.dispute_state(&case.at);
            (case, state)
        };
        Ok(Verdicts { cases: self.cases.into_iter().map(with_state).collect(), loss, steps, lines })
    }

    fn dispute(&self, case: usize) -> Dispute {
        self.market.scenario.dispute_state(&self.cases[case].at)
    }

    /// Lets epochs pass, one after the other, until a time.
    fn pass_until(&mut self, ts: i64) -> Result<()> {
        loop {
            let scenario = &self.market.scenario;
            let next = scenario.epoch() + 1;
            let starts_at_ts = scenario.network_state().clock().starts_at_ts(Epoch(next)).unwrap_or(i64::MAX);
            if ts < starts_at_ts {
                if scenario.chain.now() < ts {
                    scenario.chain.set_now(ts);
                }
                return Ok(());
            }
            self.market.epoch(next)?;
        }
    }

    /// Pays an appellant's whole part of an appeal against the first verdict.
    fn fund(&mut self, case: usize) -> Result<()> {
        let appeal = self.view(case)?.appeal.map_or(0, |appeal| appeal.fundable[Side::Challenger as usize]);
        self.fund_with(case, appeal)
    }

    /// Answers with what the counter-bond lacks.
    fn answer(&mut self, case: usize) -> Result<()> {
        let missing = self.view(case)?.answer.map_or(0, |answer| answer.missing);
        self.answer_with(case, ANSWERS, missing)
    }
}
