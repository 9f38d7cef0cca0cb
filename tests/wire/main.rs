//! The SDK's client over JSON-RPC: against a real endpoint, and against one that fails in every way a
//! transaction's fate depends on.

mod batch;
mod endpoint;
mod fate;
mod life;
mod proxy;
mod scripted;
mod surfnet;
