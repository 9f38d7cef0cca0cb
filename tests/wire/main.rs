//! The SDK's client over JSON-RPC: against a real endpoint, and against one that fails in every way a
//! transaction's fate depends on.

mod endpoint;
mod fate;
mod life;
mod scripted;
mod surfnet;
