//! The SDK of the Work Token protocol: derived addresses, a pure builder for each instruction, typed
//! accounts, views that answer what a person asks, draws planned and verified, commitments, canary jobs,
//! errors in a sentence, events, a small client, and transports to a chain. No Anchor.
//!
//! Everything a user needs is re-exported; no second crate is necessary.
//!
//! | Feature | Adds |
//! | --- | --- |
//! | `keypair`, on by default | `Keypair`, a signer in memory; it wants the system's randomness |
//! | `rpc` | `rpc::RpcTransport`, a chain behind JSON-RPC; it wants a network stack |
//!
//! Everything else needs neither, and compiles for `wasm32-unknown-unknown` as it is. Who signs elsewhere, in
//! a wallet or on a device, implements [`Signer`], or takes a [`transactions::Unsigned`] there.
//!
//! # Example
//!
//! A chain in the process, a network on it, and one who delegates. The chain is `work-token-localnet`, which
//! only the repository has, as it has more examples; with the feature `rpc` the same client runs on
//! `rpc::RpcTransport`, and with `rpc-async` `rpc::AsyncRpcTransport` does the same without blocking.
//!
//! ```
//! use work_token_localnet::{Scenario, ScenarioOptions};
//! use work_token_sdk::{client::Client, ix, view};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let world = Scenario::start(&ScenarioOptions::default())?;
//! let owner = world.actor("owner", 50_000_000_000);
//! let provider = world.register(&owner, 1_000, 50_000_000_000)?;
//! let alice = world.actor("alice", 200_000_000);
//!
//! let client = Client::new(&world.chain);
//! let position = provider.position(alice.address());
//! let delegate = ix::delegate(&position, ix::Delegate {
//!     from: alice.tokens,
//!     amount: 200_000_000,
//!     min_shares_out: 0,
//!     max_open_claims: 0,
//! });
//! client.send(&[delegate], &alice.key, &[])?;
//!
//! let state = client.position_state(&position)?;
//! let holdings = view::holdings(&state.at());
//! assert_eq!(holdings.value, 200_000_000);
//! assert_eq!(holdings.lots[0].earns_from_epoch, 1);
//!
//! let leaving = view::leave(&state.at(), None, &[], &view::Field::default());
//! assert_eq!(leaving.matures_at_ts, state.now_ts + 10 * 86_400);
//!
//! // A refusal is a sentence.
//! let early = client.send(&[ix::claim_rewards(&position, alice.tokens)], &alice.key, &[]).unwrap_err();
//! assert_eq!(
//!     early.to_string(),
//!     "NothingToClaim (6316): there is nothing to claim; \
//!      leave it until something is owed: rewards are once an epoch has been settled, \
//!      which anybody may crank",
//! );
//! # Ok(())
//! # }
//! ```

#![deny(missing_docs, clippy::missing_errors_doc)]

pub mod accounts;
pub mod addresses;
pub mod canary;
pub mod client;
pub mod commit;
pub mod draw;
pub mod errors;
pub mod events;
pub mod fate;
#[cfg(test)]
mod fixtures;
pub mod governance;
pub mod ix;
pub mod parameters;
pub mod presets;
#[cfg(feature = "rpc")]
pub mod rpc;
pub mod salts;
pub mod squads;
pub mod tables;
pub mod transactions;
pub mod transport;
pub mod view;
pub mod votes;

#[cfg(feature = "keypair")]
pub use solana_keypair::Keypair;
pub use {
    accounts::{Account, DecodeError},
    addresses::{
        AttesterAddresses, BallotAddresses, ClientAddresses, DisputeAddresses, JobAddresses, JurorAddresses,
        NetworkAddresses, PositionAddresses, ProviderAddresses, SeatAddresses, ShardAddresses,
    },
    client::{Client, ClientError},
    errors::Refusal,
    fate::{Fate, InFlight},
    solana_address::Address as Pubkey,
    solana_hash::Hash,
    solana_instruction::{AccountMeta, Instruction},
    solana_message::{AddressLookupTableAccount, VersionedMessage},
    solana_signature::Signature,
    solana_signer::Signer,
    solana_transaction::versioned::VersionedTransaction,
    transport::{Transport, TransportError},
    work_token_interface::{
        self as interface, ID, WorkTokenError, args, events as event_types, limits, math, seeds, state,
    },
};
