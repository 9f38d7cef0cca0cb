//! JSON-RPC over HTTP, with every status and header in the hands of the transport: the client beneath would
//! wait by itself when a node asks for that, longer than anybody promised.

use {
    http::Extensions,
    reqwest_middleware::{ClientBuilder, Middleware, Next, Result},
    solana_rpc_client::http_sender::HttpSender,
    solana_rpc_client_api::client_error::reqwest::{
        self, Request, Response, StatusCode,
        header::{HeaderMap, RETRY_AFTER},
    },
    std::{fmt, sync::Arc, time::Duration},
};

/// A node's answer that is no answer: an HTTP status other than success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpStatus {
    /// The status.
    pub code: u16,
    /// How long the node asks to wait.
    pub retry_after: Option<Duration>,
}

impl fmt::Display for HttpStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match StatusCode::from_u16(self.code) {
            Ok(status) => write!(f, "HTTP {status}"),
            Err(_) => write!(f, "HTTP {}", self.code),
        }
    }
}

impl std::error::Error for HttpStatus {}

/// Hands on every status that is no success as an [`HttpStatus`].
struct Statuses;

#[async_trait::async_trait]
impl Middleware for Statuses {
    async fn handle(&self, request: Request, extensions: &mut Extensions, next: Next<'_>) -> Result<Response> {
        let response = next.run(request, extensions).await?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = HttpStatus { code: response.status().as_u16(), retry_after: retry_after(response.headers()) };
        Err(reqwest_middleware::Error::Middleware(status.into()))
    }
}

/// The header's seconds. Its other form, a date, is not used by any node: it would need a clock that agrees.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

/// A sender to a URL that gives up a request after `timeout`. `layers` see every request in their order, and
/// the answers to it: they log or authenticate, or are a whole node in the process.
pub fn sender(url: &str, timeout: Duration, layers: impl IntoIterator<Item = Arc<dyn Middleware>>) -> HttpSender {
    let client = reqwest::Client::builder()
        .default_headers(HttpSender::default_headers())
        .timeout(timeout)
        .pool_idle_timeout(timeout)
        .build()
        .expect("a client without a proxy or certificates of its own can be built");
    let client = layers.into_iter().fold(ClientBuilder::new(client).with(Statuses), ClientBuilder::with_arc);
    HttpSender::new_with_client_with_middleware(url, client.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_read_in_seconds_and_anything_else_is_none() {
        let told = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().unwrap());
            retry_after(&headers)
        };
        assert_eq!(told("0"), Some(Duration::ZERO));
        assert_eq!(told(" 60 "), Some(Duration::from_secs(60)));
        assert_eq!(told("1000000000"), Some(Duration::from_secs(1_000_000_000)));
        for no_number in ["soon", "-1", "1.5", "Wed, 21 Oct 2026 07:28:00 GMT"] {
            assert_eq!(told(no_number), None, "{no_number}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
