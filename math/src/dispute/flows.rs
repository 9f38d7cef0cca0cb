//! Who gets which bond when a dispute has ended: the flow table (dispute-layer-2, dispute-layer-3,
//! dispute-appeal-2, dispute-layer-1).
//!
//! Every layer wins or loses alone: whoever joined a challenger's side can neither take from it nor make it
//! pay.

use super::{SIDES, bonds::WINNER_PART, phases::Outcome};
use crate::{
    mul_div::{mul_div_ceil, mul_div_floor},
    slash::part,
    units::{Amount, Bps},
};

/// Claims of one dispute: that of the challenger and one for each higher severity to which it was raised.
pub const LAYERS: usize = 5;
/// What a challenger loses that withdraws before the answer: 10 %.
const WITHDRAWAL_PART: Bps = Bps(1_000);

/// One challenger's claim: the fractions of stake between what was claimed before it and what it claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// The bond that the claim required. Zero for a layer that does not exist or was withdrawn before the
    /// answer.
    pub bond: Amount,
    /// What the claim below it costs.
    pub from: Bps,
    /// What it costs.
    pub to: Bps,
    /// Whether it was withdrawn after the answer: then it loses, whatever was found.
    pub is_conceded: bool,
}

/// A dispute that has ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    /// How.
    pub outcome: Outcome,
    /// The challengers' claims, in the order in which they were raised.
    pub layers: [Layer; LAYERS],
    /// What the provider's counter-bond can lose for this dispute: at most what the claims required.
    pub counter: Amount,
    /// What the first round's juries cost: pay of the coherent jurors and bounties. At most half of the
    /// bonds.
    pub jury: Amount,
    /// What of that was already paid as bounties.
    pub spent: Amount,
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
    /// What the provider's own stake pays on top, because there was no counter-bond (dispute-layer-3). To the
    /// jurors.
    pub from_own: Amount,
    /// To the jurors, bounties included.
    pub jurors: Amount,
    /// To the provider's side, shared between its pools (dispute-layer-4).
    pub provider: Amount,
    /// Burned.
    pub burned: Amount,
}

/// A proportional share, rounded down.
#[inline(never)]
pub fn share(of: Amount, part: Amount, whole: Amount) -> Amount {
    Amount(mul_div_floor(of.0, part.0, whole.0).unwrap_or(0)).min(of)
}

/// What is burned of a bond that is withdrawn before the answer: a tenth, rounded up (dispute-withdraw-1).
pub fn withdrawal_cost(bond: Amount) -> Amount {
    Amount(mul_div_ceil(bond.0, u64::from(WITHDRAWAL_PART.0), Bps::ONE).unwrap_or(bond.0)).min(bond)
}

impl Layer {
    /// What the layer loses where `found` of the stake was found:
    /// `ceil(bond * (to - max(found, from)) / (to - from))`, nothing when all that it claims was found, all
    /// of it when nothing was (dispute-layer-1).
    pub fn lost(&self, found: Bps) -> Amount {
        if self.is_conceded {
            return self.bond;
        }
        let beyond = u64::from(self.to.saturating_sub(found.max(self.from)).0);
        let all = u64::from(self.to.saturating_sub(self.from).0);
        Amount(mul_div_ceil(self.bond.0, beyond, all).unwrap_or(0)).min(self.bond)
    }
}

/// The winner's half of what the loser loses, rounded down, and the jurors', which takes the odd unit.
fn halves_of(lost: Amount) -> (Amount, Amount) {
    let to_winner = part(lost, WINNER_PART);
    (to_winner, lost.saturating_sub(to_winner))
}

/// Takes `amount` from what the challengers are due, the last one first: who raised pays first
/// (dispute-layer-2). Returns what was taken.
#[inline(never)]
fn take(due: &mut [Amount; LAYERS], amount: Amount) -> Amount {
    let mut left = amount;
    for due in due.iter_mut().rev() {
        let taken = left.min(*due);
        *due = due.saturating_sub(taken);
        left = left.saturating_sub(taken);
    }
    amount.saturating_sub(left)
}

/// Where the bonds of a dispute go, by its outcome. Rows as in the flow table:
///
/// * Silent (A): the bonds return.
/// * Upheld (B, D), layer by layer: one whose whole claim was found gets its bond back and half of the
///   counter-bond's part that stands against it, whose other half pays the jurors. Another loses
///   [`Layer::lost`], half of it to the jurors and half to the provider; those that lose bear half of the
///   jurors, who raised last first, and no other challenger does. The rest of the jurors' pay is the
///   counter-bond's, then the own stake's.
/// * Dismissed (C), conceded (G after the answer): the bonds are lost; half pays the jurors, half is the
///   provider's. Jurors come first: where their half is too small, because a claim below was withdrawn, the
///   other pays too.
/// * Tied (E): both sides pay half of the jurors. Undecided (F): both sides lose a fixed fee. Who raised
///   pays first.
/// * Withdrawn (G): nothing is left; each layer was settled when it was withdrawn.
///
/// What is to pay jurors and is not needed burns. Rounds: to the winner down, the burn takes the rest.
pub fn settle(of: &Settlement) -> Flows {
    let mut flows = Flows { challengers: of.layers.map(|layer| layer.bond), ..Flows::default() };
    match of.outcome {
        Outcome::Pending | Outcome::Silent | Outcome::Withdrawn => {}
        Outcome::Upheld => flows.upheld(of),
        Outcome::Dismissed | Outcome::Conceded => {
            let half = flows.lose(of, Bps::ZERO, |_| true);
            flows.pay_out_of_lost(of.jury, half);
        }
        Outcome::Tied => flows.halves(of, of.jury),
        Outcome::Undecided => flows.undecided(of),
    }
    flows
}

impl Flows {
    /// Layers lose what was not found: half of it is the provider's. Returns the jurors' half.
    fn lose(&mut self, of: &Settlement, found: Bps, loses: impl Fn(&Layer) -> bool) -> Amount {
        let mut lost = Amount::ZERO;
        for (due, layer) in self.challengers.iter_mut().zip(&of.layers).filter(|(_, layer)| loses(layer)) {
            let part = layer.lost(found);
            *due = due.saturating_sub(part);
            lost = lost.saturating_add(part);
        }
        let (to_winner, half) = halves_of(lost);
        self.provider = self.provider.saturating_add(to_winner);
        half
    }

    /// Pays jurors `paid` of the `half` that was lost for them; the rest burns.
    fn pay_jurors(&mut self, paid: Amount, half: Amount) {
        self.jurors = self.jurors.saturating_add(paid);
        self.burned = self.burned.saturating_add(half.saturating_sub(paid));
    }

    /// Pays jurors `cost` of what was lost: of the `half` that is theirs, then of the provider's. Returns
    /// what is short.
    fn pay_out_of_lost(&mut self, cost: Amount, half: Amount) -> Amount {
        let from_half = cost.min(half);
        self.pay_jurors(from_half, half);
        let from_provider = cost.saturating_sub(from_half).min(self.provider);
        self.provider = self.provider.saturating_sub(from_provider);
        self.jurors = self.jurors.saturating_add(from_provider);
        cost.saturating_sub(from_half).saturating_sub(from_provider)
    }

    fn upheld(&mut self, of: &Settlement) {
        let half = self.lose(of, of.found, |_| true);
        // The counter-bond stands against the claims in their order; what stands against a claim that was
        // found is lost.
        let (mut left, mut for_jurors) = (of.counter, Amount::ZERO);
        let mut loses_any = false;
        for (due, layer) in self.challengers.iter_mut().zip(&of.layers) {
            let against = left.min(layer.bond);
            left = left.saturating_sub(against);
            if !layer.lost(of.found).is_zero() {
                loses_any = true;
                continue;
            }
            let (reward, rest) = halves_of(against);
            *due = due.saturating_add(reward);
            for_jurors = for_jurors.saturating_add(rest);
            self.counter_lost = self.counter_lost.saturating_add(against);
        }
        let of_losers = if loses_any { Amount(of.jury.0.div_ceil(2)) } else { Amount::ZERO };
        let (returned, from_lost) = self.take_of_losers(of, of_losers, half);
        self.jurors = self.jurors.saturating_add(returned);
        self.pay_jurors(from_lost, half);
        // The provider's part of the jurors' pay.
        let due = of.jury.saturating_sub(returned).saturating_sub(from_lost);
        let from_won = due.min(for_jurors);
        self.pay_jurors(from_won, for_jurors);
        let from_rest = due.saturating_sub(from_won).min(of.counter.saturating_sub(self.counter_lost));
        self.counter_lost = self.counter_lost.saturating_add(from_rest);
        self.from_own = due.saturating_sub(from_won).saturating_sub(from_rest);
        self.jurors = self.jurors.saturating_add(from_rest).saturating_add(self.from_own);
    }

    /// Takes `amount` of the layers that lose something, the last one first: out of what returns to it, then
    /// out of the jurors' half of what it lost, together at most `half`. So nobody bears the larger jury of a
    /// claim that another raised (dispute-layer-1). Returns what was taken of the one and of the other.
    fn take_of_losers(&mut self, of: &Settlement, amount: Amount, half: Amount) -> (Amount, Amount) {
        let (mut left, mut returned, mut from_lost) = (amount, Amount::ZERO, Amount::ZERO);
        for (due, layer) in self.challengers.iter_mut().zip(&of.layers).rev() {
            let lost = layer.lost(of.found);
            if lost.is_zero() {
                continue;
            }
            let taken = left.min(*due);
            *due = due.saturating_sub(taken);
            left = left.saturating_sub(taken);
            returned = returned.saturating_add(taken);
            let (_, of_jurors) = halves_of(lost);
            let taken = left.min(of_jurors).min(half.saturating_sub(from_lost));
            left = left.saturating_sub(taken);
            from_lost = from_lost.saturating_add(taken);
        }
        (returned, from_lost)
    }

    /// Nobody won: each side pays half, the challengers also what a missing counter-bond does not. What was
    /// withdrawn after the answer is lost all the same, and pays first.
    fn halves(&mut self, of: &Settlement, cost: Amount) {
        self.counter_lost = Amount(cost.0 >> 1).min(of.counter);
        self.jurors = self.counter_lost;
        self.bear(of, cost.saturating_sub(self.counter_lost));
    }

    /// The challengers bear a cost: what was withdrawn after the answer first, all of it, then who raised
    /// last.
    fn bear(&mut self, of: &Settlement, cost: Amount) {
        let half = self.lose(of, Bps::ZERO, |layer| layer.is_conceded);
        let short = self.pay_out_of_lost(cost, half);
        self.jurors = self.jurors.saturating_add(take(&mut self.challengers, short));
    }

    /// The own stake cannot pay `missing` of what it owes the jurors. What was lost and would burn pays
    /// instead, then the provider's part, then the challengers, who raised last first: nobody pays for the
    /// jury of a claim that another raised (dispute-raise-1).
    pub fn advance(&mut self, missing: Amount) {
        let missing = missing.min(self.from_own);
        self.from_own = self.from_own.saturating_sub(missing);
        let burned = missing.min(self.burned);
        self.burned = self.burned.saturating_sub(burned);
        let provider = missing.saturating_sub(burned).min(self.provider);
        self.provider = self.provider.saturating_sub(provider);
        take(&mut self.challengers, missing.saturating_sub(burned).saturating_sub(provider));
    }

    fn undecided(&mut self, of: &Settlement) {
        self.counter_lost = of.arbiter_fee.min(of.counter);
        self.jurors = self.counter_lost;
        self.bear(of, of.arbiter_fee.max(of.spent));
        // Only the bounties were earned.
        let unearned = self.jurors.saturating_sub(of.spent);
        self.jurors = self.jurors.saturating_sub(unearned);
        self.burned = self.burned.saturating_add(unearned);
    }
}

/// What was paid for the appeals against one verdict, or returns of it. Base units, by [`Side`](super::Side).
pub type AppealPots = [Amount; SIDES];

/// What became of a verdict that was appealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// A higher severity was found in the end.
    Raised,
    /// A lower one.
    Lowered,
    /// The same.
    Stands,
    /// Nobody decided.
    Open,
}

/// Shares out what was paid for the appeals against one verdict, whose next jury cost `jury`; `full` is what
/// an appellant had to pay. An appeal that was not held returns whole. Two that were held share the cost. In
/// each, with both sides funded, the loser's money pays the jurors and the rest of it is the winner's; who
/// funded alone bears the cost and no more (dispute-appeal-2). Where nobody decided both bear half.
pub fn settle_appeal(pots: AppealPots, full: Amount, jury: Amount, changed: Changed) -> AppealPots {
    let [up, down, against_down, against_up] = pots;
    let is_held = |paid: Amount| !full.is_zero() && paid >= full;
    let (jury_up, jury_down) = match (is_held(up), is_held(down)) {
        (true, true) => (Amount(jury.0.div_ceil(2)), Amount(jury.0 >> 1)),
        (true, false) => (jury, Amount::ZERO),
        (false, true) => (Amount::ZERO, jury),
        (false, false) => return pots,
    };
    let won = |by: Changed| match changed {
        Changed::Open => None,
        changed => Some(changed == by),
    };
    let contest = |appellant, defence, jury, by| {
        if is_held(appellant) { settle_contest(appellant, defence, jury, won(by)) } else { (appellant, defence) }
    };
    let (up, against_up) = contest(up, against_up, jury_up, Changed::Raised);
    let (down, against_down) = contest(down, against_down, jury_down, Changed::Lowered);
    [up, down, against_down, against_up]
}

/// One appeal that was held: what its appellant and who defended the verdict get back. `won` says whether the
/// appellant did, `None` when nobody decided.
fn settle_contest(appellant: Amount, defence: Amount, jury: Amount, won: Option<bool>) -> (Amount, Amount) {
    let jury = jury.min(appellant.saturating_add(defence));
    let all = appellant.saturating_add(defence).saturating_sub(jury);
    if defence.is_zero() {
        return (all, Amount::ZERO);
    }
    match won {
        Some(true) => (all, Amount::ZERO),
        Some(false) => (Amount::ZERO, all),
        None => {
            let half = Amount(jury.0 >> 1).min(defence);
            (appellant.saturating_sub(jury.saturating_sub(half)), defence.saturating_sub(half))
        }
    }
}
