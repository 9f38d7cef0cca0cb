use crate::prelude::*;

/// Accounts of `create_job`; an empty account for each seat follows, in the order of the seats, and then the
/// model's, if the job names one.
#[derive(Accounts)]
pub struct CreateJob {
    /// Pays the fees, the draw fee and the rents; rents return to it.
    #[account(mut, constraint = is_at(client.address(), &client_record.owner) @ E::WrongClient)]
    pub client: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &job_class.network) @ E::UnknownJobClass)]
    pub network: Stored<Network>,
    /// The job's class.
    pub job_class: Stored<JobClass>,
    /// The client's record.
    #[account(mut)]
    pub client_record: Stored<Client>,
    /// The job; empty.
    #[account(mut)]
    pub job: UncheckedAccount,
    /// The client's token account. May be the refund account.
    #[account(mut, unsafe(dup))]
    pub from: UncheckedAccount,
    /// Holds what the job is paid with.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// Token account that refunds go to.
    pub refund_account: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the accounts.
    pub system_program: Program<System>,
}

/// Creates a job with its seats, and arms the seed that draws their providers. The fees of all seats go into
/// escrow, with a draw fee: the bounties of the job's cranks, and as much again that burns (job-escrow-1).
/// Signer: the client. Refuses: while paused; rules that no longer fit the network's parameters; a working
/// time outside them; less to be paid in it than their lowest fee; a price per second without a meter, or a
/// meter without one; a ceiling that the meter cannot reach with all extensions; not one account per seat; a
/// refund account that cannot receive now; more than the client has; a model of another network, that is not
/// offered, or whose present version is another than the one named (job-model-1).
pub fn handle_create_job(ctx: &mut Context<CreateJob>, args: CreateJobArgs) -> Result<()> {
    let rest = ctx.remaining_accounts()?;
    let CreateJob { client, network, job_class, client_record, job, from, escrow_vault, refund_account, mint, .. } =
        &mut ctx.accounts;
    let clock = Clock::get()?;
    network.require_open(clock.unix_timestamp)?;
    require_at(&client_record.network, network.address(), E::WrongNetwork)?;
    require_at(refund_account.address(), &args.refund_account, E::WrongRefundAccount)?;
    token::require_destination(refund_account, network)?;
    let asked = (args.fee, args.price_per_sec, args.work_secs);
    let rules = job_class.rules_for(&network.params, asked, clock.unix_timestamp)?;
    let (seats, model) = seats_and_model(&rest, usize::from(rules.redundancy), args.model_version)?;

    let rent = rent()?;
    let mut job = open_job(client, network, client_record, job, &rent, &args)?;
    job.begin(network, (job_class.class, rules), &args, (clock.slot, clock.unix_timestamp))?;
    for ((seat, account), bump) in (0..).zip(seats).zip(args.assignment_bumps) {
        open_seat(client, &job, account, &rent, &network.params.disputes.severities, [seat, bump])?;
    }
    let escrow = job.require_escrow()?;
    token::require_source(from, network, escrow)?;
    client_record.next_number = job.number.checked_add(1).ok_or(E::ArithmeticOverflow)?;

    Till::of(network, mint).take(from, client, escrow_vault, escrow);
    emit!(JobCreated {
        network: *network.address(),
        job: *job.address(),
        client: *client.address(),
        class: job.class,
        fee: job.fee,
        escrow,
        seed_slot: job.seed_slot,
    });
    match model {
        Some(model) => name_model(&mut job, network, *model, args.model_version),
        None => Ok(()),
    }
}

/// What follows the declared accounts: one for each seat, and the model's where the job names a version.
#[inline(always)]
fn seats_and_model(rest: &[AccountView], seats: usize, version: u32) -> Result<(&[AccountView], Option<&AccountView>)> {
    if version == 0 {
        require(rest.len() == seats, E::WrongSeatCount)?;
        return Ok((rest, None));
    }
    match rest.split_last() {
        Some((model, rest)) if rest.len() == seats => Ok((rest, Some(model))),
        _ => Err(E::ModelMissing.into()),
    }
}

/// Writes down the model that the job shall run.
#[inline(never)]
fn name_model(job: &mut Stored<Job>, network: &Stored<Network>, model: AccountView, version: u32) -> Result<()> {
    let model = Stored::<Model>::load(model)?;
    require_at(&model.network, network.address(), E::WrongNetwork)?;
    job.run_model((model.address(), &model), version)?;
    emit!(ModelNamed { job: *job.address(), model: *model.address(), version, hash: job.model_hash });
    Ok(())
}

/// Creates the job's account under the client's next number.
fn open_job(
    client: &Signer,
    network: &Stored<Network>,
    client_record: &Client,
    job: &UncheckedAccount,
    rent: &Rent,
    args: &CreateJobArgs,
) -> Result<Stored<Job>> {
    let number_seed = client_record.next_number.to_le_bytes();
    let mut opened = Stored::<Job>::create(
        client,
        job,
        rent,
        ([seeds::JOB, network.address().as_ref(), client.address().as_ref(), &number_seed], args.job_bump),
    )?;
    opened.network = *network.address();
    opened.client = *client.address();
    opened.number = client_record.next_number;
    Ok(opened)
}

/// Creates a seat, open to a draw.
fn open_seat(
    client: &Signer,
    job: &Stored<Job>,
    account: &AccountView,
    rent: &Rent,
    severities: &[SeverityRule; 5],
    [seat, bump]: [u8; 2],
) -> Result<()> {
    let seat_seed = [seat];
    let mut opened = Stored::<Assignment>::create(
        client,
        account,
        rent,
        ([seeds::ASSIGNMENT, job.address().as_ref(), &seat_seed], bump),
    )?;
    opened.begin((job.address(), job), seat, severities);
    Ok(())
}
