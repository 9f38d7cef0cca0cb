//! The reference: what every operation must do, from the rules alone, in exact arithmetic. It uses none of
//! the crates' formulas: only the parameters, which are data, are theirs.

mod answers;
mod appeals;
mod ballot;
mod ballots;
mod bonds;
mod books;
mod claim;
mod claims;
mod court;
mod dispute;
mod draws;
mod fault;
mod faults;
mod job;
mod jurors;
mod jury;
mod loss;
mod num;
mod openings;
mod owners;
mod pool;
mod pools;
mod provider;
mod refuse;
mod seats;
mod slash;
mod standing;
mod time;
mod verdict;

pub use {
    ballot::{BallotState, Seed},
    books::{Model, Money},
    claim::ENTRIES,
    court::{Outcome, Phase},
    dispute::Dispute,
    jury::Juror,
    owners::{JUDGES, STANDS_BEHIND},
    pool::{Kind, Ticket},
    provider::{Proposal, Provider, Rewards, Vesting},
    refuse::Verdict,
    seats::UNDECIDED_REFUND,
    time::Time,
};

use {
    crate::op::{OWN, Op, Standing},
    pool::Position,
    refuse::require,
};

/// What the model cannot know, from the chain as it is after an operation.
pub trait Seen {
    /// What burned of a ticket's held part.
    fn burned(&self) -> u64;
    /// The hash that draws for a jury of a dispute, by number of the draw.
    fn draw_hash(&self, dispute: usize, jury: usize, draw: u8) -> [u8; 32];
}

impl Model {
    /// A provider begins with a stake of its own.
    pub fn begin_provider(&mut self, number: usize, stake: u64) {
        let pool = self.pool_mut(number, Kind::Own);
        (pool.tokens, pool.shares) = (stake, stake);
        self.positions.insert((number, OWN), Position { shares: stake, ..Position::default() });
    }

    /// An instruction that other histories predict has moved tokens: which it may.
    pub fn observe(&mut self, op: &Op, found: &Money) {
        match *op {
            Op::ClaimRewards { at } => {
                let who = self.holder(at);
                let money = &mut self.money;
                let paid = found.wallets[who] - money.wallets[who];
                money.wallets[who] += paid;
                money.rewards -= paid;
            }
            // Emission is minted, and the burned part of fees burns.
            Op::Finalize { .. } => (self.money.rewards, self.money.supply) = (found.rewards, found.supply),
            _ => {}
        }
    }

    /// A provider closes once nothing hangs on it.
    pub fn close_provider(&mut self, number: usize) -> Verdict {
        let known = &mut self.providers[number];
        require(known.exists && known.standing == Standing::Retiring, "it has not retired")?;
        let empty = known.pools.iter().all(|pool| pool.shares == 0 && pool.tokens == 0);
        require(empty && known.held == 0 && known.open_seats == 0, "it holds something")?;
        require(known.open_disputes == 0 && known.places.iter().all(Option::is_none), "it is disputed")?;
        require(known.debt == 0 && known.counter_bond == 0, "it owes something")?;
        known.exists = false;
        Ok(())
    }

    /// Time passes: epochs begin, with the stake of that moment.
    pub fn pass(&mut self, secs: i64, slots: u64) {
        for epoch in self.time.pass(secs, slots) {
            for provider in &mut self.providers {
                let stake = [0, 1].map(|kind| provider.pools[kind].tokens);
                provider.records.insert(epoch, stake);
                provider.records.retain(|kept, _| kept + 8 > epoch);
            }
        }
    }

    /// Does an instruction, or says why it is refused; refused, the model is not to be used any more.
    pub fn act(&mut self, op: &Op, seen: &impl Seen) -> Verdict {
        match *op {
            Op::StakeSelf { provider, amount } => self.stake_self(provider, amount),
            Op::Delegate { at, amount } => self.delegate(at, amount),
            Op::Request { at, shares } => self.request(at, shares),
            Op::Cancel { at, ticket } => self.cancel(at, ticket),
            Op::Withdraw { at, ticket } => self.withdraw(at, ticket),
            Op::SettleTicket { at, ticket, places } => self.settle_ticket(at, ticket, places, seen.burned()),
            Op::ClaimOwn { provider } => self.claim_own(provider),
            Op::Retire { provider } => self.retire(provider),
            Op::ProposeOwner { provider, to } => self.propose_owner(provider, to),
            Op::AcceptOwner { provider, by, agreed } => self.accept_owner(provider, by, &agreed),
            Op::Unjail { provider } => self.unjail(provider),
            Op::Forgive { provider, amount } => self.forgive(provider, amount),
            Op::ClaimCounterBond { provider } => self.claim_counter_bond(provider),
            Op::Approve { seat } => self.settle_seat(seat, true),
            Op::SettleSeat { seat } => self.settle_seat(seat, false),
            Op::CloseJob { seat } => self.close_job(seat),
            Op::JoinJury { who, amount } => self.join_jury(who, amount),
            Op::Sync { who, leaf } => self.sync(who, leaf),
            Op::LeaveJury { who } => self.leave_jury(who),
            Op::ClaimJurorPay { who } => self.claim_juror_pay(who),
            Op::RefreshNote => self.refresh_note(),
            Op::RecordOutage => self.record_outage(),
            _ => self.act_in_dispute(op, seen),
        }
    }

    fn act_in_dispute(&mut self, op: &Op, seen: &impl Seen) -> Verdict {
        match *op {
            Op::Commit { who, target, severity, deposit } => {
                let number = self.numbers[0];
                self.numbers[0] += 1;
                self.commit(number, who, target, severity, deposit)
            }
            Op::Lapse { opening } => self.lapse(opening),
            Op::Use { opening } => {
                let opens = self.use_opening(opening, self.numbers[1])?;
                self.numbers[1] += usize::from(opens);
                Ok(())
            }
            Op::Answer { dispute, who, bond } => self.answer(dispute, who, bond),
            Op::Concede { dispute, place } => self.concede(dispute, place),
            Op::Advance { dispute } => self.advance(dispute),
            Op::Call { dispute } => self.call(dispute, |jury, draw| seen.draw_hash(dispute, jury, draw)),
            Op::DrawJuror { dispute } => self.draw_juror(dispute),
            Op::Exclude { dispute, jury, index } => self.exclude(dispute, (jury, index)),
            Op::Vote { dispute, jury, index, vote } => self.vote(dispute, (jury, index), vote),
            Op::Reveal { dispute, jury, index, vote } => self.reveal(dispute, (jury, index), vote),
            Op::Fund { dispute, who, side, amount } => self.fund(dispute, who, side.into(), amount),
            Op::Rule { dispute, severity } => self.rule(dispute, severity),
            Op::Veto { dispute, keep_bps } => self.veto(dispute, keep_bps.into()),
            Op::Execute { dispute } => self.execute(dispute),
            Op::Distribute { dispute } => self.distribute(dispute),
            Op::SettleBallot { dispute, jury, index } => self.settle_ballot(dispute, (jury, index)),
            Op::ClaimCredit { dispute, place } => self.claim_credit(dispute, place),
            Op::ClaimAppeal { dispute, who, side } => self.claim_appeal(dispute, who, side.into()),
            Op::CloseDispute { dispute } => self.close_dispute(dispute),
            Op::CloseClaim { provider, number } => self.close_claim(provider, number),
            Op::CloseFault { provider, epoch } => self.close_fault(provider, epoch),
            ref given => unreachable!("{given:?} is not predicted"),
        }
    }

    fn refresh_note(&mut self) -> Verdict {
        require(self.time.gained() == 0, "the clock has gained")?;
        self.time.noted = (self.time.slot, self.time.now);
        Ok(())
    }

    fn record_outage(&mut self) -> Verdict {
        require(self.time.recordable() > 0, "there is nothing to record")?;
        self.time.cross();
        Ok(())
    }

    /// Somebody pays for an appeal, or to defend the verdict.
    fn fund(&mut self, number: usize, who: usize, side: usize, amount: u64) -> Verdict {
        let work = self.time.cross();
        require(self.disputes.contains_key(&number), "no such dispute")?;
        self.walk(number, work);
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let (taken, index) = dispute.court.fund(side, amount, work)?;
        dispute.contributions.entry((who, side)).or_default()[index] += taken;
        self.money.pay_in(who, taken)?;
        self.money.escrow += taken;
        Ok(())
    }

    /// The arbiter rules.
    fn rule(&mut self, number: usize, severity: u8) -> Verdict {
        let work = self.time.cross();
        require(self.disputes.contains_key(&number), "no such dispute")?;
        self.walk(number, work);
        let most = self.rules.disputes.arbiter_severity;
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let (alone, provider) = (dispute.court.rule(severity, most, work)?, dispute.provider);
        if alone { self.note_ruling(provider) } else { Ok(()) }
    }
}
