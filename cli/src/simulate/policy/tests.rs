use {
    super::{demand::Day, law::Today, *},
    demand::TOKEN,
    work_token_sdk::state::WorkPay,
};

const SUPPLY: u64 = 500_000_000 * TOKEN;

fn run(demand: &str, years: u32, edit: impl FnOnce(&mut NetworkParams)) -> (NetworkParams, Vec<Economy>) {
    let mut params = Preset::Inference.params();
    edit(&mut params);
    assert_eq!(params.validate(), Ok(()));
    let policy = Policy {
        years,
        demand: demand.to_owned(),
        params: None,
        preset: Preset::Inference,
        supply: Some(SUPPLY),
        out: PathBuf::new(),
        json: false,
    };
    let economies = policy.economies(&Demand::named(demand).unwrap(), &params).unwrap();
    (params, economies)
}

fn rates(economy: &Economy) -> impl Iterator<Item = u64> {
    economy.days.iter().map(|past| past.paid.rate_ppt)
}

#[test]
fn where_stake_stays_below_its_target_livepeers_rate_climbs_beyond_every_bound_and_ours_stays_within() {
    let (params, economies) = run("livepeer", 10, |_| ());
    let [ours, livepeer, cosmos] = &economies[..] else { panic!("three laws") };
    let bounds = params.emission.rate_floor_ppt..=params.emission.rate_ceiling_ppt;
    assert!(rates(ours).all(|rate| bounds.contains(&rate)));
    assert!(rates(livepeer).max() > Some(350_000_000_000), "Livepeer has no ceiling: {:?}", rates(livepeer).max());
    assert!(rates(cosmos).all(|rate| (70_000_000_000..=200_000_000_000).contains(&rate)));
}

#[test]
fn no_year_emits_more_than_its_cap_and_what_is_emitted_exists() {
    let (params, economies) = run("grows", 10, |params| {
        params.emission.rate_ceiling_ppt = 400_000_000_000;
        params.emission.initial_rate_ppt = 400_000_000_000;
        params.emission.year_cap = 20_000_000 * TOKEN;
        // Four times the ceiling: units are washed at a loss only with four times as many.
        params.work_pay.units_baseline *= 4;
    });
    let ours = &economies[0].days;
    let emitted = |days: &[Past]| days.iter().map(|past| past.paid.emission).sum::<u64>();
    let years: Vec<u64> = ours.windows(365).step_by(7).map(emitted).collect();
    assert!(years.iter().all(|year| *year <= params.emission.year_cap), "{years:?}");
    assert!(years.iter().any(|year| *year > params.emission.year_cap / 10 * 9), "the cap binds: {years:?}");
    for economy in &economies {
        for pair in economy.days.windows(2) {
            let (today, paid) = (pair[0].today, pair[0].paid);
            assert_eq!(pair[1].today.supply, today.supply + paid.emission + paid.minted_back - paid.burned);
        }
    }
}

#[test]
fn emission_gives_way_by_what_fees_burned_and_did_not_bring_back() {
    for burn_back_ppm in [0, 500_000, 900_000] {
        let mut params = Preset::Inference.params();
        (params.fee_burn_ppm, params.fee_treasury_ppm) = (100_000, 0);
        params.work_pay = WorkPay { burn_back_ppm, work_share_ppm: 0, ..params.work_pay };
        let flat = |fees: u64| {
            let mut law = Ours::begin(&params);
            let day = Day { fees, washed: 0, staked_ppm: None };
            // At the target, so that the rate stays.
            let paid = |number| law.day(&Today { number, supply: SUPPLY, staked: SUPPLY / 2, day });
            (0..14).map(paid).last().unwrap()
        };
        let (none, some) = (flat(0), flat(100_000 * TOKEN));
        assert_eq!((none.burned, none.minted_back), (0, 0));
        assert_eq!(some.burned, 10_000 * TOKEN);
        assert_eq!(some.minted_back, some.burned / 1_000_000 * u64::from(burn_back_ppm));
        let (gave_way, taken) = (none.emission - some.emission, some.burned - some.minted_back);
        // The law counts what fees took in millionths of what it would emit.
        assert!(gave_way <= taken && taken - gave_way <= none.emission / 1_000_000 + 1, "{gave_way} of {taken}");
    }
}

#[test]
fn emission_gives_way_as_fees_grow_and_the_income_of_providers_does_not_fall() {
    let flat = |fees: u64| {
        let mut law = Ours::begin(&Preset::Inference.params());
        let day = Day { fees, washed: 0, staked_ppm: None };
        let paid = |number| law.day(&Today { number, supply: SUPPLY, staked: SUPPLY / 2, day });
        // Fees count as the mean of seven epochs.
        (0..14).map(paid).last().unwrap()
    };
    let mut before = flat(0);
    assert!(before.emission > 0);
    for fees in [1_000, 10_000, 50_000, 200_000, 1_000_000].map(|tokens| tokens * TOKEN) {
        let paid = flat(fees);
        assert!(paid.emission < before.emission || before.emission == 0, "{fees}: {paid:?}");
        assert!(paid.income >= before.income, "{fees}: {paid:?}");
        before = paid;
    }
}

#[test]
fn washing_costs_and_moves_the_rate_nowhere() {
    let (_, washed) = run("washed", 4, |_| ());
    let (_, honest) = run("washed", 2, |_| ());
    assert_eq!(washing_cost(&honest[0]), 0);
    let paid: u64 = washed[0].days.iter().map(|past| past.today.day.washed).sum();
    let cost = washing_cost(&washed[0]);
    assert!(cost > paid / 50 && cost < paid, "{cost} of {paid}");
    let ratio = |days: &[Past]| days.iter().map(|past| past.paid.rate_ppt).max();
    assert!(ratio(&washed[0].days) <= Some(Preset::Inference.params().emission.rate_ceiling_ppt));
}

#[test]
fn the_numbers_beside_the_page_are_those_that_it_draws() {
    let (_, economies) = run("collapses", 1, |_| ());
    let csv = page::csv(&economies);
    let mut rows = csv.lines();
    let header: Vec<&str> = rows.next().unwrap().split(',').collect();
    assert_eq!((header.len(), rows.clone().count()), (3 + 3 * 8, 365));
    let last: Vec<&str> = rows.last().unwrap().split(',').collect();
    let column = |name: &str| last[header.iter().position(|column| *column == name).unwrap()].parse::<u64>().unwrap();
    let past = economies[2].days[364];
    assert_eq!(column("cosmos_emission"), past.paid.emission);
    assert_eq!((column("fees"), column("cosmos_supply")), (past.today.day.fees, past.today.supply));

    let demand = Demand::named("collapses").unwrap();
    let html = page::page(&demand, "the preset inference", &economies, &page::summary(&economies)).unwrap();
    assert_eq!((html.matches("<svg").count(), html.matches("{{").count()), (7, 0));
    assert!(html.contains("of the preset inference") && html.contains("a supply of 500M tokens and a rate of 5.0 %"));
    assert!(!html.contains("<script") && !html.contains("src=") && !html.contains("href="), "nothing from elsewhere");
}
