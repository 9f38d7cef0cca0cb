//! One draw of a seat: the provider that was silent, then leaf after leaf of the tree.

use crate::prelude::*;

use super::escrow::emit_not_done;
use super::seating::{emit_seed, offer_of};
use core::slice::Iter;
use work_token_interface::commitments;

/// One draw of a seat.
pub struct Draw<'a> {
    /// The network; writable where a provider that let its time pass loses the seat.
    pub network: &'a mut Stored<Network>,
    /// Its terms now.
    pub terms: &'a Terms,
    /// The slot.
    pub slot: u64,
    /// Now, in work time.
    pub work_ts: WorkTs,
    /// The tree of the present epoch, if there is one.
    pub work_tree: &'a AccountView,
    /// Providers, in the order of the draw, each followed by its offer if it has one.
    pub candidates: Iter<'a, AccountView>,
    /// Whether a silent provider lost the seat.
    pub released: bool,
    /// The tree's total; zero when none was looked at.
    pub total: u64,
    /// Those that were drawn and may not have the seat.
    pub skipped: Vec<SkippedProvider>,
}

impl Draw<'_> {
    /// Takes the seat from a provider that let its time pass; refuses a seat that is not open then.
    #[inline(always)]
    pub fn release(&mut self, job: &mut Stored<Job>, seat: &mut Stored<Assignment>) -> Result<()> {
        if seat.state == SeatState::Open as u8 { Ok(()) } else { self.take_back(job, seat) }
    }

    #[inline(never)]
    fn take_back(&mut self, job: &mut Stored<Job>, seat: &mut Stored<Assignment>) -> Result<()> {
        if seat.accept_has_passed(self.work_ts) {
            require(self.network.view().is_writable(), E::AccountNotWritable)?;
            self.work_ts = cross(self.network)?.1;
        }
        require(seat.accept_has_passed(self.work_ts), E::SeatNotOpen)?;
        let view = self.candidates.next().ok_or(E::WrongProvider)?;
        require_at_in_place(view.address(), &seat.provider, E::WrongProvider)?;
        let mut provider = Stored::<Provider>::writable(*view)?;
        touch(&mut provider, self.network, self.terms);
        provider.lose_place(seat, self.terms.epoch, SeatOutcome::Passed);
        emit_not_done(job.address(), seat.seat, provider.address(), SeatOutcome::Passed);
        seat.reopen(job);
        self.released = true;
        Ok(())
    }

    /// Looks at the next leaves, or arms the seed again where there are none. Returns whether the draw went
    /// on.
    #[inline(always)]
    pub fn go_on(&mut self, job: &mut Stored<Job>, seat: &mut Stored<Assignment>) -> Result<bool> {
        // Another seat's draw may have armed the seed again: then releasing the seat is all there is to do.
        match job.require_seeded() {
            Err(_) if self.released => return Ok(true),
            seeded => seeded?,
        }
        let Some(tree) = self.tree(job)? else {
            let decided = job.rearm(self.slot, self.terms.epoch);
            emit_seed(job, decided);
            return Ok(true);
        };
        self.total = tree.total();
        let first_leaf = seat.leaves;
        while let Some(view) = self.candidates.next() {
            self.look_at(*view, &tree, job, seat)?;
            if seat.state != SeatState::Open as u8 || seat.is_self_selected(job) {
                break;
            }
        }
        Ok(seat.leaves != first_leaf)
    }

    /// The tree to draw from: that of the present epoch, in which the seed was armed. `None` when that epoch
    /// is over or has no leaves.
    #[inline(always)]
    fn tree(&self, job: &Job) -> Result<Option<Stored<Tree>>> {
        let epoch = self.terms.epoch;
        let adopted = self.network.work_tree(epoch);
        if epoch != Epoch(job.tree_epoch) || address_eq(adopted, &Address::default()) {
            return Ok(None);
        }
        require_at_in_place(self.work_tree.address(), adopted, E::WrongTree)?;
        let tree = Stored::<Tree>::load(*self.work_tree)?;
        Ok((tree.is_of(epoch) && tree.total() > 0).then_some(tree))
    }

    /// Looks at the next leaf: its provider gets the seat, or is skipped.
    #[inline(always)]
    fn look_at(&mut self, view: AccountView, tree: &Tree, job: &mut Stored<Job>, seat: &mut Assignment) -> Result<()> {
        let hash = sha256(&commitments::draw(&job.seed, job.address(), &[seat.seat, seat.leaves]));
        let (_, drawn) = tree.drawn(&hash).ok_or(E::WrongTree)?;
        require_at_in_place(view.address(), drawn, E::WrongDraw)?;
        let mut provider = Stored::<Provider>::writable(view)?;
        touch(&mut provider, self.network, self.terms);
        let offer = offer_of(&provider, || self.candidates.next())?;
        let (drawn, now) = ((view.address(), &mut *provider), (self.terms, self.work_ts));
        if let Err(reason) = seat.draw_leaf(job, drawn, offer.as_deref(), self.network, now) {
            self.skipped.push(SkippedProvider { provider: *view.address(), reason: reason as u8 });
        }
        Ok(())
    }
}
