//! Cranks: what they do and what they are about.

use work_token_sdk::{
    Pubkey,
    draw::{DrawPlan, TreeEntry},
    ix::{self, Creditor},
    state::Dispute,
};

/// One crank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The epoch it is about.
    pub epoch: u32,
    /// What it does.
    pub work: Work,
}

/// What a crank does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// Opens the ended epoch.
    Open,
    /// Arms or captures the present epoch's seed.
    Beacon,
    /// Draws the attesters of a shard.
    DrawAttesters(u16),
    /// Bars the attester of an opinion of a shard from a provider, by what shows its interest.
    Mask(u16, u8, Pubkey, Pubkey),
    /// Lets this attester take the place that it aims at, of whoever holds it.
    Displace(Pubkey, Option<Pubkey>),
    /// Scores these providers, all of one shard where something is attested.
    Score(Option<u16>, Vec<Pubkey>),
    /// Weighs these providers.
    Weigh(Vec<Pubkey>),
    /// Freezes the weights and emits.
    Finalize,
    /// Settles these providers.
    Settle(Vec<Pubkey>),
    /// Pays or fines these attesters of a shard.
    SettleAttesters(u16, Vec<Pubkey>),
    /// Closes a shard; its rent goes back to its payer.
    CloseShard(u16, Pubkey),
    /// Activates a position's due lots, before the provider forgets from when on they earn.
    Activate(Pubkey),
    /// Turns what a position has earned into stake, for a holder that asked for it.
    Restake(Pubkey),
    /// Gives the voice of a position to its provider's owner, whose return its holder has begun.
    CompleteReturn(Pubkey),
    /// Writes the maximum weight of the realm of a registrar.
    UpdateMaxWeight(Pubkey),
    /// Notes what waits and ripens of a voter's positions.
    UpdateVoter(Pubkey),
    /// Brings a job a step further.
    Job(Pubkey, JobStep),
    /// Brings a dispute a step further.
    Dispute(Pubkey, DisputeWork),
    /// Returns the deposit of a commitment that was not opened in time.
    LapseOpening(Pubkey),
    /// Settles what a ticket held back for these claims, whose disputes have ended.
    SettleTicket(Pubkey, Vec<u32>),
    /// Writes what has ripened of a juror's lock into its leaf, or finds one for it.
    SyncJuror(Pubkey, TreeEntry),
    /// Shrinks a claim, or closes it after its provider; the rent goes back to its payer.
    CloseClaim(Pubkey),
    /// Closes what was found of a provider in an epoch; the rent goes back to its payer.
    CloseFault(Pubkey),
    /// Moves deadlines by the time that the chain has lost.
    RecordOutage,
    /// Notes slot and time anew, so that a later outage is measured from now.
    RefreshNote,
    /// Swaps a challenged place, or lets the challenge of this provider fall.
    SwapPlace(Pubkey),
    /// Takes the place of a provider that does not keep it up.
    VacatePlace(Pubkey),
    /// Gives the head of the queue, whose entry this is, the first free place.
    AdmitHead(Pubkey),
    /// Passes the head of the queue, whose entry this is, because it cannot have a place.
    PassHead(Pubkey),
    /// Returns what is left to the network.
    Sweep,
    /// Closes the account; its rent goes back to its payer.
    Close(Pubkey),
}

/// What a crank of a job does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobStep {
    /// Captures the seed.
    Capture,
    /// Draws a seat.
    Draw(u8, DrawPlan),
    /// Stops a meter that has run out.
    Stop(u8),
    /// Ends a seat whose deadline has passed.
    Expire(u8),
    /// Pays a seat's fee.
    Settle(u8),
    /// Closes the job, long after its end.
    Close,
}

/// What a crank of a dispute does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeWork {
    /// Brings it past its deadlines, to its outcome, to its end.
    Advance,
    /// Arms the present jury's draw, or captures its seed.
    CallJury,
    /// Calls the next juror of the present jury.
    Ballot(ix::DrawJuror),
    /// Executes what is due of the slash.
    Execute,
    /// Burns, insures and shares out what is held for nobody in particular.
    Distribute,
    /// Pays or fines the juror of a seat.
    SettleBallot(Pubkey),
    /// Pays a party what the dispute owes it, and draws the challengers' reward.
    ClaimCredit(ix::Creditor),
    /// Pays back what is left of somebody's payments for appeals.
    ClaimAppeal(Pubkey),
    /// Closes it, long after its end.
    Close,
}

impl DisputeWork {
    /// The crank's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Advance => "advance-dispute",
            Self::CallJury => "call-jury",
            Self::Ballot(_) => "draw-juror",
            Self::Execute => "execute-installment",
            Self::Distribute => "distribute-slash",
            Self::SettleBallot(_) => "settle-ballot",
            Self::ClaimCredit(_) => "claim-dispute-credit",
            Self::ClaimAppeal(_) => "claim-appeal",
            Self::Close => "close-dispute",
        }
    }
}

impl Work {
    /// The crank's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Beacon => "beacon",
            Self::DrawAttesters(_) => "draw-attesters",
            Self::Mask(..) => "mask-report",
            Self::Displace(..) => "displace-attester",
            Self::Score(..) => "score",
            Self::Weigh(_) => "weigh",
            Self::Finalize => "finalize",
            Self::Settle(_) => "settle",
            Self::SettleAttesters(..) => "settle-attesters",
            Self::CloseShard(..) => "close-shard",
            Self::Activate(_) => "activate",
            Self::Restake(_) => "restake",
            Self::CompleteReturn(_) => "complete-return",
            Self::UpdateMaxWeight(_) => "update-max-weight",
            Self::UpdateVoter(_) => "update-voter",
            Self::Job(_, JobStep::Capture) => "capture-seed",
            Self::Job(_, JobStep::Draw(..)) => "draw-job",
            Self::Job(_, JobStep::Stop(_)) => "stop-job",
            Self::Job(_, JobStep::Expire(_)) => "expire-job",
            Self::Job(_, JobStep::Settle(_)) => "settle-job",
            Self::Job(_, JobStep::Close) => "close-job",
            Self::Dispute(_, work) => work.name(),
            Self::LapseOpening(_) => "lapse-opening",
            Self::SettleTicket(..) => "settle-ticket",
            Self::SyncJuror(..) => "sync-juror",
            Self::CloseClaim(_) => "close-claim",
            Self::CloseFault(_) => "close-fault",
            Self::RecordOutage => "record-outage",
            Self::RefreshNote => "refresh-note",
            Self::SwapPlace(_) => "swap-place",
            Self::VacatePlace(_) => "vacate-place",
            Self::AdmitHead(_) => "admit-head",
            Self::PassHead(_) => "pass-head",
            Self::Sweep => "sweep",
            Self::Close(_) => "close",
        }
    }

    /// The providers or attesters that it is about, where one transaction takes several.
    pub fn batch(&self) -> &[Pubkey] {
        match self {
            Self::Score(_, batch) | Self::Weigh(batch) | Self::Settle(batch) | Self::SettleAttesters(_, batch) => batch,
            _ => &[],
        }
    }

    /// The same for only one of them; what is about one thing stays as it is.
    pub fn alone(&self) -> Vec<Self> {
        let one = |key: &Pubkey| match self {
            Self::Score(shard, _) => Self::Score(*shard, vec![*key]),
            Self::Weigh(_) => Self::Weigh(vec![*key]),
            Self::Settle(_) => Self::Settle(vec![*key]),
            Self::SettleAttesters(shard, _) => Self::SettleAttesters(*shard, vec![*key]),
            other => other.clone(),
        };
        if self.batch().len() > 1 { self.batch().iter().map(one).collect() } else { vec![self.clone()] }
    }

    /// What it is about, where that is one thing with an address.
    pub fn about(&self) -> Option<Pubkey> {
        match self {
            Self::Displace(key, _)
            | Self::Activate(key)
            | Self::Restake(key)
            | Self::CompleteReturn(key)
            | Self::UpdateMaxWeight(key)
            | Self::UpdateVoter(key)
            | Self::Job(key, _)
            | Self::Dispute(key, _)
            | Self::LapseOpening(key)
            | Self::SettleTicket(key, _)
            | Self::SyncJuror(key, _)
            | Self::CloseClaim(key)
            | Self::CloseFault(key)
            | Self::SwapPlace(key)
            | Self::VacatePlace(key)
            | Self::AdmitHead(key)
            | Self::PassHead(key)
            | Self::Mask(_, _, key, _) => Some(*key),
            _ => match self.batch() {
                [key] => Some(*key),
                _ => None,
            },
        }
    }

    /// The shard whose reports it is about.
    pub const fn shard(&self) -> Option<u16> {
        match self {
            Self::Score(shard, _) => *shard,
            Self::DrawAttesters(shard)
            | Self::Mask(shard, ..)
            | Self::SettleAttesters(shard, _)
            | Self::CloseShard(shard, _) => Some(*shard),
            _ => None,
        }
    }

    /// Whether it is about epochs, scores and stake: what goes on without anybody's job, vote, dispute
    /// or challenge.
    pub const fn keeps_epochs(&self) -> bool {
        !matches!(
            self,
            Self::Job(..)
                | Self::CompleteReturn(_)
                | Self::UpdateMaxWeight(_)
                | Self::UpdateVoter(_)
                | Self::Dispute(..)
                | Self::LapseOpening(_)
                | Self::SettleTicket(..)
                | Self::SyncJuror(..)
                | Self::CloseClaim(_)
                | Self::CloseFault(_)
                | Self::RecordOutage
                | Self::RefreshNote
                | Self::SwapPlace(_)
                | Self::VacatePlace(_)
                | Self::AdmitHead(_)
                | Self::PassHead(_)
        )
    }

    /// The dispute that it brings further.
    pub const fn dispute(&self) -> Option<&Pubkey> {
        match self {
            Self::Dispute(dispute, _) => Some(dispute),
            _ => None,
        }
    }
}

/// How many accounts of a kind one transaction takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batches {
    /// Providers that are weighed, beside the tree.
    pub weigh: usize,
    /// Providers that are settled.
    pub settle: usize,
    /// Providers that are scored.
    pub score: usize,
    /// Leaves that are drawn, each with an offer.
    pub draw: usize,
}

impl Batches {
    /// For transactions that the keeper pays itself, or that somebody else pays: a second signature takes the
    /// room of three accounts.
    pub const fn of(keeper_pays: bool) -> Self {
        let room = if keeper_pays { 0 } else { 3 };
        Self {
            weigh: ix::WEIGH_BATCH - room,
            settle: ix::SETTLE_BATCH - room,
            score: ix::SCORE_BATCH - room,
            draw: ix::DRAW_BATCH - room.div_ceil(2),
        }
    }
}

/// Who a creditor of a dispute is.
pub fn creditor_key(dispute: &Dispute, creditor: Creditor) -> Option<Pubkey> {
    match creditor {
        Creditor::Challenger(place) => dispute.parties.get(usize::from(place)).map(|party| party.owner),
        Creditor::Client => Some(dispute.client),
    }
}
