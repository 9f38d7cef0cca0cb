//! The `work-token` command; everything that it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    work_token_cli::main()
}
