//! The parts of an IDL as the print tests write them: JSON, or an address, between two marks.

use anchor_lang_idl_spec::{Idl, IdlAccount, IdlConst, IdlErrorCode, IdlEvent, IdlTypeDef};
use anyhow::{Context as _, Result, bail, ensure};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

/// All parts found so far, in the order of the tests, which is none.
#[derive(Default)]
pub struct Parts {
    pub program: Option<Idl>,
    pub address: Option<String>,
    /// All that there are, whether an instruction names them by their type or not.
    pub accounts: Vec<IdlAccount>,
    pub events: Vec<IdlEvent>,
    pub errors: Vec<IdlErrorCode>,
    pub constants: Vec<IdlConst>,
    pub types: Vec<IdlTypeDef>,
}

/// What an event's test prints: the event, and every type that it is made of.
#[derive(Deserialize)]
struct PrintedEvent {
    event: IdlEvent,
    types: Vec<IdlTypeDef>,
}

/// What the test of all accounts prints: each, and every type that they are made of.
#[derive(Deserialize)]
struct PrintedAccounts {
    accounts: Vec<IdlAccount>,
    types: Vec<IdlTypeDef>,
}

impl Parts {
    /// Takes the parts out of the output of one test run; says how many there were.
    pub fn add(&mut self, printed: &str) -> Result<usize> {
        let mut lines = printed.lines();
        let mut found = 0;
        while let Some(line) = lines.next() {
            let Some(kind) = line.strip_prefix("--- IDL begin ").and_then(|rest| rest.strip_suffix(" ---")) else {
                continue;
            };
            let end = format!("--- IDL end {kind} ---");
            let mut body = Vec::new();
            loop {
                let line = lines.next().with_context(|| format!("the part `{kind}` does not end"))?;
                if line == end {
                    break;
                }
                body.push(line);
            }
            self.add_part(kind, &body.join("\n")).with_context(|| format!("in the part `{kind}`"))?;
            found += 1;
        }
        Ok(found)
    }

    fn add_part(&mut self, kind: &str, body: &str) -> Result<()> {
        match kind {
            "address" => {
                ensure!(self.address.is_none(), "there are two program addresses");
                self.address = Some(body.trim().to_owned());
            }
            "program" => {
                ensure!(self.program.is_none(), "there are two programs");
                self.program = Some(parse(body)?);
            }
            "event" => {
                let PrintedEvent { event, types } = parse(body)?;
                self.events.push(event);
                self.types.extend(types);
            }
            "accounts" => {
                let PrintedAccounts { accounts, types } = parse(body)?;
                self.accounts.extend(accounts);
                self.types.extend(types);
            }
            "errors" => self.errors.extend(parse::<Vec<IdlErrorCode>>(body)?),
            "const" => self.constants.push(parse(body)?),
            _ => bail!("this kind of part is not known: has Anchor been updated?"),
        }
        Ok(())
    }
}

fn parse<T: DeserializeOwned>(json: &str) -> Result<T> {
    let mut value: Value = serde_json::from_str(json)?;
    shorten_paths(&mut value);
    Ok(serde_json::from_value(value)?)
}

/// Types are printed with their module path, `state::Provider`; an IDL has plain names. That two types do not
/// end up under one name is seen to where they are merged.
fn shorten_paths(value: &mut Value) {
    match value {
        Value::String(text) => {
            let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
            if text.contains("::") && text.split("::").all(is_name) {
                *text = text.rsplit("::").next().unwrap_or_default().to_owned();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(shorten_paths),
        Value::Object(fields) => fields.values_mut().for_each(shorten_paths),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::Parts;

    #[test]
    fn parts_are_found_among_other_output_and_module_paths_are_dropped() {
        let printed = "running 3 tests\n\
            ---- __anchor_private_print_idl_event_moved stdout ----\n\
            --- IDL begin event ---\n\
            {\"event\":{\"name\":\"events::Moved\",\"discriminator\":[1]},\"types\":[{\"name\":\"events::Moved\",\n\
            \"type\":{\"kind\":\"struct\",\"fields\":[{\"name\":\"amount\",\"type\":\"u64\"}]}}]}\n\
            --- IDL end event ---\n\
            --- IDL begin address ---\n\
            Fg6PaFpoGXkYsidMpWTK6W2BeZ7FEfcYkg476zPFsLnS\n\
            --- IDL end address ---\n\
            --- IDL begin errors ---\n\
            [{\"code\":6000,\"name\":\"TooMuch\",\"msg\":\"at most 2 :: not more\"}]\n\
            --- IDL end errors ---\n";
        let mut parts = Parts::default();
        assert_eq!(parts.add(printed).unwrap(), 3);
        assert_eq!(parts.events[0].name, "Moved");
        assert_eq!(parts.types[0].name, "Moved");
        assert_eq!(parts.errors[0].msg.as_deref(), Some("at most 2 :: not more"));
        assert_eq!(parts.address.as_deref(), Some("Fg6PaFpoGXkYsidMpWTK6W2BeZ7FEfcYkg476zPFsLnS"));
    }

    #[test]
    fn a_part_without_an_end_or_of_an_unknown_kind_is_refused() {
        assert!(Parts::default().add("--- IDL begin errors ---\n[]\n").is_err());
        assert!(Parts::default().add("--- IDL begin novelty ---\n--- IDL end novelty ---\n").is_err());
    }
}
