//! What may refuse an exit: the position itself, and nothing else. No pause, no crank, no dispute, no
//! parameter, no retirement.

use {
    super::{
        books::{Model, kind_of},
        exact::value,
    },
    crate::{op::*, system::*},
    work_token_sdk::WorkTokenError as E,
};

impl Model {
    /// A refusal must have its reason; an exit's must be one of the few.
    pub(super) fn assert_refusal(&self, op: &Op, error: E, state: &State) {
        let right = match op {
            Op::Request { at, shares } => self.refuses_request(*at, *shares, error, state),
            Op::Withdraw { at, ticket } => match (error, state.tickets.get(&(*at, *ticket))) {
                (E::WrongAccountOwner, ticket) => ticket.is_none(),
                (E::NotMatured, Some(ticket)) => state.now < ticket.matures_at_ts,
                (E::NothingToWithdraw, Some(ticket)) => ticket.shares == 0 && ticket.held > 0,
                _ => false,
            },
            Op::Claim { at } => match (error, state.positions.get(at)) {
                (E::WrongAccountOwner, position) => position.is_none(),
                (E::NothingToClaim, Some(position)) => {
                    let (mut provider, mut position) = (*state.provider(at.0), *position);
                    provider.touch(&state.network, &state.network.terms(state.now));
                    provider.harvest(&mut position);
                    position.credited == 0
                }
                _ => false,
            },
            Op::ClaimOwn { provider } => self.refuses_own_claim(*provider, error, state),
            Op::StakeSelf { provider, .. } => match error {
                E::WrongAccountOwner => !state.positions.contains_key(&(*provider, OWNER)),
                E::ProviderRetiring => state.provider(*provider).is_leaving(),
                E::PoolSlashedTooDeep => state.positions[&(*provider, OWNER)].live_tickets > 0,
                E::ZeroAmount | E::InsufficientFunds | E::BelowMinimumSelfStake | E::PoolTooLarge => true,
                _ => false,
            },
            Op::Delegate { at, .. } => match error {
                E::Paused => state.now < state.network.paused_until_ts,
                E::ProviderRetiring => state.provider(at.0).is_leaving(),
                E::OpenClaims => state.provider(at.0).reservations.iter().any(|claim| claim.delegated > 0),
                E::PoolSlashedTooDeep => {
                    state.provider(at.0).delegated.shares > 16 * state.provider(at.0).delegated.tokens
                }
                E::WrongAccountOwner => state.providers[at.0].is_none(),
                E::OwnerCannotDelegate => state.holder(*at) == state.owner(at.0),
                E::BelowMinimumDelegation | E::InsufficientFunds | E::PoolTooLarge => true,
                _ => false,
            },
            Op::Transfer { from, to, shares } => self.refuses_transfer(*from, *to, *shares, error, state),
            Op::SetDirect { at, on, by_stranger } => super::voices::refuses(*at, (*on, *by_stranger), error, state),
            op if op.is_of_owners() => self.refuses_owners(op, error, state),
            op => {
                assert!(!op.is_exit() && !op.is_given(), "{op:?} was refused: {}", error.name());
                !matches!(error, E::ArithmeticOverflow)
            }
        };
        assert!(right, "{op:?} was refused for no good reason: {}", error.name());
    }

    fn refuses_request(&self, at: At, shares: u64, error: E, state: &State) -> bool {
        let Some(position) = state.positions.get(&at) else { return error == E::WrongAccountOwner };
        let pool = state.provider(at.0).pool(kind_of(at));
        let has = if position.generation == pool.generation { position.total_shares().0 } else { 0 };
        let params = &state.network.params;
        let minimum = if at.1 == OWNER { params.minimum_self_stake } else { params.minimum_delegation };
        match error {
            E::ZeroAmount => shares == 0,
            E::InsufficientShares => shares > has,
            E::RestBelowMinimum => shares < has && value(pool, has - shares) < minimum,
            _ => false,
        }
    }
}
