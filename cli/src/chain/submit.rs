//! The three ways a transaction ends: sent, simulated, or printed for somebody else to sign.

use {
    super::{Session, config},
    crate::{
        failure::Result,
        options::{Encoding, Format},
        reply::Reply,
    },
    base64::{Engine, engine::general_purpose::STANDARD as BASE64},
    serde_json::{Map, Value, json},
    solana_sdk::{signature::Keypair, signer::Signer},
    work_token_sdk::{ClientError, Instruction, Pubkey, TransportError, transactions::Unsigned, transport::Outcome},
};

impl Session<'_> {
    /// Sends instructions as one transaction, or simulates or prints it, as the options say. `facts` join the
    /// answer.
    pub fn submit(&self, instructions: &[Instruction], facts: Value) -> Result<Reply> {
        let mut data = match facts {
            Value::Object(facts) => facts,
            _ => Map::new(),
        };
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
        let others: Vec<&dyn Signer> = keys.iter().skip(1).map(|key| key as &dyn Signer).collect();
        let outcome = self.client().send(instructions, &keys[0], &others).inspect_err(|error| self.note_log(error))?;
        data.insert("signature".into(), outcome.signature.to_string().into());
        data.insert("compute_units".into(), outcome.compute_units.into());
        Ok(Reply::of(Value::Object(data)))
    }

    /// Simulates, signed if all keys are here; without them the chain is asked all the same.
    fn rehearse(&self, instructions: &[Instruction]) -> Result<Outcome> {
        let elsewhere = self.options.authority.is_some();
        if !elsewhere {
            let keys = self.keys(instructions)?;
            let others: Vec<&dyn Signer> = keys.iter().skip(1).map(|key| key as &dyn Signer).collect();
            return Ok(self
                .client()
                .simulate(instructions, &keys[0], &others)
                .inspect_err(|error| self.note_log(error))?);
        }
        let message = self.client().unsigned(instructions, &self.payer_address()?)?;
        Ok(self
            .chain
            .simulate(&message.transaction)
            .map_err(ClientError::from)
            .inspect_err(|error| self.note_log(error))?)
    }

    /// The keys that these instructions need, the fee payer's first.
    fn keys(&self, instructions: &[Instruction]) -> Result<Vec<Keypair>> {
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
            refusal.logs.iter().for_each(|line| eprintln!("  {line}"));
        }
    }

    /// Who pays the fee of a transaction that is only shown: a key that is here, or an address.
    fn payer_address(&self) -> Result<Pubkey> {
        match &self.options.fee_payer {
            Some(payer) => Ok(match payer.parse() {
                Ok(address) => address,
                Err(_) => config::load_keypair(payer)?.pubkey(),
            }),
            None => self.authority(),
        }
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
    Reply { data, plain: Some(text), failed: None }
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
