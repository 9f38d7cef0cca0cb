//! The numbers behind a refusal: the program says which rule was broken, the accounts say by which number.

use {
    super::Session,
    crate::{failure::Failure, foreseen},
    work_token_sdk::{Account, ClientError, ID, Instruction, Pubkey, TransportError, WorkTokenError, state::Network},
};

impl Session<'_> {
    /// A refused transaction in words, with the number that it was refused by.
    pub fn explained(&self, error: ClientError, instructions: &[Instruction]) -> Failure {
        let number = match &error {
            ClientError::Transport(TransportError::Refused(refusal)) => {
                refusal.work_token_error().and_then(|error| self.number_behind(error, instructions))
            }
            _ => None,
        };
        match (Failure::from(error), number) {
            (Failure::Failed(message), Some(number)) => Failure::Failed(format!("{message} ({number})")),
            (failure, _) => failure,
        }
    }

    /// What the network of the instructions says.
    fn number_behind(&self, error: WorkTokenError, instructions: &[Instruction]) -> Option<String> {
        let ours = instructions.iter().filter(|instruction| instruction.program_id == ID);
        let mut keys: Vec<Pubkey> =
            ours.flat_map(|instruction| &instruction.accounts).map(|meta| meta.pubkey).collect();
        keys.sort_unstable();
        keys.dedup();
        let accounts = self.chain.accounts(&keys).ok()?;
        let mut networks = accounts.iter().flatten().filter_map(|account| Network::decode(&account.data).ok());
        foreseen::number(error, &networks.next()?)
    }
}
