use crate::prelude::*;

use super::accounts::SeatWork;
use super::meter::{is_clients, require_meter};

/// Gives the client's sign: the meter runs for another interval of unix time, at most to the end of the
/// working time.
/// Signer: the client or its hot key. Refuses: a fixed fee; a seat that is not accepted; a meter that has
/// ended.
pub fn handle_keep_alive(ctx: &mut Context<SeatWork>) -> Result<()> {
    let SeatWork { signer, network, job, assignment } = &mut ctx.accounts;
    let (now_ts, latest) = work_now(network)?;
    require_meter(job, assignment)?;
    require(is_clients(job, signer), E::WrongClient)?;
    require(!assignment.meter_has_ended(job, (UnixTs(now_ts), latest)), E::MeterEnded)?;
    assignment.keep_alive_ts = now_ts;
    Ok(())
}
