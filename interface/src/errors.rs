//! Every refusal of the program: a pinned code and the broken rule with its bound.
//!
//! Codes are `6000 + number` on the wire, grouped by hundreds, append-only: a number is never reused or
//! renamed.

#[macro_use]
mod list;

/// Added to an error's number to make its code on the wire.
pub const ERROR_OFFSET: u32 = 6_000;

errors! {
    /// Why the program refuses: the broken rule, with its bound. Codes are pinned.
    WorkTokenError:

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
    EpochsNotOpen = 221, "rules change only while the running epoch, and every earlier one that can still be opened, is open";
    ParameterFixed = 222, "this was fixed when it was created";
    ParameterOnlyFalls = 223, "the maximum supply, the highest rate and what a year may emit never rise";
    MetricStepTooLarge = 224, "one change moves a metric's weight by at most 100,000 ppm and its gate by 1,000 bps; what is replaced has no more than that";
    NewMetricCounts = 225, "another metric at a place begins without a weight, and none begins with a gate";
    TreasuryStepExceeded = 226, "the treasury pays at most treasury_step in an epoch";
    DraftIncomplete = 227, "the parameters of the draft do not have the hash that its address names";
    DraftComplete = 228, "a complete draft never changes";
    UnknownDraftPart = 229, "a parameter set has parts of 512 bytes, numbered from 0";
    DraftKept = 230, "a complete draft that nobody used can be closed after 45 days";
    NotTheAuthor = 231, "only its author writes a draft, and closes it";

    // 25x: parameter bounds
    EpochLengthOutOfBounds = 250, "an epoch lasts 6 hours to 30 days";
    WindowsExceedEpoch = 251, "reveal and weigh windows together may not exceed an epoch; the weigh window is at least 10 minutes";
    VestingTooShort = 252, "vesting takes 1 to 7 epochs and at least the longest job plus the challenge window";
    ChallengeTooLong = 253, "six epochs must cover the challenge window";
    UnbondingTooShort = 254, "unbonding must cover the longest job, the challenge window and one epoch, and the longest vote and two days, up to 365 days";
    OwnUnbondingTooShort = 255, "own stake must stay for longest job, challenge, one epoch, dispute, and the longest deferral with its installments, and for the longest vote and two days, up to 365 days";
    MinimumTooSmall = 256, "minimum delegation and minimum self-stake are at least 2^20 base units and below 2^60";
    LeverageOutOfBounds = 257, "leverage is 1 to 64";
    ShareCapOutOfBounds = 258, "the share cap is 10,000 to 1,000,000 ppm";
    TierOutOfBounds = 259, "a tier multiplies by 1 bps to 15,000 bps, and tier 0 by 10,000; it asks for at most 10,000,000 bps of the minimum stake";
    KeeperShareTooLarge = 260, "keepers get at most 150,000 ppm of the emission";
    BountyTooLarge = 261, "a bounty is below 2^60 base units, a job's below the lowest fee";
    ActivationBountyTooLarge = 262, "the activation bounty is below 2^60 base units";
    EmissionTooLarge = 263, "an epoch may not emit more than the maximum supply, a year less than 2^60 base units";
    JobTimesOutOfBounds = 264, "the longest job and the challenge window last at least a second and at most 365 days";
    MetricWeightsDoNotSum = 265, "the weights of the present metrics sum to 1,000,000 exactly, or none is present";
    UnknownMetricSource = 266, "a metric's source is attested (0), dispute record (1), heartbeat (2) or units (3)";
    MetricOutOfBounds = 267, "a gate is at most 10,000 bps, and only a metric with a weight has one";
    // 268 stays a gap: the metric that it bounded is gone, and no number is used twice.
    FeeSharesTooLarge = 269, "burned part and treasury's part of a fee are together at most 500,000 ppm";
    AttesterShareTooLarge = 270, "keepers and attesters together get at most 150,000 ppm of the emission";
    ScoreOutOfBounds = 271, "parts and reputations are at most 1,000,000 ppm, the tolerance 10,000 bps, the burned baseline below 2^60";
    AttesterBondOutOfBounds = 272, "a fine is at most the bond, the bond below 2^60 and, where attesters report, at least 2^24 base units";
    PlaceCapOutOfBounds = 273, "the cap is unbounded, static or dynamic, least at most most, most at most 4,096, a dynamic cap's headroom 10,000 to 100,000 bps";
    MinimumCeilingOutOfBounds = 274, "the ceiling of the minimum stake is at least its floor and below 2^60; its part of the supply at most 1,000,000 ppm";
    RevealWindowTooShort = 275, "where attesters report, the reveal window is at least 10 minutes";
    DisputeTimesOutOfBounds = 276, "a provider has 2 to 30 days to answer, every other phase of a dispute lasts 10 minutes to 30 days, a juror's term the longest dispute";
    DisputeLongerThanLiability = 277, "the phases of a dispute and a day of outage must fit the longest dispute that own stake stays for";
    BondsOutOfBounds = 278, "bonds and locks are 1 to 2^48 base units, a juror's fee and a bounty at most its lock, the arbiter's fee at most the smallest bond";
    SlashRulesOutOfBounds = 279, "bond 1 to 2,000 bps of the claim, delegators' part at most 10,000, limit 1 to 10,000 bps refilled in 1 to 90 epochs, cover from severity 1 to 6";
    SeverityOutOfBounds = 280, "severities cost 0-100, 10-500, 100-1,500, 500-5,000, 3,000-10,000 bps, rising; reward at most 3,000, jail 365 epochs, 1 to 8 installments; the time from the verdict to the last does not fall with the severity";
    EmissionRateOutOfBounds = 281, "rates are at most 10^12 ppt a year, the initial one between floor and ceiling";
    StakeTargetOutOfBounds = 282, "the stake's target is 10,000 to 1,000,000 ppm, the response 30 days to 10 years";
    FeePartTooLarge = 283, "the emission gives way by at most 1,000,000 ppm of what fees took";
    TreasuryRulesOutOfBounds = 284, "the treasury gets at most 200,000 ppm of the emission, its cap and step are below 2^60 base units";
    UnknownEmissionLaw = 285, "the emission's law is fixed (0) or target (1)";
    UnitsOutOfBounds = 286, "one metric at most is of units, without a weight, and only beside others that have one";
    WorkPayOutOfBounds = 287, "at most 900,000 ppm of the burned fees come back and 300,000 ppm of the emission go by units; a unit has at least one base unit of stake and of burn";
    WashingGains = 288, "units_baseline x unit_burn x (burned + treasury's part - what comes back) must be at least work share x emission x burned part of a fee";
    PlaceHoldOutOfBounds = 289, "a jailed provider's place is held for 1 to 365 epochs";
    LongestVoteOutOfBounds = 290, "the longest vote in which stake has a voice is at most 45 days; 0 gives it none";

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
    SameHolder = 322, "shares are transferred to another holder";
    WorthLessThanAsked = 323, "the shares are worth less than their receiver asked for";
    NotAutoRestaked = 324, "the holder has not asked to have its rewards restaked, or has left since";
    RestakedRecently = 325, "anybody restakes for a holder at most once in 4 epochs";
    TooLittleToRestake = 326, "less was earned than the minimum, and than a hundredth of the position";
    LotWaits = 327, "a lot of another epoch waits: only its holder adds to the position";
    RewardsShared = 328, "the provider has a beneficiary: its own rewards are claimed, and not restaked by anybody";
    NoVoice = 329, "stake has no voice in this network: its longest vote is 0";
    AlreadyDirect = 330, "the position votes itself already";
    NotDirect = 331, "the position does not vote itself";
    ReturnNotDue = 332, "a voice returns to the provider once it was silent for the longest vote and two days more";
    ReceiverNotDirect = 333, "shares of a position that votes itself go to one that does, or that holds none yet";

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
    OperatorsOnly = 509, "only the provider's operator may do this";
    HeartbeatRepeated = 510, "one sign of life counts per window of the epoch";
    MaintenanceTooOften = 511, "maintenance can be declared once in four epochs";
    MaintenanceOutOfBounds = 512, "maintenance lies inside the present epoch and lasts at most a quarter of it";
    MaintenanceNotAhead = 513, "maintenance is declared at least an hour ahead";
    NotTheProposedOwner = 514, "only the proposed owner may accept, and only while it is proposed";
    HandoverNotDue = 515, "a provider is handed over one unbonding time after it was proposed";
    HandoverLapsed = 516, "a hand-over lapses one unbonding time after its notice; it can be proposed anew";
    OwnsItAlready = 517, "whom the owner proposes must be another than itself";
    NewOwnerInterested = 518, "the new owner must not delegate to the provider, attest in its network, or judge while it is disputed";
    HandoverTermsBroken = 519, "the provider has less own stake, more claims, quota or open seats, or another state than the new owner accepts";
    NotTheProposedBeneficiary = 520, "only the proposed beneficiary may agree, and only to the terms that are proposed";
    BeneficiaryTermsOutOfBounds = 521, "a quota is more than zero and below 2^60 base units, and its end lies ahead";
    BeneficiaryInForce = 522, "while the present beneficiary has quota left it must sign too, and while it is owed nobody takes its place";
    NotTheBeneficiary = 523, "only the provider's beneficiary may do this";
    WrongBeneficiary = 524, "the provider has a beneficiary: its account and its token account must be passed";
    TooManyOperators = 525, "a provider names at most four keys for classes beside its operator";

    // 6xx: jobs and draws
    JobKindOutOfBounds = 600, "a job is fixed (0) or metered (1), for 1, 3 or 5 providers; a metered one for 1";
    JobWindowsOutOfBounds = 601, "10 minutes to seat, a minute to accept and to reveal, a second to work, to dispute and of a meter, at least";
    JobLongerThanLiability = 602, "the class's longest job and challenge window must fit the network's parameters";
    JobFeesOutOfBounds = 603, "the lowest fee is at least 1,000,000 base units and the cancel fee at most 10,000 bps";
    ExposureFactorTooSmall = 604, "the exposure factor must deter at the assumed detection: at least 20 (1 - p) / p, at most 100,000";
    UnknownJobClass = 605, "the class is below 16 and of this network";
    FeeBelowMinimum = 606, "what the terms can pay in the time asked for is at least the class's minimum";
    FeeTooLarge = 607, "the fees of all seats and the draw fee are together below 2^60";
    WorkTimeOutOfBounds = 608, "the working time lies within the class's bounds";
    WrongSeatCount = 609, "a job is created with one assignment per seat";
    WrongJob = 610, "the assignment belongs to another job";
    WrongClient = 611, "only the job's client may do this, and the client's account must be its own";
    SeedAlreadyCaptured = 612, "the seed is captured, or draws are over";
    SeedSlotNotReached = 613, "the seed's slot has not come yet";
    SeedNotCaptured = 614, "the seed has not been captured";
    WrongSysvar = 615, "the account is not the sysvar that this instruction reads";
    SeatNotOpen = 616, "the seat is not open to a draw";
    NothingDrawn = 617, "the call brings the draw no further: its accounts are not those of the next leaves";
    WrongDraw = 618, "the provider is not the one that the seed draws";
    WrongTree = 619, "the tree is not the network's for this epoch";
    WrongOffer = 620, "the offer belongs to another provider";
    SeatingHasPassed = 621, "the time to seat a provider has passed";
    AcceptanceHasPassed = 622, "the time to accept has passed";
    NotDrawnForSeat = 623, "the seat was drawn for another provider, or is still to be drawn";
    NotAccepted = 624, "the seat's provider has not accepted it, or has already submitted";
    SubmissionHasPassed = 625, "the working time has passed";
    CommitFirst = 626, "results of a redundant job are committed first and revealed after";
    NotRedundant = 627, "the job has a single provider, which submits its result";
    RevealNotOpen = 628, "results are revealed once every seat has committed or ended";
    RevealHasPassed = 629, "the time to reveal has passed";
    NotCommitted = 630, "the seat has no commitment to reveal";
    CommitmentBroken = 631, "the revealed content does not hash to the commitment";
    NotSubmitted = 632, "the seat has no result";
    ChallengeOpen = 633, "the result can still be disputed; only the client may approve it before";
    NotExpired = 634, "no deadline of the seat has passed";
    SeatHasEnded = 635, "the seat has ended or has its result";
    AlreadyAccepted = 636, "the seat was accepted, so the client can no longer cancel it";
    NotMetered = 637, "the job has a fixed fee";
    MeterEnded = 638, "the meter has ended";
    MeterRunning = 639, "the meter runs: only the client or the provider stops it";
    ExtensionTooLong = 640, "extensions stay within the class's bound";
    NoCredit = 641, "there is no credit to claim";
    JobNotOver = 642, "a job closes after all its seats, windows and credits";
    TooEarlyToCloseJob = 643, "anybody but the client may close a job only 30 days after its end";
    ProviderNotActive = 644, "the provider is not Active";
    BelowMinimumStake = 645, "the own stake is below the network's minimum, and its grace is over where it has one";
    InMaintenance = 646, "the provider is in declared maintenance";
    AlreadySeated = 647, "the provider has another seat of the job";
    ClassNotServed = 648, "the provider does not serve the class";
    BelowFloorPrice = 649, "what the job can pay in the time it asks for is below the provider's floor price";
    ExposureFull = 650, "the provider's own stake is bound by open seats";
    NoOutage = 651, "the clock has gained less than 30 minutes over 600 ms a slot";
    OutageLimitReached = 652, "outages move deadlines by at most 24 hours a week";
    ZeroCommitment = 653, "a commitment is not zero";
    RatingOutOfBounds = 654, "a rating is at most 100";
    WrongRefundAccount = 655, "refunds go to the token account recorded in the job";
    ClockHasGained = 656, "the note is refreshed only while no more than 600 ms a slot have passed since the last";
    CeilingOutOfReach = 657, "a ceiling is at most the price times the working time and the class's extensions";
    StakeLeaving = 658, "the provider's own stake would cover the seat, but it is leaving";
    WorkTooShort = 659, "the working time is shorter than the provider's least for the class";
    ModelNameMalformed = 660, "a model's name is 1 to 32 small letters, digits and . _ - / :, begins with a letter or a digit, and is padded by zeros";
    UnknownModelStatus = 661, "a model is offered (1), deprecated (2) or withdrawn (3)";
    ModelUriMalformed = 662, "a model's URI is at most 128 visible ASCII characters, padded by zeros";
    ZeroModelHash = 663, "a model's hash is not zero";
    ModelNotOffered = 664, "a new job names no model that is deprecated or withdrawn";
    OtherModelVersion = 665, "a new job names the model's present version";
    ModelMissing = 666, "a job that names a version of a model is created with the model's account after those of its seats";

    // 7xx: attesters and scores
    BondTooSmall = 700, "the bond is at least the network's minimum";
    // 701 stays a gap: the program finds the place, and no number is used twice.
    AttesterRetired = 702, "the attester has retired";
    AttesterNotRetired = 703, "the attester has not retired";
    BondLocked = 704, "the bond is free two epochs and a challenge window after the last report that was owed";
    BeaconNotReady = 705, "the epoch's seed has not been captured";
    BeaconReady = 706, "the epoch's seed is captured";
    // 707 stays a gap: it was listed and never raised, and no number is used twice.
    ShardOutOfRange = 708, "the shard holds no places";
    NoAttesters = 709, "no attester can be drawn";
    AttesterNotDrawn = 710, "the attester is not drawn for this shard";
    CommitHasPassed = 711, "reports are committed until the end of their epoch";
    ReportsNotCommitted = 712, "the attester has committed to no reports, or has revealed them";
    ReportRevealNotOpen = 713, "reports are revealed from the end of their epoch on";
    ReportRevealHasPassed = 714, "reports are revealed in the reveal window";
    ReportOutOfBounds = 715, "a reported value is at most 10,000 bps, that of units a code of at most 32,766, or says that there is none";
    // 716 stays a gap: a report on a masked provider counts as none, and no number is used twice.
    NothingToMask = 717, "the account shows no interest of the attester in a provider of this shard";
    RevealStillOpen = 718, "the time to reveal has not passed";
    WrongShard = 719, "the shard is not that of this network, epoch or provider";
    // 720 stays a gap: it was listed and never raised, and no number is used twice.
    NotScored = 721, "the network measures nothing";
    ShardNotSettled = 722, "a shard closes once its attesters are settled";
    WrongAttester = 723, "the account belongs to another attester";
    // 724 stays a gap: it was listed and never raised, and no number is used twice.
    TooLateToDraw = 725, "attesters are drawn in the first half of the epoch, so that they have time to measure";
    BondMarginTooSmall = 726, "where no place is free, a bond must exceed the smallest by more than 5 %";
    AttesterNotWaiting = 727, "the attester holds a place, or aims at none";
    DisplacementNotDue = 728, "a place is taken over in the second half of the epoch after the aim, and at no other time";
    ShardsNotSettled = 729, "an epoch's account closes after all attesters of its shards are settled";
    NothingReported = 730, "a reveal holds one report at least: to say nothing of anybody is not to reveal";

    // 8xx: places
    NotACandidate = 800, "only a candidate can take or challenge a place";
    NoFreePlace = 801, "every place is taken: challenge one";
    PlaceTaken = 802, "the place is taken";
    PlaceOutOfRange = 803, "there are 4,096 places";
    PlaceNotHeld = 804, "the provider holds no place";
    PlaceImmune = 805, "a newcomer cannot be challenged in its first epoch";
    PlaceMarginTooSmall = 806, "a challenger's stake must exceed the incumbent's by more than 5 %";
    PlacesFree = 807, "a place is free: take it instead";
    ChallengeFallen = 808, "there is no challenge of this place, or it has fallen";
    SwapNotDue = 809, "a place is swapped from the second epoch after its challenge on, pauses not counted";
    TreeExists = 810, "the network has a tree of this kind";
    NotAnEmptyTree = 811, "the account must belong to the program, have the size of a tree, and be all zero";
    ChallengeLapsed = 812, "a challenge lapses with the epoch in which its swap is due; it can be made anew";
    PlacesQueued = 813, "others wait for a place: a free one is the head's of the queue";
    AlreadyQueued = 814, "a provider is in the queue once, until its number has had its turn";
    NotTheHead = 815, "it is another entry's turn, or nobody waits";
    NumberLost = 816, "the number is lost: own stake below the minimum asked to leave, or a place was had without it";
    HeadIsFit = 817, "the head of the queue can have a place; it is not passed";
    PlaceKept = 818, "a place is lost below the minimum stake after 14 epochs of grace, or in jail for longer than place_hold_epochs";

    // 9xx: disputes
    UnknownDisputeKind = 900, "a dispute is about a job (0) or conduct (1)";
    UnknownSeverity = 901, "a claim is of severity 1 to 5";
    NotDisputable = 902, "the seat has no result to dispute; a missed deadline only its client disputes, and only of a seat that was accepted";
    ChallengeHasPassed = 903, "the time to dispute it has passed";
    DisputesItself = 904, "a provider does not dispute itself";
    BondBelowRequired = 905, "the bond is the largest of the minimum, a quarter of the fee, twice the first juries and the part of the claim";
    WrongDispute = 906, "the account belongs to another dispute";
    WrongClaim = 907, "the claim is not the dispute's";
    WrongFault = 908, "the fault is not of this provider and epoch";
    WrongPhase = 909, "the dispute is in another phase, or the time for this has passed";
    AlreadyAnswered = 910, "the dispute was answered";
    NotRaised = 911, "a raised claim is higher than the present one and at most 5";
    BondAboveRequired = 912, "a deposit is at most a tenth larger than the bond required";
    NotTheChallenger = 913, "only a challenger of the dispute may do this";
    NotFundable = 914, "the side cannot pay for an appeal now: an appellant only in the first half, and none beyond its part";
    NotARuling = 915, "the arbiter confirms a severity that a jury found; where none decided, it dismisses, or confirms what is claimed up to its own most";
    VoteTooHigh = 916, "a vote is for nothing higher than the claim";
    NotTheJuror = 917, "only the juror of the ballot votes";
    AlreadyVoted = 918, "a ballot commits once and reveals once";
    WrongJuror = 919, "the juror is not the one that the seed draws";
    JuryNotArmed = 920, "the jury's seed is not known";
    JuryArmed = 921, "the jury's seed is known";
    RandomnessUnchanged = 922, "the account of randomness has not changed since the jury was called";
    WrongRandomness = 923, "the account is not the network's source of randomness";
    JurorTreeFrozen = 924, "the tree does not change while the seed of a jury may be known; capture it first";
    LeafTaken = 925, "the leaf is another's that is not to be displaced, or there is none of this number";
    JurorBound = 926, "a juror leaves after its term, and is paid once no jury can call it and its ballots are settled";
    LockTooSmall = 927, "the lock covers at least one ballot";
    NothingDue = 928, "no part of the slash is due";
    SlashLimitReached = 929, "the network's slashing limit is reached; the rest is executed as it refills";
    DisputeOpen = 930, "the dispute has not ended";
    ClaimOpen = 931, "a dispute of the claim has not ended";
    LockUnripe = 932, "a lock enters the tree once it is as old as the longest dispute, and covers a ballot";
    NotDeferred = 933, "a slash is cancelled or reduced between its verdict and its first installment";
    VetoNeverRaises = 934, "a veto keeps less than 10,000 bps of the slash";
    NotJailed = 935, "the provider is not jailed";
    JailNotOver = 936, "the time in jail is not over";
    DebtUnpaid = 937, "a slash left a debt that own rewards must pay first";
    SeatDisputed = 938, "a dispute about the seat is open";
    NotContradictory = 939, "the two results are the same";
    WrongProof = 940, "the transaction does not hold the operator's two signatures of these results";
    NothingToSettle = 941, "the ticket holds nothing back";
    OpeningExpired = 942, "what was committed to is opened within an hour";
    NoInterest = 943, "the account shows no interest of the juror in the provider";
    TooEarlyToCloseDispute = 944, "a dispute closes 30 days after its end, without ballots, shares of appeals and credits";
    NothingToAdvance = 945, "no deadline of the dispute has passed";
    NotTheArbiter = 946, "only the arbiter may do this";
    ConductTooOld = 947, "conduct is disputed within the epochs that the provider remembers, from its registration on, and within the challenge window";
    DisputeNotDecided = 948, "a ballot is settled once the dispute is decided";
    CounterBondHeld = 949, "the counter-bond returns when no answered dispute of the provider is open";
    NotTheBonder = 950, "the counter-bond is another's; it is replaced by a larger one";
    WrongTicketList = 951, "the accounts are claims that the ticket lists";
    AppealOpen = 952, "what was paid for appeals returns once the dispute is decided";
    NotAProvenFault = 953, "an objective fault is proved once, on an accepted seat, within its time";
    WrongOpening = 954, "the commitment is to another opening, or another's";
    OpeningPending = 955, "the deposit returns once the hour to open has passed";
    MissedDeadline = 956, "a missed deadline is claimed at severity 1 at most";
    RuledBefore = 957, "without a jury the arbiter convicts a provider once in 90 epochs";
    AbsentNotSettled = 958, "a jury without a quorum is paid once the ballots of those that did not reveal are settled";
}
