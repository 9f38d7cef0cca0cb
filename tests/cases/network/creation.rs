//! Creating a network, and its two ways to emit.

use crate::*;
use work_token_sdk::state::network_flags;

fn options(edit: impl FnOnce(&mut ScenarioOptions)) -> ScenarioOptions {
    let mut options = ScenarioOptions::default();
    edit(&mut options);
    options
}

/// A world without its network, whose mint is as given.
fn with_mint(options: &ScenarioOptions, edit: impl FnOnce(&mut MintOptions)) -> World {
    let world = World::before_creation(options);
    let mut mint = MintOptions {
        program: options.program,
        decimals: 6,
        mint_authority: (options.mode == EmissionMode::Mint).then_some(world.scenario.network.network),
        freeze_authority: None,
        extensions: Vec::new(),
    };
    edit(&mut mint);
    world.scenario.chain.create_mint(world.scenario.network.mint, &mint);
    world
}

#[test]
fn a_network_begins_with_six_vaults_of_its_own_and_its_first_epoch() {
    let world = World::new();
    let network = world.network();
    assert_eq!(network.epoch_at(world.now()).0, 0);
    assert_eq!((network.clock_anchor_ts, network.epoch_secs), (world.now(), 86_400));
    assert_eq!((network.params_version, network.emitted_total, network.carried), (1, 0, 0));
    for kind in VaultKind::ALL {
        let vault = world.scenario.network.vault(kind);
        assert_eq!(network.vault(kind), &vault);
        let account = world.scenario.chain.account(&vault).unwrap().unwrap();
        assert_eq!((account.data.len(), account.owner), (165, network.token_program));
        assert_eq!(account.data[..32], network.mint.to_bytes());
        assert_eq!(account.data[32..64], world.scenario.network.network.to_bytes(), "the network is its authority");
    }
    assert_invariants(&world);
}

#[test]
fn a_network_of_token_2022_lives_like_one_of_spl_token() {
    for program in [TokenProgram::Spl, TokenProgram::Token2022] {
        let world = World::with(|options| options.program = program);
        let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
        let dora = world.holder("dora", &ann, 20_000 * TOKEN);
        world.cycle(&[&ann]);
        world.cycle(&[&ann]);
        assert_floor(world.claim(&dora), 59_400 * TOKEN);
        let ticket = world.request_all(&dora);
        world.pass(10 * DAY);
        assert_eq!(world.withdraw(&dora, ticket), 20_000 * TOKEN);
        assert_eq!(world.claim_own(&ann), 39_600 * TOKEN, "all of it is free after ten days");
        assert_invariants(&world);
    }
}

#[test]
fn mint_mode_mints_what_it_emits_and_reserve_mode_only_moves_it() {
    let minting = World::new();
    let reserve = World::with(|options| options.mode = EmissionMode::Reserve);
    reserve.give(reserve.scenario.network.vault(VaultKind::Reserve), 150_000 * TOKEN);
    for world in [&minting, &reserve] {
        let ann = world.owner("ann", 0, 10_000 * TOKEN);
        let before = world.scenario.chain.supply(&world.scenario.network.mint);
        world.cycle(&[&ann]);
        let pool = world.cycle(&[&ann]);
        assert_eq!((pool.emission, world.network().emitted_total), (EMISSION, EMISSION + KEEPERS));
        let minted = world.scenario.chain.supply(&world.scenario.network.mint) - before;
        assert_eq!(minted, if world.network().mints() { EMISSION + KEEPERS } else { 0 });
        assert_invariants(world);
    }
    assert_eq!(reserve.vault(VaultKind::Reserve), 50_000 * TOKEN);
}

#[test]
fn an_empty_reserve_ends_the_emission_and_stops_nothing() {
    let world = World::with(|options| options.mode = EmissionMode::Reserve);
    world.give(world.scenario.network.vault(VaultKind::Reserve), 150_000 * TOKEN);
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let emissions: Vec<_> = (0..4).map(|_| world.cycle(&[&ann]).emission).collect();
    assert_eq!(emissions, [0, EMISSION, EMISSION / 2, 0], "the second emission is what the reserve still held");
    assert_eq!(world.vault(VaultKind::Reserve), 0);
    assert_invariants(&world);
}

#[test]
fn nothing_is_minted_beyond_the_maximum_supply() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.actor("everybody else", (1_000_000_000 - 10_000 - 130_000) * TOKEN);
    let emissions: Vec<_> = (0..4).map(|_| world.cycle(&[&ann]).emission).collect();
    assert_eq!(emissions, [0, EMISSION, EMISSION * 3 / 10, 0]);
    assert_eq!(world.scenario.chain.supply(&world.scenario.network.mint), 1_000_000_000 * TOKEN);
    assert_invariants(&world);
}

// network-mint-2
#[test]
fn mint_mode_needs_the_network_as_mint_authority_and_reserve_mode_a_mint_without_one() {
    let stranger = Pubkey::new_from_array([7; 32]);
    for (mode, authority) in
        [(EmissionMode::Mint, None), (EmissionMode::Mint, Some(stranger)), (EmissionMode::Reserve, Some(stranger))]
    {
        let options = options(|options| options.mode = mode);
        let world = with_mint(&options, |mint| mint.mint_authority = authority);
        world.refuses(world.scenario.create_network(&options), &[&world.scenario.admin], E::WrongMintAuthority);
    }
    // Even the network itself may not be able to raise a fixed supply.
    let options = options(|options| options.mode = EmissionMode::Reserve);
    let world = World::before_creation(&options);
    let network = world.scenario.network.network;
    let world = with_mint(&options, |mint| mint.mint_authority = Some(network));
    world.refuses(world.scenario.create_network(&options), &[&world.scenario.admin], E::WrongMintAuthority);
    assert_invariants(&world);
}

// network-mint-4
#[test]
fn a_freeze_authority_must_be_accepted_and_the_network_then_says_so() {
    let options = options(|_| ());
    let world = with_mint(&options, |mint| mint.freeze_authority = Some(Pubkey::new_from_array([7; 32])));
    let mut create = world.scenario.create_network(&options);
    world.refuses(create.clone(), &[&world.scenario.admin], E::FreezeAuthorityRefused);
    create.data[17] = network_flags::FREEZE_AUTHORITY_ACCEPTED;
    world.send(&[create], &[&world.scenario.admin]);
    assert_eq!(world.network().flags, network_flags::FREEZE_AUTHORITY_ACCEPTED);
    assert_invariants(&world);
}

#[test]
fn an_unknown_mode_or_flag_is_refused() {
    let options = options(|_| ());
    let world = World::before_creation(&options);
    for (offset, value, error) in [
        (16, 2, E::UnknownEmissionMode),
        (16, 255, E::UnknownEmissionMode),
        (17, 2, E::UnknownFlags),
        (17, 255, E::UnknownFlags),
    ] {
        let mut create = world.scenario.create_network(&options);
        create.data[offset] = value;
        world.refuses(create, &[&world.scenario.admin], error);
    }
    assert_invariants(&world);
}

#[test]
fn a_mint_with_more_than_the_maximum_supply_is_refused() {
    let options = options(|options| options.params.max_supply = 1_000_000_000 * TOKEN);
    let world = World::before_creation(&options);
    let whale = world.actor("whale", 1_000_000_000 * TOKEN + 1);
    world.refuses(world.scenario.create_network(&options), &[&world.scenario.admin], E::SupplyTooLarge);
    assert_eq!(world.balance(&whale), 1_000_000_000 * TOKEN + 1);
    assert_invariants(&world);
}

#[test]
fn a_network_is_created_once_but_one_creator_may_have_several() {
    let options = options(|_| ());
    let world = World::with(|_| ());
    let admin = &world.scenario.admin;
    world.scenario.draft(admin, &options.params);
    world.refuses(world.scenario.create_network(&options), &[admin], E::AccountExists);

    let mint = Pubkey::new_from_array([9; 32]);
    let second = work_token_sdk::NetworkAddresses::derive(&admin.address(), 2, mint, TokenProgram::Spl.id());
    world.scenario.chain.create_mint(
        mint,
        &MintOptions {
            program: TokenProgram::Spl,
            decimals: 9,
            mint_authority: Some(second.network),
            freeze_authority: None,
            extensions: Vec::new(),
        },
    );
    let input = ix::CreateNetwork {
        creator: admin.address(),
        id: 2,
        emission_mode: EmissionMode::Mint,
        accept_freeze_authority: false,
        admin: admin.address(),
        guardian: admin.address(),
        arbiter: admin.address(),
        params: options.params,
    };
    for draft in ix::draft_params(&second.network, admin.address(), &options.params) {
        world.send(&[draft], &[admin]);
    }
    world.send(&[ix::create_network(&second, &input)], &[admin]);
    assert_ne!(second.network, world.scenario.network.network);
    assert_invariants(&world);
}

#[test]
fn a_network_stands_only_at_its_canonical_address() {
    let options = options(|options| options.mode = EmissionMode::Reserve);
    let world = World::before_creation(&options);
    let mut create = world.scenario.create_network(&options);
    create.accounts[1].pubkey = Pubkey::new_from_array([5; 32]);
    world.refuses(create, &[&world.scenario.admin], E::WrongAddress);

    // The address follows from the signer: nobody can create a network in another's name.
    let mut create = world.scenario.create_network(&options);
    create.accounts[0].pubkey = world.scenario.keeper.address();
    world.refuses(create, &[], E::NotTheAuthor);
    assert_invariants(&world);
}

#[test]
fn lamports_sent_to_an_address_beforehand_neither_block_nor_price_its_creation() {
    let options = options(|_| ());
    let world = World::before_creation(&options);
    world.scenario.chain.fund(&world.scenario.network.network, 1_000_000);
    for vault in world.scenario.network.vaults {
        world.scenario.chain.fund(&vault, 50_000_000);
    }
    world.send(&[world.scenario.create_network(&options)], &[&world.scenario.admin]);

    let actor = world.actor("ann", 10_000 * TOKEN);
    let at = work_token_sdk::ProviderAddresses::derive(world.scenario.network, actor.address());
    for key in [at.provider, at.stake_vault, at.own_position] {
        world.scenario.chain.fund(&key, 1_000_000);
    }
    world.scenario.register(&actor, 0, 10_000 * TOKEN).unwrap();
    assert_invariants(&world);
}

#[test]
fn the_creator_has_no_power_afterwards() {
    let options = options(|_| ());
    let world = World::before_creation(&options);
    let governor = world.actor("governor", 0);
    let creator = &world.scenario.admin;
    let input = ix::CreateNetwork {
        creator: creator.address(),
        id: 1,
        emission_mode: EmissionMode::Mint,
        accept_freeze_authority: false,
        admin: governor.address(),
        guardian: governor.address(),
        arbiter: governor.address(),
        params: options.params,
    };
    world.send(&[ix::create_network(&world.scenario.network, &input)], &[creator]);
    let network = world.scenario.network.network;
    world.refuses(ix::pause(&network, creator.address(), 60), &[creator], E::NotTheGuardian);
    world.scenario.draft(creator, &options.params);
    let by = creator.address();
    let propose = ix::propose_params(&network, by, by, by, 1, &options.params);
    world.refuses(propose, &[creator], E::NotTheAdmin);
    world.send(&[ix::pause(&network, governor.address(), 60)], &[&governor]);
    assert_invariants(&world);
}
