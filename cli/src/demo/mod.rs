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
mod stage;
mod standing;
mod story;
#[cfg(test)]
mod tests;
mod vote;
mod wealth;
mod work;
mod world;

use {
    crate::{
        failure::{Failure, Result},
        reply::Reply,
        text::preset,
    },
    clap::Args,
    progress::Progress,
    stage::Stage,
    std::path::PathBuf,
    work_token_localnet::TokenProgram,
    work_token_sdk::presets::Preset,
    world::{Watch, World},
};

/// One network on an embedded chain, with the committed programs and the real token program, told in ten
/// chapters on one time line: stake and commissions, exits and a pause, jobs and draws, scores and places,
/// rewards, a dispute with an appeal and a slash, two more disputes, a provider that closes, a second network
/// that pays for work, where a provider and a position are sold, and what stake weighs in votes there, which
/// are held with --governance. Each chapter ends with what was
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
    /// SPL Governance, which is not in the repository: an ELF of it, such as `cargo xtask governance` builds.
    /// Then votes are held and decide; without it what stake weighs in them is shown
    #[arg(long, value_name = "ELF", conflicts_with = "token_2022")]
    governance: Option<PathBuf>,
    /// The rules of a preset in both networks, instead of the demo's own
    #[arg(long, value_name = "NAME", value_parser = preset)]
    preset: Option<Preset>,
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
        let stage = self.preset.map_or_else(Stage::own, Stage::of);
        let mut world = setup::assemble(stage, self.seed, program, watch)?;
        let unreadable = |error| Failure::Usage(format!("--governance cannot be read: {error}"));
        let governance = self.governance.as_deref().map(crate::piped::read).transpose().map_err(unreadable)?;
        chapters::play(&mut world, count, governance)?;
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
