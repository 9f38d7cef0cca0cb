//! The program on the embedded chain.

mod owners;

use {
    crate::{host::commission_of, op::*, system::*},
    bytemuck::Zeroable,
    std::collections::BTreeSet,
    work_token_localnet::{Actor, Scenario, ScenarioOptions, delegate_ix},
    work_token_sdk::{
        Instruction, PositionAddresses, ProviderAddresses, Pubkey, WorkTokenError, addresses, ix,
        math::{Epoch, dispute::Kept},
        state::{KeptState, Provider, Reservation, VaultKind},
        transport::TransportError,
    },
};

/// A network on the embedded chain.
pub struct Chain {
    scenario: Scenario,
    owners: Vec<Actor>,
    holders: Vec<Actor>,
    people: People,
    /// Who owns each provider.
    owner: [Person; PROVIDERS],
    providers: Vec<ProviderAddresses>,
    positions: Vec<Vec<PositionAddresses>>,
    tickets: BTreeSet<(At, u32)>,
    epochs: BTreeSet<u32>,
}

impl Chain {
    pub fn new() -> Self {
        let scenario =
            Scenario::start(&ScenarioOptions { params: params(), now_ts: START, ..ScenarioOptions::default() });
        let scenario = scenario.expect("the embedded chain starts");
        let owners: Vec<_> = (0..PROVIDERS).map(|number| scenario.actor(&format!("owner {number}"), WALLET)).collect();
        let holders: Vec<_> = (0..HOLDERS).map(|number| scenario.actor(&format!("holder {number}"), WALLET)).collect();
        let register = |(number, owner)| {
            let provider = scenario.register(owner, commission_of(number), 0).expect("a provider registers");
            scenario.construct_place(&provider);
            provider
        };
        let providers: Vec<_> = owners.iter().enumerate().map(register).collect();
        let accounts = |actor: &Actor| {
            let other = scenario.actor(&format!("other tokens of {}", actor.address()), 0).tokens;
            scenario.chain.edit(&other, |data| data[32..64].copy_from_slice(actor.address().as_ref()));
            [actor.tokens, other]
        };
        let everyone: Vec<&Actor> = owners.iter().chain(&holders).collect();
        let people = People {
            keys: std::array::from_fn(|person| everyone[person].address()),
            accounts: std::array::from_fn(|person| accounts(everyone[person])),
            frozen: [false; PEOPLE],
        };
        let everybody = |provider: &ProviderAddresses| {
            let delegators = holders.iter().map(|holder| provider.position(holder.address()));
            delegators.chain([provider.own()]).collect()
        };
        let positions = providers.iter().map(everybody).collect();
        Self {
            positions,
            scenario,
            owners,
            holders,
            people,
            owner: std::array::from_fn(|person| person),
            providers,
            tickets: BTreeSet::new(),
            epochs: BTreeSet::new(),
        }
    }

    fn provider(&self, number: usize) -> ProviderAddresses {
        let owner = self.person(self.owner[number]).address();
        ProviderAddresses { owner, ..self.providers[number] }
    }

    fn position(&self, at: At) -> PositionAddresses {
        if at.1 == OWNER { self.provider(at.0).own() } else { self.positions[at.0][at.1] }
    }

    fn person(&self, person: Person) -> &Actor {
        self.owners.get(person).unwrap_or_else(|| &self.holders[person - PROVIDERS])
    }

    fn actor(&self, at: At) -> &Actor {
        self.person(if at.1 == OWNER { self.owner[at.0] } else { person(at.1) })
    }

    fn keys(&self, providers: &[usize]) -> Vec<Pubkey> {
        providers.iter().map(|number| self.providers[*number].provider).collect()
    }

    /// The instruction of an operation and who signs it: here those on stake and providers.
    fn instruction(&self, op: &Op) -> (Instruction, Vec<&Actor>) {
        let (network, keeper) = (&self.scenario.network, self.scenario.paid_keeper());
        let by = |at: At, instruction| (instruction, vec![self.actor(at)]);
        let crank = |instruction| (instruction, Vec::new());
        match op {
            Op::StakeSelf { provider, amount } => {
                let at = (*provider, OWNER);
                by(at, ix::stake_self(&self.provider(*provider), self.actor(at).tokens, *amount))
            }
            Op::Delegate { at, amount } => by(*at, delegate_ix(&self.position(*at), self.actor(*at).tokens, *amount)),
            Op::Request { at, shares } => by(*at, self.scenario.request_ix(&self.position(*at), *shares).0),
            Op::Cancel { at, ticket } => by(*at, ix::cancel_unbonding(&self.position(*at), *ticket)),
            Op::Withdraw { at, ticket } => {
                by(*at, ix::withdraw_unbonded(&self.position(*at), *ticket, self.actor(*at).tokens))
            }
            Op::Claim { at } => by(*at, ix::claim_rewards(&self.position(*at), self.actor(*at).tokens)),
            Op::Restake { at } => by(*at, ix::restake(&self.position(*at), 0)),
            Op::Transfer { from, to, shares } => {
                let (receiver, input) = (
                    self.actor((from.0, *to)),
                    ix::TransferShares { shares: *shares, min_value: 0, max_open_claims: 0 },
                );
                let transfer = ix::transfer_shares(&self.position(*from), receiver.address(), input);
                (transfer, vec![self.actor(*from), receiver])
            }
            Op::SetAutoRestake { at, on } => by(*at, ix::set_auto_restake(&self.position(*at), on.then_some(0))),
            Op::RestakeFor { at } => crank(ix::restake_for(&self.position(*at), keeper)),
            Op::SetDirect { at, on, by_stranger: true } => {
                crank(ix::set_direct(&self.position(*at), keeper.keeper, *on))
            }
            Op::SetDirect { at, on, by_stranger: false } => {
                by(*at, ix::set_direct(&self.position(*at), self.actor(*at).address(), *on))
            }
            Op::Announce { provider, bps } => {
                by((*provider, OWNER), ix::announce_commission(&self.provider(*provider), *bps))
            }
            Op::Retire { provider } => by((*provider, OWNER), ix::retire(&self.provider(*provider))),
            Op::Touch { provider } => crank(ix::touch_provider(&network.network, self.providers[*provider].provider)),
            Op::CloseDelegation { at } => by(*at, ix::close_delegation(&self.position(*at), self.actor(*at).address())),
            Op::CloseDelegationByStranger { at } => crank(ix::close_delegation(&self.position(*at), keeper.keeper)),
            Op::Activate { at } => crank(ix::activate_delegation(&self.position(*at), keeper)),
            Op::SweepSurplus { provider } => crank(ix::sweep_surplus(&self.provider(*provider))),
            other => self.owners_instruction(other).unwrap_or_else(|| self.networks_instruction(other)),
        }
    }

    /// The instruction of an operation on an epoch or on the network, and who signs it.
    fn networks_instruction(&self, op: &Op) -> (Instruction, Vec<&Actor>) {
        let (network, keeper) = (&self.scenario.network, self.scenario.paid_keeper());
        let by_admin = |instruction| (instruction, vec![&self.scenario.admin]);
        let crank = |instruction| (instruction, Vec::new());
        match op {
            Op::Open { epoch } => crank(ix::open_epoch(&network.network, keeper.keeper, *epoch)),
            Op::Weigh { epoch, providers } => {
                crank(ix::weigh_providers(network, *epoch, keeper, None, &self.keys(providers)))
            }
            Op::Finalize { epoch } => crank(ix::finalize_epoch(network, *epoch, keeper)),
            Op::Settle { epoch, providers } => {
                crank(ix::settle_providers(network, *epoch, keeper, &self.keys(providers)))
            }
            Op::Sweep { epoch } => crank(ix::sweep_epoch(&network.network, *epoch)),
            Op::CloseEpoch { epoch } => crank(ix::close_epoch(&network.network, *epoch, keeper.keeper)),
            Op::Pause { secs } => by_admin(ix::pause(&network.network, self.scenario.admin.address(), *secs)),
            Op::Unpause => by_admin(ix::unpause(&network.network, self.scenario.admin.address())),
            given => unreachable!("{given:?} is no instruction"),
        }
    }

    fn send(&self, op: &Op) -> Result<(), WorkTokenError> {
        let (instruction, signers) = self.instruction(op);
        match self.scenario.send(&[instruction], &signers) {
            Ok(_) => Ok(()),
            Err(TransportError::Refused(refusal)) => Err(refusal.work_token_error().unwrap_or_else(|| {
                panic!("{op:?} was refused by somebody else: {:?}\n{}", refusal.error, refusal.logs.join("\n"))
            })),
            Err(error) => panic!("the embedded chain always answers: {error}"),
        }
    }

    /// Brings a provider up to date, if it exists.
    fn touch(&self, number: usize) -> bool {
        self.send(&Op::Touch { provider: number }).is_ok()
    }

    /// Edits a provider after bringing it up to date; nothing when it is gone.
    fn edit(&self, number: usize, edit: impl FnOnce(&mut Provider)) {
        if self.touch(number) {
            self.scenario.change(&self.providers[number].provider, edit);
        }
    }

    /// What no instruction does yet, or what happens outside the program.
    fn give(&mut self, op: &Op) {
        if let Op::Freeze { of, on } = op {
            self.people.frozen[*of] = *on;
        }
        let chain = &self.scenario.chain;
        match op {
            Op::Freeze { of, on } => chain.set_frozen(&self.people.accounts[*of][1], *on),
            Op::Jail { provider, epochs } => {
                let now = Epoch(self.scenario.epoch());
                self.edit(*provider, |provider| {
                    provider.convict(1, *epochs, (now, now), now);
                });
            }
            Op::Owe { provider, amount } => self.edit(*provider, |provider| provider.slash_debt += amount),
            Op::Pass { secs } => chain.advance(*secs),
            Op::Donate { provider, amount } => chain.give_tokens(&self.provider(*provider).stake_vault, *amount),
            Op::Slash { provider, kind, amount } => {
                if self.touch(*provider) {
                    chain.slash(&self.provider(*provider).provider, *kind, *amount);
                }
            }
            Op::OpenClaim { provider, slot, own, delegated } => {
                self.edit(*provider, |provider| {
                    let dispute = provider.reservations.iter().map(|claim| claim.claim).max().unwrap_or(0) + 1;
                    if provider.open_claims() == 0 {
                        (provider.own_kept, provider.delegated_kept) =
                            (KeptState::of(Kept::ALL), KeptState::of(Kept::ALL));
                    }
                    provider.reservations[*slot] = Reservation {
                        claim: dispute,
                        own: *own,
                        delegated: *delegated,
                        opened: 1,
                        joined: 1,
                        frozen_from_epoch: u32::MAX,
                        ..Zeroable::zeroed()
                    };
                });
            }
            Op::EndClaim { provider, slot } => {
                self.edit(*provider, |provider| provider.reservations[*slot] = Reservation::zeroed());
            }
            Op::Fees { provider, amount } => {
                if self.touch(*provider) {
                    chain.earn_fee(&self.provider(*provider).provider, self.scenario.epoch(), *amount);
                    chain.give_tokens(&self.scenario.network.vault(VaultKind::Reward), *amount);
                }
            }
            other => unreachable!("{other:?} is an instruction"),
        }
    }
}

impl System for Chain {
    fn act(&mut self, op: &Op) -> Result<(), WorkTokenError> {
        if op.is_given() {
            self.give(op);
            return Ok(());
        }
        self.send(op)?;
        match op {
            Op::Open { epoch } => drop(self.epochs.insert(*epoch)),
            Op::AcceptOwner { provider, by, .. } => self.owner[*provider] = *by,
            Op::Request { at, .. } => {
                let position = self.scenario.position_state(&self.position(*at));
                self.tickets.insert((*at, position.last_ticket));
            }
            _ => {}
        }
        Ok(())
    }

    fn state(&self) -> State {
        let (chain, network) = (&self.scenario.chain, &self.scenario.network);
        let all = (0..PROVIDERS).flat_map(|provider| (0..=HOLDERS).map(move |holder| (provider, holder)));
        let tokens = |person: usize| self.people.accounts[person].map(|key| chain.token_balance(&key));
        State {
            now: chain.now(),
            network: self.scenario.network_state(),
            providers: std::array::from_fn(|number| self.scenario.find(&self.providers[number].provider)),
            positions: all.filter_map(|at| Some((at, self.scenario.find(&self.position(at).delegation)?))).collect(),
            tickets: self
                .tickets
                .iter()
                .filter_map(|(at, number)| {
                    Some(((*at, *number), self.scenario.find(&self.position(*at).ticket(*number).0)?))
                })
                .collect(),
            epochs: self
                .epochs
                .iter()
                .filter_map(|epoch| {
                    Some((*epoch, self.scenario.find(&addresses::epoch_pool(&network.network, *epoch))?))
                })
                .collect(),
            handovers: std::array::from_fn(|number| self.scenario.find(&self.providers[number].handover())),
            beneficiaries: std::array::from_fn(|number| self.scenario.find(&self.providers[number].beneficiary())),
            people: self.people.clone(),
            balances: Balances {
                stake: std::array::from_fn(|number| chain.token_balance(&self.providers[number].stake_vault)),
                reward: chain.token_balance(&network.vault(VaultKind::Reward)),
                keeper_vault: chain.token_balance(&network.vault(VaultKind::Keeper)),
                treasury: chain.token_balance(&network.vault(VaultKind::Treasury)),
                keeper: chain.token_balance(&self.scenario.keeper.tokens),
                people: std::array::from_fn(tokens),
                supply: chain.supply(&network.mint),
            },
        }
    }
}
