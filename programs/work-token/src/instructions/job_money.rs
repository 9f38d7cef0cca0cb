//! The escrow of a job: bounties out of its draw fee, and refunds. And the count of a seat that its provider did not do.

use {
    crate::{instructions::common::*, stored::Stored, token},
    anchor_lang::prelude::*,
    work_token_interface::{
        events::{JobBountyPaid, SeatNotDone},
        math::Epoch,
        state::{Assignment, Job, Network, Provider, SeatOutcome, VaultKind},
    },
};

/// Pays a keeper the bounty of one crank of a job, if it gave an account of its own that can receive it. Never fails a crank (R H9).
pub fn pay_job_bounty(
    network: &Stored<Network>,
    job: &mut Stored<Job>,
    keeper: &Signer,
    keeper_account: Option<&AccountView>,
    vault_and_mint: [&AccountView; 2],
) {
    let amount = move_job_bounty(network, job, keeper, keeper_account, vault_and_mint);
    if amount > 0 {
        emit!(JobBountyPaid { job: *job.address(), keeper: *keeper.address(), amount });
    }
}

/// The same for a crank whose own event says what was paid, which is returned.
#[inline(always)]
pub fn move_job_bounty(
    network: &Stored<Network>,
    job: &mut Stored<Job>,
    keeper: &Signer,
    keeper_account: Option<&AccountView>,
    [escrow_vault, mint]: [&AccountView; 2],
) -> u64 {
    let Some(to) = keeper_account else { return 0 };
    if job.bounty == 0 || token::vault_is_frozen(escrow_vault) || !can_receive(to, network, keeper) {
        return 0;
    }
    let amount = job.take_bounty();
    if amount > 0 {
        token::pay_from_network(network, network.address(), VaultKind::Escrow, [escrow_vault, mint, to], amount);
    }
    amount
}

/// Pays the client `amount` back, or notes it as the seat's credit when its recorded account cannot receive: no step of a job waits for an
/// account outside the program (R H12). `refund_account` must be the recorded one.
#[inline(never)]
pub fn refund(
    network: &Stored<Network>,
    seat: &mut Assignment,
    [escrow_vault, mint, refund_account]: [&AccountView; 3],
    amount: u64,
) {
    if amount == 0 {
        return;
    }
    let can_receive = refund_account.is_writable()
        && token::require_destination(refund_account, network).is_ok()
        && !token::demands_memo(refund_account);
    if can_receive && !token::vault_is_frozen(escrow_vault) {
        let accounts = [escrow_vault, mint, refund_account];
        token::pay_from_network(network, network.address(), VaultKind::Escrow, accounts, amount);
    } else {
        seat.credit = seat.credit.saturating_add(amount);
    }
}

/// Counts what a provider did with a seat instead of doing it, and says so. The provider is touched.
#[inline(never)]
pub fn count_not_done(
    job: &Address,
    seat: &Assignment,
    provider: &mut Stored<Provider>,
    epoch: Epoch,
    outcome: SeatOutcome,
) {
    provider.note_outcome(epoch, outcome);
    emit!(SeatNotDone { job: *job, seat: seat.seat, provider: *provider.address(), outcome: outcome as u8 });
}

/// Takes a seat from a provider that declined it, or did not accept, submit or reveal in time. The provider is touched; the caller says what becomes of
/// the seat.
#[inline(never)]
pub fn take_from(
    job: &mut Stored<Job>,
    seat: &Stored<Assignment>,
    provider: &mut Stored<Provider>,
    epoch: Epoch,
    outcome: SeatOutcome,
) {
    provider.release(seat);
    job.free_seat(seat.seat);
    count_not_done(job.address(), seat, provider, epoch, outcome);
}
