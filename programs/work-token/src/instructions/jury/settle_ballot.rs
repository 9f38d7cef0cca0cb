use crate::prelude::*;

#[derive(Accounts)]
pub struct SettleBallot {
    /// The dispute.
    #[account(mut, constraint = is_at(dispute.address(), &ballot.dispute) @ E::WrongDispute)]
    pub dispute: Stored<Dispute>,
    /// The ballot.
    #[account(mut)]
    pub ballot: Stored<Ballot>,
    /// The juror.
    #[account(mut, constraint = is_at(juror.address(), &ballot.juror) @ E::WrongJuror)]
    pub juror: Stored<Juror>,
    /// Paid the ballot's rent and gets it back.
    #[account(mut, constraint = is_at(payer.address(), &ballot.payer) @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Frees what a ballot binds, or takes it from a juror that did not reveal; books the fee of a vote on the
/// side that won, in proportion to what it binds; closes the ballot. No token moves: locks, fees and what the
/// dispute burns lie in one vault.
/// Signer: anybody. Refuses: before the dispute's outcome is applied; to pay jurors of a jury without a
/// quorum before those that did not reveal are settled.
pub fn handle_settle_ballot(ctx: &mut Context<SettleBallot>) -> Result<()> {
    let SettleBallot { dispute, ballot, juror, payer } = &mut ctx.accounts;
    let (fee, lost) = dispute.settle_ballot(ballot, juror)?;
    emit!(BallotSettled { dispute: *dispute.address(), juror: *juror.address(), fee, lost });
    close(ballot.view(), payer)
}
