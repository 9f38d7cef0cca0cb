//! What the disputes show at the end.

use {
    super::{Case, Verdicts},
    crate::{
        commands::words,
        demo::market::Market,
        reply::{align_numbers, grouped, table},
    },
    serde_json::{Value, json},
    work_token_sdk::state::Dispute,
};

fn outcome(dispute: &Dispute) -> String {
    words(&format!("{:?}", dispute.outcome()))
}

/// For machines.
pub fn data(verdicts: &Verdicts, market: &Market) -> Value {
    let case = |(case, dispute): &(Case, Dispute)| {
        let flows = &case.flows;
        json!({
            "accused": market.workers[case.worker].name,
            "challengers": case.challengers.iter().map(|who| market.parties[*who].name).collect::<Vec<_>>(),
            "claimed": case.severity,
            "outcome": outcome(dispute),
            "found": dispute.severity(),
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
            "bounties": flows.bounties,
            "to_insurance": flows.insurance,
            "to_provider": flows.provider,
            "burned": flows.burned,
        })
    };
    json!({
        "disputes": verdicts.cases.iter().map(case).collect::<Vec<_>>(),
        "delegator_lost": verdicts.loss,
        "escrow_counted": verdicts.steps,
    })
}

/// For people.
pub fn plain(verdicts: &Verdicts, market: &Market) -> String {
    let named = |(case, dispute): &(Case, Dispute)| {
        let challengers: Vec<&str> = case.challengers.iter().map(|who| market.parties[*who].name).collect();
        let accused = market.workers[case.worker].name;
        format!("{} against {accused}: {}", challengers.join(" and "), outcome(dispute))
    };
    let mut header = vec!["dispute".to_owned()];
    header.extend(verdicts.cases.iter().map(named));
    let mut table = table(&header.iter().map(String::as_str).collect::<Vec<_>>());
    for (name, amount) in rows() {
        let mut row = vec![name.to_owned()];
        row.extend(verdicts.cases.iter().map(|(case, _)| tokens(amount(case))));
        table.add_row(row);
    }
    align_numbers(&mut table, 1);
    let loss = format!("Pia, who delegates to the accused, loses {}, as foretold.", tokens(verdicts.loss));
    [table.to_string(), loss].join("\n")
}

type Row = (&'static str, fn(&Case) -> u64);

fn rows() -> [Row; 17] {
    [
        ("bond", |case| case.flows.bonds[0]),
        ("bond of who raised the claim", |case| case.flows.bonds[1]),
        ("deposited beyond, and returned", |case| case.flows.surplus),
        ("counter-bond", |case| case.flows.counter_bond[0]),
        ("returned of it", |case| case.flows.counter_bond[1]),
        ("appeal", |case| case.flows.appeals[0]),
        ("returned of it", |case| case.flows.appeals[1]),
        ("slashed of the owner", |case| case.flows.slashed[0]),
        ("slashed of delegators", |case| case.flows.slashed[1]),
        ("own rewards burned", |case| case.flows.confiscated),
        ("to the challenger", |case| case.flows.challengers[0]),
        ("to who raised the claim", |case| case.flows.challengers[1]),
        ("to the client", |case| case.flows.client),
        ("to jurors and keepers", |case| case.flows.jurors + case.flows.bounties),
        ("to the insurance", |case| case.flows.insurance),
        ("to the provider's side", |case| case.flows.provider),
        ("burned", |case| case.flows.burned),
    ]
}

/// Base units as tokens of six decimals.
fn tokens(amount: u64) -> String {
    format!("{}.{:06}", grouped(amount / 1_000_000), amount % 1_000_000)
}
