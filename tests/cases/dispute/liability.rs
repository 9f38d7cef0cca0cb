//! Nobody escapes a slash by what it does before or during the dispute, and nobody pays for those who left.

use {
    crate::{
        dispute::slashing::{convicted, found, rich, silent},
        *,
    },
    work_token_sdk::{DisputeAddresses, state::Unbonding},
    work_token_tests::Juror,
};

pub const DELEGATED: u64 = 10_000 * TOKEN;

/// The claims that a ticket lists, each with the part that is held for it.
pub fn listed(ticket: &Unbonding) -> Vec<(u32, u64)> {
    let listed = ticket.claims.iter().filter(|claim| claim.number != 0);
    listed.map(|claim| (claim.number, claim.part)).collect()
}

/// A provider with 10,000 delegated tokens: dora's 3,000 and fred's 3,000, whose tickets mature in epoch 13,
/// and eric's 4,000 who stays. It is epoch 12.
pub struct Backed {
    pub market: Market,
    pub jurors: Vec<Juror>,
    pub dora: Holder,
    pub fred: Holder,
    pub eric: Holder,
    pub parties: [Actor; 2],
}

impl Backed {
    pub fn new() -> Self {
        let (market, jurors) = Market::judged(1, 12);
        let owner = &market.owners[0];
        let [dora, fred, eric] = [("dora", 3_000), ("fred", 3_000), ("eric", 4_000)]
            .map(|(name, amount)| market.holder(name, owner, amount * TOKEN));
        market.request_all(&dora);
        market.request_all(&fred);
        market.go_to_epoch(12);
        let parties = [rich(&market, "challenger"), rich(&market, "friend")];
        Self { market, jurors, dora, fred, eric, parties }
    }

    pub fn owner(&self) -> &Owner {
        &self.market.owners[0]
    }

    pub fn found(&self) -> DisputeAddresses {
        found(&self.market, &self.jurors, self.owner(), 12, [&self.parties[0], &self.parties[1]], 3)
    }

    /// What eric's shares are worth.
    pub fn stays(&self) -> u64 {
        self.market.provider(self.owner()).delegated.value(self.market.position(&self.eric).total_shares()).0
    }
}

// position-settle-2
#[test]
fn who_unbonds_before_or_during_a_dispute_loses_the_same_part_as_who_stays() {
    let backed = Backed::new();
    let (market, owner) = (&backed.market, backed.owner());
    let at = backed.found();
    market.pass(DAY);
    // Dora leaves before the verdict. What is claimed of her shares stays behind: 5 % of her 3,000.
    assert_eq!(market.withdraw(&backed.dora, 1), 2_850 * TOKEN);
    assert_eq!(listed(&market.ticket(&backed.dora, 1)), [(1, 150 * TOKEN)]);
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    assert_eq!(
        (decided.stake.delegated_base, decided.stake.delegated_claimed),
        (DELEGATED, DELEGATED / 20),
        "unbonding stake is in the base"
    );
    let slash = decided.slash.delegated;
    market.refuses(market.settle_ticket_ix(&backed.dora, 1), &[], E::ClaimOpen);
    // Fred leaves between two installments.
    market.wait_until(decided.slash.from_work_ts + DAY);
    market.execute(&at);
    let paid = market.withdraw(&backed.fred, 1);
    assert_invariants(market);
    market.execute_all(&at);
    assert_invariants(market);
    assert_eq!(market.provider(owner).open_claims(), 0);

    let rents = market.lamports(&backed.dora.actor.address());
    let dora_lost = 150 * TOKEN - market.settle_ticket(&backed.dora, 1);
    assert!(market.lamports(&backed.dora.actor.address()) > rents, "the ticket's rent is hers");
    let fred_lost = 3_000 * TOKEN - paid - market.settle_ticket(&backed.fred, 1);
    let eric_lost = 4_000 * TOKEN - backed.stays();
    assert!(dora_lost - (slash * 3).div_ceil(10) <= 1, "{dora_lost} of {slash}");
    assert!(fred_lost.abs_diff(dora_lost) <= 2, "{fred_lost} and {dora_lost}");
    assert!(eric_lost.abs_diff(slash * 4 / 10) <= 2, "{eric_lost} of {slash}");
    assert!(dora_lost + fred_lost + eric_lost >= slash);
    assert_invariants(market);
}

// position-settle-1
#[test]
fn a_ticket_that_was_not_withdrawn_holds_nothing_to_settle() {
    let backed = Backed::new();
    let at = backed.found();
    let market = &backed.market;
    market.refuses(market.settle_ticket_ix(&backed.dora, 1), &[], E::NothingToSettle);
    market.let_phase_pass(&at);
    assert_invariants(market);
}

// position-settle-1
#[test]
fn a_ticket_is_settled_with_claims_that_it_lists_and_to_its_holder() {
    let backed = Backed::new();
    let (market, at) = (&backed.market, backed.found());
    market.pass(DAY);
    market.withdraw(&backed.dora, 1);
    market.let_phase_pass(&at);
    market.execute_all(&at);
    let settle = || market.settle_ticket_ix(&backed.dora, 1);
    let (mut none, mut twice, mut another, mut to_thief) = (settle(), settle(), settle(), settle());
    none.accounts.pop();
    twice.accounts.push(twice.accounts.last().unwrap().clone());
    for wrong in [none, twice] {
        market.refuses(wrong, &[], E::WrongTicketList);
    }
    another.accounts.last_mut().unwrap().pubkey = at.fault;
    market.refuses(another, &[], E::WrongAccountType);
    // A claim that began after it left is not on its list.
    let later = market.dispute_conduct(backed.owner(), market.epoch(), &backed.parties[0], 1);
    let of_later =
        ix::settle_ticket(&backed.dora.at, 1, &[market.claim_state(&later).number], backed.dora.actor.tokens);
    market.refuses(of_later, &[], E::WrongTicketList);
    to_thief.accounts[6].pubkey = backed.parties[0].tokens;
    market.refuses(to_thief, &[], E::NotTheTokenOwner);
    market.settle_ticket(&backed.dora, 1);
    market.refuses(ix::settle_ticket(&backed.dora.at, 1, &[1], backed.dora.actor.tokens), &[], E::WrongAccountOwner);
    assert_invariants(market);
}

// position-settle-1
#[test]
fn a_ticket_pays_claim_by_claim_what_each_took_and_a_false_one_nothing() {
    let backed = Backed::new();
    let (market, owner, [challenger, _]) = (&backed.market, backed.owner(), &backed.parties);
    market.touch(owner);
    let [light, false_one, heavy] = [1, 5, 2].map(|severity| market.dispute_conduct(owner, 12, challenger, severity));
    market.pass(DAY + 1);
    assert_eq!(market.withdraw(&backed.dora, 1), 0, "the false one claims everything");
    let parts = [3, 3_000, 30].map(|part| part * TOKEN);
    assert_eq!(listed(&market.ticket(&backed.dora, 1)), [(1, parts[0]), (2, parts[1]), (3, parts[2])]);
    // It is settled as soon as it has ended, whatever becomes of the others.
    market.withdraw_claim(&false_one, challenger, 0);
    market.advance(&false_one);
    let settle = |number: u32| {
        let before = market.balance(&backed.dora.actor);
        let settle = ix::settle_ticket(&backed.dora.at, 1, &[number], backed.dora.actor.tokens);
        market.send(&[settle], &[]);
        market.balance(&backed.dora.actor) - before
    };
    let early = settle(2);
    assert_eq!(early, 3_000 * TOKEN - parts[0] - parts[2], "what the claims that are left cannot take");
    assert_eq!(market.ticket(&backed.dora, 1).held, parts[0] + parts[2]);
    assert_invariants(market);
    market.let_phase_pass(&light);
    market.let_phase_pass(&heavy);
    market.execute_all(&light);
    market.refuses(market.settle_ticket_ix(&backed.dora, 1), &[], E::ClaimOpen);
    market.execute_all(&heavy);
    let slashed = [light, heavy].map(|at| market.dispute_state(&at).slash.delegated_executed);
    assert!(slashed.iter().all(|amount| *amount > 0));
    let lost = 3_000 * TOKEN - early - market.settle_ticket(&backed.dora, 1);
    let part = slashed.iter().sum::<u64>() * 3 / 10;
    assert!(lost >= part && lost <= part + 2, "{lost} of {part}");
    assert!((4_000 * TOKEN - backed.stays()).abs_diff(part * 4 / 3) <= 4);
    assert!(!market.exists(&backed.dora.at.ticket(1).0), "it closes with its last claim");
    assert_invariants(market);
}

// position-settle-2, dispute-slash-2
#[test]
fn an_owner_that_leaves_during_a_dispute_shifts_nothing_to_its_delegators() {
    let slashes = [false, true].map(|leaves| {
        let (market, jurors) = Market::judged(1, 12);
        let owner = &market.owners[0];
        market.holder("dora", owner, DELEGATED);
        let ticket = market.request_all(owner);
        let matures_ts = market.ticket(owner, ticket).matures_at_ts;
        market.wait_until(matures_ts - HOUR);
        let parties = [rich(&market, "challenger"), rich(&market, "friend")];
        let at = found(&market, &jurors, owner, market.epoch(), [&parties[0], &parties[1]], 3);
        market.wait_until(matures_ts);
        if leaves {
            assert!(market.withdraw(owner, ticket) > 0);
        }
        market.let_phase_pass(&at);
        let decided = market.dispute_state(&at);
        let debt = market.provider(owner).slash_debt;
        market.execute_all(&at);
        assert_invariants(&market);
        (decided.slash.own, decided.slash.delegated, debt)
    });
    println!("who stays and who leaves: {slashes:?}");
    assert_eq!(slashes[0], (STAKE / 20 + 250 * TOKEN, 250 * TOKEN, 0));
    assert_eq!(slashes[1].1, slashes[0].1, "{slashes:?}");
}

// job-accept-3
#[test]
fn own_stake_that_unbonds_at_acceptance_answers_for_the_job() {
    let (market, jurors) = Market::judged(1, 12);
    let owner = &market.owners[0];
    let ticket = market.request(owner, STAKE / 2);
    let seat = market.submitted(FIXED, FEE);
    let (challenger, friend) = (rich(&market, "challenger"), rich(&market, "friend"));
    let at = market.dispute(&seat, &challenger, 3);
    market.answer(&at, &friend);
    market.judge_round(&at, &jurors, &[Some(3)]);
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    assert_eq!((decided.stake.own_base, decided.slash.own), (STAKE, STAKE / 20));
    market.execute_all(&at);
    market.pass(35 * DAY);
    assert_eq!(market.withdraw(owner, ticket), STAKE / 2 / 20 * 19);
    assert_invariants(&market);
}

// position-pool-6
#[test]
fn who_left_before_the_opening_is_not_reached_and_who_stays_pays_for_nobody_else() {
    let backed = Backed::new();
    let (market, owner) = (&backed.market, backed.owner());
    market.touch(owner);
    market.pass(DAY + 1);
    assert_eq!(market.withdraw(&backed.dora, 1) + market.withdraw(&backed.fred, 1), 6_000 * TOKEN);
    let at = convicted(market, &backed.jurors, owner, 12, [&backed.parties[0], &backed.parties[1]], 3);
    let decided = market.dispute_state(&at);
    assert_eq!(
        (decided.stake.own_base, decided.stake.delegated_base),
        (STAKE, 4_000 * TOKEN),
        "the smaller of then and at opening"
    );
    // A half of 5 % of 4,000; the other half is the owner's.
    assert_eq!((decided.slash.own, decided.slash.delegated), (STAKE / 20 + 100 * TOKEN, 100 * TOKEN));
    market.execute_all(&at);
    assert_eq!(backed.stays(), 3_900 * TOKEN);
    assert_invariants(market);
}

// dispute-claim-2
#[test]
fn a_place_is_free_again_with_the_end_of_a_claims_last_dispute() {
    let (market, _) = Market::judged(1, 12);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    market.touch(owner);
    let all = [3, 3, 3, 3, 3].map(|epoch| market.dispute_conduct(owner, epoch, &challenger, 1));
    assert_eq!(all.map(|at| market.dispute_state(&at).claim), [1, 2, 3, 4, 4]);
    let fourth = market.claim_state(&all[3]);
    assert_eq!((fourth.open, fourth.opened), (2, 2));
    let claimed = |at| market.dispute_state(at).stake.own_claimed;
    assert_eq!(
        market.provider(owner).reservations[3].own,
        claimed(&all[3]) + claimed(&all[4]),
        "it holds stake of its own"
    );
    // Only the first has something to execute: the others found what was found already.
    market.let_phase_pass(&all[0]);
    for at in &all[1..3] {
        market.advance(at);
    }
    let places = || market.provider(owner).reservations.map(|claim| claim.claim);
    assert_eq!(places(), [1, 0, 0, 4]);
    market.advance(&all[3]);
    assert_eq!(places(), [1, 0, 0, 4], "its other dispute holds it");
    market.advance(&all[4]);
    assert_eq!(places(), [1, 0, 0, 0]);
    market.touch(owner);
    let next = market.dispute_conduct(owner, market.epoch(), &challenger, 1);
    assert_eq!(market.dispute_state(&next).claim, 5);
    assert_invariants(&market);
}

#[test]
fn a_later_change_of_the_parameters_reaches_neither_the_severities_nor_the_clocks_of_a_dispute() {
    let (market, _) = Market::judged(1, 12);
    let challenger = rich(&market, "challenger");
    let seat = market.submitted(FIXED, FEE);
    let change = |edit: fn(&mut work_token_sdk::state::NetworkParams)| {
        let mut network = market.network();
        edit(&mut network.params);
        market.scenario.write(&market.scenario.network.network, &network);
    };
    // Milder, and without installments: after the job was created.
    change(|params| (params.disputes.severities[1].base_bps, params.disputes.severities[1].installments) = (10, 1));
    let at = market.dispute(&seat, &challenger, 2);
    change(|params| {
        params.disputes.answer_secs *= 2;
        params.disputes.delta_bps = 0;
        params.disputes.juror_fee *= 2;
    });
    market.pass(2 * DAY);
    market.advance(&at);
    let decided = market.dispute_state(&at);
    assert_eq!((decided.slash.own, decided.installments, decided.costs.juror_fees[0]), (STAKE / 100, 2, TOKEN));
    // Conduct is judged by the table of the day on which it is disputed.
    let conduct = silent(&market, &market.owners[0], market.epoch(), &challenger, 1);
    assert_eq!(market.dispute_state(&conduct).rule(2).base_bps, 10);
    assert_invariants(&market);
}
