//! Jobs: who has them done, who is drawn, what they cost and where that goes (job-draw-4).

use {
    super::{
        chance::{happens, sha256},
        world::{Tree, World},
    },
    rand::Rng,
    work_token_sdk::math::{
        Amount,
        draw::{find, reduce, total},
        job::{bounties, split_fee},
    },
};

/// Draws that a job can use up before any provider may take it.
const MOST_ATTEMPTS: u64 = 8;
/// Leaves that they can look at before that.
const MOST_LEAVES: u8 = 64;
/// Jobs whose seeds are the hash of the same slot.
const JOBS_OF_A_SLOT: u32 = 32;

/// A job to be done.
struct Job {
    number: u64,
    /// Index of the agent that pays.
    client: usize,
    fee: Amount,
    seed: [u8; 32],
}

/// Who does a job, and how many draws that took.
struct Drawn {
    provider: Option<usize>,
    attempts: u64,
}

impl World {
    /// The jobs of an epoch, from creation to settlement. There are none before there are weights to draw by.
    pub fn work(&mut self) {
        if self.tree().epoch != self.epoch || total(&self.tree().sums) == 0 {
            return;
        }
        for number in 0..self.scene.jobs_per_epoch {
            let client = self.clients[self.chance.demand.random_range(0..self.clients.len())];
            let (lowest, highest) = self.scene.fees;
            let fee = Amount(self.chance.demand.random_range(lowest..=highest));
            let seed = self.chance.slot_hash(self.epoch, number / JOBS_OF_A_SLOT);
            self.jobs += 1;
            self.honest_job(&Job { number: self.jobs, client, fee, seed });
        }
    }

    fn tree(&self) -> &Tree {
        &self.trees[(self.epoch % 2) as usize]
    }

    fn honest_job(&mut self, job: &Job) {
        let Some(draw_fee) = self.open(job.client, job.fee) else { return };
        let drawn = self.draw(job);
        self.pay_cranks(draw_fee, drawn.attempts);
        let done = drawn.provider.filter(|provider| {
            let fails = self.providers[*provider].conduct.fails;
            !happens(&mut self.chance.conduct, fails)
        });
        match done {
            Some(provider) => self.settle_job(provider, job.fee),
            None => {
                self.vaults.escrow -= job.fee.0;
                self.agents[job.client].take_back(job.fee.0);
            }
        }
    }

    /// Puts fee and draw fee into escrow (job-escrow-1). Returns the draw fee; `None` when the client cannot
    /// pay.
    fn open(&mut self, client: usize, fee: Amount) -> Option<u64> {
        let draw_fee = 2 * bounties(self.rules.job_bounty, 1)?.0;
        if !self.agents[client].pay(fee.0 + draw_fee) {
            return None;
        }
        self.vaults.escrow += fee.0 + draw_fee;
        Some(draw_fee)
    }

    /// Pays the keepers for the capture of the seed, the draws and the end of a job. The rest of the draw fee
    /// burns.
    fn pay_cranks(&mut self, draw_fee: u64, attempts: u64) {
        let paid = (self.rules.job_bounty.0 * (attempts + 2)).min(draw_fee / 2);
        self.vaults.escrow -= draw_fee;
        self.vaults.keepers += paid;
        self.vaults.burned += draw_fee - paid;
    }

    /// Splits the fee of a job that was done. The provider's part is paid with the epoch's emission
    /// (job-settle-3).
    fn settle_job(&mut self, provider: usize, fee: Amount) {
        let split = split_fee(fee, self.rules.fee_burn, self.rules.fee_treasury);
        self.vaults.escrow -= fee.0;
        self.vaults.burned += split.burn.0;
        self.vaults.treasury += split.treasury.0;
        self.vaults.reward += split.provider.0;
        self.providers[provider].note_fee(&split);
    }

    /// Draws by weight until somebody accepts. A skip of one whose stake is bound uses up no attempt and
    /// decides nothing else (job-count-1); a decline uses one up. After that whoever is fastest takes the
    /// job.
    fn draw(&mut self, job: &Job) -> Drawn {
        let mut attempts = 0;
        for leaf in 0..MOST_LEAVES {
            if attempts == MOST_ATTEMPTS {
                break;
            }
            let hash = sha256(&[b"draw", &job.seed, &job.number.to_le_bytes(), &[0, leaf]]);
            let sums = &self.tree().sums;
            let Some(place) = find(sums, reduce(&hash, total(sums))) else { break };
            let provider = usize::from(place);
            if !self.providers[provider].has_room_for(job.fee, &self.rules) {
                continue;
            }
            attempts += 1;
            if self.accepts(provider, job.fee) {
                return Drawn { provider: Some(provider), attempts };
            }
        }
        Drawn { provider: self.fastest(job), attempts }
    }

    /// Whether a drawn provider takes the job; then its stake is bound.
    fn accepts(&mut self, provider: usize, fee: Amount) -> bool {
        let conduct = self.providers[provider].conduct;
        if self.providers[provider].own < self.minimum_stake || happens(&mut self.chance.conduct, conduct.declines) {
            return false;
        }
        self.providers[provider].bind(fee, &self.rules);
        true
    }

    /// Self-selection. Nobody is faster with more identities, so it is owners that race.
    fn fastest(&mut self, job: &Job) -> Option<usize> {
        let hash = sha256(&[b"race", &job.seed, &job.number.to_le_bytes()]);
        let owners = u64::try_from(self.agents.len()).expect("few agents");
        let first = usize::try_from(reduce(&hash, owners)).expect("an index");
        let agents = self.agents.len();
        for owner in (0..agents).map(|turn| (first + turn) % agents) {
            let Some(provider) = self.providers.iter().position(|provider| provider.owner == owner) else { continue };
            if self.providers[provider].has_room_for(job.fee, &self.rules) && self.accepts(provider, job.fee) {
                return Some(provider);
            }
        }
        None
    }
}
