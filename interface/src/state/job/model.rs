//! A model that jobs may name: what its name stands for, version by version.

use crate::{
    Address, WorkTokenError as E,
    args::SetModelArgs,
    limits::{MODEL_NAME, MODEL_URI},
};

/// Whether new jobs may name a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ModelStatus {
    /// They may.
    Offered = 1,
    /// They may not; those that named it go on.
    Deprecated = 2,
    /// They may not, and the network wants nobody to run it any more; jobs that named it keep their terms.
    Withdrawn = 3,
}

impl ModelStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Offered, Self::Deprecated, Self::Withdrawn];

    /// From its byte; `None` for any other.
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::Offered),
            2 => Some(Self::Deprecated),
            3 => Some(Self::Withdrawn),
            _ => None,
        }
    }
}

account! {
    /// A model of a network, under a name that is its alone. Never closed: its versions rise and mean the
    /// same hash for ever (network-model-2).
    pub struct Model {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// See `ModelStatus`.
        pub status: u8,
        /// Bytes of the URI.
        pub uri_len: u8,
        /// Version of the model: 1, and one more with each other hash.
        pub model_version: u32,
        /// The network.
        pub network: Address,
        /// Who paid this account's rent.
        pub payer: Address,
        /// Its name, zero-padded.
        pub name: [u8; MODEL_NAME],
        /// Hash of what runs: of the present version.
        pub hash: [u8; 32],
        /// Where it can be had, zero-padded. Trusted by nobody: the hash decides what it is.
        pub uri: [u8; MODEL_URI],
        /// When it was set first. Unix seconds.
        pub created_ts: i64,
        /// Since when its hash is the present one. Unix seconds.
        pub version_ts: i64,
        /// When anything of it was set last. Unix seconds.
        pub set_ts: i64,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Model {
    /// The bytes of a name as they are stored.
    /// - Refuses: what [`Self::require_name`] refuses, and what is longer.
    pub fn name_bytes(text: &str) -> Result<[u8; MODEL_NAME], E> {
        let name = padded(text).ok_or(E::ModelNameMalformed)?;
        Self::require_name(&name)?;
        Ok(name)
    }

    /// The bytes of a URI as they are stored, and how many they are.
    /// - Refuses: what [`Self::set`] refuses of a URI, and what is longer.
    pub fn uri_bytes(text: &str) -> Result<([u8; MODEL_URI], u8), E> {
        let uri = padded(text).ok_or(E::ModelUriMalformed)?;
        let len = u8::try_from(text.len()).map_err(|_| E::ModelUriMalformed)?;
        require_uri(&uri, len)?;
        Ok((uri, len))
    }

    /// Refuses a name that another could be mistaken for (network-model-1): it is one to 32 bytes of small
    /// letters, digits and `. _ - / :`, the first a letter or a digit, and zeros behind them.
    #[inline(never)]
    pub fn require_name(name: &[u8; MODEL_NAME]) -> Result<(), E> {
        let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let (text, rest) = name.split_at_checked(text_len(name)).unwrap_or((&[], name));
        let is_named = text.first().is_some_and(is_plain)
            && text.iter().all(|byte| is_plain(byte) || b"._-/:".contains(byte))
            && rest.iter().all(|byte| *byte == 0);
        if is_named { Ok(()) } else { Err(E::ModelNameMalformed) }
    }

    /// Sets what a name stands for. Another hash is another version; status and URI change without one.
    /// - Refuses: a status that is none; a hash of zeros; a URI of more than 128 bytes, with anything but
    ///   visible ASCII, or with other bytes than zeros behind it.
    pub fn set(&mut self, args: &SetModelArgs, now_ts: i64) -> Result<(), E> {
        ModelStatus::from_byte(args.status).ok_or(E::UnknownModelStatus)?;
        if args.hash == [0; 32] {
            return Err(E::ZeroModelHash);
        }
        require_uri(&args.uri, args.uri_len)?;
        if self.hash != args.hash {
            self.model_version = self.model_version.checked_add(1).ok_or(E::ArithmeticOverflow)?;
            self.hash = args.hash;
            self.version_ts = now_ts;
        }
        self.status = args.status;
        self.uri_len = args.uri_len;
        self.uri = args.uri;
        self.set_ts = now_ts;
        Ok(())
    }

    /// Refuses a version that a new job may not name.
    pub fn require_offered(&self, version: u32) -> Result<(), E> {
        if self.status != ModelStatus::Offered as u8 {
            return Err(E::ModelNotOffered);
        }
        if self.model_version != version { Err(E::OtherModelVersion) } else { Ok(()) }
    }

    /// Its status.
    pub fn status(&self) -> ModelStatus {
        ModelStatus::from_byte(self.status).unwrap_or(ModelStatus::Withdrawn)
    }

    /// Its name as text.
    pub fn name(&self) -> &str {
        text(&self.name, text_len(&self.name))
    }

    /// Its URI as text.
    pub fn uri(&self) -> &str {
        text(&self.uri, usize::from(self.uri_len))
    }
}

/// Refuses a URI that a terminal or a page could not show as it is.
#[inline(never)]
fn require_uri(uri: &[u8; MODEL_URI], len: u8) -> Result<(), E> {
    let (text, rest) = uri.split_at_checked(usize::from(len)).ok_or(E::ModelUriMalformed)?;
    let is_shown = text.iter().all(u8::is_ascii_graphic) && rest.iter().all(|byte| *byte == 0);
    if is_shown { Ok(()) } else { Err(E::ModelUriMalformed) }
}

/// Bytes before the first zero.
fn text_len(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len())
}

fn text(bytes: &[u8], len: usize) -> &str {
    bytes.get(..len).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default()
}

fn padded<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
    Some(bytes)
}
