//! What a dispute costs its parties: the bonds, and who gets which of them when it was decided.

use super::{
    books::Model,
    court::{Appeal, CAUTIOUS, Court, Jury, Outcome, size_of},
    dispute::{Dispute, Layer},
    num::{ceil, part_up},
};

/// A bond covers this part of the job's fee. Hundredths of a percent.
const OF_FEE: u64 = 2_500;
/// Jurors of a later round share this part of the claim. Millionths.
const OF_CLAIM: u64 = 6_000;
/// A seat binds so many fees.
const FEES_BOUND: u64 = 20;

/// The bond of a claim: half of it must cover what juries may cost.
pub fn required_bond(minimum: u64, fee: u64, juries: u64, claimed: u64, claim_bps: u64) -> u64 {
    minimum.max(part_up(fee, OF_FEE)).max(2 * juries).max(part_up(claimed, claim_bps))
}

/// A deposit is at most a tenth larger.
pub fn largest_deposit(required: u64) -> u64 {
    required + required.div_ceil(10)
}

/// What a layer loses where a severity that costs `found` was found.
fn lost(dispute: &Dispute, layer: &Layer, found: u64) -> u64 {
    if layer.conceded {
        return layer.bond;
    }
    let (from, to) = (dispute.base(layer.below), dispute.base(layer.severity));
    ceil(layer.bond, to.saturating_sub(found.max(from)), to - from).min(layer.bond)
}

/// Where the bonds go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// To each challenger.
    pub due: Vec<u64>,
    /// What the counter-bond loses.
    pub counter_lost: u64,
    /// What the own stake pays on top.
    pub from_own: u64,
    /// To the provider's side.
    pub provider: u64,
    pub burned: u64,
}

/// What decides where they go.
struct Table<'a> {
    dispute: &'a Dispute,
    /// What the counter-bond can lose.
    counter: u64,
    /// What the first round's juries cost, and what of it was paid as bounties.
    jury: u64,
    spent: u64,
    arbiter_fee: u64,
}

impl Table<'_> {
    fn lost_of(&self, layer: &Layer, found: u64) -> u64 {
        lost(self.dispute, layer, found)
    }

    /// The row of the table for an outcome.
    fn flows(&self, outcome: Outcome) -> Flows {
        let layers = &self.dispute.layers;
        let due = layers.iter().map(|layer| layer.bond).collect();
        let mut flows = Flows { due, ..Flows::default() };
        match outcome {
            Outcome::Pending | Outcome::Silent | Outcome::Withdrawn => {}
            Outcome::Upheld => self.upheld(&mut flows),
            Outcome::Dismissed | Outcome::Conceded => {
                let jurors_half = self.lose(&mut flows, 0, |_| true);
                pay_of_lost(&mut flows, self.jury, jurors_half);
            }
            Outcome::Tied => {
                flows.counter_lost = (self.jury / 2).min(self.counter);
                self.bear(&mut flows, self.jury - (self.jury / 2).min(self.counter));
            }
            Outcome::Undecided => {
                flows.counter_lost = self.arbiter_fee.min(self.counter);
                let (due, provider) = (total(&flows.due), flows.provider);
                let short = self.bear(&mut flows, self.arbiter_fee.max(self.spent));
                // Only the bounties were earned; what else was lost burns.
                let borne = due - total(&flows.due) + flows.counter_lost;
                flows.burned = borne - (flows.provider - provider) - self.spent;
                assert_eq!(short, 0, "bonds cover the arbiter's fee");
            }
        }
        flows
    }

    /// Layers lose what was not found; half is the provider's. Returns the jurors' half.
    fn lose(&self, flows: &mut Flows, found: u64, loses: impl Fn(&Layer) -> bool) -> u64 {
        let mut all = 0;
        for (due, layer) in flows.due.iter_mut().zip(&self.dispute.layers).filter(|(_, layer)| loses(layer)) {
            let lost = self.lost_of(layer, found);
            *due -= lost;
            all += lost;
        }
        flows.provider += all / 2;
        all - all / 2
    }

    /// Challengers bear a cost together: what was withdrawn after the answer first, then who raised last.
    /// Returns what nobody has.
    fn bear(&self, flows: &mut Flows, cost: u64) -> u64 {
        let half = self.lose(flows, 0, |layer| layer.conceded);
        let short = pay_of_lost(flows, cost, half);
        take_last(&mut flows.due, short)
    }

    fn upheld(&self, flows: &mut Flows) {
        let layers = &self.dispute.layers;
        let found = self.dispute.base(self.dispute.court.severity());
        let jurors_half = self.lose(flows, found, |_| true);
        // The counter-bond stands against the claims in their order.
        let (mut stands, mut won) = (self.counter, 0);
        for (due, layer) in flows.due.iter_mut().zip(layers) {
            let against = stands.min(layer.bond);
            stands -= against;
            if self.lost_of(layer, found) == 0 {
                *due += against / 2;
                won += against - against / 2;
                flows.counter_lost += against;
            }
        }
        // Those that lose bear half of the jurors, as far as they have it, who raised last first; the
        // provider the rest.
        let loses = layers.iter().any(|layer| self.lost_of(layer, found) > 0);
        let theirs = if loses { self.jury.div_ceil(2) } else { 0 };
        let (mut left, mut from_half) = (theirs, 0);
        for (due, layer) in flows.due.iter_mut().zip(layers).rev() {
            let lost = self.lost_of(layer, found);
            if lost > 0 {
                let returned = left.min(*due);
                *due -= returned;
                left -= returned;
                let of_half = left.min(lost - lost / 2).min(jurors_half - from_half);
                left -= of_half;
                from_half += of_half;
            }
        }
        let mut rest = self.jury - (theirs - left);
        let from_won = rest.min(won);
        rest -= from_won;
        let from_counter = rest.min(self.counter - flows.counter_lost);
        flows.counter_lost += from_counter;
        flows.from_own = rest - from_counter;
        flows.burned += jurors_half - from_half + won - from_won;
    }
}

/// Pays jurors out of what was lost: first their half, then the provider's. Returns what is short.
fn pay_of_lost(flows: &mut Flows, cost: u64, half: u64) -> u64 {
    let from_half = cost.min(half);
    flows.burned += half - from_half;
    let from_provider = (cost - from_half).min(flows.provider);
    flows.provider -= from_provider;
    cost - from_half - from_provider
}

/// Takes an amount of what challengers are due, who raised last first. Returns what nobody has.
fn take_last(due: &mut [u64], mut amount: u64) -> u64 {
    for due in due.iter_mut().rev() {
        let taken = amount.min(*due);
        *due -= taken;
        amount -= taken;
    }
    amount
}

fn total(amounts: &[u64]) -> u64 {
    amounts.iter().sum()
}

impl Dispute {
    /// What a juror of a round is paid: from the second on at least its part of the claim that holds stake.
    fn fee_of(&self, round: u8, claim: u64) -> u64 {
        let size = u64::from(size_of(self.court.claimed, round));
        if round == 1 { self.fees[0] } else { self.fees[0].max(ceil(claim, OF_CLAIM, size * 1_000_000)) }
    }

    /// The claim that holds stake; with a fault found also what a client left out, as it will be booked.
    fn held_claim(&self, bounty: u64) -> u64 {
        let found = self.court.found.iter().any(|severity| *severity > 0);
        match (self.unreserved, found) {
            (false, _) => self.stakes[0].claimed + self.stakes[1].claimed,
            (true, true) => self.claims(self.court.claimed, 0, bounty).iter().sum(),
            (true, false) => 0,
        }
    }

    /// A juror's pay in a jury, and what a whole seat of it binds.
    pub fn ballot_terms(&self, jury: u8, lock: u64) -> (u64, u64) {
        let round = self.court.juries[usize::from(jury)].round;
        let fee = self.fees[usize::from(round) - 1];
        (fee, lock.max(FEES_BOUND * fee))
    }

    /// Pay of the coherent jurors of a round, as if each bound a whole seat.
    fn jury_pay(&self, round: u8) -> u64 {
        let juries = self.court.juries.iter().filter(|jury| jury.round == round && jury.decided);
        let votes: usize = juries.map(|jury| jury.votes.iter().filter(|vote| self.is_coherent(**vote)).count()).sum();
        self.fees[usize::from(round) - 1] * u64::try_from(votes).expect("few votes")
    }

    /// Whether a vote was on the side that won; after a tie all were.
    pub fn is_coherent(&self, vote: u8) -> bool {
        self.court.tied || (vote > 0) == (self.court.verdict.unwrap_or(0) > 0)
    }
}

impl Flows {
    /// The own stake cannot pay so much of what it owes jurors: what would burn pays instead, then the
    /// provider's part, then the challengers, who raised last first.
    pub fn advance(&mut self, missing: u64) {
        let burned = missing.min(self.burned);
        self.burned -= burned;
        let provider = (missing - burned).min(self.provider);
        self.provider -= provider;
        take_last(&mut self.due, missing - burned - provider);
    }
}

impl Model {
    /// Every deadline that has passed takes its default; what later jurors are paid is fixed with the
    /// verdict.
    pub fn walk(&mut self, number: usize, work: i64) -> bool {
        let bounty = self.rules.job_bounty;
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let before = dispute.court.appeals;
        let moved = dispute.court.walk(work);
        dispute.fix_fees(&before, bounty);
        moved
    }

    /// Where the bonds of a decided dispute go.
    pub fn flows(&self, dispute: &Dispute) -> Flows {
        let provider = &self.providers[dispute.provider];
        let counter = if dispute.court.answered { provider.counter_bond.min(dispute.bonds()) } else { 0 };
        let spent = dispute.bounties[0];
        let jury = dispute.jury_pay(1) + spent;
        let arbiter_fee = self.rules.disputes.arbiter_fee;
        Table { dispute, counter, jury, spent, arbiter_fee }.flows(dispute.court.outcome)
    }
}

impl Dispute {
    /// With a verdict that can be appealed the pay of the next round is fixed, and with it what an appellant
    /// pays: twice what its jury costs.
    pub fn fix_fees(&mut self, before: &[Appeal; 2], bounty: u64) {
        let claim = self.held_claim(bounty);
        for round in [2u8, 3] {
            let appeal = usize::from(round) - 2;
            if self.court.appeals[appeal].is_open && !before[appeal].is_open {
                let fee = self.fee_of(round, claim);
                self.fees[usize::from(round) - 1] = fee;
                let size = u64::from(size_of(self.court.claimed, round));
                self.court.appeals[appeal].full = 2 * (size * (fee + bounty)).max(1);
            }
        }
    }

    /// What returns of the payments for appeals.
    pub fn share_appeals(&mut self) {
        for index in 0..2 {
            let round = u8::try_from(index).expect("two") + 2;
            let appeal = self.court.appeals[index];
            let was_held = self.court.juries.iter().any(|jury| jury.round == round);
            let cost = self.jury_pay(round) + self.bounties[usize::from(round) - 1];
            let changed = changed_since(&self.court, round - 1);
            self.dues.appeals[index] = if was_held { returns(&appeal, cost, changed) } else { appeal.paid };
        }
    }
}

/// What became of the verdict of a round: more was found in the end, less, the same, or nobody decided.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Changed {
    More,
    Less,
    Same,
    Open,
}

fn changed_since(court: &Court, round: u8) -> Changed {
    if court.tied || !matches!(court.outcome, Outcome::Upheld | Outcome::Dismissed) {
        return Changed::Open;
    }
    let judged: Option<&Jury> = court.juries.iter().find(|jury| jury.round == round && jury.decided);
    let appealed = judged.map_or(court.claimed, |jury| jury.median().min(court.highest()));
    let last = court.verdict.unwrap_or(0);
    // What a young tree found too much of stands as what it was cut to.
    let is_cut = court.cautious && last <= CAUTIOUS;
    let appealed = if is_cut { appealed.min(CAUTIOUS) } else { appealed };
    match last.cmp(&appealed) {
        std::cmp::Ordering::Greater => Changed::More,
        std::cmp::Ordering::Less => Changed::Less,
        // A tie that ends in a dismissal is what the provider appealed for.
        std::cmp::Ordering::Equal if judged.is_some_and(Jury::is_tied) => Changed::Less,
        std::cmp::Ordering::Equal => Changed::Same,
    }
}

/// By side, what returns of the payments for the appeals against a verdict whose next jury cost `cost`.
fn returns(appeal: &Appeal, cost: u64, changed: Changed) -> [u64; 4] {
    let is_held = |side: usize| appeal.full > 0 && appeal.paid[side] >= appeal.full;
    let shares = match (is_held(0), is_held(1)) {
        (true, true) => [cost.div_ceil(2), cost / 2],
        (true, false) => [cost, 0],
        (false, true) => [0, cost],
        (false, false) => return appeal.paid,
    };
    let mut back = appeal.paid;
    for (appellant, defence, wins) in [(0, 3, Changed::More), (1, 2, Changed::Less)] {
        if !is_held(appellant) {
            continue;
        }
        let (paid, defended) = (appeal.paid[appellant], appeal.paid[defence]);
        let jury = shares[appellant].min(paid + defended);
        let rest = paid + defended - jury;
        (back[appellant], back[defence]) = match changed {
            _ if defended == 0 => (rest, 0),
            Changed::Open => {
                let half = (jury / 2).min(defended);
                (paid - (jury - half), defended - half)
            }
            changed if changed == wins => (rest, 0),
            _ => (0, rest),
        };
    }
    back
}
