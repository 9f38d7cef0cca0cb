//! Where somebody who stakes stands in the end.

use {
    super::{cast::Who, wealth::owned_by, world::World},
    crate::failure::Result,
    work_token_sdk::{state::Provider, view},
};

/// Where somebody stands. Base units.
pub struct Standing {
    /// Whom it stakes behind.
    pub behind: String,
    /// What its stakes are worth, those that asked to leave included.
    pub stake: u64,
    /// Rewards: claimed, restaked, or left in the vault.
    pub earned: u64,
    /// What it owns beyond what it had at the beginning.
    pub gain: i128,
}

/// A provider's account, unless it has closed.
pub fn provider(world: &World, who: Who) -> Option<Provider> {
    let member = world.members.iter().find(|member| member.who == who)?;
    world.scenario.find(&member.at.provider)
}

/// Where somebody stands now.
pub fn standing(world: &World, who: Who) -> Result<Standing> {
    let person = world.person(who);
    let stakes: Vec<_> = world.stakes.iter().filter(|stake| stake.who == who).collect();
    let (mut value, mut left) = (0, provider(world, who).map_or(0, |provider| provider.own_rewards().0));
    for stake in &stakes {
        let holdings = view::holdings(&world.position_state(**stake)?.at());
        value += holdings.total() - holdings.claimable;
        left += holdings.claimable;
    }
    let behind = match stakes[..] {
        [] => "nobody any more".to_owned(),
        [stake] if stake.behind == who => "itself".to_owned(),
        [stake] => format!("{:?}", stake.behind),
        _ => format!("{} providers", stakes.len()),
    };
    Ok(Standing {
        behind,
        stake: value,
        earned: person.flow.claimed + person.flow.restaked + left,
        gain: i128::from(owned_by(world, who)?) - i128::from(person.flow.given),
    })
}
