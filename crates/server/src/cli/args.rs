//! Reading arguments: `--name value`, `--name=value` and `--flag`.

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;

/// Arguments not yet taken.
#[derive(Debug)]
pub(super) struct Args(VecDeque<String>);

/// What is wrong with the arguments, in one sentence.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum UsageError {
    UnknownCommand(String),
    Unknown(String),
    NoValue(&'static str),
    BadValue {
        name: &'static str,
        value: String,
        expected: &'static str,
    },
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownCommand(command) => {
                write!(f, "there is no command {command:?}; see countersign-server help")
            }
            Self::Unknown(argument) => {
                write!(f, "{argument:?} is not understood; see countersign-server help")
            }
            Self::NoValue(name) => write!(f, "{name} needs a value"),
            Self::BadValue {
                name,
                value,
                expected,
            } => write!(f, "{name} is {expected}, not {value:?}"),
        }
    }
}

impl From<UsageError> for String {
    fn from(error: UsageError) -> Self {
        error.to_string()
    }
}

impl Args {
    /// The arguments after the program's name.
    pub(super) fn new(arguments: impl Iterator<Item = String>) -> Self {
        Self(arguments.collect())
    }

    /// Takes the first argument.
    pub(super) fn command(&mut self) -> Option<String> {
        self.0.pop_front()
    }

    /// Takes a flag.
    pub(super) fn flag(&mut self, name: &str) -> bool {
        let found = self.0.iter().position(|argument| argument == name);
        found.and_then(|at| self.0.remove(at)).is_some()
    }

    /// Takes an option with its value; the last one counts.
    pub(super) fn option(&mut self, name: &'static str) -> Result<Option<String>, UsageError> {
        Ok(self.options(name)?.pop())
    }

    /// Takes an option that may be repeated.
    pub(super) fn options(&mut self, name: &'static str) -> Result<Vec<String>, UsageError> {
        let mut values = Vec::new();
        let mut at = 0;
        while let Some(argument) = self.0.get(at) {
            let rest = argument.strip_prefix(name).map(str::to_owned);
            match rest.as_deref() {
                Some("") => {
                    self.0.remove(at);
                    let value = self.0.remove(at).filter(|value| !value.starts_with("--"));
                    values.push(value.ok_or(UsageError::NoValue(name))?);
                }
                Some(rest) if rest.starts_with('=') => {
                    self.0.remove(at);
                    values.push(rest[1..].to_owned());
                }
                _ => at += 1,
            }
        }
        Ok(values)
    }

    /// Takes an option that has to be one of these.
    pub(super) fn parsed<T: FromStr>(
        &mut self,
        name: &'static str,
        expected: &'static str,
    ) -> Result<Option<T>, UsageError> {
        self.option(name)?
            .map(|value| {
                value.parse().map_err(|_| UsageError::BadValue {
                    name,
                    value,
                    expected,
                })
            })
            .transpose()
    }

    /// Everything must have been taken.
    pub(super) fn done(mut self) -> Result<(), UsageError> {
        self.0
            .pop_front()
            .map_or(Ok(()), |left| Err(UsageError::Unknown(left)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_flags_and_repetitions_are_read() {
        let mut args = args("serve --listen 127.0.0.1:1 --demo --origin=a --origin b");
        assert_eq!(args.command().as_deref(), Some("serve"));
        assert_eq!(args.option("--listen"), Ok(Some("127.0.0.1:1".to_owned())));
        assert!(args.flag("--demo"));
        assert_eq!(args.options("--origin"), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(args.done(), Ok(()));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert_eq!(
            args("--lisen x").done(),
            Err(UsageError::Unknown("--lisen".to_owned()))
        );
        assert_eq!(
            args("--listen").option("--listen"),
            Err(UsageError::NoValue("--listen"))
        );
    }
}
