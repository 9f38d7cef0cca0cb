//! What to do about refusals of attesters and scores.

use work_token_interface::WorkTokenError as E;

pub(super) fn advice(error: E) -> Option<&'static str> {
    Some(match error {
        E::AttesterRetired => "leave it: the attester has retired, and owes only what it was drawn for",
        E::BondTooSmall => "lock at least the network's attester_bond",
        E::BondMarginTooSmall => {
            "lock more than 1.05 times the smallest bond of the roster, or wait until a place is free"
        }
        E::AttesterNotWaiting => "leave it: the attester holds a place, or must aim first",
        E::DisplacementNotDue => {
            "take the place over in the second half of the epoch after the aim; after that aim again"
        }
        E::NothingReported => "report on one provider at least: a reveal without any report is none",
        E::AttesterNotRetired => "retire first",
        E::BondLocked => "wait: Attester::unlocks_at_ts says the second",
        E::TooLateToDraw => "draw the attesters of the next epoch in its first half",
        E::ShardOutOfRange => "name a shard with a taken place: a place's index divided by 48",
        E::NoAttesters => "let attesters register; they are drawn from the next epoch on",
        E::AttesterNotDrawn => "read the shard: it names who reports on it",
        E::CommitHasPassed => "commit before the end of the epoch, and before anybody has revealed",
        E::ReportsNotCommitted => "commit before the end of the epoch",
        E::ReportRevealNotOpen | E::RevealStillOpen => "wait for the second that the shard view says",
        E::ReportRevealHasPassed => "reveal sooner next time; the fine is due when the shard is settled",
        E::ReportOutOfBounds => "report 0 to 10,000, of units at most 2,196,875,771,904, or nothing",
        E::NothingToMask => "pass the attester's position in the provider, or its own provider itself",
        E::WrongShard => "pass the shard of the epoch that has the provider's place",
        E::NotScored => "skip scores: the network measures nothing that this would bring",
        E::ShardNotSettled | E::ShardsNotSettled => "settle the attesters first; closed ones by their empty addresses",
        E::WrongAttester => "sign with the key that the attester's account records",
        _ => return None,
    })
}
