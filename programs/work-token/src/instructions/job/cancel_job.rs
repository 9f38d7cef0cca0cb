use crate::prelude::*;

use super::ending::{EndSeat, end, provider_of};

/// Cancels a seat before acceptance. Free until the seed slot; after, the class's part of the fee burns, or
/// the client could draw until it likes the provider (job-cancel-1). A drawn provider is released; nothing is
/// counted. Signer: the client. Rounds: the cancel fee down. Refuses: a seat that was accepted or has ended;
/// a drawn one without its provider.
pub fn handle_cancel_job(ctx: &mut Context<EndSeat>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let EndSeat { signer, network, job, assignment, provider, .. } = accounts;
    require_at(signer.address(), &job.client, E::WrongClient)?;
    assignment.require_cancellable()?;
    let clock = Clock::get()?;

    let mut released = None;
    if assignment.state == SeatState::Drawn as u8 {
        let mut provider = provider_of(assignment, provider)?;
        touch(&mut provider, network, &network.terms(clock.unix_timestamp));
        released = Some(provider);
    }
    let now = (UnixTs(clock.unix_timestamp), network.work_ts(clock.unix_timestamp));
    let ended = assignment.cancel(job, released.as_deref_mut(), clock.slot, now);
    end(accounts, &ended, 0);
    Ok(())
}
