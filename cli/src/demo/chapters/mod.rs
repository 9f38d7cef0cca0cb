//! The chapters, in their order on the one time line.

mod appeal;
mod claims;
mod close;
mod exits;
mod jobs;
mod plot;
mod rewards;
mod scores;
mod stake;
mod votes;
mod work;

use {
    super::{
        books::audit,
        story::Chapter,
        wealth::{gains, wealth},
        world::World,
    },
    crate::failure::Result,
    plot::Plot,
};

type Play = fn(&mut World, &mut Plot) -> Result<String>;

/// Title, what is shown and why it matters, and what happens.
const CHAPTERS: [(&str, &str, Play); 10] = [
    ("Stake comes in", stake::WHY, stake::play),
    ("Leaving, and a pause", exits::WHY, exits::play),
    ("Jobs", jobs::WHY, jobs::play),
    ("A lazy provider", scores::WHY, scores::play),
    ("Rewards and exits", rewards::WHY, rewards::play),
    ("A dispute and an appeal", appeal::WHY, appeal::play),
    ("Two more disputes", claims::WHY, claims::play),
    ("A provider closes", close::WHY, close::play),
    ("Paid for work", work::WHY, work::play),
    ("Stake votes", votes::WHY, votes::play),
];

/// How many there are.
pub const COUNT: usize = CHAPTERS.len();

/// Plays the first `count` of them, with a program that counts votes or without. After each every base unit
/// is counted.
pub fn play(world: &mut World, count: usize, governance: Option<Vec<u8>>) -> Result<()> {
    let mut plot = Plot { governance, ..Plot::default() };
    for (title, why, play) in CHAPTERS.into_iter().take(count) {
        let before = wealth(world)?;
        world.chapters.push(Chapter::new(title, why));
        (world.watch)(world);
        let outcome = play(world, &mut plot)?;
        let (gains, books) = (gains(&before, &wealth(world)?), audit(world)?);
        let wrong = books.wrong().map(|line| line.name.clone()).collect();
        let chapter = world.chapter();
        chapter.outcome = outcome;
        // Who played in another network has said who gained there.
        if chapter.gains.is_empty() {
            chapter.gains = gains;
        }
        chapter.books = (books.lines.len(), wrong);
    }
    Ok(())
}
