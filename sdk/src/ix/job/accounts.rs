//! The accounts that several instructions about a seat share.

use {
    crate::{addresses::SeatAddresses, ix::*},
    work_token_interface::state::VaultKind,
};

/// The accounts of an end without a result: `cancel_job` and `expire_job`.
pub(super) fn end_seat(
    tag: [u8; 8],
    seat: &SeatAddresses,
    who: AccountMeta,
    [provider, keeper_account]: [Option<Pubkey>; 2],
    refund_account: Pubkey,
) -> Instruction {
    let network = seat.network();
    build(
        tag,
        &(),
        vec![
            who,
            writable(network.network),
            writable(seat.job.job),
            writable(seat.assignment),
            optional(provider),
            writable(network.vault(VaultKind::Escrow)),
            writable(refund_account),
            optional(keeper_account),
            writable(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// The accounts of a fee that is paid: `settle_job` and `approve_result`.
pub(super) fn settle_seat(
    tag: [u8; 8],
    seat: &SeatAddresses,
    who: Pubkey,
    provider: Pubkey,
    refund_account: Pubkey,
) -> Instruction {
    let network = seat.network();
    build(
        tag,
        &(),
        vec![
            signer(who),
            writable(network.network),
            writable(seat.job.job),
            writable(seat.assignment),
            writable(provider),
            writable(network.vault(VaultKind::Escrow)),
            writable(network.vault(VaultKind::Reward)),
            writable(refund_account),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// The accounts of what a client agrees with a seat's provider, or says about it: `extend_job` and
/// `rate_job`.
pub(super) fn client_seat(
    tag: [u8; 8],
    seat: &SeatAddresses,
    operator: Option<Pubkey>,
    args: &impl BorshSerialize,
) -> Instruction {
    build(
        tag,
        args,
        vec![
            signer(seat.job.client.owner),
            readonly(seat.network().network),
            writable(seat.job.job),
            writable(seat.assignment),
            operator.map_or(readonly(ID), signer),
        ],
    )
}

/// The accounts of the work on a seat: who signs, the network, the job, the seat.
pub(super) fn seat_work(tag: [u8; 8], seat: &SeatAddresses, who: Pubkey, args: &impl BorshSerialize) -> Instruction {
    build(
        tag,
        args,
        vec![signer(who), readonly(seat.network().network), writable(seat.job.job), writable(seat.assignment)],
    )
}
