//! What should I know before and after I delegate?

use {
    crate::world::*,
    std::cell::Cell,
    work_token_sdk::{
        Client, Fate, Hash, InFlight, PositionAddresses, Pubkey, Signature, Transport, TransportError,
        VersionedTransaction,
        client::RiskState,
        ix,
        math::{Amount, slash::Loss},
        state::NetworkParams,
        transport::{Filter, Outcome, RawAccount},
        view::{self, Risk, SlashSize},
    },
};

/// A chain that counts what it is asked.
struct Counted<'a> {
    chain: &'a dyn Transport,
    asked: Cell<u32>,
}

impl Counted<'_> {
    fn counting(&self) -> &dyn Transport {
        self.asked.set(self.asked.get() + 1);
        self.chain
    }
}

type Answer<T> = Result<T, TransportError>;

impl Transport for Counted<'_> {
    fn accounts(&self, keys: &[Pubkey]) -> Answer<Vec<Option<RawAccount>>> {
        assert!(keys.len() <= 100, "a node gives 100 accounts in an answer");
        self.counting().accounts(keys)
    }
    fn program_accounts(&self, program: &Pubkey, filter: &Filter) -> Answer<Vec<(Pubkey, RawAccount)>> {
        self.counting().program_accounts(program, filter)
    }
    fn latest_blockhash(&self) -> Answer<Hash> {
        self.counting().latest_blockhash()
    }
    fn genesis_hash(&self) -> Answer<Hash> {
        self.counting().genesis_hash()
    }
    fn now_ts(&self) -> Answer<i64> {
        self.counting().now_ts()
    }
    fn simulate(&self, transaction: &VersionedTransaction) -> Answer<Outcome> {
        self.counting().simulate(transaction)
    }
    fn send(&self, transaction: &VersionedTransaction) -> Answer<Outcome> {
        self.counting().send(transaction)
    }
    fn in_flight(&self, transaction: &VersionedTransaction) -> Answer<InFlight> {
        self.counting().in_flight(transaction)
    }
    fn fate(&self, flight: &InFlight) -> Answer<Fate> {
        self.counting().fate(flight)
    }
    fn outcome(&self, signature: &Signature) -> Answer<Option<Outcome>> {
        self.counting().outcome(signature)
    }
    fn recent_fees(&self, written: &[Pubkey]) -> Answer<Vec<u64>> {
        self.counting().recent_fees(written)
    }
}

/// What is read for somebody, and in how many requests.
fn read(world: &World, holder: &Pubkey) -> (RiskState, u32) {
    let chain = Counted { chain: &world.chain, asked: Cell::new(0) };
    let keys = (&world.network.network, &world.provider.provider);
    let state = Client::new(&chain).risk_state(keys.0, keys.1, holder).expect("it is read");
    (state, chain.asked.get())
}

fn risk(world: &World, position: &PositionAddresses) -> Risk {
    view::risk(&read(world, &position.holder).0.at())
}

fn propose(world: &World, edit: impl FnOnce(&mut NetworkParams)) -> u32 {
    let network = world.network_state();
    let (mut params, number) = (network.params, network.param_changes + 1);
    edit(&mut params);
    let admin = &world.admin;
    let (network, by) = (&world.network.network, admin.address());
    for write in ix::draft_params(network, by, &params) {
        world.send(write, admin);
    }
    world.send(ix::propose_params(network, by, by, by, number, &params), admin);
    number
}

#[test]
fn all_that_a_delegator_should_know_is_read_in_one_request() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 5_000);
    world.pass_epochs(2);
    world.send(ix::announce_commission(&world.provider, 1_500), &world.owner);
    for number in 1..=3 {
        world.send(ix::request_unbonding(&alice, number, 100 * TOKEN), &world.alice);
    }
    propose(&world, |params| params.fee_burn_ppm += 10_000);
    world.edit_provider(|provider| {
        (provider.reservations[0].claim, provider.reservations[0].delegated) = (4, 500 * TOKEN);
    });

    let (state, requests) = read(&world, &alice.holder);
    assert_eq!((requests, state.tickets.len(), state.changes.len()), (1, 3, 1));
    assert_eq!(state.now_ts, world.now());
    let (shown, apart) = (view::risk(&state.at()), world.state(&alice));
    assert_eq!(shown.provider, view::provider_risk(&apart.network, &apart.provider, apart.now_ts));
    assert_eq!((shown.commission_bps, shown.announced.map(|change| change.commission_bps)), (1_000, Some(1_500)));
    let epochs: Vec<u32> = shown.epochs.iter().map(|record| record.epoch).collect();
    assert_eq!(epochs, [4, 3, 2, 1, 0]);
    let exit = shown.exit.expect("she holds a position");
    assert_eq!(exit.claims, view::open_claims(&apart.at()));
    let all = SlashSize::Amounts(Loss { own: Amount(0), delegated: Amount(500 * TOKEN) });
    assert_eq!(exit.lost_to_claims, view::slash_cost(&apart.at(), all).loss());
    assert_eq!((exit.pays + exit.holds, exit.holds), (5_000 * TOKEN, 500 * TOKEN), "nobody else delegates");
}

#[test]
fn whoever_would_only_join_sees_the_provider_and_no_way_out() {
    let world = World::new();
    let (state, requests) = read(&world, &world.bob.address());
    let shown = view::risk(&state.at());
    assert_eq!((requests, shown.exit, shown.commission_bps), (1, None, 1_000));
    propose(&world, |params| params.fee_burn_ppm += 10_000);
    let later = view::risk(&read(&world, &world.bob.address()).0.at());
    assert_eq!(later.changes[0].can_leave_before, None);
}

#[test]
fn a_change_says_what_it_changes_and_whether_one_can_be_out_before() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 5_000);
    world.pass_epochs(1);
    let soon = propose(&world, |params| params.fee_burn_ppm += 10_000);
    let late = propose(&world, |params| params.own_unbonding_secs += 86_400);
    let shown = risk(&world, &alice);
    let told: Vec<_> = shown.changes.iter().map(|change| (change.number, change.can_leave_before)).collect();
    assert_eq!(told, [(soon, Some(false)), (late, Some(true))], "ten days of notice, three or thirty-five of delay");
    let field = &shown.changes[0].fields[0];
    assert_eq!(
        (field.name.as_str(), field.from.to_string(), field.to.to_string()),
        ("fee_burn_ppm", "50000".into(), "60000".into())
    );
    let exit = shown.exit.expect("she holds a position");
    assert_eq!(exit.out_at_ts, world.now() + 10 * 86_400);

    // Who has asked already is out earlier; what is executed or expired is no longer told.
    world.send(ix::request_unbonding(&alice, 1, exit.value), &world.alice);
    world.advance(8 * 86_400);
    let exit = risk(&world, &alice).exit.expect("the ticket is hers");
    assert_eq!((exit.wait_secs, exit.pays), (2 * 86_400, 5_000 * TOKEN));
    world.advance(10 * 86_400);
    let told: Vec<u32> = risk(&world, &alice).changes.iter().map(|change| change.number).collect();
    assert_eq!(told, [late], "fourteen days after it was due a change expires");
}

#[test]
fn a_ninth_ticket_and_a_seventy_ninth_proposal_cost_a_further_request_each() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 5_000);
    world.pass_epochs(1);
    for _ in 0..9 {
        let number = world.state(&alice).position.last_ticket + 1;
        world.send(ix::request_unbonding(&alice, number, TOKEN), &world.alice);
        if number < 9 {
            world.send(ix::cancel_unbonding(&alice, number), &world.alice);
        }
    }
    let (state, requests) = read(&world, &alice.holder);
    assert_eq!((requests, state.tickets.len(), state.tickets[0].number), (2, 1, 9));
    for _ in 0..79 {
        propose(&world, |params| params.fee_burn_ppm += 10_000);
    }
    let (state, requests) = read(&world, &alice.holder);
    assert_eq!((requests, state.changes.len()), (3, 79));
}

#[test]
fn another_owner_that_was_proposed_is_told_with_its_notice() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 5_000);
    assert_eq!(risk(&world, &alice).next_owner, None);
    world.send(ix::propose_owner(&world.provider, Some(world.bob.address())), &world.owner);
    let (state, requests) = read(&world, &alice.holder);
    let told = view::risk(&state.at()).next_owner.expect("one was proposed");
    assert_eq!((requests, told.owner, told.can_leave_before), (1, world.bob.address(), Some(true)));
    assert_eq!(told.from_ts, world.now() + 10 * 86_400);
}
