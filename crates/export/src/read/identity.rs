//! Ids of claims that others coded.

use sha1::{Digest, Sha1};
use sijill_model::Claim;

/// Makes the id of a claim of what it says and where; the same row gives the same id.
pub(super) fn identify(claim: &Claim) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut digest = Sha1::new();
    // Debug output of plain data: every field, in order, in one spelling.
    digest.update(format!("{claim:?}").as_bytes());
    let mut id = String::from("clm_");
    id.extend(
        digest.finalize().iter().take(16).map(|&b| char::from(ALPHABET[usize::from(b & 31)])),
    );
    id
}
