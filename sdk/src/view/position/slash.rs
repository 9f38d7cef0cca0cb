//! What would this slash cost me, and what do open disputes already claim of mine?

use {
    crate::view::{Books, PositionAt, up_to_date},
    crate::{
        math::{Amount, Bps, Shares, mul_div::mul_div_ceil, slash::Loss, unbonding::part_of_claim},
        state::{PoolKind, Provider, Unbonding},
    },
};

/// How large a slash is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlashSize {
    /// So much of each pool. Base units.
    Amounts(Loss),
    /// This part of the principal of both pools, rounded up; unbonding stake included.
    Part(Bps),
}

/// What a slash would cost a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlashCost {
    /// Taken from the position's pool, from everybody in it together. Base units.
    pub taken_from_pool: u64,
    /// What the shares outside tickets are worth before and after; pending lots included. Base units.
    pub stake_before: u64,
    /// See `stake_before`.
    pub stake_after: u64,
    /// What each ticket loses, in the order given.
    pub tickets: Vec<TicketLoss>,
    /// Whether the pool falls to zero, so that its generation ends.
    pub wipes_pool: bool,
}

/// What a ticket loses. Held parts are liable to the claims they are held for, not to this slash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketLoss {
    /// The ticket's number.
    pub number: u32,
    /// Worth before. Base units.
    pub before: u64,
    /// Worth after. Base units.
    pub after: u64,
}

/// An open claim on a position's pool: of one dispute, or of several that joined it. Together they take no
/// more than it claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimOnMe {
    /// Number of the claim.
    pub claim: u32,
    /// Disputes that have joined it so far. Another one that joins adds to what it claims, not to what
    /// tickets that left before answer for.
    pub joined: u16,
    /// Claimed from the whole pool. Base units.
    pub claimed_from_pool: u64,
    /// The part that the shares outside tickets answer for. Base units.
    pub from_stake: u64,
    /// The part that each ticket answers for and that its withdrawal would leave behind: number, base units.
    pub from_tickets: Vec<(u32, u64)>,
    /// Held back from tickets already paid: number, base units. No longer part of what is claimed from the
    /// pool.
    pub held: Vec<(u32, u64)>,
}

impl SlashCost {
    /// What the position loses, tickets included. Base units.
    pub fn loss(&self) -> u64 {
        let tickets = self.tickets.iter().map(|ticket| ticket.before.saturating_sub(ticket.after));
        tickets.fold(self.stake_before.saturating_sub(self.stake_after), u64::saturating_add)
    }
}

/// What a slash of the provider, executed now, would cost a position.
pub fn slash_cost(at: &PositionAt, size: SlashSize) -> SlashCost {
    let Books { provider, position, .. } = up_to_date(at);
    let kind = position.pool_kind();
    let loss = match size {
        SlashSize::Amounts(loss) => loss,
        SlashSize::Part(part) => Loss {
            own: part_of(&provider, PoolKind::Own, part),
            delegated: part_of(&provider, PoolKind::Delegated, part),
        },
    };
    let mut slashed = provider;
    slashed.slash(PoolKind::Own, loss.own);
    slashed.slash(PoolKind::Delegated, loss.delegated);
    let generation = provider.pool(kind).generation;
    let worth = |provider: &Provider, of_generation: u32, shares: u64| {
        let pool = provider.pool(kind);
        if of_generation == pool.generation { pool.value(Shares(shares)).0 } else { 0 }
    };
    let total = position.total_shares().0;
    let ticket_loss = |ticket: &Unbonding| TicketLoss {
        number: ticket.number,
        before: worth(&provider, ticket.generation, ticket.shares),
        after: worth(&slashed, ticket.generation, ticket.shares),
    };
    SlashCost {
        taken_from_pool: provider.pool(kind).tokens.saturating_sub(slashed.pool(kind).tokens),
        stake_before: worth(&provider, generation, total),
        stake_after: worth(&slashed, generation, total),
        tickets: at.tickets.iter().map(ticket_loss).collect(),
        wipes_pool: slashed.pool(kind).generation != generation,
    }
}

fn part_of(provider: &Provider, kind: PoolKind, part: Bps) -> Amount {
    let tokens = provider.pool(kind).tokens;
    Amount(mul_div_ceil(tokens, u64::from(part.0), Bps::ONE).unwrap_or(tokens).min(tokens))
}

/// What open claims ask of a position: its part of each claim as its withdrawal now would leave it behind,
/// and parts already held.
pub fn open_claims(at: &PositionAt) -> Vec<ClaimOnMe> {
    let Books { provider, position, .. } = up_to_date(at);
    let kind = position.pool_kind();
    let pool = provider.pool(kind);
    let part = |shares: u64, claim: u64| part_of_claim(Shares(shares), Amount(claim), Shares(pool.shares)).0;
    let mut claims: Vec<ClaimOnMe> = Vec::new();
    for reservation in provider.reservations.iter().filter(|reservation| reservation.claim != 0) {
        let claimed = match kind {
            PoolKind::Own => reservation.own,
            PoolKind::Delegated => reservation.delegated,
        };
        let live = at.tickets.iter().filter(|ticket| ticket.shares > 0 && ticket.generation == pool.generation);
        claims.push(ClaimOnMe {
            claim: reservation.claim,
            joined: reservation.joined,
            claimed_from_pool: claimed,
            from_stake: part(position.total_shares().0, claimed),
            from_tickets: live.map(|ticket| (ticket.number, part(ticket.shares, claimed))).collect(),
            held: Vec::new(),
        });
    }
    for ticket in at.tickets {
        for listed in ticket.claims.iter().filter(|listed| listed.number != 0) {
            held_for(&mut claims, listed.number).held.push((ticket.number, listed.part));
        }
    }
    claims
}

/// The entry of a claim; a new one when nothing of the pool is claimed by it any more.
fn held_for(claims: &mut Vec<ClaimOnMe>, number: u32) -> &mut ClaimOnMe {
    let place = claims.iter().position(|claim| claim.claim == number).unwrap_or_else(|| {
        claims.push(ClaimOnMe {
            claim: number,
            joined: 0,
            claimed_from_pool: 0,
            from_stake: 0,
            from_tickets: Vec::new(),
            held: Vec::new(),
        });
        claims.len() - 1
    });
    &mut claims[place]
}
