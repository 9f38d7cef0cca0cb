//! The provider's answer, and its counter-bond: one for all of its answered disputes (dispute-answer-1).

use super::Dispute;
use crate::{Address, WorkTokenError as E, math::WorkTs, state::Provider};

/// What an answer did with the provider's counter-bond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What the counter-bond is now. Base units.
    pub held: u64,
    /// The one that was replaced, which returns: whose it was, and how much. Base units.
    pub replaced: Option<(Address, u64)>,
}

impl Dispute {
    /// The least that a counter-bond must be for an answer: the bonds that the challengers' claims required,
    /// and more than the present one if it `replaces` somebody else's.
    pub fn least_counter_bond(&self, provider: &Provider, replaces: bool) -> u64 {
        let required = self.bonds().0;
        if replaces { required.max(provider.counter.bond.saturating_add(1)) } else { required }
    }

    /// The provider is answered for: a jury is called. `bond` adds to the answerer's own counter-bond, or
    /// replaces another's.
    ///
    /// Refuses: after the time to answer; a second answer; to answer by another's counter-bond; too small a
    /// counter-bond, or one that is no larger than the other's that it would replace.
    pub fn answer(
        &mut self,
        provider: &mut Provider,
        answerer: &Address,
        bond: u64,
        work_ts: WorkTs,
    ) -> Result<Answered, E> {
        self.act(work_ts, |dispute, machine| machine.answer(&dispute.clocks(), work_ts.0))?;
        let former = provider.counter.bond;
        let replaces = former > 0 && !solana_address::address_eq(answerer, &provider.counter.bonder);
        if replaces && bond == 0 {
            return Err(E::NotTheBonder);
        }
        let held = if replaces { bond } else { former.checked_add(bond).ok_or(E::ArithmeticOverflow)? };
        if held < self.least_counter_bond(provider, replaces) {
            return Err(E::BondBelowRequired);
        }
        let replaced = replaces.then_some((provider.counter.bonder, former));
        if bond > 0 {
            provider.counter.bonder = *answerer;
        }
        provider.counter.bond = held;
        provider.disputes.answered = provider.disputes.answered.saturating_add(1);
        Ok(Answered { held, replaced })
    }
}

impl Provider {
    /// Takes what disputes have left of the counter-bond.
    ///
    /// Refuses: while an answered dispute is open; when nothing is left.
    pub fn take_counter_bond(&mut self) -> Result<u64, E> {
        if self.disputes.answered > 0 {
            return Err(E::CounterBondHeld);
        }
        if self.counter.bond == 0 {
            return Err(E::NoCredit);
        }
        self.counter.bonder = Address::default();
        Ok(core::mem::take(&mut self.counter.bond))
    }
}
