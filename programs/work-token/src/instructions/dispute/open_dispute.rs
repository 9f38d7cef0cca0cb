use crate::prelude::*;

use super::accounts::{Place, open_case};
use super::opening::{Opened, begin, emit_opened, require_committed, require_other, use_up};
use work_token_interface::commitments::OpeningKind;
use work_token_interface::math::slash::Stakes;
use work_token_interface::state::dispute::{Accused, Opening};

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

/// What is disputed.
struct Case {
    accused: Accused,
    subject: Address,
    number: u32,
    client: Address,
    frozen: (Epoch, Epoch),
    missed: bool,
}

/// Contests a result or a conduct, as was committed to within the hour before: the commitment's time counts
/// for the window and decides which locks may judge. The claim holds stake of both pools from now on, in
/// full, and own rewards of the fault's epochs stop vesting; neither weight nor seat changes. No dispute bars
/// another (R C2).
/// Signer: anybody but the owner and the operator that accepted the seat. Rounds: claims and bond up.
/// Refuses: what was not committed to, or longer ago; a seat without a result, after its window, or one that
/// only missed a deadline unless its client disputes it at severity 1; conduct older than the provider's
/// records or the challenge window; a deposit below the bond required, or more than a tenth above it.
pub fn handle_open_dispute(ctx: &mut Context<OpenDispute>, args: OpenDisputeArgs) -> Result<()> {
    let OpenDispute { challenger, network, provider, opening, assignment, job, .. } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    require_in_network(provider, network)?;
    let kind = DisputeKind::from_byte(args.kind).ok_or(E::UnknownDisputeKind)?;
    require_other(provider, challenger)?;
    let terms = network.terms(now_ts);
    touch(provider, network, &terms);
    let case = match (kind, assignment, job) {
        (DisputeKind::Job, Some(seat), Some(job)) => {
            of_seat(network, provider, seat, job, challenger, (opening, now_ts), &args)?
        }
        (DisputeKind::Job, ..) => return Err(E::NotDisputable.into()),
        (DisputeKind::Conduct, ..) => of_epoch(network, provider, opening, &args)?,
    };
    let opened = Opened {
        kind: OpeningKind::Open,
        subject: &case.subject,
        severity: args.severity,
        epoch: args.epoch,
        salt: &args.salt,
    };
    require_committed(opening, network, challenger, &opened, work_ts)?;
    open(&mut ctx.accounts, kind, &case, &terms, &args)
}

#[inline(never)]
fn of_seat(
    network: &Stored<Network>,
    provider: &Stored<Provider>,
    seat: &mut Stored<Assignment>,
    job: &Stored<Job>,
    challenger: &Signer,
    (opening, now_ts): (&DisputeOpening, i64),
    args: &OpenDisputeArgs,
) -> Result<Case> {
    require_at(&seat.provider, provider.address(), E::WrongProvider)?;
    require_at(&seat.job, job.address(), E::WrongJob)?;
    require_at(&job.network, network.address(), E::WrongNetwork)?;
    require(!is_at(challenger.address(), &seat.operator), E::DisputesItself)?;
    let is_client = is_at(challenger.address(), &job.client);
    seat.require_disputable(is_client, args.severity, opening.committed_at())?;
    require(!args.without_claim || is_client, E::WrongClient)?;
    seat.disputes = seat.disputes.saturating_add(1);
    seat.open_disputes = seat.open_disputes.saturating_add(1);
    let submitted_ts =
        if seat.submitted_work_ts == 0 { now_ts } else { network.unix_ts(WorkTs(seat.submitted_work_ts)) };
    Ok(Case {
        accused: Accused::of_seat(seat),
        subject: *seat.address(),
        number: seat.disputes,
        client: job.client,
        frozen: (Epoch(seat.accepted_epoch), network.epoch_at(submitted_ts)),
        missed: !seat.has_result(),
    })
}

#[inline(never)]
fn of_epoch(
    network: &Stored<Network>,
    provider: &mut Stored<Provider>,
    opening: &DisputeOpening,
    args: &OpenDisputeArgs,
) -> Result<Case> {
    let epoch = Epoch(args.epoch);
    let record = provider.record(epoch).ok_or(E::ConductTooOld)?;
    let base = Stakes { own: Amount(record.own_total), delegated: Amount(record.delegated_total) };
    let until_work_ts = network.ends_at_work_ts(epoch).saturating_add(i64::from(network.params.challenge_secs));
    let is_late = opening.committed_at().has_reached(until_work_ts);
    let is_known = epoch.0 >= provider.registered_epoch;
    require(!args.without_claim && is_known && !is_late, E::ConductTooOld)?;
    provider.disputes.conduct = provider.disputes.conduct.saturating_add(1);
    Ok(Case {
        accused: Accused { epoch, base, fee: Amount::ZERO, severities: network.params.disputes.severities },
        subject: *provider.address(),
        number: provider.disputes.conduct,
        client: Address::default(),
        frozen: (epoch, epoch),
        missed: false,
    })
}

#[inline(never)]
fn open(
    accounts: &mut OpenDispute,
    kind: DisputeKind,
    case: &Case,
    terms: &Terms,
    args: &OpenDisputeArgs,
) -> Result<()> {
    let OpenDispute { challenger, network, provider, opening, dispute, claim, fault, .. } = accounts;
    let place = Place { subject: &case.subject, number: case.number, epoch: case.accused.epoch, frozen: case.frozen };
    let mut dispute = open_case(challenger, network, provider, [dispute, fault, claim], &place, terms.now_ts)?;
    dispute.client = case.client;
    if case.missed {
        dispute.flags |= dispute_flags::MISSED;
    }
    let begun = Opening {
        kind,
        severity: args.severity,
        commitment: opening,
        without_claim: args.without_claim,
        is_proved: false,
        work_ts: network.work_ts(terms.now_ts),
        now: terms.epoch,
    };
    let surplus = begin(network, provider, &mut dispute, &begun, &case.accused)?;
    emit_opened(provider, &dispute, args.evidence);

    let OpenDispute { challenger, network, opening, refund_to, escrow_vault, mint, .. } = accounts;
    use_up((network, mint), opening, challenger, [escrow_vault, refund_to], surplus)
}
