//! What several instructions of a juror share.

use crate::prelude::*;

/// Says that a juror is out of the tree.
#[inline(never)]
pub fn emit_out(network: &Stored<Network>, juror: &Juror, displaced_by: &Address) {
    emit!(JurorOut {
        network: *network.address(),
        owner: juror.owner,
        displaced_by: *displaced_by,
        until_work_ts: juror.out_until_work_ts,
    });
}

/// Checks the destination, moves the tokens, says so.
#[inline(never)]
pub fn pay(
    till: Till,
    owner: &Signer,
    [escrow_vault, to]: [&AccountView; 2],
    (network, amount, left): (Address, u64, bool),
) -> Result<()> {
    till.pay_owner(escrow_vault, (to, owner.address()), amount)?;
    emit!(JurorPaid { network, owner: *owner.address(), amount, left });
    Ok(())
}
