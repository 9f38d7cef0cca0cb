use crate::prelude::*;

use super::accounts::load_position;
use work_token_interface::votes::realm;

#[derive(Accounts)]
pub struct UpdateVoterWeight {
    /// Who votes; signs, or all of its positions are passed.
    #[account(constraint = is_at(holder.address(), &voter.holder) @ V::NotTheHolder)]
    pub holder: UncheckedAccount,
    /// The registrar.
    #[account(constraint = is_at(registrar.address(), &voter.registrar) @ V::WrongRegistrar)]
    pub registrar: Stored<Registrar>,
    /// The voter.
    #[account(mut)]
    pub voter: Stored<Voter>,
    /// The network.
    #[account(constraint = is_at(network.address(), &voter.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The voter's record for a slot, or the one that stands.
    #[account(mut)]
    pub record: UncheckedAccount,
}

/// Writes what positions of a voter weigh, and notes what of their voices waits and ripens: for this slot, an
/// action and its target, or into the record that stands. The remaining accounts are the positions in rising
/// order, each with its provider; to cast a vote the proposal and its governance come before them, and a
/// governance whose votes last longer than the realm's longest vote gets nothing (vote-record-1). Signer: the
/// holder, for any of its positions; or anybody, for all of them, who takes away of what is noted only what
/// was gone for a whole wait, and nothing of a record that stands (vote-update-2).
/// Refuses: positions that are missing, not the voter's or not in order; accounts that are of another
/// provider or network; another record; an unknown action; a vote without its proposal; a standing record
/// where the realm allows none.
pub fn handle_update_voter_weight(
    ctx: &mut Context<UpdateVoterWeight>,
    action: Option<u8>,
    target: Address,
) -> Result<()> {
    let accounts = ctx.remaining_accounts()?;
    let UpdateVoterWeight { holder, registrar, voter, network, record } = &mut ctx.accounts;
    let clock = Clock::get()?;
    let look =
        Look { now: UnixTs(clock.unix_timestamp), wait_secs: registrar.wait_secs(), is_holders: holder.is_signer() };
    let (expiry_slot, for_what) = match action {
        None => (standing_until(registrar, clock.slot)?, None),
        Some(action) if action < record::ACTIONS => (clock.slot, Some((action, target))),
        Some(_) => return Err(V::UnknownAction.into()),
    };
    let expected = if action.is_none() { &voter.standing_record } else { &voter.slot_record };
    require_at(record.address(), expected, V::WrongRecord)?;

    let casts = action == Some(record::CAST_VOTE);
    let (votes_on, positions) = accounts.split_at_checked(if casts { 2 } else { 0 }).ok_or(V::NotAProposal)?;
    let is_too_long = match votes_on {
        [proposal, governance] => outlasts(registrar, proposal, governance, &target)?,
        _ => false,
    };
    let weight = weigh(voter, positions, network, &look)?.0;
    let weight = if is_too_long { 0 } else { weight };
    write((voter, record), (look.is_holders, clock.slot), &record::Weight { weight, expiry_slot, for_what })
}

/// The last slot of a record that stands from now on.
fn standing_until(registrar: &Registrar, slot: u64) -> Result<u64> {
    let slots = registrar.terms.standing_slots;
    require(slots > 0, V::StandingRecordsOff)?;
    Ok(slot.saturating_add(u64::from(slots)))
}

/// Whether the votes of a proposal's governance last longer than the registrar's longest vote.
#[inline(never)]
fn outlasts(registrar: &Registrar, proposal: &AccountView, governance: &AccountView, target: &Address) -> Result<bool> {
    let program = &registrar.governance_program;
    require(is_owned_by(proposal, program) && is_owned_by(governance, program), V::NotAProposal)?;
    require_at(proposal.address(), target, V::NotAProposal)?;
    let of = realm::governance_of_proposal(&proposal.try_borrow()?).ok_or(V::NotAProposal)?;
    require_at(&of, governance.address(), V::NotAProposal)?;
    let read = realm::governance(&governance.try_borrow()?).ok_or(V::NotAProposal)?;
    require_at(&read.realm, &registrar.realm, V::WrongRealm)?;
    Ok(read.voting_secs > u64::from(registrar.terms.longest_vote_secs))
}

/// What positions weigh together. Each is noted in its entry.
#[inline(never)]
fn weigh(
    voter: &mut Stored<Voter>,
    accounts: &[AccountView],
    network: &Stored<Network>,
    look: &Look,
) -> Result<Amount> {
    let now_ts = look.now.0;
    let at = (now_ts, network.epoch_at(now_ts));
    let holder = voter.holder;
    let (pairs, rest) = accounts.as_chunks::<2>();
    require(rest.is_empty(), V::PositionsOutOfOrder)?;
    let (mut sum, mut passed) = (Amount::ZERO, 0);
    for [position, provider] in pairs {
        let (entry, behind) = voter.next_entry(passed, position.address(), look.is_holders)?;
        passed = behind;
        // A position that was closed has no voice.
        if position.data_len() == 0 {
            entry.note(None, look);
            continue;
        }
        let (position, provider) = load_position(position, provider)?;
        let of: (&Delegation, &Provider, &Network) = (&position, &provider, network);
        let part = entry.note(voice_of(&holder, of, at), look);
        sum = sum.saturating_add(worth_of(part, of, at.1));
    }
    voter.require_all(passed, look.is_holders)?;
    Ok(sum)
}

/// Writes a record, unless somebody else than the holder would lower one that stands.
#[inline(always)]
fn write(
    (voter, record): (&Stored<Voter>, &AccountView),
    (is_holders, slot): (bool, u64),
    what: &record::Weight,
) -> Result<()> {
    let (key, mut record) = (*record.address(), *record);
    let mut data = record.try_borrow_mut()?;
    if !is_holders && record::would_lower(&data, what, slot) {
        return Ok(());
    }
    record::write(&mut data, what);
    let (weight, expiry_slot) = (what.weight, what.expiry_slot);
    emit!(WeightUpdated { voter: *voter.address(), record: key, weight, expiry_slot });
    Ok(())
}
