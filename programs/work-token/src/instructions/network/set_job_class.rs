use crate::prelude::*;

#[derive(Accounts)]
pub struct SetJobClass {
    /// The admin.
    #[account(constraint = is_at(admin.address(), &network.authorities.admin) @ E::NotTheAdmin)]
    pub admin: Signer,
    /// Pays a new class's rent. May be the admin.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The class, at its canonical address; created the first time.
    #[account(mut)]
    pub job_class: UncheckedAccount,
    /// Creates the class.
    pub system_program: Program<System>,
}

/// Announces the rules of a class of jobs. A new class has them at once, an existing one after the delay of
/// economic changes; jobs keep those that they were created with. Signer: the admin. Refuses: a class that is
/// not below 16; rules that break a bound or do not fit the network's parameters; a step of more than a fifth
/// from the rules in force, and another kind or redundancy (network-class-1); before the running epoch and
/// every earlier one that can still be opened keep what was in force when they began (network-params-6).
pub fn handle_set_job_class(ctx: &mut Context<SetJobClass>, class: u8, rules: JobRules) -> Result<()> {
    let SetJobClass { payer, network, job_class, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    network.require_class(class, &rules, now_ts)?;

    let is_new = job_class.data_len() == 0;
    let mut job_class =
        if is_new { open(payer, network, job_class, class)? } else { Stored::writable(*job_class.account())? };
    require_at(&job_class.network, network.address(), E::UnknownJobClass)?;
    require(job_class.class == class, E::UnknownJobClass)?;
    network.set_class(&mut job_class, rules, now_ts, is_new)?;

    emit!(JobClassSet { network: *network.address(), class, from_ts: job_class.next_from_ts });
    Ok(())
}

/// Creates a class.
fn open(
    payer: &Signer,
    network: &Stored<Network>,
    job_class: &UncheckedAccount,
    class: u8,
) -> Result<Stored<JobClass>> {
    let class_seed = [class];
    let mut opened = Stored::<JobClass>::create_canonical(
        payer,
        job_class,
        &rent()?,
        [seeds::JOB_CLASS, network.address().as_ref(), &class_seed],
    )?;
    opened.class = class;
    opened.network = *network.address();
    opened.payer = *payer.address();
    Ok(opened)
}
