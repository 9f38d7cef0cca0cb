//! What to do about refusals of disputes and slashes.

use work_token_interface::WorkTokenError as E;

pub(super) fn advice(error: E) -> Option<&'static str> {
    rules(error)
        .or_else(|| opening(error))
        .or_else(|| parties(error))
        .or_else(|| slashes(error))
        .or_else(|| ends(error))
}

/// Governance.
fn rules(error: E) -> Option<&'static str> {
    Some(match error {
        E::DisputeTimesOutOfBounds => "begin with presets::DISPUTES, and raise juror_term_secs with the phases",
        E::DisputeLongerThanLiability => {
            "shorten the phases, or raise longest_dispute_secs and own_unbonding_secs with it"
        }
        E::BondsOutOfBounds => "raise juror_lock, or lower juror_fee, arbiter_fee and job_bounty",
        E::SeverityOutOfBounds => {
            "let the severities cost strictly more from 1 to 5 within their bounds, each take at least as long as the one below, and have 1 to 8 installments"
        }
        E::NotTheArbiter => "the network's arbiter must sign",
        _ => return None,
    })
}

/// Opening a dispute, or proving a fault.
fn opening(error: E) -> Option<&'static str> {
    Some(match error {
        E::UnknownDisputeKind => "say job or conduct",
        E::UnknownSeverity => "claim a severity from 1 to 5",
        E::NotDisputable => "wait for the result; a seat that missed its deadline is refunded already",
        E::MissedDeadline => "claim severity 1: for more there must be a result",
        E::ChallengeHasPassed => {
            "dispute sooner next time: the commitment must be made in the time that the job view says"
        }
        E::DisputesItself => "sign with another key than the provider's owner and operator",
        E::BondBelowRequired => "deposit at least the bond that the quote or the dispute view says",
        E::BondAboveRequired => {
            "let this commitment lapse, and commit anew with a deposit between the bond and the most that the quote says"
        }
        E::WrongOpening => {
            "open with the challenger, subject, severity, epoch and salt that were committed to: SealedOpening"
        }
        E::OpeningExpired => "let it lapse, which returns nine tenths of the deposit, and commit anew",
        E::OpeningPending => "open what was committed to, or wait until its hour has passed",
        E::ConductTooOld => {
            "dispute an epoch that the provider still remembers, within the challenge window of its end"
        }
        E::NotContradictory => "show two results that differ",
        E::WrongProof => {
            "put ix::signed_results with two signatures of the operator that accepted the seat into the same transaction"
        }
        E::NotAProvenFault => {
            "show results of a seat that was accepted, can still be disputed and has not been proved yet"
        }
        _ => return None,
    })
}

/// What parties do.
fn parties(error: E) -> Option<&'static str> {
    Some(match error {
        E::WrongDispute | E::WrongClaim | E::WrongFault => {
            "derive every address from the dispute as it is recorded: DisputeAddresses::recorded"
        }
        E::WrongPhase => "look at the dispute view: it says who may do what until when",
        E::AlreadyAnswered => "wait for the jury",
        E::NotRaised => "claim a higher severity than the present one, or open a dispute of your own",
        E::NotTheChallenger => "sign with the key of the challenger at that place; each withdraws and claims its own",
        E::NotFundable => "pay at most what the dispute view says; who appeals only in the first half",
        E::NotARuling => "give one of the severities that the dispute view says the arbiter may rule",
        E::RuledBefore => "leave it undecided, or dismiss it; the risk view says from which epoch on",
        E::NotTheBonder => "sign with who deposited the counter-bond, or answer with a larger one",
        E::CounterBondHeld => "wait until every answered dispute of the provider is decided",
        E::NothingToAdvance => "wait for the second that the dispute view says",
        E::AppealOpen => "wait until the dispute is decided",
        _ => return None,
    })
}

/// Slashes, jail and debt.
fn slashes(error: E) -> Option<&'static str> {
    Some(match error {
        E::NothingDue => "wait for the second that the dispute view says",
        E::SlashLimitReached => {
            "execute it again later: the limit refills evenly, and all of it passes within eight refills"
        }
        E::NotDeferred => "veto between the decision and the first installment",
        E::VetoNeverRaises => "keep less than all of it",
        E::NotJailed => "leave it: the provider is not in jail",
        E::JailNotOver => "wait for the epoch that the risk view says",
        E::DebtUnpaid => "claim own rewards, which pay the debt first, or let governance forgive it",
        _ => return None,
    })
}

/// Settling and closing.
fn ends(error: E) -> Option<&'static str> {
    Some(match error {
        E::DisputeOpen | E::ClaimOpen => "wait until the dispute has ended; anybody may advance it",
        E::SeatDisputed => "wait until the dispute about the seat is decided",
        E::TooEarlyToCloseDispute => {
            "wait until 30 days after its end, and let ballots, shares of appeals and credits be settled first"
        }
        _ => return None,
    })
}
