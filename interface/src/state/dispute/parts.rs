//! What a dispute's account consists of.

use crate::state::KeptState;

part! {
    /// What juries and the arbiter of a dispute cost; copied when it was opened.
    pub struct DisputeCosts {
        /// Pay of a coherent juror that binds a whole ballot's lock, by round; the later ones' once the round
        /// before is judged.
        pub juror_fees: [u64; 3],
        /// What a ballot locks; copied.
        pub juror_lock: u64,
        /// A keeper's bounty for a drawn ballot; copied.
        pub bounty: u64,
        /// What each side loses when nobody decides; copied.
        pub arbiter_fee: u64,
    }
}

part! {
    /// The stake that a slash is measured on, and what a dispute claims of it.
    pub struct ClaimedStake {
        /// Own stake on which the slash is measured: that of acceptance, or of the epoch.
        pub own_base: u64,
        /// Delegated stake on which it is measured: the smaller of then and at opening.
        pub delegated_base: u64,
        /// Claimed from the own pool. Base units.
        pub own_claimed: u64,
        /// Claimed from the delegated pool.
        pub delegated_claimed: u64,
        /// Claimed from the own pool when it joined the claim: what a raise adds no ticket that left before
        /// holds back.
        pub own_booked: u64,
        /// The same of the delegated pool.
        pub delegated_booked: u64,
        /// What the own pool had kept when it joined the claim.
        pub own_joined: KeptState,
        /// The same of the delegated pool.
        pub delegated_joined: KeptState,
    }
}

part! {
    /// A slash: how much, what of it is executed, and when.
    pub struct SlashState {
        /// What of the own claim is not executed; shrinks in proportion to the slash.
        pub own_claim_left: u64,
        /// The same of the delegated claim.
        pub delegated_claim_left: u64,
        /// The whole slash of the own pool, once there is a verdict.
        pub own: u64,
        /// The whole slash of the delegated pool.
        pub delegated: u64,
        /// Executed of the own slash.
        pub own_executed: u64,
        /// Executed of the delegated slash.
        pub delegated_executed: u64,
        /// Own rewards confiscated, until they burn with the first installment. In the reward vault.
        pub confiscated: u64,
        /// The first installment is due then, and no veto comes after it. Work time.
        pub from_work_ts: i64,
        /// Between two installments: the length of an epoch when it was opened. Seconds.
        pub interval_secs: u32,
        /// Unused.
        pub padding: u32,
    }
}

part! {
    /// The draw of the present jury: armed with a slot that lies ahead, then captured.
    pub struct JuryDraw {
        /// The seed is the hash of the first existing slot from this one on.
        pub seed_slot: u64,
        /// The arming holds before this slot; then another must be armed.
        pub armed_until_slot: u64,
        /// When the draw was armed. Unix seconds.
        pub armed_ts: i64,
        /// The seed of the present jury; while armed, the value that the account of randomness had.
        pub seed: [u8; 32],
        /// What that was read from, as a hash of account, owner and offset; zero where the slot alone
        /// decides.
        pub source: [u8; 32],
        /// How many leaves of the jurors' tree had been given when the seed was captured.
        pub given: u64,
    }
}
