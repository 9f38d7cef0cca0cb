//! The numbers of jobs, seats and attesters, at their ends.

use {
    crate::{amounts::check, world::*},
    work_token_sdk::{
        ShardAddresses, WorkTokenError as E, args::SetOfferArgs, ix, limits::MAX_JOB_CLASSES, state::Assignment,
    },
};

fn short(number: u64) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

fn cut(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[test]
fn fees_prices_and_working_times_at_the_ends_are_refused_by_name() {
    let world = World::new();
    let input = |class| world.job_input(&world.a, &world.c1, class);
    let create = |input| world.create_job(&world.a, &world.c1, &input);
    let (small, large, time) = (Some(E::FeeBelowMinimum), Some(E::FeeTooLarge), Some(E::WorkTimeOutOfBounds));
    for class in [FIXED, TRIPLE] {
        check(&world, "create_job", [small, small, small, large, large, large, large], |fee| {
            create(ix::CreateJob { fee, ..input(class) })
        });
    }
    let beyond = Some(E::CeilingOutOfReach);
    check(&world, "create_job, metered", [small, small, small, beyond, beyond, beyond, beyond], |fee| {
        create(ix::CreateJob { fee, ..input(METERED) })
    });
    let zero = Some(E::ZeroAmount);
    check(&world, "price_per_sec", [zero, small, small, None, None, None, None], |price_per_sec| {
        create(ix::CreateJob { price_per_sec, ..input(METERED) })
    });
    let fixed = Some(E::NotMetered);
    check(&world, "price_per_sec, fixed", [None, fixed, fixed, fixed, fixed, fixed, fixed], |price_per_sec| {
        create(ix::CreateJob { price_per_sec, ..input(FIXED) })
    });
    check(&world, "work_secs", [time; 7], |secs| create(ix::CreateJob { work_secs: cut(secs), ..input(FIXED) }));
    check(&world, "floor", [None::<E>; 7], |floor| {
        ix::set_offer(
            &world.p1,
            world.p1.owner,
            &SetOfferArgs { classes: u16::MAX, floors: [floor; MAX_JOB_CLASSES], ..SetOfferArgs::default() },
        )
    });
}

#[test]
fn extensions_and_ratings_at_the_ends_are_refused_by_name() {
    let world = World::new();
    let seat = world.fixed();
    world.edit_job(&seat, |job| job.work_secs = 3_600);
    let (zero, time, long) = (Some(E::ZeroAmount), Some(E::WorkTimeOutOfBounds), Some(E::ExtensionTooLong));
    check(&world, "extend_job", [zero, None, None, time, time, time, time], |secs| {
        ix::extend_job(&seat, None, cut(secs))
    });
    world.accepted(&seat);
    let (operator, provider) = world.worker(&seat);
    check(&world, "extend_job, accepted", [zero, None, None, long, long, long, long], |secs| {
        ix::extend_job(&seat, Some(operator), cut(secs))
    });
    world.chain.must(&[ix::submit_result(&seat, operator, provider, RESULT)]);
    let out = Some(E::RatingOutOfBounds);
    check(&world, "rate_job", [None, None, None, out, out, out, out], |rating| {
        ix::rate_job(&seat, u8::try_from(rating).unwrap_or(u8::MAX))
    });
}

/// The highest price there is shows the ceiling after one second, and never more.
#[test]
fn a_meter_never_shows_more_than_its_ceiling() {
    let world = World::new();
    let seat = world.metered();
    world.edit_job(&seat, |job| job.price_per_sec = u64::MAX);
    world.accepted(&seat);
    world.chain.net.advance(1);
    world.chain.must(&[ix::stop_job(&seat, world.hot_key, world.worker(&seat).1)]);
    assert_eq!(world.read::<Assignment>(&seat.assignment).fee, FEE);
}

#[test]
fn bonds_additions_and_shards_at_the_ends_are_refused_by_name() {
    let mut world = World::new();
    let newcomer = person(&mut world.chain, &world.a, "d9");
    let at = world.attester(&world.a, &newcomer);
    let (zero, small, poor) = (Some(E::ZeroAmount), Some(E::BondTooSmall), Some(E::InsufficientFunds));
    check(&world, "bond", [zero, small, small, poor, poor, poor, poor], |bond| {
        ix::register_attester(&at, newcomer.tokens, bond)
    });
    let zero_or_poor = [zero, None, None, poor, poor, poor, poor];
    check(&world, "addition", zero_or_poor, |amount| {
        ix::add_attester_bond(&world.attester(&world.a, &world.d1), world.d1.tokens, amount)
    });
    world.begin_measuring(&world.a, 4);
    let out = Some(E::ShardOutOfRange);
    check(&world, "shard", [None, out, out, out, out, out, out], |shard| {
        ix::draw_attesters(&ShardAddresses::derive(world.a.at, 4, short(shard)), world.rentier)
    });
    // A bond as large as everything there is fills the draw of attesters without crashing it.
    world.chain.net.edit(&newcomer.tokens, |data| data[64..72].copy_from_slice(&u64::MAX.to_le_bytes()));
    for bond in [u64::MAX, 1 << 63] {
        let refusal = world.chain.send(&[ix::register_attester(&at, newcomer.tokens, bond)]);
        assert!(refusal.is_err() || world.balance(&newcomer.tokens) == u64::MAX - bond);
    }
}

#[test]
fn seats_parities_and_maintenance_at_the_ends_are_refused_by_name() {
    let world = World::new();
    let (taken, out) = (Some(E::PlaceTaken), Some(E::PlaceOutOfRange));
    check(&world, "take_place", [taken, taken, None, out, out, out, out], |index| {
        ix::take_place(&world.p4, short(index))
    });
    let (exists, wrong, used) = (Some(E::TreeExists), Some(E::WrongTree), Some(E::NotAnEmptyTree));
    check(&world, "parity", [exists, exists, used, wrong, wrong, wrong, wrong], |parity| {
        let parity = u8::try_from(parity).unwrap_or(u8::MAX);
        ix::init_tree(&world.a.at.network, world.attacker.key, world.trees[2], parity)
    });
    let (network, operator) = (world.a.at.network, world.provider(&world.p1).operator);
    let declare = |from_ts, secs| {
        ix::declare_maintenance(&network, operator, world.p1.provider, ix::Maintenance { from_ts, secs })
    };
    let (bounds, ahead) = (Some(E::MaintenanceOutOfBounds), Some(E::MaintenanceNotAhead));
    let soon = START + 4 * DAY + 2 * HOUR;
    check(&world, "maintenance", [bounds, None, None, bounds, bounds, bounds, bounds], |secs| declare(soon, cut(secs)));
    check(&world, "maintenance from", [ahead, ahead, ahead, bounds, bounds, bounds, ahead], |from| {
        declare(from.cast_signed(), 60)
    });
}
