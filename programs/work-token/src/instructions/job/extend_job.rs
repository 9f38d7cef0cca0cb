use crate::prelude::*;

use super::accounts::ClientSeat;

/// Extends the working time. Before acceptance that of every seat not yet accepted, by the client alone;
/// after it that of the seat, with its operator (R M27).
/// Signer: the client; once the seat was accepted also the operator that accepted it.
/// Refuses: zero; a seat that has its result or ended; beyond the class's bounds; a working time that has
/// passed.
pub fn handle_extend_job(ctx: &mut Context<ClientSeat>, secs: u32) -> Result<()> {
    let ClientSeat { network, job, assignment, operator, .. } = &mut ctx.accounts;
    require(secs > 0, E::ZeroAmount)?;
    match assignment.state() {
        SeatState::Open | SeatState::Drawn => job.extend(secs)?,
        SeatState::Accepted => {
            let operator = operator.as_ref().ok_or(E::OperatorsOnly)?;
            require_at(operator.address(), &assignment.operator, E::OperatorsOnly)?;
            // It binds nothing new: the ceiling allows for every extension.
            assignment.extend(job, secs, work_now(network)?.1)?;
        }
        _ => return Err(E::NotAccepted.into()),
    }
    emit!(JobExtended {
        job: *job.address(),
        seat: assignment.seat,
        work_until_work_ts: assignment.work_until_work_ts
    });
    Ok(())
}
