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
    /// The complete draft of the set; it is closed.
    #[account(mut)]
    pub param_draft: Stored<ParamDraft>,
    /// Who wrote the draft and gets its rent. May be the admin or the payer.
    #[account(mut, unsafe(dup), constraint = is_at(author.address(), &param_draft.author) @ E::WrongRentReceiver)]
    pub author: UncheckedAccount,
    /// Creates the change.
    pub system_program: Program<System>,
}

/// Proposes a whole new parameter set, which somebody drafted. How long it waits depends on what differs:
/// bounties a day, economics and modes three days, anything that decides for how long and for what stake is
/// liable the longer unbonding time; to measure again also 30 days since nothing is measured. Signer: the
/// admin. Refuses: a draft for another network, or incomplete; a set that does not validate; a step larger
/// than the class of a field allows (network-params-1).
pub fn handle_propose_params(ctx: &mut Context<ProposeParams>) -> Result<()> {
    let ProposeParams { payer, network, param_change, param_draft, author, .. } = &mut ctx.accounts;
    let params = param_draft.set_for(network.address())?;
    let proposed = network.propose_params(params, now_ts()?)?;
    let number = network.next_change()?;

    let number_seed = number.to_le_bytes();
    let mut change = Stored::<ParamChange>::create_canonical(
        payer,
        param_change,
        &rent()?,
        [seeds::PARAM_CHANGE, network.address().as_ref(), &number_seed],
    )?;
    let (key, (class, executable_from_ts)) = (*network.address(), proposed);
    network.note_change(&mut change, [&key, payer.address()], params, proposed)?;

    emit!(ParamsProposed { network: key, number, class: class as u8, executable_from_ts });
    close(param_draft.view(), author)
}
