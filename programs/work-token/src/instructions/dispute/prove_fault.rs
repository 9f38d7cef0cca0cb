use crate::prelude::*;

use super::accounts::{Subject, open_case};
use super::opening::{Content, emit_opened, require_committed, use_up};
use crate::signatures::{INSTRUCTIONS, require_signed};
use work_token_interface::commitments::{OpeningKind, signed_result};
use work_token_interface::state::dispute::Opening;

#[derive(Accounts)]
pub struct ProveFault {
    /// Who proves; pays the rent of new accounts and gets it back.
    #[account(mut)]
    pub challenger: Signer,
    /// The network.
    #[account(mut, address = provider.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The accused.
    #[account(mut, address = assignment.provider @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// What the challenger committed to.
    #[account(mut)]
    pub opening: Stored<DisputeOpening>,
    /// The seat.
    #[account(mut)]
    pub assignment: Stored<Assignment>,
    /// Its job.
    #[account(address = assignment.job @ E::WrongJob)]
    pub job: Stored<Job>,
    /// The dispute, at its canonical address.
    #[account(mut)]
    pub dispute: UncheckedAccount,
    /// The claim: a new one, or the newest that takes another dispute.
    #[account(mut)]
    pub claim: UncheckedAccount,
    /// The provider's faults of the epoch, at their canonical address.
    #[account(mut)]
    pub fault: UncheckedAccount,
    /// Any account of the work token that is no vault: gets what was deposited beyond the bond required.
    #[account(mut)]
    pub refund_to: UncheckedAccount,
    /// Holds the bonds.
    #[account(mut, address = network.vaults.escrow @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The transaction's instructions, two signatures of the operator among them.
    #[account(address = INSTRUCTIONS @ E::WrongSysvar)]
    pub instructions_sysvar: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the accounts.
    pub system_program: Program<System>,
}

/// Shows two contradictory results of one seat, signed by the operator that accepted it: a verdict of
/// severity 3 without a jury, against which the provider may appeal. The message names network, job and the
/// slot of its creation, so that no other job's result contradicts it; no reward exceeds the bond, or whoever
/// steals the key would earn it (dispute-proof-1). Signer: anybody but the provider's own keys. Rounds:
/// claims up. Refuses: what was not committed to within the hour before; a seat that nobody accepted, or
/// after its window; a second proof of a seat; the same result twice; without both signatures in the
/// transaction; a deposit below the smallest bond, or more than a tenth above it.
pub fn handle_prove_fault(ctx: &mut Context<ProveFault>, args: ProveFaultArgs) -> Result<()> {
    let ProveFault { challenger, network, provider, opening, assignment, job, instructions_sysvar, .. } =
        &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    require_at(&job.network, network.address(), E::WrongNetwork)?;
    provider.require_other(challenger.address())?;
    assignment.require_other(challenger.address())?;
    let opened =
        Content { kind: OpeningKind::Prove, subject: assignment.address(), severity: 0, epoch: 0, salt: &args.first };
    require_committed(opening, network, challenger, &opened, work_ts)?;
    assignment.prove([&args.first, &args.second], opening.committed_at())?;
    let message = |result_hash: &[u8; 32]| {
        signed_result(network.address(), job.address(), job.created_slot, assignment.seat, result_hash)
    };
    let messages = [message(&args.first), message(&args.second)];
    require_signed(instructions_sysvar, &assignment.operator, messages.each_ref().map(|bytes| bytes.as_slice()))?;

    let terms = network.terms(now_ts);
    touch(provider, network, &terms);
    open(&mut ctx.accounts, &terms, &args)
}

#[inline(never)]
fn open(accounts: &mut ProveFault, terms: &Terms, args: &ProveFaultArgs) -> Result<()> {
    let ProveFault { challenger, network, provider, opening, assignment, job, dispute, claim, fault, .. } = accounts;
    let accused = assignment.open_dispute(network, terms.now_ts);
    let subject = Subject { key: *assignment.address(), number: assignment.disputes, client: job.client, accused };
    let begun = Opening {
        kind: DisputeKind::Job,
        severity: OBJECTIVE_SEVERITY,
        commitment: opening,
        without_claim: false,
        is_proved: true,
        now_ts: terms.now_ts,
        now: terms.epoch,
    };
    let (dispute, surplus) = open_case(challenger, network, provider, [dispute, fault, claim], &subject, &begun)?;
    emit_opened(provider, &dispute, [0; 32]);
    emit!(FaultProved {
        dispute: *dispute.address(),
        operator: assignment.operator,
        first: args.first,
        second: args.second,
    });
    let ProveFault { challenger, network, opening, refund_to, escrow_vault, mint, .. } = accounts;
    use_up((network, mint), opening, challenger, [escrow_vault, refund_to], surplus)
}
