//! What the holder of a position may do: stake, leave, cancel, withdraw, claim, restake, close; and what
//! anybody may do for it. Nobody else can create a position for somebody, or put dust into it. The owner of a
//! provider holds its own position and leaves through the same instructions.

pub mod accounts;
pub mod activate_delegation;
pub mod cancel_unbonding;
pub mod claim_rewards;
pub mod close_delegation;
pub mod delegate;
pub mod request_unbonding;
pub mod restake;
pub mod restake_for;
pub mod set_auto_restake;
pub mod set_direct;
pub mod settle_ticket;
pub mod stake_self;
pub mod transfer_shares;
pub mod withdraw_unbonded;
