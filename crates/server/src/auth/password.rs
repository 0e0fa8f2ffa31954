//! Passwords: argon2id, a few at a time, and no telling whether a login exists.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, SaltString};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

/// Longest password looked at, in bytes; hashing a megabyte would be a gift to an attacker.
pub const MAX_PASSWORD: usize = 256;

/// Passwords hashed at once: each takes 19 MiB and a core for tens of milliseconds.
const AT_ONCE: usize = 2;

/// Why a password could not be hashed or checked; the text is for the log only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordError(String);

impl std::fmt::Display for PasswordError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "password: {}", self.0)
    }
}

impl std::error::Error for PasswordError {}

/// How much work a hash is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effort {
    /// 19 MiB, two passes: what OWASP recommends for argon2id.
    #[default]
    Standard,
    /// As little as possible: for tests and benchmarks of something else.
    Least,
}

impl Effort {
    fn argon(self) -> Result<Argon2<'static>, PasswordError> {
        let params = match self {
            Self::Standard => Params::default(),
            Self::Least => Params::new(Params::MIN_M_COST, 1, 1, None).map_err(reason)?,
        };
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// Hashes and checks passwords beside the async threads. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Passwords {
    effort: Effort,
    permits: Arc<Semaphore>,
    /// What an unknown login is checked against, so that it takes as long as a known one.
    decoy: Arc<str>,
}

impl Passwords {
    /// Hashing with this much effort.
    ///
    /// # Errors
    /// A [`PasswordError`] when there is no randomness.
    pub fn new(effort: Effort) -> Result<Self, PasswordError> {
        let decoy = hash(effort, "no account has this password")?;
        Ok(Self {
            effort,
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            decoy: decoy.into(),
        })
    }

    /// The hash to store for `password`.
    ///
    /// # Errors
    /// A [`PasswordError`] when there is no randomness.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let (effort, password) = (self.effort, password.to_owned());
        self.beside(move || hash(effort, &password)).await?
    }

    /// Whether `password` belongs to `stored`. Without a stored hash it takes as long and is never right.
    ///
    /// # Errors
    /// A [`PasswordError`] when the stored hash can't be read.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, PasswordError> {
        let known = stored.is_some();
        let (password, stored) = (password.to_owned(), stored.unwrap_or(&self.decoy).to_owned());
        let right = self
            .beside(move || {
                let parsed = PasswordHash::new(&stored).map_err(reason)?;
                // The effort is read from the stored hash.
                Ok(Argon2::default()
                    .verify_password(password.as_bytes(), &parsed)
                    .is_ok())
            })
            .await??;
        Ok(right && known)
    }

    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(reason)?;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .map_err(reason)
    }
}

fn hash(effort: Effort, password: &str) -> Result<String, PasswordError> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(reason)?;
    let salt = SaltString::encode_b64(&salt).map_err(reason)?;
    let hash = effort
        .argon()?
        .hash_password(password.as_bytes(), &salt)
        .map_err(reason)?;
    Ok(hash.to_string())
}

fn reason(error: impl std::fmt::Display) -> PasswordError {
    PasswordError(error.to_string())
}
