//! Discriminators: the first 8 bytes of what stands on the wire are the first 8 of sha256 of `global:name`,
//! `account:Name` or `event:Name`. Computed where they are compiled, and pinned by the committed IDL, so that
//! a rename cannot change the wire unseen.

use sha2_const_stable::Sha256;

/// Of an instruction, by its name: `delegate`.
pub const fn of_instruction(name: &str) -> [u8; 8] {
    tag("global:", name)
}

/// Of an account, by its name: `Provider`.
pub const fn of_account(name: &str) -> [u8; 8] {
    tag("account:", name)
}

/// Of an event, by its name: `StakeDeposited`.
pub const fn of_event(name: &str) -> [u8; 8] {
    tag("event:", name)
}

const fn tag(space: &str, name: &str) -> [u8; 8] {
    let hash = Sha256::new().update(space.as_bytes()).update(name.as_bytes()).finalize();
    let [a, b, c, d, e, f, g, h, ..] = hash;
    [a, b, c, d, e, f, g, h]
}
