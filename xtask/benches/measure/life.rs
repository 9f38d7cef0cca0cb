//! A scenario whose transactions are measured, each where it costs most.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, anyhow};
use solana_sdk::{message::Message, transaction::Transaction};
use work_token_localnet::{Actor, Scenario};
use work_token_sdk::{
    Instruction, Pubkey,
    math::Amount,
    state::{PoolKind, Provider},
    transport::Transport,
};
use work_token_xtask::bench::measure::Sample;

pub const TOKEN: u64 = 1_000_000;

/// A scenario whose transactions are measured.
pub struct Life {
    pub scenario: Scenario,
    pub samples: BTreeMap<&'static str, Sample>,
}

impl Life {
    /// Of a scenario in which nothing was measured yet.
    pub fn of(scenario: Scenario) -> Self {
        Self { scenario, samples: BTreeMap::new() }
    }

    /// The keeper, to sign with.
    pub fn keeper(&self) -> Actor {
        copy(&self.scenario.keeper)
    }

    /// The admin, to sign with.
    pub fn admin(&self) -> Actor {
        copy(&self.scenario.admin)
    }

    /// Sends one instruction, its signer paying the fee, and keeps what it cost where it cost most.
    pub fn measure(&mut self, name: &'static str, instruction: Instruction, signer: &Actor) -> Result<()> {
        let accounts = instruction.accounts.len();
        let blockhash = self.scenario.chain.latest_blockhash()?;
        let message = Message::new(&[instruction], Some(&signer.address()));
        let transaction = Transaction::new(&[&signer.key], message, blockhash);
        let tx_bytes = 1 + 64 * transaction.signatures.len() + transaction.message_data().len();
        let outcome = self
            .scenario
            .chain
            .send(&transaction)
            .map_err(|error| anyhow!("{error}"))
            .with_context(|| format!("in {name}"))?;
        let sample = Sample { cu: outcome.compute_units, tx_bytes, accounts };
        let dearest = self.samples.entry(name).or_insert(sample);
        if dearest.cu < sample.cu {
            *dearest = sample;
        }
        Ok(())
    }

    /// Slashes a pool a little, so that its shares are worth less than a token.
    pub fn slash(&self, provider: &Pubkey, kind: PoolKind, part: u64) {
        let mut state: Provider = self.scenario.read(provider);
        let amount = state.pool(kind).tokens / part + 13;
        state.slash(kind, Amount(amount));
        self.scenario.write(provider, &state);
    }
}

fn copy(actor: &Actor) -> Actor {
    Actor { key: actor.key.insecure_clone(), tokens: actor.tokens }
}
