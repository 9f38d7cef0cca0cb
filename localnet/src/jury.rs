//! Juries: jurors, their tree, draws and ballots.

use {
    crate::{Actor, Localnet, Scenario},
    solana_sdk::pubkey::Pubkey,
    std::collections::BTreeMap,
    work_token_sdk::{
        BallotAddresses, DisputeAddresses, Instruction, JurorAddresses, WorkTokenError, addresses,
        commit::vote_commitment,
        draw::{JuryAt, JuryPlan, KnownJuror, TreeAt, TreeEntry, juror_of_leaf, plan_entry, plan_jury},
        ix,
        math::draw::CAPACITY,
        state::{Ballot, Delegation, Juror, Network, Tree},
        transport::{Outcome, TransportError},
    },
};

impl Scenario {
    /// The tree of jurors.
    pub fn juror_tree(&self) -> Box<Tree> {
        Box::new(self.read::<Tree>(&self.network_state().juror_tree))
    }

    /// Somebody locks stake to become a juror, or more of it. It ripens before it enters the tree.
    pub fn lock_juror(&self, actor: &Actor, amount: u64) -> Result<JurorAddresses, TransportError> {
        let juror = JurorAddresses::derive(self.network, actor.address());
        self.send(&[ix::join_jury(&juror, ix::JoinJury { from: actor.tokens, amount })], &[actor])?;
        Ok(juror)
    }

    /// Which leaf `sync_juror` would write for a juror now.
    pub fn plan_entry(&self, juror: &JurorAddresses) -> Result<TreeEntry, WorkTokenError> {
        let (network, tree) = (self.network_state(), self.juror_tree());
        let jurors = self.jurors(&self.network.network);
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

    /// Constructs that the jurors' tree was adopted so many longest disputes ago.
    pub fn age_jurors(&self, longest_disputes: i64) {
        self.age_juror_tree(&self.network.network, longest_disputes);
    }

    /// Arms the draw of the present jury, lets its slot come and captures the seed.
    pub fn call_jury(&self, at: &DisputeAddresses) -> Result<Outcome, TransportError> {
        let tree = self.network_state().juror_tree;
        self.send(&[ix::call_jury(at, tree, None)], &[])?;
        self.wait_for_slot(self.dispute_state(at).draw.seed_slot);
        self.send(&[ix::call_jury(at, tree, None)], &[])
    }

    /// Draws the present jury, in transactions of three calls.
    pub fn draw_jury(&self, at: &DisputeAddresses) -> Result<(), TransportError> {
        loop {
            let plan = self.plan_jury(at, 3).expect("the jury can be drawn");
            let calls: Vec<_> =
                plan.draws.iter().map(|drawn| ix::draw_juror(at, self.paid_keeper(), &drawn.accounts)).collect();
            self.send(&calls, &[])?;
            if plan.is_complete {
                return Ok(());
            }
        }
    }
}

impl Localnet {
    /// Who is called next for the present jury, whose seed is captured.
    pub fn plan_jury(&self, at: &DisputeAddresses, most: usize) -> Result<JuryPlan, WorkTokenError> {
        self.plan_jury_at(at, most, self.now())
    }

    /// The same by another clock.
    pub fn plan_jury_at(&self, at: &DisputeAddresses, most: usize, now_ts: i64) -> Result<JuryPlan, WorkTokenError> {
        let dispute = self.dispute_state(at);
        let jurors = self.jurors(&at.network.network);
        let positions: BTreeMap<Pubkey, Delegation> = jurors
            .iter()
            .filter_map(|(key, juror)| Some((*key, self.find(&addresses::interest(&at.provider, &juror.owner))?)))
            .collect();
        let jury = JuryAt {
            network: &self.read(&at.network.network),
            dispute_address: &at.dispute,
            dispute: &dispute,
            provider: &self.read(&at.provider),
            now_ts,
        };
        plan_jury(&jury, most, |leaf| {
            let (address, juror) = juror_of_leaf(&dispute, leaf, &jurors)?;
            Some(KnownJuror { address: *address, juror, position: positions.get(address) })
        })
    }

    /// The jurors of a network.
    fn jurors(&self, network: &Pubkey) -> BTreeMap<Pubkey, Juror> {
        self.list::<Juror>().into_iter().filter(|(_, juror)| juror.network == *network).collect()
    }

    /// Ballots of a dispute, in order of jury and index.
    pub fn ballots(&self, at: &DisputeAddresses) -> Vec<(BallotAddresses, Ballot)> {
        let mut ballots = self.list::<Ballot>();
        ballots.retain(|(_, ballot)| ballot.dispute == at.dispute);
        ballots.sort_by_key(|(_, ballot)| (ballot.jury, ballot.index));
        ballots.into_iter().map(|(key, ballot)| (BallotAddresses::recorded(*at, key, &ballot), ballot)).collect()
    }

    /// Those of the present jury.
    pub fn present_ballots(&self, at: &DisputeAddresses) -> Vec<(BallotAddresses, Ballot)> {
        let (present, mut ballots) = (self.dispute_state(at).machine.jury, self.ballots(at));
        ballots.retain(|(_, ballot)| ballot.jury == present);
        ballots
    }

    /// Constructs that a network's tree of jurors was adopted so many of its longest disputes ago.
    pub fn age_juror_tree(&self, network: &Pubkey, longest_disputes: i64) {
        let now_ts = self.now();
        self.change::<Network>(network, |network| {
            let longest_secs = i64::try_from(network.params.disputes.longest_secs()).expect("a time");
            network.juror_tree_from_ts = now_ts - longest_disputes * longest_secs;
        });
    }

    /// Constructs that a juror's term is over.
    pub fn end_term(&self, juror: &JurorAddresses) {
        let now_ts = self.now();
        self.change(&juror.juror, |state: &mut Juror| state.term_until_ts = now_ts);
    }

    /// Constructs that everything which somebody has locked is as old as it must be.
    pub fn ripen(&self, juror: &JurorAddresses) {
        self.change(&juror.juror, |state: &mut Juror| (state.added, state.since_ts) = (0, state.added_ts));
    }

    /// Gives every free leaf of a tree of jurors to a lock of `weight` that nobody has.
    pub fn fill_tree(&self, tree: &Pubkey, weight: u64) {
        let mut state: Box<Tree> = Box::new(self.read(tree));
        for leaf in 0..u16::try_from(CAPACITY).expect("4,096") {
            let mut nobody = [0xee; 32];
            nobody[30..].copy_from_slice(&leaf.to_le_bytes());
            if state.take_leaf(leaf, &Pubkey::new_from_array(nobody)).is_ok() {
                state.weigh_leaf(leaf, weight).expect("a leaf");
            }
        }
        assert_eq!(usize::from(state.taken), CAPACITY);
        self.write(tree, &*state);
    }
}

/// The instruction with which the owner of a ballot commits to a vote.
pub fn commit_vote_ix(ballot: &BallotAddresses, owner: Pubkey, vote: u8, salt: &[u8; 32]) -> Instruction {
    ix::commit_vote(ballot, owner, vote_commitment(ballot, &owner, vote, salt))
}
