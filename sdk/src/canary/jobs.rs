//! Canaries that are sent as jobs: which comes next, and how providers answered them.

use {
    super::Canary,
    crate::{
        Pubkey,
        state::{Assignment, Job, SeatState},
    },
    std::collections::{BTreeMap, HashMap},
};

/// How a provider answered what it was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Seats that it accepted, and that have ended or await nothing but their fee.
    pub asked: u32,
    /// Right answers among them; one that never came is wrong.
    pub right: u32,
    /// Seats that it still works on.
    pub pending: u32,
}

impl Answers {
    /// The part that was right, in hundredths of a percent, rounded down; `None` where nothing was asked.
    pub fn bps(&self) -> Option<u16> {
        // At most 10,000.
        (u64::from(self.right) * 10_000).checked_div(u64::from(self.asked)).map(|bps| bps as u16)
    }
}

/// The first of an epoch's tasks that none of the jobs asks yet, in the order of drawing.
pub fn next<'a>(tasks: &'a [Canary], jobs: &[(Pubkey, Job)], epoch: u32) -> Option<&'a Canary> {
    let is_out = |task: &Canary| jobs.iter().any(|(_, job)| asks(job, task, epoch));
    tasks.iter().find(|task| !is_out(task))
}

/// The job of an epoch that asks each task, by the job's address. Where several ask the same one only the
/// first counts: who saw a question can ask it again of whom it likes, and knows the answer.
pub fn asking(tasks: &[Canary], jobs: &[(Pubkey, Job)], epoch: u32) -> HashMap<Pubkey, Canary> {
    let of = |task: &Canary| {
        let first = jobs.iter().filter(|(_, job)| asks(job, task, epoch)).min_by_key(|(_, job)| job.number);
        first.map(|(key, _)| (*key, *task))
    };
    tasks.iter().filter_map(of).collect()
}

fn asks(job: &Job, task: &Canary, epoch: u32) -> bool {
    job.tree_epoch == epoch && job.input_hash == task.question
}

/// How providers answered, from the seats of the jobs that ask. Seats that nobody accepted say nothing of
/// anybody: whom they were drawn for may be away, and everybody else must not be asked for that.
pub fn answers(asking: &HashMap<Pubkey, Canary>, seats: &[Assignment]) -> BTreeMap<Pubkey, Answers> {
    let mut found: BTreeMap<Pubkey, Answers> = BTreeMap::new();
    for seat in seats {
        let Some(task) = asking.get(&seat.job).filter(|_| seat.accepted_work_ts > 0) else { continue };
        let answers = found.entry(seat.provider).or_default();
        match SeatState::from_byte(seat.state) {
            SeatState::Submitted | SeatState::Settled => {
                answers.asked += 1;
                answers.right += u32::from(seat.result_hash == task.answer);
            }
            SeatState::Expired => answers.asked += 1,
            SeatState::Accepted | SeatState::Committed => answers.pending += 1,
            SeatState::Open | SeatState::Drawn | SeatState::Cancelled => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use {super::*, bytemuck::Zeroable};

    const EPOCH: u32 = 4;

    fn key(byte: u8) -> Pubkey {
        Pubkey::new_from_array([byte; 32])
    }

    fn task(byte: u8) -> Canary {
        Canary { question: [byte; 32], answer: [!byte; 32] }
    }

    fn job(number: u64, question: u8) -> (Pubkey, Job) {
        let of = Job { number, input_hash: [question; 32], tree_epoch: EPOCH, ..Job::zeroed() };
        (key(100 + number as u8), of)
    }

    fn seat(number: u8, provider: u8, state: SeatState, result: u8) -> Assignment {
        Assignment {
            job: key(100 + number),
            provider: key(provider),
            state: state as u8,
            accepted_work_ts: 1,
            result_hash: [result; 32],
            ..Assignment::zeroed()
        }
    }

    #[test]
    fn the_next_is_the_first_in_order_that_no_job_of_the_epoch_asks() {
        let tasks = [task(3), task(1), task(2)];
        let mut jobs = vec![job(0, 3)];
        assert_eq!(next(&tasks, &jobs, EPOCH), Some(&task(1)));
        assert_eq!(next(&tasks, &jobs, EPOCH + 1), Some(&task(3)));
        jobs.extend([job(1, 1), job(2, 2)]);
        assert_eq!(next(&tasks, &jobs, EPOCH), None);
    }

    #[test]
    fn of_two_jobs_that_ask_the_same_the_first_counts() {
        let found = asking(&[task(1)], &[job(7, 1), job(3, 1), job(1, 9)], EPOCH);
        assert_eq!(found, HashMap::from([(key(103), task(1))]));
    }

    #[test]
    fn a_right_result_counts_a_wrong_and_a_missing_one_do_not_and_what_was_not_accepted_says_nothing() {
        let asking = asking(&[task(1), task(2), task(3)], &[job(1, 1), job(2, 2), job(3, 3)], EPOCH);
        let unseated = Assignment { accepted_work_ts: 0, ..seat(3, 9, SeatState::Expired, 0) };
        let seats = [
            seat(1, 8, SeatState::Settled, !1),
            seat(2, 8, SeatState::Submitted, 7),
            seat(3, 8, SeatState::Expired, 0),
            seat(1, 7, SeatState::Accepted, 0),
            seat(50, 6, SeatState::Settled, !1),
            unseated,
        ];
        let found = answers(&asking, &seats);
        assert_eq!(found.len(), 2);
        assert_eq!(found[&key(8)], Answers { asked: 3, right: 1, pending: 0 });
        assert_eq!((found[&key(8)].bps(), found[&key(7)].bps()), (Some(3_333), None));
        assert_eq!(found[&key(7)].pending, 1);
    }
}
