extern crate alloc;

use {
    crate::{
        instructions::{common::*, crank::provider_batch::require_batch},
        stored::Stored,
        token,
    },
    alloc::vec::Vec,
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{AttestersSettled, SettledAttester},
        math::Epoch,
        state::{Attester, AttesterRoster, EpochPool, EpochState, Network, ScoreShard, ShardSeatState, VaultKind},
    },
};

#[derive(Accounts)]
pub struct SettleAttesters {
    /// The network.
    #[account(constraint = is_at(network.address(), &pool.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
    /// The shard.
    #[account(mut)]
    pub shard: Stored<ScoreShard>,
    /// The network's roster.
    #[account(mut)]
    pub roster: Stored<AttesterRoster>,
    /// Holds the bonds; fines are burned out of it.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(mut, constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Settles attesters of a shard, the remaining accounts: pays for agreement with the medians those that revealed and reported on 95 % of the
/// providers scored, and fines those that did not reveal. Dissent costs nothing but its pay (MD 4.3). Repeats are skipped.
/// Signer: anybody. Rounds: pay down; what nobody earned returns to the network at the sweep, and after it nothing is paid.
/// Refuses: before the epoch is finalized; a shard of another epoch; an attester that was not drawn.
pub fn handle_settle_attesters(ctx: &mut Context<SettleAttesters>) -> Result<()> {
    let attesters = ctx.remaining_accounts()?;
    let SettleAttesters { network, pool, shard, roster, escrow_vault, mint, .. } = &mut ctx.accounts;
    require_batch(&attesters)?;
    require_same(&roster.network, network.address(), E::WrongNetwork)?;
    require_same(&shard.network, network.address(), E::WrongShard)?;
    if shard.epoch != pool.epoch {
        return Err(E::WrongShard.into());
    }
    if pool.state == EpochState::Open as u8 {
        return Err(E::NotFinalized.into());
    }

    let mut settled = Vec::with_capacity(attesters.len());
    for view in &attesters {
        settled.extend(settle_one(*view, network, (pool, shard, roster))?);
    }
    let fines = settled.iter().fold(0u64, |sum, attester| sum.saturating_add(attester.fine));
    if fines > 0 {
        let accounts = [escrow_vault.account(), mint.account()];
        token::burn_from_network(network, network.address(), VaultKind::Escrow, accounts, fines);
    }
    if !settled.is_empty() {
        emit!(AttestersSettled { shard: *shard.address(), attesters: settled });
    }
    Ok(())
}

/// Pays or fines one attester, unless it is settled.
#[inline(never)]
fn settle_one(
    view: AccountView,
    network: &Stored<Network>,
    (pool, shard, roster): (&mut EpochPool, &mut ScoreShard, &mut AttesterRoster),
) -> Result<Option<SettledAttester>> {
    let mut attester = Stored::<Attester>::writable(view)?;
    require_same(&attester.network, network.address(), E::WrongNetwork)?;
    let (epoch, scored) = (Epoch(shard.epoch), shard.scored);
    let index = shard.seat_of(&attester.owner).ok_or(E::NotSeated)?;
    let Some(seat) = shard.seats.get_mut(index).filter(|seat| !seat.is_settled()) else { return Ok(None) };

    let (mut pay, mut fine) = (0, 0);
    if seat.state != ShardSeatState::Revealed as u8 {
        fine = attester.fine(network.params.attester_fine);
        roster.fine(attester.place, &attester.owner, attester.bond, network.params.attester_bond);
    } else if seat.has_earned(scored) && pool.state == EpochState::Finalized as u8 {
        pay = pool.attester_pay(seat.weighted_points());
        pool.attester_paid = pool.attester_paid.saturating_add(pay);
        attester.credit = attester.credit.saturating_add(pay);
    }
    attester.note_seated(epoch);
    seat.state = ShardSeatState::Settled as u8;
    Ok(Some(SettledAttester { attester: attester.owner, pay, fine }))
}
