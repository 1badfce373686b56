//! WACZ 1.1 and 1.2: a zip of WARC files with their digests.

use super::warc::{Guard, Records, sha256};
use crate::{ErrorKind, Piece, ReadError};
use serde::Deserialize;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use zip::{CompressionMethod, ZipArchive};

/// The list of what a WACZ holds.
const PACKAGE: &str = "datapackage.json";

/// The digest of that list.
const PACKAGE_DIGEST: &str = "datapackage-digest.json";

/// The largest list that is read, in bytes.
const MAX_PACKAGE: u64 = 16 << 20;

#[derive(Deserialize)]
struct Package {
    #[serde(default)]
    resources: Vec<Resource>,
    software: Option<String>,
}

#[derive(Deserialize)]
struct Resource {
    path: String,
    hash: String,
}

#[derive(Deserialize)]
struct PackageDigest {
    hash: String,
}

/// Iterates over the pages of a WACZ: the faults of its digests first.
pub(crate) struct Wacz {
    path: std::path::PathBuf,
    file: String,
    faults: std::vec::IntoIter<Piece>,
    archives: std::vec::IntoIter<Archive>,
    records: Option<Records>,
    software: Option<String>,
}

/// A WARC file inside, and where it lies.
struct Archive {
    name: String,
    start: u64,
    size: u64,
    is_packed: bool,
}

impl Wacz {
    /// Checks the digests of everything inside.
    pub(crate) fn new(path: &Path, file: String) -> Result<Self, ReadError> {
        let fail = |kind: ErrorKind| ReadError::file(&file, kind);
        let opened = File::open(path).map_err(|error| fail(error.into()))?;
        let mut zip = ZipArchive::new(opened).map_err(|error| fail(told(error)))?;
        let mut faults = Vec::new();
        let mut wrong = Vec::new();
        let package = package(&mut zip, &mut |kind| faults.push(kind)).map_err(fail)?;
        for resource in &package.resources {
            let kind = match digest(&mut zip, &resource.path) {
                Ok(found) if told_hash(&resource.hash) == found => continue,
                Ok(found) => ErrorKind::Digest {
                    what: "stored",
                    told: resource.hash.clone(),
                    found: format!("sha256:{found}"),
                },
                Err(kind) => kind,
            };
            faults.push((resource.path.clone(), kind));
            wrong.push(resource.path.as_str());
        }
        let archives = archives(&mut zip, &wrong).map_err(fail)?;
        let faults: Vec<Piece> = faults
            .into_iter()
            .map(|(name, kind)| ReadError::file(&format!("{file}/{name}"), kind).into())
            .collect();
        Ok(Self {
            path: path.to_owned(),
            file,
            faults: faults.into_iter(),
            archives: archives.into_iter(),
            records: None,
            software: package.software,
        })
    }

    /// Opens a WARC file inside; it is read from a handle of its own.
    fn open(&self, archive: &Archive) -> Result<Records, ReadError> {
        let name = format!("{}/{}", self.file, archive.name);
        let reader = || {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(archive.start))?;
            Ok::<_, std::io::Error>(file.take(archive.size))
        };
        let reader = reader().map_err(|error| ReadError::file(&name, error))?;
        let reader: Box<dyn Read + Send> = if archive.is_packed {
            Box::new(flate2::read::DeflateDecoder::new(reader))
        } else {
            Box::new(reader)
        };
        let records = Records::new(reader, name)?;
        Ok(records.made_by(self.software.clone()))
    }
}

impl Iterator for Wacz {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if let Some(fault) = self.faults.next() {
            return Some(fault);
        }
        loop {
            if let Some(piece) = self.records.as_mut().and_then(Records::next) {
                return Some(piece);
            }
            let archive = self.archives.next()?;
            match self.open(&archive) {
                Ok(records) => self.records = Some(records),
                Err(error) => return Some(error.into()),
            }
        }
    }
}

/// Tells whether a zip holds the list that makes it a WACZ.
pub(super) fn has_package(file: File) -> bool {
    ZipArchive::new(file).is_ok_and(|mut zip| zip.by_name(PACKAGE).is_ok())
}

fn told(error: zip::result::ZipError) -> ErrorKind {
    match error {
        zip::result::ZipError::Io(error) => ErrorKind::Io(error),
        zip::result::ZipError::FileNotFound => ErrorKind::Missing,
        error => ErrorKind::Malformed { what: "WACZ", message: error.to_string() },
    }
}

/// Reads the list of what the file holds, and checks the digest of the list itself.
fn package(
    zip: &mut ZipArchive<File>,
    fault: &mut impl FnMut((String, ErrorKind)),
) -> Result<Package, ErrorKind> {
    let bytes = small(zip, PACKAGE)?;
    if let Ok(digest) = small(zip, PACKAGE_DIGEST) {
        let digest: PackageDigest = parse(&digest)?;
        let (found, _) = sha256(&mut &*bytes)?;
        if told_hash(&digest.hash) != found {
            let found = format!("sha256:{found}");
            let kind = ErrorKind::Digest { what: "stored", told: digest.hash, found };
            fault((PACKAGE.to_owned(), kind));
        }
    }
    parse(&bytes)
}

fn parse<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T, ErrorKind> {
    serde_json::from_slice(bytes)
        .map_err(|error| ErrorKind::Malformed { what: "WACZ", message: error.to_string() })
}

fn told_hash(hash: &str) -> String {
    hash.strip_prefix("sha256:").unwrap_or(hash).to_ascii_lowercase()
}

fn small(zip: &mut ZipArchive<File>, name: &str) -> Result<Vec<u8>, ErrorKind> {
    let mut bytes = Vec::new();
    let entry = zip.by_name(name).map_err(told)?;
    entry.take(MAX_PACKAGE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Computes the digest of an entry, without holding it.
fn digest(zip: &mut ZipArchive<File>, name: &str) -> Result<String, ErrorKind> {
    let entry = zip.by_name(name).map_err(told)?;
    let (packed, size) = (entry.compressed_size(), entry.size());
    if Guard::is_bomb(packed, size) {
        return Err(ErrorKind::Bomb);
    }
    let (digest, length) = sha256(&mut entry.take(size.saturating_add(1)))?;
    if size < length { Err(ErrorKind::Bomb) } else { Ok(digest) }
}

/// Lists the WARC files inside, in the order of their names.
fn archives(zip: &mut ZipArchive<File>, wrong: &[&str]) -> Result<Vec<Archive>, ErrorKind> {
    let mut archives = Vec::new();
    for i in 0..zip.len() {
        let entry = zip.by_index(i).map_err(told)?;
        let name = entry.name().map_err(told)?.into_owned();
        let is_warc = [".warc", ".warc.gz", ".warc.zst"].iter().any(|end| name.ends_with(end));
        if !name.starts_with("archive/") || !is_warc || wrong.contains(&name.as_str()) {
            continue;
        }
        let is_packed = match entry.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            other => return Err(ErrorKind::Coded { coding: other.to_string() }),
        };
        let (start, size) = (entry.data_start().unwrap_or_default(), entry.compressed_size());
        archives.push(Archive { name, start, size, is_packed });
    }
    archives.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(archives)
}
