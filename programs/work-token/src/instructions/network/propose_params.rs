use crate::prelude::*;

#[derive(Accounts)]
pub struct ProposeParams {
    /// The admin.
    #[account(constraint = is_at(admin.address(), &network.authorities.admin) @ E::NotTheAdmin)]
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

/// Proposes a whole new parameter set. How long it waits depends on what differs: bounties a day, economics
/// and modes three days, anything that decides for how long and for what stake is liable the longer unbonding
/// time; to measure again also 30 days since nothing is measured. Signer: the admin. Refuses: a set that does
/// not validate; a step larger than the class of a field allows (network-params-1).
pub fn handle_propose_params(ctx: &mut Context<ProposeParams>, params: NetworkParams) -> Result<()> {
    let ProposeParams { payer, network, param_change, .. } = &mut ctx.accounts;
    let proposed = network.propose_params(&params, now_ts()?)?;
    let number = network.next_change()?;

    let number_seed = number.to_le_bytes();
    let mut change = Stored::<ParamChange>::create_canonical(
        payer,
        param_change,
        &rent()?,
        [seeds::PARAM_CHANGE, network.address().as_ref(), &number_seed],
    )?;
    let (key, (class, executable_from_ts)) = (*network.address(), proposed);
    network.note_change(&mut change, [&key, payer.address()], &params, proposed)?;

    emit!(ParamsProposed { network: key, number, class: class as u8, executable_from_ts });
    Ok(())
}
