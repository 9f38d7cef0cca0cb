//! Typed account decoding.

use {
    bytemuck::{AnyBitPattern, Pod},
    thiserror::Error,
    work_token_interface::{
        ACCOUNT_VERSION,
        instructions::{ACCOUNTS, discriminator},
        state::{
            AppealShare, Assignment, Attester, AttesterRoster, Ballot, Claim, Client, Delegation, Dispute, EpochPool,
            Fault, Job, JobClass, Juror, Network, Offer, ParamChange, Provider, ScoreShard, Unbonding, WorkTree,
        },
    },
};

/// Why bytes are not the account they were taken for.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum DecodeError {
    /// Fewer bytes than the layout has.
    #[error("the account has {found} bytes, a {name} has {expected}")]
    TooShort {
        /// What it was taken for.
        name: &'static str,
        /// Bytes of the layout.
        expected: usize,
        /// Bytes of the account.
        found: usize,
    },
    /// Another discriminator.
    #[error("the account is not a {name}")]
    WrongType {
        /// What it was taken for.
        name: &'static str,
    },
    /// A layout version this crate does not read.
    #[error("the account has layout version {found}, this SDK reads version {ACCOUNT_VERSION}")]
    WrongVersion {
        /// The version found.
        found: u8,
    },
}

/// An account of the program.
pub trait Account: Pod + AnyBitPattern {
    /// Its name, as in the IDL.
    const NAME: &'static str;
    /// Its first 8 bytes.
    const DISCRIMINATOR: [u8; 8];
    /// All its bytes, the discriminator included.
    const SIZE: usize = 8 + size_of::<Self>();

    /// Reads an account's data.
    fn decode(data: &[u8]) -> Result<Self, DecodeError> {
        body::<Self>(data).map(bytemuck::pod_read_unaligned)
    }

    /// Reads an account's data onto the heap: for those that are too large for the stack, a [`WorkTree`] above all.
    fn decode_boxed(data: &[u8]) -> Result<Box<Self>, DecodeError> {
        let body = body::<Self>(data)?;
        let mut account: Box<Self> = bytemuck::zeroed_box();
        bytemuck::bytes_of_mut(account.as_mut()).copy_from_slice(body);
        Ok(account)
    }

    /// The account's data.
    fn encode(&self) -> Vec<u8> {
        let mut data = Vec::with_capacity(Self::SIZE);
        data.extend_from_slice(&Self::DISCRIMINATOR);
        data.extend_from_slice(bytemuck::bytes_of(self));
        data
    }
}

/// What follows the discriminator, once it is known to be an account's.
fn body<A: Account>(data: &[u8]) -> Result<&[u8], DecodeError> {
    let Some(body) = data.get(8..A::SIZE) else {
        return Err(DecodeError::TooShort { name: A::NAME, expected: A::SIZE, found: data.len() });
    };
    if data[..8] != A::DISCRIMINATOR {
        return Err(DecodeError::WrongType { name: A::NAME });
    }
    if body[0] != ACCOUNT_VERSION {
        return Err(DecodeError::WrongVersion { found: body[0] });
    }
    Ok(body)
}

macro_rules! accounts {
    ($($name:ident),*) => {
        $(impl Account for $name {
            const NAME: &'static str = stringify!($name);
            const DISCRIMINATOR: [u8; 8] = match discriminator(ACCOUNTS, stringify!($name)) {
                Some(bytes) => bytes,
                None => panic!("no such account"),
            };
        })*
    };
}

accounts!(
    Network,
    Provider,
    Delegation,
    Unbonding,
    EpochPool,
    ParamChange,
    JobClass,
    Client,
    Job,
    Assignment,
    Offer,
    WorkTree,
    Attester,
    AttesterRoster,
    ScoreShard,
    Dispute,
    Claim,
    Fault,
    Ballot,
    Juror,
    AppealShare
);

#[cfg(test)]
mod tests {
    use super::*;

    fn refuses<A: Account + PartialEq + std::fmt::Debug>() {
        let mut data = vec![0; A::SIZE];
        data[..8].copy_from_slice(&A::DISCRIMINATOR);
        data[8] = ACCOUNT_VERSION;
        let account = A::decode_boxed(&data).expect("its own bytes");
        assert_eq!(account.encode(), data, "{} round-trips", A::NAME);

        let longer = [data.as_slice(), &[7; 5]].concat();
        assert!(A::decode_boxed(&longer) == Ok(account), "{} may be longer than its layout", A::NAME);

        let short = &data[..A::SIZE - 1];
        let expected = DecodeError::TooShort { name: A::NAME, expected: A::SIZE, found: A::SIZE - 1 };
        assert_eq!(A::decode_boxed(short).err(), Some(expected));
        assert!(A::decode_boxed(&[]).is_err());

        let mut other = data.clone();
        other[0] ^= 1;
        assert_eq!(A::decode_boxed(&other).err(), Some(DecodeError::WrongType { name: A::NAME }));

        data[8] = ACCOUNT_VERSION + 1;
        let newer = DecodeError::WrongVersion { found: ACCOUNT_VERSION + 1 };
        assert_eq!(A::decode_boxed(&data).err(), Some(newer));
    }

    #[test]
    fn decoding_refuses_short_foreign_and_newer_bytes_and_round_trips_its_own() {
        refuses::<Network>();
        refuses::<Provider>();
        refuses::<Delegation>();
        refuses::<Unbonding>();
        refuses::<EpochPool>();
        refuses::<ParamChange>();
        refuses::<JobClass>();
        refuses::<Client>();
        refuses::<Job>();
        refuses::<Assignment>();
        refuses::<Offer>();
        refuses::<WorkTree>();
        refuses::<Attester>();
        refuses::<AttesterRoster>();
        refuses::<ScoreShard>();
        refuses::<Dispute>();
        refuses::<Claim>();
        refuses::<Fault>();
        refuses::<Ballot>();
        refuses::<Juror>();
        refuses::<AppealShare>();
    }

    #[test]
    fn a_tree_of_the_size_that_the_program_asks_for_is_read_without_the_stack() {
        assert_eq!(<WorkTree as Account>::SIZE, 163_920);
        let mut tree: Box<WorkTree> = bytemuck::zeroed_box();
        tree.version = ACCOUNT_VERSION;
        tree.sums[4_095] = 77;
        let data = tree.encode();
        let read = std::thread::Builder::new()
            .stack_size(128 * 1_024)
            .spawn(move || WorkTree::decode_boxed(&data).map(|tree| tree.total()));
        assert_eq!(read.expect("a thread starts").join().expect("the stack is deep enough"), Ok(77));
    }

    #[test]
    fn both_ways_of_reading_agree() {
        let mut job: Job = bytemuck::Zeroable::zeroed();
        job.version = ACCOUNT_VERSION;
        job.number = 7;
        assert_eq!(Job::decode(&job.encode()), Ok(job));
        assert_eq!(Job::decode_boxed(&job.encode()), Ok(Box::new(job)));
    }
}
