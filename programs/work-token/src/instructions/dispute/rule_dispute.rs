use {
    super::advance_dispute::emit_advanced,
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        state::{Dispute, Network},
    },
};

#[derive(Accounts)]
pub struct RuleDispute {
    /// The arbiter in office.
    #[account(address = network.arbiter @ E::NotTheArbiter)]
    pub arbiter: Signer,
    /// The network.
    #[account(mut, address = dispute.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
}

/// Decides a dispute that no jury could, or that three rounds have judged: dismisses it (0), or confirms a severity that a jury found or the challengers claimed.
/// Signer: the arbiter in office when it rules (R L9). Refuses: outside its time; any other severity.
pub fn handle_rule_dispute(ctx: &mut Context<RuleDispute>, severity: u8) -> Result<()> {
    let RuleDispute { network, dispute, .. } = &mut ctx.accounts;
    dispute.rule_as_arbiter(severity, cross(network)?.1)?;
    emit_advanced(dispute);
    Ok(())
}
