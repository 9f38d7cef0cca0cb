//! A proxy on loopback before a node: what real wires do to bytes, which no fault inside the process can.

use {
    serde_json::Value,
    std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    },
    work_token_tests::http::{self, Answer},
};

/// What happens to a request on its way, or to its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// Nothing.
    Well,
    /// It is lost.
    LostBefore,
    /// The node does what it is asked, and the answer is lost.
    LostAfter,
    /// The answer says that it is compressed, and is not.
    Garbled,
    /// The same, and the node does not see the request.
    GarbledBefore,
    /// The answer breaks off.
    Cut,
    /// The answer comes, a few bytes at a time, within a second or so.
    Slow,
    /// The answer comes so slowly that nobody waits for its end.
    Drip,
    /// The proxy has too much to do.
    Busy,
}

pub const WIRES: [Wire; 9] = [
    Wire::Well,
    Wire::LostBefore,
    Wire::LostAfter,
    Wire::Garbled,
    Wire::GarbledBefore,
    Wire::Cut,
    Wire::Slow,
    Wire::Drip,
    Wire::Busy,
];

/// Starts a proxy; `wire` is told the number of a request and its method. Returns the URL.
pub fn before(node: &str, wire: impl Fn(usize, &str) -> Wire + Send + Sync + 'static) -> String {
    let (node, asked) = (node.to_owned(), AtomicUsize::new(0));
    http::serve(move |request| {
        let method = request["method"].as_str().unwrap_or_default();
        let wire = wire(asked.fetch_add(1, Ordering::SeqCst), method);
        answer(wire, &node, request)
    })
}

fn answer(wire: Wire, node: &str, request: &Value) -> Answer {
    match wire {
        Wire::LostBefore => return Answer::Nothing,
        Wire::GarbledBefore => return garbled(request.to_string()),
        Wire::Busy => {
            let (status, headers) = ("503 Service Unavailable", String::new());
            return Answer::Raw { status, headers, body: b"busy".to_vec(), drip: None };
        }
        _ => {}
    }
    let Ok(body) = http::ask(node, request) else { return Answer::Nothing };
    let dripping = |bytes, pause| Answer::Raw {
        status: "200 OK",
        headers: String::new(),
        body: body.clone().into_bytes(),
        drip: Some((bytes, pause)),
    };
    match wire {
        Wire::LostAfter => Answer::Nothing,
        Wire::Garbled => garbled(body),
        Wire::Cut => Answer::Body(body[..body.len() / 2].to_owned()),
        Wire::Slow => dripping(body.len().div_ceil(4), Duration::from_millis(60)),
        Wire::Drip => dripping(1, Duration::from_millis(400)),
        _ => Answer::Body(body),
    }
}

/// Bytes that begin as gzip begins, and go on as they like.
fn garbled(body: String) -> Answer {
    let body = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], body.as_bytes(), &[0xff; 9]].concat();
    Answer::Raw { status: "200 OK", headers: "content-encoding: gzip\r\n".into(), body, drip: None }
}
