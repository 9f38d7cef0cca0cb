//! The escrow of a job: bounties out of its draw fee, and refunds. And what is said of a seat that its
//! provider did not do.

use crate::prelude::*;

/// Pays a keeper the bounty of one crank of a job, if it gave an account of its own that can receive it.
/// Never fails a crank (job-escrow-2).
pub fn pay_job_bounty(
    till: Till,
    job: &mut Stored<Job>,
    escrow_vault: &AccountView,
    (keeper, keeper_account): (&Signer, &Option<UncheckedAccount>),
) {
    let amount = move_job_bounty(till, job, escrow_vault, (keeper, keeper_account));
    emit_bounty(job, keeper, amount);
}

/// Says what a keeper was paid for a crank of a job, if anything.
#[inline(never)]
pub fn emit_bounty(job: &Stored<Job>, keeper: &Signer, amount: u64) {
    if amount > 0 {
        emit!(JobBountyPaid { job: *job.address(), keeper: *keeper.address(), amount });
    }
}

/// The same for a crank whose own event says what was paid, which is returned.
#[inline(always)]
pub fn move_job_bounty(
    till: Till,
    job: &mut Stored<Job>,
    escrow_vault: &AccountView,
    keeper: (&Signer, &Option<UncheckedAccount>),
) -> u64 {
    if job.bounty == 0 {
        return 0;
    }
    till.pay_bounty(escrow_vault, keeper, || job.take_bounty())
}

/// What of `amount` can be paid back to the client now. It is noted as the seat's credit when the recorded
/// account cannot receive: no step of a job waits for an account outside the program (job-settle-6).
/// `refund_account` must be the recorded one.
#[inline(never)]
pub fn refund(
    network: &Stored<Network>,
    seat: &mut Assignment,
    [escrow_vault, refund_account]: [&AccountView; 2],
    amount: u64,
) -> u64 {
    if amount == 0 {
        return 0;
    }
    if token::receives(refund_account, network) && !token::vault_is_frozen(escrow_vault) {
        amount
    } else {
        seat.credit = seat.credit.saturating_add(amount);
        0
    }
}

/// Says what a provider did with a seat instead of doing it.
#[inline(never)]
pub fn emit_not_done(job: &Address, seat: u8, provider: &Address, outcome: SeatOutcome) {
    emit!(SeatNotDone { job: *job, seat, provider: *provider, outcome: outcome as u8 });
}
