//! Adversaries: whatever somebody without the right to it can put into a transaction.
//!
//! `refusals` puts every account of a populated world, and every way in which an account itself can be wrong,
//! into every slot of every instruction of both IDLs: more than 140,000 transactions. Each outcome is pinned
//! in `refusals.tsv`, of the add-in's instructions in `refusals_votes.tsv` (`UPDATE_REFUSALS=1` rewrites
//! them); what is accepted must stand, with its reason, in `allowed`. `mixtures` swaps several accounts at
//! once for those of another network, provider, realm or voter. `data`, `amounts`, `addresses` and `revival`
//! do the same to instruction data, numbers, derived addresses and sequences, each noun's in a file;
//! `payments` asks whom a crank pays; `codes` provokes every error code.
//! `calls` lives the whole world once more with people that are addresses of another program, which calls
//! every instruction for them.
//!
//! # Who could steal, freeze or stall, and what stops it
//!
//! What each would like to do, and behind the colon what stops it.
//!
//! Stranger:
//! - act on somebody's position, ticket, provider or network: `refusals` (slots `delegator`, `owner`,
//!   `admin`, `guardian`)
//! - be paid out of a vault, or have a vault credited in place of a person: `refusals` (slots `*_vault`,
//!   `to`, `from`), `codes`
//! - pass an account of his own making for one of ours: `refusals` (copies, other types, other owners,
//!   versions, lengths)
//! - combine accounts of two networks or providers that fit each other: `mixtures`
//! - swap the token or system program for one that moves nothing: `refusals` (`token_program`,
//!   `system_program`)
//! - block or price a creation by sending lamports first:
//!   `addresses::lamports_sent_to_an_address_beforehand_...`
//! - squat an address, or create an epoch, network or provider twice:
//!   `addresses::networks_providers_epochs_...`, `nothing_is_created_twice`
//! - crash an instruction with data that nobody foresaw: `data`
//! - keep a provider or an epoch from closing by a donation: cases `close_provider`, `sweep_surplus`;
//!   histories' wind-down
//! - take rent that is not his, or close what is somebody's too early: `codes` (`WrongRentReceiver`,
//!   `TooEarlyToClose`)
//! - be paid by an instruction that anybody may send: `payments`
//! - use the key of a tree that he made:
//!   `addresses::job::a_tree_is_adopted_once_and_gives_its_maker_no_power`
//! - price the creation of a dispute, or take rent that somebody else paid:
//!   `revival::dispute::lamports_sent_...`, `codes` (`WrongRentReceiver`)
//! - close what is still owed, or settle a ticket before its claims have ended: `codes`
//!   (`TooEarlyToCloseDispute`, `ClaimOpen`)
//! - prove a fault that the operator did not sign, or prove one twice: `codes` (`WrongProof`,
//!   `NotContradictory`, `NotAProvenFault`)
//! - see an opening in flight and come first, or open what another sealed: `codes` (`WrongOpening`),
//!   `refusals` (`opening`)
//! - keep a juror in, by armed draws or by bringing it back: stories `jury::draws::no_armed_draws_...`,
//!   `jury::leaves::nobody_brings_back_...`
//! - choose the rules of an epoch by opening it late: story
//!   `epoch::rules::a_provider_that_is_touched_late_...`
//! - hide a halt behind ordinary slots, or fine and expire in its first seconds: `codes` (`ClockHasGained`,
//!   `RevealStillOpen`), stories `job::crossings`
//! - join a realm that is not his, or pass a realm, a governance or a proposal that his own program wrote:
//!   `codes` (`NotTheRealmAuthority`, `NotAProposal`), `refusals` (`realm`)
//! - leave out positions of a voter, lower or prolong its record, or begin a voter for it: `codes`
//!   (`PositionsMissing`), `addresses::vote::a_voter_that_a_stranger_creates_...`, story
//!   `vote::addin_weights::a_stranger_ripens_...`
//! - set the maximum weight by another mint, or before any stake was weighed: `refusals` (`mint`), `codes`
//!   (`NothingFinalized`)
//!
//! Keeper:
//! - weigh himself alone and finalize, or finalize before the others came:
//!   `revival::one_transaction_cannot_take_an_epoch_...`
//! - be paid twice, for nothing, or into somebody else's account: `revival::cranks_repeated_...`,
//!   `refusals` (`keeper_account`: unpaid)
//! - settle out of order, late, twice, or leave a provider out for ever: histories: order, lateness and
//!   omission are random
//! - stop a crank by a frozen or missing bounty account: `allowed` (job-escrow-2)
//! - draw whom he likes, leave out a leaf, or use another tree: `codes` (`WrongDraw`, `WrongTree`,
//!   `NothingDrawn`), `refusals` (`candidates`)
//! - take more than the draw fee holds: `revival::job::the_draw_fee_pays_every_crank_once_...`
//! - expire or settle a seat before its time: `codes` (`NotExpired`, `ChallengeOpen`)
//! - score without the reports, before they are in, or twice: `codes` (`RevealStillOpen`, `WrongShard`),
//!   `revival::job::scores_and_attesters_...`
//! - seat attesters late, so that all are fined: `codes` (`TooLateToDraw`, `ShardOutOfRange`,
//!   `BeaconNotReady`)
//! - score by an empty shard where reports exist: `codes` (`WrongShard`), `refusals` (`score_providers`:
//!   `shard`)
//! - close an epoch by whose rules attesters are still to be settled: `codes` (`ShardsNotSettled`)
//! - seat whom it likes, or hide a juror's interest: `codes` (`WrongJuror`, `WrongAddress`)
//!
//! Delegator:
//! - earn from an epoch in which the stake was not there: `revival::stake_that_comes_and_goes_...`,
//!   histories
//! - gain by loops of deposit, request, cancel, by dust or by rounding: `revival::loops_of_one_holder_...`,
//!   histories' principal
//! - withdraw twice, revive a paid ticket, leave before it matures: `revival`, histories' tickets
//! - escape a slash by leaving, by tickets or by a new generation: histories: unbonding shares stay in the
//!   pool, claims hold parts
//! - split into many positions to be paid more:
//!   `addresses::a_position_and_its_tickets_work_at_any_bump_...`
//!
//! Voter:
//! - weigh another's position, one without a voice of its own, or one twice: `codes` (`NotTheHolder`,
//!   `NoVoiceOfItsOwn`, `PositionsOutOfOrder`)
//! - weigh at once what was closed and made again, removed and added, or given on: `revival::vote`
//! - write into another's record, or for another realm or network: `mixtures`, `codes` (`WrongRecord`,
//!   `WrongRegistrar`)
//! - take the rent of who paid for its voter: `refusals` (`close_voter`: `payer`)
//! - vote where votes last longer than a voice is silent: story
//!   `vote::addin_records::a_vote_that_outlasts_...`
//!
//! Realm's authority:
//! - let votes or records outlast the silence of a voice, or a vote be won by a little: `codes`
//!   (`RealmVoteOutOfBounds`, `StandingOutOfBounds`, `LeastMaximumOutOfBounds`), `amounts::vote`
//! - join its realm to another token's network, or anew: `codes` (`NotTheCommunityMint`),
//!   `addresses::vote::a_realm_of_a_mint_...`
//! - set another realm's terms: `mixtures`, `codes` (`WrongRealm`)
//!
//! Provider:
//! - take delegators' principal or their rewards: histories' books; `refusals` (`stake_vault`,
//!   `reward_vault`)
//! - raise the commission unseen or for epochs gone by: histories' commissions; `codes`
//!   (`CommissionStepTooLarge`)
//! - take own rewards before they are free: histories' vesting
//! - keep delegators in by retiring, by open claims, by not cranking: histories: no exit is refused but for
//!   its own position
//! - take its delegators' fees by having no own stake when an epoch begins: story
//!   `epoch::fees::without_own_stake_the_fee_is_shared_...`
//! - dodge every draw by stake that is leaving, and earn all the same: stories `epoch::leaving`,
//!   `job::counts::a_draw_dodged_...`
//! - earn by another's loss of weight: stories `epoch::scale::a_newcomer_gets_its_own_part_...`,
//!   `epoch::scale::what_a_jailed_provider_loses_...`
//! - delegate to himself and mix the two pools: `codes` (`OwnerCannotDelegate`, `NotThePool`)
//! - stop its meters by itself, or dodge its seats, unseen: stories
//!   `job::counts::a_meter_stopped_by_its_operator_...`, `job::counts::what_a_provider_does_...`
//! - dispute itself at no cost, or be paid for a disputed seat: `codes` (`DisputesItself`, `SeatDisputed`)
//! - take back the counter-bond early, or another's: `codes` (`CounterBondHeld`, `NotTheBonder`)
//! - leave jail early, or in debt: `codes` (`JailNotOver`, `DebtUnpaid`)
//!
//! Client:
//! - draw until it likes the provider: the cancel fee: `refusals` (`cancel_job`), stories of cancelling
//! - take a fee back once the work began, twice, or somebody else's: `codes` (`AlreadyAccepted`,
//!   `SeatHasEnded`, `WrongClient`)
//! - close a job before its provider is paid or its fault disputed: `codes` (`JobNotOver`,
//!   `WrongSeatCount`)
//! - stall an end by a frozen or missing refund account: `allowed` (principle-outside-1)
//! - pay with numbers that overflow a book or a meter: `amounts::job`
//! - take a provider's weight by jobs that fit nobody: story `job::counts::a_job_that_fits_nobody_...`
//! - bind stake by a meter stopped at once or by a ceiling out of reach: story
//!   `job::reach::meters_stopped_at_once_...`, `codes` (`CeilingOutOfReach`)
//! - use a job's number again: `addresses::job::a_job_and_its_seats_work_at_any_bump_...`,
//!   `revival::job::a_closed_job_...`
//!
//! Operator:
//! - take a seat that was drawn for another, or two of one job: `codes` (`NotDrawnForSeat`,
//!   `AlreadySeated`)
//! - submit late, copy another's result, or run the meter on: `codes` (`SubmissionHasPassed`,
//!   `CommitmentBroken`), `amounts::job`
//! - take more work than the own stake covers: `codes` (`ExposureFull`)
//!
//! Attester:
//! - leave with the bond before a fine, or come back with the old books: `codes` (`BondLocked`),
//!   `revival::job::a_closed_attester_...`
//! - copy reports, report late, or reveal nothing: `codes` (`CommitmentBroken`, `CommitHasPassed`,
//!   `NothingReported`)
//! - be paid twice, or escape a fine by silence: `revival::job::scores_and_attesters_repeated_...`
//! - silence others by masks that are not true: `codes` (`NothingToMask`), `refusals` (`interest`)
//! - take a provider's weight, or give others more, by silence: stories
//!   `score::quorum::silence_of_forty_percent_...`, `score::pay::silence_costs_a_quarter_...`
//! - burn a rival's reveal by a mask shown late: story
//!   `score::quorum::a_mask_shown_between_commitment_and_reveal_...`
//! - retire, add or be fined once the seed is known, so that others are drawn: story
//!   `score::roster_changes::nothing_that_happens_after_the_seed_...`
//! - close the roster for good, or leave places to keys of its own: stories
//!   `score::roster::a_roster_of_192_...`, `score::roster::an_incumbent_...`
//! - keep others out by bonds that wait: story `score::roster::no_number_of_waiting_bonds_...`
//!
//! Displacer:
//! - take a place out of turn, or unseen by who holds it: `codes` (`BondMarginTooSmall`,
//!   `DisplacementNotDue`), story `score::roster::who_is_to_be_displaced_...`
//!
//! Challenger:
//! - dispute for nothing, or withdraw what another claims: `codes` (`BondBelowRequired`,
//!   `NotTheChallenger`)
//! - set the price of an answer by its deposit, or claim much for a missed deadline: `codes`
//!   (`BondAboveRequired`, `MissedDeadline`)
//! - keep a commitment for the day on which it pays: `codes` (`OpeningExpired`),
//!   `revival::dispute::a_commitment_that_was_used_...`
//! - be paid twice, or what is another's: `revival::dispute::what_a_dispute_leads_to_happens_once`, `codes`
//!   (`NotTheChallenger`)
//! - fill the claims, so that nobody else disputes: stories `dispute::shares`: the newest is joined, its
//!   last entry shared
//!
//! Juror:
//! - vote late, twice, after the others, or for more than was claimed: `codes` (`AlreadyVoted`,
//!   `CommitmentBroken`, `VoteTooHigh`)
//! - choose its jury once the seed can be known: `codes` (`JurorTreeFrozen`, `RandomnessUnchanged`), story
//!   `jury::arming::nothing_that_happens_...`
//! - judge by a lock made for the purpose, or by a leaf that it left: `codes` (`LockUnripe`, `WrongJuror`)
//! - keep others out by small locks that return: `codes` (`LeafTaken`), story `jury::tree::small_locks_...`
//! - be paid out of locks that others have lost already: `codes` (`AbsentNotSettled`)
//! - judge whom it stands behind, or leave with a lock that a seat binds: cases `draw_juror`,
//!   `exclude_juror`; `codes` (`JurorBound`)
//!
//! Arbiter:
//! - rule before its time, what nobody claimed or found, or again and again: `codes` (`WrongPhase`,
//!   `NotARuling`, `RuledBefore`)
//!
//! Admin:
//! - raise a slash, cancel it once it has begun, or empty the insurance or the treasury at once: `codes`
//!   (`VetoNeverRaises`, `NotDeferred`, `ChangeNotDue`)
//! - reach any vault but the treasury: `refusals` (`pay_treasury`: `vault`)
//! - change parameters at once, by leaps, or back by an old proposal: `codes` (`ChangeNotDue`,
//!   `StepTooLarge`, `StaleParameters`)
//! - set parameters under which exits or cranks fail: `codes::parameters`
//! - change the rules of an epoch that has begun or ended: `codes` (`EpochsNotOpen`), story
//!   `epoch::rules::finalizing_...`
//! - hand an authority to nobody, or take it back after it was accepted:
//!   `revival::an_authority_is_accepted_once_...`
//!
//! Candidate:
//! - take a place that is held, out of turn, or by stake of a moment: `codes` (`PlaceTaken`,
//!   `PlaceMarginTooSmall`, `SwapNotDue`, `PlaceImmune`)
//! - swap with stake that is leaving: `codes` (`ChallengeFallen`)
//! - keep a challenge for the day on which the incumbent is weak: `codes` (`ChallengeLapsed`)
//!
//! Guardian:
//! - close exits, or keep the entrances closed for ever: histories' exits while paused; `codes`
//!   (`PauseTooLong`, `PauseTooSoon`)
//!
//! Freeze authority:
//! - stop a crank, a settlement or an installment by a frozen vault: stories `network::frozen`, `job::frozen`
//!
//! Creator:
//! - create a network with a mint that can be frozen, taxed or drained: `codes::network`

mod addresses;
mod allowed;
mod amounts;
mod callers;
mod calls;
mod cases;
mod catalog;
mod causes;
mod chain;
mod codes;
mod data;
mod mixtures;
mod payments;
mod refusals;
mod revival;
mod variants;
mod world;
