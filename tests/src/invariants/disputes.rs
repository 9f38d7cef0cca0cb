//! What holds of disputes, their juries and what they owe.

use {
    super::Books,
    work_token_sdk::{
        Pubkey,
        state::{Ballot, BallotState, Dispute, Network, Provider, dispute_flags},
    },
};

impl Books {
    fn ballots_of(&self, dispute: &Pubkey) -> impl Iterator<Item = &Ballot> {
        self.ballots.values().filter(move |ballot| ballot.dispute == *dispute)
    }

    fn disputes_of<'a>(&'a self, provider: &'a Pubkey) -> impl Iterator<Item = &'a Dispute> {
        self.disputes.values().filter(move |dispute| dispute.provider == *provider)
    }

    /// What of the escrow vault is the disputes': bonds, counter-bonds, payments for appeals, what is owed after a decision, rewards, jurors' locks and pay.
    pub(super) fn disputes_in_escrow(&self, network: &Pubkey) -> u64 {
        let disputes = self.disputes.iter().filter(|(_, dispute)| dispute.network == *network);
        let owed: i128 = disputes.map(|(key, dispute)| self.of_dispute(key, dispute)).sum();
        let of_network = |provider: &Provider| provider.network == *network;
        let counter_bonds: u64 = self.providers.values().filter(|p| of_network(p)).map(|p| p.counter_bond).sum();
        let in_network = |provider: &Pubkey| self.providers.get(provider).is_none_or(of_network);
        let rewards: u64 =
            self.faults.values().filter(|fault| in_network(&fault.provider)).map(|fault| fault.reward).sum();
        let jurors = self.jurors.values().filter(|juror| juror.network == *network);
        let jurors: u64 = jurors.map(|juror| juror.lock + juror.credit).sum();
        u64::try_from(owed).expect("disputes owe no less than nothing") + counter_bonds + rewards + jurors
    }

    fn of_dispute(&self, key: &Pubkey, dispute: &Dispute) -> i128 {
        let sum = |amounts: &[u64]| amounts.iter().map(|amount| i128::from(*amount)).sum::<i128>();
        if !dispute.has(dispute_flags::FINISHED) {
            let pots = dispute.machine.pots.as_flattened();
            let excluded: i128 = self
                .ballots_of(key)
                .filter(|ballot| ballot.state == BallotState::Excluded as u8)
                .map(|ballot| i128::from(ballot.lock))
                .sum();
            return i128::from(dispute.bonds().0) + sum(pots) + i128::from(dispute.burn_due)
                - excluded
                - sum(&dispute.bounties);
        }
        let ballots: i128 = self
            .ballots_of(key)
            .map(|ballot| {
                let (fee, is_lost) = dispute.settle_ballot(ballot);
                i128::from(fee) - if is_lost { i128::from(ballot.lock) } else { 0 }
            })
            .sum();
        let credits: i128 = dispute.parties.iter().map(|party| i128::from(party.credit)).sum();
        let due =
            [dispute.burn_due, dispute.insurance_due, dispute.provider_due, dispute.client_credit, dispute.reward_due];
        credits + sum(dispute.appeals_back.as_flattened()) + sum(&due) + ballots - i128::from(dispute.own_jury_due)
    }

    /// Confiscated own rewards that wait for the first installment; still in the reward vault.
    pub(super) fn confiscated(&self, network: &Pubkey) -> u64 {
        self.disputes.values().filter(|dispute| dispute.network == *network).map(|dispute| dispute.confiscated).sum()
    }

    /// Everything that is counted is counted right.
    pub(super) fn assert_disputes(&self, network_key: &Pubkey, network: &Network) {
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
            assert!(dispute.own_executed <= dispute.own_slash && dispute.delegated_executed <= dispute.delegated_slash);
            assert!(dispute.own_slash <= dispute.own_claimed && dispute.delegated_slash <= dispute.delegated_claimed);
            assert!(dispute.machine.verdict == u8::MAX || dispute.machine.verdict <= dispute.machine.claimed);
        }
        for (key, juror) in self.jurors.iter().filter(|(_, juror)| juror.network == *network_key) {
            let ballots: Vec<_> = self.ballots.values().filter(|ballot| ballot.juror == *key).collect();
            assert_eq!(juror.seats as usize, ballots.len(), "a juror's seats are counted");
            assert_eq!(juror.bound, ballots.iter().map(|ballot| ballot.lock).sum::<u64>(), "seats bind their locks");
            assert!(juror.bound <= juror.lock, "nobody sits without a lock");
        }
        for armed in network.armed.iter().filter(|armed| armed.dispute != [0; 8]) {
            assert!(
                self.disputes.keys().any(|key| key.as_ref()[..8] == armed.dispute),
                "only a dispute's jury is drawn"
            );
        }
    }

    fn assert_claims(&self, key: &Pubkey, provider: &Provider) {
        let undecided = self.disputes_of(key).filter(|dispute| !dispute.has(dispute_flags::FINISHED));
        assert_eq!(provider.open_disputes as usize, undecided.count(), "open disputes of a provider are counted");
        for reservation in &provider.reservations {
            // Some stories construct a claim without its dispute.
            let Some(claim) =
                self.claims.values().find(|claim| claim.provider == *key && claim.number == reservation.dispute)
            else {
                continue;
            };
            let open = self
                .disputes_of(key)
                .filter(|dispute| dispute.claim == claim.number && !dispute.has(dispute_flags::ENDED));
            assert_eq!(claim.open as usize, open.count(), "open disputes of a claim are counted");
            assert!(claim.open > 0, "a claim without open disputes holds nothing");
            let left = self.disputes_of(key).filter(|dispute| dispute.claim == claim.number);
            let left: (u64, u64) = left.fold((0, 0), |(own, delegated), dispute| {
                (own + dispute.own_claim_left, delegated + dispute.delegated_claim_left)
            });
            assert_eq!((reservation.own_open, reservation.delegated_open), left, "a claim is the sum of its disputes'");
            assert!(reservation.own <= reservation.own_open && reservation.delegated <= reservation.delegated_open);
        }
    }
}
