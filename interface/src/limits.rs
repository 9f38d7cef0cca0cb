//! Hard bounds that no governance can move.

/// Shortest epoch: 6 hours.
pub const MIN_EPOCH_SECS: u32 = 6 * 3_600;
/// Longest epoch: 30 days.
pub const MAX_EPOCH_SECS: u32 = 30 * 86_400;
/// Shortest weigh window: 10 minutes, so that nobody can weigh himself and finalize in one breath
/// (network-params-10).
pub const MIN_WEIGH_SECS: u32 = 600;
/// Shortest reveal window where attesters report: 10 minutes, or all of them would be fined for nothing.
pub const MIN_REVEAL_SECS: u32 = 600;
/// Own rewards become free over at most this many epochs, one less than the vesting ring.
pub const MAX_VESTING_EPOCHS: u32 = 7;
/// Longest unbonding time: 365 days.
pub const MAX_UNBONDING_SECS: u32 = 365 * 86_400;
/// Longest vote in which stake has a voice: 45 days.
pub const MAX_LONGEST_VOTE_SECS: u32 = 45 * 86_400;
/// A voice that passes to another voter is silent for the longest vote and so much longer: a record of it may
/// stand for a day's slots, and slots may halt or be slow for another day (position-direct-2).
pub const VOICE_SLACK_SECS: u32 = 2 * 86_400;
/// Highest leverage cap.
pub const MAX_LEVERAGE: u32 = 64;
/// Keepers get at most 15 % of the emission (network-params-11).
pub const MAX_KEEPER_SHARE_PPM: u32 = 150_000;
/// A tier multiplies a weight by at most 1.5.
pub const MAX_TIER_BPS: u16 = 15_000;
/// A bounty is at most this part of what the minimum stake earns in an epoch: 1 % (network-params-12).
pub const BOUNTY_PART_OF_MINIMUM_REWARD: u64 = 100;
/// A lot pays for its own activation once its reward covers the bounty this many times (network-params-12).
pub const ACTIVATION_COVER: u64 = 10;
/// Anybody restakes for a holder that wants it at most once in so many epochs (position-restake-2).
pub const AUTO_RESTAKE_EPOCHS: u32 = 4;
/// Epochs in which the minimum delegation must earn that much (network-params-12).
pub const ACTIVATION_EPOCHS: u64 = 8;
/// Smallest minimum delegation and minimum self-stake: 2^20 base units, so that every pool can be rewarded
/// (network-params-13).
pub const MIN_MINIMUM_STAKE: u64 = 1 << 20;
/// Unbonding tickets of one position whose shares are still in the pool; a further request joins the newest
/// (position-ticket-1).
pub const MAX_LIVE_TICKETS: u8 = 8;
/// Open claims of one provider.
pub const MAX_CLAIMS: usize = 4;
/// Entries of a claim's account: a dispute each, the last one for all that join beyond (dispute-claim-2).
pub const CLAIM_ENTRIES: usize = 15;
/// An opening follows its commitment within an hour; a seat settles an hour after its window
/// (dispute-open-2).
pub const OPENING_SECS: u32 = 3_600;
/// Providers in one weigh or settle instruction.
pub const MAX_BATCH: usize = 24;
/// Longest pause of the entrances: 7 days; the next may begin 7 days after it ended (network-pause-2).
pub const MAX_PAUSE_SECS: i64 = 7 * 86_400;
/// A new guardian or arbiter waits 3 days before it can accept (network-authority-2).
pub const AUTHORITY_DELAY_SECS: i64 = 3 * 86_400;
/// An empty position may be closed by anybody after 30 days; its rent returns to its owner.
pub const CLOSE_BY_ANYBODY_SECS: i64 = 30 * 86_400;
/// A closed provider's address may be used again 90 epochs after it retired (provider-close-2).
pub const CLOSE_PROVIDER_EPOCHS: u32 = 90;
/// A part of a whole may always move by this much in one change: 1 %.
pub const LEAST_STEP_PPM: u64 = 10_000;
/// The same where the whole is 10,000.
pub const LEAST_STEP_BPS: u64 = 100;
/// A rate may always move by this much in one change, in 10^-12: a tenth of a percent a year.
pub const LEAST_STEP_PPT: u64 = 1_000_000_000;
/// A metric's weight moves by at most a tenth of the whole in one change.
pub const METRIC_WEIGHT_STEP_PPM: u32 = 100_000;
/// And its gate.
pub const METRIC_GATE_STEP_BPS: u16 = 1_000;
/// A network that measures nothing measures nothing for at least 30 days.
pub const UNMEASURED_SECS: i64 = 30 * 86_400;
/// Smallest share cap: 1 %.
pub const MIN_SHARE_CAP_PPM: u32 = 10_000;
/// Delay of a change that touches keeper bounties only: 1 day.
pub const COSMETIC_DELAY_SECS: i64 = 86_400;
/// Delay of a change of economic parameters: 3 days.
pub const ECONOMIC_DELAY_SECS: i64 = 3 * 86_400;
/// A parameter change that nobody executed expires 14 days after it could have been.
pub const EXECUTION_WINDOW_SECS: i64 = 14 * 86_400;
/// A complete draft of parameters that nobody used stays for 45 days: longer than a vote about it lasts.
pub const DRAFT_KEPT_SECS: i64 = 45 * 86_400;
/// Bytes of a model's name.
pub const MODEL_NAME: usize = 32;
/// Most bytes of a model's URI.
pub const MODEL_URI: usize = 128;
/// Classes of jobs in a network.
pub const MAX_JOB_CLASSES: usize = 16;
/// Keys beside the operator that a provider names for classes of jobs.
pub const MAX_CLASS_OPERATORS: usize = 4;
/// Most providers that do the same job.
pub const MAX_REDUNDANCY: usize = 5;
/// The highest rating of a result.
pub const MAX_RATING: u8 = 100;
/// A dynamic cap leaves room for at least the working providers.
pub const MIN_HEADROOM_BPS: u32 = 10_000;
/// And for at most ten times as many.
pub const MAX_HEADROOM_BPS: u32 = 100_000;
/// Faults raise the minimum stake by at most so many times the part of the stake that they cost.
pub const MAX_FAULT_GAIN: u32 = 100_000;
/// A jailed provider's place is held for at most as many epochs as the longest jail has.
pub const MAX_PLACE_HOLD_EPOCHS: u32 = MAX_JAIL_EPOCHS as u32;
/// A tier asks for at most a thousand times the minimum stake.
pub const MAX_TIER_STAKE_BPS: u32 = 10_000_000;
/// Lowest fee that a class may set: 10^6 base units, so that neither the burned part nor the treasury's
/// rounds to nothing (job-class-3).
pub const MIN_JOB_FEE: u64 = 1_000_000;
/// A class gives at least 10 minutes to find a provider.
pub const MIN_SEAT_SECS: u32 = 600;
/// A drawn provider has at least a minute to accept, a committed one to reveal.
pub const MIN_ACCEPT_SECS: u32 = 60;
/// Part of the own stake that a fault of severity 3 costs: 5 %, the yardstick of the exposure factor
/// (job-class-4).
pub const SEVERITY_3_BPS: u16 = 500;
/// Highest exposure factor.
pub const MAX_EXPOSURE_FACTOR: u32 = 100_000;
/// A seed is the hash of the first existing slot at least this many after the one that armed it.
pub const SEED_DELAY_SLOTS: u64 = 8;
/// Draws that a seat can use up before any eligible provider may take it.
pub const MAX_ATTEMPTS: u8 = 8;
/// Leaves of the tree that a seat's draws can look at before any eligible provider may take it (job-draw-6).
pub const MAX_LEAVES: u8 = 64;
/// Keepers and attesters together get at most 15 % of the emission (network-params-11).
pub const MAX_KEEPER_AND_ATTESTER_PPM: u32 = 150_000;
/// Burned part and treasury's part of a fee together are at most half of it.
pub const MAX_FEE_SHARE_PPM: u32 = 500_000;
/// The treasury gets at most a fifth of the emission (network-params-11).
pub const MAX_TREASURY_SHARE_PPM: u32 = 200_000;
/// The rate of the emission follows the stake in 30 days at the fastest, which no epoch is longer than: a
/// step never exceeds the rate itself (epoch-emission-7).
pub const MIN_RESPONSE_SECS: u32 = 30 * 86_400;
/// And in ten years at the slowest.
pub const MAX_RESPONSE_SECS: u32 = 10 * 365 * 86_400;
/// Attesters in a network.
pub const MAX_ATTESTERS: usize = 192;
/// Attesters of a shard.
pub const SHARD_ATTESTERS: usize = 15;
/// Places of a shard.
pub const SHARD_PROVIDERS: usize = 48;
/// A retired attester's bond is free this many epochs, and a challenge window, after the last report it owed
/// (score-roster-6).
pub const ATTESTER_UNLOCK_EPOCHS: u32 = 2;
/// An unscored provider keeps its last score for this many epochs, then has no emission weight.
pub const UNSCORED_GRACE_EPOCHS: u8 = 2;
/// A provider below the minimum stake has this many epochs to top up before it loses its weight.
pub const MINIMUM_GRACE_EPOCHS: u32 = 14;
/// Windows of an epoch in which an operator can give a sign of life.
pub const HEARTBEAT_WINDOWS: u32 = 16;
/// Maintenance is declared at least an hour ahead.
pub const MAINTENANCE_NOTICE_SECS: u32 = 3_600;
/// A maintenance window lasts at most a quarter of an epoch.
pub const MAINTENANCE_PART_OF_EPOCH: u32 = 4;
/// One maintenance window in this many epochs.
pub const MAINTENANCE_EVERY_EPOCHS: u32 = 4;
/// A job or a shard may be closed by anybody this long after its end; before, by who paid its rent.
pub const CLOSE_OBJECT_SECS: i64 = 30 * 86_400;
/// A fault's record closes this long after its last dispute, so that later ones of the epoch still cost the
/// largest and not the sum.
pub const CLOSE_FAULT_SECS: i64 = 90 * 86_400;
/// A provider has at least 2 days to answer a dispute (dispute-answer-1).
pub const MIN_ANSWER_SECS: u32 = 2 * 86_400;
/// Every other phase of a dispute lasts at least 10 minutes.
pub const MIN_JURY_SECS: u32 = 600;
/// And at most 30 days.
pub const MAX_JURY_SECS: u32 = 30 * 86_400;
/// The outage that own unbonding, the ripening of locks and the young tree count of a longest dispute: a day.
/// Where more is recorded its claims hold the stake, and no younger lock sits on its juries.
pub const LONGEST_OUTAGE_SECS: u64 = 86_400;
/// A provider that no jury judged is convicted by the arbiter once in 90 epochs at most (dispute-arbiter-1).
pub const ARBITER_EPOCHS: u32 = 90;
/// A bond is at most a fifth of the claimed stake.
pub const MAX_CLAIM_BOND_BPS: u16 = 2_000;
/// Bonds, fees and locks of jurors stay below 2^48 base units, so that no jury's cost overflows.
pub const MAX_JUROR_LOCK: u64 = 1 << 48;
/// The slashing limit refills within 90 epochs.
pub const MAX_REFILL_EPOCHS: u32 = 90;
/// Least and most of a severity's fraction of stake (dispute-slash-1), from severity 1 to 5. Repeats and
/// correlation never exceed the most.
pub const SEVERITY_BOUNDS: [(u16, u16); 5] = [(1, 100), (10, 500), (100, 1_500), (500, 5_000), (3_000, 10_000)];
/// Challengers get at most 30 % of what is taken from the own stake.
pub const MAX_REWARD_BPS: u16 = 3_000;
/// The client's compensation is at most 30 % of it, and at most twice its fee.
pub const COMPENSATION_BPS: u16 = 3_000;
/// Longest jail.
pub const MAX_JAIL_EPOCHS: u16 = 365;
/// Most parts of a slash.
pub const MAX_INSTALLMENTS: u8 = 8;
/// Faults upheld within this many epochs make the next one cost more.
pub const REPEAT_EPOCHS: u32 = 90;
/// Providers convicted within this many epochs make each other's faults cost more, from severity 3 on.
pub const CORRELATION_EPOCHS: u32 = 7;
/// The first severity whose cost rises with others' convictions.
pub const CORRELATED_SEVERITY: u8 = 3;
/// What an objective proof finds at most (dispute-proof-1).
pub const OBJECTIVE_SEVERITY: u8 = 3;
/// What a missed deadline is claimed at, at most (dispute-kind-2).
pub const MISSED_SEVERITY: u8 = 1;
/// A dispute that ends without a vote leaves the seat disputable for 2 more days, twice at most
/// (dispute-withdraw-2).
pub const REOPENED_SECS: i64 = 2 * 86_400;
/// How often.
pub const MAX_REOPENINGS: u8 = 2;
/// Leaves that are drawn besides one for each seat of a jury, for jurors that may not sit (jury-draw-3).
pub const SPARE_JURORS: u8 = 16;
/// Leaves that are drawn for the largest jury: a fresh one of the third round, and the spares.
pub const MAX_DRAWN_JURORS: usize = 62 + SPARE_JURORS as usize;
/// Juries that one lock may stand for at a time (jury-fine-2).
pub const MAX_JURIES: u8 = 8;
/// The jurors' tree stands still from the arming of a draw until its seed is captured. An arming holds for at
/// least this many slots after the armed one: as many as hashes of slots are remembered.
pub const DRAW_SLOTS: u64 = 512;
/// And for this many while an account of randomness may still change: ten minutes, and as long again if slots
/// are fast.
pub const RANDOMNESS_SLOTS: u64 = 3_000;
/// Armings end with a window of as many slots, so that those that end together are counted together.
pub const ARMING_SLOTS: u64 = 1_024;
/// An account of randomness has this long to change after a jury is called; then the hash of a slot decides.
pub const RANDOMNESS_SECS: i64 = 600;
/// The hash that draws a juror begins with this word.
pub const JURY_DOMAIN: &[u8] = b"jury";
/// Commitments begin with this word for the opening of a dispute.
pub const OPENING_DOMAIN: &[u8] = b"opening";
/// Commitments begin with this word for a juror's vote.
pub const VOTE_DOMAIN: &[u8] = b"vote";
/// Commitments begin with this word for a job's result.
pub const RESULT_DOMAIN: &[u8] = b"result";
/// Commitments begin with this word for an attester's reports.
pub const REPORTS_DOMAIN: &[u8] = b"reports";
/// The hash of a draw begins with this word.
pub const DRAW_DOMAIN: &[u8] = b"draw";
/// The hash that draws an attester begins with this word.
pub const ATTESTERS_DOMAIN: &[u8] = b"attesters";
