//! What the parties of a dispute do before anybody judges.

use {
    super::{
        books::Model,
        claim::Joined,
        refuse::{Verdict, require},
    },
    crate::op::Who,
};

impl Model {
    /// What is claimed is held of both pools, in full. With the first booking the dispute joins its claim.
    pub fn book(&mut self, number: usize) {
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        if dispute.unreserved {
            return;
        }
        let (provider, severity) = (dispute.provider, dispute.court.claimed);
        let (claim, epoch) = ((provider, dispute.claim), dispute.epoch);
        let repeats = self.repeats(provider, severity, epoch, self.time.epoch());
        let kept = [0, 1].map(|kind| self.providers[provider].pools[kind].kept.clone());
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let claim = self.claims.get_mut(&claim).expect("its claim");
        if dispute.joined == 0 {
            dispute.joined = claim.joined.len() + 1;
            for (stake, kept) in dispute.stakes.iter_mut().zip(&kept) {
                stake.kept = kept.clone();
            }
            let (executed, parts) = ([0; 2], [0; 2]);
            claim.joined.push(Joined {
                dispute: number,
                kept: kept.clone(),
                executed,
                parts,
                certain: None,
                ended: false,
            });
        }
        let claims = dispute.claims(severity, repeats, self.rules.job_bounty);
        for (kind, stake) in dispute.stakes.iter_mut().enumerate() {
            let added = claims[kind].saturating_sub(stake.claimed);
            claim.claimed[kind] += kept[kind].of(added, &stake.kept);
            stake.claimed += added;
            stake.left = stake.claimed;
        }
    }

    pub fn answer(&mut self, number: usize, who: Who, bond: u64) -> Verdict {
        let work = self.time.cross();
        require(self.disputes.contains_key(&number), "no such dispute")?;
        self.walk(number, work);
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        dispute.court.answer(work)?;
        let required = dispute.bonds();
        let provider = &mut self.providers[dispute.provider];
        let former = provider.counter_bond;
        let replaces = former > 0 && provider.counter_bonder != Some(who);
        require(!replaces || bond > former, "another's counter-bond is replaced by a larger one")?;
        let held = if replaces { bond } else { former + bond };
        require(held >= required, "too small a counter-bond")?;
        let former_bonder = provider.counter_bonder;
        provider.counter_bond = held;
        provider.answered_disputes += 1;
        if bond > 0 {
            provider.counter_bonder = Some(who);
            self.money.pay_in(who, bond)?;
            self.money.escrow += bond;
        }
        if replaces {
            self.money.escrow -= former;
            self.money.wallets[former_bonder.expect("somebody deposited it")] += former;
        }
        Ok(())
    }

    /// A challenger gives its own claim up.
    pub fn concede(&mut self, number: usize, place: u8) -> Verdict {
        let work = self.time.cross();
        require(self.disputes.contains_key(&number), "no such dispute")?;
        let dispute = self.disputes.get(&number).expect("it is open");
        let layer = dispute.layers.get(usize::from(place)).ok_or("no such layer")?;
        require(!layer.withdrawn && !layer.conceded, "it was withdrawn")?;
        let severity = layer.severity;
        self.walk(number, work);
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let early = dispute.court.withdraw(severity, work)?;
        let layer = &mut dispute.layers[usize::from(place)];
        if early {
            let bond = std::mem::take(&mut layer.bond);
            let burned = bond.div_ceil(10);
            layer.credit += bond - burned;
            layer.withdrawn = true;
            dispute.dues.burn += burned;
        } else {
            layer.conceded = true;
        }
        Ok(())
    }
}
