//! What people read: the cast, the chapters, who stands where, and the books.

use {
    super::{
        books::Books,
        cast::{CAST, DELEGATORS, Role},
        dispute::Flows,
        standing::{provider, standing},
        story::{Chapter, change, date, percent, tokens, whole},
        wealth::UNSHARED,
        world::World,
    },
    crate::{
        failure::Result,
        reply::{align_numbers, grouped, table},
        text::words,
    },
    comfy_table::{ContentArrangement, Table},
    work_token_sdk::state::EmissionLaw,
};

/// Columns of a line, at most.
const WIDTH: usize = 100;

/// The whole answer.
pub fn plain(world: &World, seed: u64, books: &Books, (all, failed): (bool, Option<&str>)) -> Result<String> {
    let mut parts = vec![[introduction(world, seed), cast()].join("\n")];
    parts.extend((1..).zip(&world.chapters).map(|(number, chapter)| self::chapter(number, chapter)));
    let tables = [dispute_table(world), provider_table(world)?, delegator_table(world)?];
    let mut end: Vec<String> = tables.iter().map(ToString::to_string).collect();
    if all {
        end.push(books_table(books).to_string());
    }
    end.push(conclusion(world, books, failed));
    parts.push(end.join("\n"));
    Ok(parts.join("\n\n"))
}

fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let options = textwrap::Options::new(WIDTH).initial_indent(first).subsequent_indent(rest);
    textwrap::fill(text, options)
}

fn introduction(world: &World, seed: u64) -> String {
    let network = world.scenario.network_state();
    let days = network.params.epoch_secs / 86_400;
    let rules = world.stage.preset.map_or(String::new(), |preset| format!("rules of `{}`, ", preset.name()));
    let brought = match network.params.emission.law == EmissionLaw::Fixed as u8 {
        true => format!("up to {} new tokens", tokens(network.params.emission_per_epoch)),
        false => "new tokens at a rate of the supply, less what fees took".to_owned(),
    };
    let text = format!(
        "Work Token: one network on an embedded chain, {rules}seed {seed}, {} to {}. Each epoch of {days} day brings \
         {brought}, shared by weight: stake times score. Amounts are tokens.",
        date(network.clock().starts_at_ts(work_token_sdk::math::Epoch(0)).unwrap_or(0)),
        date(world.scenario.now()),
    );
    wrapped(&text, "", "")
}

fn cast() -> String {
    let line = |role: &Role| {
        let names: Vec<String> = role.who.iter().map(|who| format!("{who:?}")).collect();
        let text = format!("{}: {}", names.join(", "), role.does);
        wrapped(&text, &format!("  {:<12}", role.name), &" ".repeat(14))
    };
    let mut lines: Vec<String> = CAST.iter().map(line).collect();
    lines.push(
        "  others      a keeper sends what is due, for bounties; a guardian may pause; an arbiter confirms".into(),
    );
    lines.join("\n")
}

fn chapter(number: u32, chapter: &Chapter) -> String {
    let mut lines = vec![wrapped(&format!("{number}. {}: {}", chapter.title, chapter.why), "", "   ")];
    for event in &chapter.events {
        let when = format!("  {} epoch {:>3} ", date(event.at_ts), event.epoch);
        lines.push(wrapped(&event.text, &when, &" ".repeat(when.len())));
    }
    lines.extend(chapter.promises.iter().map(|promise| format!("  {:<8}{}", verdict(promise.kept), promise.name)));
    lines.push(wrapped(&format!("{} {}", chapter.outcome, moved(chapter)), "  => ", "     "));
    lines.join("\n")
}

/// Whom the chapter made richer or poorer, by a token at least.
fn moved(chapter: &Chapter) -> String {
    let list = |sign: i128| {
        let gains = chapter.gains.iter().filter(|(name, _)| *name != UNSHARED);
        let shown = gains.filter(|(_, gain)| gain * sign >= 1_000_000);
        shown.map(|(name, gain)| format!("{name} {}", whole(*gain))).collect::<Vec<_>>().join(", ")
    };
    let [gained, paid] = [1, -1].map(list).map(|names| if names.is_empty() { "nobody".to_owned() } else { names });
    format!("Gained: {gained}; paid: {paid}.")
}

fn verdict(kept: bool) -> &'static str {
    if kept { "OK" } else { "BROKEN" }
}

fn provider_table(world: &World) -> Result<Table> {
    let header =
        ["provider", "own stake", "rewards", "commission", "drawn", "expected", "fees", "score", "tier", "place"];
    let mut table = fitted(&header);
    for member in &world.members {
        let [commission, score, tier, place] = match provider(world, member.who) {
            Some(state) => [
                percent(state.commission_bps),
                format!("{}.{} %", state.reputation.score_ppm / 10_000, state.reputation.score_ppm / 1_000 % 10),
                state.reputation.tier.to_string(),
                if state.place.is_held() { state.place.index.to_string() } else { "none".into() },
            ],
            None => ["-", "-", "-", "gone"].map(str::to_owned),
        };
        let standing = standing(world, member.who)?;
        table.add_row([
            format!("{:?}", member.who),
            whole(standing.stake.into()),
            whole(standing.earned.into()),
            commission,
            member.drawn.to_string(),
            format!("{}.{}", member.expected_ppm / 1_000_000, member.expected_ppm / 100_000 % 10),
            tokens(member.fees),
            score,
            tier,
            place,
        ]);
    }
    align_numbers(&mut table, 1);
    Ok(table)
}

fn delegator_table(world: &World) -> Result<Table> {
    let mut table = fitted(&["delegator", "stakes behind", "put in", "stake", "rewards", "taken out", "gained"]);
    for who in DELEGATORS {
        let (standing, flow) = (standing(world, *who)?, world.person(*who).flow);
        table.add_row([
            format!("{who:?}"),
            standing.behind,
            tokens(flow.staked),
            tokens(standing.stake),
            tokens(standing.earned),
            tokens(flow.withdrawn + flow.claimed),
            change(standing.gain),
        ]);
    }
    align_numbers(&mut table, 2);
    Ok(table)
}

type Row = (&'static str, fn(&Flows) -> i128);

/// Who gains in a dispute and who pays. Together it is nothing.
const ROWS: [Row; 9] = [
    ("the challengers", Flows::challengers_gain),
    ("who answered", Flows::answerer_gain),
    ("the client", |flows| i128::from(flows.client)),
    ("jurors and keepers", |flows| sum(&[flows.jurors, flows.bounties]) - i128::from(flows.locks)),
    ("the insurance", |flows| i128::from(flows.insurance)),
    ("the accused's stake", |flows| -i128::from(flows.slashed[0])),
    ("and its rewards", |flows| i128::from(flows.provider) - i128::from(flows.confiscated)),
    ("its delegators", |flows| -i128::from(flows.slashed[1])),
    ("burned", |flows| sum(&[flows.burned, flows.confiscated])),
];

fn sum(amounts: &[u64]) -> i128 {
    amounts.iter().copied().map(i128::from).sum()
}

fn dispute_table(world: &World) -> Table {
    let mut header = vec!["dispute".to_owned()];
    for (number, case) in world.cases.iter().enumerate() {
        let challengers: Vec<String> = case.challengers.iter().map(|who| format!("{who:?}")).collect();
        let outcome = words(&format!("{:?}", world.dispute(number).outcome()));
        header.push(format!("{} v {:?}: {outcome}", challengers.join(", "), case.accused));
    }
    let mut table = fitted(&header.iter().map(String::as_str).collect::<Vec<_>>());
    for (name, amount) in ROWS {
        let mut row = vec![name.to_owned()];
        row.extend(world.cases.iter().map(|case| change(amount(&case.flows))));
        table.add_row(row);
    }
    align_numbers(&mut table, 1);
    table
}

fn books_table(books: &Books) -> Table {
    let mut table = fitted(&["every base unit (a millionth of a token)", "by the books", "found", ""]);
    for line in &books.lines {
        let verdict = if line.ok { "OK" } else { "WRONG" };
        table.add_row([line.name.clone(), grouped(line.books), grouped(line.found), verdict.to_owned()]);
    }
    align_numbers(&mut table, 1);
    table
}

/// A table that folds a cell rather than being wider than a line.
fn fitted(header: &[&str]) -> Table {
    let mut table = table(header);
    table.set_width(WIDTH as u16).set_content_arrangement(ContentArrangement::Dynamic);
    table
}

fn conclusion(world: &World, books: &Books, failed: Option<&str>) -> String {
    let promises: usize = world.chapters.iter().map(|chapter| chapter.promises.len()).sum();
    let (transactions, lines) = (
        grouped(world.transactions.get() + world.second.as_ref().map_or(0, |second| second.transactions.get())),
        books.lines.len(),
    );
    match failed {
        None => format!(
            "{transactions} transactions; {promises} promises, all kept.\n\
             All {lines} lines of the books balance: every base unit is accounted for."
        ),
        Some(failed) => format!("WRONG: {failed}."),
    }
}
