//! The one network of the demo with everybody in it, and what each of them did with tokens. What an action
//! moves is foretold from the program's own books before it is sent; the balances must agree in the end.

use {
    super::{
        cast::Who,
        dispute::Case,
        earned::{Emitted, Work},
        stage::Stage,
        story::{Chapter, Event, Promise},
    },
    crate::failure::{Failure, Result},
    rand_chacha::ChaCha8Rng,
    std::{cell::Cell, rc::Rc},
    work_token_localnet::{Actor, Scenario},
    work_token_sdk::{
        AttesterAddresses, Client, ClientAddresses, Instruction, PositionAddresses, ProviderAddresses, Pubkey,
        SeatAddresses, TransportError, WorkTokenError,
        client::PositionState,
        state::{Delegation, Provider},
    },
};

/// Base units that went through somebody's wallet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Held at the beginning.
    pub given: u64,
    /// Staked out of the wallet.
    pub staked: u64,
    /// Stake taken out again.
    pub withdrawn: u64,
    /// Rewards claimed into the wallet.
    pub claimed: u64,
    /// Rewards that became stake, without touching the wallet.
    pub restaked: u64,
    /// Sent away by mistake.
    pub mistaken: u64,
    /// Paid for jobs, and as bonds, locks and deposits.
    pub paid: u64,
    /// Bonds, deposits and fees that came back, compensations, rewards of challengers and pay of jurors.
    pub received: u64,
}

impl Flow {
    /// What the wallet must hold.
    pub const fn wallet(&self) -> u64 {
        let came = self.given + self.withdrawn + self.claimed + self.received;
        came.saturating_sub(self.staked + self.mistaken + self.paid)
    }
}

/// Somebody with a key and tokens.
pub struct Person {
    /// Who.
    pub who: Who,
    /// Key and tokens.
    pub actor: Actor,
    /// What it did.
    pub flow: Flow,
}

/// Somebody's stake behind a provider; behind itself it is the provider's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stake {
    /// Who.
    pub who: Who,
    /// Which provider.
    pub behind: Who,
}

/// A provider, and what came into and left its stake vault. Base units.
pub struct Member {
    /// Who.
    pub who: Who,
    /// Its addresses.
    pub at: ProviderAddresses,
    /// Staked or restaked, by anybody.
    pub staked: u64,
    /// Withdrawn by anybody.
    pub withdrawn: u64,
    /// Slashed, as foretold.
    pub slashed: u64,
    /// Jobs whose first leaf drew it.
    pub drawn: u64,
    /// How many those were to be by its weight, in millionths.
    pub expected_ppm: u64,
    /// Its part of all fees, as foretold.
    pub fees: u64,
    /// Jobs that it was drawn for and did not accept.
    pub silent: u64,
    /// What it did in this epoch and in the one before, where attesters measure units.
    pub work: [Work; 2],
}

/// What the network did. Base units, as foretold, or numbers of things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Emitted into the keeper vault.
    pub to_keepers: u64,
    /// Bounties for epochs, out of the keeper vault.
    pub epoch_bounties: u64,
    /// Bounties for activations, out of the activated lots' rewards.
    pub activations: u64,
    /// Bounties out of draw fees and of what disputes cost.
    pub work_bounties: u64,
    /// Swept into the treasury.
    pub swept: u64,
    /// The treasury's part of fees.
    pub treasury: u64,
    /// Burned of fees and draw fees, and by disputes.
    pub burned: u64,
    /// Burned of the fees of work that is measured in units.
    pub fees_burned: u64,
    /// Left unburned of fees for those whose work had burned it.
    pub returned: u64,
    /// Paid into the insurance vault.
    pub insured: u64,
    /// Epochs finalized with an emission.
    pub epochs: u32,
    /// Jobs created.
    pub jobs: u64,
    /// Seats paid.
    pub settled: u64,
    /// Seats ended without a result.
    pub expired: u64,
    /// Results that fewer than half share.
    pub minorities: u64,
    /// Draws that were made.
    pub draws: u64,
    /// Draws that were recomputed from accounts alone, and came to the same.
    pub verified: u64,
    /// Steps of disputes after which escrow was counted.
    pub counted: u64,
    /// Times that escrow did not hold what its books say.
    pub miscounted: u64,
}

/// Sees the network in every epoch.
pub type Watch<'a> = &'a dyn Fn(&World);

/// The network and its people.
pub struct World<'a> {
    /// All keys and choices follow from it.
    pub seed: u64,
    /// Its rules, and those of the network of the last chapter.
    pub stage: Stage,
    /// The chain and the network.
    pub scenario: Scenario,
    /// Everybody, in the order of the cast.
    pub people: Vec<Person>,
    /// Providers that have registered, in the order of the cast.
    pub members: Vec<Member>,
    /// Everybody's stakes.
    pub stakes: Vec<Stake>,
    /// Accounts of clients, in the order of the cast.
    pub clients: Vec<ClientAddresses>,
    /// Accounts of attesters, in the order of the cast.
    pub attesters: Vec<AttesterAddresses>,
    /// Results whose challenge window is open.
    pub waiting: Vec<SeatAddresses>,
    /// Who lets every draw pass and answers no attester, and since which epoch.
    pub lazy: Option<(Who, u32)>,
    /// Disputes, in the order in which they were opened.
    pub cases: Vec<Case>,
    /// What each finalized epoch emitted.
    pub emissions: Vec<Emitted>,
    /// The network of the last two chapters.
    pub second: Option<Box<World<'a>>>,
    /// What the network did.
    pub tally: Tally,
    /// Stakes and commissions follow from it.
    pub random: ChaCha8Rng,
    /// Transactions that landed.
    pub transactions: Rc<Cell<u64>>,
    /// What was told so far; the last chapter may not have ended.
    pub chapters: Vec<Chapter>,
    /// Sees every epoch.
    pub watch: Watch<'a>,
}

impl World<'_> {
    /// Somebody.
    pub fn person(&self, who: Who) -> &Person {
        &self.people[who as usize]
    }

    /// Somebody's flow, to note an action in.
    pub fn flow(&mut self, who: Who) -> &mut Flow {
        &mut self.people[who as usize].flow
    }

    /// A provider that has registered.
    pub fn member(&self, who: Who) -> &Member {
        &self.members[who as usize]
    }

    /// The same, to note something in.
    pub fn member_mut(&mut self, who: Who) -> &mut Member {
        &mut self.members[who as usize]
    }

    /// Whose provider an address is.
    pub fn provider_of(&self, key: &Pubkey) -> Result<Who> {
        let found = self.members.iter().find(|member| member.at.provider == *key);
        found.map(|member| member.who).ok_or_else(|| Failure::Failed(format!("{key} is nobody's provider")))
    }

    /// Who somebody is by its key.
    pub fn who_is(&self, key: &Pubkey) -> Result<Who> {
        let found = self.people.iter().find(|person| person.actor.address() == *key);
        found.map(|person| person.who).ok_or_else(|| Failure::Failed(format!("nobody knows {key}")))
    }

    /// A provider's account; it must not have closed.
    pub fn provider(&self, who: Who) -> Provider {
        self.scenario.provider_state(&self.member(who).at)
    }

    /// Somebody's first stake.
    pub fn stake_of(&self, who: Who) -> Result<Stake> {
        let found = self.stakes.iter().find(|stake| stake.who == who);
        found.copied().ok_or_else(|| Failure::Failed(format!("{who:?} stakes nothing")))
    }

    /// The stakes behind a provider, its own among them.
    pub fn stakes_behind(&self, provider: Who) -> Vec<Stake> {
        self.stakes.iter().filter(|stake| stake.behind == provider).copied().collect()
    }

    /// Whether a stake is a provider's own: of whoever owns the provider now.
    pub fn is_own(&self, stake: Stake) -> bool {
        self.member(stake.behind).at.owner == self.person(stake.who).actor.address()
    }

    /// The address of a stake's position.
    pub fn position(&self, stake: Stake) -> PositionAddresses {
        let at = self.member(stake.behind).at;
        if self.is_own(stake) { at.own() } else { at.position(self.person(stake.who).actor.address()) }
    }

    /// A stake's position with its tickets, as the chain has it.
    pub fn position_state(&self, stake: Stake) -> Result<PositionState> {
        Ok(Client::new(&self.scenario.chain).position_state(&self.position(stake))?)
    }

    /// A position and its provider as the next instruction will see them: brought up to date on copies.
    pub fn foresee(&self, stake: Stake) -> (Provider, Delegation) {
        let (mut provider, network) = (self.provider(stake.behind), self.scenario.network_state());
        let mut state = self.scenario.position_state(&self.position(stake));
        provider.touch(&network, &network.terms(self.scenario.chain.now()));
        provider.harvest(&mut state);
        (provider, state)
    }

    /// Sends an instruction, signed by somebody if it names its key.
    pub fn act(&mut self, who: Who, instruction: Instruction) -> Result<()> {
        let sent = self.scenario.send_named(instruction, &[&self.person(who).actor]);
        sent.map(|_| ()).map_err(|error| Failure::Failed(format!("{who:?}: {error}")))
    }

    /// Sends an instruction that the program must refuse, for this reason.
    pub fn is_refused(&self, who: Who, instruction: Instruction, reason: WorkTokenError) -> bool {
        match self.scenario.send_named(instruction, &[&self.person(who).actor]) {
            Err(TransportError::Refused(refusal)) => refusal.work_token_error() == Some(reason),
            _ => false,
        }
    }

    /// Sends an instruction of the admin, who is guardian and arbiter too.
    pub fn govern(&mut self, instruction: impl FnOnce(Pubkey) -> Instruction) -> Result<()> {
        let admin = &self.scenario.admin;
        self.scenario.send(&[instruction(admin.address())], &[admin])?;
        Ok(())
    }

    /// Tells what happened.
    pub fn tell(&mut self, text: impl Into<String>) {
        let event = Event { at_ts: self.scenario.now(), epoch: self.scenario.epoch(), text: text.into() };
        self.chapter().events.push(event);
    }

    /// Notes whether something held that was promised.
    pub fn promise(&mut self, name: &'static str, kept: bool) {
        self.chapter().promises.push(Promise { name, kept });
    }

    /// The present chapter.
    pub fn chapter(&mut self) -> &mut Chapter {
        self.chapters.last_mut().expect("a chapter has begun")
    }
}
