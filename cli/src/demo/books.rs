//! Every base unit, accounted for: each token account against the book that says what it must hold.

use {
    super::{
        escrow::Escrow,
        vote::holding,
        world::{Person, World},
    },
    crate::failure::Result,
    std::collections::BTreeMap,
    work_token_sdk::{
        Client, Pubkey,
        state::{Dispute, EpochPool, EpochState, Network, Provider, VaultKind},
        transport::{Filter, Transport},
    },
};

/// One comparison.
pub struct Line {
    /// What is compared.
    pub name: String,
    /// What the books say.
    pub books: u64,
    /// What is there.
    pub found: u64,
    /// Whether that is right.
    pub ok: bool,
}

/// The comparisons.
#[derive(Default)]
pub struct Books {
    /// Line by line.
    pub lines: Vec<Line>,
}

impl Books {
    fn equal(&mut self, name: impl Into<String>, books: u64, found: u64) {
        self.lines.push(Line { name: name.into(), books, found, ok: books == found });
    }

    /// What is found may be less by `dust` at most, and never more.
    fn nearly(&mut self, name: impl Into<String>, books: u64, found: u64, dust: u64) {
        let ok = found <= books && books - found <= dust;
        self.lines.push(Line { name: name.into(), books, found, ok });
    }

    /// What does not balance.
    pub fn wrong(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.ok)
    }
}

/// What is compared with the token accounts, read once.
struct Accounts {
    network: Network,
    providers: Vec<(Pubkey, Provider)>,
    epochs: Vec<EpochPool>,
    escrow: Escrow,
    attesters_credit: u64,
    confiscated: u64,
    /// Balances of every token account of the work token, wherever it is.
    tokens: BTreeMap<Pubkey, u64>,
}

impl Accounts {
    fn read(world: &World) -> Result<Self> {
        let (scenario, client) = (&world.scenario, Client::new(&world.scenario.chain));
        let key = &scenario.network.network;
        let disputes = scenario.list::<Dispute>();
        let filter = Filter { size: Some(165), bytes: vec![(0, scenario.network.mint.to_bytes().to_vec())] };
        let found = scenario.chain.program_accounts(&scenario.network.token_program, &filter)?;
        let balance = |data: &[u8]| data[64..72].try_into().map_or(0, u64::from_le_bytes);
        Ok(Self {
            network: scenario.network_state(),
            providers: client.providers(key)?,
            epochs: client.epochs(key)?,
            escrow: Escrow::of(scenario),
            attesters_credit: client.attesters(key)?.iter().map(|(_, attester)| attester.credit).sum(),
            confiscated: disputes.iter().map(|(_, dispute)| dispute.slash.confiscated).sum(),
            tokens: found.into_iter().map(|(key, account)| (key, balance(&account.data))).collect(),
        })
    }

    /// Takes a balance out, so that in the end only accounts are left that nobody knows.
    fn take(&mut self, key: &Pubkey) -> u64 {
        self.tokens.remove(key).unwrap_or(0)
    }

    fn epochs_in(&self, state: EpochState) -> impl Iterator<Item = &EpochPool> {
        self.epochs.iter().filter(move |epoch| epoch.state == state as u8)
    }

    /// To be burned, and for the treasury, of fees that are on their way to the end of their epoch.
    fn dues(&self) -> [u64; 2] {
        let mut dues = [self.network.burn_due, self.network.treasury_due];
        let providers = self.providers.iter().map(|(_, provider)| [provider.work.burn_due, provider.work.treasury_due]);
        let epochs = self.epochs_in(EpochState::Open).map(|epoch| [epoch.burn_due, epoch.treasury_due]);
        for [burn, treasury] in providers.chain(epochs) {
            dues[0] += burn;
            dues[1] += treasury;
        }
        dues
    }

    /// What the reward vault owes: to delegators and owners, frozen rewards included, fees that are not
    /// shared yet, attesters' pay, what finalized epochs have left, what is carried, what is on its way, and
    /// confiscated rewards until they burn.
    fn rewards(&self) -> u64 {
        let of = |provider: &Provider| {
            let fees: u64 = provider.records.iter().map(|record| record.fees).sum();
            provider.rewards.owed + provider.own_rewards().0 + fees
        };
        let providers: u64 = self.providers.iter().map(|(_, provider)| of(provider)).sum();
        let unsettled: u64 = self.epochs_in(EpochState::Finalized).map(|epoch| epoch.undistributed().0).sum();
        let network = self.network.carried + self.dues().iter().sum::<u64>();
        providers + self.attesters_credit + unsettled + network + self.confiscated
    }
}

/// Compares everything, in both networks if there are two.
pub fn audit(world: &World) -> Result<Books> {
    let mut books = audit_one(world)?;
    if let Some(second) = &world.second {
        let lines = audit_one(second)?.lines;
        books
            .lines
            .extend(lines.into_iter().map(|line| Line { name: format!("second network: {}", line.name), ..line }));
    }
    Ok(books)
}

fn audit_one(world: &World) -> Result<Books> {
    let (mut accounts, mut books) = (Accounts::read(world)?, Books::default());
    supply(world, &accounts, &mut books);
    stake_vaults(world, &mut accounts, &mut books);
    vaults(world, &mut accounts, &mut books);
    delegators(world, &accounts, &mut books)?;
    for Person { who, actor, flow } in &world.people {
        books.equal(format!("wallet of {who:?}"), flow.wallet(), accounts.take(&actor.tokens));
    }
    let (keeper, tally) = (&world.scenario.keeper, &world.tally);
    let bounties = tally.epoch_bounties + tally.activations + tally.work_bounties;
    books.equal("wallet of the keeper = all bounties", bounties, accounts.take(&keeper.tokens));
    books.equal("wallet of the admin", 0, accounts.take(&world.scenario.admin.tokens));
    // Only a realm of the real program has such an account.
    if let Some(held) = accounts.tokens.remove(&holding(world)) {
        books.equal("deposits of the realm in which stake votes", 0, held);
    }
    books.equal("token accounts that nobody knows", 0, accounts.tokens.len() as u64);
    for (number, case) in world.cases.iter().enumerate() {
        let name = format!("dispute {}: paid out = paid in", number + 1);
        if world.dispute(number).has(work_token_sdk::state::dispute_flags::FINISHED) {
            books.equal(name, case.flows.paid_in(), case.flows.paid_out());
        }
    }
    Ok(books)
}

fn supply(world: &World, accounts: &Accounts, books: &mut Books) {
    let given: u64 = world.people.iter().map(|person| person.flow.given).sum();
    let [to_burn, _] = accounts.dues();
    let supply = world.scenario.supply(&world.scenario.network.mint);
    let kept = to_burn + world.tally.returned;
    let foretold = (given + accounts.network.emitted_total + kept).saturating_sub(world.tally.burned);
    books.equal("supply = handed out + emitted - burned", foretold, supply);
    let held = accounts.tokens.values().sum();
    books.equal(format!("sum of all {} token accounts = supply", accounts.tokens.len()), supply, held);
}

fn stake_vaults(world: &World, accounts: &mut Accounts, books: &mut Books) {
    for member in &world.members {
        let owed = accounts.providers.iter().find(|(key, _)| *key == member.at.provider);
        let owed = owed.map_or(0, |(_, provider)| provider.vault_books().0);
        let (name, held) = (format!("{:?}", member.who), accounts.take(&member.at.stake_vault));
        let foretold = member.staked.saturating_sub(member.withdrawn + member.slashed);
        books.equal(format!("stake vault of {name} = staked - withdrawn - slashed"), foretold, held);
        books.equal(format!("stake vault of {name} = what its pools owe"), owed, held);
    }
}

fn vaults(world: &World, accounts: &mut Accounts, books: &mut Books) {
    let tally = &world.tally;
    let [_, to_treasury] = accounts.dues();
    let (escrow, rewards) = (accounts.escrow.total(), accounts.rewards());
    let keepers = tally.to_keepers.saturating_sub(tally.epoch_bounties);
    let treasury = (tally.treasury + tally.swept).saturating_sub(to_treasury);
    for (kind, name, foretold) in [
        (VaultKind::Escrow, "escrow vault = bonds, fees of jobs, locks, disputes", escrow),
        (VaultKind::Reward, "reward vault = owed, unsettled, carried, to be burned", rewards),
        (VaultKind::Keeper, "keeper vault = part of the emission - bounties", keepers),
        (VaultKind::Treasury, "treasury vault = part of the fees + mistakes", treasury),
        (VaultKind::Insurance, "insurance vault = its part of every slash", tally.insured),
        (VaultKind::Reserve, "reserve vault is not used", 0),
    ] {
        let held = accounts.take(&world.scenario.network.vault(kind));
        books.equal(name, foretold, held);
    }
}

/// What providers owe to delegators is what their positions can claim, and rounding dust.
fn delegators(world: &World, accounts: &Accounts, books: &mut Books) -> Result<()> {
    let terms = accounts.network.terms(world.scenario.now());
    let (mut owed, mut claimable, mut positions) = (0, 0, 0);
    for (key, provider) in &accounts.providers {
        let mut provider = *provider;
        owed += provider.rewards.owed;
        provider.touch(&accounts.network, &terms);
        for (_, mut position) in Client::new(&world.scenario.chain).positions_of_provider(key)? {
            provider.harvest(&mut position);
            claimable += position.credited;
            positions += 1;
        }
    }
    // Each time a position is brought up to date it loses less than one base unit.
    let dust = world.transactions.get() + positions;
    books.nearly("owed to delegators = their claims and rounding dust", owed, claimable, dust);
    Ok(())
}
