//! Whatever a DAO decides of a network fits a transaction: as it is proposed, and as it is executed.

use {
    super::*,
    work_token_sdk::{
        Instruction,
        governance::{self as spl, AddIns},
        presets::{JOB_RULES, NETWORK_PARAMS},
        state::AuthorityRole,
        transactions::{Part, pack},
        votes::{self, RegistrarAddresses},
    },
    work_token_tests::Realm,
};

/// What is proposed, with the network's governing instructions in their largest form.
fn all(world: &World, dao: &Dao) -> Vec<(&'static str, Vec<Instruction>)> {
    let (network, treasury) = (&world.network.network, dao.at.treasury);
    let (author, to) = (Pubkey::new_from_array([7; 32]), Pubkey::new_from_array([8; 32]));
    let [join, set_realm_config] = switch(world, dao);
    vec![
        ("propose_params", vec![ix::propose_params(network, treasury, treasury, author, 1, &NETWORK_PARAMS)]),
        ("cancel_params", vec![ix::cancel_params(network, treasury, 1, treasury)]),
        ("set_job_class", vec![ix::set_job_class(network, treasury, treasury, 1, &JOB_RULES)]),
        ("pay_treasury", vec![ix::pay_treasury(&world.network, treasury, to, 1)]),
        ("pay_insurance", vec![ix::pay_insurance(&world.network, treasury, to, 1)]),
        ("propose_authority", vec![ix::propose_authority(network, treasury, AuthorityRole::Admin, to)]),
        ("accept_authority", dao.take_over_ixs(world).to_vec()),
        ("set_governance_config", vec![spl::set_governance_config(&dao.at, &dao.config)]),
        ("create_registrar", vec![join]),
        ("set_realm_config", vec![set_realm_config]),
    ]
}

/// By which stake votes in place of deposits, in a realm with a council that add-ins weigh.
fn switch(world: &World, dao: &Dao) -> [Instruction; 2] {
    let (realm, authority, treasury) = (&dao.at.realm, dao.at.governance, dao.at.treasury);
    let registrar = RegistrarAddresses::derive(realm.realm, world.network.network, world.network.mint);
    let [council, add_in] = [10, 11].map(|byte| Some(Pubkey::new_from_array([byte; 32])));
    let council_add_ins = AddIns { voter_weight: add_in, max_voter_weight: add_in };
    let rules = RealmRules { council, council_add_ins, ..RealmRules::by_add_in(votes::ID) };
    let join = votes::create_registrar(&registrar, [authority, treasury], &Realm::terms(0));
    [join, spl::set_realm_config(realm, authority, treasury, &rules)]
}

#[test]
fn everything_that_a_vote_decides_fits_a_transaction_when_it_is_proposed_and_when_it_is_executed() {
    let (world, dao, alice) = founded();
    let at = dao.at.proposal(&Pubkey::new_from_array([1; 32]));
    for (name, instructions) in all(&world, &dao) {
        // A fee payer and a payer of the rent beside the owner, as a relayer sends it.
        let (key, payer) = (alice.address(), world.admin.address());
        let insert = spl::insert_transaction(&at, key, payer, u16::MAX, u32::MAX, &instructions);
        let execute = spl::execute_transaction(&at, u16::MAX, &instructions);
        for instruction in [insert, execute] {
            if let Err(error) = pack(&[Part::alone(instruction)], &world.keeper.address(), &[]) {
                panic!("{name}: {error}");
            }
        }
    }
}
