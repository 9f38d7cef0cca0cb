//! Whether the committed ELFs are those that the sources give.

use anyhow::{Result, ensure};

use crate::{build, context::Context};

/// Compares bytes if the compilers of the day are those of the committed ELFs. Otherwise nothing can be said
/// of the bytes, and this says so; the tests run against the fresh build in either case.
pub fn check(context: &Context) -> Result<()> {
    let committed = build::committed(context)?;
    ensure!(context.is_built, "there is no fresh build to compare with");
    let fresh = build::record(context)?;
    if let Some(differences) = other_compilers(&committed, &fresh) {
        eprintln!("WARNING: THE COMMITTED ELFS WERE NOT COMPARED WITH THE FRESH BUILD: other compilers made them.");
        for line in differences {
            eprintln!("WARNING:   {line}");
        }
        return Ok(());
    }
    for (name, built) in &fresh.programs {
        let committed = committed.programs.get(name);
        ensure!(
            committed == Some(built),
            "{name} is stale: the sources give {built:?}, committed is {committed:?}; \
             run `cargo xtask build --install` and commit artifacts/",
        );
    }
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
        Record { arch: "v3".to_owned(), programs: Default::default(), compiler }
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
