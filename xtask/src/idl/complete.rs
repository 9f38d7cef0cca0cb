//! What an IDL must say beyond being valid: a sentence on everything, and the same program id as Anchor.toml.

use anchor_lang_idl_spec::{Idl, IdlDefinedFields, IdlTypeDefTy};
use anyhow::{Context as _, Result, ensure};

/// Instructions, types and their fields carry their documentation, because the IDL is what other languages
/// see.
pub fn every_part_is_documented(idl: &Idl) -> Result<()> {
    let mut silent = Vec::new();
    for instruction in idl.instructions.iter().filter(|instruction| instruction.docs.is_empty()) {
        silent.push(instruction.name.clone());
    }
    for one in &idl.types {
        if one.docs.is_empty() {
            silent.push(one.name.clone());
        }
        if let IdlTypeDefTy::Struct { fields: Some(IdlDefinedFields::Named(fields)) } = &one.ty {
            let undocumented = fields.iter().filter(|field| field.docs.is_empty());
            silent.extend(undocumented.map(|field| format!("{}.{}", one.name, field.name)));
        }
    }
    ensure!(silent.is_empty(), "without a doc comment in the IDL: {}", silent.join(", "));
    Ok(())
}

/// Anchor.toml repeats each program's id once per cluster.
pub fn anchor_toml_names_the_program(anchor_toml: &str, name: &str, address: &str) -> Result<()> {
    let file: toml::Table = toml::from_str(anchor_toml).context("Anchor.toml cannot be read")?;
    let clusters = file.get("programs").and_then(toml::Value::as_table).context("Anchor.toml has no [programs]")?;
    for (cluster, programs) in clusters {
        let named = programs.get(name).and_then(toml::Value::as_str);
        ensure!(
            named == Some(address),
            "Anchor.toml names {} as {name} on {cluster}, `interface` declares {address}",
            named.unwrap_or("no program"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{anchor_toml_names_the_program, every_part_is_documented};

    #[test]
    fn a_cluster_with_another_program_id_is_found() {
        let toml = "[programs.localnet]\nwork_token = \"A\"\n[programs.devnet]\nwork_token = \"B\"\n";
        let refusal = anchor_toml_names_the_program(toml, "work_token", "A").unwrap_err().to_string();
        assert!(refusal.contains("devnet"), "{refusal}");
        assert!(anchor_toml_names_the_program("[programs.localnet]\nwork_token = \"A\"\n", "work_token", "A").is_ok());
    }

    #[test]
    fn every_silent_field_is_named() {
        let idl = serde_json::from_str(
            r#"{"address":"A","metadata":{"name":"p","version":"0.1.0","spec":"0.1.0"},"instructions":[],
            "types":[{"name":"T","docs":["A type."],"type":{"kind":"struct","fields":[
            {"name":"a","docs":["Said."],"type":"u8"},{"name":"b","type":"u8"}]}}]}"#,
        );
        let refusal = every_part_is_documented(&idl.unwrap()).unwrap_err().to_string();
        assert!(refusal.ends_with(": T.b"), "{refusal}");
    }
}
