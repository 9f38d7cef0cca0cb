//! What the holder of a position may do: stake, leave, cancel, withdraw, claim, restake, close. Nobody else can act on a position,
//! create one for somebody, or put dust into it. The owner of a provider holds its own position and leaves through the same instructions.

pub mod cancel_unbonding;
pub mod claim_rewards;
pub mod close_delegation;
pub mod delegate;
pub mod request_unbonding;
pub mod restake;
pub mod withdraw_unbonded;
