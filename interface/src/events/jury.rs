//! Juries: who can be drawn, who sits, and what jurors vote and earn.

use crate::Address;

events! { jury:
    /// The draw of a jury was armed, or its seed is known.
    JuryCalled {
        /// The dispute.
        dispute: Address,
        /// The jury.
        jury: u8,
        /// The slot whose hash decides, unless an account of randomness does.
        slot: u64,
        /// 1 where the account of randomness decides; 0 where it has no usable value, or there is none, and
        /// the slot alone does.
        by_randomness: u8,
        /// The seed; zero while it is not known.
        seed: [u8; 32],
    }
    /// A ballot of a jury was drawn.
    BallotDrawn {
        /// The dispute.
        dispute: Address,
        /// The jury.
        jury: u8,
        /// Index of the ballot in the jury.
        index: u8,
        /// The juror drawn.
        juror: Address,
        /// 1 it sits, 0 the next of those drawn is called, 2 there is none left: the ballots that are left
        /// stay empty.
        outcome: u8,
        /// What the ballot binds of its lock.
        bound: u64,
        /// Paid to the keeper out of what the parties deposited.
        bounty: u64,
    }
    /// A juror was taken out of a jury.
    JurorExcluded {
        /// The dispute.
        dispute: Address,
        /// The jury.
        jury: u8,
        /// Index of the ballot in the jury.
        index: u8,
        /// The juror.
        juror: Address,
    }
    /// A juror committed to a vote.
    VoteCommitted {
        /// The dispute.
        dispute: Address,
        /// The jury.
        jury: u8,
        /// Index of the ballot in the jury.
        index: u8,
    }
    /// A juror revealed its vote.
    VoteRevealed {
        /// The dispute.
        dispute: Address,
        /// The jury.
        jury: u8,
        /// Index of the ballot in the jury.
        index: u8,
        /// The severity voted for.
        vote: u8,
    }
    /// A ballot of a jury was settled.
    BallotSettled {
        /// The dispute.
        dispute: Address,
        /// The juror.
        juror: Address,
        /// Earned.
        fee: u64,
        /// Lost of the lock.
        lost: u64,
    }
    /// A juror locked stake.
    JurorJoined {
        /// The network.
        network: Address,
        /// Who.
        owner: Address,
        /// The whole lock.
        lock: u64,
        /// It stays until then. Unix seconds.
        term_until_ts: i64,
    }
    /// A juror was paid.
    JurorPaid {
        /// The network.
        network: Address,
        /// Who.
        owner: Address,
        /// Fees, and the lock of one that left.
        amount: u64,
        /// Whether it left.
        left: bool,
    }
    /// A juror's leaf was written: what of its lock has ripened.
    JurorSynced {
        /// The network.
        network: Address,
        /// Who.
        owner: Address,
        /// Its leaf.
        leaf: u16,
        /// What the leaf holds.
        weight: u64,
    }
    /// A juror is out of the tree: it left, or another took its leaf.
    JurorOut {
        /// The network.
        network: Address,
        /// Who.
        owner: Address,
        /// Who took its leaf; zero when nobody did.
        displaced_by: Address,
        /// It is paid from then on. Work time.
        until_work_ts: i64,
    }
}
