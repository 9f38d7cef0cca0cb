//! What to do about refusals of the add-in, by which stake votes.

use work_token_interface::votes::VotesError as E;

/// What to do about a refusal of the add-in; one sentence without its full stop.
pub const fn votes_advice(error: E) -> &'static str {
    match error {
        E::NotARealm => "name a realm of SPL Governance that has an authority",
        E::NotTheRealmAuthority => {
            "sign with the realm's present authority; where that is a governance, propose it there"
        }
        E::WrongRealm => "derive every address from the same realm, network and holder",
        E::NotTheCommunityMint => "join a realm whose community token is the network's work token",
        E::StakeHasNoVoice => "leave it: nothing is voted on with this network's stake",
        E::RealmVoteOutOfBounds => "choose at most the network's longest_vote_secs, which `network show` says",
        E::StandingOutOfBounds => "let records stand for 216,000 slots at most; 0 allows none",
        E::LeastMaximumOutOfBounds => "choose 100,000 to 1,000,000 ppm",
        E::NothingFinalized => "wait until an epoch with stake is finalized; anybody may crank it",
        E::WrongRegistrar => "derive every address from the same realm, network and holder",
        E::NotTheHolder => "sign with the key that holds the voter and the position",
        E::TooManyPositions => "take a position out first, or gather stake in fewer",
        E::PositionListed => "leave it: the voter votes with the position already",
        E::PositionNotListed => "read the voter again: its view names its positions",
        E::NoVoiceOfItsOwn => {
            "let the position vote itself first, by set_direct; an owner names its provider's own position"
        }
        E::PositionsMissing => "pass all of the voter's positions, or let the holder sign",
        E::PositionsOutOfOrder => "read the voter again, and pass its positions in its order: VoterState::named does",
        E::WrongRecord => "pass the record that the voter's account names for this use",
        E::UnknownAction => "name 0 to 4",
        E::StandingRecordsOff => "write the weight in the transaction that reads it",
        E::NotAProposal => "pass the proposal that is voted on, and the governance that it names, of this realm",
    }
}
