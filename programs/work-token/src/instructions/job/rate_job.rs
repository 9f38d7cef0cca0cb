use crate::prelude::*;

use super::accounts::ClientSeat;

/// The highest rating.
const MAX_RATING: u8 = 100;

/// Rates a result. Nothing reads it (R L8).
/// Signer: the client. Refuses: a rating above 100; a seat without a result.
pub fn handle_rate_job(ctx: &mut Context<ClientSeat>, rating: u8) -> Result<()> {
    let ClientSeat { job, assignment, .. } = &mut ctx.accounts;
    require(rating <= MAX_RATING, E::RatingOutOfBounds)?;
    require(matches!(assignment.state(), SeatState::Submitted | SeatState::Settled), E::NotSubmitted)?;
    let (job, seat) = (*job.address(), assignment.seat);
    emit!(ResultRated { job, seat, provider: assignment.provider, rating });
    Ok(())
}
