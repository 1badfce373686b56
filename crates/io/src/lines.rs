//! Cuts a stream into runs of complete lines.

use crate::{ErrorKind, MAX_DOCUMENT, ReadError};
use std::io::{self, Read};

/// How many bytes one run has, about.
const RUN: usize = 256 << 10;

/// Complete lines of one source.
#[derive(Debug)]
pub struct Lines {
    /// The file they come from.
    pub(crate) file: String,
    /// The number of the first line, from 1.
    pub(crate) first: u64,
    /// The lines with their ends.
    pub(crate) bytes: Vec<u8>,
}

/// Iterates over the runs of a stream; holds one run, never the stream.
pub(crate) struct LineRuns {
    reader: Box<dyn Read + Send>,
    file: String,
    next_line: u64,
    rest: Vec<u8>,
    ended: bool,
}

impl LineRuns {
    pub(crate) fn new(reader: Box<dyn Read + Send>, file: String) -> Self {
        Self { reader, file, next_line: 1, rest: Vec::new(), ended: false }
    }

    /// Reads up to a run's worth of bytes more; 0 at the end.
    fn fill(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        self.reader.by_ref().take(RUN as u64).read_to_end(buffer)
    }

    fn run(&mut self, bytes: Vec<u8>) -> Lines {
        let first = self.next_line;
        self.next_line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        Lines { file: self.file.clone(), first, bytes }
    }

    fn fail(&mut self, kind: impl Into<ErrorKind>) -> ReadError {
        self.ended = true;
        ReadError::file(&self.file, kind)
    }

    /// Passes over a line that is too long and names it.
    fn skip_line(&mut self) -> ReadError {
        let error = ReadError::line(
            &self.file,
            self.next_line,
            ErrorKind::TooLarge { limit: MAX_DOCUMENT },
        );
        self.next_line += 1;
        loop {
            let mut buffer = Vec::with_capacity(RUN);
            match self.fill(&mut buffer) {
                Ok(0) | Err(_) => self.ended = true,
                Ok(_) => match memchr::memchr(b'\n', &buffer) {
                    Some(end) => self.rest = buffer.split_off(end + 1),
                    None => continue,
                },
            }
            return error;
        }
    }
}

impl Iterator for LineRuns {
    type Item = Result<Lines, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut buffer = std::mem::take(&mut self.rest);
        buffer.reserve(RUN);
        let mut searched = 0;
        loop {
            match self.fill(&mut buffer) {
                Ok(0) => {
                    self.ended = true;
                    return (!buffer.is_empty()).then(|| Ok(self.run(buffer)));
                }
                Ok(_) => {}
                Err(error) => return Some(Err(self.fail(error))),
            }
            if self.next_line == 1
                && (buffer.starts_with(b"\xff\xfe") || buffer.starts_with(b"\xfe\xff"))
            {
                return Some(Err(self.fail(ErrorKind::Utf16Lines)));
            }
            if let Some(end) = memchr::memrchr(b'\n', &buffer[searched..]) {
                self.rest = buffer.split_off(searched + end + 1);
                return Some(Ok(self.run(buffer)));
            }
            if MAX_DOCUMENT < buffer.len() {
                return Some(Err(self.skip_line()));
            }
            searched = buffer.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn collect(input: &[u8]) -> Vec<Lines> {
        let runs = LineRuns::new(Box::new(io::Cursor::new(input.to_vec())), "x".to_owned());
        runs.map(|run| run.expect("no line is too long")).collect()
    }

    proptest! {
        #[test]
        fn runs_concatenate_to_the_stream(
            lines in prop::collection::vec("[a-z]{0,20}", 0..50),
            n in 1usize..2000,
        ) {
            let input = lines.join("\n").repeat(n);
            let runs = collect(input.as_bytes());
            let joined: Vec<u8> = runs.iter().flat_map(|run| run.bytes.iter().copied()).collect();
            prop_assert_eq!(joined, input.as_bytes());
            let mut line = 1;
            for (i, run) in runs.iter().enumerate() {
                prop_assert_eq!(run.first, line);
                prop_assert!(i + 1 == runs.len() || run.bytes.ends_with(b"\n"));
                line += run.bytes.iter().filter(|&&byte| byte == b'\n').count() as u64;
            }
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_named_and_passed_over() {
        let mut input = b"one\n".to_vec();
        input.resize(input.len() + MAX_DOCUMENT + RUN, b'x');
        input.extend_from_slice(b"\nthree\n");
        let runs = LineRuns::new(Box::new(io::Cursor::new(input)), "x".to_owned());
        let mut seen = Vec::new();
        for run in runs {
            match run {
                Ok(lines) => seen.push(format!("{} {}", lines.first, lines.bytes.len())),
                Err(error) => seen.push(error.to_string()),
            }
        }
        let long = "x:2: is larger than the 64 MB that one document may have";
        assert_eq!(seen, ["1 4", long, "3 6"]);
    }
}
