//! 2xx: networks and governance.

use {
    super::{Provoke, with_args},
    crate::{cases::network::outage, chain::Chain, world::*},
    work_token_localnet::{MintOptions, TokenProgram},
    work_token_sdk::{
        Instruction, NetworkAddresses, Pubkey, WorkTokenError as E, ix,
        math::Ppm,
        presets::NETWORK_PARAMS,
        state::{AuthorityRole, EmissionMode, Metric, MetricSource, NetworkParams, VaultKind},
    },
};

pub const CODES: &[(E, Provoke)] = &[
    (E::NotTheAdmin, |world| ix::pay_treasury(&world.a.at, world.b.admin, world.d1.tokens, 1)),
    (E::NotTheGuardian, |world| ix::pause(&world.a.at.network, world.a.admin, 60)),
    (E::NotThePendingAuthority, |world| {
        ix::accept_authority(&world.a.at.network, world.attacker.key, AuthorityRole::Admin)
    }),
    (E::AuthorityDelay, |world| {
        let network = world.a.at.network;
        world.chain.must(&[ix::propose_authority(
            &network,
            world.a.admin,
            AuthorityRole::Guardian,
            world.attacker.key,
        )]);
        world.go_to(7 * DAY - 1);
        ix::accept_authority(&network, world.attacker.key, AuthorityRole::Guardian)
    }),
    (E::UnknownRole, |world| {
        with_args(ix::accept_authority(&world.a.at.network, world.attacker.key, AuthorityRole::Admin), &[3])
    }),
    (E::Paused, |world| {
        world.chain.must(&[ix::pause(&world.a.at.network, world.a.guardian, 60)]);
        delegate(&world.p1.position(world.d1.key), world.d1.tokens, 500 * TOKEN)
    }),
    (E::PauseTooLong, |world| ix::pause(&world.a.at.network, world.a.guardian, 7 * DAY as u32 + 1)),
    (E::PauseTooLong, |world| ix::pause(&world.a.at.network, world.a.guardian, 0)),
    (E::PauseTooSoon, |world| {
        world.chain.must(&[ix::pause(&world.a.at.network, world.a.guardian, 60)]);
        world.go_to(11 * DAY + 59);
        ix::pause(&world.a.at.network, world.a.guardian, 60)
    }),
    (E::NotPaused, |world| ix::unpause(&world.a.at.network, world.a.guardian)),
    (E::MintExtensionRefused, |world| {
        // A permanent delegate.
        create(
            world,
            MintOptions { program: TokenProgram::Token2022, extensions: vec![(12, vec![1; 32])], ..options() },
            |_| {},
        )
    }),
    (E::NativeMintRefused, |world| {
        let native = Pubkey::from_str_const("So11111111111111111111111111111111111111112");
        super::with(create(world, options(), |_| {}), 3, native)
    }),
    (E::FreezeAuthorityRefused, |world| {
        let freeze_authority = Some(world.attacker.key);
        create(world, MintOptions { freeze_authority, ..options() }, |_| {})
    }),
    (E::WrongMintAuthority, |world| {
        let instruction = create(world, MintOptions { program: TokenProgram::Spl, ..options() }, |_| {});
        world.chain.net.edit(&instruction.accounts[3].pubkey, |mint| mint[4] ^= 1);
        instruction
    }),
    (E::UnknownEmissionMode, |world| edited(create(world, options(), |_| {}), 8, 2)),
    (E::UnknownFlags, |world| edited(create(world, options(), |_| {}), 9, 2)),
    (E::SupplyTooLarge, |world| {
        let instruction = create(world, options(), |params| params.max_supply = 1_000_000_000 * TOKEN);
        let mint = instruction.accounts[3].pubkey;
        let owner = world.attacker.key;
        world.chain.net.create_token_account(
            Chain::address("whale"),
            TokenProgram::Spl,
            mint,
            owner,
            1_000_000_001 * TOKEN,
        );
        instruction
    }),
    (E::DraftIncomplete, |world| {
        let proposal = undrafted(world);
        world.chain.must(&[half(world)]);
        proposal
    }),
    (E::DraftComplete, |world| {
        draft(&world.chain, &world.a.at.network, world.rentier, &NETWORK_PARAMS);
        half(world)
    }),
    (E::UnknownDraftPart, |world| {
        let mut write = half(world);
        write.data[40] = 9;
        write
    }),
    (E::DraftKept, |world| {
        draft(&world.chain, &world.a.at.network, world.rentier, &NETWORK_PARAMS);
        ix::close_draft(&world.a.at.network, world.rentier, &NETWORK_PARAMS)
    }),
    (E::NotTheAuthor, |world| {
        world.chain.must(&[half(world)]);
        let mut close = ix::close_draft(&world.a.at.network, world.rentier, &NETWORK_PARAMS);
        close.accounts[0].pubkey = world.attacker.key;
        close
    }),
    (E::StaleParameters, |world| {
        world.go_to(4 * DAY + 12 * HOUR);
        world.open_due(&world.a);
        world.chain.must(&[ix::execute_params(&world.a.at, 1, world.rentier)]);
        ix::execute_params(&world.a.at, 2, world.rentier)
    }),
    (E::ChangeNotDue, |world| {
        let number = 3;
        world.chain.must(&[propose(world, number, |params| params.leverage = 15)]);
        world.go_to(7 * DAY - 1);
        ix::execute_params(&world.a.at, number, world.rentier)
    }),
    (E::ChangeExpired, |world| {
        world.go_to(20 * DAY);
        ix::execute_params(&world.a.at, 1, world.rentier)
    }),
    (E::StepTooLarge, |world| propose(world, 3, |params| params.leverage = 12)),
    (E::StepTooLarge, |world| propose(world, 3, |params| params.disputes.juror_lock += params.disputes.juror_lock / 4)),
    (E::ParameterOnlyFalls, |world| propose(world, 3, |params| params.max_supply += 1)),
    (E::MetricStepTooLarge, |world| {
        world.measure(&world.a);
        propose(world, 3, |params| {
            params.metrics[0] = Metric::new("quality", Ppm(899_999), MetricSource::Attested);
            params.metrics[1] = Metric::new("life", Ppm(100_001), MetricSource::Heartbeat);
        })
    }),
    (E::NewMetricCounts, |world| {
        propose(world, 3, |params| {
            let metric = Metric::new("life", Ppm(1_000_000), MetricSource::Heartbeat);
            params.metrics[0] = Metric { gate_bps: 1, ..metric };
        })
    }),
    (E::EpochsNotOpen, |world| {
        world.go_to(4 * DAY + 12 * HOUR);
        ix::execute_params(&world.a.at, 1, world.rentier)
    }),
    (E::SupplyTooLarge, |world| {
        world.chain.must(&[propose(world, 3, |params| params.max_supply -= params.max_supply / 5)]);
        world.go_to(8 * DAY);
        world.open_due(&world.a);
        world.chain.net.give_tokens(&world.attacker.tokens, 900_000_000 * TOKEN);
        ix::execute_params(&world.a.at, 3, world.rentier)
    }),
    (E::NotTheAdmin, |world| {
        world.go_to(18 * DAY);
        ix::cancel_params(&world.a.at.network, world.attacker.key, 1, world.rentier)
    }),
    (E::NothingToSweep, |world| ix::sweep_surplus(&world.p1)),
    (E::TreasuryStepExceeded, |world| {
        let step = NETWORK_PARAMS.emission.treasury_step;
        world.chain.net.give_tokens(&world.a.vault(VaultKind::Treasury), 2 * step);
        ix::pay_treasury(&world.a.at, world.a.admin, world.d1.tokens, step + 1)
    }),
    (E::NoOutage, |world| {
        outage(world, HOUR);
        ix::record_outage(&world.a.at.network)
    }),
    (E::OutageLimitReached, |world| {
        for _ in 0..2 {
            outage(world, 2 * DAY);
            let limit = ix::record_outage(&world.a.at.network);
            if world.network().outages.week_secs == 0 {
                world.chain.must(&[limit]);
            }
        }
        ix::record_outage(&world.a.at.network)
    }),
    (E::ClockHasGained, |world| {
        let refresh = ix::refresh_note(&world.a.at.network);
        world.chain.must(std::slice::from_ref(&refresh));
        outage(world, 2);
        refresh
    }),
];

/// The first part of the default set.
fn half(world: &World) -> Instruction {
    let [first, ..] = ix::draft_params(&world.a.at.network, world.rentier, &NETWORK_PARAMS);
    first
}

fn undrafted(world: &World) -> Instruction {
    let (network, payer) = (&world.a.at.network, world.rentier);
    ix::propose_params(network, world.a.admin, payer, payer, 3, &NETWORK_PARAMS)
}

fn propose(world: &World, number: u32, change: fn(&mut NetworkParams)) -> Instruction {
    let mut params = NETWORK_PARAMS;
    change(&mut params);
    world.propose(number, &params)
}

fn options() -> MintOptions {
    MintOptions::of(TokenProgram::Spl, None)
}

/// The creation of a new network with a mint and parameters of one's choice; the network is the mint's
/// authority.
pub fn create(world: &mut World, options: MintOptions, change: impl FnOnce(&mut NetworkParams)) -> Instruction {
    let creator = world.chain.wallet("creator");
    let at = NetworkAddresses::derive(&creator, 9, Chain::address("mint of the new network"), options.program.id());
    world.chain.net.create_mint(at.mint, &MintOptions { mint_authority: Some(at.network), ..options });
    let mut input = creation(creator, 9, EmissionMode::Mint);
    change(&mut input.params);
    draft(&world.chain, &at.network, creator, &input.params);
    ix::create_network(&at, &input)
}

/// The creation with one byte of its arguments changed.
fn edited(mut instruction: Instruction, at: usize, byte: u8) -> Instruction {
    instruction.data[8 + at] = byte;
    instruction
}

pub fn default_options() -> MintOptions {
    options()
}
