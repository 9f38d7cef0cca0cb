//! Every refusal of the program: a pinned code and the broken rule with its bound.
//!
//! Codes are `6000 + number` on the wire, grouped by hundreds, append-only: a number is never reused or renamed.

macro_rules! errors {
    ($( $(#[doc = $doc:literal])* $name:ident = $number:tt, $message:tt; )*) => {
        /// Why the program refuses. Codes are pinned; see [`message`].
        #[cfg(feature = "anchor")]
        #[anchor_lang::error_code]
        #[derive(PartialEq, Eq)]
        pub enum WorkTokenError {
            $( #[doc = $message] #[msg($message)] $name = $number, )*
        }

        /// Why the program refuses. Codes are pinned; see [`message`].
        #[cfg(not(feature = "anchor"))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u32)]
        pub enum WorkTokenError {
            $( #[doc = $message] $name = $number, )*
        }

        #[cfg(not(feature = "anchor"))]
        impl WorkTokenError {
            /// All of them, in the order of their codes.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code on the wire: 6000 + number.
            pub const fn code(self) -> u32 {
                ERROR_OFFSET.saturating_add(self as u32)
            }

            /// The error behind a code on the wire.
            pub fn from_code(code: u32) -> Option<Self> {
                Self::ALL.iter().copied().find(|error| error.code() == code)
            }

            /// The name as in the IDL.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$name => stringify!($name), )* }
            }

            /// The broken rule.
            pub const fn message(self) -> &'static str {
                match self { $( Self::$name => $message, )* }
            }
        }

        #[cfg(not(feature = "anchor"))]
        impl core::fmt::Display for WorkTokenError {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.message())
            }
        }

        #[cfg(not(feature = "anchor"))]
        impl core::error::Error for WorkTokenError {}
    };
}

/// Added to an error's number to make its code on the wire.
pub const ERROR_OFFSET: u32 = 6_000;

errors! {
    // 1xx: accounts
    WrongAccountOwner = 100, "the account does not belong to this program: it is missing, closed, or somebody else's";
    WrongAccountType = 101, "the account is of another type than this instruction takes here";
    UnsupportedVersion = 102, "the account's layout version is not the one this program reads";
    AccountNotWritable = 103, "the account must be passed as writable";
    WrongNetwork = 104, "the account belongs to another network";
    WrongProvider = 105, "the account belongs to another provider";
    WrongDelegation = 106, "the account belongs to another delegation";
    WrongVault = 107, "the vault is not the one recorded for it";
    WrongMint = 108, "the mint is not the network's work token, or the token account is of another mint";
    WrongTokenProgram = 109, "the token program is not the network's";
    TokenAccountFrozen = 110, "the token account is frozen";
    NotATokenAccount = 111, "the account is not an initialised account of the network's token program";
    AccountExists = 112, "the account exists already";
    WrongAddress = 113, "the account's address does not follow from its seeds and bump";
    NotTheOwner = 114, "only the owner of this position may act on it";
    VaultAsDestination = 115, "tokens cannot be paid out to a vault of the program";
    WrongRentReceiver = 116, "rent returns to the account that paid it, and to no other";
    NotTheTokenOwner = 117, "the token account must be owned by the signer";
    InsufficientFunds = 118, "the token account holds less than the amount";

    // 2xx: networks and governance
    NotTheAdmin = 200, "only the admin may do this";
    NotTheGuardian = 201, "only the guardian may do this";
    NotThePendingAuthority = 202, "only the proposed authority may accept, and only while it is proposed";
    AuthorityDelay = 203, "a new guardian or arbiter may accept 3 days after it was proposed";
    UnknownRole = 204, "the role is admin (0), guardian (1) or arbiter (2)";
    Paused = 205, "the entrances are paused; exits, claims and cranks are not";
    PauseTooLong = 206, "a pause lasts 1 second to 7 days";
    PauseTooSoon = 207, "a pause may begin 7 days after the last one ended";
    NotPaused = 208, "the entrances are not paused";
    MintExtensionRefused = 209, "the mint has an extension that could take, tax or freeze stake, or that is unknown";
    NativeMintRefused = 210, "wrapped SOL cannot be burned and so cannot be a work token";
    FreezeAuthorityRefused = 211, "the mint has a freeze authority, which must be accepted explicitly";
    WrongMintAuthority = 212, "Mint mode needs the network as mint authority, Reserve mode needs a mint without one";
    UnknownEmissionMode = 213, "the emission mode is Mint (0) or Reserve (1)";
    SupplyTooLarge = 214, "the maximum supply must be at least the mint's supply and below 2^60 base units";
    StaleParameters = 215, "the change was made from another version of the parameters than the one in force";
    ChangeNotDue = 216, "the change's delay has not passed";
    ChangeExpired = 217, "the change could be executed for 14 days and was not";
    StepTooLarge = 218, "one change may move this parameter by at most a fifth";
    ChangeNotNext = 219, "the change must carry the network's next change number";
    UnknownFlags = 220, "a flag bit is set that has no meaning";

    // 25x: parameter bounds
    EpochLengthOutOfBounds = 250, "an epoch lasts 6 hours to 30 days";
    WindowsExceedEpoch = 251, "reveal and weigh windows together may not exceed an epoch; the weigh window is at least 10 minutes";
    VestingTooShort = 252, "vesting takes 1 to 7 epochs and at least the longest job plus the challenge window";
    ChallengeTooLong = 253, "six epochs must cover the challenge window";
    UnbondingTooShort = 254, "unbonding must cover the longest job, the challenge window and one epoch, up to 365 days";
    OwnUnbondingTooShort = 255, "own stake must stay for longest job, challenge, one epoch, dispute, deferral and installments, up to 365 days";
    MinimumTooSmall = 256, "minimum delegation and minimum self-stake are at least 2^20 base units and below 2^60";
    LeverageOutOfBounds = 257, "leverage is at most 64";
    ShareCapOutOfBounds = 258, "the share cap is above 0 and at most 1,000,000 ppm";
    TierOutOfBounds = 259, "a tier multiplies by 1 bps to 15,000 bps, and tier 0 by 10,000";
    KeeperShareTooLarge = 260, "keepers get at most 150,000 ppm of the emission";
    BountyTooLarge = 261, "a bounty may not exceed 1 % of what the minimum self-stake earns in an epoch";
    ActivationBountyTooLarge = 262, "the minimum delegation must earn ten activation bounties in eight epochs";
    EmissionTooLarge = 263, "the emission of an epoch may not exceed the maximum supply";
    JobTimesOutOfBounds = 264, "the longest job and the challenge window last at least a second and at most 365 days";

    // 3xx: stake
    ZeroAmount = 300, "the amount must be more than zero";
    BelowMinimumDelegation = 301, "a deposit must be at least the minimum delegation";
    BelowMinimumSelfStake = 302, "the own stake must be at least the minimum self-stake";
    RestBelowMinimum = 303, "what stays must be nothing or at least the minimum";
    PoolTooLarge = 304, "a pool holds less than 2^60 base units";
    PoolSlashedTooDeep = 305, "the pool was slashed by more than 15/16: exits work, deposits do not";
    OpenClaims = 306, "open disputes claim more from the pool than the deposit accepts";
    OwnerCannotDelegate = 307, "the owner of a provider stakes in its own pool and cannot delegate to itself";
    NotThePool = 308, "the position is of the other pool";
    InsufficientShares = 309, "the position has fewer shares";
    FewerSharesThanAsked = 310, "the deposit would mint fewer shares than asked for";
    NotMatured = 311, "the ticket has not matured";
    NothingToWithdraw = 312, "the ticket's stake was paid out; what is held waits for its disputes";
    TicketPartlyPaid = 313, "a ticket that was paid in part cannot be cancelled";
    TicketOfEndedGeneration = 314, "the ticket's pool was slashed to zero, so there is nothing to put back";
    WrongTicketNumber = 315, "the ticket must be the position's next one, or its newest when eight are live";
    NothingToClaim = 316, "there is nothing to claim";
    PositionNotEmpty = 317, "a position closes without shares, lots, tickets and rewards";
    TooEarlyToClose = 318, "anybody but the owner may close an empty position only after 30 days";
    OwnPositionInUse = 319, "the own position closes only after the provider has retired";
    ArithmeticOverflow = 320, "a result exceeds its type";
    LotNotDue = 321, "no lot of the position is due";

    // 4xx: epochs
    EpochNotOpenable = 400, "an epoch can be opened once it has ended, and for eight epochs";
    WeighNotOpen = 401, "providers are weighed from the end of the reveal window until the epoch is finalized";
    AlreadyFinalized = 402, "the epoch was finalized";
    TooEarlyToFinalize = 403, "an epoch is finalized after its weigh window and as long again after the first weight; without any weight, one epoch after its end";
    NotNextToFinalize = 404, "epochs are finalized in order, from the oldest that can still be opened";
    NotFinalized = 405, "the epoch has not been finalized";
    TooEarlyToSweep = 406, "an epoch is swept after nine epochs, when nothing of it can be settled any more";
    NotSwept = 407, "an epoch closes after its sweep";
    AlreadySwept = 408, "the epoch was swept";
    EmptyBatch = 409, "a batch has 1 to 24 providers";
    WrongEpoch = 410, "the account belongs to another epoch";

    // 5xx: providers
    NotTheProviderOwner = 500, "only the provider's owner may do this";
    ProviderRetiring = 501, "the provider is retiring or tombstoned: no deposits, no cancellations";
    AlreadyRetired = 502, "the provider has already retired";
    CommissionAboveMaximum = 503, "commission is at most 5,000 bps";
    CommissionStepTooLarge = 504, "one announcement raises commission by at most 500 bps";
    ProviderNotEmpty = 505, "a provider closes without shares, positions, claims, vesting rewards, credits and held tickets";
    TooEarlyToCloseProvider = 506, "a provider closes 90 epochs after it retired";
    NothingToSweep = 507, "the vault holds no more than its books say";
    OperatorIsOwner = 508, "the operator is a hot key and must differ from the owner";
}
