//! What an answer means that is none: ask again, ask in another way, or give up. Pure: an error of the client
//! goes in, a [`Fault`] comes out.

use {
    super::http::HttpStatus,
    crate::{errors::Refusal, transport::TransportError},
    solana_rpc_client_api::{
        client_error::{Error, ErrorKind},
        custom_error as codes,
        request::{RpcError, RpcResponseErrorData},
    },
    solana_transaction_error::TransactionError,
    std::time::Duration,
};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// This node has not reached the slot that the answer needs; a little later it may, or another node has.
    Behind,
    /// The node cannot answer now, and may say when it can.
    Busy { what: String, retry_after: Option<Duration> },
    /// Nothing came, or broke off.
    Silent(String),
    /// The chain refuses the transaction.
    Refused(Box<Refusal>),
    /// The node never answers this.
    Denied(String),
    /// The node never answers this, unless it is asked for less at once.
    TooMuch(String),
    /// It makes no sense.
    Malformed(String),
}

impl Fault {
    /// A refusal.
    pub fn refused(error: TransactionError, logs: Vec<String>) -> Self {
        Self::Refused(Box::new(Refusal { error, logs }))
    }

    /// Whether asking for less might bring an answer: nodes refuse what is too much in many ways, or answer
    /// for a part of it.
    pub fn may_be_too_much(&self) -> bool {
        matches!(self, Self::TooMuch(_) | Self::Malformed(_))
    }

    /// Whether asking the same again brings the same.
    pub fn is_for_good(&self) -> bool {
        matches!(self, Self::Denied(_) | Self::TooMuch(_))
    }

    /// How long the node asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Busy { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    fn busy(what: String) -> Self {
        Self::Busy { what, retry_after: None }
    }
}

impl From<Fault> for TransportError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Behind => Self::Unreachable("the node is behind another that has answered before".into()),
            Fault::Busy { what, retry_after: Some(pause) } => {
                Self::Unreachable(format!("{what}; it asks to wait for {} s", pause.as_secs()))
            }
            Fault::Busy { what, retry_after: None } | Fault::Silent(what) => Self::Unreachable(what),
            Fault::Refused(refusal) => Self::Refused(refusal),
            Fault::Denied(what) | Fault::TooMuch(what) => Self::Denied(what),
            Fault::Malformed(what) => Self::Malformed(what),
        }
    }
}

/// What an error of the client means. A URL is never repeated: it may contain a key.
impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match *error.kind {
            ErrorKind::TransactionError(error) => Self::refused(error, Vec::new()),
            ErrorKind::RpcError(RpcError::RpcResponseError {
                data: RpcResponseErrorData::SendTransactionPreflightFailure(simulated),
                code,
                message,
            }) => match simulated.err {
                Some(error) => Self::refused(error.into(), simulated.logs.unwrap_or_default()),
                None => of_code(code, &message),
            },
            ErrorKind::RpcError(RpcError::RpcResponseError { code, message, .. }) => of_code(code, &message),
            ErrorKind::RpcError(error) => Self::Malformed(error.to_string()),
            ErrorKind::SerdeJson(error) => Self::Malformed(error.to_string()),
            ErrorKind::Middleware(error) => match error.downcast_ref::<HttpStatus>() {
                Some(status) => of_status(*status),
                None => Self::Silent(error.to_string()),
            },
            ErrorKind::Reqwest(error) => of_transfer(error.without_url()),
            error => Self::Silent(error.to_string()),
        }
    }
}

fn of_transfer(error: solana_rpc_client_api::client_error::reqwest::Error) -> Fault {
    let text = with_causes(&error);
    match error.status() {
        Some(status) => of_status(HttpStatus { code: status.as_u16(), retry_after: None }),
        // A body that breaks off is an answer that did not come; one that is no JSON came.
        None if error.is_decode() && cause_is_json(&error) => Fault::Malformed(text),
        None => Fault::Silent(text),
    }
}

fn of_status(status: HttpStatus) -> Fault {
    let what = format!("the node answers with {status}");
    match status.code {
        // Timeouts, too early, too many; and what a server or the balancer before it says of itself. 501, 505
        // and the like say that it never will.
        408 | 421 | 425 | 429 | 500 | 502 | 503 | 504 | 507 | 509 | 520..=530 | 598 | 599 => {
            Fault::Busy { what, retry_after: status.retry_after }
        }
        400 | 411 | 413 | 414 | 416 | 422 | 431 => Fault::TooMuch(what),
        _ => Fault::Denied(what),
    }
}

fn of_code(code: i64, message: &str) -> Fault {
    let what = format!("the node answers with error {code}: {message}");
    match code {
        codes::JSON_RPC_SERVER_ERROR_MIN_CONTEXT_SLOT_NOT_REACHED => Fault::Behind,
        -32_602 | -32_600 => Fault::TooMuch(what),
        // What stays as it is however often one asks. -32010 is a key that the node does not index.
        -32_700
        | -32_601
        | codes::JSON_RPC_SERVER_ERROR_BLOCK_CLEANED_UP
        | codes::JSON_RPC_SERVER_ERROR_TRANSACTION_SIGNATURE_VERIFICATION_FAILURE
        | codes::JSON_RPC_SERVER_ERROR_TRANSACTION_PRECOMPILE_VERIFICATION_FAILURE
        | codes::JSON_RPC_SERVER_ERROR_SLOT_SKIPPED
        | codes::JSON_RPC_SERVER_ERROR_LONG_TERM_STORAGE_SLOT_SKIPPED
        | codes::JSON_RPC_SERVER_ERROR_KEY_EXCLUDED_FROM_SECONDARY_INDEX
        | codes::JSON_RPC_SERVER_ERROR_TRANSACTION_HISTORY_NOT_AVAILABLE
        | codes::JSON_RPC_SERVER_ERROR_TRANSACTION_SIGNATURE_LEN_MISMATCH
        | codes::JSON_RPC_SERVER_ERROR_UNSUPPORTED_TRANSACTION_VERSION => Fault::Denied(what),
        // The rest of the range is left to servers, which say there what is wrong with them at the moment;
        // some repeat an HTTP status as the code.
        -32_603 | -32_099..=-32_000 | -32_429 => Fault::busy(what),
        100..=599 => of_status(HttpStatus { code: code.unsigned_abs() as u16, retry_after: None }),
        _ => Fault::TooMuch(what),
    }
}

/// An error and what lies beneath it, in one line.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(beneath) = cause {
        text.push_str(": ");
        text.push_str(&beneath.to_string());
        cause = beneath.source();
    }
    text
}

fn cause_is_json(error: &dyn std::error::Error) -> bool {
    let mut cause = error.source();
    while let Some(beneath) = cause {
        if beneath.is::<solana_rpc_client_api::client_error::SerdeJsonError>() {
            return true;
        }
        cause = beneath.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(code: i64) -> Fault {
        let data = RpcResponseErrorData::Empty;
        Error::from(ErrorKind::RpcError(RpcError::RpcResponseError { code, message: "no".into(), data })).into()
    }

    fn status(code: u16) -> Fault {
        let status = HttpStatus { code, retry_after: Some(Duration::from_secs(7)) };
        Error::from(ErrorKind::Middleware(status.into())).into()
    }

    #[test]
    fn what_the_chain_refuses_is_a_refusal() {
        let fault = Fault::from(Error::from(ErrorKind::TransactionError(TransactionError::AlreadyProcessed)));
        assert_eq!(fault, Fault::refused(TransactionError::AlreadyProcessed, Vec::new()));
        let parse = Error::from(ErrorKind::RpcError(RpcError::ParseError("Pubkey".into())));
        assert!(matches!(Fault::from(parse), Fault::Malformed(_)));
    }

    #[test]
    fn a_node_that_is_behind_busy_or_ill_may_answer_later() {
        assert_eq!(answered(-32_016), Fault::Behind);
        for code in [-32_005, -32_004, -32_014, -32_603, -32_012, -32_019, -32_099, -32_429, 429, 503] {
            assert!(matches!(answered(code), Fault::Busy { .. }), "{code}");
        }
        for code in [408, 429, 500, 502, 503, 504, 522] {
            assert_eq!(status(code).retry_after(), Some(Duration::from_secs(7)), "{code}");
        }
    }

    #[test]
    fn what_a_node_never_answers_is_a_failure() {
        for code in [-32_700, -32_601, -32_003, -32_010, -32_011, -32_013, -32_015, 401, 403, 410] {
            assert!(answered(code).is_for_good() && !answered(code).may_be_too_much(), "{code}");
        }
        for code in [300, 401, 402, 403, 404, 405, 410, 451, 501, 505] {
            assert!(status(code).is_for_good() && !status(code).may_be_too_much(), "{code}");
        }
    }

    #[test]
    fn what_may_be_too_much_at_once_is_asked_for_in_parts() {
        for code in [-32_602, -32_600, -1, 7] {
            assert!(answered(code).is_for_good() && answered(code).may_be_too_much(), "{code}");
        }
        for code in [400, 413, 414] {
            assert!(status(code).is_for_good() && status(code).may_be_too_much(), "{code}");
        }
        assert!(!answered(-32_016).may_be_too_much() && !status(503).may_be_too_much());
    }
}
