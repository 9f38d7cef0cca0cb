//! Typed account decoding.

use {
    bytemuck::{AnyBitPattern, Pod},
    thiserror::Error,
    work_token_interface::{
        ACCOUNT_VERSION,
        instructions::{ACCOUNTS, discriminator},
        state::{Delegation, EpochPool, Network, ParamChange, Provider, Unbonding},
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
        let Some(body) = data.get(8..Self::SIZE) else {
            return Err(DecodeError::TooShort { name: Self::NAME, expected: Self::SIZE, found: data.len() });
        };
        if data[..8] != Self::DISCRIMINATOR {
            return Err(DecodeError::WrongType { name: Self::NAME });
        }
        if body[0] != ACCOUNT_VERSION {
            return Err(DecodeError::WrongVersion { found: body[0] });
        }
        Ok(bytemuck::pod_read_unaligned(body))
    }

    /// The account's data.
    fn encode(&self) -> Vec<u8> {
        let mut data = Vec::with_capacity(Self::SIZE);
        data.extend_from_slice(&Self::DISCRIMINATOR);
        data.extend_from_slice(bytemuck::bytes_of(self));
        data
    }
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

accounts!(Network, Provider, Delegation, Unbonding, EpochPool, ParamChange);

#[cfg(test)]
mod tests {
    use super::*;

    fn refuses<A: Account + PartialEq + std::fmt::Debug>() {
        let mut data = vec![0; A::SIZE];
        data[..8].copy_from_slice(&A::DISCRIMINATOR);
        data[8] = ACCOUNT_VERSION;
        let account = A::decode(&data).expect("its own bytes");
        assert_eq!(account.encode(), data, "{} round-trips", A::NAME);

        let longer = [data.as_slice(), &[7; 5]].concat();
        assert_eq!(A::decode(&longer), Ok(account), "{} may be longer than its layout", A::NAME);

        let short = &data[..A::SIZE - 1];
        let expected = DecodeError::TooShort { name: A::NAME, expected: A::SIZE, found: A::SIZE - 1 };
        assert_eq!(A::decode(short), Err(expected));
        assert!(A::decode(&[]).is_err());

        let mut other = data.clone();
        other[0] ^= 1;
        assert_eq!(A::decode(&other), Err(DecodeError::WrongType { name: A::NAME }));

        data[8] = ACCOUNT_VERSION + 1;
        assert_eq!(A::decode(&data), Err(DecodeError::WrongVersion { found: ACCOUNT_VERSION + 1 }));
    }

    #[test]
    fn decoding_refuses_short_foreign_and_newer_bytes_and_round_trips_its_own() {
        refuses::<Network>();
        refuses::<Provider>();
        refuses::<Delegation>();
        refuses::<Unbonding>();
        refuses::<EpochPool>();
        refuses::<ParamChange>();
    }
}
