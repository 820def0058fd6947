-- The record of `caseaudit`, version 4. Open it with sqlite3 or Datasette and read the views "case", "answer" and "measure".
--
-- Two halves. `action`, `entry` and the three tables after them are the log: everything that was ever done, appended and
-- never changed. All other tables are the state that follows from it; `caseaudit check` replays the log and compares.
-- Only the program writes here, log and state in one transaction. Things carry UUIDv7 ids; hashes are SHA-256.
-- `seq` numbers of the log are this file's own: in the order in which the file got to know an action or entry. All
-- numbers of the state follow from the set of entries alone, so two files that hold the same entries have the same state.
-- (Only `reading` may differ: it saves the program time, and says nothing that the texts do not say.)

PRAGMA application_id = 0x43415544; -- "CAUD"
PRAGMA user_version = 4;

-- ---------------------------------------------------------------------------------------------------------- the log

-- One act of one person; the entries that one command, import or saved form writes share it.
CREATE TABLE action (
    seq        INTEGER PRIMARY KEY,
    at         TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),        -- UTC
    who        TEXT NOT NULL CHECK (who <> ''),
    device     TEXT NOT NULL,
    inspection BLOB CHECK (length(inspection) = 16),                            -- NULL: stands outside any inspection
    source     TEXT NOT NULL,                                                   -- the command, or the imported file
    because    TEXT NOT NULL                                                    -- the reason given; '' where none is asked
) STRICT;

-- One change. `id` is the hash of the content: the action, the kind, the subject, the ids of the entries before it and
-- the hash of the body; so nothing in the log can be altered, dropped or put in another order unseen. `parent` is one of
-- the entries before it; nearly always it is the only one, else the others stand in `entry_parent`.
CREATE TABLE entry (
    seq     INTEGER PRIMARY KEY,
    id      BLOB NOT NULL CHECK (length(id) = 32),
    action  INTEGER NOT NULL REFERENCES action (seq),
    parent  INTEGER REFERENCES entry (seq),                                     -- the latest entry its writer had seen
    kind    TEXT NOT NULL,
    subject BLOB CHECK (length(subject) = 16),                                  -- the case or inspection that it is about
    body    TEXT NOT NULL
) STRICT;

-- The other latest entries that the writer of an entry had seen, where files were merged before it.
CREATE TABLE entry_parent (
    entry  INTEGER NOT NULL REFERENCES entry (seq),
    parent INTEGER NOT NULL REFERENCES entry (seq),
    PRIMARY KEY (entry, parent)
) STRICT, WITHOUT ROWID;

-- Entries beside the one with the highest seq that no other entry names yet: there are some only after files were merged,
-- until something is recorded, which names them all.
CREATE TABLE head (
    entry INTEGER PRIMARY KEY REFERENCES entry (seq)
) STRICT;

-- Entries whose body was replaced by one without free text, and the hash of the body that is gone, from which their id
-- still follows. An entry of kind 'redact' names each of them, and the hash of the body that stands there now.
CREATE TABLE redacted (
    entry     INTEGER PRIMARY KEY REFERENCES entry (seq),
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32)
) STRICT;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT raise(ABORT, 'entries of the log are never changed'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT raise(ABORT, 'entries of the log are never deleted'); END;
CREATE TRIGGER entry_parent_is_never_changed BEFORE UPDATE ON entry_parent
BEGIN SELECT raise(ABORT, 'links of the log are never changed'); END;
CREATE TRIGGER entry_parent_is_never_deleted BEFORE DELETE ON entry_parent
BEGIN SELECT raise(ABORT, 'links of the log are never deleted'); END;
CREATE TRIGGER action_is_never_changed BEFORE UPDATE ON action
BEGIN SELECT raise(ABORT, 'actions of the log are never changed'); END;
CREATE TRIGGER action_is_never_deleted BEFORE DELETE ON action
BEGIN SELECT raise(ABORT, 'actions of the log are never deleted'); END;

-- ------------------------------------------------------------------------------------------------ framework editions

-- The exact text of every framework edition in use.
CREATE TABLE framework (
    seq  INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),                        -- SHA-256 of the text
    id   TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

-- What a program made of the text of a framework, so that it need not read the text anew each time. It follows from the
-- text; a program that finds no reading of its own reads the text.
CREATE TABLE reading (
    framework INTEGER PRIMARY KEY REFERENCES framework (seq),
    program   TEXT NOT NULL,                                                    -- such as 0.1.0/1: its version and the number of its form
    form      TEXT NOT NULL                                                     -- the checked framework, as JSON
) STRICT;

-- A kind of case, with its own questions and case information.
CREATE TABLE sample (
    seq       INTEGER PRIMARY KEY,
    framework INTEGER NOT NULL REFERENCES framework (seq),
    place     INTEGER NOT NULL,                                                 -- in the framework file, from 0
    id        TEXT NOT NULL,
    UNIQUE (framework, place),
    UNIQUE (framework, id)
) STRICT;

-- A key question or prompt, and which letter of the answer sheet is its own.
CREATE TABLE question (
    sample    INTEGER NOT NULL REFERENCES sample (seq),
    place     INTEGER NOT NULL,                                                 -- on the sheet, from 0
    number    TEXT NOT NULL,                                                    -- 2.1.1, or 2.1.1a for a prompt
    is_prompt INTEGER NOT NULL CHECK (is_prompt IN (0, 1)),
    PRIMARY KEY (sample, place),
    UNIQUE (sample, number)
) STRICT, WITHOUT ROWID;

-- A piece of case information, and its place in the coded text beside the sheet.
CREATE TABLE attribute (
    sample INTEGER NOT NULL REFERENCES sample (seq),
    place  INTEGER NOT NULL,                                                    -- from 0
    id     TEXT NOT NULL,
    PRIMARY KEY (sample, place),
    UNIQUE (sample, id)
) STRICT, WITHOUT ROWID;

-- The values that occur, numbered in order of their first use: two bytes, high byte first; 0 is "not recorded".
CREATE TABLE attribute_value (
    sample INTEGER NOT NULL,
    place  INTEGER NOT NULL,
    code   BLOB NOT NULL CHECK (length(code) = 2 AND code <> x'0000'),
    value  TEXT NOT NULL CHECK (value <> ''),
    PRIMARY KEY (sample, place, code),
    UNIQUE (sample, place, value),
    FOREIGN KEY (sample, place) REFERENCES attribute (sample, place)
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------------------------------------------------------------ the fieldwork

-- One provider, rated under one framework edition for one period.
CREATE TABLE inspection (
    seq       INTEGER PRIMARY KEY,
    id        BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    name      TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),           -- capitals or not: the same name
    framework INTEGER NOT NULL REFERENCES framework (seq),
    provider  TEXT NOT NULL CHECK (provider <> ''),
    programme TEXT NOT NULL,                                                    -- '' for none
    period    TEXT NOT NULL,                                                    -- such as 2023-24; '' for none
    national  INTEGER NOT NULL CHECK (national IN (0, 1)),                      -- 1: the nation's figures, no provider's
    closed    INTEGER NOT NULL CHECK (closed IN (0, 1))
) STRICT;

-- One case with its assessment: case information and answers, each coded in one value.
-- information: two bytes an attribute (table attribute_value).
-- sheet: a letter a question. Y N X = yes, no, not applicable; y n x = the same, parked because the question does not
-- apply at present (counted nowhere); - = not asked; . = unanswered.
CREATE TABLE casefile (
    seq            INTEGER PRIMARY KEY,
    id             BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    inspection     INTEGER NOT NULL REFERENCES inspection (seq),
    sample         INTEGER NOT NULL REFERENCES sample (seq),
    reference      TEXT NOT NULL COLLATE NOCASE CHECK (reference <> ''),        -- capitals or not: the same case
    assessor       TEXT NOT NULL,                                               -- '' for nobody yet
    joint_assessor TEXT NOT NULL,                                               -- who assesses it with them; '' for nobody
    submitted      INTEGER NOT NULL CHECK (submitted IN (0, 1)),
    withdrawn      INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    exercise       INTEGER NOT NULL CHECK (exercise IN (0, 1)),                 -- 1: everybody answers it, it counts nowhere
    information    BLOB NOT NULL,
    sheet          TEXT NOT NULL CHECK (rtrim(sheet, 'YN.X-ynx') = ''),
    UNIQUE (inspection, reference)
) STRICT;

-- What the assessor wrote about one question of one case.
CREATE TABLE note (
    casefile INTEGER NOT NULL REFERENCES casefile (seq),
    place    INTEGER NOT NULL,                                                  -- the question's, on the sheet
    text     TEXT NOT NULL CHECK (text <> ''),
    PRIMARY KEY (casefile, place)
) STRICT, WITHOUT ROWID;

-- An assessment beside the one that counts, itself counted nowhere: a second, independent one, or an answer to an exercise.
-- against: the case's own sheet as it stood when both it and the second assessment were submitted for the first time, with
-- who had assessed it; NULL until then, and of exercises.
CREATE TABLE further (
    casefile         INTEGER NOT NULL REFERENCES casefile (seq),
    role             TEXT NOT NULL CHECK (role IN ('second', 'exercise')),
    assessor         TEXT NOT NULL COLLATE NOCASE CHECK (assessor <> ''),
    submitted        INTEGER NOT NULL CHECK (submitted IN (0, 1)),
    sheet            TEXT NOT NULL CHECK (rtrim(sheet, 'YN.X-ynx') = ''),
    against          TEXT CHECK (rtrim(against, 'YN.X-ynx') = ''),
    against_assessor TEXT CHECK ((against_assessor IS NULL) = (against IS NULL)),   -- '' where nobody was named
    against_joint    TEXT CHECK ((against_joint IS NULL) = (against IS NULL)),      -- '' for nobody
    PRIMARY KEY (casefile, role, assessor)
) STRICT, WITHOUT ROWID;

-- What was written about one question in a further assessment.
CREATE TABLE further_note (
    casefile INTEGER NOT NULL,
    role     TEXT NOT NULL,
    assessor TEXT NOT NULL COLLATE NOCASE,
    place    INTEGER NOT NULL,                                                  -- the question's, on the sheet
    text     TEXT NOT NULL CHECK (text <> ''),
    PRIMARY KEY (casefile, role, assessor, place),
    FOREIGN KEY (casefile, role, assessor) REFERENCES further (casefile, role, assessor)
) STRICT, WITHOUT ROWID;

-- How a disagreement between first and second assessment was resolved; the answer stands on the case's own sheet.
CREATE TABLE resolution (
    casefile INTEGER NOT NULL REFERENCES casefile (seq),
    place    INTEGER NOT NULL,                                                  -- the question's, on the sheet
    answer   TEXT NOT NULL CHECK (answer IN ('Y', 'N', 'X')),
    because  TEXT NOT NULL CHECK (because <> ''),
    who      TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (casefile, place)
) STRICT, WITHOUT ROWID;

-- A note that is an example of effective or poor practice, and the standard that it belongs to.
CREATE TABLE example (
    casefile INTEGER NOT NULL REFERENCES casefile (seq),
    place    INTEGER NOT NULL,                                                  -- the question's, on the sheet
    practice TEXT NOT NULL CHECK (practice IN ('effective', 'poor')),
    standard TEXT NOT NULL CHECK (standard <> ''),
    PRIMARY KEY (casefile, place)
) STRICT, WITHOUT ROWID;

-- A rating that people set, with the reason.
CREATE TABLE judgement (
    inspection INTEGER NOT NULL REFERENCES inspection (seq),
    standard   TEXT NOT NULL,
    rating     TEXT NOT NULL,
    because    TEXT NOT NULL CHECK (because <> ''),
    who        TEXT NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (inspection, standard)
) STRICT, WITHOUT ROWID;

-- What was recorded of one measure. Figures are exact decimals, written as text; NULL is not available, never 0.
CREATE TABLE measurement (
    inspection   INTEGER NOT NULL REFERENCES inspection (seq),
    measure      TEXT NOT NULL CHECK (measure <> ''),                           -- its id in the framework
    value        TEXT CHECK (value GLOB '*[0-9]' AND ltrim(value, '-0123456789.') = ''),
    provisional  INTEGER NOT NULL CHECK (provisional IN (0, 1)),                -- [p]
    revised      INTEGER NOT NULL CHECK (revised IN (0, 1)),                    -- [r]
    unreliable   INTEGER NOT NULL CHECK (unreliable IN (0, 1)),                 -- [z], where the source itself says so
    observations INTEGER CHECK (observations >= 0),
    target       TEXT CHECK (target GLOB '*[0-9]' AND ltrim(target, '-0123456789.') = ''),
    national     TEXT CHECK (national GLOB '*[0-9]' AND ltrim(national, '-0123456789.') = ''),
    previous     TEXT CHECK (previous GLOB '*[0-9]' AND ltrim(previous, '-0123456789.') = ''),
    PRIMARY KEY (inspection, measure)
) STRICT, WITHOUT ROWID;

-- The latest proposal to move the overall rating, with its evidence, and what was decided (accepted is NULL while it is open).
CREATE TABLE moderation (
    inspection INTEGER PRIMARY KEY REFERENCES inspection (seq),
    rating     TEXT NOT NULL CHECK (rating <> ''),                              -- the one that is asked for
    evidence   TEXT NOT NULL CHECK (evidence <> ''),
    made_on    TEXT CHECK (made_on <> ''),                                      -- the one that it is to move; NULL: there was none
    who        TEXT NOT NULL,
    at         TEXT NOT NULL,
    accepted   INTEGER CHECK (accepted IN (0, 1)),
    because    TEXT CHECK ((because IS NULL) = (accepted IS NULL)),
    decided_by TEXT CHECK ((decided_by IS NULL) = (accepted IS NULL)),
    decided_at TEXT CHECK ((decided_at IS NULL) = (accepted IS NULL))
) STRICT;

-- The figures of an inspection as they were published: a row for each closing, in the order of the log. What was neither
-- reopened nor gave way to another closing is what the annex shows: only one, or it is in conflict which of them holds.
-- Closings by programs before version 3 kept no figures and have no row.
CREATE TABLE publication (
    inspection       INTEGER NOT NULL REFERENCES inspection (seq),
    number           INTEGER NOT NULL CHECK (number >= 1),                      -- 1: the first that was published
    figures          TEXT NOT NULL,                                             -- the annex, in the program's own form (JSON)
    basis            BLOB NOT NULL CHECK (length(basis) = 32),                  -- SHA-256 of what the figures rest on
    who              TEXT NOT NULL,
    at               TEXT NOT NULL,
    reopened_by      TEXT,                                                      -- NULL: it stands
    reopened_at      TEXT CHECK ((reopened_at IS NULL) = (reopened_by IS NULL)),
    reopened_because TEXT CHECK ((reopened_because IS NULL) = (reopened_by IS NULL)),
    PRIMARY KEY (inspection, number)
) STRICT, WITHOUT ROWID;

-- What was said about one thing by people who had not seen each other's entry, until somebody settles it: a row for each.
CREATE TABLE conflict (
    subject  BLOB NOT NULL CHECK (length(subject) = 16),                        -- id of the case or inspection
    field    TEXT NOT NULL,                                                     -- answer, note, information, assessor, reference, status, judgement, measure, moderation
    name     TEXT NOT NULL,                                                     -- 2.1.1, rosh, SL001 …; '' where the field says it all
    place    INTEGER NOT NULL,                                                  -- among what was said, from 0
    value    TEXT NOT NULL,
    in_force INTEGER NOT NULL CHECK (in_force IN (0, 1)),                       -- 1: it stands for the time being
    who      TEXT NOT NULL,
    at       TEXT NOT NULL,
    device   TEXT NOT NULL,
    entry    BLOB NOT NULL CHECK (length(entry) = 32),                          -- id of the entry that says so
    PRIMARY KEY (subject, field, name, place)
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------------------------------------------------- the sample and its population

-- The population of a sample, as an extract of the case management system gave it. Names and dates of birth are never kept.
CREATE TABLE population (
    seq        INTEGER PRIMARY KEY,
    inspection INTEGER NOT NULL REFERENCES inspection (seq),
    sample     INTEGER NOT NULL REFERENCES sample (seq),
    columns    TEXT NOT NULL CHECK (json_valid(columns)),                       -- [["its column", "what it holds"], …]
    rows_count INTEGER NOT NULL CHECK (rows_count >= 0),                        -- of the extract
    UNIQUE (inspection, sample)
) STRICT;

-- Why rows of the extract were left out of the population, and how many.
CREATE TABLE exclusion (
    population  INTEGER NOT NULL REFERENCES population (seq),
    place       INTEGER NOT NULL,                                               -- from 0, in the order of the rules
    reason      TEXT NOT NULL CHECK (reason <> ''),
    cases_count INTEGER NOT NULL CHECK (cases_count >= 0),
    PRIMARY KEY (population, place)
) STRICT, WITHOUT ROWID;

-- A case of the population, from which a sample can be drawn; its information is coded like that of a casefile.
CREATE TABLE eligible (
    population  INTEGER NOT NULL REFERENCES population (seq),
    reference   TEXT NOT NULL COLLATE NOCASE CHECK (reference <> ''),
    information BLOB NOT NULL,
    PRIMARY KEY (population, reference)
) STRICT, WITHOUT ROWID;

-- How a sample was drawn from its population. The cases within a group are taken in the order of the SHA-256 of
-- seed|stratum|reference, so that anybody can check them.
CREATE TABLE draw (
    seq        INTEGER PRIMARY KEY,
    inspection INTEGER NOT NULL REFERENCES inspection (seq),
    sample     INTEGER NOT NULL REFERENCES sample (seq),
    seed       TEXT NOT NULL,
    size       INTEGER NOT NULL CHECK (size >= 0),                              -- cases to be looked at
    wanted     INTEGER NOT NULL CHECK (wanted >= size),                         -- with the buffer
    population INTEGER NOT NULL CHECK (population >= 0),                        -- cases there were
    who        TEXT NOT NULL,
    at         TEXT NOT NULL,
    UNIQUE (inspection, sample)
) STRICT;

-- How many cases each group gave, step by step; a group stands before its parts.
CREATE TABLE draw_group (
    draw           INTEGER NOT NULL REFERENCES draw (seq),
    place          INTEGER NOT NULL,                                            -- from 0
    depth          INTEGER NOT NULL CHECK (depth >= 0),                         -- 0 is a stratum, 1 a part of one …
    code           TEXT NOT NULL,                                               -- '' where it is not known
    available      INTEGER NOT NULL,
    initial        INTEGER NOT NULL,
    with_buffer    INTEGER NOT NULL,
    after_rounding INTEGER NOT NULL,
    after_limit    INTEGER NOT NULL,                                            -- what was drawn
    PRIMARY KEY (draw, place)
) STRICT, WITHOUT ROWID;

-- A case that was drawn, to be looked at or as a reserve; the reserves stand in the order in which they are called up.
CREATE TABLE drawn (
    draw       INTEGER NOT NULL REFERENCES draw (seq),
    place      INTEGER NOT NULL,                                                -- from 0
    reference  TEXT NOT NULL COLLATE NOCASE CHECK (reference <> ''),
    stratum    TEXT NOT NULL,
    unit       TEXT NOT NULL,                                                   -- '' where it is not known
    is_reserve INTEGER NOT NULL CHECK (is_reserve IN (0, 1)),
    replaces   TEXT,                                                            -- the case; NULL: not called up
    PRIMARY KEY (draw, place)
) STRICT, WITHOUT ROWID;

-- Who may not assess a case, or any case of an officer, because they have an interest in it.
CREATE TABLE interest (
    inspection INTEGER NOT NULL REFERENCES inspection (seq),
    assessor   TEXT NOT NULL COLLATE NOCASE CHECK (assessor <> ''),
    reference  TEXT NOT NULL COLLATE NOCASE,                                    -- '' where it is about an officer
    officer    TEXT NOT NULL COLLATE NOCASE CHECK ((officer = '') <> (reference = '')),
    PRIMARY KEY (inspection, assessor, reference, officer)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------------------------------------------- for plain reading

-- One row a case, its information as a JSON object.
CREATE VIEW "case" AS
SELECT inspection.name AS inspection,
       sample.id       AS sample,
       casefile.reference,
       casefile.assessor,
       casefile.joint_assessor,
       CASE WHEN casefile.withdrawn THEN 'withdrawn'
            WHEN casefile.submitted THEN 'submitted'
            WHEN rtrim(casefile.sheet, '-.') <> '' THEN 'in hand'
            ELSE 'untouched' END AS status,
       casefile.exercise,
       (SELECT json_group_object(attribute.id, attribute_value.value)
          FROM attribute
          JOIN attribute_value ON attribute_value.sample = attribute.sample
                              AND attribute_value.place = attribute.place
                              AND attribute_value.code = substr(casefile.information, 2 * attribute.place + 1, 2)
         WHERE attribute.sample = casefile.sample) AS information
  FROM casefile
  JOIN inspection ON inspection.seq = casefile.inspection
  JOIN sample ON sample.seq = casefile.sample;

-- One row a case and question. `state` is one of the five; `parked` holds an answer that is kept but does not count.
CREATE VIEW answer AS
SELECT inspection.name AS inspection,
       sample.id       AS sample,
       casefile.reference,
       question.number AS question,
       CASE substr(casefile.sheet, question.place + 1, 1)
            WHEN 'Y' THEN 'yes' WHEN 'N' THEN 'no' WHEN 'X' THEN 'not applicable'
            WHEN '.' THEN 'unanswered' ELSE 'not asked' END AS state,
       CASE substr(casefile.sheet, question.place + 1, 1)
            WHEN 'y' THEN 'yes' WHEN 'n' THEN 'no' WHEN 'x' THEN 'not applicable' END AS parked,
       note.text       AS note,
       casefile.submitted AND NOT casefile.withdrawn AND NOT casefile.exercise AS counts
  FROM casefile
  JOIN inspection ON inspection.seq = casefile.inspection
  JOIN sample ON sample.seq = casefile.sample
  JOIN question ON question.sample = casefile.sample
  LEFT JOIN note ON note.casefile = casefile.seq AND note.place = question.place;

-- One row an inspection and measure. Figures are numbers here, so that they sort; the exact ones stand in "measurement".
CREATE VIEW measure AS
SELECT inspection.name      AS inspection,
       inspection.provider,
       inspection.programme,
       inspection.period,
       measurement.measure,
       CAST(value AS NUMERIC) AS value,
       iif(provisional, 'p', '') || iif(revised, 'r', '') || iif(unreliable, 'z', '') AS marks,
       observations,
       CAST(target AS NUMERIC) AS target,
       CAST(measurement.national AS NUMERIC) AS national,
       CAST(previous AS NUMERIC) AS previous
  FROM measurement
  JOIN inspection ON inspection.seq = measurement.inspection;
