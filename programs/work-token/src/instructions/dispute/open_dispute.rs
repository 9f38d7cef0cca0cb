use crate::prelude::*;

use super::accounts::{Subject, open_case};
use super::opening::{Content, emit_opened, require_committed, use_up};
use work_token_interface::commitments::OpeningKind;
use work_token_interface::state::dispute::{Ask, Opening};

#[derive(Accounts)]
pub struct OpenDispute {
    /// Who disputes; pays the rent of new accounts and gets it back.
    #[account(mut)]
    pub challenger: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The accused.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// What the challenger committed to.
    #[account(mut)]
    pub opening: Stored<DisputeOpening>,
    /// The disputed seat; none for conduct.
    #[account(mut)]
    pub assignment: Option<Stored<Assignment>>,
    /// Its job.
    pub job: Option<Stored<Job>>,
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
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the accounts.
    pub system_program: Program<System>,
}

/// Contests a result or a conduct, as was committed to within the hour before: the commitment's time counts
/// for the window and decides which locks may judge. The claim holds stake of both pools from now on, in
/// full, and own rewards of the fault's epochs stop vesting; neither weight nor seat changes. No dispute bars
/// another (dispute-kind-4). Signer: anybody but the owner and the operator that accepted the seat. Rounds:
/// claims and bond up. Refuses: what was not committed to, or longer ago; a seat without a result, after its
/// window, or one that only missed a deadline unless its client disputes it at severity 1; conduct older than
/// the provider's records or the challenge window; a deposit below the bond required, or more than a tenth
/// above it.
pub fn handle_open_dispute(ctx: &mut Context<OpenDispute>, args: OpenDisputeArgs) -> Result<()> {
    let OpenDispute { challenger, network, provider, opening, assignment, job, .. } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    require_in_network(provider, network)?;
    let kind = DisputeKind::from_byte(args.kind).ok_or(E::UnknownDisputeKind)?;
    provider.require_other(challenger.address())?;
    let terms = network.terms(now_ts);
    touch(provider, network, &terms);
    let ask = Ask {
        challenger: challenger.address(),
        severity: args.severity,
        without_claim: args.without_claim,
        committed_at: opening.committed_at(),
    };
    let subject = match (kind, assignment, job) {
        (DisputeKind::Job, Some(seat), Some(job)) => of_seat(network, provider, seat, job, &ask, now_ts)?,
        (DisputeKind::Job, ..) => return Err(E::NotDisputable.into()),
        (DisputeKind::Conduct, ..) => of_epoch(network, provider, &ask, args.epoch)?,
    };
    let (severity, epoch, salt) = (args.severity, args.epoch, &args.salt);
    let content = Content { kind: OpeningKind::Open, subject: &subject.key, severity, epoch, salt };
    require_committed(opening, network, challenger, &content, work_ts)?;

    let OpenDispute { challenger, network, provider, opening, dispute, claim, fault, .. } = &mut ctx.accounts;
    let begun = Opening {
        kind,
        severity,
        commitment: opening,
        without_claim: args.without_claim,
        is_proved: false,
        now_ts,
        now: terms.epoch,
    };
    let (dispute, surplus) = open_case(challenger, network, provider, [dispute, fault, claim], &subject, &begun)?;
    emit_opened(provider, &dispute, args.evidence);

    let OpenDispute { challenger, network, opening, refund_to, escrow_vault, mint, .. } = &mut ctx.accounts;
    use_up((network, mint), opening, challenger, [escrow_vault, refund_to], surplus)
}

#[inline(never)]
fn of_seat(
    network: &Stored<Network>,
    provider: &Stored<Provider>,
    seat: &mut Stored<Assignment>,
    job: &Stored<Job>,
    ask: &Ask,
    now_ts: i64,
) -> Result<Subject> {
    require_at(&seat.provider, provider.address(), E::WrongProvider)?;
    require_at(&seat.job, job.address(), E::WrongJob)?;
    require_at(&job.network, network.address(), E::WrongNetwork)?;
    let accused = seat.dispute(network, &job.client, ask, now_ts)?;
    Ok(Subject { key: *seat.address(), number: seat.disputes, client: job.client, accused })
}

#[inline(never)]
fn of_epoch(network: &Stored<Network>, provider: &mut Stored<Provider>, ask: &Ask, epoch: u32) -> Result<Subject> {
    let accused = provider.dispute_conduct(network, Epoch(epoch), ask)?;
    Ok(Subject { key: *provider.address(), number: provider.disputes.conduct, client: Address::default(), accused })
}
