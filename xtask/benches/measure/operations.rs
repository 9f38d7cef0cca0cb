//! The operations of the table, in its order, and the account types with their sizes.

use std::{
    cell::RefCell,
    collections::{BTreeMap, btree_map::Entry},
};

use anyhow::{Context as _, Result};
use work_token_sdk::{
    Account,
    state::{
        AppealShare, Assignment, Attester, AttesterRoster, Ballot, Claim, Client, Delegation, Dispute, DisputeOpening,
        EpochPool, Fault, Job, JobClass, Juror, Network, Offer, ParamChange, Provider, ScoreShard, Tree, Unbonding,
    },
};
use work_token_xtask::bench::measure::{Operation, Sample, Tokens};

use crate::lives;

/// Name and budget of every operation, in the table's order. The budgets are those of protocol.md, section
/// 13, but for withdrawals, claimed rewards, openings and installments, which the changelog names.
const TABLE: &[(&str, Option<u64>)] = &[
    ("create_network", None),
    ("register_provider", Some(10_000)),
    ("stake_self", None),
    ("delegate, first time", Some(5_500)),
    ("delegate, again", Some(3_800)),
    ("delegate, again, two lots due, first touch of an epoch", Some(3_800)),
    ("request_unbonding", Some(4_000)),
    ("request_unbonding, into the newest of eight", Some(4_000)),
    ("cancel_unbonding", None),
    ("withdraw_unbonded", Some(3_600)),
    ("withdraw_unbonded, four open claims", Some(4_500)),
    ("claim_rewards", Some(3_100)),
    ("restake", None),
    ("claim_provider_rewards", None),
    ("announce_commission", None),
    ("set_operator", None),
    ("set_reward_destination", None),
    ("retire", None),
    ("close_provider", None),
    ("close_delegation", None),
    ("open_epoch", None),
    ("touch_provider", None),
    ("touch_provider, after 500 missed epochs", None),
    ("weigh_providers, 8 with bounty", Some(8 * 1_600)),
    ("weigh_providers, 24 with bounty", Some(24 * 1_600)),
    ("weigh_providers, 8 with leaves and bounty", Some(8 * 1_600)),
    ("finalize_epoch", None),
    ("settle_providers, 8 with bounty", Some(8 * 1_600)),
    ("settle_providers, 24 with bounty", Some(24 * 1_600)),
    ("sweep_epoch", None),
    ("close_epoch", None),
    ("activate_delegation, with bounty", None),
    ("sweep_surplus", None),
    ("pay_treasury", None),
    ("pause", None),
    ("unpause", None),
    ("propose_authority", None),
    ("accept_authority", None),
    ("propose_params", None),
    ("execute_params", None),
    ("cancel_params", None),
    ("set_job_class", None),
    ("register_client", None),
    ("create_job", Some(6_500)),
    ("create_job, three seats", None),
    ("capture_seed", None),
    ("draw_job, 8 leaves", Some(4_000)),
    ("draw_job, 4,096 leaves", Some(4_000)),
    ("draw_job, first touch of an epoch", None),
    ("accept_job", None),
    ("decline_job", None),
    ("submit_result", Some(2_000)),
    ("commit_result", None),
    ("reveal_result", None),
    ("settle_job, first touch of an epoch", Some(4_500)),
    ("settle_job, metered with refund", None),
    ("approve_result", Some(4_500)),
    ("cancel_job", None),
    ("expire_job", None),
    ("keep_alive", None),
    ("stop_job", None),
    ("rate_job", None),
    ("close_job", None),
    ("set_offer", None),
    ("init_tree", None),
    ("take_place", None),
    ("heartbeat", None),
    ("declare_maintenance", None),
    ("record_outage", None),
    ("refresh_note", None),
    ("register_attester", None),
    ("advance_beacon", None),
    ("seat_attesters, 15 of 15", None),
    ("commit_reports", None),
    ("reveal_reports", None),
    ("score_providers, 12 with six metrics and fifteen attesters", Some(12 * 6_000)),
    ("settle_attesters, 15", None),
    ("close_score_shard", None),
    ("join_jury", None),
    ("claim_juror_pay", None),
    ("sync_juror", None),
    ("sync_juror, in place of another", None),
    ("leave_jury", None),
    ("commit_dispute", Some(4_000)),
    ("lapse_opening", None),
    ("open_dispute, with a new claim", Some(17_500)),
    ("open_dispute, into an open claim", Some(14_500)),
    ("raise_claim", None),
    ("answer_dispute", None),
    ("withdraw_dispute", None),
    ("withdraw_dispute, the last claim", None),
    ("file_evidence", None),
    ("call_jury", None),
    ("call_jury, to the seed of the largest jury", None),
    ("seat_juror", None),
    ("commit_vote", None),
    ("reveal_vote", None),
    ("fund_appeal", None),
    ("claim_appeal", None),
    ("advance_dispute", None),
    ("execute_installment, 1 delegator", Some(3_900)),
    ("execute_installment, 1,000 delegators", Some(3_900)),
    ("execute_installment, 1,000,000 delegators", Some(3_900)),
    ("execute_installment, three missed ones", None),
    ("distribute_slash", None),
    ("settle_ticket, one claim", Some(4_500)),
    ("settle_ticket, one claim of fifteen disputes", None),
    ("settle_ballot", None),
    ("claim_dispute_credit", None),
    ("claim_counter_bond", None),
    ("unjail", None),
    ("claim_attester_rewards", None),
    ("retire_attester", None),
    ("close_attester", None),
];

/// What each operation costs, by the token program and the key set of the life that measured it.
type Lives = BTreeMap<(Tokens, u64), BTreeMap<&'static str, Sample>>;

thread_local! {
    /// One life of a network measures every operation, so each is lived once per key set.
    static LIVES: RefCell<Lives> = const { RefCell::new(BTreeMap::new()) };
}

struct Row {
    name: &'static str,
    budget_cu: Option<u64>,
}

impl Operation for Row {
    fn name(&self) -> &str {
        self.name
    }

    fn budget_cu(&self) -> Option<u64> {
        self.budget_cu
    }

    fn sample(&self, tokens: Tokens, key_set: u64) -> Result<Sample> {
        LIVES.with_borrow_mut(|lives| {
            let life = match lives.entry((tokens, key_set)) {
                Entry::Occupied(lived) => lived.into_mut(),
                Entry::Vacant(place) => place.insert(lives::live(tokens, key_set)?),
            };
            life.get(self.name).copied().with_context(|| format!("no life measures `{}`", self.name))
        })
    }
}

/// Every operation that is measured.
pub fn all() -> Vec<Box<dyn Operation>> {
    TABLE.iter().map(|&(name, budget_cu)| Box::new(Row { name, budget_cu }) as Box<dyn Operation>).collect()
}

/// Bytes of each account type, with its discriminator.
pub fn account_bytes() -> BTreeMap<String, u64> {
    fn of<A: Account>() -> (String, u64) {
        (A::NAME.to_owned(), A::SIZE as u64)
    }
    BTreeMap::from([
        of::<Network>(),
        of::<Provider>(),
        of::<Delegation>(),
        of::<Unbonding>(),
        of::<EpochPool>(),
        of::<ParamChange>(),
        of::<JobClass>(),
        of::<Client>(),
        of::<Job>(),
        of::<Assignment>(),
        of::<Offer>(),
        of::<Tree>(),
        of::<Attester>(),
        of::<AttesterRoster>(),
        of::<ScoreShard>(),
        of::<DisputeOpening>(),
        of::<Dispute>(),
        of::<Claim>(),
        of::<Fault>(),
        of::<Ballot>(),
        of::<Juror>(),
        of::<AppealShare>(),
    ])
}
