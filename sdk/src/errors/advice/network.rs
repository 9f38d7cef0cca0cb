//! What to do about refusals of governance and of the clock.

use work_token_interface::WorkTokenError as E;

pub(super) fn advice(error: E) -> Option<&'static str> {
    Some(match error {
        E::NotTheAdmin => "the network's admin must sign",
        E::NotTheGuardian => "the network's guardian must sign",
        E::NotThePendingAuthority => "let the admin propose this key again",
        E::AuthorityDelay => "accept when the 3 days have passed",
        E::Paused => "deposit when the pause is over; the network view says when",
        E::PauseTooSoon => "wait until the network's pause clock allows the next one",
        E::MintExtensionRefused | E::NativeMintRefused => {
            "use another mint; the extensions of a mint cannot be removed"
        }
        E::FreezeAuthorityRefused => {
            "set accept_freeze_authority, which every staker will be shown, or use another mint"
        }
        E::WrongMintAuthority => "hand the mint authority to the network for Mint mode, or revoke it for Reserve mode",
        E::SupplyTooLarge => "set a maximum supply of at least the mint's supply, below 2^60",
        E::StaleParameters => "propose the change anew from the parameters in force",
        E::ChangeNotDue => "execute it when its delay has passed",
        E::ChangeExpired => "cancel it and propose it anew",
        E::StepTooLarge => "go in several steps of at most a fifth each",
        E::EpochsNotOpen => "open the epochs that are due in the same transaction before it",
        E::ParameterFixed => "leave it as it is; for another kind or redundancy create another class",
        E::ParameterOnlyFalls => "leave the maximum supply, or lower it",
        E::MetricStepTooLarge => "go in several steps of at most a tenth each",
        E::NewMetricCounts => "declare the metric without weight and gate first, and raise both by later changes",
        E::MetricWeightsDoNotSum => "give weights that sum to 1,000,000, or leave all metrics absent",
        E::FeeSharesTooLarge | E::AttesterShareTooLarge => "lower one of the two parts",
        E::RevealWindowTooShort => "set reveal_secs to at least 600, or report no metric by attesters",
        E::ChangeNotNext => "read the network again: its next change number is param_changes + 1",
        E::NoOutage => "wait: only 30 minutes or more over 600 ms a slot count",
        E::ClockHasGained => "record the outage once it is long enough, or wait until the slots have caught up",
        E::OutageLimitReached => "wait until a week after the first outage that counts",
        _ => return None,
    })
}
