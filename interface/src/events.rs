//! Facts that an indexer or a wallet needs: past tense, with the totals after the change. Written to the program-data log:
//! an 8-byte discriminator, then the fields in borsh order.

use crate::Address;
extern crate alloc;
use alloc::vec::Vec;

macro_rules! entry {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType, anchor_lang::AnchorSerialize, anchor_lang::AnchorDeserialize))]
        #[cfg_attr(not(feature = "anchor"), derive(borsh::BorshSerialize, borsh::BorshDeserialize))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name { $($body)* }
    };
}

entry! {
    /// One provider of a weighed batch.
    pub struct WeighedProvider {
        /// The provider.
        pub provider: Address,
        /// Stake before the share cap.
        pub stake: u64,
        /// The weight.
        pub weight: u64,
    }
}

entry! {
    /// One provider of a settled batch.
    pub struct SettledProvider {
        /// The provider.
        pub provider: Address,
        /// Its part of the emission.
        pub emission: u64,
        /// Its fees.
        pub fees: u64,
        /// The owner's, commission included.
        pub own: u64,
        /// The commission in it.
        pub commission: u64,
        /// The delegators'.
        pub delegated: u64,
        /// The delegators' part that nobody was eligible for.
        pub reclaimed: u64,
    }
}

entry! {
    /// A drawn leaf that did not get the seat.
    pub struct SkippedProvider {
        /// The provider.
        pub provider: Address,
        /// See `SkipReason`.
        pub reason: u8,
    }
}

entry! {
    /// One provider of a scored batch.
    pub struct ScoredProvider {
        /// The provider.
        pub provider: Address,
        /// Values of the metrics, in hundredths of a percent.
        pub values_bps: [u16; 6],
        /// The composite, in millionths.
        pub composite_ppm: u32,
        /// The score, in millionths.
        pub score_ppm: u32,
        /// Reputation afterwards, in millionths.
        pub reputation_ppm: u32,
        /// Tier from the next epoch on.
        pub tier: u8,
    }
}

entry! {
    /// One attester of a settled shard.
    pub struct SettledAttester {
        /// Who attests.
        pub attester: Address,
        /// Its pay.
        pub pay: u64,
        /// Its fine.
        pub fine: u64,
    }
}

macro_rules! events {
    ($( $(#[doc = $doc:literal])* $name:ident { $( $(#[doc = $field_doc:literal])* $field:ident: $type:ty, )* } )*) => {
        $(
            $(#[doc = $doc])*
            #[cfg_attr(feature = "anchor", anchor_lang::prelude::event)]
            #[cfg_attr(not(feature = "anchor"), derive(Clone, Debug, PartialEq, Eq, borsh::BorshSerialize, borsh::BorshDeserialize))]
            pub struct $name { $( $(#[doc = $field_doc])* pub $field: $type, )* }
        )*

        /// Any event of the program.
        #[cfg(not(feature = "anchor"))]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Event { $( $(#[doc = $doc])* $name($name), )* }

        #[cfg(not(feature = "anchor"))]
        impl Event {
            /// Names of all events, as in the IDL.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// The event's name.
            pub const fn name(&self) -> &'static str {
                match self { $( Self::$name(_) => stringify!($name), )* }
            }

            /// Reads the fields of the event called `name`; `None` for an unknown name or malformed bytes.
            pub fn read(name: &str, mut fields: &[u8]) -> Option<Self> {
                match name {
                    $( stringify!($name) => borsh::BorshDeserialize::deserialize(&mut fields).ok().map(Self::$name), )*
                    _ => None,
                }
            }
        }
    };
}

events! {
    /// A network was created.
    NetworkCreated {
        /// The network.
        network: Address,
        /// Its work token.
        mint: Address,
        /// Who created it.
        creator: Address,
        /// 0 Mint, 1 Reserve.
        emission_mode: u8,
        /// See `network_flags`.
        flags: u8,
    }
    /// A provider was registered.
    ProviderRegistered {
        /// The network.
        network: Address,
        /// The provider.
        provider: Address,
        /// Its owner.
        owner: Address,
        /// Its operator.
        operator: Address,
        /// Its commission.
        commission_bps: u16,
        /// The epoch.
        epoch: u32,
    }
    /// Stake was deposited into a pool.
    StakeDeposited {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// 0 own, 1 delegated.
        pool: u8,
        /// Base units.
        amount: u64,
        /// Shares minted.
        shares: u64,
        /// First epoch in which they earn.
        earns_from_epoch: u32,
        /// The pool's principal afterwards.
        pool_tokens: u64,
        /// The pool's shares afterwards.
        pool_shares: u64,
    }
    /// Stake asked to leave.
    UnbondingRequested {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// The ticket's number.
        ticket: u32,
        /// Shares that leave.
        shares: u64,
        /// Their value now; what is paid depends on the price at withdrawal.
        value: u64,
        /// When the ticket can be withdrawn. Unix seconds.
        matures_at_ts: i64,
    }
    /// A ticket went back into its pool.
    UnbondingCancelled {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// The ticket's number.
        ticket: u32,
        /// Its shares.
        shares: u64,
    }
    /// A matured ticket was paid.
    StakeWithdrawn {
        /// The position; it names its provider.
        delegation: Address,
        /// The ticket's number.
        ticket: u32,
        /// Paid out.
        paid: u64,
        /// Held back for open disputes.
        held: u64,
        /// The pool's principal afterwards.
        pool_tokens: u64,
    }
    /// A delegator's rewards were paid out.
    RewardsClaimed {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// Base units.
        amount: u64,
        /// Whether they became stake.
        restaked: bool,
    }
    /// The books of a pool owed less than a position had been credited; only what was owed was paid. Never seen; watch for it.
    RewardBooksShort {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// What it had been credited.
        credited: u64,
        /// What was paid.
        paid: u64,
    }
    /// An owner's free rewards were paid out.
    OwnRewardsClaimed {
        /// The provider.
        provider: Address,
        /// Base units.
        amount: u64,
        /// Still vesting afterwards.
        vesting: u64,
    }
    /// A lot became active and paid the keeper who saw to it.
    LotActivated {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
        /// Shares that became active.
        shares: u64,
        /// Taken out of the lot's reward for the keeper.
        bounty: u64,
    }
    /// A commission was announced.
    CommissionAnnounced {
        /// The provider.
        provider: Address,
        /// The announced commission.
        commission_bps: u16,
        /// It holds for epochs that begin then or later; 0 when it holds from the present epoch on. Unix seconds.
        effective_ts: i64,
    }
    /// A provider has a new operator.
    OperatorSet {
        /// The provider.
        provider: Address,
        /// The new operator.
        operator: Address,
    }
    /// A provider's rewards go elsewhere by default.
    RewardDestinationSet {
        /// The provider.
        provider: Address,
        /// The token account.
        reward_destination: Address,
    }
    /// A provider began to leave for good.
    ProviderRetired {
        /// The provider.
        provider: Address,
        /// The epoch.
        epoch: u32,
    }
    /// A provider's accounts were closed.
    ProviderClosed {
        /// The provider.
        provider: Address,
        /// Rounding dust of its delegators' rewards, returned to the network.
        dust: u64,
    }
    /// An empty position was closed.
    PositionClosed {
        /// The provider.
        provider: Address,
        /// The position.
        delegation: Address,
    }
    /// An epoch left a provider's memory before it was settled; its part returns to the network at the sweep.
    EpochsLost {
        /// The provider.
        provider: Address,
        /// How many.
        epochs: u32,
        /// Fees in them, which were shared all the same.
        fees: u64,
    }
    /// An ended epoch was opened for weighing.
    EpochOpened {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// Providers can be weighed from then on. Unix seconds.
        weigh_from_ts: i64,
    }
    /// Providers were newly weighed, in one crank.
    ProvidersWeighed {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// Which, and with what.
        providers: Vec<WeighedProvider>,
    }
    /// An epoch's weights are final and its emission is in the reward vault.
    EpochFinalized {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// What the weights share.
        emission: u64,
        /// The part of it that earlier epochs had left.
        carried: u64,
        /// What went to the keeper vault.
        keepers: u64,
        /// Emitted for the attesters.
        attesters: u64,
        /// Burned part of fees, burned with the epoch.
        burned: u64,
        /// The treasury's part of fees, paid with the epoch.
        treasury: u64,
        /// Sum of the weights.
        total_weight: u64,
        /// Stake before the share cap.
        stake: u64,
    }
    /// Providers were newly settled, in one crank.
    ProvidersSettled {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// Which, and with what.
        providers: Vec<SettledProvider>,
    }
    /// What an epoch had left returned to the network.
    EpochSwept {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// Parts of providers that were not settled in time (`SNAPSHOT_EXPIRED`).
        expired: u64,
        /// Delegators' parts that nobody was eligible for (`NO_ELIGIBLE_SHARES`).
        no_eligible_shares: u64,
        /// Rounding dust (`ROUNDING`).
        rounding: u64,
        /// What the attesters did not earn.
        attesters: u64,
        /// What the next emission will be raised by.
        carried: u64,
    }
    /// An epoch's account was closed.
    EpochClosed {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
    }
    /// A keeper was paid for a crank.
    BountyPaid {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// The keeper.
        keeper: Address,
        /// Base units.
        amount: u64,
    }
    /// Tokens beyond a stake vault's books went to the treasury.
    SurplusSwept {
        /// The provider.
        provider: Address,
        /// Base units.
        amount: u64,
    }
    /// The treasury paid.
    TreasuryPaid {
        /// The network.
        network: Address,
        /// The token account.
        to: Address,
        /// Base units.
        amount: u64,
    }
    /// The entrances were paused.
    EntrancesPaused {
        /// The network.
        network: Address,
        /// Until then. Unix seconds.
        until_ts: i64,
    }
    /// The entrances were opened again.
    EntrancesUnpaused {
        /// The network.
        network: Address,
    }
    /// An authority was proposed.
    AuthorityProposed {
        /// The network.
        network: Address,
        /// 0 admin, 1 guardian, 2 arbiter.
        role: u8,
        /// Who was proposed; zero when a proposal was withdrawn.
        proposed: Address,
    }
    /// An authority was handed over.
    AuthorityAccepted {
        /// The network.
        network: Address,
        /// 0 admin, 1 guardian, 2 arbiter.
        role: u8,
        /// Who holds it now.
        authority: Address,
    }
    /// A change of parameters was proposed.
    ParamsProposed {
        /// The network.
        network: Address,
        /// Its number.
        number: u32,
        /// 0 cosmetic, 1 economic, 2 safety.
        class: u8,
        /// It may be executed from then on. Unix seconds.
        executable_from_ts: i64,
    }
    /// A change of parameters is in force.
    ParamsExecuted {
        /// The network.
        network: Address,
        /// Its number.
        number: u32,
        /// The parameter version now.
        params_version: u32,
    }
    /// A change of parameters was withdrawn.
    ParamsCancelled {
        /// The network.
        network: Address,
        /// Its number.
        number: u32,
    }
    /// Rules of a class of jobs were announced.
    JobClassSet {
        /// The network.
        network: Address,
        /// The class.
        class: u8,
        /// They hold from then on. Unix seconds.
        from_ts: i64,
    }
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
    /// A seat was drawn, or its draws went on: leaves were skipped, a silent provider lost it, or the seed was armed again.
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
    /// A provider was marked: it did not accept, submit or reveal in time.
    ProviderMarked {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// The provider.
        provider: Address,
        /// Whether the mark counts.
        counted: bool,
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
        work_until_ts: i64,
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
        challenge_until_ts: i64,
    }
    /// The working time was extended.
    JobExtended {
        /// The job.
        job: Address,
        /// The seat.
        seat: u8,
        /// The result must be in until then; 0 before acceptance. Work time.
        work_until_ts: i64,
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
    }
    /// A client rated a result. Nothing reads it (R L8).
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
    /// A provider announced what it works for.
    OfferSet {
        /// The provider.
        provider: Address,
        /// Classes, bit by class.
        classes: u16,
        /// First epoch.
        from_epoch: u32,
    }
    /// A provider declared maintenance.
    MaintenanceDeclared {
        /// The provider.
        provider: Address,
        /// From then. Unix seconds.
        from_ts: i64,
        /// For so long.
        secs: u32,
    }
    /// An operator gave a sign of life.
    HeartbeatNoted {
        /// The provider.
        provider: Address,
        /// The epoch.
        epoch: u32,
        /// The window, of sixteen.
        window: u32,
    }
    /// A work tree was adopted.
    WorkTreeAdopted {
        /// The network.
        network: Address,
        /// The tree.
        tree: Address,
        /// Epochs of this parity.
        parity: u8,
    }
    /// A provider took a seat.
    SeatTaken {
        /// The provider.
        provider: Address,
        /// The seat.
        index: u16,
        /// First epoch.
        from_epoch: u32,
    }
    /// A seat was challenged.
    SeatChallenged {
        /// The candidate.
        candidate: Address,
        /// The incumbent.
        incumbent: Address,
        /// The swap may follow from this epoch on.
        from_epoch: u32,
    }
    /// A challenged seat changed hands, or the challenge fell.
    SeatSwapped {
        /// The candidate.
        candidate: Address,
        /// The incumbent.
        incumbent: Address,
        /// The seat.
        index: u16,
        /// Whether it changed hands.
        swapped: bool,
    }
    /// An attester locked a bond.
    AttesterRegistered {
        /// The network.
        network: Address,
        /// Who attests.
        owner: Address,
        /// Its bond.
        bond: u64,
        /// Its place in the roster.
        place: u16,
    }
    /// An attester retired.
    AttesterLeft {
        /// The network.
        network: Address,
        /// Who attested.
        owner: Address,
        /// Its bond.
        bond: u64,
    }
    /// An attester was paid what it earned, or its bond.
    AttesterPaid {
        /// Who attests.
        owner: Address,
        /// Pay.
        pay: u64,
        /// Bond.
        bond: u64,
    }
    /// An epoch's seed was armed or captured.
    BeaconDecided {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// The slot whose hash it is.
        slot: u64,
        /// The seed; zero while armed.
        seed: [u8; 32],
    }
    /// Attesters were drawn for a shard.
    AttestersSeated {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// The shard.
        shard: u16,
        /// Who they are.
        attesters: Vec<Address>,
    }
    /// An attester was barred from reporting on a provider.
    ReportMasked {
        /// The shard.
        shard: Address,
        /// Who attests.
        attester: Address,
        /// The provider.
        provider: Address,
    }
    /// Reports were committed.
    ReportsCommitted {
        /// The shard.
        shard: Address,
        /// Who attests.
        attester: Address,
    }
    /// Reports were revealed.
    ReportsRevealed {
        /// The shard.
        shard: Address,
        /// Who attests.
        attester: Address,
    }
    /// Providers were scored for an epoch.
    ProvidersScored {
        /// The network.
        network: Address,
        /// The epoch.
        epoch: u32,
        /// Those that were newly scored.
        providers: Vec<ScoredProvider>,
    }
    /// Attesters of a shard were paid or fined.
    AttestersSettled {
        /// The shard.
        shard: Address,
        /// Those newly settled.
        attesters: Vec<SettledAttester>,
    }
    /// A shard was closed.
    ShardClosed {
        /// The shard.
        shard: Address,
    }
    /// An outage was recorded: every open deadline moved.
    OutageRecorded {
        /// The network.
        network: Address,
        /// By so much.
        secs: u64,
        /// All recorded outages together. Seconds.
        outage_secs: i64,
    }
}
