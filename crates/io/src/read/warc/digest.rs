//! Digests as WARC writes them: `sha1:` in base 32, `sha256:` in hexadecimal digits or base 32.

use data_encoding::{BASE32, HEXLOWER};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// What a check came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Holds,
    /// The digest of what is there.
    Differs(String),
    /// A digest that is computed in a way we do not know.
    Unknown,
}

/// Checks whether a digest is that of one of the candidates.
pub(super) fn check(told: &str, candidates: &[&[u8]]) -> Verdict {
    let Some((algorithm, value)) = told.split_once(':') else { return Verdict::Unknown };
    let algorithm = algorithm.to_ascii_lowercase().replace('-', "");
    let digest = |bytes: &[u8]| match algorithm.as_str() {
        "sha1" => Some(Sha1::digest(bytes).to_vec()),
        "sha256" => Some(Sha256::digest(bytes).to_vec()),
        _ => None,
    };
    let mut first = None;
    for bytes in candidates {
        let Some(digest) = digest(bytes) else { return Verdict::Unknown };
        let spellings = [BASE32.encode(&digest), HEXLOWER.encode(&digest)];
        if spellings.iter().any(|spelling| spelling.eq_ignore_ascii_case(value)) {
            return Verdict::Holds;
        }
        let like = spellings.into_iter().find(|spelling| spelling.len() == value.len());
        first = first.or(Some(like.unwrap_or_else(|| HEXLOWER.encode(&digest))));
    }
    Verdict::Differs(format!("{algorithm}:{}", first.unwrap_or_default()))
}

/// Returns the SHA-256 of a stream in hexadecimal digits, and its length.
pub(crate) fn sha256(reader: &mut impl std::io::Read) -> std::io::Result<(String, u64)> {
    let mut hasher = Sha256::new();
    let length = std::io::copy(reader, &mut hasher)?;
    Ok((HEXLOWER.encode(&hasher.finalize()), length))
}
