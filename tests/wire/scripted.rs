//! An endpoint on loopback that answers as told.

use {
    serde_json::{Value, json},
    std::{
        io::{BufRead, BufReader, Read, Write},
        net::{TcpListener, TcpStream},
        sync::{Arc, Mutex},
        thread,
    },
};

type Asked = Arc<Mutex<Vec<(String, Value)>>>;

/// An HTTP server for one test; it ends with the process.
pub struct Scripted {
    pub url: String,
    asked: Asked,
}

impl Scripted {
    /// `answer` gives the body for a method and its parameters; `None` closes the connection without an
    /// answer.
    pub fn start(answer: impl Fn(&str, &Value) -> Option<String> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Asked::default();
        let noted = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client may go away in the middle.
                let _ = serve(stream, &noted, &answer);
            }
        });
        Self { url, asked }
    }

    /// The parameters of every request of a method so far.
    pub fn asked(&self, method: &str) -> Vec<Value> {
        let asked = self.asked.lock().expect("the server lives");
        asked.iter().filter(|(name, _)| name == method).map(|(_, params)| params.clone()).collect()
    }
}

/// The body of an answer.
pub fn result(value: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": 0, "result": value }).to_string()
}

/// The body of an answer that was made at a slot.
pub fn at_slot(slot: u64, value: &Value) -> String {
    result(&json!({ "context": { "slot": slot, "apiVersion": "4.2.2" }, "value": value }))
}

fn serve(
    mut stream: TcpStream,
    asked: &Asked,
    answer: &(impl Fn(&str, &Value) -> Option<String> + Send + Sync),
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let request: Value = serde_json::from_slice(&body)?;
    let (method, params) = (request["method"].as_str().unwrap_or_default(), &request["params"]);
    asked.lock().expect("no test panicked here").push((method.into(), params.clone()));
    if let Some(body) = answer(method, params) {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
        write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len())?;
    }
    Ok(())
}
