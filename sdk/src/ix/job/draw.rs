//! Drawing the provider of a seat, and its answer.

use {
    crate::{
        addresses::{JobAddresses, SeatAddresses},
        ix::*,
    },
    work_token_interface::state::VaultKind,
};

/// Leaves that one `draw_job` looks at, each with an offer, beside the provider that let its time pass and
/// two compute-budget instructions, when the keeper pays for it itself.
pub const DRAW_BATCH: usize = 10;

/// Captures the seed of a job before its slot's hash is forgotten. Paid out of the draw fee.
pub fn capture_seed(job: &JobAddresses, keeper: Keeper) -> Instruction {
    const TAG: [u8; 8] = tag("capture_seed");
    let network = &job.client.network;
    build(
        TAG,
        &(),
        vec![
            signer(keeper.keeper),
            readonly(network.network),
            writable(job.job),
            readonly(SLOT_HASHES),
            writable(network.vault(VaultKind::Escrow)),
            optional(keeper.account),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// A provider that a leaf draws, with its offer if it has made one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The provider.
    pub provider: Pubkey,
    /// Its offer; `None` when it never made one (`Provider::has_offer`).
    pub offer: Option<Pubkey>,
}

/// Accounts of [`draw_job`]; [`crate::draw::plan_draw`] finds them.
#[derive(Clone, Copy, Debug)]
pub struct Draw<'a> {
    /// The network's tree of the present epoch; `None` while it has adopted none.
    pub work_tree: Option<Pubkey>,
    /// The provider that was drawn and let its time to accept pass.
    pub released: Option<Pubkey>,
    /// The providers of the next leaves, in order.
    pub candidates: &'a [Candidate],
}

/// Draws a seat's provider, leaf by leaf. Paid out of the draw fee once the seat is drawn or open to all.
/// Taking the seat from a provider that let its time pass writes to the network, which otherwise is only
/// read: draws do not wait for each other.
pub fn draw_job(seat: &SeatAddresses, keeper: Keeper, draw: &Draw) -> Instruction {
    const TAG: [u8; 8] = tag("draw_job");
    let network = seat.network();
    let mut accounts = vec![
        signer(keeper.keeper),
        if draw.released.is_some() { writable(network.network) } else { readonly(network.network) },
        writable(seat.job.job),
        writable(seat.assignment),
        readonly(draw.work_tree.unwrap_or(ID)),
        writable(network.vault(VaultKind::Escrow)),
        optional(keeper.account),
        readonly(network.mint),
        readonly(network.token_program),
    ];
    accounts.extend(draw.released.map(writable));
    for candidate in draw.candidates {
        accounts.push(writable(candidate.provider));
        accounts.extend(candidate.offer.map(readonly));
    }
    build(TAG, &(), accounts)
}

/// The accounts of an answer to a draw: `accept_job` and `decline_job`.
fn answer(
    tag: [u8; 8],
    seat: &SeatAddresses,
    (operator, provider): (Pubkey, Pubkey),
    offer: Option<Pubkey>,
) -> Instruction {
    build(
        tag,
        &(),
        vec![
            signer(operator),
            readonly(seat.network().network),
            writable(seat.job.job),
            writable(seat.assignment),
            writable(provider),
            optional_readonly(offer),
        ],
    )
}

/// Accepts a drawn seat; or takes an open one once draws are over, which needs the provider's `offer`, as
/// does the operator of a class.
pub fn accept_job(seat: &SeatAddresses, operator: Pubkey, provider: Pubkey, offer: Option<Pubkey>) -> Instruction {
    const TAG: [u8; 8] = tag("accept_job");
    answer(TAG, seat, (operator, provider), offer)
}

/// Declines a drawn seat: nobody has to wait for its time to pass.
pub fn decline_job(seat: &SeatAddresses, operator: Pubkey, provider: Pubkey) -> Instruction {
    decline_job_of_class(seat, operator, provider, None)
}

/// The same by the operator of the job's class, whom the provider's `offer` names.
pub fn decline_job_of_class(
    seat: &SeatAddresses,
    operator: Pubkey,
    provider: Pubkey,
    offer: Option<Pubkey>,
) -> Instruction {
    const TAG: [u8; 8] = tag("decline_job");
    answer(TAG, seat, (operator, provider), offer)
}
