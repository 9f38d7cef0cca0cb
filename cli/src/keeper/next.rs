//! What is due next, and when. The plan itself is asked about later times, so that no deadline is known
//! twice.

use {
    super::{Batches, Snapshot, disputes::waits_until_ts, plan, step::Step},
    std::collections::{BTreeMap, BTreeSet},
    work_token_sdk::{Pubkey, state::Dispute},
};

/// Slots in two seconds.
const SLOTS_IN_TWO_SECS: i64 = 5;
/// A seed can be captured for about so long: 512 slots.
const SEED_SECS: i64 = 512 * 2 / SLOTS_IN_TWO_SECS;

/// Something that will be due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The crank's name.
    pub what: &'static str,
    /// The epoch that it is about.
    pub epoch: u32,
    /// The thing that it is about, if it is one.
    pub about: Option<Pubkey>,
    /// When. An outage that is recorded later moves it. Unix seconds.
    pub at_ts: i64,
    /// It is lost if it is not done by then; `None` where later will do. Unix seconds.
    pub until_ts: Option<i64>,
}

type Due = BTreeMap<&'static str, (u32, Option<Pubkey>)>;

impl Snapshot {
    /// The first of each kind of step that is not due now, until the next epoch begins; the earliest first.
    pub fn upcoming(&mut self, batches: Batches) -> Vec<Next> {
        let (slot, now_ts) = (self.slot, self.now_ts);
        let epoch = self.network.epoch_at(now_ts);
        let begins_at_ts = self.network.clock().starts_at_ts(epoch.next());
        let end_ts = begins_at_ts.unwrap_or_else(|| now_ts.saturating_add(i64::from(self.network.epoch_secs)));
        let mut search = Search { found: Vec::new(), known: BTreeSet::new() };
        let (now, end) = (self.due_at(now_ts, batches), self.due_at(end_ts.max(now_ts), batches));
        search.known.extend(now.keys());
        let mut at = |ts| {
            (self.slot, self.now_ts) = (slot, now_ts);
            self.due_at(ts, batches)
        };
        search.between(now_ts, end_ts, &end, &mut at);
        (self.slot, self.now_ts) = (slot, now_ts);
        let mut found = search.found;
        found.extend(self.waiting());
        found.sort_by_key(|next| next.at_ts);
        found
    }

    /// The kinds of steps that the plan has at a time.
    fn due_at(&mut self, ts: i64, batches: Batches) -> Due {
        let (slot, now_ts) = (self.slot, self.now_ts);
        let secs = ts.saturating_sub(now_ts);
        self.now_ts = ts;
        self.slot = slot.saturating_add_signed(secs.saturating_mul(SLOTS_IN_TWO_SECS) / 2);
        let steps = plan(self, batches);
        (self.slot, self.now_ts) = (slot, now_ts);
        let mut due = Due::new();
        for Step { epoch, work } in steps {
            due.entry(work.name()).or_insert((epoch, work.about()));
        }
        due
    }

    /// Slashes that wait for the network's limit to refill.
    fn waiting(&self) -> Vec<Next> {
        let wait = |(key, dispute): (&Pubkey, &Dispute)| {
            let at_ts = waits_until_ts(self, dispute)?;
            Some(Next { what: "execute-installment", epoch: self.epoch(), about: Some(*key), at_ts, until_ts: None })
        };
        self.docket.disputes.iter().filter_map(wait).collect()
    }
}

struct Search {
    found: Vec<Next>,
    known: BTreeSet<&'static str>,
}

impl Search {
    /// Finds when each kind that is due at the end becomes so, by halves.
    fn between(&mut self, from_ts: i64, to_ts: i64, end: &Due, at: &mut impl FnMut(i64) -> Due) {
        if end.keys().all(|what| self.known.contains(what)) {
            return;
        }
        if to_ts - from_ts <= 1 {
            for (what, (epoch, about)) in end {
                if self.known.insert(what) {
                    let is_seed = matches!(*what, "beacon" | "capture-seed" | "call-jury");
                    let until_ts = is_seed.then(|| to_ts.saturating_add(SEED_SECS));
                    self.found.push(Next { what, epoch: *epoch, about: *about, at_ts: to_ts, until_ts });
                }
            }
            return;
        }
        let middle_ts = from_ts + (to_ts - from_ts) / 2;
        let middle = at(middle_ts);
        self.between(from_ts, middle_ts, &middle, at);
        self.between(middle_ts, to_ts, end, at);
    }
}
