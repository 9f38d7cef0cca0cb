use crate::prelude::*;

use super::settlement::{SettleSeat, settle};

/// Pays a seat's fee at once. The fault stays disputable to the end of the window, without a refund
/// (job-settle-2). Signer: the client. Rounds: as when it is settled. Refuses: a seat without a result; while
/// a dispute about it is open.
pub fn handle_approve_result(ctx: &mut Context<SettleSeat>) -> Result<()> {
    let SettleSeat { signer, job, assignment, .. } = &mut ctx.accounts;
    require_at(signer.address(), &job.client, E::WrongClient)?;
    assignment.approve()?;
    settle(&mut ctx.accounts, now_ts()?);
    Ok(())
}
