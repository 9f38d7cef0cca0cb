//! What a real endpoint refuses, and endpoints that are none.

use {
    crate::{scripted::Scripted, surfnet::Surfnet},
    solana_sdk::signature::Keypair,
    std::{net::TcpListener, time::Duration},
    work_token_sdk::{
        AccountMeta, Client, Hash, ID, Instruction, NetworkAddresses, Pubkey, Signer, Transport, TransportError,
        WorkTokenError,
        client::ClientError,
        ix,
        rpc::{RpcOptions, RpcTransport},
        tables,
        transactions::{MAX_TRANSACTION_BYTES, Unsigned},
        transport::Filter,
    },
};

fn refusal(error: ClientError) -> work_token_sdk::Refusal {
    match error {
        ClientError::Transport(TransportError::Refused(refusal)) => *refusal,
        other => panic!("no refusal: {other}"),
    }
}

fn payer(surfnet: &Surfnet) -> Keypair {
    let key = Keypair::new_from_array([77; 32]);
    surfnet.fund(&key.pubkey(), 10_000_000_000);
    key
}

#[test]
fn what_the_program_refuses_arrives_with_its_rule_and_its_log() {
    let surfnet = Surfnet::start();
    let (chain, payer) = (RpcTransport::new(&surfnet.url), payer(&surfnet));
    let client = Client::new(&chain);
    let token_program = Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
    let nowhere = NetworkAddresses::derive(&payer.pubkey(), 1, Pubkey::new_unique(), token_program);
    let touch = ix::touch_provider(&nowhere.network, Pubkey::new_unique());
    let refused = refusal(client.send(&[touch], &payer, &[]).expect_err("there is no such network"));
    assert_eq!(refused.work_token_error(), Some(WorkTokenError::WrongAccountOwner));
    assert_eq!(refused.program(), Some(ID));
    assert_eq!(refused.instruction(), Some(2), "the compute budget comes first");

    let stranger = Keypair::new_from_array([78; 32]);
    let poor = client.send(&[ix::unpause(&nowhere.network, stranger.pubkey())], &stranger, &[]);
    assert!(refusal(poor.expect_err("it has no lamports")).explain().advice.is_some());
}

#[test]
fn a_transaction_with_an_unknown_blockhash_is_not_sent_and_one_that_landed_is_not_done_twice() {
    let surfnet = Surfnet::start();
    let (chain, payer) = (RpcTransport::new(&surfnet.url), payer(&surfnet));
    let receiver = Pubkey::new_unique();
    let mut data = vec![2, 0, 0, 0];
    data.extend(5_000_000u64.to_le_bytes());
    let transfer = Instruction {
        program_id: ix::SYSTEM_PROGRAM,
        accounts: vec![AccountMeta::new(payer.pubkey(), true), AccountMeta::new(receiver, false)],
        data,
    };
    let instructions = [transfer];
    let unsigned = |blockhash| Unsigned::new(&instructions, &payer.pubkey(), blockhash);
    let sign = |blockhash| unsigned(blockhash).sign(&[&payer]).expect("it signs");
    let hasty = RpcOptions { timeout: Duration::from_secs(3), ..RpcOptions::default() };
    match RpcTransport::with_options(&surfnet.url, hasty).send(&sign(Hash::new_from_array([5; 32]))) {
        Err(TransportError::Unreachable(reason)) => assert!(reason.contains("nothing was sent"), "{reason}"),
        other => panic!("it was sent: {other:?}"),
    }
    let transaction = sign(chain.latest_blockhash().expect("the chain has a blockhash"));
    let outcome = chain.send(&transaction).expect("it lands");
    assert_eq!(outcome.signature, transaction.signatures[0]);
    assert_eq!(chain.send(&transaction).expect("it has landed").signature, outcome.signature);
    let held = chain.account(&receiver).expect("the chain answers").expect("it was paid");
    assert_eq!(held.lamports, 5_000_000);
}

#[test]
fn accounts_come_in_order_however_many_are_asked_for_and_filters_hold() {
    let surfnet = Surfnet::start();
    let chain = RpcTransport::new(&surfnet.url);
    let clock = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");
    let mut keys = vec![clock; 251];
    keys[..250].iter_mut().for_each(|key| *key = Pubkey::new_unique());
    let accounts = chain.accounts(&keys).expect("the chain answers");
    assert_eq!(accounts.len(), 251);
    assert!(accounts[..250].iter().all(Option::is_none) && accounts[250].is_some());
    assert!(chain.program_accounts(&ID, &Filter { size: Some(7), bytes: Vec::new() }).expect("it answers").is_empty());
    assert!(chain.now_ts().expect("the chain has a clock") > 1_700_000_000);
}

#[test]
fn an_endpoint_that_is_not_there_is_unreachable_and_its_key_is_not_told() {
    let port = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address").port();
    let chain = RpcTransport::new(&format!("http://127.0.0.1:{port}/?api-key=secret"));
    let key = Keypair::new_from_array([1; 32]);
    let answers = [
        chain.latest_blockhash().err(),
        chain.now_ts().err(),
        chain.accounts(&[ID]).err(),
        chain.send(&Unsigned::new(&[], &key.pubkey(), Hash::default()).sign(&[&key]).expect("it signs")).err(),
    ];
    for error in answers {
        let error = error.expect("nobody answers");
        assert!(matches!(error, TransportError::Unreachable(_)), "{error}");
        assert!(error.to_string().contains("refused") && !error.to_string().contains("secret"), "{error}");
    }
}

#[test]
fn an_endpoint_that_talks_nonsense_is_malformed() {
    let nonsense = Scripted::start(|_, _| Some("<html>please log in</html>".into()));
    assert!(matches!(RpcTransport::new(&nonsense.url).latest_blockhash(), Err(TransportError::Malformed(_))));
    let wrong =
        Scripted::start(|_, _| Some(r#"{"jsonrpc":"2.0","id":0,"result":{"context":{"slot":1},"value":[]}}"#.into()));
    assert!(matches!(RpcTransport::new(&wrong.url).accounts(&[ID]), Err(TransportError::Malformed(_))));
}

#[test]
fn a_transaction_that_looks_up_accounts_in_a_table_lands_like_any_other_and_is_kept_as_it_was_sent() {
    let surfnet = Surfnet::start();
    let (chain, payer) = (RpcTransport::new(&surfnet.url), payer(&surfnet));
    let (client, key) = (Client::new(&chain), payer.pubkey());
    let receivers: Vec<Pubkey> = (0..tables::ADDED_TOGETHER).map(|_| Pubkey::new_unique()).collect();
    let pay = |to: &Pubkey| Instruction {
        program_id: ix::SYSTEM_PROGRAM,
        accounts: vec![AccountMeta::new(key, true), AccountMeta::new(*to, false)],
        data: [&[2, 0, 0, 0][..], &1_000_000u64.to_le_bytes()].concat(),
    };
    let payments: Vec<Instruction> = receivers.iter().map(pay).collect();
    assert!(client.unsigned(&payments, &key).expect("there is a blockhash").size() > MAX_TRANSACTION_BYTES);

    let newest = client.recent_slots().expect("the chain has slots")[0];
    let (create, table) = tables::create(key, key, newest);
    let extend = tables::extend(table, key, key, &receivers);
    client.send(&[create, extend], &payer, &[]).expect("it is created");
    let listed = client.lookup_tables_of(&key).expect("tables are listed");
    let found = tables::fullest(&listed, &receivers).expect("it is there");
    assert_eq!((found.key, &found.addresses), (table, &receivers));
    while slot(&client) < newest + 4 {
        std::thread::sleep(Duration::from_millis(100));
    }
    let tables = [found.only(&receivers)];
    let outcome = client.looking_up(&tables).send(&payments, &payer, &[]).expect("it lands");
    let held = chain.accounts(&receivers).expect("the chain answers");
    assert!(held.iter().all(|held| held.as_ref().is_some_and(|held| held.lamports == 1_000_000)));
    let kept = chain.transaction(&outcome.signature).expect("the chain answers").expect("it is kept");
    assert!(kept.error.is_none() && kept.wire.len() <= MAX_TRANSACTION_BYTES, "{:?}", kept.error);
    // One signature stands before the message, whose first byte says its version.
    assert_eq!(kept.wire[65], 0x80);
}

fn slot(client: &Client) -> u64 {
    client.clock().expect("the chain has a clock").0
}
