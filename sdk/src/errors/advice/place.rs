//! What to do about refusals of places of the active set, signs of life and maintenance.

use work_token_interface::WorkTokenError as E;

pub(super) fn advice(error: E) -> Option<&'static str> {
    Some(match error {
        E::PlaceOutOfRange => "name a place from 0 to 4,095",
        E::NotACandidate => "leave it: the provider has a place, is jailed, or leaves",
        E::NoFreePlace => "challenge the weakest incumbent: the places view names it",
        E::PlaceTaken => "read the network again and take its first free place",
        E::PlaceNotHeld => "choose an incumbent that has a place",
        E::PlaceImmune => "wait for its second epoch",
        E::PlaceMarginTooSmall => "add stake: the places view says how much displaces whom",
        E::PlacesFree => "take a free place",
        E::ChallengeFallen | E::ChallengeLapsed => "challenge again, with own stake that is not leaving",
        E::SwapNotDue => "swap in the second epoch after the challenge; a pause moves it",
        E::PlacesQueued => "join the queue, or admit its head: the queue view names it",
        E::AlreadyQueued => "wait for the turn of its number; a lost one is passed by anybody when its turn comes",
        E::NotTheHead => "read the network again and name the entry of its queue's head",
        E::NumberLost => "let the number be passed, then join again with own stake that is not leaving",
        E::HeadIsFit => "admit it when a place is free",
        E::PlaceKept => "wait until its grace below the minimum is over, or its place is held in jail no longer",
        E::TreeExists => "use the tree that the network records",
        E::NotAnEmptyTree => "create an account of the program with exactly 163,920 bytes in the same transaction",
        E::HeartbeatRepeated => "wait for the next sixteenth of the epoch",
        E::MaintenanceTooOften => "wait for the epoch that the work view says",
        E::MaintenanceOutOfBounds => "declare at most a quarter of the epoch, ending with it at the latest",
        E::MaintenanceNotAhead => "let it begin at least an hour from now",
        _ => return None,
    })
}
