//! A dispute that is told as a story: who does what, at its own time.

use work_token_math::dispute::{Machine, Outcome, Phase, Side};

use super::dispute::{CLOCKS, cost};

/// What the arbiter confirms at most where no jury ever decided.
pub const MOST: u8 = 3;

/// A dispute in progress: who does what, at its own time.
pub struct Court {
    pub machine: Machine,
    pub now: i64,
}

impl Court {
    pub fn open(severity: u8) -> Self {
        Self { machine: Machine::open(severity, &CLOCKS, 0), now: 0 }
    }

    /// A dispute whose jurors' tree is young.
    pub fn open_young(severity: u8) -> Self {
        let mut court = Self::open(severity);
        court.machine.cautious = 1;
        court
    }

    /// Lets time pass until the present phase ends.
    pub fn time_out(&mut self) -> &mut Self {
        self.now = self.machine.until_work_ts;
        self.look()
    }

    pub fn look(&mut self) -> &mut Self {
        self.machine.advance(&CLOCKS, cost(self.machine.claimed), self.now);
        self
    }

    pub fn raise(&mut self, severity: u8) -> &mut Self {
        self.machine.raise(severity, self.now).expect("before the first jury is drawn");
        self
    }

    pub fn answer(&mut self) -> &mut Self {
        self.machine.answer(&CLOCKS, self.now).expect("in time");
        self
    }

    pub fn withdraw(&mut self, severity: u8) -> bool {
        self.machine.withdraw(severity, self.now).expect("before the votes")
    }

    /// Fills some of the present jury's ballots, the rest stay empty.
    pub fn seat(&mut self, filled: u8) -> &mut Self {
        for seat in self.machine.present().drawn..self.machine.present().size {
            self.machine.end_draw(seat < filled, &CLOCKS, self.now).expect("drawing");
        }
        self
    }

    /// The present jury is drawn, commits and votes, all of it.
    pub fn vote(&mut self, votes: &[u8]) -> &mut Self {
        self.seat(u8::try_from(votes.len()).expect("a jury"));
        for _ in votes {
            self.machine.commit(&CLOCKS, self.now).expect("commit");
        }
        for vote in votes {
            let next = cost(self.machine.claimed)(self.machine.present().round + 1);
            self.machine.reveal(*vote, &CLOCKS, next, self.now).expect("reveal");
        }
        self
    }

    pub fn vote_after_an_answer(&mut self, votes: &[u8]) -> &mut Self {
        self.answer().vote(votes)
    }

    /// A side pays all that it can for an appeal.
    pub fn fund(&mut self, side: Side) -> &mut Self {
        let amount = self.machine.fundable(side, &CLOCKS, self.now);
        self.machine.fund(side, amount, &CLOCKS, self.now).expect("fundable");
        self
    }

    /// What each side can pay now.
    pub fn fundable(&self) -> [u64; 4] {
        Side::ALL.map(|side| self.machine.fundable(side, &CLOCKS, self.now))
    }

    pub fn end(&self) -> (Phase, Outcome, u8) {
        (self.machine.phase(), self.machine.outcome(), self.machine.severity())
    }

    /// Two jurors are drawn, and divided.
    pub fn vote_tied(&mut self) -> &mut Self {
        for _ in 0..2 {
            self.machine.commit(&CLOCKS, self.now).expect("commit");
        }
        for vote in [0, self.machine.claimed] {
            self.machine.reveal(vote, &CLOCKS, 1, self.now).expect("reveal");
        }
        self.time_out()
    }
}

pub fn decided(outcome: Outcome, severity: u8) -> (Phase, Outcome, u8) {
    (Phase::Decided, outcome, severity)
}
