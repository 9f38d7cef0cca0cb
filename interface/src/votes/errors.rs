//! Every refusal of the add-in: a pinned code and the broken rule with its bound.
//!
//! Codes are `6000 + number` on the wire and begin at 7000, so that none is one of the Work Token program's.
//! Accounts are loaded, created and closed as there, and refused by its codes 6100 to 6199.

errors! {
    /// Why the add-in refuses: the broken rule, with its bound. Codes are pinned.
    VotesError:

    // 100x: realms
    NotARealm = 1_000, "the account is not a realm of SPL Governance, version 2, with an authority";
    NotTheRealmAuthority = 1_001, "only the realm's authority may do this";
    WrongRealm = 1_002, "the account belongs to another realm";
    NotTheCommunityMint = 1_003, "the network's work token is the realm's community token";
    StakeHasNoVoice = 1_004, "stake has no voice in this network: its longest vote is 0";
    RealmVoteOutOfBounds = 1_005, "the realm's longest vote is 1 second to the network's longest vote";
    StandingOutOfBounds = 1_006, "a record stands for at most 216,000 slots";
    LeastMaximumOutOfBounds = 1_007, "the maximum weight is at least 100,000 to 1,000,000 ppm of the supply";
    NothingFinalized = 1_008, "the maximum weight follows stake: no epoch with stake was finalized yet";

    // 102x: voters
    WrongRegistrar = 1_020, "the account belongs to another registrar";
    NotTheHolder = 1_021, "only the holder of these positions may do this";
    TooManyPositions = 1_022, "a voter has at most 16 positions";
    PositionListed = 1_023, "the position is among the voter's";
    PositionNotListed = 1_024, "the position is not among the voter's";
    NoVoiceOfItsOwn = 1_025, "the position is neither a provider's own nor one that votes itself";

    // 104x: weights
    PositionsMissing = 1_040, "without the holder's signature all of its positions are passed";
    PositionsOutOfOrder = 1_041, "positions are passed in rising order, each once, with its provider";
    WrongRecord = 1_042, "the record is not this voter's for this use";
    UnknownAction = 1_043, "the action is 0 cast vote, 1 comment, 2 create governance, 3 create proposal, or 4 sign off";
    StandingRecordsOff = 1_044, "this realm's records hold for a slot only";
    NotAProposal = 1_045, "a vote names its proposal, and comes with it and its governance";
}
