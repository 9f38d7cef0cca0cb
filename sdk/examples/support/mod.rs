//! What the examples about jobs begin with: a network in which work is bought.

use {
    std::error::Error,
    work_token_localnet::{Actor, Scenario, ScenarioOptions, TOKEN},
    work_token_sdk::{ProviderAddresses, Pubkey, presets::JOB_RULES},
};

/// The class of work that is served.
pub const CLASS: u8 = 0;
/// The fee for which it is served. Base units.
pub const FEE: u64 = 2 * TOKEN;

/// A network, and its providers, each with its owner.
pub type Market = (Scenario, Vec<(Actor, ProviderAddresses)>);

/// Three providers that serve one class for [`FEE`]. It is epoch 3, and its work tree
/// has all three.
pub fn market() -> Result<Market, Box<dyn Error>> {
    let world = Scenario::start(&ScenarioOptions::default())?;
    world.set_class(CLASS, &JOB_RULES)?;
    world.adopt_work_trees()?;
    let mut providers = Vec::new();
    for name in ["ada", "ben", "cleo"] {
        let (owner, provider) = world.owner(name, 1_000, 50_000 * TOKEN)?;
        world.offer(&owner, &provider, 1 << CLASS, FEE)?;
        providers.push((owner, provider));
    }
    let keys: Vec<Pubkey> = providers.iter().map(|(_, provider)| provider.provider).collect();
    world.go_to_epoch(2);
    world.crank_all(&keys)?;
    world.go_to_epoch(3);
    Ok((world, providers))
}
