//! What commitments hide, from before they are sent until they are revealed.
//!
//! Salt and content are on the disk before a commitment is sent or printed: whose answer is lost, or who dies
//! in between, loses nothing. The salt follows from the key where the key is here, so that the key alone
//! suffices where the disk is gone as well; of somebody whose key is elsewhere it is random.

use {
    super::Session,
    crate::{
        failure::{Failure, Result},
        reply::{Value, facts},
        text::{hash, hex},
    },
    rand::Rng,
    serde::{Deserialize, Serialize, de::DeserializeOwned},
    std::path::PathBuf,
    work_token_sdk::{
        ID, Signer,
        salts::{ATTEMPTS, SaltContext, Salts},
    },
};

/// What a commitment hides besides its salt.
pub trait Content: Clone + PartialEq + Serialize + DeserializeOwned {}

impl<T: Clone + PartialEq + Serialize + DeserializeOwned> Content for T {}

/// A salt, and how it can be found again.
#[derive(Clone, Copy)]
pub struct Salt {
    /// The salt.
    pub bytes: [u8; 32],
    /// By which attempt the key gives it; `None` of one that is random, or was given.
    pub attempt: Option<u16>,
}

/// The file that is kept.
#[derive(Serialize, Deserialize)]
struct Kept<C> {
    hides: String,
    genesis_hash: String,
    program: String,
    network: String,
    object: String,
    round: u32,
    index: u8,
    signer: String,
    content: C,
    attempt: Option<u16>,
    salt: String,
    commitment: String,
}

impl<C> Kept<C> {
    fn of(context: &SaltContext, content: C, salt: Salt, commitment: &[u8; 32]) -> Self {
        Self {
            hides: kind(context),
            genesis_hash: context.genesis_hash.to_string(),
            program: ID.to_string(),
            network: context.network.to_string(),
            object: context.object.to_string(),
            round: context.round,
            index: context.index,
            signer: context.signer.to_string(),
            content,
            attempt: salt.attempt,
            salt: hex(&salt.bytes),
            commitment: hex(commitment),
        }
    }
}

fn kind(context: &SaltContext) -> String {
    format!("{:?}", context.used_for).to_lowercase()
}

/// What begins the names of the files of a context. Addresses are equal on every cluster, the first block is
/// not.
fn prefix(context: &SaltContext) -> String {
    let SaltContext { genesis_hash, object, round, index, signer, .. } = context;
    format!("{}-{}-{object}-{round}-{index}-{signer}-", kind(context), &genesis_hash.to_string()[..8])
}

/// A commitment that can be sent.
pub struct Sealed {
    /// What is committed to.
    pub commitment: [u8; 32],
    /// Its salt.
    pub salt: [u8; 32],
    /// Where both are kept; `None` where nothing is sent or printed.
    pub kept_in: Option<PathBuf>,
}

impl Sealed {
    /// What is said of it. The salt of what is only tried out is not: the next one is another.
    pub fn facts(&self) -> Value {
        let Some(kept_in) = &self.kept_in else { return facts!({ "commitment": hex(&self.commitment) }) };
        facts!({
            "commitment": hex(&self.commitment),
            "salt": hex(&self.salt),
            "kept_in": kept_in.display().to_string(),
        })
    }
}

/// What the chain's commitment turned out to hide.
pub struct Unsealed<C> {
    /// What it hides.
    pub content: C,
    /// Its salt.
    pub salt: [u8; 32],
}

/// What is known of a commitment to be revealed: the salt if it was given, the content if it was named, and
/// what it might else be.
pub struct Clues<'a, C> {
    /// The salt.
    pub salt: Option<[u8; 32]>,
    /// The content.
    pub named: Option<C>,
    /// Contents that are tried with the salts of the key.
    pub guesses: &'a [C],
}

impl Session<'_> {
    /// The salts that the key of whoever commits gives, if it is here.
    fn own_salts(&self, context: &SaltContext) -> Option<Salts> {
        let keypair = self.keypair().ok().filter(|keypair| keypair.pubkey() == context.signer)?;
        Some(Salts::new(keypair.secret_bytes(), *context))
    }

    /// A salt that is none of those that are taken: of the key, or of chance where somebody else signs.
    pub fn new_salt(&self, context: &SaltContext, is_taken: impl Fn(&[u8; 32]) -> bool) -> Salt {
        let salts = if self.options.unsigned.is_some() { None } else { self.own_salts(context) };
        loop {
            let salt = match &salts {
                Some(salts) => {
                    let attempt = rand::rng().random_range(0..ATTEMPTS);
                    Salt { bytes: salts.of_attempt(attempt), attempt: Some(attempt) }
                }
                None => Salt { bytes: rand::rng().random(), attempt: None },
            };
            if !is_taken(&salt.bytes) {
                return salt;
            }
        }
    }

    /// The salt of the key at a context that fits, where whoever commits has its key here.
    pub fn recovered_salt(&self, context: &SaltContext, fits: impl Fn(&[u8; 32]) -> bool) -> Option<[u8; 32]> {
        self.own_salts(context)?.find(fits).map(|(_, salt)| salt)
    }

    /// Makes a commitment, and keeps what it hides unless nothing will be sent or printed. The same content
    /// at the same context is the same commitment again: one that is on its way may still land.
    pub fn seal<C: Content>(
        &self,
        context: &SaltContext,
        content: &C,
        given: Option<[u8; 32]>,
        commit: impl Fn(&C, &[u8; 32]) -> [u8; 32],
    ) -> Result<Sealed> {
        let (store, prefix) = (self.store(), prefix(context));
        let kept: Vec<Kept<C>> = store.list(&prefix)?;
        let known = |kept: &Kept<C>| {
            let salt = hash(&kept.salt).ok().filter(|salt| given.is_none_or(|given| given == *salt));
            salt.filter(|_| kept.content == *content).map(|bytes| Salt { bytes, attempt: kept.attempt })
        };
        let is_taken = |salt: &[u8; 32]| kept.iter().any(|kept| kept.salt == hex(salt));
        let salt = match (kept.iter().find_map(known), given) {
            (Some(salt), _) => salt,
            (None, Some(bytes)) => Salt { bytes, attempt: None },
            (None, None) => self.new_salt(context, is_taken),
        };
        let commitment = commit(content, &salt.bytes);
        if kept.iter().any(|kept| kept.commitment != hex(&commitment)) {
            self.note(
                "another commitment was made here before, and is kept too: `reveal` takes the one that the chain shows",
            );
        }
        if self.options.dry_run {
            return Ok(Sealed { commitment, salt: salt.bytes, kept_in: None });
        }
        let name = format!("{prefix}{}", &hex(&commitment)[..16]);
        store.keep(&name, &Kept::of(context, content.clone(), salt, &commitment))?;
        let path = store.path(&name);
        self.note(&format!("what the commitment hides is kept in {}", path.display()));
        Ok(Sealed { commitment, salt: salt.bytes, kept_in: Some(path) })
    }

    /// What the commitment that the chain shows hides: what was given if it fits, else what is kept, else
    /// what the key gives. `None` where nothing fits.
    pub fn find_sealed<C: Content>(
        &self,
        context: &SaltContext,
        shown: &[u8; 32],
        clues: &Clues<C>,
        commit: impl Fn(&C, &[u8; 32]) -> [u8; 32],
    ) -> Result<Option<Unsealed<C>>> {
        let kept: Vec<Kept<C>> = self.store().list(&prefix(context))?;
        let contents: Vec<C> = match &clues.named {
            Some(named) => vec![named.clone()],
            None => kept.iter().map(|kept| kept.content.clone()).chain(clues.guesses.iter().cloned()).collect(),
        };
        let fits = |content: &C, salt: &[u8; 32]| commit(content, salt) == *shown;
        let salts: Vec<[u8; 32]> = match clues.salt {
            Some(salt) => vec![salt],
            None => kept.iter().filter_map(|kept| hash(&kept.salt).ok()).collect(),
        };
        for salt in &salts {
            if let Some(content) = contents.iter().find(|content| fits(content, salt)) {
                return Ok(Some(Unsealed { content: content.clone(), salt: *salt }));
            }
        }
        if clues.salt.is_some() {
            return Ok(None);
        }
        let Some(salts) = self.own_salts(context) else { return Ok(None) };
        let found = salts.find(|salt| contents.iter().any(|content| fits(content, salt)));
        Ok(found.and_then(|(_, salt)| {
            let content = contents.into_iter().find(|content| fits(content, &salt))?;
            Some(Unsealed { content, salt })
        }))
    }

    /// The same, where nothing that fits is a failure.
    pub fn unseal<C: Content>(
        &self,
        context: &SaltContext,
        shown: &[u8; 32],
        clues: &Clues<C>,
        commit: impl Fn(&C, &[u8; 32]) -> [u8; 32],
    ) -> Result<Unsealed<C>> {
        self.find_sealed(context, shown, clues, commit)?.ok_or_else(|| {
            Failure::Failed(format!(
                "nothing fits the commitment that the chain shows, {}: neither what was given, nor what is kept in {}, \
                 nor what the key gives; --store names the folder in which it was kept",
                hex(shown),
                self.store().folder().display()
            ))
        })
    }

    /// Keeps nothing of a context any longer: what was hidden is revealed.
    pub fn forget_sealed(&self, context: &SaltContext) -> Result<()> {
        let store = self.store();
        store.names(&prefix(context))?.iter().try_for_each(|name| store.forget(name))
    }
}
