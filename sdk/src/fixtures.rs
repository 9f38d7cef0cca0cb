//! Accounts for the tests of views and draws.

pub mod disputes;

use {
    crate::{
        Pubkey,
        math::Epoch,
        presets::JOB_RULES,
        state::{Assignment, Job, JobRules, Network, NetworkParams, Offer, Provider, ProviderState, Tree, job_flags},
    },
    bytemuck::Zeroable,
};

/// Length of the epochs.
pub const DAY: i64 = 86_400;
/// Where every test begins: the second hour of epoch 10.
pub const NOW: i64 = 10 * DAY + 7_200;
/// The slot in which every test begins: it draws the seed of [`job`].
pub const SLOT: u64 = 1_008;
/// The job that is drawn and looked at.
pub const JOB: Pubkey = Pubkey::new_from_array([200; 32]);

pub fn key(byte: u8) -> Pubkey {
    Pubkey::new_from_array([byte; 32])
}

/// The slot at a time, without any outage since [`NOW`]: 400 ms each.
pub const fn slot_at(ts: i64) -> u64 {
    SLOT + (ts - NOW).unsigned_abs() * 5 / 2
}

/// Daily epochs from the beginning of time, a minimum of 1,000, a tree for each parity, a thousand seconds of
/// outages until [`NOW`].
pub fn network() -> Network {
    let mut network = Network::zeroed();
    network.version = 1;
    network.epoch_secs = DAY as u32;
    network.outages.secs = 1_000;
    network.note(SLOT, NOW);
    network.work_trees = [key(251), key(252)];
    network.minimum_stake = 1_000;
    network.params = NetworkParams {
        minimum_self_stake: 1_000,
        job_bounty: 10,
        leverage: 16,
        epoch_secs: DAY as u32,
        reveal_secs: 3_600,
        ..NetworkParams::zeroed()
    };
    network
}

pub fn rules(redundancy: u8) -> JobRules {
    JobRules {
        accept_secs: 300,
        work_secs: 7_200,
        extension_secs: 1_800,
        reveal_secs: 600,
        challenge_secs: 5_000,
        keep_alive_secs: 0,
        undecided_refund_bps: 0,
        redundancy,
        ..JOB_RULES
    }
}

/// A job of class 3 made now, its seed captured in epoch 10.
pub fn job(network: &Network, redundancy: u8) -> Job {
    let rules = rules(redundancy);
    let work_ts = network.work_ts(NOW);
    let mut job = Job::zeroed();
    job.class = 3;
    job.client = key(210);
    job.operator = key(211);
    job.refund_account = key(212);
    job.rules = rules;
    job.fee = 1_000_000;
    job.bounty = network.params.job_bounty;
    job.bounties_left = job.draw_burn();
    job.work_secs = 3_600;
    job.live_seats = redundancy;
    job.uncommitted_seats = redundancy;
    job.seat_until_work_ts = work_ts.after_secs(rules.seat_secs);
    job.created_slot = 1_000;
    job.arm(1_000, Epoch(10));
    job.seed = [42; 32];
    job.flags = job_flags::SEEDED;
    job
}

pub fn assignment(job: &Job, seat: u8) -> Assignment {
    let mut assignment = Assignment::zeroed();
    assignment.job = JOB;
    assignment.seat = seat;
    assignment.fee = job.fee;
    assignment
}

/// Active in place `byte`, with own stake for one job of the fee of [`job`].
pub fn provider(byte: u8) -> Provider {
    let mut provider = Provider::zeroed();
    provider.owner = key(byte ^ 0xff);
    provider.operator = key(213);
    provider.state = ProviderState::Active as u8;
    provider.flags = 1;
    provider.own.tokens = 60_000_000;
    provider.own.shares = 60_000_000;
    provider.take_place(u16::from(byte), Epoch(3));
    provider.begin(&network(), Epoch(10));
    provider
}

/// Serves class 3 for any fee.
pub fn offer(byte: u8) -> Offer {
    let mut offer = Offer::zeroed();
    offer.provider = key(byte);
    offer.set(
        Epoch(8),
        &crate::args::SetOfferArgs { classes: 1 << 3, floors: [1; 16], ..crate::args::SetOfferArgs::default() },
    );
    offer
}

/// The tree of epoch 10 with the same weight for providers 1 to `count`.
pub fn tree(count: u8) -> Box<Tree> {
    let mut tree: Box<Tree> = bytemuck::zeroed_box();
    for byte in 1..=count {
        tree.write(Epoch(10), u16::from(byte), &key(byte), 1_000);
    }
    tree
}
