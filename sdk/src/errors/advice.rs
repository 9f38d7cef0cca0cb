//! What a person can do about each of the program's own refusals, where that is clear.

mod disputes;
mod work;

use work_token_interface::WorkTokenError as E;

/// What to do about a refusal; one sentence without its full stop, `None` where nothing general can be said.
pub fn advice(error: E) -> Option<&'static str> {
    accounts(error)
        .or_else(|| governance(error))
        .or_else(|| stake(error))
        .or_else(|| epochs_and_providers(error))
        .or_else(|| work::advice(error))
        .or_else(|| disputes::advice(error))
}

fn accounts(error: E) -> Option<&'static str> {
    Some(match error {
        E::WrongAccountOwner => {
            "check the address and the cluster: the account may not exist there, or may have been closed"
        }
        E::WrongAccountType | E::WrongNetwork | E::WrongProvider | E::WrongDelegation | E::WrongVault => {
            "derive every address from the same network, provider and holder"
        }
        E::UnsupportedVersion => "use a release of the SDK that matches the deployed program",
        E::AccountNotWritable => "pass every provider of a batch as writable",
        E::WrongMint => "pass the network's mint and token accounts of that mint",
        E::WrongTokenProgram => "pass the token program that the network records: SPL Token or Token-2022",
        E::TokenAccountFrozen => "ask the mint's freeze authority to thaw the account, or use another one",
        E::NotATokenAccount => "create the token account first",
        E::AccountExists => "read the account instead of creating it again",
        E::WrongAddress => "derive the address and its bump again",
        E::NotTheOwner => "sign with the key that holds the position",
        E::VaultAsDestination => "give a token account of a person",
        E::WrongRentReceiver => "pass the payer that the account records",
        E::NotTheTokenOwner => "give the recorded reward destination, or a token account of the signer",
        E::InsufficientFunds => "deposit less, or fill the token account first",
        _ => return None,
    })
}

fn governance(error: E) -> Option<&'static str> {
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
        _ => return None,
    })
}

fn stake(error: E) -> Option<&'static str> {
    Some(match error {
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
        E::NothingToClaim => "wait until an epoch has been settled; anybody may crank it",
        E::PositionNotEmpty => "request, withdraw and claim everything first",
        E::TooEarlyToClose => "let the holder close it, or wait until it has been empty for 30 days",
        E::OwnPositionInUse => "retire the provider first",
        E::LotNotDue => "wait until the epoch before the lot's first has been settled",
        _ => return None,
    })
}

fn epochs_and_providers(error: E) -> Option<&'static str> {
    Some(match error {
        E::EpochNotOpenable => "open one of the eight epochs that ended last",
        E::WeighNotOpen => "wait for the epoch's weigh_from_ts",
        E::AlreadyFinalized => "go on with settling",
        E::TooEarlyToFinalize => "wait for the second that the epoch view says",
        E::NotNextToFinalize => "finalize the network's next epoch first",
        E::NotFinalized => "finalize the epoch first",
        E::TooEarlyToSweep => "wait for the second that the epoch view says",
        E::NotSwept => "sweep the epoch first",
        E::AlreadySwept => "close the epoch to get its rent back",
        E::EmptyBatch => "send the providers in batches of 1 to 24",
        E::NotTheProviderOwner => "sign with the provider's owner",
        E::ProviderRetiring => "choose another provider; exits and claims go on",
        E::CommissionAboveMaximum => "announce at most 5,000 bps",
        E::CommissionStepTooLarge => "announce at most 500 bps more, and the rest after that holds",
        E::ProviderNotEmpty => "let everybody leave, claim and close first",
        E::TooEarlyToCloseProvider => "close it 90 epochs after it retired",
        E::OperatorsOnly => {
            "sign with the operator's key; the one in office when a seat was accepted works on it to the end"
        }
        E::HeartbeatRepeated => "wait for the next sixteenth of the epoch",
        E::MaintenanceTooOften => "wait for the epoch that the work view says",
        E::MaintenanceOutOfBounds => "declare at most a quarter of the epoch, ending with it at the latest",
        E::MaintenanceNotAhead => "let it begin at least an hour from now",
        E::OperatorIsOwner => "give the operator a key of its own",
        _ => return None,
    })
}
