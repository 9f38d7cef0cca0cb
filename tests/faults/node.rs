//! A node in the process, behind the client's own HTTP layer: it is handed whole requests and gives whole
//! answers, with what the plan does to them.

use {
    crate::{
        answers::{Replica, answer, sent_in},
        chain::{Chain, blockhash, height, slot_at},
        clock::VirtualClock,
        fault::{Fault, Plan},
        world::World,
    },
    reqwest_middleware::{
        Error, Middleware, Next,
        reqwest::{Request, Response},
    },
    serde_json::{Value, json},
    solana_sdk::transaction::VersionedTransaction,
    std::{
        sync::{Arc, Mutex, MutexGuard, PoisonError},
        time::Duration,
    },
    work_token_sdk::rpc::Clock,
};

/// The process is killed: carried by a panic, because nothing else ends a thread that blocks.
pub struct Killed;

/// A node.
pub struct Node {
    pub world: Mutex<World>,
    pub clock: Arc<VirtualClock>,
}

/// A node as a layer of the HTTP client.
pub struct Layer(pub Arc<Node>);

impl Node {
    pub fn new(chain: Chain, plan: Plan) -> Arc<Self> {
        Arc::new(Self { world: Mutex::new(World::of(chain, plan)), clock: Arc::default() })
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = slot_at(self.clock.now());
        world.chain.turn_to(slot);
        world
    }

    /// The fault of this request, if it has one.
    fn fault(&self, method: &str) -> Option<Fault> {
        let mut world = self.world();
        let of_all = world.requests;
        world.requests += 1;
        world.trace.push(method.to_owned());
        let of_method = world.asked.entry(method.to_owned()).or_default();
        let of_this = *of_method;
        *of_method += 1;
        if world.plan.killed_at == Some(of_all) {
            drop(world);
            std::panic::panic_any(Killed);
        }
        let hit = world.plan.moments.iter().find(|moment| {
            let count = if moment.method.is_some() { of_this } else { of_all };
            moment.method.is_none_or(|named| named == method)
                && (moment.from..moment.from.saturating_add(moment.times)).contains(&count)
        });
        hit.map(|moment| moment.fault)
    }

    /// Takes what is sent. What the node answers is the same whatever becomes of it.
    fn take(&self, transaction: VersionedTransaction, fault: Option<Fault>) {
        let mut world = self.world();
        let signature = transaction.signatures[0];
        if !world.sent.contains(&signature) {
            world.sent.push(signature);
        }
        let tip = world.chain.tip();
        let landing = tip + 1 + world.plan.landing;
        match fault {
            Some(Fault::Swallowed) => {}
            Some(Fault::LandsLate(before)) => {
                let recent = *transaction.message.recent_blockhash();
                let born = (height(tip) - 150..=height(tip)).find(|height| blockhash(*height) == recent);
                let last = Chain::last_valid(born.unwrap_or(height(tip)));
                let slot = (tip..tip + 400).find(|slot| height(*slot) >= last.saturating_sub(before)).unwrap_or(tip);
                world.chain.forward(transaction, slot);
            }
            Some(Fault::Forked(slots)) => world.forks.push((signature, tip, tip + slots)),
            Some(Fault::Twice) => {
                world.chain.forward(transaction.clone(), landing);
                world.chain.forward(transaction, landing + 3);
            }
            _ => world.chain.forward(transaction, landing),
        }
    }

    /// The answer of the replica that gets the request.
    fn truth(&self, method: &str, params: &Value, fault: Option<Fault>) -> Value {
        if method == "sendTransaction" {
            match sent_in(params) {
                Some(transaction) => self.take(transaction, fault),
                None => return json!({ "error": { "code": -32602, "message": "no transaction" } }),
            }
        }
        let world = self.world();
        let replica = Replica::with(fault);
        answer(&world, &replica, method, params)
    }

    async fn serve(&self, request: &Request) -> Result<Response, Error> {
        let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
        let asked: Value = serde_json::from_slice(body).expect("the client asks in JSON");
        let method = asked["method"].as_str().expect("a request has a method").to_owned();
        let params = asked["params"].clone();
        let fault = self.fault(&method);
        let forever = Duration::from_secs(1_000_000);
        match fault {
            Some(Fault::DroppedBefore) => return Err(reset()),
            Some(Fault::HoleBefore) => self.clock.sleep(forever).await,
            Some(Fault::Status(code, retry_after)) => return Ok(http(code, retry_after, String::new())),
            Some(Fault::Code(code)) => {
                return Ok(http(200, None, error(code)));
            }
            Some(Fault::Delay(secs)) => self.clock.sleep(Duration::from_secs(secs)).await,
            _ => {}
        }
        let mut value = self.truth(&method, &params, fault);
        value["jsonrpc"] = json!("2.0");
        value["id"] = asked["id"].clone();
        match fault {
            Some(Fault::DroppedAfter) => return Err(reset()),
            Some(Fault::HoleAfter) => self.clock.sleep(forever).await,
            Some(Fault::StatusAfter(code)) => return Ok(http(code, None, String::new())),
            Some(Fault::CodeAfter(code)) => return Ok(http(200, None, error(code))),
            Some(Fault::Body(text)) => return Ok(http(200, None, text.to_owned())),
            Some(Fault::CutBody) => {
                let text = value.to_string();
                return Ok(http(200, None, text[..text.len() / 2].to_owned()));
            }
            Some(Fault::Garbled) => {
                let bytes = value.to_string().into_bytes().into_iter().map(|byte| byte ^ 0xa5);
                return Ok(http(200, None, bytes.collect::<Vec<u8>>()));
            }
            Some(Fault::Null(name)) => blank(&mut value, name, false),
            Some(Fault::Missing(name)) => blank(&mut value, name, true),
            _ => {}
        }
        Ok(http(200, None, value.to_string()))
    }
}

#[async_trait::async_trait]
impl Middleware for Layer {
    async fn handle(&self, request: Request, _: &mut http::Extensions, _: Next<'_>) -> Result<Response, Error> {
        self.0.serve(&request).await
    }
}

fn reset() -> Error {
    Error::Middleware(std::io::Error::from(std::io::ErrorKind::ConnectionReset).into())
}

fn http(code: u16, retry_after: Option<&str>, body: impl Into<Vec<u8>>) -> Response {
    let mut response = http::Response::builder().status(code).header("content-type", "application/json");
    if let Some(retry_after) = retry_after {
        response = response.header("retry-after", retry_after);
    }
    response.body(body.into()).expect("a status and ASCII headers make a response").into()
}

fn error(code: i64) -> String {
    json!({ "jsonrpc": "2.0", "id": 0, "error": { "code": code, "message": "no" } }).to_string()
}

/// Blanks a field wherever it stands.
fn blank(value: &mut Value, name: &str, remove: bool) {
    match value {
        Value::Object(fields) => {
            if remove {
                fields.remove(name);
            } else if let Some(field) = fields.get_mut(name) {
                *field = Value::Null;
            }
            fields.values_mut().for_each(|field| blank(field, name, remove));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| blank(value, name, remove)),
        _ => {}
    }
}
