//! How much a challenger must deposit, and what a juror is paid (dispute-bond-1, dispute-raise-1,
//! jury-pay-2, jury-pay-3).

use super::jury::sizes;
use crate::{
    mul_div::{mul_checked, mul_div_ceil, mul_div_floor},
    units::{Amount, Bps},
};

/// The loser's bond pays jurors with this part, the winner with the rest: 50 % (dispute-layer-2).
const JURORS_PART: Bps = Bps(5_000);
/// The rest of it.
pub(super) const WINNER_PART: Bps = Bps(10_000 - JURORS_PART.0);
/// A bond is at least this part of the job's fee: 25 %.
const FEE_PART: Bps = Bps(2_500);

/// What a bond is measured by, copied when a dispute is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BondTerms {
    /// Smallest bond.
    pub minimum: Amount,
    /// A juror's pay for a vote on the side that wins.
    pub juror_fee: Amount,
    /// A keeper's pay for drawing a ballot.
    pub bounty: Amount,
    /// Part of the stake that the claim holds.
    pub claim: Bps,
}

/// Part of the claim that the jurors of a later round are paid together: 0.6 %, so that delay costs what it
/// is worth (dispute-appeal-3).
const APPEAL_PPM: u64 = 6_000;
/// A ballot binds twenty times what it can earn.
const LOCK_PER_FEE: u64 = 20;
/// A bond is at most a tenth larger than what is required when it is used; the surplus returns.
const SURPLUS_PART: Bps = Bps(1_000);

/// What a juror of a round is paid for a vote on the side that wins: the first round the fixed fee, later
/// ones at least `ceil(0.006 X / n)` of the claim `X` that holds stake, shared by the round's `n` ballots
/// (jury-pay-2).
pub fn juror_fee(round: u8, severity: u8, fee: Amount, claimed: Amount) -> Amount {
    let ballots = sizes(severity).get(usize::from(round.saturating_sub(1))).copied().unwrap_or(0);
    if round < 2 || ballots == 0 {
        return fee;
    }
    let whole = mul_checked(u64::from(ballots), 1_000_000).unwrap_or(u64::MAX);
    fee.max(Amount(mul_div_ceil(claimed.0, APPEAL_PPM, whole).unwrap_or(u64::MAX)))
}

/// What a whole ballot binds: the lock, or twenty times the fee where that is more. A juror that has less
/// binds what it has (jury-pay-3).
pub fn ballot_lock(lock: Amount, fee: Amount) -> Amount {
    lock.max(Amount(mul_checked(fee.0, LOCK_PER_FEE).unwrap_or(u64::MAX)))
}

/// What a ballot that binds `bound` of a whole ballot's `lock` is paid of the fee, rounded down.
pub fn ballot_fee(fee: Amount, bound: Amount, lock: Amount) -> Amount {
    if bound >= lock { fee } else { Amount(mul_div_floor(fee.0, bound.0, lock.0).unwrap_or(0)) }
}

/// What a round's jury costs at most: each ballot a juror's pay and a bounty. Saturates.
pub fn jury_cost(round: u8, severity: u8, fee: Amount, bounty: Amount) -> Amount {
    let ballots = sizes(severity).get(usize::from(round.saturating_sub(1))).copied().unwrap_or(0);
    Amount(mul_checked(fee.saturating_add(bounty).0, u64::from(ballots)).unwrap_or(u64::MAX))
}

/// What the first round's juries cost at most: the bounties of the first, and the jurors of a fresh one of
/// double size, which pays no bounties.
pub fn first_jury_cost(severity: u8, terms: &BondTerms) -> Amount {
    let [ballots, ..] = sizes(severity);
    let each = terms.juror_fee.saturating_add(terms.juror_fee).saturating_add(terms.bounty);
    Amount(mul_checked(each.0, u64::from(ballots)).unwrap_or(u64::MAX))
}

/// The bond of a claim: `max(minimum, 25 % of the fee, first juries / 50 %, part of the claimed
/// stake)`, each rounded up. `claimed` is zero for a client that disputes its own job and leaves the claim
/// out (dispute-bond-1).
pub fn required_bond(severity: u8, fee: Amount, claimed: Amount, terms: &BondTerms) -> Amount {
    let of_fee = Amount(mul_div_ceil(fee.0, u64::from(FEE_PART.0), Bps::ONE).unwrap_or(u64::MAX));
    let jury = first_jury_cost(severity, terms).0;
    let of_jury = Amount(mul_div_ceil(jury, Bps::ONE, u64::from(JURORS_PART.0)).unwrap_or(u64::MAX));
    let of_claim = Amount(mul_div_ceil(claimed.0, u64::from(terms.claim.0), Bps::ONE).unwrap_or(u64::MAX));
    terms.minimum.max(of_fee).max(of_jury).max(of_claim)
}

/// The bond of who raises a claim from `from` to `severity`: what is missing, never less than the smallest,
/// and what the larger jury may cost, so that nobody below it pays for that (dispute-raise-1).
pub fn raising_bond(severity: u8, fee: Amount, claimed: Amount, before: Amount, terms: &BondTerms) -> Amount {
    let missing = required_bond(severity, fee, claimed, terms).saturating_sub(before);
    missing.max(terms.minimum).max(first_jury_cost(severity, terms))
}

/// The most that may be deposited for a bond: a tenth more than is required, rounded up (dispute-open-4).
pub fn largest_deposit(required: Amount) -> Amount {
    required.saturating_add(Amount(mul_div_ceil(required.0, u64::from(SURPLUS_PART.0), Bps::ONE).unwrap_or(u64::MAX)))
}

/// What burns of a deposit whose opening did not come in time: a tenth, rounded up (dispute-open-2).
pub fn forfeited_deposit(deposit: Amount) -> Amount {
    Amount(mul_div_ceil(deposit.0, u64::from(SURPLUS_PART.0), Bps::ONE).unwrap_or(deposit.0))
}
