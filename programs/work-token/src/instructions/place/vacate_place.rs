use crate::prelude::*;

#[derive(Accounts)]
pub struct VacatePlace {
    /// The network: gets the place back.
    #[account(mut, constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// Who does not keep it up.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

/// Takes the place of a provider below the minimum whose grace is over, or that is in jail for longer than
/// places are held: it is a candidate again, or still in jail, after the present epoch. It loses no token
/// (place-vacate-1). Signer: anybody. Refuses: one without a place; one that keeps it up.
pub fn handle_vacate_place(ctx: &mut Context<VacatePlace>) -> Result<()> {
    let VacatePlace { network, provider } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let index = provider.vacate_place(network, &terms)?;
    emit!(PlaceVacated {
        provider: *provider.address(),
        index,
        state: provider.state,
        until_epoch: provider.place.until_epoch,
    });
    Ok(())
}
