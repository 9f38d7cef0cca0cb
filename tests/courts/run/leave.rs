//! Everybody leaves: disputes end, stake and locks are paid, accounts close, and nothing stays behind but
//! named dust.

use {
    super::History,
    crate::{
        model::{BallotState, Model, Phase, Seen},
        op::{Op, PROVIDERS, Standing},
    },
    work_token_localnet::DAY,
    work_token_sdk::state::VaultKind,
};

/// Rounds after which every dispute has ended, however often the limit had no room.
const ROUNDS: usize = 80;

/// Sees nothing: what the model is asked for here does not depend on it.
struct Blind;

impl Seen for Blind {
    fn burned(&self) -> u64 {
        unreachable!("no ticket is settled")
    }

    fn draw_hash(&self, _: usize, _: usize, _: u8) -> [u8; 32] {
        unreachable!("no jury is drawn")
    }
}

impl History<'_> {
    /// Winds the history down.
    pub fn wind_down(&mut self) {
        self.end_disputes();
        self.leave_positions();
        self.leave_jury();
        self.claim_everything();
        self.close_everything();
        self.check_wholly();
        self.assert_only_dust();
    }

    /// Does what can be done of these, one after the other.
    fn tries(&mut self, ops: impl IntoIterator<Item = Op>) {
        for op in ops {
            if op.is_observed() || self.model.clone().act(&op, &Blind).is_ok() {
                self.step(vec![op]);
            }
        }
    }

    /// No voter and no party comes any more: every dispute ends all the same, and pays what it owes.
    fn end_disputes(&mut self) {
        for _ in 0..ROUNDS {
            let open: Vec<usize> = self.model.disputes.keys().copied().collect();
            for dispute in &open {
                self.tries([Op::Advance { dispute: *dispute }]);
                let (known, work) = (&self.model.disputes[dispute], self.model.time.work());
                if known.finished && !known.is_executed() && work >= known.slash_from {
                    self.tries([Op::Execute { dispute: *dispute }]);
                }
                self.tries([Op::Advance { dispute: *dispute }]);
            }
            if self.model.disputes.values().all(|dispute| dispute.ended) {
                break;
            }
            let next = self.model.disputes.values().filter(|dispute| dispute.court.phase != Phase::Decided);
            let work = self.model.time.work();
            let next = next.map(|dispute| dispute.court.until - work).min().unwrap_or(2 * self.model.time.anchor.1);
            self.step(vec![Op::Pass { secs: next.max(self.model.time.anchor.1) }]);
        }
        assert!(self.model.disputes.values().all(|dispute| dispute.ended), "every dispute ends by itself");
        self.step(vec![Op::Pass { secs: DAY }]);
        self.tries(self.model.openings.keys().map(|opening| Op::Lapse { opening: *opening }).collect::<Vec<_>>());
        let open: Vec<usize> = self.model.disputes.keys().copied().collect();
        for dispute in open {
            self.settle_dispute(dispute);
        }
    }

    fn settle_dispute(&mut self, dispute: usize) {
        let known = &self.model.disputes[&dispute];
        let mut ballots: Vec<_> = known.ballots.iter().collect();
        ballots.sort_by_key(|(_, ballot)| matches!(ballot.state, BallotState::Revealed(_)));
        let ballots = ballots.into_iter().map(|((jury, index), _)| (*jury, *index));
        let mut ops: Vec<Op> = ballots.map(|(jury, index)| Op::SettleBallot { dispute, jury, index }).collect();
        let paid = known.contributions.keys().copied();
        ops.extend(paid.map(|(who, side)| {
            let side = u8::try_from(side).expect("four sides");
            Op::ClaimAppeal { dispute, who, side }
        }));
        let layers = u8::try_from(known.layers.len()).expect("five at most");
        ops.extend((0..layers).chain([u8::MAX]).map(|place| Op::ClaimCredit { dispute, place }));
        ops.push(Op::Distribute { dispute });
        self.tries(ops);
    }

    fn leave_positions(&mut self) {
        let all: Vec<_> = self.model.positions.keys().copied().collect();
        for at in &all {
            if crate::random::has_shares(&self.model, *at) {
                let shares = self.model.positions[at].shares;
                assert!(self.step(vec![Op::Request { at: *at, shares }]), "everybody may leave altogether");
            }
        }
        self.step(vec![Op::Pass { secs: 40 * DAY }]);
        let tickets: Vec<_> = self.model.tickets.keys().copied().collect();
        for (at, ticket) in tickets {
            if self.model.tickets[&(at, ticket)].shares > 0 {
                assert!(self.step(vec![Op::Withdraw { at, ticket }]), "a mature ticket is paid");
            }
            while let Some(state) = self.model.tickets.get(&(at, ticket)) {
                let place = state.claims.iter().position(Option::is_some).expect("it is held for a claim");
                assert!(self.step(vec![Op::SettleTicket { at, ticket, places: 1 << place }]), "its claims are over");
            }
        }
    }

    fn leave_jury(&mut self) {
        let all: Vec<_> = self.model.jury.all.keys().copied().collect();
        for who in all {
            assert!(self.step(vec![Op::LeaveJury { who }]), "a juror without seats leaves after its term");
        }
    }

    fn claim_everything(&mut self) {
        let seats: Vec<_> = self.model.jobs.keys().copied().collect();
        self.tries(seats.iter().map(|seat| Op::SettleSeat { seat: *seat }));
        for provider in 0..PROVIDERS {
            self.tries([Op::Forgive { provider, amount: u64::MAX }, Op::ClaimCounterBond { provider }]);
            self.tries([Op::Retire { provider }]);
        }
        self.step(vec![Op::Pass { secs: 91 * self.model.time.anchor.1.max(DAY) }]);
        self.tries((0..PROVIDERS).map(|provider| Op::Touch { provider }));
        // What waited in records is shared once they have left the ring, and vests from then on.
        for _ in 0..2 {
            self.step(vec![Op::Pass { secs: 9 * self.model.time.anchor.1 }]);
            self.tries((0..PROVIDERS).flat_map(|provider| [Op::Touch { provider }, Op::ClaimOwn { provider }]));
        }
        let all: Vec<_> = self.model.positions.keys().copied().collect();
        self.tries(all.into_iter().flat_map(|at| [Op::ClaimRewards { at }, Op::ClosePosition { at }]));
    }

    fn close_everything(&mut self) {
        let seats: Vec<_> = self.model.jobs.keys().copied().collect();
        self.tries(seats.iter().map(|seat| Op::CloseJob { seat: *seat }));
        let disputes: Vec<_> = self.model.disputes.keys().copied().collect();
        self.tries(disputes.iter().map(|dispute| Op::CloseDispute { dispute: *dispute }));
        let faults: Vec<_> = self.model.faults.keys().copied().collect();
        self.tries(faults.into_iter().map(|(provider, epoch)| Op::CloseFault { provider, epoch }));
        self.tries((0..PROVIDERS).map(|provider| Op::CloseProvider { provider }));
        let claims: Vec<_> = self.model.claims.keys().copied().collect();
        self.tries(claims.into_iter().map(|(provider, number)| Op::CloseClaim { provider, number }));
        let now = self.model.time.epoch();
        let swept: Vec<u32> = (0..now).filter(|epoch| self.was_opened(*epoch)).collect();
        self.tries(swept.into_iter().map(|epoch| Op::Sweep { epoch }));
    }

    /// Whether an epoch's account exists.
    fn was_opened(&self, epoch: u32) -> bool {
        let key = work_token_sdk::addresses::epoch_pool(&self.chain.world.scenario.network.network, epoch);
        self.chain.world.exists(&key)
    }

    /// What stays: in the reward vault what nobody earned, and what waits to be burned with an epoch; in the
    /// insurance vault what is governance's; nothing anywhere else.
    fn assert_only_dust(&self) {
        let model: &Model = &self.model;
        assert_eq!(model.money.escrow, 0, "nothing stays in escrow");
        assert_eq!(model.money.stakes, [0; PROVIDERS], "nothing stays in a stake vault");
        assert!(model.disputes.is_empty(), "disputes close: {:?}", model.disputes.keys());
        assert!(model.faults.is_empty() && model.jobs.is_empty() && model.tickets.is_empty());
        let (mut waiting, network) = (0, self.chain.world.network());
        for (number, known) in model.providers.iter().enumerate() {
            let expelled = known.standing == Standing::Expelled;
            assert_eq!(known.exists, expelled, "provider {number} closes unless it was expelled: {known:?}");
            if let Some(provider) = self.chain.provider(number) {
                waiting += provider.work.burn_due + provider.work.treasury_due + provider.rewards.owed;
                waiting += provider.own_rewards().0;
            }
        }
        let expelled = |(number, _): &&(usize, u32)| model.providers[*number].exists;
        assert!(model.claims.keys().all(|key| expelled(&key)), "claims close after their providers");
        let epochs = self.chain.left_in_epochs();
        let named = network.carried + network.burn_due + network.treasury_due + waiting + epochs;
        assert_eq!(model.money.rewards, named, "the reward vault holds what nobody earned");
        assert_eq!(model.money.insurance, self.chain.world.vault(VaultKind::Insurance));
    }
}
