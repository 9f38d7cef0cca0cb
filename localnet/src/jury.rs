//! Juries on a scenario's network: jurors, their tree, draws and ballots.

use {
    crate::{Actor, Scenario},
    solana_sdk::pubkey::Pubkey,
    std::collections::BTreeMap,
    work_token_sdk::{
        DisputeAddresses, JurorAddresses, addresses,
        draw::{JuryAt, JuryPlan, KnownJuror, TreeAt, TreeEntry, juror_of_leaf, plan_entry, plan_jury},
        ix,
        state::{Ballot, Delegation, Juror, Provider, Tree, TreeKind},
        transport::{Outcome, TransportError},
    },
};

impl Scenario {
    /// Creates the tree of jurors and lets the network adopt it.
    pub fn adopt_juror_tree(&self) -> Result<(), TransportError> {
        let tree = self.unfunded("juror tree");
        let lamports = self.chain.with_svm(|svm| svm.minimum_balance_for_rent_exemption(Tree::SIZE));
        let create = ix::create_tree(self.keeper.address(), tree.address(), lamports);
        let adopt = ix::init_tree(&self.network.network, self.keeper.address(), tree.address(), TreeKind::Jurors as u8);
        self.send(&[create, adopt], &[&tree]).map(|_| ())
    }

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

    /// Arms the draw of the present jury, lets its slot come and captures the seed.
    pub fn call_jury(&self, at: &DisputeAddresses) -> Result<Outcome, TransportError> {
        let tree = self.network_state().juror_tree;
        self.send(&[ix::call_jury(at, tree, None)], &[])?;
        let wait = (self.dispute_state(at).draw.seed_slot + 2).saturating_sub(self.chain.slot());
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

    /// Ballots of a dispute, in order of jury and seat.
    pub fn ballots(&self, at: &DisputeAddresses) -> Vec<(Pubkey, Ballot)> {
        let mut ballots = self.list::<Ballot>();
        ballots.retain(|(_, ballot)| ballot.dispute == at.dispute);
        ballots.sort_by_key(|(_, ballot)| (ballot.jury, ballot.seat));
        ballots
    }
}
