//! Accounts by address.

use work_token_sdk::Pubkey;

/// Accounts of one type, by address. Tests count what is looked at in it: a plan must not look at every
/// account for every other one.
#[derive(Clone, Debug)]
pub struct Table<T>(Vec<(Pubkey, T)>);

impl<T> Table<T> {
    /// What lies at an address.
    pub fn get(&self, key: &Pubkey) -> Option<&T> {
        looked();
        self.0.binary_search_by_key(key, |(known, _)| *known).ok().map(|place| &self.0[place].1)
    }

    /// Whether something lies at an address.
    pub fn contains(&self, key: &Pubkey) -> bool {
        self.get(key).is_some()
    }

    /// All of them, by address.
    pub fn iter(&self) -> impl Iterator<Item = (&Pubkey, &T)> + Clone {
        self.0.iter().inspect(|_| looked()).map(|(key, value)| (key, value))
    }

    /// All of them without their addresses, in the same order.
    pub fn values(&self) -> impl Iterator<Item = &T> + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps some of them, and may change those.
    pub fn retain(&mut self, mut keeps: impl FnMut(&Pubkey, &mut T) -> bool) {
        self.0.retain_mut(|(key, value)| keeps(key, value));
    }

    /// Adds accounts; of one that is known already the first is kept.
    pub fn add(&mut self, more: impl IntoIterator<Item = (Pubkey, T)>) {
        self.0.extend(more);
        self.0.sort_by_key(|(key, _)| *key);
        self.0.dedup_by_key(|(key, _)| *key);
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<(Pubkey, T)> for Table<T> {
    fn from_iter<I: IntoIterator<Item = (Pubkey, T)>>(accounts: I) -> Self {
        let mut table = Self::default();
        table.add(accounts);
        table
    }
}

#[cfg(not(test))]
fn looked() {}

#[cfg(test)]
pub use counted::looks_of;

#[cfg(test)]
use counted::looked;

#[cfg(test)]
mod counted {
    use std::cell::Cell;

    thread_local! {
        static LOOKS: Cell<u64> = const { Cell::new(0) };
    }

    pub fn looked() {
        LOOKS.with(|looks| looks.set(looks.get() + 1));
    }

    /// What something returns, and how many accounts it looked at.
    pub fn looks_of<R>(act: impl FnOnce() -> R) -> (R, u64) {
        let before = LOOKS.with(Cell::get);
        let result = act();
        (result, LOOKS.with(Cell::get) - before)
    }
}
