//! The table of who gained what, the promises, and where every token is.

use {
    super::{
        agent::{Agent, Kind},
        attacks::Attempt,
        claims::{Claim, signed, tokens},
        world::World,
    },
    crate::reply::{Reply, Value, align_numbers, facts, grouped, table},
    work_token_sdk::math::score::REPUTATION_FRACTION_BITS,
};

/// The answer, with what became of the promises about attacks. It fails when one was not kept.
pub fn report(seed: u64, world: &World, attempts: &[Attempt]) -> Reply {
    let mut claims = world.claims();
    claims.extend(attempts.iter().map(Attempt::claim));
    let broken: Vec<String> = claims
        .iter()
        .filter(|claim| !claim.holds)
        .map(|claim| format!("it does not hold that {}: {}", claim.promise, claim.found))
        .collect();
    let failed = (!broken.is_empty()).then(|| broken.join("; "));
    let data = facts!({
        "seed": seed,
        "epochs": world.epoch,
        "ok": failed.is_none(),
        "failures": broken,
        "agents": (0..world.agents.len()).map(|index| agent_data(world, index)).collect::<Vec<_>>(),
        "claims": claims.iter().map(claim_data).collect::<Vec<_>>(),
        "attacks": attempts.iter().map(attempt_data).collect::<Vec<_>>(),
        "tokens": tokens_data(world),
        "jobs": world.jobs,
    });
    let promises: Vec<String> = claims.iter().map(claim_line).collect();
    let plain = [
        format!("{} epochs, {} jobs, seed {seed}; amounts in tokens", grouped(world.epoch), grouped(world.jobs)),
        agents_table(world),
        attacks_table(attempts),
        promises.join("\n"),
        tokens_table(world),
    ];
    Reply { plain: Some(plain.join("\n\n")), failed, ..Reply::of(data) }
}

fn claim_line(claim: &Claim) -> String {
    format!("{:<6} {}:\n       {}", if claim.holds { "OK" } else { "WRONG" }, claim.promise, claim.found)
}

fn claim_data(claim: &Claim) -> Value {
    facts!({
        "name": claim.name,
        "claim": claim.promise,
        "holds": claim.holds,
        "found": claim.found,
        "numbers": claim.numbers,
    })
}

fn attempt_data(Attempt { attack, outcome }: &Attempt) -> Value {
    facts!({
        "claim": attack.name,
        "attacker": attack.attacker,
        "attack": attack.attack,
        "victims": attack.victims,
        "honest_net": outcome.honest.attacker,
        "attacking_net": outcome.attacking.attacker,
        "gained": outcome.gained(),
        "spent": outcome.attacking.spent,
        "victims_lost": outcome.lost(),
    })
}

/// Each attack has a network of its own, which lived through as many epochs.
fn attacks_table(attempts: &[Attempt]) -> String {
    let mut rows =
        table(&["attacker", "net if honest", "net attacking", "gained by it", "spent on it", "victims lost"]);
    for Attempt { attack, outcome } in attempts {
        rows.add_row([
            attack.attacker.to_owned(),
            tokens(outcome.honest.attacker),
            tokens(outcome.attacking.attacker),
            tokens(outcome.gained()),
            tokens(outcome.attacking.spent.into()),
            tokens(outcome.lost()),
        ]);
    }
    align_numbers(&mut rows, 1);
    rows.to_string()
}

fn agents_table(world: &World) -> String {
    let mut rows =
        table(&["agent", "kind", "stake or bond", "earned", "paid", "net", "per mille of stake", "in the end"]);
    for (index, agent) in world.agents.iter().enumerate() {
        let per_mille = agent.net_per_mille().map_or_else(|| "-".to_owned(), signed);
        rows.add_row([
            agent.name.clone(),
            agent.kind.name().to_owned(),
            tokens(agent.placed.into()),
            tokens(agent.earned().into()),
            tokens(agent.paid.into()),
            tokens(agent.net()),
            per_mille,
            standing(world, index),
        ]);
    }
    align_numbers(&mut rows, 2);
    rows.to_string()
}

/// Tier and reputation of a provider; how often an attester was drawn, and how far it agreed.
fn standing(world: &World, index: usize) -> String {
    let identities = world.providers.iter().filter(|provider| provider.owner == index);
    if let Some(first) = identities.clone().min_by_key(|provider| provider.reputation_x12) {
        let count = identities.count();
        let reputation = first.reputation_x12 >> REPUTATION_FRACTION_BITS;
        let many = if count > 1 { format!("{count} identities, ") } else { String::new() };
        let fallen = if first.best_tier > first.tier { format!(" (was {})", first.best_tier) } else { String::new() };
        let tier = first.tier;
        return format!("{many}tier {tier}{fallen}, reputation {}.{} %", reputation / 10_000, reputation / 1_000 % 10);
    }
    let Some(bonds) = Bonds::of(world, index) else { return String::new() };
    let many = if bonds.count > 1 { format!("{} bonds, ", bonds.count) } else { String::new() };
    let agreement = bonds.agreement_bps;
    format!("{many}drawn {}, agreement {}.{} %", grouped(bonds.drawn), agreement / 100, agreement / 10 % 10)
}

/// What became of all bonds of an agent.
struct Bonds {
    count: usize,
    drawn: u32,
    missed: u32,
    agreement_bps: u64,
}

impl Bonds {
    fn of(world: &World, owner: usize) -> Option<Self> {
        let own = || world.attesters.iter().filter(|attester| attester.owner == owner);
        let points: u64 = own().map(|attester| attester.points).sum();
        let bonds = Self {
            count: own().count(),
            drawn: own().map(|attester| attester.seated).sum(),
            missed: own().map(|attester| attester.missed).sum(),
            agreement_bps: points.checked_div(own().map(|attester| attester.reported).sum()).unwrap_or(0),
        };
        (bonds.count > 0).then_some(bonds)
    }
}

fn agent_data(world: &World, index: usize) -> Value {
    let agent = &world.agents[index];
    let mut data = facts!({
        "agent": agent.name,
        "kind": agent.kind.name(),
        "role": role(agent),
        "stake": agent.placed,
        "earned": agent.earned(),
        "earned_from_emission": agent.emission,
        "earned_from_fees": agent.fees,
        "paid": agent.paid,
        "net": agent.net(),
        "net_per_mille": agent.net_per_mille(),
    });
    let identities: Vec<_> = world.providers.iter().filter(|provider| provider.owner == index).collect();
    if let Some(first) = identities.iter().min_by_key(|provider| provider.reputation_x12) {
        data["identities"] = facts!(identities.len());
        data["tier"] = facts!(first.tier);
        data["best_tier"] = facts!(first.best_tier);
        data["reputation_ppm"] = facts!(first.reputation_x12 >> REPUTATION_FRACTION_BITS);
    }
    if let Some(bonds) = Bonds::of(world, index) {
        data["bonds"] = facts!(bonds.count);
        data["drawn"] = facts!(bonds.drawn);
        data["missed"] = facts!(bonds.missed);
        data["agreement_bps"] = facts!(bonds.agreement_bps);
    }
    data
}

fn role(agent: &Agent) -> &'static str {
    match agent.kind {
        Kind::Client => "client",
        Kind::MeasuringAttester
        | Kind::OneBond
        | Kind::BondSplitter
        | Kind::SilentAttester
        | Kind::CopyingAttester
        | Kind::LazyAttester
        | Kind::ColludingAttester => "attester",
        _ => "provider",
    }
}

/// Where every token came from and where it is. The sums were compared after every epoch.
fn places(world: &World) -> [(&'static str, u64); 8] {
    let vaults = &world.vaults;
    let wealth = (0..world.agents.len()).map(|agent| world.wealth_of(agent)).sum();
    [
        ("initial", world.began_with),
        ("minted", vaults.minted),
        ("burned", vaults.burned),
        ("agents", wealth),
        ("treasury", vaults.treasury),
        ("keepers", vaults.keepers),
        ("escrow", vaults.escrow),
        ("reward", vaults.reward),
    ]
}

fn tokens_data(world: &World) -> Value {
    Value::Object(places(world).into_iter().map(|(place, amount)| (place.to_owned(), facts!(amount))).collect())
}

fn tokens_table(world: &World) -> String {
    let mut rows = table(&["where the tokens are", "base units"]);
    for (place, amount) in places(world) {
        rows.add_row([place.to_owned(), grouped(amount)]);
    }
    align_numbers(&mut rows, 1);
    format!(
        "{rows}\ninitial + minted = burned + all others, to the base unit, after each of {} epochs",
        grouped(world.epoch)
    )
}
