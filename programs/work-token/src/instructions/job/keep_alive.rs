use crate::prelude::*;

use super::accounts::SeatWork;

/// Gives the client's sign: the meter runs for another interval of unix time, at most to the end of the
/// working time.
/// Signer: the client or its hot key. Refuses: a fixed fee; a seat that is not accepted; a meter that has
/// ended.
pub fn handle_keep_alive(ctx: &mut Context<SeatWork>) -> Result<()> {
    let SeatWork { signer, network, job, assignment } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    Ok(assignment.keep_alive(job, signer.address(), (UnixTs(now_ts), latest))?)
}
