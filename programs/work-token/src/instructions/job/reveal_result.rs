use crate::prelude::*;

use super::accounts::SeatWork;
use super::result::{enter_result, require_worker};
use work_token_interface::commitments::ResultCommitment;

/// Reveals a committed result: it can be disputed from now on.
/// Signer: the operator that accepted.
/// Refuses: a seat without a commitment; while another seat may still commit; after the time to reveal; what
/// does not hash to the commitment.
pub fn handle_reveal_result(ctx: &mut Context<SeatWork>, result_hash: [u8; 32], salt: [u8; 32]) -> Result<()> {
    let SeatWork { signer, network, job, assignment } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    require_worker(assignment, SeatState::Committed, E::NotCommitted, signer)?;
    require(job.uncommitted_seats == 0 && job.reveal_until_work_ts != 0, E::RevealNotOpen)?;
    require(!latest.has_reached(job.reveal_until_work_ts), E::RevealHasPassed)?;
    let commitment = ResultCommitment {
        network: network.address(),
        job: job.address(),
        slot: &job.created_slot.to_le_bytes(),
        seat: &[assignment.seat],
        provider: &assignment.provider,
        result_hash: &result_hash,
        salt: &salt,
    };
    require(sha256(&commitment.parts()) == assignment.commitment, E::CommitmentBroken)?;
    enter_result(job, assignment, &result_hash, network.work_ts(now_ts));
    Ok(())
}
