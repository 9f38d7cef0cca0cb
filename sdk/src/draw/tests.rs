use {
    super::*,
    crate::{
        events::{SeatDrawn, SkippedProvider},
        fixtures::*,
        math::{Epoch, UnixTs, WorkTs},
        state::{Assignment, Network, Offer, Provider, ProviderState, SeatState, assignment_flags, job_flags},
    },
    sha2::{Digest, Sha256},
    std::collections::HashMap,
    work_token_interface::WorkTokenError as E,
};

/// A network with its providers, one job and its first seat.
struct World {
    network: Network,
    job: Job,
    assignment: Assignment,
    tree: Box<Tree>,
    providers: HashMap<Pubkey, (Provider, Offer)>,
    now_ts: i64,
}

impl World {
    fn new() -> Self {
        let network = network();
        let job = job(&network, 1);
        let providers = (1..=20).map(|byte| (key(byte), (provider(byte), offer(byte)))).collect();
        Self { network, job, assignment: assignment(&job, 0), tree: tree(20), providers, now_ts: NOW }
    }

    fn at(&self) -> DrawAt<'_> {
        DrawAt {
            network: &self.network,
            job_address: &JOB,
            job: &self.job,
            assignment: &self.assignment,
            tree: Some(&self.tree),
            slot: slot_at(self.now_ts),
            now_ts: self.now_ts,
        }
    }

    fn plan(&self) -> Result<DrawPlan, E> {
        plan_draw(&self.at(), 64, |key| self.providers.get(key).map(|(provider, offer)| (provider, Some(offer))))
    }

    /// Whom the leaves draw, from the first on.
    fn leaves(&self, count: usize) -> Vec<Pubkey> {
        let leaves = next_leaves(&self.tree, &SeatSeed::of(&JOB, &self.job, 0), 0, count);
        leaves.into_iter().map(|leaf| leaf.provider).collect()
    }

    fn provider(&mut self, key: &Pubkey) -> &mut Provider {
        &mut self.providers.get_mut(key).expect("a provider of the tree").0
    }

    /// Draws the seat as planned; returns the event.
    fn draw(&mut self) -> SeatDrawn {
        let plan = self.plan().expect("a draw");
        let DrawOutcome::Drawn { provider, accept_until_work_ts } = plan.outcome else { panic!("{:?}", plan.outcome) };
        let first_leaf = self.assignment.leaves;
        self.assignment.leaves += plan.candidates.len() as u8;
        self.assignment.draw(&provider, 60_000_000, accept_until_work_ts);
        self.job.seat_provider(0, &provider);
        SeatDrawn {
            job: JOB,
            seat: 0,
            provider,
            tree_epoch: 10,
            first_leaf,
            total: 20_000,
            skipped: plan.skipped,
            self_selection: false,
            bounty: 0,
        }
    }

    fn seat(&self) -> DrawnSeat<'_> {
        DrawnSeat { job_address: &JOB, job: &self.job, assignment: &self.assignment }
    }
}

#[test]
fn a_leaf_draws_by_the_hash_of_domain_seed_job_seat_and_number() {
    let world = World::new();
    let seed = SeatSeed::of(&JOB, &world.job, 2);
    let expected = Sha256::digest([&b"draw"[..], &[42; 32], &[200; 32], &[2, 7]].concat());
    assert_eq!(seed.hash(7), <[u8; 32]>::from(expected));
    // Twenty leaves of 1,000 each, from seat 1 on.
    for leaf in next_leaves(&world.tree, &seed, 0, 64) {
        let place = seed.number(leaf.leaf, 20_000) / 1_000 + 1;
        assert_eq!((u64::from(leaf.index), leaf.provider), (place, key(place as u8)));
    }
    assert_eq!(next_leaves(&world.tree, &seed, 60, 64).len(), 4, "a seat has 64 leaves");
    assert!(next_leaves(&tree(0), &seed, 0, 3).is_empty(), "without weight nobody is drawn");
}

#[test]
fn the_first_fit_provider_gets_the_seat_and_those_before_it_are_skipped_with_their_reason() {
    let mut world = World::new();
    let drawn = world.leaves(4);
    world.provider(&drawn[0]).state = ProviderState::Jailed as u8;
    world.provider(&drawn[1]).work.exposure = 1;
    world.providers.get_mut(&drawn[2]).unwrap().1.next_floors = [1_000_001; 16];
    let plan = world.plan().unwrap();
    let skipped =
        [(drawn[0], 1), (drawn[1], 7), (drawn[2], 6)].map(|(provider, reason)| SkippedProvider { provider, reason });
    assert_eq!(plan.skipped, skipped);
    let accept_until_work_ts = NOW - 1_000 + 300;
    assert_eq!(plan.outcome, DrawOutcome::Drawn { provider: drawn[3], accept_until_work_ts });
    assert!(plan.is_useful() && plan.is_paid());
    let providers: Vec<Pubkey> = plan.candidates.iter().map(|candidate| candidate.provider).collect();
    assert_eq!(providers, drawn);
    assert_eq!(plan.candidates[0].offer, Some(crate::addresses::offer(&drawn[0])));
    assert_eq!(plan.accounts().work_tree, Some(key(251)));
}

#[test]
fn a_provider_that_never_made_an_offer_is_passed_without_one_and_skipped() {
    let mut world = World::new();
    let first = world.leaves(1)[0];
    world.provider(&first).flags = 0;
    let plan = world.plan().unwrap();
    assert_eq!(plan.candidates[0].offer, None);
    assert_eq!(plan.skipped[0], SkippedProvider { provider: first, reason: 5 });
}

#[test]
fn the_plan_ends_before_a_provider_that_is_not_known_and_at_the_most_that_fit() {
    let mut world = World::new();
    let drawn = world.leaves(3);
    for key in &drawn {
        world.provider(key).own.tokens = 999;
    }
    let plan = plan_draw(&world.at(), 2, |key| world.providers.get(key).map(|(p, o)| (p, Some(o)))).unwrap();
    assert_eq!((plan.candidates.len(), plan.outcome), (2, DrawOutcome::Continues { next: drawn[2] }));
    assert!(plan.is_useful() && !plan.is_paid());

    let unknown = plan_draw(&world.at(), 9, |_| None).unwrap();
    assert_eq!(unknown.outcome, DrawOutcome::Continues { next: drawn[0] });
    assert!(!unknown.is_useful());
    // An offer that exists but was not looked up is as good as unknown.
    let half = plan_draw(&world.at(), 9, |key| world.providers.get(key).map(|(p, _)| (p, None))).unwrap();
    assert!(!half.is_useful());
}

#[test]
fn eight_unfit_draws_or_sixty_four_leaves_open_the_seat_to_all() {
    let mut world = World::new();
    world.providers.values_mut().for_each(|(provider, _)| provider.state = ProviderState::Candidate as u8);
    let plan = world.plan().unwrap();
    assert_eq!((plan.candidates.len(), plan.outcome), (8, DrawOutcome::SelfSelection));

    world.providers.values_mut().for_each(|(provider, _)| {
        provider.state = ProviderState::Active as u8;
        provider.work.exposure = u64::MAX;
    });
    let plan = world.plan().unwrap();
    assert_eq!((plan.candidates.len(), plan.outcome), (64, DrawOutcome::SelfSelection));
    world.assignment.leaves = 64;
    assert_eq!(world.plan(), Err(E::NothingDrawn));
}

#[test]
fn a_provider_that_let_its_time_pass_loses_the_seat_and_may_be_drawn_again() {
    let mut world = World::new();
    let event = world.draw();
    assert_eq!(world.plan(), Err(E::SeatNotOpen), "it may still accept");
    world.provider(&event.provider).work.exposure = 60_000_000;
    world.provider(&event.provider).open_seats = 1;
    world.now_ts = world.assignment.accept_until_work_ts + 1_000;
    // Only the released one serves the class: it is found again, its stake free again and its seat its own no
    // more.
    for (key, (_, offer)) in &mut world.providers {
        if *key != event.provider {
            offer.next_classes = 0;
        }
    }
    let plan = world.plan().unwrap();
    assert_eq!(plan.released, Some(event.provider));
    assert!(matches!(plan.outcome, DrawOutcome::Drawn { provider, .. } if provider == event.provider), "{plan:?}");

    world.job.flags = 0;
    let plan = world.plan().unwrap();
    assert_eq!((plan.outcome, plan.candidates.len()), (DrawOutcome::Released, 0));
    world.job.flags = job_flags::SELF_SELECTION;
    assert_eq!(world.plan().unwrap().outcome, DrawOutcome::SelfSelection);
}

#[test]
fn a_seed_whose_epoch_is_over_or_whose_tree_is_empty_is_armed_once_more() {
    let mut world = World::new();
    world.tree.epoch_plus_one = 9;
    assert_eq!(world.plan().unwrap().outcome, DrawOutcome::Rearmed);
    world.tree = tree(0);
    assert_eq!(world.plan().unwrap().outcome, DrawOutcome::Rearmed);
    world.network.work_trees = [Pubkey::default(); 2];
    let plan = world.plan().unwrap();
    assert_eq!((plan.work_tree, plan.outcome), (None, DrawOutcome::Rearmed));
    assert!(plan.is_useful() && !plan.is_paid());

    let mut world = World::new();
    world.job.tree_epoch = 9;
    assert_eq!(world.plan().unwrap().outcome, DrawOutcome::Rearmed);
    world.job.flags |= job_flags::REARMED;
    assert_eq!(world.plan().unwrap().outcome, DrawOutcome::SelfSelection);
}

#[test]
fn what_the_program_refuses_is_refused_here() {
    let mut world = World::new();
    world.job.flags = 0;
    assert_eq!(world.plan(), Err(E::SeedNotCaptured));
    world.job.flags = job_flags::SELF_SELECTION;
    assert_eq!(world.plan(), Err(E::NothingDrawn));
    world.assignment.state = SeatState::Accepted as u8;
    assert_eq!(world.plan(), Err(E::SeatNotOpen));
    world.now_ts = world.job.seat_until_work_ts + 1_000;
    assert_eq!(world.plan(), Err(E::SeatingHasPassed));
    let world = World::new();
    let at = DrawAt { tree: None, ..world.at() };
    assert_eq!(plan_draw(&at, 9, |_| None), Err(E::WrongTree));
}

#[test]
fn a_draw_that_happened_is_verified_from_the_tree_the_event_and_both() {
    let mut world = World::new();
    let drawn = world.leaves(3);
    world.provider(&drawn[0]).state = ProviderState::Jailed as u8;
    world.provider(&drawn[1]).work.exposure = 1;
    let event = world.draw();
    let of_tree = verify_draw(&world.seat(), Evidence::Tree(&world.tree)).unwrap();
    let of_event = verify_draw(&world.seat(), Evidence::Event(&event)).unwrap();
    let of_both = verify_draw(&world.seat(), Evidence::Both(&world.tree, &event)).unwrap();
    for verified in [&of_tree, &of_event, &of_both] {
        assert_eq!((verified.total, verified.winner), (20_000, Some(drawn[2])));
        let found: Vec<Pubkey> = verified.leaves.iter().map(|leaf| leaf.provider).collect();
        assert_eq!(found, drawn);
        assert!(verified.leaves.iter().all(|leaf| key((leaf.number / 1_000 + 1) as u8) == leaf.provider));
    }
    assert_eq!(of_event.leaves[0].index, None);
    assert_eq!((of_both.leaves[0].reason, of_both.leaves[2].reason), (Some(1), None));
    assert_eq!(u8::try_from(of_both.leaves[2].index.unwrap()).map(key), Ok(drawn[2]));
}

#[test]
fn a_draw_that_was_forged_is_found_out() {
    let mut world = World::new();
    let event = world.draw();
    let other = if event.provider == key(1) { key(2) } else { key(1) };
    let wrong = DrawMismatch::WrongProvider { leaf: 0, drawn: event.provider, found: other };

    let honest = world.assignment;
    world.assignment.provider = other;
    assert_eq!(verify_draw(&world.seat(), Evidence::Tree(&world.tree)), Err(wrong));
    assert_eq!(verify_draw(&world.seat(), Evidence::Event(&event)), Err(wrong));
    world.assignment = honest;

    let forged = SeatDrawn { provider: other, ..event.clone() };
    assert_eq!(verify_draw(&world.seat(), Evidence::Both(&world.tree, &forged)), Err(wrong));
    let skips = SeatDrawn { skipped: vec![SkippedProvider { provider: other, reason: 5 }], ..event.clone() };
    assert_eq!(verify_draw(&world.seat(), Evidence::Both(&world.tree, &skips)), Err(wrong));
    let too_many = DrawMismatch::WrongLeaves { said: 2, looked_at: 1 };
    assert_eq!(verify_draw(&world.seat(), Evidence::Event(&skips)), Err(too_many));
    let total = SeatDrawn { total: 19_000, ..event.clone() };
    let differs = DrawMismatch::WrongTotal { said: 19_000, found: 20_000 };
    assert_eq!(verify_draw(&world.seat(), Evidence::Both(&world.tree, &total)), Err(differs));
    let elsewhere = SeatDrawn { seat: 1, ..event.clone() };
    assert_eq!(verify_draw(&world.seat(), Evidence::Event(&elsewhere)), Err(DrawMismatch::OtherSeat));
    let nothing = SeatDrawn { total: 0, ..event.clone() };
    assert_eq!(verify_draw(&world.seat(), Evidence::Event(&nothing)), Err(DrawMismatch::NoWeight));

    // A draw that only took the seat from a silent provider looked at nobody.
    let released = SeatDrawn { provider: Pubkey::default(), first_leaf: 1, ..nothing };
    let verified = verify_draw(&world.seat(), Evidence::Event(&released)).unwrap();
    assert_eq!((verified.leaves.len(), verified.winner), (0, None));
}

#[test]
fn without_the_seed_or_with_the_tree_of_another_epoch_there_is_nothing_to_verify() {
    let mut world = World::new();
    let event = world.draw();
    world.tree.epoch_plus_one = 13;
    let other = DrawMismatch::OtherEpoch { expected: 10, found: 12 };
    assert_eq!(verify_draw(&world.seat(), Evidence::Tree(&world.tree)), Err(other));
    let earlier = SeatDrawn { tree_epoch: 9, ..event.clone() };
    let other = DrawMismatch::OtherEpoch { expected: 10, found: 9 };
    assert_eq!(verify_draw(&world.seat(), Evidence::Event(&earlier)), Err(other));

    let seed = world.job.seed;
    world.job.rearm(5_000, Epoch(11));
    assert_eq!(verify_draw(&world.seat(), Evidence::Event(&event)), Err(DrawMismatch::NotSeeded));
    let seed = SeatSeed { seed: &seed, job: &JOB, seat: 0 };
    assert_eq!(verify_event(&seed, &event, Some(&tree(20))).unwrap().winner, Some(event.provider));
}

#[test]
fn one_that_took_the_seat_itself_is_no_winner_of_a_draw() {
    let mut world = World::new();
    world.assignment.leaves = 64;
    let (taker, work_ts) = (key(7), WorkTs(NOW - 1_000));
    world.assignment.draw(&taker, 1, work_ts.0);
    let worker = provider(7);
    world.assignment.accept(&world.job, (&worker, &worker.operator), (UnixTs(NOW), work_ts), Epoch(10));
    world.assignment.flags |= assignment_flags::TAKEN;
    let verified = verify_draw(&world.seat(), Evidence::Tree(&world.tree)).unwrap();
    assert_eq!((verified.winner, verified.leaves.len()), (None, 64));

    // A seed that was armed again says nothing about the leaves before.
    world.job.flags |= job_flags::REARMED;
    assert_eq!(verify_draw(&world.seat(), Evidence::Tree(&world.tree)).unwrap().leaves[0].leaf, 63);
}
