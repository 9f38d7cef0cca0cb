//! What jurors sign, and the cranks that draw juries and settle them.

use {
    super::*,
    crate::addresses::{BallotAddresses, DisputeAddresses, JurorAddresses},
    work_token_interface::state::VaultKind,
};

/// Inputs of [`join_jury`].
#[derive(Clone, Copy, Debug)]
pub struct JoinJury {
    /// The owner's token account that the lock comes from.
    pub from: Pubkey,
    /// Added to the lock; it ripens before it counts. Base units.
    pub amount: u64,
}

/// Accounts of [`draw_juror`]; [`crate::draw::plan_jury`] finds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawJuror {
    /// The juror that is called next.
    pub juror: Pubkey,
    /// The ballot; created when the juror sits.
    pub ballot: Pubkey,
    /// The position that the juror's owner has at the provider, or would have.
    pub interest: Pubkey,
}

/// Locks stake to be drawn for juries, or adds to the lock. Once it has ripened [`sync_juror`] brings it into
/// the tree.
pub fn join_jury(juror: &JurorAddresses, input: JoinJury) -> Instruction {
    const TAG: [u8; 8] = tag("join_jury");
    let network = &juror.network;
    build(
        TAG,
        &input.amount,
        vec![
            payer(juror.owner),
            writable(network.network),
            writable(juror.juror),
            writable(input.from),
            writable(network.vault(VaultKind::Escrow)),
            readonly(network.mint),
            readonly(network.token_program),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Leaves the tree after the term, and, once no jury can call the juror any more and its ballots are settled,
/// pays lock and fees to `to`, a token account of the owner: at once where that is so, else with a second
/// call.
pub fn leave_jury(juror: &JurorAddresses, juror_tree: Pubkey, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("leave_jury");
    let network = &juror.network;
    build(
        TAG,
        &(),
        vec![
            payer(juror.owner),
            writable(network.network),
            writable(juror.juror),
            writable(juror_tree),
            writable(network.vault(VaultKind::Escrow)),
            writable(to),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Pays a juror's fees to `to`, a token account of the owner.
pub fn claim_juror_pay(juror: &JurorAddresses, to: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("claim_juror_pay");
    let network = &juror.network;
    build(
        TAG,
        &(),
        vec![
            signer(juror.owner),
            readonly(network.network),
            writable(juror.juror),
            writable(network.vault(VaultKind::Escrow)),
            writable(to),
            readonly(network.mint),
            readonly(network.token_program),
        ],
    )
}

/// Writes what has ripened of a juror's lock into its leaf; one that has none takes `leaf`: a free one
/// ([`crate::draw::free_leaf`]), or, in a full tree, that of `holder`, another juror's account, whom it
/// displaces. Needs no signature but the fee payer's.
pub fn sync_juror(juror: &JurorAddresses, juror_tree: Pubkey, leaf: u16, holder: Option<Pubkey>) -> Instruction {
    const TAG: [u8; 8] = tag("sync_juror");
    let accounts = vec![writable(juror.network.network), writable(juror.juror), writable(juror_tree), optional(holder)];
    build(TAG, &leaf, accounts)
}

/// Arms the draw of the present jury, or captures its seed, and with it who is called, once that can be
/// known; `randomness` is the account that the network draws juries with, once the draw is armed the one that
/// it had then, `None` where the hash of a slot decides. Needs no signature but the fee payer's.
pub fn call_jury(dispute: &DisputeAddresses, juror_tree: Pubkey, randomness: Option<Pubkey>) -> Instruction {
    const TAG: [u8; 8] = tag("call_jury");
    build(
        TAG,
        &(),
        vec![
            writable(dispute.network.network),
            writable(dispute.dispute),
            readonly(juror_tree),
            readonly(SLOT_HASHES),
            optional_readonly(randomness),
        ],
    )
}

/// Calls the next juror of the present jury. The keeper pays the ballot's rent, which returns when it is
/// settled; where a bounty is due, it is paid.
pub fn draw_juror(dispute: &DisputeAddresses, keeper: Keeper, call: &DrawJuror) -> Instruction {
    const TAG: [u8; 8] = tag("draw_juror");
    let network = &dispute.network;
    build(
        TAG,
        &(),
        vec![
            payer(keeper.keeper),
            writable(network.network),
            writable(dispute.dispute),
            readonly(dispute.provider),
            writable(call.juror),
            writable(call.ballot),
            readonly(call.interest),
            writable(network.vault(VaultKind::Escrow)),
            optional(keeper.account),
            readonly(network.mint),
            readonly(network.token_program),
            readonly(SYSTEM_PROGRAM),
        ],
    )
}

/// Takes a juror out that may not judge: `interest` is a live position of its owner at the provider, or the
/// provider itself when it is its own. Needs no signature but the fee payer's.
pub fn exclude_juror(ballot: &BallotAddresses, interest: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("exclude_juror");
    let dispute = &ballot.dispute;
    build(
        TAG,
        &(),
        vec![
            writable(dispute.network.network),
            writable(dispute.dispute),
            readonly(dispute.provider),
            writable(ballot.ballot),
            readonly(interest),
        ],
    )
}

/// Commits to a vote: [`crate::commit::vote_commitment`].
pub fn commit_vote(ballot: &BallotAddresses, owner: Pubkey, commitment: [u8; 32]) -> Instruction {
    const TAG: [u8; 8] = tag("commit_vote");
    let BallotAddresses { dispute, ballot, .. } = ballot;
    let (network, dispute) = (writable(dispute.network.network), writable(dispute.dispute));
    build(TAG, &commitment, vec![signer(owner), network, dispute, writable(*ballot)])
}

/// Reveals a committed vote: a severity, 0 to dismiss. Needs no signature but the fee payer's: who knows the
/// salt may reveal.
pub fn reveal_vote(ballot: &BallotAddresses, severity: u8, salt: [u8; 32]) -> Instruction {
    const TAG: [u8; 8] = tag("reveal_vote");
    let BallotAddresses { dispute, ballot, .. } = ballot;
    let accounts = vec![writable(dispute.network.network), writable(dispute.dispute), writable(*ballot)];
    build(TAG, &(severity, salt), accounts)
}

/// Pays or fines the juror of a ballot once the dispute is decided, and closes the ballot; `rent_payer` is
/// who drawn it. Needs no signature but the fee payer's.
pub fn settle_ballot(ballot: &BallotAddresses, juror: Pubkey, rent_payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("settle_ballot");
    let accounts =
        vec![writable(ballot.dispute.dispute), writable(ballot.ballot), writable(juror), writable(rent_payer)];
    build(TAG, &(), accounts)
}
