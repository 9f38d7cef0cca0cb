use {
    super::{interest::may_sit, phase::*},
    crate::{
        create::{canonical_address, canonical_bump, create, rent},
        hash::sha256,
        instructions::common::*,
        stored::Stored,
        token,
    },
    anchor_lang::prelude::*,
    pinocchio::cpi::Seed,
    work_token_interface::{
        WorkTokenError as E, commitments,
        events::SeatOfJuryDrawn,
        seeds,
        state::{Ballot, Dispute, Juror, Network, Provider, VaultKind, WorkTree},
    },
};

#[derive(Accounts)]
pub struct SeatJuror {
    /// Cranks; pays the ballot's rent and gets it back, and is paid the bounty.
    #[account(mut)]
    pub keeper: Signer,
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// The accused.
    #[account(constraint = is_at(provider.address(), &dispute.provider) @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// The tree that jurors are drawn from.
    #[account(constraint = is_at(juror_tree.address(), &network.juror_tree) @ E::WrongWorkTree)]
    pub juror_tree: Stored<WorkTree>,
    /// The juror that is drawn.
    #[account(mut)]
    pub juror: Stored<Juror>,
    /// The seat's ballot, at its canonical address; created if the juror sits.
    #[account(mut)]
    pub ballot: UncheckedAccount,
    /// The canonical address of the juror's position at the provider; empty if it has none.
    pub interest: UncheckedAccount,
    /// Holds the bonds that the bounty comes out of.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of the keeper, or none.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the account.
    pub system_program: Program<System>,
}

/// Draws the next seat of the present jury, in proportion to the jurors' locks. Who is a party, owns or stands behind the provider, joined after the
/// dispute was opened, or has too little lock left does not sit: the seat is drawn again, and after four draws it stays empty. The last seat ends the
/// draw: the jury votes, or is called anew if too few sit.
/// Signer: a keeper, paid for each seat whose draw is over, except in a fresh jury.
/// Refuses: when no jury is to be drawn, or its time has passed; before its seed is known; a juror that the seed does not draw; another address than
/// that of the juror's position.
pub fn handle_seat_juror(ctx: &mut Context<SeatJuror>) -> Result<()> {
    let SeatJuror {
        keeper,
        network,
        dispute,
        provider,
        juror_tree,
        juror,
        ballot,
        interest,
        escrow_vault,
        keeper_account,
        mint,
        ..
    } = &mut ctx.accounts;
    let work_ts = cross(network)?.1;
    dispute.require_seating(work_ts)?;
    if !network.draws_jury_of(dispute.address()) {
        return Err(E::JuryNotArmed.into());
    }
    let draw = dispute.next_draw();
    require_drawn(dispute, juror_tree, juror, &draw)?;
    require_position_address(interest.account(), provider, juror)?;

    let before = phase_of(dispute);
    let sits = may_sit(dispute, provider, juror, interest.account());
    let mut bounty = 0;
    if sits {
        open_ballot(keeper, dispute, juror, ballot.account(), &draw)?;
        juror.sit(dispute.juror_lock);
        dispute.ballots = dispute.ballots.checked_add(1).ok_or(E::ArithmeticOverflow)?;
    }
    let is_over = sits || dispute.redraw();
    if is_over {
        let to = keeper_account.as_ref().map(AnchorAccount::account);
        bounty = move_bounty(network, dispute, keeper, to, [escrow_vault.account(), mint.account()]);
        dispute.seat(sits, work_ts)?;
        if !dispute.is_seeded() {
            network.disarm_jury(dispute.address());
        }
    }

    let [jury, seat, _] = draw;
    let seated = match (sits, is_over) {
        (true, _) => 1,
        (false, false) => 0,
        (false, true) => 2,
    };
    emit!(SeatOfJuryDrawn { dispute: *dispute.address(), jury, seat, juror: *juror.address(), seated, bounty });
    emit_if_advanced(dispute, before);
    Ok(())
}

#[inline(never)]
fn require_drawn(
    dispute: &Stored<Dispute>,
    juror_tree: &WorkTree,
    juror: &Stored<Juror>,
    draw: &[u8; 3],
) -> Result<()> {
    let hash = sha256(&commitments::juror(dispute.jury_seed()?, dispute.address(), draw));
    let (_, drawn) = juror_tree.drawn(&hash).ok_or(E::WrongJuror)?;
    require_same(juror.address(), drawn, E::WrongJuror)
}

#[inline(never)]
fn require_position_address(interest: &AccountView, provider: &Stored<Provider>, juror: &Juror) -> Result<()> {
    let seeds = [seeds::DELEGATION, provider.address().as_ref(), juror.owner.as_ref()];
    require_same(interest.address(), &canonical_address(&seeds)?, E::WrongAddress)
}

#[inline(never)]
fn open_ballot(
    keeper: &Signer,
    dispute: &Stored<Dispute>,
    juror: &Stored<Juror>,
    account: &AccountView,
    [jury, seat, _]: &[u8; 3],
) -> Result<()> {
    let (address, jury_seed, seat_seed) = (dispute.address(), [*jury], [*seat]);
    let bump = [canonical_bump(account, &[seeds::BALLOT, address.as_ref(), &jury_seed, &seat_seed])?];
    let seeds = [
        Seed::from(seeds::BALLOT),
        Seed::from(address.as_ref()),
        Seed::from(&jury_seed),
        Seed::from(&seat_seed),
        Seed::from(&bump),
    ];
    create(keeper.account(), account, &rent()?, (Ballot::SIZE, &crate::ID), &seeds)?;
    let mut ballot = Stored::<Ballot>::created(*account);
    [ballot.bump] = bump;
    ballot.jury = *jury;
    ballot.seat = *seat;
    ballot.dispute = *address;
    ballot.juror = *juror.address();
    ballot.owner = juror.owner;
    ballot.payer = *keeper.address();
    ballot.lock = dispute.juror_lock;
    Ok(())
}

/// Pays a keeper for a seat, if it gave an account of its own that can receive it. Never fails the crank (R H9).
#[inline(never)]
fn move_bounty(
    network: &Stored<Network>,
    dispute: &mut Dispute,
    keeper: &Signer,
    keeper_account: Option<&AccountView>,
    [escrow_vault, mint]: [&AccountView; 2],
) -> u64 {
    let Some(to) = keeper_account else { return 0 };
    if token::vault_is_frozen(escrow_vault) || !can_receive(to, network, keeper) {
        return 0;
    }
    let amount = dispute.take_bounty();
    if amount > 0 {
        token::pay_from_network(network, network.address(), VaultKind::Escrow, [escrow_vault, mint, to], amount);
    }
    amount
}
