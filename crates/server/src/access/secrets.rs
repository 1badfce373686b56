//! Passwords, tokens and whatever must not be guessed.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The fewest letters of a password.
pub const MIN_PASSWORD: usize = 12;

/// The most letters of the name of a user.
const NAME: usize = 100;

/// Tells whether this may be the name of a user: one that can be told from others in a log.
pub fn is_user_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | ' ');
    let length = name.chars().count();
    name.trim() == name && (1..=NAME).contains(&length) && name.chars().all(is_plain)
}

/// Makes what a password is checked against: argon2id, with the salt, as a PHC string.
pub fn sealed_password(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// Makes a token, and what it is checked against.
pub fn new_token() -> Option<(String, Vec<u8>)> {
    let token = format!("sijill_{}", random()?);
    let hash = digest(token.as_bytes());
    Some((token, hash))
}

/// What is checked where there is no such user, so that both take as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| sealed_password("nobody").unwrap_or_default());

/// Tells whether a password is that of a user; it takes as long where there is no such user.
pub(crate) fn is_password(password: &str, sealed: Option<&str>) -> bool {
    let Ok(hash) = PasswordHash::new(sealed.unwrap_or(&NOBODY)) else { return false };
    let fits = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
    fits && sealed.is_some()
}

/// Makes 256 bits that nobody can guess.
pub(crate) fn random() -> Option<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

/// Digests a secret that nobody can guess.
pub(crate) fn digest(secret: &[u8]) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// Compares secrets without telling by the time it takes how much of them is right.
pub(crate) fn matches(one: &[u8], other: &[u8]) -> bool {
    use subtle::ConstantTimeEq as _;
    !one.is_empty() && one.ct_eq(other).into()
}
