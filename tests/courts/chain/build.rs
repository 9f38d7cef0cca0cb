//! The instructions of operations.

use {
    super::Chain,
    crate::op::{Op, PROVIDERS, Target, Who},
    std::collections::HashMap,
    work_token_localnet::commit_vote_ix,
    work_token_sdk::{
        BallotAddresses, DisputeAddresses, Instruction, Pubkey, addresses,
        commit::SealedOpening,
        draw::JuryPlan,
        ix,
        math::dispute::Side,
        state::{Claim, Dispute, DisputeKind, Juror, Provider, Tree},
    },
};

/// What a step has done to the draws of juries so far: how many of each dispute were called.
type Called = HashMap<usize, usize>;

impl Chain {
    /// The instructions of a step, one for each of its operations.
    pub fn build(&mut self, step: &[Op]) -> Vec<Instruction> {
        let mut called = Called::new();
        step.iter().map(|op| self.instruction(op, &mut called)).collect()
    }

    fn instruction(&mut self, op: &Op, called: &mut Called) -> Instruction {
        let network = self.world.scenario.network;
        let keeper = ix::Keeper { keeper: self.world.scenario.keeper.address(), account: None };
        let providers: Vec<Pubkey> = self.providers.iter().map(|provider| provider.provider).collect();
        match *op {
            Op::RefreshNote => ix::refresh_note(&network.network),
            Op::RecordOutage => ix::record_outage(&network.network),
            Op::OpenEpoch { epoch } => ix::open_epoch(&network.network, keeper.keeper, epoch),
            Op::Weigh { epoch } => {
                let tree = self.world.scenario.work_tree(epoch);
                ix::weigh_providers(&network, epoch, keeper, tree, &self.open_providers())
            }
            Op::Finalize { epoch } => ix::finalize_epoch(&network, epoch, keeper),
            Op::Settle { epoch } => ix::settle_providers(&network, epoch, keeper, &self.open_providers()),
            Op::Sweep { epoch } => ix::sweep_epoch(&network.network, epoch),
            Op::Touch { provider } => ix::touch_provider(&network.network, providers[provider]),
            Op::Retire { provider } => ix::retire(&self.owned(provider)),
            Op::CloseProvider { provider } => {
                let (at, state) = (self.owned(provider), self.provider(provider));
                state.map_or_else(|| ix::close_provider(&at), |state| ix::close_provider_of(&at, &state))
            }
            Op::Unjail { provider } => ix::unjail(&self.owned(provider)),
            Op::ProposeOwner { provider, to } => {
                ix::propose_owner(&self.owned(provider), to.map(|to| self.people[to].address()))
            }
            Op::AcceptOwner { provider, by, agreed } => self.accept_owner(provider, by, &agreed),
            Op::Forgive { provider, amount } => {
                ix::forgive_debt(&network.network, self.world.scenario.admin.address(), providers[provider], amount)
            }
            Op::ClaimOwn { provider } => {
                let owner = self.owner(provider);
                ix::claim_provider_rewards(&self.owned(provider), self.people[owner].tokens)
            }
            Op::ClaimCounterBond { provider } => self.claim_counter_bond(provider),
            Op::CloseClaim { provider, number } => {
                let claim = addresses::claim(&providers[provider], number);
                let payer = self.world.scenario.find::<Claim>(&claim).map_or(keeper.keeper, |claim| claim.payer);
                ix::close_claim(&claim, providers[provider], payer)
            }
            Op::CloseFault { provider, epoch } => {
                let fault = addresses::fault(&providers[provider], epoch);
                let found = self.world.scenario.find::<work_token_sdk::state::Fault>(&fault);
                ix::close_fault(&fault, found.map_or(keeper.keeper, |fault| fault.payer))
            }
            _ => self.of_stake(op).or_else(|| self.of_jury(op, called)).unwrap_or_else(|| self.of_dispute(op)),
        }
    }

    /// Providers that were not closed.
    fn open_providers(&self) -> Vec<Pubkey> {
        let open = |key: &Pubkey| self.world.find::<Provider>(key).is_some();
        (0..PROVIDERS).map(|number| self.providers[number].provider).filter(open).collect()
    }

    fn claim_counter_bond(&self, provider: usize) -> Instruction {
        let network = self.world.scenario.network;
        let state = self.world.scenario.find::<Provider>(&self.providers[provider].provider);
        let bonder = state.map(|state| state.counter.bonder);
        let person = self.people.iter().find(|person| Some(person.address()) == bonder);
        let person = person.unwrap_or(&self.people[provider]);
        ix::claim_counter_bond(&network, self.providers[provider].provider, person.address(), person.tokens)
    }

    /// What a jury does.
    fn of_jury(&mut self, op: &Op, called: &mut Called) -> Option<Instruction> {
        match *op {
            Op::Call { dispute } => Some(ix::call_jury(&self.disputes[dispute], self.tree, None)),
            Op::DrawJuror { dispute } => {
                let count = called.entry(dispute).or_default();
                *count += 1;
                let count = *count;
                Some(self.draw_juror(dispute, count))
            }
            Op::Exclude { dispute, jury, index } => {
                let (ballot, owner) = self.ballot_of(dispute, jury, index);
                let at = self.disputes[dispute];
                let state = self.world.scenario.find::<Dispute>(&at.dispute);
                let is_party = state.is_some_and(|state| state.is_party(&owner));
                let owns = self.world.find::<Provider>(&at.provider).is_some_and(|accused| accused.owner == owner);
                let position = addresses::interest(&at.provider, &owner);
                Some(ix::exclude_juror(&ballot, if is_party || owns { at.provider } else { position }))
            }
            Op::Vote { dispute, jury, index, vote } => {
                let (ballot, owner) = self.ballot_of(dispute, jury, index);
                Some(commit_vote_ix(&ballot, owner, vote, &owner.to_bytes()))
            }
            Op::Reveal { dispute, jury, index, vote } => {
                let (ballot, owner) = self.ballot_of(dispute, jury, index);
                Some(ix::reveal_vote(&ballot, vote, owner.to_bytes()))
            }
            Op::SettleBallot { dispute, jury, index } => {
                let (ballot, owner) = self.ballot_of(dispute, jury, index);
                let juror = addresses::juror(&self.world.scenario.network.network, &owner);
                Some(ix::settle_ballot(&ballot, juror, self.world.scenario.keeper.address()))
            }
            _ => None,
        }
    }

    /// A ballot, and who votes with it.
    fn ballot_of(&mut self, dispute: usize, jury: u8, index: u8) -> (BallotAddresses, Pubkey) {
        let (at, key) = (self.disputes[dispute], self.ballot(dispute, jury, index));
        let owner = self.world.scenario.find::<work_token_sdk::state::Ballot>(&key).map(|ballot| ballot.owner);
        let ballot = BallotAddresses { dispute: at, jury, index, ballot: key };
        (ballot, owner.unwrap_or(self.people[0].address()))
    }

    /// The `count`th of the jurors that are called next.
    fn draw_juror(&mut self, number: usize, count: usize) -> Instruction {
        let at = self.disputes[number];
        let scenario = &self.world.scenario;
        let keeper = ix::Keeper { keeper: scenario.keeper.address(), account: Some(scenario.keeper.tokens) };
        let planned = self.plan_jury(number, count).and_then(|plan| plan.draws.get(count - 1).copied());
        let fallback = ix::DrawJuror {
            juror: self.jurors[0].juror,
            ballot: addresses::ballot(&at.dispute, 0, 0),
            interest: addresses::interest(&at.provider, &self.people[0].address()),
        };
        ix::draw_juror(&at, keeper, &planned.map_or(fallback, |drawn| drawn.accounts))
    }

    /// The next calls of a jury, in the time that it will be once an outage is recorded.
    fn plan_jury(&self, number: usize, most: usize) -> Option<JuryPlan> {
        let (at, scenario, network) = (self.disputes[number], &self.world.scenario, self.world.network());
        let recordable = network.recordable_secs(scenario.slot(), scenario.now());
        let now_ts = scenario.now() - i64::try_from(recordable).expect("a day at most");
        let exist = self.dispute(number).is_some() && scenario.exists(&at.provider);
        exist.then(|| scenario.plan_jury_at(&at, most, now_ts).ok()).flatten()
    }

    /// What parties, the arbiter, governance and whoever cranks do.
    fn of_dispute(&mut self, op: &Op) -> Instruction {
        let network = self.world.scenario.network;
        let admin = self.world.scenario.admin.address();
        match *op {
            Op::Commit { who, target, severity, deposit } => self.commit(who, target, severity, deposit),
            Op::Lapse { opening } => {
                let sealed = self.openings[opening];
                let person = self.person(&sealed.challenger);
                let (address, tokens) = (sealed.address().0, self.people[person].tokens);
                ix::lapse_opening(&network, address, sealed.challenger, tokens)
            }
            Op::Use { opening } => self.use_opening(opening),
            Op::Answer { dispute, who, bond } => self.answer(dispute, who, bond),
            Op::Concede { dispute, place } => {
                let at = self.disputes[dispute];
                ix::withdraw_dispute(&at, self.challenger(dispute, place), place)
            }
            Op::Advance { dispute } => ix::advance_dispute(&self.disputes[dispute]),
            Op::Fund { dispute, who, side, amount } => {
                let (contributor, from) = (self.people[who].address(), self.people[who].tokens);
                let input = ix::FundAppeal { contributor, from, side: Side::ALL[usize::from(side)], amount };
                ix::fund_appeal(&self.disputes[dispute], input)
            }
            Op::Rule { dispute, severity } => ix::rule_dispute(&self.disputes[dispute], admin, severity),
            Op::Veto { dispute, keep_bps } => ix::veto_slash(&self.disputes[dispute], admin, keep_bps),
            Op::Execute { dispute } => {
                let at = self.disputes[dispute];
                let accused = self.providers.iter().find(|provider| provider.provider == at.provider);
                ix::execute_installment(&at, accused.expect("one of the providers").stake_vault)
            }
            Op::Distribute { dispute } => ix::distribute_slash(&self.disputes[dispute]),
            Op::ClaimCredit { dispute, place } => self.claim_credit(dispute, place),
            Op::ClaimAppeal { dispute, who, side } => {
                let side = Side::ALL[usize::from(side)];
                ix::claim_appeal(&self.disputes[dispute], self.people[who].address(), side, self.people[who].tokens)
            }
            Op::CloseDispute { dispute } => {
                let key = self.disputes[dispute].dispute;
                let payer = self.world.scenario.find::<Dispute>(&key).map_or(admin, |dispute| dispute.payer);
                ix::close_dispute(&key, payer)
            }
            ref other => unreachable!("{other:?} is no instruction"),
        }
    }

    /// The person with a key.
    pub fn person(&self, key: &Pubkey) -> Who {
        self.people.iter().position(|person| person.address() == *key).expect("one of the people")
    }

    fn challenger(&self, dispute: usize, place: u8) -> Pubkey {
        let state = self.world.scenario.find::<Dispute>(&self.disputes[dispute].dispute);
        let owner = state.map(|state| state.parties[usize::from(place)].owner);
        owner.filter(|owner| *owner != Pubkey::default()).unwrap_or(self.people[0].address())
    }

    fn claim_credit(&self, dispute: usize, place: u8) -> Instruction {
        let at = self.disputes[dispute];
        let (owner, creditor) = if place == u8::MAX {
            let state = self.world.scenario.find::<Dispute>(&at.dispute);
            let client = state.map(|state| state.client).filter(|client| *client != Pubkey::default());
            (client.unwrap_or(self.people[0].address()), ix::Creditor::Client)
        } else {
            (self.challenger(dispute, place), ix::Creditor::Challenger(place))
        };
        ix::claim_dispute_credit(&at, owner, creditor, self.people[self.person(&owner)].tokens)
    }

    /// The next dispute of what somebody commits to.
    fn next_dispute(&self, target: Target) -> Option<DisputeAddresses> {
        let now = self.world.now();
        match target {
            Target::Conduct { provider, epoch } => {
                let at = &self.providers[provider];
                let state = self.world.scenario.find::<Provider>(&at.provider).unwrap_or(bytemuck::Zeroable::zeroed());
                Some(DisputeAddresses::next_of_conduct(at, &state, epoch, now))
            }
            Target::Result { seat, .. } => {
                let (at, state) = (self.seats.get(seat)?, self.seat(seat)?);
                let provider = self.world.scenario.find::<Provider>(&state.provider)?;
                Some(DisputeAddresses::next_of_seat(at, &state, &provider, now))
            }
            Target::Raise { dispute } => self.disputes.get(dispute).copied(),
        }
    }

    fn commit(&mut self, who: Who, target: Target, severity: u8, deposit: u64) -> Instruction {
        let person = self.people[who].address();
        let mut salt = [0; 32];
        salt[..8].copy_from_slice(&self.openings.len().to_le_bytes());
        salt[8] = u8::from(matches!(target, Target::Result { without_claim: true, .. }));
        // What no longer exists is committed to all the same; nothing can be opened by it.
        let at = self.next_dispute(target).unwrap_or_else(|| self.nothing());
        let sealed = match target {
            Target::Raise { .. } => SealedOpening::raise(&at, person, severity, salt),
            _ => SealedOpening::open(&at, person, severity, salt),
        };
        self.openings.push(sealed);
        ix::commit_dispute(&self.world.scenario.network, &sealed, self.people[who].tokens, deposit)
    }

    fn nothing(&self) -> DisputeAddresses {
        let state = bytemuck::Zeroable::zeroed();
        DisputeAddresses::next_of_conduct(&self.providers[0], &state, u32::MAX, self.world.now())
    }

    fn use_opening(&mut self, number: usize) -> Instruction {
        let sealed = self.openings[number];
        let refund_to = self.people[self.person(&sealed.challenger)].tokens;
        let (challenger, severity, salt) = (sealed.challenger, sealed.severity, sealed.salt);
        if sealed.kind == work_token_sdk::commit::OpeningKind::Raise {
            let raised = self.disputes.iter().find(|at| at.dispute == sealed.subject).copied();
            let input = ix::RaiseClaim { challenger, refund_to, severity, salt };
            return ix::raise_claim(&raised.unwrap_or_else(|| self.nothing()), input);
        }
        let seat = self.seats.iter().position(|seat| seat.assignment == sealed.subject);
        let provider = self.providers.iter().position(|provider| provider.provider == sealed.subject);
        let target = match (seat, provider) {
            (Some(seat), _) => Some(Target::Result { seat, without_claim: salt[8] == 1 }),
            (_, provider) => provider.map(|provider| Target::Conduct { provider, epoch: sealed.epoch }),
        };
        let at = target.and_then(|target| self.next_dispute(target)).unwrap_or_else(|| self.nothing());
        let input = ix::OpenDispute {
            challenger,
            job: (at.kind == DisputeKind::Job).then(|| seat.map(|seat| self.seats[seat].job.job)).flatten(),
            refund_to,
            severity,
            without_claim: salt[8] == 1,
            evidence: [7; 32],
            salt,
        };
        self.disputes.push(at);
        ix::open_dispute(&at, &input)
    }

    fn answer(&self, number: usize, who: Who, bond: u64) -> Instruction {
        let at = self.disputes[number];
        let bonder = self.world.scenario.find::<Provider>(&at.provider).map(|provider| provider.counter.bonder);
        let bonder = bonder.filter(|bonder| *bonder != Pubkey::default() && *bonder != self.people[who].address());
        let refund_to = bonder.map(|bonder| self.people[self.person(&bonder)].tokens);
        let (answerer, from) = (self.people[who].address(), self.people[who].tokens);
        ix::answer_dispute(&at, ix::AnswerDispute { answerer, from, bond, refund_to })
    }

    /// Jurors, and the tree that they are drawn from, for the model's sight of a seed.
    pub fn juror(&self, who: Who) -> Option<Juror> {
        self.world.scenario.find(&self.jurors[who].juror)
    }

    /// The tree of jurors. A large account: only for what is checked rarely.
    pub fn juror_tree(&self) -> Box<Tree> {
        Box::new(self.world.scenario.read(&self.tree))
    }
}
