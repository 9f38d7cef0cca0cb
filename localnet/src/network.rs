//! Creating and governing a scenario's network.

use {
    crate::{Actor, Scenario, ScenarioOptions},
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{
        Client, Instruction, ix,
        state::{EmissionMode, JobRules, Network, NetworkParams, VaultKind},
        transport::{Outcome, TransportError},
    },
};

/// The inputs with which somebody creates its first network, and keeps every power over it.
pub const fn creation(creator: Pubkey, emission_mode: EmissionMode, params: NetworkParams) -> ix::CreateNetwork {
    ix::CreateNetwork {
        creator,
        id: 1,
        emission_mode,
        accept_freeze_authority: false,
        admin: creator,
        guardian: creator,
        arbiter: creator,
        params,
    }
}

impl Scenario {
    /// The instruction that creates the network, with what is drafted already.
    pub fn create_network(&self, options: &ScenarioOptions) -> Instruction {
        ix::create_network(&self.network, &creation(self.admin.address(), options.mode, options.params))
    }

    /// Drafts a parameter set in somebody's name, as far as it is not drafted.
    pub fn draft(&self, author: &Actor, params: &NetworkParams) {
        let network = &self.network.network;
        let missing = Client::new(&self.chain).missing_draft(network, &author.address(), params);
        for write in missing.expect("the embedded chain answers") {
            self.send(&[write], &[author]).expect("a draft is written");
        }
    }

    /// Changes the network's account in place, around every rule.
    pub fn edit_network(&self, edit: impl FnOnce(&mut Network)) {
        self.change(&self.network.network, edit);
    }

    /// Freezes or thaws a vault of the network.
    pub fn freeze(&self, kind: VaultKind, frozen: bool) {
        self.set_frozen(&self.network.vault(kind), frozen);
    }

    /// Announces a class of jobs, and opens before it what is due.
    pub fn set_class(&self, class: u8, rules: &JobRules) -> Result<Outcome, TransportError> {
        let admin = self.admin.address();
        let set = ix::set_job_class(&self.network.network, admin, self.keeper.address(), class, rules);
        let mut instructions = self.open_due_ix();
        instructions.push(set);
        self.send(&instructions, &[&self.admin])
    }
}
