//! `work-token demo`: a whole network on an embedded chain, with every base unit accounted for at the end.

mod actions;
mod books;
mod cast;
mod court;
mod market;
mod report;
mod story;
mod world;

use {
    crate::{failure::Result, reply::Reply},
    clap::Args,
    indicatif::{ProgressBar, ProgressStyle},
    story::Story,
    work_token_localnet::TokenProgram,
};

/// Five providers, twelve delegators and a keeper on an embedded chain with the committed program and the
/// real token program: stake, commissions, exits, a pause, claims, a retirement; then a second network that
/// trades in work: jobs, draws, attesters, scores, places; and there three disputes: one upheld on appeal and
/// confirmed by the arbiter, one dismissed, and one whose claim somebody raises while a delegator leaves. In
/// the end each token account is compared with the books, base unit by base unit; a difference makes the
/// command fail.
#[derive(Args, Debug)]
pub struct Demo {
    /// Stakes, commissions and keys follow from it: the same seed, the same output
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many epochs earn; some of the story needs 10
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    epochs: u32,
    /// The work token is a mint of Token-2022 instead of SPL Token
    #[arg(long)]
    token_2022: bool,
    /// Writes JSON instead of tables
    #[arg(long)]
    pub json: bool,
}

impl Demo {
    /// Runs the command.
    pub fn run(&self) -> Result<Reply> {
        let program = if self.token_2022 { TokenProgram::Token2022 } else { TokenProgram::Spl };
        let style = ProgressStyle::with_template("{bar:40} epoch {pos}/{len}").expect("the template is well-formed");
        let bar = ProgressBar::new(u64::from(self.epochs)).with_style(style);
        let note = |epoch: u32, text: &str| bar.suspend(|| eprintln!("epoch {epoch:>3}: {text}"));
        let mut story = Story::begin(self.seed, program, &note)?;
        for epoch in 1..=self.epochs {
            story.epoch(epoch)?;
            bar.inc(1);
        }
        story.end(self.epochs)?;
        bar.finish_and_clear();
        let mut books = books::audit(&story.world)?;
        let mut chapter = market::play(self.seed, program, &note)?;
        let mut verdicts = court::play(&mut chapter.market)?;
        books.lines.append(&mut chapter.lines);
        books.lines.append(&mut verdicts.lines);
        story.promises.append(&mut chapter.market.promises);
        Ok(report::report(self.seed, self.epochs, &story.world, &story.promises, &books, (&chapter, &verdicts)))
    }
}
