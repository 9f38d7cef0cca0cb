use crate::prelude::*;

use work_token_interface::math::dispute::Side;

#[derive(Accounts)]
pub struct FundAppeal {
    /// Who pays, for either side; pays the share's rent and gets it back.
    #[account(mut)]
    pub contributor: Signer,
    /// The network.
    #[account(mut, address = dispute.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// The contributor's share of the side's payments, at its canonical address; created the first time.
    #[account(mut)]
    pub share: UncheckedAccount,
    /// The contributor's token account.
    #[account(mut)]
    pub from: UncheckedAccount,
    /// Holds what is paid for appeals.
    #[account(mut, address = network.vaults.escrow @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the share.
    pub system_program: Program<System>,
}

/// Pays for an appeal against the last verdict, or to defend it: for challengers that want more (0), the
/// provider that wants less (1), challengers that defend it against the provider (2), the provider that
/// defends it against challengers (3): `amount`, or what is still missing. An appellant's whole part holds
/// the appeal; what the next jury does not cost returns (dispute-appeal-2, dispute-appeal-1). Signer:
/// anybody. Refuses: outside the time for appeals, an appellant in its second half; more than the side's
/// part; zero; another side.
pub fn handle_fund_appeal(ctx: &mut Context<FundAppeal>, side: u8, amount: u64) -> Result<()> {
    let FundAppeal { contributor, network, dispute, share, from, escrow_vault, mint, .. } = &mut ctx.accounts;
    let work_ts = cross(network)?.1;
    let (taken, appeal) = dispute.fund(Side::from_byte(side).ok_or(E::NotFundable)?, amount, work_ts)?;
    token::require_source(from, network, taken)?;

    open(contributor, dispute, share, side)?.add(appeal, taken)?;

    Till::of(network, mint).take(from, contributor, escrow_vault, taken);
    emit!(AppealFunded { dispute: *dispute.address(), side, owner: *contributor.address(), amount: taken });
    Ok(())
}

/// Loads the contributor's share, or creates it. Canonical, so that nobody has two whose parts are rounded
/// apart.
#[inline(never)]
fn open(
    contributor: &Signer,
    dispute: &mut Stored<Dispute>,
    share: &UncheckedAccount,
    side: u8,
) -> Result<Stored<AppealShare>> {
    let (address, owner) = (*dispute.address(), contributor.address());
    if share.data_len() != 0 {
        let share = Stored::<AppealShare>::writable(*share.account())?;
        require_at(&share.dispute, &address, E::WrongDispute)?;
        require_at(&share.owner, owner, E::NotTheOwner)?;
        return if share.side == side { Ok(share) } else { Err(E::WrongAddress.into()) };
    }
    let side_seed = [side];
    let mut share = Stored::<AppealShare>::create_canonical(
        contributor,
        share,
        &rent()?,
        [seeds::APPEAL, address.as_ref(), owner.as_ref(), &side_seed],
    )?;
    share.begin(dispute, &address, owner, side)?;
    Ok(share)
}
