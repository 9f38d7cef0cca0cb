//! An endpoint on loopback that answers as told.

use {
    serde_json::{Value, json},
    std::sync::{Arc, Mutex},
    work_token_tests::http,
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
        let asked = Asked::default();
        let noted = Arc::clone(&asked);
        let url = http::serve(move |request| {
            let (method, params) = (request["method"].as_str().unwrap_or_default(), &request["params"]);
            noted.lock().expect("no test panicked here").push((method.into(), params.clone()));
            answer(method, params).into()
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
    http::result(&json!({ "id": 0 }), value)
}

/// The body of an answer that was made at a slot.
pub fn at_slot(slot: u64, value: &Value) -> String {
    result(&json!({ "context": { "slot": slot, "apiVersion": "4.2.2" }, "value": value }))
}
