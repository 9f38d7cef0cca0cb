//! Jobs, from their client to their last credit.

use crate::Address;
use alloc::vec::Vec;

entry! {
    /// A drawn leaf that did not get the seat.
    pub struct SkippedProvider {
        /// The provider.
        pub provider: Address,
        /// See `SkipReason`.
        pub reason: u8,
    }
}

events! { job:
    /// A client was registered.
    ClientRegistered {
        /// The network.
        network: Address,
        /// Its owner.
        owner: Address,
    }
    /// A job was created.
    JobCreated {
        /// The network.
        network: Address,
        /// The job.
        job: Address,
        /// The client.
        client: Address,
        /// The class.
        class: u8,
        /// Fee of each seat, or its ceiling.
        fee: u64,
        /// Everything in escrow for it.
        escrow: u64,
        /// Slot whose hash draws.
        seed_slot: u64,
    }
    /// A job that was created names the model that it shall run.
    ModelNamed {
        /// The job.
        job: Address,
        /// The model.
        model: Address,
        /// Which of its versions.
        version: u32,
        /// Hash of that version.
        hash: [u8; 32],
    }
    /// A job's seed was captured, armed again, or given up.
    SeedDecided {
        /// The job.
        job: Address,
        /// Zero unless captured.
        seed: [u8; 32],
        /// The slot of a seed armed again; zero otherwise.
        seed_slot: u64,
        /// Whether any eligible provider may take the job now.
        self_selection: bool,
    }
    /// A seat was drawn, or its draws went on: leaves were skipped, a silent provider lost it, or the seed
    /// was armed again.
    SeatDrawn {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// The provider; zero when none got the seat yet.
        provider: Address,
        /// The epoch of the tree.
        tree_epoch: u32,
        /// Number of the first leaf looked at.
        first_leaf: u8,
        /// The tree's total; zero when no leaf was looked at.
        total: u64,
        /// Those that were drawn before it and skipped.
        skipped: Vec<SkippedProvider>,
        /// Whether any eligible provider may take the seat now.
        self_selection: bool,
        /// Paid to the keeper out of the draw fee.
        bounty: u64,
    }
    /// A provider did not do a seat that it had: counted by reason, of no consequence for score and weight.
    SeatNotDone {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// The provider.
        provider: Address,
        /// See `SeatOutcome`.
        outcome: u8,
    }
    /// A provider accepted a seat.
    SeatAccepted {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// The provider.
        provider: Address,
        /// Its operator.
        operator: Address,
        /// The result must be in until then. Work time.
        work_until_work_ts: i64,
    }
    /// A result was committed.
    ResultCommitted {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// The commitment.
        commitment: [u8; 32],
    }
    /// A result came in, was revealed, or a meter stopped.
    ResultSubmitted {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// The result's hash; zero for a meter stopped by somebody else.
        result_hash: [u8; 32],
        /// The fee if nobody disputes it.
        fee: u64,
        /// It can be disputed until then. Work time.
        challenge_until_work_ts: i64,
    }
    /// The working time was extended.
    JobExtended {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// The result must be in until then; 0 before acceptance. Work time.
        work_until_work_ts: i64,
    }
    /// A seat's fee was paid.
    SeatSettled {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// The provider.
        provider: Address,
        /// The fee.
        fee: u64,
        /// Burned of it.
        burned: u64,
        /// The treasury's part of it.
        treasury: u64,
        /// Returned to the client.
        refund: u64,
        /// Whether the client approved before the window had passed.
        approved: bool,
        /// Whether the result was a minority's.
        minority: bool,
        /// Whether the fee waits because a vault is frozen.
        waits: bool,
    }
    /// What a frozen vault had held back of a seat that has ended was paid and burned.
    SeatDuesMoved {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// The fee of a settled seat, now paid.
        fee: u64,
        /// The rest of the draw fee that moved with it, to burn with the epoch.
        rest: u64,
        /// Burned at once: of a seat that ended without a result.
        burned: u64,
    }
    /// A seat ended without a result.
    SeatEnded {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// See `SeatState`: Expired or Cancelled.
        state: u8,
        /// Returned to the client.
        refund: u64,
        /// Burned: the cancel fee, and the rest of the draw fee with the last seat.
        burned: u64,
        /// What of it could not be burned, because the vault is frozen.
        waits: u64,
    }
    /// A client rated a result. Nothing reads it (job-rate-1).
    ResultRated {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// The provider.
        provider: Address,
        /// 0 to 100.
        rating: u8,
    }
    /// A credit was paid.
    CreditPaid {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// Base units.
        amount: u64,
    }
    /// A job was closed.
    JobClosed {
        /// The job.
        job: Address,
    }
    /// A crank of a job other than a draw was paid out of its draw fee.
    JobBountyPaid {
        /// The job.
        job: Address,
        /// The keeper.
        keeper: Address,
        /// Base units.
        amount: u64,
    }
}
