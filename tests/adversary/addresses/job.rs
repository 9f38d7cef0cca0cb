//! Addresses of jobs, seats, attesters and trees: canonical where uniqueness is safety; a job and its seats
//! at any bump, because a client's numbers are never used twice.

use {
    crate::{addresses::addresses, cases::job::credited, codes::with, world::*},
    work_token_sdk::{
        Instruction, JobAddresses, WorkTokenError as E,
        args::SetOfferArgs,
        ix,
        limits::MAX_JOB_CLASSES,
        math::Epoch,
        seeds,
        state::{Client, Job},
    },
};

#[test]
fn classes_models_clients_offers_attesters_rosters_and_shards_exist_at_their_canonical_address_only() {
    let mut world = World::new();
    let newcomer = person(&mut world.chain, &world.a, "d9");
    let (a, c) = (world.a.at.network, world.c.at.network);
    world.begin_measuring(&world.a, 4);
    let from = tokens(&world.chain, &world.c, &newcomer);
    let first = ix::register_attester(&world.attester(&world.c, &newcomer), from, 1_000 * TOKEN);
    let (four, zero) = (4u32.to_le_bytes(), 0u16.to_le_bytes());
    let torch = World::model_args("torch");
    let cases: [(&[&[u8]], Instruction, usize); 7] = [
        (&[seeds::JOB_CLASS, a.as_ref(), &[7]], class(&world), 3),
        (&[seeds::MODEL, a.as_ref(), &torch.name], world.set_model(&world.a, &torch), 3),
        (
            &[seeds::CLIENT, a.as_ref(), newcomer.key.as_ref()],
            ix::register_client(&world.client(&world.a, &newcomer)),
            2,
        ),
        (
            &[seeds::OFFER, world.p4.provider.as_ref()],
            ix::set_offer(
                &world.p4,
                world.p4.owner,
                &SetOfferArgs { classes: 1, floors: [TOKEN; MAX_JOB_CLASSES], ..SetOfferArgs::default() },
            ),
            3,
        ),
        (&[seeds::ATTESTER_ROSTER, c.as_ref()], first.clone(), 3),
        (&[seeds::ATTESTER, c.as_ref(), newcomer.key.as_ref()], first, 2),
        (&[seeds::SCORES, a.as_ref(), &four, &zero], world.draw_attesters(&world.a, 4), 4),
    ];
    let start = world.chain.snapshot();
    for (seeds, instruction, slot) in cases {
        world.chain.restore(&start);
        let [(canonical, _), others @ ..] = &addresses(seeds)[..] else { panic!("some address is valid") };
        assert_eq!(instruction.accounts[slot].pubkey, *canonical);
        for (other, _) in others {
            world.chain.refused(&[with(instruction.clone(), slot, *other)], E::WrongAddress);
        }
        world.chain.must(&[instruction]);
    }
}

#[test]
fn clients_attesters_and_shards_are_not_created_twice() {
    let mut world = World::new();
    let newcomer = person(&mut world.chain, &world.a, "d9");
    world.begin_measuring(&world.a, 4);
    let instructions = [
        ix::register_client(&world.client(&world.a, &newcomer)),
        ix::register_attester(&world.attester(&world.a, &newcomer), newcomer.tokens, 1_000 * TOKEN),
        world.draw_attesters(&world.a, 4),
    ];
    for instruction in instructions {
        world.chain.must(std::slice::from_ref(&instruction));
        world.chain.refused(&[instruction], E::AccountExists);
    }
}

#[test]
fn a_job_and_its_seats_work_at_any_bump_and_its_number_is_used_once() {
    let world = World::new();
    let client = world.client(&world.a, &world.c1);
    let number = world.read::<Client>(&client.client).next_number;
    let input = world.job_input(&world.a, &world.c1, TRIPLE);
    let jobs = addresses(&[seeds::JOB, world.a.at.network.as_ref(), world.c1.key.as_ref(), &number.to_le_bytes()]);
    let [canonical, other, ..] = jobs[..] else { panic!("three addresses are valid") };
    let at = |(job, bump)| JobAddresses { client, number, job, bump };
    let mut seats = at(other).seats(3);
    (seats[1].assignment, seats[1].bump) = addresses(&[seeds::ASSIGNMENT, other.0.as_ref(), &[1]])[1];
    let class = work_token_sdk::addresses::job_class(&world.a.at.network, TRIPLE);
    world.chain.must(&[ix::create_job_at(&at(other), class, &seats, &input)]);
    assert_eq!(world.read::<Job>(&other.0).number, number);
    // The canonical address of the same number is not the next job's.
    let again = ix::create_job(&at(canonical), &input);
    let refusal = world.chain.refusal(&[again]);
    assert!(["PrivilegeEscalation", "ProgramFailedToComplete"].contains(&refusal.as_str()), "{refusal}");
    for seat in &seats {
        credited(&world, seat);
        world.chain.must(&[ix::claim_credit(seat, world.c1.tokens)]);
    }
    let seats: Vec<_> = seats.iter().map(|seat| seat.assignment).collect();
    world.chain.must(&[ix::close_job(&at(other), world.c1.key, &seats)]);
}

#[test]
fn lamports_sent_beforehand_neither_block_nor_price_the_accounts_of_work() {
    let mut world = World::new();
    let newcomer = person(&mut world.chain, &world.a, "d9");
    world.begin_measuring(&world.a, 4);
    let from = tokens(&world.chain, &world.c, &newcomer);
    let instructions = [
        class(&world),
        ix::register_client(&world.client(&world.a, &newcomer)),
        world.create_job(&world.a, &world.c1, &world.job_input(&world.a, &world.c1, TRIPLE)),
        ix::set_offer(
            &world.p4,
            world.p4.owner,
            &SetOfferArgs { classes: 1, floors: [TOKEN; MAX_JOB_CLASSES], ..SetOfferArgs::default() },
        ),
        ix::register_attester(&world.attester(&world.c, &newcomer), from, 1_000 * TOKEN),
        world.draw_attesters(&world.a, 4),
    ];
    instructions.iter().for_each(|instruction| crate::addresses::gifts_change_nothing(&world, instruction));
}

#[test]
fn a_tree_is_adopted_once_and_gives_its_maker_no_power() {
    let world = World::new();
    let [tree, other, ..] = world.trees;
    assert!(world.chain.can_sign(&tree) && world.chain.can_sign(&other), "whoever made them keeps their keys");
    for (network, parity) in [(&world.a, 0), (&world.a, 1), (&world.b, 0)] {
        let adopt = ix::init_tree(&network.at.network, other, tree, parity);
        world.chain.refused(&[adopt], E::TreeExists);
    }
    world.chain.refused(&[ix::init_tree(&world.c.at.network, other, tree, 0)], E::NotAnEmptyTree);
    // Its lamports are the program's to move.
    let take = crate::revival::transfer(&tree, &world.attacker.key, 1);
    assert_eq!(world.chain.refusal(&[take]), "system InvalidArgument");
    assert_eq!(world.tree(&world.a, 4), Some(tree));
    assert!(world.network().work_tree(Epoch(5)) != &tree);
}

fn class(world: &World) -> Instruction {
    ix::set_job_class(&world.a.at.network, world.a.admin, world.rentier, 7, &rules(FIXED))
}
