//! Who may use a case that is served: users with their roles, and tokens for programs.
//!
//! Neither passwords nor tokens are kept, only what they are checked against. Rows are ended and
//! never deleted; the log says who let whom in, and seals what is kept.

use crate::audit::{self, Deed};
use crate::packed::hex;
use crate::{Case, Error, Who};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Made when the first user is.
const TABLES: &str = "CREATE TABLE IF NOT EXISTS user (
    no       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    role     TEXT NOT NULL CHECK (role IN ('viewer', 'reviewer', 'editor', 'admin')),
    password TEXT NOT NULL,                 -- what it is checked against: a PHC string of argon2id
    entry    INTEGER NOT NULL REFERENCES audit,
    ended    INTEGER REFERENCES audit
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS user_name ON user (name) WHERE ended IS NULL;
CREATE TABLE IF NOT EXISTS token (
    no       INTEGER PRIMARY KEY,
    user     TEXT NOT NULL,
    label    TEXT NOT NULL,
    hash     BLOB NOT NULL UNIQUE,          -- SHA-256 of the token
    entry    INTEGER NOT NULL REFERENCES audit,
    ended    INTEGER REFERENCES audit
) STRICT;";

/// What somebody may do; each may do what those before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads, with the names of private persons masked.
    Viewer,
    /// Reads everything, and decides on claims.
    Reviewer,
    /// Puts reports in, and takes back what others decided.
    Editor,
    /// Everything that can be done over the network.
    Admin,
}

impl Role {
    /// Every role there is, that which may least first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Reviewer, Self::Editor, Self::Admin];

    /// Returns the name in the file and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Reviewer => "reviewer",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// Finds a role by its name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// Somebody who may use a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// What the user may do.
    pub role: Role,
    /// What the password is checked against: a PHC string.
    pub password: String,
}

/// What programs of a user show instead of a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its number.
    pub no: i64,
    /// Whose it is.
    pub user: String,
    /// What it is for.
    pub label: String,
    /// The SHA-256 of the token.
    pub hash: Vec<u8>,
}

/// Everybody who may use a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Users {
    /// By name.
    pub users: BTreeMap<String, User>,
    /// Tokens of these.
    pub tokens: Vec<Token>,
}

impl Case {
    /// Lists everybody who may use the case.
    pub fn users(&self) -> Result<Users, Error> {
        let mut all = Users::default();
        if !has_tables(&self.connection)? {
            return Ok(all);
        }
        let mut select = self.connection.prepare_cached(
            "SELECT name, role, password FROM user WHERE ended IS NULL ORDER BY name",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (name, role): (String, String) = (row.get(0)?, row.get(1)?);
            let role = Role::parse(&role)
                .ok_or_else(|| Error::damaged(format!("user '{name}' has an unknown role")))?;
            all.users.insert(name, User { role, password: row.get(2)? });
        }
        let mut select = self.connection.prepare_cached(
            "SELECT no, user, label, hash FROM token WHERE ended IS NULL ORDER BY no",
        )?;
        let tokens = select.query_map([], |row| {
            Ok(Token { no: row.get(0)?, user: row.get(1)?, label: row.get(2)?, hash: row.get(3)? })
        })?;
        all.tokens = tokens.collect::<Result<_, _>>()?;
        all.tokens.retain(|token| all.users.contains_key(&token.user));
        Ok(all)
    }

    /// Lets somebody in, or gives another role and password to who is in already.
    pub fn set_user(&mut self, who: &Who, name: &str, user: &User) -> Result<(), Error> {
        let case = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        case.execute_batch(TABLES)?;
        let before: Option<String> = case
            .prepare_cached("SELECT role FROM user WHERE name = ?1 AND ended IS NULL")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        let role = user.role.as_str();
        let deed = Deed {
            action: "let-in",
            target: ("user", name.to_owned()),
            before: before.map_or(Value::Null, |role| json!({ "role": role })),
            after: json!({ "role": role, "seal": seal(user.password.as_bytes()) }),
            reason: None,
        };
        let entry = audit::append(&case, who, deed)?;
        case.execute(
            "UPDATE user SET ended = ?1 WHERE name = ?2 AND ended IS NULL",
            params![entry, name],
        )?;
        case.execute(
            "INSERT INTO user (name, role, password, entry) VALUES (?1, ?2, ?3, ?4)",
            params![name, role, user.password, entry],
        )?;
        Ok(case.commit()?)
    }

    /// Lets somebody in no more, with all tokens; tells whether there was such a user.
    pub fn end_user(&mut self, who: &Who, name: &str) -> Result<bool, Error> {
        let users = self.users()?;
        let Some(user) = users.users.get(name) else { return Ok(false) };
        let case = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let deed = Deed {
            action: "shut-out",
            target: ("user", name.to_owned()),
            before: json!({ "role": user.role.as_str() }),
            after: Value::Null,
            reason: None,
        };
        let entry = audit::append(&case, who, deed)?;
        for table in ["user SET ended = ?1 WHERE name", "token SET ended = ?1 WHERE user"] {
            let sql = format!("UPDATE {table} = ?2 AND ended IS NULL");
            case.execute(&sql, params![entry, name])?;
        }
        case.commit()?;
        Ok(true)
    }

    /// Keeps what a token of a user is checked against; tells whether there is such a user.
    pub fn add_token(
        &mut self,
        who: &Who,
        user: &str,
        label: &str,
        hash: &[u8],
    ) -> Result<bool, Error> {
        if !self.users()?.users.contains_key(user) {
            return Ok(false);
        }
        let case = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let deed = Deed {
            action: "give-token",
            target: ("user", user.to_owned()),
            before: Value::Null,
            after: json!({ "label": label, "seal": seal(hash) }),
            reason: None,
        };
        let entry = audit::append(&case, who, deed)?;
        case.execute(
            "INSERT INTO token (user, label, hash, entry) VALUES (?1, ?2, ?3, ?4)",
            params![user, label, hash, entry],
        )?;
        case.commit()?;
        Ok(true)
    }

    /// Ends a token of a user; tells whether there was such a token.
    pub fn end_token(&mut self, who: &Who, user: &str, no: i64) -> Result<bool, Error> {
        let users = self.users()?;
        let is_theirs = |token: &&Token| token.no == no && token.user == user;
        let Some(token) = users.tokens.iter().find(is_theirs) else { return Ok(false) };
        let case = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let deed = Deed {
            action: "take-token",
            target: ("user", user.to_owned()),
            before: json!({ "label": token.label, "seal": seal(&token.hash) }),
            after: Value::Null,
            reason: None,
        };
        let entry = audit::append(&case, who, deed)?;
        case.execute("UPDATE token SET ended = ?1 WHERE no = ?2", params![entry, no])?;
        case.commit()?;
        Ok(true)
    }

    /// Notes in the log that somebody was refused something, or came in.
    pub fn note(&mut self, who: &Who, action: &'static str, about: &str) -> Result<(), Error> {
        let case = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let deed = Deed {
            action,
            target: ("request", about.to_owned()),
            before: Value::Null,
            after: Value::Null,
            reason: None,
        };
        audit::append(&case, who, deed)?;
        Ok(case.commit()?)
    }
}

/// Finds users and tokens that are not those that the log lets in; hands each to `fault`.
pub(crate) fn check(
    connection: &Connection,
    mut fault: impl FnMut(String, &'static str),
) -> Result<(), Error> {
    if !has_tables(connection)? {
        return Ok(());
    }
    let rows = "SELECT 'user', u.name, u.role, CAST(u.password AS BLOB), a.entry, e.entry, u.ended \
         FROM user u LEFT JOIN audit a ON a.seq = u.entry LEFT JOIN audit e ON e.seq = u.ended \
         UNION ALL SELECT 'token', t.user, NULL, t.hash, a.entry, e.entry, t.ended \
         FROM token t LEFT JOIN audit a ON a.seq = t.entry LEFT JOIN audit e ON e.seq = t.ended";
    let mut select = connection.prepare(rows)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (sort, name, role): (String, String, Option<String>) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let secret: Vec<u8> = row.get(3)?;
        let read = |column| -> Result<Value, Error> {
            let entry: Option<String> = row.get(column)?;
            Ok(serde_json::from_str(entry.as_deref().unwrap_or("null")).unwrap_or_default())
        };
        let (begun, ended, is_ended) =
            (read(4)?, read(5)?, row.get::<_, Option<i64>>(6)?.is_some());
        let is_let_in = begun["target"]["id"] == *name
            && begun["after"]["seal"] == *seal(&secret)
            && role.is_none_or(|role| begun["after"]["role"] == *role);
        // A token ends by itself too, and then with its own seal.
        let is_taken = ended["action"] == "take-token" && ended["before"]["seal"] == *seal(&secret);
        let ends = ended["action"] == "shut-out" || ended["action"] == "let-in" || is_taken;
        if !is_let_in || is_ended && !(ends && ended["target"]["id"] == *name) {
            fault(format!("{sort} {name}"), "it is not what the log lets in");
        }
    }
    // Whom the log shut out last must not be in.
    let mut select =
        connection.prepare("SELECT name FROM user WHERE ended IS NULL ORDER BY name")?;
    for name in select.query_map([], |row| row.get::<_, String>(0))? {
        let name = name?;
        let last: Option<String> = connection
            .prepare_cached(
                "SELECT json_extract(entry, '$.action') FROM audit WHERE \
                 (substr(entry, 1, 18) = '{\"action\":\"let-in\"' OR \
                  substr(entry, 1, 20) = '{\"action\":\"shut-out\"') AND \
                 json_extract(entry, '$.target.id') = ?1 ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([&name], |row| row.get(0))
            .optional()?;
        if last.as_deref() != Some("let-in") {
            fault(format!("user {name}"), "the log shut it out");
        }
    }
    Ok(())
}

fn has_tables(connection: &Connection) -> Result<bool, Error> {
    let mut select =
        connection.prepare_cached("SELECT 1 FROM sqlite_master WHERE name = 'token'")?;
    Ok(select.exists([])?)
}

fn seal(secret: &[u8]) -> String {
    hex(&Sha256::digest(secret))
}
