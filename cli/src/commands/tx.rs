//! What became of a transaction, and what of all whose end was not told.

use {
    crate::{
        chain::{
            Session,
            outbox::{self, Sending, Sent},
        },
        failure::{Failure, Result},
        reply::{Count, Reply, Value, facts, table},
    },
    clap::Subcommand,
    std::time::Duration,
    work_token_sdk::{
        Hash, Refusal, Signature,
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
    /// List what was sent and whose end no command has told yet, and what the chain says of each now: all
    /// landed (0), one was refused (1), is in no block and never will be (75), or nobody knows of one (76)
    Pending,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Status { signature } => status(session, signature),
            Self::Pending => pending(session),
        }
    }
}

fn status(session: &Session, signature: &Signature) -> Result<Reply> {
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
            Ok(Reply::of(facts!({
                "signature": signature.to_string(),
                "fate": "landed",
                "slot": Count(*slot),
                "compute_units": Count(outcome.compute_units),
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

/// One whose end was not told.
struct Pending {
    sending: Option<Sending>,
    /// `None` of another chain, which is not the one that is asked.
    sent: Option<Sent>,
    says: String,
}

impl Pending {
    fn of(session: &Session, kept: Result<Sending>, here: &Result<Hash>) -> Self {
        let (sending, flight) = match kept.and_then(|kept| kept.flight().map(|flight| (kept, flight))) {
            Ok(known) => known,
            Err(broken) => return Self { sending: None, sent: Some(Sent::Unknown), says: broken.to_string() },
        };
        let fate = match here {
            Ok(genesis) if sending.is_of(genesis, None) => outbox::fate(session.chain, &flight),
            Ok(_) => {
                let says = "it was sent on another chain: --url names that".to_owned();
                return Self { sending: Some(sending), sent: None, says };
            }
            Err(failure) => Fate::Unknown(failure.to_string()),
        };
        let sent = match &fate {
            Fate::Landed(Landed { error: None, .. }) => Sent::Landed,
            Fate::Landed(_) => Sent::Refused,
            Fate::Absent => Sent::Absent,
            Fate::Unknown(_) => Sent::Unknown,
        };
        session.outbox.tell(&flight.signature, sent);
        Self { sending: Some(sending), sent: Some(sent), says: fate.to_string() }
    }

    fn fate(&self) -> &'static str {
        self.sent.map_or("of another chain", Sent::word)
    }

    fn row(&self) -> Value {
        let kept = self.sending.as_ref();
        facts!({
            "signature": kept.map(Sending::signature),
            "command": kept.map(Sending::named),
            "genesis_hash": kept.map(Sending::genesis_hash),
            "age_secs": kept.and_then(Sending::age_secs),
            "fate": self.sent.map(Sent::word),
            "says": self.says,
        })
    }

    fn line(&self) -> [String; 5] {
        let kept = self.sending.as_ref();
        let shown = |text: Option<&str>| text.filter(|text| !text.is_empty()).unwrap_or("-").to_owned();
        let age = kept.and_then(Sending::age_secs).and_then(|secs| secs.try_into().ok());
        [
            shown(kept.map(Sending::signature)),
            shown(kept.map(Sending::named)),
            age.map_or_else(|| shown(None), |secs| humantime::format_duration(Duration::from_secs(secs)).to_string()),
            self.fate().to_owned(),
            self.says.clone(),
        ]
    }
}

fn pending(session: &Session) -> Result<Reply> {
    let kept = outbox::pending(&session.store())?;
    if kept.is_empty() {
        return Ok(Reply::of(facts!({ "count": 0, "pending": Vec::<Value>::new() })));
    }
    let here = session.outbox.genesis_hash(session.chain);
    let all: Vec<Pending> = kept.into_iter().map(|kept| Pending::of(session, kept, &here)).collect();
    let mut lines = table(&["signature", "command", "age", "fate", "which means"]);
    lines.add_rows(all.iter().map(Pending::line));
    let data = facts!({ "count": all.len(), "pending": all.iter().map(Pending::row).collect::<Vec<_>>() });
    let many = |sent: Sent| all.iter().filter(|pending| pending.sent == Some(sent)).count();
    let (unknown, refused, absent) = (many(Sent::Unknown), many(Sent::Refused), many(Sent::Absent));
    let what = format!("of {} transactions {unknown} are unknown, {refused} refused, {absent} absent", all.len());
    let unfinished = match (unknown, refused, absent) {
        (0, 0, 0) => None,
        (0, 0, _) => Some(Failure::TryAgain(what)),
        (0, ..) => Some(Failure::Failed(what)),
        _ => Some(Failure::Unknown(what)),
    };
    Ok(Reply { plain: Some(lines.to_string()), unfinished, ..Reply::of(data) })
}
