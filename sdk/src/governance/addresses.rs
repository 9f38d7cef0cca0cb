//! Where a realm, what it governs, and what is proposed and voted in it lie.

use crate::Pubkey;

const GOVERNANCE: &[u8] = b"governance";

fn derive(program: &Pubkey, seeds: &[&[u8]]) -> Pubkey {
    Pubkey::find_program_address(seeds, program).0
}

/// A realm: the DAO of a community mint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RealmAddresses {
    /// The instance of SPL Governance.
    pub program: Pubkey,
    /// The realm.
    pub realm: Pubkey,
    /// The mint of its community: a network's work token.
    pub mint: Pubkey,
    /// Which add-ins weigh its votes.
    pub config: Pubkey,
}

impl RealmAddresses {
    /// Of the realm of this name.
    pub fn derive(program: Pubkey, name: &str, mint: Pubkey) -> Self {
        Self::of(program, derive(&program, &[GOVERNANCE, name.as_bytes()]), mint)
    }

    /// Of a realm whose address is known.
    pub fn of(program: Pubkey, realm: Pubkey, mint: Pubkey) -> Self {
        Self { program, realm, mint, config: derive(&program, &[b"realm-config", realm.as_ref()]) }
    }

    /// Where deposited tokens of a mint lie: the community's, or a council's.
    pub fn holding(&self, mint: &Pubkey) -> Pubkey {
        derive(&self.program, &[GOVERNANCE, self.realm.as_ref(), mint.as_ref()])
    }

    /// What the realm keeps of one who votes with the community's mint: deposits, open votes, open proposals.
    pub fn token_owner_record(&self, owner: &Pubkey) -> Pubkey {
        derive(&self.program, &[GOVERNANCE, self.realm.as_ref(), self.mint.as_ref(), owner.as_ref()])
    }

    /// A governance of the realm. `governed` need not exist: it only tells governances apart.
    pub fn governance(&self, governed: &Pubkey) -> GovernanceAddresses {
        let seeds = [b"account-governance".as_ref(), self.realm.as_ref(), governed.as_ref()];
        GovernanceAddresses::of(*self, derive(&self.program, &seeds))
    }
}

/// A governance: rules by which proposals of a realm are decided, and the treasury that those sign for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GovernanceAddresses {
    /// Its realm.
    pub realm: RealmAddresses,
    /// The governance.
    pub governance: Pubkey,
    /// Its native treasury: an account of the system program that decided proposals sign for, and pay from.
    pub treasury: Pubkey,
}

impl GovernanceAddresses {
    /// Of a governance whose address is known.
    pub fn of(realm: RealmAddresses, governance: Pubkey) -> Self {
        let treasury = derive(&realm.program, &[b"native-treasury", governance.as_ref()]);
        Self { realm, governance, treasury }
    }

    /// A proposal, told apart from others by any address.
    pub fn proposal(&self, seed: &Pubkey) -> ProposalAddresses {
        let seeds = [GOVERNANCE, self.governance.as_ref(), self.realm.mint.as_ref(), seed.as_ref()];
        ProposalAddresses { at: *self, proposal: derive(&self.realm.program, &seeds) }
    }
}

/// A proposal of a governance, on which the community votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProposalAddresses {
    /// Its governance.
    pub at: GovernanceAddresses,
    /// The proposal.
    pub proposal: Pubkey,
}

impl ProposalAddresses {
    /// The transaction of this number that is executed when the only option, Yes, has won.
    pub fn transaction(&self, number: u16) -> Pubkey {
        self.derive(&[GOVERNANCE, self.proposal.as_ref(), &[0], &number.to_le_bytes()])
    }

    /// What somebody voted.
    pub fn vote_record(&self, voter: &Pubkey) -> Pubkey {
        let record = self.at.realm.token_owner_record(voter);
        self.derive(&[GOVERNANCE, self.proposal.as_ref(), record.as_ref()])
    }

    /// One who signs the proposal off beside its owner.
    pub fn signatory_record(&self, signatory: &Pubkey) -> Pubkey {
        self.derive(&[GOVERNANCE, self.proposal.as_ref(), signatory.as_ref()])
    }

    /// What `payer` left as security where the governance had more proposals than are free.
    pub fn deposit(&self, payer: &Pubkey) -> Pubkey {
        self.derive(&[b"proposal-deposit", self.proposal.as_ref(), payer.as_ref()])
    }

    fn derive(&self, seeds: &[&[u8]]) -> Pubkey {
        derive(&self.at.realm.program, seeds)
    }
}
