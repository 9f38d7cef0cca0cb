//! What does a position hold, what can it claim, when can it leave, and what may disputes cost it?

pub(super) mod claim;
mod holdings;
mod leave;
mod lots;
mod moving;
mod risk;
#[cfg(test)]
mod risk_tests;
mod settlement;
#[cfg(test)]
mod settlement_tests;
mod settling;
mod slash;
mod transfer;
mod voice;

pub(super) use risk::leave_at_once;
pub use {
    claim::{Claim, OwnerClaim, VestingPart, claim, owner_claim},
    holdings::{Holdings, LotHolding, TicketHolding, holdings},
    leave::{Field, ForfeitedEpoch, Leaving, TicketExit, exits, leave},
    lots::{LOT_WARNING_EPOCHS, LotStatus, lots},
    moving::{MoveStep, move_step},
    risk::{
        DisputeRisk, Jail, JointLoss, OpenClaim, OpenDispute, PastFault, PositionRisk, ProviderRisk, SeverityLoss,
        position_risk, provider_risk,
    },
    settlement::{TicketSettlement, settlements},
    settling::{SettledFirst, settle_first},
    slash::{ClaimOnMe, SlashCost, SlashSize, TicketLoss, open_claims, slash_cost},
    transfer::{Restaking, Transfer, restaking, transfer},
    voice::{OwnerVoice, PositionVoice, Voter, owner_voice, position_voice, set_direct},
};
