//! Instructions on proposals: what is proposed, and what becomes of it.

use {
    super::{ProposalAddresses, RENT, SYSTEM, build, payer, readonly, signer, writable},
    crate::{AccountMeta, Instruction, Pubkey},
    borsh::{BorshDeserialize, BorshSerialize},
};

/// An account that an instruction of a proposal names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ProposedAccount {
    /// Its address.
    pub key: Pubkey,
    /// Whether it signs.
    pub is_signer: bool,
    /// Whether it is written.
    pub is_writable: bool,
}

/// An instruction of a proposal, as its account keeps it.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct ProposedInstruction {
    /// The program that is called.
    pub program: Pubkey,
    /// The accounts that it is passed.
    pub accounts: Vec<ProposedAccount>,
    /// What it is told.
    pub data: Vec<u8>,
}

impl From<&Instruction> for ProposedInstruction {
    fn from(instruction: &Instruction) -> Self {
        let account = |meta: &AccountMeta| ProposedAccount {
            key: meta.pubkey,
            is_signer: meta.is_signer,
            is_writable: meta.is_writable,
        };
        Self {
            program: instruction.program_id,
            accounts: instruction.accounts.iter().map(account).collect(),
            data: instruction.data.clone(),
        }
    }
}

impl From<&ProposedInstruction> for Instruction {
    fn from(proposed: &ProposedInstruction) -> Self {
        let meta = |account: &ProposedAccount| AccountMeta {
            pubkey: account.key,
            is_signer: account.is_signer,
            is_writable: account.is_writable,
        };
        Self {
            program_id: proposed.program,
            accounts: proposed.accounts.iter().map(meta).collect(),
            data: proposed.data.clone(),
        }
    }
}

/// Inputs of [`create_proposal`].
#[derive(Clone, Copy, Debug)]
pub struct CreateProposal<'a> {
    /// Who proposes, and answers for the proposal.
    pub owner: Pubkey,
    /// Pays the rent, and the deposit where the governance has more open proposals than are free.
    pub rent_payer: Pubkey,
    /// What an add-in says of the owner's weight, where the realm has one.
    pub voter_weight_record: Option<Pubkey>,
    /// The address that tells the proposal apart: the one that `at` was derived from.
    pub seed: Pubkey,
    /// What it is called.
    pub name: &'a str,
    /// Where it is described.
    pub link: &'a str,
}

/// Creates a proposal as a draft: Yes executes its transactions, No does nothing.
pub fn create_proposal(at: &ProposalAddresses, input: &CreateProposal) -> Instruction {
    const ONE_CHOICE: u8 = 0;
    let (governance, realm) = (&at.at, &at.at.realm);
    let mut accounts = vec![
        readonly(realm.realm),
        writable(at.proposal),
        writable(governance.governance),
        writable(realm.token_owner_record(&input.owner)),
        readonly(realm.mint),
        signer(input.owner),
        payer(input.rent_payer),
        SYSTEM,
        readonly(realm.config),
    ];
    accounts.extend(input.voter_weight_record.map(readonly));
    accounts.push(writable(at.deposit(&input.rent_payer)));
    let args = (input.name, input.link, ONE_CHOICE, ["Approve"].as_slice(), true, input.seed);
    build(realm.program, 6, &args, accounts)
}

/// Lets somebody else sign the draft off too, as its owner.
pub fn add_signatory(at: &ProposalAddresses, owner: Pubkey, rent_payer: Pubkey, signatory: Pubkey) -> Instruction {
    let realm = &at.at.realm;
    let accounts = vec![
        readonly(at.at.governance),
        writable(at.proposal),
        writable(at.signatory_record(&signatory)),
        payer(rent_payer),
        SYSTEM,
        readonly(realm.token_owner_record(&owner)),
        signer(owner),
    ];
    build(realm.program, 7, &signatory, accounts)
}

/// Adds the next transaction to a draft, as its owner: instructions that are executed together,
/// `hold_up_secs` after the vote at the earliest, and not before the governance's own hold-up.
///
/// It must fit a transaction itself: some 700 bytes are left for the instructions.
pub fn insert_transaction(
    at: &ProposalAddresses,
    owner: Pubkey,
    rent_payer: Pubkey,
    number: u16,
    hold_up_secs: u32,
    instructions: &[Instruction],
) -> Instruction {
    const YES: u8 = 0;
    let realm = &at.at.realm;
    let accounts = vec![
        readonly(at.at.governance),
        writable(at.proposal),
        readonly(realm.token_owner_record(&owner)),
        signer(owner),
        writable(at.transaction(number)),
        payer(rent_payer),
        SYSTEM,
        RENT,
    ];
    let instructions: Vec<_> = instructions.iter().map(ProposedInstruction::from).collect();
    build(realm.program, 9, &(YES, number, hold_up_secs, instructions), accounts)
}

/// Takes a transaction out of a draft, as its owner; `to` gets its rent.
pub fn remove_transaction(at: &ProposalAddresses, owner: Pubkey, number: u16, to: Pubkey) -> Instruction {
    let realm = &at.at.realm;
    let accounts = vec![
        writable(at.proposal),
        readonly(realm.token_owner_record(&owner)),
        signer(owner),
        writable(at.transaction(number)),
        writable(to),
    ];
    build(realm.program, 10, &(), accounts)
}

/// Ends the draft, as its owner: voting begins, unless others are to sign it off too.
pub fn sign_off_proposal(at: &ProposalAddresses, owner: Pubkey) -> Instruction {
    let realm = &at.at.realm;
    let accounts = vec![
        readonly(realm.realm),
        readonly(at.at.governance),
        writable(at.proposal),
        signer(owner),
        readonly(realm.token_owner_record(&owner)),
    ];
    build(realm.program, 12, &(), accounts)
}

/// Signs a draft off, as one whom its owner has added; the last one begins the vote.
pub fn sign_off_as_signatory(at: &ProposalAddresses, signatory: Pubkey) -> Instruction {
    let realm = &at.at.realm;
    let accounts = vec![
        readonly(realm.realm),
        readonly(at.at.governance),
        writable(at.proposal),
        signer(signatory),
        writable(at.signatory_record(&signatory)),
    ];
    build(realm.program, 12, &(), accounts)
}

/// Takes a proposal back before it is decided, as its owner.
pub fn cancel_proposal(at: &ProposalAddresses, owner: Pubkey) -> Instruction {
    let realm = &at.at.realm;
    let accounts = vec![
        readonly(realm.realm),
        writable(at.at.governance),
        writable(at.proposal),
        writable(realm.token_owner_record(&owner)),
        signer(owner),
    ];
    build(realm.program, 11, &(), accounts)
}

/// Executes a transaction of a proposal that has won and been held up long enough. Anybody may send it: the
/// governance and its native treasury sign inside, so only the other signers of the instructions sign here.
pub fn execute_transaction(at: &ProposalAddresses, number: u16, instructions: &[Instruction]) -> Instruction {
    let own = [at.at.governance, at.at.treasury];
    let mut accounts = vec![readonly(at.at.governance), writable(at.proposal), writable(at.transaction(number))];
    for instruction in instructions {
        accounts.push(readonly(instruction.program_id));
        accounts.extend(
            instruction
                .accounts
                .iter()
                .map(|meta| AccountMeta { is_signer: meta.is_signer && !own.contains(&meta.pubkey), ..meta.clone() }),
        );
    }
    build(at.at.realm.program, 16, &(), accounts)
}

/// Returns the deposit of a proposal that is no longer open to who left it. Anybody may send it.
pub fn refund_proposal_deposit(at: &ProposalAddresses, rent_payer: Pubkey) -> Instruction {
    let accounts = vec![readonly(at.proposal), writable(at.deposit(&rent_payer)), writable(rent_payer)];
    build(at.at.realm.program, 27, &(), accounts)
}
