use crate::prelude::*;

use super::accounts::beneficiary_of;

#[derive(Accounts)]
pub struct AcceptOwner {
    /// Was proposed, and owns the provider from now on.
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// Its own position, which goes with it.
    #[account(mut)]
    pub delegation: Stored<Delegation>,
    /// The proposal.
    #[account(mut, constraint = is_at(&handover.provider, provider.address()) @ E::WrongProvider)]
    pub handover: Stored<Handover>,
    /// Proposed it, and gets its rent back.
    #[account(mut, constraint = is_at(former.address(), &handover.from) @ E::WrongRentReceiver)]
    pub former: UncheckedAccount,
    /// The provider's beneficiary; needed where one was ever proposed.
    #[account(mut)]
    pub beneficiary: Option<UncheckedAccount>,
    /// The canonical address of the new owner's delegated position in the provider: empty.
    pub position: UncheckedAccount,
    /// The canonical address of the new owner's attester: empty.
    pub attester: UncheckedAccount,
    /// The canonical address of the new owner's juror: empty, or not seated while the provider is disputed.
    pub juror: UncheckedAccount,
}

/// Takes over a provider with its own position, its tickets, claims, debts and agreements, once the notice
/// of the proposal is over (provider-owner-1). Operator and reward destination are the new owner's at once;
/// the former owner's operators of classes, its wish to restake and terms that it proposed to a beneficiary
/// are void. What the new owner accepts it names: less own stake,
/// more claims, quota or open seats, or another state is refused.
/// Signer: the proposed owner. Refuses: anybody else; before the notice is over, and one unbonding time
/// later; a new owner that delegates to the provider, attests in the network, or sits on a jury while the
/// provider is disputed; the new owner as operator; the stake vault as destination.
pub fn handle_accept_owner(ctx: &mut Context<AcceptOwner>, args: AcceptOwnerArgs) -> Result<()> {
    let AcceptOwner { owner, network, provider, delegation, handover, former, beneficiary, position, attester, juror } =
        &mut ctx.accounts;
    let now_ts = now_ts()?;
    require_position(delegation, provider)?;
    handover.require_acceptable(owner.address(), now_ts)?;
    let mut beneficiary = beneficiary_of(provider, beneficiary)?;
    provider.require_as_agreed(beneficiary.as_deref(), &args, now_ts)?;
    require_disinterested((network, provider), owner.address(), [position, attester, juror])?;

    let parts = (&mut **delegation, beneficiary.as_deref_mut());
    provider.accept_owner(parts, owner.address(), &args, (network, now_ts))?;
    emit!(OwnerAccepted {
        provider: *provider.address(),
        former: handover.from,
        owner: *owner.address(),
        operator: args.operator,
        reward_destination: args.reward_destination,
    });
    close(handover.view(), former)
}

/// Refuses a new owner with a delegated position in the provider or an attester in its network, of which
/// their canonical addresses must be empty; and one that sits on a jury while the provider is disputed.
#[inline(never)]
fn require_disinterested(
    (network, provider): (&Stored<Network>, &Stored<Provider>),
    owner: &Address,
    [position, attester, juror]: [&AccountView; 3],
) -> Result<()> {
    let (network, address, owner) = (network.address().as_ref(), provider.address().as_ref(), owner.as_ref());
    for (view, seeds) in [
        (position, [seeds::DELEGATION, address, owner]),
        (attester, [seeds::ATTESTER, network, owner]),
        (juror, [seeds::JUROR, network, owner]),
    ] {
        require_at(view.address(), &canonical_address(&seeds)?, E::WrongAddress)?;
    }
    require(position.data_len() == 0 && attester.data_len() == 0, E::NewOwnerInterested)?;
    if juror.data_len() == 0 {
        return Ok(());
    }
    Ok(provider.require_no_judge(&*Stored::<Juror>::load(*juror)?)?)
}
