-- A case: one SQLite file. Explained column by column in docs/case-format.md.
-- Ids of documents, texts and origins are 48-bit hashes of what they name; offsets are bytes, end-exclusive.

CREATE TABLE capture (
    id          BLOB NOT NULL PRIMARY KEY,           -- SHA-256 of the bytes
    size        INTEGER NOT NULL,
    bytes       BLOB NOT NULL                        -- zstd
) STRICT;

CREATE TABLE text (
    n           INTEGER NOT NULL PRIMARY KEY,        -- by arrival; small numbers keep the search index small
    text        INTEGER NOT NULL UNIQUE,
    sha256      BLOB NOT NULL,
    words       INTEGER NOT NULL,
    aligned     INTEGER NOT NULL DEFAULT 0,          -- 1 once its overlaps have been sought
    body        TEXT NOT NULL
) STRICT;
CREATE INDEX text_unaligned ON text(text) WHERE aligned = 0;

CREATE TABLE document (
    doc            INTEGER NOT NULL PRIMARY KEY,
    text           INTEGER NOT NULL REFERENCES text(text),
    capture        BLOB NOT NULL REFERENCES capture(id),
    part           INTEGER NOT NULL,
    format         TEXT NOT NULL,                    -- the reader that read it
    record         TEXT,
    name           TEXT NOT NULL,
    title          TEXT, title_from     TEXT,
    byline         TEXT, byline_from    TEXT,
    outlet         TEXT, outlet_from    TEXT,
    url            TEXT, url_from       TEXT,
    published      TEXT, published_from TEXT,
    language       TEXT, language_from  TEXT,
    annotated      TEXT NOT NULL,                    -- the versions of the extractors that read it
    origin         INTEGER NOT NULL,                 -- the least document of its family
    settled        INTEGER NOT NULL DEFAULT 0,       -- 1 once the points it touches have been made
    deep           INTEGER NOT NULL DEFAULT 0        -- 1 once its names have been read
) STRICT;
CREATE INDEX document_unsettled ON document(doc) WHERE settled = 0;
CREATE INDEX document_unread ON document(doc) WHERE deep = 0;
CREATE INDEX document_text ON document(text);
CREATE INDEX document_name ON document(name, doc, origin);
CREATE INDEX document_origin ON document(origin);

CREATE TABLE location (
    doc         INTEGER NOT NULL REFERENCES document(doc),
    path        TEXT NOT NULL,                       -- below the folder that was added, never an absolute path
    PRIMARY KEY (doc, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE passage (
    doc         INTEGER NOT NULL REFERENCES document(doc),
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    PRIMARY KEY (doc, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice (
    doc         INTEGER NOT NULL REFERENCES document(doc),
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    name_start  INTEGER, name_end INTEGER,
    PRIMARY KEY (doc, start, end, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE warning (
    doc         INTEGER NOT NULL REFERENCES document(doc),
    n           INTEGER NOT NULL,
    start       INTEGER, end INTEGER,
    text        TEXT NOT NULL,
    hint        TEXT NOT NULL,
    PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE quantity (
    doc         INTEGER NOT NULL REFERENCES document(doc),
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    low         REAL, high REAL,                     -- NULL = open
    change      TEXT NOT NULL,                       -- = ~ < > up down
    unit        TEXT NOT NULL,                       -- in plain English singular; the counted nouns where there is none
    code        TEXT NOT NULL,                       -- UCUM or ISO 4217; '' where there is none
    noun_start  INTEGER, noun_end INTEGER,
    counted     TEXT NOT NULL,
    rule        TEXT NOT NULL,
    PRIMARY KEY (counted, doc, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX quantity_doc ON quantity(doc);

CREATE TABLE time (
    doc          INTEGER NOT NULL REFERENCES document(doc),
    start        INTEGER NOT NULL,
    end          INTEGER NOT NULL,
    value        TEXT NOT NULL,                      -- TIMEX3; X where something is not known
    meaning      BLOB NOT NULL,                      -- operator tree, value, bounds; packed
    anchor_start INTEGER, anchor_end INTEGER,        -- the words it leans on
    beside_start INTEGER, beside_end INTEGER,
    about        TEXT NOT NULL,
    rule         TEXT NOT NULL,
    PRIMARY KEY (doc, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX time_about ON time(about, doc, start) WHERE about != '';

CREATE TABLE place (
    doc          INTEGER NOT NULL REFERENCES document(doc),
    start        INTEGER NOT NULL,
    end          INTEGER NOT NULL,
    name         TEXT NOT NULL,                      -- as the gazetteer has it
    geoname      INTEGER,                            -- its number in GeoNames
    latitude     REAL NOT NULL, longitude REAL NOT NULL,
    country      TEXT NOT NULL,                      -- ISO 3166-1
    class        TEXT NOT NULL,                      -- city region district country area site
    usage        TEXT NOT NULL,                      -- literal government demonym
    candidates   INTEGER NOT NULL,                   -- places that bear the name
    time_start   INTEGER, time_end INTEGER,          -- the nearest dated time of its sentence
    rule         TEXT NOT NULL,
    PRIMARY KEY (doc, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE name (
    doc         INTEGER NOT NULL REFERENCES document(doc),
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    words       TEXT NOT NULL,                       -- as they stand in the text
    title       INTEGER,                             -- where the words before it begin that say what the person is
    titled      TEXT,                                -- these words
    class       TEXT NOT NULL,                       -- person organisation place event other
    rule        TEXT NOT NULL,
    PRIMARY KEY (doc, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE short_form (
    doc         INTEGER NOT NULL REFERENCES document(doc),
    start       INTEGER NOT NULL,                    -- the short form
    end         INTEGER NOT NULL,
    words       TEXT NOT NULL,
    full_start  INTEGER NOT NULL,                    -- the full name it is explained with
    full_end    INTEGER NOT NULL,
    full_words  TEXT NOT NULL,
    PRIMARY KEY (doc, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE attribution (
    doc         INTEGER NOT NULL REFERENCES document(doc),
    n           INTEGER NOT NULL,                    -- its place in the document, from 0
    start       INTEGER NOT NULL,                    -- what is said, from its first word to its last
    end         INTEGER NOT NULL,
    spans       BLOB NOT NULL,                       -- source, cue and content; packed
    source      TEXT NOT NULL,                       -- the words of the source; '' where there are none
    kind        TEXT NOT NULL,                       -- author named anonymous unspecified evidence nobody
    certainty   TEXT NOT NULL,                       -- asserted probable possible unsupported denied
    polarity    TEXT NOT NULL,                       -- positive negative
    refs        TEXT NOT NULL,                       -- numbers of references, with blanks between
    parent      INTEGER,                             -- the attribution whose content holds it
    rule        TEXT NOT NULL,
    PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
    doc         INTEGER NOT NULL REFERENCES document(doc),
    n           INTEGER NOT NULL,                    -- its place in the document, from 0
    start       INTEGER NOT NULL,                    -- the words that say it
    end         INTEGER NOT NULL,
    spans       BLOB NOT NULL,                       -- predicate, agents, object and time; packed
    kind        TEXT NOT NULL,                       -- happening blame quality member retraction label
    class       TEXT NOT NULL,                       -- the class of the happening, or the question of a quality
    about       TEXT NOT NULL,                       -- the nouns of the object, its head first, with blanks between
    begins      INTEGER NOT NULL,                    -- whether it tells of a beginning
    certainty   TEXT NOT NULL,                       -- asserted probable possible unsupported
    polarity    TEXT NOT NULL,                       -- positive negative
    rule        TEXT NOT NULL,
    PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE overlap (
    a           INTEGER NOT NULL REFERENCES text(text),
    b           INTEGER NOT NULL REFERENCES text(text),
    a_start     INTEGER NOT NULL, a_end INTEGER NOT NULL,
    b_start     INTEGER NOT NULL, b_end INTEGER NOT NULL,
    matched     INTEGER NOT NULL,                    -- equal words
    quoted      INTEGER NOT NULL,                    -- of these between quotation marks in both
    template    INTEGER NOT NULL,                    -- of these in prints that more than fifty texts hold
    PRIMARY KEY (a, b, a_start, b_start),
    CHECK (a < b)
) STRICT, WITHOUT ROWID;
CREATE INDEX overlap_b ON overlap(b, a);

CREATE TABLE point (
    kind        TEXT NOT NULL,
    key         TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    origins     INTEGER NOT NULL,
    documents   INTEGER NOT NULL,
    readings    INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE print_segment (
    segment     INTEGER NOT NULL PRIMARY KEY,
    prints      INTEGER NOT NULL,
    texts       BLOB NOT NULL                        -- eight bytes each; 0 = removed
) STRICT;
CREATE TABLE print_block (
    id          INTEGER NOT NULL PRIMARY KEY,        -- segment << 40 | first print
    packed      BLOB NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search USING fts5(stems, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');

CREATE TABLE run (
    run         INTEGER NOT NULL PRIMARY KEY,
    at          TEXT NOT NULL,
    program     TEXT NOT NULL,
    command     TEXT NOT NULL,
    documents   INTEGER NOT NULL,
    refused     INTEGER NOT NULL
) STRICT;

CREATE TABLE judgement (
    n           INTEGER NOT NULL PRIMARY KEY,
    at          TEXT NOT NULL,
    kind        TEXT NOT NULL,
    doc         INTEGER NOT NULL,
    start       INTEGER, end INTEGER,
    quote       BLOB,                                -- SHA-256 of the words anchored
    field       TEXT,
    value       TEXT,
    before      TEXT,
    why         TEXT NOT NULL,
    previous    BLOB NOT NULL,                       -- the hash of the judgement before
    hash        BLOB NOT NULL
) STRICT;
CREATE TRIGGER judgement_is_never_changed BEFORE UPDATE ON judgement
    BEGIN SELECT RAISE(ABORT, 'a judgement is never changed; add another'); END;
CREATE TRIGGER judgement_is_never_removed BEFORE DELETE ON judgement
    BEGIN SELECT RAISE(ABORT, 'a judgement is never removed; add another'); END;
