//! Who votes with a position's stake.

use {
    super::{Holding, facts},
    crate::{
        chain::Session,
        failure::Result,
        foreseen::refused,
        reply::{Reply, Value, joined},
    },
    clap::{Args, ValueEnum},
    work_token_sdk::{
        ix,
        view::{self, PositionVoice, Voter},
    },
};

/// `work-token delegate direct`
#[derive(Args, Debug)]
pub struct Direct {
    /// Whether the holder votes
    #[arg(value_enum)]
    choice: Choice,
    #[command(flatten)]
    holding: Holding,
}

/// Who shall vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Choice {
    /// The holder
    On,
    /// The provider's owner
    Off,
}

impl Direct {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (position, signer) = (self.holding.addresses(session)?, session.authority()?);
        let state = session.client().position_state(&position)?;
        let on = self.choice == Choice::On;
        let found = view::set_direct(&state.at(), &signer, on).map_err(refused)?;
        session.submit(&[ix::set_direct(&position, signer, on)], joined(facts(&position), row(&found)))
    }
}

/// Whose a position's voice is, with how much it votes, and until when not with all.
pub(super) fn row(voice: &PositionVoice) -> Value {
    let voter = match voice.voter {
        Voter::Owner => "owner",
        Voter::Holder => "holder",
        Voter::Nobody => "nobody",
    };
    facts!({
        "voter": voter,
        "voice": voice.voiced,
        "voice_whole": voice.whole,
        "silent_until_ts": voice.silent_until_ts,
    })
}
