//! Reports: committed to during their epoch, revealed once it is over.

use {
    super::{facts, reports},
    crate::{
        chain::{Clues, Session},
        failure::{Failure, Result},
        foreseen::{not_yet, refused},
        reply::{Reply, Value, joined},
        text::{bytes, hash, hex},
    },
    clap::Args,
    std::path::PathBuf,
    work_token_sdk::{
        AttesterAddresses, Pubkey, ShardAddresses, WorkTokenError as E,
        commit::{self, reports_commitment},
        ix,
        limits::SHARD_PROVIDERS,
        salts::{SaltContext, SaltUse},
        state::{Attester, Network, Opinion, OpinionState, ScoreShard},
    },
};

/// Which shard.
#[derive(Args, Debug)]
pub struct Shard {
    /// The shard's number: a place's index divided by 48
    #[arg(long)]
    shard: u16,
    /// The epoch that is reported on [default: the present one to commit, the one before to reveal]
    #[arg(long)]
    epoch: Option<u32>,
}

/// `work-token attester commit`
#[derive(Args, Debug)]
pub struct Commit {
    #[command(flatten)]
    shard: Shard,
    /// A line for each value: `place,metric,bps`, of units of work `place,metric,units`, the place's index
    /// and the metric's number counted from 0; `#` begins a comment
    #[arg(long, value_name = "FILE")]
    reports: PathBuf,
    /// Salt: 64 hex digits [default: one that your key gives again, random with --unsigned; it is kept]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
    /// For whom you report [default: for yourself]
    #[arg(long)]
    attester: Option<Pubkey>,
}

/// `work-token attester reveal`
#[derive(Args, Debug)]
pub struct Reveal {
    #[command(flatten)]
    shard: Shard,
    /// The reports that were committed to, a line for each value [default: those that are kept]
    #[arg(long, value_name = "FILE")]
    reports: Option<PathBuf>,
    /// Salt: 64 hex digits [default: the one that is kept, else the one that the attester's key gives]
    #[arg(long, value_parser = hash)]
    salt: Option<[u8; 32]>,
    /// Whose [default: the signer's]
    #[arg(long)]
    attester: Option<Pubkey>,
}

/// A shard that an attester is drawn for.
struct Drawn {
    attester: AttesterAddresses,
    at: ShardAddresses,
    network: Network,
    shard: ScoreShard,
    context: SaltContext,
}

impl Drawn {
    fn read(session: &Session, attester: AttesterAddresses, which: &Shard, epochs_back: u32) -> Result<Self> {
        let network = session.client().network(&attester.network.network)?;
        let now = network.epoch_at(session.chain.now_ts()?).0;
        let epoch = which.epoch.unwrap_or(now.saturating_sub(epochs_back));
        let at = ShardAddresses::derive(attester.network, epoch, which.shard);
        let shard: Option<ScoreShard> = session.client().find(&at.shard)?;
        let shard = shard.ok_or_else(|| {
            Failure::Failed(format!("attesters were not drawn for shard {} of epoch {epoch}", which.shard))
        })?;
        // Salts are those of the key that commits: the attester's own, or its reporter's.
        let state: Option<Attester> = session.client().find(&attester.attester)?;
        let reporter = session.authority().ok().filter(|key| state.is_some_and(|state| state.reporter == *key));
        let context = SaltContext {
            used_for: SaltUse::Reports,
            genesis_hash: session.chain.genesis_hash()?,
            network: attester.network.network,
            object: at.shard,
            round: epoch,
            index: 0,
            signer: reporter.unwrap_or(attester.owner),
        };
        Ok(Self { attester, at, network, shard, context })
    }

    fn opinion(&self) -> Result<&Opinion> {
        let index = self.shard.opinion_of(&self.attester.owner).ok_or_else(|| refused(E::AttesterNotDrawn))?;
        self.shard.opinions.get(index).ok_or_else(|| refused(E::AttesterNotDrawn))
    }

    /// What the program makes of reports, as they are kept.
    fn commitment(&self) -> impl Fn(&String, &[u8; 32]) -> [u8; 32] {
        let (attester, at) = (self.attester, self.at);
        move |reports, salt| read(reports).map_or([0; 32], |reports| reports_commitment(&attester, &at, &reports, salt))
    }

    /// The units that are reported, by place, as they will be counted.
    fn units(&self, reports: &commit::Reports) -> Value {
        let Some(metric) = self.shard.units_metric() else { return facts!({}) };
        let first = usize::from(self.at.number) * SHARD_PROVIDERS;
        let units = (0..SHARD_PROVIDERS).filter_map(|place| Some((place, reports.units(place, metric)?)));
        let rows = units.map(|(place, units)| facts!({ "place": first + place, "units": units }));
        facts!({ "units": rows.collect::<Vec<_>>() })
    }

    fn facts(&self) -> Value {
        let mut facts = facts(&self.attester);
        facts["shard"] = self.at.number.into();
        facts["epoch"] = self.at.epoch.into();
        facts
    }
}

/// Reports as they are kept: the bytes that are committed to, as hex digits.
fn read(kept: &str) -> Option<commit::Reports> {
    commit::Reports::from_bytes(&bytes(kept)?.try_into().ok()?).ok()
}

impl Commit {
    /// For whom is reported, where it is not the signer.
    pub fn attester(&self) -> Option<Pubkey> {
        self.attester
    }

    /// Runs the command.
    pub fn run(&self, session: &Session, attester: AttesterAddresses) -> Result<Reply> {
        let signer = session.authority()?;
        session.client().get::<Attester>(&attester.attester)?.require_reporter(&signer).map_err(refused)?;
        let drawn = Drawn::read(session, attester, &self.shard, 0)?;
        let opinion = drawn.opinion()?;
        let reports = reports::read(&self.reports, &drawn.at, drawn.shard.units_metric())?;
        reports::require_useful(session, &drawn.attester, &drawn.shard, &reports)?;
        let content = hex(&reports.to_bytes());
        let mut facts = joined(drawn.facts(), drawn.units(&reports));
        if opinion.state() == OpinionState::Committed {
            let clues = Clues { salt: self.salt, named: Some(content.clone()), guesses: &[] };
            let same = session.find_sealed(&drawn.context, &opinion.commitment, &clues, drawn.commitment())?;
            if same.is_some() {
                session.note("the chain has this commitment already; there is nothing to send");
                facts["committed_before"] = true.into();
                return Ok(Reply::of(facts));
            }
            facts["replaces"] = hex(&opinion.commitment).into();
            session
                .note("this replaces what you committed to before: only this one can be revealed once it has landed");
        }
        let sealed = session.seal(&drawn.context, &content, self.salt, drawn.commitment())?;
        let commit = ix::commit_reports_by(&drawn.attester, signer, &drawn.at, sealed.commitment);
        session.submit(&[commit], joined(facts, sealed.facts()))
    }
}

impl Reveal {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let owner = self.attester.map_or_else(|| session.authority(), Ok)?;
        let attester = AttesterAddresses::derive(session.network()?, owner);
        let drawn = Drawn::read(session, attester, &self.shard, 1)?;
        let opinion = drawn.opinion()?;
        if opinion.state() != OpinionState::Committed {
            return Err(refused(E::ReportsNotCommitted));
        }
        let status = work_token_sdk::view::shard_status(
            &drawn.network,
            &drawn.shard,
            (crate::keeper::slot(session.chain)?, session.chain.now_ts()?),
        );
        if status.phase == work_token_sdk::view::ShardPhase::Committing {
            let fact = format!("from {} (unix seconds) on", status.commit_until_ts);
            return Err(not_yet(E::ReportRevealNotOpen, &fact));
        }
        let units = drawn.shard.units_metric();
        let named = self.reports.as_ref().map(|file| reports::read(file, &drawn.at, units)).transpose()?;
        let named = named.map(|reports| hex(&reports.to_bytes()));
        let clues = Clues { salt: self.salt, named, guesses: &[] };
        let found = session.unseal(&drawn.context, &opinion.commitment, &clues, drawn.commitment())?;
        let reports = read(&found.content).ok_or_else(|| Failure::Failed("what is kept is no reports".into()))?;
        let reveal = ix::reveal_reports(&drawn.attester, &drawn.at, &reports, found.salt);
        let revealed = session.submit(&[reveal], drawn.facts())?;
        if !session.only_shows() {
            session.forget_sealed(&drawn.context)?;
        }
        Ok(revealed)
    }
}
