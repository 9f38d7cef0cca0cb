//! What to do about refusals of what providers set.

use work_token_interface::WorkTokenError as E;

pub(super) fn advice(error: E) -> Option<&'static str> {
    Some(match error {
        E::AlreadyRetired => "leave it: the provider has begun to leave",
        E::NothingToSweep => "leave it: nobody sent the vault more than its books say",
        E::NotTheProviderOwner => "sign with the provider's owner",
        E::ProviderRetiring => "choose another provider; exits and claims go on",
        E::CommissionAboveMaximum => "announce at most 5,000 bps",
        E::CommissionStepTooLarge => "announce at most 500 bps more, and the rest after that holds",
        E::ProviderNotEmpty => "let everybody leave, claim and close first",
        E::TooEarlyToCloseProvider => "close it 90 epochs after it retired",
        E::OperatorsOnly => {
            "sign with the operator's key; the one in office when a seat was accepted works on it to the end"
        }
        E::OperatorIsOwner => "give the operator a key of its own",
        _ => return None,
    })
}
