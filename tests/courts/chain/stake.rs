//! The instructions of owners, of holders of stake, of clients, and of jurors about their locks.

use {
    super::Chain,
    crate::op::{Agreed, Op, Standing, Who},
    work_token_sdk::{
        Instruction,
        args::AcceptOwnerArgs,
        ix,
        state::{ProviderState, Unbonding},
    },
};

impl Chain {
    /// Everything but what is agreed is the new owner's own.
    pub(super) fn accept_owner(&self, provider: usize, by: Who, agreed: &Agreed) -> Instruction {
        let owner = &self.people[by];
        // Whether it has a place the model does not know.
        let has_place = self.provider(provider).is_some_and(|found| found.state == ProviderState::Active as u8);
        let state = match agreed.standing {
            Standing::Free if has_place => ProviderState::Active,
            Standing::Free => ProviderState::Candidate,
            Standing::Jailed => ProviderState::Jailed,
            Standing::Retiring => ProviderState::Retiring,
            Standing::Expelled => ProviderState::Tombstoned,
        };
        let args = AcceptOwnerArgs {
            operator: self.world.scenario.operator_of(owner).address(),
            reward_destination: owner.tokens,
            min_own_staked: agreed.staked,
            max_liabilities: agreed.liabilities,
            max_quota: 0,
            max_open_seats: agreed.seats,
            state: state as u8,
        };
        ix::accept_owner(&self.owned(provider), owner.address(), false, &args)
    }

    /// What holders of stake, clients, and jurors about their locks do.
    pub(super) fn of_stake(&self, op: &Op) -> Option<Instruction> {
        let tokens = |who: Who| self.people[who].tokens;
        Some(match *op {
            Op::StakeSelf { provider, amount } => {
                ix::stake_self(&self.owned(provider), tokens(self.owner(provider)), amount)
            }
            Op::JoinJury { who, amount } => {
                ix::join_jury(&self.jurors[who], ix::JoinJury { from: tokens(who), amount })
            }
            Op::Sync { who, leaf } => ix::sync_juror(&self.jurors[who], self.tree, leaf, None),
            Op::LeaveJury { who } => ix::leave_jury(&self.jurors[who], self.tree, tokens(who)),
            Op::ClaimJurorPay { who } => ix::claim_juror_pay(&self.jurors[who], tokens(who)),
            Op::Approve { seat } | Op::SettleSeat { seat } | Op::CloseJob { seat } => return self.of_seat(op, seat),
            _ => return self.of_position(op),
        })
    }

    fn of_position(&self, op: &Op) -> Option<Instruction> {
        let (Op::Delegate { at, .. }
        | Op::Request { at, .. }
        | Op::Cancel { at, .. }
        | Op::Withdraw { at, .. }
        | Op::SettleTicket { at, .. }
        | Op::ClaimRewards { at }
        | Op::ClosePosition { at }) = *op
        else {
            return None;
        };
        let (position, holder) = self.position(at);
        let tokens = self.people[holder].tokens;
        Some(match *op {
            Op::Delegate { amount, .. } => {
                let input = ix::Delegate { from: tokens, amount, min_shares_out: 0, max_open_claims: u64::MAX };
                ix::delegate(&position, input)
            }
            Op::Request { shares, .. } => self.world.scenario.request_ix(&position, shares).0,
            Op::Cancel { ticket, .. } => ix::cancel_unbonding(&position, ticket),
            Op::Withdraw { ticket, .. } => ix::withdraw_unbonded(&position, ticket, tokens),
            Op::SettleTicket { ticket, places, .. } => {
                let listed = self.world.scenario.find::<Unbonding>(&position.ticket(ticket).0);
                let listed = listed.map(|ticket| ticket.claims).into_iter().flatten().enumerate();
                let named = listed.filter(|(place, _)| places & 1 << place != 0);
                let numbers: Vec<u32> = named.map(|(_, claim)| claim.number).collect();
                ix::settle_ticket(&position, ticket, &numbers, tokens)
            }
            Op::ClaimRewards { .. } => ix::claim_rewards(&position, tokens),
            _ => ix::close_delegation(&position, self.people[holder].address()),
        })
    }

    fn of_seat(&self, op: &Op, number: usize) -> Option<Instruction> {
        let seat = self.seats.get(number)?;
        let (job, state) = (self.job(number)?, self.seat(number)?);
        let keeper = self.world.scenario.keeper.address();
        Some(match op {
            Op::Approve { .. } => ix::approve_result(seat, state.provider, job.refund_account),
            Op::SettleSeat { .. } => ix::settle_job(seat, keeper, state.provider, job.refund_account),
            _ => ix::close_job(&seat.job, keeper, &[seat.assignment]),
        })
    }
}
