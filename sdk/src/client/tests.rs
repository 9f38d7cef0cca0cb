use {
    super::*,
    crate::{
        AccountMeta, DecodeError, Fate, Hash, ID, JobAddresses, Keypair, NetworkAddresses, Refusal, Signature, ix,
        state::{EpochPool, Provider},
        transactions::UnitPrice,
    },
    solana_signer::SignerError,
    solana_transaction_error::TransactionError,
    std::cell::{Cell, RefCell},
};

/// A chain that answers each send as told, and remembers what was sent.
struct Scripted {
    answers: RefCell<Vec<Result<Outcome, TransportError>>>,
    sent: RefCell<Vec<VersionedTransaction>>,
    accounts: Vec<(Pubkey, RawAccount)>,
}

impl Scripted {
    fn new(answers: Vec<Result<Outcome, TransportError>>) -> Self {
        Self { answers: RefCell::new(answers), sent: RefCell::default(), accounts: Vec::new() }
    }
}

impl Transport for Scripted {
    fn accounts(&self, keys: &[Pubkey]) -> Result<Vec<Option<RawAccount>>, TransportError> {
        let find =
            |key: &Pubkey| self.accounts.iter().find(|(known, _)| known == key).map(|(_, account)| account.clone());
        Ok(keys.iter().map(find).collect())
    }

    fn program_accounts(&self, _: &Pubkey, filter: &Filter) -> Result<Vec<(Pubkey, RawAccount)>, TransportError> {
        Ok(self.accounts.iter().filter(|(_, account)| filter.admits(&account.data)).cloned().collect())
    }

    fn latest_blockhash(&self) -> Result<Hash, TransportError> {
        Ok(Hash::new_from_array([self.sent.borrow().len() as u8 + 1; 32]))
    }

    fn now_ts(&self) -> Result<i64, TransportError> {
        Ok(0)
    }

    fn simulate(&self, _: &VersionedTransaction) -> Result<Outcome, TransportError> {
        Ok(Outcome { compute_units: 1_000, ..Outcome::default() })
    }

    fn send(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        self.sent.borrow_mut().push(transaction.clone());
        self.answers.borrow_mut().remove(0)
    }

    fn in_flight(&self, transaction: &VersionedTransaction) -> Result<InFlight, TransportError> {
        Ok(InFlight::unknown(transaction.signatures[0]))
    }

    fn fate(&self, _: &InFlight) -> Result<Fate, TransportError> {
        Ok(Fate::Unknown("nobody asked".into()))
    }

    fn outcome(&self, _: &Signature) -> Result<Option<Outcome>, TransportError> {
        Ok(None)
    }

    fn genesis_hash(&self) -> Result<Hash, TransportError> {
        Ok(Hash::default())
    }

    fn recent_fees(&self, _: &[Pubkey]) -> Result<Vec<u64>, TransportError> {
        Ok(vec![8, 2, 4])
    }
}

fn expired() -> Result<Outcome, TransportError> {
    Err(TransportError::Absent { signature: Signature::from([3; 64]) })
}

fn landed() -> Result<Outcome, TransportError> {
    Ok(Outcome { signature: Signature::from([4; 64]), ..Outcome::default() })
}

fn send(chain: &Scripted) -> Result<Outcome, ClientError> {
    let key = Keypair::new_from_array([1; 32]);
    Client::new(chain).send(&[ix::unpause(&Pubkey::default(), key.pubkey())], &key, &[&key])
}

#[test]
fn a_transaction_that_certainly_expired_is_signed_anew_with_another_blockhash() {
    let chain = Scripted::new(vec![expired(), landed()]);
    assert_eq!(send(&chain).unwrap().signature, Signature::from([4; 64]));
    let sent = chain.sent.borrow();
    assert_eq!(sent.len(), 2);
    assert_ne!(sent[0].message.recent_blockhash(), sent[1].message.recent_blockhash());
    assert!(sent.iter().all(|sent| sent.verify_with_results().iter().all(|is_valid| *is_valid)));
}

#[test]
fn it_gives_up_after_the_third_time() {
    let chain = Scripted::new(vec![expired(), expired(), expired()]);
    assert!(matches!(send(&chain), Err(ClientError::Transport(TransportError::Absent { .. }))));
    assert_eq!(chain.sent.borrow().len(), 3);
}

#[test]
fn a_transaction_whose_fate_is_not_absence_is_never_signed_again() {
    let signature = Signature::from([3; 64]);
    for fate in [
        TransportError::Unknown { signature, reason: "gone".into() },
        TransportError::Unreachable("gone".into()),
        TransportError::Denied("no".into()),
        TransportError::Refused(Box::new(Refusal { error: TransactionError::BlockhashNotFound, logs: Vec::new() })),
    ] {
        let chain = Scripted::new(vec![Err(fate), landed()]);
        assert!(send(&chain).is_err());
        assert_eq!(chain.sent.borrow().len(), 1);
    }
}

#[test]
fn what_cannot_be_noted_is_not_sent_and_what_is_signed_anew_is_noted_anew() {
    let key = Keypair::new_from_array([1; 32]);
    let chain = Scripted::new(vec![expired(), landed()]);
    let instructions = [ix::unpause(&Pubkey::default(), key.pubkey())];
    let mut noted = Vec::new();
    let note = |flight: &InFlight| -> Result<(), ClientError> {
        noted.push(flight.signature);
        Ok(())
    };
    Client::new(&chain).send_noted(&instructions, &key, &[], note).unwrap();
    let sent: Vec<Signature> = chain.sent.borrow().iter().map(|transaction| transaction.signatures[0]).collect();
    assert_eq!((noted.len(), &noted), (2, &sent));

    let chain = Scripted::new(vec![landed()]);
    let full = |_: &InFlight| Err(ClientError::from(TransportError::Malformed("the disk is full".into())));
    assert!(Client::new(&chain).send_noted(&instructions, &key, &[], full).is_err());
    assert!(chain.sent.borrow().is_empty());
}

#[test]
fn a_transaction_asks_for_its_units_its_bytes_and_its_price() {
    let chain = Scripted::new(vec![landed(), landed()]);
    send(&chain).unwrap();
    let key = Keypair::new_from_array([1; 32]);
    let auto = PriorityFee { price: UnitPrice::Auto, max_lamports: 1_000 };
    let unpause = ix::unpause(&Pubkey::default(), key.pubkey());
    Client::new(&chain).with_priority_fee(auto).send(&[unpause], &key, &[]).unwrap();
    let sent = chain.sent.borrow();
    let data = |sent: &VersionedTransaction, index: usize| sent.message.instructions()[index].data.clone();
    assert_eq!(data(&sent[0], 0), [&[2][..], &1_200u32.to_le_bytes()].concat());
    assert_eq!(data(&sent[0], 1), [&[4][..], &1_572_864u32.to_le_bytes()].concat());
    assert_eq!(sent[0].message.instructions().len(), 3);
    assert_eq!(data(&sent[1], 2), [&[3][..], &8u64.to_le_bytes()].concat());
}

/// A key on a device, which asks a person for each signature.
struct Device(Keypair, Cell<u32>);

impl Signer for Device {
    fn try_pubkey(&self) -> Result<Pubkey, SignerError> {
        Ok(self.0.pubkey())
    }

    fn try_sign_message(&self, message: &[u8]) -> Result<Signature, SignerError> {
        self.1.set(self.1.get() + 1);
        self.0.try_sign_message(message)
    }

    fn is_interactive(&self) -> bool {
        true
    }
}

#[test]
fn a_device_is_asked_once_and_signs_what_looks_up_accounts_like_anything_else() {
    let chain = Scripted::new(vec![landed(), landed()]);
    let (device, payer) = (Device(Keypair::new_from_array([2; 32]), Cell::new(0)), Keypair::new_from_array([1; 32]));
    let mut unpause = ix::unpause(&Pubkey::default(), device.pubkey());
    let addresses: Vec<Pubkey> = (20..30).map(crate::fixtures::key).collect();
    unpause.accounts.extend(addresses.iter().map(|key| AccountMeta::new_readonly(*key, false)));
    let tables = [AddressLookupTableAccount { key: crate::fixtures::key(9), addresses }];
    let client = Client::new(&chain);
    for (client, version) in [(client, 2), (client.looking_up(&tables), 0x80)] {
        device.1.set(0);
        client.send(std::slice::from_ref(&unpause), &payer, &[&device]).unwrap();
        let sent = chain.sent.borrow().last().cloned().unwrap();
        // One of version 0 says so; the other begins with the number of its signatures.
        assert_eq!((device.1.get(), sent.message.serialize()[0]), (1, version));
        assert!(sent.verify_with_results() == [true; 2], "both have signed");
    }
}

#[test]
fn an_account_that_is_missing_foreign_or_of_another_type_is_said_to_be_so() {
    let mut chain = Scripted::new(Vec::new());
    let (foreign, other) = (Pubkey::new_from_array([1; 32]), Pubkey::new_from_array([2; 32]));
    let provider = <Provider as bytemuck::Zeroable>::zeroed().encode();
    chain.accounts.push((foreign, RawAccount { lamports: 1, owner: other, data: provider.clone() }));
    chain.accounts.push((other, RawAccount { lamports: 1, owner: ID, data: provider }));
    let client = Client::new(&chain);

    let missing = Pubkey::new_from_array([3; 32]);
    assert_eq!(client.network(&missing).unwrap_err().to_string(), format!("there is no Network at {missing}"));
    assert!(matches!(client.provider(&foreign), Err(ClientError::NotOurs { .. })));
    let empty = client.provider(&other);
    assert!(matches!(empty, Err(ClientError::Decode { source: DecodeError::WrongVersion { .. }, .. })));
    let epoch = client.get::<EpochPool>(&other);
    assert!(matches!(epoch, Err(ClientError::Decode { source: DecodeError::WrongType { .. }, .. })));
}

#[test]
fn a_job_is_read_with_its_seats_in_order_and_the_clock() {
    let (network, job_key) = (crate::fixtures::key(1), crate::fixtures::JOB);
    let mut job = crate::fixtures::job(&crate::fixtures::network(), 3);
    (job.version, job.network) = (1, network);
    let mut state = crate::fixtures::network();
    state.mint = crate::fixtures::key(2);
    let addresses = JobAddresses::recorded(NetworkAddresses::recorded(network, &state), job_key, &job);
    let mut chain = Scripted::new(Vec::new());
    let clock = [&77u64.to_le_bytes()[..], &[0; 24], &1_234i64.to_le_bytes()].concat();
    let clock_key = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");
    chain.accounts.push((clock_key, RawAccount { lamports: 1, owner: Pubkey::default(), data: clock }));
    chain.accounts.push((network, RawAccount { lamports: 1, owner: ID, data: state.encode() }));
    chain.accounts.push((job_key, RawAccount { lamports: 1, owner: ID, data: job.encode() }));
    for seat in addresses.seats(3).iter().rev() {
        let mut assignment = crate::fixtures::assignment(&job, seat.seat);
        assignment.version = 1;
        chain.accounts.push((seat.assignment, RawAccount { lamports: 1, owner: ID, data: assignment.encode() }));
    }
    let read = Client::new(&chain).job_state(&job_key).unwrap();
    assert_eq!((read.slot, read.now_ts, read.addresses.client.owner), (77, 1_234, job.client));
    assert_eq!(read.assignments.iter().map(|assignment| assignment.seat).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(read.at().assignments.len(), 3);
    chain.accounts.remove(0);
    assert!(matches!(Client::new(&chain).job_state(&job_key), Err(ClientError::Transport(_))));
}

#[test]
fn a_tree_is_read_where_the_network_records_it() {
    let mut network = crate::fixtures::network();
    let mut chain = Scripted::new(Vec::new());
    let mut tree = crate::fixtures::tree(3);
    tree.version = 1;
    chain.accounts.push((network.work_trees[0], RawAccount { lamports: 1, owner: ID, data: tree.encode() }));
    assert_eq!(Client::new(&chain).work_tree(&network, 10).unwrap().map(|tree| tree.total()), Some(3_000));
    assert!(Client::new(&chain).work_tree(&network, 11).unwrap().is_none());
    network.work_trees[0] = Pubkey::default();
    assert!(Client::new(&chain).work_tree(&network, 10).unwrap().is_none());
    chain.accounts[0].1.owner = Pubkey::default();
    network.work_trees[0] = chain.accounts[0].0;
    assert!(matches!(Client::new(&chain).work_tree(&network, 10), Err(ClientError::NotOurs { .. })));
}
