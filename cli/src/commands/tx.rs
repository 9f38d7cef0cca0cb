//! What became of a transaction, and what of all whose end was not told.

use {
    crate::{
        chain::{
            Session, Store,
            outbox::{self, Sending, Sent},
        },
        failure::{Failure, Result},
        reply::{Count, Reply, Value, facts, table},
    },
    clap::{Args, Subcommand},
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
    Pending(Pending),
}

/// What is listed, and whether it is kept.
#[derive(Args, Debug)]
pub struct Pending {
    /// Forget what has landed or never will, once it was listed: 76 if anything is left whose fate nobody
    /// knows, else 0. A command run again does once more what was forgotten
    #[arg(long)]
    forget_settled: bool,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Status { signature } => status(session, signature),
            Self::Pending(pending) => pending.run(session),
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
struct Kept {
    name: String,
    /// It, and its signature; none where the file cannot be read.
    sending: Option<(Sending, Signature)>,
    /// `None` of another chain, which is not the one that is asked.
    sent: Option<Sent>,
    says: String,
}

impl Kept {
    fn of(session: &Session, (name, kept): (String, Result<Sending>), here: &Result<Hash>) -> Self {
        let (sending, flight) = match kept.and_then(|kept| kept.flight().map(|flight| (kept, flight))) {
            Ok(known) => known,
            Err(broken) => return Self { name, sending: None, sent: Some(Sent::Unknown), says: broken.to_string() },
        };
        let fate = match here {
            Ok(genesis) if sending.is_of(genesis, None) => Some(outbox::fate(session.chain, &flight)),
            Ok(_) => None,
            Err(failure) => Some(Fate::Unknown(failure.to_string())),
        };
        let sent = fate.as_ref().map(|fate| match fate {
            Fate::Landed(Landed { error: None, .. }) => Sent::Landed,
            Fate::Landed(_) => Sent::Refused,
            Fate::Absent => Sent::Absent,
            Fate::Unknown(_) => Sent::Unknown,
        });
        sent.inspect(|sent| session.outbox.tell(&flight.signature, *sent));
        let elsewhere = || "it was sent on another chain: --url names that".to_owned();
        let says = fate.map_or_else(elsewhere, |fate| fate.to_string());
        Self { name, sending: Some((sending, flight.signature)), sent, says }
    }

    /// Its signature, where its end is certain.
    fn settled(&self) -> Option<&Signature> {
        let is_certain = matches!(self.sent, Some(Sent::Landed | Sent::Refused | Sent::Absent));
        self.sending.as_ref().filter(|_| is_certain).map(|(_, signature)| signature)
    }

    /// Forgets it once that was told, or says why it stays.
    fn forget_or_say_why(&mut self, session: &Session, store: &Store) {
        if let Some(signature) = self.settled() {
            session.outbox.settle_later(store, &self.name, *signature);
            return;
        }
        let why = match self.sent {
            None => "nothing is forgotten whose chain was not asked",
            Some(_) => "it may have landed or land yet, and so it is not forgotten",
        };
        self.says = format!("{}; {why}", self.says);
    }

    fn row(&self, store: &Store, forgets: bool) -> Value {
        let kept = self.sending.as_ref().map(|(kept, _)| kept);
        let mut row = facts!({
            "signature": kept.map(Sending::signature),
            "command": kept.map(Sending::named),
            "genesis_hash": kept.map(Sending::genesis_hash),
            "age_secs": kept.and_then(Sending::age_secs),
            "fate": self.sent.map(Sent::word),
            "says": self.says,
            "kept_in": store.path(&self.name).display().to_string(),
        });
        if forgets {
            row["forgotten"] = self.settled().is_some().into();
        }
        row
    }

    fn line(&self) -> [String; 5] {
        let kept = self.sending.as_ref().map(|(kept, _)| kept);
        let shown = |text: Option<&str>| text.filter(|text| !text.is_empty()).unwrap_or("-").to_owned();
        let age = kept.and_then(Sending::age_secs).and_then(|secs| secs.try_into().ok());
        [
            shown(kept.map(Sending::signature)),
            shown(kept.map(Sending::named)),
            age.map_or_else(|| shown(None), |secs| humantime::format_duration(Duration::from_secs(secs)).to_string()),
            self.sent.map_or("of another chain", Sent::word).to_owned(),
            self.says.clone(),
        ]
    }
}

impl Pending {
    /// Lists them; forgets those that were listed with a certain end, if it is asked to.
    fn run(&self, session: &Session) -> Result<Reply> {
        let store = session.store();
        let kept = outbox::pending(&store)?;
        let forgets = self.forget_settled && !session.only_shows();
        let mut all: Vec<Kept> = Vec::new();
        if !kept.is_empty() {
            let here = session.outbox.genesis_hash(session.chain);
            all.extend(kept.into_iter().map(|kept| Kept::of(session, kept, &here)));
        }
        if forgets {
            all.iter_mut().for_each(|kept| kept.forget_or_say_why(session, &store));
        }
        let rows: Vec<Value> = all.iter().map(|kept| kept.row(&store, forgets)).collect();
        let mut data = facts!({ "count": all.len(), "pending": rows });
        if forgets {
            data["forgotten"] = all.iter().filter(|kept| kept.settled().is_some()).count().into();
        }
        if all.is_empty() {
            return Ok(Reply::of(data));
        }
        let mut lines = table(&["signature", "command", "age", "fate", "which means"]);
        lines.add_rows(all.iter().map(Kept::line));
        let unfinished = unfinished(&all, forgets);
        Ok(Reply { plain: Some(lines.to_string()), unfinished, ..Reply::of(data) })
    }
}

/// The worst of their ends; what is forgotten has been told, and asks for nothing more.
fn unfinished(all: &[Kept], forgets: bool) -> Option<Failure> {
    let many = |sent: Sent| all.iter().filter(|kept| kept.sent == Some(sent)).count();
    let (unknown, refused, absent) = (many(Sent::Unknown), many(Sent::Refused), many(Sent::Absent));
    let what = format!("of {} transactions {unknown} are unknown, {refused} refused, {absent} absent", all.len());
    match (unknown, refused, absent) {
        (0, 0, 0) => None,
        (0, ..) if forgets => None,
        (0, 0, _) => Some(Failure::TryAgain(what)),
        (0, ..) => Some(Failure::Failed(what)),
        _ => Some(Failure::Unknown(what)),
    }
}
