//! The three ways a transaction ends: sent, simulated, or printed for somebody else to sign.

use {
    super::{
        Session, config,
        outbox::{self, Draft, Sent},
        show,
    },
    crate::{
        failure::{self, Failure, Result},
        options::{Encoding, Format},
        reply::{Count, Map, Reply, Value, facts},
    },
    solana_sdk::{signature::Keypair, signer::Signer},
    work_token_sdk::{
        ClientError, InFlight, Instruction, Pubkey, Signature, TransportError,
        transactions::{DEFAULT_UNITS, MAX_TRANSACTION_BYTES, Part, pack},
        transport::Outcome,
    },
};

/// More compute units than any of the instructions uses of which a command sends several, with Token-2022.
const PART_UNITS: u32 = 60_000;

/// Instructions of which each stands alone, whatever becomes of the others.
pub fn each_alone(instructions: impl IntoIterator<Item = Instruction>) -> Vec<Part> {
    instructions.into_iter().map(|instruction| Part { instructions: vec![instruction], units: PART_UNITS }).collect()
}

/// Instructions that must stand in one transaction.
pub fn together(instructions: impl IntoIterator<Item = Instruction>) -> Part {
    let instructions: Vec<Instruction> = instructions.into_iter().collect();
    let units = u32::try_from(instructions.len()).unwrap_or(u32::MAX).saturating_mul(DEFAULT_UNITS);
    Part { instructions, units }
}

impl Session<'_> {
    /// Sends instructions as the one transaction of a command, or simulates or prints it, as the options say.
    /// `facts` join the answer.
    pub fn submit(&self, instructions: &[Instruction], facts: Value) -> Result<Reply> {
        self.submit_as(instructions, facts, false)
    }

    /// The same for one of several transactions of a command that begins where the chain stands, however
    /// often it is run.
    pub fn submit_step(&self, instructions: &[Instruction], facts: Value) -> Result<Reply> {
        self.submit_as(instructions, facts, true)
    }

    /// Sends parts in their order in as few transactions as hold them. Each stands alone: what landed is
    /// done, and the same command goes on with the rest.
    pub fn submit_parts(&self, parts: &[Part], facts: Value) -> Result<Reply> {
        let packed = match self.is_for_squads() {
            // A vault transaction holds less than a transaction does.
            true => parts.iter().map(|part| part.instructions.clone()).collect(),
            false => {
                pack(parts, &self.payer_address()?, self.tables).map_err(|error| Failure::Failed(error.to_string()))?
            }
        };
        let Some((last, before)) = packed.split_last().filter(|(_, before)| !before.is_empty()) else {
            return self.submit(&packed.concat(), facts);
        };
        let mut sent = Vec::new();
        for instructions in before {
            sent.push(self.submit_part(instructions, sent.is_empty(), true)?);
        }
        sent.push(self.submit_part(last, false, false)?);
        Ok(Reply::steps(sent).with(facts))
    }

    /// Whether these instructions fit one transaction, or one of a vault.
    pub fn has_room(&self, instructions: &[Instruction]) -> Result<bool> {
        match (self.is_for_squads(), &self.options.authority) {
            (true, Some(vault)) => Ok(show::vault_has_room(vault, instructions)),
            _ => Ok(show::size(instructions, &self.payer_address()?, self.tables) <= MAX_TRANSACTION_BYTES),
        }
    }

    /// Whether what is printed is the message of a vault transaction.
    pub fn is_for_squads(&self) -> bool {
        self.options.unsigned == Some(Encoding::Squads)
    }

    /// One of several. What is only tried out is tried on the chain as it is, where what goes before it has
    /// not happened.
    fn submit_part(&self, instructions: &[Instruction], is_first: bool, step: bool) -> Result<Reply> {
        let count = facts!({ "instructions": instructions.len() });
        match self.submit_as(instructions, count.clone(), step) {
            Err(Failure::Failed(_)) if self.options.dry_run && !is_first => {
                Ok(Reply::of(count).with(facts!({ "simulated": show::FOLLOWS })))
            }
            submitted => submitted,
        }
    }

    fn submit_as(&self, instructions: &[Instruction], facts: Value, step: bool) -> Result<Reply> {
        let mut data = match facts {
            Value::Object(facts) => facts,
            _ => Map::new(),
        };
        if self.is_for_squads() {
            // A member pays the fee, so the vault needs no SOL but what it pays as rent.
            let missing = || Failure::Usage("--unsigned squads needs --authority: the vault that acts".into());
            return show::of_vault(data, &self.options.authority.ok_or_else(missing)?, instructions);
        }
        self.require_ready(&self.payer_address()?, instructions)?;
        if let Some(encoding) = self.options.unsigned {
            let message = self.client().unsigned(instructions, &self.payer_address()?)?;
            show::require_room(message.size())?;
            return Ok(show::unsigned(data, &message, encoding, instructions));
        }
        if self.options.dry_run {
            return self.rehearse(instructions, data);
        }
        let keys = self.keys(instructions)?;
        let (genesis, payer) = (self.outbox.genesis_hash(self.chain)?, keys[0].pubkey());
        let operation = outbox::operation(&genesis, &payer, instructions);
        if let Some(ended) = self.sent_before(&operation, step)? {
            return Ok(ended);
        }
        show::require_room(show::size(instructions, &payer, self.tables))?;
        let draft =
            Draft { outbox: self.outbox, operation: &operation, genesis: &genesis, payer: &payer, step, facts: &data };
        let outcome = self.send_kept(instructions, &keys, &draft)?;
        data.insert("signature".into(), outcome.signature.to_string().into());
        data.insert("compute_units".into(), Count(outcome.compute_units).into());
        Ok(Reply::of(Value::Object(data)))
    }

    /// Sends what is kept before in a file: until its end was told, or that of a step is certain.
    fn send_kept(&self, instructions: &[Instruction], keys: &[Keypair], draft: &Draft) -> Result<Outcome> {
        let others: Vec<&dyn Signer> = keys.iter().skip(1).map(|key| key as &dyn Signer).collect();
        let (store, name) = (self.store(), outbox::name_of(draft.operation));
        let mut kept: Option<Signature> = None;
        let mut keep = |flight: &InFlight| {
            let sending = draft.signed(flight);
            // The one before is certainly absent, and another process may have found that, too.
            let before = kept.replace(flight.signature);
            let is_free = before.map_or(Ok(true), |before| outbox::forget(&store, &name, &before))?;
            if is_free && store.keep_new(&name, &sending)? {
                return Ok(());
            }
            Err(Failure::TryAgain("the same is being sent at this moment by another process".into()))
        };
        let answer =
            self.client().send_noted(instructions, &keys[0], &others, |flight| keep(flight).map_err(Stopped::Here));
        match answer {
            Ok(outcome) => {
                self.outbox.tell(&outcome.signature, Sent::Landed);
                if draft.step {
                    outbox::forget(&store, &name, &outcome.signature)?;
                } else {
                    self.outbox.settle_later(&store, &name, outcome.signature);
                }
                Ok(outcome)
            }
            Err(Stopped::Here(failure)) => Err(failure),
            Err(Stopped::There(error)) => {
                self.note_log(&error);
                if let Some(signature) = kept {
                    let sent = how_it_ended(&error);
                    sent.inspect(|sent| self.outbox.tell(&signature, *sent));
                    if sent != Some(Sent::Unknown) {
                        outbox::forget(&store, &name, &signature)?;
                    }
                }
                Err(self.explained(error, instructions))
            }
        }
    }

    /// Tries it out, unsigned. Where the keys are said to be here, those that it needs must be.
    fn rehearse(&self, instructions: &[Instruction], data: Map<String, Value>) -> Result<Reply> {
        if self.options.authority.is_none() {
            self.keys(instructions)?;
        }
        let payer = self.payer_address()?;
        let rehearsal = self
            .client()
            .rehearse(instructions, &payer)
            .inspect_err(|error| self.note_log(error))
            .map_err(|error| self.explained(error, instructions))?;
        show::require_room(rehearsal.bytes)?;
        self.require_fee(&payer, rehearsal.fee)?;
        Ok(show::rehearsed(data, &rehearsal))
    }

    /// The keys that these instructions need, the fee payer's first.
    pub fn keys(&self, instructions: &[Instruction]) -> Result<Vec<Keypair>> {
        let keys = self.keys_here(instructions)?;
        self.require_signers(instructions, &keys)?;
        Ok(keys)
    }

    fn keys_here(&self, instructions: &[Instruction]) -> Result<Vec<Keypair>> {
        let Some(payer) = &self.options.fee_payer else {
            return Ok(vec![self.keypair()?]);
        };
        let payer = config::load_keypair(payer)?;
        let mut signers =
            instructions.iter().flat_map(|instruction| &instruction.accounts).filter(|meta| meta.is_signer);
        if signers.all(|meta| meta.pubkey == payer.pubkey()) {
            return Ok(vec![payer]);
        }
        Ok(vec![payer, self.keypair()?])
    }

    /// The log of a refusal says where the chain refused. It is for people; a machine gets the failure alone.
    fn note_log(&self, error: &ClientError) {
        let ClientError::Transport(TransportError::Refused(refusal)) = error else { return };
        if self.options.output == Format::Display {
            refusal.logs.iter().for_each(|line| failure::note(&format!("  {line}")));
        }
    }

    /// Who pays the fee of a transaction that is only shown: a key that is here, or an address.
    pub fn payer_address(&self) -> Result<Pubkey> {
        match &self.options.fee_payer {
            Some(payer) => Ok(match payer.parse() {
                Ok(address) => address,
                Err(_) => config::load_keypair(payer)?.pubkey(),
            }),
            None => self.authority(),
        }
    }
}

/// Why nothing was sent, or nothing came of it.
enum Stopped {
    Here(Failure),
    There(ClientError),
}

impl From<ClientError> for Stopped {
    fn from(error: ClientError) -> Self {
        Self::There(error)
    }
}

/// How a transaction ended that was signed; `None` where it was never sent.
fn how_it_ended(error: &ClientError) -> Option<Sent> {
    match error {
        ClientError::Transport(TransportError::Unknown { .. }) => Some(Sent::Unknown),
        ClientError::Transport(TransportError::Absent { .. }) => Some(Sent::Absent),
        ClientError::Transport(TransportError::Refused(_)) => Some(Sent::Refused),
        _ => None,
    }
}
