use crate::prelude::*;

use super::accounts::ClientSeat;

/// Extends the working time. Before acceptance that of every seat not yet accepted, by the client alone;
/// after it that of the seat, with its operator (job-work-2). Signer: the client; once the seat was accepted
/// also the operator that accepted it. Refuses: zero; a seat that has its result or ended; beyond the class's
/// bounds; a working time that has passed.
pub fn handle_extend_job(ctx: &mut Context<ClientSeat>, secs: u32) -> Result<()> {
    let ClientSeat { network, job, assignment, operator, .. } = &mut ctx.accounts;
    let operator = operator.as_ref().map(Signer::address);
    assignment.extend(job, operator, secs, work_now(network)?.1)?;
    emit!(JobExtended {
        job: *job.address(),
        seat: assignment.seat,
        work_until_work_ts: assignment.work_until_work_ts
    });
    Ok(())
}
