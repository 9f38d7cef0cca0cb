//! What an instruction of a proposal decides, read back from its bytes: for whoever votes on it.

use {
    super::{GovernanceConfig, RealmRules, realms},
    crate::{
        Instruction, Pubkey,
        args::SetModelArgs,
        state::{AuthorityRole, JobRules, VaultKind},
        votes::{self, RegistrarTerms},
    },
    borsh::BorshDeserialize,
    work_token_interface::{ID, tags::of_instruction as tag},
};

/// What an instruction decides.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Parameters are proposed: they are in force once somebody executes the change after its own delay.
    ProposeParams {
        /// The network.
        network: Pubkey,
        /// The change, once it is proposed.
        change: Pubkey,
        /// The set, as its author has drafted it. Its address is the hash of the set: no other can be meant.
        draft: Pubkey,
    },
    /// A proposed change is withdrawn.
    CancelParams {
        /// The change.
        change: Pubkey,
    },
    /// Rules of a class of jobs are announced; those of a new class hold at once.
    SetJobClass {
        /// The network.
        network: Pubkey,
        /// The class's number.
        class: u8,
        /// Its rules.
        rules: Box<JobRules>,
    },
    /// What a model's name stands for is set, at once.
    SetModel {
        /// The network.
        network: Pubkey,
        /// The model.
        model: Box<SetModelArgs>,
    },
    /// A realm is joined to a network, whose stake can vote in it once the realm's rules say so.
    CreateRegistrar {
        /// The network.
        network: Pubkey,
        /// The terms.
        terms: RegistrarTerms,
    },
    /// On which terms stake votes in a realm is set.
    SetRegistrar {
        /// The registrar.
        registrar: Pubkey,
        /// Its terms from then on.
        terms: RegistrarTerms,
    },
    /// A payment is announced, or the one made that was announced three days before.
    Pay {
        /// Out of which vault.
        vault: VaultKind,
        /// To which token account.
        to: Pubkey,
        /// Base units; 0 withdraws the announcement.
        amount: u64,
    },
    /// An authority is proposed.
    ProposeAuthority {
        /// Which.
        role: AuthorityRole,
        /// Who; nobody withdraws the proposal.
        to: Pubkey,
    },
    /// A proposed authority is taken over.
    AcceptAuthority {
        /// Which.
        role: AuthorityRole,
    },
    /// A governance changes by which rules it decides.
    SetGovernanceConfig {
        /// The governance.
        governance: Pubkey,
        /// Its rules from then on.
        config: GovernanceConfig,
    },
    /// The rules of a realm are set: what weighs its votes, above all.
    SetRealmConfig {
        /// The realm.
        realm: Pubkey,
        /// Its rules from then on.
        rules: Box<RealmRules>,
    },
    /// Something else, which whoever votes must read elsewhere.
    Other {
        /// The program that is called.
        program: Pubkey,
        /// The first bytes of what it is told.
        data: [u8; 8],
    },
}

impl Decision {
    /// Reads an instruction. `governance` is the instance of SPL Governance that would execute it.
    pub fn of(instruction: &Instruction, governance: &Pubkey) -> Self {
        let known = match instruction.program_id {
            ID => of_network(instruction),
            votes::ID => of_add_in(instruction),
            program if program == *governance => of_governance(instruction),
            _ => None,
        };
        let mut data = [0; 8];
        data.iter_mut().zip(&instruction.data).for_each(|(to, from)| *to = *from);
        known.unwrap_or(Self::Other { program: instruction.program_id, data })
    }
}

fn of_network(instruction: &Instruction) -> Option<Decision> {
    const PROPOSE_PARAMS: [u8; 8] = tag("propose_params");
    const CANCEL_PARAMS: [u8; 8] = tag("cancel_params");
    const SET_JOB_CLASS: [u8; 8] = tag("set_job_class");
    const SET_MODEL: [u8; 8] = tag("set_model");
    const PAY_TREASURY: [u8; 8] = tag("pay_treasury");
    const PAY_INSURANCE: [u8; 8] = tag("pay_insurance");
    const PROPOSE_AUTHORITY: [u8; 8] = tag("propose_authority");
    const ACCEPT_AUTHORITY: [u8; 8] = tag("accept_authority");
    let key = |place: usize| instruction.accounts.get(place).map(|meta| meta.pubkey);
    let (tag, args) = instruction.data.split_first_chunk::<8>()?;
    let role = |byte| AuthorityRole::from_byte(byte);
    Some(match *tag {
        PROPOSE_PARAMS => Decision::ProposeParams { network: key(2)?, change: key(3)?, draft: key(4)? },
        CANCEL_PARAMS => Decision::CancelParams { change: key(2)? },
        SET_JOB_CLASS => {
            let (class, rules) = read::<(u8, JobRules)>(args)?;
            Decision::SetJobClass { network: key(2)?, class, rules: Box::new(rules) }
        }
        SET_MODEL => Decision::SetModel { network: key(2)?, model: Box::new(read(args)?) },
        PAY_TREASURY => Decision::Pay { vault: VaultKind::Treasury, to: key(3)?, amount: read(args)? },
        PAY_INSURANCE => Decision::Pay { vault: VaultKind::Insurance, to: key(3)?, amount: read(args)? },
        PROPOSE_AUTHORITY => {
            let (byte, to) = read::<(u8, Pubkey)>(args)?;
            Decision::ProposeAuthority { role: role(byte)?, to }
        }
        ACCEPT_AUTHORITY => Decision::AcceptAuthority { role: role(read(args)?)? },
        _ => return None,
    })
}

fn of_add_in(instruction: &Instruction) -> Option<Decision> {
    const CREATE_REGISTRAR: [u8; 8] = tag("create_registrar");
    const SET_REGISTRAR: [u8; 8] = tag("set_registrar");
    let (tag, args) = instruction.data.split_first_chunk::<8>()?;
    let named = instruction.accounts.get(3)?.pubkey;
    Some(match *tag {
        CREATE_REGISTRAR => Decision::CreateRegistrar { network: named, terms: read(args)? },
        SET_REGISTRAR => Decision::SetRegistrar { registrar: named, terms: read(args)? },
        _ => return None,
    })
}

fn of_governance(instruction: &Instruction) -> Option<Decision> {
    let (number, args) = instruction.data.split_first()?;
    let governance = instruction.accounts.first()?.pubkey;
    Some(match *number {
        realms::SET_GOVERNANCE_CONFIG => Decision::SetGovernanceConfig { governance, config: read(args)? },
        realms::SET_REALM_CONFIG => {
            let (realm, rules) = realms::realm_config_of(args, &instruction.accounts)?;
            Decision::SetRealmConfig { realm, rules: Box::new(rules) }
        }
        _ => return None,
    })
}

/// Arguments, and nothing after them.
fn read<T: BorshDeserialize>(args: &[u8]) -> Option<T> {
    T::try_from_slice(args).ok()
}
