//! What the program would accept of the arbiter and of who executes, tried on copies.

use {
    super::Books,
    crate::{math::dispute::MAX_SEVERITY, state::dispute::Executed},
};

/// What the arbiter may rule now.
pub(super) fn rulings(books: &Books) -> Vec<u8> {
    let now = (books.now_ts, books.work_ts());
    let may_rule = |severity: &u8| {
        let (mut dispute, mut provider) = (books.dispute, books.provider);
        dispute.take_ruling(&mut provider, &books.network, *severity, now).is_ok()
    };
    (0..=MAX_SEVERITY).filter(may_rule).collect()
}

/// What executing what is due would do now; `None` where it is refused.
pub(super) fn execute_now(books: &Books) -> Option<Executed> {
    let (mut network, mut provider, mut dispute) = (books.network, books.provider, books.dispute);
    let now = (books.now_ts, books.now(), books.work_ts());
    dispute.execute_installment(&mut network, &mut provider, now, true).ok()
}
