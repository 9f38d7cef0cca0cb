//! Addresses of the add-in.

use {
    super::{ID, Registrar, Voter, seeds},
    crate::{Pubkey, governance::RealmAddresses, ix::SYSTEM_PROGRAM},
};

fn derive(seeds: &[&[u8]]) -> Pubkey {
    Pubkey::find_program_address(seeds, &ID).0
}

/// What joins a realm to the network of its community token.
pub fn registrar_address(realm: &Pubkey, mint: &Pubkey) -> Pubkey {
    derive(&[seeds::REGISTRAR, realm.as_ref(), mint.as_ref()])
}

/// A registrar and what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegistrarAddresses {
    /// The registrar.
    pub registrar: Pubkey,
    /// The realm.
    pub realm: Pubkey,
    /// The network whose stake votes.
    pub network: Pubkey,
    /// The work token.
    pub mint: Pubkey,
    /// The record of the maximum weight.
    pub max_record: Pubkey,
}

impl RegistrarAddresses {
    /// Of a realm and the network of its community token.
    pub fn derive(realm: Pubkey, network: Pubkey, mint: Pubkey) -> Self {
        Self {
            registrar: registrar_address(&realm, &mint),
            realm,
            network,
            mint,
            max_record: derive(&[seeds::MAX_RECORD, realm.as_ref(), mint.as_ref()]),
        }
    }

    /// As a registrar's account records them; derives nothing.
    pub fn recorded(registrar: Pubkey, state: &Registrar) -> Self {
        Self { registrar, realm: state.realm, network: state.network, mint: state.mint, max_record: state.max_record }
    }

    /// A holder's voter.
    pub fn voter(&self, holder: Pubkey) -> VoterAddresses {
        let Self { registrar, realm, mint, .. } = self;
        VoterAddresses {
            registrar: *self,
            holder,
            voter: derive(&[seeds::VOTER, registrar.as_ref(), holder.as_ref()]),
            slot_record: derive(&[seeds::SLOT_RECORD, registrar.as_ref(), holder.as_ref()]),
            standing_record: derive(&[seeds::STANDING_RECORD, realm.as_ref(), mint.as_ref(), holder.as_ref()]),
        }
    }
}

/// A holder's voter and its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoterAddresses {
    /// The registrar.
    pub registrar: RegistrarAddresses,
    /// Who votes.
    pub holder: Pubkey,
    /// The voter.
    pub voter: Pubkey,
    /// Its record for a slot.
    pub slot_record: Pubkey,
    /// Its record that stands.
    pub standing_record: Pubkey,
}

impl VoterAddresses {
    /// As a voter's account records them; derives nothing.
    pub fn recorded(registrar: RegistrarAddresses, voter: Pubkey, state: &Voter) -> Self {
        let (slot_record, standing_record) = (state.slot_record, state.standing_record);
        Self { registrar, holder: state.holder, voter, slot_record, standing_record }
    }

    /// What updates of these positions, named with their providers, and votes by them name whatever is voted
    /// on: what a lookup table makes room with. A proposal and its governance are not among it, so that they
    /// stand in full in what is signed.
    pub fn looked_up(&self, governance_program: Pubkey, positions: &[[Pubkey; 2]]) -> Vec<Pubkey> {
        let RegistrarAddresses { registrar, realm, network, mint, max_record } = self.registrar;
        let of_realm = RealmAddresses::of(governance_program, realm, mint);
        let own = of_realm.token_owner_record(&self.holder);
        let shared = [registrar, network, mint, max_record, realm, of_realm.config, SYSTEM_PROGRAM];
        let voters = [self.holder, self.voter, self.slot_record, self.standing_record, own];
        [&shared[..], &voters, positions.as_flattened()].concat()
    }
}
