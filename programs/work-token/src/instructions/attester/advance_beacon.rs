use {
    crate::{
        hash::sha256,
        instructions::common::*,
        slot_hashes::{Found, SLOT_HASHES, first_at_or_after},
        stored::{Stored, is_owned_by},
    },
    anchor_lang::{pinocchio::sysvars::Sysvar, prelude::*},
    work_token_interface::{
        WorkTokenError as E, commitments,
        events::BeaconDecided,
        state::{DisputeRules, Network},
    },
};

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
/// another is armed: never something that could be computed before (protocol 8).
/// Signer: anybody.
/// Refuses: once the seed is captured; before the value has changed, or before the armed slot has come;
/// another account of randomness than the network's, or none if it has one.
pub fn handle_advance_beacon(ctx: &mut Context<AdvanceBeacon>) -> Result<()> {
    let AdvanceBeacon { network, slot_hashes, randomness } = &mut ctx.accounts;
    let clock = Clock::get()?;
    let (now_ts, epoch) = (clock.unix_timestamp, network.epoch_at(clock.unix_timestamp));
    if network.beacon.seed_of(epoch).is_some() {
        return Err(E::BeaconReady.into());
    }
    let value = random_value(&network.params.disputes, randomness.as_ref().map(AnchorAccount::account))?;
    let beacon = &mut network.beacon;
    let mut by_randomness = beacon.awaits_randomness(now_ts);
    if !beacon.is_armed(epoch) {
        beacon.arm(epoch, clock.slot, now_ts, value);
        by_randomness = value.is_some();
    } else if by_randomness {
        let (_, value) = value.filter(|value| beacon.is_new(value)).ok_or(E::RandomnessUnchanged)?;
        beacon.capture(sha256(&commitments::beacon_seed(&value)));
    } else {
        match first_at_or_after(slot_hashes.account(), beacon.slot)? {
            Found::Hash(hash) => beacon.capture(hash),
            Found::NotYet => return Err(E::SeedSlotNotReached.into()),
            Found::Lost => beacon.rearm(clock.slot),
        }
    }
    let seed = network.beacon.seed_of(epoch).copied().unwrap_or_default();
    let (slot, by_randomness) = (network.beacon.slot, u8::from(by_randomness));
    emit!(BeaconDecided { network: *network.address(), epoch: epoch.0, slot, seed, by_randomness });
    Ok(())
}

/// What the network's account of randomness is, and its present value; `None` if the network has none, or it
/// has no usable value.
/// Refuses: another account than the network's.
#[inline(never)]
fn random_value(rules: &DisputeRules, account: Option<&AccountView>) -> Result<Option<([u8; 32], [u8; 32])>> {
    if rules.randomness == Address::default() {
        return Ok(None);
    }
    let account = account.ok_or(E::WrongRandomness)?;
    require_same(account.address(), &rules.randomness, E::WrongRandomness)?;
    if !is_owned_by(account, &rules.randomness_owner) {
        return Ok(None);
    }
    let offset = rules.randomness_offset.to_le_bytes();
    let source = sha256(&commitments::randomness_source(&rules.randomness, &rules.randomness_owner, &offset));
    let data = account.try_borrow()?;
    let value = data.get(usize::from(rules.randomness_offset)..).and_then(|rest| rest.first_chunk::<32>());
    Ok(value.map(|value| (source, *value)))
}
