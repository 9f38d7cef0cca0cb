use {
    super::*,
    crate::{
        addresses,
        fixtures::*,
        math::dispute::{Machine, Phase},
        state::{Delegation, Dispute, Juror, Network, Party, Provider},
    },
    bytemuck::Zeroable,
    std::collections::HashMap,
    work_token_interface::WorkTokenError as E,
};

const DISPUTE: Pubkey = Pubkey::new_from_array([201; 32]);
const ACCUSED: u8 = 90;

/// A dispute whose first jury of three is drawn from ten jurors with a lock for two seats each.
struct World {
    network: Network,
    dispute: Dispute,
    provider: Provider,
    tree: Box<WorkTree>,
    jurors: HashMap<Pubkey, (Juror, Option<Delegation>)>,
}

impl World {
    fn new() -> Self {
        let mut network = network();
        network.juror_tree = key(250);
        let work_ts = network.work_ts(NOW);
        let mut dispute = Dispute::zeroed();
        dispute.provider = key(ACCUSED);
        dispute.clocks = [DAY as u32; 6];
        dispute.opened_ts = NOW;
        dispute.juror_lock = 20;
        dispute.bounty = 3;
        dispute.parties[0] = Party { owner: key(80), bond: 100, severity: 3, ..Party::zeroed() };
        let clocks = dispute.clocks();
        let mut machine = Machine::open(3, &clocks, work_ts.0);
        machine.answer(&clocks, work_ts.0).unwrap();
        dispute.machine.set(&machine);
        dispute.arm(1_000, NOW, [0; 32]);
        dispute.capture([42; 32]);
        let mut tree: Box<WorkTree> = bytemuck::zeroed_box();
        let mut jurors = HashMap::new();
        for byte in 1..=10 {
            tree.take_leaf(u16::from(byte), &key(byte)).unwrap();
            tree.weigh_leaf(u16::from(byte), 40).unwrap();
            let juror = Juror { owner: key(100 + byte), lock: 40, since_ts: NOW - 1, ..Juror::zeroed() };
            jurors.insert(key(byte), (juror, None));
        }
        Self { network, dispute, provider: provider(ACCUSED), tree, jurors }
    }

    fn at(&self) -> JuryAt<'_> {
        JuryAt {
            network: &self.network,
            dispute_address: &DISPUTE,
            dispute: &self.dispute,
            provider: &self.provider,
            tree: &self.tree,
            now_ts: NOW,
        }
    }

    fn plan(&self, most: usize) -> Result<JuryPlan, E> {
        plan_jury(&self.at(), most, |key| self.jurors.get(key).map(|(juror, position)| (juror, position.as_ref())))
    }

    /// The juror that the next draw finds.
    fn next(&self) -> Pubkey {
        self.plan(1).unwrap().draws[0].accounts.juror
    }

    fn refusal_of_next(&self) -> Option<JurorRefusal> {
        self.plan(1).unwrap().draws[0].refusal
    }

    fn juror(&mut self, juror: &Pubkey) -> &mut (Juror, Option<Delegation>) {
        self.jurors.get_mut(juror).expect("a juror of the tree")
    }
}

#[test]
fn a_jury_is_drawn_seat_by_seat_with_the_accounts_that_each_draw_needs() {
    let world = World::new();
    let plan = world.plan(10).unwrap();
    assert_eq!((plan.draws.len(), plan.next, plan.is_complete), (3, None, true));
    for (seat, drawn) in plan.draws.iter().enumerate() {
        assert_eq!((drawn.jury, usize::from(drawn.seat), drawn.draw), (0, seat, 0));
        let (leaf, juror) = world.tree.drawn(&juror_hash(&[42; 32], &DISPUTE, [0, drawn.seat, 0])).unwrap();
        assert_eq!((drawn.leaf, drawn.accounts.juror, drawn.refusal), (leaf, *juror, None));
        let owner = world.jurors[juror].0.owner;
        assert_eq!((drawn.owner, drawn.accounts.juror_tree), (owner, key(250)));
        assert_eq!(drawn.accounts.ballot, addresses::ballot(&DISPUTE, 0, drawn.seat));
        assert_eq!(drawn.accounts.interest, addresses::interest(&key(ACCUSED), &owner));
        assert_eq!((drawn.ends_seat, drawn.bounty), (true, 3));
    }
    let first = world.plan(1).unwrap();
    assert_eq!((first.draws.as_slice(), first.is_complete), (&plan.draws[..1], false));
}

#[test]
fn a_juror_that_may_not_judge_is_drawn_over_and_the_reason_is_said() {
    let mut world = World::new();
    let next = world.next();
    let opened_ts = world.dispute.opened_ts;
    let honest = *world.juror(&next);
    type Edit = fn(&mut World, Pubkey);
    let reasons: [(Edit, JurorRefusal); 4] = [
        (|world, next| world.juror(&next).0.bound = 21, JurorRefusal::LockNotFree),
        (|world, next| world.juror(&next).0.owner = key(80), JurorRefusal::Party),
        (|world, next| world.juror(&next).0.owner = world.provider.owner, JurorRefusal::Accused),
        (
            |world, next| world.juror(&next).1 = Some(Delegation { shares: 1, ..Delegation::zeroed() }),
            JurorRefusal::BehindAccused,
        ),
    ];
    for (edit, reason) in reasons {
        edit(&mut world, next);
        let drawn = world.plan(1).unwrap().draws[0];
        assert_eq!((drawn.refusal, drawn.ends_seat, drawn.bounty), (Some(reason), false, 0));
        *world.juror(&next) = honest;
    }
    world.juror(&next).0.since_ts = opened_ts;
    assert_eq!(world.refusal_of_next(), Some(JurorRefusal::LockNotFree), "a lock of the same second is too new");
    *world.juror(&next) = (honest.0, Some(Delegation::zeroed()));
    assert_eq!(world.refusal_of_next(), None, "an empty position is no interest");
    *world.juror(&next) = (honest.0, Some(Delegation { live_tickets: 1, ..Delegation::zeroed() }));
    assert_eq!(world.refusal_of_next(), Some(JurorRefusal::BehindAccused), "stake that leaves is still liable");
}

#[test]
fn a_seat_that_was_drawn_four_times_in_vain_stays_empty() {
    let mut world = World::new();
    for (juror, _) in world.jurors.values_mut() {
        juror.lock = 19;
    }
    let plan = world.plan(6).unwrap();
    let seats: Vec<_> = plan.draws.iter().map(|drawn| (drawn.seat, drawn.draw, drawn.ends_seat)).collect();
    assert_eq!(seats, [(0, 0, false), (0, 1, false), (0, 2, false), (0, 3, true), (1, 0, false), (1, 1, false)]);
    let all = world.plan(100).unwrap();
    assert_eq!((all.draws.len(), all.is_complete), (12, true), "the fresh jury needs a seed of its own");
}

#[test]
fn a_juror_drawn_for_every_seat_sits_as_long_as_its_lock_reaches() {
    let mut world = World::new();
    for leaf in 2..=10 {
        world.tree.weigh_leaf(leaf, 0).unwrap();
    }
    let plan = world.plan(100).unwrap();
    let seated = plan.draws.iter().filter(|drawn| drawn.refusal.is_none()).count();
    assert_eq!((seated, plan.draws.len()), (2, 6));
}

#[test]
fn a_plan_ends_before_a_juror_that_is_not_known_yet() {
    let mut world = World::new();
    let second = world.plan(2).unwrap().draws[1].accounts.juror;
    assert_ne!(second, world.next());
    world.jurors.remove(&second);
    let plan = world.plan(3).unwrap();
    assert_eq!((plan.draws.len(), plan.next, plan.is_complete), (1, Some(second), false));
}

#[test]
fn what_the_program_refuses_is_not_planned() {
    let mut world = World::new();
    world.dispute.seed_state = 1;
    assert_eq!(world.plan(1), Err(E::JuryNotArmed));
    let mut world = World::new();
    world.network.outage_secs -= DAY;
    assert_eq!(world.plan(1), Err(E::WrongPhase), "the time to draw has passed");
    let mut world = World::new();
    world.dispute.machine.phase = Phase::Commit as u8;
    assert_eq!(world.plan(1), Err(E::WrongPhase));
    let mut world = World::new();
    world.tree.sums.fill(0);
    assert_eq!(world.plan(1), Err(E::WrongJuror), "nobody can be drawn");
}

#[test]
fn a_new_juror_takes_the_lowest_leaf_that_nobody_has() {
    let mut world = World::new();
    assert_eq!(free_leaf(&world.tree), Some(0));
    world.tree.take_leaf(0, &key(30)).unwrap();
    assert_eq!(free_leaf(&world.tree), Some(11));
    world.tree.free_leaf(4).unwrap();
    assert_eq!(free_leaf(&world.tree), Some(4));
}
