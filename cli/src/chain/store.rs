//! What must not be lost between a commitment and what follows it: salts, in files that are written before
//! anything is sent.

use {
    crate::failure::{Failure, Result},
    rand::Rng,
    serde::{Serialize, de::DeserializeOwned},
    std::{
        fs::{self, File, OpenOptions},
        io::{ErrorKind, Write},
        path::{Path, PathBuf},
    },
};

/// A folder with a file for each commitment. Nobody but its owner may read it.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in a folder, which is created with the first file.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where something is kept.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.json"))
    }

    /// Keeps something, in place of what was kept under the name before: it is on the disk when this returns.
    pub fn keep(&self, name: &str, what: &impl Serialize) -> Result<()> {
        self.write(name, what, |unfinished, path| fs::rename(unfinished, path))
    }

    /// Writes something beside where it is kept, and puts it there when it is whole: a crash leaves what was
    /// there before, or the new one. What it leaves beside them is never read.
    fn write(
        &self,
        name: &str,
        what: &impl Serialize,
        put: impl FnOnce(&Path, &Path) -> std::io::Result<()>,
    ) -> Result<()> {
        let path = self.path(name);
        let text = serde_json::to_vec_pretty(what).map_err(|error| failed(&path, &error))?;
        let unfinished = self.unfinished(name);
        let written = self.create().and_then(|()| {
            let mut file = create_file(&unfinished)?;
            file.write_all(&text)?;
            file.sync_all()?;
            put(&unfinished, &path)?;
            File::open(&self.folder)?.sync_all()
        });
        if written.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        written.map_err(|error| failed(&path, &error))
    }

    /// A file beside it that nobody else has: two containers that share a folder have processes of one
    /// number.
    fn unfinished(&self, name: &str) -> PathBuf {
        self.path(name).with_extension(format!("{:016x}.unfinished", rand::rng().random::<u64>()))
    }

    /// Creates the folder, and has it on the disk where it is new.
    fn create(&self) -> std::io::Result<()> {
        if self.folder.is_dir() {
            return Ok(());
        }
        create_folder(&self.folder)?;
        let parent = self.folder.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
    }

    /// Keeps something under a name that nobody uses, not even at this moment: `false` if somebody does.
    pub fn keep_new(&self, name: &str, what: &impl Serialize) -> Result<bool> {
        let mut is_new = true;
        self.write(name, what, |unfinished, path| {
            match fs::hard_link(unfinished, path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => is_new = false,
                linked => linked?,
            }
            fs::remove_file(unfinished)
        })?;
        Ok(is_new)
    }

    /// What is kept under a name.
    pub fn find<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let path = self.path(name);
        match fs::read(&path) {
            // The library's message may quote what stands there, a salt above all.
            Ok(text) => serde_json::from_slice(&text).map(Some).map_err(|error| {
                failed(&path, &format!("line {}, column {}: this is not what was kept", error.line(), error.column()))
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(&path, &error)),
        }
    }

    /// Everything whose name begins so, by name.
    pub fn list<T: DeserializeOwned>(&self, prefix: &str) -> Result<Vec<T>> {
        let mut found = Vec::new();
        for name in self.names(prefix)? {
            found.extend(self.find(&name)?);
        }
        Ok(found)
    }

    /// The names that begin so, in order.
    pub fn names(&self, prefix: &str) -> Result<Vec<String>> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(&self.folder, &error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(|error| failed(&self.folder, &error))?.file_name();
            let name = name.to_string_lossy().strip_suffix(".json").map(ToOwned::to_owned);
            names.extend(name.filter(|name| name.starts_with(prefix)));
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Takes something away if it still is what it was taken for: `false` where it is gone, or another
    /// process has put something else in its place, which stays there.
    pub fn take<T: DeserializeOwned>(&self, name: &str, is_it: impl Fn(&T) -> bool) -> Result<bool> {
        if !self.find(name)?.as_ref().is_some_and(&is_it) {
            return Ok(false);
        }
        // Of two processes one moves it away, and looks at what it got.
        let (path, taken) = (self.path(name), self.unfinished(name));
        match fs::rename(&path, &taken) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            moved => moved.map_err(|error| failed(&path, &error))?,
        }
        let text = fs::read(&taken).map_err(|error| failed(&taken, &error))?;
        let is_it = serde_json::from_slice(&text).is_ok_and(|found| is_it(&found));
        if !is_it {
            match fs::hard_link(&taken, &path) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(failed(&taken, &error)),
                _ => {}
            }
        }
        fs::remove_file(&taken).map_err(|error| failed(&taken, &error))?;
        Ok(is_it)
    }

    /// Keeps it no longer.
    pub fn forget(&self, name: &str) -> Result<()> {
        let path = self.path(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(&path, &error)),
            _ => Ok(()),
        }
    }
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::Failed(format!("{}: {error}", path.display()))
}

#[cfg(unix)]
fn create_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_folder(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

fn create_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: [&str; 3]) -> Vec<String> {
        names.map(str::to_owned).to_vec()
    }

    #[test]
    fn what_is_kept_is_found_replaced_listed_and_forgotten() {
        let folder = std::env::temp_dir().join(format!("work-token-store-{}", std::process::id()));
        let store = Store::at(&folder);
        assert_eq!((store.find::<u64>("a-1").unwrap(), store.list::<u64>("a").unwrap()), (None, vec![]));
        for (name, value) in [("a-2", 2u64), ("a-1", 9), ("b-1", 3), ("a-1", 1)] {
            store.keep(name, &value).unwrap();
        }
        assert_eq!((store.find("a-1").unwrap(), store.list("a-").unwrap()), (Some(1u64), vec![1u64, 2]));
        store.forget("a-1").unwrap();
        store.forget("a-1").unwrap();
        assert_eq!(store.list::<u64>("").unwrap(), [2, 3]);
        assert!(store.keep_new("c-1", &7u64).unwrap() && !store.keep_new("c-1", &8u64).unwrap());
        assert_eq!(store.list::<u64>("c").unwrap(), [7]);
        assert!(!store.take("c-1", |kept: &u64| *kept == 8).unwrap(), "another has its place");
        assert!(!store.take("c-2", |_: &u64| true).unwrap() && store.take("a-2", |kept: &u64| *kept == 2).unwrap());
        assert_eq!((store.list::<u64>("").unwrap(), fs::read_dir(&folder).unwrap().count()), (vec![3, 7], 2));
        store.keep("a-2", &2u64).unwrap();
        // What somebody left who died while keeping it is nothing that was kept.
        fs::write(folder.join("c-2.77.unfinished"), "9").unwrap();
        assert_eq!(
            (store.list::<u64>("c").unwrap(), store.names("").unwrap()),
            (vec![7], names(["a-2", "b-1", "c-1"]))
        );
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 4, "nothing else is left");
        fs::write(store.path("b-1"), "no JSON").unwrap();
        assert!(store.find::<u64>("b-1").unwrap_err().to_string().contains("b-1.json"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&folder), mode(&store.path("a-2"))), (0o700, 0o600));
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn of_many_who_take_one_thing_one_does_and_what_is_put_in_its_place_is_never_lost() {
        let folder = std::env::temp_dir().join(format!("work-token-taken-{}", std::process::id()));
        let store = Store::at(&folder);
        for round in 0u64..50 {
            store.keep("one", &round).unwrap();
            // Whoever took it keeps another thing there while the rest still look.
            let takes = || {
                store.take("one", |kept: &u64| *kept == round).unwrap()
                    && store.keep_new("one", &(round + 1_000)).unwrap()
            };
            let taken = std::thread::scope(|scope| {
                let all: Vec<_> = (0..4).map(|_| scope.spawn(takes)).collect();
                all.into_iter().map(|one| one.join().unwrap()).filter(|taken| *taken).count()
            });
            assert_eq!((taken, store.find("one").unwrap()), (1, Some(round + 1_000)), "round {round}");
            store.forget("one").unwrap();
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
