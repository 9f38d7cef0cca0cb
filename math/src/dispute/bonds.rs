//! How much a challenger must deposit (MD 6.2 with R M1, M11).

use super::jury::sizes;
use crate::{
    mul_div::{mul_checked, mul_div_ceil},
    units::{Amount, Bps},
};

/// The loser's bond pays jurors with this part, the winner with the rest: 50 % (MD 6.3).
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
    /// A keeper's pay for drawing a seat.
    pub bounty: Amount,
    /// Part of the stake that the claim holds.
    pub claim: Bps,
}

/// What a round's jury costs at most: each seat a juror's pay and a bounty. Saturates.
pub fn jury_cost(round: u8, severity: u8, terms: &BondTerms) -> Amount {
    let seats = sizes(severity).get(usize::from(round.saturating_sub(1))).copied().unwrap_or(0);
    let each = terms.juror_fee.saturating_add(terms.bounty);
    Amount(mul_checked(each.0, u64::from(seats)).unwrap_or(u64::MAX))
}

/// What the first round's juries cost at most: the bounties of the first, and the jurors of a fresh one of double size, which pays no bounties.
pub fn first_jury_cost(severity: u8, terms: &BondTerms) -> Amount {
    let [seats, ..] = sizes(severity);
    let each = terms.juror_fee.saturating_add(terms.juror_fee).saturating_add(terms.bounty);
    Amount(mul_checked(each.0, u64::from(seats)).unwrap_or(u64::MAX))
}

/// The bond of a claim: `max(minimum, 25 % of the fee, first juries / 50 %, part of the claimed stake)`, each rounded up.
/// `claimed` is zero for a client that disputes its own job and leaves the claim out (R M11).
pub fn required_bond(severity: u8, fee: Amount, claimed: Amount, terms: &BondTerms) -> Amount {
    let of_fee = Amount(mul_div_ceil(fee.0, u64::from(FEE_PART.0), Bps::ONE).unwrap_or(u64::MAX));
    let jury = first_jury_cost(severity, terms).0;
    let of_jury = Amount(mul_div_ceil(jury, Bps::ONE, u64::from(JURORS_PART.0)).unwrap_or(u64::MAX));
    let of_claim = Amount(mul_div_ceil(claimed.0, u64::from(terms.claim.0), Bps::ONE).unwrap_or(u64::MAX));
    terms.minimum.max(of_fee).max(of_jury).max(of_claim)
}
