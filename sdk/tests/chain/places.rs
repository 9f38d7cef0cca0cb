use {
    crate::{market::Market, world::TOKEN},
    work_token_localnet::ScenarioOptions,
    work_token_sdk::{
        WorkTokenError as E, ix,
        math::Epoch,
        state::NetworkParams,
        view::{challenge, free_place, places_view, work_status},
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
