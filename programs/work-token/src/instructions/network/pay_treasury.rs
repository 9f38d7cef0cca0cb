use super::accounts::{PayOut, pay_out};
use crate::prelude::*;

/// Announces a payment of the treasury, and makes it when it is called again with the same destination and
/// amount 3 days later, the delay of economic changes (network-payment-1): at most `treasury_step` an epoch
/// (network-payment-2). Another announcement replaces the last one; one of zero withdraws it. Signer: the
/// admin. Refuses: more than a step, announced or paid in the epoch; before the delay has passed; more than
/// the vault holds; a vault as destination.
pub fn handle_pay_treasury(ctx: &mut Context<PayOut>, amount: u64) -> Result<()> {
    pay_out(ctx, VaultKind::Treasury, amount)
}
