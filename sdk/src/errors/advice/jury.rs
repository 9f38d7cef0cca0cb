//! What to do about refusals of drawing juries, voting, and jurors' locks.

use work_token_interface::WorkTokenError as E;

pub(super) fn advice(error: E) -> Option<&'static str> {
    Some(match error {
        E::VoteTooHigh => "vote for the claimed severity or less; 0 dismisses",
        E::NotTheJuror => "sign with the owner of the juror that was drawn for the ballot",
        E::AlreadyVoted => "wait for the count; a vote cannot be changed",
        E::WrongJuror => "plan the draw again: plan_jury names the juror that is called next",
        E::JuryNotArmed => "call the jury first, twice with a few slots between; anybody may",
        E::JuryArmed => "go on with drawing jurors",
        E::RandomnessUnchanged => "wait until the account of randomness has a new value, ten minutes at most",
        E::WrongRandomness => {
            "pass the account that the network's rules of disputes name, and none where they name none"
        }
        E::JurorTreeFrozen => "capture the seeds of the armed draws first, which anybody may: ix::call_jury",
        E::LeafTaken => "read the tree again: draw::plan_entry names a leaf, and in a full tree whose",
        E::JurorBound => {
            "wait for the end of the term; once out of the tree, until the second that the juror view says and until its ballots are settled"
        }
        E::LockTooSmall => "lock at least the network's juror_lock",
        E::LockUnripe => "wait until it has ripened; the juror view says the second",
        E::NoInterest => "pass a live position of the juror's owner at the provider, or the provider that it owns",
        E::DisputeNotDecided => "wait until the dispute is decided",
        E::AbsentNotSettled => "settle first the ballots of the jury that were not revealed; anybody may",
        _ => return None,
    })
}
