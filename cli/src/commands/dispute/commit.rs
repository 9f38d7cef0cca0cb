//! Committing to an opening and opening it: two transactions, between which nothing may be lost.
//!
//! The salt is kept in a file before the commitment is sent, and the file until the opening has landed. So a
//! command that was interrupted anywhere is simply run again: it looks for what is kept of the same opening,
//! and goes on where the chain says that it stopped.

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::refused_as,
        options::Format,
        reply::{Reply, Value, facts, joined, say},
        text::{amount, hash, hex, words},
    },
    clap::Args,
    serde::{Deserialize, Serialize},
    std::mem::offset_of,
    work_token_sdk::{
        Hash, Instruction, NetworkAddresses, Pubkey, WorkTokenError as E,
        commit::{OpeningKind, SealedOpening},
        ix,
        salts::{SaltContext, SaltUse},
        state::{DisputeOpening, Network},
        view::{self, BondQuote},
    },
};

/// What begins the names of the files.
const PREFIX: &str = "opening-";
/// A deposit.
#[derive(Args, Debug)]
pub struct Deposit {
    /// Base units, at least the bond required at the opening and at most a tenth more; what is too much
    /// returns [default: a twentieth more than is required now]
    #[arg(long, value_parser = amount)]
    pub deposit: Option<u64>,
    /// Token account that pays, and that what is too much returns to [default: your usual one]
    #[arg(long)]
    pub from: Option<Pubkey>,
}

/// What is kept of a commitment until its opening has landed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// Addresses are equal on every cluster, the first block is not.
    genesis_hash: String,
    network: String,
    challenger: String,
    /// `open`, `raise` or `prove`.
    kind: String,
    subject: String,
    severity: u8,
    epoch: u32,
    salt: String,
    /// Whether the commitment was on the chain: where it is gone then, it was opened or has lapsed.
    landed: bool,
}

impl Kept {
    fn of(sealed: &SealedOpening, genesis_hash: &Hash) -> Self {
        Self {
            genesis_hash: genesis_hash.to_string(),
            network: sealed.network.to_string(),
            challenger: sealed.challenger.to_string(),
            kind: kind_name(sealed.kind),
            subject: sealed.subject.to_string(),
            severity: sealed.severity,
            epoch: sealed.epoch,
            salt: hex(&sealed.salt),
            landed: false,
        }
    }

    /// Its salt, if it is of the same opening.
    fn salt_of(&self, wanted: &SealedOpening, genesis_hash: &Hash) -> Option<[u8; 32]> {
        let salt = hash(&self.salt).ok()?;
        let same = Self { landed: self.landed, ..Self::of(&SealedOpening { salt, ..*wanted }, genesis_hash) };
        (same == *self).then_some(salt)
    }
}

fn kind_name(kind: OpeningKind) -> String {
    words(&format!("{kind:?}"))
}

fn file_of(sealed: &SealedOpening) -> String {
    format!("{PREFIX}{}", sealed.address().0)
}

/// What is to be opened, and with which money.
pub struct Sealing<'a> {
    /// The network.
    pub network: &'a NetworkAddresses,
    /// What will be opened. Its salt is that of a proof; else it is found, or made.
    pub sealed: SealedOpening,
    /// Token account that pays.
    pub from: Pubkey,
    /// The deposit. Base units.
    pub deposit: u64,
    /// What is shown before anything is sent, and afterwards.
    pub facts: Value,
}

/// Stands for a salt that is not found or made yet.
pub const NO_SALT: [u8; 32] = [0; 32];

/// Where the key gives the salts of an opening. Severities share them: they are told apart by attempts.
fn context_of(sealed: &SealedOpening, genesis_hash: Hash) -> SaltContext {
    SaltContext {
        used_for: SaltUse::Opening,
        genesis_hash,
        network: sealed.network,
        object: sealed.subject,
        round: sealed.epoch,
        index: sealed.kind as u8,
        signer: sealed.challenger,
    }
}

/// The salts that are kept of the same opening, whatever that of `wanted` is.
pub fn kept_salts(session: &Session, wanted: &SealedOpening) -> Result<Vec<[u8; 32]>> {
    let (kept, genesis_hash) = (session.store().list::<Kept>(PREFIX)?, session.chain.genesis_hash()?);
    Ok(kept.iter().filter_map(|kept| kept.salt_of(wanted, &genesis_hash)).collect())
}

/// What to deposit for a bond that is required now: what was asked for, if it is accepted, else a little more
/// than that, because it may grow until the opening.
pub fn deposit_for(bond: &BondQuote, asked: Option<u64>) -> Result<u64> {
    match asked {
        None => Ok(bond.suggested),
        Some(deposit) if deposit < bond.required => {
            Err(refused_as(E::BondBelowRequired, &format!("{} is required", bond.required)))
        }
        Some(deposit) if deposit > bond.largest => {
            Err(refused_as(E::BondAboveRequired, &format!("the most is {}", bond.largest)))
        }
        Some(deposit) => Ok(deposit),
    }
}

/// How far an opening is.
enum Stage {
    /// To be committed to.
    New,
    /// Committed to, and to be opened before then. Unix seconds.
    Committed(i64),
}

impl Session<'_> {
    /// Commits to an opening, unless that was done before, and opens it. `open` is given the salt, and reads
    /// what it needs when the commitment has landed.
    pub fn commit_and_open(
        &self,
        sealing: Sealing,
        open: impl FnOnce([u8; 32]) -> Result<Vec<Instruction>>,
    ) -> Result<Reply> {
        let state = self.client().network(&sealing.network.network)?;
        let (sealed, stage) = self.resume(&sealing.sealed, &state)?;
        let mut facts = sealing.facts;
        facts["commitment"] = sealed.address().0.to_string().into();
        if let Stage::Committed(until_ts) = stage {
            self.note(&format!("{} is committed to; it is opened now", sealed.address().0));
            facts["open_before_ts"] = until_ts.into();
        } else {
            facts["deposit"] = sealing.deposit.into();
            self.show_first(&facts);
            let commit = ix::commit_dispute(sealing.network, &sealed, sealing.from, sealing.deposit);
            let committed = self.commit(&sealed, commit)?;
            if !self.options.dry_run {
                facts["kept_in"] = self.store().path(&file_of(&sealed)).display().to_string().into();
            }
            if self.only_shows() {
                facts["next"] = "run the command again once this has landed, within an hour".into();
                let data = joined(facts, Value::Object(committed.data));
                return Ok(Reply { plain: committed.plain, ..Reply::of(data) });
            }
            facts["committed"] = committed.data.get("signature").cloned().unwrap_or_default();
            self.note(&format!("the commitment has landed: {}", facts["committed"].as_str().unwrap_or_default()));
        }
        let opened = self.submit(&open(sealed.salt)?, facts)?;
        if !self.only_shows() {
            self.store().forget(&file_of(&sealed))?;
        }
        Ok(opened)
    }

    /// What is kept of the same opening, and how far it is.
    fn resume(&self, wanted: &SealedOpening, network: &Network) -> Result<(SealedOpening, Stage)> {
        let (store, genesis_hash) = (self.store(), self.chain.genesis_hash()?);
        let mut found = None;
        for kept in store.list::<Kept>(PREFIX)? {
            let Some(salt) = kept.salt_of(wanted, &genesis_hash) else { continue };
            let sealed = SealedOpening { salt, ..*wanted };
            let address = sealed.address().0;
            match self.client().find::<DisputeOpening>(&address)? {
                Some(opening) => {
                    let shown = view::opening_view(network, &opening, self.chain.now_ts()?);
                    if shown.can_be_opened {
                        // What is only shown changes nothing, here neither.
                        if !self.only_shows() {
                            store.keep(&file_of(&sealed), &Kept { landed: true, ..kept })?;
                        }
                        return Ok((sealed, Stage::Committed(shown.until_ts)));
                    }
                    self.note(&format!(
                        "the commitment {address} was not opened in time: `dispute lapse` takes it back"
                    ));
                }
                None if kept.landed => {
                    if !self.only_shows() {
                        store.forget(&file_of(&sealed))?;
                    }
                    return Err(Failure::Failed(format!(
                        "the commitment {address} was opened, or has lapsed, since the last run: look at `dispute list` \
                         before you commit anew"
                    )));
                }
                // It may still land: the same commitment cannot land twice.
                None => found = Some((sealed, Stage::New)),
            }
        }
        match found {
            Some(found) => Ok(found),
            None if wanted.kind == OpeningKind::Prove => Ok((*wanted, Stage::New)),
            None => self.recover(wanted, network, genesis_hash),
        }
    }

    /// The salt of a commitment that the chain shows and nothing is kept of, if the key gives it; else a new
    /// one.
    fn recover(&self, wanted: &SealedOpening, network: &Network, genesis_hash: Hash) -> Result<(SealedOpening, Stage)> {
        let (context, now_ts) = (context_of(wanted, genesis_hash), self.chain.now_ts()?);
        let salted = |salt: [u8; 32]| SealedOpening { salt, ..*wanted };
        let mut open = openings(self, &wanted.network, &wanted.challenger)?;
        open.retain(|(_, opening)| view::opening_view(network, opening, now_ts).can_be_opened);
        let of_chain = |salt: &[u8; 32]| open.iter().find(|(_, opening)| opening.hash == salted(*salt).hash());
        if !open.is_empty()
            && let Some(salt) = self.recovered_salt(&context, |salt| of_chain(salt).is_some())
            && let Some((_, opening)) = of_chain(&salt)
        {
            let until_ts = view::opening_view(network, opening, now_ts).until_ts;
            return Ok((salted(salt), Stage::Committed(until_ts)));
        }
        Ok((salted(self.new_salt(&context, |_| false).bytes), Stage::New))
    }

    /// People see what it is about before anything is sent.
    fn show_first(&self, facts: &Value) {
        if self.options.output == Format::Display && !self.only_shows() {
            say(&Reply::of(facts.clone()).render(Format::Display));
        }
    }

    /// Keeps the salt, and only then commits.
    fn commit(&self, sealed: &SealedOpening, commit: Instruction) -> Result<Reply> {
        let (store, file, kept) = (self.store(), file_of(sealed), Kept::of(sealed, &self.chain.genesis_hash()?));
        if self.options.dry_run {
            return self.submit(&[commit], facts!({}));
        }
        store.keep(&file, &kept)?;
        self.note(&format!("the salt of {} is kept in {}", sealed.address().0, store.path(&file).display()));
        let committed = self.submit_step(&[commit], facts!({}));
        // What was refused may have landed before: the salt stays, and the next run begins with it.
        if committed.is_ok() && !self.only_shows() {
            store.keep(&file, &Kept { landed: true, ..kept })?;
        }
        committed
    }
}

/// `work-token dispute lapse`
#[derive(Args, Debug)]
pub struct Lapse {
    /// The commitment [default: all of --challenger whose hour has passed]
    commitment: Option<Pubkey>,
    /// Who committed [default: the keypair that signs]
    #[arg(long)]
    challenger: Option<Pubkey>,
    /// Token account of the challenger that receives [default: its usual one]
    #[arg(long)]
    to: Option<Pubkey>,
}

/// `work-token dispute commitments`
#[derive(Args, Debug)]
pub struct List {
    /// Who committed [default: the keypair that signs]
    #[arg(long)]
    challenger: Option<Pubkey>,
}

/// Commitments of somebody in one network, by address.
fn openings(session: &Session, network: &Pubkey, challenger: &Pubkey) -> Result<Vec<(Pubkey, DisputeOpening)>> {
    let by = [(offset_of!(DisputeOpening, network), *network), (offset_of!(DisputeOpening, challenger), *challenger)];
    Ok(session.client().list::<DisputeOpening>(&by)?)
}

impl Lapse {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let (client, now_ts) = (session.client(), session.chain.now_ts()?);
        let found = match self.commitment {
            Some(key) => vec![(key, client.get::<DisputeOpening>(&key)?)],
            None => {
                let challenger = self.challenger.map_or_else(|| session.authority(), Ok)?;
                openings(session, &session.network_key()?, &challenger)?
            }
        };
        let Some((_, first)) = found.first() else {
            return Err(Failure::Failed("there is no commitment that was not opened".into()));
        };
        let state = client.network(&first.network)?;
        let network = NetworkAddresses::recorded(first.network, &state);
        let (mut lapses, mut next_ts) = (Vec::new(), i64::MAX);
        for (key, opening) in &found {
            let shown = view::opening_view(&state, opening, now_ts);
            if shown.can_be_opened {
                next_ts = next_ts.min(shown.until_ts);
                continue;
            }
            let to = session.token_account(self.to, &opening.challenger, &network);
            let facts = facts!({
                "commitment": key.to_string(),
                "returned": shown.lapse_returns,
                "burned": shown.lapse_burns,
            });
            let lapse = ix::lapse_opening(&network, *key, opening.challenger, to);
            lapses.push(session.submit_step(&[lapse], facts)?);
            if !session.only_shows() {
                session.store().forget(&format!("{PREFIX}{key}"))?;
            }
        }
        if lapses.is_empty() {
            return Err(Failure::TryAgain(format!(
                "it can be opened until {next_ts} (unix seconds); afterwards nine tenths of the deposit return"
            )));
        }
        Ok(Reply::steps(lapses))
    }
}

impl List {
    /// Runs the command.
    pub fn run(&self, session: &Session) -> Result<Reply> {
        let challenger = self.challenger.map_or_else(|| session.authority(), Ok)?;
        let network = session.network_key()?;
        let (state, now_ts, store) = (session.client().network(&network)?, session.chain.now_ts()?, session.store());
        let row = |(key, opening): &(Pubkey, DisputeOpening)| -> Result<Value> {
            let kept: Option<Kept> = store.find(&format!("{PREFIX}{key}"))?;
            let shown = view::opening_view(&state, opening, now_ts);
            Ok(facts!({
                "commitment": key.to_string(),
                "deposit": shown.deposit,
                "committed_ts": shown.committed_ts,
                "open_before_ts": shown.until_ts,
                "can_be_opened": shown.can_be_opened,
                "lapse_returns": shown.lapse_returns,
                "salt_is_kept": kept.is_some(),
                "to": kept.as_ref().map(|kept| kept.kind.clone()),
                "subject": kept.as_ref().map(|kept| kept.subject.clone()),
                "severity": kept.as_ref().map(|kept| kept.severity),
            }))
        };
        let rows = openings(session, &network, &challenger)?.iter().map(row).collect::<Result<Vec<_>>>()?;
        Ok(Reply::of(facts!({ "count": rows.len(), "commitments": rows })))
    }
}
