//! 60x to 61x and 65x: classes, creation, seeds and draws.

use {
    super::{Provoke, with},
    crate::world::*,
    work_token_sdk::{
        Instruction, WorkTokenError as E,
        args::SetModelArgs,
        ix,
        limits::MAX_JOB_CLASSES,
        math::{Amount, MAX_SUPPLY},
        state::{Delegation, JobRules, ModelStatus, Offer, PoolKind, job_flags},
    },
};

macro_rules! class {
    ($($error:ident: |$rules:ident| $change:expr;)*) => {
        &[$((E::$error, |world| class(world, |$rules: &mut JobRules| $change)),)*]
    };
}

/// The announcement of a class that would otherwise be accepted.
fn class(world: &World, change: impl FnOnce(&mut JobRules)) -> Instruction {
    let mut rules = rules(FIXED);
    change(&mut rules);
    ix::set_job_class(&world.a.at.network, world.a.admin, world.rentier, 7, &rules)
}

/// A new model that would otherwise be accepted.
fn set(world: &World, change: impl FnOnce(&mut SetModelArgs)) -> Instruction {
    let mut args = World::model_args("torch");
    change(&mut args);
    world.set_model(&world.a, &args)
}

pub const CLASSES: &[(E, Provoke)] = class! {
    JobKindOutOfBounds: |rules| rules.kind = 2;
    JobKindOutOfBounds: |rules| rules.redundancy = 0;
    JobKindOutOfBounds: |rules| rules.redundancy = 2;
    JobKindOutOfBounds: |rules| rules.redundancy = 7;
    JobKindOutOfBounds: |rules| (rules.kind, rules.redundancy) = (1, 3);
    JobWindowsOutOfBounds: |rules| rules.seat_secs = 599;
    JobWindowsOutOfBounds: |rules| rules.accept_secs = 59;
    JobWindowsOutOfBounds: |rules| rules.least_work_secs = 0;
    JobWindowsOutOfBounds: |rules| rules.least_work_secs = rules.work_secs + 1;
    JobWindowsOutOfBounds: |rules| rules.challenge_secs = 0;
    JobWindowsOutOfBounds: |rules| (rules.redundancy, rules.reveal_secs) = (3, 59);
    JobWindowsOutOfBounds: |rules| (rules.kind, rules.keep_alive_secs) = (1, 0);
    JobWindowsOutOfBounds: |rules| rules.work_secs = u32::MAX;
    JobLongerThanLiability: |rules| rules.extension_secs = 4 * 86_400;
    JobLongerThanLiability: |rules| rules.challenge_secs = 3 * 86_400 + 1;
    JobFeesOutOfBounds: |rules| rules.minimum_fee = 999_999;
    JobFeesOutOfBounds: |rules| rules.cancel_fee_bps = 10_001;
    ExposureFactorTooSmall: |rules| rules.exposure_factor = 59;
    ExposureFactorTooSmall: |rules| rules.exposure_factor = 100_001;
    ExposureFactorTooSmall: |rules| rules.detection_bps = 0;
    UnknownFlags: |rules| rules.padding[2] = 1;
};

/// The creation of a fixed job that would otherwise be accepted.
fn create(world: &World, change: impl FnOnce(&mut ix::CreateJob)) -> Instruction {
    let mut input = world.job_input(&world.a, &world.c1, FIXED);
    change(&mut input);
    world.create_job(&world.a, &world.c1, &input)
}

/// The announcement of other rules for a class that exists, when everything is open.
fn change(world: &World, change: impl FnOnce(&mut JobRules)) -> Instruction {
    world.open_due(&world.a);
    let mut rules = rules(FIXED);
    change(&mut rules);
    ix::set_job_class(&world.a.at.network, world.a.admin, world.rentier, FIXED, &rules)
}

pub const CODES: &[(E, Provoke)] = &[
    (E::EpochsNotOpen, |world| class(world, |_| ())),
    (E::ParameterFixed, |world| change(world, |rules| rules.kind = 1)),
    (E::ParameterFixed, |world| change(world, |rules| rules.redundancy = 3)),
    (E::StepTooLarge, |world| change(world, |rules| rules.minimum_fee += rules.minimum_fee / 5 + 1)),
    (E::UnknownJobClass, |world| {
        ix::set_job_class(&world.a.at.network, world.a.admin, world.rentier, 16, &rules(FIXED))
    }),
    (E::UnknownJobClass, |world| {
        let class = work_token_sdk::addresses::job_class(&world.b.at.network, FIXED);
        with(create(world, |_| ()), 2, class)
    }),
    (E::Paused, |world| {
        world.chain.must(&[ix::pause(&world.a.at.network, world.a.guardian, 60)]);
        create(world, |_| ())
    }),
    (E::FeeBelowMinimum, |world| create(world, |input| input.fee = 999_999)),
    (E::FeeTooLarge, |world| create(world, |input| input.fee = MAX_SUPPLY)),
    (E::FeeTooLarge, |world| create(world, |input| input.fee = u64::MAX)),
    (E::InsufficientFunds, |world| create(world, |input| input.fee = 1_000_000 * TOKEN)),
    (E::NotMetered, |world| create(world, |input| input.price_per_sec = 1)),
    (E::ZeroAmount, |world| {
        let input = ix::CreateJob { price_per_sec: 0, ..world.job_input(&world.a, &world.c1, METERED) };
        world.create_job(&world.a, &world.c1, &input)
    }),
    (E::CeilingOutOfReach, |world| {
        let most = 1_000 * (86_400 + 43_200);
        let input = ix::CreateJob { fee: most + 1, ..world.job_input(&world.a, &world.c1, METERED) };
        world.create_job(&world.a, &world.c1, &input)
    }),
    (E::WorkTimeOutOfBounds, |world| create(world, |input| input.work_secs = 59)),
    (E::WorkTimeOutOfBounds, |world| create(world, |input| input.work_secs = 86_401)),
    (E::WorkTimeOutOfBounds, |world| ix::extend_job(&world.fixed(), None, 1)),
    (E::WrongSeatCount, |world| create(world, |input| input.seats = 0)),
    (E::WrongSeatCount, |world| create(world, |input| input.seats = 3)),
    (E::ModelNameMalformed, |world| set(world, |model| model.name[1] = b'L')),
    (E::ModelNameMalformed, |world| set(world, |model| model.name[31] = b'x')),
    (E::ModelNameMalformed, |world| set(world, |model| model.name = [0; 32])),
    (E::UnknownModelStatus, |world| set(world, |model| model.status = 0)),
    (E::UnknownModelStatus, |world| set(world, |model| model.status = 4)),
    (E::ModelUriMalformed, |world| set(world, |model| model.uri_len = 129)),
    (E::ModelUriMalformed, |world| set(world, |model| model.uri[0] = b'x')),
    (E::ModelUriMalformed, |world| set(world, |model| (model.uri_len, model.uri[0]) = (1, 0x1b))),
    (E::ZeroModelHash, |world| set(world, |model| model.hash = [0; 32])),
    (E::NotTheAdmin, |world| with(set(world, |_| ()), 0, world.b.admin)),
    (E::WrongNetwork, |world| with(set(world, |_| ()), 3, world.model(&world.b))),
    (E::WrongAddress, |world| with(set(world, |_| ()), 3, world.model(&world.a))),
    (E::ModelNotOffered, |world| {
        let status = ModelStatus::Deprecated as u8;
        world.chain.must(&[world.set_model(&world.a, &SetModelArgs { status, ..World::model_args("lamp") })]);
        world.create_job(&world.a, &world.c1, &world.modelled())
    }),
    (E::OtherModelVersion, |world| {
        world.chain.must(&[world.set_model(&world.a, &SetModelArgs { hash: [9; 32], ..World::model_args("lamp") })]);
        world.create_job(&world.a, &world.c1, &world.modelled())
    }),
    (E::ModelMissing, |world| {
        let mut create = world.create_job(&world.a, &world.c1, &world.modelled());
        create.accounts.pop();
        create
    }),
    (E::ModelMissing, |world| world.create_job(&world.a, &world.c1, &ix::CreateJob { seats: 3, ..world.modelled() })),
    (E::WrongNetwork, |world| {
        let create = world.create_job(&world.a, &world.c1, &world.modelled());
        with(create, 12, world.model(&world.b))
    }),
    (E::WrongAccountType, |world| {
        let create = world.create_job(&world.a, &world.c1, &world.modelled());
        with(create, 12, world.a.at.network)
    }),
    (E::JobLongerThanLiability, |world| {
        world.edit_network(&world.a, |network| network.params.longest_job_secs = 86_400);
        create(world, |_| ())
    }),
    (E::WrongRefundAccount, |world| with(create(world, |_| ()), 7, world.c2.tokens)),
    (E::WrongRefundAccount, |world| ix::cancel_job(&world.fixed(), None, world.attacker.tokens)),
    (E::VaultAsDestination, |world| {
        let vault = world.a.vault(work_token_sdk::state::VaultKind::Treasury);
        create(world, |input| input.refund_account = vault)
    }),
    (E::WrongClient, |world| with(create(world, |_| ()), 0, world.attacker.key)),
    (E::WrongClient, |world| with(ix::cancel_job(&world.fixed(), None, world.c1.tokens), 0, world.attacker.key)),
    (E::WrongJob, |world| with(ix::cancel_job(&world.fixed(), None, world.c1.tokens), 3, world.metered().assignment)),
    (E::SeedAlreadyCaptured, |world| ix::capture_seed(&world.job(&world.a, 0), world.paid_keeper())),
    (E::SeedSlotNotReached, |world| {
        let create = create(world, |_| ());
        world.chain.must(&[create]);
        ix::capture_seed(&world.job(&world.a, 4), world.paid_keeper())
    }),
    (E::SeedNotCaptured, |world| {
        let draw = world.draw(&world.fixed());
        world.edit_job(&world.fixed(), |job| job.flags &= !job_flags::SEEDED);
        draw
    }),
    (E::WrongSysvar, |world| {
        let capture = ix::capture_seed(&world.job(&world.a, 3), world.paid_keeper());
        with(capture, 3, solana_sdk::sysvar::clock::ID)
    }),
    (E::SeatNotOpen, |world| {
        let draw = world.draw(&world.fixed());
        world.accepted(&world.fixed());
        draw
    }),
    (E::NothingDrawn, |world| {
        let mut draw = world.draw(&world.fixed());
        draw.accounts.truncate(9);
        draw
    }),
    (E::WrongDraw, |world| {
        let mut draw = world.draw(&world.fixed());
        draw.accounts.truncate(9);
        for provider in [&world.p3, &world.p4] {
            draw.accounts.push(solana_sdk::instruction::AccountMeta::new(provider.provider, false));
        }
        draw
    }),
    (E::WrongTree, |world| with(world.draw(&world.fixed()), 4, world.trees[1])),
    (E::WrongOffer, |world| {
        let draw = world.draw(&world.fixed());
        with(draw, 10, world.q1.offer())
    }),
    (E::SeatingHasPassed, |world| {
        let draw = world.draw(&world.fixed());
        world.go_to(5 * DAY + HOUR);
        draw
    }),
    (E::SeatingHasPassed, |world| {
        world.go_to(5 * DAY + HOUR);
        open_to_all(world)
    }),
    (E::NotDrawnForSeat, |world| {
        // Still to be drawn.
        let operator = world.provider(&world.p1).operator;
        ix::accept_job(&world.fixed(), operator, world.p1.provider, Some(world.p1.offer()))
    }),
    (E::NotDrawnForSeat, |world| {
        world.drawn(&world.fixed());
        ix::accept_job(&world.fixed(), world.provider(&world.p2).operator, world.p2.provider, Some(world.p2.offer()))
    }),
    (E::AcceptanceHasPassed, |world| {
        world.drawn(&world.fixed());
        world.chain.net.advance(600);
        world.accept(&world.fixed())
    }),
    (E::OperatorsOnly, |world| {
        world.drawn(&world.fixed());
        with(world.accept(&world.fixed()), 0, world.o1.key)
    }),
    (E::ProviderNotActive, |world| {
        world.chain.must(&[ix::retire(&world.p1)]);
        open_to_all(world)
    }),
    (E::BelowMinimumStake, |world| {
        world.edit_provider(&world.p1, |provider| {
            _ = provider.slash(PoolKind::Own, Amount(10_000 * TOKEN));
            provider.underbonded_since_ts = START - 14 * DAY;
        });
        open_to_all(world)
    }),
    (E::InMaintenance, |world| {
        let when = ix::Maintenance { from_ts: world.chain.net.now() + HOUR, secs: 60 };
        let operator = world.provider(&world.p1).operator;
        world.chain.must(&[ix::declare_maintenance(&world.a.at.network, operator, world.p1.provider, when)]);
        world.chain.net.set_now(when.from_ts);
        open_to_all(world)
    }),
    (E::AlreadySeated, |world| {
        world.drawn(&world.triple(0));
        let seated = world.seat(&world.triple(0)).provider;
        let provider = if seated == world.p1.provider { &world.p1 } else { &world.p2 };
        world.edit_job(&world.triple(1), |job| job.flags |= job_flags::SELF_SELECTION);
        ix::accept_job(&world.triple(1), world.provider(provider).operator, seated, Some(provider.offer()))
    }),
    (E::ClassNotServed, |world| {
        world.edit_job(&world.fixed(), |job| job.flags |= job_flags::SELF_SELECTION);
        ix::accept_job(&world.fixed(), world.provider(&world.p2).operator, world.p2.provider, Some(world.p2.offer()))
    }),
    (E::BelowFloorPrice, |world| {
        world.edit_job(&world.fixed(), |job| job.fee = 999_999);
        open_to_all(world)
    }),
    (E::WorkTooShort, |world| {
        let key = world.p1.offer();
        let mut offer: Offer = world.read(&key);
        (offer.least_work_secs, offer.next_least_work_secs) = ([86_401; MAX_JOB_CLASSES], [86_401; MAX_JOB_CLASSES]);
        world.write(&key, &offer);
        open_to_all(world)
    }),
    (E::StakeLeaving, |world| {
        let own: Delegation = world.read(&world.p1.own_position);
        world.request(&world.p1.own(), own.shares);
        open_to_all(world)
    }),
    (E::ExposureFull, |world| {
        world.edit_job(&world.fixed(), |job| job.fee = 1_000 * TOKEN);
        open_to_all(world)
    }),
    (E::ExposureFull, |world| {
        world.drawn(&world.fixed());
        world.edit_provider(&world.p1, |provider| provider.work.exposure = 20_000 * TOKEN);
        world.accept(&world.fixed())
    }),
];

/// P1 takes the fixed job's seat, which is open to all.
fn open_to_all(world: &World) -> Instruction {
    world.edit_job(&world.fixed(), |job| job.flags |= job_flags::SELF_SELECTION);
    ix::accept_job(&world.fixed(), world.provider(&world.p1).operator, world.p1.provider, Some(world.p1.offer()))
}
