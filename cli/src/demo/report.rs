//! The tables and the JSON at the end of the demo.

use {
    super::{
        books::Books,
        court::{self, Verdicts},
        market::{self, Chapter},
        story::Promise,
        world::{Person, Who, World},
    },
    crate::reply::{Reply, align_numbers, grouped, table},
    serde_json::{Value, json},
    work_token_sdk::{
        Account,
        state::{Delegation, Provider, VaultKind},
        transport::Transport,
    },
};

/// Where somebody stands at the end.
struct Standing {
    staked: u64,
    earned: u64,
    left: u64,
    commission_bps: u16,
    delegated: u64,
    closed: bool,
}

/// The answer of the demo.
pub fn report(
    seed: u64,
    epochs: u32,
    world: &World,
    promises: &[Promise],
    books: &Books,
    (chapter, verdicts): (&Chapter, &Verdicts),
) -> Reply {
    let broken = promises.iter().filter(|promise| !promise.kept).count();
    let wrong = books.lines.iter().filter(|line| !line.ok).count();
    let failed = (broken + wrong > 0).then(|| format!("{wrong} books do not balance, {broken} promises were not kept"));
    let data = json!({
        "seed": seed,
        "epochs": epochs,
        "ok": failed.is_none(),
        "network": network(world, books),
        "providers": (0..world.owners.len()).map(|at| provider_data(world, at)).collect::<Vec<_>>(),
        "delegators": (0..world.delegators.len()).map(|at| delegator_data(world, at)).collect::<Vec<_>>(),
        "market": market::data(chapter),
        "court": court::data(verdicts, &chapter.market),
        "promises": promises.iter().map(|p| json!({ "what": p.what, "kept": p.kept })).collect::<Vec<_>>(),
        "books": books
            .lines
            .iter()
            .map(|line| json!({ "what": line.what, "books": line.books, "found": line.found, "ok": line.ok }))
            .collect::<Vec<_>>(),
    });
    let plain = [
        providers_table(world),
        delegators_table(world),
        network_table(world, books),
        market::plain(chapter),
        court::plain(verdicts, &chapter.market),
        promises.iter().map(|p| format!("{:<6} {}", verdict(p.kept), p.what)).collect::<Vec<_>>().join("\n"),
        books_table(books),
        conclusion(books, failed.as_deref()),
    ];
    Reply { plain: Some(plain.join("\n\n")), failed, ..Reply::of(data) }
}

fn verdict(ok: bool) -> &'static str {
    if ok { "OK" } else { "WRONG" }
}

fn conclusion(books: &Books, failed: Option<&str>) -> String {
    match failed {
        None => format!("All {} lines balance: every base unit is accounted for.", books.lines.len()),
        Some(failed) => format!("WRONG: {failed}."),
    }
}

fn standing(world: &World, who: Who) -> Standing {
    let person = world.person(who);
    let chain = &world.scenario.chain;
    let account = |key| chain.account(key).ok().flatten();
    let provider = account(&person.position.provider.provider).and_then(|account| Provider::decode(&account.data).ok());
    let position = account(&person.position.delegation).and_then(|account| Delegation::decode(&account.data).ok());
    let gone = position.is_none();
    let (staked, left) = match position {
        Some(_) => {
            let (provider, position) = world.foresee(&person.position);
            let pool = provider.pool(position.pool_kind()).get();
            let left = if matches!(who, Who::Owner(_)) { provider.own_rewards().0 } else { position.credited };
            (pool.value(position.total_shares()).0, left)
        }
        None => (0, 0),
    };
    Standing {
        staked,
        earned: person.flow.claimed + person.flow.restaked + left,
        left,
        commission_bps: provider.map_or(0, |provider| provider.commission_bps),
        delegated: provider.map_or(0, |provider| provider.delegated.tokens),
        closed: gone,
    }
}

fn provider_data(world: &World, at: usize) -> Value {
    let standing = standing(world, Who::Owner(at));
    let mut data = person_data(&world.owners[at], &standing);
    data["address"] = world.providers[at].provider.to_string().into();
    data["delegated"] = standing.delegated.into();
    data["commission_bps"] = standing.commission_bps.into();
    data
}

fn delegator_data(world: &World, at: usize) -> Value {
    let person = &world.delegators[at];
    let mut data = person_data(person, &standing(world, Who::Delegator(at)));
    data["address"] = person.actor.address().to_string().into();
    data["provider"] = world.owners[person.provider].name.into();
    data
}

fn person_data(person: &Person, standing: &Standing) -> Value {
    json!({
        "name": person.name,
        "closed": standing.closed,
        "staked": standing.staked,
        "earned": standing.earned,
        "claimed": person.flow.claimed,
        "restaked": person.flow.restaked,
        "left": standing.left,
        "withdrawn": person.flow.withdrawn,
        "wallet": person.flow.wallet(),
    })
}

fn providers_table(world: &World) -> String {
    let mut table =
        table(&["provider", "commission", "own stake", "delegated", "earned", "claimed", "left", "withdrawn"]);
    for (at, person) in world.owners.iter().enumerate() {
        let standing = standing(world, Who::Owner(at));
        let commission = format!("{}.{:02} %", standing.commission_bps / 100, standing.commission_bps % 100);
        table.add_row([
            person.name.to_owned(),
            if standing.closed { "closed".to_owned() } else { commission },
            tokens(standing.staked),
            tokens(standing.delegated),
            tokens(standing.earned),
            tokens(person.flow.claimed),
            tokens(standing.left),
            tokens(person.flow.withdrawn),
        ]);
    }
    align_numbers(&mut table, 1);
    table.to_string()
}

fn delegators_table(world: &World) -> String {
    let mut table = table(&["delegator", "behind", "staked", "earned", "claimed", "restaked", "left", "withdrawn"]);
    for (at, person) in world.delegators.iter().enumerate() {
        let standing = standing(world, Who::Delegator(at));
        table.add_row([
            person.name.to_owned(),
            world.owners[person.provider].name.to_owned(),
            tokens(standing.staked),
            tokens(standing.earned),
            tokens(person.flow.claimed),
            tokens(person.flow.restaked),
            tokens(standing.left),
            tokens(person.flow.withdrawn),
        ]);
    }
    align_numbers(&mut table, 2);
    table.to_string()
}

fn network(world: &World, books: &Books) -> Value {
    let state = world.scenario.network_state();
    json!({
        "address": world.scenario.network.network.to_string(),
        "mint": world.scenario.network.mint.to_string(),
        "supply": world.scenario.chain.supply(&world.scenario.network.mint),
        "emitted": state.emitted_total,
        "to_keepers": world.tally.to_keepers,
        "bounties": world.tally.bounties,
        "activation_bounties": world.tally.activations,
        "treasury": world.scenario.vault(VaultKind::Treasury),
        "unclaimed": world.scenario.vault(VaultKind::Reward) - books.carried,
        "carried": books.carried,
        "dust": books.dust,
        "epochs_emitted": world.tally.epochs,
        "transactions": world.tally.transactions,
    })
}

fn network_table(world: &World, books: &Books) -> String {
    let mut table = table(&["network", ""]);
    let rows = [
        ("supply", tokens(world.scenario.chain.supply(&world.scenario.network.mint))),
        ("emitted", tokens(world.scenario.network_state().emitted_total)),
        ("of it to the keeper vault", tokens(world.tally.to_keepers)),
        ("bounties paid", tokens(world.tally.bounties + world.tally.activations)),
        ("rewards not yet claimed", tokens(world.scenario.vault(VaultKind::Reward) - books.carried)),
        ("of it rounding dust", tokens(books.dust)),
        ("carried to the next emission", tokens(books.carried)),
        ("treasury", tokens(world.scenario.vault(VaultKind::Treasury))),
        ("epochs with an emission", world.tally.epochs.to_string()),
        ("transactions", grouped(world.tally.transactions)),
    ];
    table.add_rows(rows.map(|(name, value)| [name.to_owned(), value]));
    align_numbers(&mut table, 1);
    table.to_string()
}

fn books_table(books: &Books) -> String {
    let mut table = table(&["every base unit", "books", "found", ""]);
    for line in &books.lines {
        table.add_row([line.what.clone(), grouped(line.books), grouped(line.found), verdict(line.ok).to_owned()]);
    }
    align_numbers(&mut table, 1);
    table.to_string()
}

/// Base units as tokens of six decimals.
fn tokens(amount: u64) -> String {
    format!("{}.{:06}", grouped(amount / 1_000_000), amount % 1_000_000)
}
