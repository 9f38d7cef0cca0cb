//! Governing a scenario's network.

use {
    crate::Scenario,
    work_token_sdk::{
        ix,
        state::JobRules,
        transport::{Outcome, TransportError},
    },
};

impl Scenario {
    /// Announces a class of jobs, and opens before it what is due.
    pub fn set_class(&self, class: u8, rules: &JobRules) -> Result<Outcome, TransportError> {
        let admin = self.admin.address();
        let set = ix::set_job_class(&self.network.network, admin, self.keeper.address(), class, rules);
        let mut instructions = self.open_due_ix();
        instructions.push(set);
        self.send(&instructions, &[&self.admin])
    }
}
