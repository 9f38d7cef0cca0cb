//! What the owner of a provider may do: register, set its terms and its offer, take its rewards, share them
//! with a beneficiary, hand the provider over, retire, close.

pub mod accept_beneficiary;
pub mod accept_owner;
pub mod accounts;
pub mod announce_commission;
pub mod claim_provider_rewards;
pub mod close_provider;
pub mod end_beneficiary;
pub mod propose_beneficiary;
pub mod propose_owner;
pub mod register_provider;
pub mod retire;
pub mod set_beneficiary_destination;
pub mod set_class_operator;
pub mod set_offer;
pub mod set_operator;
pub mod set_reward_destination;
