use crate::prelude::*;

#[derive(Accounts)]
pub struct SetModel {
    /// The admin.
    #[account(constraint = is_at(admin.address(), &network.authorities.admin) @ E::NotTheAdmin)]
    pub admin: Signer,
    /// Pays a new model's rent. May be the admin.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The model, at its canonical address; created the first time.
    #[account(mut)]
    pub model: UncheckedAccount,
    /// Creates the model.
    pub system_program: Program<System>,
}

/// Sets what a model's name stands for, at once. Another hash is the next version; jobs keep the one that
/// they named, and a status reaches new jobs alone (network-model-2). Signer: the admin. Refuses: a name that
/// another could be mistaken for (network-model-1); a status that is none; a hash of zeros; a URI that is too
/// long or not visible ASCII.
pub fn handle_set_model(ctx: &mut Context<SetModel>, args: SetModelArgs) -> Result<()> {
    let SetModel { payer, network, model, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    let mut model = if model.data_len() == 0 {
        open(payer, network, model, &args, now_ts)?
    } else {
        Stored::<Model>::writable(*model.account())?
    };
    require_at(&model.network, network.address(), E::WrongNetwork)?;
    require(model.name == args.name, E::WrongAddress)?;
    model.set(&args, now_ts)?;

    emit!(ModelSet {
        network: *network.address(),
        model: *model.address(),
        version: model.model_version,
        hash: model.hash,
        status: model.status,
    });
    Ok(())
}

/// Creates a model.
fn open(
    payer: &Signer,
    network: &Stored<Network>,
    model: &UncheckedAccount,
    args: &SetModelArgs,
    now_ts: i64,
) -> Result<Stored<Model>> {
    Model::require_name(&args.name)?;
    let seeds = [seeds::MODEL, network.address().as_ref(), args.name.as_slice()];
    let mut opened = Stored::<Model>::create_canonical(payer, model, &rent()?, seeds)?;
    opened.network = *network.address();
    opened.payer = *payer.address();
    opened.name = args.name;
    opened.created_ts = now_ts;
    Ok(opened)
}
