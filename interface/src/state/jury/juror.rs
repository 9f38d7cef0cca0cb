//! One who judges disputes.

use crate::state::{Network, Tree};
use crate::{
    Address, WorkTokenError as E,
    limits::MAX_JURIES,
    math::{Amount, WorkTs, draw::CAPACITY, mul_div::mul_wide},
};

/// A lock takes another's leaf if it exceeds that lock by more than 5 % (jury-tree-1): 105 to 100.
const LARGER: (u64, u64) = (105, 100);

account! {
    /// A juror: a lock that is drawn from in proportion to its size, for a term. What is locked ripens before
    /// it enters the tree (jury-lock-2).
    pub struct Juror {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Index of its leaf in the jurors' tree; the last one that it had once it is out.
        pub leaf: u16,
        /// 1 while it has a leaf.
        pub is_in_tree: u8,
        /// Juries that it sits on.
        pub juries: u8,
        /// 1 once it asked to leave: nobody but itself brings it back into the tree.
        pub is_leaving: u8,
        /// Unused.
        pub padding: u8,
        /// The network.
        pub network: Address,
        /// Ballots of juries that are not settled.
        pub ballots: u32,
        /// Unused.
        pub padding_2: u32,
        /// Who judges.
        pub owner: Address,
        /// Everything locked. In the escrow vault. Base units.
        pub lock: u64,
        /// What of it has not entered the tree.
        pub added: u64,
        /// When the newest of that was locked. Unix seconds.
        pub added_ts: i64,
        /// When the newest of what is in the tree was locked. Unix seconds.
        pub since_ts: i64,
        /// The same before something ripened last: juries that were drawn before know no other.
        pub former_since_ts: i64,
        /// When something ripened last. Unix seconds.
        pub ripened_ts: i64,
        /// Nothing more ripens before: every jury for which it can have been drawn until then is drawn. Work
        /// time.
        pub ripens_from_work_ts: i64,
        /// Fees earned and not yet claimed. In the escrow vault.
        pub credit: u64,
        /// What its leaf holds.
        pub leaf_weight: u64,
        /// How many leaves had been given when it was given its own: juries drawn before do not know it.
        pub entered: u64,
        /// How many had been given when it left that; 0 while it has it. Juries drawn after do not know it
        /// any more.
        pub left: u64,
        /// It cannot leave before. Unix seconds.
        pub term_until_ts: i64,
        /// Once it is out of the tree: every jury for which it can have been drawn is drawn then. Work time.
        pub out_until_work_ts: i64,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

/// What a juror that leaves gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Whether it had a leaf of the tree until now.
    pub leaves_tree: bool,
    /// Lock and fees, and its account closes; `None` where a second call pays them later. Base units.
    pub pays: Option<u64>,
}

impl Juror {
    /// Locks `amount`, or adds it to the lock, for a term. What was there may ripen before. It judges with
    /// what is added once that has ripened, by [`Self::ripen`].
    ///
    /// Refuses: a lock that covers no ballot.
    pub fn join(&mut self, network: &Network, amount: u64, now_ts: i64) -> Result<(), E> {
        let rules = &network.params.disputes;
        self.ripen(network, now_ts);
        self.lock_more(amount, now_ts, now_ts.saturating_add(i64::from(rules.juror_term_secs)))?;
        if self.lock >= rules.juror_lock { Ok(()) } else { Err(E::LockTooSmall) }
    }

    /// Takes the fees that it has earned. Refuses where it has earned nothing.
    pub fn take_credit(&mut self) -> Result<u64, E> {
        if self.credit == 0 { Err(E::NothingToClaim) } else { Ok(core::mem::take(&mut self.credit)) }
    }

    fn lock_more(&mut self, amount: u64, now_ts: i64, term_until_ts: i64) -> Result<(), E> {
        self.lock = self.lock.checked_add(amount).ok_or(E::ArithmeticOverflow)?;
        self.added = self.added.saturating_add(amount);
        self.added_ts = now_ts;
        self.term_until_ts = self.term_until_ts.max(term_until_ts);
        self.is_leaving = 0;
        Ok(())
    }

    /// What was added counts once it is as old as the longest dispute, or at once while the tree is young. Of
    /// a juror that is in the tree, and so may have been drawn, nothing ripens twice while a jury is drawn
    /// that was drawn before: it knows the lock as it was then.
    pub fn ripen(&mut self, network: &Network, now_ts: i64) {
        let is_ripe = now_ts >= network.ripe_at_ts(self.added_ts);
        if self.added > 0 && is_ripe && network.work_ts(now_ts).has_reached(self.ripens_from_work_ts) {
            self.added = 0;
            (self.former_since_ts, self.ripened_ts) = (self.since_ts, now_ts);
            self.since_ts = self.added_ts;
            self.ripens_from_work_ts = if self.is_in_tree != 0 { network.draws_until_work_ts } else { 0 };
        }
    }

    /// What of the lock has ripened.
    pub fn ripe(&self) -> u64 {
        self.lock.saturating_sub(self.added)
    }

    /// Writes what has ripened into the leaf; a juror that has none takes a free one, or that of `holder`,
    /// whom it displaces. The tree must not stand still. Returns whether it took a leaf.
    ///
    /// Refuses: a lock that has not ripened, or is fined below the least of a ballot; one that left a leaf
    /// and may still be drawn by it, or asked to leave; a leaf that is taken.
    pub fn enter(
        &mut self,
        address: &Address,
        tree: &mut Tree,
        leaf: u16,
        holder: Option<&mut Self>,
        (network, now_ts): (&Network, i64),
    ) -> Result<bool, E> {
        self.ripen(network, now_ts);
        let (ripe, takes_leaf) = (self.ripe(), self.is_in_tree == 0);
        if takes_leaf {
            self.require_ready(network, now_ts)?;
            if let Some(holder) = holder {
                holder.require_displaceable(tree, leaf, ripe)?;
                holder.leave_tree(tree, network)?;
            }
            self.entered = tree.take_leaf(leaf, address)?;
            self.leaf = leaf;
            self.left = 0;
            self.is_in_tree = 1;
        }
        tree.weigh_leaf(self.leaf, ripe)?;
        self.leaf_weight = ripe;
        Ok(takes_leaf)
    }

    /// Refuses to take a leaf with a lock that has not ripened, or is fined below the least of a ballot; to
    /// come back while it may still be drawn by the leaf that it left, or after it asked to leave.
    pub fn require_ready(&self, network: &Network, now_ts: i64) -> Result<(), E> {
        if self.ripe() == 0 || self.ripe() < network.params.disputes.juror_lock {
            return Err(E::LockUnripe);
        }
        let is_out = network.work_ts(now_ts).has_reached(self.out_until_work_ts);
        if is_out && self.is_leaving == 0 { Ok(()) } else { Err(E::JurorBound) }
    }

    /// Refuses to displace a juror unless the tree is full, its leaf is the one named and not above the
    /// average, it sits on no jury, and the lock that comes exceeds its own, what it has added included, by
    /// more than 5 % (jury-tree-1).
    fn require_displaceable(&self, tree: &Tree, leaf: u16, by: u64) -> Result<(), E> {
        let is_full = usize::from(tree.taken) >= CAPACITY;
        let is_named = self.is_in_tree != 0 && self.leaf == leaf;
        let is_average = mul_wide(self.leaf_weight, u64::from(tree.taken)) <= (0, tree.total());
        let (larger, than) = LARGER;
        let is_larger = mul_wide(by, than) > mul_wide(self.lock, larger);
        if is_full && is_named && is_average && is_larger && self.ballots == 0 { Ok(()) } else { Err(E::LeafTaken) }
    }

    /// Leaves the tree. Whoever was drawn by the leaf is still called until every draw that had begun is
    /// over.
    /// - Refuses: a leaf beyond the tree's last.
    pub fn leave_tree(&mut self, tree: &mut Tree, network: &Network) -> Result<(), E> {
        tree.free_leaf(self.leaf)?;
        self.go_out(tree.given, network);
        Ok(())
    }

    /// Has no leaf from now on, when so many have been given.
    pub fn go_out(&mut self, given: u64, network: &Network) {
        self.is_in_tree = 0;
        self.leaf_weight = 0;
        self.left = given;
        self.out_until_work_ts = network.draws_until_work_ts;
    }

    /// Whether a leaf was its own when so many had been given. Another may have had it before, or have it
    /// now: one that left must not be called for who came after.
    pub fn had_leaf(&self, leaf: u16, given: u64) -> bool {
        let came = self.entered > 0 && self.entered <= given;
        self.leaf == leaf && came && (self.is_in_tree != 0 || self.left >= given)
    }

    /// Leaves the jurors' tree by `leave_tree`, if it has a leaf, and is paid out once no jury can call it
    /// any more and its ballots are settled: at once if none is being drawn, else with a second call. No
    /// number of juries keeps it longer than one time to draw a jury (jury-leave-1).
    ///
    /// Refuses: during its term, unless another took its leaf; to leave the tree while that stands still; a
    /// second call before it can be paid.
    pub fn leave(
        &mut self,
        network: &Network,
        slot: u64,
        (now_ts, work_ts): (i64, WorkTs),
        leave_tree: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<Left, E> {
        self.require_term_over(now_ts)?;
        let asks = self.is_leaving == 0;
        self.is_leaving = 1;
        let leaves_tree = self.is_in_tree != 0;
        if leaves_tree {
            network.require_thawed(slot)?;
            leave_tree(self)?;
        }
        let pays = match self.is_free(work_ts) {
            true => Some(self.lock.checked_add(self.credit).ok_or(E::ArithmeticOverflow)?),
            false if asks => None,
            false => return Err(E::JurorBound),
        };
        Ok(Left { leaves_tree, pays })
    }

    fn require_term_over(&self, now_ts: i64) -> Result<(), E> {
        let is_over = now_ts >= self.term_until_ts || (self.is_in_tree == 0 && self.entered > 0);
        if is_over { Ok(()) } else { Err(E::JurorBound) }
    }

    /// Whether it may be paid out: it is out of the tree, no draw can still call it, and it sits on no jury.
    fn is_free(&self, work_ts: WorkTs) -> bool {
        self.is_in_tree == 0 && work_ts.has_reached(self.out_until_work_ts) && self.ballots == 0
    }

    /// What a ballot of a jury that was armed at a time binds: a whole ballot's `lock`, or what is left of
    /// the juror's own beside the `ballots` that it has on the same jury. Nothing, where it may not sit: its
    /// lock is younger than the commitment to the dispute, used up, or stands for eight juries. What ripens
    /// after the arming makes no lock younger, else whoever knows the seed would let it ripen to be rid of
    /// the juror.
    pub fn binds(&self, (committed_ts, armed_ts): (i64, i64), lock: Amount, ballots: u32) -> Amount {
        let used = (0..ballots).fold(Amount::ZERO, |sum, _| sum.saturating_add(lock));
        let since_ts = if armed_ts < self.ripened_ts { self.former_since_ts } else { self.since_ts };
        let may_sit = since_ts < committed_ts && (ballots > 0 || self.juries < MAX_JURIES);
        if may_sit { Amount(self.ripe()).saturating_sub(used).min(lock) } else { Amount::ZERO }
    }

    /// Takes a ballot, the first one on a jury or a further one.
    pub fn sit(&mut self, is_first: bool) {
        self.juries = self.juries.saturating_add(u8::from(is_first));
        self.ballots = self.ballots.saturating_add(1);
    }

    /// Leaves a ballot: its vote may have earned a fee, or it loses `lost`, as far as the lock reaches: it
    /// stands for several juries. Returns what it lost.
    pub fn stand_up(&mut self, is_first: bool, lost: u64, fee: u64) -> u64 {
        self.juries = self.juries.saturating_sub(u8::from(is_first));
        self.ballots = self.ballots.saturating_sub(1);
        let lost = lost.min(self.lock);
        self.lock = self.lock.saturating_sub(lost);
        self.added = self.added.min(self.lock);
        self.credit = self.credit.saturating_add(fee);
        lost
    }
}
