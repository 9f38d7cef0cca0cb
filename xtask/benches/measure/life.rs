//! A scenario whose transactions are measured, each where it costs most.

use anyhow::{Context as _, Result, anyhow};
use solana_sdk::{message::Message, transaction::Transaction};
use work_token_localnet::{Actor, Scenario};
use work_token_sdk::{
    Instruction, Pubkey,
    math::Amount,
    state::{PoolKind, Provider},
    transactions::wire_bytes,
    transport::Transport,
};
use work_token_xtask::bench::measure::{Costs, Operation, Sample};

pub use work_token_localnet::TOKEN;

/// A scenario whose transactions are measured.
pub struct Life {
    pub scenario: Scenario,
    pub costs: Costs,
}

impl Life {
    /// Of a scenario in which nothing was measured yet.
    pub fn of(scenario: Scenario) -> Self {
        Self { scenario, costs: Costs::default() }
    }

    /// The keeper, to sign with.
    pub fn keeper(&self) -> Actor {
        self.scenario.keeper.clone()
    }

    /// The admin, to sign with.
    pub fn admin(&self) -> Actor {
        self.scenario.admin.clone()
    }

    /// Sends one instruction, its signer paying the fee, and keeps what it cost where it cost most. What has
    /// a budget is named by `within(budget, name)`, everything else by its name.
    pub fn measure(&mut self, operation: impl Into<Operation>, instruction: Instruction, signer: &Actor) -> Result<()> {
        self.measure_all(operation, &[instruction], signer)
    }

    /// The same of an instruction with those that must stand before it; it is the last.
    pub fn measure_all(
        &mut self,
        operation: impl Into<Operation>,
        instructions: &[Instruction],
        signer: &Actor,
    ) -> Result<()> {
        self.measure_signed(operation, instructions, &[signer])
    }

    /// The same of several signers, the first of whom pays the fee.
    pub fn measure_signed(
        &mut self,
        operation: impl Into<Operation>,
        instructions: &[Instruction],
        signers: &[&Actor],
    ) -> Result<()> {
        let operation = operation.into();
        let sample = self.send(operation, instructions, signers)?;
        self.costs.add(operation, sample)
    }

    /// Keeps what the second of two instructions cost more than the first, both sent in the present state, of
    /// which nothing stays.
    pub fn measure_further(
        &mut self,
        operation: impl Into<Operation>,
        [one, more]: [Instruction; 2],
        signer: &Actor,
    ) -> Result<()> {
        let operation = operation.into();
        let one = self.aside(|life| life.send(operation, &[one], &[signer]))?;
        let more = self.aside(|life| life.send(operation, &[more], &[signer]))?;
        let further = Sample {
            cu: more.cu - one.cu,
            tx_bytes: more.tx_bytes - one.tx_bytes,
            accounts: more.accounts - one.accounts,
        };
        self.costs.add(operation, further)
    }

    fn send(&self, operation: Operation, instructions: &[Instruction], signers: &[&Actor]) -> Result<Sample> {
        let accounts = instructions.last().map_or(0, |instruction| instruction.accounts.len());
        let blockhash = self.scenario.chain.latest_blockhash()?;
        let message = Message::new(instructions, signers.first().map(|payer| payer.address()).as_ref());
        let keys: Vec<_> = signers.iter().map(|signer| &signer.key).collect();
        let transaction = Transaction::new(&keys, message, blockhash).into();
        let tx_bytes = wire_bytes(&transaction).len();
        let sent = self.scenario.chain.send(&transaction).map_err(|error| anyhow!("{error}"));
        let outcome = sent.with_context(|| format!("in {}", operation.name))?;
        Ok(Sample { cu: outcome.compute_units, tx_bytes, accounts })
    }

    /// Does something of which nothing stays but what it measured.
    pub fn aside<T>(&mut self, measure: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let before = self.scenario.chain.with_svm(|svm| svm.clone());
        let measured = measure(self)?;
        self.scenario.chain.with_svm(|svm| *svm = before);
        Ok(measured)
    }

    /// Slashes a pool a little, so that its shares are worth less than a token.
    pub fn slash(&self, provider: &Pubkey, kind: PoolKind, part: u64) {
        self.scenario.change(provider, |state: &mut Provider| {
            state.slash(kind, Amount(state.pool(kind).tokens / part + 13));
        });
    }
}
