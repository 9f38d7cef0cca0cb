use super::accounts::{PayOut, pay_out};
use crate::prelude::*;

/// Announces a payment of the insurance, and makes it when it is called again with the same destination and
/// amount 3 days later, the delay of economic changes (network-payment-1). Another announcement replaces the
/// last one; one of zero withdraws it. Signer: the admin. Refuses: before the delay has passed; more than the
/// vault holds; a vault as destination.
pub fn handle_pay_insurance(ctx: &mut Context<PayOut>, amount: u64) -> Result<()> {
    pay_out(ctx, VaultKind::Insurance, amount)
}
