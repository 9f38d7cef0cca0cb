//! Which file defines what another one names.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Needs;
use crate::source::{Source, words};

/// Words that stand before the name of what they define.
const DEFINING: [&str; 9] = ["fn", "struct", "enum", "union", "const", "static", "type", "trait", "macro_rules!"];

/// A module by its path from the root; the root itself is empty.
type Module = Vec<String>;

/// How far re-exports are followed.
const HOPS: usize = 8;

#[derive(Default)]
struct File {
    code: String,
    defines: BTreeSet<String>,
    /// Paths that it names.
    names: Vec<Module>,
    /// What it hands on: the name, and where it is from.
    hands_on: Vec<(String, Module)>,
}

/// The modules of a crate that are files.
pub struct Crate {
    files: BTreeMap<Module, File>,
}

impl Crate {
    /// Of the files below `root`.
    pub fn read<'a>(root: &str, sources: impl Iterator<Item = &'a Source>) -> Self {
        let mut own = Self { files: BTreeMap::new() };
        for source in sources {
            let at = module(root, &source.name);
            if !at.iter().any(|part| part == "tests" || part.ends_with("_tests")) {
                let code = without_tests(&source.code).to_owned();
                own.files.insert(at, File { defines: defined(&code), code, ..File::default() });
            }
        }
        let modules: Vec<Module> = own.files.keys().cloned().collect();
        for at in modules {
            let (names, hands_on) = own.paths(&at);
            if let Some(file) = own.files.get_mut(&at) {
                (file.names, file.hands_on) = (names, hands_on);
            }
        }
        own
    }

    /// Which files each file needs.
    pub fn needs(&self) -> Needs {
        let shown = |module: &Module| if module.is_empty() { "the root".to_owned() } else { module.join("::") };
        let needed = |(at, file): (&Module, &File)| {
            let found = file.names.iter().flat_map(|path| self.definers(path, file));
            (shown(at), found.filter(|other| other != at).map(|other| shown(&other)).collect())
        };
        self.files.iter().map(needed).collect()
    }

    /// The files that define what a path names; through `*` what `file` uses of it.
    fn definers(&self, path: &[String], file: &File) -> Vec<Module> {
        let Some((last, module)) = path.split_last() else { return vec![Module::new()] };
        if last != "*" {
            return self.definer(path, HOPS).into_iter().collect();
        }
        let Some(module) = self.definer(module, HOPS) else { return Vec::new() };
        let mut all = Vec::new();
        self.offered(&module, HOPS, &mut all);
        let is_used = |name: &str| !file.defines.contains(name) && words(&file.code, name).next().is_some();
        all.into_iter().filter(|(name, _)| is_used(name)).map(|(_, definer)| definer).collect()
    }

    /// The file that defines what a path names: a module itself, or something in it or handed on by it.
    fn definer(&self, path: &[String], hops: usize) -> Option<Module> {
        let length = (0..=path.len()).rev().find(|length| self.files.contains_key(&path[..*length]))?;
        let (module, rest) = path.split_at(length);
        let file = self.files.get(module)?;
        let Some((name, after)) = rest.split_first() else { return Some(module.to_vec()) };
        if file.defines.contains(name) {
            return Some(module.to_vec());
        }
        let hops = hops.checked_sub(1)?;
        file.hands_on.iter().find_map(|(handed, from)| match (handed == name, handed == "*") {
            (true, _) => self.definer(&[from, after].concat(), hops),
            (_, true) => self.definer(&[from, rest].concat(), hops).filter(|found| self.defines(found, name)),
            _ => None,
        })
    }

    fn defines(&self, module: &Module, name: &str) -> bool {
        self.files.get(module).is_some_and(|file| file.defines.contains(name))
    }

    /// Everything that `*` would take from a module, with the file that defines it.
    fn offered(&self, module: &Module, hops: usize, found: &mut Vec<(String, Module)>) {
        let (Some(file), Some(hops)) = (self.files.get(module), hops.checked_sub(1)) else { return };
        found.extend(file.defines.iter().map(|name| (name.clone(), module.clone())));
        for (name, from) in &file.hands_on {
            match self.definer(from, HOPS) {
                Some(from) if name == "*" => self.offered(&from, hops, found),
                Some(from) => found.push((name.clone(), from)),
                None => (),
            }
        }
    }

    /// What a file names, and what it hands on.
    fn paths(&self, at: &Module) -> (Vec<Module>, Vec<(String, Module)>) {
        let code = self.files.get(at).map_or("", |file| &file.code);
        let (mut names, mut hands_on) = (Vec::new(), Vec::new());
        let mut rest = code.to_owned();
        for start in words(code, "use") {
            let Some(length) = code[start..].find(';') else { continue };
            let is_public = code[..start].trim_end().ends_with("pub") || code[..start].trim_end().ends_with(')');
            for (path, name) in expand(&code[start + "use".len()..start + length]) {
                match self.absolute(at, &path) {
                    Some(path) if is_public && name == "*" => hands_on.push((name, path[..path.len() - 1].to_vec())),
                    Some(path) if is_public => hands_on.push((name, path)),
                    Some(path) => names.push(path),
                    None => (),
                }
            }
            rest.replace_range(start..start + length, &" ".repeat(length));
        }
        let inside = ["crate", "super", "self"].into_iter().flat_map(|root| words(&rest, root).collect::<Vec<_>>());
        for start in inside {
            let path = &rest[start..];
            let end = path.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(path.len());
            let path: Vec<_> = path[..end].split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
            names.extend(self.absolute(at, &path).filter(|_| path.len() > 1));
        }
        (names, hands_on)
    }

    /// A path from the root of the crate; `None` for another crate's.
    fn absolute(&self, at: &Module, path: &[String]) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([at, rest].concat()),
            "super" => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                Some([&at[..at.len().checked_sub(ups)?], &path[ups..]].concat())
            }
            _ => {
                let child = [at.as_slice(), std::slice::from_ref(first)].concat();
                self.files.contains_key(&child).then(|| [at, path].concat())
            }
        }
    }
}

fn module(root: &str, file: &str) -> Module {
    let path = file.strip_prefix(root).unwrap_or(file).trim_start_matches('/');
    let mut parts: Module = path.strip_suffix(".rs").unwrap_or(path).split('/').map(str::to_owned).collect();
    let is_named_by_folder = parts.last().is_some_and(|last| last == "mod");
    if is_named_by_folder || (parts.len() == 1 && ["lib", "main"].contains(&parts[0].as_str())) {
        parts.pop();
    }
    parts
}

fn without_tests(code: &str) -> &str {
    code.find("#[cfg(test)]\nmod tests {").map_or(code, |at| &code[..at])
}

/// What a file defines; of functions those that are no methods.
fn defined(code: &str) -> BTreeSet<String> {
    let name = |rest: &str| {
        let rest = rest.trim_start();
        rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())].to_owned()
    };
    let is_inside = |at: usize| code[..at].matches('{').count() > code[..at].matches('}').count();
    let after = |word: &'static str| {
        let bare = word.trim_end_matches('!');
        let places = words(code, bare).filter(move |at| word != "fn" || !is_inside(*at));
        places.map(move |at| name(code[at + bare.len()..].trim_start_matches('!')))
    };
    DEFINING.into_iter().flat_map(after).filter(|name| !name.is_empty()).collect()
}

/// The paths of a `use`, each with the name that it gives.
fn expand(tree: &str) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    branch(&[], tree, &mut found);
    found
}

fn branch(before: &[String], tree: &str, found: &mut Vec<(Vec<String>, String)>) {
    let (mut depth, mut start) = (0, 0);
    let mut parts = Vec::new();
    for (at, c) in tree.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&tree[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tree[start..]);
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let own = |text: &str| -> Vec<String> {
            let names = text.split("::").map(str::trim).filter(|name| !name.is_empty());
            before.iter().cloned().chain(names.map(str::to_owned)).collect()
        };
        match part.split_once('{') {
            Some((path, inner)) => branch(&own(path), inner.rsplit_once('}').map_or(inner, |(inner, _)| inner), found),
            None => {
                let (path, alias) = part.split_once(" as ").map_or((part, None), |(path, name)| (path, Some(name)));
                let mut path = own(path);
                if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                    path.pop();
                }
                let name = alias.map(|name| name.trim().to_owned()).or_else(|| path.last().cloned());
                found.extend(name.map(|name| (path, name)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Crate, Source, expand};
    use crate::check::circles::graph::circles;

    fn found(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        let sources: Vec<_> = files.iter().map(|(name, text)| Source::new(format!("c/src/{name}"), *text)).collect();
        circles(&Crate::read("c/src", sources.iter()).needs())
    }

    #[test]
    fn a_use_is_expanded_with_its_aliases() {
        let paths = expand(" crate::{a::{self, B as C}, d::*}");
        let shown: Vec<_> = paths.iter().map(|(path, name)| format!("{} {name}", path.join("::"))).collect();
        assert_eq!(shown, ["crate::a a", "crate::a::B C", "crate::d::* *"]);
    }

    #[test]
    fn two_files_that_name_each_other_are_a_circle() {
        let a = ("a.rs", "use crate::b::B;\npub struct A(B);\n");
        assert_eq!(found(&[a, ("b.rs", "pub struct B;\nfn f(a: super::a::A) {}\n")]), [["a", "b"]]);
        assert!(found(&[a, ("b.rs", "pub struct B; // crate::a::A\n")]).is_empty());
        let tested = "pub struct B;\n#[cfg(test)]\nmod tests {\n    use crate::a::A;\n}\n";
        assert!(found(&[a, ("b.rs", tested)]).is_empty());
    }

    #[test]
    fn a_folder_that_only_gathers_is_seen_through_and_one_that_defines_is_not() {
        let b = ("f/b.rs", "use super::A;\npub struct B;\n");
        let a = ("f/a.rs", "pub struct A;\n");
        assert!(found(&[("f/mod.rs", "mod a;\nmod b;\npub use {a::A, b::*};\n"), a, b]).is_empty());
        let gathers = ("f/mod.rs", "mod b;\nuse b::B;\npub struct A(B);\n");
        assert_eq!(found(&[gathers, b]), [["f", "f::b"]]);
    }

    #[test]
    fn through_a_star_only_what_is_used_counts() {
        let (a, b) = (("a.rs", "pub struct A;\nuse crate::b::B;\n"), ("b.rs", "use crate::a::*;\npub struct B(A);\n"));
        assert_eq!(found(&[a, b]), [["a", "b"]]);
        assert!(found(&[a, ("b.rs", "use crate::a::*;\npub struct B;\n")]).is_empty());
    }
}
