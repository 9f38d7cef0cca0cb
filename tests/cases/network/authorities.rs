//! Authorities are handed over in two steps.

use crate::*;
use work_token_sdk::state::AuthorityRole;

fn propose(world: &World, admin: &Actor, role: AuthorityRole, proposed: Pubkey) -> work_token_sdk::Instruction {
    ix::propose_authority(&world.scenario.network.network, admin.address(), role, proposed)
}

fn accept(world: &World, who: &Actor, role: AuthorityRole) -> work_token_sdk::Instruction {
    ix::accept_authority(&world.scenario.network.network, who.address(), role)
}

#[test]
fn a_new_admin_takes_over_by_accepting_and_the_old_one_is_out() {
    let world = World::new();
    let (old, new) = (&world.scenario.admin, world.actor("new", 0));
    world.refuses(accept(&world, &new, AuthorityRole::Admin), &[&new], E::NotThePendingAuthority);
    world.send(&[propose(&world, old, AuthorityRole::Admin, new.address())], &[old]);
    assert_eq!(world.network().authorities.admin, old.address(), "nothing changes until the proposed one accepts");
    world.refuses(accept(&world, old, AuthorityRole::Admin), &[old], E::NotThePendingAuthority);
    world.send(&[accept(&world, &new, AuthorityRole::Admin)], &[&new]);
    let network = world.network();
    assert_eq!((network.authorities.admin, network.authorities.pending_admin), (new.address(), Pubkey::default()));
    world.refuses(propose(&world, old, AuthorityRole::Admin, old.address()), &[old], E::NotTheAdmin);
    world.refuses(accept(&world, &new, AuthorityRole::Admin), &[&new], E::NotThePendingAuthority);
    assert_invariants(&world);
}

// network-authority-2
#[test]
fn a_new_guardian_or_arbiter_waits_three_days() {
    for role in [AuthorityRole::Guardian, AuthorityRole::Arbiter] {
        let world = World::new();
        let (admin, new) = (&world.scenario.admin, world.actor("new", 0));
        world.send(&[propose(&world, admin, role, new.address())], &[admin]);
        world.refuses(accept(&world, &new, role), &[&new], E::AuthorityDelay);
        world.pass(3 * DAY - 1);
        world.refuses(accept(&world, &new, role), &[&new], E::AuthorityDelay);
        world.pass(1);
        world.send(&[accept(&world, &new, role)], &[&new]);
        let network = world.network();
        let (guardian, arbiter) = (network.authorities.guardian, network.authorities.arbiter);
        assert_eq!(new.address(), if role == AuthorityRole::Guardian { guardian } else { arbiter });
        assert_eq!(admin.address(), if role == AuthorityRole::Guardian { arbiter } else { guardian });
        assert_invariants(&world);
    }
}

#[test]
fn a_proposal_can_be_replaced_or_withdrawn() {
    let world = World::new();
    let (admin, first, second) = (&world.scenario.admin, world.actor("first", 0), world.actor("second", 0));
    let role = AuthorityRole::Guardian;
    world.send(&[propose(&world, admin, role, first.address())], &[admin]);
    world.pass(2 * DAY);
    world.send(&[propose(&world, admin, role, second.address())], &[admin]);
    world.pass(DAY);
    world.refuses(accept(&world, &first, role), &[&first], E::NotThePendingAuthority);
    world.refuses(accept(&world, &second, role), &[&second], E::AuthorityDelay);
    world.send(&[propose(&world, admin, role, Pubkey::default())], &[admin]);
    world.pass(10 * DAY);
    world.refuses(accept(&world, &second, role), &[&second], E::NotThePendingAuthority);
    assert_invariants(&world);
}

#[test]
fn a_proposal_for_one_role_gives_no_other() {
    let world = World::new();
    let (admin, new) = (&world.scenario.admin, world.actor("new", 0));
    world.send(&[propose(&world, admin, AuthorityRole::Guardian, new.address())], &[admin]);
    world.pass(3 * DAY);
    for role in [AuthorityRole::Admin, AuthorityRole::Arbiter] {
        world.refuses(accept(&world, &new, role), &[&new], E::NotThePendingAuthority);
    }
    assert_invariants(&world);
}

#[test]
fn only_the_admin_proposes_and_only_known_roles() {
    let world = World::new();
    let (admin, eve) = (&world.scenario.admin, world.actor("eve", 0));
    world.refuses(propose(&world, &eve, AuthorityRole::Admin, eve.address()), &[&eve], E::NotTheAdmin);
    let mut unknown = propose(&world, admin, AuthorityRole::Admin, eve.address());
    unknown.data[8] = 3;
    world.refuses(unknown, &[admin], E::UnknownRole);
    let mut unknown = accept(&world, &eve, AuthorityRole::Admin);
    unknown.data[8] = 255;
    world.refuses(unknown, &[&eve], E::UnknownRole);
    assert_invariants(&world);
}

// network-authority-3
#[test]
fn an_authority_may_be_an_address_without_a_key_that_its_program_signs_for() {
    let world = World::new();
    let admin = &world.scenario.admin;
    let network = world.scenario.network.network;
    let (pda, _) = Pubkey::find_program_address(&[b"governance"], &Pubkey::new_from_array([42; 32]));
    let as_pda = |mut instruction: work_token_sdk::Instruction| {
        let signer = instruction.accounts.iter_mut().find(|account| account.pubkey == admin.address());
        signer.expect("the admin is in it").pubkey = pda;
        instruction
    };
    world.send(&[propose(&world, admin, AuthorityRole::Admin, pda)], &[admin]);
    // The runtime lets a program sign for its address by CPI; here signatures are not verified instead.
    // Either way the program sees an account that signed, and nothing more.
    world.scenario.chain.with_svm(|svm| *svm = std::mem::take(svm).with_sigverify(false));
    let unsigned = |instruction: work_token_sdk::Instruction| {
        let payer = world.scenario.keeper.address();
        let message = solana_sdk::message::Message::new(&[instruction], Some(&payer));
        let mut transaction = solana_sdk::transaction::Transaction::new_unsigned(message);
        transaction.message.recent_blockhash = world.scenario.chain.latest_blockhash().unwrap();
        world.scenario.chain.send(&transaction.into()).unwrap_or_else(|error| panic!("{error}"))
    };
    unsigned(as_pda(accept(&world, admin, AuthorityRole::Admin)));
    assert_eq!(world.network().authorities.admin, pda);
    let mut params = world.network().params;
    params.weigh_bounty -= 1;
    let keeper = &world.scenario.keeper;
    world.scenario.draft(keeper, &params);
    let propose = ix::propose_params(&network, pda, keeper.address(), keeper.address(), 1, &params);
    unsigned(propose);
    assert_eq!(world.network().param_changes, 1);
    assert_invariants(&world);
}

#[test]
fn the_treasury_pays_what_the_admin_announced_three_days_before_and_to_no_vault() {
    let world = World::new();
    let (admin, eve) = (&world.scenario.admin, world.actor("eve", 0));
    let treasury = world.scenario.network.vault(VaultKind::Treasury);
    world.donate(treasury, 1_000 * TOKEN);
    let pay = |who: &Actor, to, amount| ix::pay_treasury(&world.scenario.network, who.address(), to, amount);
    world.refuses(pay(&eve, eve.tokens, 1), &[&eve], E::NotTheAdmin);
    let reward_vault = world.scenario.network.vault(VaultKind::Reward);
    world.refuses(pay(admin, reward_vault, 1), &[admin], E::VaultAsDestination);
    world.send(&[pay(admin, eve.tokens, 1_000 * TOKEN + 1)], &[admin]);
    world.pass(3 * DAY);
    world.refuses(pay(admin, eve.tokens, 1_000 * TOKEN + 1), &[admin], E::InsufficientFunds);
    world.send(&[pay(admin, eve.tokens, 1_000 * TOKEN)], &[admin]);
    world.pass(3 * DAY - 1);
    world.refuses(pay(admin, eve.tokens, 1_000 * TOKEN), &[admin], E::ChangeNotDue);
    assert_eq!(world.balance(&eve), 0, "only announced");
    world.pass(1);
    world.send(&[pay(admin, eve.tokens, 1_000 * TOKEN)], &[admin]);
    world.donation_moved(treasury, None);
    assert_eq!((world.balance(&eve), world.token_balance(&treasury)), (1_000 * TOKEN, 0));
    assert_invariants(&world);
}

#[test]
fn no_authority_reaches_any_vault_but_its_own_by_a_payment() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let admin = &world.scenario.admin;
    let mut pay = ix::pay_treasury(&world.scenario.network, admin.address(), admin.tokens, 1);
    for vault in [VaultKind::Reward, VaultKind::Escrow, VaultKind::Insurance, VaultKind::Keeper, VaultKind::Reserve] {
        pay.accounts[2].pubkey = world.scenario.network.vault(vault);
        world.refuses(pay.clone(), &[admin], E::WrongVault);
    }
    pay.accounts[2].pubkey = ann.at.stake_vault;
    world.refuses(pay, &[admin], E::WrongVault);
    assert_invariants(&world);
}
