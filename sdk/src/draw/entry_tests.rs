use {
    super::*,
    crate::{
        fixtures::*,
        math::draw::CAPACITY,
        presets,
        state::{Juror, Network},
    },
    bytemuck::Zeroable,
    std::collections::BTreeMap,
    work_token_interface::WorkTokenError as E,
};

const LOCK: u64 = presets::DISPUTES.juror_lock;

/// A tree that was adopted so long ago that locks must ripen.
struct World {
    network: Network,
    tree: Box<Tree>,
    jurors: BTreeMap<Pubkey, Juror>,
    slot: u64,
}

impl World {
    fn new() -> Self {
        let mut network = network();
        network.params.disputes = presets::DISPUTES;
        network.juror_tree_from_ts = NOW - 100 * DAY;
        Self { network, tree: bytemuck::zeroed_box(), jurors: BTreeMap::new(), slot: SLOT }
    }

    /// Every leaf is taken, by a lock of `of(leaf)`.
    fn full(of: impl Fn(u16) -> u64) -> Self {
        let mut world = Self::new();
        for leaf in 0..u16::try_from(CAPACITY).unwrap() {
            let mut address = [0; 32];
            address[0] = 7;
            address[1..3].copy_from_slice(&leaf.to_le_bytes());
            let address = Pubkey::new_from_array(address);
            let lock = of(leaf);
            let entered = world.tree.take_leaf(leaf, &address).unwrap();
            world.tree.weigh_leaf(leaf, lock).unwrap();
            let juror = Juror { lock, leaf, is_in_tree: 1, leaf_weight: lock, entered, ..Juror::zeroed() };
            world.jurors.insert(address, juror);
        }
        world
    }

    fn plan(&self, juror: &Juror) -> Result<TreeEntry, E> {
        let at = TreeAt { network: &self.network, tree: &self.tree, slot: self.slot, now_ts: NOW };
        plan_entry(&at, &key(60), juror, &self.jurors)
    }
}

/// Locked so long ago that it has ripened.
fn ripe(lock: u64) -> Juror {
    locked(lock, NOW - 20 * DAY)
}

fn locked(lock: u64, added_ts: i64) -> Juror {
    Juror { owner: key(160), lock, added: lock, added_ts, ..Juror::zeroed() }
}

#[test]
fn a_ripe_lock_takes_the_lowest_free_leaf_and_one_a_second_younger_none() {
    let mut world = World::new();
    let entry = TreeEntry { leaf: 0, holder: None, weight: LOCK };
    assert_eq!(world.plan(&ripe(LOCK)), Ok(entry));
    world.tree.take_leaf(0, &key(1)).unwrap();
    assert_eq!(world.plan(&ripe(LOCK)), Ok(TreeEntry { leaf: 1, ..entry }));
    assert_eq!(world.plan(&locked(LOCK, NOW - 20 * DAY + 1)), Err(E::LockUnripe));
    assert_eq!(world.plan(&ripe(LOCK - 1)), Err(E::LockUnripe), "it covers no seat");
    world.network.juror_tree_from_ts = NOW - DAY;
    assert!(world.plan(&locked(LOCK, NOW)).is_ok(), "at once while the tree is young");
}

#[test]
fn a_juror_in_the_tree_keeps_its_leaf_and_shows_what_has_ripened() {
    let mut world = World::new();
    let entered = world.tree.take_leaf(3, &key(60)).unwrap();
    let juror = Juror { leaf: 3, is_in_tree: 1, entered, leaf_weight: LOCK, ..locked(5 * LOCK, NOW) };
    let juror = Juror { added: 4 * LOCK, ..juror };
    assert_eq!(world.plan(&juror), Ok(TreeEntry { leaf: 3, holder: None, weight: LOCK }));
    let ripened = Juror { added_ts: NOW - 20 * DAY, ..juror };
    assert_eq!(world.plan(&ripened).map(|entry| entry.weight), Ok(5 * LOCK));
}

#[test]
fn nothing_changes_while_the_tree_stands_still() {
    let mut world = World::new();
    world.network.arm_draw(SLOT, SLOT + 10, 0);
    assert_eq!(world.plan(&ripe(LOCK)), Err(E::JurorTreeFrozen));
    world.slot = world.network.frozen_until_slot(SLOT).unwrap();
    assert!(world.plan(&ripe(LOCK)).is_ok());
}

#[test]
fn in_a_full_tree_a_lock_more_than_a_twentieth_larger_takes_the_place_of_the_smallest_that_is_free_to_go() {
    let world = World::full(|leaf| if leaf < 2 { 100 * LOCK } else { 200 * LOCK });
    let exactly = 105 * LOCK;
    assert_eq!(world.plan(&ripe(exactly)), Err(E::LeafTaken));
    let entry = world.plan(&ripe(exactly + 1)).unwrap();
    assert_eq!((entry.leaf, entry.holder, entry.weight), (0, Some(world.tree.providers[0]), exactly + 1));

    let mut judging = World::full(|leaf| if leaf < 2 { 100 * LOCK } else { 200 * LOCK });
    let first = judging.tree.providers[0];
    judging.jurors.get_mut(&first).unwrap().ballots = 1;
    assert_eq!(judging.plan(&ripe(exactly + 1)).map(|entry| entry.leaf), Ok(1), "one that sits on a jury stays");
}
