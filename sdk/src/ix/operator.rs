//! The work on a seat: drawing its provider, accepting, committing, submitting, settling, and the provider's offer.

use {
    super::{
        client::{end_seat, seat_work, settle_seat},
        *,
    },
    crate::addresses::{JobAddresses, ProviderAddresses, SeatAddresses},
    work_token_interface::{args::SetOfferArgs, state::VaultKind},
};

/// The list of recent slot hashes: where seeds come from.
pub const SLOT_HASHES: Pubkey = Pubkey::from_str_const("SysvarS1otHashes111111111111111111111111111");

/// Leaves that one `draw_job` looks at, each with an offer, beside the provider that let its time pass and two
/// compute-budget instructions, when the keeper pays for it itself.
pub const DRAW_BATCH: usize = 10;

/// Sets the classes that a provider serves, its lowest fee and its least working time in each, from the next epoch on.
pub fn set_offer(provider: &ProviderAddresses, args: &SetOfferArgs) -> Instruction {
    set_offer_at(provider, provider.offer(), args)
}

/// [`set_offer`] when the address of the offer is known.
pub fn set_offer_at(provider: &ProviderAddresses, offer: Pubkey, args: &SetOfferArgs) -> Instruction {
    const TAG: [u8; 8] = tag("set_offer");
    build(
        TAG,
        args,
        vec![
            payer(provider.owner),
            readonly(provider.network.network),
            writable(provider.provider),
            writable(offer),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

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

/// Draws a seat's provider, leaf by leaf. Paid out of the draw fee once the seat is drawn or open to all. Taking the seat
/// from a provider that let its time pass writes to the network, which otherwise is only read: draws do not wait for each other.
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

/// Accepts a drawn seat; or takes an open one once draws are over, which needs the provider's `offer`.
pub fn accept_job(seat: &SeatAddresses, operator: Pubkey, provider: Pubkey, offer: Option<Pubkey>) -> Instruction {
    const TAG: [u8; 8] = tag("accept_job");
    answer(TAG, seat, (operator, provider), offer)
}

/// Declines a drawn seat: nobody has to wait for its time to pass.
pub fn decline_job(seat: &SeatAddresses, operator: Pubkey, provider: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("decline_job");
    answer(TAG, seat, (operator, provider), None)
}

/// Submits the result of a job with one seat, and stops its meter if it has one. `provider` has the seat.
pub fn submit_result(seat: &SeatAddresses, operator: Pubkey, provider: Pubkey, result_hash: [u8; 32]) -> Instruction {
    const TAG: [u8; 8] = tag("submit_result");
    let mut submit = seat_work(TAG, seat, operator, &result_hash);
    submit.accounts.push(writable(provider));
    submit
}

/// Commits to a result of a redundant job: [`crate::commit::result_commitment`].
pub fn commit_result(seat: &SeatAddresses, operator: Pubkey, commitment: [u8; 32]) -> Instruction {
    const TAG: [u8; 8] = tag("commit_result");
    seat_work(TAG, seat, operator, &commitment)
}

/// Reveals a committed result.
pub fn reveal_result(seat: &SeatAddresses, operator: Pubkey, result_hash: [u8; 32], salt: [u8; 32]) -> Instruction {
    const TAG: [u8; 8] = tag("reveal_result");
    seat_work(TAG, seat, operator, &(result_hash, salt))
}

/// Pays the fee of a seat whose challenge window has passed, or that waited for a frozen vault; anybody signs.
/// `refund_account` is the one that the job records.
pub fn settle_job(seat: &SeatAddresses, who: Pubkey, provider: Pubkey, refund_account: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("settle_job");
    settle_seat(TAG, seat, who, provider, refund_account)
}

/// Ends a seat whose deadline has passed without a provider, a result or a reveal, or burns what waited for a frozen
/// vault when it ended. `provider` is the one that has it,
/// if one does;
/// `refund_account` the one that the job records. Paid out of the draw fee.
pub fn expire_job(
    seat: &SeatAddresses,
    keeper: Keeper,
    provider: Option<Pubkey>,
    refund_account: Pubkey,
) -> Instruction {
    const TAG: [u8; 8] = tag("expire_job");
    end_seat(TAG, seat, signer(keeper.keeper), [provider, keeper.account], refund_account)
}
