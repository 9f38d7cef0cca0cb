//! Layouts of the tree of places, of places, and of those who wait for one.

use crate::program::pinned::{Layout, assert_contiguous, layout, len_of};
use work_token_sdk::state::{
    PlacePace, PlaceQueue, PlaceWait, QueueEntry, Tree,
    provider::{Place, PlaceChallenge},
};

/// All of them.
pub const LAYOUTS: &[Layout] = &[WORK_TREE, PLACE, PLACE_CHALLENGE, PLACE_WAIT, PLACE_QUEUE, PLACE_PACE, QUEUE_ENTRY];

layout!(WORK_TREE, work_tree_has_its_layout, Tree, 8, 163936, [
    version: 8, 1;
    bump: 9, 1;
    kind: 10, 1;
    padding: 11, 1;
    epoch_plus_one: 12, 4;
    network: 16, 32;
    sums: 48, 32768;
    providers: 32816, 131072;
    given: 163888, 8;
    taken: 163896, 2;
    padding_2: 163898, 6;
    reserved: 163904, 32;
]);

layout!(PLACE, place_has_its_layout, Place, 0, 16, [
    index: 0, 2;
    padding: 2, 2;
    from_epoch: 4, 4;
    until_epoch: 8, 4;
    padding_2: 12, 4;
]);

layout!(PLACE_CHALLENGE, place_challenge_has_its_layout, PlaceChallenge, 0, 48, [
    incumbent: 0, 32;
    due_grace_ts: 32, 8;
    lapse_grace_ts: 40, 8;
]);

layout!(PLACE_WAIT, place_wait_has_its_layout, PlaceWait, 0, 16, [
    number: 0, 8;
    is_lost: 8, 4;
    jailed_epoch_plus_one: 12, 4;
]);

layout!(PLACE_QUEUE, place_queue_has_its_layout, PlaceQueue, 0, 16, [
    given: 0, 8;
    passed: 8, 8;
]);

layout!(PLACE_PACE, place_pace_has_its_layout, PlacePace, 0, 32, [
    minimum_before: 0, 8;
    slashed: 8, 8;
    slashed_mean: 16, 8;
    decided_epoch: 24, 4;
    padding: 28, 4;
]);

layout!(QUEUE_ENTRY, queue_entry_has_its_layout, QueueEntry, 8, 160, [
    version: 8, 1;
    bump: 9, 1;
    padding: 10, 6;
    network: 16, 32;
    number: 48, 8;
    provider: 56, 32;
    payer: 88, 32;
    joined_ts: 120, 8;
    reserved: 128, 32;
]);
