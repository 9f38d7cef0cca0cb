//! What are the network's terms?

mod emission;
#[cfg(test)]
mod emission_tests;
mod powers;
#[cfg(test)]
mod powers_tests;

pub use emission::{NextEmission, next_emission};
pub use powers::{ConvictedBy, Conviction, Powers, powers};

use {
    crate::view::starts_at_ts,
    crate::{
        Pubkey,
        math::Epoch,
        state::{EmissionMode, Network, NetworkParams, network_flags},
    },
};

/// A network at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkStatus {
    /// The epoch now.
    pub epoch: u32,
    /// When the next one begins. Unix seconds.
    pub next_epoch_ts: i64,
    /// A new length of epochs, from that epoch on: epoch, seconds.
    pub next_epoch_secs: Option<(u32, u32)>,
    /// The entrances are closed until then; `None` when they are open. Exits and claims are never closed.
    /// Unix seconds.
    pub paused_until_ts: Option<i64>,
    /// No pause can begin before. Unix seconds.
    pub pause_allowed_from_ts: i64,
    /// Whether the work token's issuer can freeze accounts, vaults included, which the network's creator
    /// accepted.
    pub freeze_authority_accepted: bool,
    /// Whether the network mints its emission; else it comes out of a reserve.
    pub mints: bool,
    /// The epoch that must be finalized next, once it has ended.
    pub next_to_finalize: u32,
    /// Ended epochs that are not finalized yet.
    pub unfinalized_epochs: u32,
    /// Stake before the share cap of the last finalized epoch that had any. Base units.
    pub stake: u64,
    /// Providers weighed with a weight in it.
    pub active_providers: u32,
    /// Emitted since the beginning. Base units.
    pub emitted: u64,
    /// Joins the next emission. Base units.
    pub carried: u64,
    /// The parameters in force.
    pub params: NetworkParams,
    /// Their version.
    pub params_version: u32,
    /// Governance authority.
    pub admin: Pubkey,
    /// May pause the entrances.
    pub guardian: Pubkey,
    /// Last resort of disputes.
    pub arbiter: Pubkey,
}

/// A network's terms at a time.
pub fn network_status(network: &Network, now_ts: i64) -> NetworkStatus {
    let epoch = network.epoch_at(now_ts);
    let next_to_finalize = network.next_to_finalize(epoch);
    let change = (network.next_epoch_secs != 0 && Epoch(network.next_epoch_secs_from) > epoch)
        .then_some((network.next_epoch_secs_from, network.next_epoch_secs));
    NetworkStatus {
        epoch: epoch.0,
        next_epoch_ts: starts_at_ts(network, epoch.next()),
        next_epoch_secs: change,
        paused_until_ts: (now_ts < network.paused_until_ts).then_some(network.paused_until_ts),
        pause_allowed_from_ts: network.pause_allowed_from_ts,
        freeze_authority_accepted: network.flags & network_flags::FREEZE_AUTHORITY_ACCEPTED != 0,
        mints: network.emission_mode == EmissionMode::Mint as u8,
        next_to_finalize: next_to_finalize.0,
        unfinalized_epochs: epoch.since(next_to_finalize),
        stake: network.stake_total,
        active_providers: network.active_providers,
        emitted: network.emitted_total,
        carried: network.carried,
        params: network.params,
        params_version: network.params_version,
        admin: network.authorities.admin,
        guardian: network.authorities.guardian,
        arbiter: network.authorities.arbiter,
    }
}
