//! Claims: what open disputes hold of a pool, and what tickets that left through them pay.

use {
    super::{
        books::Model,
        claim::{CLOSE_AFTER, Claim, ENTRIES, Listed},
        num::{Kept, ceil, up},
        pool::{Kind, Ticket},
        refuse::{Verdict, require},
    },
    crate::op::At,
    num_bigint::BigUint,
};

impl Model {
    /// The claim that a dispute opened now belongs to, and whether it is a new one.
    pub fn next_claim(&self, provider: usize) -> (u32, bool) {
        let known = &self.providers[provider];
        if known.places.iter().any(Option::is_none) {
            return (known.claims + 1, true);
        }
        let now = self.time.now;
        let takes = |number: &u32| {
            let claim = &self.claims[&(provider, *number)];
            claim.opened < ENTRIES || now < claim.joinable_until
        };
        let open = || known.places.iter().flatten().copied();
        let newest = open().filter(takes).max().or(open().max());
        (newest.expect("four claims are open"), false)
    }

    pub fn open_claim(&mut self, provider: usize) -> u32 {
        let (number, is_new) = self.next_claim(provider);
        let joinable_until = self.time.now + i64::from(self.rules.longest_dispute_secs);
        let known = &mut self.providers[provider];
        if known.places.iter().all(Option::is_none) {
            // Nothing is held: whoever left before answers for nothing.
            known.pools.iter_mut().for_each(|pool| pool.kept = Kept::all());
        }
        if is_new {
            known.claims = number;
            let place = known.places.iter_mut().find(|place| place.is_none()).expect("a place is free");
            *place = Some(number);
            let claim = Claim { joinable_until, is_listed: true, ..Claim::default() };
            self.claims.insert((provider, number), claim);
        }
        let claim = self.claims.get_mut(&(provider, number)).expect("an open claim");
        claim.entries = claim.entries.max(Claim::entry(claim.opened) + 1);
        claim.opened += 1;
        claim.open += 1;
        number
    }

    /// The last dispute of a claim has ended: its place is free.
    pub fn release_claim(&mut self, provider: usize, number: u32) {
        self.claims.get_mut(&(provider, number)).expect("the claim").is_listed = false;
        let places = &mut self.providers[provider].places;
        *places.iter_mut().find(|place| **place == Some(number)).expect("it was listed") = None;
    }

    /// Somebody leaves a pool: each open claim lists its part, rounded up. Returns the sum.
    pub fn depart(&mut self, provider: usize, kind: Kind, ticket: &mut Ticket, (shares, all): (u64, u64)) -> u64 {
        let open: Vec<u32> = self.providers[provider].places.iter().flatten().copied().collect();
        if open.is_empty() {
            return 0;
        }
        let (mut parts, mut listed) = (0, Vec::new());
        for number in open {
            let claim = self.claims.get_mut(&(provider, number)).expect("an open claim");
            let claimed = &mut claim.claimed[kind as usize];
            let part = ceil(shares, *claimed, all).min(*claimed);
            *claimed -= part;
            parts += part;
            if part > 0 {
                let before = claim.joined.iter().map(|joined| joined.executed[kind as usize]).collect();
                listed.push(Listed { number, part, before });
            }
        }
        ticket.weight = self.pool_mut(provider, kind).kept.leave(shares, all);
        ticket.claims = Default::default();
        for (place, claim) in ticket.claims.iter_mut().zip(listed) {
            *place = Some(claim);
        }
        parts
    }

    /// What a ticket's shares would have lost after they left by the disputes that had joined, had they
    /// stayed; and by how much it may be off: one unit for each part in which these were executed.
    fn would_have_lost(&self, at: At, ticket: &Ticket, listed: &Listed) -> (u64, u64) {
        let kind = Kind::of(at) as usize;
        let claim = &self.claims[&(at.0, listed.number)];
        let (mut lost, mut parts) = (BigUint::ZERO, 0);
        for (joined, before) in claim.joined.iter().zip(&listed.before) {
            let executed = joined.certain.unwrap_or(joined.executed)[kind];
            lost += ticket.weight.fine(executed - before, &joined.kept[kind]);
            parts += joined.parts[kind].max(u64::from(joined.certain.is_some()));
        }
        (up(&lost), parts)
    }

    /// Settles some of a ticket's claims, by their places in its list. `found` is what burned in all.
    pub fn settle_ticket(&mut self, at: At, number: u32, places: u8, found: u64) -> Verdict {
        let mut ticket = self.tickets.get(&(at, number)).ok_or("no such ticket")?.clone();
        require(ticket.is_held(), "it holds nothing back")?;
        require(places != 0, "no claim is named")?;
        let (mut least, mut most, mut parts, mut before_last) = (0, 0, 0, 0);
        for place in (0..ticket.claims.len()).filter(|place| places & 1 << place != 0) {
            let listed = ticket.claims[place].clone().ok_or("the ticket does not list it")?;
            let claim = &self.claims[&(at.0, listed.number)];
            require(claim.is_over_for(listed.before.len()), "one of its disputes is open")?;
            let (lost, slack) = self.would_have_lost(at, &ticket, &listed);
            before_last = most;
            least += lost.min(listed.part).saturating_sub(slack);
            // Those that share the last entry are charged by the worst of them.
            let shared = listed.before.len() >= ENTRIES && claim.joined.len() > ENTRIES;
            most += if shared { listed.part } else { (lost + slack).min(listed.part) };
            parts += listed.part;
            ticket.claims[place] = None;
        }
        let held = ticket.held;
        // Where earlier ones of several claims take all that it holds, the last is not listed any more.
        require(found > 0 || least == 0 || before_last < held, "an earlier claim takes all that it holds")?;
        assert!(found <= parts.min(held), "a ticket never pays more than its part");
        assert!(
            (least.min(held)..=most).contains(&found),
            "ticket {number} of {at:?} paid {found} where its shares would have lost {least} to {most}"
        );
        let left: u64 = ticket.claims.iter().flatten().map(|listed| listed.part).sum();
        ticket.held = left.min(held - found);
        let paid = held - found - ticket.held;
        self.providers[at.0].held -= held - ticket.held;
        self.money.stakes[at.0] -= held - ticket.held;
        let holder = self.holder(at);
        self.money.wallets[holder] += paid;
        self.money.burn(found);
        if ticket.held == 0 {
            self.positions.get_mut(&at).ok_or("no such position")?.held -= 1;
            self.tickets.remove(&(at, number));
        } else {
            self.tickets.insert((at, number), ticket);
        }
        Ok(())
    }

    /// A claim shrinks to what tickets are charged by, and closes after its provider.
    pub fn close_claim(&mut self, provider: usize, number: u32) -> Verdict {
        let now = self.time.now;
        let is_gone = !self.providers[provider].exists;
        let claim = self.claims.get_mut(&(provider, number)).ok_or("no such claim")?;
        require(claim.open == 0 && now >= claim.ended_at + CLOSE_AFTER, "it is too early")?;
        if is_gone {
            self.claims.remove(&(provider, number));
            return Ok(());
        }
        let entries = claim.charged_entries();
        require(entries < claim.entries, "nothing is left to shrink")?;
        claim.entries = entries;
        Ok(())
    }
}
