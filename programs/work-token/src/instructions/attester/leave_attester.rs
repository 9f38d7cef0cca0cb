use {
    crate::{
        instructions::common::*,
        stored::{Stored, close},
        token,
    },
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{AttesterLeft, AttesterPaid},
        state::{Attester, AttesterRoster, Network, VaultKind},
    },
};

#[derive(Accounts)]
pub struct RetireAttester {
    /// Who attests.
    #[account(constraint = is_at(owner.address(), &attester.owner) @ E::WrongAttester)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester.
    #[account(mut)]
    pub attester: Stored<Attester>,
    /// The network's roster.
    #[account(mut)]
    pub roster: Stored<AttesterRoster>,
}

#[derive(Accounts)]
pub struct CloseAttester {
    /// Who attested; paid the attester's rent and gets it back.
    #[account(mut, constraint = is_at(owner.address(), &attester.owner) @ E::WrongAttester)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester.
    #[account(mut)]
    pub attester: Stored<Attester>,
    /// Holds the bond.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// Holds the pay.
    #[account(mut, constraint = is_at(reward_vault.address(), &network.reward_vault) @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// A token account of the owner.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Leaves the roster, for good, from the next epoch on: reports that it was drawn for, or is until then, are
/// still owed (W6).
/// Signer: the owner. Refuses: a second time.
pub fn handle_retire_attester(ctx: &mut Context<RetireAttester>) -> Result<()> {
    let RetireAttester { owner, network, attester, roster } = &mut ctx.accounts;
    require_same(&roster.network, network.address(), E::WrongNetwork)?;
    let now_ts = now_ts()?;
    attester.retire(roster, network.epoch_at(now_ts), now_ts)?;
    let (network, owner, bond) = (*network.address(), *owner.address(), attester.bond);
    emit!(AttesterLeft { network, owner, bond, displaced_by: Address::default() });
    Ok(())
}

/// Pays a retired attester its bond and its credit, and closes it.
/// Signer: the owner. Refuses: before it retired; before two epochs and a challenge window have passed since
/// the last report it can owe (R M2), unless it was never drawn by; a destination that is not the owner's.
pub fn handle_close_attester(ctx: &mut Context<CloseAttester>) -> Result<()> {
    let CloseAttester { owner, network, attester, escrow_vault, reward_vault, to, mint, .. } = &mut ctx.accounts;
    attester.require_unlocked(&network.clock(), network.params.challenge_secs, now_ts()?)?;
    token::require_destination_of(to.account(), network, owner.address())?;

    let (pay, bond) = (attester.credit, attester.bond);
    for (kind, vault, amount) in [(VaultKind::Escrow, escrow_vault, bond), (VaultKind::Reward, reward_vault, pay)] {
        if amount > 0 {
            let accounts = [vault.account(), mint.account(), to.account()];
            token::pay_from_network(network, network.address(), kind, accounts, amount);
        }
    }
    emit!(AttesterPaid { owner: *owner.address(), pay, bond });
    close(attester.view(), owner.account())
}
