//! The three routines that LLVM 23 calls for `i128` and `u128` on BPF.
//!
//! LLVM 23 passes an `i128` to them in registers. The copies that rustc brings before 1.99 take hidden
//! pointers instead, so a program linked with those reads a stray address at its first wide product; and a
//! checked `u64` multiplication already is one. The "unadjusted" convention leaves an `i128` to LLVM as it
//! is, which makes both sides agree.
//!
//! Nothing here may use an operator that LLVM turns into a call to one of these routines: wide products,
//! quotients, remainders, checked multiplications. Hence halves of 64 bits, digits of 32 and wrapping
//! operations, which are exact: each bound is in a comment. On every target but BPF the crate is empty; its
//! tests run on the host.
#![no_std]
#![cfg_attr(target_arch = "bpf", feature(abi_unadjusted))]

#[cfg(any(target_arch = "bpf", test))]
mod wide;

#[cfg(test)]
mod tests;

#[cfg(target_arch = "bpf")]
mod symbols {
    use crate::wide;

    // SAFETY (of the three names): they are the names that LLVM calls, the bodies are safe code, and
    // `solana-compiler-builtins` offers weak copies only, so that these win. `tests.rs` compares each body
    // with the host's own operators.
    #[unsafe(no_mangle)]
    unsafe extern "unadjusted" fn __multi3(a: i128, b: i128) -> i128 {
        wide::multiply(a as u128, b as u128) as i128
    }
    #[unsafe(no_mangle)]
    unsafe extern "unadjusted" fn __udivti3(n: u128, d: u128) -> u128 {
        wide::divide(n, d).0
    }
    #[unsafe(no_mangle)]
    unsafe extern "unadjusted" fn __umodti3(n: u128, d: u128) -> u128 {
        wide::divide(n, d).1
    }
}
