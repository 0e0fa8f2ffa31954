//! What was typed, and whether it can be sent.

use countersign_contract::session::Credentials;

/// Which fields are missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors {
    /// No login name.
    pub login: bool,
    /// No password.
    pub password: bool,
}

/// The credentials to send. Spaces around a login name are no part of it; in a password they are.
///
/// # Errors
/// Which fields are missing.
pub fn check(login: &str, password: &str) -> Result<Credentials, FieldErrors> {
    let login = login.trim();
    let errors = FieldErrors {
        login: login.is_empty(),
        password: password.is_empty(),
    };
    if errors == FieldErrors::default() {
        Ok(Credentials {
            login: login.to_owned(),
            password: password.to_owned(),
        })
    } else {
        Err(errors)
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldErrors, check};

    #[test]
    fn each_missing_field_is_named() {
        assert_eq!(
            check("  ", "x"),
            Err(FieldErrors {
                login: true,
                password: false
            })
        );
        assert_eq!(
            check("", ""),
            Err(FieldErrors {
                login: true,
                password: true
            })
        );
    }

    #[test]
    fn a_login_is_trimmed_and_a_password_is_not() {
        let credentials = check(" wang ", " s p ").expect("both are there");
        assert_eq!(
            (credentials.login.as_str(), credentials.password.as_str()),
            ("wang", " s p ")
        );
    }
}
