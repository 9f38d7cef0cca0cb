//! Whether the committed ELF is the one that the sources give.

use anyhow::{Context as _, Result, ensure};

use crate::{build, context::Context};

/// Compares bytes if the compilers of the day are those of the committed ELF. Otherwise nothing can be said
/// of the bytes, and this says so; the tests run against the fresh build in either case.
pub fn check(context: &Context) -> Result<()> {
    let committed = build::committed(context)?;
    let fresh = build::record(context, context.elf.as_deref().context("there is no fresh build to compare with")?)?;
    if let Some(differences) = other_compilers(&committed, &fresh) {
        eprintln!("WARNING: {} WAS NOT COMPARED WITH THE FRESH BUILD: other compilers made it.", build::ELF);
        for line in differences {
            eprintln!("WARNING:   {line}");
        }
        return Ok(());
    }
    ensure!(
        fresh.sha256 == committed.sha256,
        "{} is stale: the sources give {} ({} bytes), committed is {} ({} bytes); run `cargo xtask build --install` and commit artifacts/",
        build::ELF,
        fresh.sha256,
        fresh.bytes,
        committed.sha256,
        committed.bytes,
    );
    Ok(())
}

fn other_compilers(committed: &build::Record, fresh: &build::Record) -> Option<Vec<String>> {
    let (then, now) = (&committed.compiler, &fresh.compiler);
    let nothing = String::from("nothing");
    let differences: Vec<_> = then
        .keys()
        .chain(now.keys().filter(|name| !then.contains_key(*name)))
        .map(|name| (name, then.get(name).unwrap_or(&nothing), now.get(name).unwrap_or(&nothing)))
        .filter(|(_, then, now)| then != now)
        .map(|(name, then, now)| format!("{name}: {then} then, {now} now"))
        .collect();
    (!differences.is_empty()).then_some(differences)
}

#[cfg(test)]
mod tests {
    use super::other_compilers;
    use crate::build::Record;

    fn record(compiler: &[(&str, &str)]) -> Record {
        let compiler = compiler.iter().map(|(name, version)| (name.to_string(), version.to_string())).collect();
        Record { sha256: String::new(), bytes: 0, arch: "v3".to_owned(), compiler }
    }

    #[test]
    fn bytes_are_compared_only_between_equal_compilers() {
        let then = record(&[("rustc", "1.96.0"), ("llvm", "23.1")]);
        assert_eq!(other_compilers(&then, &record(&[("llvm", "23.1"), ("rustc", "1.96.0")])), None);
        let lines = other_compilers(&then, &record(&[("rustc", "1.97.0"), ("linker", "1")])).unwrap();
        assert_eq!(
            lines,
            ["llvm: 23.1 then, nothing now", "rustc: 1.96.0 then, 1.97.0 now", "linker: nothing then, 1 now"]
        );
    }
}
