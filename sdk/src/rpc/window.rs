//! Several transactions at a time.

use {
    crate::{
        VersionedTransaction,
        transport::{Outcome, TransportError},
    },
    std::{
        sync::{
            Mutex, PoisonError,
            atomic::{AtomicBool, AtomicUsize, Ordering},
        },
        thread,
    },
};

/// Transactions whose fate is awaited at a time: each is a simulation, a broadcast and a question every 400
/// ms for a second or two, which public nodes bear.
const AT_A_TIME: usize = 16;

/// Sends transactions by `send`, several at a time, in order; after an answer that is no refusal none more is
/// begun. The answers in order, of those that were begun.
pub fn send_all(
    transactions: &[VersionedTransaction],
    send: impl Fn(&VersionedTransaction) -> Result<Outcome, TransportError> + Sync,
) -> Vec<Result<Outcome, TransportError>> {
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let answers = Mutex::new(Vec::with_capacity(transactions.len()));
    let work = || {
        while !stop.load(Ordering::Acquire) {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(transaction) = transactions.get(place) else { return };
            let answer = send(transaction);
            if !matches!(answer, Ok(_) | Err(TransportError::Refused(_))) {
                stop.store(true, Ordering::Release);
            }
            answers.lock().unwrap_or_else(PoisonError::into_inner).push((place, answer));
        }
    };
    thread::scope(|scope| (0..AT_A_TIME.min(transactions.len())).for_each(|_| drop(scope.spawn(work))));
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_by_key(|(place, _)| *place);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use {super::*, crate::errors::Refusal, solana_sdk::transaction::TransactionError, std::time::Duration};

    /// So many transactions, told apart by their first signature.
    fn transactions(count: u8) -> Vec<VersionedTransaction> {
        let numbered =
            |number: u8| VersionedTransaction { signatures: vec![[number; 64].into()], ..Default::default() };
        (0..count).map(numbered).collect()
    }

    fn outcome(transaction: &VersionedTransaction) -> Outcome {
        Outcome { signature: transaction.signatures[0], ..Outcome::default() }
    }

    #[test]
    fn several_are_awaited_at_a_time_and_no_more_and_the_answers_are_in_order() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let sent = transactions(100);
        let answers = send_all(&sent, |transaction| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(2));
            now.fetch_sub(1, Ordering::SeqCst);
            Ok(outcome(transaction))
        });
        assert_eq!(most.into_inner(), AT_A_TIME);
        let signatures: Vec<_> = answers.into_iter().map(|answer| answer.expect("it landed").signature).collect();
        assert_eq!(signatures, sent.iter().map(|transaction| transaction.signatures[0]).collect::<Vec<_>>());
    }

    #[test]
    fn a_refusal_stops_nothing_and_a_node_that_is_gone_stops_what_was_not_begun() {
        let refused = || Refusal { error: TransactionError::AccountInUse, logs: Vec::new() };
        let answers = send_all(&transactions(40), |_| Err(TransportError::Refused(Box::new(refused()))));
        assert_eq!(answers.len(), 40);

        let sent = AtomicUsize::new(0);
        let answers = send_all(&transactions(100), |transaction| match sent.fetch_add(1, Ordering::SeqCst) {
            0..3 => Ok(outcome(transaction)),
            _ => Err(TransportError::Unreachable("gone".into())),
        });
        let landed = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(landed, 3, "what landed is told");
        assert!(answers.len() <= 3 + AT_A_TIME, "{}", answers.len());
    }
}
