//! What a network's DAO decides: authorities, parameters, classes, payments, its own rules.

use {
    super::*,
    work_token_sdk::{
        addresses,
        governance::{self as spl, ProposalState},
        presets::{JOB_RULES, Preset},
        state::{JobClass, ParamChange},
    },
};

#[test]
fn a_vote_makes_the_treasury_of_a_realm_admin_and_arbiter_of_a_network() {
    let (world, dao, alice) = founded();
    world.propose_dao(&dao);
    let take_over = dao.propose(&world, &alice, &[(HOLD_UP, dao.take_over_ixs(&world).to_vec())]);
    dao.vote(&world, &take_over, &alice, &Vote::yes());
    assert_eq!(dao.close_vote(&world, &take_over).state, ProposalState::Succeeded);
    world.pass(i64::from(HOLD_UP) + 1);
    assert_eq!(world.network().authorities.admin, world.admin.address());
    dao.execute(&world, &take_over, 0);
    let authorities = world.network().authorities;
    assert_eq!((authorities.admin, authorities.arbiter), (dao.at.treasury, dao.at.treasury));
    let again = ix::propose_authority(
        &world.network.network,
        world.admin.address(),
        work_token_sdk::state::AuthorityRole::Admin,
        world.admin.address(),
    );
    world.refuses(again, &[&world.admin], E::NotTheAdmin);
    assert_invariants(&world);
}

/// The member drafts, the vote signs the hash of what was drafted, and anybody puts it in force.
fn change_params(
    world: &World,
    dao: &Dao,
    member: &Actor,
    edit: impl FnOnce(&mut work_token_sdk::state::NetworkParams),
) {
    let (network, treasury) = (world.network(), dao.at.treasury);
    let mut params = network.params;
    edit(&mut params);
    world.draft(member, &params);
    let number = network.param_changes + 1;
    let at = &world.network.network;
    dao.decide(world, member, vec![ix::propose_params(at, treasury, treasury, member.address(), number, &params)]);
    let change: ParamChange = world.read(&addresses::param_change(at, number));
    assert_eq!(change.payer, treasury);
    let execute = ix::execute_params(&world.network, number, treasury);
    world.refuses(execute.clone(), &[], E::ChangeNotDue);
    world.wait_until(change.executable_from_ts);
    let mut instructions = world.open_due_ix();
    instructions.push(execute);
    let before = world.lamports(&treasury);
    world.send(&instructions, &[]);
    assert!(world.lamports(&treasury) > before, "the rent of the change returns to the treasury");
    assert_eq!(world.network().params, params);
}

#[test]
fn a_vote_changes_a_parameter_after_its_hold_up_and_the_changes_own_delay() {
    let (world, dao, alice) = governed();
    change_params(&world, &dao, &alice, |params| params.weigh_bounty -= 1);
    assert_invariants(&world);
}

#[test]
fn a_vote_changes_the_work_share_of_the_emission() {
    let paid_by_work = Preset::Inference.params();
    let (world, dao, alice) = governed_in(World::with(|options| options.params = paid_by_work));
    let share = paid_by_work.work_pay.work_share_ppm;
    assert!(share > 0);
    change_params(&world, &dao, &alice, |params| params.work_pay.work_share_ppm = share - share / 10);
    assert_invariants(&world);
}

#[test]
fn a_vote_creates_a_class_of_jobs_and_the_treasury_pays_its_rent() {
    let (world, dao, alice) = governed();
    let (network, treasury) = (world.network.network, dao.at.treasury);
    let set = ix::set_job_class(&network, treasury, treasury, 9, &JOB_RULES);
    let at = dao.propose(&world, &alice, &[(HOLD_UP, vec![set])]);
    dao.vote(&world, &at, &alice, &Vote::yes());
    dao.close_vote(&world, &at);
    world.pass(i64::from(HOLD_UP) + 1);
    world.send(&world.open_due_ix(), &[]);
    dao.execute(&world, &at, 0);
    let class: JobClass = world.read(&addresses::job_class(&network, 9));
    assert_eq!(class.rules, JOB_RULES);
    assert_invariants(&world);
}

#[test]
fn a_vote_announces_a_payment_of_the_treasury_and_makes_it_three_days_later() {
    let (world, dao, alice) = governed();
    world.donate(world.network.vault(VaultKind::Treasury), 50 * TOKEN);
    let bob = world.actor("bob", 0);
    let pay = ix::pay_treasury(&world.network, dao.at.treasury, bob.tokens, 50 * TOKEN);
    let twice = [(HOLD_UP, vec![pay.clone()]), (HOLD_UP + 3 * 86_400, vec![pay])];
    let at = dao.propose(&world, &alice, &twice);
    dao.vote(&world, &at, &alice, &Vote::yes());
    dao.close_vote(&world, &at);
    world.pass(i64::from(HOLD_UP) + 1);
    dao.execute(&world, &at, 0);
    assert_eq!((world.balance(&bob), dao.proposal(&world, &at).state), (0, ProposalState::Executing));
    world.pass(3 * DAY);
    dao.execute(&world, &at, 1);
    assert_eq!((world.balance(&bob), dao.proposal(&world, &at).state), (50 * TOKEN, ProposalState::Completed));
    world.donation_moved(world.network.vault(VaultKind::Treasury), None);
    assert_invariants(&world);
}

#[test]
fn a_governance_changes_its_own_rules_by_its_own_vote_alone() {
    let (world, dao, alice) = governed();
    let longer = GovernanceConfig { voting_secs: 5 * 86_400, ..rules() };
    let mut by_hand = spl::set_governance_config(&dao.at, &longer);
    by_hand.accounts[0].is_signer = false;
    let before = Photo::of(&world);
    refused_with_code(&world, &before, world.tries(&[by_hand], &[]), 561);
    dao.decide(&world, &alice, vec![spl::set_governance_config(&dao.at, &longer)]);
    assert_eq!(dao.governance(&world).config, longer);
    assert_invariants(&world);
}

#[test]
fn a_realm_over_a_mint_of_token_2022_is_refused() {
    let world = World::with(|options| options.program = TokenProgram::Token2022);
    work_token_tests::deploy_governance(&world.chain);
    let admin = &world.admin;
    let realm = spl::RealmAddresses::derive(spl::PROGRAM, "Workers", world.network.mint);
    let key = admin.address();
    let create = spl::create_realm(&realm, key, key, "Workers", &RealmRules::by_deposit());
    let before = Photo::of(&world);
    assert!(world.tries(&[create], &[admin]).is_err());
    assert_eq!(before.first_difference(&world), None);
}
