use crate::prelude::*;

use super::accounts::emit_sought;

#[derive(Accounts)]
pub struct DisplaceAttester {
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester that aims.
    #[account(mut)]
    pub attester: Stored<Attester>,
    /// The network's roster.
    #[account(mut, constraint = is_at(&roster.network, network.address()) @ E::WrongNetwork)]
    pub roster: Stored<AttesterRoster>,
    /// Who holds the place; none where a place is free.
    #[account(mut)]
    pub displaced: Option<Stored<Attester>>,
}

/// Lets an attester that aimed in the epoch before take its place, in the second half of the epoch. Its bond
/// as of the aim must still exceed the latest bond of whoever holds the place by more than 5 %, else the aim
/// falls. Where a place is free it takes that, and nobody is displaced. Who is displaced has retired: it is
/// paid, owes what it was drawn for, and leaves with its bond (score-roster-3). Signer: anybody. Refuses:
/// while paused; one that does not aim; at any other time; another account than that of whoever holds the
/// place.
pub fn handle_displace_attester(ctx: &mut Context<DisplaceAttester>) -> Result<()> {
    let DisplaceAttester { network, attester, roster, displaced } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    let Some((place, holder)) = attester.place_to_take(network, roster, now_ts)? else {
        attester.drop_aim();
        emit!(AttesterAimFell { network: attester.network, owner: attester.owner });
        return Ok(());
    };
    let epoch = network.epoch_at(now_ts);
    if let Some(holder) = holder {
        let displaced = displaced.as_mut().ok_or(E::WrongAttester)?;
        require_at(&displaced.owner, &holder, E::WrongAttester)?;
        displace(displaced, attester, roster, (epoch, now_ts))?;
    }
    attester.take_place(place, roster, epoch);
    emit_sought(attester, roster);
    Ok(())
}

#[inline(never)]
fn displace(
    displaced: &mut Stored<Attester>,
    by: &Attester,
    roster: &mut AttesterRoster,
    (epoch, now_ts): (Epoch, i64),
) -> Result<()> {
    require_at(&displaced.network, &by.network, E::WrongNetwork)?;
    displaced.be_displaced(roster, epoch, now_ts)?;
    let (network, owner, bond) = (displaced.network, displaced.owner, displaced.bond);
    emit!(AttesterLeft { network, owner, bond, displaced_by: by.owner });
    Ok(())
}
