//! What to do about refusals of epochs and their seeds.

use work_token_interface::WorkTokenError as E;

pub(super) fn advice(error: E) -> Option<&'static str> {
    Some(match error {
        E::WrongEpoch => "derive the account from the epoch that is meant",
        E::EpochNotOpenable => "open one of the eight epochs that ended last",
        E::WeighNotOpen => "wait for the epoch's weigh_from_ts",
        E::AlreadyFinalized => "go on with settling",
        E::TooEarlyToFinalize => "wait for the second that the epoch view says",
        E::NotNextToFinalize => "finalize the network's next epoch first",
        E::NotFinalized => "finalize the epoch first",
        E::TooEarlyToSweep => "wait for the second that the epoch view says",
        E::NotSwept => "sweep the epoch first",
        E::AlreadySwept => "close the epoch to get its rent back",
        E::EmptyBatch => "send the providers in batches of 1 to 24",
        E::BeaconNotReady => "advance the beacon, twice with a few slots between; anybody may",
        E::BeaconReady => "go on with drawing attesters",
        _ => return None,
    })
}
