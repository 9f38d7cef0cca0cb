use crate::prelude::*;

use super::phase::{emit_if_advanced, phase_of};
use crate::randomness;
use crate::slot_hashes::{Found, SLOT_HASHES, first_at_or_after};
use work_token_interface::{commitments, state::dispute::JuryCall};

#[derive(Accounts)]
pub struct CallJury {
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// The tree that jurors are drawn from.
    #[account(constraint = is_at(juror_tree.address(), &network.juror_tree) @ E::WrongTree)]
    pub juror_tree: Stored<Tree>,
    /// The list of recent slot hashes.
    #[account(constraint = is_at(slot_hashes.address(), &SLOT_HASHES) @ E::WrongSysvar)]
    pub slot_hashes: UncheckedAccount,
    /// The network's account of randomness, if it has one; from the arming on the one that it had then.
    pub randomness: Option<UncheckedAccount>,
}

/// Brings the present jury's seed a step further: arms its draw, from when on the jurors' tree stands still;
/// then keeps the first value that the account of randomness has after that, or, without a usable one or
/// after ten minutes, the hash of the first slot that exists from the armed one on, and draws at once who is
/// called: from then on nothing alters it (jury-draw-1). A slot that has left the list is lost, and another
/// is armed (jury-draw-4); an arming that nobody captured while the tree stood still is void. Signer:
/// anybody. Refuses: when no jury is to be drawn; once its seed is known; before the value has changed, or
/// before the slot has come; to arm without the network's account of randomness, if it has one.
pub fn handle_call_jury(ctx: &mut Context<CallJury>) -> Result<()> {
    let CallJury { network, dispute, juror_tree, slot_hashes, randomness: account } = &mut ctx.accounts;
    let clock = Clock::get()?;
    let (now_ts, work_ts) = cross(network)?;
    let account = account.as_ref().map(AnchorAccount::account);
    let before = phase_of(dispute);
    match dispute.next_call(clock.slot, (now_ts, work_ts))? {
        JuryCall::Arm => {
            let value = randomness::configured(&network.params.disputes, account)?;
            dispute.arm(network, clock.slot, now_ts, value);
        }
        JuryCall::OfRandomness => {
            let value = account.and_then(|account| randomness::value_of(account, dispute.randomness_offset));
            let value = dispute.new_value(value)?;
            capture(network, dispute, juror_tree, sha256(&commitments::jury_seed(&value)));
        }
        JuryCall::OfSlot => match first_at_or_after(slot_hashes, dispute.draw.seed_slot)? {
            Found::Hash(seed) => capture(network, dispute, juror_tree, seed),
            Found::NotYet => return Err(E::SeedSlotNotReached.into()),
            Found::Lost => dispute.rearm(clock.slot),
        },
    }

    emit_if_advanced(dispute, before);
    let seed = if dispute.is_seeded() { dispute.draw.seed } else { [0; 32] };
    let by_randomness = u8::from(dispute.awaits_randomness(now_ts));
    let (jury, slot) = (dispute.machine.jury, dispute.draw.seed_slot);
    emit!(JuryCalled { dispute: *dispute.address(), jury, slot, by_randomness, seed });
    Ok(())
}

#[inline(never)]
fn capture(network: &mut Network, dispute: &mut Stored<Dispute>, juror_tree: &Tree, seed: [u8; 32]) {
    let (address, jury) = (*dispute.address(), dispute.machine.jury);
    let hash = |seed: &[u8; 32], number| sha256(&commitments::juror(seed, &address, &[jury, number]));
    dispute.capture(network, seed, juror_tree, hash);
}
