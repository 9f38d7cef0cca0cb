//! Doing what is due, and telling what was done, refused, passed over, and left.

use {
    super::{
        Ask, Batches, Snapshot, Step, Work, plan,
        rounds::rounds,
        send::{Fate, Parcel, Sender},
        voters,
        wallet::Wallets,
    },
    crate::{
        chain::{FOLLOWS, Session, usual_token_account},
        failure::{Failure, Result},
        reply::{Count, Reply, Value, facts},
    },
    sha2::{Digest, Sha256},
    std::collections::{BTreeMap, BTreeSet},
    work_token_sdk::{AddressLookupTableAccount, Instruction, NetworkAddresses, Pubkey, ix},
};

/// How often a step is refused before it is given up: the second time it is alone, with a budget of its own.
const REFUSALS: usize = 2;
/// How often the same transaction lands in one run: a seed is armed and captured by the same one. What is
/// then still due gets nowhere.
const LANDINGS: usize = 2;

/// What identifies a step: the transaction that does it.
type Identity = [u8; 32];

/// A run of a keeper in one network.
pub struct Run<'a> {
    session: &'a Session<'a>,
    network: Pubkey,
    keeper: ix::Keeper,
    /// Whether it was looked up where the bounties go.
    knows_account: bool,
    /// Which of the steps that are due are wanted.
    wanted: &'a dyn Fn(&Step) -> bool,
    ask: Ask,
    done: Vec<Value>,
    landed: BTreeMap<Identity, usize>,
    refused: BTreeMap<Identity, Vec<String>>,
    /// What was refused together with others, by epoch and name: it is tried alone.
    suspects: BTreeSet<(u32, &'static str, Pubkey)>,
}

/// A step, and the transaction that does it.
struct Due {
    step: Step,
    instruction: Instruction,
    tables: Vec<AddressLookupTableAccount>,
    identity: Identity,
}

/// Steps of a plan that are tried, and those that are not tried again, with the reason.
#[derive(Default)]
struct Sorted {
    fresh: Vec<Due>,
    refused: Vec<(Step, String)>,
    stuck: Vec<Step>,
    unpaid: Vec<(Step, String)>,
}

impl<'a> Run<'a> {
    /// A run that does what is due and `wanted`.
    pub fn new(
        session: &'a Session<'a>,
        network: Pubkey,
        keeper: ix::Keeper,
        wanted: &'a dyn Fn(&Step) -> bool,
        ask: Ask,
    ) -> Result<Self> {
        let wallets = if session.only_shows() { Vec::new() } else { vec![keeper.keeper, session.payer_address()?] };
        Ok(Self {
            session,
            network,
            knows_account: false,
            keeper,
            wanted,
            ask: Ask { wallets, keeper: Some(keeper.keeper), ..ask },
            done: Vec::new(),
            landed: BTreeMap::new(),
            refused: BTreeMap::new(),
            suspects: BTreeSet::new(),
        })
    }

    /// Reads, plans and sends until nothing is due that was not tried. What is only shown changes nothing, so
    /// one pass is all there is to show. `None` where nothing was due to begin with; what was read comes with
    /// it.
    pub fn go(mut self) -> Result<(Option<Reply>, Snapshot)> {
        let batches = Batches::of(self.session.options.fee_payer.is_none());
        if self.session.only_shows() {
            let (snapshot, sorted) = self.look(batches)?;
            let shown = if sorted.fresh.is_empty() { None } else { Some(self.show(sorted.fresh)?) };
            return Ok((shown, snapshot));
        }
        let (mut snapshot, mut sorted) = self.look(batches)?;
        let nothing = sorted.fresh.is_empty();
        if let (true, Some((_, why))) = (nothing, sorted.unpaid.first()) {
            return Err(Failure::Failed(why.clone()));
        }
        let mut stopped = None;
        while !sorted.fresh.is_empty() {
            self.ask.just_drawn = sorted.fresh.iter().any(|due| matches!(due.step.work, Work::DrawAttesters(_)));
            self.ask.all |= sorted.fresh.iter().any(|due| due.step.work.keeps_epochs());
            if let Err(failure) = self.send(&sorted.fresh) {
                stopped = Some(failure);
                break;
            }
            match self.look(batches) {
                Ok(looked) => (snapshot, sorted) = looked,
                Err(failure) => {
                    // What was planned is not known to be left.
                    sorted = Sorted::default();
                    stopped = Some(failure);
                    break;
                }
            }
        }
        if let (true, Some(failure)) = (self.done.is_empty() && self.refused.is_empty(), &stopped) {
            return Err(failure.clone());
        }
        if nothing && snapshot.skipped.is_empty() {
            return Ok((None, snapshot));
        }
        let reply = self.tell(&snapshot, &sorted, stopped);
        Ok((Some(reply), snapshot))
    }

    /// Reads, and sorts what is due.
    fn look(&mut self, batches: Batches) -> Result<(Snapshot, Sorted)> {
        let snapshot = Snapshot::look(self.session.chain, &self.network, &self.ask)?;
        let mut steps = plan(&snapshot, batches);
        steps.retain(|step| (self.wanted)(step));
        if !steps.is_empty() {
            self.find_account(&snapshot)?;
        }
        let mut sorted = Sorted::default();
        let mut wallets = Wallets::new(self.session, &snapshot, self.keeper.keeper)?;
        for step in steps.into_iter().flat_map(|step| self.apart(step)) {
            let Some(instruction) = step.instruction(&snapshot, self.keeper) else { continue };
            let identity = identity(&instruction);
            let refusals = self.refused.get(&identity).map_or(&[][..], Vec::as_slice);
            let landings = self.landed.get(&identity).copied().unwrap_or(0);
            if let (Some(last), true) = (refusals.last(), refusals.len() >= REFUSALS) {
                sorted.refused.push((step, last.clone()));
            } else if landings >= LANDINGS {
                sorted.stuck.push(step);
            } else if let Err(why) = wallets.pay(&step, &instruction) {
                sorted.unpaid.push((step, why));
            } else {
                let tables = voters::tables_of(&snapshot, &step.work).to_vec();
                sorted.fresh.push(Due { step, instruction, tables, identity });
            }
        }
        Ok((snapshot, sorted))
    }

    /// Bounties go to the keeper's usual token account, if it exists.
    fn find_account(&mut self, snapshot: &Snapshot) -> Result<()> {
        if !self.knows_account {
            self.keeper = paid_keeper(self.session, &snapshot.addresses, self.keeper)?;
            self.knows_account = true;
        }
        Ok(())
    }

    /// Whoever was refused together with others is tried alone, so that it stops nobody else.
    fn apart(&self, step: Step) -> Vec<Step> {
        let is_suspect = |work: &Work| {
            let key = |about| (step.epoch, work.name(), about);
            work.about().is_some_and(|about| self.suspects.contains(&key(about)))
        };
        let alone = step.work.alone();
        if alone.len() < 2 || !alone.iter().any(is_suspect) {
            return vec![step];
        }
        alone.into_iter().map(|work| Step { epoch: step.epoch, work }).collect()
    }

    /// Sends steps, round after round. What follows a step that was refused waits for another look.
    fn send(&mut self, due: &[Due]) -> Result<()> {
        let instructions: Vec<Instruction> = due.iter().map(|due| due.instruction.clone()).collect();
        let sender = Sender::new(self.session, &instructions)?;
        let steps: Vec<Step> = due.iter().map(|due| due.step.clone()).collect();
        let rounds = rounds(&steps);
        for round in 0..=rounds.iter().copied().max().unwrap_or(0) {
            let parcel = |(place, due): (usize, &Due)| Parcel {
                place,
                name: due.step.work.name(),
                instruction: due.instruction.clone(),
                tables: due.tables.clone(),
            };
            let of_round = due.iter().enumerate().filter(|(place, _)| rounds[*place] == round);
            let parcels: Vec<Parcel> = of_round.map(parcel).collect();
            let mut is_clean = true;
            sender.send(&parcels, &mut |parcel, fate| {
                is_clean &= matches!(fate, Fate::Landed(_));
                self.note(&due[parcel.place], fate);
            })?;
            if !is_clean {
                break;
            }
        }
        Ok(())
    }

    fn note(&mut self, due: &Due, fate: Fate) {
        let mut row = facts(&due.step);
        match fate {
            Fate::Landed(outcome) => {
                *self.landed.entry(due.identity).or_default() += 1;
                row["signature"] = outcome.signature.to_string().into();
                row["compute_units"] = Count(outcome.compute_units).into();
                self.done.push(row);
            }
            Fate::Refused(why) => {
                // Another keeper was faster, or a step waits for one that another keeper took: the next look
                // tells.
                self.session.note(&format!("{} {}: {why}", due.step.work.name(), due.step.epoch));
                let batch = due.step.work.batch();
                if batch.len() > 1 {
                    let name = due.step.work.name();
                    self.suspects.extend(batch.iter().map(|key| (due.step.epoch, name, *key)));
                }
                self.refused.entry(due.identity).or_default().push(why);
            }
            Fate::Unknown(signature, failure) => {
                row["signature"] = signature.into();
                row["unknown"] = failure.to_string().into();
                self.done.push(row);
            }
        }
    }

    /// What would be sent.
    fn show(&self, due: Vec<Due>) -> Result<Reply> {
        let steps: Vec<Step> = due.iter().map(|due| due.step.clone()).collect();
        let (mut rows, mut lines, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for (due, round) in due.into_iter().zip(rounds(&steps)) {
            let mut row = facts(&due.step);
            match self.session.looking_up(&due.tables).submit_step(&[due.instruction], row.clone()) {
                Ok(reply) => {
                    lines.extend(reply.plain);
                    row = Value::Object(reply.data);
                }
                // It is tried on the chain as it is, where what goes before it has not happened.
                Err(Failure::Failed(_)) if round > 0 => row["simulated"] = FOLLOWS.into(),
                Err(Failure::Failed(why)) => {
                    refused.push(named(&due.step, &why));
                    row["refused"] = why.into();
                }
                Err(failure) => return Err(failure),
            }
            rows.push(row);
        }
        let mut reply = Reply::of(facts!({ "transactions": rows.len(), "steps": rows }));
        // Unsigned messages stand alone, one a line.
        reply.plain = (!lines.is_empty()).then(|| lines.join("\n"));
        reply.failed = (!refused.is_empty()).then(|| refused.join("; "));
        Ok(reply)
    }

    fn tell(&self, snapshot: &Snapshot, sorted: &Sorted, stopped: Option<Failure>) -> Reply {
        let with = |step: &Step, name: &str, why: &str| {
            let mut row = facts(step);
            row[name] = why.into();
            row
        };
        let refused: Vec<Value> = sorted.refused.iter().map(|(step, why)| with(step, "why", why)).collect();
        let skipped = snapshot.skipped.iter().map(
            |skipped| facts!({ "address": skipped.address.to_string(), "what": skipped.what, "why": skipped.why }),
        );
        let skipped: Vec<Value> = skipped.collect();
        let stuck = sorted.stuck.iter().map(|step| with(step, "why", "was done and is still due"));
        let unpaid = sorted.unpaid.iter().map(|(step, why)| with(step, "why", why));
        let left: Vec<Value> = stuck.chain(unpaid).collect();
        let is_landed = |row: &&Value| row["unknown"].is_null();
        let mut reply = Reply::of(facts!({
            "network": self.network.to_string(),
            "epoch": snapshot.epoch(),
            "transactions": self.done.iter().filter(is_landed).count(),
            "steps": self.done.iter().filter(is_landed).collect::<Vec<_>>(),
            "unknown": self.done.iter().filter(|row| !is_landed(row)).collect::<Vec<_>>(),
            "refused": refused,
            "skipped": skipped,
            "left": left,
        }));
        reply.unfinished = self.failure(snapshot, sorted, stopped);
        reply
    }

    /// Refused is worse than left: it is not done by trying again.
    fn failure(&self, snapshot: &Snapshot, sorted: &Sorted, stopped: Option<Failure>) -> Option<Failure> {
        let refused = sorted.refused.iter().map(|(step, why)| named(step, why));
        let skipped = snapshot.skipped.iter();
        let skipped = skipped.map(|skipped| format!("{} {}: {}", skipped.what, skipped.address, skipped.why));
        let wrong: Vec<String> = refused.chain(skipped).collect();
        let landed = self.done.iter().filter(|row| row["unknown"].is_null()).count();
        if let Some(Failure::TryAgain(why)) = stopped {
            let message = format!("{landed} landed; the same command continues: {why}");
            return Some(if wrong.is_empty() { Failure::TryAgain(message) } else { Failure::Failed(message) });
        }
        if stopped.is_some() {
            return stopped;
        }
        if !wrong.is_empty() {
            return Some(Failure::Failed(format!("passed over: {}", wrong.join("; "))));
        }
        let stuck = sorted.stuck.iter().map(|step| named(step, "was done and is still due"));
        let left: Vec<String> = stuck.chain(sorted.unpaid.iter().map(|(step, why)| named(step, why))).collect();
        (!left.is_empty()).then(|| Failure::TryAgain(format!("left for later: {}", left.join("; "))))
    }
}

/// The keeper with the account that its bounties go to: the one that it names, which must take them, or its
/// usual one, if that does.
pub fn paid_keeper(session: &Session, network: &NetworkAddresses, keeper: ix::Keeper) -> Result<ix::Keeper> {
    if let Some(named) = &keeper.account {
        session.require_takes_tokens("--bounty-to", named, network)?;
        return Ok(keeper);
    }
    let usual = usual_token_account(&keeper.keeper, network);
    let is_paid = session.takes_tokens(&usual, network)?;
    if !is_paid {
        session.note(&format!(
            "{usual}, the keeper's usual token account, does not exist or takes no work tokens; the cranks work unpaid"
        ));
    }
    Ok(ix::Keeper { account: is_paid.then_some(usual), ..keeper })
}

fn facts(step: &Step) -> Value {
    facts!({
        "step": step.work.name(),
        "epoch": step.epoch,
        "providers": step.work.batch().len(),
        "about": step.work.about().map(|key| key.to_string()),
    })
}

/// A step in a sentence, with what is to be said of it.
fn named(step: &Step, why: &str) -> String {
    let about = step.work.about().map(|key| format!(" of {key}")).unwrap_or_default();
    format!("{} {}{about}: {why}", step.work.name(), step.epoch)
}

fn identity(instruction: &Instruction) -> Identity {
    let mut hash = Sha256::new();
    hash.update(&instruction.data);
    instruction.accounts.iter().for_each(|meta| hash.update(meta.pubkey));
    hash.finalize().into()
}
