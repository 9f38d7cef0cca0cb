use crate::prelude::*;

use super::accounts::ClientSeat;

/// Rates a result. Nothing reads it (job-rate-1). Signer: the client. Refuses: a rating above 100; a seat
/// without a result.
pub fn handle_rate_job(ctx: &mut Context<ClientSeat>, rating: u8) -> Result<()> {
    let ClientSeat { job, assignment, .. } = &mut ctx.accounts;
    assignment.require_ratable(rating)?;
    let (job, seat) = (*job.address(), assignment.seat);
    emit!(ResultRated { job, seat, provider: assignment.provider, rating });
    Ok(())
}
