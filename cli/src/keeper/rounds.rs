//! Which steps of a plan may be sent at once: those that are about different things. What changes what a
//! later step is about goes before it.

use {
    super::{Step, Work},
    std::collections::BTreeMap,
    work_token_sdk::Pubkey,
};

/// What steps are about that must follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lane {
    /// One thing with an address.
    Thing(Pubkey),
    /// A shard of an epoch: who is barred, before its reports are counted.
    Shard(u32, u16),
}

/// In which round each step of a plan is sent, from 0 on; the steps of a round need nothing of each other.
pub fn rounds(steps: &[Step]) -> Vec<usize> {
    let mut next: BTreeMap<Lane, usize> = BTreeMap::new();
    let mut scored: BTreeMap<u32, usize> = BTreeMap::new();
    // An outage moves deadlines: everything else follows.
    let first = usize::from(steps.iter().any(|step| step.work == Work::RecordOutage));
    let mut round_of = |step: &Step| {
        if step.work == Work::RecordOutage {
            return 0;
        }
        let mut round = first;
        let lane = lane(step);
        if let Some(lane) = lane {
            round = round.max(next.get(&lane).copied().unwrap_or(0));
        }
        // Whoever is scored is weighed by it.
        if matches!(step.work, Work::Weigh(_)) {
            round = round.max(scored.get(&step.epoch).copied().unwrap_or(0));
        }
        // Those of one shard are scored in any order.
        let after = if matches!(step.work, Work::Score(..)) { round } else { round + 1 };
        if let Some(lane) = lane {
            next.insert(lane, after);
        }
        if matches!(step.work, Work::Score(..)) {
            let scores = scored.entry(step.epoch).or_default();
            *scores = (*scores).max(round + 1);
        }
        round
    };
    steps.iter().map(&mut round_of).collect()
}

fn lane(step: &Step) -> Option<Lane> {
    match &step.work {
        Work::Job(key, _) | Work::Dispute(key, _) => Some(Lane::Thing(*key)),
        work => work.shard().map(|shard| Lane::Shard(step.epoch, shard)),
    }
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::keeper::{DisputeWork, JobStep},
    };

    fn step(epoch: u32, work: Work) -> Step {
        Step { epoch, work }
    }

    fn key(number: u8) -> Pubkey {
        Pubkey::new_from_array([number; 32])
    }

    #[test]
    fn what_is_about_different_things_is_sent_at_once_and_what_needs_another_step_follows_it() {
        let steps = [
            step(7, Work::Mask(0, 1, key(1), key(2))),
            step(7, Work::Mask(0, 2, key(1), key(2))),
            step(7, Work::Mask(1, 1, key(3), key(3))),
            step(7, Work::Score(Some(0), vec![key(1)])),
            step(7, Work::Score(Some(0), vec![key(4)])),
            step(7, Work::Score(Some(1), vec![key(3)])),
            step(7, Work::Weigh(vec![key(1), key(3)])),
            step(6, Work::Weigh(vec![key(1)])),
            step(8, Work::Open),
            step(8, Work::Dispute(key(9), DisputeWork::Advance)),
            step(8, Work::Dispute(key(9), DisputeWork::Distribute)),
            step(8, Work::Dispute(key(8), DisputeWork::Advance)),
            step(8, Work::Job(key(7), JobStep::Stop(0))),
            step(8, Work::Activate(key(6))),
        ];
        assert_eq!(rounds(&steps), [0, 1, 0, 2, 2, 1, 3, 0, 0, 0, 1, 0, 0, 0]);
    }

    #[test]
    fn an_outage_is_recorded_before_anything_else() {
        let steps = [step(3, Work::RecordOutage), step(3, Work::Open), step(2, Work::Sweep)];
        assert_eq!(rounds(&steps), [0, 1, 1]);
    }
}
