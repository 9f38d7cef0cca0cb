//! Golden bytes of the accounts of disputes.

use crate::{
    golden::assert_golden,
    layouts_disputes::{APPEAL_SHARE, BALLOT, CLAIM, DISPUTE, FAULT, JUROR, OPENING},
};
use work_token_sdk::state::{AppealShare, Ballot, Claim, Dispute, DisputeOpening, Fault, Juror};

#[test]
fn a_dispute_is_read_and_written_as_ever() {
    assert_golden::<Dispute>(include_str!("golden/dispute.hex"), DISPUTE);
}

#[test]
fn a_claim_is_read_and_written_as_ever() {
    assert_golden::<Claim>(include_str!("golden/claim.hex"), CLAIM);
}

#[test]
fn a_fault_is_read_and_written_as_ever() {
    assert_golden::<Fault>(include_str!("golden/fault.hex"), FAULT);
}

#[test]
fn a_ballot_is_read_and_written_as_ever() {
    assert_golden::<Ballot>(include_str!("golden/ballot.hex"), BALLOT);
}

#[test]
fn a_juror_is_read_and_written_as_ever() {
    assert_golden::<Juror>(include_str!("golden/juror.hex"), JUROR);
}

#[test]
fn an_appeal_share_is_read_and_written_as_ever() {
    assert_golden::<AppealShare>(include_str!("golden/appeal_share.hex"), APPEAL_SHARE);
}

#[test]
fn a_commitment_to_an_opening_is_read_and_written_as_ever() {
    assert_golden::<DisputeOpening>(include_str!("golden/dispute_opening.hex"), OPENING);
}
