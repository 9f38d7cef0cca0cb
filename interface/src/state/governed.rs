//! The one list of what governance sets, and how each of it may change.
//!
//! A struct of rules is declared with `governed!`, in which every field names its class, its unit, its bounds
//! and the error of a broken bound; a field without them does not compile. Bounds, steps and delays on the
//! chain, the differences that a client shows, the files that it reads and docs/parameters.md all walk this
//! list, so that none of them can forget a field.
//!
//! What remains to be said of several fields together stands in their `validate`.

use core::ops::Range;

use crate::{WorkTokenError as E, limits::*, math::governance::is_small_step};

/// How a field may change, and how long a change of it waits. A set that touches several classes waits as
/// long as the last of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ChangeClass {
    /// Bounties of cranks and jobs, and the keepers' cap: any step; 1 day.
    Cosmetic = 0,
    /// What only falls, by at most a fifth a step: the caps of the supply, of the rate and of a year; 3 days.
    Falling = 1,
    /// Emission, minimums, caps, tiers, windows, fees, metrics, attesters, places, the rules of a class of
    /// jobs: a fifth a step; 3 days.
    Economic = 2,
    /// What is one way or another and has no steps: whether anything is measured, how places are capped,
    /// where randomness is read; 3 days.
    Mode = 3,
    /// What decides for how long and for what stake is liable: a fifth a step; the longer of the two
    /// unbonding times.
    Safety = 4,
    /// Never, once it was created.
    Fixed = 5,
}

/// What a field is counted in; decides how far a step may always go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Unit {
    /// Base units of the work token.
    Amount,
    /// Seconds.
    Secs,
    /// Epochs.
    Epochs,
    /// A number of something.
    Number,
    /// Millionths of a whole.
    Ppm,
    /// Hundredths of a percent of a whole.
    Bps,
    /// Parts of the supply in a year, in 10^-12.
    Ppt,
    /// One of a few ways.
    Choice,
    /// An address.
    Key,
    /// Padding.
    Zero,
}

/// The rule of one number.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "anchor"), derive(Debug, PartialEq, Eq))]
pub struct Rule {
    /// The least that it may be.
    pub lower: u64,
    /// The most that it may be.
    pub upper: u64,
    /// Where it begins in its struct.
    pub offset: u16,
    /// Its bytes: 1, 2, 4 or 8, or 32 of an address.
    pub width: u8,
    /// How it may change.
    pub class: ChangeClass,
    /// What it is counted in.
    pub unit: Unit,
    /// The refusal of a broken bound.
    pub error: E,
}

/// A field as it is declared: one number, several, or a struct with rules of its own.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it is, as in its declaration.
    pub doc: &'static str,
    /// How many of [`Governed::RULES`] are its; none if it has rules of its own.
    pub rules: usize,
}

/// A struct each field of which has a rule.
pub trait Governed: bytemuck::Pod {
    /// The rules of its numbers, in the order of their bytes.
    const RULES: &'static [Rule];
    /// Its fields, in the same order. For clients.
    const FIELDS: &'static [Field];
}

impl Rule {
    /// Its bytes in the struct.
    pub fn place(&self) -> Range<usize> {
        let from = usize::from(self.offset);
        from..from.saturating_add(usize::from(self.width))
    }

    /// The number, of the bytes of its struct; 0 of an address.
    pub fn value(&self, bytes: &[u8]) -> u64 {
        let mut value = [0; 8];
        if let Some(found) = bytes.get(self.place())
            && found.len() <= value.len()
        {
            for (to, from) in value.iter_mut().zip(found) {
                *to = *from;
            }
        }
        u64::from_le_bytes(value)
    }

    /// Whether it differs between two structs.
    pub fn differs(&self, present: &[u8], new: &[u8]) -> bool {
        present.get(self.place()) != new.get(self.place())
    }

    /// How far a step may go in any case: one unit, 1 % of a whole, or 0.1 % a year of a rate.
    pub const fn least_step(&self) -> u64 {
        match self.unit {
            Unit::Ppm => LEAST_STEP_PPM,
            Unit::Bps => LEAST_STEP_BPS,
            Unit::Ppt => LEAST_STEP_PPT,
            _ => 1,
        }
    }

    /// Refuses a step that its class does not allow.
    pub fn require_step(&self, present: &[u8], new: &[u8]) -> Result<(), E> {
        if !self.differs(present, new) {
            return Ok(());
        }
        let (from, to) = (self.value(present), self.value(new));
        match self.class {
            ChangeClass::Fixed => Err(E::ParameterFixed),
            ChangeClass::Cosmetic | ChangeClass::Mode => Ok(()),
            ChangeClass::Falling if to > from => Err(E::ParameterOnlyFalls),
            _ if is_small_step(from, to, self.least_step()) => Ok(()),
            _ => Err(E::StepTooLarge),
        }
    }
}

/// Refuses a number outside its bounds.
#[inline(never)]
pub(super) fn require_bounds(rules: &[Rule], values: &[u8]) -> Result<(), E> {
    match rules.iter().find(|rule| !(rule.lower..=rule.upper).contains(&rule.value(values))) {
        Some(rule) => Err(rule.error),
        None => Ok(()),
    }
}

/// Refuses a step that is too large.
#[inline(never)]
pub(super) fn require_steps(rules: &[Rule], present: &[u8], new: &[u8]) -> Result<(), E> {
    rules.iter().try_for_each(|rule| rule.require_step(present, new))
}

/// The last class among the numbers that differ.
#[inline(never)]
pub(super) fn class_of_change(rules: &[Rule], present: &[u8], new: &[u8]) -> ChangeClass {
    let differing = rules.iter().filter(|rule| rule.differs(present, new));
    differing.map(|rule| rule.class).max().unwrap_or(ChangeClass::Cosmetic)
}

/// Declares a struct of rules, and the list of them. Each field is followed by `=> (class, unit, bounds,
/// error)`, with bounds for each of its elements, or by `=> (own)` if it has rules of its own.
macro_rules! governed {
    ($(#[$meta:meta])* pub struct $name:ident {
        $( $(#[doc = $doc:literal])* pub $field:ident: $type:ty => $rule:tt, )*
    }) => {
        value! {
            $(#[$meta])*
            pub struct $name {
                $( $(#[doc = $doc])* pub $field: $type, )*
            }
        }

        impl crate::state::governed::Governed for $name {
            const RULES: &'static [crate::state::governed::Rule] = {
                const LEN: usize = 0 $(+ governed!(@len $rule))*;
                const RULES: [crate::state::governed::Rule; LEN] = {
                    let rules = [crate::state::governed::NONE; LEN];
                    let at = 0;
                    $(
                        let place = (core::mem::offset_of!($name, $field), size_of::<$type>());
                        let (rules, at) = governed!(@add rules, at, place, $rule);
                    )*
                    assert!(at == LEN);
                    rules
                };
                &RULES
            };
            const FIELDS: &'static [crate::state::governed::Field] = &[$(
                crate::state::governed::Field {
                    name: stringify!($field),
                    doc: concat!($($doc),*),
                    rules: governed!(@len $rule),
                },
            )*];
        }
    };
    (@len (own)) => { 0 };
    (@len ($class:ident, $unit:ident, $bounds:expr, $error:ident)) => {{
        const BOUNDS: &[(u64, u64)] = &$bounds;
        BOUNDS.len()
    }};
    (@add $rules:ident, $at:ident, $place:ident, (own)) => {{
        let _ = $place;
        ($rules, $at)
    }};
    (@add $rules:ident, $at:ident, $place:ident, ($class:ident, $unit:ident, $bounds:expr, $error:ident)) => {{
        use crate::state::governed::{ChangeClass, Unit};
        crate::state::governed::with(
            $rules, $at, $place, &$bounds, (ChangeClass::$class, Unit::$unit, crate::WorkTokenError::$error),
        )
    }};
}

/// What a list is filled with before its rules are written.
pub(super) const NONE: Rule = Rule {
    lower: 0,
    upper: 0,
    offset: 0,
    width: 0,
    class: ChangeClass::Fixed,
    unit: Unit::Zero,
    error: E::ParameterFixed,
};

/// Writes the rules of one field. Runs only while the lists are compiled, where a wrong index is an error of
/// the compiler.
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::panic)]
pub(super) const fn with<const LEN: usize>(
    mut rules: [Rule; LEN],
    at: usize,
    (offset, size): (usize, usize),
    bounds: &[(u64, u64)],
    (class, unit, error): (ChangeClass, Unit, E),
) -> ([Rule; LEN], usize) {
    let width = size / bounds.len();
    assert!(width * bounds.len() == size && (width <= 8) != matches!(unit, Unit::Key));
    let mut element = 0;
    while element < bounds.len() {
        let (lower, upper) = bounds[element];
        let offset = (offset + width * element) as u16;
        rules[at + element] = Rule { lower, upper, offset, width: width as u8, class, unit, error };
        element += 1;
    }
    (rules, at + bounds.len())
}
