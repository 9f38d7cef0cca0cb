//! `commit_dispute` and `lapse_opening`: who disputes commits to what it will open, so that nobody who sees an opening comes first (D5).

use {
    crate::{
        create::{create, rent},
        hash::sha256,
        instructions::common::*,
        stored::{Stored, close},
        token,
    },
    anchor_lang::prelude::*,
    pinocchio::cpi::Seed,
    work_token_interface::{
        WorkTokenError as E,
        commitments::{OpeningCommitment, OpeningKind},
        events::{OpeningCommitted, OpeningLapsed},
        math::{Amount, WorkTs, dispute::forfeited_deposit},
        seeds,
        state::{DisputeOpening, Network, VaultKind},
    },
};

#[derive(Accounts)]
pub struct CommitDispute {
    /// Who will open; deposits the bond, pays the commitment's rent and gets it back.
    #[account(mut)]
    pub challenger: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The commitment.
    #[account(mut)]
    pub opening: UncheckedAccount,
    /// The challenger's token account that the bond comes from.
    #[account(mut)]
    pub from: UncheckedAccount,
    /// Holds the bonds.
    #[account(mut, address = network.escrow_vault @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the account.
    pub system_program: Program<System>,
}

#[derive(Accounts)]
pub struct LapseOpening {
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &opening.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The commitment.
    #[account(mut)]
    pub opening: Stored<DisputeOpening>,
    /// Who committed; gets the rent.
    #[account(mut, constraint = is_at(challenger.address(), &opening.challenger) @ E::WrongRentReceiver)]
    pub challenger: UncheckedAccount,
    /// Holds the bonds.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of the challenger.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(mut, constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Commits to opening a dispute, raising a claim or proving a fault within an hour, by the hash that the SDK makes of it, with the bond. The time of the commitment counts for
/// the window, for priority and for which locks may judge.
/// Signer: who will open. Refuses: a zero hash; a zero deposit.
pub fn handle_commit_dispute(ctx: &mut Context<CommitDispute>, hash: &[u8; 32], deposit: u64, bump: u8) -> Result<()> {
    let CommitDispute { challenger, network, opening, from, escrow_vault, mint, .. } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    if *hash == [0; 32] {
        return Err(E::ZeroCommitment.into());
    }
    if deposit == 0 {
        return Err(E::ZeroAmount.into());
    }
    token::require_source(from.account(), network, deposit)?;
    let bump_seed = [bump];
    let seeds = [
        Seed::from(seeds::OPENING),
        Seed::from(challenger.address().as_ref()),
        Seed::from(hash.as_slice()),
        Seed::from(&bump_seed),
    ];
    create(challenger.account(), opening.account(), &rent()?, (DisputeOpening::SIZE, &crate::ID), &seeds)?;
    let mut opening = Stored::<DisputeOpening>::created(*opening.account());
    opening.bump = bump;
    opening.network = *network.address();
    opening.challenger = *challenger.address();
    opening.hash = *hash;
    opening.deposit = deposit;
    opening.committed_ts = now_ts;
    opening.committed_work_ts = work_ts.0;

    let accounts = [from.account(), mint.account(), escrow_vault.account(), challenger.account()];
    token::transfer(network, accounts, deposit, &[]);
    emit!(OpeningCommitted {
        opening: *opening.address(),
        network: *network.address(),
        challenger: *challenger.address(),
        deposit,
    });
    Ok(())
}

/// Returns the deposit of a commitment that was not opened in time, but for a tenth, which burns; closes it.
/// Signer: anybody. Rounds: what burns up. Refuses: before the hour has passed; somebody else's token account.
pub fn handle_lapse_opening(ctx: &mut Context<LapseOpening>) -> Result<()> {
    let LapseOpening { network, opening, challenger, escrow_vault, to, mint, .. } = &mut ctx.accounts;
    let (_, work_ts) = cross(network)?;
    if opening.require_in_time(work_ts).is_ok() {
        return Err(E::OpeningPending.into());
    }
    token::require_destination_of(to.account(), network, challenger.address())?;
    let burned = forfeited_deposit(Amount(opening.deposit)).0;
    let returned = opening.deposit.saturating_sub(burned);
    let address = network.address();
    token::burn_from_network(network, address, VaultKind::Escrow, [escrow_vault.account(), mint.account()], burned);
    if returned > 0 {
        let accounts = [escrow_vault.account(), mint.account(), to.account()];
        token::pay_from_network(network, address, VaultKind::Escrow, accounts, returned);
    }
    emit!(OpeningLapsed { opening: *opening.address(), returned, burned });
    close(opening.view(), challenger.account())
}

/// What is opened.
pub struct Opened<'a> {
    /// See `OpeningKind`.
    pub kind: OpeningKind,
    /// The seat, the provider or the dispute.
    pub subject: &'a Address,
    /// Severity claimed; 0 for a proof.
    pub severity: u8,
    /// Epoch of the conduct; 0 for a seat.
    pub epoch: u32,
    /// Salt.
    pub salt: &'a [u8; 32],
}

/// Refuses a commitment to anything else, of anybody else, or whose hour has passed.
#[inline(never)]
pub fn require_committed(
    opening: &DisputeOpening,
    network: &Stored<Network>,
    challenger: &Signer,
    opened: &Opened,
    work_ts: WorkTs,
) -> Result<()> {
    require_same(&opening.network, network.address(), E::WrongNetwork)?;
    require_same(&opening.challenger, challenger.address(), E::WrongOpening)?;
    let content = OpeningCommitment {
        network: network.address(),
        challenger: challenger.address(),
        subject: opened.subject,
        kind_and_severity: &[opened.kind as u8, opened.severity],
        epoch: &opened.epoch.to_le_bytes(),
        salt: opened.salt,
    };
    if sha256(&content.parts()) != opening.hash {
        return Err(E::WrongOpening.into());
    }
    opening.require_in_time(work_ts)?;
    Ok(())
}

/// The commitment is used: what was deposited beyond the bond required returns, and its account closes.
#[inline(never)]
pub fn use_up(
    network: &Stored<Network>,
    opening: &Stored<DisputeOpening>,
    challenger: &Signer,
    [escrow_vault, mint, refund_to]: [&AccountView; 3],
    surplus: u64,
) -> Result<()> {
    if surplus > 0 {
        token::require_destination(refund_to, network)?;
        let accounts = [escrow_vault, mint, refund_to];
        token::pay_from_network(network, network.address(), VaultKind::Escrow, accounts, surplus);
    }
    close(opening.view(), challenger.account())
}
