//! `cargo xtask package`: the crates for others, as they would be published. They are staged as a workspace
//! of their own, in which they depend on each other by version; Cargo makes their archives; and what is in
//! the archives is built, nothing else being at hand.

mod manifest;
mod readme;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

use self::manifest::Member;
use crate::{
    context::{Context, read_file, run as execute, write_file},
    source,
};

/// Those that are published, each after those that it depends on.
const FOLDERS: [&str; 3] = ["math", "interface", "sdk"];
/// Features with which the last of them is built, each by itself.
const FEATURES: [&str; 3] = ["", "keypair", "rpc"];
const LICENSE: &str = "LICENSE";
const LOCK: &str = "Cargo.lock";

/// Stages, packs and builds. Publishes nothing.
pub fn run(context: &Context, repository: Option<&str>) -> Result<()> {
    // What these crates need is a part of what the checkout needs; from here on the network is not asked.
    execute(context.cargo(".", &["fetch"]))?;
    for archive in prove(context, &FOLDERS, &FEATURES, repository)? {
        println!("{}", archive.display());
    }
    Ok(())
}

/// The archives of the crates in these folders, once the last has been built of them.
fn prove(
    context: &Context,
    folders: &[&'static str],
    features: &[&str],
    repository: Option<&str>,
) -> Result<Vec<PathBuf>> {
    let place = context.target.join("publish");
    if place.exists() {
        fs::remove_dir_all(&place).with_context(|| format!("cannot empty {}", place.display()))?;
    }
    let stage = place.join("workspace");
    let members = stage_all(&context.root, folders, &stage, repository)?;
    let archives = pack(context, &stage, &members)?;
    build(context, &place.join("unpacked"), &members, &archives, features)?;
    Ok(archives)
}

/// Writes the workspace.
fn stage_all(root: &Path, folders: &[&'static str], stage: &Path, repository: Option<&str>) -> Result<Vec<Member>> {
    let shared = read_file(&root.join("Cargo.toml"))?;
    let manifests = folders.iter().map(|folder| read_file(&root.join(folder).join("Cargo.toml")));
    let manifests = manifests.collect::<Result<Vec<String>>>()?;
    let members = folders.iter().zip(&manifests).map(|(folder, manifest)| Member::read(folder, manifest, &shared));
    let members = members.collect::<Result<Vec<Member>>>()?;
    write_file(&stage.join("Cargo.toml"), manifest::workspace(&shared, &members)?)?;
    for (member, manifest) in members.iter().zip(&manifests) {
        let (from, to) = (root.join(member.folder), stage.join(member.folder));
        write_file(&to.join("Cargo.toml"), manifest::member(manifest, &members, repository)?)?;
        for file in source::files(&from.join("src"), &[""])? {
            copy(&file, &to.join(file.strip_prefix(&from)?))?;
        }
        copy(&root.join(LICENSE), &to.join(LICENSE))?;
        let docs = read_file(&from.join("src/lib.rs"))?;
        write_file(&to.join("README.md"), readme::of(&member.name, &docs))?;
    }
    // The versions that everything was tested with: Cargo takes out what these crates do not need.
    copy(&root.join(LOCK), &stage.join(LOCK))?;
    Ok(members)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    write_file(to, fs::read(from).with_context(|| format!("cannot read {}", from.display()))?)
}

/// Lets Cargo make the archives.
fn pack(context: &Context, stage: &Path, members: &[Member]) -> Result<Vec<PathBuf>> {
    let mut command = context.command("cargo", ".");
    // Cargo's own verification builds in the development profile, of which nothing else here is built.
    command.args(["package", "--workspace", "--no-verify", "--allow-dirty", "--offline"]).current_dir(stage);
    execute(command)?;
    let folder = context.target.join("package");
    Ok(members.iter().map(|member| folder.join(format!("{}.crate", member.archive()))).collect())
}

/// Builds the last of the members out of the archives, as somebody would whose registry has the others.
fn build(
    context: &Context,
    unpacked: &Path,
    members: &[Member],
    archives: &[PathBuf],
    features: &[&str],
) -> Result<()> {
    let Some(last) = members.last() else { bail!("nothing is published") };
    write_file(&unpacked.join("Cargo.toml"), manifest::registry(members)?)?;
    copy(&unpacked.with_file_name("workspace").join(LOCK), &unpacked.join(LOCK))?;
    for archive in archives {
        let mut command = context.command("tar", ".");
        // As new: the times in an archive are long past, and Cargo would take what it built before for it.
        command.arg("--touch").arg("-xzf").arg(archive).arg("-C").arg(unpacked);
        execute(command)?;
    }
    for features in features {
        let mut command = context.command("cargo", ".");
        command.args(["check", "--release", "--offline", "--package", &last.name, "--no-default-features"]);
        command.args(["--features", features]).current_dir(unpacked);
        execute(command)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{
        env, fs,
        path::{Path, PathBuf},
    };

    use super::{manifest, prove};
    use crate::context::{Context, write_file};

    const ROOT: &str = "[workspace]\nmembers = []\nresolver = \"3\"\n[workspace.package]\nedition = \"2024\"\n[workspace.dependencies]\n";
    const ONE: &str = "[package]\nname = \"work-token-one\"\nversion = \"0.2.0\"\nedition = \"2024\"\nlicense = \"Apache-2.0\"\ndescription = \"One\"\npublish = false\n";
    const TWO: &str = "[package]\nname = \"work-token-two\"\nversion = \"0.2.0\"\nedition = \"2024\"\nlicense = \"Apache-2.0\"\ndescription = \"Two\"\npublish = false\n[dependencies]\nwork-token-one = { path = \"../one\" }\n";

    fn root(name: &str) -> PathBuf {
        env::temp_dir().join(format!("work-token-package-{}-{name}", std::process::id()))
    }

    /// The same in a checkout of its own.
    fn packed(name: &str, one: &str, two: &str, library: &str) -> Option<String> {
        let result = packed_in(&root(name), one, two, library);
        fs::remove_dir_all(root(name)).unwrap();
        result
    }

    /// Packs two crates of which the second uses the first; gives what went wrong.
    fn packed_in(root: &Path, one: &str, two: &str, library: &str) -> Option<String> {
        let files = [
            ("Cargo.toml", ROOT),
            ("Cargo.lock", "version = 4\n"),
            ("LICENSE", "free"),
            ("outside.txt", "outside"),
            ("other/Cargo.toml", &ONE.replace("-one", "-other")),
            ("other/src/lib.rs", ""),
            ("one/Cargo.toml", one),
            ("one/src/lib.rs", "//! One.\n/// One.\npub const ONE: u8 = 1;\n"),
            ("two/Cargo.toml", two),
            ("two/src/lib.rs", library),
        ];
        for (file, text) in files {
            write_file(&root.join(file), text).unwrap();
        }
        let result = prove(&context(root), &["one", "two"], &[""], None);
        result.err().map(|error| format!("{error:#}"))
    }

    fn context(root: &Path) -> Context {
        let command_line = clap::Command::new("xtask");
        Context {
            root: root.into(),
            target: root.join("target"),
            locked: false,
            is_built: false,
            foreign: Vec::new(),
            command_line,
        }
    }

    #[test]
    fn what_can_be_published_is_packed_and_built_of_its_archives() {
        assert_eq!(packed("sound", ONE, TWO, "pub use work_token_one::ONE;\n"), None);
    }

    #[test]
    fn what_only_the_checkout_can_build_is_refused() {
        let uses = "pub use work_token_one::ONE;\n";
        let other = format!("{TWO}work-token-other = {{ path = \"../other\" }}\n");
        assert!(packed("path", ONE, &other, uses).unwrap().contains("cargo package"), "a crate that is not published");
        let outside = "pub const OUTSIDE: &str = include_str!(\"../../outside.txt\");\n";
        assert!(packed("outside", ONE, TWO, outside).unwrap().contains("cargo check"), "a file outside the crate");
        let silent = TWO.replace("license = \"Apache-2.0\"\n", "");
        assert!(packed("license", ONE, &silent, uses).unwrap().contains("license"), "what the registry refuses");
    }

    #[test]
    fn what_has_changed_is_built_anew() {
        let root = root("twice");
        assert_eq!(packed_in(&root, ONE, TWO, "pub use work_token_one::ONE;\n"), None);
        let broken = packed_in(&root, ONE, TWO, "pub use work_token_one::TWO;\n");
        fs::remove_dir_all(&root).unwrap();
        assert!(broken.unwrap().contains("cargo check"));
    }

    #[test]
    fn a_member_needs_a_version() {
        let manifest = "[package]\nname = \"one\"\n";
        assert!(manifest::Member::read("one", manifest, ROOT).is_err());
    }
}
