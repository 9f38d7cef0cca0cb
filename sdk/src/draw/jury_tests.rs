use {
    super::*,
    crate::{
        addresses,
        fixtures::*,
        limits::{MAX_JURIES, SPARE_JURORS},
        math::{
            Amount,
            dispute::{Machine, Phase},
        },
        state::{Delegation, Dispute, Juror, Network, Party, Provider, dispute::NO_LEAF},
    },
    bytemuck::Zeroable,
    std::collections::BTreeMap,
    work_token_interface::WorkTokenError as E,
};

const DISPUTE: Pubkey = Pubkey::new_from_array([201; 32]);
const ACCUSED: u8 = 90;
const SEED: [u8; 32] = [42; 32];

/// A dispute whose first jury of three is called from ten jurors with a lock for two ballots each.
struct World {
    network: Network,
    dispute: Dispute,
    provider: Provider,
    tree: Box<Tree>,
    jurors: BTreeMap<Pubkey, Juror>,
    positions: BTreeMap<Pubkey, Delegation>,
}

impl World {
    fn new() -> Self {
        let network = network();
        let work_ts = network.work_ts(NOW);
        let mut dispute = Dispute::zeroed();
        dispute.provider = key(ACCUSED);
        dispute.clocks = [DAY as u32; 6];
        dispute.committed_ts = NOW;
        dispute.costs.juror_lock = 20;
        dispute.costs.juror_fees = [1; 3];
        dispute.costs.bounty = 3;
        dispute.parties[0] = Party { owner: key(80), bond: 100, severity: 3, ..Party::zeroed() };
        let clocks = dispute.clocks();
        let mut machine = Machine::open(3, &clocks, work_ts.0);
        machine.answer(&clocks, work_ts.0).unwrap();
        *dispute.machine = machine;
        let mut tree: Box<Tree> = bytemuck::zeroed_box();
        let mut jurors = BTreeMap::new();
        for byte in 1..=10 {
            let leaf = u16::from(byte);
            let entered = tree.take_leaf(leaf, &key(byte)).unwrap();
            tree.weigh_leaf(leaf, 40).unwrap();
            let juror = Juror {
                owner: key(100 + byte),
                lock: 40,
                since_ts: NOW - 1,
                leaf,
                is_in_tree: 1,
                leaf_weight: 40,
                entered,
                ..Juror::zeroed()
            };
            jurors.insert(key(byte), juror);
        }
        let (provider, positions) = (provider(ACCUSED), BTreeMap::new());
        let mut world = Self { network, dispute, provider, tree, jurors, positions };
        world.capture();
        world
    }

    /// A draw is armed and its seed is captured, of the tree as it is now.
    fn capture(&mut self) {
        self.dispute.arm(&mut self.network, 1_000, NOW, None);
        self.dispute = predict_jury(&DISPUTE, &self.dispute, &self.tree, SEED);
    }

    fn at(&self) -> JuryAt<'_> {
        JuryAt {
            network: &self.network,
            dispute_address: &DISPUTE,
            dispute: &self.dispute,
            provider: &self.provider,
            now_ts: NOW,
        }
    }

    fn plan(&self, most: usize) -> Result<JuryPlan, E> {
        plan_jury(&self.at(), most, |leaf| {
            let (address, juror) = juror_of_leaf(&self.dispute, leaf, &self.jurors)?;
            Some(KnownJuror { address: *address, juror, position: self.positions.get(address) })
        })
    }

    /// The juror that is called next.
    fn next(&self) -> Pubkey {
        self.plan(1).unwrap().draws[0].accounts.juror
    }

    fn refusal_of_next(&self) -> Option<JurorRefusal> {
        self.plan(1).unwrap().draws[0].refusal
    }

    fn juror(&mut self, juror: &Pubkey) -> &mut Juror {
        self.jurors.get_mut(juror).expect("a juror of the tree")
    }
}

#[test]
fn the_leaves_of_a_jury_are_those_that_the_tree_of_the_captures_second_holds() {
    let world = World::new();
    let drawn: Vec<u16> = world.dispute.leaves[..usize::from(world.dispute.drawn)].to_vec();
    assert_eq!(drawn.len(), 3 + usize::from(SPARE_JURORS));
    for (number, leaf) in (0u8..).zip(drawn) {
        let hash = juror_hash(&SEED, &DISPUTE, [0, number]);
        assert_eq!(world.tree.drawn(&hash).map(|(leaf, _)| leaf), Some(leaf));
    }
    assert_eq!(world.dispute.draw.given, 10);
}

#[test]
fn a_jury_is_called_leaf_by_leaf_with_the_accounts_that_each_call_needs() {
    let world = World::new();
    let plan = world.plan(10).unwrap();
    assert_eq!((plan.draws.len(), plan.next, plan.is_complete), (3, None, true));
    for (index, drawn) in (0u8..).zip(&plan.draws) {
        assert_eq!((drawn.jury, drawn.index, drawn.call), (0, index, index));
        assert_eq!((drawn.leaf, drawn.refusal, drawn.bound), (world.dispute.leaves[usize::from(index)], None, 20));
        let owner = world.jurors[&drawn.accounts.juror].owner;
        assert_eq!(world.tree.providers[usize::from(drawn.leaf)], drawn.accounts.juror);
        assert_eq!(drawn.owner, owner);
        assert_eq!(drawn.accounts.ballot, addresses::ballot(&DISPUTE, 0, drawn.index));
        assert_eq!(drawn.accounts.interest, addresses::interest(&key(ACCUSED), &owner));
        assert_eq!((drawn.ends_draw, drawn.bounty), (true, 3));
    }
    let first = world.plan(1).unwrap();
    assert_eq!((first.draws.as_slice(), first.is_complete), (&plan.draws[..1], false));
}

#[test]
fn a_juror_that_may_not_judge_is_called_in_vain_and_the_reason_is_said() {
    let mut world = World::new();
    let next = world.next();
    let honest = *world.juror(&next);
    type Edit = fn(&mut World, Pubkey);
    let reasons: [(Edit, JurorRefusal); 5] = [
        (|world, next| world.juror(&next).lock = 0, JurorRefusal::LockNotFree),
        (|world, next| world.juror(&next).juries = MAX_JURIES, JurorRefusal::LockNotFree),
        (|world, next| world.juror(&next).owner = key(80), JurorRefusal::Party),
        (|world, next| world.juror(&next).owner = world.provider.owner, JurorRefusal::Accused),
        (
            |world, next| {
                world.positions.insert(next, Delegation { shares: 1, ..Delegation::zeroed() });
            },
            JurorRefusal::BehindAccused,
        ),
    ];
    for (edit, reason) in reasons {
        edit(&mut world, next);
        let drawn = world.plan(1).unwrap().draws[0];
        assert_eq!((drawn.refusal, drawn.bound, drawn.ends_draw, drawn.bounty), (Some(reason), 0, false, 0));
        *world.juror(&next) = honest;
        world.positions.clear();
    }
    world.juror(&next).since_ts = NOW;
    assert_eq!(
        world.refusal_of_next(),
        Some(JurorRefusal::LockNotFree),
        "a lock of the commitment's second is too new"
    );
    *world.juror(&next) = honest;
    world.positions.insert(next, Delegation::zeroed());
    assert_eq!(world.refusal_of_next(), None, "an empty position is no interest");
    world.positions.insert(next, Delegation { live_tickets: 1, ..Delegation::zeroed() });
    assert_eq!(world.refusal_of_next(), Some(JurorRefusal::BehindAccused), "stake that leaves is still liable");
}

#[test]
fn the_ballots_that_are_left_stay_empty_once_all_were_called() {
    let mut world = World::new();
    for juror in world.jurors.values_mut() {
        juror.lock = 0;
    }
    let plan = world.plan(100).unwrap();
    let calls: Vec<_> = plan.draws.iter().map(|drawn| (drawn.index, drawn.call, drawn.ends_draw)).collect();
    let last = 2 + SPARE_JURORS;
    assert_eq!(calls[..2], [(0, 0, false), (0, 1, false)]);
    assert_eq!((calls.len(), calls[usize::from(last)]), (usize::from(last) + 1, (0, last, true)));
    assert_eq!(
        (plan.draws[usize::from(last)].bounty, plan.is_complete),
        (3, true),
        "the fresh jury needs a seed of its own"
    );
}

#[test]
fn a_juror_called_for_every_ballot_sits_as_long_as_its_lock_reaches_and_binds_what_is_left() {
    let mut world = World::new();
    for leaf in 2..=10 {
        world.tree.weigh_leaf(leaf, 0).unwrap();
    }
    world.juror(&key(1)).lock = 30;
    world.capture();
    let plan = world.plan(100).unwrap();
    let bound: Vec<u64> = plan.draws.iter().map(|drawn| drawn.bound).filter(|bound| *bound > 0).collect();
    assert_eq!(bound, [20, 10]);
    assert_eq!(plan.draws.len(), 3 + usize::from(SPARE_JURORS), "then it is called in vain");
}

#[test]
fn what_happens_after_the_capture_does_not_change_who_is_called() {
    let mut world = World::new();
    let before = world.plan(3).unwrap();
    let first = before.draws[0];
    // It leaves the tree, and another takes its leaf.
    let network = world.network;
    let mut left = world.jurors[&first.accounts.juror];
    left.leave_tree(&mut world.tree, &network).unwrap();
    world.jurors.insert(first.accounts.juror, left);
    let entered = world.tree.take_leaf(first.leaf, &key(60)).unwrap();
    let newer = Juror { owner: key(160), entered, left: 0, is_in_tree: 1, ..left };
    world.jurors.insert(key(60), newer);
    world.tree.weigh_leaf(first.leaf, 4_000).unwrap();
    assert_eq!(world.plan(3).unwrap(), before);
    // Of a jury that is drawn now it is the other way round.
    world.capture();
    assert_eq!(world.dispute.leaves[0], first.leaf, "nine tenths of the weight");
    assert_eq!(world.next(), key(60), "one that left before is not called for who came after");
}

#[test]
fn a_plan_ends_before_a_juror_that_is_not_known_yet() {
    let mut world = World::new();
    let plan = world.plan(3).unwrap();
    let different = plan.draws.iter().position(|drawn| drawn.leaf != plan.draws[0].leaf).unwrap();
    world.jurors.remove(&plan.draws[different].accounts.juror);
    let shorter = world.plan(3).unwrap();
    let next = Some(plan.draws[different].leaf);
    assert_eq!((shorter.draws.len(), shorter.next, shorter.is_complete), (different, next, false));
}

#[test]
fn what_the_program_refuses_is_not_planned() {
    let mut world = World::new();
    world.dispute.seed_state = 1;
    assert_eq!(world.plan(1), Err(E::JuryNotArmed));
    let mut world = World::new();
    world.network.outages.secs -= DAY;
    assert_eq!(world.plan(1), Err(E::WrongPhase), "the time to draw has passed");
    let mut world = World::new();
    world.dispute.machine.phase = Phase::Commit as u8;
    assert_eq!(world.plan(1), Err(E::WrongPhase));
    let mut world = World::new();
    world.tree.sums.fill(0);
    world.capture();
    assert_eq!(world.plan(1), Err(E::JuryNotArmed), "nobody can be drawn");
    let world = World::new();
    let wrong = plan_jury(&world.at(), 1, |leaf| {
        let (address, juror) = world.jurors.iter().find(|(_, juror)| juror.leaf != leaf)?;
        Some(KnownJuror { address: *address, juror, position: None })
    });
    assert_eq!(wrong, Err(E::WrongJuror));
}

#[test]
fn a_leaf_that_was_called_in_vain_no_longer_counts_as_a_ballot_of_its_juror() {
    let mut world = World::new();
    let leaf = world.dispute.leaves[0];
    let (work_ts, juror) = (world.network.work_ts(NOW), key(u8::try_from(leaf).unwrap()));
    world.dispute.call_juror(world.jurors.get_mut(&juror).unwrap(), None, Amount::ZERO, true, work_ts).unwrap();
    assert_eq!((world.dispute.leaves[0], world.dispute.ballots_of(leaf)), (NO_LEAF, 0));
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
