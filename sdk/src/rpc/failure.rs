//! What can go wrong between here and the chain, in the words of [`TransportError`].

use {
    crate::{errors::Refusal, transport::TransportError},
    solana_rpc_client_api::{
        client_error::{Error, ErrorKind},
        request::{RpcError, RpcResponseErrorData},
    },
    solana_sdk::transaction::TransactionError,
    std::{thread::sleep, time::Duration},
};

/// The node has not reached the slot that another has answered at.
const BEHIND: i64 = -32_016;
const RETRIES: u32 = 4;
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// A refusal.
pub fn refused(error: TransactionError, logs: Vec<String>) -> TransportError {
    TransportError::Refused(Box::new(Refusal { error, logs }))
}

/// An answer that makes no sense.
pub fn malformed(what: String) -> TransportError {
    TransportError::Malformed(what)
}

/// What an error of the client means. A URL is never repeated: it may contain a key.
pub fn unreachable(error: Error) -> TransportError {
    match *error.kind {
        ErrorKind::TransactionError(error) => refused(error, Vec::new()),
        ErrorKind::RpcError(RpcError::RpcResponseError {
            data: RpcResponseErrorData::SendTransactionPreflightFailure(simulated),
            ..
        }) if simulated.err.is_some() => {
            let logs = simulated.logs.unwrap_or_default();
            simulated
                .err
                .map_or_else(|| malformed("a refusal without a reason".into()), |error| refused(error.into(), logs))
        }
        ErrorKind::RpcError(RpcError::RpcResponseError { code, message, .. }) => {
            TransportError::Unreachable(format!("the node answers with error {code}: {message}"))
        }
        ErrorKind::RpcError(error) => malformed(error.to_string()),
        ErrorKind::SerdeJson(error) => malformed(error.to_string()),
        ErrorKind::Reqwest(error) if error.is_decode() => malformed(with_causes(&error.without_url())),
        ErrorKind::Reqwest(error) => TransportError::Unreachable(with_causes(&error.without_url())),
        error => TransportError::Unreachable(error.to_string()),
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

/// Asks again, a few times and ever more slowly, while a node is only behind another: reads, which have no
/// effect.
pub fn retry<T>(ask: impl Fn() -> Result<T, Error>) -> Result<T, TransportError> {
    let mut pause = FIRST_PAUSE;
    for _ in 0..RETRIES {
        match ask() {
            Err(error) if is_behind(&error) => sleep(pause),
            answer => return answer.map_err(unreachable),
        }
        pause = pause.saturating_mul(2);
    }
    ask().map_err(unreachable)
}

fn is_behind(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::RpcError(RpcError::RpcResponseError { code: BEHIND, .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(code: i64) -> Error {
        ErrorKind::RpcError(RpcError::RpcResponseError {
            code,
            message: "no".into(),
            data: RpcResponseErrorData::Empty,
        })
        .into()
    }

    #[test]
    fn what_the_chain_refuses_is_a_refusal_and_what_a_node_refuses_is_not() {
        let error = unreachable(ErrorKind::TransactionError(TransactionError::AlreadyProcessed).into());
        assert!(
            matches!(error, TransportError::Refused(refusal) if refusal.error == TransactionError::AlreadyProcessed)
        );
        assert!(matches!(unreachable(answered(-32_005)), TransportError::Unreachable(_)));
        let parse = ErrorKind::RpcError(RpcError::ParseError("Pubkey".into()));
        assert!(matches!(unreachable(parse.into()), TransportError::Malformed(_)));
    }

    #[test]
    fn only_a_node_that_is_behind_is_asked_again() {
        let asked = std::cell::Cell::new(0);
        let ask = |code| {
            asked.set(asked.get() + 1);
            if asked.get() < 3 { Err(answered(code)) } else { Ok(7) }
        };
        assert_eq!(retry(|| ask(BEHIND)).unwrap(), 7);
        asked.set(0);
        assert!(retry(|| ask(-32_005)).is_err());
        assert_eq!(asked.get(), 1);
    }
}
