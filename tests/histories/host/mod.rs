//! The program without a chain: its handlers' order of steps around the interface's state methods.

use {
    crate::{op::*, system::*},
    bytemuck::Zeroable,
    work_token_sdk::{
        WorkTokenError as E,
        math::{Epoch, EpochClock},
        state::{Network, PoolKind, Provider, ProviderState, provider::NEVER},
    },
};

/// A network held in memory.
#[derive(Clone)]
pub struct Host {
    pub state: State,
}

impl Host {
    pub fn new() -> Self {
        let params = params();
        let network = Network {
            params,
            params_version: 1,
            clock_anchor_ts: START,
            epoch_secs: params.epoch_secs,
            ..Network::zeroed()
        };
        let mut state = State {
            now: START,
            network,
            providers: [None; PROVIDERS],
            positions: Default::default(),
            tickets: Default::default(),
            epochs: Default::default(),
            balances: Balances { owners: [WALLET; PROVIDERS], holders: [WALLET; HOLDERS], ..Balances::default() },
        };
        state.network.set_clock(EpochClock::starting(START, Epoch(0), params.epoch_secs));
        state.balances.supply = state.balances.sum();
        for provider in 0..PROVIDERS {
            let mut new = Provider {
                state: ProviderState::Active as u8,
                commission_bps: commission_of(provider),
                ..Provider::zeroed()
            };
            new.reputation.score_ppm = 1_000_000;
            new.begin(&network, Epoch(0));
            new.place.from_epoch = 1;
            new.place.until_epoch = NEVER;
            let mut own = positions::opened(&mut new, PoolKind::Own).expect("few positions");
            own.emptied_at_ts = START;
            state.providers[provider] = Some(new);
            state.positions.insert((provider, OWNER), own);
        }
        Self { state }
    }
}

/// The commission that a provider registers with.
pub fn commission_of(provider: usize) -> u16 {
    [0, 1_000, 5_000][provider % 3]
}

impl System for Host {
    fn state(&self) -> State {
        self.state.clone()
    }

    fn act(&mut self, op: &Op) -> Result<(), E> {
        let before = self.state.clone();
        let result = self.state.act(op);
        if result.is_err() {
            self.state = before;
        }
        result
    }
}

impl State {
    fn act(&mut self, op: &Op) -> Result<(), E> {
        match op {
            Op::StakeSelf { provider, amount } => self.stake_self(*provider, *amount),
            Op::Delegate { at, amount } => self.delegate(*at, *amount),
            Op::Request { at, shares } => self.request(*at, *shares),
            Op::Cancel { at, ticket } => self.cancel(*at, *ticket),
            Op::Withdraw { at, ticket } => self.withdraw(*at, *ticket),
            Op::Claim { at } => self.claim(*at),
            Op::Restake { at } => self.restake(*at),
            Op::Transfer { from, to, shares } => self.transfer(*from, *to, *shares),
            Op::SetAutoRestake { at, on } => self.set_auto_restake(*at, *on),
            Op::RestakeFor { at } => self.restake_for(*at),
            Op::SetDirect { at, on, by_stranger } => self.set_direct(*at, *on, *by_stranger),
            Op::ClaimOwn { provider } => self.claim_own(*provider),
            Op::Announce { provider, bps } => self.announce(*provider, *bps),
            Op::Retire { provider } => self.retire(*provider),
            Op::Touch { provider } => self.touched(*provider).map(drop),
            Op::CloseDelegation { at } => self.close_delegation(*at, true),
            Op::CloseDelegationByStranger { at } => self.close_delegation(*at, false),
            Op::CloseProvider { provider } => self.close_provider(*provider),
            Op::Activate { at } => self.activate(*at),
            Op::SweepSurplus { provider } => self.sweep_surplus(*provider),
            Op::Open { epoch } => self.open(*epoch),
            Op::Weigh { epoch, providers } => self.weigh(*epoch, providers),
            Op::Finalize { epoch } => self.finalize(*epoch),
            Op::Settle { epoch, providers } => self.settle(*epoch, providers),
            Op::Sweep { epoch } => self.sweep(*epoch),
            Op::CloseEpoch { epoch } => self.close_epoch(*epoch),
            Op::Pause { secs } => self.network.pause(self.now, i64::from(*secs)),
            Op::Unpause => self.network.unpause(self.now),
            given => {
                self.give(given);
                Ok(())
            }
        }
    }
}

mod cranks;
mod positions;
