//! Every base unit, accounted for: each token account against the book that says what it must hold.

use {
    super::world::World,
    crate::failure::Result,
    std::collections::BTreeMap,
    work_token_sdk::{
        Client, Pubkey,
        state::{EpochState, Network, Provider, VaultKind},
        transport::{Filter, Transport},
    },
};

/// One comparison.
pub struct Line {
    /// What is compared.
    pub what: String,
    /// What the books say.
    pub books: u64,
    /// What is there.
    pub found: u64,
    /// Whether that is right.
    pub ok: bool,
}

/// The comparisons.
pub struct Books {
    /// Line by line.
    pub lines: Vec<Line>,
    /// Owed to delegators beyond what their positions can claim: rounding dust.
    pub dust: u64,
    /// Emitted and not handed out, to join the next emission.
    pub carried: u64,
}

impl Books {
    fn equal(&mut self, what: impl Into<String>, books: u64, found: u64) {
        self.lines.push(Line { what: what.into(), books, found, ok: books == found });
    }

    /// What is found may be less by `dust` at most, and never more.
    fn nearly(&mut self, what: impl Into<String>, books: u64, found: u64, dust: u64) {
        let ok = found <= books && books - found <= dust;
        self.lines.push(Line { what: what.into(), books, found, ok });
    }
}

/// Compares everything.
pub fn audit(world: &World) -> Result<Books> {
    let chain = &world.scenario.chain;
    let network = world.scenario.network_state();
    let mut books = Books { lines: Vec::new(), dust: 0, carried: network.carried };
    let mut accounts = token_accounts(world)?;
    let supply = chain.supply(&world.scenario.network.mint);
    let given: u64 = people(world).map(|person| person.flow.given).sum();
    books.equal("supply = handed out at the beginning + emitted", given + network.emitted_total, supply);
    books.equal(format!("sum of all {} token accounts = supply", accounts.len()), supply, accounts.values().sum());

    let providers = Client::new(chain).providers(&world.scenario.network.network)?;
    for (key, provider) in &providers {
        let name =
            world.providers.iter().position(|known| known.provider == *key).map_or("?", |at| world.owners[at].name);
        let held = accounts.remove(&provider.stake_vault).unwrap_or(0);
        books.equal(
            format!("stake vault of {name} = own + delegated + held + credits"),
            provider.vault_books().0,
            held,
        );
    }
    reward_vault(world, &network, &providers, &mut books, &mut accounts)?;
    let tally = &world.tally;
    let mut vault = |kind: VaultKind| accounts.remove(&world.scenario.network.vault(kind)).unwrap_or(0);
    books.equal(
        "keeper vault = keepers' part of the emission - bounties",
        tally.to_keepers - tally.bounties,
        vault(VaultKind::Keeper),
    );
    books.equal("treasury vault = what strangers sent by mistake", tally.swept, vault(VaultKind::Treasury));
    let unused = [VaultKind::Escrow, VaultKind::Insurance, VaultKind::Reserve];
    books.equal("escrow, insurance and reserve vaults are empty", 0, unused.into_iter().map(&mut vault).sum());

    let mut wallet = |key: &Pubkey| accounts.remove(key).unwrap_or(0);
    for person in people(world) {
        books.equal(format!("wallet of {}", person.name), person.flow.wallet(), wallet(&person.actor.tokens));
    }
    books.equal(
        "wallet of the keeper = all bounties",
        tally.bounties + tally.activations,
        wallet(&world.scenario.keeper.tokens),
    );
    books.equal("wallet of the admin", 0, wallet(&world.scenario.admin.tokens));
    books.equal("token accounts that nobody knows", 0, accounts.len() as u64);
    Ok(books)
}

fn people(world: &World) -> impl Iterator<Item = &super::world::Person> {
    world.owners.iter().chain(&world.delegators)
}

/// Every token account of the work token, wherever it is.
fn token_accounts(world: &World) -> Result<BTreeMap<Pubkey, u64>> {
    let network = &world.scenario.network;
    let filter = Filter { size: Some(165), bytes: vec![(0, network.mint.to_bytes().to_vec())] };
    let found = world.scenario.chain.program_accounts(&network.token_program, &filter)?;
    let balance = |data: &[u8]| data[64..72].try_into().map_or(0, u64::from_le_bytes);
    Ok(found.into_iter().map(|(key, account)| (key, balance(&account.data))).collect())
}

/// The reward vault holds what providers owe to delegators, own rewards, what finalized epochs have not
/// handed out, and what is carried.
fn reward_vault(
    world: &World,
    network: &Network,
    providers: &[(Pubkey, Provider)],
    books: &mut Books,
    accounts: &mut BTreeMap<Pubkey, u64>,
) -> Result<()> {
    let chain = &world.scenario.chain;
    let epochs = Client::new(chain).epochs(&world.scenario.network.network)?;
    let finalized = epochs.iter().filter(|epoch| epoch.state == EpochState::Finalized as u8);
    let unsettled: u64 = finalized.map(|epoch| epoch.undistributed().0).sum();
    let owed: u64 = providers.iter().map(|(_, provider)| provider.rewards.owed).sum();
    let own: u64 = providers.iter().map(|(_, provider)| provider.own_rewards().0).sum();
    let held = accounts.remove(&world.scenario.network.vault(VaultKind::Reward)).unwrap_or(0);
    books.equal(
        "reward vault = owed to delegators + owners' + unsettled + carried",
        owed + own + unsettled + network.carried,
        held,
    );

    let terms = network.terms(chain.now());
    let (mut claimable, mut positions) = (0, 0);
    for (key, provider) in providers {
        let mut provider = *provider;
        provider.touch(network, &terms);
        for (_, mut position) in Client::new(chain).positions_of_provider(key)? {
            provider.harvest(&mut position);
            claimable += position.credited;
            positions += 1;
        }
    }
    // Each time a position is brought up to date it loses less than one base unit.
    let dust = world.tally.transactions + positions;
    books.nearly("owed to delegators = their claims, and rounding dust", owed, claimable, dust);
    books.dust = owed.saturating_sub(claimable);
    Ok(())
}

#[cfg(test)]
mod tests {
    use {super::*, crate::demo::story::Story, work_token_localnet::TokenProgram};

    /// What is wrong after one base unit has moved from one account into another.
    fn wrong_after(world: &World, from: &Pubkey, to: &Pubkey) -> Vec<String> {
        world.scenario.move_tokens(from, to, 1);
        let wrong = audit(world).unwrap().lines.into_iter().filter(|line| !line.ok).map(|line| line.what);
        let wrong = wrong.collect();
        world.scenario.move_tokens(to, from, 1);
        wrong
    }

    #[test]
    fn one_base_unit_in_the_wrong_account_is_noticed_wherever_it_is() {
        let mut story = Story::begin(3, TokenProgram::Spl, &|_, _| {}).unwrap();
        story.epoch(1).unwrap();
        story.epoch(2).unwrap();
        let world = &story.world;
        assert!(audit(world).unwrap().lines.iter().all(|line| line.ok));

        let network = &world.scenario.network;
        let stake_vault = world.providers[0].stake_vault;
        let wallet = world.delegators[0].actor.tokens;
        for kind in VaultKind::ALL {
            let wrong = wrong_after(world, &wallet, &network.vault(kind));
            assert_eq!(wrong.len(), 2, "{kind:?}: {wrong:?}");
        }
        let wrong = wrong_after(world, &stake_vault, &world.scenario.keeper.tokens);
        assert_eq!(
            wrong,
            ["stake vault of Atlas = own + delegated + held + credits", "wallet of the keeper = all bounties"]
        );

        let stranger = world.scenario.actor("a stranger", 1);
        let wrong: Vec<_> =
            audit(world).unwrap().lines.into_iter().filter(|line| !line.ok).map(|line| line.what).collect();
        assert_eq!(wrong, ["supply = handed out at the beginning + emitted", "token accounts that nobody knows"]);
        assert_eq!(world.scenario.chain.token_balance(&stranger.tokens), 1);
    }
}
