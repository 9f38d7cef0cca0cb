//! Two disputes about one faulty epoch, on one ballot or on two, the first of them raised by a third party:
//! every order of their steps, of applying, executing and ending them, with tickets that leave between any
//! two of these (dispute-epoch-2, dispute-kind-4).
//!
//! The disputes are real machines whose juries act at once; each has a time of its own, so that they stand to
//! each other in any order that two clocks can produce, outages included.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use support::{
    dispute::{CLOCKS, Case, PARTIES, PartyState, assert_settles},
    epoch::{Epoch, FEE, Side, reward_alone, reward_of, whole_loss},
    exact::whole,
    search::{ARBITER_SEVERITY, Action, Seen, act, is_deep, merged, print_of, wait},
    search_rules::{assert_time_alone_decides, longest},
};
use work_token_math::dispute::{Machine, Outcome, Phase};

/// What is disputed.
#[derive(Clone, Copy, Debug)]
struct Setting {
    name: &'static str,
    claims: [u8; 2],
    /// To what the first claim is raised.
    raise: u8,
    seats: [usize; 2],
    /// Whether the second dispute joins the first one's claim, and how many entries a claim has.
    joins: bool,
    entries: usize,
    tickets: &'static [(Side, u64)],
}

/// What somebody can do.
#[derive(Clone, Copy, Debug)]
enum Move {
    OpenSecond,
    Act(usize, Action),
    /// A jury is drawn and votes: all alike, or divided in halves.
    Vote(usize, u8),
    Tie(usize),
    /// The phase's deadline passes: of a jury that is not drawn, too.
    TimeOut(usize),
    Finish(usize),
    Execute(usize),
    End(usize),
    Leave(usize),
}

/// One search.
struct Court {
    setting: Setting,
    seen: Seen,
    open: Vec<(Epoch, usize)>,
    transitions: u64,
    ends: u64,
    /// How often the honest challenger's claim was upheld, and the reward of a step was not its own.
    rewarded: u64,
}

impl Court {
    fn new(setting: Setting) -> Self {
        let first = Case::open(Machine::open(setting.claims[0], &CLOCKS, 0));
        let epoch = Epoch::open(first, setting.seats, setting.entries);
        let mut court = Self { setting, seen: Seen::default(), open: Vec::new(), transitions: 0, ends: 0, rewarded: 0 };
        court.visit(epoch, 0);
        court
    }

    fn search(mut self) -> Self {
        while let Some((epoch, left)) = self.open.pop() {
            for of in self.moves(&epoch, left) {
                self.transitions += 1;
                let mut after = epoch.clone();
                let left = left + usize::from(matches!(of, Move::Leave(_)));
                self.play(&mut after, of);
                self.visit(after, left);
            }
        }
        self
    }

    fn visit(&mut self, epoch: Epoch, left: usize) {
        if self.seen.insert(print_of(&(&epoch, left))) {
            assert!(self.seen.len() < 20_000_000, "the bounds are too wide for a test");
            epoch.assert_conserved();
            if epoch.is_over() {
                self.assert_over(epoch.clone());
            }
            self.open.push((epoch, left));
        }
    }

    fn moves(&self, epoch: &Epoch, left: usize) -> Vec<Move> {
        let mut all = Vec::new();
        // A fault whose disputes have ended is another story: nothing is shared but what was applied.
        if epoch.cases[1].is_none() && !epoch.accounts[0].is_ended {
            all.push(Move::OpenSecond);
        }
        if left < self.setting.tickets.len() {
            all.push(Move::Leave(left));
        }
        for dispute in (0..2).filter(|dispute| epoch.cases[*dispute].is_some()) {
            let (case, account) = (epoch.cases[dispute].expect("open"), &epoch.accounts[dispute]);
            if case.machine.phase() != Phase::Decided {
                all.extend(self.moves_of(dispute, &case));
            } else if !account.is_finished {
                all.push(Move::Finish(dispute));
            } else if epoch.is_due(dispute) {
                all.push(Move::Execute(dispute));
            } else if !account.is_ended {
                all.push(Move::End(dispute));
            }
        }
        all
    }

    /// What parties, juries, arbiter and time can do about a dispute.
    fn moves_of(&self, dispute: usize, case: &Case) -> Vec<Move> {
        let act = |action| Move::Act(dispute, action);
        let mut all = vec![Move::TimeOut(dispute)];
        let phase = case.machine.phase();
        let withdrawals = case.standing().map(|severity| act(Action::Withdraw(severity)));
        match phase {
            Phase::Answer => {
                all.push(act(Action::Answer));
                all.extend(withdrawals);
            }
            Phase::Draw => {
                let votes = [0, 1].into_iter().chain(case.standing().filter(|severity| *severity > 1));
                all.extend(votes.map(|vote| Move::Vote(dispute, vote)));
                all.push(Move::Tie(dispute));
                all.extend(withdrawals.filter(|_| case.machine.jury == 0));
            }
            Phase::Arbiter => {
                let most = case.highest_standing().min(ARBITER_SEVERITY);
                all.extend([0, most].map(|severity| act(Action::Rule(severity))));
            }
            _ => {}
        }
        let is_open = phase == Phase::Answer || (phase == Phase::Draw && case.machine.jury == 0);
        if dispute == 0 && is_open && case.parties[1].severity == 0 && case.machine.claimed < self.setting.raise {
            all.push(act(Action::Raise(self.setting.raise)));
        }
        all
    }

    fn play(&self, epoch: &mut Epoch, of: Move) {
        match of {
            Move::OpenSecond => {
                let case = Case::open(Machine::open(self.setting.claims[1], &CLOCKS, 0));
                let is_joined = self.setting.joins && epoch.own.is_open(0);
                epoch.join(1, case, if is_joined { 0 } else { epoch.own.claims() });
            }
            Move::Act(dispute, action) => step(epoch, dispute, |case| merged(act(case, action, 0).expect("lawful"), 0)),
            Move::Vote(dispute, vote) => step(epoch, dispute, |case| voted(case, vote, vote)),
            Move::Tie(dispute) => step(epoch, dispute, |case| voted(case, 0, case.highest_standing())),
            Move::TimeOut(dispute) => step(epoch, dispute, |case| {
                let secs = case.machine.until_work_ts;
                merged(wait(case, secs), secs)
            }),
            Move::Finish(dispute) => epoch.finish(dispute),
            Move::Execute(dispute) => epoch.execute(dispute),
            Move::End(dispute) => epoch.end(dispute),
            Move::Leave(ticket) => {
                let (side, shares) = self.setting.tickets[ticket];
                let books = epoch.books(side);
                let shares = shares.min(books.pool().shares.0);
                if shares > 0 {
                    books.leave(shares);
                }
            }
        }
    }

    /// Everything has ended: who got what, and what did the epoch cost?
    fn assert_over(&mut self, mut epoch: Epoch) {
        self.ends += 1;
        assert_no_fault_is_paid_twice(&mut epoch);
        assert!(epoch.client() <= 2 * FEE * if self.setting.seats[0] == self.setting.seats[1] { 1 } else { 2 });
        let paid: u64 =
            (0..2).flat_map(|dispute| (0..PARTIES).map(move |party| (dispute, party))).map(|of| epoch.reward(of)).sum();
        let own = whole_loss(epoch.accounts.iter().map(|account| account.severity).max().unwrap_or(0)).own.0;
        assert!(10 * paid <= 3 * own, "no more than the largest verdict's part: {epoch:?}");
        let owner_left = self.setting.tickets.iter().any(|(side, _)| *side == Side::Own);
        if !owner_left {
            self.assert_the_first_is_rewarded(&epoch);
        }
    }

    /// The honest challenger, whose claim stands, has of the fault at least what it would have alone.
    fn assert_the_first_is_rewarded(&mut self, epoch: &Epoch) {
        let case = epoch.cases[0].expect("the first");
        let (machine, party) = (&case.machine, &case.parties[0]);
        let is_silent = !machine.is_answered() && party.severity <= 2 && machine.outcome() != Outcome::Withdrawn;
        let alone = if is_silent { party.severity } else { machine.severity().min(party.severity) };
        if party.state != PartyState::Standing || alone == 0 {
            return;
        }
        self.rewarded += 1;
        // Another, milder verdict that was applied earlier has paid the lower steps at its lower rate.
        let second = epoch.accounts[1].severity;
        let milder = if second < epoch.accounts[0].severity { second.min(alone) } else { 0 };
        let own = whole_loss(milder).own.0;
        let at_lower_rate = reward_of(alone, own) - reward_of(milder, own);
        // Jurors and further ballots are paid first, out of an own stake that a large fault uses up; each
        // share rounds down.
        let first: u64 = epoch.accounts.iter().map(|account| account.jury_pay + account.extra).sum();
        let alone = reward_alone(party.severity, alone);
        let reward = epoch.reward((0, 0));
        assert!(reward + at_lower_rate + first + 8 >= alone, "{reward} instead of {alone} alone: {epoch:?}");
    }
}

fn step(epoch: &mut Epoch, dispute: usize, of: impl Fn(&Case) -> Case) {
    let before = epoch.cases[dispute].expect("open");
    let after = of(&before);
    assert!(longest(&after.machine) <= longest(&before.machine), "it ends in its longest time");
    assert_time_alone_decides(&after);
    if after.machine.phase() == Phase::Decided {
        assert_settles(&after);
    }
    epoch.go_on(dispute, after);
}

/// The smallest jury that has a quorum votes, half of it for the one and the rest for the other.
fn voted(case: &Case, one: u8, other: u8) -> Case {
    let quorum = case.machine.present().size.div_ceil(3);
    let jurors = if one == other { quorum } else { quorum.next_multiple_of(2) };
    let mut after = *case;
    let mut all = |action| after = act(&after, action, 0).expect("drawing");
    (0..case.machine.present().size - case.machine.present().drawn).for_each(|seat| all(Action::Seat(seat < jurors)));
    (0..jurors).for_each(|_| all(Action::Commit));
    (0..jurors).for_each(|juror| all(Action::Reveal(if 2 * juror < jurors { one } else { other })));
    merged(after, 0)
}

/// dispute-epoch-2: the epoch costs each pool at most the largest single verdict; of the own stake twice the
/// fee of a further ballot and the jurors' pay besides. Whoever left pays what its shares would have lost had
/// they stayed.
fn assert_no_fault_is_paid_twice(epoch: &mut Epoch) {
    let largest = |of: fn(&(u64, u64)) -> u64| epoch.accounts.iter().map(|account| of(&account.largest)).max();
    let (own, delegated) = (largest(|loss| loss.0).unwrap_or(0), largest(|loss| loss.1).unwrap_or(0));
    let extra: u64 = epoch.accounts.iter().map(|account| account.extra).sum();
    let jurors: u64 = epoch.accounts.iter().map(|account| account.jury_pay).sum();
    assert!(extra <= 2 * FEE);
    for (books, most) in [(&mut epoch.own, own + extra + jurors), (&mut epoch.delegated, delegated)] {
        let tickets = books.tickets.clone();
        let settled = books.settle();
        books.assert_conserved();
        let roundings = books.steps + settled.iter().map(|of| of.installments + 1).sum::<u64>();
        let shares_an_entry = settled.iter().any(|of| of.shares_an_entry);
        assert!(shares_an_entry || books.burned <= most + roundings, "{} of {most}: {books:?}", books.burned);
        for (ticket, of) in tickets.iter().zip(&settled) {
            assert!(of.burned <= of.parts && of.burned <= ticket.held);
            let most = &of.exact + whole(of.installments + of.interrupted.min(1));
            assert!(of.shares_an_entry || whole(of.burned) <= most, "{} of {}: {books:?}", of.burned, of.exact);
            let least = &of.exact - whole(of.installments + 1);
            assert!(of.burned == ticket.held || whole(of.burned) >= least, "{} of {}: {books:?}", of.burned, of.exact);
        }
    }
}

fn search(setting: Setting) {
    let court = Court::new(setting).search();
    println!(
        "{}: {} states, {} transitions, {} ends, {} with a reward for the first",
        setting.name,
        court.seen.len(),
        court.transitions,
        court.ends,
        court.rewarded,
    );
    assert!(court.ends > 100, "cut short");
}

const PLAIN: Setting =
    Setting { name: "", claims: [2, 3], raise: 0, seats: [0, 0], joins: false, entries: 15, tickets: &[] };

#[test]
#[cfg_attr(debug_assertions, ignore = "some seconds with optimizations")]
fn two_disputes_on_one_seat_cost_the_larger_and_harm_no_honest_challenger() {
    search(Setting { name: "one ballot, 2 raised to 3 and 3", raise: 3, ..PLAIN });
    search(Setting { name: "one ballot, 3 raised to 4 and 2", claims: [3, 2], raise: 4, ..PLAIN });
    search(Setting { name: "one ballot, 1 and 4", claims: [1, 4], ..PLAIN });
}

#[test]
#[cfg_attr(debug_assertions, ignore = "some seconds with optimizations")]
fn two_seats_of_one_epoch_cost_the_larger_and_twice_the_fee_of_the_second() {
    let two = Setting { seats: [0, 1], ..PLAIN };
    search(Setting { name: "two ballots, 3 raised to 4 and 3", claims: [3, 3], raise: 4, ..two });
    search(Setting { name: "two ballots, 2 raised to 5 and 4", claims: [2, 4], raise: 5, ..two });
}

#[test]
#[cfg_attr(debug_assertions, ignore = "some seconds with optimizations")]
fn tickets_that_leave_between_any_two_steps_pay_what_staying_costs() {
    let tickets = &[(Side::Delegated, 40_001), (Side::Own, 3_333)];
    search(Setting { name: "two claims, a ticket of each pool", tickets, ..PLAIN });
}

#[test]
#[cfg_attr(debug_assertions, ignore = "some seconds with optimizations")]
fn tickets_that_leave_while_disputes_share_a_claim_pay_what_staying_costs() {
    let tickets = &[(Side::Delegated, 40_001), (Side::Delegated, 49_999)];
    let joined = Setting { joins: true, tickets, ..PLAIN };
    search(Setting { name: "a joined claim, everybody leaves", ..joined });
    search(Setting { name: "a shared entry", entries: 1, tickets: &tickets[..1], ..joined });
}

// Pairs of claims, every raise of the first, on one ballot and on two. Deep, some minutes, all of them.
#[test]
#[cfg_attr(debug_assertions, ignore = "half a minute with optimizations")]
fn every_pair_of_disputes_about_an_epoch_costs_the_larger_and_harms_no_honest_challenger() {
    let (least, most) = if is_deep() { (1, 5) } else { (3, 4) };
    for (one, other) in (least..=most).flat_map(|one| (least..=most).map(move |other| (one, other))) {
        for raise in std::iter::once(0).chain(one + 1..=most) {
            for (seats, joins) in [([0, 0], false), ([0, 1], true)] {
                search(Setting { name: "every pair", claims: [one, other], raise, seats, joins, ..PLAIN });
            }
        }
    }
}
