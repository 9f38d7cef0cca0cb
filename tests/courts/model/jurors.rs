//! What jurors do: they lock, take leaves, and leave.

use {
    super::{
        books::Model,
        refuse::{Verdict, require},
    },
    crate::op::Who,
};

/// Leaves of the tree.
const LEAVES: u16 = 4_096;

impl Model {
    /// The longest dispute with an outage. Seconds.
    pub fn longest_dispute(&self) -> i64 {
        let rules = &self.rules.disputes;
        let jury = rules.draw_secs + rules.commit_secs + rules.reveal_secs;
        i64::from(rules.answer_secs + 3 * (jury + rules.appeal_secs) + jury + rules.arbiter_secs) + 86_400
    }

    /// What was locked counts once it is as old as the longest dispute; at once while the tree is young.
    fn ripen(&mut self, who: Who) {
        let (now, work, longest) = (self.time.now, self.time.work(), self.longest_dispute());
        let draws_until = self.jury.draws_until;
        let young = self.jury.adopted_at + longest;
        let juror = self.jury.all.get_mut(&who).expect("a juror");
        let ripe_at = if juror.added_at < young { juror.added_at } else { juror.added_at + longest };
        if juror.added > 0 && now >= ripe_at && work >= juror.ripens_from {
            juror.added = 0;
            (juror.former_since, juror.ripened_at) = (juror.since, now);
            juror.since = juror.added_at;
            juror.ripens_from = if juror.leaf.is_some() { draws_until } else { 0 };
        }
    }

    pub fn join_jury(&mut self, who: Who, amount: u64) -> Verdict {
        self.time.cross();
        require(amount > 0, "nothing is locked")?;
        self.money.pay_in(who, amount)?;
        self.money.escrow += amount;
        self.jury.all.entry(who).or_default();
        self.ripen(who);
        let (now, term) = (self.time.now, i64::from(self.rules.disputes.juror_term_secs));
        let juror = self.jury.all.get_mut(&who).expect("a juror");
        juror.lock += amount;
        juror.added += amount;
        juror.added_at = now;
        juror.term = juror.term.max(now + term);
        juror.is_leaving = false;
        require(juror.lock >= self.rules.disputes.juror_lock, "a lock that covers no ballot")
    }

    pub fn sync(&mut self, who: Who, leaf: u16) -> Verdict {
        let work = self.time.cross();
        require(!self.jury.is_frozen(self.time.slot), "the tree stands still")?;
        require(self.jury.all.contains_key(&who), "no such juror")?;
        self.ripen(who);
        let taken = self.jury.leaves.contains_key(&leaf) || leaf >= LEAVES;
        let juror = self.jury.all.get_mut(&who).expect("a juror");
        let ripe = juror.ripe();
        if juror.leaf.is_none() {
            require(ripe >= self.rules.disputes.juror_lock, "the lock is not ripe")?;
            require(work >= juror.bound_until && !juror.is_leaving, "a draw can still call it, or it leaves")?;
            require(!taken, "the leaf is taken")?;
            self.jury.given += 1;
            juror.leaf = Some(leaf);
            juror.last_leaf = Some((leaf, self.jury.given));
            juror.left = 0;
        }
        let leaf = juror.leaf.expect("it has a leaf");
        self.jury.leaves.insert(leaf, (who, ripe));
        Ok(())
    }

    pub fn leave_jury(&mut self, who: Who) -> Verdict {
        let work = self.time.cross();
        let juror = self.jury.all.get(&who).ok_or("no such juror")?;
        let over = self.time.now >= juror.term || (juror.leaf.is_none() && juror.last_leaf.is_some());
        require(over, "its term is not over")?;
        let (in_tree, asks) = (juror.leaf.is_some(), !juror.is_leaving);
        if in_tree {
            require(!self.jury.is_frozen(self.time.slot), "the tree stands still")?;
            self.jury.leave_tree(who);
        }
        let juror = self.jury.all.get_mut(&who).expect("a juror");
        juror.is_leaving = true;
        if work < juror.bound_until || juror.sits_on() > 0 {
            return require(asks, "a draw can still call it");
        }
        let amount = juror.lock + juror.credit;
        self.money.escrow -= amount;
        self.money.wallets[who] += amount;
        self.jury.all.remove(&who);
        Ok(())
    }

    pub fn claim_juror_pay(&mut self, who: Who) -> Verdict {
        let juror = self.jury.all.get_mut(&who).ok_or("no such juror")?;
        let amount = std::mem::take(&mut juror.credit);
        require(amount > 0, "it has earned nothing")?;
        self.money.escrow -= amount;
        self.money.wallets[who] += amount;
        Ok(())
    }
}
