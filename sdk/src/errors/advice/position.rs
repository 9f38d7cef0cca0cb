//! What to do about refusals of stake, tickets and rewards.

use work_token_interface::WorkTokenError as E;

pub(super) fn advice(error: E) -> Option<&'static str> {
    Some(match error {
        E::NotThePool => "use stake_self for the own pool, and delegate for the delegated one",
        E::ArithmeticOverflow => "give a smaller amount or a nearer time",
        E::ZeroAmount => "give an amount",
        E::BelowMinimumDelegation => "deposit at least the network's minimum_delegation",
        E::BelowMinimumSelfStake => "stake so much that the own stake reaches the network's minimum_self_stake",
        E::RestBelowMinimum => "ask for fewer shares, or for all of them",
        E::PoolTooLarge => "choose another provider",
        E::PoolSlashedTooDeep => "choose another provider; an owner refills its own pool once it has no live ticket",
        E::OpenClaims => {
            "look at the provider's open disputes, then accept them with max_open_claims or choose another provider"
        }
        E::OwnerCannotDelegate => "use stake_self, or delegate with another key",
        E::InsufficientShares => "read the position again and ask for at most its shares",
        E::FewerSharesThanAsked => "read the pool again; its price changed since",
        E::NotMatured => "withdraw when the ticket has matured; the view says the second",
        E::NothingToWithdraw => "wait for the end of the disputes it is held for",
        E::TicketPartlyPaid => "settle the held part when its disputes have ended",
        E::TicketOfEndedGeneration => "withdraw the ticket to close it and get its rent back",
        E::WrongTicketNumber => "read the position again: Delegation::next_ticket says the number",
        E::NothingToClaim => {
            "leave it until something is owed: rewards are once an epoch has been settled, which anybody may crank"
        }
        E::PositionNotEmpty => "request, withdraw and claim everything first",
        E::TooEarlyToClose => "let the holder close it, or wait until it has been empty for 30 days",
        E::OwnPositionInUse => "retire the provider first",
        E::LotNotDue => "wait until the epoch before the lot's first has been settled",
        E::SameHolder => "name another holder as the receiver",
        E::WorthLessThanAsked => "read the pool again; its price changed since",
        E::NotAutoRestaked => "let the holder choose it with set_auto_restake, or restake itself",
        E::RestakedRecently => "wait until four epochs have passed since the last time",
        E::TooLittleToRestake => "wait until more has been earned, or let the holder restake itself",
        E::RewardsShared => "claim them: the beneficiary's part is paid first",
        E::LotWaits => "wait until that lot is active; anybody may activate it",
        E::NoVoice => "leave it: nothing is voted on with this network's stake",
        E::AlreadyDirect => "leave it: the holder votes with the position already",
        E::NotDirect => "leave it: the provider's owner votes with the position already",
        E::ReturnNotDue => "wait until then; view::position_voice says the second",
        E::ReceiverNotDirect => "let the receiver vote itself first, by set_direct, or name one that holds no shares",
        E::NothingToSettle => "leave it: everything of the ticket was paid",
        E::WrongTicketList => {
            "pass claims that the ticket lists and whose disputes have ended: view::settlements names them"
        }
        _ => return None,
    })
}
