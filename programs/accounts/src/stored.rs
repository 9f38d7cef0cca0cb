//! The account wrapper: loads an account of a program of ours, or names the broken rule.
//!
//! Anchor's `Account<T>` reports a missing, foreign, closed or mistyped account with five different system
//! errors that cannot be renamed, and inlines its checks into every handler. This one checks owner, type,
//! version and writability in one out-of-line function: a quarter less code for about 20 compute units an
//! account.

use {
    crate::{
        checks::{is_owned_by, require},
        create::{canonical_bump, create},
    },
    anchor_lang::{Discriminator, IdlAccountType, prelude::*},
    anchor_lang::{
        bytemuck::{self, Pod},
        pinocchio::address::address_eq,
    },
    core::{
        marker::PhantomData,
        ops::{Deref, DerefMut},
    },
    pinocchio::Resize,
    pinocchio_system::instructions::Transfer,
    work_token_interface::{ACCOUNT_VERSION, Owned, WorkTokenError as E},
};

/// Bytes before the account's struct: its discriminator.
const DISCRIMINATOR_LEN: usize = 8;

/// An account of the program that `T` is an account of: owned by it, of type `T`, of the present version, and
/// writable if it was declared `mut`.
pub struct Stored<T> {
    view: AccountView,
    data: *mut T,
    stored: PhantomData<T>,
}

/// The checks that do not depend on the type, once in the program. Returns where the struct begins. A program
/// that loads only its own accounts has the owner compiled in.
#[inline(never)]
fn check(view: &AccountView, owner: &Address, discriminator: u64, size: usize, writable: bool) -> Result<*mut u8> {
    // Branches, not `require`: the same code, but for conditions of two parts.
    if writable && !view.is_writable() {
        return Err(E::AccountNotWritable.into());
    }
    if !is_owned_by(view, owner) {
        return Err(E::WrongAccountOwner.into());
    }
    // SAFETY: the runtime keeps the data alive for the instruction; nothing else borrows it while accounts
    // are loaded.
    let data = unsafe { view.borrow_unchecked() };
    let Some((found, body)) = data.split_first_chunk::<DISCRIMINATOR_LEN>() else {
        return Err(E::WrongAccountType.into());
    };
    if u64::from_le_bytes(*found) != discriminator || body.len() < size {
        return Err(E::WrongAccountType.into());
    }
    if body.first() != Some(&ACCOUNT_VERSION) {
        return Err(E::UnsupportedVersion.into());
    }
    let mut view = *view;
    // SAFETY: the length was checked above, so the struct lies inside the data.
    Ok(unsafe { view.data_mut_ptr().add(DISCRIMINATOR_LEN) })
}

impl<T: Pod + Owned + Discriminator> Stored<T> {
    const TAG: u64 = match T::DISCRIMINATOR.first_chunk::<DISCRIMINATOR_LEN>() {
        Some(discriminator) => u64::from_le_bytes(*discriminator),
        None => 0,
    };

    #[inline(always)]
    fn load_checked(view: AccountView, writable: bool) -> Result<Self> {
        let data = check(&view, &T::PROGRAM, Self::TAG, size_of::<T>(), writable)?;
        Ok(Self { view, data: data.cast(), stored: PhantomData })
    }

    /// Loads an account that this instruction changes.
    #[inline(always)]
    pub fn writable(view: AccountView) -> Result<Self> {
        Self::load_checked(view, true)
    }

    /// Creates an account at the address of `seeds` and `bump`, with nothing but discriminator, version and
    /// bump.
    /// Refuses: an account that exists, or that is not at that address.
    #[inline(always)]
    pub fn create<const N: usize>(
        payer: &AccountView,
        account: &AccountView,
        rent: &Rent,
        (seeds, bump): ([&[u8]; N], u8),
    ) -> Result<Self> {
        Self::create_with(payer, account, rent, size_of::<T>().saturating_add(DISCRIMINATOR_LEN), (seeds, bump))
    }

    /// The same with room for entries behind the struct.
    #[inline(always)]
    pub fn create_with<const N: usize>(
        payer: &AccountView,
        account: &AccountView,
        rent: &Rent,
        space: usize,
        (seeds, bump): ([&[u8]; N], u8),
    ) -> Result<Self> {
        create(payer, account, rent, (space, &T::PROGRAM), (seeds, bump))?;
        Ok(Self::created(*account, bump))
    }

    /// Creates an account at the canonical address of `seeds`, for one whose uniqueness is a safety property.
    #[inline(always)]
    pub fn create_canonical<const N: usize>(
        payer: &AccountView,
        account: &AccountView,
        rent: &Rent,
        seeds: [&[u8]; N],
    ) -> Result<Self> {
        let bump = canonical_bump(account, &seeds, &T::PROGRAM)?;
        Self::create(payer, account, rent, (seeds, bump))
    }

    /// Wraps an account that this instruction has just created: writes its discriminator, version and bump.
    #[inline(always)]
    pub fn created(mut view: AccountView, bump: u8) -> Self {
        // SAFETY: the account has `8 + size_of::<T>()` zeroed bytes, owned by this program, since a moment
        // ago; every struct begins with version and bump.
        let data = unsafe {
            let start = view.data_mut_ptr();
            core::ptr::copy_nonoverlapping(T::DISCRIMINATOR.as_ptr(), start, DISCRIMINATOR_LEN);
            let body = start.add(DISCRIMINATOR_LEN);
            body.write(ACCOUNT_VERSION);
            body.add(1).write(bump);
            body
        };
        Self { view, data: data.cast(), stored: PhantomData }
    }
}

impl<T> Stored<T> {
    /// The account's address.
    #[inline(always)]
    pub fn address(&self) -> &Address {
        self.view.address()
    }

    /// The raw account.
    #[inline(always)]
    pub fn view(&self) -> &AccountView {
        &self.view
    }
}

impl<T> Stored<T> {
    /// What follows the struct: as many entries as the account has room for.
    pub fn entries<E: Pod>(&self) -> &[E] {
        // SAFETY: nothing else borrows the bytes behind the struct; see `deref`.
        let data = unsafe { self.view.borrow_unchecked() };
        let rest = data.get(DISCRIMINATOR_LEN.saturating_add(size_of::<T>())..).unwrap_or(&[]);
        let whole = rest.len().checked_div(size_of::<E>()).unwrap_or(0).saturating_mul(size_of::<E>());
        bytemuck::try_cast_slice(rest.get(..whole).unwrap_or(&[])).unwrap_or(&[])
    }

    /// The struct and its entries, both to change them.
    pub fn with_entries<E: Pod>(&mut self) -> (&mut T, &mut [E]) {
        let start = DISCRIMINATOR_LEN.saturating_add(size_of::<T>());
        let room = self.view.data_len().saturating_sub(start);
        let whole = room.checked_div(size_of::<E>()).unwrap_or(0).saturating_mul(size_of::<E>());
        // SAFETY: the bytes behind the struct, of which there are `room`, are none of the struct's; the
        // borrow of `self` is exclusive, and so are both of these.
        let (stored, rest) = unsafe {
            let rest = self.data.cast::<u8>().add(size_of::<T>());
            (&mut *self.data, core::slice::from_raw_parts_mut(rest, whole))
        };
        (stored, bytemuck::try_cast_slice_mut(rest).unwrap_or(&mut []))
    }
}

/// Gives an account of this program another size. What a larger one lacks to be exempt from rent the payer
/// adds; what a smaller one does not need any more goes to it.
#[inline(never)]
pub fn resize(payer: &AccountView, account: &AccountView, rent: &Rent, space: usize) -> Result<()> {
    let (mut account, mut payer) = (*account, *payer);
    let needed = rent.try_minimum_balance(space)?;
    let missing = needed.saturating_sub(account.lamports());
    if missing > 0 {
        Transfer { from: &payer, to: &account, lamports: missing }.invoke()?;
    }
    let is_smaller = space < account.data_len();
    // SAFETY: the account is this program's and writable; no reference into what is cut off is used after
    // this call.
    unsafe { account.resize_unchecked(space) }?;
    let spare = account.lamports().saturating_sub(needed);
    if is_smaller && spare > 0 {
        account.set_lamports(needed);
        payer.set_lamports(payer.lamports().checked_add(spare).ok_or(E::ArithmeticOverflow)?);
    }
    Ok(())
}

/// Closes an account of this program; its lamports go to `receiver`.
///
/// The discriminator is overwritten first, so that nothing that revives the account within the transaction
/// finds its old state.
#[inline(never)]
pub fn close(account: &AccountView, receiver: &AccountView) -> Result<()> {
    let (mut account, mut receiver) = (*account, *receiver);
    require(!address_eq(account.address(), receiver.address()), E::WrongRentReceiver)?;
    let lamports = receiver.lamports().checked_add(account.lamports()).ok_or(E::ArithmeticOverflow)?;
    receiver.set_lamports(lamports);
    account.set_lamports(0);
    // SAFETY: the account is owned by this program and writable (it was loaded through `Stored`), so its
    // header and data may be changed; no reference into it is used after this call.
    unsafe {
        let data = account.borrow_unchecked_mut();
        if let Some(discriminator) = data.get_mut(..DISCRIMINATOR_LEN) {
            discriminator.fill(u8::MAX);
        }
        account.close_unchecked();
    }
    Ok(())
}

impl<T> Deref for Stored<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: `data` points to a checked, 8-aligned `T: Pod` inside account data that lives as long as
        // the instruction. Declared accounts are distinct (the dispatcher refuses duplicates of mutable
        // ones); batches load one at a time.
        unsafe { &*self.data }
    }
}

impl<T> DerefMut for Stored<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`; the borrow of `self` is exclusive. A write to an account that was not
        // declared `mut` is refused by the runtime, and the adversary tests send every account read-only.
        unsafe { &mut *self.data }
    }
}

impl<T: Pod + Owned + Discriminator> AnchorAccount for Stored<T> {
    type Data = T;

    #[inline(always)]
    fn load(view: AccountView) -> Result<Self> {
        Self::load_checked(view, false)
    }

    #[inline(always)]
    unsafe fn load_mut(view: AccountView) -> Result<Self> {
        Self::load_checked(view, true)
    }

    #[inline(always)]
    fn account(&self) -> &AccountView {
        &self.view
    }
}

#[doc(hidden)]
impl<T: IdlAccountType> IdlAccountType for Stored<T> {
    const __IDL_ACCOUNT_ENTRY: Option<&'static str> = T::__IDL_ACCOUNT_ENTRY;
    const __IDL_TYPE_DEF: Option<&'static str> = T::__IDL_TYPE_DEF;

    fn __idl_account_entry() -> Option<&'static str> {
        T::__idl_account_entry()
    }

    fn __idl_type_def() -> Option<&'static str> {
        T::__idl_type_def()
    }

    fn __register_idl_deps(
        accounts: &mut anchor_lang::__alloc::vec::Vec<&'static str>,
        types: &mut anchor_lang::__alloc::vec::Vec<&'static str>,
    ) {
        T::__register_idl_deps(accounts, types);
    }
}
