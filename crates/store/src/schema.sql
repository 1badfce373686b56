-- A case. docs/case.md says what is kept and how to check it without this program.
-- Rows of audit, blob, item, reading, claim, slot and name are written once and never changed.

-- What was done, by whom and when: each entry holds the hash of the one before it.
CREATE TABLE audit (
    seq   INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,            -- RFC 8785 JSON
    hash  BLOB NOT NULL             -- SHA-256 of entry
) STRICT;

-- Bytes, kept once: originals as received, and the texts made of them.
CREATE TABLE blob (
    no      INTEGER PRIMARY KEY,
    sha256  BLOB NOT NULL UNIQUE,
    sha1    BLOB NOT NULL,
    size    INTEGER NOT NULL,
    packing TEXT NOT NULL CHECK (packing IN ('plain', 'zstd')),
    content BLOB NOT NULL
) STRICT;

-- What can read: a program with its tables, and the confidence below which claims are left out.
CREATE TABLE version (
    no             INTEGER PRIMARY KEY,
    program        TEXT NOT NULL,
    knowledge      TEXT NOT NULL,
    min_confidence REAL NOT NULL,
    UNIQUE (program, knowledge, min_confidence)
) STRICT;

-- Everything that was received, each item with its state and its collection record.
CREATE TABLE item (
    no             INTEGER PRIMARY KEY,
    key            BLOB NOT NULL UNIQUE,    -- says whether the same was received before
    state          TEXT NOT NULL CHECK (state IN ('new', 'revised', 'duplicate', 'failed')),
    location       TEXT NOT NULL,
    reason         TEXT,                    -- why it failed
    hint           TEXT,
    original       INTEGER REFERENCES blob,
    document       INTEGER REFERENCES document, -- what was made of it, or what it repeats
    received_at    TEXT NOT NULL,
    collected_at   TEXT,
    collector      TEXT NOT NULL,
    method         TEXT NOT NULL,
    tool           TEXT NOT NULL,
    source_url     TEXT,
    media_type     TEXT,
    encoding       TEXT,
    encoding_by    TEXT,
    published_by   TEXT,
    http_status    INTEGER,
    warc_record_id TEXT,
    notes          TEXT,                    -- JSON array
    CHECK ((state = 'failed') = (reason IS NOT NULL)),
    CHECK ((state = 'failed') = (document IS NULL))
) STRICT;
CREATE INDEX item_original ON item (original);
CREATE INDEX item_document ON item (document);

-- One published item as it is read; only the last three columns are ever updated.
CREATE TABLE document (
    no            INTEGER PRIMARY KEY,
    id            TEXT NOT NULL,
    original      INTEGER NOT NULL REFERENCES blob,
    title         TEXT,
    text          INTEGER NOT NULL REFERENCES blob,
    published     TEXT,
    outlet        TEXT,
    url           TEXT,
    derived_by    INTEGER NOT NULL REFERENCES version,
    superseded_by INTEGER REFERENCES document,
    reading       INTEGER NOT NULL REFERENCES reading, -- the one that counts
    version       INTEGER NOT NULL REFERENCES version  -- who last read it, with the same result
) STRICT;
CREATE UNIQUE INDEX document_id ON document (id) WHERE superseded_by IS NULL;
CREATE UNIQUE INDEX document_superseded ON document (superseded_by)
    WHERE superseded_by IS NOT NULL;
CREATE INDEX document_original ON document (original);

-- What one version read in one document.
CREATE TABLE reading (
    no          INTEGER PRIMARY KEY,
    document    INTEGER NOT NULL REFERENCES document,
    version     INTEGER NOT NULL REFERENCES version,
    claims      INTEGER NOT NULL,
    mentions    BLOB NOT NULL,
    diagnostics TEXT,                       -- JSON array
    digest      BLOB NOT NULL               -- SHA-256, see docs/case.md
) STRICT;
CREATE INDEX reading_document ON reading (document);

CREATE TABLE claim (
    no                INTEGER PRIMARY KEY,
    reading           INTEGER NOT NULL REFERENCES reading,
    id                TEXT NOT NULL,
    kind              TEXT NOT NULL,
    type              TEXT NOT NULL,
    sentence          INTEGER NOT NULL,
    field             TEXT NOT NULL CHECK (field IN ('text', 'title')),
    start             INTEGER NOT NULL,     -- all spans count bytes of the field
    "end"             INTEGER NOT NULL,
    time              TEXT,                 -- EDTF
    time_start        INTEGER,
    time_end          INTEGER,
    first_day         TEXT,
    last_day          TEXT,                 -- NULL with a first day: it has not ended
    count_min         INTEGER,
    count_max         INTEGER,
    count_approximate INTEGER,
    count_start       INTEGER,
    count_end         INTEGER,
    share_min         REAL,
    share_max         REAL,
    share_approximate INTEGER,
    share_start       INTEGER,
    share_end         INTEGER,
    modality          TEXT NOT NULL,
    confidence        REAL NOT NULL,
    rule              TEXT NOT NULL
) STRICT;
CREATE INDEX claim_reading ON claim (reading);
CREATE INDEX claim_id ON claim (id);

-- Who, where and whose voice: the names that fill slots, each spelled once.
CREATE TABLE name (
    no      INTEGER PRIMARY KEY,
    id      TEXT,
    sort    TEXT NOT NULL CHECK (sort IN ('actor', 'place', 'voice')),
    type    TEXT NOT NULL,                  -- of an actor; the precision of a place
    name    TEXT NOT NULL,
    name_en TEXT,
    lat     REAL,
    lon     REAL
) STRICT;
CREATE INDEX name_id ON name (id);

CREATE TABLE slot (
    claim    INTEGER NOT NULL REFERENCES claim,
    role     TEXT NOT NULL CHECK (role IN ('agent', 'target', 'place', 'voice')),
    position INTEGER NOT NULL,
    name     INTEGER NOT NULL REFERENCES name,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    speaker  TEXT,
    verb     TEXT,
    PRIMARY KEY (claim, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_name ON slot (name, claim);

-- Under which words a document is found; the texts themselves are in blob. Beginnings of two letters
-- have lists of their own, since hundreds of words may begin so.
CREATE VIRTUAL TABLE search USING fts5 (
    words, names, content = '', contentless_delete = 1, columnsize = 1, prefix = '2',
    tokenize = "ascii tokenchars ':-_./~@'"
);
INSERT INTO search (search, rank) VALUES ('hashsize', 33554432);
INSERT INTO search (search, rank) VALUES ('automerge', 16);

-- What a document can be counted under: `kind:toll`, `actor:sdf` …
CREATE TABLE term (
    no   INTEGER PRIMARY KEY,
    term TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE facet (
    document INTEGER PRIMARY KEY REFERENCES document,
    terms    BLOB NOT NULL                  -- numbers of terms, LEB128
) STRICT;

-- What the claims of all documents say together, as one run made it; the last one counts.
CREATE TABLE corroboration (
    no        INTEGER PRIMARY KEY,
    version   INTEGER NOT NULL REFERENCES version,
    made_at   TEXT NOT NULL,
    readings  BLOB NOT NULL,                -- SHA-256 over the digests of what it was made of
    judged    INTEGER NOT NULL,             -- how many judgements and reviews it heeds
    digest    BLOB NOT NULL                 -- SHA-256 over the records of its findings
) STRICT;

-- An incident, contradiction, revision, group of one origin, copied passage or state of control.
CREATE TABLE finding (
    no            INTEGER PRIMARY KEY,
    corroboration INTEGER NOT NULL REFERENCES corroboration,
    sort          TEXT NOT NULL,
    id            TEXT,
    record        TEXT NOT NULL             -- JSON
) STRICT;
CREATE INDEX finding_sort ON finding (corroboration, sort);

-- The claims that a finding is about, by their ids.
CREATE TABLE finding_claim (
    finding INTEGER NOT NULL REFERENCES finding,
    claim   TEXT NOT NULL,
    PRIMARY KEY (finding, claim)
) STRICT, WITHOUT ROWID;
