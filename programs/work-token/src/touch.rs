//! Brings a provider up to the present epoch, before anything changes.

use crate::prelude::*;

/// Brings a provider up to date and says what it lost.
#[inline(always)]
pub fn touch(provider: &mut Stored<Provider>, network: &Network, terms: &Terms) {
    // The common case: it was touched in this epoch.
    if terms.epoch.0 > provider.last_touched_epoch {
        touch_first(provider, network, terms);
    }
}

#[inline(never)]
fn touch_first(provider: &mut Stored<Provider>, network: &Network, terms: &Terms) {
    let touched = provider.touch(network, terms);
    if touched.lost_epochs > 0 || !touched.fees.is_zero() {
        emit!(EpochsLost { provider: *provider.address(), epochs: touched.lost_epochs, fees: touched.fees.0 });
    }
}

/// The same where the budget is tight and the network's terms serve for nothing else: mostly the provider was
/// touched in this epoch, which it returns.
#[inline(always)]
pub fn touch_now(provider: &mut Stored<Provider>, network: &Network, now_ts: i64) -> Epoch {
    let epoch = network.epoch_at(now_ts);
    if epoch.0 > provider.last_touched_epoch {
        touch_first(provider, network, &Terms { now_ts, epoch, clock: network.clock() });
    }
    epoch
}
