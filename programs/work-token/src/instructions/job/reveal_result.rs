use crate::prelude::*;

use super::accounts::SeatWork;
use super::result::emit_result;
use work_token_interface::commitments::ResultCommitment;

/// Reveals a committed result: it can be disputed from now on.
/// Signer: the operator that accepted.
/// Refuses: a seat without a commitment; while another seat may still commit; after the time to reveal; what
/// does not hash to the commitment.
pub fn handle_reveal_result(ctx: &mut Context<SeatWork>, result_hash: [u8; 32], salt: [u8; 32]) -> Result<()> {
    let SeatWork { signer, network, job, assignment } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    let commitment = ResultCommitment {
        network: network.address(),
        job: job.address(),
        slot: &job.created_slot.to_le_bytes(),
        seat: &[assignment.seat],
        provider: &assignment.provider,
        result_hash: &result_hash,
        salt: &salt,
    };
    let opened = sha256(&commitment.parts());
    assignment.reveal(job, signer.address(), [&result_hash, &opened], (network.work_ts(now_ts), latest))?;
    emit_result(job, assignment);
    Ok(())
}
