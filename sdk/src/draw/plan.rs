//! Which accounts a draw needs, and what it will do with them.

use {
    super::SeatSeed,
    crate::{
        Pubkey, addresses,
        events::SkippedProvider,
        ix::{Candidate, Draw},
        math::{Epoch, WorkTs},
        state::{Assignment, Job, Network, Offer, Provider, SeatState, Terms, Tree, job_flags},
    },
    work_token_interface::WorkTokenError as E,
};

/// A seat to be drawn at a time.
#[derive(Clone, Copy, Debug)]
pub struct DrawAt<'a> {
    /// The network.
    pub network: &'a Network,
    /// The job's address.
    pub job_address: &'a Pubkey,
    /// The job.
    pub job: &'a Job,
    /// The seat.
    pub assignment: &'a Assignment,
    /// The network's tree of the present epoch ([`Network::work_tree`]); `None` while it has adopted none.
    pub tree: Option<&'a Tree>,
    /// The slot.
    pub slot: u64,
    /// The time. Unix seconds.
    pub now_ts: i64,
}

/// What a draw leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawOutcome {
    /// A provider gets the seat. The keeper is paid.
    Drawn {
        /// The provider.
        provider: Pubkey,
        /// It must accept until then. Work time.
        accept_until_work_ts: i64,
    },
    /// Draws are over: any eligible provider may take the seat. The keeper is paid.
    SelfSelection,
    /// The epoch in which the seed was armed is over, or its tree is empty: a new seed is armed, once.
    Rearmed,
    /// The seat is taken from the provider that let its time pass; the seed that was armed again must be
    /// captured before it is drawn.
    Released,
    /// The draw goes on with another call. Without any candidate in the plan there is nothing to send yet:
    /// look this provider up first.
    Continues {
        /// The provider of the next leaf: not known to the lookup, or beyond the most that were asked for.
        next: Pubkey,
    },
}

/// The accounts of a `draw_job`, and what it will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawPlan {
    /// The network's tree of the present epoch.
    pub work_tree: Option<Pubkey>,
    /// The provider that let its time pass: it loses the seat, which is counted.
    pub released: Option<Pubkey>,
    /// The providers of the leaves that are looked at, in order.
    pub candidates: Vec<Candidate>,
    /// Those of them that do not get the seat, and why.
    pub skipped: Vec<SkippedProvider>,
    /// What it leads to.
    pub outcome: DrawOutcome,
}

impl DrawPlan {
    /// For [`crate::ix::draw_job`].
    pub fn accounts(&self) -> Draw<'_> {
        Draw { work_tree: self.work_tree, released: self.released, candidates: &self.candidates }
    }

    /// Whether the transaction brings the draw any further; one that does not is refused.
    pub fn is_useful(&self) -> bool {
        self.released.is_some() || !self.candidates.is_empty() || !matches!(self.outcome, DrawOutcome::Continues { .. })
    }

    /// Whether the keeper is paid for it, while the draw fee lasts.
    pub fn is_paid(&self) -> bool {
        matches!(self.outcome, DrawOutcome::Drawn { .. } | DrawOutcome::SelfSelection)
    }
}

/// The seat as the draw changes it.
struct Books<'a> {
    at: &'a DrawAt<'a>,
    terms: Terms,
    /// As recorded: new deadlines are counted from it.
    work_ts: WorkTs,
    /// As if what is recordable of an outage had been recorded: by this one nobody is late, and by this one a
    /// seat is taken back.
    latest: WorkTs,
    job: Job,
    assignment: Assignment,
    plan: DrawPlan,
}

/// Plans a draw of at most `most` leaves ([`crate::ix::DRAW_BATCH`] fit into a transaction), with the
/// program's own rules on copies of the accounts, so that what is planned is what happens. `lookup` gives a
/// provider and its offer, and `None` for one that is not known yet: the plan then ends before it.
///
/// # Errors
///
/// What the program would refuse the draw with.
pub fn plan_draw<'p>(
    at: &DrawAt,
    most: usize,
    mut lookup: impl FnMut(&Pubkey) -> Option<(&'p Provider, Option<&'p Offer>)>,
) -> Result<DrawPlan, E> {
    let terms = at.network.terms(at.now_ts);
    let adopted = *at.network.work_tree(terms.epoch);
    let mut books = Books {
        at,
        terms,
        work_ts: at.network.work_ts(at.now_ts),
        latest: at.network.work_now(at.slot, at.now_ts),
        job: *at.job,
        assignment: *at.assignment,
        plan: DrawPlan {
            work_tree: (adopted != Pubkey::default()).then_some(adopted),
            released: None,
            candidates: Vec::new(),
            skipped: Vec::new(),
            outcome: DrawOutcome::SelfSelection,
        },
    };
    books.release()?;
    if let Some(outcome) = books.before_the_leaves()? {
        books.plan.outcome = outcome;
        return Ok(books.plan);
    }
    let Some(tree) = books.tree()? else {
        let is_again = books.job.has(job_flags::REARMED);
        books.plan.outcome = if is_again { DrawOutcome::SelfSelection } else { DrawOutcome::Rearmed };
        return Ok(books.plan);
    };
    books.plan.outcome = books.look(tree, most, &mut lookup)?;
    Ok(books.plan)
}

impl<'a> Books<'a> {
    /// Takes the seat from a provider that let its time pass.
    fn release(&mut self) -> Result<(), E> {
        if self.latest.has_reached(self.job.seat_until_work_ts) {
            return Err(E::SeatingHasPassed);
        }
        if !self.assignment.accept_has_passed(self.latest) {
            return self.assignment.require(SeatState::Open, E::SeatNotOpen);
        }
        // Taking it back records the outage first.
        self.work_ts = self.latest;
        self.plan.released = Some(self.assignment.provider);
        self.assignment.reopen(&mut self.job);
        Ok(())
    }

    /// What the draw leads to without looking at a leaf, if it does.
    fn before_the_leaves(&self) -> Result<Option<DrawOutcome>, E> {
        let is_released = self.plan.released.is_some();
        if self.assignment.is_self_selected(&self.job) {
            return if is_released { Ok(Some(DrawOutcome::SelfSelection)) } else { Err(E::NothingDrawn) };
        }
        match self.job.require_seeded() {
            Err(_) if is_released => Ok(Some(DrawOutcome::Released)),
            Err(error) => Err(error),
            Ok(()) => Ok(None),
        }
    }

    /// The tree to draw from; `None` when the epoch of the seed is over or has no leaves.
    fn tree(&self) -> Result<Option<&'a Tree>, E> {
        let epoch = self.terms.epoch;
        if epoch != Epoch(self.job.tree_epoch) || self.plan.work_tree.is_none() {
            return Ok(None);
        }
        let tree = self.at.tree.ok_or(E::WrongTree)?;
        Ok((tree.is_of(epoch) && tree.total() > 0).then_some(tree))
    }

    /// Looks at leaf after leaf.
    fn look<'p>(
        &mut self,
        tree: &Tree,
        most: usize,
        lookup: &mut impl FnMut(&Pubkey) -> Option<(&'p Provider, Option<&'p Offer>)>,
    ) -> Result<DrawOutcome, E> {
        loop {
            if self.assignment.is_self_selected(&self.job) {
                return Ok(DrawOutcome::SelfSelection);
            }
            let seed = SeatSeed::of(self.at.job_address, &self.job, self.assignment.seat);
            let next = seed.drawn(tree, self.assignment.leaves).ok_or(E::WrongTree)?.provider;
            let known = if self.plan.candidates.len() < most { lookup(&next) } else { None };
            // An offer that exists must be passed, so a provider without its own is not known yet.
            let known = known.filter(|(provider, offer)| offer.is_some() || !provider.has_offer());
            let Some((provider, offer)) = known else { return Ok(DrawOutcome::Continues { next }) };
            if let Some(outcome) = self.look_at(next, provider, offer.filter(|_| provider.has_offer())) {
                return Ok(outcome);
            }
        }
    }

    fn look_at(&mut self, key: Pubkey, provider: &Provider, offer: Option<&Offer>) -> Option<DrawOutcome> {
        let mut provider = *provider;
        provider.touch(self.at.network, &self.terms);
        if self.plan.released == Some(key) {
            provider.release(self.at.assignment);
        }
        let offers = provider.has_offer().then(|| addresses::offer(&key));
        self.plan.candidates.push(Candidate { provider: key, offer: offers });
        let (at, now) = (self.at, (&self.terms, self.work_ts));
        let drawn = self.assignment.draw_leaf(&mut self.job, (&key, &mut provider), offer, at.network, now);
        let Err(reason) = drawn else {
            let accept_until_work_ts = self.assignment.accept_until_work_ts;
            return Some(DrawOutcome::Drawn { provider: key, accept_until_work_ts });
        };
        self.plan.skipped.push(SkippedProvider { provider: key, reason: reason as u8 });
        None
    }
}
