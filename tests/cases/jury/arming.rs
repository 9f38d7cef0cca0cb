//! Nothing that happens after the arming of a draw alters who is drawn (jury-draw-3).

use crate::jury::draws::{Point, arm, capture, is_frozen};
use {
    crate::{jury::votes::*, *},
    work_token_sdk::{DisputeAddresses, Instruction, JurorAddresses},
    work_token_tests::{Juror, LOCK},
};

/// A draw that any of these may hold up or alter, beside two more and a dispute whose jury is to be fined.
struct Court {
    market: Market,
    jurors: Vec<Juror>,
    /// Its draw is looked at.
    at: DisputeAddresses,
    /// Answered: its draw can be armed.
    second: DisputeAddresses,
    /// Its seed is captured: its jury can be drawn.
    third: DisputeAddresses,
    /// Decided: the ballots of those who did not vote can be settled.
    fourth: DisputeAddresses,
    /// One with a large lock who is no juror yet.
    ann: Actor,
}

impl Court {
    fn new() -> Self {
        let (market, jurors) = Market::young_with(1, 8, |_| ());
        let [challenger, friend] = parties(&market);
        let ann = market.actor("ann", 100 * LOCK);
        let dispute = || answered(&market, &challenger, &friend, 2);
        let fourth = dispute();
        market.draw_jury(&fourth);
        while !market.dispute_state(&fourth).is_decided() {
            market.let_phase_pass(&fourth);
        }
        let [at, second, third] = [dispute(), dispute(), dispute()];
        arm(&market, &third);
        capture(&market, &third);
        // One has locked more since, and nobody has written that into the tree; the term of another is over.
        market.send(&[join_ix(&market, &jurors[0].actor, LOCK)], &[&jurors[0].actor]);
        let mut state = market.juror_state(&jurors[2]);
        state.term_until_ts = market.now();
        market.scenario.write(&jurors[2].at.juror, &state);
        market.refresh_note();
        Self { market, jurors, at, second, third, fourth, ann }
    }

    /// What was drawn, and who sits with what, when something happened at one of the points between the
    /// arming and the last ballot.
    fn drawn(self, point: Point, act: fn(&Self)) -> (Vec<u16>, Vec<(u8, Pubkey, u64)>) {
        let market = &self.market;
        let happens = |now: Point| {
            if now == point {
                act(&self)
            }
        };
        arm(market, &self.at);
        market.pass(1);
        happens(Point::Armed);
        capture(market, &self.at);
        happens(Point::Captured);
        let dispute = market.dispute_state(&self.at);
        let leaves = dispute.leaves[..usize::from(dispute.drawn)].to_vec();
        let first = market.scenario.plan_jury(&self.at, 1).expect("the jury can be drawn").draws[0].accounts;
        market.send(&[ix::draw_juror(&self.at, market.scenario.paid_keeper(), &first)], &[]);
        happens(Point::Seated);
        market.scenario.draw_jury(&self.at).expect("the jury is drawn");
        let sits =
            market.scenario.ballots(&self.at).into_iter().map(|(_, ballot)| (ballot.index, ballot.owner, ballot.lock));
        let sits = sits.collect();
        assert_invariants(market);
        (leaves, sits)
    }

    /// Sends what is refused while the tree stands still.
    fn tries(&self, instruction: Instruction, signers: &[&Actor]) {
        let is_frozen = is_frozen(&self.market);
        assert_eq!(self.market.tries(&[instruction], signers).is_err(), is_frozen);
    }

    fn syncs(&self, juror: &Juror) {
        self.tries(sync_ix(&self.market, juror), &[]);
    }
}

type Event = (&'static str, fn(&Court));

/// What may happen to a court meanwhile, and what it is called.
const EVENTS: &[Event] = &[
    ("another draw is armed", |court| arm(&court.market, &court.second)),
    ("another jury is armed, captured and drawn", |court| {
        arm(&court.market, &court.second);
        capture(&court.market, &court.second);
        court.market.scenario.draw_jury(&court.second).expect("the jury is drawn");
    }),
    ("the jury of an earlier draw is drawn", |court| {
        court.market.scenario.draw_jury(&court.third).expect("the jury is drawn");
    }),
    ("somebody locks more than all others", |court| {
        let (market, ann) = (&court.market, &court.ann);
        market.send(&[join_ix(market, ann, 100 * LOCK)], &[ann]);
        let at = JurorAddresses::derive(market.scenario.network, ann.address());
        court.tries(enter_ix(market, &at, 8, None), &[]);
    }),
    ("every juror adds to its lock", |court| {
        for juror in &court.jurors {
            court.market.send(&[join_ix(&court.market, &juror.actor, LOCK)], &[&juror.actor]);
            court.syncs(juror);
        }
    }),
    ("somebody lets ripen what others have added", |court| court.syncs(&court.jurors[0])),
    ("a juror leaves", |court| {
        let juror = &court.jurors[2];
        court.tries(leave_ix(&court.market, juror), &[&juror.actor]);
    }),
    ("jurors are fined", |court| {
        court.market.settle_ballots(&court.fourth);
        court.jurors.iter().for_each(|juror| court.syncs(juror));
    }),
    ("an outage is recorded", |court| {
        court.market.halt(5 * HOUR);
        court.market.send(&[ix::record_outage(&court.market.scenario.network.network)], &[]);
    }),
    ("governance changes what it may", |court| {
        court.market.edit_network(|network| {
            let rules = &mut network.params.disputes;
            (rules.juror_lock, rules.juror_fee, rules.draw_secs) = (3 * BALLOT_LOCK, 5 * TOKEN, 600);
            rules.randomness = court.ann.address();
        });
    }),
];

#[test]
fn nothing_that_happens_after_the_arming_alters_who_is_drawn_and_sits() {
    let undisturbed = Court::new().drawn(Point::Never, |_| ());
    assert_eq!((undisturbed.0.len(), undisturbed.1.len()), (3 + 16, 3));
    for (name, act) in EVENTS {
        for (when, point) in [("armed", Point::Armed), ("captured", Point::Captured), ("drawn", Point::Seated)] {
            assert_eq!(Court::new().drawn(point, *act), undisturbed, "{name}, {when}");
        }
    }
}
