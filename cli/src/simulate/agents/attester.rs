//! One attester, and what is known of a provider by its medians.

use super::{agent::Kind, setting::ATTESTED};

/// What one that does not measure says of a provider without any median so far.
const FIRST_GUESS_BPS: u16 = 9_000;

/// An attester.
#[derive(Clone, Debug)]
pub struct Attester {
    /// Index of the agent.
    pub owner: usize,
    /// What it does.
    pub kind: Kind,
    /// Its bond: its weight in medians and in pay, and its chance to be drawn.
    pub bond: u64,
    /// Epochs in which it was drawn.
    pub seated: u32,
    /// Epochs in which it was drawn and did not reveal.
    pub missed: u32,
    /// Agreement with the medians so far, 10,000 for each value.
    pub points: u64,
    /// Values that it reported.
    pub reported: u64,
}

/// The medians of a provider so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Published {
    last: [u16; ATTESTED],
    sums: [u64; ATTESTED],
    epochs: u64,
}

impl Published {
    pub fn add(&mut self, medians: [u16; ATTESTED]) {
        self.last = medians;
        for (sum, median) in self.sums.iter_mut().zip(medians) {
            *sum += u64::from(median);
        }
        self.epochs += 1;
    }

    pub fn last(&self, metric: usize) -> u16 {
        if self.epochs == 0 { FIRST_GUESS_BPS } else { self.last[metric] }
    }

    pub fn mean(&self, metric: usize) -> u16 {
        let mean = self.sums[metric].checked_div(self.epochs);
        mean.map_or(FIRST_GUESS_BPS, |mean| u16::try_from(mean).expect("a mean of bps"))
    }
}
