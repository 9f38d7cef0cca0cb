//! What the owner of a provider may do: register, stake, set its terms, take its rewards, retire, close. Its own stake leaves through
//! the delegator's instructions, because the own position is a position like any other.

pub mod claim_provider_rewards;
pub mod close_provider;
pub mod owner_settings;
pub mod register_provider;
pub mod stake_self;
