//! What machines read.

use {
    super::{
        books::Books,
        cast::{CAST, DELEGATORS, Role, Who},
        dispute::Case,
        standing::{provider, standing},
        story::{Chapter, date},
        wealth::owned_by,
        world::World,
    },
    crate::{
        failure::Result,
        reply::{Count, Map, Tell, Value, facts, joined},
        text::words,
    },
    work_token_sdk::state::VaultKind,
};

/// The whole answer.
pub fn data(world: &World, seed: u64, books: &Books, ok: bool) -> Result<Value> {
    let mut people = Vec::new();
    for role in &CAST {
        for who in role.who {
            people.push(person(world, role, *who)?);
        }
    }
    let numbered = || (1u32..).zip(&world.chapters);
    let promise = |(number, chapter): (u32, &Chapter)| {
        let rows = chapter.promises.iter();
        rows.map(|it| facts!({ "chapter": number, "name": it.name, "kept": it.kept })).collect::<Vec<_>>()
    };
    let line = |line: &super::books::Line| facts!({ "name": line.name, "books": line.books, "found": line.found, "ok": line.ok });
    Ok(facts!({
        "seed": seed,
        "preset": world.stage.preset.map(work_token_sdk::presets::Preset::name),
        "ok": ok,
        "network": network(world),
        "second_network": world.second.as_deref().map(second),
        "chapters": numbered().map(chapter).collect::<Vec<_>>(),
        "promises": numbered().flat_map(promise).collect::<Vec<_>>(),
        "people": people,
        "disputes": world.cases.iter().enumerate().map(|(at, case)| dispute(world, at, case)).collect::<Vec<_>>(),
        "books": books.lines.iter().map(line).collect::<Vec<_>>(),
    }))
}

fn chapter((number, chapter): (u32, &Chapter)) -> Value {
    let event = |event: &super::story::Event| facts!({ "at_ts": event.at_ts, "date": date(event.at_ts), "epoch": event.epoch, "text": event.text });
    let gains = chapter.gains.iter().map(|(name, gain)| ((*name).to_owned(), gain.tell()));
    facts!({
        "number": number,
        "title": chapter.title,
        "why": chapter.why,
        "events": chapter.events.iter().map(event).collect::<Vec<_>>(),
        "outcome": chapter.outcome,
        "gains": gains.collect::<Map<String, Value>>(),
        "books": chapter.books.0,
        "wrong_books": chapter.books.1,
    })
}

fn person(world: &World, role: &Role, who: Who) -> Result<Value> {
    let (person, name) = (world.person(who), format!("{who:?}"));
    let data = facts!({
        "name": name,
        "role": role.name,
        "address": person.actor.address().to_string(),
        "given": person.flow.given,
        "wallet": person.flow.wallet(),
        "owned": owned_by(world, who)?,
    });
    let Some(member) = world.members.iter().find(|member| member.who == who) else {
        return Ok(if DELEGATORS.contains(&who) { joined(data, holder(world, who)?) } else { data });
    };
    let state = provider(world, who);
    let data = joined(data, holder(world, who)?);
    Ok(joined(
        data,
        facts!({
            "provider": member.at.provider.to_string(),
            "closed": state.is_none(),
            "vault": world.scenario.chain.token_balance(&member.at.stake_vault),
            "place": state.filter(|state| state.place.is_held()).map(|state| state.place.index),
            "score_ppm": state.map(|state| state.reputation.score_ppm),
            "tier": state.map(|state| state.reputation.tier),
            "commission_bps": state.map(|state| state.commission_bps),
            "drawn": Count(member.drawn),
            "expected_ppm": Count(member.expected_ppm),
            "not_accepted": member.silent,
            "fees": member.fees,
            "slashed": member.slashed,
        }),
    ))
}

fn holder(world: &World, who: Who) -> Result<Value> {
    let (standing, flow) = (standing(world, who)?, world.person(who).flow);
    Ok(facts!({
        "staked": flow.staked,
        "stake": standing.stake,
        "earned": standing.earned,
        "claimed": flow.claimed,
        "restaked": flow.restaked,
        "withdrawn": flow.withdrawn,
    }))
}

/// That of the last two chapters, with what everybody had there at the beginning.
fn second(world: &World) -> Value {
    let given: u64 = world.people.iter().map(|person| person.flow.given).sum();
    joined(network(world), facts!({ "given": given, "came_back": world.tally.returned }))
}

fn network(world: &World) -> Value {
    let (state, tally, vault) = (world.scenario.network_state(), &world.tally, |kind| world.scenario.vault(kind));
    facts!({
        "address": world.scenario.network.network.to_string(),
        "mint": world.scenario.network.mint.to_string(),
        "supply": world.scenario.supply(&world.scenario.network.mint),
        "emitted": state.emitted_total,
        "epochs_emitted": tally.epochs,
        "transactions": Count(world.transactions.get()),
        "keeper_wallet": world.scenario.balance(&world.scenario.keeper),
        "vaults": {
            "escrow": vault(VaultKind::Escrow),
            "reward": vault(VaultKind::Reward),
            "keeper": vault(VaultKind::Keeper),
            "treasury": vault(VaultKind::Treasury),
            "insurance": vault(VaultKind::Insurance),
            "reserve": vault(VaultKind::Reserve),
        },
        "jobs": Count(tally.jobs),
        "settled": Count(tally.settled),
        "expired": Count(tally.expired),
        "minorities": Count(tally.minorities),
        "draws": tally.draws,
        "draws_verified": Count(tally.verified),
        "bounties": tally.epoch_bounties + tally.activations + tally.work_bounties,
        "burned": tally.burned,
        "insured": tally.insured,
        "escrow_counted": tally.counted,
    })
}

fn dispute(world: &World, at: usize, case: &Case) -> Value {
    let (state, flows) = (world.dispute(at), &case.flows);
    facts!({
        "accused": format!("{:?}", case.accused),
        "challengers": case.challengers.iter().map(|who| format!("{who:?}")).collect::<Vec<_>>(),
        "claimed": case.severity,
        "outcome": words(&format!("{:?}", state.outcome())),
        "found": state.severity(),
        "bonds": flows.bonds,
        "surplus_returned": flows.surplus,
        "counter_bond": flows.counter_bond[0],
        "counter_bond_returned": flows.counter_bond[1],
        "appeals": flows.appeals[0],
        "appeals_returned": flows.appeals[1],
        "own_slashed": flows.slashed[0],
        "delegated_slashed": flows.slashed[1],
        "confiscated": flows.confiscated,
        "installments": flows.installments,
        "to_challengers": flows.challengers,
        "to_client": flows.client,
        "to_jurors": flows.jurors,
        "locks_lost": flows.locks,
        "bounties": flows.bounties,
        "to_insurance": flows.insurance,
        "to_provider": flows.provider,
        "burned": flows.burned,
    })
}
