//! Refusals that are not the program's own: its framework's, the system program's, the token programs', the
//! runtime's.

use {
    super::{Explanation, Refuser},
    crate::Pubkey,
    solana_instruction_error::InstructionError,
    solana_transaction_error::TransactionError,
    std::borrow::Cow,
};

/// SPL Token and Token-2022.
pub const TOKEN_PROGRAMS: [Pubkey; 2] = [
    Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    Pubkey::from_str_const("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb"),
];

/// The instance of SPL Governance that Realms uses on mainnet.
pub const GOVERNANCE_PROGRAM: Pubkey = Pubkey::from_str_const("GovER5Lthms3bLBqWub97yVrMmEogzX7xNjdXpPPCZZw");

/// Code, name, rule, advice.
pub type Row = (u32, &'static str, &'static str, Option<&'static str>);
type Words = (&'static str, Option<&'static str>);

const ADDRESSES: Option<&str> = Some("build the instruction with this SDK and pass its accounts unchanged");
const SIGN: Option<&str> = Some("sign with every key that the instruction names");
const MORE_SOL: Option<&str> = Some("send it more SOL");
const SPLIT: Option<&str> = Some("split it, or send fewer providers at once");
const CLUSTER: Option<&str> = Some("check the cluster");
const TABLE: Option<&str> = Some("name another lookup table, or none");

const FRAMEWORK: &[Row] = &[
    (2000, "ConstraintMut", "an account that the instruction writes must be passed as writable", ADDRESSES),
    (2001, "ConstraintHasOne", "an account is not the one that another account names", ADDRESSES),
    (2003, "ConstraintRaw", "an account does not meet a condition of the instruction", ADDRESSES),
    (2005, "ConstraintRentExempt", "an account must hold the lamports that its size asks for", MORE_SOL),
    (2007, "ConstraintExecutable", "an account that should be a program is none", ADDRESSES),
    (2011, "ConstraintClose", "an account may not be closed into itself", ADDRESSES),
    (2012, "ConstraintAddress", "an account's address is not the one expected", ADDRESSES),
    (2013, "ConstraintZero", "an account that should be empty holds data", None),
    (2019, "ConstraintSpace", "an account's size is not the one expected", None),
    (2020, "ConstraintAccountIsNone", "an account that the instruction needs was left out", ADDRESSES),
    (
        2040,
        "ConstraintDuplicateMutableAccount",
        "the same account was passed twice where it is written",
        Some("pass different accounts"),
    ),
    (2500, "RequireViolated", "a condition of the instruction does not hold", None),
    (2501, "RequireEqViolated", "two values that must be equal differ", None),
    (2502, "RequireKeysEqViolated", "two addresses that must be equal differ", ADDRESSES),
    (2503, "RequireNeqViolated", "two values that must differ are equal", None),
    (2504, "RequireKeysNeqViolated", "two addresses that must differ are equal", ADDRESSES),
    (2505, "RequireGtViolated", "a value must be greater than another", None),
    (2506, "RequireGteViolated", "a value must be at least another", None),
];

const SYSTEM: &[Row] = &[
    (0, "AccountAlreadyInUse", "an account that should be created exists already", Some("read it instead")),
    (1, "ResultWithNegativeLamports", "an account has too few lamports to pay for rent or a transfer", MORE_SOL),
    (2, "InvalidProgramId", "an account cannot be given to this program", None),
    (3, "InvalidAccountDataLength", "an account cannot have this size", None),
    (4, "MaxSeedLengthExceeded", "a seed of an address is too long", None),
    (5, "AddressWithSeedMismatch", "an address does not follow from its seed", None),
    (6, "NonceNoRecentBlockhashes", "a nonce cannot advance without recent blockhashes", None),
    (7, "NonceBlockhashNotExpired", "a nonce may advance once in a slot", Some("try again in the next slot")),
    (8, "NonceUnexpectedBlockhashValue", "the nonce is not the one that was signed", Some("read it and sign again")),
];

const TOKEN: &[Row] = &[
    (0, "NotRentExempt", "a token account must hold the lamports that its size asks for", MORE_SOL),
    (1, "InsufficientFunds", "the token account holds less than the amount", Some("fill it first, or move less")),
    (2, "InvalidMint", "the mint is not one that exists", None),
    (3, "MintMismatch", "the token account is of another mint", Some("give a token account of the network's mint")),
    (4, "OwnerMismatch", "the signer does not own the token account", Some("sign with its owner")),
    (5, "FixedSupply", "the supply is fixed: nothing can be minted", None),
    (6, "AlreadyInUse", "the account is in use already", Some("use it as it is, or another address")),
    (7, "InvalidNumberOfProvidedSigners", "a token multisig was given a number of signers that is not allowed", None),
    (8, "InvalidNumberOfRequiredSigners", "a token multisig asks for a number of signers that is not allowed", None),
    (9, "UninitializedState", "the token account or mint is not initialised", Some("create it first")),
    (10, "NativeNotSupported", "wrapped SOL is not supported here", None),
    (11, "NonNativeHasBalance", "a token account closes only when it is empty", Some("move its tokens first")),
    (12, "InvalidInstruction", "the token program does not know the instruction", None),
    (13, "InvalidState", "the token account is not in the state that the instruction needs", None),
    (14, "Overflow", "an amount exceeds 64 bits", None),
    (15, "AuthorityTypeNotSupported", "the account has no authority of this kind", None),
    (16, "MintCannotFreeze", "the mint has no freeze authority", None),
    (17, "AccountFrozen", "the token account is frozen", Some("ask the freeze authority, or use another account")),
    (18, "MintDecimalsMismatch", "the decimals are not the mint's", None),
    (19, "NonNativeNotSupported", "only wrapped SOL is supported here", None),
    (20, "ExtensionTypeMismatch", "an extension does not fit those that the account has", None),
];

/// The row of a code.
pub fn found(table: &[Row], refuser: Refuser, code: u32) -> Option<Explanation> {
    let (_, name, rule, advice) = *table.iter().find(|row| row.0 == code)?;
    Some(Explanation { refuser, name: name.into(), code: Some(code), rule: rule.into(), advice })
}

/// A check that the program's framework makes.
pub fn framework(code: u32) -> Option<Explanation> {
    if !(2_000..3_000).contains(&code) {
        return None;
    }
    found(FRAMEWORK, Refuser::Framework, code).or_else(|| Some(unknown(Refuser::Framework, code)))
}

/// An error of the system program.
pub fn system(code: u32) -> Option<Explanation> {
    found(SYSTEM, Refuser::System, code)
}

/// An error of SPL Token or Token-2022.
pub fn token(code: u32) -> Option<Explanation> {
    found(TOKEN, Refuser::Token, code)
}

/// A code that nobody here knows.
pub fn unknown(refuser: Refuser, code: u32) -> Explanation {
    let rule = "this code is not one that the SDK knows; the log may say more";
    Explanation { refuser, name: "unknown code".into(), code: Some(code), rule: rule.into(), advice: None }
}

/// An error with which the runtime, or a program through it, ends an instruction.
pub fn instruction(error: &InstructionError) -> Explanation {
    in_words(Refuser::Runtime, error, account_error(error).or_else(|| other_error(error)))
}

fn account_error(error: &InstructionError) -> Option<Words> {
    use InstructionError as I;
    #[allow(deprecated)]
    Some(match error {
        I::InvalidAccountData => ("an account does not hold what the instruction takes", ADDRESSES),
        I::AccountDataTooSmall => ("an account is too small", ADDRESSES),
        I::InsufficientFunds => ("an account has too few lamports", MORE_SOL),
        I::MissingRequiredSignature => ("a signature is missing", SIGN),
        I::AccountAlreadyInitialized => {
            ("an account is initialised already", Some("read it instead of creating it again"))
        }
        I::UninitializedAccount => ("an account is not initialised", Some("create it first")),
        I::NotEnoughAccountKeys | I::MissingAccount => ("an account is missing", ADDRESSES),
        I::AccountBorrowFailed => ("an account is used twice at once", Some("pass different accounts")),
        I::AccountNotRentExempt => ("an account must hold the lamports that its size asks for", MORE_SOL),
        I::IllegalOwner | I::InvalidAccountOwner => {
            ("an account belongs to another program than the instruction takes", ADDRESSES)
        }
        I::MaxAccountsDataAllocationsExceeded => ("the transaction creates more bytes than allowed", SPLIT),
        I::InvalidRealloc => ("an account cannot grow to this size", None),
        I::Immutable => ("the account cannot be changed", None),
        I::IncorrectAuthority => ("the signer is not the authority", SIGN),
        I::PrivilegeEscalation => {
            ("an account lacks the signature or writability that a called program needs", ADDRESSES)
        }
        I::ReadonlyLamportChange | I::ReadonlyDataModified => {
            ("an account that is written must be passed as writable", ADDRESSES)
        }
        _ => return None,
    })
}

fn other_error(error: &InstructionError) -> Option<Words> {
    use InstructionError as I;
    Some(match error {
        I::InvalidArgument => ("an argument has a value that is not allowed", None),
        I::InvalidInstructionData => (
            "the instruction is unknown or its arguments cannot be read",
            Some("use a release of the SDK that matches the deployed program"),
        ),
        I::IncorrectProgramId => ("another program is expected here", ADDRESSES),
        I::MaxSeedLengthExceeded => ("a seed of an address is too long", None),
        I::InvalidSeeds => {
            ("an address does not follow from its seeds and bump", Some("derive the address and its bump again"))
        }
        I::BorshIoError => ("bytes cannot be read or written", None),
        I::UnsupportedSysvar => ("the chain lacks a system variable that the program reads", CLUSTER),
        I::MaxInstructionTraceLengthExceeded => ("the transaction runs too many instructions", SPLIT),
        I::BuiltinProgramsMustConsumeComputeUnits => ("a built-in program used no compute units", None),
        I::ArithmeticOverflow => ("a result exceeds its type", None),
        I::ComputationalBudgetExceeded | I::ProgramFailedToComplete => (
            "the program did not finish within its compute units",
            Some("ask for a higher compute unit limit, or send fewer providers at once"),
        ),
        I::UnsupportedProgramId | I::AccountNotExecutable => ("the program does not exist on this chain", CLUSTER),
        _ => return None,
    })
}

/// An error with which the chain refuses a whole transaction.
pub fn transaction(error: &TransactionError) -> Explanation {
    in_words(Refuser::Chain, error, transaction_error(error))
}

fn transaction_error(error: &TransactionError) -> Option<Words> {
    use TransactionError as T;
    Some(match error {
        T::AccountNotFound => ("the fee payer does not exist on this chain", Some("send it SOL, or check the cluster")),
        T::ProgramAccountNotFound => ("the program does not exist on this chain", CLUSTER),
        T::InsufficientFundsForFee => ("the fee payer has too few lamports for the fee", MORE_SOL),
        T::InvalidAccountForFee => ("the fee payer must be a plain account of the system program", None),
        T::InsufficientFundsForRent { .. } => {
            ("an account would be left with fewer lamports than its size asks for", MORE_SOL)
        }
        T::AlreadyProcessed => {
            ("the same transaction has landed before", Some("look up its signature instead of sending it again"))
        }
        T::BlockhashNotFound => (
            "the chain does not know the transaction's blockhash: it is too old, or the node lags",
            Some("if it was never sent, sign it again with a recent blockhash"),
        ),
        T::SignatureFailure => {
            ("a signature does not fit the transaction", Some("sign the final transaction, not an earlier form of it"))
        }
        T::MissingSignatureForFee => ("the fee payer has not signed", SIGN),
        T::AccountInUse
        | T::WouldExceedMaxBlockCostLimit
        | T::WouldExceedMaxAccountCostLimit
        | T::WouldExceedAccountDataBlockLimit => (
            "the block has no room left for the transaction",
            Some("send it again, with a higher priority fee if it goes on"),
        ),
        T::AddressLookupTableNotFound | T::InvalidAddressLookupTableOwner | T::InvalidAddressLookupTableData => {
            ("a lookup table that the transaction names is not there, or was closed", TABLE)
        }
        T::InvalidAddressLookupTableIndex => {
            ("what was added to a lookup table can be looked up from the next slot on", Some("send it again"))
        }
        T::TooManyAccountLocks => ("the transaction names too many accounts", SPLIT),
        T::MaxLoadedAccountsDataSizeExceeded => ("the transaction loads more bytes of accounts than allowed", SPLIT),
        _ => return None,
    })
}

/// What has no words of ours keeps the chain's own.
fn in_words<E: std::fmt::Debug + ToString>(refuser: Refuser, error: &E, words: Option<Words>) -> Explanation {
    let name = variant(error);
    let (rule, advice): (Cow<'static, str>, _) = match words {
        Some((rule, advice)) => (rule.into(), advice),
        None => (error.to_string().into(), None),
    };
    Explanation { refuser, name, code: None, rule, advice }
}

/// The name of an enum's variant, without its fields.
fn variant(error: &impl std::fmt::Debug) -> Cow<'static, str> {
    let text = format!("{error:?}");
    let end = text.find([' ', '(', '{']).unwrap_or(text.len());
    text[..end].to_string().into()
}
