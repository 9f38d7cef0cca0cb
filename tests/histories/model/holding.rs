//! The shares of one holder, and from when on they earn.

use {super::exact::whole, num_rational::BigRational};

/// Shares that one delegator has behind one provider, and what they earned.
#[derive(Clone, Debug)]
pub struct Holding {
    /// Shares that count in every unsettled epoch.
    pub active: u64,
    /// Shares that count from an epoch on, the older first; at most two kinds wait at a time.
    pub lots: Vec<(u32, u64)>,
    /// Earned, exactly.
    pub earned: BigRational,
    /// Paid out, restaked, or paid for an activation.
    pub claimed: u64,
    /// How often something was rounded down.
    pub roundings: u64,
    /// Came back after the rings had forgotten something: earns less than the model knows.
    pub lossy: bool,
    /// Generations of the pool that ended since it last came.
    pub wipes: u32,
    /// Activation of the oldest lot that ended with its generation and has not been harvested.
    pub ended_lot: Option<u32>,
}

impl Default for Holding {
    fn default() -> Self {
        Self {
            active: 0,
            lots: Vec::new(),
            earned: whole(0),
            claimed: 0,
            roundings: 0,
            lossy: false,
            wipes: 0,
            ended_lot: None,
        }
    }
}

impl Holding {
    pub fn counted(&self, epoch: u32) -> u64 {
        self.active + self.lots.iter().filter(|lot| lot.0 <= epoch).map(|lot| lot.1).sum::<u64>()
    }

    pub fn harvest(&mut self, unsettled: u32) {
        self.roundings += 3;
        self.lossy |= self.has_waited(unsettled);
        (self.wipes, self.ended_lot) = (0, None);
        while let Some((_, shares)) = self.lots.first().copied().filter(|lot| lot.0 <= unsettled) {
            self.active += shares;
            self.lots.remove(0);
        }
    }

    /// Whether the rings have forgotten where one of its lots began, or where its generation ended.
    pub fn has_waited(&self, unsettled: u32) -> bool {
        let oldest = self.ended_lot.into_iter().chain(self.lots.iter().map(|lot| lot.0)).min();
        self.wipes > 4 || oldest.is_some_and(|activation| activation + 15 < unsettled)
    }

    pub fn add(&mut self, activation: u32, shares: u64) {
        if let Some(lot) = self.lots.iter_mut().find(|lot| lot.0 == activation) {
            lot.1 += shares;
        } else if self.lots.len() < 2 {
            self.lots.push((activation, shares));
        } else {
            // A third one joins the newer, which gives up the epochs between.
            self.lots[1] = (activation, self.lots[1].1 + shares);
        }
    }

    pub fn take(&mut self, mut shares: u64) {
        while let Some(lot) = self.lots.last_mut().filter(|_| shares > 0) {
            let part = lot.1.min(shares);
            lot.1 -= part;
            shares -= part;
            if lot.1 > 0 {
                return;
            }
            self.lots.pop();
        }
        self.active -= shares;
    }
}
