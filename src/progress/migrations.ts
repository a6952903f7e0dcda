/**
 * The database's history, oldest first. Append only: a step that has been released is never edited, because the data
 * folders of installations stand at some number of steps (`PRAGMA user_version`). Times are milliseconds since 1970.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE learners (id TEXT PRIMARY KEY, made_at INTEGER NOT NULL) STRICT;
  CREATE TABLE sessions (
    hash TEXT PRIMARY KEY, learner TEXT REFERENCES learners(id) ON DELETE CASCADE, instructor TEXT, made_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, learner TEXT NOT NULL REFERENCES learners(id) ON DELETE CASCADE,
    step TEXT NOT NULL, at INTEGER NOT NULL, why TEXT NOT NULL, state TEXT NOT NULL,
    verdict TEXT NOT NULL, evidence TEXT
  ) STRICT;
  CREATE INDEX attempts_by_step ON attempts (learner, step, id);
  CREATE TABLE marks (
    learner TEXT NOT NULL REFERENCES learners(id) ON DELETE CASCADE, step TEXT NOT NULL,
    kind TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (learner, step, kind)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE answers (
    learner TEXT NOT NULL REFERENCES learners(id) ON DELETE CASCADE, step TEXT NOT NULL,
    question TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (learner, step, question)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE leases (
    learner TEXT PRIMARY KEY REFERENCES learners(id) ON DELETE CASCADE, lab TEXT NOT NULL UNIQUE, lesson TEXT,
    begun_at INTEGER NOT NULL, used_at INTEGER NOT NULL, extended INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE begins (
    lab TEXT NOT NULL, step TEXT NOT NULL, nonce TEXT NOT NULL, at INTEGER NOT NULL, baseline TEXT NOT NULL,
    PRIMARY KEY (lab, step)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, lab TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
    host TEXT, text TEXT NOT NULL, data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_by_lab ON events (lab, id);
  CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, lab TEXT NOT NULL, at INTEGER NOT NULL, channel TEXT NOT NULL,
    sender TEXT NOT NULL, receiver TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, raw TEXT NOT NULL
  ) STRICT;
  CREATE INDEX messages_by_lab ON messages (lab, id);
  `,
  `
  CREATE TABLE holders (lab TEXT PRIMARY KEY, learner TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX holders_by_learner ON holders (learner);
  INSERT INTO holders SELECT lab, learner FROM leases;
  `,
  `
  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, key TEXT NOT NULL,
    learner TEXT NOT NULL REFERENCES learners(id) ON DELETE CASCADE,
    body TEXT NOT NULL, made_at INTEGER NOT NULL, tries INTEGER NOT NULL, UNIQUE (channel, key)
  ) STRICT;
  CREATE INDEX outbox_next ON outbox (channel, tries, id);
  CREATE INDEX outbox_by_learner ON outbox (learner);

  CREATE TABLE lti_accounts (
    learner TEXT PRIMARY KEY REFERENCES learners(id) ON DELETE CASCADE,
    issuer TEXT NOT NULL, subject TEXT NOT NULL, launched_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX lti_accounts_by_subject ON lti_accounts (issuer, subject);
  CREATE TABLE lti_grades (
    learner TEXT NOT NULL REFERENCES learners(id) ON DELETE CASCADE, line_item TEXT NOT NULL,
    issuer TEXT NOT NULL, client TEXT NOT NULL, subject TEXT NOT NULL, lesson TEXT,
    given INTEGER NOT NULL, maximum INTEGER NOT NULL, PRIMARY KEY (learner, line_item)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE xapi_said (
    learner TEXT NOT NULL REFERENCES learners(id) ON DELETE CASCADE, what TEXT NOT NULL, PRIMARY KEY (learner, what)
  ) STRICT, WITHOUT ROWID;
  `,
  // What happened in a lab ends with its lease.
  `
  DELETE FROM begins WHERE lab NOT IN (SELECT lab FROM leases);
  DELETE FROM events WHERE lab NOT IN (SELECT lab FROM leases);
  DELETE FROM messages WHERE lab NOT IN (SELECT lab FROM leases);
  `,
];
