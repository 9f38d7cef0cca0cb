//! What to do about refusals of jobs and draws.

use work_token_interface::WorkTokenError as E;

pub(super) fn advice(error: E) -> Option<&'static str> {
    classes(error)
        .or_else(|| models(error))
        .or_else(|| draws(error))
        .or_else(|| results(error))
        .or_else(|| ends(error))
        .or_else(|| providers(error))
}

/// Classes of jobs, and what a client asks for.
fn classes(error: E) -> Option<&'static str> {
    Some(match error {
        E::JobKindOutOfBounds => "name kind 0 or 1 and a redundancy of 1, 3 or 5; of a metered class 1",
        E::JobWindowsOutOfBounds => {
            "set seat_secs to at least 600, accept_secs to at least 60, as reveal_secs where providers do the same job, and the rest to at least 1"
        }
        E::JobFeesOutOfBounds => {
            "set minimum_fee to at least 1,000,000, and cancel_fee_bps and undecided_refund_bps to at most 10,000"
        }
        E::JobLongerThanLiability => {
            "shorten the class's windows, or let governance raise longest_job_secs and challenge_secs first"
        }
        E::ExposureFactorTooSmall => "raise exposure_factor, or assume a higher detection_bps",
        E::UnknownJobClass => "choose a class that the network has: its job_classes says which",
        E::FeeBelowMinimum => {
            "offer terms that can pay at least the class's minimum_fee for each seat in the time asked for"
        }
        E::CeilingOutOfReach => "lower the ceiling to the price times the working time and the class's extension_secs",
        E::FeeTooLarge => "split the work into several jobs",
        E::WorkTimeOutOfBounds => {
            "ask for a time between the class's least_work_secs and work_secs, and for extension_secs more at most"
        }
        E::WrongSeatCount => "read the class again and pass one assignment for each seat, in order",
        E::WrongJob => "derive the assignment from the job and the seat",
        E::WrongClient => "sign with the job's client, and pass the account of that client",
        E::RatingOutOfBounds => "rate 0 to 100",
        E::WrongRefundAccount => "pass the refund account that the job records",
        E::NotMetered => "leave it: a fixed fee has no price per second, and no meter to keep running or to stop",
        _ => return None,
    })
}

/// Models, and the jobs that name them.
fn models(error: E) -> Option<&'static str> {
    Some(match error {
        E::ModelNameMalformed => "write the name in small letters, digits and . _ - / :, and at most 32 of them",
        E::UnknownModelStatus => "name a status of 1 to 3",
        E::ModelUriMalformed => "shorten the URI to 128 visible ASCII characters, and percent-encode others",
        E::ZeroModelHash => "pass the hash of what runs; a model that should not run is withdrawn",
        E::ModelNotOffered => "name a model that is offered, or none",
        E::OtherModelVersion => "read the model again, and name its present version if its hash is what you want",
        E::ModelMissing => "pass one assignment for each seat, in order, and the model's account behind them",
        _ => return None,
    })
}

/// Seeds and draws.
fn draws(error: E) -> Option<&'static str> {
    Some(match error {
        E::SeedAlreadyCaptured => "go on with drawing the seats",
        E::SeedSlotNotReached => "wait a few slots",
        E::SeedNotCaptured => "capture the seed first; anybody may, and is paid for it",
        E::WrongSysvar => "pass the sysvar of recent slot hashes for a draw, that of the instructions for a proof",
        E::SeatNotOpen => "wait until the drawn provider's time to accept has passed",
        E::NothingDrawn => {
            "plan the draw again from the accounts as they are now; a seat that is open to all needs none"
        }
        E::WrongDraw => "plan the draw again: pass the providers of the next leaves, in order",
        E::WrongTree => "pass the tree that the network records for the epoch's parity",
        E::WrongOffer => "pass a provider's own offer behind it, and none for a provider without one",
        E::SeatingHasPassed => "expire the seat; the client gets its fee back",
        E::AcceptanceHasPassed => "accept sooner next time; the seat goes to the next draw",
        E::NotDrawnForSeat => "wait for a draw, or until draws are over and the seat is open to all",
        _ => return None,
    })
}

/// Work, commitments and meters.
fn results(error: E) -> Option<&'static str> {
    Some(match error {
        E::NotCommitted => "commit first, while that is possible: the view of the seat says until when",
        E::NotAccepted => "read the seat again: its state says what can be done",
        E::SubmissionHasPassed => "ask the client to extend in time; the seat can only expire now",
        E::CommitFirst => "commit to the hash of the result, and reveal it when all have committed",
        E::NotRedundant => "submit the result",
        E::RevealNotOpen => "wait until every seat has committed or ended",
        E::RevealHasPassed => "reveal sooner next time; the seat can only expire now",
        E::CommitmentBroken => "reveal exactly what was committed to, with the salt of then",
        E::ZeroCommitment => "commit to the hash of the content and a random salt",
        E::MeterEnded => "stop the job: anybody may",
        E::MeterRunning => "wait until the meter has run out, or let a party to the job stop it",
        E::ExtensionTooLong => "extend by less: the job view says the most",
        _ => return None,
    })
}

/// Settlements, expiries, credits and closing.
fn ends(error: E) -> Option<&'static str> {
    Some(match error {
        E::NotSubmitted => "wait for the result",
        E::ChallengeOpen => "wait for the second that the job view says, or let the client approve",
        E::NotExpired => "wait for the second that the job view says; a meter is stopped instead",
        E::SeatHasEnded => "read the job again; nothing is left to do but claim credit and close",
        E::AlreadyAccepted => "wait for the result; a seat that misses its deadline is refunded",
        E::NoCredit => "leave it: nothing is owed now, or it was paid when it was due",
        E::JobNotOver => "end every seat, let its windows pass, claim its credit and move its dues first",
        E::TooEarlyToCloseJob => "let the client close it, or wait until 30 days after its end",
        _ => return None,
    })
}

/// Why a provider may not have a seat of a job.
fn providers(error: E) -> Option<&'static str> {
    Some(match error {
        E::ProviderNotActive => "take a seat of the active set first",
        E::BelowMinimumStake => "add own stake up to the network's minimum",
        E::InMaintenance => "wait until the declared maintenance is over",
        E::AlreadySeated => "leave the other seats to other providers",
        E::ClassNotServed => "set an offer that serves the class; it holds from the next epoch on",
        E::BelowFloorPrice => "lower the offer's floor for the class; it holds from the next epoch on",
        E::WorkTooShort => "lower the offer's least working time for the class; it holds from the next epoch on",
        E::StakeLeaving => "cancel the ticket of the own stake, or add own stake",
        E::ExposureFull => "add own stake, or wait until open seats are settled",
        _ => return None,
    })
}
