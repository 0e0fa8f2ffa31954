//! The languages of the app: strings, formats, and which language is on.
//!
//! Every string a person reads is in `locales/<language>/<feature>.json`, in both languages under the same key. To add one,
//! write it into both files and ask for it with [`text!`]: `text!(cart.empty_title)`, or with values
//! `text!(cart.line_count, count = 3)`. It gives a `String` and, inside a closure of a view, changes with the language. A
//! key that is not there does not compile.

pub mod alerts;
pub mod format;
pub mod goods;
pub mod labels;
mod language;
pub mod notices;
pub mod problems;
pub mod promises;
pub mod reasons;
pub mod returns;
pub mod talk;

#[expect(
    missing_docs,
    unused_qualifications,
    reason = "made by build.rs: neither documented nor written by hand"
)]
mod generated {
    include!(env!("I18N_MODULE"));
}

pub use generated::i18n::{Locale, *};
pub use language::{language, local, locale, set_language, tag};

/// The string of a key in the language that is on, as a `String`. Tracks the language.
#[macro_export]
macro_rules! text {
    ($($key:tt)*) => {
        ::std::string::String::from(::leptos_i18n::td_string!($crate::i18n::locale(), $($key)*))
    };
}
