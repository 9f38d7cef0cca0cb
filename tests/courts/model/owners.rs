//! Who owns a provider: proposed, noticed, accepted. Everything else stays with the provider.

use {
    super::{
        books::Model,
        provider::Proposal,
        refuse::{Verdict, require},
    },
    crate::op::{Agreed, At, OWN, Who},
};

/// Why a judge does not take over what is disputed.
pub const JUDGES: &str = "it sits on a jury while the provider is disputed";
/// Why a delegator does not take over what it stands behind.
pub const STANDS_BEHIND: &str = "it stands behind the provider";

impl Model {
    /// Whose a position is.
    pub fn holder(&self, at: At) -> Who {
        if at.1 == OWN { self.providers[at.0].owner } else { at.1 }
    }

    /// What open disputes claim of the own stake, and what slashes could not take.
    pub fn own_liabilities(&self, provider: usize) -> u64 {
        let known = &self.providers[provider];
        let claimed = |claim: &u32| self.claims[&(provider, *claim)].claimed[0];
        known.places.iter().flatten().map(claimed).sum::<u64>() + known.debt
    }

    /// Asks whether somebody stands on no other side of a provider.
    pub fn require_disinterested(&self, provider: usize, who: Who) -> Verdict {
        require(!self.positions.contains_key(&(provider, who)), STANDS_BEHIND)?;
        let judges = self.jury.all.get(&who).is_some_and(|juror| !juror.juries.is_empty());
        require(self.providers[provider].open_disputes == 0 || !judges, JUDGES)
    }

    pub fn propose_owner(&mut self, provider: usize, to: Option<Who>) -> Verdict {
        let (now, notice) = (self.time.now, i64::from(self.rules.unbonding_secs));
        let known = &mut self.providers[provider];
        require(known.exists, "it is closed")?;
        require(to != Some(known.owner), "it owns it already")?;
        require(to.is_some() || known.proposal.is_some(), "nobody is proposed")?;
        known.proposal = to.map(|to| Proposal { to, from: now + notice, until: now + 2 * notice });
        Ok(())
    }

    /// Who is proposed owns it; claims, tickets, debt, disputes and their installments stay where they are.
    pub fn accept_owner(&mut self, provider: usize, by: Who, agreed: &Agreed) -> Verdict {
        let known = &self.providers[provider];
        require(known.exists && self.positions.contains_key(&(provider, OWN)), "it is closed")?;
        let proposal = known.proposal.ok_or("nobody is proposed")?;
        require(proposal.to == by, "another is proposed")?;
        require(proposal.is_due(self.time.now), "its notice is not over, or it has lapsed")?;
        let is_as_agreed = known.pools[0].staked() >= agreed.staked
            && self.own_liabilities(provider) <= agreed.liabilities
            && known.open_seats <= agreed.seats
            && known.standing == agreed.standing;
        require(is_as_agreed, "it is not what was agreed")?;
        self.require_disinterested(provider, by)?;
        let known = &mut self.providers[provider];
        known.former.push(known.owner);
        (known.owner, known.proposal) = (by, None);
        Ok(())
    }
}
