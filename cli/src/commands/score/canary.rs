//! Tasks with known answers: committed to, sent as jobs like any other, graded.

use {
    super::{facts, tasks},
    crate::{
        chain::{Clues, Session},
        commands::job::create::Terms,
        failure::{Failure, Result},
        foreseen::{not_yet, refused},
        reply::{Reply, Value, joined},
        text::{hash, hex},
    },
    clap::{Args, Subcommand},
    std::{fmt::Write, path::PathBuf},
    work_token_sdk::{
        AttesterAddresses, ClientAddresses, JobAddresses, Pubkey, WorkTokenError as E,
        canary::{Asked, Canary, CanarySet, jobs},
        ix,
        math::Epoch,
        salts::{SaltContext, SaltUse},
        state::{Assignment, Attester, Job},
    },
};

/// `work-token canary`
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Commit to a set of tasks whose answers you know; set and salt are kept. It holds from the next epoch
    /// on, whose seed draws which of them are asked, and in what order
    Make(Make),
    /// Pay for a job that asks the next task of the epoch, from a key that nobody knows for the attester's:
    /// one a call, so that neither sender nor time tells it from other jobs
    Send(Send),
    /// Grade the providers that answered an epoch's canaries. Whoever is given set and salt gets the same
    Check(Check),
}

/// `work-token canary make`
#[derive(Args, Debug)]
pub struct Make {
    /// A file with a line for each task, `question,answer`, the hash of each in hex digits; or a folder with
    /// a `NAME.question` and a `NAME.answer` for each, which are hashed
    #[arg(long, value_name = "PATH")]
    tasks: PathBuf,
    /// For whom, where you are its reporter [default: for yourself]
    #[arg(long)]
    attester: Option<Pubkey>,
    /// Salt: 64 hex digits [default: one that your key gives again, random with --unsigned; it is kept]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
}

/// Whose set, and where it is.
#[derive(Args, Debug)]
pub struct Set {
    /// Whose set [default: the signer's]
    #[arg(long)]
    attester: Option<Pubkey>,
    /// Its tasks, as `make` takes them [default: those that are kept]
    #[arg(long, value_name = "PATH")]
    tasks: Option<PathBuf>,
    /// Its salt: 64 hex digits [default: the one that is kept, else the one that the attester's key gives]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
}

/// `work-token canary send`
#[derive(Args, Debug)]
pub struct Send {
    #[command(flatten)]
    set: Set,
    #[command(flatten)]
    terms: Terms,
}

/// `work-token canary check`
#[derive(Args, Debug)]
pub struct Check {
    #[command(flatten)]
    set: Set,
    /// Who paid for the jobs [default: the signer]
    #[arg(long)]
    client: Option<Pubkey>,
    /// The epoch in which they were sent [default: the present one]
    #[arg(long)]
    epoch: Option<u32>,
    /// The epoch's seed: 64 hex digits, as the event `BeaconDecided` says [default: the network's, which has
    /// that of the present epoch]
    #[arg(long, value_parser = hash)]
    seed: Option<[u8; 32]>,
    /// Write what was found out as reports of this metric, for `attester commit`
    #[arg(long, requires = "reports")]
    metric: Option<u8>,
    /// The file that they are written to; it must not exist
    #[arg(long, value_name = "FILE", requires = "metric")]
    reports: Option<PathBuf>,
}

impl Command {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        match self {
            Self::Make(make) => make.run(session),
            Self::Send(send) => send.run(session),
            Self::Check(check) => check.run(session),
        }
    }
}

/// All sets of an attester that a key commits to share a context: which one an epoch has is in its account.
fn context(session: &Session, attester: &AttesterAddresses, signer: Pubkey) -> Result<SaltContext> {
    Ok(SaltContext {
        used_for: SaltUse::Canaries,
        genesis_hash: session.chain.genesis_hash()?,
        network: attester.network.network,
        object: attester.attester,
        round: 0,
        index: 0,
        signer,
    })
}

/// What the program is given of tasks, as they are kept.
fn commitment(owner: Pubkey) -> impl Fn(&String, &[u8; 32]) -> [u8; 32] {
    move |kept, salt| tasks::from_kept(kept).map_or([0; 32], |set| set.commitment(&owner, salt))
}

impl Make {
    fn run(&self, session: &Session) -> Result<Reply> {
        let signer = session.authority()?;
        let attester = AttesterAddresses::derive(session.network()?, self.attester.unwrap_or(signer));
        let state: Attester = session.client().get(&attester.attester)?;
        state.require_reporter(&signer).map_err(refused)?;
        let network = session.client().network(&attester.network.network)?;
        let set = tasks::read(&self.tasks)?;
        let (context, content) = (context(session, &attester, signer)?, tasks::kept(&set));
        let mut facts = facts(&attester);
        facts["tasks"] = set.tasks().len().into();
        let newest = &state.canaries.newest;
        if *newest != [0; 32] {
            let clues = Clues { salt: self.salt, named: Some(content.clone()), guesses: &[] };
            if session.find_sealed(&context, newest, &clues, commitment(attester.owner))?.is_some() {
                session.note("the attester has committed to this set already; there is nothing to send");
                facts["from_epoch"] = state.canaries.newest_from_epoch.into();
                return Ok(Reply::of(facts));
            }
        }
        let now = network.epoch_at(session.chain.now_ts()?);
        facts["from_epoch"] = now.next().0.into();
        let sealed = session.seal(&context, &content, self.salt, commitment(attester.owner))?;
        let commit = ix::commit_canaries_by(&attester, signer, sealed.commitment);
        session.submit(&[commit], joined(facts, sealed.facts()))
    }
}

/// An epoch's tasks of an attester's set, in the order in which they are asked.
struct Drawn {
    attester: AttesterAddresses,
    epoch: Epoch,
    tasks: Vec<Canary>,
}

impl Set {
    fn drawn(&self, session: &Session, named: Option<u32>, seed: Option<[u8; 32]>) -> Result<Drawn> {
        let owner = self.attester.map_or_else(|| session.authority(), Ok)?;
        let attester = AttesterAddresses::derive(session.network()?, owner);
        let network_key = attester.network.network;
        let state: Attester = session.client().get(&attester.attester)?;
        let network = session.client().network(&network_key)?;
        let now = network.epoch_at(session.chain.now_ts()?);
        let epoch = named.map_or(now, Epoch);
        let seed = seed.or(network.beacon.seed_of(epoch).copied()).ok_or_else(|| {
            if epoch < now {
                return Failure::Usage("the network has the seed of another epoch: name that one's with --seed".into());
            }
            not_yet(E::BeaconNotReady, "`work-token epoch beacon` brings it a step further")
        })?;
        let set = self.of_epoch(session, &attester, &state, epoch)?;
        let asked = Asked { network: &network_key, epoch: epoch.0, seed: &seed, attester: &owner, provider: None };
        let tasks = set.drawn(&asked, set.tasks().len());
        Ok(Drawn { attester, epoch, tasks })
    }

    /// The set that the attester is held to in an epoch.
    fn of_epoch(&self, session: &Session, at: &AttesterAddresses, state: &Attester, epoch: Epoch) -> Result<CanarySet> {
        let missing = || Failure::Failed(format!("{} is held to no set of canaries in epoch {}", at.owner, epoch.0));
        let shown = state.canaries.in_epoch(epoch).ok_or_else(missing)?;
        let named = self.tasks.as_deref().map(tasks::read).transpose()?;
        let clues = Clues { salt: self.salt, named: named.as_ref().map(tasks::kept), guesses: &[] };
        // Its reporter may have committed for it.
        let by_reporter = context(session, at, state.reporter)?;
        let found = match session.find_sealed(&by_reporter, shown, &clues, commitment(at.owner))? {
            Some(found) => found,
            None => session.unseal(&context(session, at, at.owner)?, shown, &clues, commitment(at.owner))?,
        };
        tasks::from_kept(&found.content).ok_or_else(|| Failure::Failed("what is kept is no set of canaries".into()))
    }
}

fn jobs_of(session: &Session, attester: &AttesterAddresses, client: Pubkey) -> Result<Vec<(Pubkey, Job)>> {
    Ok(session.client().jobs_of_client(&ClientAddresses::derive(attester.network, client))?)
}

impl Send {
    fn run(&self, session: &Session) -> Result<Reply> {
        let (drawn, client) = (self.set.drawn(session, None, None)?, session.authority()?);
        if client == drawn.attester.owner {
            session.note(
                "the attester itself pays: whoever is asked sees that this is a canary. --attester names another",
            );
        }
        let sent = jobs_of(session, &drawn.attester, client)?;
        let out = || Failure::Failed(format!("all tasks of the set are asked in epoch {}", drawn.epoch.0));
        let task = jobs::next(&drawn.tasks, &sent, drawn.epoch.0).ok_or_else(out)?;
        let more = facts!({ "epoch": drawn.epoch.0, "question": hex(&task.question) });
        self.terms.send(session, task.question, more)
    }
}

impl Check {
    fn run(&self, session: &Session) -> Result<Reply> {
        let drawn = self.set.drawn(session, self.epoch, self.seed)?;
        let client = self.client.map_or_else(|| session.authority(), Ok)?;
        let sent = jobs_of(session, &drawn.attester, client)?;
        let asking = jobs::asking(&drawn.tasks, &sent, drawn.epoch.0);
        let seats = seats(session, &drawn, &sent, |job| asking.contains_key(job))?;
        let (mut rows, mut lines) = (Vec::new(), String::new());
        for (provider, answers) in jobs::answers(&asking, &seats) {
            let place = session.client().provider(&provider)?.place_in(drawn.epoch);
            rows.push(facts!({
                "provider": provider.to_string(),
                "place": place,
                "asked": answers.asked,
                "right": answers.right,
                "pending": answers.pending,
                "bps": answers.bps(),
            }));
            if let (Some(metric), Some(place), Some(bps)) = (self.metric, place, answers.bps()) {
                let _ = writeln!(lines, "{place},{metric},{bps}");
            }
        }
        let mut found = facts(&drawn.attester);
        found["epoch"] = drawn.epoch.0.into();
        found["tasks"] = drawn.tasks.len().into();
        found["jobs"] = asking.len().into();
        found["providers"] = Value::Array(rows);
        if let Some(file) = self.reports.as_ref().filter(|_| !session.options.dry_run) {
            write_new(file, &lines)?;
            found["reports"] = file.display().to_string().into();
        }
        Ok(Reply::of(found))
    }
}

/// The seats of jobs, in one read.
fn seats(
    session: &Session,
    drawn: &Drawn,
    sent: &[(Pubkey, Job)],
    is_asking: impl Fn(&Pubkey) -> bool,
) -> Result<Vec<Assignment>> {
    let asking = sent.iter().filter(|(key, _)| is_asking(key));
    let keys: Vec<Pubkey> = asking
        .flat_map(|(key, job)| JobAddresses::recorded(drawn.attester.network, *key, job).seats(job.seats()))
        .map(|seat| seat.assignment)
        .collect();
    session.existing(&keys)
}

/// Writes a file that is not there yet.
fn write_new(file: &std::path::Path, text: &str) -> Result<()> {
    let written =
        std::fs::File::create_new(file).and_then(|mut to| std::io::Write::write_all(&mut to, text.as_bytes()));
    written.map_err(|error| Failure::Failed(format!("{}: {error}", file.display())))
}
