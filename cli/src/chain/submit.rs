//! The three ways a transaction ends: sent, simulated, or printed for somebody else to sign.

use {
    super::{
        Session, config,
        outbox::{self, Draft, Sent},
    },
    crate::{
        failure::{self, Failure, Result},
        options::{Encoding, Format},
        reply::Reply,
    },
    base64::{Engine, engine::general_purpose::STANDARD as BASE64},
    serde_json::{Map, Value, json},
    solana_sdk::{signature::Keypair, signer::Signer},
    work_token_sdk::{
        ClientError, InFlight, Instruction, Pubkey, Signature, TransportError,
        transactions::{Part, Unsigned, pack},
        transport::Outcome,
    },
};

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

    /// Sends instructions of which each stands alone, in as few transactions as hold them.
    pub fn submit_parts(&self, instructions: &[Instruction], facts: &Value) -> Result<Reply> {
        let alone = |instruction: &Instruction| Part::alone(instruction.clone());
        let parts: Vec<Part> = instructions.iter().map(alone).collect();
        let packed = pack(&parts, &self.payer_address()?).map_err(|error| Failure::Failed(error.to_string()))?;
        if let [only] = packed.as_slice() {
            return self.submit(only, facts.clone());
        }
        let sent = packed.iter().map(|part| self.submit_step(part, facts.clone())).collect::<Result<_>>()?;
        Ok(Reply::steps(sent))
    }

    fn submit_as(&self, instructions: &[Instruction], facts: Value, step: bool) -> Result<Reply> {
        let mut data = match facts {
            Value::Object(facts) => facts,
            _ => Map::new(),
        };
        self.require_ready(&self.payer_address()?)?;
        if let Some(encoding) = self.options.unsigned {
            let message = self.client().unsigned(instructions, &self.payer_address()?)?;
            return Ok(unsigned(data, &message, encoding, instructions));
        }
        if self.options.dry_run {
            let outcome = self.rehearse(instructions)?;
            data.insert("simulated".into(), true.into());
            data.insert("compute_units".into(), outcome.compute_units.into());
            data.insert("logs".into(), outcome.logs.into());
            return Ok(Reply::of(Value::Object(data)));
        }
        let keys = self.keys(instructions)?;
        let (genesis, payer) = (self.outbox.genesis_hash(self.chain)?, keys[0].pubkey());
        let operation = outbox::operation(&genesis, &payer, instructions);
        if let Some(ended) = self.sent_before(&operation, step)? {
            return Ok(ended);
        }
        let draft =
            Draft { outbox: self.outbox, operation: &operation, genesis: &genesis, payer: &payer, step, facts: &data };
        let outcome = self.send_kept(instructions, &keys, &draft)?;
        data.insert("signature".into(), outcome.signature.to_string().into());
        data.insert("compute_units".into(), outcome.compute_units.into());
        Ok(Reply::of(Value::Object(data)))
    }

    /// Sends what is kept before in a file: until its end was told, or that of a step is certain.
    fn send_kept(&self, instructions: &[Instruction], keys: &[Keypair], draft: &Draft) -> Result<Outcome> {
        let others: Vec<&dyn Signer> = keys.iter().skip(1).map(|key| key as &dyn Signer).collect();
        let (store, name) = (self.store(), outbox::name_of(draft.operation));
        let mut kept: Option<Signature> = None;
        let mut keep = |flight: &InFlight| {
            let sending = draft.signed(flight);
            // The one before is certainly absent.
            match kept.replace(flight.signature) {
                Some(_) => store.keep(&name, &sending),
                None if store.keep_new(&name, &sending)? => Ok(()),
                None => Err(Failure::TryAgain("the same is being sent at this moment by another process".into())),
            }
        };
        let answer =
            self.client().send_noted(instructions, &keys[0], &others, |flight| keep(flight).map_err(Stopped::Here));
        match answer {
            Ok(outcome) => {
                self.outbox.tell(&outcome.signature, Sent::Landed);
                if draft.step {
                    store.forget(&name)?;
                } else {
                    self.outbox.settle_later(&store, name);
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
                        store.forget(&name)?;
                    }
                }
                Err(self.explained(error, instructions))
            }
        }
    }

    /// Simulates, signed if all keys are here; without them the chain is asked all the same.
    fn rehearse(&self, instructions: &[Instruction]) -> Result<Outcome> {
        let elsewhere = self.options.authority.is_some();
        if !elsewhere {
            let keys = self.keys(instructions)?;
            let others: Vec<&dyn Signer> = keys.iter().skip(1).map(|key| key as &dyn Signer).collect();
            return self
                .client()
                .simulate(instructions, &keys[0], &others)
                .inspect_err(|error| self.note_log(error))
                .map_err(|error| self.explained(error, instructions));
        }
        let message = self.client().unsigned(instructions, &self.payer_address()?)?;
        self.chain
            .simulate(&message.transaction)
            .map_err(ClientError::from)
            .inspect_err(|error| self.note_log(error))
            .map_err(|error| self.explained(error, instructions))
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

fn unsigned(
    mut data: Map<String, Value>,
    message: &Unsigned,
    encoding: Encoding,
    instructions: &[Instruction],
) -> Reply {
    let (name, text) = match encoding {
        Encoding::Base64 => ("base64", message.message_base64()),
        Encoding::Base58 => ("base58", message.message_base58()),
    };
    data.insert("message".into(), text.clone().into());
    data.insert("encoding".into(), name.into());
    data.insert("signers".into(), message.signers().iter().map(ToString::to_string).collect());
    data.insert("instructions".into(), instructions.iter().map(readable).collect());
    Reply { data, plain: Some(text), ..Reply::default() }
}

fn readable(instruction: &Instruction) -> Value {
    let accounts: Vec<Value> = instruction
        .accounts
        .iter()
        .map(|meta| {
            json!({
                "pubkey": meta.pubkey.to_string(),
                "is_signer": meta.is_signer,
                "is_writable": meta.is_writable,
            })
        })
        .collect();
    json!({
        "program_id": instruction.program_id.to_string(),
        "accounts": accounts,
        "data": BASE64.encode(&instruction.data),
    })
}
