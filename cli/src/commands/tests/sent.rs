//! What is kept of transactions while other processes run the same command.

use {super::*, work_token_sdk::Signature};

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
    let chain = Altered::losing_the_first(&desk.scenario.chain, &meanwhile);
    let end = desk.reply_on(&chain, &add);
    let left = files().iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    (end, chain.sent(), left)
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
