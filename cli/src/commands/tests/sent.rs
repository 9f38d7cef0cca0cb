//! What is kept of transactions while other processes run the same command.

use {
    super::*,
    std::cell::Cell,
    work_token_sdk::{
        Fate, Hash, InFlight, Pubkey, Signature, TransportError, VersionedTransaction,
        transport::{Filter, Outcome, RawAccount},
    },
};

type Answer<T> = std::result::Result<T, TransportError>;

/// The embedded chain, on which what is sent first is certainly absent; meanwhile something happens.
struct Losing<'a> {
    chain: &'a dyn Transport,
    sends: Cell<u32>,
    meanwhile: &'a dyn Fn(),
}

impl Transport for Losing<'_> {
    fn accounts(&self, keys: &[Pubkey]) -> Answer<Vec<Option<RawAccount>>> {
        self.chain.accounts(keys)
    }

    fn program_accounts(&self, program: &Pubkey, filter: &Filter) -> Answer<Vec<(Pubkey, RawAccount)>> {
        self.chain.program_accounts(program, filter)
    }

    fn latest_blockhash(&self) -> Answer<Hash> {
        self.chain.latest_blockhash()
    }

    fn genesis_hash(&self) -> Answer<Hash> {
        self.chain.genesis_hash()
    }

    fn now_ts(&self) -> Answer<i64> {
        self.chain.now_ts()
    }

    fn in_flight(&self, transaction: &VersionedTransaction) -> Answer<InFlight> {
        self.chain.in_flight(transaction)
    }

    fn fate(&self, flight: &InFlight) -> Answer<Fate> {
        self.chain.fate(flight)
    }

    fn outcome(&self, signature: &Signature) -> Answer<Option<Outcome>> {
        self.chain.outcome(signature)
    }

    fn recent_fees(&self, written: &[Pubkey]) -> Answer<Vec<u64>> {
        self.chain.recent_fees(written)
    }

    fn simulate(&self, transaction: &VersionedTransaction) -> Answer<Outcome> {
        self.chain.simulate(transaction)
    }

    fn send(&self, transaction: &VersionedTransaction) -> Answer<Outcome> {
        self.sends.set(self.sends.get() + 1);
        if self.sends.get() > 1 {
            return self.chain.send(transaction);
        }
        (self.meanwhile)();
        Err(TransportError::Absent { signature: transaction.signatures[0] })
    }
}

/// Somebody delegates, and the first transaction is lost. Returns the end, how often something was sent, and
/// the files that are left.
fn loses(meanwhile: impl Fn(&std::path::Path)) -> (Result<Reply>, u32, Vec<String>) {
    let desk = Desk::new();
    let (_, provider) = desk.scenario.owner("Olga", 500, 20_000 * TOKEN).unwrap();
    let alice = desk.scenario.actor("alice", 5_000 * TOKEN);
    let add = format!(
        "delegate add --provider {} --amount {} --from {} --keypair {}",
        provider.provider,
        300 * TOKEN,
        alice.tokens,
        alice.key.to_base58_string()
    );
    let files = || -> Vec<std::path::PathBuf> {
        std::fs::read_dir(&desk.config.store).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    let meanwhile = || meanwhile(&files()[0]);
    let chain = Losing { chain: &desk.scenario.chain, sends: Cell::new(0), meanwhile: &meanwhile };
    let end = desk.reply_on(&chain, &add);
    let left = files().iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    (end, chain.sends.get(), left)
}

#[test]
fn what_is_certainly_absent_is_signed_anew_unless_another_process_has_done_so_meanwhile() {
    let (end, sends, left) = loses(|_| {});
    assert!(end.is_ok() && left.is_empty(), "{end:?}");
    assert_eq!(sends, 2);

    // Another run found the same absence, and has sent its own.
    let anothers = Signature::from([9; 64]).to_string();
    let replaced = |file: &std::path::Path| {
        let text = std::fs::read_to_string(file).unwrap();
        let mut kept: serde_json::Value = serde_json::from_str(&text).unwrap();
        kept["signature"] = anothers.clone().into();
        std::fs::write(file, kept.to_string()).unwrap();
    };
    let (end, sends, left) = loses(replaced);
    assert!(matches!(&end, Err(Failure::TryAgain(said)) if said.contains("another process")), "{end:?}");
    assert_eq!((sends, left.len()), (1, 1));
    assert!(left[0].contains(&anothers), "what the other sent is kept: {left:?}");

    // It has found it, and is about to send.
    let (end, sends, left) = loses(|file| std::fs::remove_file(file).unwrap());
    assert!(matches!(end, Err(Failure::TryAgain(_))), "{end:?}");
    assert_eq!((sends, left.len()), (1, 0));
}
