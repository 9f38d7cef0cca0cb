//! What holds in every state, whatever led to it.

use {
    super::books::kind_of,
    crate::{op::*, system::*},
    work_token_sdk::state::PoolKind,
};

pub fn assert_invariants(state: &State) {
    for (number, provider) in state.providers.iter().enumerate() {
        let Some(provider) = provider else {
            assert!(!state.positions.keys().any(|at| at.0 == number), "a closed provider has no positions");
            continue;
        };
        for kind in [PoolKind::Own, PoolKind::Delegated] {
            let pool = provider.pool(kind);
            let of_kind = |at: &At| at.0 == number && kind_of(*at) == kind;
            let positions =
                state.positions.iter().filter(|(at, position)| of_kind(at) && position.generation == pool.generation);
            let held: u64 = positions.map(|(_, position)| position.total_shares().0).sum();
            let tickets =
                state.tickets.iter().filter(|((at, _), ticket)| of_kind(at) && ticket.generation == pool.generation);
            let leaving: u64 = tickets.map(|(_, ticket)| ticket.shares).sum();
            assert_eq!(
                (pool.shares, pool.unbonding_shares),
                (held + leaving, leaving),
                "shares of provider {number}, {kind:?}"
            );
            assert!(pool.tokens <= pool.shares, "a share never costs more than a token");
            assert_eq!(pool.tokens == 0, pool.shares == 0, "no share without a token, no token without a share");
        }
        let own = state.positions.get(&(number, OWNER));
        assert!(own.is_none_or(|own| own.delegator == provider.owner), "the own position is its owner's");
        assert!(provider.operator != provider.owner);
        let direct = state.positions.iter().filter(|(at, position)| {
            at.0 == number && position.is_direct() && position.generation == provider.delegated.generation
        });
        let direct: u64 = direct.map(|(_, position)| position.total_shares().0).sum();
        assert_eq!(provider.direct_shares, direct, "shares behind provider {number} that vote themselves");
        let held: u64 = state.tickets.iter().filter(|((at, _), _)| at.0 == number).map(|(_, ticket)| ticket.held).sum();
        assert_eq!(provider.held, held, "what tickets hold back at provider {number}");
        let live = state.positions.keys().filter(|at| at.0 == number).count();
        assert_eq!(provider.live_positions as usize, live, "positions of provider {number}");
        assert!(provider.commission_bps <= 5_000);
    }
    for (at, position) in &state.positions {
        let tickets = || state.tickets.range((*at, 0)..=(*at, u32::MAX));
        let live = tickets().filter(|(_, ticket)| ticket.shares > 0).count();
        let held = tickets().filter(|(_, ticket)| ticket.is_held()).count();
        assert_eq!((position.live_tickets as usize, position.held_tickets as usize), (live, held), "tickets of {at:?}");
        assert!(live <= 8);
        assert!(position.emptied_at_ts == 0 || position.is_empty(), "{at:?} is not empty");
        assert_eq!(position.pool_kind(), kind_of(*at));
    }
    for (at, _) in state.tickets.keys() {
        assert!(state.positions.contains_key(at), "a ticket without its position");
    }
    for pool in state.epochs.values() {
        assert!(pool.distributed <= pool.emission && pool.settled_weight <= pool.total_weight);
        assert!(pool.keeper_paid <= pool.keeper_cap);
    }
}
