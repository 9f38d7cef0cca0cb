//! What a client does in a case, blocking and not, and what it comes to.

use {
    crate::{
        node::{Killed, Layer, Node},
        stage::Stage,
    },
    std::{
        panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
        sync::{Arc, Mutex},
        time::Duration,
    },
    work_token_sdk::{
        Client, ClientError, InFlight, Pubkey, Signature, Signer, Transport, TransportError,
        fate::Fate,
        rpc::{AsyncRpcTransport, Clock, RpcOptions, RpcTransport, sender},
        transactions::{Manner, PriorityFee, UnitPrice},
        transport::{Filter, Outcome, RawAccount},
    },
};

/// What a client does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Delegates: simulates, signs, sends, signs anew what is certainly absent.
    Delegate,
    /// The same, paying what `auto` says.
    DelegateDearly,
    /// Sends what was signed before, with a blockhash that the transport does not know.
    Signed,
    /// Sends what spends a durable nonce.
    Nonce,
    /// Reads what a position's view needs, the clock, and every account of the program.
    Read,
    /// Asks what became of a transaction that landed long ago.
    History,
}

/// Every flow.
pub const FLOWS: [Flow; 6] =
    [Flow::Delegate, Flow::DelegateDearly, Flow::Signed, Flow::Nonce, Flow::Read, Flow::History];

/// How a flow ended, so far as the client can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Landed(Signature),
    Refused,
    Absent,
    Unknown,
    /// Nothing was sent, or nothing could be read.
    NotSent(&'static str),
    Read,
}

/// What was done in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub end: End,
    /// What was kept of every transaction before it was sent.
    pub noted: Vec<InFlight>,
    pub took: Duration,
    pub requests: u32,
    pub trace: Vec<String>,
    pub killed: bool,
}

/// Which client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Blocking,
    Async,
}

/// The options of every case, the defaults of the SDK.
pub fn options() -> RpcOptions {
    RpcOptions::default()
}

fn layered(node: &Arc<Node>) -> impl solana_rpc_client::rpc_sender::RpcSender + Send + Sync + 'static {
    let layer: Arc<dyn reqwest_middleware::Middleware> = Arc::new(Layer(Arc::clone(node)));
    sender("http://node.invalid", options().timeout, [layer])
}

fn end_of(answer: Result<Outcome, ClientError>) -> End {
    match answer {
        Ok(outcome) => End::Landed(outcome.signature),
        Err(ClientError::Transport(error)) => match error {
            TransportError::Refused(_) => End::Refused,
            TransportError::Absent { .. } => End::Absent,
            TransportError::Unknown { .. } => End::Unknown,
            TransportError::Unreachable(_) => End::NotSent("unreachable"),
            TransportError::Denied(_) => End::NotSent("denied"),
            TransportError::Malformed(_) => End::NotSent("malformed"),
        },
        Err(other) => panic!("only the transport fails here: {other}"),
    }
}

/// Runs a flow against a node, and after a kill looks at what became of it.
pub fn run(stage: &Stage, node: &Arc<Node>, flow: Flow, face: Face) -> Done {
    let noted = Mutex::new(Vec::new());
    let begun = node.clock.now();
    let ran = catch_unwind(AssertUnwindSafe(|| match face {
        Face::Blocking => blocking(stage, node, flow, &noted),
        Face::Async => not_blocking(stage, node, flow, &noted),
    }));
    let took = node.clock.now() - begun;
    let (end, killed) = match ran {
        Ok(end) => (end, false),
        Err(panic) if panic.is::<Killed>() => (End::Unknown, true),
        Err(panic) => resume_unwind(panic),
    };
    let world = node.world();
    let noted = noted.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    Done { end, noted, took, requests: world.requests, trace: world.trace.clone(), killed }
}

type Noted = Mutex<Vec<InFlight>>;

fn note(noted: &Noted, flight: &InFlight) -> Result<(), ClientError> {
    noted.lock().expect("nobody panics while noting").push(*flight);
    Ok(())
}

const DEAR: PriorityFee = PriorityFee { price: UnitPrice::Auto, max_lamports: 10_000 };

fn blocking(stage: &Stage, node: &Arc<Node>, flow: Flow, noted: &Noted) -> End {
    let chain = transport(node);
    match flow {
        Flow::Delegate | Flow::DelegateDearly => {
            let fee = if flow == Flow::Delegate { PriorityFee::NONE } else { DEAR };
            let client = Client::new(&chain).with_priority_fee(fee);
            end_of(client.send_noted(&[stage.delegate()], stage.key(), &[], |flight| note(noted, flight)))
        }
        Flow::Signed | Flow::Nonce => {
            let transaction = if flow == Flow::Signed { stage.signed() } else { stage.nonced() };
            let sent = chain.in_flight(&transaction).and_then(|flight| {
                noted.lock().expect("nobody panics while noting").push(flight);
                chain.send(&transaction)
            });
            end_of(sent.map_err(ClientError::from))
        }
        Flow::Read => {
            let read = chain.accounts(&stage.keys()).and_then(|accounts| {
                let all = chain.program_accounts(&work_token_sdk::ID, &Filter::default())?;
                Ok((accounts, all, chain.now_ts()?))
            });
            read_end(stage, read)
        }
        Flow::History => {
            let fate = chain.fate(&stage.old_flight());
            stage.assert_signatures(chain.signatures_of(&stage.key().pubkey(), None, 3).ok());
            fate_end(stage, fate)
        }
    }
}

fn not_blocking(stage: &Stage, node: &Arc<Node>, flow: Flow, noted: &Noted) -> End {
    let chain = AsyncRpcTransport::over(layered(node), options(), node.clock.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        match flow {
            Flow::Delegate | Flow::DelegateDearly => {
                let fee = if flow == Flow::Delegate { PriorityFee::NONE } else { DEAR };
                let note = |flight: &InFlight| note(noted, flight);
                let (delegate, manner) = (std::slice::from_ref(stage.delegate_ref()), Manner::from(fee));
                let sending = chain.send_instructions(delegate, stage.key(), &[], &manner, note);
                end_of(must_be_send(sending).await)
            }
            Flow::Signed | Flow::Nonce => {
                let transaction = if flow == Flow::Signed { stage.signed() } else { stage.nonced() };
                let sent = match chain.in_flight(&transaction).await {
                    Ok(flight) => {
                        noted.lock().expect("nobody panics while noting").push(flight);
                        must_be_send(chain.send(&transaction)).await
                    }
                    Err(error) => Err(error),
                };
                end_of(sent.map_err(ClientError::from))
            }
            Flow::Read => {
                let read = async {
                    let accounts = chain.accounts(&stage.keys()).await?;
                    let all = chain.program_accounts(&work_token_sdk::ID, &Filter::default()).await?;
                    Ok((accounts, all, chain.now_ts().await?))
                };
                read_end(stage, read.await)
            }
            Flow::History => {
                let fate = chain.fate(&stage.old_flight()).await;
                stage.assert_signatures(chain.signatures_of(&stage.key().pubkey(), None, 3).await.ok());
                fate_end(stage, fate)
            }
        }
    })
}

/// A task may move between threads.
fn must_be_send<F: Future + Send>(future: F) -> F {
    future
}

type Reading = (Vec<Option<RawAccount>>, Vec<(Pubkey, RawAccount)>, i64);

fn read_end(stage: &Stage, read: Result<Reading, TransportError>) -> End {
    match read {
        Ok((accounts, all, now_ts)) => {
            stage.assert_read(&accounts, &all, now_ts);
            End::Read
        }
        Err(error) => end_of(Err(error.into())),
    }
}

fn fate_end(stage: &Stage, fate: Result<Fate, TransportError>) -> End {
    match fate {
        Ok(Fate::Landed(landed)) if landed.error.is_none() => End::Landed(stage.old_flight().signature),
        Ok(Fate::Landed(_)) => End::Refused,
        Ok(Fate::Absent) => End::Absent,
        Ok(Fate::Unknown(_)) => End::Unknown,
        Err(error) => end_of(Err(error.into())),
    }
}

/// The client that blocks, over a node.
pub fn transport(node: &Arc<Node>) -> RpcTransport {
    RpcTransport::over(layered(node), options(), node.clock.clone())
}

/// What a healthy node says of a transaction, asked anew by another process.
pub fn fate_now(node: &Arc<Node>, flight: &InFlight) -> Fate {
    let chain = transport(node);
    chain.fate(flight).expect("a healthy node answers")
}
