use crate::prelude::*;

use crate::randomness;
use crate::slot_hashes::{Found, SLOT_HASHES, first_at_or_after};
use work_token_interface::commitments;

#[derive(Accounts)]
pub struct AdvanceBeacon {
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The list of recent slot hashes.
    #[account(constraint = is_at(slot_hashes.address(), &SLOT_HASHES) @ E::WrongSysvar)]
    pub slot_hashes: UncheckedAccount,
    /// The network's account of randomness, if it has one.
    pub randomness: Option<UncheckedAccount>,
}

/// Brings the present epoch's seed a step further: arms a slot of the future, then keeps the first value that
/// the network's account of randomness has after that, or, where it had no usable value or after ten minutes,
/// the hash of the first slot that exists from the armed one on. A slot that has left the list is lost, and
/// another is armed: never something that could be computed before (epoch-beacon-1). Signer: anybody.
/// Refuses: once the seed is captured; before the value has changed, or before the armed slot has come;
/// another account of randomness than the network's, or none if it has one.
pub fn handle_advance_beacon(ctx: &mut Context<AdvanceBeacon>) -> Result<()> {
    let AdvanceBeacon { network, slot_hashes, randomness: account } = &mut ctx.accounts;
    let clock = Clock::get()?;
    let (now_ts, epoch) = (clock.unix_timestamp, network.epoch_at(clock.unix_timestamp));
    network.beacon.require_pending(epoch)?;
    let value = randomness::configured(&network.params.disputes, account.as_ref().map(AnchorAccount::account))?;
    let beacon = &mut network.beacon;
    let step = beacon.next_step(epoch, now_ts, value)?;
    match step {
        BeaconStep::Arm => beacon.arm(epoch, clock.slot, now_ts, value),
        BeaconStep::Value(value) => beacon.capture(sha256(&commitments::beacon_seed(&value))),
        BeaconStep::Slot(slot) => match first_at_or_after(slot_hashes, slot)? {
            Found::Hash(hash) => beacon.capture(hash),
            Found::NotYet => return Err(E::SeedSlotNotReached.into()),
            Found::Lost => beacon.rearm(clock.slot),
        },
    }
    let by_randomness = match step {
        BeaconStep::Arm => value.is_some(),
        BeaconStep::Value(_) => true,
        BeaconStep::Slot(_) => false,
    };
    let seed = network.beacon.seed_of(epoch).copied().unwrap_or_default();
    let (slot, by_randomness) = (network.beacon.slot, u8::from(by_randomness));
    emit!(BeaconDecided { network: *network.address(), epoch: epoch.0, slot, seed, by_randomness });
    Ok(())
}
