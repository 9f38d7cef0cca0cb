//! A network with named people, and verbs for what they do. Every verb that is not a refusal must succeed.

use {
    std::{cell::RefCell, collections::BTreeMap, ops::Deref, rc::Rc},
    work_token_localnet::{Actor, Localnet, Scenario, ScenarioOptions, delegate_ix},
    work_token_sdk::{
        Instruction, PositionAddresses, ProviderAddresses, Pubkey,
        events::{Event, decode_logs},
        ix,
        state::{Delegation, Network, Provider, ProviderState, Unbonding},
        transport::{Outcome, TransportError},
    },
};

/// The owner of a provider.
pub struct Owner {
    /// Its key and tokens.
    pub actor: Actor,
    /// The provider's addresses.
    pub at: ProviderAddresses,
}

/// A delegator, or somebody who may become one.
pub struct Holder {
    /// Its key and tokens.
    pub actor: Actor,
    /// Its position behind one provider.
    pub at: PositionAddresses,
}

/// One who holds a position: a delegator, or an owner in its own pool.
pub trait Position {
    /// The key and tokens.
    fn actor(&self) -> &Actor;
    /// The position's addresses.
    fn at(&self) -> PositionAddresses;
}

impl Position for Owner {
    fn actor(&self) -> &Actor {
        &self.actor
    }

    fn at(&self) -> PositionAddresses {
        self.at.own()
    }
}

impl Position for Holder {
    fn actor(&self) -> &Actor {
        &self.actor
    }

    fn at(&self) -> PositionAddresses {
        self.at
    }
}

/// Tokens that came or went around the program, by the mint or account they touched.
#[derive(Clone, Default)]
pub(crate) struct Outside {
    /// From the faucet, by mint.
    pub given: BTreeMap<Pubkey, u64>,
    /// Burned by constructed slashes, by mint.
    pub burned: BTreeMap<Pubkey, u64>,
    /// Donated to a vault and still there.
    pub donated: BTreeMap<Pubkey, u64>,
    /// What fees and emission have paid into the treasury.
    pub to_treasury: u64,
}

impl Outside {
    /// Notes what burned and what reached the treasury, by the events alone; the supply is compared with
    /// them.
    fn note(&mut self, mint: Pubkey, outcome: &Outcome) {
        for event in decode_logs(&outcome.logs).events {
            let (burned, treasury) = match event {
                Event::SeatEnded(ended) => (ended.burned, 0),
                Event::SeatDuesMoved(moved) => (moved.burned, 0),
                Event::AttestersSettled(settled) => (settled.attesters.iter().map(|attester| attester.fine).sum(), 0),
                Event::EpochFinalized(finalized) => {
                    (finalized.burned, finalized.treasury + finalized.treasury_emission)
                }
                Event::SlashDistributed(shared) => (shared.burned, 0),
                Event::TicketSettled(settled) => (settled.burned, 0),
                Event::OpeningLapsed(lapsed) => (lapsed.burned, 0),
                _ => (0, 0),
            };
            *self.burned.entry(mint).or_default() += burned;
            self.to_treasury += treasury;
        }
    }
}

/// A network, its people, and a memory of everything that reached it around the program.
pub struct World {
    /// The network on its chain.
    pub scenario: Scenario,
    pub(crate) outside: Rc<RefCell<Outside>>,
}

impl Deref for World {
    type Target = Scenario;

    fn deref(&self) -> &Scenario {
        &self.scenario
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// The default network.
    pub fn new() -> Self {
        Self::with(|_| ())
    }

    /// The default network with some options changed.
    pub fn with(edit: impl FnOnce(&mut ScenarioOptions)) -> Self {
        let mut options = ScenarioOptions::default();
        edit(&mut options);
        let world = Self::before_creation(&options);
        let create = world.scenario.create_network(&options);
        world.send(&[create], &[&world.scenario.admin]);
        world
    }

    /// A mint and people, but no network yet.
    pub fn before_creation(options: &ScenarioOptions) -> Self {
        let chain = Localnet::start(options.now_ts).expect("the embedded chain starts");
        let outside = Rc::<RefCell<Outside>>::default();
        let mut scenario = Scenario::before_creation(chain, options);
        let (noted, mint) = (outside.clone(), scenario.network.mint);
        scenario.watch(move |outcome| noted.borrow_mut().note(mint, outcome));
        Self { scenario, outside }
    }

    /// Somebody with `amount` base units. A name is used once.
    pub fn actor(&self, name: &str, amount: u64) -> Actor {
        self.note_given(self.scenario.network.mint, amount);
        self.scenario.actor(name, amount)
    }

    /// Gives tokens to somebody.
    pub fn give(&self, account: Pubkey, amount: u64) {
        self.note_given(self.scenario.network.mint, amount);
        self.scenario.chain.give_tokens(&account, amount);
    }

    /// Somebody's key beside a new token account of it that holds `amount`. A name is used once.
    pub fn purse(&self, name: &str, of: &Actor, amount: u64) -> Actor {
        let tokens = self.actor(name, amount).tokens;
        self.scenario.chain.edit(&tokens, |data| data[32..64].copy_from_slice(of.address().as_ref()));
        Actor { tokens, ..of.clone() }
    }

    /// Sends tokens to a vault of the program, as a stranger could.
    pub fn donate(&self, vault: Pubkey, amount: u64) {
        self.give(vault, amount);
        *self.outside.borrow_mut().donated.entry(vault).or_default() += amount;
    }

    /// Notes that a donation left its vault by an instruction that is meant to move it.
    pub fn donation_moved(&self, vault: Pubkey, to: Option<Pubkey>) {
        let mut outside = self.outside.borrow_mut();
        let amount = outside.donated.remove(&vault).unwrap_or(0);
        if let Some(to) = to {
            *outside.donated.entry(to).or_default() += amount;
        }
    }

    pub(crate) fn note_given(&self, mint: Pubkey, amount: u64) {
        *self.outside.borrow_mut().given.entry(mint).or_default() += amount;
    }

    /// Registers a provider that stakes `stake`.
    pub fn owner(&self, name: &str, commission_bps: u16, stake: u64) -> Owner {
        self.note_given(self.scenario.network.mint, stake);
        let (actor, at) = done(self.scenario.owner(name, commission_bps, stake));
        Owner { actor, at }
    }

    /// Somebody with `amount` base units who has not delegated yet.
    pub fn stranger(&self, name: &str, owner: &Owner, amount: u64) -> Holder {
        let actor = self.actor(name, amount);
        let at = owner.at.position(actor.address());
        Holder { actor, at }
    }

    /// Somebody who delegates `amount`.
    pub fn holder(&self, name: &str, owner: &Owner, amount: u64) -> Holder {
        let holder = self.stranger(name, owner, amount);
        self.delegate(&holder, amount);
        holder
    }

    /// Sends instructions that must succeed.
    #[track_caller]
    pub fn send(&self, instructions: &[Instruction], signers: &[&Actor]) -> Outcome {
        done(self.tries(instructions, signers))
    }

    /// Sends instructions, whatever comes of it.
    pub fn tries(&self, instructions: &[Instruction], signers: &[&Actor]) -> Result<Outcome, TransportError> {
        self.scenario.send(instructions, signers)
    }

    /// The instruction with which somebody delegates.
    pub fn delegate_ix(&self, holder: &Holder, amount: u64) -> Instruction {
        delegate_ix(&holder.at, holder.actor.tokens, amount)
    }

    /// Delegates.
    pub fn delegate(&self, holder: &Holder, amount: u64) -> Outcome {
        self.send(&[self.delegate_ix(holder, amount)], &[&holder.actor])
    }

    /// Adds own stake, giving the owner what it needs. A candidate takes a free place with it, once it has
    /// the minimum.
    pub fn stake_self(&self, owner: &Owner, amount: u64) {
        self.give(owner.actor.tokens, amount);
        let mut instructions = vec![ix::stake_self(&owner.at, owner.actor.tokens, amount)];
        let (provider, network) = (self.provider(owner), self.network());
        let minimum = network.minimum_of_next(network.epoch_at(self.now()));
        let enough = provider.own_staked().0 + amount >= minimum.0 && network.queue.waiting() == 0;
        if provider.state == ProviderState::Candidate as u8 && enough {
            let index = network.first_free_place().expect("a place is free");
            instructions.push(ix::take_place(&owner.at, index));
        }
        self.send(&instructions, &[&owner.actor]);
    }

    /// The instruction with which somebody asks to leave with `shares`, and the ticket's number.
    pub fn request_ix(&self, who: &impl Position, shares: u64) -> (Instruction, u32) {
        self.scenario.request_ix(&who.at(), shares)
    }

    /// Asks to leave with `shares`; the ticket's number.
    pub fn request(&self, who: &impl Position, shares: u64) -> u32 {
        let (request, number) = self.request_ix(who, shares);
        self.send(&[request], &[who.actor()]);
        number
    }

    /// Asks to leave with everything.
    pub fn request_all(&self, who: &impl Position) -> u32 {
        self.request(who, self.position(who).total_shares().0)
    }

    /// Withdraws a matured ticket; what was paid.
    pub fn withdraw(&self, who: &impl Position, number: u32) -> u64 {
        let withdraw = ix::withdraw_unbonded(&who.at(), number, who.actor().tokens);
        self.paid_to(who.actor(), || self.send(&[withdraw], &[who.actor()]))
    }

    /// Takes a ticket back.
    pub fn cancel(&self, who: &impl Position, number: u32) {
        self.send(&[ix::cancel_unbonding(&who.at(), number)], &[who.actor()]);
    }

    /// Claims a delegator's rewards; what was paid.
    pub fn claim(&self, holder: &Holder) -> u64 {
        let claim = ix::claim_rewards(&holder.at, holder.actor.tokens);
        self.paid_to(&holder.actor, || self.send(&[claim], &[&holder.actor]))
    }

    /// Claims an owner's free rewards; what was paid.
    pub fn claim_own(&self, owner: &Owner) -> u64 {
        let claim = ix::claim_provider_rewards(&owner.at, owner.actor.tokens);
        self.paid_to(&owner.actor, || self.send(&[claim], &[]))
    }

    /// Restakes a delegator's rewards.
    pub fn restake(&self, holder: &Holder) {
        self.send(&[ix::restake(&holder.at, 0)], &[&holder.actor]);
    }

    /// The instruction with which one holder gives active shares to another, at any price, unless a claim is
    /// open.
    pub fn transfer_ix(&self, from: &impl Position, to: &impl Position, shares: u64) -> Instruction {
        let input = ix::TransferShares { shares, min_value: 0, max_open_claims: 0 };
        ix::transfer_shares(&from.at(), to.actor().address(), input)
    }

    /// Gives active shares to another holder.
    pub fn transfer(&self, from: &Holder, to: &Holder, shares: u64) {
        self.send(&[self.transfer_ix(from, to, shares)], &[&from.actor, &to.actor]);
    }

    /// Lets anybody restake for a holder while nothing is claimed.
    pub fn let_restake(&self, who: &impl Position) {
        self.send(&[ix::set_auto_restake(&who.at(), Some(0))], &[who.actor()]);
    }

    /// The instruction that restakes for a holder, the keeper being paid.
    pub fn restake_for_ix(&self, who: &impl Position) -> Instruction {
        ix::restake_for(&who.at(), self.scenario.paid_keeper())
    }

    /// Activates due lots, the keeper being paid.
    pub fn activate(&self, holder: &Holder) {
        self.send(&[ix::activate_delegation(&holder.at, self.scenario.paid_keeper())], &[]);
    }

    /// Closes an empty position, by its holder.
    pub fn close(&self, who: &impl Position) {
        self.send(&[ix::close_delegation(&who.at(), who.actor().address())], &[who.actor()]);
    }

    /// Begins a provider's end.
    pub fn retire(&self, owner: &Owner) {
        self.send(&[ix::retire(&owner.at)], &[&owner.actor]);
    }

    /// Brings a provider's records up to date.
    pub fn touch(&self, owner: &Owner) {
        self.send(&[ix::touch_provider(&self.scenario.network.network, owner.at.provider)], &[]);
    }

    fn paid_to(&self, actor: &Actor, act: impl FnOnce() -> Outcome) -> u64 {
        let before = self.balance(actor);
        act();
        self.balance(actor) - before
    }

    /// The network's account.
    pub fn network(&self) -> Network {
        self.scenario.network_state()
    }

    /// A provider's account.
    pub fn provider(&self, owner: &Owner) -> Provider {
        self.scenario.provider_state(&owner.at)
    }

    /// A position's account.
    pub fn position(&self, who: &impl Position) -> Delegation {
        self.scenario.position_state(&who.at())
    }

    /// A ticket's account.
    pub fn ticket(&self, who: &impl Position, number: u32) -> Unbonding {
        self.scenario.read(&who.at().ticket(number).0)
    }

    /// What a provider's stake vault holds.
    pub fn stake_vault(&self, owner: &Owner) -> u64 {
        self.token_balance(&owner.at.stake_vault)
    }

    /// Lets time pass.
    pub fn pass(&self, secs: i64) {
        self.scenario.advance(secs);
    }
}

/// What must succeed.
#[track_caller]
pub(crate) fn done<T>(result: Result<T, TransportError>) -> T {
    match result {
        Ok(done) => done,
        Err(TransportError::Refused(refusal)) => panic!("refused: {refusal}\n{}", refusal.logs.join("\n")),
        Err(error) => panic!("{error}"),
    }
}
