//! Golden bytes of the accounts of jobs, seats, scores and attesters. The work tree is pinned by its layout
//! alone: 164 KB of ones say no more.

use crate::{
    golden::assert_golden,
    layouts_work::{ASSIGNMENT, ATTESTER, ATTESTER_ROSTER, CLIENT, JOB, JOB_CLASS, OFFER, SCORE_SHARD},
};
use work_token_sdk::state::{Assignment, Attester, AttesterRoster, Client, Job, JobClass, Offer, ScoreShard};

#[test]
fn a_job_class_is_read_and_written_as_ever() {
    assert_golden::<JobClass>(include_str!("golden/job_class.hex"), JOB_CLASS);
}

#[test]
fn a_client_is_read_and_written_as_ever() {
    assert_golden::<Client>(include_str!("golden/client.hex"), CLIENT);
}

#[test]
fn a_job_is_read_and_written_as_ever() {
    assert_golden::<Job>(include_str!("golden/job.hex"), JOB);
}

#[test]
fn an_assignment_is_read_and_written_as_ever() {
    assert_golden::<Assignment>(include_str!("golden/assignment.hex"), ASSIGNMENT);
}

#[test]
fn an_offer_is_read_and_written_as_ever() {
    assert_golden::<Offer>(include_str!("golden/offer.hex"), OFFER);
}

#[test]
fn an_attester_is_read_and_written_as_ever() {
    assert_golden::<Attester>(include_str!("golden/attester.hex"), ATTESTER);
}

#[test]
fn an_attester_roster_is_read_and_written_as_ever() {
    assert_golden::<AttesterRoster>(include_str!("golden/attester_roster.hex"), ATTESTER_ROSTER);
}

#[test]
fn a_score_shard_is_read_and_written_as_ever() {
    assert_golden::<ScoreShard>(include_str!("golden/score_shard.hex"), SCORE_SHARD);
}
