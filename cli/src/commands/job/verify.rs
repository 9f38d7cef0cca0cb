//! Recomputing draws: from the tree while it is kept, from the draw's event for ever.

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        piped,
        reply::{Reply, Value, facts},
        text::hex,
    },
    base64::{Engine, engine::general_purpose::STANDARD as BASE64},
    clap::Args,
    std::path::PathBuf,
    work_token_sdk::{
        Pubkey,
        client::JobState,
        draw::{DrawnSeat, Evidence, VerifiedDraw, verify_draw},
        event_types::SeatDrawn,
        events::{Event, decode_logs},
        math::Epoch,
        state::{Assignment, Tree, job_flags},
    },
};

/// `work-token job verify`
#[derive(Args, Debug)]
pub struct Verify {
    /// The job's address
    job: Pubkey,
    /// The draw's event: what stands after `Program data:` in its transaction's log
    #[arg(long, value_name = "BASE64", conflicts_with = "logs")]
    event: Option<String>,
    /// A file with the log of the draw's transaction, line by line
    #[arg(long, value_name = "FILE")]
    logs: Option<PathBuf>,
}

impl Verify {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let state = session.job(&self.job)?;
        let events = self.events()?;
        if !state.job.has(job_flags::SEEDED) && events.is_empty() {
            return Err(Failure::TryAgain("the job's seed is not captured: nothing has been drawn from it".into()));
        }
        let tree = session.client().work_tree(&state.network, state.job.tree_epoch)?;
        let tree = tree.filter(|tree| tree.is_of(Epoch(state.job.tree_epoch)));
        if tree.is_none() && events.is_empty() {
            return Err(Failure::Failed(format!(
                "the tree of epoch {} is overwritten: give the draw's --event or --logs",
                state.job.tree_epoch
            )));
        }
        Ok(self.reply(&state, tree.as_deref(), &events))
    }

    /// The draws that were given.
    fn events(&self) -> Result<Vec<SeatDrawn>> {
        let found = if let Some(event) = &self.event {
            let bytes = BASE64.decode(event).map_err(|error| Failure::Usage(format!("--event: {error}")))?;
            vec![Event::read(&bytes).ok_or_else(|| Failure::Usage("--event is no event of this program".into()))?]
        } else if let Some(file) = &self.logs {
            let text = piped::read_text(file);
            let text = text.map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
            decode_logs(&text.lines().map(str::trim).collect::<Vec<_>>()).events
        } else {
            return Ok(Vec::new());
        };
        let drawn = |event| if let Event::SeatDrawn(drawn) = event { Some(drawn) } else { None };
        let drawn: Vec<SeatDrawn> = found.into_iter().filter_map(drawn).filter(|drawn| drawn.job == self.job).collect();
        if drawn.is_empty() { Err(Failure::Usage("there is no draw of this job in it".into())) } else { Ok(drawn) }
    }

    fn reply(&self, state: &JobState, tree: Option<&Tree>, events: &[SeatDrawn]) -> Reply {
        let mut leaves = Vec::new();
        let mut wrong = Vec::new();
        let mut total = None;
        for (assignment, evidence) in evidence(&state.assignments, tree, events) {
            let seat = DrawnSeat { job_address: &self.job, job: &state.job, assignment };
            match verify_draw(&seat, evidence) {
                Ok(draw) => {
                    total = total.or((draw.total > 0).then_some(draw.total));
                    leaves.extend(rows(assignment.seat, &draw));
                }
                Err(mismatch) => wrong.push(format!("seat {}: {mismatch}", assignment.seat)),
            }
        }
        let data = facts!({
            "job": self.job.to_string(),
            "ok": wrong.is_empty(),
            "seed": hex(&state.job.seed),
            "tree_epoch": state.job.tree_epoch,
            "total": total.or(tree.map(Tree::total)),
            "from": if tree.is_some() { "tree" } else { "event" },
            "mismatches": wrong,
            "leaves": leaves,
        });
        let failed = (!wrong.is_empty()).then(|| wrong.join("; "));
        Reply { failed, ..Reply::of(data) }
    }
}

/// What each seat is held against: its events, and the tree by itself for the seats that no event is about.
fn evidence<'a>(
    assignments: &'a [Assignment],
    tree: Option<&'a Tree>,
    events: &'a [SeatDrawn],
) -> Vec<(&'a Assignment, Evidence<'a>)> {
    let mut pairs = Vec::new();
    for assignment in assignments {
        let own: Vec<&SeatDrawn> = events.iter().filter(|event| event.seat == assignment.seat).collect();
        match (tree, own.is_empty()) {
            (Some(tree), true) if events.is_empty() => pairs.push((assignment, Evidence::Tree(tree))),
            (Some(tree), _) => pairs.extend(own.into_iter().map(|event| (assignment, Evidence::Both(tree, event)))),
            (None, _) => pairs.extend(own.into_iter().map(|event| (assignment, Evidence::Event(event)))),
        }
    }
    pairs
}

fn rows(seat: u8, draw: &VerifiedDraw) -> Vec<Value> {
    let last = draw.leaves.len();
    let row = |(at, leaf): (usize, &work_token_sdk::draw::VerifiedLeaf)| {
        let has_seat = draw.winner.is_some() && at + 1 == last;
        facts!({
            "seat": seat,
            "leaf": leaf.leaf,
            "number": leaf.number,
            "index": leaf.index,
            "provider": leaf.provider.to_string(),
            "result": if has_seat { "drawn".to_owned() } else { skipped(leaf.reason) },
        })
    };
    draw.leaves.iter().enumerate().map(row).collect()
}

/// Why a provider did not get the seat. Without the draw's event only that it did not is known.
fn skipped(reason: Option<u8>) -> String {
    const REASONS: [&str; 7] =
        ["not active", "below minimum", "maintenance", "already seated", "not serving", "below floor", "exposure full"];
    let name = reason.and_then(|reason| REASONS.get(usize::from(reason).checked_sub(1)?));
    name.map_or_else(|| "skipped or released".to_owned(), |name| format!("skipped: {name}"))
}
