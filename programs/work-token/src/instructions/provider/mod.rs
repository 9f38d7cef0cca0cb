//! What the owner of a provider may do: register, set its terms and its offer, take its rewards, retire,
//! close.

pub mod accounts;
pub mod announce_commission;
pub mod claim_provider_rewards;
pub mod close_provider;
pub mod register_provider;
pub mod retire;
pub mod set_offer;
pub mod set_operator;
pub mod set_reward_destination;
