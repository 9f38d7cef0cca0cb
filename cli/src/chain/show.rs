//! What is only shown: a transaction for somebody else to sign, and one that is tried out, with every end
//! that it could have.

use {
    super::outbox::Sent,
    crate::{
        failure::{Failure, Result},
        options::Encoding,
        reply::{Count, Map, Reply, Value, facts},
    },
    base64::{Engine, engine::general_purpose::STANDARD as BASE64},
    work_token_sdk::{
        AddressLookupTableAccount, Hash, Instruction, Pubkey,
        squads::{self, MAX_MESSAGE_BYTES},
        transactions::{MAX_TRANSACTION_BYTES, Rehearsal, Unsigned},
    },
};

/// What is said of a transaction that cannot be tried out before the one that it follows has landed.
pub const FOLLOWS: &str = "follows another step";

/// Bytes on the wire, without a budget.
pub fn size(instructions: &[Instruction], payer: &Pubkey, tables: &[AddressLookupTableAccount]) -> usize {
    Unsigned::looking_up(instructions, payer, tables, Hash::default()).size()
}

/// Refuses what no node takes.
pub fn require_room(bytes: usize) -> Result<()> {
    if bytes <= MAX_TRANSACTION_BYTES {
        return Ok(());
    }
    Err(Failure::Failed(format!(
        "the transaction has {bytes} bytes, and none may have more than {MAX_TRANSACTION_BYTES}: without another \
         --fee-payer it is 96 bytes smaller"
    )))
}

/// What a transaction would do, ask for and cost.
pub fn rehearsed(mut data: Map<String, Value>, rehearsal: &Rehearsal) -> Reply {
    let budget = rehearsal.budget.as_ref();
    data.insert("simulated".into(), true.into());
    data.insert("compute_units".into(), Count(rehearsal.outcome.compute_units).into());
    data.insert(
        "asks".into(),
        facts!({
            "compute_units": budget.map(|budget| budget.units),
            "loaded_bytes": budget.map(|budget| budget.loaded_bytes),
            "micro_lamports_per_unit": budget.and_then(|budget| budget.micro_lamports_per_unit),
            "fee_lamports": rehearsal.fee,
            "signatures": rehearsal.signatures,
            "transaction_bytes": rehearsal.bytes,
        }),
    );
    data.insert("logs".into(), rehearsal.outcome.logs.as_slice().into());
    Reply::of(Value::Object(data))
}

/// Adds every end that a command could have to what it tried out: the code that it would end with, and what
/// to do then.
pub fn add_fates(reply: &mut Reply) {
    let tried = |row: &Value| !row["simulated"].is_null();
    let steps = reply.data.get("steps").and_then(Value::as_array);
    let is_several = steps.is_some_and(|steps| steps.iter().any(tried));
    if !is_several && !reply.data.contains_key("simulated") {
        return;
    }
    let next = reply.data.get("next").and_then(Value::as_str).map(str::to_owned);
    let fates = Sent::ALL.map(|sent| {
        let then = match (&next, sent) {
            (Some(next), Sent::Landed) => next.as_str(),
            _ => sent.then(is_several),
        };
        facts!({ "fate": sent.word(), "exit_code": sent.exit_code(), "then": then })
    });
    reply.data.insert("fates".into(), fates.as_slice().into());
}

/// The message of a transaction that somebody else signs.
pub fn unsigned(
    mut data: Map<String, Value>,
    message: &Unsigned,
    encoding: Encoding,
    instructions: &[Instruction],
) -> Reply {
    let (name, text) = match encoding {
        Encoding::Base58 => ("base58", message.message_base58()),
        Encoding::Base64 | Encoding::Squads => ("base64", message.message_base64()),
    };
    data.insert("message".into(), text.clone().into());
    data.insert("encoding".into(), name.into());
    data.insert("signers".into(), message.signers().iter().map(ToString::to_string).collect());
    let tables = message.tables();
    if !tables.is_empty() {
        data.insert("lookup_tables".into(), tables.iter().map(ToString::to_string).collect());
    }
    data.insert("instructions".into(), instructions.iter().map(readable).collect());
    Reply { data, plain: Some(text), ..Reply::default() }
}

/// The message of a Squads vault transaction, whose vault is the one that acts.
pub fn of_vault(mut data: Map<String, Value>, vault: &Pubkey, instructions: &[Instruction]) -> Result<Reply> {
    let message = squads::message(vault, instructions).map_err(|error| Failure::Failed(error.to_string()))?;
    if message.len() > MAX_MESSAGE_BYTES {
        return Err(Failure::Failed(format!(
            "the message has {} bytes, and one transaction creates a vault transaction of {MAX_MESSAGE_BYTES} at most",
            message.len()
        )));
    }
    let text = BASE64.encode(message);
    data.insert("message".into(), text.clone().into());
    data.insert("encoding".into(), "squads".into());
    data.insert("vault".into(), vault.to_string().into());
    data.insert("signers".into(), facts!([vault.to_string()]));
    data.insert("instructions".into(), instructions.iter().map(readable).collect());
    Ok(Reply { data, plain: Some(text), ..Reply::default() })
}

/// Whether one transaction creates the vault transaction of these instructions.
pub fn vault_has_room(vault: &Pubkey, instructions: &[Instruction]) -> bool {
    squads::message(vault, instructions).is_ok_and(|message| message.len() <= MAX_MESSAGE_BYTES)
}

fn readable(instruction: &Instruction) -> Value {
    let accounts: Vec<Value> = instruction
        .accounts
        .iter()
        .map(|meta| {
            facts!({
                "pubkey": meta.pubkey.to_string(),
                "is_signer": meta.is_signer,
                "is_writable": meta.is_writable,
            })
        })
        .collect();
    facts!({
        "program_id": instruction.program_id.to_string(),
        "accounts": accounts,
        "data": BASE64.encode(&instruction.data),
    })
}
