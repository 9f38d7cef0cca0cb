use crate::prelude::*;

use super::draw::Draw;
use super::escrow::move_job_bounty;

#[derive(Accounts)]
pub struct DrawJob {
    /// Cranks, and is paid the bounty.
    pub keeper: Signer,
    /// The network; writable where a provider that let its time pass loses the seat.
    #[account(address = job.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(mut, address = assignment.job @ E::WrongJob)]
    pub job: Stored<Job>,
    /// Its seat.
    #[account(mut)]
    pub assignment: Stored<Assignment>,
    /// The network's tree of the epoch in which the seed was armed, while that epoch lasts; any account after
    /// it, or where there is none.
    pub work_tree: UncheckedAccount,
    /// Where the draw fee lies.
    #[account(mut, address = network.vaults.escrow @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of the keeper, or none.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Draws the provider of a seat, in proportion to the weights of the epoch in which the seed was armed. The
/// remaining accounts are the provider that was drawn before and let its time pass, if there is one; then,
/// leaf by leaf, the providers that the seed draws, each followed by its offer if it has one. Who may not
/// have the seat is skipped; the first that may gets it.
///
/// A seed of an epoch that is over, or without leaves, is armed once more; after that, as after 8 attempts or
/// 64 leaves, any eligible provider may take the seat (job-draw-2, job-draw-6). Signer: a keeper, paid out
/// of the draw fee once the seat is drawn or open to all. Refuses: a seat that waits for nobody; after the
/// time to seat; before the seed is captured; a provider that the seed does not draw; a call that brings
/// nothing further.
pub fn handle_draw_job(ctx: &mut Context<DrawJob>) -> Result<()> {
    let accounts = ctx.remaining_accounts()?;
    let DrawJob { keeper, network, job, assignment, work_tree, escrow_vault, keeper_account, mint, .. } =
        &mut ctx.accounts;
    let clock = Clock::get()?;
    let terms = network.terms(clock.unix_timestamp);
    let work_ts = network.work_ts(terms.now_ts);
    // What is recordable of an outage is computed only where it could save the draw.
    require(
        !work_ts.has_reached(job.seat_until_work_ts)
            || !network.work_now(clock.slot, terms.now_ts).has_reached(job.seat_until_work_ts),
        E::SeatingHasPassed,
    )?;

    let mut draw = Draw {
        network,
        terms: &terms,
        slot: clock.slot,
        work_ts,
        work_tree: work_tree.account(),
        candidates: accounts.iter(),
        released: false,
        total: 0,
        skipped: Vec::new(),
    };
    let first_leaf = assignment.leaves;
    draw.release(job, assignment)?;
    let went_on = !assignment.is_open_to_all(job) && draw.go_on(job, assignment)?;
    require(draw.released || went_on, E::NothingDrawn)?;

    let is_drawn = assignment.state == SeatState::Drawn as u8;
    let self_selection = assignment.is_open_to_all(job);
    let mut bounty = 0;
    if is_drawn || self_selection {
        bounty = move_job_bounty(Till::of(draw.network, mint), job, escrow_vault, (keeper, keeper_account));
    }
    emit!(SeatDrawn {
        job: *job.address(),
        seat: assignment.seat,
        provider: if is_drawn { assignment.provider } else { Address::default() },
        tree_epoch: job.tree_epoch,
        first_leaf,
        total: draw.total,
        skipped: draw.skipped,
        self_selection,
        bounty,
    });
    Ok(())
}
