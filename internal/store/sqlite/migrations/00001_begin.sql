-- +goose Up

PRAGMA application_id = 0x53796e6f;

-- Points in time are UTC to the nanosecond, as text that sorts as they do
-- ("2026-03-01T14:05:09.000000000Z"); '' stands for none.

CREATE TABLE article (
	seq       INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which articles came; never used again
	id        TEXT NOT NULL UNIQUE,
	version   INTEGER NOT NULL,                  -- the newest
	print     BLOB NOT NULL,                     -- SHA-256 of its title and text
	title     TEXT NOT NULL,
	outlet    TEXT NOT NULL,                     -- name
	domain    TEXT NOT NULL,                     -- lower case
	country   TEXT NOT NULL,
	folded    TEXT NOT NULL,                     -- the outlet's name without case, accents and marks
	language  TEXT NOT NULL,                     -- lower case
	published TEXT NOT NULL,
	source    TEXT NOT NULL                      -- that led to its first version
);
CREATE INDEX article_published ON article (published DESC, id);
CREATE INDEX article_outlet ON article (domain, folded, outlet, country, published);
CREATE INDEX article_source ON article (source) WHERE source <> '';

CREATE TABLE version (
	article INTEGER NOT NULL REFERENCES article (seq) ON DELETE CASCADE,
	version INTEGER NOT NULL,
	seen    TEXT NOT NULL,
	source  TEXT NOT NULL,
	content BLOB NOT NULL, -- the article, as package record writes it
	PRIMARY KEY (article, version)
);

CREATE TABLE capture (
	article INTEGER NOT NULL,
	version INTEGER NOT NULL,
	address TEXT NOT NULL,
	type    TEXT NOT NULL,
	charset TEXT NOT NULL,
	read    TEXT NOT NULL,
	body    BLOB NOT NULL, -- zstd
	PRIMARY KEY (article, version),
	FOREIGN KEY (article, version) REFERENCES version (article, version) ON DELETE CASCADE
);

CREATE TABLE analysis (
	article INTEGER NOT NULL,
	version INTEGER NOT NULL,
	engine  TEXT NOT NULL,
	content BLOB NOT NULL, -- the analysis, as package record writes it
	PRIMARY KEY (article, version, engine),
	FOREIGN KEY (article, version) REFERENCES version (article, version) ON DELETE CASCADE
);

CREATE TABLE sketch (
	article INTEGER PRIMARY KEY REFERENCES article (seq) ON DELETE CASCADE,
	version INTEGER NOT NULL,
	data    BLOB NOT NULL
);

-- The words of newest versions, as terms: the index keeps no text.
CREATE VIRTUAL TABLE words USING fts5 (title, body, content = '', contentless_delete = 1, tokenize = 'ascii');

-- What follows stands for newest versions alone.

CREATE TABLE utterance (
	article INTEGER NOT NULL REFERENCES article (seq) ON DELETE CASCADE,
	n       INTEGER NOT NULL,
	speaker TEXT NOT NULL,
	folded  TEXT NOT NULL, -- the speaker, see NameKey
	role    TEXT NOT NULL,
	kind    TEXT NOT NULL,
	start   INTEGER NOT NULL,
	stop    INTEGER NOT NULL,
	terms   TEXT NOT NULL, -- of its words, a blank before and behind each
	PRIMARY KEY (article, n)
);
CREATE INDEX utterance_speaker ON utterance (folded) WHERE folded <> '';

CREATE TABLE quantity (
	article  INTEGER NOT NULL REFERENCES article (seq) ON DELETE CASCADE,
	n        INTEGER NOT NULL,
	start    INTEGER NOT NULL,
	stop     INTEGER NOT NULL,
	value    REAL NOT NULL,
	unit     TEXT NOT NULL,
	of_start INTEGER NOT NULL,
	of_stop  INTEGER NOT NULL,
	around   INTEGER NOT NULL, -- where its sentence starts
	beyond   INTEGER NOT NULL, -- and ends
	terms    TEXT NOT NULL,    -- of the sentence
	PRIMARY KEY (article, n)
);
CREATE INDEX quantity_unit ON quantity (unit);

CREATE TABLE naming (
	article    INTEGER NOT NULL REFERENCES article (seq) ON DELETE CASCADE,
	folded     TEXT NOT NULL,
	kind       INTEGER NOT NULL,
	name       TEXT NOT NULL,
	utterances INTEGER NOT NULL,
	PRIMARY KEY (article, folded, kind)
);
CREATE INDEX naming_folded ON naming (folded);

-- naming, counted.
CREATE TABLE name (
	folded     TEXT NOT NULL,
	kind       INTEGER NOT NULL,
	name       TEXT NOT NULL, -- as it was first written
	articles   INTEGER NOT NULL,
	utterances INTEGER NOT NULL,
	PRIMARY KEY (folded, kind)
);
CREATE INDEX name_articles ON name (articles DESC, folded, kind);

CREATE TABLE story (
	id        TEXT PRIMARY KEY NOT NULL,
	title     TEXT NOT NULL,
	language  TEXT NOT NULL,
	articles  INTEGER NOT NULL,
	origins   INTEGER NOT NULL,
	disputed  INTEGER NOT NULL,
	differing INTEGER NOT NULL,
	first     TEXT NOT NULL,
	last      TEXT NOT NULL,
	rank      REAL NOT NULL,
	revision  INTEGER NOT NULL,
	digested  INTEGER NOT NULL,
	into_id   TEXT NOT NULL,
	digest    BLOB -- NULL for none
);
CREATE INDEX story_rank ON story (rank DESC, last DESC, id) WHERE into_id = '';
CREATE INDEX story_last ON story (last DESC, id) WHERE into_id = '';
CREATE INDEX story_revision ON story (revision);
CREATE INDEX story_undigested ON story (revision, id) WHERE digested < revision AND into_id = '';
CREATE INDEX story_into ON story (into_id) WHERE into_id <> '';

CREATE TABLE membership (
	n       INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of joining
	article INTEGER NOT NULL UNIQUE REFERENCES article (seq) ON DELETE CASCADE,
	story   TEXT NOT NULL REFERENCES story (id),
	joined  TEXT NOT NULL,
	why     TEXT NOT NULL,
	person  INTEGER NOT NULL
);
CREATE INDEX membership_story ON membership (story, n);

CREATE TABLE link (
	from_id TEXT NOT NULL REFERENCES story (id) ON DELETE CASCADE,
	to_id   TEXT NOT NULL REFERENCES story (id) ON DELETE CASCADE,
	PRIMARY KEY (from_id, to_id)
);
CREATE INDEX link_to ON link (to_id);

CREATE TABLE correction (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	at     TEXT NOT NULL,
	person TEXT NOT NULL, -- who
	kind   TEXT NOT NULL,
	story  TEXT NOT NULL,
	other  TEXT NOT NULL,
	undone TEXT NOT NULL
);
CREATE INDEX correction_story ON correction (story);
CREATE INDEX correction_other ON correction (other) WHERE other <> '';

CREATE TABLE corrected (
	correction INTEGER NOT NULL REFERENCES correction (id) ON DELETE CASCADE,
	beside     INTEGER NOT NULL, -- 1 for what it is set beside or apart from
	n          INTEGER NOT NULL,
	article    TEXT NOT NULL,
	PRIMARY KEY (correction, beside, n)
);
CREATE INDEX corrected_article ON corrected (article);

CREATE TABLE source (
	id            TEXT PRIMARY KEY NOT NULL,
	address       TEXT NOT NULL,
	kind          TEXT NOT NULL,
	title         TEXT NOT NULL,
	folder        TEXT NOT NULL,
	added         TEXT NOT NULL,
	next          TEXT NOT NULL,
	tried         TEXT NOT NULL,
	answered      TEXT NOT NULL,
	failures      INTEGER NOT NULL,
	problem       TEXT NOT NULL,
	gone          INTEGER NOT NULL,
	etag          TEXT NOT NULL,
	last_modified TEXT NOT NULL,
	rhythm        BLOB -- NULL for none
);
CREATE INDEX source_next ON source (next, id);

CREATE TABLE job (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	kind    TEXT NOT NULL,
	key     TEXT NOT NULL,
	payload BLOB, -- NULL for none
	due     TEXT NOT NULL,
	tries   INTEGER NOT NULL,
	problem TEXT NOT NULL,
	UNIQUE (kind, key)
);
CREATE INDEX job_kind_due ON job (kind, due, id);
CREATE INDEX job_due ON job (due);

CREATE TABLE alert (
	id      TEXT PRIMARY KEY NOT NULL,
	query   TEXT NOT NULL,
	channel TEXT NOT NULL,
	target  TEXT NOT NULL,
	secret  TEXT NOT NULL,
	added   TEXT NOT NULL,
	off     INTEGER NOT NULL,
	problem TEXT NOT NULL
);

CREATE TABLE delivery (
	alert TEXT NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
	story TEXT NOT NULL,
	at    TEXT NOT NULL,
	PRIMARY KEY (alert, story)
);
CREATE INDEX delivery_story ON delivery (story);

CREATE TABLE event (
	number  INTEGER PRIMARY KEY AUTOINCREMENT,
	at      TEXT NOT NULL,
	kind    TEXT NOT NULL,
	story   TEXT NOT NULL,
	article TEXT NOT NULL,
	version INTEGER NOT NULL,
	source  TEXT NOT NULL,
	other   TEXT NOT NULL,
	note    TEXT NOT NULL
);
CREATE INDEX event_article ON event (article) WHERE article <> '';
CREATE INDEX event_story ON event (story, number) WHERE story <> '';
CREATE INDEX event_other ON event (other, number) WHERE other <> '';

CREATE TABLE setting (
	name  TEXT PRIMARY KEY NOT NULL,
	value BLOB NOT NULL
);
