//! Who gained and who paid: what every role owns, before and after.

use {
    super::{
        cast::{CAST, Who},
        world::World,
    },
    crate::failure::Result,
    work_token_sdk::{
        AttesterAddresses, JurorAddresses,
        state::{Attester, Juror, VaultKind},
        view,
    },
};

/// What belongs to each role, to the vaults, and to nobody yet; together they are the supply. Base units.
pub type Wealth = Vec<(&'static str, u64)>;

/// What is on its way: in escrow for jobs, or earned and not handed out yet.
pub const UNSHARED: &str = "not yet handed out";

/// What everything belongs to now.
pub fn wealth(world: &World) -> Result<Wealth> {
    let mut owned = Vec::new();
    for role in &CAST {
        let mut sum = 0;
        for who in role.who {
            sum += owned_by(world, *who)?;
        }
        owned.push((role.name, sum));
    }
    let vault = |kind| world.scenario.vault(kind);
    let keepers = world.scenario.balance(&world.scenario.keeper) + vault(VaultKind::Keeper);
    owned.push(("keepers", keepers));
    owned.push(("treasury", vault(VaultKind::Treasury)));
    owned.push(("insurance", vault(VaultKind::Insurance)));
    let supply = world.scenario.supply(&world.scenario.network.mint);
    let known: u64 = owned.iter().map(|(_, amount)| amount).sum();
    owned.push((UNSHARED, supply.saturating_sub(known)));
    Ok(owned)
}

/// What somebody owns: wallet, stake with its rewards, bond or lock with its pay. Base units.
pub fn owned_by(world: &World, who: Who) -> Result<u64> {
    let actor = &world.person(who).actor;
    let mut sum = world.scenario.balance(actor);
    for stake in world.stakes.iter().filter(|stake| stake.who == who) {
        sum += view::holdings(&world.position_state(*stake)?.at()).total();
        if world.is_own(*stake) {
            sum += world.provider(stake.behind).own_rewards().0;
        }
    }
    let key = actor.address();
    let attester = AttesterAddresses::derive(world.scenario.network, key).attester;
    sum += world.scenario.find::<Attester>(&attester).map_or(0, |attester| attester.bond + attester.credit);
    let juror = JurorAddresses::derive(world.scenario.network, key).juror;
    sum += world.scenario.find::<Juror>(&juror).map_or(0, |juror| juror.lock + juror.credit);
    Ok(sum)
}

/// By how much each part of two wealths differs.
pub fn gains(before: &Wealth, after: &Wealth) -> Vec<(&'static str, i128)> {
    let pairs = before.iter().zip(after);
    pairs.map(|((name, before), (_, after))| (*name, i128::from(*after) - i128::from(*before))).collect()
}
