use {
    super::{
        case::{Place, open_case},
        opening::{Opened, require_committed, use_up},
    },
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        args::OpenDisputeArgs,
        commitments::OpeningKind,
        events::DisputeOpened,
        math::{Amount, Epoch, WorkTs, slash::Stakes},
        state::{
            Assignment, Dispute, DisputeKind, DisputeOpening, Fault, Job, Network, Provider, Terms,
            dispute::{Accused, Opening},
            dispute_flags,
        },
    },
};

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
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
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

/// Contests a result or a conduct, as was committed to within the hour before: the commitment's time counts for the window and decides which locks may judge. The claim holds
/// stake of both pools from now on, in full, and own rewards of the fault's epochs stop vesting; neither weight nor seat changes. No dispute bars another (R C2).
/// Signer: anybody but the owner and the operator that accepted the seat. Rounds: claims and bond up.
/// Refuses: what was not committed to, or longer ago; a seat without a result, after its window, or one that only missed a deadline unless its client disputes it at severity
/// 1; conduct older than the provider's records or the challenge window; a deposit below the bond required, or more than a tenth above it.
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
    require_same(&seat.provider, provider.address(), E::WrongProvider)?;
    require_same(&seat.job, job.address(), E::WrongJob)?;
    require_same(&job.network, network.address(), E::WrongNetwork)?;
    if *challenger.address() == seat.operator {
        return Err(E::DisputesItself.into());
    }
    let is_client = *challenger.address() == job.client;
    seat.require_disputable(is_client, args.severity, opening.committed_at())?;
    if args.without_claim && !is_client {
        return Err(E::WrongClient.into());
    }
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
    if args.without_claim || epoch.0 < provider.registered_epoch || is_late {
        return Err(E::ConductTooOld.into());
    }
    provider.conduct_disputes = provider.conduct_disputes.saturating_add(1);
    Ok(Case {
        accused: Accused { epoch, base, fee: Amount::ZERO, severities: network.params.disputes.severities },
        subject: *provider.address(),
        number: provider.conduct_disputes,
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
    let views = [dispute.account(), fault.account(), claim.account()];
    let place = Place { subject: &case.subject, number: case.number, epoch: case.accused.epoch, frozen: case.frozen };
    let mut dispute = open_case(challenger, network, provider, views, &place, terms.now_ts)?;
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
    let accounts = [escrow_vault.account(), mint.account(), refund_to.account()];
    use_up(network, opening, challenger, accounts, surplus)
}

/// Fills a fresh dispute and books its claim. Returns what was deposited beyond the bond required.
#[inline(never)]
pub fn begin(
    network: &Stored<Network>,
    provider: &mut Stored<Provider>,
    dispute: &mut Stored<Dispute>,
    opening: &Opening,
    accused: &Accused,
) -> Result<u64> {
    let surplus = dispute.open(opening, accused, provider, network)?;
    dispute.book(provider, opening.now);
    provider.open_disputes = provider.open_disputes.saturating_add(1);
    Ok(surplus)
}

/// Says that a dispute was opened.
#[inline(never)]
pub fn emit_opened(provider: &Stored<Provider>, dispute: &Stored<Dispute>, evidence: [u8; 32]) {
    let (challenger, bond) = dispute.parties.first().map(|party| (party.owner, party.bond)).unwrap_or_default();
    emit!(DisputeOpened {
        dispute: *dispute.address(),
        provider: *provider.address(),
        subject: dispute.subject,
        kind: dispute.kind,
        severity: dispute.machine.claimed,
        challenger,
        bond,
        claim: dispute.claim,
        own_claimed: dispute.own_claimed,
        delegated_claimed: dispute.delegated_claimed,
        offence_epoch: dispute.offence_epoch,
        evidence,
    });
}

/// Refuses the provider's own key. Not the present operator's, which its owner could name to bar a challenger.
pub fn require_other(provider: &Provider, challenger: &Signer) -> Result<()> {
    if provider.owner == *challenger.address() { Err(E::DisputesItself.into()) } else { Ok(()) }
}

/// Refuses a fault that is not the dispute's.
pub fn require_fault(fault: &Fault, dispute: &Dispute) -> Result<()> {
    require_same(&fault.provider, &dispute.provider, E::WrongFault)?;
    if fault.epoch == dispute.offence_epoch { Ok(()) } else { Err(E::WrongFault.into()) }
}
