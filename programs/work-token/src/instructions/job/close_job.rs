use crate::prelude::*;

/// Accounts of `close_job`; all the job's seats follow, in order.
#[derive(Accounts)]
pub struct CloseJob {
    /// The client at any time, or anybody 30 days after the job's end.
    pub closer: Signer,
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(mut)]
    pub job: Stored<Job>,
    /// The client, who paid the rents and gets them back. May be the closer.
    #[account(mut, unsafe(dup), constraint = is_at(client.address(), &job.client) @ E::WrongRentReceiver)]
    pub client: UncheckedAccount,
}

/// Closes a job and its seats; their rents return to the client.
/// Signer: the client, or anybody 30 days after the last seat ended.
/// Refuses: a live seat; a result that can still be disputed; credit, or dues that a frozen vault keeps; not
/// all of the job's seats, in order.
pub fn handle_close_job(ctx: &mut Context<CloseJob>) -> Result<()> {
    let seats = ctx.remaining_accounts()?;
    let CloseJob { closer, network, job, client } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    job.require_closable(closer.address(), now_ts)?;
    require(seats.len() == usize::from(job.seats()), E::WrongSeatCount)?;
    for (seat, account) in (0..).zip(&seats) {
        let assignment = Stored::<Assignment>::writable(*account)?;
        require_at(&assignment.job, job.address(), E::WrongJob)?;
        // A seat out of its place, or twice.
        require(assignment.seat == seat, E::WrongSeatCount)?;
        assignment.require_closable(work_ts)?;
        close(account, client)?;
    }
    emit!(JobClosed { job: *job.address() });
    close(job.view(), client)
}
