//! The second chapter: a network that trades in work. Clients pay for jobs, providers are drawn by stake
//! times score, attesters measure them, one of them becomes lazy and loses its seat to a newcomer. What each
//! step must move is foretold by the program's own books.

mod books;
mod cast;
mod escrow;
mod jobs;
mod report;
mod scores;

pub use {
    books::audit,
    cast::FIXED,
    escrow::Escrow,
    jobs::RESULT,
    report::{data, plain},
};

use {
    super::{
        books::Line,
        story::Promise,
        world::{due, foretold_keepers},
    },
    crate::{
        failure::{Failure, Result},
        keeper::{Snapshot, Step, Work},
    },
    work_token_localnet::{Actor, Scenario, TokenProgram},
    work_token_sdk::{AttesterAddresses, ClientAddresses, JobAddresses, ProviderAddresses, SeatAddresses, ix},
};

/// The epoch in which the first jobs are drawn: its tree was written two epochs after the stake came.
const FIRST_JOBS: u32 = 3;
/// From this epoch on one provider lets every draw pass, and does not answer its attesters.
const LAZY_FROM: u32 = 6;
/// The newcomer challenges in this epoch.
const CHALLENGE: u32 = 9;
/// It swaps in the second after, which is the first in which what the incumbent could add would count.
const SWAP: u32 = CHALLENGE + 2;
/// The last epoch with jobs.
const LAST_JOBS: u32 = 10;
/// The last epoch.
const LAST: u32 = 13;
/// Slots after which an armed seed can be captured.
pub const SEED_SLOTS: u64 = 12;
/// Who becomes lazy, by place.
const LAZY: usize = 3;
/// Who comes later, by place.
const NEWCOMER: usize = 4;

/// An owner with its provider.
pub struct Worker {
    /// Its name.
    pub name: &'static str,
    /// The owner.
    pub owner: Actor,
    /// The provider.
    pub at: ProviderAddresses,
    /// Own stake. Base units.
    pub stake: u64,
    /// Delegated to it. Base units.
    pub delegated: u64,
    /// Slashed of both, as foretold. Base units.
    pub slashed: u64,
    /// Jobs whose first leaf drew it.
    pub drawn: u64,
    /// How many those were to be by its weight, in millionths.
    pub expected_ppm: u64,
    /// Its part of all fees, as foretold. Base units.
    pub fees: u64,
}

/// One that pays for jobs.
pub struct Buyer {
    /// Its name.
    pub name: &'static str,
    /// Its key and tokens.
    pub actor: Actor,
    /// Its account.
    pub at: ClientAddresses,
    /// Base units at the beginning.
    pub given: u64,
    /// Paid into escrow, as quoted. Base units.
    pub paid: u64,
    /// Returned, as foretold. Base units.
    pub refunded: u64,
}

/// One that has to do with disputes alone.
pub struct Party {
    /// Its name.
    pub name: &'static str,
    /// Its key and tokens.
    pub actor: Actor,
    /// Base units at the beginning.
    pub given: u64,
    /// Paid out of the wallet, as foretold: bonds, locks, stake. Base units.
    pub paid: u64,
    /// Paid into it, as foretold. Base units.
    pub received: u64,
}

/// What the network did. Base units, as foretold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Jobs created.
    pub jobs: u64,
    /// Seats paid.
    pub settled: u64,
    /// Seats ended without a result.
    pub expired: u64,
    /// Results that fewer than half share.
    pub minorities: u64,
    /// Draws verified from accounts alone.
    pub verified: u64,
    /// Draws that let their time pass.
    pub silent: u64,
    /// Bounties out of draw fees and of what disputes cost.
    pub bounties: u64,
    /// Burned of fees and draw fees, and by disputes.
    pub burned: u64,
    /// Paid into the insurance vault.
    pub insured: u64,
    /// The treasury's part of fees.
    pub treasury: u64,
    /// Emitted into the keeper vault.
    pub to_keepers: u64,
}

/// The market, as it runs.
pub struct Market<'a> {
    /// The chain and the network.
    pub scenario: Scenario,
    /// Providers.
    pub workers: Vec<Worker>,
    /// Clients.
    pub buyers: Vec<Buyer>,
    /// Attesters.
    pub attesters: Vec<(Actor, AttesterAddresses)>,
    /// Those who come for the disputes.
    pub parties: Vec<Party>,
    /// What happened.
    pub tally: Tally,
    /// What was promised.
    pub promises: Vec<Promise>,
    /// Results that can still be disputed.
    waiting: Vec<SeatAddresses>,
    /// Weight for each token of stake before one grew lazy: hers, and of the strongest. Millionths.
    before_ppm: (u64, u64),
    /// Tells the story.
    pub note: &'a dyn Fn(u32, &str),
}

/// How the chapter ended.
pub struct Chapter<'a> {
    /// The market.
    pub market: Market<'a>,
    /// Its books.
    pub lines: Vec<Line>,
}

/// Plays the chapter.
pub fn play<'a>(seed: u64, program: TokenProgram, note: &'a dyn Fn(u32, &str)) -> Result<Chapter<'a>> {
    let mut market = cast::assemble(seed, program, note)?;
    for epoch in 1..=LAST {
        market.epoch(epoch)?;
    }
    market.conclude();
    let lines = books::audit(&market, "market")?;
    Ok(Chapter { market, lines })
}

impl Market<'_> {
    /// The next epoch: what is due for the one before it, then what happens in it.
    pub fn epoch(&mut self, epoch: u32) -> Result<()> {
        self.scenario.next_epoch();
        self.reveal(epoch - 1)?;
        self.crank()?;
        self.commit(epoch)?;
        self.settle_due()?;
        if (FIRST_JOBS..=LAST_JOBS).contains(&epoch) {
            self.ordinary_jobs(epoch)?;
        }
        match epoch {
            1 => (self.note)(1, "attesters are drawn for the first time"),
            4 => self.expired_job(epoch)?,
            5 => self.metered_job(epoch)?,
            LAZY_FROM => {
                self.remember_tier();
                (self.note)(epoch, "Dora grows lazy: she accepts no job, and answers no attester");
            }
            7 => self.redundant_job(epoch)?,
            CHALLENGE => self.challenge(epoch)?,
            SWAP => self.swap(epoch)?,
            _ => {}
        }
        Ok(())
    }

    /// Notes whether something held.
    pub fn promise(&mut self, what: &'static str, kept: bool) {
        self.promises.push(Promise { what, kept });
    }

    /// Does everything that is due for epochs and scores, waiting for windows. Jobs are brought further by
    /// those who take part.
    fn crank(&mut self) -> Result<()> {
        loop {
            let (snapshot, steps) = due(&self.scenario, Work::keeps_epochs)?;
            for step in &steps {
                self.step(&snapshot, step)?;
            }
            if steps.is_empty() {
                // A seed that is armed is captured before its slot leaves the list of hashes.
                if snapshot.network.beacon.is_armed(snapshot.network.epoch_at(snapshot.now_ts)) {
                    self.scenario.chain.advance_slots(SEED_SLOTS);
                    continue;
                }
                match snapshot.next_window_of_this_epoch_ts() {
                    Some(ts) => self.scenario.chain.set_now(ts),
                    None => return Ok(()),
                }
            }
        }
    }

    fn step(&mut self, snapshot: &Snapshot, step: &Step) -> Result<()> {
        if step.work == Work::Finalize {
            self.tally.to_keepers += foretold_keepers(&self.scenario, snapshot, step.epoch).unwrap_or(0);
        }
        // Unpaid: the keepers' part stays in its vault.
        let keeper = ix::Keeper { keeper: self.scenario.keeper.address(), account: None };
        let crank: Vec<_> = step.instruction(snapshot, keeper).into_iter().collect();
        let sent = self.scenario.send(&crank, &[]);
        sent.map_err(|error| Failure::Failed(format!("{} {}: {error}", step.work.name(), step.epoch)))?;
        Ok(())
    }

    fn challenge(&mut self, epoch: u32) -> Result<()> {
        let (candidate, incumbent) = (self.workers[NEWCOMER].at, self.workers[LAZY].at.provider);
        let challenge = ix::challenge_place(&candidate, incumbent);
        self.scenario.send(&[challenge], &[&self.workers[NEWCOMER].owner])?;
        (self.note)(epoch, "Edna, who found all four seats taken, challenges Dora's");
        Ok(())
    }

    fn swap(&mut self, epoch: u32) -> Result<()> {
        let (network, keeper) = (self.scenario.network.network, self.scenario.keeper.address());
        let (candidate, incumbent) = (self.workers[NEWCOMER].at, self.workers[LAZY].at);
        let seat = self.scenario.provider_state(&incumbent).place.index;
        self.scenario.send(&[ix::swap_place(&network, keeper, candidate.provider, incumbent.provider)], &[])?;
        let (new, old) = (self.scenario.provider_state(&candidate), self.scenario.provider_state(&incumbent));
        let swapped = new.place.is_held() && new.place.index == seat && !old.place.is_held();
        self.promise("where all places are taken the stronger newcomer gets the weaker provider's", swapped);
        (self.note)(epoch, "the seat is swapped: Edna has weight from the next epoch on");
        Ok(())
    }

    /// The only seat of a job.
    pub fn seat_of(job: &JobAddresses) -> SeatAddresses {
        job.seat(0)
    }
}
