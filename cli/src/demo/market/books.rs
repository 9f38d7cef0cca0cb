//! Every base unit of the market.

use {
    super::{Market, escrow::Escrow},
    crate::{demo::books::Line, failure::Result},
    work_token_sdk::{
        Client, Pubkey,
        state::{Dispute, EpochPool, EpochState, Network, Provider, VaultKind},
        transport::{Filter, Transport},
    },
};

/// What is compared with the token accounts, read once.
struct Accounts {
    network: Network,
    providers: Vec<(Pubkey, Provider)>,
    epochs: Vec<EpochPool>,
    escrow: Escrow,
    attesters_credit: u64,
    confiscated: u64,
}

impl Accounts {
    fn read(market: &Market) -> Result<Self> {
        let (scenario, client) = (&market.scenario, Client::new(&market.scenario.chain));
        let attesters = client.attesters(&scenario.network.network)?;
        Ok(Self {
            network: scenario.network_state(),
            providers: client.providers(&scenario.network.network)?,
            epochs: client.epochs(&scenario.network.network)?,
            escrow: Escrow::of(scenario),
            attesters_credit: attesters.iter().map(|(_, attester)| attester.credit).sum(),
            confiscated: scenario.list::<Dispute>().iter().map(|(_, dispute)| dispute.slash.confiscated).sum(),
        })
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

/// Compares every token account with what was foretold, under the name of a chapter.
pub fn audit(market: &Market, chapter: &str) -> Result<Vec<Line>> {
    let accounts = Accounts::read(market)?;
    let mut lines = Vec::new();
    let mut equal = |what: &str, books: u64, found: u64| {
        lines.push(Line { what: format!("{chapter}: {what}"), books, found, ok: books == found });
    };
    supply(market, &accounts, &mut equal);
    wallets(market, &mut equal);
    vaults(market, &accounts, &mut equal);
    for worker in &market.workers {
        equal(
            &format!("stake vault of {} = its stake and what is delegated to it, less what was slashed", worker.name),
            worker.stake + worker.delegated - worker.slashed,
            market.scenario.chain.token_balance(&worker.at.stake_vault),
        );
    }
    Ok(lines)
}

fn supply(market: &Market, accounts: &Accounts, equal: &mut impl FnMut(&str, u64, u64)) {
    let (scenario, tally) = (&market.scenario, &market.tally);
    let stakes: u64 = market.workers.iter().map(|worker| worker.stake).sum();
    let buyers: u64 = market.buyers.iter().map(|buyer| buyer.given).sum();
    let parties: u64 = market.parties.iter().map(|party| party.given).sum();
    let given = buyers + stakes + parties + accounts.escrow.attesters;
    let [to_burn, _] = accounts.dues();
    let supply = scenario.chain.supply(&scenario.network.mint);
    equal(
        "supply = handed out + emitted - burned of fees and by disputes",
        given + accounts.network.emitted_total + to_burn - tally.burned,
        supply,
    );
    let filter = Filter { size: Some(165), bytes: vec![(0, scenario.network.mint.to_bytes().to_vec())] };
    let amount = |data: &[u8]| data[64..72].try_into().map_or(0, u64::from_le_bytes);
    let held = scenario.chain.program_accounts(&scenario.network.token_program, &filter).unwrap_or_default();
    equal("sum of all token accounts = supply", supply, held.iter().map(|(_, raw)| amount(&raw.data)).sum());
}

fn wallets(market: &Market, equal: &mut impl FnMut(&str, u64, u64)) {
    let balance = |key: &Pubkey| market.scenario.chain.token_balance(key);
    for buyer in &market.buyers {
        let books = buyer.given + buyer.refunded - buyer.paid;
        equal(&format!("wallet of {} = given + refunded - paid", buyer.name), books, balance(&buyer.actor.tokens));
    }
    for party in &market.parties {
        let books = party.given + party.received - party.paid;
        equal(&format!("wallet of {} = given + received - paid", party.name), books, balance(&party.actor.tokens));
    }
    equal("wallet of the keeper = all bounties", market.tally.bounties, balance(&market.scenario.keeper.tokens));
}

fn vaults(market: &Market, accounts: &Accounts, equal: &mut impl FnMut(&str, u64, u64)) {
    let (scenario, tally) = (&market.scenario, &market.tally);
    let vault = |kind| scenario.vault(kind);
    let [_, to_treasury] = accounts.dues();
    equal(
        "escrow vault = bonds, jobs' money, locks and pay of jurors, what disputes hold",
        accounts.escrow.total(),
        vault(VaultKind::Escrow),
    );
    equal("treasury vault = its part of every fee", tally.treasury - to_treasury, vault(VaultKind::Treasury));
    equal("insurance vault = its part of every slash", tally.insured, vault(VaultKind::Insurance));
    equal("keeper vault = keepers' part of the emission", tally.to_keepers, vault(VaultKind::Keeper));
    equal(
        "reward vault = delegators' + owners' + fees + attesters' + unsettled + carried + to be burned",
        accounts.rewards(),
        vault(VaultKind::Reward),
    );
}
