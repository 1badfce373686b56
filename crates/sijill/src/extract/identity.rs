//! The id of a claim: the same reading of the same words has the same id everywhere.

use sha2::{Digest, Sha256};
use sijill_model::{Claim, Evidence};

/// Gives a claim its id: a hash of the document, its evidence, type and slots.
pub(crate) fn identify(claim: &mut Claim, document_hash: &[u8]) {
    let mut hasher = Sha256::new();
    hasher.update(document_hash);
    let Evidence { span, field } = claim.evidence;
    hasher.update(format!("{field:?} {} {} {}", span.start, span.end, claim.claim_type));
    for participant in claim.agent.iter().chain(&claim.target) {
        hasher.update(format!("|{} {}", participant.id, participant.span.start));
    }
    for place in &claim.place {
        hasher.update(format!("|{} {}", place.name, place.span.start));
    }
    hasher.update(format!(
        "|{:?}|{:?}|{:?}|{}",
        claim.time.map(|t| t.edtf.to_string()),
        claim.count.map(|c| c.count),
        claim.share.map(|s| (s.share.min().to_bits(), s.share.max().to_bits())),
        claim.modality.as_str(),
    ));
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let digest = hasher.finalize();
    claim.id = String::from("clm_");
    claim.id.extend(digest.iter().take(12).map(|&b| char::from(ALPHABET[usize::from(b & 31)])));
}
