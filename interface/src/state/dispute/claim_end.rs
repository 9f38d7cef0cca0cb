//! How a claim ends: for each ticket that lists it, and for itself where its provider has closed.

use crate::{
    WorkTokenError as E,
    math::Amount,
    state::{Claim, ClaimEntries, Provider, Unbonding, provider::first_number},
};

impl Claim {
    /// Settles what a ticket holds for the claim, and strikes it from the ticket's list: it takes what the
    /// ticket's shares would have lost by the disputes that had joined it when the ticket left, had they
    /// stayed, at most its part (position-settle-1). Returns what burns, and what is the holder's: all that
    /// the claims that are left cannot take.
    /// - Rounds: what the claim takes up.
    /// - Refuses: a claim that the ticket does not list; while one of those disputes has not ended.
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
