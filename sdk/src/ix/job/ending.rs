//! How a seat ends, with a fee or without, and what is left of its job.

use {
    super::accounts::{end_seat, settle_seat},
    crate::{
        addresses::{JobAddresses, SeatAddresses},
        ix::*,
    },
    work_token_interface::state::VaultKind,
};

/// Cancels a seat that nobody has accepted: free until the seed slot, for the class's cancel fee afterwards.
/// `drawn` is its provider, if one is drawn; `refund_account` the one that the job records.
pub fn cancel_job(seat: &SeatAddresses, drawn: Option<Pubkey>, refund_account: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("cancel_job");
    end_seat(TAG, seat, signer(seat.job.client.owner), [drawn, None], refund_account)
}

/// Ends a seat whose deadline has passed without a provider, a result or a reveal, or burns what waited for a
/// frozen vault when it ended. `provider` is the one that has it, if one does; `refund_account` the one that
/// the job records. Paid out of the draw fee.
pub fn expire_job(
    seat: &SeatAddresses,
    keeper: Keeper,
    provider: Option<Pubkey>,
    refund_account: Pubkey,
) -> Instruction {
    const TAG: [u8; 8] = tag("expire_job");
    end_seat(TAG, seat, signer(keeper.keeper), [provider, keeper.account], refund_account)
}

/// Pays a result before its challenge window has passed; it stays disputable, without refund.
pub fn approve_result(seat: &SeatAddresses, provider: Pubkey, refund_account: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("approve_result");
    settle_seat(TAG, seat, seat.job.client.owner, provider, refund_account)
}

/// Pays the fee of a seat whose challenge window has passed, or that waited for a frozen vault; anybody
/// signs. `refund_account` is the one that the job records.
pub fn settle_job(seat: &SeatAddresses, who: Pubkey, provider: Pubkey, refund_account: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("settle_job");
    settle_seat(TAG, seat, who, provider, refund_account)
}

/// Pays a refund that could not be paid when it was due to `to`: the recorded refund account, or any token
/// account of the client.
pub fn claim_credit(seat: &SeatAddresses, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("claim_credit");
    let network = seat.network();
    build(
        TAG,
        &(),
        vec![
            signer(seat.job.client.owner),
            readonly(network.network),
            readonly(seat.job.job),
            writable(seat.assignment),
            writable(network.vault(VaultKind::Escrow)),
            writable(to),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Closes a job that is over and all its assignments, given in the order of their seats; their rent returns
/// to the client. `closer` is the client, or anybody 30 days after the job's end.
pub fn close_job(job: &JobAddresses, closer: Pubkey, assignments: &[Pubkey]) -> Instruction {
    const TAG: [u8; 8] = tag("close_job");
    let mut accounts =
        vec![signer(closer), writable(job.client.network.network), writable(job.job), writable(job.client.owner)];
    accounts.extend(assignments.iter().copied().map(writable));
    build(TAG, &(), accounts)
}
