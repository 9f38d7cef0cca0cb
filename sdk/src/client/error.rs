//! Why the client has no answer.

use {
    crate::Pubkey,
    crate::{DecodeError, governance::ReadError, transport::TransportError},
    solana_signer::SignerError,
    thiserror::Error,
};

/// Why the client has no answer.
#[derive(Debug, Error)]
pub enum ClientError {
    /// The chain refused, cannot be reached, or makes no sense.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// There is no such account.
    #[error("there is no {name} at {key}")]
    Missing {
        /// What was looked for.
        name: &'static str,
        /// Where.
        key: Pubkey,
    },
    /// The account belongs to another program.
    #[error("the account at {key} is no {name}: it belongs to {owner}")]
    NotOurs {
        /// What was looked for.
        name: &'static str,
        /// Where.
        key: Pubkey,
        /// The program that owns it.
        owner: Pubkey,
    },
    /// The account is of another type or version.
    #[error("at {key}: {source}")]
    Decode {
        /// Where.
        key: Pubkey,
        /// Why.
        source: DecodeError,
    },
    /// An account of SPL Governance is of another type.
    #[error("at {key}: {source}")]
    Unreadable {
        /// Where.
        key: Pubkey,
        /// Why.
        source: ReadError,
    },
    /// A key could not sign.
    #[error("cannot sign: {0}")]
    Signing(#[from] SignerError),
}
