//! The claims of a case before and after they are laid side by side.

use crate::reviewed;
use sijill::{Corroboration, Extraction, Knowledge, Sketch};
use sijill_io::write;
use sijill_store::{Acts, Case, Error, Finding, Kept};
use std::slice::from_ref as slice;
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many documents wait for each thread.
const WAITING: usize = 16;

/// Makes the sketches of all documents, on many threads; one reads the case.
///
/// Each document is shown to `each` on its way, in order, as it was read; its claims are laid beside
/// others as they stand after their reviews.
pub fn sketches(
    case: &Case,
    acts: &Acts,
    knowledge: &Knowledge,
    threads: usize,
    mut each: impl FnMut(&Extraction),
) -> Result<Vec<Sketch>, Error> {
    let (documents, queue) = sync_channel::<(Kept, Extraction)>(threads * WAITING);
    let queue = Mutex::new(queue);
    let made = Mutex::new(Vec::new());
    let read = thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((kept, mut extraction)) = next else { return };
                    extraction.claims = reviewed(extraction.claims, acts, knowledge).0;
                    let sketch = Sketch::new(&kept.document, &extraction, knowledge);
                    let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
                    made.push((kept.no, sketch));
                }
            });
        }
        let read = case.documents(|kept| {
            let extraction = Extraction {
                claims: case.claims_of(kept.reading)?,
                mentions: case.mentions_of(kept.reading)?,
                diagnostics: Vec::new(),
            };
            each(&extraction);
            // Nobody hangs up before all is sent.
            let _ = documents.send((kept, extraction));
            Ok(())
        });
        drop(documents);
        read
    });
    read?;
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_unstable_by_key(|(number, _)| *number);
    Ok(made.into_iter().map(|(_, sketch)| sketch).collect())
}

/// Makes of what was found the records that the case keeps.
pub fn findings(found: &Corroboration) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut keep = |sort, id: Option<&String>, claims, write: &dyn Fn(&mut Vec<u8>)| {
        let mut record = Vec::new();
        write(&mut record);
        findings.push(finding(sort, id.cloned(), record, claims));
    };
    for one in &found.incidents {
        let claims = one.members.iter().map(|member| member.claim.clone()).collect();
        keep("incident", Some(&one.id), claims, &|out| write::incidents(out, slice(one)));
    }
    for one in &found.contradictions {
        let claims = vec![one.first.claim.clone(), one.second.claim.clone()];
        let id = Some(&one.id);
        keep("contradiction", id, claims, &|out| write::contradictions(out, slice(one), &[]));
    }
    for one in &found.revisions {
        let claims = vec![one.earlier.claim.clone(), one.later.claim.clone()];
        let id = Some(&one.id);
        keep("revision", id, claims, &|out| write::contradictions(out, &[], slice(one)));
    }
    for one in &found.origin_groups {
        keep("origins", None, one.claims.clone(), &|out| write::origin_groups(out, slice(one)));
    }
    for one in &found.reuses {
        keep("copy", None, Vec::new(), &|out| write::reuses(out, slice(one)));
    }
    for one in &found.control {
        let claims = vec![one.claim.clone()];
        keep("control", None, claims, &|out| write::control(out, slice(one)));
    }
    findings
}

fn finding(
    sort: &'static str,
    id: Option<String>,
    record: Vec<u8>,
    claims: Vec<String>,
) -> Finding {
    let record = String::from_utf8_lossy(&record).trim_end().to_owned();
    Finding { sort, id, record, claims }
}
