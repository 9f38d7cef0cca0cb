//! The program without a chain: its handlers' order of steps around the interface's state methods.

use {
    crate::{op::*, system::*},
    bytemuck::Zeroable,
    work_token_sdk::{
        Pubkey, WorkTokenError as E,
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
            handovers: [None; PROVIDERS],
            beneficiaries: [None; PROVIDERS],
            balances: Balances { people: [[WALLET, 0]; PEOPLE], ..Balances::default() },
            people: People {
                keys: std::array::from_fn(|person| key(PERSON, person)),
                accounts: std::array::from_fn(|person| [key(USUAL, person), key(OTHER, person)]),
                frozen: [false; PEOPLE],
            },
        };
        state.network.set_clock(EpochClock::starting(START, Epoch(0), params.epoch_secs));
        state.balances.supply = state.balances.sum();
        for provider in 0..PROVIDERS {
            let mut new = Provider {
                state: ProviderState::Active as u8,
                commission_bps: commission_of(provider),
                owner: state.people.keys[provider],
                operator: key(OPERATOR, provider),
                reward_destination: state.people.accounts[provider][0],
                stake_vault: key(VAULT, provider),
                ..Provider::zeroed()
            };
            let new_owner = new.owner;
            new.reputation.score_ppm = 1_000_000;
            new.begin(&network, Epoch(0));
            new.place.from_epoch = 1;
            new.place.until_epoch = NEVER;
            let mut own = positions::opened(&mut new, PoolKind::Own, &new_owner).expect("few positions");
            own.emptied_at_ts = START;
            state.providers[provider] = Some(new);
            state.positions.insert((provider, OWNER), own);
        }
        Self { state }
    }
}

/// What a key is of.
const PERSON: u8 = 1;
const USUAL: u8 = 2;
const OTHER: u8 = 3;
const OPERATOR: u8 = 4;
const VAULT: u8 = 5;
const PROVIDER: u8 = 6;
/// Somebody of no part in the history.
const STRANGER: Pubkey = Pubkey::new_from_array([255; 32]);

/// Some key that is nothing else's.
fn key(of: u8, number: usize) -> Pubkey {
    let number = u8::try_from(number).expect("a few people");
    Pubkey::new_from_array(std::array::from_fn(|place| if place == 0 { of } else { number + 1 }))
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
            of_owner => match self.of_owner(of_owner) {
                Some(result) => result,
                None => {
                    self.give(of_owner);
                    Ok(())
                }
            },
        }
    }
}

mod cranks;
mod owners;
mod positions;
