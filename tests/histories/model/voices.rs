//! Positions that begin and end to vote themselves.

use {
    super::{
        books::Model,
        votes::{LONGEST, voices},
    },
    crate::{op::*, system::*},
    work_token_sdk::WorkTokenError as E,
};

impl Model {
    /// Whoever loses a voice loses it at once, and who gets one has it later.
    pub(super) fn set_direct(&mut self, at: At, on: bool, before: &State, after: &State) {
        self.harvest(at);
        let (was, is) = (&before.positions[&at], &after.positions[&at]);
        assert_eq!(after.balances, before.balances, "no token moves");
        let voiced = |state: &State, at: At| {
            let voices = voices(at.0, state.provider(at.0), state);
            voices.iter().find(|(voter, _)| *voter == at).map_or(0, |(_, voice)| voice.voiced.0)
        };
        let owner = (at.0, OWNER);
        match (was.is_direct(), was.is_returning(), on) {
            (false, _, true) => {
                assert!(is.is_direct() && !is.is_returning() && is.voice.from_ts == after.now + LONGEST)
            }
            (true, true, true) => assert!(!is.is_returning() && is.voice.from_ts == after.now + LONGEST),
            (true, false, false) => assert!(is.is_returning() && is.voice.from_ts == after.now + LONGEST),
            (true, true, false) => {
                assert!(!is.is_direct() && after.now >= was.voice.from_ts.max(was.voice.arrived_ts));
            }
            refused => unreachable!("{refused:?} is refused"),
        }
        assert_eq!(voiced(after, at), 0, "its own voice is silent from that moment on");
        if was.is_direct() != is.is_direct() {
            assert_eq!(on, is.is_direct());
        } else {
            assert!(voiced(after, owner) == voiced(before, owner), "the owner's voice is as it was");
        }
        self.directs += 1;
    }
}

/// Whether there was a reason to refuse it.
pub fn refuses(at: At, (on, is_stranger): (bool, bool), error: E, state: &State) -> bool {
    let Some(position) = state.positions.get(&at) else { return error == E::WrongAccountOwner };
    match error {
        E::NotTheOwner => is_stranger && (on || !position.is_returning()),
        E::NotThePool => at.1 == OWNER,
        E::AlreadyDirect => on && position.is_direct() && !position.is_returning(),
        E::NotDirect => !on && !position.is_direct(),
        E::ReturnNotDue => {
            !on && position.is_returning() && state.now < position.voice.from_ts.max(position.voice.arrived_ts)
        }
        _ => false,
    }
}
