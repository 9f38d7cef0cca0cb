use {
    super::phase::*,
    crate::{
        hash::sha256,
        instructions::common::*,
        slot_hashes::{Found, SLOT_HASHES, first_at_or_after},
        stored::{Stored, is_owned_by},
    },
    anchor_lang::{pinocchio::sysvars::Sysvar, prelude::*},
    work_token_interface::{
        WorkTokenError as E, commitments,
        events::JuryCalled,
        state::{Dispute, Network},
    },
};

#[derive(Accounts)]
pub struct CallJury {
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// The list of recent slot hashes.
    #[account(constraint = is_at(slot_hashes.address(), &SLOT_HASHES) @ E::WrongSysvar)]
    pub slot_hashes: UncheckedAccount,
    /// The network's account of randomness, if it has one and its time has not passed.
    pub randomness: Option<UncheckedAccount>,
}

/// Brings the present jury's seed a step further: arms its draw, from when on the jurors' tree stands still; then keeps the first value that the account
/// of randomness has after that, or, without one or after ten minutes, the hash of the first slot that exists from the armed one on. A slot that has
/// left the list is lost, and another is armed (R M15).
/// Signer: anybody.
/// Refuses: when no jury is to be drawn; once its seed is known; before the value has changed, or before the slot has come; another account of
/// randomness.
pub fn handle_call_jury(ctx: &mut Context<CallJury>) -> Result<()> {
    let CallJury { network, dispute, slot_hashes, randomness } = &mut ctx.accounts;
    let clock = Clock::get()?;
    let now_ts = clock.unix_timestamp;
    let (_, work_ts) = cross(network)?;
    let randomness = randomness.as_ref().map(AnchorAccount::account);
    let before = phase_of(dispute);
    dispute.advance(work_ts);
    dispute.require_seating(work_ts)?;
    let keeps_frozen = network.draws_jury_of(dispute.address());
    if dispute.is_seeded() && keeps_frozen {
        return Err(E::JuryArmed.into());
    }

    // A draw that lost its hold on the tree begins anew: the tree may have changed since its seed was known.
    if !dispute.is_armed() || !keeps_frozen {
        let is_configured = network.params.disputes.randomness != Address::default();
        let value = if is_configured { random_value(network, randomness)? } else { [0; 32] };
        dispute.arm(clock.slot, now_ts, value);
        network.arm_jury(dispute.address(), dispute.machine.until_work_ts, work_ts)?;
    } else if dispute.awaits_randomness(now_ts) {
        let value = random_value(network, randomness)?;
        if value == dispute.seed {
            return Err(E::RandomnessUnchanged.into());
        }
        dispute.capture(sha256(&commitments::jury_seed(&value)));
    } else {
        match first_at_or_after(slot_hashes.account(), dispute.seed_slot)? {
            Found::Hash(seed) => dispute.capture(seed),
            Found::NotYet => return Err(E::SeedSlotNotReached.into()),
            Found::Lost => dispute.rearm(clock.slot),
        }
    }

    emit_if_advanced(dispute, before);
    let seed = if dispute.is_seeded() { dispute.seed } else { [0; 32] };
    let (jury, slot) = (dispute.machine.jury, dispute.seed_slot);
    emit!(JuryCalled { dispute: *dispute.address(), jury, slot, seed });
    Ok(())
}

/// The present value of the network's account of randomness.
/// Refuses: another account, one of another program, one that is too short.
#[inline(never)]
fn random_value(network: &Network, account: Option<&AccountView>) -> Result<[u8; 32]> {
    let rules = &network.params.disputes;
    let account = account.ok_or(E::WrongRandomness)?;
    require_same(account.address(), &rules.randomness, E::WrongRandomness)?;
    if !is_owned_by(account, &rules.randomness_owner) {
        return Err(E::WrongRandomness.into());
    }
    let data = account.try_borrow()?;
    let value = data.get(usize::from(rules.randomness_offset)..).and_then(|rest| rest.first_chunk::<32>());
    value.copied().ok_or_else(|| E::WrongRandomness.into())
}
