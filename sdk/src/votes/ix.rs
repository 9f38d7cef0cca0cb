//! A pure builder for each instruction of the add-in.

use {
    super::{ID, RegistrarAddresses, RegistrarTerms, VoterAddresses, record},
    crate::{AccountMeta, Instruction, Pubkey, ix::SYSTEM_PROGRAM},
    borsh::BorshSerialize,
    work_token_interface::tags::of_instruction as tag,
};

fn build(tag: [u8; 8], args: &impl BorshSerialize, accounts: Vec<AccountMeta>) -> Instruction {
    let mut data = tag.to_vec();
    // Writing plain old data into a growing vector cannot fail.
    args.serialize(&mut data).expect("writing to a vector");
    Instruction { program_id: ID, accounts, data }
}

fn readonly(key: Pubkey) -> AccountMeta {
    AccountMeta::new_readonly(key, false)
}

fn writable(key: Pubkey) -> AccountMeta {
    AccountMeta::new(key, false)
}

fn signer(key: Pubkey) -> AccountMeta {
    AccountMeta::new_readonly(key, true)
}

/// Joins a realm to the network of its community token. Signers: the realm's authority, and who pays.
pub fn create_registrar(
    at: &RegistrarAddresses,
    [realm_authority, payer]: [Pubkey; 2],
    terms: &RegistrarTerms,
) -> Instruction {
    const TAG: [u8; 8] = tag("create_registrar");
    let accounts = vec![
        signer(realm_authority),
        AccountMeta::new(payer, true),
        readonly(at.realm),
        readonly(at.network),
        writable(at.registrar),
        writable(at.max_record),
        readonly(SYSTEM_PROGRAM),
    ];
    build(TAG, terms, accounts)
}

/// Sets a registrar's terms. Signer: the realm's authority.
pub fn set_registrar(at: &RegistrarAddresses, realm_authority: Pubkey, terms: &RegistrarTerms) -> Instruction {
    const TAG: [u8; 8] = tag("set_registrar");
    build(TAG, terms, vec![signer(realm_authority), readonly(at.realm), readonly(at.network), writable(at.registrar)])
}

/// Writes a realm's maximum weight. Signer: anybody.
pub fn update_max_voter_weight(at: &RegistrarAddresses) -> Instruction {
    const TAG: [u8; 8] = tag("update_max_voter_weight");
    build(TAG, &(), vec![readonly(at.registrar), readonly(at.network), readonly(at.mint), writable(at.max_record)])
}

/// Creates a holder's voter and its records. Signer: who pays.
pub fn create_voter(at: &VoterAddresses, payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("create_voter");
    let accounts = vec![
        AccountMeta::new(payer, true),
        readonly(at.holder),
        readonly(at.registrar.registrar),
        writable(at.voter),
        writable(at.slot_record),
        writable(at.standing_record),
        readonly(SYSTEM_PROGRAM),
    ];
    build(TAG, &(), accounts)
}

/// Adds a position, named with its provider, to its holder's voter. Signer: the holder.
pub fn add_position(at: &VoterAddresses, [position, provider]: [Pubkey; 2]) -> Instruction {
    const TAG: [u8; 8] = tag("add_position");
    let accounts = vec![
        signer(at.holder),
        readonly(at.registrar.registrar),
        writable(at.voter),
        readonly(at.registrar.network),
        readonly(position),
        readonly(provider),
    ];
    build(TAG, &(), accounts)
}

/// Takes a position out of its holder's voter. Signer: the holder.
pub fn remove_position(at: &VoterAddresses, position: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("remove_position");
    build(TAG, &position, vec![signer(at.holder), writable(at.voter)])
}

/// Closes a voter with its records; the rent returns to who paid it. Signer: the holder.
pub fn close_voter(at: &VoterAddresses, payer: Pubkey) -> Instruction {
    const TAG: [u8; 8] = tag("close_voter");
    let accounts = vec![
        signer(at.holder),
        writable(at.voter),
        writable(at.slot_record),
        writable(at.standing_record),
        writable(payer),
    ];
    build(TAG, &(), accounts)
}

/// What is voted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The proposal.
    pub proposal: Pubkey,
    /// The governance that it belongs to.
    pub governance: Pubkey,
}

/// Writes what positions weigh in a vote cast in this slot. They are named with their providers, in any
/// order. Signed by the holder any of them; else all.
pub fn update_vote_weight(
    at: &VoterAddresses,
    is_signed: bool,
    positions: &[[Pubkey; 2]],
    on: Proposal,
) -> Instruction {
    let votes_on = [readonly(on.proposal), readonly(on.governance)];
    update(at, is_signed, (Some(record::CAST_VOTE), on.proposal), &votes_on, positions)
}

/// The same for another action of this slot: a comment (1) on a proposal, a governance (2) of the realm, a
/// proposal (3) of a governance, or a sign-off (4) of a proposal.
pub fn update_voter_weight(
    at: &VoterAddresses,
    is_signed: bool,
    positions: &[[Pubkey; 2]],
    (action, target): (u8, Pubkey),
) -> Instruction {
    update(at, is_signed, (Some(action), target), &[], positions)
}

/// How many positions of as many providers one transaction notes that somebody else than the holder sends.
pub const NOTE_BATCH: usize = 12;

/// Notes what waits and ripens of positions. What it writes holds in this slot, for a comment that nobody
/// makes.
pub fn note_positions(at: &VoterAddresses, is_signed: bool, positions: &[[Pubkey; 2]]) -> Instruction {
    const COMMENT: u8 = 1;
    update_voter_weight(at, is_signed, positions, (COMMENT, at.voter))
}

/// Notes them, and writes what they weigh into the record that stands.
pub fn update_standing_weight(at: &VoterAddresses, is_signed: bool, positions: &[[Pubkey; 2]]) -> Instruction {
    update(at, is_signed, (None, Pubkey::default()), &[], positions)
}

fn update(
    at: &VoterAddresses,
    is_signed: bool,
    args: (Option<u8>, Pubkey),
    votes_on: &[AccountMeta],
    positions: &[[Pubkey; 2]],
) -> Instruction {
    const TAG: [u8; 8] = tag("update_voter_weight");
    let record = if args.0.is_none() { at.standing_record } else { at.slot_record };
    let mut accounts = vec![
        AccountMeta::new_readonly(at.holder, is_signed),
        readonly(at.registrar.registrar),
        writable(at.voter),
        readonly(at.registrar.network),
        writable(record),
    ];
    accounts.extend_from_slice(votes_on);
    let mut rising = positions.to_vec();
    rising.sort_by_key(|[position, _]| position.to_bytes());
    accounts.extend(rising.iter().flatten().copied().map(readonly));
    build(TAG, &args, accounts)
}
