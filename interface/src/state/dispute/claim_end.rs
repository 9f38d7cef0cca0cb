//! How a claim ends: for each ticket that lists it, and for itself where its provider has closed.

use crate::{
    WorkTokenError as E,
    math::Amount,
    state::{Claim, ClaimEntries, Provider, Unbonding, provider::first_number},
};

impl Claim {
    /// Settles what a ticket holds for the claim: it is struck from the ticket's list. Returns what burns,
    /// and what is the holder's. Rounds up what burns.
    ///
    /// Refuses: a claim that the ticket does not list; while one of the ticket's disputes has not ended.
    #[inline(always)]
    pub fn strike(
        &self,
        entries: &ClaimEntries,
        ticket: &mut Unbonding,
        provider: &Provider,
    ) -> Result<(Amount, Amount), E> {
        let place = ticket.place_of(self.number).ok_or(E::WrongTicketList)?;
        let charged = self.charged(entries, ticket, place, provider.joined_claim(self.number))?;
        Ok(ticket.strike(place, charged))
    }

    /// Whether its provider has closed, so that nobody is charged by it any more: the address is empty, or
    /// belongs to another registration, whose claims have higher numbers.
    pub fn is_orphan(&self, provider: Option<&Provider>) -> bool {
        provider.is_none_or(|provider| self.number <= first_number(provider.registered_epoch))
    }
}
