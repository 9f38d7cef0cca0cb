//! One chain with everybody's keys on it: sends instructions, names refusals by the program that refused, and
//! sees every change.

use {
    crate::{
        callers,
        causes::{self, Cause},
    },
    solana_sdk::{
        account::{AccountSharedData, ReadableAccount},
        instruction::InstructionError,
        pubkey::Pubkey,
        signature::{Keypair, Signature},
        signer::{SeedDerivable, Signer},
        transaction::{TransactionError, VersionedTransaction},
    },
    std::{cell::RefCell, collections::HashMap, ops::Deref},
    work_token_localnet::{Localnet, TokenProgram},
    work_token_sdk::{
        Instruction,
        errors::Refusal,
        interface::tags,
        ix::SYSTEM_PROGRAM,
        transactions::Unsigned,
        transport::{Transport, TransportError},
    },
};

/// Every account of the chain that is no program.
pub type State = HashMap<Pubkey, AccountSharedData>;

/// The chain as it stands, to come back to.
pub type Snapshot = litesvm::LiteSVM;

/// A chain, and the keys of everybody on it.
pub struct Chain {
    pub net: Localnet,
    pub payer: Keypair,
    /// Stands in front of every `prove_fault`, which reads it out of its own transaction.
    pub proof: RefCell<Option<Instruction>>,
    keys: HashMap<Pubkey, Keypair>,
}

impl Deref for Chain {
    type Target = Localnet;

    fn deref(&self) -> &Localnet {
        &self.net
    }
}

impl Chain {
    pub fn start(now_ts: i64) -> Self {
        let net = Localnet::start(now_ts).expect("the embedded chain starts");
        net.install_votes().expect("the add-in is deployed");
        let payer = key("payer");
        net.fund(&payer.pubkey(), 100_000_000_000_000);
        callers::deploy(&net);
        Self { net, payer, proof: RefCell::new(None), keys: HashMap::new() }
    }

    /// A key that follows from a name, whoever people are; the chain can sign with it from now on.
    pub fn key(&mut self, name: &str) -> Pubkey {
        let key = key(name);
        let address = key.pubkey();
        self.keys.insert(address, key);
        address
    }

    /// The address of somebody, or something, of a name; by itself nobody can sign for it.
    pub fn address(name: &str) -> Pubkey {
        callers::address(name).unwrap_or_else(|| key(name).pubkey())
    }

    /// Somebody with lamports: a key like [`Self::key`], or an address of a program that calls for it.
    pub fn wallet(&mut self, name: &str) -> Pubkey {
        let address = callers::known(name).unwrap_or_else(|| self.key(name));
        self.net.fund(&address, 10_000_000_000);
        address
    }

    /// Whether somebody's key belongs to an address.
    pub fn can_sign(&self, address: &Pubkey) -> bool {
        self.keys.contains_key(address)
    }

    /// Sends instructions in one transaction, signed by everybody whom they name as a signer; a stranger pays
    /// the fee.
    pub fn send(&self, instructions: &[Instruction]) -> Result<(), Refusal> {
        match self.net.send(&self.sign(instructions)) {
            Ok(_) => Ok(()),
            Err(TransportError::Refused(refusal)) => Err(*refusal),
            Err(error) => panic!("the embedded chain always answers: {error}"),
        }
    }

    /// Sends what must succeed.
    pub fn must(&self, instructions: &[Instruction]) {
        if let Err(refusal) = self.send(instructions) {
            panic!("refused: {}\n{}", name_of(&refusal), refusal.logs.join("\n"));
        }
    }

    /// Sends what must succeed; the compute units that it used.
    pub fn units(&self, instructions: &[Instruction]) -> u64 {
        self.net.send(&self.sign(instructions)).expect("accepted").compute_units
    }

    /// Sends what must be refused for one reason, and changes nothing.
    pub fn refused(&self, instructions: &[Instruction], error: impl Into<Cause>) {
        assert_eq!(self.refusal(instructions), error.into().name);
    }

    /// Sends what must be refused, and changes nothing; the refusal's name.
    pub fn refusal(&self, instructions: &[Instruction]) -> String {
        self.refused_as(instructions).expect("must be refused")
    }

    /// Sends what may be refused, and then changes nothing; the refusal's name.
    pub fn refused_as(&self, instructions: &[Instruction]) -> Option<String> {
        let before = self.state();
        let refusal = self.send(instructions).err()?;
        assert_eq!(self.changes(&before), [], "a refusal changes nothing");
        Some(name_of(&refusal))
    }

    /// Somebody's signature of a message; what an address without a key would sign is nobody's.
    pub fn sign_message(&self, address: &Pubkey, message: &[u8]) -> Signature {
        self.keys.get(address).unwrap_or(&self.payer).sign_message(message)
    }

    fn sign(&self, instructions: &[Instruction]) -> VersionedTransaction {
        let proves = instructions.iter().any(proves_fault);
        let proof = self.proof.borrow().clone().filter(|_| proves);
        let called = instructions.iter().map(|instruction| callers::call(instruction, &self.payer.pubkey()));
        let instructions: Vec<_> = proof.into_iter().chain(called).collect();
        let mut signers: Vec<&Keypair> = vec![&self.payer];
        for meta in instructions.iter().flat_map(|instruction| &instruction.accounts).filter(|meta| meta.is_signer) {
            let paying = (meta.pubkey == self.payer.pubkey()).then_some(&self.payer);
            let key = paying.or_else(|| self.keys.get(&meta.pubkey)).expect("a signer whose key is known");
            if !signers.iter().any(|known| known.pubkey() == key.pubkey()) {
                signers.push(key);
            }
        }
        let blockhash = self.net.latest_blockhash().expect("the embedded chain has a blockhash");
        Unsigned::new(&instructions, &self.payer.pubkey(), blockhash).sign(&signers).expect("all of them sign")
    }

    /// Every account but programs and the payer of fees.
    pub fn state(&self) -> State {
        self.net.with_svm(|svm| {
            let all = svm.accounts_db().inner.iter();
            all.filter(|(key, account)| !account.executable() && **key != self.payer.pubkey())
                .map(|(key, account)| (*key, account.clone()))
                .collect()
        })
    }

    /// The accounts that differ from an earlier state; an account without lamports is none.
    pub fn changes(&self, before: &State) -> Vec<Pubkey> {
        let after = self.state();
        let alive = |state: &State, key: &Pubkey| state.get(key).filter(|account| account.lamports() > 0).cloned();
        let mut keys: Vec<_> = before.keys().chain(after.keys()).collect();
        keys.sort();
        keys.dedup();
        keys.into_iter().filter(|key| alive(before, key) != alive(&after, key)).copied().collect()
    }
}

fn proves_fault(instruction: &Instruction) -> bool {
    instruction.data.starts_with(&tags::of_instruction("prove_fault"))
}

/// A key that follows from a name.
fn key(name: &str) -> Keypair {
    use sha2::{Digest, Sha256};
    let hash: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    Keypair::from_seed(&hash).expect("32 bytes are a seed")
}

/// A refusal by its name: ours by the error's name, others by the program that refused and its code.
pub fn name_of(refusal: &Refusal) -> String {
    let error = match &refusal.error {
        TransactionError::InstructionError(_, error) => error,
        error => return format!("transaction {error:?}"),
    };
    let refuser = refuser(&refusal.logs);
    let ours = refuser.filter(causes::is_ours);
    match (error, ours) {
        (InstructionError::Custom(code), Some(program)) => {
            Cause::of(&program, *code).map_or_else(|| format!("anchor {code}"), |cause| cause.name.into())
        }
        (InstructionError::Custom(code), None) => format!("{} {code}", program_name(refuser)),
        (error, _) if ours == refuser => format!("{error:?}"),
        (error, _) => format!("{} {error:?}", program_name(refuser)),
    }
}

/// The innermost program that failed.
fn refuser(logs: &[String]) -> Option<Pubkey> {
    let failed = logs.iter().find(|line| line.starts_with("Program ") && line.contains(" failed: "))?;
    failed.split(' ').nth(1)?.parse().ok()
}

fn program_name(program: Option<Pubkey>) -> String {
    match program {
        Some(SYSTEM_PROGRAM) => "system".into(),
        Some(program) if program == TokenProgram::Spl.id() => "token".into(),
        Some(program) if program == TokenProgram::Token2022.id() => "token-2022".into(),
        Some(program) => program.to_string(),
        None => "runtime".into(),
    }
}
