//! Disputes on a scenario's network: commitments, jurors, juries, verdicts.

use {
    crate::{Actor, Scenario},
    solana_sdk::pubkey::Pubkey,
    std::collections::BTreeMap,
    work_token_sdk::{
        DisputeAddresses, JurorAddresses, PositionAddresses, SeatAddresses,
        accounts::ClaimAccount,
        addresses,
        commit::SealedOpening,
        draw::{JuryAt, JuryPlan, KnownJuror, TreeAt, TreeEntry, juror_of_leaf, plan_entry, plan_jury},
        ix,
        limits::JUROR_TREE,
        state::{Ballot, Delegation, Dispute, Juror, Provider, Unbonding, WorkTree},
        transport::{Outcome, Transport, TransportError},
        view::{self, PositionAt},
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

    /// The tree of jurors.
    pub fn juror_tree(&self) -> Box<WorkTree> {
        Box::new(self.read::<WorkTree>(&self.network_state().juror_tree))
    }

    /// Somebody locks stake to become a juror, or more of it. It ripens before it enters the tree.
    pub fn lock_juror(&self, actor: &Actor, amount: u64) -> Result<JurorAddresses, TransportError> {
        let juror = JurorAddresses::derive(self.network, actor.address());
        self.send(&[ix::join_jury(&juror, ix::JoinJury { from: actor.tokens, amount })], &[actor])?;
        Ok(juror)
    }

    /// Which leaf `sync_juror` would write for a juror now.
    pub fn plan_entry(&self, juror: &JurorAddresses) -> Result<TreeEntry, work_token_sdk::WorkTokenError> {
        let (network, tree) = (self.network_state(), self.juror_tree());
        let jurors: BTreeMap<Pubkey, Juror> = self.list::<Juror>().into_iter().collect();
        let at = TreeAt { network: &network, tree: &tree, slot: self.chain.slot(), now_ts: self.chain.now() };
        plan_entry(&at, &juror.juror, &jurors[&juror.juror], &jurors)
    }

    /// Writes what has ripened of a juror's lock into its leaf, or gives it one.
    pub fn sync_juror(&self, juror: &JurorAddresses) -> Result<Outcome, TransportError> {
        let tree = self.network_state().juror_tree;
        let entry = self.plan_entry(juror).unwrap_or(TreeEntry { leaf: 0, holder: None, weight: 0 });
        self.send(&[ix::sync_juror(juror, tree, entry.leaf, entry.holder)], &[])
    }

    /// Somebody becomes a juror while the tree is young, so that its lock enters at once.
    pub fn join_jury(&self, actor: &Actor, amount: u64) -> Result<JurorAddresses, TransportError> {
        let juror = self.lock_juror(actor, amount)?;
        self.sync_juror(&juror)?;
        Ok(juror)
    }

    /// Addresses of the next dispute about a seat.
    pub fn next_dispute(&self, seat: &SeatAddresses) -> DisputeAddresses {
        let state = self.seat_state(seat);
        DisputeAddresses::next_of_seat(seat, &state, &self.read::<Provider>(&state.provider), self.chain.now())
    }

    /// A dispute's account.
    pub fn dispute_state(&self, at: &DisputeAddresses) -> Dispute {
        self.read(&at.dispute)
    }

    /// Commits to what a challenger will open, with a deposit.
    pub fn commit_opening(
        &self,
        challenger: &Actor,
        sealed: &SealedOpening,
        deposit: u64,
    ) -> Result<Outcome, TransportError> {
        self.send(&[ix::commit_dispute(&self.network, sealed, challenger.tokens, deposit)], &[challenger])
    }

    /// Commits to a dispute with a deposit, and opens it at once; the surplus returns where `input` says.
    pub fn open_dispute(
        &self,
        challenger: &Actor,
        at: &DisputeAddresses,
        input: &ix::OpenDispute,
        deposit: u64,
    ) -> Result<Outcome, TransportError> {
        let sealed = SealedOpening::open(at, challenger.address(), input.severity, input.salt);
        self.commit_opening(challenger, &sealed, deposit)?;
        self.send(&[ix::open_dispute(at, input)], &[challenger])
    }

    /// Commits to raising a dispute's claim with a deposit, and raises it at once.
    pub fn raise_claim(
        &self,
        challenger: &Actor,
        at: &DisputeAddresses,
        input: ix::RaiseClaim,
        deposit: u64,
    ) -> Result<Outcome, TransportError> {
        let sealed = SealedOpening::raise(at, challenger.address(), input.severity, input.salt);
        self.commit_opening(challenger, &sealed, deposit)?;
        self.send(&[ix::raise_claim(at, input)], &[challenger])
    }

    /// Commits to proving a fault with a deposit, and proves it at once; `signed` verifies the operator's two
    /// signatures.
    pub fn prove_fault(
        &self,
        challenger: &Actor,
        at: &DisputeAddresses,
        input: &ix::ProveFault,
        signed: work_token_sdk::Instruction,
        deposit: u64,
    ) -> Result<Outcome, TransportError> {
        let sealed = SealedOpening::prove(at, challenger.address(), input.results[0]);
        self.commit_opening(challenger, &sealed, deposit)?;
        self.send(&[signed, ix::prove_fault(at, input)], &[challenger])
    }

    /// Arms the draw of the present jury, lets its slot come and captures the seed.
    pub fn call_jury(&self, at: &DisputeAddresses) -> Result<Outcome, TransportError> {
        let tree = self.network_state().juror_tree;
        self.send(&[ix::call_jury(at, tree, None)], &[])?;
        let wait = (self.dispute_state(at).seed_slot + 2).saturating_sub(self.chain.slot());
        self.chain.advance_slots(wait);
        self.send(&[ix::call_jury(at, tree, None)], &[])
    }

    /// Who is called next for the present jury, whose seed is captured.
    pub fn plan_jury(&self, at: &DisputeAddresses, most: usize) -> Result<JuryPlan, work_token_sdk::WorkTokenError> {
        let network = self.network_state();
        let (dispute, provider) = (self.dispute_state(at), self.read::<Provider>(&at.provider));
        let jurors: BTreeMap<Pubkey, Juror> = self.list::<Juror>().into_iter().collect();
        let positions: BTreeMap<Pubkey, Delegation> = jurors
            .iter()
            .filter_map(|(key, juror)| Some((*key, self.find(&addresses::interest(&at.provider, &juror.owner))?)))
            .collect();
        let jury = JuryAt {
            network: &network,
            dispute_address: &at.dispute,
            dispute: &dispute,
            provider: &provider,
            now_ts: self.chain.now(),
        };
        plan_jury(&jury, most, |leaf| {
            let (address, juror) = juror_of_leaf(&dispute, leaf, &jurors)?;
            Some(KnownJuror { address: *address, juror, position: positions.get(address) })
        })
    }

    /// Seats the present jury, in transactions of three calls.
    pub fn seat_jury(&self, at: &DisputeAddresses) -> Result<(), TransportError> {
        loop {
            let plan = self.plan_jury(at, 3).expect("the jury can be seated");
            let calls: Vec<_> =
                plan.draws.iter().map(|drawn| ix::seat_juror(at, self.paid_keeper(), &drawn.accounts)).collect();
            self.send(&calls, &[])?;
            if plan.is_complete {
                return Ok(());
            }
        }
    }

    /// A claim with its entries, if its account exists.
    pub fn claim_account(&self, provider: &Pubkey, number: u32) -> Option<ClaimAccount> {
        let account = self.chain.account(&addresses::claim(provider, number)).expect("the embedded chain answers")?;
        ClaimAccount::decode(&account.data).ok()
    }

    /// Settles what a paid ticket holds back for every claim that it lists and whose disputes have ended.
    pub fn settle_ticket(
        &self,
        position: &PositionAddresses,
        number: u32,
        to: Pubkey,
    ) -> Result<Outcome, TransportError> {
        let ticket: Unbonding = self.read(&position.ticket(number).0);
        let provider = position.provider.provider;
        let listed = ticket.claims.iter().filter(|listed| listed.number != 0);
        let claims: Vec<_> = listed.filter_map(|listed| self.claim_account(&provider, listed.number)).collect();
        let (network, state) = (self.network_state(), self.read::<Provider>(&provider));
        let at = PositionAt {
            network: &network,
            provider: &state,
            position: &self.position_state(position),
            tickets: &[ticket],
            now_ts: self.chain.now(),
        };
        let found = view::settlements(&at, &claims);
        let settled = found.first().map(|ticket| ticket.claims.clone()).unwrap_or_default();
        self.send(&[ix::settle_ticket(position, number, &settled, to)], &[])
    }

    /// Ballots of a dispute, in order of jury and seat.
    pub fn ballots(&self, at: &DisputeAddresses) -> Vec<(Pubkey, Ballot)> {
        let mut ballots = self.list::<Ballot>();
        ballots.retain(|(_, ballot)| ballot.dispute == at.dispute);
        ballots.sort_by_key(|(_, ballot)| (ballot.jury, ballot.seat));
        ballots
    }
}
