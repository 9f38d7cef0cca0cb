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
        E::NotTheProposedOwner => "sign with the key that the owner proposed; it sees the proposal in `view::handover`",
        E::HandoverNotDue => "wait until the notice of the proposal is over",
        E::HandoverLapsed => "let the owner propose it again, and wait for its notice",
        E::OwnsItAlready => "propose another key, or the zero address to withdraw the proposal",
        E::NewOwnerInterested => {
            "leave the provider's delegated pool and the attesters first, and wait for the juries; or take another key"
        }
        E::HandoverTermsBroken => "read the provider again: accept what it is now, or leave it",
        E::NotTheProposedBeneficiary => "name the terms as they are proposed now, and sign with the key they are for",
        E::BeneficiaryTermsOutOfBounds => "propose a quota above zero, and an end that lies ahead",
        E::BeneficiaryInForce => "let the present beneficiary sign too, and first be paid what it is owed",
        E::NotTheBeneficiary => "sign with the beneficiary's key",
        E::WrongBeneficiary => "pass the beneficiary's account and the token account that it names",
        E::TooManyOperators => "name one of the four keys again, or none for their classes first",
        _ => return None,
    })
}
