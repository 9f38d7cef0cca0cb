//! `work-token demo`: a whole network on an embedded chain, with every base unit accounted for at the end.

mod books;
mod cast;
mod chapters;
mod data;
mod dispute;
mod earned;
mod epoch;
mod escrow;
mod job;
mod position;
mod progress;
mod report;
mod score;
mod setup;
mod standing;
mod story;
#[cfg(test)]
mod tests;
mod wealth;
mod work;
mod world;

use {
    crate::{failure::Result, reply::Reply},
    clap::Args,
    progress::Progress,
    work_token_localnet::TokenProgram,
    world::{Watch, World},
};

/// One network on an embedded chain, with the committed program and the real token program, told in nine
/// chapters on one time line: stake and commissions, exits and a pause, jobs and draws, scores and places,
/// rewards, a dispute with an appeal and a slash, two more disputes, a provider that closes, and a second
/// network that pays for work, where a provider and a position are sold. Each chapter ends with what was
/// promised and whether it held. In the end every token account is compared with the books, base unit by base
/// unit. What does not hold makes the command fail.
#[derive(Args, Debug)]
pub struct Demo {
    /// Stakes, commissions and keys follow from it: the same seed, the same output
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The work token is a mint of Token-2022 instead of SPL Token
    #[arg(long)]
    token_2022: bool,
    /// Shows the books: what every token account must hold, and what it holds
    #[arg(long)]
    books: bool,
    /// Writes JSON instead of text and tables
    #[arg(long)]
    pub json: bool,
}

impl Demo {
    /// Runs the command.
    pub fn run(&self) -> Result<Reply> {
        let progress = Progress::new();
        self.play(chapters::COUNT, &|world| progress.show(world))
    }

    /// Plays so many chapters while somebody watches. Returns what they show, and whether something failed.
    fn play(&self, count: usize, watch: Watch) -> Result<Reply> {
        let program = if self.token_2022 { TokenProgram::Token2022 } else { TokenProgram::Spl };
        let mut world = setup::assemble(self.seed, program, watch)?;
        chapters::play(&mut world, count)?;
        let books = books::audit(&world)?;
        let failed = failure(&world, &books);
        let data = data::data(&world, self.seed, &books, failed.is_none())?;
        let plain = report::plain(&world, self.seed, &books, (self.books, failed.as_deref()))?;
        Ok(Reply { plain: Some(plain), failed, ..Reply::of(data) })
    }
}

/// What was promised and not kept, and what does not balance at the end of a chapter or of all.
fn failure(world: &World, books: &books::Books) -> Option<String> {
    let promises = world.chapters.iter().flat_map(|chapter| &chapter.promises);
    let broken = promises.filter(|promise| !promise.kept).map(|promise| format!("not kept: {}", promise.name));
    let earlier = world.chapters.iter().flat_map(|chapter| chapter.books.1.iter().cloned());
    let mut failed: Vec<String> = broken.collect();
    for name in earlier.chain(books.wrong().map(|line| line.name.clone())) {
        let text = format!("does not balance: {name}");
        if !failed.contains(&text) {
            failed.push(text);
        }
    }
    (!failed.is_empty()).then(|| failed.join("; "))
}
