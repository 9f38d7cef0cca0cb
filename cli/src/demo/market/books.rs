//! Every base unit of the market.

use {
    super::Market,
    crate::{demo::books::Line, failure::Result},
    work_token_sdk::{
        Client, Pubkey,
        state::{EpochState, VaultKind},
        transport::{Filter, Transport},
    },
};

/// Compares every token account with what was foretold.
pub fn audit(market: &Market) -> Result<Vec<Line>> {
    let (scenario, tally) = (&market.scenario, &market.tally);
    let (chain, network) = (&scenario.chain, scenario.network_state());
    let mut lines = Vec::new();
    let mut equal = |what: String, books: u64, found: u64| lines.push(Line { what, books, found, ok: books == found });
    let balance = |key: &Pubkey| chain.token_balance(key);
    let vault = |kind| balance(&scenario.network.vault(kind));
    let client = Client::new(chain);
    let providers = client.providers(&scenario.network.network)?;
    let attesters = client.attesters(&scenario.network.network)?;
    let epochs = client.epochs(&scenario.network.network)?;

    let stakes: u64 = market.workers.iter().map(|worker| worker.stake).sum();
    let bonds: u64 = attesters.iter().map(|(_, attester)| attester.bond).sum();
    let given: u64 = market.buyers.iter().map(|buyer| buyer.given).sum::<u64>() + stakes + bonds;
    let undone: u64 = providers.iter().map(|(_, provider)| provider.burn_due).sum::<u64>()
        + network.burn_due
        + epochs.iter().filter(|epoch| epoch.state == EpochState::Open as u8).map(|epoch| epoch.burn_due).sum::<u64>();
    let supply = chain.supply(&scenario.network.mint);
    equal(
        "market: supply = handed out + emitted - burned of fees and draw fees".into(),
        given + network.emitted_total + undone - tally.burned,
        supply,
    );
    let filter = Filter { size: Some(165), bytes: vec![(0, scenario.network.mint.to_bytes().to_vec())] };
    let amount = |data: &[u8]| data[64..72].try_into().map_or(0, u64::from_le_bytes);
    let held = chain.program_accounts(&scenario.network.token_program, &filter)?;
    equal(
        "market: sum of all token accounts = supply".into(),
        supply,
        held.iter().map(|(_, raw)| amount(&raw.data)).sum(),
    );
    for buyer in &market.buyers {
        let books = buyer.given + buyer.refunded - buyer.paid;
        equal(
            format!("market: wallet of {} = given + refunded - paid", buyer.name),
            books,
            balance(&buyer.actor.tokens),
        );
    }
    equal("market: escrow vault = bonds of attesters, and no job's money".into(), bonds, vault(VaultKind::Escrow));
    equal("market: treasury vault = its part of every fee".into(), tally.treasury, vault(VaultKind::Treasury));
    equal("market: keeper vault = keepers' part of the emission".into(), tally.to_keepers, vault(VaultKind::Keeper));
    equal(
        "market: wallet of the keeper = bounties out of draw fees".into(),
        tally.bounties,
        balance(&scenario.keeper.tokens),
    );

    let finalized = epochs.iter().filter(|epoch| epoch.state == EpochState::Finalized as u8);
    let unsettled: u64 = finalized.map(|epoch| epoch.undistributed().0).sum();
    let owed: u64 = providers
        .iter()
        .map(|(_, provider)| {
            let fees: u64 = provider.records.iter().map(|record| record.fees).sum();
            provider.rewards.owed + provider.own_rewards().0 + fees + provider.burn_due + provider.treasury_due
        })
        .sum();
    let credits: u64 = attesters.iter().map(|(_, attester)| attester.credit).sum();
    equal(
        "market: reward vault = owners' + fees + attesters' + unsettled + carried".into(),
        owed + credits + unsettled + network.carried + network.burn_due + network.treasury_due,
        vault(VaultKind::Reward),
    );
    for worker in &market.workers {
        let state = scenario.provider_state(&worker.at);
        equal(
            format!("market: stake vault of {} = its stake, nothing bound", worker.name),
            worker.stake + state.exposure,
            balance(&worker.at.stake_vault),
        );
    }
    Ok(lines)
}
