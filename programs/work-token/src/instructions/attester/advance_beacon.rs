use {
    crate::instructions::common::is_at,
    crate::{
        slot_hashes::{Found, SLOT_HASHES, first_at_or_after},
        stored::Stored,
    },
    anchor_lang::{pinocchio::sysvars::Sysvar, prelude::*},
    work_token_interface::{WorkTokenError as E, events::BeaconDecided, state::Network},
};

#[derive(Accounts)]
pub struct AdvanceBeacon {
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The list of recent slot hashes.
    #[account(constraint = is_at(slot_hashes.address(), &SLOT_HASHES) @ E::WrongSysvar)]
    pub slot_hashes: UncheckedAccount,
}

/// Brings the present epoch's seed a step further: arms a slot of the future, then keeps the hash of the first slot that exists from there on. A
/// slot that has left the list is lost, and another is armed: never something that could be computed before (protocol 8).
/// Signer: anybody. Refuses: before the armed slot has come; once the seed is captured.
pub fn handle_advance_beacon(ctx: &mut Context<AdvanceBeacon>) -> Result<()> {
    let AdvanceBeacon { network, slot_hashes } = &mut ctx.accounts;
    let clock = Clock::get()?;
    let epoch = network.epoch_at(clock.unix_timestamp);
    let beacon = &mut network.beacon;
    if beacon.seed_of(epoch).is_some() {
        return Err(E::BeaconReady.into());
    }
    let found =
        if beacon.is_armed(epoch) { first_at_or_after(slot_hashes.account(), beacon.slot)? } else { Found::Lost };
    match found {
        Found::Hash(hash) => beacon.capture(hash),
        Found::NotYet => return Err(E::SeedSlotNotReached.into()),
        Found::Lost => beacon.arm(epoch, clock.slot),
    }
    let (slot, seed) = (beacon.slot, beacon.seed);
    emit!(BeaconDecided { network: *network.address(), epoch: epoch.0, slot, seed });
    Ok(())
}
