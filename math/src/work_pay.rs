//! What is paid for work that was done, beside its fee: a part of what the work burned comes back, and a part
//! of the emission goes by units of work (epoch-work-1, epoch-work-2).
//!
//! Stake times score times tier pays for being ready. Neither of the two parts here is shared by that, and
//! neither can be earned by buying one's own work: what comes back is less than what burned, and a unit
//! counts only with so much burned that a washer loses more than the unit can bring.

use crate::{
    minifloat::MOST,
    mul_div::{mul_div_floor, mul_wide},
    units::{Amount, Ppm},
};

/// At most this part of what work burned comes back: 90 %.
pub const MOST_BURN_BACK: Ppm = Ppm(900_000);
/// At most this part of the providers' emission goes by units: 30 %.
pub const MOST_WORK_SHARE: Ppm = Ppm(300_000);

/// Millionths of millionths in a whole.
const WHOLE_X2: u64 = 1_000_000_000_000;
/// The whole in millionths.
const WHOLE: Ppm = Ppm(1_000_000);

/// What comes back of the fees that a provider's work for strangers burned in an epoch:
/// `floor(burned * part * score / 10^12)`. Never more than burned; with the part at [`MOST_BURN_BACK`] at
/// least a tenth of it stays burned. The dust stays burned. Largest product: 2^60 * 2^40.
///
/// It is a provider's own, and not shared: of a pool shared by score whoever works badly would leave more to
/// a washer than the washer burned.
#[inline]
pub fn burn_back(burned: Amount, part: Ppm, score: Ppm) -> Amount {
    // At most 9 * 10^5 * 10^6.
    let part = u64::from(part.min(MOST_BURN_BACK).0).wrapping_mul(u64::from(score.min(WHOLE).0));
    Amount(mul_div_floor(burned.0, part, WHOLE_X2).unwrap_or(0))
}

/// What a unit of work must have behind it in order to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitRules {
    /// Own stake for each unit. Base units, at least 1.
    pub stake: Amount,
    /// Burned fees of strangers' jobs for each unit. Base units, at least 1.
    pub burn: Amount,
}

/// The units that count of those reported: `floor(min(units, floor(own stake / stake of a unit),
/// floor(burned / burn of a unit)) * score / 10^6)`; none where a rule is zero. Below 2^41. All rounds down,
/// so that what is split among identities never counts for more. Largest product: 2^41 * 2^20.
///
/// Own stake is what stayed all through the epoch: units are paid for as far as somebody answers for them.
#[inline]
pub fn counted(units: u64, own_stake: Amount, burned: Amount, score: Ppm, rules: &UnitRules) -> u64 {
    let covered = own_stake.0.checked_div(rules.stake.0).unwrap_or(0);
    let paid = burned.0.checked_div(rules.burn.0).unwrap_or(0);
    let whole = units.min(MOST).min(covered).min(paid);
    whole.wrapping_mul(u64::from(score.min(WHOLE).0)).checked_div(Ppm::ONE).unwrap_or(0)
}

/// What decides whether units can be washed: bought from oneself in order to be paid for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wash {
    /// Counted units that an epoch is taken to have at least.
    pub baseline: u64,
    /// What each must have burned.
    pub unit_burn: Amount,
    /// Part of a fee that burns.
    pub fee_burn: Ppm,
    /// Part of a fee that the treasury gets.
    pub fee_treasury: Ppm,
    /// Part of what burned that comes back.
    pub burn_back: Ppm,
    /// Part of the providers' emission that goes by units.
    pub work_share: Ppm,
    /// The most that an epoch can emit.
    pub emission: Amount,
}

impl Wash {
    /// Whether every wash costs at least what it brings:
    /// `baseline * unit_burn * (beta + tau - kappa * beta) >= work_share * emission * beta`, with the parts
    /// as fractions. Exact.
    ///
    /// Who buys c units from itself pays fees of `c * unit_burn / beta` and never sees again, of each unit of
    /// fee, `beta + tau - kappa * beta`, at a score of one. It brings at most `c / baseline` of the part that
    /// goes by units, because that is scaled by the baseline at least.
    ///
    /// Both sides times 10^12: on the right below 2^19 * 2^19 * 2^60; the left, up to 2^167, is compared by
    /// words.
    pub fn never_gains(&self) -> bool {
        let (burned, treasury) = (u64::from(self.fee_burn.0), u64::from(self.fee_treasury.0));
        let stays = u64::from(WHOLE.saturating_sub(self.burn_back).0);
        // Below 10^6 * 10^6 each.
        let lost = burned.saturating_mul(stays).saturating_add(treasury.saturating_mul(Ppm::ONE));
        let gained = mul_wide(u64::from(self.work_share.0).saturating_mul(burned), self.emission.0);
        let (high, low) = mul_wide(self.baseline, self.unit_burn.0);
        let (carry, low) = mul_wide(low, lost);
        match mul_wide(high, lost) {
            (0, high) => high.checked_add(carry).is_none_or(|high| (high, low) >= gained),
            _ => true,
        }
    }
}
