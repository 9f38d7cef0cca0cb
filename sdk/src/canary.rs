//! Canary jobs: tasks whose answers an attester knows, mixed into what it asks of a provider.
//!
//! Which of them an attester asks a provider in an epoch follows from the epoch's seed, which nobody knows
//! before, so that neither can choose: the attester not to favour, the provider not to prepare. The set stays
//! secret; its [`CanarySet::commitment`], published before the epoch, holds the attester to it. Who learns
//! the set later computes the same tasks and the same grade, and so can challenge a report.
//!
//! The attester's account keeps that commitment (`commit_canaries`). A canary that is sent as a job looks
//! like any other, and its provider is drawn only then: [`jobs`] finds what comes next, and grades.

pub mod jobs;

use {
    crate::{Pubkey, math::draw::reduce},
    solana_sha256_hasher::hashv,
    std::collections::HashMap,
    thiserror::Error,
};

/// The hash that draws a task begins with this word.
const TASK_DOMAIN: &[u8] = b"canary";
/// The commitment to a set begins with this word.
const SET_DOMAIN: &[u8] = b"canaries";

/// A task with a known answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Canary {
    /// Hash of the question, as it is asked.
    pub question: [u8; 32],
    /// Hash of the right answer.
    pub answer: [u8; 32],
}

/// The same question stands in a set twice.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the same question stands in the set twice")]
pub struct RepeatedQuestion {
    /// Its hash.
    pub question: [u8; 32],
}

/// Whom an attester asks, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The network.
    pub network: &'a Pubkey,
    /// The epoch.
    pub epoch: u32,
    /// The epoch's seed: `Network::beacon`, once captured.
    pub seed: &'a [u8; 32],
    /// Who asks.
    pub attester: &'a Pubkey,
    /// Who is asked; `None` of jobs, whose providers are drawn once they are sent.
    pub provider: Option<&'a Pubkey>,
}

/// The tasks of an attester, in the order of their questions, however they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanarySet {
    tasks: Vec<Canary>,
}

impl CanarySet {
    /// A set of tasks.
    ///
    /// # Errors
    ///
    /// A question that stands in it twice: it could have two answers.
    pub fn new(mut tasks: Vec<Canary>) -> Result<Self, RepeatedQuestion> {
        tasks.sort_unstable();
        match tasks.windows(2).find(|pair| pair[0].question == pair[1].question) {
            Some(pair) => Err(RepeatedQuestion { question: pair[0].question }),
            None => Ok(Self { tasks }),
        }
    }

    /// The tasks.
    pub fn tasks(&self) -> &[Canary] {
        &self.tasks
    }

    /// What an attester publishes before an epoch, so that it cannot choose its tasks once the seed is known.
    /// The salt keeps them secret.
    pub fn commitment(&self, attester: &Pubkey, salt: &[u8; 32]) -> [u8; 32] {
        let mut parts: Vec<&[u8]> = vec![SET_DOMAIN, crate::ID.as_array(), attester.as_ref()];
        parts.extend(self.tasks.iter().flat_map(|task| [&task.question[..], &task.answer[..]]));
        parts.push(salt);
        hashv(&parts).to_bytes()
    }

    /// The tasks that a provider is asked in an epoch, in the order of asking: `count` of them, or all if
    /// there are fewer, none twice and every choice equally likely.
    pub fn drawn(&self, asked: &Asked, count: usize) -> Vec<Canary> {
        // The first steps of a Fisher-Yates shuffle; only the places that were swapped are kept.
        let mut swapped: HashMap<usize, usize> = HashMap::new();
        (0..count.min(self.tasks.len()))
            .map(|turn| {
                let place = turn + choice(asked, turn, self.tasks.len() - turn);
                let task = swapped.get(&place).copied().unwrap_or(place);
                swapped.insert(place, swapped.get(&turn).copied().unwrap_or(turn));
                self.tasks[task]
            })
            .collect()
    }
}

/// A number below `among`, from the epoch's seed.
fn choice(asked: &Asked, turn: usize, among: usize) -> usize {
    let hash = hashv(&[
        TASK_DOMAIN,
        crate::ID.as_array(),
        asked.network.as_ref(),
        &asked.epoch.to_le_bytes(),
        asked.seed,
        asked.attester.as_ref(),
        asked.provider.map_or(&[], |provider| provider.as_array()),
        &(turn as u64).to_le_bytes(),
    ]);
    // Below `among`, which is a usize.
    reduce(&hash.to_bytes(), among as u64) as usize
}

/// The part of the tasks that were answered rightly, in hundredths of a percent, rounded down; an answer that
/// is missing is wrong. `None` when nothing was asked: then there is nothing to report.
pub fn grade(tasks: &[Canary], answers: &[Option<[u8; 32]>]) -> Option<u16> {
    let right = tasks.iter().zip(answers).filter(|(task, answer)| **answer == Some(task.answer)).count();
    // At most 10,000.
    (right * 10_000).checked_div(tasks.len()).map(|bps| bps as u16)
}

#[cfg(test)]
mod tests {
    use {super::*, std::collections::BTreeSet};

    const NETWORK: Pubkey = Pubkey::new_from_array([1; 32]);
    const ATTESTER: Pubkey = Pubkey::new_from_array([2; 32]);
    const PROVIDER: Pubkey = Pubkey::new_from_array([3; 32]);

    fn asked(seed: &[u8; 32]) -> Asked<'_> {
        Asked { network: &NETWORK, epoch: 4, seed, attester: &ATTESTER, provider: Some(&PROVIDER) }
    }

    fn set(size: u8) -> CanarySet {
        CanarySet::new((0..size).map(|byte| Canary { question: [byte; 32], answer: [!byte; 32] }).collect()).unwrap()
    }

    #[test]
    fn the_tasks_follow_from_the_seed_whatever_the_order_in_which_they_were_given() {
        let mut backwards: Vec<Canary> = set(20).tasks().to_vec();
        backwards.reverse();
        let again = CanarySet::new(backwards).unwrap();
        assert_eq!(set(20).drawn(&asked(&[9; 32]), 6), again.drawn(&asked(&[9; 32]), 6));
        assert_eq!(set(20).commitment(&ATTESTER, &[1; 32]), again.commitment(&ATTESTER, &[1; 32]));
        assert_ne!(set(20).commitment(&ATTESTER, &[1; 32]), set(20).commitment(&ATTESTER, &[2; 32]));
    }

    #[test]
    fn another_seed_epoch_attester_or_provider_is_asked_something_else() {
        let first = set(200).drawn(&asked(&[9; 32]), 6);
        let here = asked(&[9; 32]);
        let others = [
            asked(&[8; 32]),
            Asked { epoch: 5, ..here },
            Asked { network: &PROVIDER, ..here },
            Asked { attester: &PROVIDER, ..here },
            Asked { provider: Some(&ATTESTER), ..here },
            Asked { provider: None, ..here },
        ];
        for other in others {
            assert_ne!(set(200).drawn(&other, 6), first);
        }
    }

    #[test]
    fn no_task_is_asked_twice_and_every_task_is_asked_in_the_end() {
        for count in 0..=13 {
            let drawn = set(12).drawn(&asked(&[9; 32]), count);
            let distinct: BTreeSet<Canary> = drawn.iter().copied().collect();
            assert_eq!((drawn.len(), distinct.len()), (count.min(12), count.min(12)));
        }
        // A longer draw continues a shorter one.
        assert_eq!(set(12).drawn(&asked(&[9; 32]), 8)[..3], set(12).drawn(&asked(&[9; 32]), 3));
    }

    #[test]
    fn every_task_is_about_equally_likely_at_every_turn() {
        let mut seen = [[0u32; 10]; 3];
        for number in 0..5_000u32 {
            let mut seed = [0; 32];
            seed[..4].copy_from_slice(&number.to_le_bytes());
            for (turn, task) in set(10).drawn(&asked(&seed), 3).iter().enumerate() {
                seen[turn][usize::from(task.question[0])] += 1;
            }
        }
        // 500 expected; five standard deviations are about 106.
        assert!(seen.as_flattened().iter().all(|count| (394..=606).contains(count)), "{seen:?}");
    }

    #[test]
    fn a_repeated_question_is_refused() {
        let twice = vec![Canary { question: [1; 32], answer: [2; 32] }, Canary { question: [1; 32], answer: [3; 32] }];
        assert_eq!(CanarySet::new(twice), Err(RepeatedQuestion { question: [1; 32] }));
    }

    #[test]
    fn a_grade_counts_right_answers_rounds_down_and_says_nothing_of_nothing() {
        let tasks = set(3).tasks().to_vec();
        let right: Vec<_> = tasks.iter().map(|task| Some(task.answer)).collect();
        assert_eq!(grade(&tasks, &right), Some(10_000));
        assert_eq!(grade(&tasks, &right[..2]), Some(6_666));
        assert_eq!(grade(&tasks, &[None, Some([0; 32]), right[2]]), Some(3_333));
        assert_eq!(grade(&tasks, &[]), Some(0));
        assert_eq!(grade(&[], &right), None);
    }
}
