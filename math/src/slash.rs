//! How much a fault costs, who pays, and where it goes (dispute-slash-1, dispute-sink-1, dispute-epoch-1,
//! dispute-slash-2).

use crate::{
    mul_div::{mul_div_ceil, mul_div_floor},
    units::{Amount, Bps},
};

/// A repeated fault counts double, four and eight times; never more.
pub const MAX_REPEAT_DOUBLINGS: u32 = 3;
/// Challenger and client together never get more of the own part: 60 % (dispute-sink-2).
pub const MAX_PAID_OUT: Bps = Bps(6_000);
/// Insurance's part of every slash: 20 %.
pub const INSURANCE: Bps = Bps(2_000);

/// Fraction of stake for an offence: `min(ceiling, max(base * 2^min(repeats, 3), correlation))`.
pub fn offence_bps(base: Bps, repeats: u32, correlation: Bps, ceiling: Bps) -> Bps {
    let doubled = u32::from(base.0).wrapping_shl(repeats.min(MAX_REPEAT_DOUBLINGS));
    let repeated = Bps(u16::try_from(doubled).unwrap_or(u16::MAX));
    repeated.max(correlation).min(ceiling)
}

/// Correlation: `floor(q^2 / 10^8)` bps with `q = min(10^6, floor(3 * convicted * 10^6 / total))`, that is
/// `10^4 * (3 * convicted / total)^2`: independent faults are cheap, coordinated ones are not.
/// Nothing convicted is 0; anything convicted of a total of zero is all of it.
pub fn correlation_bps(convicted: Amount, total: Amount) -> Bps {
    if convicted.is_zero() {
        return Bps::ZERO;
    }
    let tripled = convicted.saturating_add(convicted).saturating_add(convicted);
    let q = mul_div_floor(tripled.0, 1_000_000, total.0).unwrap_or(1_000_000).min(1_000_000);
    let bps = mul_div_floor(q, q, 100_000_000).unwrap_or(Bps::ONE).min(Bps::ONE);
    Bps(u16::try_from(bps).unwrap_or(u16::MAX))
}

/// Stake on which a slash is measured and stake from which it is taken (dispute-slash-2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stakes {
    /// Own principal, unbonding included.
    pub own: Amount,
    /// Delegated principal, unbonding included.
    pub delegated: Amount,
}

/// The base of a slash: the own stake of the offence, and of the delegated stake what was there then and
/// still is at opening, so that nobody pays for those who left (dispute-slash-2).
pub fn base(at_offence: Stakes, at_opening: Stakes) -> Stakes {
    Stakes { own: at_offence.own, delegated: at_offence.delegated.min(at_opening.delegated) }
}

/// Maximum, not sum, in amounts: what a further verdict of the same epoch adds to what earlier ones applied
/// to each pool (dispute-epoch-1).
pub fn increment(loss: Loss, applied: Loss) -> Loss {
    Loss { own: loss.own.saturating_sub(applied.own), delegated: loss.delegated.saturating_sub(applied.delegated) }
}

/// How a slash is divided between the owner and the delegators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// Part of the delegators' proportional loss that they bear while own stake is left; 10,000 = pro rata.
    pub delta: Bps,
    /// Whether delegators cover what the own stake cannot pay.
    pub cover: bool,
}

/// What each side loses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// Out of the own pool.
    pub own: Amount,
    /// Out of the delegated pool.
    pub delegated: Amount,
}

impl Loss {
    /// Both.
    pub fn total(&self) -> Amount {
        self.own.saturating_add(self.delegated)
    }
}

/// The size of a slash: `min(ceil(increment * base / 10^4), stake now)`, at least one unit while there is an
/// increment and stake. Rounds up, so that a tiny stake does not escape.
pub fn amount(increment: Bps, base: Stakes, now: Stakes) -> Amount {
    let base = base.own.saturating_add(base.delegated);
    let now = now.own.saturating_add(now.delegated);
    Amount(mul_div_ceil(base.0, u64::from(increment.0), Bps::ONE).unwrap_or(now.0)).min(now)
}

/// Divides `amount` over the stakes there are now (dispute-slash-3): pro rata rounded up for the own side,
/// then `1 - delta` of the delegators' part shifted to the own side as far as it reaches; the rest is the
/// delegators' if they cover, else only `delta` of their part. Without own stake the delegators bear `amount`
/// alone; [`loss`] bounds it by their own base.
pub fn divide(amount: Amount, now: Stakes, division: Division) -> Loss {
    let all = now.own.saturating_add(now.delegated);
    let amount = amount.min(all);
    let own = Amount(mul_div_ceil(amount.0, now.own.0, all.0).unwrap_or(0)).min(now.own).min(amount);
    let delegated = amount.saturating_sub(own).min(now.delegated);
    let delta = division.delta.0.min(10_000);
    let shiftable =
        Amount(mul_div_floor(delegated.0, Bps::ONE.saturating_sub(u64::from(delta)), Bps::ONE).unwrap_or(0));
    let shift = now.own.saturating_sub(own).min(shiftable);
    let rest = delegated.saturating_sub(shift);
    let delegated = if division.cover || now.own.is_zero() {
        rest
    } else {
        rest.min(Amount(mul_div_ceil(delegated.0, u64::from(delta), Bps::ONE).unwrap_or(0)))
    };
    Loss { own: own.saturating_add(shift), delegated }
}

/// What a fault costs each side: [`amount`] of the base, divided by [`divide`], the delegators bound by their
/// own base.
///
/// Delegated stake beyond its base came after the opening and bears no part of it, and the delegators lose at
/// most `ceil(increment * delegated base / 10^4)`, also when own stake that was in the base is gone
/// (dispute-slash-2, dispute-slash-3). What the own stake cannot pay beyond that is the provider's debt
/// (dispute-slash-7).
pub fn loss(increment: Bps, base: Stakes, now: Stakes, division: Division) -> Loss {
    let liable = Stakes { own: now.own, delegated: now.delegated.min(base.delegated) };
    let loss = divide(amount(increment, base, liable), liable, division);
    let delegators = Stakes { own: Amount::ZERO, delegated: base.delegated };
    Loss { delegated: loss.delegated.min(amount(increment, delegators, liable)), ..loss }
}

/// Where a slash goes. The four parts sum to the loss exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sinks {
    /// The challenger's reward, out of the own part only.
    pub challenger: Amount,
    /// The client's compensation, out of the own part only.
    pub client: Amount,
    /// The insurance vault's.
    pub insurance: Amount,
    /// Burned: the rest, at least 20 % of each side.
    pub burned: Amount,
}

/// Shares out a loss (dispute-sink-1): challenger, client and insurance round down, the burn takes the rest.
/// Challenger and client are paid out of the own part alone and together get at most 60 % of it
/// (dispute-sink-2), so whoever is all three parties loses at least 40 % of his own stake's slash.
pub fn sinks(loss: Loss, challenger: Bps, compensation: Amount) -> Sinks {
    let most = part(loss.own, MAX_PAID_OUT);
    let to_challenger = part(loss.own, challenger).min(most);
    let to_client = compensation.min(most.saturating_sub(to_challenger));
    let insurance = part(loss.own, INSURANCE).saturating_add(part(loss.delegated, INSURANCE));
    let burned = loss.total().saturating_sub(to_challenger).saturating_sub(to_client).saturating_sub(insurance);
    Sinks { challenger: to_challenger, client: to_client, insurance, burned }
}

/// A part of an amount, rounded down.
///
/// In 64 bits: with `of = 10^4 * whole + rest`, `floor(of * bps / 10^4) = whole * bps + floor(rest * bps /
/// 10^4)`. At most 10,000 bps.
pub fn part(of: Amount, bps: Bps) -> Amount {
    let bps = u64::from(bps.0).min(Bps::ONE);
    let whole = of.0.checked_div(Bps::ONE).unwrap_or(0);
    let rest = of.0.checked_rem(Bps::ONE).unwrap_or(0);
    // whole * bps <= of, and rest * bps < 10^8.
    let of_rest = rest.wrapping_mul(bps).checked_div(Bps::ONE).unwrap_or(0);
    Amount(whole.wrapping_mul(bps).wrapping_add(of_rest))
}
