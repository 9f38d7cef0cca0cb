//! Which held parts of tickets can be settled, and what of them burns?

use {
    crate::view::{Books, PositionAt, up_to_date},
    crate::{
        accounts::ClaimAccount,
        math::Amount,
        state::{Claim, ClaimEntry, Dispute, Provider, Unbonding, entry_of},
    },
};

/// What `settle_ticket` would do with a ticket now: with all claims that it lists and whose disputes have
/// ended. Base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketSettlement {
    /// The ticket's number.
    pub number: u32,
    /// The claims that can be settled: the input of [`crate::ix::settle_ticket`]. Nothing while a dispute of
    /// each is open.
    pub claims: Vec<u32>,
    /// What they take, which burns.
    pub burned: u64,
    /// What is paid to the holder.
    pub paid: u64,
    /// What stays held, for claims that have not ended.
    pub held: u64,
    /// Claims that are waited for.
    pub waits_for: Vec<u32>,
}

/// What the position's tickets that hold something back could be settled for now. `claims` are the provider's
/// claims that they list; one that is missing is waited for.
pub fn settlements(at: &PositionAt, claims: &[ClaimAccount]) -> Vec<TicketSettlement> {
    let Books { provider, .. } = up_to_date(at);
    let held = at.tickets.iter().filter(|ticket| ticket.is_held());
    held.map(|ticket| settle(&provider, ticket, |number| claims.iter().find(|claim| claim.claim.number == number)))
        .collect()
}

/// Settles a ticket with what is known of its claims, as the program does.
fn settle<'a>(
    provider: &Provider,
    ticket: &Unbonding,
    find: impl Fn(u32) -> Option<&'a ClaimAccount>,
) -> TicketSettlement {
    let mut left = *ticket;
    let (mut burned, mut paid, mut settled) = (Amount::ZERO, Amount::ZERO, Vec::new());
    for number in ticket.claims.map(|listed| listed.number) {
        let Some(found) = find(number) else { continue };
        // Once nothing is held any more the ticket lists nothing.
        let Ok((lost, returned)) = found.claim.strike(&found.entries, &mut left, provider) else { continue };
        burned = burned.saturating_add(lost);
        paid = paid.saturating_add(returned);
        settled.push(number);
    }
    TicketSettlement {
        number: ticket.number,
        claims: settled,
        burned: burned.0,
        paid: paid.0,
        held: left.held,
        waits_for: left.claims.iter().map(|listed| listed.number).filter(|number| *number != 0).collect(),
    }
}

/// The claims as they will be once every dispute has ended that is known: those of `disputes` with what each
/// has executed, the others as if they executed nothing more.
pub(super) fn all_ended<'a>(
    claims: &[ClaimAccount],
    disputes: impl IntoIterator<Item = &'a Dispute>,
) -> Vec<ClaimAccount> {
    let mut ended: Vec<ClaimAccount> = claims.to_vec();
    for dispute in disputes {
        let place = ended.iter().position(|claim| claim.claim.number == dispute.claim).unwrap_or_else(|| {
            let claim = Claim { number: dispute.claim, ..bytemuck::Zeroable::zeroed() };
            ended.push(ClaimAccount { claim, entries: Vec::new() });
            ended.len() - 1
        });
        if dispute.joined > 0 {
            let entry = entry_of(dispute.joined);
            let entries = &mut ended[place].entries;
            if entries.len() <= entry {
                entries.resize(entry + 1, bytemuck::Zeroable::zeroed());
            }
            dispute.tell_entry(&mut entries[entry]);
        }
    }
    for claim in &mut ended {
        claim.claim.open = 0;
        claim.entries.iter_mut().filter(|entry| entry.ended == 0).for_each(|entry: &mut ClaimEntry| entry.ended = 1);
    }
    ended
}

/// What of the position's held parts burns once its claims are as they are given, all of them ended.
pub(super) fn burned_of_held(at: &PositionAt, claims: &[ClaimAccount]) -> u64 {
    settlements(at, claims).iter().map(|ticket| ticket.burned).fold(0, u64::saturating_add)
}
