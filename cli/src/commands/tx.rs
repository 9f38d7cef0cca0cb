//! What became of a transaction.

use {
    crate::{
        chain::{
            Session,
            outbox::{self, Sent},
        },
        failure::{Failure, Result},
        reply::Reply,
    },
    clap::Subcommand,
    serde_json::json,
    work_token_sdk::{
        Refusal, Signature,
        fate::{Fate, InFlight, Landed},
    },
};

/// `work-token tx`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Say whether a transaction landed (0), landed and was refused (1), is in no block and never will be
    /// (75), or whether nobody knows (76)
    Status {
        /// Its first signature
        signature: Signature,
    },
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let Self::Status { signature } = self;
        let genesis = session.outbox.genesis_hash(session.chain)?;
        let kept = outbox::find(&session.store(), signature)?.filter(|kept| kept.is_of(&genesis, None));
        let flight = kept.map_or(Ok(InFlight::unknown(*signature)), |kept| kept.flight())?;
        let fate = outbox::fate(session.chain, &flight);
        let told = |sent, failure| {
            session.outbox.tell(signature, sent);
            Err(failure)
        };
        match &fate {
            Fate::Landed(Landed { slot, error: None }) => {
                let outcome = session.chain.outcome(signature).ok().flatten().unwrap_or_default();
                Ok(Reply::of(json!({
                    "signature": signature.to_string(),
                    "fate": "landed",
                    "slot": slot,
                    "compute_units": outcome.compute_units,
                    "logs": outcome.logs,
                })))
            }
            Fate::Landed(Landed { slot, error: Some(error) }) => {
                let logs = session.chain.outcome(signature).ok().flatten().map(|outcome| outcome.logs);
                let refusal = Refusal { error: error.clone(), logs: logs.unwrap_or_default() };
                told(Sent::Refused, Failure::Failed(format!("it landed in slot {slot}, refused: {refusal}")))
            }
            Fate::Absent => told(Sent::Absent, Failure::TryAgain(fate.to_string())),
            Fate::Unknown(_) => told(Sent::Unknown, Failure::Unknown(fate.to_string())),
        }
    }
}
