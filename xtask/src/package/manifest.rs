//! The manifests that are published: those of the checkout, with versions beside the paths, and without what
//! only the checkout has.

use anyhow::{Context as _, Result, bail, ensure};
use toml::{Table, Value};

/// Targets whose files are in no archive, and what only they need.
const LEFT_OUT: [&str; 6] = ["bench", "bin", "dev-dependencies", "example", "test", "workspace"];
/// The program's framework. No lockfile can hold both it and the JSON-RPC transport, whose Solana crates are
/// older, and `cargo package` wants one for everything that is published together. Only the program asks for
/// it, by path.
const FRAMEWORK: &str = "anchor-lang";
/// Without these the registry refuses a crate; Cargo only warns.
const WANTED: [&str; 2] = ["description", "license"];

/// A crate that is published.
pub struct Member {
    /// Its folder in the checkout.
    pub folder: &'static str,
    /// Its name, by which others depend on it.
    pub name: String,
    /// Its version, which others ask for.
    pub version: String,
}

impl Member {
    /// By its manifest; a version that is inherited is that of the checkout's workspace.
    pub fn read(folder: &'static str, manifest: &str, root: &str) -> Result<Self> {
        let (manifest, root): (Table, Table) = (toml::from_str(manifest)?, toml::from_str(root)?);
        let package = |table: &Table, key: &str| Some(table.get("package")?.get(key)?.as_str()?.to_owned());
        let shared = root.get("workspace").and_then(Value::as_table);
        let version = package(&manifest, "version").or_else(|| package(shared?, "version"));
        Ok(Self {
            folder,
            name: package(&manifest, "name").with_context(|| format!("{folder} has no name"))?,
            version: version.with_context(|| format!("{folder} has no version"))?,
        })
    }

    /// The name of its archive, and of the folder in it.
    pub fn archive(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    /// As a dependency that is found at `path` here and by its version once it is published.
    fn beside(&self, path: &str) -> Value {
        let both = [("path", path), ("version", &self.version)];
        Value::Table(both.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect())
    }
}

/// The workspace of the members alone, with what they inherit of the checkout's.
pub fn workspace(root: &str, members: &[Member]) -> Result<String> {
    let mut root: Table = toml::from_str(root)?;
    let mut workspace = take(&mut root, "workspace")?;
    workspace.remove("exclude");
    workspace.insert("members".into(), members.iter().map(|member| member.folder).collect::<Vec<_>>().into());
    let mut dependencies = take(&mut workspace, "dependencies")?;
    dependencies.retain(|_, dependency| dependency.get("path").is_none());
    dependencies.extend(members.iter().map(|member| (member.name.clone(), member.beside(member.folder))));
    workspace.insert("dependencies".into(), dependencies.into());
    Ok(toml::to_string(&Table::from_iter([("workspace".to_owned(), workspace.into())]))?)
}

/// A member's manifest. What it depends on by a path that is no member's stays, and is refused by Cargo.
pub fn member(manifest: &str, members: &[Member], repository: Option<&str>) -> Result<String> {
    let mut manifest: Table = toml::from_str(manifest)?;
    manifest.retain(|part, _| !LEFT_OUT.contains(&part));
    let mut package = take(&mut manifest, "package")?;
    for field in WANTED {
        ensure!(package.contains_key(field), "a crate without a {field} cannot be published");
    }
    package.insert("publish".into(), true.into());
    package.insert("readme".into(), "README.md".into());
    package.extend(repository.map(|url| ("repository".to_owned(), url.into())));
    manifest.insert("package".into(), package.into());
    if let Some(dependencies) = manifest.get_mut("dependencies").and_then(Value::as_table_mut) {
        dependencies.remove(FRAMEWORK);
        for (name, dependency) in dependencies.iter_mut().filter(|(_, dependency)| dependency.get("path").is_some()) {
            if let Some(member) = members.iter().find(|member| member.name == *name) {
                let asked = dependency.get("features").cloned();
                *dependency = member.beside(&format!("../{}", member.folder));
                if let (Some(features), Some(table)) = (asked, dependency.as_table_mut()) {
                    table.insert("features".into(), features);
                }
            }
        }
    }
    let without = features_of_framework(&mut manifest);
    expect_features(&mut manifest, &without);
    Ok(toml::to_string(&manifest)?)
}

/// A workspace of unpacked archives, in which they are what the registry has under their names.
pub fn registry(members: &[Member]) -> Result<String> {
    let mut workspace = Table::new();
    workspace.insert("resolver".into(), "3".into());
    workspace.insert("members".into(), members.iter().map(Member::archive).collect::<Vec<_>>().into());
    let patched = members.iter().map(|member| (member.name.clone(), member.beside(&member.archive())));
    let patch = Table::from_iter([("crates-io".to_owned(), Value::Table(patched.collect()))]);
    let staged = [("workspace".to_owned(), workspace.into()), ("patch".to_owned(), patch.into())];
    Ok(toml::to_string(&Table::from_iter(staged))?)
}

fn take(table: &mut Table, key: &str) -> Result<Table> {
    match table.remove(key) {
        Some(Value::Table(taken)) => Ok(taken),
        _ => bail!("there is no [{key}]"),
    }
}

/// Takes out the features that bring the framework, and those that bring them; returns their names.
fn features_of_framework(manifest: &mut Table) -> Vec<String> {
    let mut without: Vec<String> = Vec::new();
    let Some(features) = manifest.get_mut("features").and_then(Value::as_table_mut) else { return without };
    loop {
        let brings = |what: &Value| {
            what.as_str().is_some_and(|what| {
                let package = what.trim_start_matches("dep:").split(['/', '?']).next();
                package == Some(FRAMEWORK) || without.iter().any(|gone| gone == what)
            })
        };
        let brings_any = |(_, parts): &(&String, &Value)| parts.as_array().is_some_and(|all| all.iter().any(brings));
        let Some(found) = features.iter().find(brings_any).map(|(name, _)| name.clone()) else { return without };
        features.remove(&found);
        without.push(found);
    }
}

/// The sources still ask for features that are left out: the compiler is told that it may happen.
fn expect_features(manifest: &mut Table, without: &[String]) {
    let lint = manifest.get_mut("lints").and_then(|lints| lints.get_mut("rust")?.get_mut("unexpected_cfgs"));
    let Some(known) = lint.and_then(|lint| lint.get_mut("check-cfg")).and_then(Value::as_array_mut) else { return };
    let names: Vec<String> = without.iter().map(|name| format!("{name:?}")).collect();
    if !names.is_empty() {
        known.push(format!("cfg(feature, values({}))", names.join(", ")).into());
    }
}

#[cfg(test)]
mod tests {
    use super::{Member, member, workspace};

    const ROOT: &str = r#"
        [workspace]
        members = ["one", "two", "tool"]
        exclude = ["program"]
        [workspace.package]
        version = "0.3.0"
        [workspace.dependencies]
        one = { path = "one" }
        tool = { path = "tool", default-features = false }
        serde = "1"
        [profile.release]
        debug = false
    "#;
    const TWO: &str = r#"
        [package]
        name = "two"
        description = "Two"
        license.workspace = true
        version.workspace = true
        publish.workspace = true
        [features]
        default = []
        anchor = ["dep:anchor-lang"]
        idl = ["anchor", "anchor-lang/idl"]
        [dependencies]
        one = { path = "../one" }
        other = { path = "../other" }
        serde.workspace = true
        anchor-lang = { version = "2", optional = true }
        [dev-dependencies]
        tool.workspace = true
        [lints.rust]
        unexpected_cfgs = { level = "warn", check-cfg = [] }
        [workspace]
    "#;

    fn members() -> [Member; 2] {
        let one = "[package]\nname = \"one\"\nversion = \"0.2.0\"\n";
        [Member::read("one", one, ROOT).unwrap(), Member::read("two", TWO, ROOT).unwrap()]
    }

    fn lines(text: &str) -> Vec<&str> {
        text.lines().filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn the_workspace_has_the_members_alone_by_path_and_version() {
        let staged = workspace(ROOT, &members()).unwrap();
        let expected = [
            "[workspace]",
            "members = [\"one\", \"two\"]",
            "[workspace.dependencies]",
            "serde = \"1\"",
            "[workspace.dependencies.one]",
            "path = \"one\"",
            "version = \"0.2.0\"",
            "[workspace.dependencies.two]",
            "path = \"two\"",
            "version = \"0.3.0\"",
            "[workspace.package]",
            "version = \"0.3.0\"",
        ];
        assert_eq!(lines(&staged), expected);
    }

    #[test]
    fn a_member_asks_for_versions_and_leaves_out_what_only_the_checkout_has() {
        let staged = member(TWO, &members(), Some("https://example.org")).unwrap();
        let expected = [
            "[dependencies.one]",
            "path = \"../one\"",
            "version = \"0.2.0\"",
            "[dependencies.other]",
            "path = \"../other\"",
            "[dependencies.serde]",
            "workspace = true",
            "[features]",
            "default = []",
            "[lints.rust.unexpected_cfgs]",
            "check-cfg = [\"cfg(feature, values(\\\"anchor\\\", \\\"idl\\\"))\"]",
            "level = \"warn\"",
            "[package]",
            "name = \"two\"",
            "publish = true",
            "readme = \"README.md\"",
            "repository = \"https://example.org\"",
            "[package.version]",
            "workspace = true",
        ];
        let staged = staged.replace('\'', "\"");
        for line in expected {
            assert!(staged.contains(&line.replace("\\\"", "\"")), "{line} is missing in\n{staged}");
        }
        assert!(!staged.contains("anchor-lang") && !staged.contains("tool") && !staged.contains("\n[workspace]"));
    }
}
