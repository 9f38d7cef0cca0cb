//! JSON-RPC over HTTP on loopback, for as long as the process lives: each request on a thread of its own, and
//! answers of which nothing has to be right.

use {
    serde_json::{Value, json},
    std::{
        io::{BufRead, BufReader, Write},
        net::{TcpListener, TcpStream},
        sync::Arc,
        thread,
        time::Duration,
    },
};

/// What a request gets.
pub enum Answer {
    /// The body of a good answer.
    Body(String),
    /// A status, headers each with its line's end, a body, and how many bytes of it go out before each pause.
    Raw { status: &'static str, headers: String, body: Vec<u8>, drip: Option<(usize, Duration)> },
    /// The connection is closed.
    Nothing,
}

impl From<Option<String>> for Answer {
    fn from(body: Option<String>) -> Self {
        body.map_or(Self::Nothing, Self::Body)
    }
}

/// The body of an answer to a request.
pub fn result(request: &Value, result: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }).to_string()
}

/// Serves requests, each as the JSON that it is. Returns the URL.
///
/// # Panics
///
/// Where there is no free port.
pub fn serve(answer: impl Fn(&Value) -> Answer + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            // A client may go away in the middle.
            thread::spawn(move || drop(handle(stream, &*answer)));
        }
    });
    url
}

/// Asks one request and returns the body of the answer.
///
/// # Errors
///
/// Where nobody answers.
pub fn ask(url: &str, request: &Value) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://"))?;
    let body = request.to_string();
    write!(stream, "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n{body}", body.len())?;
    body_of(&mut BufReader::new(stream))
}

/// The body of a message, whose length is said.
fn body_of(reader: &mut impl BufRead) -> std::io::Result<String> {
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
    String::from_utf8(body).map_err(std::io::Error::other)
}

fn handle(mut stream: TcpStream, answer: &impl Fn(&Value) -> Answer) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let request: Value = serde_json::from_str(&body_of(&mut BufReader::new(stream.try_clone()?))?)?;
    let (status, headers, body, drip) = match answer(&request) {
        Answer::Body(body) => ("200 OK", String::new(), body.into_bytes(), None),
        Answer::Raw { status, headers, body, drip } => (status, headers, body, drip),
        Answer::Nothing => return Ok(()),
    };
    let head = "content-type: application/json\r\nconnection: close\r\n";
    write!(stream, "HTTP/1.1 {status}\r\n{head}{headers}content-length: {}\r\n\r\n", body.len())?;
    let (bytes, pause) = drip.unwrap_or((body.len().max(1), Duration::ZERO));
    for part in body.chunks(bytes) {
        stream.write_all(part)?;
        thread::sleep(pause);
    }
    Ok(())
}
