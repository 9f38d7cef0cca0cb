//! Which mints can carry stake (network-mint-1).

use crate::*;

const INTEREST_BEARING: (u16, usize) = (10, 52);
const METADATA_POINTER: (u16, usize) = (18, 64);
const TOKEN_METADATA: (u16, usize) = (19, 80);
const GROUP_POINTER: (u16, usize) = (20, 64);
const TOKEN_GROUP: (u16, usize) = (21, 80);
const MEMBER_POINTER: (u16, usize) = (22, 64);
const TOKEN_GROUP_MEMBER: (u16, usize) = (23, 72);
const SCALED_UI_AMOUNT: (u16, usize) = (25, 56);

const REFUSED: [(u16, usize, &str); 14] = [
    (1, 108, "TransferFeeConfig"),
    (3, 32, "MintCloseAuthority"),
    (4, 65, "ConfidentialTransferMint"),
    (6, 1, "DefaultAccountState"),
    (9, 0, "NonTransferable"),
    (12, 32, "PermanentDelegate"),
    (14, 64, "TransferHook"),
    (16, 129, "ConfidentialTransferFeeConfig"),
    (24, 196, "ConfidentialMintBurn"),
    (26, 33, "Pausable"),
    (28, 32, "PermissionedBurn"),
    (7, 0, "an extension of accounts"),
    (29, 8, "one that does not exist yet"),
    (u16::MAX, 4, "the last there can be"),
];

fn options() -> ScenarioOptions {
    ScenarioOptions { program: TokenProgram::Token2022, ..ScenarioOptions::default() }
}

fn with_extensions(extensions: &[(u16, usize)]) -> World {
    let world = World::before_creation(&options());
    world.scenario.chain.create_mint(
        world.scenario.network.mint,
        &MintOptions {
            program: TokenProgram::Token2022,
            decimals: 6,
            mint_authority: Some(world.scenario.network.network),
            freeze_authority: None,
            extensions: extensions.iter().map(|(kind, len)| (*kind, vec![0; *len])).collect(),
        },
    );
    world
}

// network-mint-1
#[test]
fn every_extension_that_could_take_tax_or_freeze_stake_is_refused_and_so_is_every_unknown_one() {
    for (kind, len, name) in REFUSED {
        for extensions in [vec![(kind, len)], vec![METADATA_POINTER, (kind, len)]] {
            let world = with_extensions(&extensions);
            println!("{name}");
            world.refuses(world.scenario.create_network(&options()), &[&world.scenario.admin], E::MintExtensionRefused);
            assert_invariants(&world);
        }
    }
}

// network-mint-1
#[test]
fn stake_lives_under_every_extension_that_leaves_it_alone() {
    let allowed = [
        INTEREST_BEARING,
        METADATA_POINTER,
        TOKEN_METADATA,
        GROUP_POINTER,
        TOKEN_GROUP,
        MEMBER_POINTER,
        TOKEN_GROUP_MEMBER,
        SCALED_UI_AMOUNT,
    ];
    for extension in allowed {
        let world = with_extensions(&[extension]);
        world.send(&[world.scenario.create_network(&options())], &[&world.scenario.admin]);
        let ann = world.owner("ann", 0, 10_000 * TOKEN);
        let ticket = world.request_all(&ann);
        world.pass(35 * DAY);
        assert_eq!(world.withdraw(&ann, ticket), 10_000 * TOKEN, "extension {}", extension.0);
        assert_invariants(&world);
    }
}

#[test]
fn an_extension_entry_that_runs_over_the_end_is_refused() {
    let world = with_extensions(&[METADATA_POINTER]);
    // The entry's length says more bytes than there are.
    world.scenario.chain.edit(&world.scenario.network.mint, |data| data[168] = 65);
    world.refuses(world.scenario.create_network(&options()), &[&world.scenario.admin], E::MintExtensionRefused);
    assert_invariants(&world);
}

// network-mint-1
#[test]
fn wrapped_sol_of_either_program_cannot_be_a_work_token() {
    let natives = [
        (TokenProgram::Spl, "So11111111111111111111111111111111111111112"),
        (TokenProgram::Token2022, "9pan9bMn5HatX4EJdBwg9VgCa7Uz5HL8N1m5D3NdXej9"),
    ];
    for (program, native) in natives {
        let options = ScenarioOptions { program, mode: EmissionMode::Reserve, ..ScenarioOptions::default() };
        let world = World::before_creation(&options);
        let mint: Pubkey = native.parse().unwrap();
        world.scenario.chain.create_mint(
            mint,
            &MintOptions { program, decimals: 9, mint_authority: None, freeze_authority: None, extensions: Vec::new() },
        );
        let mut create = world.scenario.create_network(&options);
        create.accounts[3].pubkey = mint;
        world.refuses(create, &[&world.scenario.admin], E::NativeMintRefused);
        assert_invariants(&world);
    }
}

#[test]
fn only_a_mint_of_the_token_program_that_is_given_will_do() {
    let options = ScenarioOptions::default();
    let world = World::before_creation(&options);
    let admin = &world.scenario.admin;
    let create = |edit: &dyn Fn(&mut work_token_sdk::Instruction)| {
        let mut create = world.scenario.create_network(&options);
        edit(&mut create);
        create
    };
    let with_program = |key: Pubkey| create(&move |create| create.accounts[10].pubkey = key);
    let with_mint = |key: Pubkey| create(&move |create| create.accounts[3].pubkey = key);

    world.refuses(with_program(TokenProgram::Token2022.id()), &[admin], E::WrongMint);
    world.refuses(with_program(ix::SYSTEM_PROGRAM), &[admin], E::WrongTokenProgram);
    world.refuses(with_mint(admin.tokens), &[admin], E::WrongMint);
    world.refuses(with_mint(Pubkey::new_from_array([3; 32])), &[admin], E::WrongMint);
    world.scenario.chain.edit(&world.scenario.network.mint, |data| data[45] = 0);
    world.refuses(create(&|_| ()), &[admin], E::WrongMint);
    world.scenario.chain.edit(&world.scenario.network.mint, |data| data[45] = 1);
    assert_invariants(&world);
}
