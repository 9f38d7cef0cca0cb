//! What do disputes need, cost and bring, and what becomes of tickets that left meanwhile?

use {
    crate::world::*,
    work_token_localnet::Actor,
    work_token_sdk::{
        BallotAddresses, DisputeAddresses, JurorAddresses, PositionAddresses, WorkTokenError as E,
        client::{Client, DisputeState},
        commit::{SealedOpening, vote_commitment},
        draw::predict_jury,
        ix::{self, Creditor},
        math::dispute::{Outcome, Phase},
        state::{self, Ballot, VaultKind},
        view::{
            self, BallotDuty, BondQuote, DisputeAsk, DisputeQuote, DisputeStep, DisputeView, DisputeWho, OpenDispute,
        },
    },
};

const SALT: [u8; 32] = [3; 32];

/// Alice has 10,000 tokens behind the provider and Bob disputes its conduct in the epoch before this one.
struct Court {
    world: World,
    alice: PositionAddresses,
}

impl Court {
    fn new() -> Self {
        let world = World::new();
        world.scenario.adopt_juror_tree().expect("the tree is adopted");
        let alice = world.delegate(&world.alice, 10_000);
        world.pass_epochs(2);
        Self { world, alice }
    }

    fn next(&self) -> DisputeAddresses {
        let (world, state) = (&self.world, self.world.provider_state());
        let epoch = world.scenario.epoch() - 1;
        DisputeAddresses::next_of_conduct(&world.provider, &state, epoch, world.scenario.chain.now())
    }

    fn quote(&self, at: &DisputeAddresses, severity: u8) -> DisputeQuote {
        let (network, provider) = (self.world.scenario.network_state(), self.world.provider_state());
        let now_ts = self.world.scenario.chain.now();
        let accused = view::accused_of_epoch(&network, &provider, at.epoch, now_ts).expect("it is remembered");
        let ask = DisputeAsk {
            challenger: self.world.bob.address(),
            subject: at.provider,
            seat: None,
            fault: None,
            severity,
            without_claim: false,
        };
        view::quote_dispute(&network, &provider, &accused, &ask, now_ts).expect("it can be opened")
    }

    fn input(&self, severity: u8) -> ix::OpenDispute {
        ix::OpenDispute {
            challenger: self.world.bob.address(),
            job: None,
            refund_to: self.world.bob.tokens,
            severity,
            without_claim: false,
            evidence: [1; 32],
            salt: SALT,
        }
    }

    /// Bob opens a dispute with the deposit that is suggested.
    fn open(&self, severity: u8) -> DisputeAddresses {
        let at = self.next();
        let deposit = self.quote(&at, severity).bond.suggested;
        let opened = self.world.scenario.open_dispute(&self.world.bob, &at, &self.input(severity), deposit);
        opened.unwrap_or_else(|error| panic!("{error}"));
        at
    }

    fn state(&self, at: &DisputeAddresses) -> DisputeState {
        Client::new(&self.world.scenario.chain).dispute_state(&at.dispute).expect("the dispute exists")
    }

    fn view(&self, at: &DisputeAddresses) -> DisputeView {
        view::dispute_view(&self.state(at).at())
    }

    fn until(&self, ts: i64) {
        self.world.scenario.chain.set_now(ts);
    }

    fn advance(&self, at: &DisputeAddresses) {
        assert!(self.view(at).allows(DisputeWho::Anybody, DisputeStep::Advance));
        self.world.send(ix::advance_dispute(at), &self.world.bob);
        assert!(!self.view(at).needs_advance);
    }

    /// Executes every installment when it is due, and notes the end.
    fn execute_all(&self, at: &DisputeAddresses) {
        while let Some(next_ts) = self.view(at).slash.and_then(|slash| slash.next_ts) {
            self.until(next_ts);
            let takes = self.view(at).slash.expect("a slash").takes;
            let before = self.world.provider_state();
            self.world.send(ix::execute_installment(at, self.world.provider.stake_vault), &self.world.bob);
            let after = self.world.provider_state();
            let taken = [before.own.tokens - after.own.tokens, before.delegated.tokens - after.delegated.tokens];
            assert_eq!(taken, takes);
        }
        self.advance(at);
    }

    /// Bob's credits, as far as the view allows him to claim them.
    fn claim(&self, at: &DisputeAddresses) -> u64 {
        let claim =
            ix::claim_dispute_credit(at, self.world.bob.address(), Creditor::Challenger(0), self.world.bob.tokens);
        self.world.paid(claim, &self.world.bob)
    }
}

#[test]
fn the_bond_that_is_quoted_opens_the_dispute_and_the_surplus_returns() {
    let court = Court::new();
    let (at, scenario, bob) = (court.next(), &court.world.scenario, &court.world.bob);
    let quote = court.quote(&at, 3);
    let BondQuote { required, largest, suggested } = quote.bond;
    let before = court.world.balance(bob);
    for (deposit, refusal) in [(required - 1, E::BondBelowRequired), (largest + 1, E::BondAboveRequired)] {
        let salt = [deposit.to_le_bytes()[0]; 32];
        let input = ix::OpenDispute { salt, ..court.input(3) };
        let sealed = SealedOpening::open(&at, bob.address(), 3, salt);
        scenario.commit_opening(bob, &sealed, deposit).expect("any deposit can be committed");
        assert_eq!(court.world.refusal(ix::open_dispute(&at, &input), bob), refusal);
        let held = court.world.balance(bob);
        let opening = Client::new(&scenario.chain).openings_of(&bob.address()).expect("the chain answers").remove(0);
        let shown = view::opening_view(&scenario.network_state(), &opening.1, scenario.chain.now());
        let lapse = ix::lapse_opening(&court.world.provider.network, opening.0, bob.address(), bob.tokens);
        assert_eq!(court.world.refusal(lapse.clone(), bob), E::OpeningPending);
        court.until(shown.until_ts);
        assert_eq!(court.world.paid(lapse, bob), shown.lapse_returns);
        assert_eq!(court.world.balance(bob) - held, deposit - BondQuote::lapse_burns(deposit));
    }
    let (at, before) = (court.next(), before - (before - court.world.balance(bob)));
    let quote = court.quote(&at, 3);
    assert_eq!(quote.bond.required, required);
    court.world.scenario.open_dispute(bob, &at, &court.input(3), suggested).expect("it is opened");
    assert_eq!(court.world.balance(bob), before - required);
    let view = court.view(&at);
    assert_eq!((view.parties[0].bond, view.answer, &view.outcomes), (required, Some(quote.answer), &quote.outcomes));
    let booked = court.state(&at).dispute;
    assert_eq!(
        (booked.stake.own_claimed, booked.stake.delegated_claimed),
        (quote.own_claimed, quote.delegated_claimed)
    );
}

#[test]
fn an_outcome_costs_and_pays_what_was_shown_to_the_unit() {
    let court = Court::new();
    let at = court.open(2);
    let view = court.view(&at);
    let cost = view.cost_of(Outcome::Silent, 2).expect("nobody may answer").clone();
    let before = court.world.provider_state();
    let client = Client::new(&court.world.scenario.chain);
    let mint = court.world.provider.network.mint;
    let supply = || client.supply(&mint).expect("the mint exists");
    let insured = || {
        let vault = court.world.provider.network.vault(VaultKind::Insurance);
        client.token_balance(&vault).expect("the vault exists")
    };
    court.until(view.until_ts.expect("it is open"));
    court.advance(&at);
    court.execute_all(&at);
    let after = court.world.provider_state();
    let taken = (before.own.tokens - after.own.tokens, before.delegated.tokens - after.delegated.tokens);
    assert_eq!(taken, (cost.own_taken, cost.delegated_taken));
    assert_eq!(after.slash_debt - before.slash_debt, cost.debt);
    assert_eq!(Some(after.disputes.jailed_until_epoch), cost.jailed_until_epoch);
    let (supply_before, insured_before) = (supply(), insured());
    court.world.send(ix::distribute_slash(&at), &court.world.bob);
    assert_eq!(supply_before - supply(), cost.burned - cost.confiscated);
    assert_eq!(insured() - insured_before, cost.insurance);
    let [challenger] = cost.challengers[..] else { panic!("one challenger") };
    assert_eq!(court.claim(&at), challenger.paid + challenger.reward);
}

#[test]
fn who_withdraws_loses_what_was_shown_and_is_paid_at_once() {
    let court = Court::new();
    let at = court.open(4);
    let withdraw = court.view(&at).allowed.into_iter().find_map(|allowed| match (allowed.who, allowed.what) {
        (DisputeWho::Party(0), DisputeStep::Withdraw { loses }) => Some(loses),
        _ => None,
    });
    let (loses, bond) = (withdraw.expect("it may"), court.view(&at).parties[0].bond);
    court.world.send(ix::withdraw_dispute(&at, court.world.bob.address(), 0), &court.world.bob);
    assert_eq!(court.claim(&at), bond - loses);
}

#[test]
fn a_claim_is_raised_with_the_bond_that_is_shown() {
    let court = Court::new();
    let at = court.open(2);
    let carol = court.world.scenario.actor("carol", 100_000 * TOKEN);
    let raise = court.view(&at).raises[1];
    let input =
        ix::RaiseClaim { challenger: carol.address(), refund_to: carol.tokens, severity: raise.severity, salt: SALT };
    let (quote, outcomes) =
        view::quote_raise(&court.state(&at).at(), carol.address(), raise.severity).expect("it can be raised");
    assert_eq!(quote, raise);
    court.world.scenario.raise_claim(&carol, &at, input, raise.bond.largest).expect("it is raised");
    assert_eq!(court.world.balance(&carol), 100_000 * TOKEN - raise.bond.required);
    let raised = court.view(&at);
    assert_eq!((raised.claimed, raised.parties[1].below), (raise.severity, 2));
    assert_eq!(raised.answer.map(|answer| answer.required), Some(raise.answer_required));
    assert_eq!(raised.outcomes, outcomes);
}

#[test]
fn a_ticket_that_left_during_a_dispute_is_settled_as_shown() {
    let court = Court::new();
    let (world, alice) = (&court.world, &court.alice);
    let leaving = view::leave(&world.state(alice).at(), None, &[], &Default::default());
    world.send(ix::request_unbonding(alice, leaving.ticket_number, leaving.shares), &world.alice);
    court.until(leaving.matures_at_ts - 5 * 86_400);
    let at = court.open(3);
    // Nobody answers and no juror comes; the arbiter rules in the last second of its time.
    while court.view(&at).phase != Phase::Arbiter {
        court.until(court.view(&at).until_ts.expect("it is open"));
    }
    let view = court.view(&at);
    assert_eq!(view.rulings, [0, 1, 2, 3]);
    let admin = &world.scenario.admin;
    world.send(ix::rule_dispute(&at, admin.address(), 3), admin);
    court.advance(&at);
    court.until(leaving.matures_at_ts);
    let state = world.state(alice);
    let risk = |state: &work_token_sdk::client::PositionState| {
        let open = court.state(&at);
        let open = OpenDispute { dispute: &open.dispute, fault: &open.fault };
        let claims = Client::new(&world.scenario.chain).claims_of_tickets(state).expect("they are read");
        view::position_risk(&state.at(), &[open], &claims)
    };
    let shown = risk(&state);
    let paid = world.paid(ix::withdraw_unbonded(alice, leaving.ticket_number, world.alice.tokens), &world.alice);
    assert_eq!((paid, shown.held), (shown.would_pay, 0));
    let held = risk(&world.state(alice));
    assert_eq!(held.held, shown.would_hold);
    let expected = held.disputes[0].losses[0].loss;
    assert_eq!((held.all_upheld.loss, held.settlements[0].waits_for.len()), (expected, 1));

    court.execute_all(&at);
    let state = world.state(alice);
    let claims = Client::new(&world.scenario.chain).claims_of_tickets(&state).expect("they are read");
    let [settlement] = &view::settlements(&state.at(), &claims)[..] else { panic!("one ticket") };
    assert_eq!((settlement.burned, settlement.held, &settlement.waits_for[..]), (expected, 0, &[][..]));
    assert!(expected > 0 && settlement.paid == shown.would_hold - expected);
    let settle = ix::settle_ticket(alice, settlement.number, &settlement.claims, world.alice.tokens);
    assert_eq!(world.paid(settle, &world.alice), settlement.paid);
}

/// A juror with its key.
struct Juror {
    actor: Actor,
    at: JurorAddresses,
}

impl Court {
    fn jurors(&self) -> Vec<Juror> {
        (0..6)
            .map(|number| {
                let actor = self.world.scenario.actor(&format!("judge {number}"), 1_000 * TOKEN);
                let at = self.world.scenario.join_jury(&actor, 50 * TOKEN).expect("it becomes a juror");
                Juror { actor, at }
            })
            .collect()
    }

    fn seat(&self, at: &DisputeAddresses, ballot: &Ballot) -> view::BallotView {
        let (state, juror): (DisputeState, state::Juror) = (self.state(at), self.world.scenario.read(&ballot.juror));
        view::ballot_view(&state.network, &state.dispute, ballot, &juror, state.now_ts)
    }

    /// Everybody in the present jury commits to a vote and reveals it.
    fn vote(&self, at: &DisputeAddresses, jurors: &[Juror], votes: [u8; 3]) {
        let (world, ballots) = (&self.world, self.world.scenario.ballots(at));
        let judge_of = |ballot: &Ballot| jurors.iter().find(|juror| juror.at.juror == ballot.juror).expect("a judge");
        for ((key, ballot), vote) in ballots.iter().zip(votes) {
            assert!(matches!(self.seat(at, ballot).duty, BallotDuty::Commit { .. }));
            let (place, juror) = (BallotAddresses::recorded(*at, *key, ballot), &judge_of(ballot).actor);
            let commitment = vote_commitment(&place, &juror.address(), vote, &SALT);
            world.send(ix::commit_vote(&place, juror.address(), commitment), juror);
        }
        for ((key, ballot), vote) in ballots.iter().zip(votes) {
            let place = BallotAddresses::recorded(*at, *key, ballot);
            world.send(ix::reveal_vote(&place, vote, SALT), &judge_of(ballot).actor);
        }
    }

    /// Every ballot pays or costs its juror what was shown: a fee to who was of the verdict, of 3.
    fn settle(&self, at: &DisputeAddresses) {
        let (world, scenario) = (&self.world, &self.world.scenario);
        for (key, ballot) in scenario.ballots(at) {
            let place = BallotAddresses::recorded(*at, key, &ballot);
            let before: state::Juror = scenario.read(&ballot.juror);
            let shown = self.seat(at, &ballot);
            let settles = shown.settles.expect("it is decided").expect("every vote is revealed");
            assert_eq!(settles, if ballot.vote == 3 { [shown.fee, 0] } else { [0, 0] });
            world.send(ix::settle_ballot(&place, ballot.juror, ballot.payer), &world.owner);
            let after: state::Juror = scenario.read(&ballot.juror);
            assert_eq!([after.credit - before.credit, before.lock - after.lock], settles);
        }
    }
}

#[test]
fn a_jury_is_predicted_seated_judges_and_is_paid_as_shown() {
    let court = Court::new();
    let (world, scenario) = (&court.world, &court.world.scenario);
    let jurors = court.jurors();
    scenario.chain.advance(10);
    let at = court.open(3);
    let answer = court.view(&at).answer.expect("it can be answered");
    let owner = &world.owner;
    let input = ix::AnswerDispute {
        answerer: owner.address(),
        from: owner.tokens,
        bond: answer.missing + 50 * TOKEN,
        refund_to: None,
    };
    world.send(ix::answer_dispute(&at, input), owner);

    let tree = scenario.juror_tree();
    let call = || ix::call_jury(&at, scenario.network_state().juror_tree, None);
    world.send(call(), owner);
    let armed = court.state(&at).dispute;
    let juror = &jurors[0];
    let leave = ix::leave_jury(&juror.at, scenario.network_state().juror_tree, juror.actor.tokens);
    let shown = |juror: &Juror| {
        let state: state::Juror = scenario.read(&juror.at.juror);
        view::juror_view(&scenario.network_state(), &state, scenario.chain.slot(), scenario.chain.now())
    };
    assert!(shown(juror).tree_frozen_until_slot.is_some());
    assert_eq!(world.refusal(leave, &juror.actor), shown(juror).leave_refusal.expect("its term is not over"));
    scenario.chain.advance_slots(20);
    world.send(call(), owner);
    let captured = court.state(&at).dispute;
    let predicted = predict_jury(&at.dispute, &armed, &tree, captured.draw.seed);
    assert_eq!((predicted.leaves, predicted.draw.given), (captured.leaves, captured.draw.given));

    scenario.seat_jury(&at).expect("the jury is seated");
    let ballots = scenario.ballots(&at);
    assert_eq!((ballots.len(), court.view(&at).phase), (3, Phase::Commit));
    court.vote(&at, &jurors, [3, 3, 0]);
    let judged = court.view(&at);
    assert_eq!((judged.phase, judged.verdict, judged.is_cautious), (Phase::Appeal, Some(3), true));
    court.until(judged.appeal.expect("it can be appealed").appellants_until_ts);
    // The tree is young: what the jury found needs the arbiter's word.
    assert_eq!(court.view(&at).rulings, [3]);
    let cost = court.view(&at).cost_of(Outcome::Upheld, 3).expect("the arbiter may confirm it").clone();
    world.send(ix::rule_dispute(&at, scenario.admin.address(), 3), &scenario.admin);
    court.advance(&at);
    court.settle(&at);
    court.execute_all(&at);
    let [challenger] = cost.challengers[..] else { panic!("one challenger") };
    assert_eq!(court.claim(&at), challenger.paid + challenger.reward);
    let back = world.paid(
        ix::claim_counter_bond(&world.provider.network, world.provider.provider, owner.address(), owner.tokens),
        owner,
    );
    assert_eq!(back, answer.missing + 50 * TOKEN - cost.counter_bond_lost);
}
