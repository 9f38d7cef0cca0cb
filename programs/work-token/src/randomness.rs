//! The network's account of randomness: what it is recognized by, and its value.

use {
    crate::hash::sha256,
    anchor_lang::prelude::*,
    work_token_accounts::checks::{is_owned_by, require_at},
    work_token_interface::{
        WorkTokenError as E, commitments,
        state::{DisputeRules, dispute::RandomValue},
    },
};

/// What the configured account is, and its present value; `None` if the network has none, or it has no usable
/// value.
/// Refuses: another account than the network's, or none if it has one.
#[inline(never)]
pub fn configured(rules: &DisputeRules, account: Option<&AccountView>) -> Result<Option<RandomValue>> {
    if rules.randomness == Address::default() {
        return Ok(None);
    }
    let account = account.ok_or(E::WrongRandomness)?;
    require_at(account.address(), &rules.randomness, E::WrongRandomness)?;
    if !is_owned_by(account, &rules.randomness_owner) {
        return Ok(None);
    }
    Ok(value_of(account, rules.randomness_offset))
}

/// What an account is, and its value at an offset; `None` if it is too short.
#[inline(never)]
pub fn value_of(account: &AccountView, offset: u16) -> Option<RandomValue> {
    let place = offset.to_le_bytes();
    let source = sha256(&commitments::randomness_source(account.address(), account.owner(), &place));
    let data = account.try_borrow().ok()?;
    let value = data.get(usize::from(offset)..).and_then(|rest| rest.first_chunk::<32>())?;
    Some((source, *value))
}
