//! Typed account decoding.

use {
    bytemuck::{AnyBitPattern, Pod},
    thiserror::Error,
    work_token_interface::{
        ACCOUNT_VERSION, Owned, for_each_account, for_each_votes_account,
        state::{Claim, ClaimEntry},
        tags,
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

/// An account of the program, or of its add-in of SPL Governance.
pub trait Account: Pod + AnyBitPattern + Owned {
    /// Its name, as in the IDL.
    const NAME: &'static str;
    /// Its first 8 bytes.
    const DISCRIMINATOR: [u8; 8];
    /// All its bytes, the discriminator included; without what follows it, where [`Self::HAS_TAIL`].
    const SIZE: usize = 8 + size_of::<Self>();
    /// Whether a list follows, so that such accounts differ in size: a [`Claim`]'s entries, see
    /// [`ClaimAccount`].
    const HAS_TAIL: bool = false;
    /// The size to look for; `None` where it is not the same for all.
    const FIXED_SIZE: Option<usize> = if Self::HAS_TAIL { None } else { Some(Self::SIZE) };

    /// Reads an account's data.
    ///
    /// # Errors
    ///
    /// Fewer bytes than the layout has, another discriminator, another layout version.
    fn decode(data: &[u8]) -> Result<Self, DecodeError> {
        body::<Self>(data).map(bytemuck::pod_read_unaligned)
    }

    /// Reads an account's data onto the heap: for those that are too large for the stack, a work tree
    /// above all.
    ///
    /// # Errors
    ///
    /// Those of [`Self::decode`].
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
    // An account of another type is as long as that is.
    if data.get(..8).is_some_and(|discriminator| discriminator != A::DISCRIMINATOR) {
        return Err(DecodeError::WrongType { name: A::NAME });
    }
    let Some(body) = data.get(8..A::SIZE) else {
        return Err(DecodeError::TooShort { name: A::NAME, expected: A::SIZE, found: data.len() });
    };
    if body[0] != ACCOUNT_VERSION {
        return Err(DecodeError::WrongVersion { found: body[0] });
    }
    Ok(body)
}

macro_rules! implement {
    ($($name:ident $([$entry:ident])?),*) => { implement! { state: $($name $([$entry])?),* } };
    ($module:ident: $($name:ident $([$entry:ident])?),*) => {
        $(impl Account for work_token_interface::$module::$name {
            const NAME: &'static str = stringify!($name);
            const DISCRIMINATOR: [u8; 8] = tags::of_account(stringify!($name));
            $(const HAS_TAIL: bool = size_of::<$entry>() > 0;)?
        })*
    };
}

macro_rules! implement_votes {
    ($($name:ident),*) => { implement! { votes: $($name),* } };
}

for_each_account!(implement);
for_each_votes_account!(implement_votes);

/// A claim with its entries, one for each dispute that was opened in it: what tickets that left meanwhile are
/// charged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimAccount {
    /// The claim.
    pub claim: Claim,
    /// Its entries, in the order in which their disputes joined; fewer once it has shrunk.
    pub entries: Vec<ClaimEntry>,
}

impl ClaimAccount {
    /// Reads a claim's data.
    ///
    /// # Errors
    ///
    /// Anything but a claim.
    pub fn decode(data: &[u8]) -> Result<Self, DecodeError> {
        Ok(Self { claim: Claim::decode(data)?, entries: claim_entries(data)? })
    }

    /// The account's data.
    pub fn encode(&self) -> Vec<u8> {
        let mut data = self.claim.encode();
        data.extend_from_slice(bytemuck::cast_slice(&self.entries));
        data
    }
}

/// The entries that follow a claim's layout in its data.
///
/// # Errors
///
/// Anything but a claim.
pub fn claim_entries(data: &[u8]) -> Result<Vec<ClaimEntry>, DecodeError> {
    body::<Claim>(data)?;
    let rest = data.get(<Claim as Account>::SIZE..).unwrap_or_default();
    Ok(rest.chunks_exact(size_of::<ClaimEntry>()).map(bytemuck::pod_read_unaligned).collect())
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        work_token_interface::state::{Dispute, Job, Juror, Tree},
    };

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
        for other in [other.as_slice(), &other[..9]] {
            assert_eq!(A::decode_boxed(other).err(), Some(DecodeError::WrongType { name: A::NAME }));
        }

        data[8] = ACCOUNT_VERSION + 1;
        let newer = DecodeError::WrongVersion { found: ACCOUNT_VERSION + 1 };
        assert_eq!(A::decode_boxed(&data).err(), Some(newer));
    }

    #[test]
    fn decoding_refuses_short_foreign_and_newer_bytes_and_round_trips_its_own() {
        macro_rules! each {
            ($($name:ident $([$entry:ident])?),*) => { $(refuses::<work_token_interface::state::$name>();)* };
        }
        for_each_account!(each);
        refuses::<work_token_interface::votes::Registrar>();
        refuses::<work_token_interface::votes::Voter>();
    }

    #[test]
    fn a_claim_is_read_with_as_many_entries_as_its_account_has() {
        let claim = Claim { version: ACCOUNT_VERSION, number: 7, ..bytemuck::Zeroable::zeroed() };
        let entry = |ended| ClaimEntry { ended, ..bytemuck::Zeroable::zeroed() };
        for count in [0, 1, 15] {
            let account = ClaimAccount { claim, entries: (1..=count).map(entry).collect() };
            let data = account.encode();
            assert_eq!(data.len(), Claim::size_with(usize::try_from(count).unwrap()));
            assert_eq!(ClaimAccount::decode(&data), Ok(account));
        }
        assert!(claim_entries(&Dispute { version: ACCOUNT_VERSION, ..bytemuck::Zeroable::zeroed() }.encode()).is_err());
        assert_eq!((Claim::FIXED_SIZE, Juror::FIXED_SIZE), (None, Some(<Juror as Account>::SIZE)));
    }

    #[test]
    fn a_tree_of_the_size_that_the_program_asks_for_is_read_without_the_stack() {
        assert_eq!(<Tree as Account>::SIZE, 163_936);
        let mut tree: Box<Tree> = bytemuck::zeroed_box();
        tree.version = ACCOUNT_VERSION;
        tree.sums[4_095] = 77;
        let data = tree.encode();
        let read = std::thread::Builder::new()
            .stack_size(128 * 1_024)
            .spawn(move || Tree::decode_boxed(&data).map(|tree| tree.total()));
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
