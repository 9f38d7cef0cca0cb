//! Two disputes about one faulty epoch of a provider, with all that they share: its pools and the tickets
//! that leave them, the counter-bond, the fault of the epoch, the seats (dispute-epoch-1, dispute-slash-4,
//! dispute-slash-1, position-withdraw-2, dispute-sink-1, dispute-epoch-2, position-settle-1).

use work_token_math::{
    Amount, Bps, Pool, Shares,
    dispute::{Phase, Settlement, first_jury_cost, settle, share},
    mul_div::mul_div_ceil,
    slash::{Division, Loss, MAX_PAID_OUT, Sinks, Stakes, increment, loss, part, sinks},
};

use super::{
    claims::Books,
    dispute::{Case, FRACTIONS, PARTIES, PartyState, TERMS, bonds},
};

/// Stake of the epoch. At nine times the own stake a severity of 4 takes all of it.
pub const BASES: Stakes = Stakes { own: Amount(10_000), delegated: Amount(90_000) };
/// Fee of each seat.
pub const FEE: u64 = 20;
/// The most that a severity may cost, the challengers' part of it, and its installments.
const CEILINGS: [u16; 6] = [0, 100, 500, 1_500, 5_000, 10_000];
const REWARDS: [u16; 6] = [0, 1_000, 2_000, 3_000, 3_000, 3_000];
const INSTALLMENTS: [u8; 6] = [0, 1, 1, 2, 1, 1];
/// The client's part of an own loss.
const COMPENSATION: Bps = Bps(3_000);

/// The pools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Own,
    Delegated,
}

/// A step of severity: whose it is, and its reward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Step {
    owner: Option<(usize, usize)>,
    reward: u64,
}

/// What was found of the epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Fault {
    own: u64,
    delegated: u64,
    severity: u8,
    upheld: u8,
    steps: [Step; 5],
}

/// What one dispute took and owes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Account {
    pub is_finished: bool,
    pub is_ended: bool,
    pub severity: u8,
    /// What the verdict would take of each pool were it alone.
    pub largest: (u64, u64),
    /// Twice the fee of a further seat, and what the own stake pays jurors.
    pub extra: u64,
    pub jury_pay: u64,
    jury_due: u64,
    /// Jurors' pay that an own stake which was used up meanwhile could not give.
    pub unpaid: u64,
    above: u8,
    rewarded: u64,
    reward: u64,
    extra_reward: u64,
    pub credits: [u64; PARTIES],
    bonds: u64,
    counter_lost: u64,
    taken: u64,
    /// Jurors, burned, insured, and the provider's.
    sunk: u64,
    client: u64,
    compensated_before: u64,
}

/// The provider's epoch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Epoch {
    pub cases: [Option<Case>; 2],
    pub own: Books,
    pub delegated: Books,
    pub accounts: [Account; 2],
    /// Seat of each dispute, and what was found and promised of each seat.
    seats: [usize; 2],
    found: [u8; 2],
    compensated: [u64; 2],
    counter: u64,
    fault: Fault,
    pub debt: u64,
}

/// What a severity alone would take of each pool.
pub fn whole_loss(severity: u8) -> Loss {
    loss(Bps(FRACTIONS[usize::from(severity)]), BASES, BASES, division(severity))
}

fn division(severity: u8) -> Division {
    Division { delta: Bps(5_000), cover: severity >= 4 }
}

/// What a challenger that claimed a severity has of the slash for another, where nobody else claimed
/// anything: a slash never takes more than is claimed (dispute-slash-7).
pub fn reward_alone(claimed: u8, severity: u8) -> u64 {
    reward_of(severity, whole_loss(severity).own.min(claims(claimed).own).0)
}

pub fn reward_of(severity: u8, own: u64) -> u64 {
    part(Amount(own), Bps(REWARDS[usize::from(severity)])).0
}

fn pool_of(tokens: Amount) -> Pool {
    Pool { tokens, shares: Shares(tokens.0), unbonding_shares: Shares::ZERO, ..Pool::default() }
}

/// What a claim of a severity books from each pool.
fn claims(severity: u8) -> Stakes {
    let of = |bps: u16, base: Amount| mul_div_ceil(base.0, u64::from(bps), Bps::ONE).expect("a part");
    let own = of(CEILINGS[usize::from(severity)], BASES.own) + 2 * FEE + first_jury_cost(severity, &TERMS).0;
    Stakes { own: Amount(own), delegated: Amount(of(FRACTIONS[usize::from(severity)], BASES.delegated)) }
}

/// Who committed first: the honest challenger, then the second dispute's, then who raised the first.
fn rank((dispute, party): (usize, usize)) -> usize {
    if dispute == 0 { 2 * party } else { 1 }
}

impl Epoch {
    pub fn open(first: Case, seats: [usize; 2], entries: usize) -> Self {
        let mut epoch = Self {
            cases: [None; 2],
            own: Books::new(pool_of(BASES.own), entries),
            delegated: Books::new(pool_of(BASES.delegated), entries),
            accounts: [Account::default(); 2],
            seats,
            found: [0; 2],
            compensated: [0; 2],
            counter: 0,
            fault: Fault::default(),
            debt: 0,
        };
        epoch.join(0, first, 0);
        epoch
    }

    /// A dispute is opened in a claim of its own or in one that is open.
    pub fn join(&mut self, dispute: usize, case: Case, claim: usize) {
        let claimed = claims(case.machine.claimed);
        self.own.join(claim, claimed.own.0, 1);
        self.delegated.join(claim, claimed.delegated.0, 1);
        self.cases[dispute] = Some(case);
    }

    pub fn books(&mut self, side: Side) -> &mut Books {
        match side {
            Side::Own => &mut self.own,
            Side::Delegated => &mut self.delegated,
        }
    }

    /// A dispute went on: what was raised holds more stake, and an answer is covered by one counter-bond, of
    /// the largest.
    pub fn go_on(&mut self, dispute: usize, after: Case) {
        let before = self.cases[dispute].expect("open");
        if after.parties != before.parties && after.machine.claimed > before.machine.claimed {
            let claimed = claims(after.machine.claimed);
            let added = |books: &Books, claimed: Amount| claimed.0.saturating_sub(books.disputes[dispute].claimed);
            let (own, delegated) = (added(&self.own, claimed.own), added(&self.delegated, claimed.delegated));
            self.own.raise(dispute, own);
            self.delegated.raise(dispute, delegated);
        }
        if after.machine.is_answered() {
            self.counter = self.counter.max(after.settlement().counter.0);
        }
        self.cases[dispute] = Some(after);
    }

    /// The stake that answers for a dispute: the pools, and what left since it joined.
    fn answering(&self, dispute: usize) -> Stakes {
        let of = |books: &Books| Amount(books.pool().tokens.0 + books.gone(dispute));
        Stakes { own: of(&self.own), delegated: of(&self.delegated) }
    }

    /// The decision is applied, whenever somebody does.
    pub fn finish(&mut self, dispute: usize) {
        let case = self.cases[dispute].expect("open");
        assert_eq!(case.machine.phase(), Phase::Decided);
        let severity = case.machine.severity();
        let stakes = self.answering(dispute);
        self.accounts[dispute].is_finished = true;
        let own = if severity > 0 { self.convict(dispute, severity, stakes) } else { 0 };
        let of = case.settlement();
        let counter = if case.machine.is_answered() { self.counter.min(bonds(&of.layers)) } else { 0 };
        let mut flows = settle(&Settlement { counter: Amount(counter), ..of });
        let claimed = self.own.disputes[dispute].claimed;
        let payable = flows.from_own.0.min(stakes.own.0 - own).min(claimed - own);
        flows.advance(Amount(flows.from_own.0 - payable));
        self.counter -= flows.counter_lost.0;
        let account = &mut self.accounts[dispute];
        (account.jury_pay, account.jury_due) = (payable, payable);
        (account.bonds, account.counter_lost) = (bonds(&of.layers), flows.counter_lost.0);
        for (credit, due) in account.credits.iter_mut().zip(flows.challengers) {
            *credit = due.0;
        }
        account.sunk = flows.jurors.0 - payable + flows.provider.0 + flows.burned.0;
        self.own.disputes[dispute].slash = Some(own + payable);
        let count = INSTALLMENTS[usize::from(severity)];
        self.own.disputes[dispute].count = count;
        self.delegated.disputes[dispute].count = count;
    }

    /// Returns what is to be slashed of the own pool.
    fn convict(&mut self, dispute: usize, severity: u8, stakes: Stakes) -> u64 {
        let (fraction, rule) = (Bps(FRACTIONS[usize::from(severity)]), division(severity));
        let applied = Loss { own: Amount(self.fault.own), delegated: Amount(self.fault.delegated) };
        let delegated = stakes.delegated.saturating_add(applied.delegated);
        let mut all = loss(fraction, BASES, Stakes { own: BASES.own, delegated }, rule);
        if rule.cover {
            let now = Stakes { own: stakes.own.saturating_add(applied.own), delegated };
            all.delegated = loss(fraction, BASES, now, rule).delegated;
        }
        let added = increment(all, applied);
        let seat = self.seats[dispute];
        let known = self.found[seat];
        let extra = if self.fault.upheld > 0 && known == 0 { 2 * FEE } else { 0 };
        let claimed = self.own.disputes[dispute].claimed;
        let main = added.own.0.min(claimed);
        let nominal = (main + extra).min(claimed);
        let own = nominal.min(stakes.own.0);
        self.debt += nominal - own;
        let account = &mut self.accounts[dispute];
        account.severity = severity;
        account.largest = (all.own.0, all.delegated.0);
        account.extra = (nominal - main).min(own);
        account.above = if self.fault.severity < severity { self.fault.severity } else { 0 };
        account.compensated_before = self.compensated[seat];
        let left = (2 * FEE).saturating_sub(self.compensated[seat]);
        self.compensated[seat] += part(Amount(own), COMPENSATION).0.min(left);
        self.found[seat] = known.max(severity);
        // What a claim was too small for is not applied: a later verdict takes it.
        let from_delegated = added.delegated.0.min(self.delegated.disputes[dispute].claimed);
        self.fault.own += main;
        self.fault.delegated += from_delegated;
        self.fault.severity = self.fault.severity.max(severity);
        self.fault.upheld += u8::from(known == 0);
        self.claim_steps(dispute, severity);
        self.delegated.disputes[dispute].slash = Some(from_delegated);
        own
    }

    /// Each step up to what was found belongs to the earliest commitment that claimed it rightly.
    fn claim_steps(&mut self, dispute: usize, found: u8) {
        let parties = self.cases[dispute].expect("open").parties;
        for (place, party) in parties.iter().enumerate() {
            let stands = party.severity > 0 && party.state == PartyState::Standing;
            for (severity, step) in (1u8..).zip(&mut self.fault.steps) {
                let covers = stands && severity > party.below && severity <= party.severity.min(found);
                let earlier = step.owner.is_none_or(|owner| rank((dispute, place)) < rank(owner));
                if covers && earlier {
                    step.owner = Some((dispute, place));
                }
            }
        }
    }

    pub fn is_due(&self, dispute: usize) -> bool {
        self.accounts[dispute].is_finished && (self.own.is_due(dispute) || self.delegated.is_due(dispute))
    }

    /// One installment of both pools.
    pub fn execute(&mut self, dispute: usize) {
        let mut taken = (0, 0);
        if self.own.is_due(dispute) {
            let (own, missing) = self.own.execute_one(dispute);
            taken.0 = own;
            self.debt += missing;
        }
        if self.delegated.is_due(dispute) {
            taken.1 = self.delegated.execute_one(dispute).0;
        }
        let slash = self.own.disputes[dispute].slash.expect("finished");
        let account = &mut self.accounts[dispute];
        account.taken += taken.0 + taken.1;
        let to_jurors = taken.0.min(account.jury_due);
        account.jury_due -= to_jurors;
        let own = taken.0 - to_jurors;
        let left = (2 * FEE).saturating_sub(account.compensated_before + account.client);
        let compensation = part(Amount(own), COMPENSATION).min(Amount(left));
        let rate = Bps(REWARDS[usize::from(account.severity)]);
        let loss = Loss { own: Amount(own), delegated: Amount(taken.1) };
        let Sinks { challenger, client, insurance, burned } = sinks(loss, rate, compensation);
        assert!(challenger.saturating_add(client) <= part(Amount(own), MAX_PAID_OUT));
        let extra = share(challenger, Amount(account.extra), Amount(slash - account.jury_pay));
        account.extra_reward += extra.0;
        account.reward += challenger.0 - extra.0;
        account.rewarded += own;
        account.client += client.0;
        account.sunk += to_jurors + insurance.0 + burned.0;
    }

    /// Everything was executed: claims, fault and challengers are told.
    pub fn end(&mut self, dispute: usize) {
        self.own.end(dispute);
        self.delegated.end(dispute);
        let account = &mut self.accounts[dispute];
        account.is_ended = true;
        let mut unpaid = std::mem::take(&mut account.jury_due);
        account.unpaid = unpaid;
        for credit in account.credits.iter_mut().rev() {
            let advanced = unpaid.min(*credit);
            (*credit, unpaid) = (*credit - advanced, unpaid - advanced);
            account.sunk += advanced;
        }
        account.credits[0] += std::mem::take(&mut account.extra_reward);
        self.share_steps(dispute);
    }

    /// What a slash adds to the reward is shared by what each step alone would have taken of the own pool; a
    /// lower step is paid before a higher one, so that no raise makes it worth less.
    fn share_steps(&mut self, dispute: usize) {
        let account = &mut self.accounts[dispute];
        let reward = std::mem::take(&mut account.reward);
        let taken = account.rewarded.saturating_sub(account.extra);
        let below = whole_loss(account.above).own;
        let mut given = 0;
        for (severity, step) in (1u8..=account.severity).zip(&mut self.fault.steps).skip(account.above.into()) {
            let upto = whole_loss(severity).own.saturating_sub(below).min(Amount(taken));
            let is_last = severity == account.severity;
            let upto = if is_last { reward } else { share(Amount(reward), upto, Amount(taken)).0 };
            step.reward += upto - given;
            given = upto;
        }
    }

    /// What a challenger has of the steps that belong to it.
    pub fn reward(&self, owner: (usize, usize)) -> u64 {
        self.fault.steps.iter().filter(|step| step.owner == Some(owner)).map(|step| step.reward).sum()
    }

    pub fn client(&self) -> u64 {
        self.accounts.iter().map(|account| account.client).sum()
    }

    pub fn is_over(&self) -> bool {
        (0..2).all(|dispute| self.cases[dispute].is_none() || self.accounts[dispute].is_ended)
    }

    /// Bonds, counter-bond and slashes go to somebody, and nothing else does.
    pub fn assert_conserved(&self) {
        self.own.assert_conserved();
        self.delegated.assert_conserved();
        let (mut given, mut has) = (0, self.fault.steps.iter().map(|step| step.reward).sum::<u64>());
        for account in &self.accounts {
            given += account.bonds + account.counter_lost + account.taken;
            has += account.credits.iter().sum::<u64>() + account.sunk + account.client;
            has += account.reward + account.extra_reward;
        }
        assert_eq!(given, has, "{self:?}");
    }
}
