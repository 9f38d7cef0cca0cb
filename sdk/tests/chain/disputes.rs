//! What do disputes need, cost and bring, and what becomes of tickets that left meanwhile?

use {
    crate::world::*,
    std::ops::Deref,
    work_token_localnet::{Actor, answer_ix, commit_vote_ix},
    work_token_sdk::{
        DisputeAddresses, JurorAddresses, PositionAddresses, WorkTokenError as E,
        client::{Client, DisputeState},
        commit::SealedOpening,
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

impl Deref for Court {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
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
        self.next_conduct(&self.provider, self.epoch() - 1)
    }

    fn quote(&self, at: &DisputeAddresses, severity: u8) -> DisputeQuote {
        let (network, provider) = (self.network_state(), self.provider_state());
        let now_ts = self.now();
        let accused = view::accused_of_epoch(&network, &provider, at.epoch, now_ts).expect("it is remembered");
        let ask = DisputeAsk {
            challenger: self.bob.address(),
            subject: at.provider,
            seat: None,
            fault: None,
            severity,
            without_claim: false,
        };
        view::quote_dispute(&network, &provider, &accused, &ask, now_ts).expect("it can be opened")
    }

    /// Bob opens a dispute with the deposit that is suggested.
    fn open(&self, severity: u8) -> DisputeAddresses {
        let at = self.next();
        let deposit = self.quote(&at, severity).bond.suggested;
        let opened = self.scenario.send(&self.dispute_ixs(&at, None, &self.bob, severity, deposit), &[&self.bob]);
        opened.unwrap_or_else(|error| panic!("{error}"));
        at
    }

    fn state(&self, at: &DisputeAddresses) -> DisputeState {
        Client::new(&self.chain).dispute_state(&at.dispute).expect("the dispute exists")
    }

    fn view(&self, at: &DisputeAddresses) -> DisputeView {
        view::dispute_view(&self.state(at).at())
    }

    fn advance(&self, at: &DisputeAddresses) {
        assert!(self.view(at).allows(DisputeWho::Anybody, DisputeStep::Advance));
        self.world.send(ix::advance_dispute(at), &self.bob);
        assert!(!self.view(at).needs_advance);
    }

    /// Executes every installment when it is due, and notes the end.
    fn execute_all(&self, at: &DisputeAddresses) {
        while let Some(next_ts) = self.view(at).slash.and_then(|slash| slash.next_ts) {
            self.wait_until(next_ts);
            let takes = self.view(at).slash.expect("a slash").takes;
            let before = self.provider_state();
            self.world.send(self.execute_ix(at), &self.bob);
            let after = self.provider_state();
            let taken = [before.own.tokens - after.own.tokens, before.delegated.tokens - after.delegated.tokens];
            assert_eq!(taken, takes);
        }
        self.advance(at);
    }

    /// Bob's credits, as far as the view allows him to claim them.
    fn claim(&self, at: &DisputeAddresses) -> u64 {
        let claim = ix::claim_dispute_credit(at, self.bob.address(), Creditor::Challenger(0), self.bob.tokens);
        self.world.paid(claim, &self.bob)
    }
}

#[test]
fn the_bond_that_is_quoted_opens_the_dispute_and_the_surplus_returns() {
    let court = Court::new();
    let (at, scenario, bob) = (court.next(), &court.world.scenario, &court.bob);
    let quote = court.quote(&at, 3);
    let BondQuote { required, largest, suggested } = quote.bond;
    let before = court.balance(bob);
    for (deposit, refusal) in [(required - 1, E::BondBelowRequired), (largest + 1, E::BondAboveRequired)] {
        let salt = [deposit.to_le_bytes()[0]; 32];
        let input = ix::OpenDispute { salt, ..court.open_input(None, bob, 3) };
        let sealed = SealedOpening::open(&at, bob.address(), 3, salt);
        scenario.commit_opening(bob, &sealed, deposit).expect("any deposit can be committed");
        assert_eq!(court.refusal(ix::open_dispute(&at, &input), bob), refusal);
        let held = court.balance(bob);
        let opening = Client::new(&scenario.chain).openings_of(&bob.address()).expect("the chain answers").remove(0);
        let shown = view::opening_view(&scenario.network_state(), &opening.1, scenario.now());
        let lapse = ix::lapse_opening(&court.world.provider.network, opening.0, bob.address(), bob.tokens);
        assert_eq!(court.refusal(lapse.clone(), bob), E::OpeningPending);
        court.wait_until(shown.until_ts);
        assert_eq!(court.paid(lapse, bob), shown.lapse_returns);
        assert_eq!(court.balance(bob) - held, deposit - BondQuote::lapse_burns(deposit));
    }
    let (at, before) = (court.next(), before - (before - court.balance(bob)));
    let quote = court.quote(&at, 3);
    assert_eq!(quote.bond.required, required);
    scenario.send(&court.dispute_ixs(&at, None, bob, 3, suggested), &[bob]).expect("it is opened");
    assert_eq!(court.balance(bob), before - required);
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
    let before = court.provider_state();
    let client = Client::new(&court.chain);
    let mint = court.world.provider.network.mint;
    let supply = || client.supply(&mint).expect("the mint exists");
    let insured = || {
        let vault = court.world.provider.network.vault(VaultKind::Insurance);
        client.token_balance(&vault).expect("the vault exists")
    };
    court.wait_until(view.until_ts.expect("it is open"));
    court.advance(&at);
    court.execute_all(&at);
    let after = court.provider_state();
    let taken = (before.own.tokens - after.own.tokens, before.delegated.tokens - after.delegated.tokens);
    assert_eq!(taken, (cost.own_taken, cost.delegated_taken));
    assert_eq!(after.slash_debt - before.slash_debt, cost.debt);
    assert_eq!(Some(after.disputes.jailed_until_epoch), cost.jailed_until_epoch);
    let (supply_before, insured_before) = (supply(), insured());
    court.send(ix::distribute_slash(&at), &court.bob);
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
    court.send(ix::withdraw_dispute(&at, court.bob.address(), 0), &court.bob);
    assert_eq!(court.claim(&at), bond - loses);
}

#[test]
fn a_claim_is_raised_with_the_bond_that_is_shown() {
    let court = Court::new();
    let at = court.open(2);
    let carol = court.actor("carol", 100_000 * TOKEN);
    let raise = court.view(&at).raises[1];
    let (quote, outcomes) =
        view::quote_raise(&court.state(&at).at(), carol.address(), raise.severity).expect("it can be raised");
    assert_eq!(quote, raise);
    let raising = court.raise_ixs(&at, &carol, raise.severity, raise.bond.largest);
    court.scenario.send(&raising, &[&carol]).expect("it is raised");
    assert_eq!(court.balance(&carol), 100_000 * TOKEN - raise.bond.required);
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
    court.wait_until(leaving.matures_at_ts - 5 * 86_400);
    let at = court.open(3);
    // Nobody answers and no juror comes; the arbiter rules in the last second of its time.
    while court.view(&at).phase != Phase::Arbiter {
        court.wait_until(court.view(&at).until_ts.expect("it is open"));
    }
    let view = court.view(&at);
    assert_eq!(view.rulings, [0, 1, 2, 3]);
    let admin = &world.admin;
    world.send(ix::rule_dispute(&at, admin.address(), 3), admin);
    court.advance(&at);
    court.wait_until(leaving.matures_at_ts);
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
                let actor = self.world.scenario.actor(&format!("juror {number}"), 1_000 * TOKEN);
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
        let juror_of = |ballot: &Ballot| jurors.iter().find(|juror| juror.at.juror == ballot.juror).expect("a juror");
        for ((place, ballot), vote) in ballots.iter().zip(votes) {
            assert!(matches!(self.seat(at, ballot).duty, BallotDuty::Commit { .. }));
            let juror = &juror_of(ballot).actor;
            world.send(commit_vote_ix(place, juror.address(), vote, &SALT), juror);
        }
        for ((place, ballot), vote) in ballots.iter().zip(votes) {
            world.send(ix::reveal_vote(place, vote, SALT), &juror_of(ballot).actor);
        }
    }

    /// Every ballot pays or costs its juror what was shown: a fee to who was of the verdict, of 3.
    fn settle(&self, at: &DisputeAddresses) {
        let (world, scenario) = (&self.world, &self.world.scenario);
        for (place, ballot) in scenario.ballots(at) {
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
    scenario.advance(10);
    let at = court.open(3);
    let answer = court.view(&at).answer.expect("it can be answered");
    let owner = &world.owner;
    world.send(answer_ix(&at, owner.purse(), answer.missing + 50 * TOKEN), owner);

    let tree = scenario.juror_tree();
    let call = || ix::call_jury(&at, scenario.network_state().juror_tree, None);
    world.send(call(), owner);
    let armed = court.state(&at).dispute;
    let juror = &jurors[0];
    let leave = ix::leave_jury(&juror.at, scenario.network_state().juror_tree, juror.actor.tokens);
    let shown = |juror: &Juror| {
        let state: state::Juror = scenario.read(&juror.at.juror);
        view::juror_view(&scenario.network_state(), &state, scenario.slot(), scenario.now())
    };
    assert!(shown(juror).tree_frozen_until_slot.is_some());
    assert_eq!(world.refusal(leave, &juror.actor), shown(juror).leave_refusal.expect("its term is not over"));
    scenario.advance_slots(20);
    world.send(call(), owner);
    let captured = court.state(&at).dispute;
    let predicted = predict_jury(&at.dispute, &armed, &tree, captured.draw.seed);
    assert_eq!((predicted.leaves, predicted.draw.given), (captured.leaves, captured.draw.given));

    scenario.draw_jury(&at).expect("the jury is seated");
    let ballots = scenario.ballots(&at);
    assert_eq!((ballots.len(), court.view(&at).phase), (3, Phase::Commit));
    court.vote(&at, &jurors, [3, 3, 0]);
    let judged = court.view(&at);
    assert_eq!((judged.phase, judged.verdict, judged.is_cautious), (Phase::Appeal, Some(3), true));
    court.wait_until(judged.appeal.expect("it can be appealed").appellants_until_ts);
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
