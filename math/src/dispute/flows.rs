//! Who gets which bond when a dispute has ended: the flow table (MD 6.3 with R C1, H14, H15).

use super::{bonds::WINNER_PART, phases::Outcome};
use crate::{
    mul_div::{mul_div_ceil, mul_div_floor},
    slash::part,
    units::{Amount, Bps},
};

/// Bonds behind one claim: that of the challenger and one for each higher severity to which it was raised.
pub const LAYERS: usize = 5;
/// What a challenger loses that withdraws before the answer: 10 %.
const WITHDRAWAL_PART: Bps = Bps(1_000);

/// A challenger's part of the bonds; a later one raised the claim of the one before.
pub type Layer = Amount;

/// A dispute that has ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    /// How.
    pub outcome: Outcome,
    /// The challengers' bonds, in the order in which they raised the claim.
    pub bonds: [Layer; LAYERS],
    /// What the provider's counter-bond can lose for this dispute.
    pub counter: Amount,
    /// What the first round's juries cost: pay of the coherent jurors and bounties. At most half of the bonds.
    pub jury: Amount,
    /// What of that was already paid as bounties.
    pub spent: Amount,
    /// Fraction of stake that the claimed severity costs.
    pub claimed: Bps,
    /// Fraction of stake that the severity found costs.
    pub found: Bps,
    /// What each side loses when nobody decided.
    pub arbiter_fee: Amount,
}

/// Where the bonds go. `sum(bonds) + counter_lost + from_own` equals all the rest together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// To each challenger: what returns of its bond, and its share of the loser's.
    pub challengers: [Amount; LAYERS],
    /// What the counter-bond loses.
    pub counter_lost: Amount,
    /// What the provider's own stake pays on top, because there was no counter-bond (R C1). To the jurors.
    pub from_own: Amount,
    /// To the jurors, bounties included.
    pub jurors: Amount,
    /// To the provider's side, shared between its pools (R H14).
    pub provider: Amount,
    /// Burned.
    pub burned: Amount,
}

/// A proportional share, rounded down.
#[inline(never)]
pub fn share(of: Amount, part: Amount, whole: Amount) -> Amount {
    Amount(mul_div_floor(of.0, part.0, whole.0).unwrap_or(0)).min(of)
}

fn total(amounts: &[Amount]) -> Amount {
    amounts.iter().copied().fold(Amount::ZERO, Amount::saturating_add)
}

/// The winner's half of what the loser loses, rounded down, and the jurors', which takes the odd unit.
fn halves_of(lost: Amount) -> (Amount, Amount) {
    let to_winner = part(lost, WINNER_PART);
    (to_winner, lost.saturating_sub(to_winner))
}

/// Takes `amount` from the bonds, the last one first: the raised part loses first (R C2). Returns what was taken.
#[inline(never)]
fn take(bonds: &mut [Amount; LAYERS], amount: Amount) -> Amount {
    let mut left = amount;
    for bond in bonds.iter_mut().rev() {
        let taken = left.min(*bond);
        *bond = bond.saturating_sub(taken);
        left = left.saturating_sub(taken);
    }
    amount.saturating_sub(left)
}

/// Where the bonds of a dispute go, by its outcome. Rows as in the flow table:
///
/// * Silent (A): the bonds return.
/// * Upheld (B): the bonds return; half of the counter-bond pays the jurors, the rest is the challengers', by bond. What half of it does not cover the own stake pays.
/// * Upheld lower (D): of the bonds the part `(claimed - found) / claimed` is lost as in C; the jurors are paid in halves by both sides.
/// * Dismissed (C), conceded (G after the answer): the bonds are lost; half pays the jurors, half is the provider's.
/// * Tied (E): both sides pay half of the jurors. Undecided (F): both sides lose a fixed fee.
/// * Withdrawn (G): 90 % returns.
///
/// What is to pay jurors and is not needed burns. Rounds: to the winner down, the burn takes the rest.
pub fn settle(of: &Settlement) -> Flows {
    let mut flows = Flows { challengers: of.bonds, ..Flows::default() };
    match of.outcome {
        Outcome::Pending | Outcome::Silent => {}
        Outcome::Upheld if of.found < of.claimed => flows.lower(of),
        Outcome::Upheld => flows.upheld(of),
        Outcome::Dismissed | Outcome::Conceded => flows.lose(total(&of.bonds), of.jury),
        Outcome::Withdrawn => {
            let lost = Amount(mul_div_ceil(total(&of.bonds).0, u64::from(WITHDRAWAL_PART.0), Bps::ONE).unwrap_or(0));
            flows.burned = take(&mut flows.challengers, lost);
        }
        Outcome::Tied => flows.halves(of, of.jury),
        Outcome::Undecided => flows.undecided(of),
    }
    flows
}

impl Flows {
    fn upheld(&mut self, of: &Settlement) {
        let bonds = total(&of.bonds);
        let (reward, to_jurors) = halves_of(of.counter);
        let mut given = Amount::ZERO;
        for (returned, bond) in self.challengers.iter_mut().zip(&of.bonds) {
            let bonus = share(reward, *bond, bonds);
            *returned = returned.saturating_add(bonus);
            given = given.saturating_add(bonus);
        }
        self.counter_lost = of.counter;
        self.jurors = of.jury;
        self.from_own = of.jury.saturating_sub(to_jurors);
        self.burned = to_jurors.saturating_sub(of.jury).saturating_add(reward.saturating_sub(given));
    }

    /// The challengers lose `lost`: half is for the jurors, and burns as far as they do not need it; the rest is the provider's.
    fn lose(&mut self, lost: Amount, jury: Amount) {
        let lost = take(&mut self.challengers, lost);
        let (to_winner, half) = halves_of(lost);
        let to_jurors = jury.min(half);
        self.jurors = self.jurors.saturating_add(to_jurors);
        self.burned = self.burned.saturating_add(half.saturating_sub(to_jurors));
        self.provider = to_winner;
    }

    fn lower(&mut self, of: &Settlement) {
        let distance = u64::from(of.claimed.saturating_sub(of.found).0);
        let lost = Amount(mul_div_ceil(total(&of.bonds).0, distance, u64::from(of.claimed.0)).unwrap_or(0));
        let rest = total(&of.bonds).saturating_sub(lost);
        // The jurors' half comes out of what returns; only when that is too little, out of the lost part's half for jurors.
        let half = Amount(of.jury.0.div_ceil(2));
        self.lose(lost, half.saturating_sub(rest));
        self.jurors = self.jurors.saturating_add(take(&mut self.challengers, half.min(rest)));
        self.provider_pays(of.jury.saturating_sub(half), of.counter);
    }

    fn provider_pays(&mut self, amount: Amount, counter: Amount) {
        self.counter_lost = amount.min(counter);
        self.from_own = amount.saturating_sub(self.counter_lost);
        self.jurors = self.jurors.saturating_add(amount);
    }

    /// Nobody won: each side pays half, the challengers also what a missing counter-bond does not.
    fn halves(&mut self, of: &Settlement, cost: Amount) {
        self.counter_lost = Amount(cost.0 >> 1).min(of.counter);
        self.jurors =
            take(&mut self.challengers, cost.saturating_sub(self.counter_lost)).saturating_add(self.counter_lost);
    }

    fn undecided(&mut self, of: &Settlement) {
        self.counter_lost = of.arbiter_fee.min(of.counter);
        let lost = take(&mut self.challengers, of.arbiter_fee.max(of.spent));
        let all = lost.saturating_add(self.counter_lost);
        self.jurors = of.spent.min(all);
        self.burned = all.saturating_sub(self.jurors);
    }
}

/// What both sides paid for an appeal, or get back of it. Base units, by [`super::Side`].
pub type AppealPots = [Amount; 2];

/// Shares out what was paid for an appeal whose jury cost `jury`: with both sides funded the loser's money pays the jurors and the rest of it is the
/// winner's; a side that funded alone bears the cost and no more (R H15). `winner` is the index of the side that won, `None` when nobody did: then
/// both bear half, or the side that funded alone. An appeal that was not held has no winner and costs nothing: all returns.
#[inline(never)]
pub fn settle_appeal(pots: AppealPots, jury: Amount, winner: Option<usize>) -> AppealPots {
    let [challenger, provider] = pots;
    let jury = jury.min(challenger.saturating_add(provider));
    if challenger.is_zero() || provider.is_zero() {
        return [challenger.saturating_sub(jury), provider.saturating_sub(jury)];
    }
    match winner {
        Some(0) => {
            let short = jury.saturating_sub(provider);
            [challenger.saturating_add(provider.saturating_sub(jury)).saturating_sub(short), Amount::ZERO]
        }
        Some(_) => {
            let short = jury.saturating_sub(challenger);
            [Amount::ZERO, provider.saturating_add(challenger.saturating_sub(jury)).saturating_sub(short)]
        }
        None => {
            let half = Amount(jury.0 >> 1).min(challenger).min(provider);
            let rest = jury.saturating_sub(half);
            if challenger >= provider {
                [challenger.saturating_sub(rest), provider.saturating_sub(half)]
            } else {
                [challenger.saturating_sub(half), provider.saturating_sub(rest)]
            }
        }
    }
}
