//! Disputes on a scenario's network: jurors, juries, verdicts.

use {
    crate::{Actor, Scenario},
    solana_sdk::pubkey::Pubkey,
    std::collections::BTreeMap,
    work_token_sdk::{
        DisputeAddresses, JurorAddresses, SeatAddresses, addresses,
        draw::{JuryAt, JuryPlan, free_leaf, plan_jury},
        ix,
        limits::JUROR_TREE,
        state::{Ballot, Delegation, Dispute, Juror, Provider, WorkTree},
        transport::{Outcome, TransportError},
    },
};

impl Scenario {
    /// Creates the tree of jurors and lets the network adopt it.
    pub fn adopt_juror_tree(&self) -> Result<(), TransportError> {
        let tree = self.unfunded("juror tree");
        let lamports = self.chain.with_svm(|svm| svm.minimum_balance_for_rent_exemption(WorkTree::SIZE));
        let create = ix::create_work_tree(self.keeper.address(), tree.address(), lamports);
        let adopt = ix::init_work_tree(&self.network.network, self.keeper.address(), tree.address(), JUROR_TREE);
        self.send(&[create, adopt], &[&tree]).map(|_| ())
    }

    /// What somebody locks to become a juror, at the first free leaf.
    pub fn join_input(&self, actor: &Actor, amount: u64) -> ix::JoinJury {
        let juror_tree = self.network_state().juror_tree;
        let leaf = free_leaf(&self.read::<WorkTree>(&juror_tree)).expect("the tree has room");
        ix::JoinJury { juror_tree, from: actor.tokens, amount, leaf }
    }

    /// Somebody becomes a juror.
    pub fn join_jury(&self, actor: &Actor, amount: u64) -> Result<JurorAddresses, TransportError> {
        let juror = JurorAddresses::derive(self.network, actor.address());
        self.send(&[ix::join_jury(&juror, self.join_input(actor, amount))], &[actor])?;
        Ok(juror)
    }

    /// Addresses of the next dispute about a seat.
    pub fn next_dispute(&self, seat: &SeatAddresses) -> DisputeAddresses {
        let state = self.seat_state(seat);
        DisputeAddresses::next_of_seat(seat, &state, &self.read::<Provider>(&state.provider))
    }

    /// A dispute's account.
    pub fn dispute_state(&self, at: &DisputeAddresses) -> Dispute {
        self.read(&at.dispute)
    }

    /// Arms the draw of the present jury, lets its slot come and captures the seed.
    pub fn call_jury(&self, at: &DisputeAddresses) -> Result<Outcome, TransportError> {
        self.send(&[ix::call_jury(at, None)], &[])?;
        let wait = (self.dispute_state(at).seed_slot + 2).saturating_sub(self.chain.slot());
        self.chain.advance_slots(wait);
        self.send(&[ix::call_jury(at, None)], &[])
    }

    /// Whom the seed draws for the next seats of the present jury.
    pub fn plan_jury(&self, at: &DisputeAddresses, most: usize) -> Result<JuryPlan, work_token_sdk::WorkTokenError> {
        let network = self.network_state();
        let tree = Box::new(self.read::<WorkTree>(&network.juror_tree));
        let (dispute, provider) = (self.dispute_state(at), self.read::<Provider>(&at.provider));
        let jurors: BTreeMap<Pubkey, (Juror, Option<Delegation>)> = self
            .list::<Juror>()
            .into_iter()
            .map(|(key, juror)| (key, (juror, self.find(&addresses::interest(&at.provider, &juror.owner)))))
            .collect();
        let jury = JuryAt {
            network: &network,
            dispute_address: &at.dispute,
            dispute: &dispute,
            provider: &provider,
            tree: &tree,
            now_ts: self.chain.now(),
        };
        plan_jury(&jury, most, |key| jurors.get(key).map(|(juror, position)| (juror, position.as_ref())))
    }

    /// Draws every seat of the present jury, in transactions of three.
    pub fn seat_jury(&self, at: &DisputeAddresses) -> Result<(), TransportError> {
        loop {
            let plan = self.plan_jury(at, 3).expect("the jury can be drawn");
            let draws: Vec<_> =
                plan.draws.iter().map(|drawn| ix::seat_juror(at, self.paid_keeper(), &drawn.accounts)).collect();
            self.send(&draws, &[])?;
            if plan.is_complete {
                return Ok(());
            }
        }
    }

    /// Ballots of a dispute, in order of jury and seat.
    pub fn ballots(&self, at: &DisputeAddresses) -> Vec<(Pubkey, Ballot)> {
        let mut ballots = self.list::<Ballot>();
        ballots.retain(|(_, ballot)| ballot.dispute == at.dispute);
        ballots.sort_by_key(|(_, ballot)| (ballot.jury, ballot.seat));
        ballots
    }
}
