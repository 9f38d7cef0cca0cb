use {
    crate::{
        create::{canonical_bump, create, rent},
        instructions::common::*,
        stored::{Stored, close},
        token,
    },
    anchor_lang::prelude::*,
    pinocchio::cpi::Seed,
    work_token_interface::{
        WorkTokenError as E,
        events::{ParamsCancelled, ParamsExecuted, ParamsProposed},
        math::Amount,
        seeds,
        state::{Network, NetworkParams, ParamChange},
    },
};

#[derive(Accounts)]
pub struct ProposeParams {
    /// The admin.
    #[account(constraint = is_at(admin.address(), &network.admin) @ E::NotTheAdmin)]
    pub admin: Signer,
    /// Pays the change's rent and gets it back. May be the admin.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The change, at its canonical address.
    #[account(mut)]
    pub param_change: UncheckedAccount,
    /// Creates the change.
    pub system_program: Program<System>,
}

#[derive(Accounts)]
pub struct ExecuteParams {
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The change.
    #[account(mut)]
    pub param_change: Stored<ParamChange>,
    /// Who paid the change's rent.
    #[account(mut, constraint = is_at(payer.address(), &param_change.payer) @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

#[derive(Accounts)]
pub struct CancelParams {
    /// The admin, or anybody once the change has expired.
    pub signer: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The change.
    #[account(mut)]
    pub param_change: Stored<ParamChange>,
    /// Who paid the change's rent. May be the signer.
    #[account(mut, unsafe(dup), constraint = is_at(payer.address(), &param_change.payer) @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Proposes a whole new parameter set. How long it waits depends on what differs: bounties a day, economics and modes three days, anything that decides
/// for how long and for what stake is liable the longer unbonding time; to measure again also 30 days since nothing is measured.
/// Signer: the admin. Refuses: a set that does not validate; a step larger than the class of a field allows (E4).
pub fn handle_propose_params(ctx: &mut Context<ProposeParams>, params: NetworkParams) -> Result<()> {
    let ProposeParams { payer, network, param_change, .. } = &mut ctx.accounts;
    let (class, executable_from_ts) = network.propose_params(&params, now_ts()?)?;
    let number = network.param_changes.checked_add(1).ok_or(E::ArithmeticOverflow)?;

    let number_seed = number.to_le_bytes();
    let bump =
        canonical_bump(param_change.account(), &[seeds::PARAM_CHANGE, network.address().as_ref(), &number_seed])?;
    let bump_seed = [bump];
    create(
        payer.account(),
        param_change.account(),
        &rent()?,
        (ParamChange::SIZE, &crate::ID),
        &[
            Seed::from(seeds::PARAM_CHANGE),
            Seed::from(network.address().as_ref()),
            Seed::from(&number_seed),
            Seed::from(&bump_seed),
        ],
    )?;
    let mut change = Stored::<ParamChange>::created(*param_change.account());
    change.bump = bump;
    change.class = class as u8;
    change.number = number;
    change.network = *network.address();
    change.payer = *payer.address();
    change.params_version = network.params_version;
    change.executable_from_ts = executable_from_ts;
    change.params = params;
    network.param_changes = number;

    emit!(ParamsProposed { network: *network.address(), number, class: class as u8, executable_from_ts });
    Ok(())
}

/// Puts a proposed set in force once its delay has passed; a new epoch length begins with the next epoch.
/// Signer: anybody. Refuses: too early; after 14 more days; a set made from another version of the parameters (R M20); a set that no
/// longer validates, or lowers the cap of the supply below what exists (E4); before the running epoch and every earlier one that can still be opened keep
/// the present set (E2).
pub fn handle_execute_params(ctx: &mut Context<ExecuteParams>) -> Result<()> {
    let ExecuteParams { network, mint, param_change, payer } = &mut ctx.accounts;
    require_same(&param_change.network, network.address(), E::WrongNetwork)?;
    let now_ts = now_ts()?;
    param_change.require_executable(network.params_version, now_ts)?;
    network.require_params(&param_change.params, Amount(token::supply(mint.account())), now_ts)?;
    network.set_params(param_change.params, now_ts);
    emit!(ParamsExecuted {
        network: *network.address(),
        number: param_change.number,
        params_version: network.params_version,
    });
    close(param_change.view(), payer.account())
}

/// Withdraws a proposed set. Its rent returns to its payer.
/// Signer: the admin, or anybody once nobody can execute the set any more (E6). Refuses: others before that.
pub fn handle_cancel_params(ctx: &mut Context<CancelParams>) -> Result<()> {
    let CancelParams { signer, network, param_change, payer } = &mut ctx.accounts;
    require_same(&param_change.network, network.address(), E::WrongNetwork)?;
    param_change.require_cancellable(signer.address(), &network.admin, now_ts()?)?;
    emit!(ParamsCancelled { network: *network.address(), number: param_change.number });
    close(param_change.view(), payer.account())
}
