//! What to do about refusals of governance and of the clock.

use work_token_interface::WorkTokenError as E;

pub(super) fn advice(error: E) -> Option<&'static str> {
    governance(error).or_else(|| bounds(error))
}

/// Authorities, the pause, changes, and the clock.
fn governance(error: E) -> Option<&'static str> {
    Some(match error {
        E::UnknownRole => "name admin, guardian or arbiter",
        E::PauseTooLong => "pause for 1 to 604,800 seconds",
        E::NotPaused => "leave it: the entrances are open",
        E::UnknownEmissionMode => "name mint or reserve",
        E::UnknownFlags => "set only flags that the SDK names",
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
        E::DraftIncomplete => "write the missing parts: draft_params with the parts that differ",
        E::DraftComplete => "use the draft as it is; another set has another hash, and so another address",
        E::UnknownDraftPart => "number the parts from 0, 512 bytes each",
        E::DraftKept => "use the draft, or wait until 45 days have passed since it was complete",
        E::NotTheAuthor => "sign as the author that the draft names, or draft the set yourself",
        E::TreasuryStepExceeded => "pay at most treasury_step in an epoch; the rest in a later one",
        E::NoOutage => "wait: only 30 minutes or more over 600 ms a slot count",
        E::ClockHasGained => "record the outage once it is long enough, or wait until the slots have caught up",
        E::OutageLimitReached => "wait until a week after the first outage that counts",
        _ => return None,
    })
}

/// Parameters beyond a bound. The command line adds which of them, and its value.
fn bounds(error: E) -> Option<&'static str> {
    Some(match error {
        E::EpochLengthOutOfBounds => "set epoch_secs to 21,600 to 2,592,000",
        E::WindowsExceedEpoch => "set weigh_secs to at least 600, and let it and reveal_secs fit into epoch_secs",
        E::VestingTooShort => "raise vesting_epochs, to 7 at most, or shorten longest_job_secs and challenge_secs",
        E::ChallengeTooLong => "set challenge_secs to at most six times epoch_secs",
        E::UnbondingTooShort => {
            "set unbonding_secs to at least longest_job_secs, challenge_secs, an hour and epoch_secs together, and to longest_vote_secs and two days"
        }
        E::OwnUnbondingTooShort => {
            "add longest_dispute_secs and the longest deferral of a severity with its installments to what unbonding_secs must cover, and set own_unbonding_secs to at least that"
        }
        E::MinimumTooSmall => "set minimum_delegation and minimum_self_stake to at least 1,048,576",
        E::LeverageOutOfBounds => "set leverage to 1 to 64",
        E::ShareCapOutOfBounds => "set share_cap_ppm to 10,000 to 1,000,000",
        E::TierOutOfBounds => {
            "set the first tier_bps to 10,000, the others to 1 to 15,000, and tier_stake_bps to at most 10,000,000"
        }
        E::LongestVoteOutOfBounds => "set longest_vote_secs to at most 3,888,000; 0 gives stake no voice",
        E::PlaceHoldOutOfBounds => "set place_hold_epochs to 1 to 365",
        E::KeeperShareTooLarge => "set keeper_share_ppm to at most 150,000",
        E::BountyTooLarge => "set bounties below 2^60 base units, and job_bounty below 1,000,000",
        E::ActivationBountyTooLarge => "set activation_bounty below 2^60 base units",
        E::EmissionTooLarge => "set emission_per_epoch to at most max_supply, and year_cap below 2^60 base units",
        E::EmissionRateOutOfBounds => {
            "set rates to at most 1,000,000,000,000 ppt, and initial_rate_ppt from rate_floor_ppt to rate_ceiling_ppt"
        }
        E::StakeTargetOutOfBounds => {
            "set stake_target_ppm to 10,000 to 1,000,000, and response_secs to 2,592,000 to 315,360,000"
        }
        E::FeePartTooLarge => "set fee_part_ppm to at most 1,000,000",
        E::TreasuryRulesOutOfBounds => {
            "set treasury_share_ppm to at most 200,000, treasury_cap and treasury_step below 2^60 base units"
        }
        E::UnknownEmissionLaw => "set law to 0 for a fixed emission, or to 1 for one that follows the stake",
        E::JobTimesOutOfBounds => "set longest_job_secs and challenge_secs to 1 to 31,536,000",
        E::UnknownMetricSource => "name attested, dispute-record, heartbeat or units",
        E::UnitsOutOfBounds => "leave one metric of units, with weight 0, and give the whole weight to others",
        E::WorkPayOutOfBounds => {
            "set burn_back_ppm to at most 900,000, work_share_ppm to at most 300,000, unit_stake and unit_burn to at least 1"
        }
        E::WashingGains => "raise units_baseline or unit_burn, or lower work_share_ppm or burn_back_ppm",
        E::MetricOutOfBounds => "set the gate to at most 10,000, and to 0 where the metric has no weight",
        E::ScoreOutOfBounds => {
            "set parts and reputations to at most 1,000,000, and attester_tolerance_bps to at most 10,000"
        }
        E::AttesterBondOutOfBounds => {
            "set attester_fine to at most attester_bond, and where attesters report that to at least 16,777,216"
        }
        E::PlaceCapOutOfBounds => {
            "set least_places to at most most_places, that to 1 to 4,096 where there is a cap, and headroom_bps of a dynamic one to 10,000 to 100,000"
        }
        E::MinimumCeilingOutOfBounds => {
            "set minimum_stake_ceiling to at least minimum_self_stake, and minimum_supply_ppm to at most 1,000,000"
        }
        E::SlashRulesOutOfBounds => "begin with presets::DISPUTES, and change one rule at a time within its bounds",
        _ => return None,
    })
}
