//! What a verdict costs each pool.

use super::{
    dispute::Dispute,
    num::{ceil, part, part_up},
};

/// What each pool loses.
pub type Loss = [u64; 2];

/// What a severity costs the owner at first, if all of the bases answer: what its step weighs for the reward.
pub fn step_cost(dispute: &Dispute, severity: u8) -> u64 {
    if severity == 0 {
        return 0;
    }
    let bases = [dispute.stakes[0].base, dispute.stakes[1].base];
    divided(dispute, bases, bases, dispute.base(severity), severity >= dispute.cover_from)[0]
}

/// What the verdict alone costs each pool, as if nobody had left since the opening and nothing had been taken
/// of the epoch's fault. What an owner took away in time is its debt and not its delegators' loss, unless
/// they cover.
pub fn whole_loss(dispute: &Dispute, severity: u8, fraction: u64, answering: [u64; 2], applied: [u64; 2]) -> Loss {
    let covers = severity >= dispute.cover_from;
    let bases = [dispute.stakes[0].base, dispute.stakes[1].base];
    let delegated = answering[1] + applied[1];
    let own = bases[0];
    let nobody_left = divided(dispute, bases, [own, delegated], fraction, covers);
    if !covers {
        return nobody_left;
    }
    let present = divided(dispute, bases, [answering[0] + applied[0], delegated], fraction, covers);
    [nobody_left[0], present[1]]
}

/// A fraction of the bases, of the stakes there are: pro rata, rounded up for the owner, who takes over a
/// part of the delegators' as far as its own reaches. Delegators never lose more than the fraction of their
/// base.
fn divided(dispute: &Dispute, bases: [u64; 2], stakes: [u64; 2], fraction: u64, covers: bool) -> Loss {
    let (own, delegated) = (stakes[0], stakes[1].min(bases[1]));
    let all = own + delegated;
    let amount = part_up(bases[0] + bases[1], fraction).min(all);
    let of_own = ceil(amount, own, all).min(own).min(amount);
    let of_delegated = (amount - of_own).min(delegated);
    let shifted = (own - of_own).min(part(of_delegated, 10_000 - dispute.delta));
    let mut rest = of_delegated - shifted;
    if !covers && own > 0 {
        rest = rest.min(part_up(of_delegated, dispute.delta));
    }
    [of_own + shifted, rest.min(part_up(bases[1], fraction))]
}
