//! What the market shows at the end.

use {
    super::{Chapter, Market},
    crate::reply::{align_numbers, grouped, table},
    serde_json::{Value, json},
};

/// For machines.
pub fn data(chapter: &Chapter) -> Value {
    let market = &chapter.market;
    let tally = &market.tally;
    let worker = |worker: &super::Worker| {
        let state = market.scenario.provider_state(&worker.at);
        json!({
            "name": worker.name,
            "staked": worker.stake,
            "drawn": worker.drawn,
            "expected_ppm": worker.expected_ppm,
            "fees": worker.fees,
            "rewards": state.own_rewards().0,
            "score_ppm": state.score_ppm,
            "tier": state.tier,
            "place": state.place.is_held().then_some(state.place.index),
        })
    };
    let buyer = |buyer: &super::Buyer| json!({ "name": buyer.name, "given": buyer.given, "paid": buyer.paid, "refunded": buyer.refunded });
    json!({
        "jobs": tally.jobs,
        "settled": tally.settled,
        "expired": tally.expired,
        "minorities": tally.minorities,
        "draws_verified": tally.verified,
        "draws_not_accepted": tally.silent,
        "bounties": tally.bounties,
        "burned": tally.burned,
        "treasury": tally.treasury,
        "providers": market.workers.iter().map(worker).collect::<Vec<_>>(),
        "clients": market.buyers.iter().map(buyer).collect::<Vec<_>>(),
    })
}

/// For people.
pub fn plain(chapter: &Chapter) -> String {
    [workers(&chapter.market), market(&chapter.market)].join("\n\n")
}

fn workers(market: &Market) -> String {
    let header = ["provider of work", "own stake", "drawn", "by weight", "fees", "rewards", "score", "tier", "place"];
    let mut table = table(&header);
    for worker in &market.workers {
        let state = market.scenario.provider_state(&worker.at);
        table.add_row([
            worker.name.to_owned(),
            tokens(worker.stake),
            worker.drawn.to_string(),
            format!("{}.{}", worker.expected_ppm / 1_000_000, worker.expected_ppm / 100_000 % 10),
            tokens(worker.fees),
            tokens(state.own_rewards().0),
            format!("{}.{:04} %", state.score_ppm / 10_000, state.score_ppm % 10_000),
            state.tier.to_string(),
            if state.place.is_held() { state.place.index.to_string() } else { "-".to_owned() },
        ]);
    }
    align_numbers(&mut table, 1);
    table.to_string()
}

fn market(market: &Market) -> String {
    let tally = &market.tally;
    let mut table = table(&["market", ""]);
    let paid: u64 = market.buyers.iter().map(|buyer| buyer.paid).sum();
    let refunded: u64 = market.buyers.iter().map(|buyer| buyer.refunded).sum();
    let rows = [
        ("jobs", grouped(tally.jobs)),
        ("seats paid", grouped(tally.settled)),
        ("expired", grouped(tally.expired)),
        ("minority results", grouped(tally.minorities)),
        ("draws recomputed", grouped(tally.verified)),
        ("draws that were not accepted", grouped(tally.silent)),
        ("paid by clients", tokens(paid)),
        ("refunded", tokens(refunded)),
        ("burned", tokens(tally.burned)),
        ("treasury", tokens(tally.treasury)),
        ("bounties", tokens(tally.bounties)),
    ];
    table.add_rows(rows.map(|(name, value)| [name.to_owned(), value]));
    align_numbers(&mut table, 1);
    table.to_string()
}

/// Base units as tokens of six decimals.
fn tokens(amount: u64) -> String {
    format!("{}.{:06}", grouped(amount / 1_000_000), amount % 1_000_000)
}
