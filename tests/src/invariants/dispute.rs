//! What holds of disputes, their juries and what they owe.

use {
    super::Books,
    work_token_sdk::{
        Pubkey,
        math::Amount,
        state::{Ballot, Dispute, PoolKind, Provider, dispute_flags},
    },
};

impl Books {
    fn ballots_of(&self, dispute: &Pubkey) -> impl Iterator<Item = &Ballot> {
        self.ballots.values().filter(move |ballot| ballot.dispute == *dispute)
    }

    fn disputes_of<'a>(&'a self, provider: &'a Pubkey) -> impl Iterator<Item = &'a Dispute> {
        self.disputes.values().filter(move |dispute| dispute.provider == *provider)
    }

    /// What of the escrow vault is the disputes': bonds, counter-bonds, payments for appeals, what is owed
    /// after a decision, rewards, jurors' locks and pay.
    pub(super) fn disputes_in_escrow(&self, network: &Pubkey) -> u64 {
        let disputes = self.disputes.iter().filter(|(_, dispute)| dispute.network == *network);
        let owed: i128 = disputes.map(|(key, dispute)| self.of_dispute(key, dispute)).sum();
        let of_network = |provider: &Provider| provider.network == *network;
        let counter_bonds: u64 = self.providers.values().filter(|p| of_network(p)).map(|p| p.counter.bond).sum();
        let in_network = |provider: &Pubkey| self.providers.get(provider).is_none_or(of_network);
        let faults = self.faults.values().filter(|fault| in_network(&fault.provider));
        let rewards: u64 = faults.flat_map(|fault| &fault.steps).map(|step| step.reward).sum();
        let jurors = self.jurors.values().filter(|juror| juror.network == *network);
        let jurors: u64 = jurors.map(|juror| juror.lock + juror.credit).sum();
        let openings = self.openings.values().filter(|opening| opening.network == *network);
        let deposits: u64 = openings.map(|opening| opening.deposit).sum();
        u64::try_from(owed).expect("disputes owe no less than nothing") + counter_bonds + rewards + jurors + deposits
    }

    fn of_dispute(&self, key: &Pubkey, dispute: &Dispute) -> i128 {
        let sum = |amounts: &[u64]| amounts.iter().map(|amount| i128::from(*amount)).sum::<i128>();
        let credits: i128 = dispute.parties.iter().map(|party| i128::from(party.credit)).sum();
        if !dispute.has(dispute_flags::FINISHED) {
            let pots = dispute.machine.pots.as_flattened();
            return i128::from(dispute.bonds().0) + credits + sum(pots) + i128::from(dispute.burn_due)
                - sum(&dispute.bounties);
        }
        let machine = *dispute.machine;
        let ballots: i128 = self
            .ballots_of(key)
            .filter(|ballot| {
                let jury = machine.juries[usize::from(ballot.jury)];
                let is_coherent = machine.is_tied() || (ballot.vote > 0) == (machine.verdict > 0);
                ballot.is_revealed() && jury.is_decided() && is_coherent
            })
            .map(|ballot| i128::from(dispute.ballot_terms(ballot.jury).0.0))
            .sum();
        let due = [
            dispute.burn_due,
            dispute.insurance_due,
            dispute.provider_due,
            dispute.client_credit,
            dispute.reward_due,
            dispute.extra_reward,
        ];
        credits + sum(dispute.appeals_back.as_flattened()) + sum(&due) + sum(&dispute.forfeits) + ballots
            - i128::from(dispute.own_jury_due)
    }

    /// Confiscated own rewards that wait for the first installment; still in the reward vault.
    pub(super) fn confiscated(&self, network: &Pubkey) -> u64 {
        self.disputes
            .values()
            .filter(|dispute| dispute.network == *network)
            .map(|dispute| dispute.slash.confiscated)
            .sum()
    }

    /// Everything that is counted is counted right.
    pub(super) fn assert_disputes(&self, network_key: &Pubkey) {
        for (key, provider) in self.providers.iter().filter(|(_, provider)| provider.network == *network_key) {
            self.assert_claims(key, provider);
        }
        for fault in self.faults.values() {
            let open = self
                .disputes_of(&fault.provider)
                .filter(|dispute| dispute.offence_epoch == fault.epoch && !dispute.has(dispute_flags::ENDED));
            assert_eq!(fault.open as usize, open.count(), "open disputes of a fault are counted");
        }
        for (key, seat) in &self.assignments {
            let open = self
                .disputes
                .values()
                .filter(|dispute| dispute.subject == *key && !dispute.has(dispute_flags::FINISHED));
            assert_eq!(seat.open_disputes as usize, open.count(), "open disputes of a seat are counted");
        }
        for (key, dispute) in self.disputes.iter().filter(|(_, dispute)| dispute.network == *network_key) {
            assert_eq!(usize::from(dispute.ballots), self.ballots_of(key).count(), "ballots are counted");
            assert!(
                dispute.slash.own_executed <= dispute.slash.own
                    && dispute.slash.delegated_executed <= dispute.slash.delegated
            );
            assert!(
                dispute.slash.own <= dispute.stake.own_claimed
                    && dispute.slash.delegated <= dispute.stake.delegated_claimed
            );
            assert!(dispute.machine.verdict == u8::MAX || dispute.machine.verdict <= dispute.machine.claimed);
        }
        for (key, juror) in self.jurors.iter().filter(|(_, juror)| juror.network == *network_key) {
            let ballots: Vec<_> = self.ballots.values().filter(|ballot| ballot.juror == *key).collect();
            assert_eq!(juror.ballots as usize, ballots.len(), "a juror's seats are counted");
            let firsts: Vec<_> = ballots.iter().filter(|ballot| ballot.is_first != 0).collect();
            let of = |ballot: &Ballot| (ballot.dispute, ballot.jury);
            let juries: std::collections::BTreeSet<_> = firsts.iter().map(|ballot| of(ballot)).collect();
            assert_eq!(juries.len(), firsts.len(), "one seat of a jury is the first");
            assert_eq!(usize::from(juror.juries), juries.len(), "a juror's juries are counted by it");
            let is_open = |ballot: &&&Ballot| {
                self.disputes.get(&ballot.dispute).is_some_and(|dispute| !dispute.has(dispute_flags::FINISHED))
            };
            let open = ballots.iter().filter(is_open).all(|ballot| juries.contains(&of(ballot)));
            assert!(open, "it is there until ballots can be settled, in any order");
            assert!(juror.added <= juror.lock, "what was added is part of the lock");
            assert!(juror.is_in_tree != 0 || juror.leaf_weight == 0, "who is out of the tree weighs nothing");
        }
    }

    fn assert_claims(&self, key: &Pubkey, provider: &Provider) {
        let undecided = self.disputes_of(key).filter(|dispute| !dispute.has(dispute_flags::FINISHED));
        assert_eq!(provider.disputes.open as usize, undecided.count(), "open disputes of a provider are counted");
        for reservation in &provider.reservations {
            // Some stories construct a claim without its dispute.
            let Some(claim) =
                self.claims.values().find(|claim| claim.provider == *key && claim.number == reservation.claim)
            else {
                continue;
            };
            let open = self
                .disputes_of(key)
                .filter(|dispute| dispute.claim == claim.number && !dispute.has(dispute_flags::ENDED));
            assert_eq!(claim.open as usize, open.count(), "open disputes of a claim are counted");
            assert!(claim.open > 0, "a claim without open disputes holds nothing");
            let of_claim = || self.disputes_of(key).filter(|dispute| dispute.claim == claim.number);
            let joined = of_claim().filter(|dispute| dispute.joined > 0).count();
            assert!(usize::from(reservation.joined) >= joined, "a claim counts who joined");
            assert!(reservation.joined <= reservation.opened, "only what was opened joins");
            // What a claim holds is what its open disputes still claim, less what tickets took along: rounded
            // apart by a unit for each dispute and each ticket.
            let kept = |kind: PoolKind| -> u64 {
                let left = of_claim().filter(|dispute| !dispute.has(dispute_flags::ENDED));
                left.map(|dispute| {
                    let (left, joined) = match kind {
                        PoolKind::Own => (dispute.slash.own_claim_left, dispute.stake.own_joined),
                        PoolKind::Delegated => (dispute.slash.delegated_claim_left, dispute.stake.delegated_joined),
                    };
                    if dispute.joined == 0 { 0 } else { provider.kept(kind).of(Amount(left), joined.get()).0 }
                })
                .sum()
            };
            let most = 64 + u64::from(provider.live_positions);
            assert!(
                reservation.own.abs_diff(kept(PoolKind::Own)) <= most,
                "the own part is what is claimed and stayed"
            );
            assert!(reservation.delegated.abs_diff(kept(PoolKind::Delegated)) <= most);
        }
    }
}
