use {
    crate::{market::Market, world::TOKEN},
    work_token_localnet::ScenarioOptions,
    work_token_sdk::{
        WorkTokenError as E, ix,
        math::Epoch,
        state::NetworkParams,
        view::{
            admit_head, challenge, free_place, join_queue, pass_head, places_view, queue_view, vacate_place,
            work_status,
        },
    },
};

/// Five places, which the five providers have.
fn full() -> Market {
    let params = ScenarioOptions::default().params;
    Market::with(NetworkParams { place_cap_mode: 1, most_places: 5, ..params })
}

#[test]
fn a_place_is_challenged_and_swapped_when_the_view_says_so() {
    let market = full();
    let scenario = &market.scenario;
    let owner = scenario.actor("newcomer", 100_000 * TOKEN);
    let newcomer = scenario.register(&owner, 0, 0).unwrap();
    let shown = places_view(&scenario.network_state(), &providers(&market), scenario.now());
    assert_eq!((shown.cap, shown.free, shown.first_free, shown.incumbents.len()), (5, 0, None, 5));
    let weakest = shown.incumbents[0];
    let incumbent = *market.providers.iter().find(|at| at.provider == weakest.provider).unwrap();

    market.send(ix::stake_self(&newcomer, owner.tokens, weakest.least_to_displace - 1), &[&owner]);
    let refused = |rule| {
        let (network, now_ts) = (scenario.network_state(), scenario.now());
        let (candidate, held) = (scenario.provider_state(&newcomer), scenario.provider_state(&incumbent));
        assert_eq!(challenge(&network, &candidate, (&weakest.provider, &held), now_ts), Err(rule));
        assert_eq!(market.refusal(ix::challenge_place(&newcomer, weakest.provider), &[&owner]), rule);
    };
    refused(E::PlaceMarginTooSmall);
    scenario.next_epoch();
    refused(E::PlaceMarginTooSmall);
    market.send(ix::stake_self(&newcomer, owner.tokens, 1), &[&owner]);
    // Counted from the next epoch on.
    refused(E::PlaceMarginTooSmall);
    scenario.next_epoch();
    assert_eq!(
        free_place(&scenario.network_state(), &scenario.provider_state(&newcomer), scenario.now()),
        Err(E::NoFreePlace)
    );
    assert_eq!(market.refusal(ix::take_place(&newcomer, 9), &[&owner]), E::NoFreePlace);
    market.send(ix::challenge_place(&newcomer, weakest.provider), &[&owner]);

    let network = scenario.network.network;
    let swap = ix::swap_place(&network, scenario.keeper.address(), newcomer.provider, weakest.provider);
    assert_eq!(market.refusal(swap.clone(), &[]), E::SwapNotDue);
    let shown = work_status(&scenario.network_state(), &scenario.provider_state(&newcomer), scenario.now());
    market.wait_until(shown.challenge.unwrap().swap_from_ts);
    market.send(swap, &[]);
    let shown = work_status(&scenario.network_state(), &scenario.provider_state(&newcomer), scenario.now());
    assert_eq!(shown.place.unwrap().index, weakest.index);
}

#[test]
fn whose_turn_it_is_in_the_queue_and_why_it_would_be_passed_is_what_the_program_says() {
    let market = full();
    let scenario = &market.scenario;
    let [first, second] = ["first", "second"].map(|name| scenario.owner(name, 0, 30_000 * TOKEN).unwrap());
    let network = || scenario.network_state();
    let key = scenario.network.network;
    let state = |at: &work_token_sdk::ProviderAddresses| scenario.provider_state(at);
    for (owner, at) in [&first, &second] {
        let number = join_queue(&network(), &state(at), scenario.now()).expect("it may wait");
        market.send(ix::join_queue(at, number), &[owner]);
        assert_eq!(join_queue(&network(), &state(at), scenario.now()), Err(E::AlreadyQueued));
    }
    let client = work_token_sdk::Client::new(&scenario.chain);
    let head = || client.queue_head(&key, &network()).unwrap().expect("somebody waits");
    let both = [&first, &second].map(|(_, at)| (at.provider, state(at)));
    let shown = queue_view(&network(), &client.queue(&key).unwrap(), &both, scenario.now());
    let rows: Vec<_> = shown.entries.iter().map(|row| (row.number, row.ahead, row.unfit)).collect();
    assert_eq!((shown.head, shown.waiting, rows), (1, 2, vec![(1, 0, None), (2, 1, None)]));

    let place = |at| admit_head(&network(), &head(), &state(at), scenario.now());
    assert_eq!((place(&first.1), place(&second.1)), (Err(E::NoFreePlace), Err(E::NumberLost)));
    assert_eq!(market.refusal(ix::admit_head(&head()), &[]), E::NoFreePlace);
    let passes = |at| pass_head(&network(), &head(), Some(&state(at)), scenario.now());
    assert_eq!(passes(&first.1), Err(E::HeadIsFit));
    assert_eq!(market.refusal(ix::pass_head(&head()), &[]), E::HeadIsFit);
    market.send(ix::retire(&first.1), &[&first.0]);
    assert_eq!(passes(&first.1), Ok(()));
    market.send(ix::pass_head(&head()), &[]);
    // A place that is not kept up is the head's.
    let incumbent = market.providers[0];
    assert_eq!(vacate_place(&network(), &state(&incumbent), scenario.now()), Err(E::PlaceKept));
    assert_eq!(market.refusal(ix::vacate_place(&key, incumbent.provider), &[]), E::PlaceKept);
    scenario.change(&incumbent.provider, |provider: &mut work_token_sdk::state::Provider| {
        (provider.state, provider.wait.jailed_epoch_plus_one) = (2, 1);
    });
    scenario.go_to_epoch(20);
    assert_eq!(vacate_place(&network(), &state(&incumbent), scenario.now()), Ok(()));
    let index = state(&incumbent).place.index;
    market.send(ix::vacate_place(&key, incumbent.provider), &[]);
    assert_eq!(place(&second.1), Ok(index));
    market.send(ix::admit_head(&head()), &[]);
    let shown = work_status(&network(), &state(&second.1), scenario.now());
    assert_eq!(shown.place.unwrap().index, index);
    assert_eq!(client.queue_head(&key, &network()).unwrap(), None);
}

fn providers(market: &Market) -> Vec<(work_token_sdk::Pubkey, work_token_sdk::state::Provider)> {
    market.providers.iter().map(|at| (at.provider, market.scenario.provider_state(at))).collect()
}

#[test]
fn signs_of_life_and_maintenance_are_noted_as_shown() {
    let market = Market::new();
    let scenario = &market.scenario;
    let (network, provider) = (scenario.network.network, market.providers[0]);
    let operator = market.operator_of(&provider.provider);
    let status = || work_status(&scenario.network_state(), &scenario.provider_state(&provider), scenario.now());
    assert!(status().epoch.is_heartbeat_due);
    let heartbeat = ix::heartbeat(&network, operator.address(), provider.provider);
    market.send(heartbeat.clone(), &[&operator]);
    assert!(!status().epoch.is_heartbeat_due);
    assert_eq!(market.refusal(heartbeat, &[&operator]), E::HeartbeatRepeated);

    let when = ix::Maintenance { from_ts: scenario.now() + 3_600, secs: 600 };
    let declare = ix::declare_maintenance(&network, operator.address(), provider.provider, when);
    market.send(declare.clone(), &[&operator]);
    assert_eq!(status().maintenance.map(|declared| declared.from_ts), Some(when.from_ts));
    assert_eq!(market.refusal(declare, &[&operator]), E::MaintenanceTooOften);
    assert_eq!(status().maintenance_from_epoch, 7);
    market.wait_until(when.from_ts);
    assert!(status().maintenance.unwrap().is_on);
}

#[test]
fn an_outage_moves_every_deadline_that_is_shown() {
    let market = Market::new();
    let scenario = &market.scenario;
    let record = ix::record_outage(&scenario.network.network);
    // A finalized epoch notes slot and time: an outage is what the clock gains from then on.
    let providers: Vec<_> = market.providers.iter().map(|at| at.provider).collect();
    scenario.crank(2, &providers).expect("the epoch is cranked");
    let job = market.create(crate::market::FIXED);
    let before = market.view(&job).seat_until_ts;
    // Two hours in which the chain made ten blocks; the epoch goes on.
    let now_ts = scenario.now();
    scenario.turn_to(now_ts + 7_200, 10);
    assert!(scenario.network_state().epoch_at(now_ts + 7_200) == Epoch(3));
    market.send(record.clone(), &[]);
    let moved = scenario.network_state().outages.secs;
    assert!(moved > 1_800);
    assert_eq!(market.view(&job).seat_until_ts, before + moved);
    assert_eq!(market.refusal(record, &[]), E::NoOutage);
}
