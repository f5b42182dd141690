-- The tables of a corpus as the first release made it, which knew no migrations, and two documents in it.
CREATE TABLE documents (
	id VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	external_key VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (source, external_key, language)
);
CREATE TABLE vectors (
	id INTEGER NOT NULL,
	model VARCHAR NOT NULL,
	text_hash BLOB NOT NULL,
	vector BLOB NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (model, text_hash)
);
CREATE TABLE ingest_journal (
	path VARCHAR NOT NULL,
	size BIGINT NOT NULL,
	modified_ns BIGINT NOT NULL,
	sha256 VARCHAR NOT NULL,
	reader VARCHAR NOT NULL,
	PRIMARY KEY (path)
);
CREATE TABLE corpus_meta (
	name VARCHAR NOT NULL,
	content VARCHAR NOT NULL,
	PRIMARY KEY (name)
);
CREATE TABLE versions (
	id INTEGER NOT NULL,
	document_id VARCHAR NOT NULL,
	number INTEGER NOT NULL,
	is_latest BOOLEAN NOT NULL,
	publisher VARCHAR NOT NULL,
	document_type VARCHAR NOT NULL,
	url VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	licence VARCHAR NOT NULL,
	first_published VARCHAR,
	updated VARCHAR,
	retrieved VARCHAR NOT NULL,
	first_day VARCHAR,
	last_day VARCHAR,
	sha256 VARCHAR NOT NULL,
	change_note VARCHAR NOT NULL,
	withdrawn VARCHAR NOT NULL,
	speaker VARCHAR NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(document_id) REFERENCES documents (id)
);
CREATE INDEX ix_versions_publisher ON versions (publisher);
CREATE INDEX ix_versions_document_id ON versions (document_id);
CREATE INDEX ix_versions_document_type ON versions (document_type);
CREATE TABLE passages (
	id INTEGER NOT NULL,
	version_id INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	heading VARCHAR NOT NULL,
	speaker VARCHAR NOT NULL,
	text_hash BLOB NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(version_id) REFERENCES versions (id)
);
CREATE INDEX ix_passages_text_hash ON passages (text_hash);
CREATE INDEX ix_passages_version_id ON passages (version_id);
CREATE VIRTUAL TABLE passage_words USING fts5(text, content='passages', content_rowid='id', tokenize='porter unicode61');
CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab('passage_words', 'row');

INSERT INTO corpus_meta VALUES ('schema', '1'), ('content', 'aec6dd3f5ab0cf42'), ('vectors', '1');
INSERT INTO documents VALUES ('a1b2c3d4e5f60718', 'www.gov.uk', '/news/boats', 'en');
INSERT INTO versions VALUES (1, 'a1b2c3d4e5f60718', 1, 1, 'Home Office', 'press_release', 'https://www.gov.uk/news/boats', 'Boats', '',
	'OGL-UK-3.0', '2024-11-07T10:30:00+00:00', NULL, '2024-11-08T00:00:00+00:00', '2024-11-07', '2024-11-07',
	'dda2c0e0', '', '', '', 'It is 84.' || char(10) || char(10) || 'The government returned 9,400 people.');
INSERT INTO passages VALUES (1, 1, 0, 0, 9, 'paragraph', '', '', x'000102030405060708090a0b0c0d0e0f', 'It is 84.');
INSERT INTO passages VALUES (2, 1, 1, 11, 48, 'paragraph', '', '', x'101112131415161718191a1b1c1d1e1f', 'The government returned 9,400 people.');
INSERT INTO passage_words(rowid, text) SELECT id, text FROM passages;
INSERT INTO vectors VALUES (1, 'm', x'101112131415161718191a1b1c1d1e1f', x'0000803f00000000');
