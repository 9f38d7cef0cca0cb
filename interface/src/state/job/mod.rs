//! A job: what a client pays for, its rules, and the seed that draws its providers.

mod assignment;
mod class;
mod client;
mod model;
mod offer;
mod seat_end;
mod seat_steps;

pub use assignment::{Assignment, SeatState, assignment_flags};
pub use class::{Agreement, JobClass, JobKind, JobRules};
pub use client::Client;
pub use model::{Model, ModelStatus};
pub use offer::{Asked, ClassOperator, Offer};
pub use seat_end::SeatEnd;

use crate::state::{Network, NetworkParams};
use crate::{
    Address, WorkTokenError as E,
    args::CreateJobArgs,
    limits::{CLOSE_OBJECT_SECS, MAX_REDUNDANCY, SEED_DELAY_SLOTS},
    math::{
        Amount, Epoch, MAX_SUPPLY, Ppm, WorkTs,
        job::{FeeSplit, bounties, metered_fee, split_fee},
        mul_div::mul_checked,
    },
};

/// Bits of [`Job::flags`].
pub mod job_flags {
    /// The seed is captured.
    pub const SEEDED: u8 = 1;
    /// The seed was armed a second time.
    pub const REARMED: u8 = 2;
    /// No draw will happen any more: any eligible provider may take a seat.
    pub const SELF_SELECTION: u8 = 4;
}

account! {
    /// A unit of work for one, three or five providers. Each of them has an `Assignment`. Deadlines are in
    /// work time: unix time less the network's recorded outages.
    pub struct Job {
        /// Layout version.
        pub version: u8,
        /// Bump of this account's address.
        pub bump: u8,
        /// Its class.
        pub class: u8,
        /// See `job_flags`.
        pub flags: u8,
        /// Seats that are not settled, expired or cancelled.
        pub live_seats: u8,
        /// Seats that may still commit a result; reveals begin when none is left.
        pub uncommitted_seats: u8,
        /// Results revealed, bit by seat.
        pub revealed: u8,
        /// Unused.
        pub padding: u8,
        /// The network.
        pub network: Address,
        /// Who pays: the owner of the client's account.
        pub client: Address,
        /// The client's hot key: keeps a meter running and stops it.
        pub operator: Address,
        /// Token account that refunds go to.
        pub refund_account: Address,
        /// The client's number of the job.
        pub number: u64,
        /// Fee of each seat, or its ceiling. Base units.
        pub fee: u64,
        /// Price of a metered second. Base units.
        pub price_per_sec: u64,
        /// Bounty of one crank of this job. Base units.
        pub bounty: u64,
        /// Bounties not yet paid. In the escrow vault.
        pub bounties_left: u64,
        /// Slot of creation.
        pub created_slot: u64,
        /// The seed is the hash of the first existing slot from this one on.
        pub seed_slot: u64,
        /// Seats must be drawn until then. Work time.
        pub seat_until_work_ts: i64,
        /// Committed results can be revealed until then; 0 while one may still be committed. Work time.
        pub reveal_until_work_ts: i64,
        /// When the last seat ended; 0 before. Unix seconds.
        pub ended_ts: i64,
        /// The epoch in which the seed was armed: its tree is drawn from.
        pub tree_epoch: u32,
        /// Working time, from acceptance to submission. Seconds.
        pub work_secs: u32,
        /// Part of the fee that burns; copied at creation.
        pub fee_burn_ppm: u32,
        /// Part of the fee that goes to the treasury; copied at creation.
        pub fee_treasury_ppm: u32,
        /// The seed, once captured.
        pub seed: [u8; 32],
        /// Hash of the input.
        pub input_hash: [u8; 32],
        /// Rules of the class; copied at creation.
        pub rules: JobRules,
        /// First half of each revealed result's hash, by seat.
        pub results: [[u8; 16]; MAX_REDUNDANCY],
        /// First eight bytes of the address of each seated provider, by seat; zero when the seat is free.
        pub seated: [[u8; 8]; MAX_REDUNDANCY],
        /// The model that the client named; zero for none (job-model-1).
        pub model: Address,
        /// Hash of the version named, as it was then; zero for none.
        pub model_hash: [u8; 32],
        /// Which of the model's versions; zero for none.
        pub model_version: u32,
        /// Unused.
        pub padding_2: [u8; 4],
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

/// What became of an attempt to capture a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeedCapture {
    /// The seed is kept.
    Captured,
    /// The slot had left the list of hashes: a new slot was set, once.
    Rearmed,
    /// It had left a second time: any eligible provider may take the job.
    SelfSelection,
}

impl Job {
    /// Whether a flag is set.
    #[inline]
    pub fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// How many seats the job was created with.
    #[inline]
    pub fn seats(&self) -> u8 {
        self.rules.redundancy
    }

    /// Writes down what was agreed. Rules and parts of the fee hold to the job's end, whatever governance
    /// changes.
    /// - Refuses: bounties that no supply can pay.
    #[inline]
    pub fn agree(
        &mut self,
        params: &NetworkParams,
        rules: &JobRules,
        (fee, price_per_sec, work_secs): (u64, u64, u32),
    ) -> Result<(), E> {
        self.fee = fee;
        self.price_per_sec = price_per_sec;
        self.work_secs = work_secs;
        self.rules = *rules;
        self.live_seats = rules.redundancy;
        self.uncommitted_seats = rules.redundancy;
        self.fee_burn_ppm = params.fee_burn_ppm;
        self.fee_treasury_ppm = params.fee_treasury_ppm;
        self.bounty = params.job_bounty;
        self.bounties_left = bounties(Amount(self.bounty), rules.redundancy).ok_or(E::FeeTooLarge)?.0;
        Ok(())
    }

    /// Begins a job of a class as its client asks for it, and arms the seed that draws its providers.
    /// - Refuses: bounties that no supply can pay.
    #[inline]
    pub fn begin(
        &mut self,
        network: &Network,
        (class, rules): (u8, &JobRules),
        args: &CreateJobArgs,
        (slot, now_ts): (u64, i64),
    ) -> Result<(), E> {
        self.class = class;
        self.operator = args.operator;
        self.refund_account = args.refund_account;
        self.input_hash = args.input_hash;
        self.agree(&network.params, rules, (args.fee, args.price_per_sec, args.work_secs))?;
        self.created_slot = slot;
        self.seat_until_work_ts = network.work_ts(now_ts).after_secs(rules.seat_secs);
        self.arm(slot, network.epoch_at(now_ts));
        Ok(())
    }

    /// Names the model that the job shall run. It keeps version and hash, whatever becomes of the model.
    /// - Refuses: a model that is not offered, and another version than the present one.
    pub fn run_model(&mut self, (address, model): (&Address, &Model), version: u32) -> Result<(), E> {
        model.require_offered(version)?;
        self.model = *address;
        self.model_hash = model.hash;
        self.model_version = version;
        Ok(())
    }

    /// Everything that a new job holds in escrow: fees of all seats, bounties and as much again to burn.
    /// - Refuses: more than any supply.
    pub fn require_escrow(&self) -> Result<u64, E> {
        let fees = mul_checked(self.fee, u64::from(self.seats()));
        let escrow = fees.and_then(|fees| fees.checked_add(self.bounties_left)?.checked_add(self.draw_burn()));
        escrow.filter(|escrow| *escrow < MAX_SUPPLY).ok_or(E::FeeTooLarge)
    }

    /// The part of the draw fee that burns with the last seat: as much as the bounties that the job was
    /// created with (job-escrow-1).
    pub fn draw_burn(&self) -> u64 {
        bounties(Amount(self.bounty), self.seats()).map_or(0, |bounties| bounties.0)
    }

    /// Arms the seed: the hash of the first existing slot at least eight after this one, drawn from the tree
    /// of this epoch.
    pub fn arm(&mut self, slot: u64, epoch: Epoch) {
        self.seed_slot = slot.saturating_add(SEED_DELAY_SLOTS);
        self.tree_epoch = epoch.0;
    }

    /// Arms the seed a second time, or gives up drawing (job-draw-2, job-draw-3).
    pub fn rearm(&mut self, slot: u64, epoch: Epoch) -> SeedCapture {
        if self.has(job_flags::REARMED) {
            self.flags |= job_flags::SELF_SELECTION;
            return SeedCapture::SelfSelection;
        }
        self.flags = (self.flags | job_flags::REARMED) & !job_flags::SEEDED;
        self.seed = [0; 32];
        self.arm(slot, epoch);
        SeedCapture::Rearmed
    }

    /// Keeps the seed.
    pub fn capture(&mut self, seed: [u8; 32]) -> SeedCapture {
        self.seed = seed;
        self.flags |= job_flags::SEEDED;
        SeedCapture::Captured
    }

    /// Refuses a draw before the seed is captured.
    pub fn require_seeded(&self) -> Result<(), E> {
        if self.has(job_flags::SEEDED) { Ok(()) } else { Err(E::SeedNotCaptured) }
    }

    /// Refuses a capture that is not needed.
    pub fn require_unseeded(&self) -> Result<(), E> {
        if self.has(job_flags::SEEDED) || self.has(job_flags::SELF_SELECTION) {
            Err(E::SeedAlreadyCaptured)
        } else {
            Ok(())
        }
    }

    /// Whether a provider has one of the seats (job-result-2).
    #[inline]
    pub fn seats_provider(&self, provider: &Address) -> bool {
        let tag = tag(provider);
        self.seated.contains(&tag)
    }

    /// Gives a seat to a provider.
    #[inline]
    pub fn seat_provider(&mut self, seat: u8, provider: &Address) {
        if let Some(seated) = self.seated.get_mut(usize::from(seat)) {
            *seated = tag(provider);
        }
    }

    /// Takes a seat back.
    #[inline]
    pub fn free_seat(&mut self, seat: u8) {
        if let Some(seated) = self.seated.get_mut(usize::from(seat)) {
            *seated = [0; 8];
        }
    }

    /// Takes a bounty out of the draw fee; zero when none is left.
    #[inline]
    pub fn take_bounty(&mut self) -> u64 {
        let bounty = self.bounty.min(self.bounties_left);
        self.bounties_left = self.bounties_left.saturating_sub(bounty);
        bounty
    }

    /// A seat will not commit any more: it did, or it ended. The last one opens the reveals. Returns whether
    /// it was the last.
    pub fn commit_closed(&mut self, work_ts: WorkTs) -> bool {
        self.uncommitted_seats = self.uncommitted_seats.saturating_sub(1);
        let last = self.uncommitted_seats == 0;
        if last && self.reveal_until_work_ts == 0 {
            self.reveal_until_work_ts = work_ts.after_secs(self.rules.reveal_secs);
        }
        last
    }

    /// A seat ended. The last one takes what is left of the draw fee with it, to be burned: that is returned,
    /// and zero before.
    pub fn seat_ended(&mut self, now_ts: i64) -> u64 {
        self.live_seats = self.live_seats.saturating_sub(1);
        if self.live_seats > 0 {
            return 0;
        }
        self.ended_ts = now_ts;
        let rest = self.draw_burn().saturating_add(self.bounties_left);
        self.bounties_left = 0;
        rest
    }

    /// Adds to the working time of seats that nobody has accepted yet, up to the class's longest
    /// (job-work-2).
    /// - Refuses: more than that.
    pub fn extend(&mut self, secs: u32) -> Result<(), E> {
        let longer = self.work_secs.checked_add(secs).filter(|longer| *longer <= self.rules.work_secs);
        self.work_secs = longer.ok_or(E::WorkTimeOutOfBounds)?;
        Ok(())
    }

    /// Refuses to close a job with a live seat; to anybody but the client for 30 days after the last one
    /// ended.
    pub fn require_closable(&self, closer: &Address, now_ts: i64) -> Result<(), E> {
        if self.live_seats > 0 {
            return Err(E::JobNotOver);
        }
        if *closer != self.client && now_ts < self.ended_ts.saturating_add(CLOSE_OBJECT_SECS) {
            return Err(E::TooEarlyToCloseJob);
        }
        Ok(())
    }

    /// Whether no result will be revealed any more, so that they can be compared: all are in, or the time is
    /// over.
    pub fn reveals_are_over(&self, work_ts: WorkTs) -> bool {
        self.revealed.count_ones() == u32::from(self.seats()) || work_ts.has_reached(self.reveal_until_work_ts)
    }

    /// Keeps a revealed result for comparison.
    pub fn reveal(&mut self, seat: u8, result_hash: &[u8; 32]) {
        if let (Some(kept), Some(head)) = (self.results.get_mut(usize::from(seat)), result_hash.first_chunk()) {
            *kept = *head;
            self.revealed |= 1u8.checked_shl(u32::from(seat)).unwrap_or(0);
        }
    }

    /// Whether results that differ mean anything: not where they are sampled, or floating, and never equal.
    pub fn compares(&self) -> bool {
        self.rules.agreement == Agreement::Exact as u8
    }

    /// Whether a seat's revealed result is shared by fewer than half of the revealed ones: evidence for a
    /// dispute, never a verdict (job-result-3). Nobody's is where results are not compared.
    pub fn is_minority(&self, seat: u8) -> bool {
        if !self.compares() {
            return false;
        }
        let Some(own) = self.results.get(usize::from(seat)) else { return false };
        let is_revealed =
            |seat: usize| u32::try_from(seat).is_ok_and(|seat| self.revealed.checked_shr(seat).unwrap_or(0) & 1 == 1);
        let agreeing =
            self.results.iter().enumerate().filter(|(seat, result)| is_revealed(*seat) && *result == own).count();
        let revealed = usize::try_from(self.revealed.count_ones()).unwrap_or(0);
        agreeing.saturating_mul(2) < revealed
    }

    /// What a seat can pay in the time that the job asks for: what floors are compared with (job-terms-1).
    #[inline]
    pub fn payable(&self) -> u64 {
        self.rules.payable(self.fee, self.price_per_sec, self.work_secs)
    }

    /// What a meter pays at least that its client stops, or lets fall silent: the class's least working time,
    /// at most the ceiling (job-meter-3).
    pub fn least_metered_fee(&self) -> u64 {
        metered_fee(self.price_per_sec, u64::from(self.rules.least_work_secs), Amount(self.fee)).0
    }

    /// How a fee is split: burned, to the treasury, to the provider.
    pub fn split(&self, fee: u64) -> FeeSplit {
        split_fee(Amount(fee), Ppm(self.fee_burn_ppm), Ppm(self.fee_treasury_ppm))
    }
}

/// First eight bytes of an address.
fn tag(address: &Address) -> [u8; 8] {
    let bytes: &[u8] = address.as_ref();
    bytes.first_chunk().copied().unwrap_or_default()
}
