//! What is wrong with a document.

use std::fmt;

/// What is wrong, and where.
#[derive(Debug)]
pub struct Fault {
    file: String,
    line: usize,
    what: String,
}

impl Fault {
    pub fn new(file: &str, line: usize, what: String) -> Self {
        Self { file: file.to_owned(), line, what }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}
