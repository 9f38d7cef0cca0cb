//! Votes: whatever people do in the time of a vote, no stake is heard twice in it.

use {
    crate::{op::*, system::*},
    std::collections::BTreeMap,
    work_token_sdk::{
        math::Epoch,
        state::{Provider, VoiceReading},
    },
};

/// As long as any vote lasts, and any record of it stands: longer than what the rules are to hold for.
pub const LONGEST: i64 = 9 * DAY;

/// A vote behind each provider, and after it the next one: everybody votes when it has most.
#[derive(Clone, Debug, Default)]
pub struct Votes(BTreeMap<usize, Vote>);

/// One vote: who voted with how much, and how much stake there was.
#[derive(Clone, Debug, Default)]
struct Vote {
    ends_at: i64,
    /// By position and who held it: what passes to another owner is not heard again.
    cast: BTreeMap<(At, Person), u64>,
    stake: u64,
}

/// What everybody behind a provider votes with at a moment.
pub fn voices(number: usize, provider: &Provider, state: &State) -> Vec<(At, VoiceReading)> {
    let now = (state.now, Epoch(state.epoch()));
    let held = state.positions.range((number, 0)..(number, OWNER));
    held.map(|(at, position)| (*at, provider.position_voice(&state.network, position, now)))
        .chain([((number, OWNER), provider.owner_voice(&state.network, now))])
        .collect()
}

impl Votes {
    /// Everybody votes, and never with more than what was there when the vote began or came since. A token
    /// that left may not come back in the time of a vote, so none is counted twice on this side either.
    pub fn cast(&mut self, before: &State, after: &State) {
        for (number, provider) in after.providers.iter().enumerate() {
            let Some(provider) = provider else {
                self.0.remove(&number);
                continue;
            };
            let stake = provider.own.tokens + provider.delegated.tokens;
            let vote = self.0.entry(number).or_default();
            if after.now >= vote.ends_at {
                *vote = Vote { ends_at: after.now + LONGEST, stake, ..Vote::default() };
            } else {
                let earlier = before.provider(number);
                vote.stake += stake.saturating_sub(earlier.own.tokens + earlier.delegated.tokens);
            }
            let mut now = 0;
            for (at, voice) in voices(number, provider, after) {
                assert!(voice.voiced <= voice.whole, "{at:?} votes with no more than it has");
                let best = vote.cast.entry((at, after.holder(at))).or_default();
                *best = (*best).max(voice.voiced.0);
                now += voice.voiced.0;
            }
            assert!(now <= stake, "at any moment no more votes behind provider {number} than is staked");
            let cast: u64 = vote.cast.values().sum();
            assert!(cast <= vote.stake, "{cast} votes of {} in one vote behind provider {number}", vote.stake);
        }
    }
}
