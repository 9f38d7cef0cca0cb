use {super::*, std::collections::BTreeSet};

const TOKEN: &str = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
const SYSTEM: &str = "11111111111111111111111111111111";

fn custom(code: u32, failing: &[&str]) -> Refusal {
    Refusal {
        error: TransactionError::InstructionError(0, InstructionError::Custom(code)),
        logs: failing
            .iter()
            .map(|program| format!("Program {program} failed: custom program error: {code:#x}"))
            .collect(),
    }
}

#[test]
fn every_error_of_the_program_has_a_name_a_message_and_a_code_of_its_own_that_leads_back_to_it() {
    let mut codes = BTreeSet::new();
    let mut names = BTreeSet::new();
    for error in WorkTokenError::ALL.iter().copied() {
        assert!(error.code() >= ERROR_OFFSET && !error.message().is_empty());
        assert!(!error.message().ends_with('.'), "{}", error.name());
        assert!(codes.insert(error.code()) && names.insert(error.name()), "{} appears twice", error.name());
        assert_eq!(WorkTokenError::from_code(error.code()), Some(error));
        let refusal = custom(error.code(), &[&ID.to_string()]);
        assert_eq!(refusal.work_token_error(), Some(error));
        let explanation = refusal.explain();
        assert_eq!((explanation.name.as_ref(), explanation.rule.as_ref()), (error.name(), error.message()));
        assert!(explanation.advice.is_none_or(|advice| !advice.is_empty() && !advice.ends_with('.')));
    }
    let without: Vec<&str> =
        WorkTokenError::ALL.iter().filter(|error| advice(**error).is_none()).map(|error| error.name()).collect();
    assert_eq!(without, [""; 0], "every error says what to do");
}

#[test]
fn every_error_of_the_add_in_says_what_to_do_and_is_none_of_the_programs() {
    let add_in = votes::ID.to_string();
    for error in votes::VotesError::ALL.iter().copied() {
        assert!(error.code() >= 7_000 && votes::VotesError::from_code(error.code()) == Some(error));
        assert_eq!(WorkTokenError::from_code(error.code()), None, "{}", error.name());
        let advice = votes_advice(error);
        assert!(!advice.is_empty() && !advice.ends_with('.'), "{}", error.name());
        let explanation = custom(error.code(), &[&add_in]).explain();
        let told = (explanation.refuser, explanation.name.as_ref(), explanation.rule.as_ref(), explanation.advice);
        assert_eq!(told, (Refuser::Program(votes::ID), error.name(), error.message(), Some(advice)));
    }
    let of_account = custom(WorkTokenError::WrongNetwork.code(), &[&add_in]).explain();
    assert_eq!((of_account.refuser, of_account.name.as_ref()), (Refuser::Program(votes::ID), "WrongNetwork"));
    assert_eq!(of_account.advice, advice(WorkTokenError::WrongNetwork));
}

#[test]
fn the_same_code_means_what_the_program_that_failed_first_means_by_it() {
    let ours = ID.to_string();
    assert_eq!(custom(1, &[TOKEN, &ours]).explain().name, "InsufficientFunds");
    assert_eq!(custom(1, &[SYSTEM, &ours]).explain().name, "ResultWithNegativeLamports");
    assert_eq!(custom(2040, &[&ours]).explain().name, "ConstraintDuplicateMutableAccount");
    assert_eq!(custom(2040, &[]).explain().refuser, Refuser::Framework);
    assert_eq!(custom(6100, &[]).work_token_error(), Some(WorkTokenError::WrongAccountOwner));
}

#[test]
fn a_code_of_another_program_is_never_taken_for_ours() {
    let stranger = Pubkey::new_from_array([7; 32]);
    let refusal = custom(6100, &[&stranger.to_string()]);
    assert_eq!(refusal.work_token_error(), None);
    assert_eq!(refusal.explain().refuser, Refuser::Program(stranger));
}

#[test]
fn every_code_of_the_token_and_system_programs_is_a_sentence() {
    for code in 0..=20 {
        assert!(!custom(code, &[TOKEN]).explain().rule.contains("not one that the SDK knows"), "token {code}");
    }
    for code in 0..=8 {
        assert!(!custom(code, &[SYSTEM]).explain().rule.contains("not one that the SDK knows"), "system {code}");
    }
    assert!(custom(77, &[TOKEN]).to_string().starts_with("the token program refused: unknown code (77)"));
}

#[test]
fn what_the_runtime_and_the_chain_refuse_is_named_and_advised() {
    let missing = Refusal {
        error: TransactionError::InstructionError(2, InstructionError::MissingRequiredSignature),
        logs: Vec::new(),
    };
    assert_eq!(missing.instruction(), Some(2));
    assert_eq!(
        missing.to_string(),
        "the runtime refused: MissingRequiredSignature: a signature is missing; sign with every key that the instruction names",
    );
    let expired = Refusal { error: TransactionError::BlockhashNotFound, logs: Vec::new() };
    assert!(expired.to_string().contains("sign it again with a recent blockhash"));
    let closed = Refusal { error: TransactionError::AddressLookupTableNotFound, logs: Vec::new() };
    assert!(closed.to_string().ends_with("or was closed; name another lookup table, or none"), "{closed}");
    let early = Refusal { error: TransactionError::InvalidAddressLookupTableIndex, logs: Vec::new() };
    assert!(early.to_string().ends_with("from the next slot on; send it again"), "{early}");
    let rent = Refusal { error: TransactionError::InsufficientFundsForRent { account_index: 3 }, logs: Vec::new() };
    assert_eq!(rent.explain().name, "InsufficientFundsForRent");
}
